// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/uncertainty/dominance_odds.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace pimento {

DrawnCosts::DrawnCosts(const DesignTable &table, std::span<const Contestant> contestants,
                       std::span<const Objective> objectives, const DesignSamples &samples, InvalidDesigns invalid)
    : m_size(contestants.size()), m_objectives(objectives.size()), m_draws(std::max<std::size_t>(1, samples.draws())) {
  m_costs.resize(m_size * m_objectives * m_draws, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t c = 0; c < m_size; ++c)
    for (std::size_t o = 0; o < m_objectives; ++o) {
      const Objective &objective = objectives[o];
      const double sign = objective.sense == Sense::Minimise ? 1 : -1;
      const auto sampled = contestants[c].sampled ? sampledIndex(objective.metric) : std::nullopt;
      for (std::size_t draw = 0; draw < m_draws; ++draw) {
        const double value = sampled ? samples.values(*contestants[c].sampled, *sampled)[draw]
                                     : table.column(objective.metric)[contestants[c].row];
        const bool out = contestants[c].sampled && invalid == InvalidDesigns::LeftOut &&
                         samples.state(*contestants[c].sampled, draw) != DrawState::Valid;
        if (!out) m_costs[(c * m_objectives + o) * m_draws + draw] = sign * value;
      }
    }
}

bool DrawnCosts::takesPart(std::size_t contestant, std::size_t draw) const {
  for (std::size_t o = 0; o < m_objectives; ++o)
    if (!std::isfinite(at(contestant, o, draw))) return false;
  return true;
}

double DrawnCosts::dominates(std::size_t a, std::size_t b) const {
  std::size_t count = 0;
  for (std::size_t draw = 0; draw < m_draws; ++draw) {
    if (!takesPart(a, draw)) continue;
    bool noWorse = true;
    bool better = false;
    const bool absent = !takesPart(b, draw);
    for (std::size_t o = 0; o < m_objectives && !absent; ++o) {
      noWorse = noWorse && at(a, o, draw) <= at(b, o, draw);
      better = better || at(a, o, draw) < at(b, o, draw);
    }
    count += absent || (noWorse && better) ? 1 : 0;
  }
  return static_cast<double>(count) / static_cast<double>(m_draws);
}

std::vector<double> DrawnCosts::onFront() const {
  std::vector<double> shares(m_size, 0);
  std::vector<std::vector<double>> columns(m_objectives, std::vector<double>(m_size));
  std::vector<std::span<const double>> costs(columns.begin(), columns.end());
  for (std::size_t draw = 0; draw < m_draws; ++draw) {
    for (std::size_t c = 0; c < m_size; ++c)
      for (std::size_t o = 0; o < m_objectives; ++o) columns[o][c] = at(c, o, draw);
    for (const std::uint32_t c : nonDominated(costs)) shares[c] += 1;
  }
  for (double &share : shares) share /= static_cast<double>(m_draws);
  return shares;
}

}  // namespace pimento

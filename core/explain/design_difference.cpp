// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/design_difference.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/explain/shapley.h"
#include "core/hardware/estimate/estimate.h"
#include "core/hardware/profile/parameters.h"

namespace pimento {

namespace {

const QString ExplainPlace = QStringLiteral("explain");

// Something that differs: parameters that change together, the network, or the bits.
struct Player {
  QString name;
  QString from;
  QString to;
  std::vector<const Parameter *> parameters;
  bool network = false;
  bool bits = false;
};

QString bitsText(Bits bits) { return QStringLiteral("%1:%2").arg(bits.weights).arg(bits.activations); }
QString networkText(const ExplainedDesign &d) {
  return d.network.name + QLatin1Char(':') + d.variant.name + (d.head ? QStringLiteral(" (head)") : QString());
}

// What follows from other parameters on both sides is their difference, not one of its own; of two forms of one value
// the one that is given on the other side stands for both.
bool differs(const Parameter &p, const Accelerator &a, const Accelerator &b) {
  if (follows(b, p) && (p.otherForm != nullptr || follows(a, p))) return false;
  return p.get(a) != p.get(b) || follows(a, p) != follows(b, p);
}

std::vector<Player> playersOf(const ExplainedDesign &a, const ExplainedDesign &b) {
  std::vector<Player> players;
  if (networkText(a) != networkText(b) || !(a.network == b.network) || !(a.variant == b.variant))
    players.push_back({QStringLiteral("network"), networkText(a), networkText(b), {}, true, false});
  if (bitsText(a.bits) != bitsText(b.bits))
    players.push_back({QStringLiteral("bits"), bitsText(a.bits), bitsText(b.bits), {}, false, true});
  for (const Parameter &p : parameters())
    if (differs(p, a.accelerator, b.accelerator))
      players.push_back(
          {QString::fromLatin1(p.key), valueText(p, a.accelerator), valueText(p, b.accelerator), {&p}, false, false});
  return players;
}

// Both networks' layers, laid out either way.
struct Sides {
  const ExplainedDesign &a;
  const ExplainedDesign &b;
  std::array<std::array<std::vector<LayerWork>, 2>, 2> works;  // [side][Layout]
};

Sides sidesOf(const ExplainedDesign &a, const ExplainedDesign &b) {
  Sides sides{a, b, {}};
  for (std::size_t side = 0; side < 2; ++side)
    for (const Layout layout : {Layout::Own, Layout::Widest}) {
      const ExplainedDesign &d = side == 0 ? a : b;
      sides.works[side][static_cast<std::size_t>(layout)] = workOf(d.network, d.variant, layout);
    }
  return sides;
}

Totals totalsOf(const Sides &sides, const std::vector<Player> &players, const std::vector<bool> &coalition,
                Machine &machine) {
  Accelerator accelerator = sides.a.accelerator;
  std::size_t network = 0;
  Bits bits = sides.a.bits;
  for (std::size_t i = 0; i < players.size(); ++i) {
    if (!coalition[i]) continue;
    if (players[i].network) network = 1;
    if (players[i].bits) bits = sides.b.bits;
    for (const Parameter *p : players[i].parameters) copyParameter(accelerator, sides.b.accelerator, *p);
  }
  validate(accelerator, ExplainPlace);
  machine = buildMachine(accelerator);
  const bool head = network == 0 ? sides.a.head : sides.b.head;
  return estimateTotals(sides.works[network][static_cast<std::size_t>(accelerator.schedule.layout)], machine, bits,
                        head ? Part::Head : Part::Whole);
}

std::vector<double> metricsOf(const Totals &t) { return {t.energy_uj(), t.latency_us(), t.area_mm2, t.power_w()}; }

// All players of one section as one.
bool mergeSection(std::vector<Player> &players, const char *section) {
  Player merged{QString::fromLatin1(section), {}, {}, {}, false, false};
  for (const Player &p : players)
    if (p.parameters.size() == 1 && QLatin1String(p.parameters.front()->section) == QLatin1String(section))
      merged.parameters.push_back(p.parameters.front());
  if (merged.parameters.size() < 2) return false;
  std::erase_if(players, [&](const Player &p) {
    return p.parameters.size() == 1 && QLatin1String(p.parameters.front()->section) == QLatin1String(section);
  });
  merged.to = QStringLiteral("%1 parameters").arg(merged.parameters.size());
  players.push_back(std::move(merged));
  return true;
}

void mergeAll(std::vector<Player> &players) {
  Player merged{QStringLiteral("profile"), {}, {}, {}, false, false};
  for (const Player &p : players)
    merged.parameters.insert(merged.parameters.end(), p.parameters.begin(), p.parameters.end());
  std::erase_if(players, [](const Player &p) { return !p.parameters.empty(); });
  merged.to = QStringLiteral("%1 parameters").arg(merged.parameters.size());
  players.push_back(std::move(merged));
}

// Shares over players, which are taken together section by section until every coalition makes an accelerator.
ShapleyShares sharesOf(const Sides &sides, std::vector<Player> &players, QString &note, const Watch &watch) {
  constexpr std::array Sections{"device", "sensing", "array", "chip", "schedule"};
  std::size_t next = 0;
  for (;;) {
    QString refused;
    try {
      const CoalitionOutputs outputs = [&](const std::vector<bool> &coalition) {
        Machine machine;
        try {
          return metricsOf(totalsOf(sides, players, coalition, machine));
        } catch (const Error &error) {
          refused = error.message();
          throw;
        }
      };
      return shapleyShares(players.size(), outputs, {}, watch);
    } catch (const Error &) {
      if (refused.isEmpty()) throw;  // stopped
      bool merged = false;
      while (!merged && next < Sections.size()) merged = mergeSection(players, Sections[next++]);
      if (!merged) {
        if (std::ranges::count_if(players, [](const Player &p) { return !p.parameters.empty(); }) < 2) throw;
        mergeAll(players);
      }
      if (note.isEmpty()) note = QStringLiteral("some parameters only go together: ") + refused;
    }
  }
}

void sortParts(MetricDifference &m) {
  std::stable_sort(m.parts.begin(), m.parts.end(), [](const DifferencePart &x, const DifferencePart &y) {
    return std::abs(x.difference) > std::abs(y.difference);
  });
}

DesignDifference byParameters(const ExplainedDesign &a, const ExplainedDesign &b, const Watch &watch) {
  DesignDifference result;
  const Sides sides = sidesOf(a, b);
  std::vector<Player> players = playersOf(a, b);
  const ShapleyShares shares = sharesOf(sides, players, result.note, watch);
  result.orders = shares.orders;
  for (std::size_t m = 0; m < ExplainedMetrics.size(); ++m) {
    MetricDifference metric{QString::fromLatin1(info(ExplainedMetrics[m]).column), shares.none[m], shares.all[m], {}};
    for (std::size_t p = 0; p < players.size(); ++p)
      metric.parts.push_back(
          {players[p].name, players[p].from, players[p].to, shares.contributions[p][m], shares.errors[p][m]});
    sortParts(metric);
    result.metrics.push_back(std::move(metric));
  }
  return result;
}

DesignDifference byComponents(const ExplainedDesign &a, const ExplainedDesign &b) {
  const Sides sides = sidesOf(a, b);
  const std::vector<Player> players = playersOf(a, b);
  Machine first;
  Machine second;
  const Totals from = totalsOf(sides, players, std::vector<bool>(players.size(), false), first);
  const Totals to = totalsOf(sides, players, std::vector<bool>(players.size(), true), second);
  MetricDifference energy{QStringLiteral("energy_uj"), from.energy_uj(), to.energy_uj(), {}};
  for (std::size_t c = 0; c < ComponentCount; ++c)
    if (from.energy_pj[c] != 0 || to.energy_pj[c] != 0)
      energy.parts.push_back(
          {QString::fromLatin1(components()[c].title), {}, {}, (to.energy_pj[c] - from.energy_pj[c]) * 1e-6, 0});
  MetricDifference area{QStringLiteral("area_mm2"), from.area_mm2, to.area_mm2, {}};
  const auto subarrays = [](double count, const Machine &m) { return count * m.chip.subarray_mm2; };
  area.parts = {{QStringLiteral("sub-arrays"),
                 {},
                 {},
                 subarrays(to.usedSubarrays, second) - subarrays(from.usedSubarrays, first),
                 0},
                {QStringLiteral("banks"),
                 {},
                 {},
                 subarrays(static_cast<double>(to.bankSubarrays), second) -
                     subarrays(static_cast<double>(from.bankSubarrays), first),
                 0},
                {QStringLiteral("DPU"), {}, {}, second.chip.dpu_mm2 - first.chip.dpu_mm2, 0}};
  sortParts(energy);
  sortParts(area);
  return {{energy, area}, 0, {}};
}

}  // namespace

DesignDifference differenceOf(const ExplainedDesign &a, const ExplainedDesign &b, DifferenceBy by, const Watch &watch) {
  return by == DifferenceBy::Parameters ? byParameters(a, b, watch) : byComponents(a, b);
}

ReportTable differenceReport(const DesignDifference &difference) {
  ReportTable table;
  for (const char *name : {"part", "metric", "share", "difference", "a_value", "b_value", "difference_error", "a", "b"})
    table.columns << QString::fromLatin1(name);
  for (const MetricDifference &m : difference.metrics) {
    const double whole = m.b - m.a;
    for (const DifferencePart &p : m.parts)
      table.rows.push_back({p.part, m.metric, whole == 0 ? Cell{} : Cell{p.difference / whole}, p.difference,
                            p.from.isEmpty() ? Cell{} : Cell{p.from}, p.to.isEmpty() ? Cell{} : Cell{p.to}, p.error,
                            m.a, m.b});
  }
  return table;
}

}  // namespace pimento

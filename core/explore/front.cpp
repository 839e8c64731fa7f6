// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/front.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/explore/dominance.h"
#include "core/explore/radix_sort.h"

namespace pimento {

namespace {

using Columns = std::span<const std::span<const double>>;

// Lexicographic order of rows: first column, then the next, last the row itself.
struct ByCosts {
  Columns costs;
  bool operator()(std::uint32_t a, std::uint32_t b) const {
    for (const auto &column : costs)
      if (column[a] != column[b]) return column[a] < column[b];
    return a < b;
  }
};

bool equalCosts(Columns costs, std::uint32_t a, std::uint32_t b) {
  return std::all_of(costs.begin(), costs.end(), [&](const auto &column) { return column[a] == column[b]; });
}

// Rows without an absent value, with the first column's order as key.
std::vector<SortItem> presentRows(Columns costs) {
  std::vector<SortItem> items;
  items.reserve(costs[0].size());
  for (std::uint32_t row = 0; row < costs[0].size(); ++row) {
    double sum = 0;  // stays 0 unless a value is NaN or infinite
    for (const auto &column : costs) sum += column[row] * 0;
    if (sum == 0) {
      items.push_back({orderedBits(costs[0][row]), row});
      continue;
    }
    for (const auto &column : costs)
      if (std::isinf(column[row]))
        throw Error(QStringLiteral("front"), QStringLiteral("point %1 is infinite").arg(row),
                    QStringLiteral("leave out what is not known"));
  }
  return items;
}

// Two objectives: along the first, a point stands if the second falls below all before it.
std::vector<std::uint32_t> planeFront(Columns costs, const std::vector<SortItem> &sorted) {
  const auto second = costs[1];
  std::vector<std::uint32_t> front;
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t begin = 0; begin < sorted.size();) {
    std::size_t end = begin;
    double lowest = second[sorted[begin].row];
    for (; end < sorted.size() && sorted[end].key == sorted[begin].key; ++end)
      lowest = std::min(lowest, second[sorted[end].row]);
    if (lowest < best)
      for (std::size_t i = begin; i < end; ++i)
        if (second[sorted[i].row] == lowest) front.push_back(sorted[i].row);
    best = std::min(best, lowest);
    begin = end;
  }
  return front;
}

// Runs of equal keys still stand by row: bring them into the order of the other columns.
void finishOrder(Columns costs, std::vector<SortItem> &sorted) {
  const ByCosts byCosts{costs};
  for (std::size_t begin = 0; begin < sorted.size();) {
    std::size_t end = begin + 1;
    while (end < sorted.size() && sorted[end].key == sorted[begin].key) ++end;
    std::sort(sorted.begin() + static_cast<std::ptrdiff_t>(begin), sorted.begin() + static_cast<std::ptrdiff_t>(end),
              [&](const SortItem &a, const SortItem &b) { return byCosts(a.row, b.row); });
    begin = end;
  }
}

// Three or four objectives: equal points are judged as one.
std::vector<std::uint32_t> spaceFront(Columns costs, std::vector<SortItem> &sorted) {
  finishOrder(costs, sorted);
  std::vector<Point> points;
  std::vector<std::size_t> first;  // of each point, in sorted
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i > 0 && equalCosts(costs, sorted[i - 1].row, sorted[i].row)) continue;
    Point point{};
    for (std::size_t d = 0; d < costs.size(); ++d) point[d] = costs[d][sorted[i].row];
    points.push_back(point);
    first.push_back(i);
  }
  const std::vector<bool> dominated = costs.size() == 3 ? dominatedInSpace(points) : dominatedInFour(points);
  first.push_back(sorted.size());
  std::vector<std::uint32_t> front;
  for (std::size_t p = 0; p < points.size(); ++p)
    if (!dominated[p])
      for (std::size_t i = first[p]; i < first[p + 1]; ++i) front.push_back(sorted[i].row);
  return front;
}

double cost(const DesignTable &table, std::uint32_t row, const Objective &o) {
  const double value = table.column(o.metric)[row];
  return o.sense == Sense::Minimise ? value : -value;
}

double valueOf(double cost, const Objective &o) { return o.sense == Sense::Minimise ? cost : -cost; }

void check(std::size_t count) {
  if (count < 2 || count > 4)
    throw Error(QStringLiteral("objectives"), QStringLiteral("%1 given").arg(count),
                QStringLiteral("give two to four, as in energy,accuracy"));
}

void check(std::span<const Objective> objectives) {
  check(objectives.size());
  for (std::size_t i = 0; i < objectives.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (objectives[i].metric == objectives[j].metric)
        throw Error(QStringLiteral("objectives"),
                    QStringLiteral("%1 stands twice").arg(QLatin1String(info(objectives[i].metric).key)),
                    QStringLiteral("give each once"));
}

struct Range {
  double best = std::numeric_limits<double>::infinity();
  double worst = -std::numeric_limits<double>::infinity();
};

// Of one objective as a cost; rows in which it is absent do not count.
Range rangeOf(const DesignTable &table, std::span<const std::uint32_t> rows, const Objective &o) {
  Range range;
  for (const std::uint32_t row : rows) {
    const double c = cost(table, row, o);
    if (std::isnan(c)) continue;
    range.best = std::min(range.best, c);
    range.worst = std::max(range.worst, c);
  }
  return range;
}

}  // namespace

std::vector<Objective> parseObjectives(const QString &text, const QString &place) {
  std::vector<Objective> objectives;
  for (const QString &part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
    QString key = part.trimmed();
    const bool least = key.startsWith(QStringLiteral("min:"));
    const bool most = key.startsWith(QStringLiteral("max:"));
    if (least || most) key = key.mid(4);
    Objective o = objective(requireMetric(key, place));
    if (least || most) o.sense = least ? Sense::Minimise : Sense::Maximise;
    objectives.push_back(o);
  }
  try {
    check(objectives);
  } catch (const Error &error) {
    throw Error(place, error.message());
  }
  return objectives;
}

QString objectivesText(std::span<const Objective> objectives) {
  QStringList parts;
  for (const Objective &o : objectives) {
    const QString key = QString::fromLatin1(info(o.metric).key);
    if (o.sense == info(o.metric).sense)
      parts << key;
    else
      parts << (o.sense == Sense::Minimise ? QStringLiteral("min:") : QStringLiteral("max:")) + key;
  }
  return parts.join(QLatin1Char(','));
}

std::vector<std::uint32_t> nonDominated(std::span<const std::span<const double>> costs) {
  check(costs.size());
  std::vector<SortItem> sorted = presentRows(costs);
  radixSort(sorted);
  return costs.size() == 2 ? planeFront(costs, sorted) : spaceFront(costs, sorted);
}

std::vector<std::uint32_t> contenders(const DesignTable &table, std::span<const std::uint32_t> rows,
                                      std::span<const Objective> objectives, InvalidDesigns invalid) {
  const bool takeAll = invalid == InvalidDesigns::TakePart || table.allValid();
  std::vector<std::uint32_t> present;
  present.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    bool all = !table.key(row).reference && (takeAll || table.validity(row) != Validity::Invalid);
    for (const Objective &o : objectives) all = all && !std::isnan(table.column(o.metric)[row]);
    if (all) present.push_back(row);
  }
  return present;
}

std::vector<std::uint32_t> invalidContenders(const DesignTable &table, std::span<const std::uint32_t> rows,
                                             std::span<const Objective> objectives) {
  if (table.allValid()) return {};
  std::vector<std::uint32_t> all = contenders(table, rows, objectives, InvalidDesigns::TakePart);
  std::erase_if(all, [&](std::uint32_t row) { return table.validity(row) != Validity::Invalid; });
  return all;
}

std::vector<std::uint32_t> nonDominated(const DesignTable &table, std::span<const std::uint32_t> rows,
                                        std::span<const Objective> objectives, InvalidDesigns invalid) {
  check(objectives);
  std::vector<std::uint32_t> taking = contenders(table, rows, objectives, invalid);
  if (!std::is_sorted(taking.begin(), taking.end())) std::sort(taking.begin(), taking.end());
  std::vector<std::vector<double>> columns(objectives.size());
  std::vector<std::span<const double>> costs;
  for (std::size_t i = 0; i < objectives.size(); ++i) {
    columns[i].reserve(taking.size());
    for (const std::uint32_t row : taking) columns[i].push_back(cost(table, row, objectives[i]));
    costs.emplace_back(columns[i]);
  }
  std::vector<std::uint32_t> front = nonDominated(costs);
  for (std::uint32_t &row : front) row = taking[row];
  return front;
}

std::vector<double> idealPoint(const DesignTable &table, std::span<const std::uint32_t> rows,
                               std::span<const Objective> objectives) {
  std::vector<double> point;
  for (const Objective &o : objectives) point.push_back(valueOf(rangeOf(table, rows, o).best, o));
  return point;
}

std::vector<double> defaultReference(const DesignTable &table, std::span<const std::uint32_t> rows,
                                     std::span<const Objective> objectives) {
  std::vector<double> point;
  for (const Objective &o : objectives) {
    const Range range = rangeOf(table, rows, o);
    double beyond = 0.1 * (range.worst - range.best);
    if (beyond == 0) beyond = range.worst == 0 ? 1 : 0.1 * std::abs(range.worst);
    point.push_back(valueOf(range.worst + beyond, o));
  }
  return point;
}

Hypervolume hypervolume(const DesignTable &table, std::span<const std::uint32_t> rows,
                        std::span<const Objective> objectives, std::span<const double> reference,
                        InvalidDesigns invalid) {
  check(objectives);
  const auto taking = contenders(table, rows, objectives, invalid);
  Hypervolume result;
  result.reference.assign(reference.begin(), reference.end());
  if (taking.empty()) return result;
  result.ideal = idealPoint(table, taking, objectives);
  Costs corner;
  double box = 1;
  for (std::size_t i = 0; i < objectives.size(); ++i) {
    corner.push_back(valueOf(reference[i], objectives[i]));
    box *= std::max(0.0, corner[i] - valueOf(result.ideal[i], objectives[i]));
  }
  std::vector<Costs> points;
  for (const std::uint32_t row : nonDominated(table, taking, objectives, invalid)) {
    Costs point;
    for (const Objective &o : objectives) point.push_back(cost(table, row, o));
    points.push_back(std::move(point));
  }
  result.value = hypervolume(points, corner);
  result.share = box > 0 ? result.value / box : 0;
  return result;
}

std::optional<std::uint32_t> knee(const DesignTable &table, std::span<const std::uint32_t> front,
                                  std::span<const Objective> objectives, KneeSpace space) {
  const auto place = [&](double value) { return space == KneeSpace::Log ? std::log(value) : value; };
  std::vector<double> sum(front.size(), 0);
  for (const Objective &o : objectives) {
    const Range range = rangeOf(table, front, o);
    const double best = valueOf(range.best, o);
    const double worst = valueOf(range.worst, o);
    if (best == worst || front.empty() || (space == KneeSpace::Log && std::min(best, worst) <= 0)) return std::nullopt;
    for (std::size_t i = 0; i < front.size(); ++i)
      sum[i] += (place(table.column(o.metric)[front[i]]) - place(best)) / (place(worst) - place(best));
  }
  if (front.empty()) return std::nullopt;
  const auto lowest = std::min_element(sum.begin(), sum.end());
  constexpr double onTheChord = 1 - 1e-12;  // rounding must not make a knee of a straight front
  if (!(*lowest < onTheChord)) return std::nullopt;
  return front[static_cast<std::size_t>(lowest - sum.begin())];
}

}  // namespace pimento

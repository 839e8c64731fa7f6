// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/dominance.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <utility>

namespace pimento {

namespace {

// Divide and conquer after Kung, Luccio and Preparata (J. ACM 22, 1975), for columns 1 to 3 of points in
// lexicographic order. Lists hold indices of points and are ordered by column 2.
class FourColumns {
 public:
  explicit FourColumns(std::span<const Point> points) : m_points(points), m_dominated(points.size()) {}

  std::vector<bool> run() {
    marry(0, m_points.size());
    return std::move(m_dominated);
  }

 private:
  using List = std::vector<std::uint32_t>;

  // Marks the dominated among points [begin, end).
  void marry(std::size_t begin, std::size_t end) {
    if (end - begin < 2) return;
    const std::size_t middle = begin + (end - begin) / 2;
    marry(begin, middle);
    marry(middle, end);
    filter(standing(begin, middle), standing(middle, end));
  }

  List standing(std::size_t begin, std::size_t end) const {
    List list;
    for (std::size_t i = begin; i < end; ++i)
      if (!m_dominated[i]) list.push_back(static_cast<std::uint32_t>(i));
    std::sort(list.begin(), list.end(),
              [this](std::uint32_t a, std::uint32_t b) { return m_points[a][2] < m_points[b][2]; });
    return list;
  }

  // Marks the points of `later` that a point of `earlier` equals or beats in columns 1, 2 and 3.
  void filter(const List &earlier, const List &later) {
    if (earlier.empty() || later.empty()) return;
    if (earlier.size() * later.size() <= 256) return compareAll(earlier, later);
    const double pivot = middleValue(earlier, later);
    const auto below = [&](std::uint32_t i) { return m_points[i][1] < pivot; };
    const auto above = [&](std::uint32_t i) { return m_points[i][1] > pivot; };
    const auto notAbove = [&](std::uint32_t i) { return !above(i); };
    const auto notBelow = [&](std::uint32_t i) { return !below(i); };
    filter(part(earlier, below), part(later, below));
    sweep(part(earlier, notAbove), part(later, notBelow));
    filter(part(earlier, above), part(later, above));
  }

  void compareAll(const List &earlier, const List &later) {
    for (const std::uint32_t b : later)
      for (const std::uint32_t a : earlier) {
        if (m_points[a][1] > m_points[b][1] || m_points[a][2] > m_points[b][2] || m_points[a][3] > m_points[b][3])
          continue;
        m_dominated[b] = true;
        break;
      }
  }

  // Column 1 is settled: along column 2, a later point falls if the least of column 3 before it is no worse.
  void sweep(const List &earlier, const List &later) {
    double least = std::numeric_limits<double>::infinity();
    std::size_t next = 0;
    for (const std::uint32_t b : later) {
      for (; next < earlier.size() && m_points[earlier[next]][2] <= m_points[b][2]; ++next)
        least = std::min(least, m_points[earlier[next]][3]);
      if (least <= m_points[b][3]) m_dominated[b] = true;
    }
  }

  double middleValue(const List &earlier, const List &later) const {
    std::vector<double> values;
    values.reserve(earlier.size() + later.size());
    for (const List *list : {&earlier, &later})
      for (const std::uint32_t i : *list) values.push_back(m_points[i][1]);
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
  }

  template <class Keep>
  List part(const List &list, Keep keep) const {
    List kept;
    for (const std::uint32_t i : list)
      if (!m_dominated[i] && keep(i)) kept.push_back(i);
    return kept;
  }

  std::span<const Point> m_points;
  std::vector<bool> m_dominated;
};

}  // namespace

std::vector<bool> dominatedInSpace(std::span<const Point> points) {
  std::vector<bool> dominated(points.size());
  std::map<double, double> stairs;  // column 1 to the least of column 2 so far; strictly falling
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double y = points[i][1];
    const double z = points[i][2];
    auto above = stairs.upper_bound(y);
    if (above != stairs.begin() && std::prev(above)->second <= z) {
      dominated[i] = true;
      continue;
    }
    auto first = stairs.lower_bound(y);
    while (first != stairs.end() && first->second >= z) first = stairs.erase(first);
    stairs.emplace_hint(first, y, z);
  }
  return dominated;
}

std::vector<bool> dominatedInFour(std::span<const Point> points) { return FourColumns(points).run(); }

}  // namespace pimento

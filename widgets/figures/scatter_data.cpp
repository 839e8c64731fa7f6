// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/scatter_data.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace pimento {

namespace {

void require(bool holds, const QString &problem) {
  if (!holds) throw Error(QStringLiteral("chart data"), problem);
}

}  // namespace

void check(const ScatterData &data) {
  const std::size_t size = data.x.size();
  require(data.y.size() == size, QStringLiteral("x and y differ in length"));
  require(data.style.empty() || data.style.size() == size, QStringLiteral("styles and points differ in number"));
  require(!data.styles.empty(), QStringLiteral("there is no style"));
  require(std::all_of(data.style.begin(), data.style.end(), [&](auto s) { return s < data.styles.size(); }),
          QStringLiteral("a point has a style that is not there"));
  require(std::all_of(data.front.begin(), data.front.end(), [&](auto p) { return p < size; }),
          QStringLiteral("the front names a point that is not there"));
  require(std::all_of(data.whiskers.begin(), data.whiskers.end(), [&](const Whisker &w) { return w.point < size; }),
          QStringLiteral("an interval names a point that is not there"));
}

std::vector<std::uint32_t> orderedFront(const ScatterData &data) {
  std::vector<std::uint32_t> front;
  for (const std::uint32_t point : data.front)
    if (std::isfinite(data.x[point]) && std::isfinite(data.y[point])) front.push_back(point);
  const double xSign = data.xAxis.sense == Sense::Minimise ? 1 : -1;
  const double ySign = data.yAxis.sense == Sense::Minimise ? 1 : -1;
  std::sort(front.begin(), front.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (data.x[a] != data.x[b]) return xSign * data.x[a] < xSign * data.x[b];
    if (data.y[a] != data.y[b]) return ySign * data.y[a] > ySign * data.y[b];
    return a < b;
  });
  return front;
}

}  // namespace pimento

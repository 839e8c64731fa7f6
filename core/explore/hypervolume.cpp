// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <map>

#include "core/base/error.h"
#include "core/explore/front.h"

namespace pimento {

namespace {

// Points are turned into gains, measured from the reference towards better: each covers the box from the origin to
// itself, and the hypervolume is the volume of the union of the boxes.
using Gain = std::array<double, 4>;

// Area of the union of rectangles from (0, 0) to (y, z), kept while rectangles are added.
class Staircase {
 public:
  [[nodiscard]] double area() const { return m_area; }

  void add(double y, double z) {
    auto next = m_stairs.lower_bound(y);
    double height = next == m_stairs.end() ? 0 : next->second;  // covered already, from `right` to the left
    double right = y;
    if (height >= z) return;
    while (next != m_stairs.begin() && height < z) {
      const auto step = std::prev(next);
      m_area += (right - step->first) * (z - height);
      right = step->first;
      height = step->second;
      if (height < z) next = m_stairs.erase(step);
    }
    if (height < z) m_area += right * (z - height);
    m_stairs.insert_or_assign(y, z);
  }

 private:
  std::map<double, double> m_stairs;  // y to z; z falls strictly
  double m_area = 0;
};

double planeVolume(const std::vector<Gain> &points) {
  Staircase stairs;
  for (const Gain &p : points) stairs.add(p[0], p[1]);
  return stairs.area();
}

// Slices along column `c`, from the best down; after(p) takes a point in and returns the measure of the slice.
template <class After>
double slices(std::vector<Gain> &points, std::size_t c, After after) {
  std::sort(points.begin(), points.end(), [c](const Gain &a, const Gain &b) { return a[c] > b[c]; });
  double volume = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double measure = after(points[i]);
    volume += measure * (points[i][c] - (i + 1 < points.size() ? points[i + 1][c] : 0));
  }
  return volume;
}

double spaceVolume(std::vector<Gain> points) {
  Staircase stairs;
  return slices(points, 2, [&](const Gain &p) {
    stairs.add(p[0], p[1]);
    return stairs.area();
  });
}

bool covers(const Gain &a, const Gain &b) { return a[0] >= b[0] && a[1] >= b[1] && a[2] >= b[2]; }

// The slice is a volume; a new point adds the part of its box that the others do not cover.
double fourVolume(std::vector<Gain> points) {
  std::vector<Gain> slice;
  double volume = 0;
  return slices(points, 3, [&](const Gain &p) {
    if (std::any_of(slice.begin(), slice.end(), [&](const Gain &s) { return covers(s, p); })) return volume;
    std::vector<Gain> shared = slice;
    for (Gain &s : shared)
      for (std::size_t c = 0; c < 3; ++c) s[c] = std::min(s[c], p[c]);
    volume += p[0] * p[1] * p[2] - spaceVolume(std::move(shared));
    std::erase_if(slice, [&](const Gain &s) { return covers(p, s); });
    slice.push_back(p);
    return volume;
  });
}

}  // namespace

double hypervolume(std::span<const Costs> points, const Costs &reference) {
  if (reference.size() < 2 || reference.size() > 4)
    throw Error(QStringLiteral("hypervolume"), QStringLiteral("%1 objectives").arg(reference.size()),
                QStringLiteral("give two to four"));
  std::vector<Gain> gains;
  for (const Costs &point : points) {
    Gain gain{};
    bool better = point.size() == reference.size();
    for (std::size_t c = 0; better && c < reference.size(); ++c) {
      gain[c] = reference[c] - point[c];
      better = gain[c] > 0;
    }
    if (better) gains.push_back(gain);
  }
  if (reference.size() == 2) return planeVolume(gains);
  return reference.size() == 3 ? spaceVolume(std::move(gains)) : fourVolume(std::move(gains));
}

}  // namespace pimento

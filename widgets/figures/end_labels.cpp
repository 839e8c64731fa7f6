// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/end_labels.h"

#include <algorithm>

namespace pimento {

namespace {

// Labels that touch move as one, so that the middle of the group stays where its ends have it.
struct Group {
  std::size_t count = 0;
  double sum = 0;  // of the places wanted by its labels, each less its place within the group
};

double start(const Group &group, double height, double top, double bottom) {
  const double wanted = group.sum / static_cast<double>(group.count);
  const double last = bottom - height * (static_cast<double>(group.count) - 0.5);
  return std::max(top + height / 2, std::min(wanted, last));
}

}  // namespace

void spreadApart(std::vector<EndLabel> &labels, double height, double top, double bottom) {
  std::ranges::stable_sort(labels, {}, [](const EndLabel &label) { return label.end.y(); });
  std::vector<Group> groups;
  for (const EndLabel &label : labels) {
    groups.push_back({1, label.end.y()});
    while (groups.size() > 1) {
      Group &above = groups[groups.size() - 2];
      const Group &below = groups.back();
      const double end = start(above, height, top, bottom) + height * static_cast<double>(above.count);
      if (end <= start(below, height, top, bottom)) break;
      above.sum += below.sum - height * static_cast<double>(above.count * below.count);
      above.count += below.count;
      groups.pop_back();
    }
  }
  std::size_t at = 0;
  for (const Group &group : groups)
    for (std::size_t i = 0; i < group.count; ++i)
      labels[at++].y = start(group, height, top, bottom) + height * static_cast<double>(i);
}

}  // namespace pimento

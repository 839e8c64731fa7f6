// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/images.h"

#include <algorithm>

#include "core/base/error.h"

namespace pimento {

Images makeImages(const Shape &shape, std::vector<std::uint16_t> labels, std::vector<std::uint8_t> pixels,
                  const QString &place) {
  const auto each = static_cast<std::size_t>(shape.elements());
  if (each == 0 || pixels.size() != each * labels.size())
    throw Error(place, QStringLiteral("%1 labels do not go with %2 bytes of %3-byte images")
                           .arg(labels.size())
                           .arg(pixels.size())
                           .arg(each));
  auto buffer = std::make_shared<const std::vector<std::uint8_t>>(std::move(pixels));
  return {shape, std::move(labels), *buffer, buffer};
}

void validateLabels(const std::vector<std::uint16_t> &labels, qsizetype classes, const QString &place) {
  if (labels.empty()) throw Error(place, QStringLiteral("holds no images"));
  const auto worst = std::max_element(labels.begin(), labels.end());
  if (*worst >= classes)
    throw Error(place, QStringLiteral("image %1 has label %2, but there are %3 classes")
                           .arg(worst - labels.begin())
                           .arg(*worst)
                           .arg(classes));
}

void validate(const Dataset &set, const QString &place) {
  validateLabels(set.train.labels, set.classes.size(), place + QStringLiteral(", train"));
  validateLabels(set.test.labels, set.classes.size(), place + QStringLiteral(", test"));
  if (set.train.shape != set.test.shape)
    throw Error(place, QStringLiteral("the images of train and test have different sizes"));
}

}  // namespace pimento

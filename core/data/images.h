// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/network/network_spec.h"

namespace pimento {

// Labelled images of one size: 8 bits a channel, image after image, each channel by channel and row by row (NCHW).
// The pixels belong to `owner`: a buffer, or a file mapped into memory. Copies share them.
struct Images {
  Shape shape;
  std::vector<std::uint16_t> labels;
  std::span<const std::uint8_t> pixels;
  std::shared_ptr<const void> owner;

  [[nodiscard]] std::size_t size() const { return labels.size(); }
  [[nodiscard]] std::span<const std::uint8_t> image(std::size_t i) const {
    const auto each = static_cast<std::size_t>(shape.elements());
    return pixels.subspan(i * each, each);
  }
};

// Takes a buffer over. Throws Error if it does not hold a whole number of images, one for each label.
[[nodiscard]] Images makeImages(const Shape &shape, std::vector<std::uint16_t> labels, std::vector<std::uint8_t> pixels,
                                const QString &place);

// A data set: two sets of images that must not be mixed, and the names of the classes that labels index.
struct Dataset {
  QString name;    // as in results: "fashion-mnist", "cifar-10", "my-photos"
  QString title;   // "Fashion-MNIST"
  QString source;  // who made it, and where it was read
  QString note;    // what a reader of a result must know; empty if nothing
  QStringList classes;
  Images train;
  Images test;
};

// Throws Error if there is no label, or one that is not below the number of classes.
void validateLabels(const std::vector<std::uint16_t> &labels, qsizetype classes, const QString &place);

// Throws Error if a set is empty, its shapes differ, or a label is not below the number of classes.
void validate(const Dataset &set, const QString &place);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/data/images.h"
#include "core/data/pixel_buffer.h"
#include "core/data/statistics.h"

namespace pimento {

// How an image becomes a network's input. Recorded with every run.
//   channels      a grey image is repeated
//   height, width smaller images get a zero border up to `pad` on each side or are scaled (`scale`)
//   augmentation  random crop of the image with a zero border of `crop`, random horizontal flip
struct InputRecipe {
  Shape shape{3, 32, 32};
  bool scale = false;  // bilinear to the shape; else the image is centred in a border of zeros (pixel value 0)
  int crop = 0;        // pixels of shift to each side
  bool flip = false;
  PixelStatistics normalise;  // of the data set's own channels
  bool operator==(const InputRecipe &) const = default;
};

// Throws Error if images can not become this shape: more channels than the shape and not grey, or larger than the shape
// without `scale`.
void validate(const InputRecipe &recipe, const Images &images, const QString &place);

// Where augmented images come from: a pure function of (seed, epoch, index), so that a run resumes exactly.
struct Augmentation {
  std::uint64_t seed = 0;
  std::uint64_t epoch = 0;
};

// The first `count` images of a random order that `seed` gives, in the order of the set; all for 0. Above `memory`
// bytes they lie on the disk.
[[nodiscard]] Images firstImages(const Images &images, int count, std::uint64_t seed, std::size_t memory = PixelMemory);

// Images ready for a network, as bytes: scaled, centred and repeated once, before any training. Above `memory` bytes
// they lie on the disk.
[[nodiscard]] Images prepared(const Images &images, const InputRecipe &recipe, std::size_t memory = PixelMemory);

// The normalised value of each byte, a table a channel of the input.
[[nodiscard]] std::vector<std::array<float, 256>> pixelValues(const InputRecipe &recipe);

// Images `indices` of a prepared set as normalised floats, image after image, pixel after pixel, channel after channel
// (NHWC, "channels last"). `out` holds indices.size() x shape.elements() floats. Without augmentation images are taken
// as they are.
void fillBatch(const Images &prepared, std::span<const std::uint32_t> indices, const InputRecipe &recipe,
               const Augmentation *augmentation, std::span<float> out);

// The order of one epoch: a permutation of `indices` that is a pure function of (seed, epoch).
[[nodiscard]] std::vector<std::uint32_t> shuffled(std::vector<std::uint32_t> indices, const Augmentation &epoch);

// Training and validation parts of a training set: `validation` images of it drawn by `seed`, in equal shares of the
// classes as far as they go. Both sorted; together all images.
struct Split {
  std::vector<std::uint32_t> train;
  std::vector<std::uint32_t> validation;
};
[[nodiscard]] Split split(const Images &images, std::size_t validation, std::uint64_t seed);

}  // namespace pimento

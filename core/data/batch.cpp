// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/batch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <thread>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"

namespace pimento {

namespace {

std::size_t sideOf(int pixels) { return static_cast<std::size_t>(pixels); }

// One plane scaled with pixel centres aligned (bilinear, edges repeated).
void scalePlane(std::span<const std::uint8_t> in, const Shape &from, std::span<std::uint8_t> out, const Shape &to) {
  const auto source = [](int i, int outSize, int inSize) {
    return std::clamp((i + 0.5) * inSize / outSize - 0.5, 0.0, inSize - 1.0);
  };
  for (int y = 0; y < to.height; ++y) {
    const double sy = source(y, to.height, from.height);
    const int y0 = static_cast<int>(sy);
    const int y1 = std::min(y0 + 1, from.height - 1);
    for (int x = 0; x < to.width; ++x) {
      const double sx = source(x, to.width, from.width);
      const int x0 = static_cast<int>(sx);
      const int x1 = std::min(x0 + 1, from.width - 1);
      const auto at = [&](int row, int column) { return double{in[sideOf(row * from.width + column)] * 1.0}; };
      const double top = std::lerp(at(y0, x0), at(y0, x1), sx - x0);
      const double bottom = std::lerp(at(y1, x0), at(y1, x1), sx - x0);
      out[sideOf(y * to.width + x)] = static_cast<std::uint8_t>(std::lround(std::lerp(top, bottom, sy - y0)));
    }
  }
}

void centrePlane(std::span<const std::uint8_t> in, const Shape &from, std::span<std::uint8_t> out, const Shape &to) {
  const int top = (to.height - from.height) / 2;
  const int left = (to.width - from.width) / 2;
  for (int y = 0; y < from.height; ++y)
    std::copy_n(in.begin() + std::ptrdiff_t{y} * from.width, from.width,
                out.begin() + std::ptrdiff_t{top + y} * to.width + left);
}

// Shift and mirror of one image.
struct Move {
  int dx = 0;
  int dy = 0;
  bool mirror = false;
};

Move moveOf(const InputRecipe &recipe, const Augmentation &augmentation, std::uint32_t index) {
  Random random(augmentation.seed, augmentation.epoch, index);
  Move move;
  const auto span = static_cast<std::uint64_t>(2 * recipe.crop + 1);
  move.dx = static_cast<int>(random.below(span)) - recipe.crop;
  move.dy = static_cast<int>(random.below(span)) - recipe.crop;
  move.mirror = recipe.flip && random.below(2) == 1;
  return move;
}

}  // namespace

void validate(const InputRecipe &recipe, const Images &images, const QString &place) {
  const Shape &to = recipe.shape;
  const Shape &from = images.shape;
  if (from.channels != to.channels && from.channels != 1)
    throw Error(
        place, QStringLiteral("the network takes %1 channels, the images have %2").arg(to.channels).arg(from.channels));
  if (!recipe.scale && (from.height > to.height || from.width > to.width))
    throw Error(place,
                QStringLiteral("images of %1 x %2 pixels do not fit into %3 x %4")
                    .arg(from.width)
                    .arg(from.height)
                    .arg(to.width)
                    .arg(to.height),
                QStringLiteral("scale them"));
}

Images firstImages(const Images &images, int count, std::uint64_t seed, std::size_t memory) {
  if (count <= 0 || static_cast<std::size_t>(count) >= images.size()) return images;
  std::vector<std::uint32_t> indices(images.size());
  std::iota(indices.begin(), indices.end(), 0U);
  indices = shuffled(std::move(indices), {seed, 0});
  indices.resize(static_cast<std::size_t>(count));
  std::sort(indices.begin(), indices.end());
  std::vector<std::uint16_t> labels;
  const auto each = static_cast<std::size_t>(images.shape.elements());
  const PixelBuffer buffer = makePixelBuffer(indices.size() * each, memory);
  for (const std::uint32_t i : indices) {
    std::ranges::copy(images.image(i), buffer.bytes.begin() + static_cast<std::ptrdiff_t>(labels.size() * each));
    buffer.release(labels.size() * each, each);
    labels.push_back(images.labels[i]);
  }
  return {images.shape, std::move(labels), buffer.bytes, buffer.owner};
}

Images prepared(const Images &images, const InputRecipe &recipe, std::size_t memory) {
  const Shape &from = images.shape;
  const Shape &to = recipe.shape;
  if (from == to) return images;
  const std::size_t inPlane = sideOf(from.height) * sideOf(from.width);
  const std::size_t outPlane = sideOf(to.height) * sideOf(to.width);
  const auto each = static_cast<std::size_t>(to.elements());
  const PixelBuffer buffer = makePixelBuffer(images.size() * each, memory);
  const bool resize = from.height != to.height || from.width != to.width;
  const auto prepareOne = [&](std::size_t i) {
    const std::span<std::uint8_t> image = buffer.bytes.subspan(i * each, each);
    for (std::size_t c = 0; c < sideOf(to.channels); ++c) {
      const std::span<std::uint8_t> out = image.subspan(c * outPlane, outPlane);
      const auto in = images.image(i).subspan(from.channels == 1 ? 0 : c * inPlane, inPlane);
      if (from.channels == 1 && c > 0)
        std::ranges::copy(image.first(outPlane), out.begin());
      else if (recipe.scale && resize)
        scalePlane(in, from, out, to);
      else
        centrePlane(in, from, out, to);
    }
    buffer.release(i * each, each);
  };
  parallelFor(images.size(), {}, prepareOne);
  return {to, images.labels, buffer.bytes, buffer.owner};
}

// Grey statistics serve all channels.
std::vector<std::array<float, 256>> pixelValues(const InputRecipe &recipe) {
  std::vector<std::array<float, 256>> tables(sideOf(recipe.shape.channels));
  for (std::size_t c = 0; c < tables.size(); ++c) {
    const auto &n = recipe.normalise;
    const double mean = n.mean.empty() ? 0 : n.mean[std::min(c, n.mean.size() - 1)];
    const double deviation = n.deviation.empty() ? 1 : n.deviation[std::min(c, n.deviation.size() - 1)];
    for (std::size_t v = 0; v < 256; ++v)
      tables[c][v] = static_cast<float>((static_cast<double>(v) / 255 - mean) / (deviation > 0 ? deviation : 1));
  }
  return tables;
}

void fillBatch(const Images &images, std::span<const std::uint32_t> indices, const InputRecipe &recipe,
               const Augmentation *augmentation, std::span<float> out) {
  const auto tables = pixelValues(recipe);
  const int height = images.shape.height;
  const int width = images.shape.width;
  const std::size_t channels = tables.size();
  const std::size_t plane = sideOf(height) * sideOf(width);
  float *to = out.data();
  for (const std::uint32_t index : indices) {
    const std::uint8_t *from = images.image(index).data();
    const Move move = augmentation != nullptr ? moveOf(recipe, *augmentation, index) : Move{};
    for (int y = 0; y < height; ++y) {
      const int sy = y + move.dy;
      const bool rowInside = sy >= 0 && sy < height;
      for (int x = 0; x < width; ++x, to += channels) {
        const int sx = (move.mirror ? width - 1 - x : x) + move.dx;
        const bool inside = rowInside && sx >= 0 && sx < width;
        const std::size_t at = inside ? sideOf(sy) * sideOf(width) + sideOf(sx) : 0;
        for (std::size_t c = 0; c < channels; ++c) to[c] = tables[c][inside ? from[c * plane + at] : 0];
      }
    }
  }
}

std::vector<std::uint32_t> shuffled(std::vector<std::uint32_t> indices, const Augmentation &epoch) {
  constexpr std::uint64_t Order = ~std::uint64_t{0};  // no index of an image
  Random random(epoch.seed, epoch.epoch, Order);
  for (std::size_t left = indices.size(); left > 1; --left) std::swap(indices[left - 1], indices[random.below(left)]);
  return indices;
}

Split split(const Images &images, std::size_t validation, std::uint64_t seed) {
  std::vector<std::uint32_t> all(images.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint32_t>(i);
  all = shuffled(std::move(all), {seed, 0});
  // The n-th image of each class in turn: a prefix holds equal shares.
  std::map<std::uint16_t, std::size_t> seen;
  std::vector<std::pair<std::size_t, std::uint32_t>> ranked;
  ranked.reserve(all.size());
  for (const std::uint32_t index : all) ranked.emplace_back(seen[images.labels[index]]++, index);
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
  Split result;
  for (std::size_t i = 0; i < ranked.size(); ++i)
    (i < validation ? result.validation : result.train).push_back(ranked[i].second);
  std::sort(result.train.begin(), result.train.end());
  std::sort(result.validation.begin(), result.validation.end());
  return result;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/batch.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QTemporaryDir>
#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/data/pixel_buffer.h"
#include "tests/core/base/odd_file_systems.h"

using namespace pimento;

namespace {

// Images whose pixels are index, row and column in one number.
Images counting(int count, const Shape &shape) {
  std::vector<std::uint16_t> labels;
  std::vector<std::uint8_t> pixels;
  for (int i = 0; i < count; ++i) {
    labels.push_back(static_cast<std::uint16_t>(i % 3));
    for (int p = 0; p < shape.elements(); ++p) pixels.push_back(static_cast<std::uint8_t>(10 * i + p + 1));
  }
  return makeImages(shape, labels, pixels, QStringLiteral("counting"));
}

std::vector<float> batchOf(const Images &images, const InputRecipe &recipe, const Augmentation *augmentation,
                           const std::vector<std::uint32_t> &indices) {
  std::vector<float> out(indices.size() * static_cast<std::size_t>(recipe.shape.elements()));
  fillBatch(images, indices, recipe, augmentation, out);
  return out;
}

}  // namespace

TEST(Prepared, centresAndRepeatsGreyImages) {
  const Images images = prepared(counting(2, {1, 2, 2}), {.shape = {3, 4, 4}});
  EXPECT_EQ(images.shape, (Shape{3, 4, 4}));
  for (std::size_t c = 0; c < 3; ++c) {
    const auto plane = images.image(1).subspan(16 * c, 16);
    EXPECT_EQ(std::vector<int>(plane.begin(), plane.end()),
              (std::vector<int>{0, 0, 0, 0, 0, 11, 12, 0, 0, 13, 14, 0, 0, 0, 0, 0}));
  }
}

TEST(Prepared, scalesToTheShape) {
  const Images images = prepared(makeImages({1, 1, 2}, {0}, {0, 100}, {}), {.shape = {1, 1, 4}, .scale = true});
  EXPECT_EQ(std::vector<int>(images.pixels.begin(), images.pixels.end()), (std::vector<int>{0, 25, 75, 100}));
}

TEST(InputRecipe, refusesImagesThatDoNotFit) {
  const Images images = counting(1, {3, 8, 8});
  EXPECT_THROW(validate({.shape = {3, 4, 4}}, images, {}), Error);
  EXPECT_THROW(validate({.shape = {1, 8, 8}}, images, {}), Error);
  EXPECT_NO_THROW(validate({.shape = {3, 4, 4}, .scale = true}, images, {}));
}

TEST(Batch, isNormalisedAndChannelsLast) {
  const Images images = counting(2, {3, 2, 2});
  InputRecipe recipe{.shape = {3, 2, 2}};
  recipe.normalise = {{0.5, 0, 0}, {0.25, 1, 1}};
  const auto out = batchOf(images, recipe, nullptr, {1});
  EXPECT_FLOAT_EQ(out[0], (11 / 255.0F - 0.5F) / 0.25F);  // red of the first pixel
  EXPECT_FLOAT_EQ(out[1], 15 / 255.0F);                   // green
  EXPECT_FLOAT_EQ(out[3 * 3 + 2], 22 / 255.0F);           // blue of the last pixel
}

TEST(Batch, augmentsAsAFunctionOfSeedEpochAndIndex) {
  const Images images = counting(20, {1, 4, 4});
  const InputRecipe recipe{.shape = {1, 4, 4}, .crop = 2, .flip = true};
  const Augmentation first{3, 1};
  const Augmentation second{3, 2};
  const auto whole = batchOf(images, recipe, &first, {4, 5, 6, 7});
  const auto alone = batchOf(images, recipe, &first, {6});
  EXPECT_TRUE(std::equal(alone.begin(), alone.end(), whole.begin() + 32));
  EXPECT_NE(whole, batchOf(images, recipe, &second, {4, 5, 6, 7}));
}

TEST(Batch, shiftsBringInZerosAndFlipsMirror) {
  const Images images = makeImages({1, 1, 3}, {0}, {10, 20, 30}, {});
  const InputRecipe recipe{.shape = {1, 1, 3}, .crop = 1, .flip = true};
  std::set<std::vector<int>> seen;
  for (std::uint64_t epoch = 0; epoch < 200; ++epoch) {
    const Augmentation augmentation{1, epoch};
    std::vector<int> values;
    for (const float v : batchOf(images, recipe, &augmentation, {0}))
      values.push_back(static_cast<int>(std::lround(v * 255)));
    seen.insert(values);
  }
  const std::set<std::vector<int>> expected{{10, 20, 30}, {30, 20, 10}, {0, 10, 20}, {20, 10, 0},
                                            {20, 30, 0},  {0, 30, 20},  {0, 0, 0}};  // zeros: shifted up or down
  EXPECT_EQ(seen, expected);
}

TEST(Prepared, liesOnTheDiskAboveItsMemory) {
  const QTemporaryDir cache;
  qputenv("XDG_CACHE_HOME", cache.path().toLocal8Bit());
  const Images images = counting(50, {1, 9, 9});
  const InputRecipe recipe{.shape = {3, 64, 64}, .scale = true};
  const Images inMemory = prepared(images, recipe);
  const Images onDisk = prepared(images, recipe, 1000);
  ASSERT_EQ(onDisk.pixels.size(), inMemory.pixels.size());
  EXPECT_TRUE(std::ranges::equal(onDisk.pixels, inMemory.pixels));
  EXPECT_TRUE(std::ranges::equal(firstImages(images, 7, 3, 10).pixels, firstImages(images, 7, 3).pixels));
  EXPECT_TRUE(QDir(cache.filePath(QStringLiteral("pimento/decoded"))).isEmpty()) << "the file has no name";
  qunsetenv("XDG_CACHE_HOME");
}

TEST(Prepared, saysWhenTheDiskHasNoRoom) {
  try {
    static_cast<void>(makePixelBuffer(std::size_t{1} << 50));
    FAIL();
  } catch (const Error &error) {
    EXPECT_NE(std::string(error.what()).find("no room for 1073741824 MB of scaled images"), std::string::npos)
        << error.what();
  }
}

TEST(Prepared, goesOnMakingRoomAfterASignal) {
  const QTemporaryDir cache;
  qputenv("XDG_CACHE_HOME", cache.path().toLocal8Bit());
  test::breakOffAllocations(2);
  const PixelBuffer buffer = makePixelBuffer(5000, 1000);
  EXPECT_EQ(buffer.bytes.size(), 5000U);
  EXPECT_EQ(test::allocations(), 3);
  qunsetenv("XDG_CACHE_HOME");
}

TEST(Shuffled, isAPermutationThatChangesWithTheEpoch) {
  std::vector<std::uint32_t> indices(100);
  for (std::uint32_t i = 0; i < 100; ++i) indices[i] = i;
  const auto one = shuffled(indices, {5, 1});
  EXPECT_EQ(one, shuffled(indices, {5, 1}));
  EXPECT_NE(one, shuffled(indices, {5, 2}));
  EXPECT_NE(one, indices);
  auto sorted = one;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(sorted, indices);
}

TEST(Split, takesEqualSharesAndLosesNothing) {
  const Images images = counting(90, {1, 1, 1});
  const Split parts = split(images, 30, 9);
  EXPECT_EQ(parts.validation.size(), 30U);
  std::vector<int> each(3);
  for (const std::uint32_t i : parts.validation) ++each.at(images.labels[i]);
  EXPECT_EQ(each, (std::vector<int>{10, 10, 10}));
  std::set<std::uint32_t> all(parts.train.begin(), parts.train.end());
  all.insert(parts.validation.begin(), parts.validation.end());
  EXPECT_EQ(all.size(), 90U);
  EXPECT_EQ(parts.validation, split(images, 30, 9).validation);
  EXPECT_NE(parts.validation, split(images, 30, 10).validation);
}

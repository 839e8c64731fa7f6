// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/quantised_file.h"

#include <gtest/gtest.h>

#include <functional>

#include "core/base/error.h"
#include "core/network/families/families.h"
#include "core/simulate/integers/accuracy.h"
#include "core/simulate/integers/input_quantiser.h"
#include "core/simulate/integers/random_network.h"
#include "tests/core/simulate/random_graphs.h"

using namespace pimento;
using namespace pimento::test;

namespace {

const QString Place = QStringLiteral("q.safetensors");

QuantisedNetwork sample(Bits bits) {
  const NetworkSpec spec = makeNetwork(QStringLiteral("resnet20-slimmable"));
  QuantisedNetwork network = randomNetwork(spec, {spec.variants[2], spec.variants[3]},
                                           findBinding(spec, QStringLiteral("slimmable")), bits, 1);
  network.weights.begin()->second.scale.assign(static_cast<std::size_t>(network.weights.begin()->second.kernels),
                                               0.125);
  network.origin = QuantisedOrigin{
      ResultHow::QuantisationAware, QStringLiteral("fashion-mnist"), {spec.input, false, 0, false, {{0.25}, {0.5}}}};
  return network;
}

Tensor &tensorOf(SafeTensors &file, const char *name) {
  for (Tensor &tensor : file.tensors)
    if (tensor.name == QLatin1String(name)) return tensor;
  ADD_FAILURE() << name;
  return file.tensors.front();
}

std::string errorOf(const std::function<void(SafeTensors &)> &change) {
  SafeTensors file = writeQuantised(sample({8, 8}));
  change(file);
  try {
    static_cast<void>(readQuantised(file, Place));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

void replaceIn(SafeTensors &file, const char *from, const char *to) {
  QString &text = file.metadata[QStringLiteral("network")];
  EXPECT_TRUE(text.contains(QLatin1String(from))) << from;
  text.replace(QLatin1String(from), QLatin1String(to));
}

}  // namespace

TEST(QuantisedFile, roundsThroughSafetensors) {
  for (const Bits bits : {Bits{8, 8}, Bits{16, 16}, Bits{4, 6}}) {
    const QuantisedNetwork network = sample(bits);
    const QByteArray bytes = writeSafeTensors(writeQuantised(network));
    const QuantisedNetwork again = readQuantised(readSafeTensors(bytes, Place), Place);
    EXPECT_EQ(again, network);
    EXPECT_EQ(writeSafeTensors(writeQuantised(again)), bytes);
  }
}

TEST(QuantisedFile, holdsAnyNetwork) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const NetworkSpec spec = randomGraph(seed);
    const QuantisedNetwork network =
        randomNetwork(spec, randomVariants(spec, seed), findBinding(spec, QStringLiteral("slimmable")), {5, 7}, seed);
    EXPECT_EQ(readQuantised(writeQuantised(network), Place), network) << seed;
  }
}

TEST(QuantisedFile, namesWhatIsWrong) {
  const auto found = [](const std::string &text, const char *part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  };
  found(errorOf([](SafeTensors &f) { f.metadata.clear(); }), "holds no quantised network");
  found(errorOf([](SafeTensors &f) { f.metadata[QStringLiteral("version")] = QStringLiteral("2"); }), "version");
  found(errorOf([](SafeTensors &f) { f.metadata[QStringLiteral("network")] = QStringLiteral("{"); }), "network");
  found(errorOf([](SafeTensors &f) { replaceIn(f, "\"bits_w\":8", "\"bits_w\":17"); }), "bits_w");
  found(errorOf([](SafeTensors &f) { replaceIn(f, "\"bits_a\":8", "\"bits_a\":7"); }), "format");
  found(errorOf([](SafeTensors &f) { replaceIn(f, "\"per-variant\"", "\"some\""); }), "norms");
  found(errorOf([](SafeTensors &f) { replaceIn(f, "\"quantisation-aware\"", "\"guessed\""); }), "how");
  found(errorOf([](SafeTensors &f) { replaceIn(f, "\"deviation\":[0.5]", "\"deviation\":[-1]"); }), "deviation");
  found(errorOf([](SafeTensors &f) { tensorOf(f, "conv1.weight").type = TensorType::U8; }), "conv1.weight");
  found(errorOf([](SafeTensors &f) { tensorOf(f, "conv1.weight").name = QStringLiteral("stem.weight"); }),
        "conv1.weight");
  found(errorOf([](SafeTensors &f) { tensorOf(f, "variants.1.words").name = QStringLiteral("variants.7.words"); }),
        "variants.1.words");
  found(errorOf([](SafeTensors &f) { tensorOf(f, "variants.0.words").bytes.chop(24); }), "fewer words");
  found(errorOf([](SafeTensors &f) { tensorOf(f, "variants.0.words").bytes.append(24, '\0'); }), "more words");
  found(errorOf([](SafeTensors &f) { tensorOf(f, "variants.0.words").bytes.replace(16, 8, QByteArray(8, '\x7f')); }),
        "word of requantisation");
  found(errorOf([](SafeTensors &f) { tensorOf(f, "variants.0.formats").bytes.fill('\xff'); }), "format");
  found(errorOf([](SafeTensors &f) { tensorOf(f, "conv1.weight:scale").bytes.fill('\0'); }), "scales");
}

TEST(QuantisedFile, isNamedByItsBits) {
  EXPECT_EQ(quantisedFileName({8, 8}, ResultHow::PostTraining), QStringLiteral("quantised-8x8.safetensors"));
  EXPECT_EQ(quantisedFileName({4, 4}, ResultHow::QuantisationAware), QStringLiteral("quantised-aware-4x4.safetensors"));
}

TEST(InputQuantiser, keepsBytesApartAndZeroOnTheGrid) {
  const InputRecipe grey{{3, 2, 2}, false, 0, false, {{0.286}, {0.353}}};
  const Format format = inputFormat(grey, 8);
  const InputQuantiser quantise(grey, format);
  std::vector<std::uint8_t> image{0, 1, 2, 254, 255, 73, 72, 128, 0, 0, 0, 255};
  const Map map = quantise(image);
  for (std::size_t i = 0; i < image.size(); ++i) EXPECT_EQ(map[i], image[i]) << i;
  EXPECT_EQ(format.zero, 73) << "a pixel of mean brightness is zero";
  const InputRecipe colour{{3, 1, 1}, false, 0, false, {{0.5, 0.4, 0.3}, {0.2, 0.3, 0.4}}};
  const Format coarse = inputFormat(colour, 4);
  const Map ends = InputQuantiser(colour, coarse)(std::vector<std::uint8_t>{0, 0, 255});
  EXPECT_EQ(ends[0], 0);
  for (int c = 0; c < 3; ++c) {
    const double value =
        ((c == 2 ? 1.0 : 0.0) - colour.normalise.mean[std::size_t(c)]) / colour.normalise.deviation[std::size_t(c)];
    EXPECT_NEAR(coarse.scale * (ends[std::size_t(c)] - coarse.zero), value, 1.01 * coarse.scale);
  }
}

TEST(ExactScores, countImagesAtTheirLabel) {
  const QuantisedNetwork network = sample({8, 8});
  const IntegerProgram program = integerProgram(network, 1);
  const Shape shape = program.input();
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(shape.elements()) * 4);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<std::uint8_t>(i * 2654435761U >> 24);
  Images images = makeImages(shape, {0, 0, 0, 0}, pixels, QStringLiteral("images"));
  const InputQuantiser quantise(network.origin->input, program.layers.front().format);
  for (std::size_t i = 0; i < images.size(); ++i)
    images.labels[i] = static_cast<std::uint16_t>(argmax(evaluate(program, quantise(images.image(i))).logits));
  images.labels[2] = static_cast<std::uint16_t>((images.labels[2] + 1) % 10);
  const ExactScores scores = exactScores(program, images, network.origin->input);
  EXPECT_EQ(scores.images, 4);
  EXPECT_EQ(scores.correct, 3);
  EXPECT_THROW(static_cast<void>(exactScores(program, images, {{3, 16, 16}})), Error) << "another shape";
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/learn/tiny.h"

#include "core/base/random.h"
#include "core/data/statistics.h"
#include "core/network/network_builder.h"
#include "tests/core/data/sample_files.h"

namespace pimento::test {

namespace {

constexpr int Side = 8;

LayerId convBn(NetworkBuilder &net, const char *name, LayerId in, SpaceId out, int stride, Activation after) {
  const QString text = QString::fromLatin1(name);
  const LayerId conv = net.conv(text + QStringLiteral(".conv"), in, out, 3, stride, false);
  return net.batchNorm(text + QStringLiteral(".bn"), conv, after);
}

}  // namespace

NetworkSpec tinyNetwork(int classes) {
  NetworkBuilder net(QStringLiteral("tiny"), QStringLiteral("Tiny"), {3, Side, Side});
  const LayerId stem = convBn(net, "stem", 0, net.space(4), 1, Activation::Relu);
  LayerId x = convBn(net, "one", stem, net.space(6), 1, Activation::Relu);
  x = convBn(net, "two", x, net.spaceOf(stem), 1, Activation::None);
  const LayerId sum = net.add(QStringLiteral("sum"), x, stem, Activation::Relu);
  const SpaceId wide = net.space(8);
  x = convBn(net, "three", sum, wide, 2, Activation::Relu);
  x = net.depthwise(QStringLiteral("four.conv"), x, 3, 1);
  x = net.batchNorm(QStringLiteral("four.bn"), x, Activation::None);
  x = net.add(QStringLiteral("late"), x, net.padShortcut(QStringLiteral("pad"), sum, wide, 2), Activation::Relu);
  x = net.maxPool(QStringLiteral("pool"), x, 2, 2);
  x = net.globalAveragePool(QStringLiteral("average"), x);
  net.linear(QStringLiteral("fc"), x, net.space(classes, false));
  NetworkSpec &spec = net.spec();
  for (const double ratio : {1.0, 0.5}) spec.variants.push_back(widthVariant(spec, ratio));
  spec.bindings = {QStringLiteral("slimmable"), QStringLiteral("individual")};
  return std::move(spec);
}

NetworkSpec tinyHeads(int classes) {
  NetworkBuilder net(QStringLiteral("tiny-heads"), QStringLiteral("Tiny heads"), {3, Side, Side});
  net.module(QStringLiteral("FE"));
  const LayerId stem = convBn(net, "stem", 0, net.space(4), 1, Activation::Relu);
  for (const char *name : {"a", "b"}) {
    const QString head = QString::fromLatin1(name);
    net.module(head);
    LayerId x = convBn(net, name, stem, net.space(5), 2, Activation::Relu);
    x = net.linear(head + QStringLiteral(".fc"), x, net.space(classes, false));
    net.spec().variants.push_back({head, x, {}, {}});
  }
  net.spec().bindings = {QStringLiteral("joint"), QStringLiteral("independent")};
  return std::move(net.spec());
}

namespace {

// Which third of an image is bright tells its class; `channels` alike but for the noise.
void paint(std::size_t i, int classes, std::uint64_t seed, int channels, std::vector<std::uint16_t> &labels,
           std::vector<std::uint8_t> &pixels) {
  Random random(seed, i);
  labels.push_back(static_cast<std::uint16_t>(random.below(static_cast<std::uint64_t>(classes))));
  for (int p = 0; p < channels * Side * Side; ++p) {
    const bool bright = p % Side * classes / Side == labels.back();
    pixels.push_back(static_cast<std::uint8_t>((bright ? 100 : 40) + random.below(100)));
  }
}

}  // namespace

learn::Source tinyImages(std::size_t n, int classes, std::uint64_t seed) {
  const Shape shape{3, Side, Side};
  std::vector<std::uint16_t> labels;
  std::vector<std::uint8_t> pixels;
  for (std::size_t i = 0; i < n; ++i) paint(i, classes, seed, shape.channels, labels, pixels);
  learn::Source source{makeImages(shape, labels, pixels, QStringLiteral("tiny")), {}};
  source.recipe.shape = shape;
  source.recipe.crop = 1;
  source.recipe.normalise = pixelStatistics(source.images);
  return source;
}

void writeTinySet(const QString &folder, std::size_t train, std::size_t test, int classes) {
  for (const bool training : {true, false}) {
    const std::size_t n = training ? train : test;
    const QString prefix = folder + (training ? QStringLiteral("/train") : QStringLiteral("/t10k"));
    std::vector<std::uint16_t> labels;
    std::vector<std::uint8_t> pixels;
    for (std::size_t i = 0; i < n; ++i) paint(i, classes, training ? 1 : 2, 1, labels, pixels);
    const auto count = static_cast<std::uint32_t>(n);
    QByteArray images = idxHeader({count, Side, Side});
    for (const std::uint8_t pixel : pixels) images.append(static_cast<char>(pixel));
    QByteArray classesOf = idxHeader({count});
    for (const std::uint16_t label : labels) classesOf.append(static_cast<char>(label));
    writeFile(prefix + QStringLiteral("-images-idx3-ubyte"), images);
    writeFile(prefix + QStringLiteral("-labels-idx1-ubyte"), classesOf);
  }
}

Job tinyJob(const NetworkSpec &network, Method method, const QString &data) {
  Job job;
  job.network = network;
  job.variants = network.variants;
  job.recipe.name = QStringLiteral("tiny");
  job.recipe.method = method;
  job.recipe.epochs = 2;
  job.recipe.teacher_epochs = method == Method::SlimmableDistillation ? 2 : 0;
  job.recipe.batch = 16;
  job.recipe.learning_rate = 0.05;
  job.recipe.crop = 1;
  job.recipe.flip = false;
  job.recipe.validation = 24;
  if (method == Method::ClippedGroupLasso) job.recipe.lambdas = {0.001, 0.5};
  job.binding = methodBinding(method);
  job.data = data;
  job.threads = 1;
  return job;
}

}  // namespace pimento::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/random_network.h"

#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/simulate/integers/exact.h"

namespace pimento {

namespace {

// A name as a number (FNV-1a over its UTF-16 units), the same everywhere: layers of one name draw the same numbers in
// every variant.
std::uint64_t nameBits(QStringView name) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const QChar c : name) hash = (hash ^ c.unicode()) * 0x100000001b3ULL;
  return hash;
}

// Index of the generator's stream of one name: what it draws for.
enum Draw : std::uint64_t { Weights, ZeroPoint, Norm };
constexpr std::uint64_t ImageStream = 0x696d61676573ULL;  // stream of the images

double between(double low, double high, Random &random) { return low + (high - low) * random.uniform(); }

QuantisedWeights randomWeights(const NetworkSpec &spec, const TensorUse &use, int bits, std::uint64_t seed) {
  const Layer &layer = spec.layers[use.layer];
  QuantisedWeights tensor;
  tensor.kernels = spec.spaces[layer.space].width;
  tensor.inputs = layer.op == Op::Depthwise ? 1 : spec.spaces[spec.layers[layer.inputs[0]].space].width;
  tensor.inner = static_cast<int>(use.inner);
  tensor.values.resize(static_cast<std::size_t>(std::int64_t{tensor.kernels} * tensor.inputs * tensor.inner));
  const IntegerRange range = weightRange(bits);
  Random random(seed, nameBits(use.tensor), Weights);
  constexpr double Sigmas = 3;  // of the bell inside the range
  const double middle = bits == 1 ? -0.5 : 0;
  const double sigma = bits == 1 ? 1 : std::max(1.0, static_cast<double>(range.high)) / Sigmas;
  for (std::int16_t &weight : tensor.values) {
    const double value = std::round(middle + sigma * random.normal());
    weight =
        static_cast<std::int16_t>(std::clamp(value, static_cast<double>(range.low), static_cast<double>(range.high)));
  }
  return tensor;
}

// Mean and spread of a channel's accumulators over the calibration images.
struct Moments {
  double sum = 0;
  double squares = 0;
  double count = 0;
  void add(double x) {
    sum += x;
    squares += x * x;
    ++count;
  }
  [[nodiscard]] double mean() const { return sum / count; }
  [[nodiscard]] double sigma() const { return std::sqrt(std::max(0.0, squares / count - mean() * mean())); }
};

// Half of the range that a map's values spread over on either side of zero; all of it after a ReLU.
double reach(const Format &format, bool relu) {
  const double above = static_cast<double>(activationRange(format.bits).high - format.zero);
  return std::max(0.5, relu ? above : std::min(above, static_cast<double>(format.zero)));
}

// Chooses the words of one variant, layer by layer, on the maps that the layers before it give.
class Calibration {
 public:
  Calibration(const NetworkSpec &spec, IntegerProgram &program, std::uint64_t seed, std::size_t images)
      : m_spec(spec), m_program(program), m_seed(seed), m_maps(images) {}

  void run() {
    for (std::size_t i = 0; i < m_program.layers.size(); ++i) {
      IntegerLayer &layer = m_program.layers[i];
      m_stream = nameBits(m_spec.layers[layer.result].name);
      if (layer.op == Op::Input)
        for (std::size_t image = 0; image < m_maps.size(); ++image)
          m_maps[image].push_back(randomImage(m_program, m_seed + 1, image));
      else
        finish(layer);
    }
  }

 private:
  [[nodiscard]] bool relu(const IntegerLayer &layer) const {
    return m_spec.layers[layer.result].activation == Activation::Relu;
  }

  void finish(IntegerLayer &layer) {
    std::vector<std::vector<std::int64_t>> sums(m_maps.size());
    for (std::size_t image = 0; image < m_maps.size(); ++image) {
      const Map &input = m_maps[image][layer.inputs[0]];
      if (hasWeights(layer.op))
        sums[image] = exactAccumulators(layer, input);
      else if (layer.op == Op::BatchNorm)
        sums[image].assign(input.begin(), input.end());
    }
    if (hasWeights(layer.op) || layer.op == Op::BatchNorm)
      normalise(layer, sums);
    else
      rescaleInputs(layer);
    for (std::size_t image = 0; image < m_maps.size(); ++image)
      m_maps[image].push_back(resultOn(layer, image, sums[image]).map);
  }

  LayerResult resultOn(const IntegerLayer &layer, std::size_t image, const std::vector<std::int64_t> &sums) const {
    if (hasWeights(layer.op)) return requantised(layer, sums);
    std::vector<const Map *> inputs;
    for (const std::size_t i : layer.inputs) inputs.push_back(&m_maps[image][i]);
    return digitalLayer(layer, inputs);
  }

  // A random batch norm: three sigmas of a channel fill the range, before a random gain and offset.
  void normalise(IntegerLayer &layer, const std::vector<std::vector<std::int64_t>> &sums) const {
    const auto channels = static_cast<std::size_t>(layer.out.channels);
    const std::size_t pixels = sums[0].size() / channels;
    std::vector<Moments> moments(channels);
    Moments all;
    for (const auto &image : sums)
      for (std::size_t i = 0; i < image.size(); ++i) {
        moments[i / pixels].add(static_cast<double>(image[i]));
        all.add(static_cast<double>(image[i]));
      }
    constexpr double LogitReach = 1 << 20;
    const double step = (layer.logits ? LogitReach : reach(layer.format, relu(layer))) / 3;
    Random random(m_seed, m_stream, Norm);
    for (std::size_t c = 0; c < channels; ++c) {
      const double spread = moments[c].sigma() > 0 ? moments[c].sigma() : std::max(1.0, all.sigma());
      const double sign = random.below(8) == 0 && !layer.logits ? -1 : 1;
      const double gain = sign * between(0.5, 1.5, random);
      const double offset = between(-0.5, 0.5, random);
      const auto bias = static_cast<std::int64_t>(std::llround(offset * spread / gain - moments[c].mean()));
      layer.words[c] = requantiser(gain * step / spread, bias);
    }
  }

  void rescaleInputs(IntegerLayer &layer) const {
    const double out = layer.logits ? 1 << 20 : reach(layer.format, relu(layer));
    Random random(m_seed, m_stream, Norm);
    for (std::size_t i = 0; i < layer.words.size(); ++i) {
      const Format &in = m_program.layers[layer.inputs[i]].format;
      const double gain = between(0.5, 1.0, random) * out / reach(in, relu(m_program.layers[layer.inputs[i]]));
      const std::int64_t elements = layer.op == Op::GlobalAveragePool ? layer.in.elements() / layer.in.channels : 1;
      layer.words[i] = requantiser(gain / static_cast<double>(elements), -elements * in.zero);
    }
  }

  const NetworkSpec &m_spec;
  IntegerProgram &m_program;
  std::uint64_t m_seed;
  std::vector<std::vector<Map>> m_maps;  // image, layer
  std::uint64_t m_stream = 0;
};

std::int32_t zeroPoint(const NetworkSpec &spec, LayerId id, int bits, ZeroPoints choice, std::uint64_t seed) {
  Random random(seed, nameBits(spec.layers[id].name), ZeroPoint);
  const std::int64_t high = activationRange(bits).high;
  if (choice == ZeroPoints::Any) return static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(high + 1)));
  if (spec.layers[id].activation == Activation::Relu) return 0;
  return static_cast<std::int32_t>(std::lround(static_cast<double>(high) * between(0.4, 0.6, random)));
}

// Formats, and words that pass every check until the calibration replaces them.
QuantisedVariant drafted(const NetworkSpec &spec, const Variant &variant, Bits bits, ZeroPoints zeroPoints,
                         std::uint64_t seed) {
  QuantisedVariant drafted{variant, std::vector<LayerWords>(spec.layers.size())};
  const auto active = activeLayers(spec, variant);
  for (const LayerId id : active) {
    const Layer &layer = spec.layers[id];
    if (resultOf(spec, variant, active, id) != id) continue;
    LayerWords &words = drafted.layers[id];
    const bool keeps = layer.op == Op::MaxPool || layer.op == Op::PadShortcut;
    words.format = {bits.activations, 0, 1};
    words.format.zero = keeps ? drafted.layers[resultOf(spec, variant, active, layer.inputs[0])].format.zero
                              : zeroPoint(spec, id, bits.activations, zeroPoints, seed);
    words.words.resize(wordCount(layer.op, keptChannels(spec, variant, layer.space)));
  }
  return drafted;
}

std::size_t calibrationImages(const NetworkSpec &spec, const Variant &variant) {
  return total(spec, countLayers(spec, variant)).macs < 1'000'000'000 ? 4 : 2;
}

}  // namespace

QuantisedNetwork randomNetwork(const NetworkSpec &spec, const std::vector<Variant> &variants, const Binding &binding,
                               Bits bits, std::uint64_t seed, ZeroPoints zeroPoints) {
  for (const int b : {bits.weights, bits.activations})
    if (b < 1 || b > MaxIntegerBits)
      throw Error(QStringLiteral("network %1").arg(quoted(spec.name)), QStringLiteral("%1-bit integers").arg(b),
                  QStringLiteral("give 1 to %1 bits").arg(MaxIntegerBits));
  QuantisedNetwork network{spec, binding, bits, {}, {}, {}};
  for (const Variant &variant : variants) {
    for (const TensorUse &use : tensors(spec, variant, binding))
      if (hasWeights(spec.layers[use.layer].op) && use.tensor.endsWith(QStringLiteral(".weight")) &&
          !network.weights.contains(use.tensor))
        network.weights[use.tensor] = randomWeights(spec, use, bits.weights, seed);
    network.variants.push_back(drafted(spec, variant, bits, zeroPoints, seed));
    IntegerProgram program = integerProgram(network, network.variants.size() - 1);
    Calibration(spec, program, seed, calibrationImages(spec, variant)).run();
    for (const IntegerLayer &layer : program.layers) network.variants.back().layers[layer.result].words = layer.words;
  }
  return network;
}

Map randomImage(const IntegerProgram &program, std::uint64_t seed, std::uint64_t index) {
  Map image(static_cast<std::size_t>(program.input().elements()));
  const auto mask = static_cast<std::uint64_t>(activationRange(program.layers.front().format.bits).high);
  Random random(seed, ImageStream, index);
  for (std::uint16_t &q : image) q = static_cast<std::uint16_t>(random.bits() & mask);
  return image;
}

}  // namespace pimento

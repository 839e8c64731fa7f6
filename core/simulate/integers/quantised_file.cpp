// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/quantised_file.h"

#include <QJsonDocument>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/files/json_form.h"
#include "core/network/network_json.h"
#include "core/simulate/integers/integer_program.h"

namespace pimento {

namespace {

constexpr qsizetype MaxBytes = qsizetype{8} << 30;
constexpr qsizetype MaxVariants = 1000;
constexpr int MaxSide = 1 << 16;
constexpr qint64 MaxWords = 1 << 24;
const QString FormatKey = QStringLiteral("format");
const QString FormatName = QStringLiteral("pimento-quantised");
const QString VersionKey = QStringLiteral("version");
const QString NetworkKey = QStringLiteral("network");
const QString ScaleSuffix = QStringLiteral(":scale");
constexpr std::array<const char *, 2> Sharings{"shared", "per-variant"};

QString partName(std::size_t variant, const char *part) {
  return QStringLiteral("variants.%1.%2").arg(variant).arg(QLatin1String(part));
}

}  // namespace

// Found by their types, so they stand in the namespace of the network.

static void describe(JsonForm &form, InputRecipe &input) {
  constexpr double Most = 1e6;
  form.whole("channels", input.shape.channels, 0, MaxSide);
  form.whole("height", input.shape.height, 0, MaxSide);
  form.whole("width", input.shape.width, 0, MaxSide);
  form.flag("scale", input.scale);
  form.numbers("mean", input.normalise.mean, -Most, Most, JsonForm::Presence::Optional, MaxSide);
  form.numbers("deviation", input.normalise.deviation, 0, Most, JsonForm::Presence::Optional, MaxSide);
}

static void describe(JsonForm &form, QuantisedOrigin &origin) {
  form.word("how", origin.how, resultHowNames(), JsonForm::Required);
  form.text("data", origin.data);
  form.part("input", origin.input);
}

static void describe(JsonForm &form, Binding &binding) {
  const QStringList sharings(Sharings.begin(), Sharings.end());
  form.text("name", binding.name);
  form.word("weights", binding.weights, sharings, JsonForm::Required);
  form.word("norms", binding.norms, sharings, JsonForm::Required);
}

static std::vector<Variant> variantsOf(const QuantisedNetwork &network) {
  std::vector<Variant> variants;
  for (const QuantisedVariant &variant : network.variants) variants.push_back(variant.variant);
  return variants;
}

// What stands in the metadata; weights and words are tensors.
static void describe(JsonForm &form, QuantisedNetwork &network) {
  form.object(
      "network", network.spec, [](const NetworkSpec &spec) { return toJson(spec); }, networkFromJson);
  std::vector<Variant> variants = variantsOf(network);
  describeVariants(form, variants, network.spec, MaxVariants);
  if (form.reads())
    for (Variant &variant : variants) network.variants.push_back({std::move(variant), {}});
  form.part("binding", network.binding);
  form.whole("bits_w", network.bits.weights, 1, MaxIntegerBits, JsonForm::Required);
  form.whole("bits_a", network.bits.activations, 1, MaxIntegerBits, JsonForm::Required);
  form.part("origin", network.origin);
}

namespace {

// A tensor of more than one axis.
template <class T>
Tensor shaped(const QString &name, const std::vector<T> &values, std::vector<qint64> shape) {
  Tensor tensor = makeTensor<T>(name, values);
  tensor.shape = std::move(shape);
  return tensor;
}

Tensor weightsTensor(const QString &name, const QuantisedWeights &weights, int bits) {
  const std::vector<qint64> shape{weights.kernels, weights.inputs, weights.inner};
  if (bits > 8) return shaped<std::int16_t>(name, weights.values, shape);
  return shaped<std::int8_t>(name, {weights.values.begin(), weights.values.end()}, shape);
}

void appendVariant(SafeTensors &file, std::size_t index, const QuantisedVariant &variant) {
  std::vector<double> formats;
  std::vector<std::int32_t> counts;
  std::vector<std::int64_t> words;
  for (const LayerWords &layer : variant.layers) {
    for (const double value : {double(layer.format.bits), double(layer.format.zero), layer.format.scale})
      formats.push_back(value);
    counts.push_back(static_cast<std::int32_t>(layer.words.size()));
    for (const Requantiser &word : layer.words)
      for (const std::int64_t value : {word.bias, std::int64_t{word.multiplier}, std::int64_t{word.shift}})
        words.push_back(value);
  }
  file.tensors.push_back(
      shaped<double>(partName(index, "formats"), formats, {static_cast<qint64>(variant.layers.size()), 3}));
  file.tensors.push_back(makeTensor<std::int32_t>(partName(index, "counts"), counts));
  file.tensors.push_back(
      shaped<std::int64_t>(partName(index, "words"), words, {static_cast<qint64>(words.size() / 3), 3}));
}

class Reader {
 public:
  Reader(const SafeTensors &file, QString place) : m_file(file), m_place(std::move(place)) {
    for (const Tensor &tensor : file.tensors) m_tensors[tensor.name] = &tensor;
  }

  QuantisedNetwork read() {
    const auto metadata = [&](const QString &key) {
      const auto found = m_file.metadata.find(key);
      return found == m_file.metadata.end() ? QString() : found->second;
    };
    if (metadata(FormatKey) != FormatName)
      throw Error(m_place, QStringLiteral("holds no quantised network"),
                  QStringLiteral("pimento quantise makes one from a trained run"));
    if (metadata(VersionKey) != QStringLiteral("1"))
      throw Error(m_place, QStringLiteral("has version %1").arg(quoted(metadata(VersionKey))),
                  QStringLiteral("this program reads version 1"));
    readDescription(metadata(NetworkKey).toUtf8());
    for (const auto &[name, tensor] : m_tensors)
      if (!name.startsWith(QStringLiteral("variants.")) && !name.endsWith(ScaleSuffix)) readWeights(*tensor);
    for (std::size_t v = 0; v < m_network.variants.size(); ++v) readVariant(v);
    for (std::size_t v = 0; v < m_network.variants.size(); ++v) static_cast<void>(integerProgram(m_network, v));
    return std::move(m_network);
  }

 private:
  void readDescription(const QByteArray &json) {
    const QString place = m_place + QStringLiteral(", network");
    m_network = readForm<QuantisedNetwork>(parseJsonObject(json, place), place);
    if (m_network.variants.empty()) throw Error(place, QStringLiteral("names no variants"));
    if (m_network.origin && !(m_network.origin->input.shape == m_network.spec.input))
      throw Error(place + QStringLiteral(", input"), QStringLiteral("has another shape than the network's input"));
  }

  [[nodiscard]] const Tensor &tensor(const QString &name, TensorType type, std::size_t axes) const {
    const auto found = m_tensors.find(name);
    if (found == m_tensors.end()) throw Error(m_place, QStringLiteral("tensor %1 is missing").arg(quoted(name)));
    if (found->second->type != type || found->second->shape.size() != axes)
      throw Error(m_place, QStringLiteral("tensor %1 has another type or shape").arg(quoted(name)));
    return *found->second;
  }

  void readWeights(const Tensor &tensor) {
    const QString place = QStringLiteral("%1, tensor %2").arg(m_place, quoted(tensor.name));
    const bool wide = tensor.type == TensorType::I16;
    if ((!wide && tensor.type != TensorType::I8) || tensor.shape.size() != 3)
      throw Error(place, QStringLiteral("must be whole numbers of 8 or 16 bits with three axes"));
    QuantisedWeights weights;
    for (const qint64 side : tensor.shape)
      if (side < 1 || side > INT32_MAX) throw Error(place, QStringLiteral("has an axis of %1").arg(side));
    weights.kernels = static_cast<int>(tensor.shape[0]);
    weights.inputs = static_cast<int>(tensor.shape[1]);
    weights.inner = static_cast<int>(tensor.shape[2]);
    if (wide) {
      weights.values = tensorValues<std::int16_t>(tensor);
    } else {
      const auto narrow = tensorValues<std::int8_t>(tensor);
      weights.values.assign(narrow.begin(), narrow.end());
    }
    if (const auto scale = m_tensors.find(tensor.name + ScaleSuffix); scale != m_tensors.end()) {
      const Tensor &scales = this->tensor(scale->first, TensorType::F64, 1);
      weights.scale = tensorValues<double>(scales);
      const bool good =
          static_cast<int>(weights.scale.size()) == weights.kernels &&
          std::all_of(weights.scale.begin(), weights.scale.end(), [](double s) { return s > 0 && std::isfinite(s); });
      if (!good) throw Error(place, QStringLiteral("its scales must be above zero, one a kernel"));
    }
    m_network.weights[tensor.name] = std::move(weights);
  }

  void readVariant(std::size_t index) {
    const std::size_t layers = m_network.spec.layers.size();
    const auto formats = tensorValues<double>(tensor(partName(index, "formats"), TensorType::F64, 2));
    const auto counts = tensorValues<std::int32_t>(tensor(partName(index, "counts"), TensorType::I32, 1));
    const auto words = tensorValues<std::int64_t>(tensor(partName(index, "words"), TensorType::I64, 2));
    const QString place = QStringLiteral("%1, variant %2").arg(m_place).arg(index);
    if (formats.size() != 3 * layers || counts.size() != layers)
      throw Error(place, QStringLiteral("has formats or words for another number of layers"));
    std::vector<LayerWords> &out = m_network.variants[index].layers;
    std::size_t next = 0;
    for (std::size_t i = 0; i < layers; ++i) {
      out.push_back({formatOf(&formats[3 * i], place), {}});
      if (counts[i] < 0 || counts[i] > MaxWords || next + 3 * static_cast<std::size_t>(counts[i]) > words.size())
        throw Error(place, QStringLiteral("has fewer words than its layers need"));
      for (int w = 0; w < counts[i]; ++w, next += 3) out.back().words.push_back(wordOf(&words[next], place));
    }
    if (next != words.size()) throw Error(place, QStringLiteral("has more words than its layers need"));
  }

  static Format formatOf(const double *values, const QString &place) {
    const auto whole = [](double x, double least, double most) {
      return x >= least && x <= most && x == std::floor(x);
    };
    if (!whole(values[0], 1, MaxIntegerBits) || !whole(values[1], 0, 1 << MaxIntegerBits) ||
        !(values[2] > 0 && std::isfinite(values[2])))
      throw Error(place, QStringLiteral("has a format that is not possible"));
    return {static_cast<int>(values[0]), static_cast<std::int32_t>(values[1]), values[2]};
  }

  static Requantiser wordOf(const std::int64_t *values, const QString &place) {
    constexpr std::int64_t MaxBias = std::int64_t{1} << 62;
    if (values[0] > MaxBias || values[0] < -MaxBias || !signedRange(32).holds(values[1]) || values[2] < 0 ||
        values[2] > MaxShift)
      throw Error(place, QStringLiteral("has a word of requantisation that is not possible"));
    return {values[0], static_cast<std::int32_t>(values[1]), static_cast<std::int32_t>(values[2])};
  }

  const SafeTensors &m_file;
  QString m_place;
  std::map<QString, const Tensor *> m_tensors;
  QuantisedNetwork m_network;
};

}  // namespace

SafeTensors writeQuantised(const QuantisedNetwork &network) {
  SafeTensors file;
  file.metadata = {{FormatKey, FormatName},
                   {VersionKey, QStringLiteral("1")},
                   {NetworkKey, QString::fromUtf8(QJsonDocument(writtenForm(network)).toJson(QJsonDocument::Compact))}};
  for (const auto &[name, weights] : network.weights) {
    file.tensors.push_back(weightsTensor(name, weights, network.bits.weights));
    if (!weights.scale.empty()) file.tensors.push_back(makeTensor<double>(name + ScaleSuffix, weights.scale));
  }
  for (std::size_t v = 0; v < network.variants.size(); ++v) appendVariant(file, v, network.variants[v]);
  return file;
}

QuantisedNetwork readQuantised(const SafeTensors &file, const QString &place) { return Reader(file, place).read(); }

QuantisedNetwork loadQuantised(const QString &path) { return readQuantised(openSafeTensors(path, MaxBytes), path); }

QString quantisedFileName(Bits bits, ResultHow how) {
  return QStringLiteral("quantised-%1%2x%3.safetensors")
      .arg(how == ResultHow::QuantisationAware ? QStringLiteral("aware-") : QString())
      .arg(bits.weights)
      .arg(bits.activations);
}

}  // namespace pimento

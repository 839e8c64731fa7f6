// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/quantised_file.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/files/json_reader.h"
#include "core/network/network_json.h"
#include "core/simulate/integers/integer_program.h"

namespace pimento {

namespace {

constexpr qsizetype MaxBytes = qsizetype{8} << 30;
constexpr std::size_t MaxVariants = 1000;
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

QJsonArray listOf(const std::vector<double> &values) {
  QJsonArray list;
  for (const double value : values) list.append(value);
  return list;
}

QJsonObject toJson(const InputRecipe &input) {
  return {{QStringLiteral("channels"), input.shape.channels},
          {QStringLiteral("height"), input.shape.height},
          {QStringLiteral("width"), input.shape.width},
          {QStringLiteral("scale"), input.scale},
          {QStringLiteral("mean"), listOf(input.normalise.mean)},
          {QStringLiteral("deviation"), listOf(input.normalise.deviation)}};
}

QJsonObject toJson(const QuantisedOrigin &origin) {
  return {{QStringLiteral("how"), resultHowName(origin.how)},
          {QStringLiteral("data"), origin.data},
          {QStringLiteral("input"), toJson(origin.input)}};
}

QJsonObject toJson(const Binding &binding) {
  const auto word = [](Sharing sharing) { return QString::fromLatin1(Sharings[static_cast<std::size_t>(sharing)]); };
  return {{QStringLiteral("name"), binding.name},
          {QStringLiteral("weights"), word(binding.weights)},
          {QStringLiteral("norms"), word(binding.norms)}};
}

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
    const JsonReader reader(parseJsonObject(json, place), place,
                            {QStringLiteral("network"), QStringLiteral("variants"), QStringLiteral("binding"),
                             QStringLiteral("bits_w"), QStringLiteral("bits_a"), QStringLiteral("origin")});
    m_network.spec = networkFromJson(reader.object("network"), place);
    for (const QJsonObject &variant : reader.objects("variants")) {
      if (m_network.variants.size() == MaxVariants)
        reader.fail("variants", QStringLiteral("are more than %1").arg(MaxVariants));
      m_network.variants.push_back({variantFromJson(m_network.spec, variant, place), {}});
    }
    if (m_network.variants.empty()) reader.fail("variants", QStringLiteral("is empty"));
    m_network.bits = {reader.whole("bits_w", 0, 1, MaxIntegerBits), reader.whole("bits_a", 0, 1, MaxIntegerBits)};
    if (m_network.bits.weights == 0 || m_network.bits.activations == 0)
      reader.fail("bits_w", QStringLiteral("or bits_a is missing"));
    readBinding(reader.object("binding"), place + QStringLiteral(", binding"));
    if (reader.has("origin")) readOrigin(reader.object("origin"), place + QStringLiteral(", origin"));
  }

  static int wordIndex(const JsonReader &reader, const char *key, const QStringList &words) {
    const QString word = reader.text(key);
    if (!words.contains(word))
      reader.fail(key, QStringLiteral("%1 is not known").arg(quoted(word)), knownWords(word, words));
    return static_cast<int>(words.indexOf(word));
  }

  void readBinding(const QJsonObject &json, const QString &place) {
    const JsonReader reader(json, place, {QStringLiteral("name"), QStringLiteral("weights"), QStringLiteral("norms")});
    const QStringList words(Sharings.begin(), Sharings.end());
    m_network.binding = {reader.text("name"), static_cast<Sharing>(wordIndex(reader, "weights", words)),
                         static_cast<Sharing>(wordIndex(reader, "norms", words))};
  }

  void readOrigin(const QJsonObject &json, const QString &place) {
    const JsonReader reader(json, place, {QStringLiteral("how"), QStringLiteral("data"), QStringLiteral("input")});
    QStringList hows;
    for (const ResultHow how : {ResultHow::Trained, ResultHow::PostTraining, ResultHow::QuantisationAware})
      hows << resultHowName(how);
    QuantisedOrigin origin;
    origin.how = static_cast<ResultHow>(wordIndex(reader, "how", hows));
    origin.data = reader.text("data");
    origin.input = inputRecipe(reader.object("input"), place + QStringLiteral(", input"));
    m_network.origin = std::move(origin);
  }

  InputRecipe inputRecipe(const QJsonObject &json, const QString &place) const {
    const JsonReader reader(json, place,
                            {QStringLiteral("channels"), QStringLiteral("height"), QStringLiteral("width"),
                             QStringLiteral("scale"), QStringLiteral("mean"), QStringLiteral("deviation")});
    InputRecipe input;
    input.shape = {reader.whole("channels", 0, 0, MaxSide), reader.whole("height", 0, 0, MaxSide),
                   reader.whole("width", 0, 0, MaxSide)};
    if (!(input.shape == m_network.spec.input))
      throw Error(place, QStringLiteral("has another shape than the network's input"));
    input.scale = reader.flag("scale", false);
    input.normalise.mean = statistics(reader, "mean", -1e6);
    input.normalise.deviation = statistics(reader, "deviation", 0);
    return input;
  }

  static std::vector<double> statistics(const JsonReader &reader, const char *key, double least) {
    std::vector<double> values;
    for (const QJsonValue &value : reader.array(key)) {
      values.push_back(value.toDouble(least - 1));
      if (!(values.back() >= least && values.back() <= 1e6) || values.size() > static_cast<std::size_t>(MaxSide))
        reader.fail(key, QStringLiteral("must be numbers from %1 to 1e6").arg(least));
    }
    return values;
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
  QJsonArray variants;
  for (const QuantisedVariant &variant : network.variants) variants.append(toJson(network.spec, variant.variant));
  QJsonObject json{{QStringLiteral("network"), toJson(network.spec)},
                   {QStringLiteral("variants"), variants},
                   {QStringLiteral("binding"), toJson(network.binding)},
                   {QStringLiteral("bits_w"), network.bits.weights},
                   {QStringLiteral("bits_a"), network.bits.activations}};
  if (network.origin) json[QStringLiteral("origin")] = toJson(*network.origin);
  SafeTensors file;
  file.metadata = {{FormatKey, FormatName},
                   {VersionKey, QStringLiteral("1")},
                   {NetworkKey, QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact))}};
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network_json.h"

#include <QHash>
#include <QJsonArray>
#include <algorithm>

#include "core/base/error.h"
#include "core/files/json_reader.h"

namespace pimento {

namespace {

constexpr int MaxSize = 2'000'000'000;  // validate() knows the real ones

constexpr qsizetype MaxText = 2'000;
constexpr std::size_t MaxVariants = 10'000;

// One line of text, the same after it was written: no control characters, no half of a surrogate pair.
QString shortText(const JsonReader &reader, const char *key, const QString &otherwise = {}) {
  const QString text = reader.text(key, otherwise);
  const bool plain =
      std::none_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 32 || c == QChar(127); });
  if (text.size() > MaxText || !plain || !text.isValidUtf16())
    reader.fail(key, QStringLiteral("must be one line of at most %1 characters").arg(MaxText));
  return text;
}

QJsonArray strings(const QStringList &list) { return QJsonArray::fromStringList(list); }

QJsonObject layerJson(const NetworkSpec &spec, const Layer &layer) {
  QJsonObject object{{QStringLiteral("name"), layer.name},
                     {QStringLiteral("op"), opName(layer.op)},
                     {QStringLiteral("module"), layer.module},
                     {QStringLiteral("space"), static_cast<qint64>(layer.space)}};
  QJsonArray inputs;
  for (const LayerId id : layer.inputs) inputs.append(spec.layers[id].name);
  object.insert(QStringLiteral("inputs"), inputs);
  if (layer.kernel != 1) object.insert(QStringLiteral("kernel"), layer.kernel);
  if (layer.stride != 1) object.insert(QStringLiteral("stride"), layer.stride);
  if (layer.padding != 0) object.insert(QStringLiteral("padding"), layer.padding);
  if (layer.bias) object.insert(QStringLiteral("bias"), true);
  if (layer.activation == Activation::Relu) object.insert(QStringLiteral("activation"), QStringLiteral("relu"));
  return object;
}

Layer layerFromJson(const QJsonObject &object, const QString &place, const QHash<QString, LayerId> &known) {
  const JsonReader reader(
      object, place,
      {QStringLiteral("name"), QStringLiteral("op"), QStringLiteral("module"), QStringLiteral("space"),
       QStringLiteral("inputs"), QStringLiteral("kernel"), QStringLiteral("stride"), QStringLiteral("padding"),
       QStringLiteral("bias"), QStringLiteral("activation")});
  Layer layer;
  layer.name = shortText(reader, "name");
  layer.module = shortText(reader, "module", QStringLiteral("net"));
  const auto op = opFromName(reader.text("op"));
  if (!op) reader.fail("op", QStringLiteral("names no operation"));
  layer.op = *op;
  for (const QString &input : reader.texts("inputs")) {
    const auto id = known.constFind(input);
    if (id == known.constEnd()) reader.fail("inputs", QStringLiteral("%1 is not an earlier layer").arg(quoted(input)));
    layer.inputs.push_back(*id);
  }
  const int space = reader.whole("space", -1, -1, MaxSize);
  if (space < 0) reader.fail("space", QStringLiteral("must be the index of a channel space"));
  layer.space = static_cast<SpaceId>(space);
  layer.kernel = reader.whole("kernel", 1, 0, MaxSize);
  layer.stride = reader.whole("stride", 1, 0, MaxSize);
  layer.padding = reader.whole("padding", 0, 0, MaxSize);
  layer.bias = reader.flag("bias", false);
  const QString activation = reader.text("activation", QStringLiteral("none"));
  if (activation != QStringLiteral("none") && activation != QStringLiteral("relu"))
    reader.fail("activation", QStringLiteral("must be none or relu"));
  layer.activation = activation == QStringLiteral("relu") ? Activation::Relu : Activation::None;
  return layer;
}

QJsonObject conventionJson(const PublishedConvention &convention) {
  QJsonArray rules;
  for (const auto &rule : convention.rules)
    rules.append(QJsonObject{{QStringLiteral("module"), rule.module},
                             {QStringLiteral("feature_scale"), rule.featureScale},
                             {QStringLiteral("depthwise_as_dense"), rule.depthwiseAsDense}});
  return {{QStringLiteral("note"), convention.note}, {QStringLiteral("rules"), rules}};
}

PublishedConvention conventionFromJson(const QJsonObject &object, const QString &place) {
  const JsonReader reader(object, place, {QStringLiteral("note"), QStringLiteral("rules")});
  PublishedConvention convention{reader.text("note"), {}};
  for (const QJsonObject &ruleObject : reader.objects("rules")) {
    const JsonReader rule(
        ruleObject, place,
        {QStringLiteral("module"), QStringLiteral("feature_scale"), QStringLiteral("depthwise_as_dense")});
    const int scale = rule.whole("feature_scale", 1, 1, 16);
    convention.rules.push_back({rule.text("module"), scale, rule.flag("depthwise_as_dense", false)});
  }
  return convention;
}

ChannelSet channelSetFromJson(const JsonReader &reader, const QJsonValue &value) {
  if (value.isDouble()) return ChannelSet::prefix(value.toInt());
  if (!value.isArray()) reader.fail("kept", QStringLiteral("must hold counts or lists of channels"));
  ChannelSet set;
  for (const auto channel : value.toArray()) set.indices.push_back(channel.toInt(-1));
  set.count = static_cast<int>(set.indices.size());
  return set;
}

}  // namespace

QJsonObject toJson(const NetworkSpec &spec, const Variant &variant) {
  QJsonObject kept;
  for (const auto &[space, set] : variant.kept) {
    QJsonValue value = set.count;
    if (!set.indices.empty()) {
      QJsonArray indices;
      for (const int channel : set.indices) indices.append(channel);
      value = indices;
    }
    kept.insert(QString::number(space), value);
  }
  QJsonObject object{{QStringLiteral("name"), variant.name},
                     {QStringLiteral("output"), spec.layers[variant.output].name}};
  if (!kept.isEmpty()) object.insert(QStringLiteral("kept"), kept);
  if (!variant.normSet.isEmpty()) object.insert(QStringLiteral("norm_set"), variant.normSet);
  return object;
}

QJsonObject toJson(const NetworkSpec &spec) {
  QJsonArray spaces;
  for (const ChannelSpace &space : spec.spaces)
    spaces.append(
        QJsonObject{{QStringLiteral("width"), space.width}, {QStringLiteral("adjustable"), space.adjustable}});
  QJsonArray layers;
  for (const Layer &layer : spec.layers) layers.append(layerJson(spec, layer));
  QJsonArray variants;
  for (const Variant &variant : spec.variants) variants.append(toJson(spec, variant));
  QJsonObject object{{QStringLiteral("name"), spec.name},
                     {QStringLiteral("title"), spec.title},
                     {QStringLiteral("source"), spec.source},
                     {QStringLiteral("input"), QJsonArray{spec.input.channels, spec.input.height, spec.input.width}},
                     {QStringLiteral("spaces"), spaces},
                     {QStringLiteral("layers"), layers},
                     {QStringLiteral("variants"), variants},
                     {QStringLiteral("bindings"), strings(spec.bindings)}};
  if (spec.published) object.insert(QStringLiteral("published_convention"), conventionJson(*spec.published));
  return object;
}

Variant variantFromJson(const NetworkSpec &spec, const QJsonObject &object, const QString &place) {
  const JsonReader reader(
      object, place + QStringLiteral(", variant"),
      {QStringLiteral("name"), QStringLiteral("output"), QStringLiteral("kept"), QStringLiteral("norm_set")});
  Variant variant;
  variant.name = shortText(reader, "name");
  variant.normSet = shortText(reader, "norm_set");
  const QString output = reader.text("output");
  bool found = false;
  for (LayerId id = 0; id < spec.layers.size() && !found; ++id)
    if (spec.layers[id].name == output) {
      variant.output = id;
      found = true;
    }
  if (!found) reader.fail("output", QStringLiteral("%1 is not a layer").arg(quoted(output)));
  const QJsonObject kept = reader.object("kept");
  for (auto it = kept.begin(); it != kept.end(); ++it) {
    bool ok = false;
    const SpaceId space = it.key().toUInt(&ok);
    if (!ok) reader.fail("kept", QStringLiteral("%1 is not a channel space").arg(quoted(it.key())));
    variant.kept[space] = channelSetFromJson(reader, it.value());
  }
  validate(spec, variant);
  return variant;
}

NetworkSpec networkFromJson(const QJsonObject &object, const QString &place) {
  const JsonReader reader(
      object, place,
      {QStringLiteral("name"), QStringLiteral("title"), QStringLiteral("source"), QStringLiteral("input"),
       QStringLiteral("spaces"), QStringLiteral("layers"), QStringLiteral("variants"), QStringLiteral("bindings"),
       QStringLiteral("published_convention")});
  NetworkSpec spec;
  spec.name = shortText(reader, "name");
  spec.title = shortText(reader, "title", spec.name);
  spec.source = shortText(reader, "source");
  const QJsonArray input = reader.array("input");
  if (input.size() != 3) reader.fail("input", QStringLiteral("must be [channels, height, width]"));
  spec.input = {input[0].toInt(), input[1].toInt(), input[2].toInt()};
  for (const QJsonObject &spaceObject : reader.objects("spaces")) {
    const JsonReader space(spaceObject, place + QStringLiteral(", space"),
                           {QStringLiteral("width"), QStringLiteral("adjustable")});
    spec.spaces.push_back({space.whole("width", 0, 0, MaxSize), space.flag("adjustable", true)});
  }
  QHash<QString, LayerId> known;
  for (const QJsonObject &layer : reader.objects("layers")) {
    const auto id = static_cast<LayerId>(spec.layers.size());
    spec.layers.push_back(layerFromJson(layer, QStringLiteral("%1, layer %2").arg(place).arg(id), known));
    known.insert(spec.layers.back().name, id);
  }
  spec.bindings = reader.texts("bindings");
  if (reader.has("published_convention"))
    spec.published = conventionFromJson(reader.object("published_convention"), place);
  validate(spec);
  const std::vector<QJsonObject> variants = reader.objects("variants");
  if (variants.size() > MaxVariants)
    reader.fail("variants", QStringLiteral("at most %1 are possible").arg(MaxVariants));
  for (const QJsonObject &variant : variants) spec.variants.push_back(variantFromJson(spec, variant, place));
  return spec;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network_json.h"

#include <QHash>
#include <QJsonArray>

#include "core/base/error.h"
#include "core/files/json_form.h"

namespace pimento {

namespace {

constexpr int MaxSize = 2'000'000'000;  // validate() knows the real ones
constexpr qsizetype MaxText = 2'000;
constexpr qsizetype MaxVariants = 10'000;

// The layers that have been read so far, by name, where an object is read; all layers where it is written.
struct Layers {
  const NetworkSpec &spec;
  QHash<QString, LayerId> known;
};

QJsonArray inputNames(const NetworkSpec &spec, const Layer &layer) {
  QJsonArray names;
  for (const LayerId id : layer.inputs) names.append(spec.layers[id].name);
  return names;
}

std::vector<LayerId> inputsOf(const JsonReader &reader, const QHash<QString, LayerId> &known) {
  std::vector<LayerId> inputs;
  for (const QString &input : reader.texts("inputs")) {
    const auto id = known.constFind(input);
    if (id == known.constEnd()) reader.fail("inputs", QStringLiteral("%1 is not an earlier layer").arg(quoted(input)));
    inputs.push_back(*id);
  }
  return inputs;
}

Shape inputShape(const JsonReader &reader) {
  const QJsonArray input = reader.array("input");
  if (input.size() != 3) reader.fail("input", QStringLiteral("must be [channels, height, width]"));
  return {input[0].toInt(), input[1].toInt(), input[2].toInt()};
}

LayerId outputOf(const JsonReader &reader, const NetworkSpec &spec) {
  const QString output = reader.text("output");
  for (LayerId id = 0; id < spec.layers.size(); ++id)
    if (spec.layers[id].name == output) return id;
  reader.fail("output", QStringLiteral("%1 is not a layer").arg(quoted(output)));
}

// {"3": 16} keeps the first 16 channels of space 3, {"3": [0, 5]} these two.
QJsonValue keptJson(const std::map<SpaceId, ChannelSet> &sets) {
  QJsonObject kept;
  for (const auto &[space, set] : sets) {
    QJsonArray indices;
    for (const int channel : set.indices) indices.append(channel);
    kept.insert(QString::number(space), set.indices.empty() ? QJsonValue(set.count) : QJsonValue(indices));
  }
  return kept.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(kept);
}

ChannelSet channelSetFromJson(const JsonReader &reader, const QJsonValue &value) {
  if (value.isDouble()) return ChannelSet::prefix(value.toInt());
  if (!value.isArray()) reader.fail("kept", QStringLiteral("must hold counts or lists of channels"));
  ChannelSet set;
  for (const auto channel : value.toArray()) set.indices.push_back(channel.toInt(-1));
  set.count = static_cast<int>(set.indices.size());
  return set;
}

std::map<SpaceId, ChannelSet> keptOf(const JsonReader &reader) {
  std::map<SpaceId, ChannelSet> sets;
  const QJsonObject kept = reader.object("kept");
  for (auto it = kept.begin(); it != kept.end(); ++it) {
    bool ok = false;
    const SpaceId space = it.key().toUInt(&ok);
    if (!ok) reader.fail("kept", QStringLiteral("%1 is not a channel space").arg(quoted(it.key())));
    sets[space] = channelSetFromJson(reader, it.value());
  }
  return sets;
}

}  // namespace

// Found by their types, so they stand in the namespace of the network.

static void describe(JsonForm &form, Layer &layer, const Layers &layers) {
  form.line("name", layer.name, MaxText);
  form.word("op", layer.op, opNames(), JsonForm::Required);
  if (form.reads()) layer.module = QStringLiteral("net");
  form.line("module", layer.module, MaxText);
  form.member(
      "inputs", [&] { return inputNames(layers.spec, layer); },
      [&](const JsonReader &reader) { layer.inputs = inputsOf(reader, layers.known); });
  form.whole("space", layer.space, 0, MaxSize, JsonForm::Required);
  form.whole("kernel", layer.kernel, 0, MaxSize, JsonForm::Sparse);
  form.whole("stride", layer.stride, 0, MaxSize, JsonForm::Sparse);
  form.whole("padding", layer.padding, 0, MaxSize, JsonForm::Sparse);
  form.flag("bias", layer.bias, JsonForm::Sparse);
  form.word("activation", layer.activation, {QStringLiteral("none"), QStringLiteral("relu")}, JsonForm::Sparse);
}

static void describe(JsonForm &form, ChannelSpace &space) {
  form.whole("width", space.width, 0, MaxSize);
  form.flag("adjustable", space.adjustable);
}

static void describe(JsonForm &form, PublishedConvention::Rule &rule) {
  form.text("module", rule.module);
  form.whole("feature_scale", rule.featureScale, 1, 16);
  form.flag("depthwise_as_dense", rule.depthwiseAsDense);
}

static void describe(JsonForm &form, PublishedConvention &convention) {
  form.text("note", convention.note);
  form.parts("rules", convention.rules, JsonForm::MaxAny);
}

static void describe(JsonForm &form, Variant &variant, const NetworkSpec &spec) {
  form.line("name", variant.name, MaxText);
  form.member(
      "output", [&] { return spec.layers[variant.output].name; },
      [&](const JsonReader &reader) { variant.output = outputOf(reader, spec); });
  form.member(
      "kept", [&] { return keptJson(variant.kept); }, [&](const JsonReader &reader) { variant.kept = keptOf(reader); });
  form.line("norm_set", variant.normSet, MaxText, JsonForm::Sparse);
}

static void describeLayers(JsonForm &form, NetworkSpec &spec) {
  Layers layers{spec, {}};
  form.list(
      "layers", spec.layers, [&](const Layer &layer) { return writtenForm<Layer>(layer, layers); },
      [&](const QJsonObject &json, const QString &place) {
        const auto id = static_cast<LayerId>(layers.known.size());
        const auto layer = readForm<Layer>(json, QStringLiteral("%1, layer %2").arg(place).arg(id), layers);
        layers.known.insert(layer.name, id);
        return layer;
      });
}

static void describe(JsonForm &form, NetworkSpec &spec) {
  form.line("name", spec.name, MaxText);
  if (form.reads()) spec.title = spec.name;
  form.line("title", spec.title, MaxText);
  form.line("source", spec.source, MaxText);
  form.member(
      "input",
      [&] {
        return QJsonArray{spec.input.channels, spec.input.height, spec.input.width};
      },
      [&](const JsonReader &reader) { spec.input = inputShape(reader); });
  form.parts("spaces", spec.spaces, JsonForm::MaxAny);
  describeLayers(form, spec);
  form.texts("bindings", spec.bindings);
  form.part("published_convention", spec.published);
  if (form.reads()) validate(spec);  // before variants are read, which are of its layers
  describeVariants(form, spec.variants, spec, MaxVariants);
}

void describeVariants(JsonForm &form, std::vector<Variant> &variants, const NetworkSpec &spec, qsizetype longest) {
  form.list(
      "variants", variants, [&](const Variant &variant) { return toJson(spec, variant); },
      [&](const QJsonObject &json, const QString &place) { return variantFromJson(spec, json, place); }, longest);
}

QJsonObject toJson(const NetworkSpec &spec, const Variant &variant) { return writtenForm(variant, spec); }

QJsonObject toJson(const NetworkSpec &spec) { return writtenForm(spec); }

Variant variantFromJson(const NetworkSpec &spec, const QJsonObject &object, const QString &place) {
  const auto variant = readForm<Variant>(object, place + QStringLiteral(", variant"), spec);
  validate(spec, variant);
  return variant;
}

NetworkSpec networkFromJson(const QJsonObject &object, const QString &place) {
  return readForm<NetworkSpec>(object, place);
}

}  // namespace pimento

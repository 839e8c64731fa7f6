// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/profile_json.h"
#include "core/hardware/device/geometry.h"

#include <QJsonDocument>

#include "core/base/error.h"
#include "core/files/json_reader.h"
#include "core/hardware/profile/parameters.h"

namespace pimento {

namespace {

constexpr qsizetype MaxJsonBytes = 1 << 20;
constexpr qsizetype MaxText = 500;
const QString Format = QStringLiteral("pimento-accelerator");
constexpr int Version = 1;

QStringList sections() {
  QStringList names;
  for (const Parameter &p : parameters())
    if (const QString name = QString::fromLatin1(p.section); !names.contains(name)) names << name;
  return names;
}

QStringList knownKeys() {
  return sections() + QStringList{QStringLiteral("format"), QStringLiteral("version"), QStringLiteral("name"),
                                  QStringLiteral("title"), QStringLiteral("sources")};
}

// Files from before the factors followed from the size of the free layer hold the default's, rounded, whatever the
// size. So do they hold the default's heavy metal and resistance, which follow from the size as well.
void letOldDefaultsFollow(Accelerator &a) {
  Device &d = a.device;
  if (d.demagnetisation_x != 0.0898 || d.demagnetisation_y != 0.0301 || d.demagnetisation_z != 0.8801) return;
  d.demagnetisation_x = d.demagnetisation_y = d.demagnetisation_z = std::nullopt;
  const Accelerator defaults;
  if (d.free_layer_length_nm != defaults.device.free_layer_length_nm ||
      d.free_layer_width_nm != defaults.device.free_layer_width_nm)
    return;
  for (std::optional<double> Device::*size : {&Device::heavy_metal_width_nm, &Device::heavy_metal_length_nm}) {
    const std::optional<double> given = d.*size;
    (d.*size).reset();
    const bool follows =
        size == &Device::heavy_metal_width_nm ? given == heavyMetalWidth_nm(d) : given == heavyMetalLength_nm(d);
    if (!follows) d.*size = given;
  }
  if (a.sensing.ra_ohm_um2 <= 0 && a.sensing.parallel_resistance_ohm == defaults.sensing.parallel_resistance_ohm)
    a.sensing.ra_ohm_um2 = defaults.sensing.ra_ohm_um2;
}

// Short, and the same after it was written: no half of a surrogate pair.
QString shortText(const JsonReader &reader, const char *key) {
  const QString text = reader.text(key);
  if (text.size() > MaxText || !text.isValidUtf16())
    reader.fail(key, QStringLiteral("must be text of at most %1 characters").arg(MaxText));
  return text;
}

void checkHead(const JsonReader &reader) {
  if (reader.text("format") != Format)
    throw Error(reader.place(), QStringLiteral("is not an accelerator profile"),
                QStringLiteral("it must say \"format\": \"%1\"").arg(Format));
  const int version = reader.whole("version", 0, 0, 1'000'000);
  if (version != Version)
    reader.fail("version", QStringLiteral("version %1 of the profile format is not known").arg(version),
                QStringLiteral("this program reads version %1").arg(Version));
}

void readValue(Accelerator &a, const Parameter &p, const QJsonValue &value, const QString &place) {
  if (p.words.empty()) {
    if (!value.isDouble()) throw Error(place, QStringLiteral("%1 is not a number").arg(QString::fromLatin1(p.key)));
    return setParameter(a, p, value.toDouble(), place);
  }
  if (!value.isString())
    throw Error(place, QStringLiteral("%1 is not a word").arg(QString::fromLatin1(p.key)),
                QStringLiteral("one of %1").arg(rangeText(p)));
  const auto sources = a.sources;
  setParameter(a, QString::fromLatin1(p.key) + QLatin1Char('=') + value.toString(), place);
  a.sources = sources;  // the profile's own words say where its values are from
}

void readSection(Accelerator &a, const QString &section, const QJsonObject &object, const QString &place) {
  for (auto it = object.begin(); it != object.end(); ++it) {
    const Parameter &p = requireParameter(it.key(), place);
    if (section != QLatin1String(p.section))
      throw Error(place, QStringLiteral("%1 stands in section %2").arg(it.key(), section),
                  QStringLiteral("it belongs to %1").arg(QString::fromLatin1(p.section)));
    refuseBothForms(
        p, [&](const QString &other) { return object.contains(other); }, place);
    readValue(a, p, it.value(), place);
  }
}

void readSources(Accelerator &a, const QJsonObject &object, const QString &place) {
  const JsonReader reader(object, place + QStringLiteral(", sources"), object.keys());
  for (const QString &key : object.keys()) {
    static_cast<void>(requireParameter(key, reader.place()));
    a.sources.insert(key, shortText(reader, key.toLatin1().constData()));
  }
}

}  // namespace

Accelerator profileFromJson(const QJsonObject &json, const QString &place) {
  const JsonReader reader(json, place, knownKeys());
  checkHead(reader);
  Accelerator a;
  a.name = shortText(reader, "name");
  a.title = shortText(reader, "title");
  if (a.name.isEmpty()) throw Error(place, QStringLiteral("the profile has no name"));
  for (const QString &section : sections())
    readSection(a, section, reader.object(section.toLatin1().constData()), place);
  letOldDefaultsFollow(a);
  readSources(a, reader.object("sources"), place);
  validate(a, place);
  return a;
}

Accelerator readProfile(const QByteArray &data, const QString &place) {
  return profileFromJson(parseJsonObject(data, place, MaxJsonBytes), place);
}

QJsonObject profileToJson(const Accelerator &accelerator) {
  QJsonObject json{{QStringLiteral("format"), Format}, {QStringLiteral("version"), Version}};
  for (const QString &section : sections()) {
    QJsonObject object;
    for (const Parameter &p : parameters()) {
      if (section != QLatin1String(p.section) || follows(accelerator, p)) continue;
      object.insert(QString::fromLatin1(p.key),
                    p.words.empty() ? QJsonValue(p.get(accelerator)) : QJsonValue(valueText(p, accelerator)));
    }
    json.insert(section, object);
  }
  json.insert(QStringLiteral("name"), accelerator.name);
  json.insert(QStringLiteral("title"), accelerator.title);
  QJsonObject sources;
  for (auto it = accelerator.sources.begin(); it != accelerator.sources.end(); ++it) sources.insert(it.key(), *it);
  json.insert(QStringLiteral("sources"), sources);
  return json;
}

QByteArray writeProfile(const Accelerator &accelerator) {
  return QJsonDocument(profileToJson(accelerator)).toJson(QJsonDocument::Indented);
}

}  // namespace pimento

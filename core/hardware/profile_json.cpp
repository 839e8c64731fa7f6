// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile_json.h"

#include <QJsonDocument>

#include "core/base/error.h"
#include "core/hardware/parameters.h"

namespace pimento {

namespace {

constexpr qsizetype MaxBytes = 1 << 20;
constexpr qsizetype MaxText = 500;
const QString Format = QStringLiteral("pimento-accelerator");
constexpr int Version = 1;

QStringList sections() {
  QStringList names;
  for (const Parameter &p : parameters())
    if (const QString name = QString::fromLatin1(p.section); !names.contains(name)) names << name;
  return names;
}

QString text(const QJsonObject &json, const QString &key, const QString &place) {
  const QJsonValue value = json.value(key);
  if (value.isUndefined()) return {};
  const QString words = value.toString();
  if (!value.isString() || words.size() > MaxText || !words.isValidUtf16())
    throw Error(place, QStringLiteral("%1 is not a text of at most %2 characters").arg(key).arg(MaxText));
  return words;
}

void checkHead(const QJsonObject &json, const QString &place) {
  if (json.value(QStringLiteral("format")).toString() != Format)
    throw Error(place, QStringLiteral("is not an accelerator profile"),
                QStringLiteral("it must say \"format\": \"%1\"").arg(Format));
  const double version = json.value(QStringLiteral("version")).toDouble();
  if (version != Version)
    throw Error(place, QStringLiteral("version %1 of the profile format is not known").arg(version),
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

void readSection(Accelerator &a, const QString &section, const QJsonValue &value, const QString &place) {
  if (!value.isObject()) throw Error(place, QStringLiteral("%1 is not an object").arg(section));
  const QJsonObject object = value.toObject();
  for (auto it = object.begin(); it != object.end(); ++it) {
    const Parameter &p = requireParameter(it.key(), place);
    if (section != QLatin1String(p.section))
      throw Error(place, QStringLiteral("%1 stands in section %2").arg(it.key(), section),
                  QStringLiteral("it belongs to %1").arg(QString::fromLatin1(p.section)));
    readValue(a, p, it.value(), place);
  }
}

void readSources(Accelerator &a, const QJsonValue &value, const QString &place) {
  if (!value.isObject()) throw Error(place, QStringLiteral("sources is not an object"));
  const QJsonObject object = value.toObject();
  for (const QString &key : object.keys()) {
    static_cast<void>(requireParameter(key, place));
    a.sources.insert(key, text(object, key, place));
  }
}

}  // namespace

Accelerator profileFromJson(const QJsonObject &json, const QString &place) {
  checkHead(json, place);
  const QStringList texts{QStringLiteral("name"), QStringLiteral("title")};
  const QStringList known = sections();
  Accelerator a;
  a.name = text(json, texts[0], place);
  a.title = text(json, texts[1], place);
  if (a.name.isEmpty()) throw Error(place, QStringLiteral("the profile has no name"));
  for (auto it = json.begin(); it != json.end(); ++it) {
    const QString &key = it.key();
    if (known.contains(key))
      readSection(a, key, it.value(), place);
    else if (key == QStringLiteral("sources"))
      readSources(a, it.value(), place);
    else if (!texts.contains(key) && key != QStringLiteral("format") && key != QStringLiteral("version"))
      throw Error(place, QStringLiteral("unknown key %1").arg(quoted(key)),
                  knownWords(key, known + texts + QStringList{QStringLiteral("sources")}));
  }
  validate(a, place);
  return a;
}

Accelerator readProfile(const QByteArray &data, const QString &place) {
  if (data.size() > MaxBytes) throw Error(place, QStringLiteral("is larger than 1 MB"));
  QJsonParseError problem;
  const QJsonDocument document = QJsonDocument::fromJson(data, &problem);
  if (problem.error != QJsonParseError::NoError) {
    const auto line = data.left(problem.offset).count('\n') + 1;
    throw Error(QStringLiteral("%1, line %2").arg(place).arg(line), problem.errorString());
  }
  if (!document.isObject()) throw Error(place, QStringLiteral("is not a JSON object"));
  return profileFromJson(document.object(), place);
}

QJsonObject profileToJson(const Accelerator &accelerator) {
  QJsonObject json{{QStringLiteral("format"), Format}, {QStringLiteral("version"), Version}};
  for (const QString &section : sections()) {
    QJsonObject object;
    for (const Parameter &p : parameters()) {
      if (section != QLatin1String(p.section)) continue;
      const double value = p.get(accelerator);
      object.insert(QString::fromLatin1(p.key), p.words.empty() ? QJsonValue(value) : QJsonValue(valueText(p, value)));
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

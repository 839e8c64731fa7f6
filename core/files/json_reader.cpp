// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/json_reader.h"

#include <QJsonDocument>
#include <cmath>

#include "core/base/error.h"

namespace pimento {

namespace {
constexpr qsizetype MaxEntries = 1'000'000;
constexpr qsizetype MaxText = 1'000'000;
}  // namespace

QJsonObject parseJsonObject(const QByteArray &json, const QString &place, qsizetype maxBytes) {
  if (json.size() > maxBytes) throw Error(place, QStringLiteral("more than %1 MB of JSON").arg(maxBytes >> 20));
  QJsonParseError error{};
  const QJsonDocument document = QJsonDocument::fromJson(json, &error);
  if (error.error != QJsonParseError::NoError) {
    const auto line = json.left(error.offset).count('\n') + 1;
    throw Error(QStringLiteral("%1, line %2").arg(place).arg(line),
                QStringLiteral("not JSON (%1)").arg(error.errorString()));
  }
  if (!document.isObject()) throw Error(place, QStringLiteral("not a JSON object"));
  return document.object();
}

JsonReader::JsonReader(QJsonObject object, QString place, const QStringList &keys)
    : m_object(std::move(object)), m_place(std::move(place)) {
  for (auto it = m_object.constBegin(); it != m_object.constEnd(); ++it)
    if (!keys.contains(it.key()))
      throw Error(m_place, QStringLiteral("unknown key %1").arg(quoted(it.key())), knownWords(it.key(), keys));
}

QString JsonReader::text(const char *key, const QString &otherwise) const {
  const QJsonValue value = get(key);
  if (value.isUndefined()) return otherwise;
  if (!value.isString() || value.toString().size() > MaxText) fail(key, QStringLiteral("must be text"));
  return value.toString();
}

int JsonReader::whole(const char *key, int otherwise, int least, int most) const {
  const QJsonValue value = get(key);
  if (value.isUndefined()) return otherwise;
  const double number = value.toDouble(least - 0.5);
  if (!(number >= least && number <= most) || number != std::floor(number))
    fail(key, QStringLiteral("must be a whole number from %1 to %2").arg(least).arg(most));
  return static_cast<int>(number);
}

double JsonReader::number(const char *key, double otherwise, double least, double most) const {
  const QJsonValue value = get(key);
  if (value.isUndefined()) return otherwise;
  const double number = value.toDouble();
  if (!value.isDouble() || !(number >= least && number <= most))
    fail(key, QStringLiteral("must be a number from %1 to %2").arg(least).arg(most));
  return number;
}

bool JsonReader::flag(const char *key, bool otherwise) const {
  const QJsonValue value = get(key);
  if (value.isUndefined()) return otherwise;
  if (!value.isBool()) fail(key, QStringLiteral("must be true or false"));
  return value.toBool();
}

QJsonArray JsonReader::array(const char *key) const {
  const QJsonValue value = get(key);
  if (value.isUndefined()) return {};
  if (!value.isArray() || value.toArray().size() > MaxEntries) fail(key, QStringLiteral("must be a list"));
  return value.toArray();
}

QJsonObject JsonReader::object(const char *key) const {
  const QJsonValue value = get(key);
  if (value.isUndefined()) return {};
  if (!value.isObject()) fail(key, QStringLiteral("must be an object"));
  return value.toObject();
}

QByteArray JsonReader::bytes(const char *key, qsizetype most) const {
  const QJsonValue value = get(key);
  if (value.isUndefined()) return {};
  const QString text = value.toString();
  if (!value.isString()) fail(key, QStringLiteral("must be text"));
  if (text.size() > (most + 2) / 3 * 4) fail(key, QStringLiteral("hold more than %1 bytes").arg(most));
  const auto decoded = QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
  if (!decoded) fail(key, QStringLiteral("are no base64"));
  return *decoded;
}

QStringList JsonReader::texts(const char *key) const {
  QStringList list;
  const QJsonArray values = array(key);
  for (const auto value : values) {
    if (!value.isString() || value.toString().size() > MaxText) fail(key, QStringLiteral("must hold texts"));
    list << value.toString();
  }
  return list;
}

std::vector<QJsonObject> JsonReader::objects(const char *key) const {
  std::vector<QJsonObject> list;
  const QJsonArray values = array(key);
  for (const auto value : values) {
    if (!value.isObject()) fail(key, QStringLiteral("must hold objects"));
    list.push_back(value.toObject());
  }
  return list;
}

void JsonReader::fail(const char *key, const QString &problem, const QString &remedy) const {
  throw Error(QStringLiteral("%1, key %2").arg(m_place, quoted(QString::fromLatin1(key))), problem, remedy);
}

}  // namespace pimento

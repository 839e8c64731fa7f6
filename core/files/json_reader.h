// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <vector>

namespace pimento {

// Parses a JSON object. Throws Error "place, line N: …" for anything else or for more than `maxBytes`.
[[nodiscard]] QJsonObject parseJsonObject(const QByteArray &json, const QString &place, qsizetype maxBytes = 64 << 20);

// Reads the members of one JSON object and names what is wrong with them: "place, key "k": …". A member that is absent
// has the value `otherwise`. An object may hold the given keys and no other.
class JsonReader {
 public:
  JsonReader(QJsonObject object, QString place, const QStringList &keys);

  [[nodiscard]] bool has(const char *key) const { return !get(key).isUndefined(); }
  [[nodiscard]] QString text(const char *key, const QString &otherwise = {}) const;
  [[nodiscard]] int whole(const char *key, int otherwise, int least, int most) const;
  [[nodiscard]] double number(const char *key, double otherwise, double least, double most) const;
  [[nodiscard]] bool flag(const char *key, bool otherwise) const;
  [[nodiscard]] QJsonArray array(const char *key) const;
  [[nodiscard]] QJsonObject object(const char *key) const;
  [[nodiscard]] QByteArray bytes(const char *key, qsizetype most) const;  // base64, of at most so many bytes
  [[nodiscard]] QStringList texts(const char *key) const;                 // a list of texts
  [[nodiscard]] std::vector<QJsonObject> objects(const char *key) const;  // a list of objects

  [[noreturn]] void fail(const char *key, const QString &problem, const QString &remedy = {}) const;
  [[nodiscard]] const QString &place() const { return m_place; }

 private:
  [[nodiscard]] QJsonValue get(const char *key) const { return m_object.value(QLatin1String(key)); }
  QJsonObject m_object;
  QString m_place;
};

}  // namespace pimento

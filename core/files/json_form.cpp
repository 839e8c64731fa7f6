// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/json_form.h"

#include <algorithm>

#include "core/base/error.h"

namespace pimento {

namespace {

constexpr int MaxVersion = 1'000'000;

bool isLine(const QString &text) {
  const bool plain =
      std::none_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 32 || c == QChar(127); });
  return plain && text.isValidUtf16();
}

}  // namespace

QJsonArray arrayOf(const std::vector<double> &values) {
  QJsonArray array;
  for (const double value : values) array.append(value);
  return array;
}

bool JsonForm::written(const char *key, const QJsonValue &value, Presence presence) {
  m_keys << QString::fromLatin1(key);
  if (m_task == Task::Read) {
    if (presence == Required && !m_reader->has(key)) m_reader->fail(key, QStringLiteral("is missing"));
    return false;
  }
  const bool asByDefault = m_task == Task::Write && m_default->value(m_keys.back()) == value;
  if (presence != Sparse || !asByDefault) m_written[m_keys.back()] = value;
  return true;
}

void JsonForm::text(const char *key, QString &value, Presence presence) {
  if (!written(key, value, presence)) value = m_reader->text(key, value);
}

void JsonForm::line(const char *key, QString &value, qsizetype most, Presence presence) {
  if (written(key, value, presence)) return;
  value = m_reader->text(key, value);
  if (value.size() > most || !isLine(value))
    m_reader->fail(key, QStringLiteral("must be one line of at most %1 characters").arg(most));
}

void JsonForm::texts(const char *key, QStringList &values, Presence presence) {
  if (!written(key, QJsonArray::fromStringList(values), presence) && m_reader->has(key)) values = m_reader->texts(key);
}

void JsonForm::flag(const char *key, bool &value, Presence presence) {
  if (!written(key, value, presence)) value = m_reader->flag(key, value);
}

void JsonForm::wholeAt(const char *key, qint64 &value, int least, int most, Presence presence) {
  if (written(key, value, presence) || !m_reader->has(key)) return;
  value = m_reader->whole(key, 0, least, most);
}

void JsonForm::whole(const char *key, std::optional<int> &value, int least, int most) {
  member(
      key, [&] { return value ? QJsonValue(*value) : QJsonValue(QJsonValue::Undefined); },
      [&](const JsonReader &reader) {
        if (reader.has(key)) value = reader.whole(key, 0, least, most);
      });
}

void JsonForm::number(const char *key, double &value, double least, double most, Presence presence) {
  if (!written(key, value, presence)) value = m_reader->number(key, value, least, most);
}

void JsonForm::numbers(const char *key, std::vector<double> &values, double least, double most, Presence presence,
                       qsizetype longest) {
  if (written(key, arrayOf(values), presence) || !m_reader->has(key)) return;
  values.clear();
  for (const QJsonValue &value : m_reader->array(key)) {
    const double number = value.toDouble(least - 1);
    if (!(number >= least && number <= most) || static_cast<qsizetype>(values.size()) >= longest)
      m_reader->fail(key, QStringLiteral("must be at most %1 numbers from %2 to %3").arg(longest).arg(least).arg(most));
    values.push_back(number);
  }
}

void JsonForm::wordAt(const char *key, int &index, const QStringList &words, Presence presence) {
  if (presence == Required && reads() && !m_reader->has(key))
    m_reader->fail(key, QStringLiteral("is missing"), knownWords({}, words));
  if (written(key, words[index], presence)) return;
  const QString word = m_reader->text(key, words[index]);
  index = static_cast<int>(words.indexOf(word));
  if (index < 0) m_reader->fail(key, QStringLiteral("%1 is not known").arg(quoted(word)), knownWords(word, words));
}

void JsonForm::bytes(const char *key, QByteArray &value, qsizetype most) {
  if (!written(key, QString::fromLatin1(value.toBase64()), Presence::Optional)) value = m_reader->bytes(key, most);
}

void JsonForm::object(const char *key, QJsonObject &value, Presence presence) {
  if (!written(key, value, presence)) value = m_reader->object(key);
}

void JsonForm::only(const char *key, const QString &word, const QString &otherwise) {
  if (!written(key, word, Presence::Optional) && m_reader->text(key) != word)
    throw Error(m_reader->place(), otherwise,
                QStringLiteral("it must say \"%1\": \"%2\"").arg(QLatin1String(key), word));
}

void JsonForm::only(const char *key, int version) {
  if (!written(key, version, Presence::Optional) && m_reader->whole(key, 0, 0, MaxVersion) != version)
    m_reader->fail(key, QStringLiteral("is not known"), QStringLiteral("this program reads version %1").arg(version));
}

void JsonForm::version(const char *key, int &value, int least, int most) {
  if (written(key, value, Presence::Optional)) return;
  value = m_reader->whole(key, 0, 0, MaxVersion);
  if (value < least || value > most)
    m_reader->fail(key, QStringLiteral("is not known"),
                   QStringLiteral("this program reads versions %1 to %2").arg(least).arg(most));
}

void JsonForm::keep(const char *key) { m_keys << QString::fromLatin1(key); }

void JsonForm::check(bool good, const char *key, const QString &problem, const QString &remedy) const {
  if (reads() && !good) m_reader->fail(key, problem, remedy);
}

std::vector<QJsonObject> JsonForm::objectsOf(const char *key, qsizetype longest) const {
  std::vector<QJsonObject> objects = m_reader->objects(key);
  check(static_cast<qsizetype>(objects.size()) <= longest, key, QStringLiteral("has more than %1").arg(longest));
  return objects;
}

QString JsonForm::placeOf(const char *key) const {
  return m_reader->place() + QStringLiteral(", ") + QString::fromLatin1(key);
}

}  // namespace pimento

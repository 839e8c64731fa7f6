// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/json_form.h"

#include "core/base/error.h"

namespace pimento {

namespace {

constexpr qsizetype MaxList = 64;
constexpr int MaxVersion = 1'000'000;

}  // namespace

void JsonForm::write(const char *key, const QJsonValue &value) {
  m_keys << QString::fromLatin1(key);
  m_written[m_keys.back()] = value;
}

void JsonForm::text(const char *key, QString &value) {
  if (m_reader == nullptr) return write(key, value);
  value = m_reader->text(key, value);
}

void JsonForm::flag(const char *key, bool &value) {
  if (m_reader == nullptr) return write(key, value);
  value = m_reader->flag(key, value);
}

void JsonForm::whole(const char *key, int &value, int least, int most) {
  if (m_reader == nullptr) return write(key, value);
  value = m_reader->whole(key, value, least, most);
}

void JsonForm::number(const char *key, double &value, double least, double most) {
  if (m_reader == nullptr) return write(key, value);
  value = m_reader->number(key, value, least, most);
}

void JsonForm::numbers(const char *key, std::vector<double> &values, double least, double most) {
  if (m_reader == nullptr) {
    QJsonArray array;
    for (const double value : values) array.append(value);
    return write(key, array);
  }
  if (!m_reader->has(key)) return;
  values.clear();
  for (const QJsonValue &value : m_reader->array(key)) {
    const double number = value.toDouble(least - 1);
    if (!(number >= least && number <= most) || static_cast<qsizetype>(values.size()) >= MaxList)
      m_reader->fail(key, QStringLiteral("must be at most %1 numbers from %2 to %3").arg(MaxList).arg(least).arg(most));
    values.push_back(number);
  }
}

void JsonForm::wordAt(const char *key, int &index, const QStringList &words, Presence presence) {
  if (m_reader == nullptr) return write(key, words[index]);
  const QString word = m_reader->text(key, presence == Presence::Required ? QString() : words[index]);
  index = static_cast<int>(words.indexOf(word));
  if (index < 0) m_reader->fail(key, QStringLiteral("%1 is not known").arg(quoted(word)), knownWords(word, words));
}

void JsonForm::only(const char *key, const QString &word, const QString &otherwise) {
  if (m_reader == nullptr) return write(key, word);
  if (m_reader->text(key) != word)
    throw Error(m_reader->place(), otherwise,
                QStringLiteral("it must say \"%1\": \"%2\"").arg(QLatin1String(key), word));
}

void JsonForm::only(const char *key, int version) {
  if (m_reader == nullptr) return write(key, version);
  if (m_reader->whole(key, 0, 0, MaxVersion) != version)
    m_reader->fail(key, QStringLiteral("is not known"), QStringLiteral("this program reads version %1").arg(version));
}

void JsonForm::keep(const char *key) {
  if (m_reader == nullptr) m_keys << QString::fromLatin1(key);
}

}  // namespace pimento

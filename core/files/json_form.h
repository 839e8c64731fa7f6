// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QStringList>
#include <algorithm>
#include <span>
#include <vector>

#include "core/files/json_reader.h"

namespace pimento {

// The keys of a JSON object described once, for reading and for writing. A type T has
//   void describe(JsonForm &form, T &value);
// which names each key with the member that it stands for and what it may be; fromJson and toJson below do the rest.
// A key that is absent leaves its member as it is in a T by default.
class JsonForm {
 public:
  JsonForm() = default;                                               // collects keys, and what is written
  explicit JsonForm(const JsonReader &reader) : m_reader(&reader) {}  // reads

  void text(const char *key, QString &value);
  void flag(const char *key, bool &value);
  void whole(const char *key, int &value, int least, int most);
  void number(const char *key, double &value, double least, double most);
  void numbers(const char *key, std::vector<double> &values, double least, double most);  // at most 64
  enum class Presence : bool { Optional, Required };
  template <typename Enum>
  void word(const char *key, Enum &value, const QStringList &words,  // by its place among the words
            Presence presence = Presence::Optional) {
    int index = static_cast<int>(value);
    wordAt(key, index, words, presence);
    value = static_cast<Enum>(index);
  }
  // A row of a table (core/base/row_of.h) by its name; a choice that `rows` does not list is written by its own name.
  template <typename Choice>
  void row(const char *key, Choice &value, std::span<const Choice> rows, Presence presence = Presence::Optional) {
    if (m_reader == nullptr) return write(key, QString::fromLatin1(value->name));
    QStringList names;
    for (const Choice &one : rows) names << QString::fromLatin1(one->name);
    const auto at = std::find(rows.begin(), rows.end(), value);
    int index = at == rows.end() ? 0 : static_cast<int>(at - rows.begin());
    wordAt(key, index, names, presence);
    value = rows[static_cast<std::size_t>(index)];
  }
  void only(const char *key, const QString &word, const QString &otherwise);  // always this; else "is …" `otherwise`
  void only(const char *key, int version);
  void keep(const char *key);  // known, but looked at elsewhere; not written

  [[nodiscard]] const QJsonObject &written() const { return m_written; }
  [[nodiscard]] const QStringList &keys() const { return m_keys; }

 private:
  void wordAt(const char *key, int &index, const QStringList &words, Presence presence);
  void write(const char *key, const QJsonValue &value);

  const JsonReader *m_reader = nullptr;
  QStringList m_keys;
  QJsonObject m_written;
};

template <typename T>
[[nodiscard]] QStringList keysOf() {
  JsonForm form;
  T value;
  describe(form, value);
  return form.keys();
}

template <typename T>
[[nodiscard]] T readForm(const JsonReader &reader) {
  JsonForm form(reader);
  T value;
  describe(form, value);
  return value;
}

template <typename T>
[[nodiscard]] QJsonObject writtenForm(T value) {
  JsonForm form;
  describe(form, value);
  return form.written();
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>
#include <algorithm>
#include <concepts>
#include <optional>
#include <span>
#include <vector>

#include "core/files/json_reader.h"

namespace pimento {

[[nodiscard]] QJsonArray arrayOf(const std::vector<double> &values);

// The keys of a JSON object described once, for reading and for writing. A type T has
//   void describe(JsonForm &form, T &value, …);
// in its namespace, which names each key with the member that it stands for and what it may be; readForm and
// writtenForm below do the rest. What follows `value` is what the members are read or written with, such as the network
// that a variant is of. Members are read in the order of their description. A key that is absent leaves its member as
// it is in a T by default.
class JsonForm {
 public:
  enum class Presence : std::uint8_t {
    Optional,  // may be absent from a file; is always written
    Sparse,    // may be absent from a file; is written only where it is not that of a T by default
    Required
  };
  static constexpr Presence Sparse = Presence::Sparse;
  static constexpr Presence Required = Presence::Required;
  static constexpr qsizetype MaxList = 64;
  static constexpr qsizetype MaxAny = 1'000'000;  // values of a list that may be as long as JsonReader permits

  void text(const char *key, QString &value, Presence presence = Presence::Optional);
  // One line of at most so many characters, the same after it was written: no control characters, no half of a
  // surrogate pair.
  void line(const char *key, QString &value, qsizetype most, Presence presence = Presence::Optional);
  void texts(const char *key, QStringList &values, Presence presence = Presence::Optional);
  void flag(const char *key, bool &value, Presence presence = Presence::Optional);
  template <std::integral Whole>
  void whole(const char *key, Whole &value, int least, int most, Presence presence = Presence::Optional) {
    auto wide = static_cast<qint64>(value);
    wholeAt(key, wide, least, most, presence);
    value = static_cast<Whole>(wide);
  }
  void whole(const char *key, std::optional<int> &value, int least, int most);  // no key where there is no value
  void number(const char *key, double &value, double least, double most, Presence presence = Presence::Optional);
  void numbers(const char *key, std::vector<double> &values, double least, double most,
               Presence presence = Presence::Optional, qsizetype longest = MaxList);
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
    if (!reads()) return static_cast<void>(written(key, QString::fromLatin1(value->name), presence));
    QStringList names;
    for (const Choice &one : rows) names << QString::fromLatin1(one->name);
    const auto at = std::find(rows.begin(), rows.end(), value);
    int index = at == rows.end() ? 0 : static_cast<int>(at - rows.begin());
    wordAt(key, index, names, presence);
    value = rows[static_cast<std::size_t>(index)];
  }
  void bytes(const char *key, QByteArray &value, qsizetype most);  // in base64
  void object(const char *key, QJsonObject &value, Presence presence = Presence::Optional);

  // A member with a form of its own: `write` gives its JSON, `read` a value of an object and its place.
  template <typename T, typename Write, typename Read>
  void object(const char *key, T &value, Write write, Read read) {
    member(
        key, [&] { return QJsonValue(write(value)); },
        [&](const JsonReader &reader) { value = read(reader.object(key), placeOf(key)); });
  }
  template <typename T, typename Write, typename Read>
  void object(const char *key, std::optional<T> &value, Write write, Read read) {  // no key where there is no value
    member(
        key, [&] { return value ? QJsonValue(write(*value)) : QJsonValue(QJsonValue::Undefined); },
        [&](const JsonReader &reader) {
          if (reader.has(key)) value = read(reader.object(key), placeOf(key));
        });
  }
  // A list of such; `read` has the place of the object that holds the list.
  template <typename T, typename Write, typename Read>
  void list(const char *key, std::vector<T> &values, Write write, Read read, qsizetype longest = MaxAny) {
    const auto written = [&] {
      QJsonArray array;
      for (const T &value : values) array.append(write(value));
      return QJsonValue(array);
    };
    member(key, written, [&](const JsonReader &reader) {
      values.clear();
      for (const QJsonObject &object : objectsOf(key, longest)) values.push_back(read(object, reader.place()));
    });
  }
  // An object, and a list of objects, of a type that is described. What is wrong with the third of a list is wrong at
  // "place, key 3".
  template <typename T, typename... With>
  void part(const char *key, T &value, const With &...with) {
    object(key, value, writer<T>(with...), reader<T>(with...));
  }
  template <typename T, typename... With>
  void part(const char *key, std::optional<T> &value, const With &...with) {  // no key where there is no value
    object(key, value, writer<T>(with...), reader<T>(with...));
  }
  template <typename T, typename... With>
  void parts(const char *key, std::vector<T> &values, qsizetype longest, const With &...with);

  // Any other: `write` gives its JSON, undefined where it has none, `read` takes it from a JsonReader.
  template <typename Write, typename Read>
  void member(const char *key, Write write, Read read) {
    m_keys << QString::fromLatin1(key);
    if (m_task == Task::Write) {
      const QJsonValue value = write();
      if (!value.isUndefined()) m_written[m_keys.back()] = value;
    } else if (m_task == Task::Read) {
      read(*m_reader);
    }
  }

  void only(const char *key, const QString &word, const QString &otherwise);  // always this; else "is …" `otherwise`
  void only(const char *key, int version);
  void version(const char *key, int &value, int least, int most);  // one of those that this program reads
  void keep(const char *key);                                      // known, but looked at elsewhere; not written
  void check(bool good, const char *key, const QString &problem, const QString &remedy = {}) const;  // while reading

  [[nodiscard]] bool reads() const { return m_task == Task::Read; }
  [[nodiscard]] bool has(const char *key) const { return reads() && m_reader->has(key); }
  [[nodiscard]] const QString &place() const { return m_reader->place(); }  // of the object that is read

 private:
  enum class Task : std::uint8_t { Learn, Write, Read };
  JsonForm() = default;  // learns keys and the values of a T by default
  explicit JsonForm(const QJsonObject &byDefault) : m_task(Task::Write), m_default(&byDefault) {}
  explicit JsonForm(const JsonReader &reader) : m_task(Task::Read), m_reader(&reader) {}

  template <typename T, typename... With>
  friend const JsonForm &learntForm(const With &...with);
  template <typename T, typename... With>
  friend const QStringList &keysOf(const With &...with);
  template <typename T, typename... With>
  friend T readForm(const JsonReader &reader, const With &...with);
  template <typename T, typename... With>
  friend QJsonObject writtenForm(T value, const With &...with);

  template <typename T, typename... With>
  [[nodiscard]] static auto writer(const With &...with);
  template <typename T, typename... With>
  [[nodiscard]] static auto reader(const With &...with);
  void wholeAt(const char *key, qint64 &value, int least, int most, Presence presence);
  void wordAt(const char *key, int &index, const QStringList &words, Presence presence);
  [[nodiscard]] bool written(const char *key, const QJsonValue &value, Presence presence);  // false: it is to be read
  [[nodiscard]] std::vector<QJsonObject> objectsOf(const char *key, qsizetype longest) const;
  [[nodiscard]] QString placeOf(const char *key) const;

  Task m_task = Task::Learn;
  const JsonReader *m_reader = nullptr;
  const QJsonObject *m_default = nullptr;
  QStringList m_keys;
  QJsonObject m_written;
};

template <typename T, typename... With>
[[nodiscard]] const JsonForm &learntForm(const With &...with) {
  static const JsonForm learnt = [&] {
    JsonForm form;
    T value{};
    describe(form, value, with...);
    return form;
  }();
  return learnt;
}

template <typename T, typename... With>
[[nodiscard]] const QStringList &keysOf(const With &...with) {
  return learntForm<T>(with...).m_keys;
}

template <typename T, typename... With>
[[nodiscard]] T readForm(const JsonReader &reader, const With &...with) {
  JsonForm form(reader);
  T value{};
  describe(form, value, with...);
  return value;
}

// Reads an object that may hold the keys of T and no other. Throws Error naming `place` and the key.
template <typename T, typename... With>
[[nodiscard]] T readForm(const QJsonObject &object, const QString &place, const With &...with) {
  return readForm<T>(JsonReader(object, place, keysOf<T>(with...)), with...);
}

template <typename T, typename... With>
[[nodiscard]] QJsonObject writtenForm(T value, const With &...with) {
  JsonForm form(learntForm<T>(with...).m_written);
  describe(form, value, with...);
  return form.m_written;
}

template <typename T, typename... With>
auto JsonForm::writer(const With &...with) {
  return [&](const T &value) { return writtenForm<T>(value, with...); };
}

template <typename T, typename... With>
auto JsonForm::reader(const With &...with) {
  return [&](const QJsonObject &json, const QString &place) { return readForm<T>(json, place, with...); };
}

template <typename T, typename... With>
void JsonForm::parts(const char *key, std::vector<T> &values, qsizetype longest, const With &...with) {
  const auto read = [&](const QJsonObject &json, const QString &) {
    return readForm<T>(json, QStringLiteral("%1 %2").arg(placeOf(key)).arg(values.size() + 1), with...);
  };
  list(key, values, writer<T>(with...), read, longest);
}

}  // namespace pimento

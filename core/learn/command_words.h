// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <map>
#include <optional>
#include <vector>

namespace pimento::learn {

[[nodiscard]] QStringList namesOf(std::initializer_list<const char *> names);

// The words behind a command's name: "--name value" for `options`, "--name" for `flags`, else positional ones.
// Throws Error naming what is unknown, given twice or lacks its value.
class CommandWords {
 public:
  CommandWords(const QString &command, const QStringList &words, const QStringList &options, const QStringList &flags);

  [[nodiscard]] bool has(const char *name) const { return m_values.contains(QLatin1String(name)); }
  [[nodiscard]] QString value(const char *name, const QString &otherwise = {}) const;
  [[nodiscard]] QString required(const char *name) const;  // throws Error if it was not given
  [[nodiscard]] int whole(const char *name, int otherwise, int least, int most) const;
  [[nodiscard]] std::vector<double> numbers(const char *name, double least, double most) const;  // "0.1,0.2,0.3"
  [[nodiscard]] QString choice(const char *name, const QStringList &known) const;  // the first if it was not given
  [[nodiscard]] const QStringList &positional() const { return m_positional; }

  [[noreturn]] void fail(const QString &problem, const QString &remedy) const;

 private:
  QString m_place;
  std::map<QString, QString> m_values;
  QStringList m_positional;
};

}  // namespace pimento::learn

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <exception>
#include <string>

namespace pimento {

// The one exception of the project: what is wrong, where, and what to do about it, in one line
// "place: problem; remedy". Thrown anywhere, caught only at the edges (command line, open, save, job).
class Error : public std::exception {
 public:
  Error(const QString &place, const QString &problem, const QString &remedy = {});

  [[nodiscard]] const QString &message() const { return m_message; }
  [[nodiscard]] const char *what() const noexcept override { return m_utf8.c_str(); }

 private:
  QString m_message;
  std::string m_utf8;
};

// A value a user typed, made safe to quote in a message: control characters dropped, cut at 60 characters.
[[nodiscard]] QString quoted(const QString &value);

// Remedy for an unknown word: "known: a, b, c" (twelve at most), with the closest word first when it is a likely slip.
[[nodiscard]] QString knownWords(const QString &given, const QStringList &known);

}  // namespace pimento

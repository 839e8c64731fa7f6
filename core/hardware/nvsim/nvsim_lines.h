// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>
#include <QStringList>
#include <span>
#include <vector>

#include "core/base/report_table.h"

namespace pimento {

// One line "-Key (unit): value" of an NVSim file.
struct NvsimLine {
  int number = 0;
  QString key;
  QString unit;  // empty: none
  QString value;
};

// Splits a file; blank lines and lines that begin with // or # are left out. Throws Error for anything else, for a key
// given twice and for files above 64 KB.
[[nodiscard]] std::vector<NvsimLine> nvsimLines(const QByteArray &data, const QString &place);

// A key that takes a number, and where it goes.
template <class Target>
struct NvsimNumber {
  const char *key;
  const char *unit;
  double low;
  double high;
  double Target::*member;
  bool whole = false;
};

// A key that takes a word. Words after `accepted` are NVSim's too but ask for a circuit that is not modelled.
struct NvsimWord {
  const char *key;
  QStringList accepted;
  QStringList unsupported;
};

// What stands in a line, checked. All throw Error with the line's number.
class NvsimLineReader {
 public:
  NvsimLineReader(QString place, const NvsimLine &line) : m_place(std::move(place)), m_line(line) {}
  [[nodiscard]] double number(const char *unit, double low, double high, bool whole) const;
  [[nodiscard]] int word(const NvsimWord &key) const;  // index into accepted
  void expectUnit(const char *unit) const;
  [[noreturn]] void fail(const QString &problem, const QString &remedy = {}) const;

 private:
  QString m_place;
  const NvsimLine &m_line;
};

// A row of the list of keys: a number's range, a word's choices; words that ask for another circuit are named refused.
[[nodiscard]] std::vector<Cell> nvsimKeyRow(const char *file, const char *key, const QString &unit,
                                            const QString &takes, const QString &effect = QStringLiteral("read"));
[[nodiscard]] std::vector<Cell> nvsimWordRow(const char *file, const NvsimWord &word);

}  // namespace pimento

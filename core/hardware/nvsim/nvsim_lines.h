// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>
#include <QStringList>
#include <cstdint>
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

// Splits a file; blank lines, comments behind // or # and lines of them alone are left out (in a file's name, where a
// space stands before them). Throws Error for anything else, for a key given twice and for files above 64 KB.
[[nodiscard]] std::vector<NvsimLine> nvsimLines(const QByteArray &data, const QString &place);

// Whole: no fraction; Signed: the sign is dropped; Supply: that, or the word "vdd" for the supply (NvsimSupply).
enum class NvsimTakes : std::uint8_t { Any, Whole, Signed, Supply };

// A key that takes a number, and where it goes.
struct NvsimRange {
  const char *unit;
  double low;
  double high;
  NvsimTakes takes = NvsimTakes::Any;
};
template <class Target>
struct NvsimNumber {
  const char *key;
  const char *unit;
  double low;
  double high;
  double Target::*member;
  NvsimTakes takes = NvsimTakes::Any;
  operator NvsimRange() const { return {unit, low, high, takes}; }  // NOLINT: a key is a range with a name
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
  [[nodiscard]] double number(const NvsimRange &range) const;
  [[nodiscard]] int word(const NvsimWord &key) const;  // index into accepted
  void expectUnit(const char *unit) const;
  [[noreturn]] void fail(const QString &problem, const QString &remedy = {}) const;

 private:
  QString m_place;
  const NvsimLine &m_line;
};

// What a number's range is in words.
[[nodiscard]] QString nvsimTakes(const NvsimRange &range);

// A row of the list of keys: a number's range, a word's choices; words that ask for another circuit are named refused.
[[nodiscard]] std::vector<Cell> nvsimKeyRow(const char *file, const char *key, const QString &unit,
                                            const QString &takes, const QString &effect = QStringLiteral("read"));
[[nodiscard]] std::vector<Cell> nvsimWordRow(const char *file, const NvsimWord &word);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_lines.h"

#include <QSet>
#include <cmath>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/hardware/nvsim/nvsim_files.h"

namespace pimento {

namespace {

constexpr qsizetype MaxBytes = 1 << 16;
constexpr qsizetype MaxLine = 1000;

QString placeOf(const QString &place, int line) { return QStringLiteral("%1, line %2").arg(place).arg(line); }

// Without a comment at its end. A file's name may hold // or #: there a space stands before a comment.
QString withoutComment(const QString &text) {
  const bool path =
      text.startsWith(QStringLiteral("-MemoryCellInputFile")) || text.startsWith(QStringLiteral("-OutputFilePrefix"));
  for (qsizetype i = 0; i < text.size(); ++i) {
    const bool starts =
        text[i] == QLatin1Char('#') || (text[i] == QLatin1Char('/') && text.mid(i, 2) == QStringLiteral("//"));
    if (starts && (!path || i == 0 || text[i - 1].isSpace())) return text.left(i).trimmed();
  }
  return text;
}

NvsimLine parse(const QString &text, int number, const QString &place) {
  const qsizetype colon = text.indexOf(QLatin1Char(':'));
  if (!text.startsWith(QLatin1Char('-')) || colon < 0)
    throw Error(placeOf(place, number), QStringLiteral("%1 is not a setting").arg(quoted(text)),
                QStringLiteral("lines are \"-Key (unit): value\", comments begin with //"));
  NvsimLine line{number, text.mid(1, colon - 1).trimmed(), {}, text.mid(colon + 1).trimmed()};
  const qsizetype open = line.key.indexOf(QLatin1Char('('));
  if (open >= 0) {
    if (!line.key.endsWith(QLatin1Char(')')))
      throw Error(placeOf(place, number), QStringLiteral("the unit of %1 is not closed").arg(quoted(line.key)),
                  QStringLiteral("write \"-Key (unit): value\""));
    line.unit = line.key.mid(open + 1, line.key.size() - open - 2).trimmed();
    line.key = line.key.left(open).trimmed();
  }
  if (line.key.isEmpty() || line.value.isEmpty())
    throw Error(placeOf(place, number), line.key.isEmpty() ? QStringLiteral("the setting has no name")
                                                           : QStringLiteral("%1 has no value").arg(quoted(line.key)));
  return line;
}

}  // namespace

std::vector<NvsimLine> nvsimLines(const QByteArray &data, const QString &place) {
  if (data.size() > MaxBytes)
    throw Error(place, QStringLiteral("has more than %1 bytes").arg(MaxBytes),
                QStringLiteral("NVSim's files have about a thousand"));
  std::vector<NvsimLine> lines;
  QSet<QString> seen;
  int number = 0;
  for (const QByteArray &raw : data.split('\n')) {
    ++number;
    const QString whole = QString::fromUtf8(raw).trimmed();
    if (whole.size() > MaxLine)
      throw Error(placeOf(place, number), QStringLiteral("has more than %1 characters").arg(MaxLine));
    const QString text = withoutComment(whole);
    if (text.isEmpty()) continue;
    lines.push_back(parse(text, number, place));
    const QString &key = lines.back().key;
    if (seen.contains(key))
      throw Error(placeOf(place, number), QStringLiteral("%1 is given twice").arg(quoted(key)),
                  QStringLiteral("keep one of them"));
    seen.insert(key);
  }
  return lines;
}

void NvsimLineReader::fail(const QString &problem, const QString &remedy) const {
  throw Error(placeOf(m_place, m_line.number), problem, remedy);
}

void NvsimLineReader::expectUnit(const char *unit) const {
  const QString wanted = QString::fromLatin1(unit);
  if (m_line.unit == wanted) return;
  const QString given = m_line.unit.isEmpty() ? QStringLiteral("no unit") : QStringLiteral("(%1)").arg(m_line.unit);
  fail(QStringLiteral("%1 stands with %2").arg(m_line.key, quoted(given)),
       wanted.isEmpty() ? QStringLiteral("it has no unit") : QStringLiteral("its unit is (%1)").arg(wanted));
}

double NvsimLineReader::number(const NvsimRange &r) const {
  expectUnit(r.unit);
  if (r.takes == NvsimTakes::Supply && m_line.value == QStringLiteral("vdd")) return NvsimSupply;
  bool ok = false;
  double value = m_line.value.toDouble(&ok);
  if (!ok) fail(QStringLiteral("%1 = %2 is not a number").arg(m_line.key, quoted(m_line.value)));
  if (r.takes == NvsimTakes::Signed || r.takes == NvsimTakes::Supply) value = std::abs(value);
  if (!(value >= r.low && value <= r.high) || (r.takes == NvsimTakes::Whole && value != std::floor(value)))
    fail(QStringLiteral("%1 = %2").arg(m_line.key, exactNumber(value)),
         QStringLiteral("give %1%2 to %3")
             .arg(r.takes == NvsimTakes::Whole ? QStringLiteral("a whole number, ") : QString(), exactNumber(r.low),
                  exactNumber(r.high)));
  return value;
}

int NvsimLineReader::word(const NvsimWord &key) const {
  expectUnit("");
  const qsizetype found = key.accepted.indexOf(m_line.value);
  if (found >= 0) return static_cast<int>(found);
  if (key.unsupported.contains(m_line.value))
    fail(QStringLiteral("%1: %2 is not modelled").arg(m_line.key, m_line.value),
         QStringLiteral("modelled: %1").arg(key.accepted.join(QStringLiteral(", "))));
  fail(QStringLiteral("%1: unknown word %2").arg(m_line.key, quoted(m_line.value)),
       knownWords(m_line.value, key.accepted + key.unsupported));
}

QString nvsimTakes(const NvsimRange &r) {
  const QString range = QStringLiteral("%1 to %2").arg(exactNumber(r.low), exactNumber(r.high));
  switch (r.takes) {
    case NvsimTakes::Whole:
      return range + QStringLiteral(", whole");
    case NvsimTakes::Signed:
      return range + QStringLiteral(", either sign");
    case NvsimTakes::Supply:
      return range + QStringLiteral(", either sign, or vdd");
    case NvsimTakes::Any:
      break;
  }
  return range;
}

std::vector<Cell> nvsimKeyRow(const char *file, const char *key, const QString &unit, const QString &takes,
                              const QString &effect) {
  return {QString::fromLatin1(file), QLatin1Char('-') + QString::fromLatin1(key), unit, takes, effect};
}

std::vector<Cell> nvsimWordRow(const char *file, const NvsimWord &word) {
  QString takes = word.accepted.join(QStringLiteral(", "));
  if (!word.unsupported.isEmpty())
    takes += QStringLiteral(" (refused: %1)").arg(word.unsupported.join(QStringLiteral(", ")));
  return nvsimKeyRow(
      file, word.key, {}, takes,
      word.accepted.size() == 1 ? QStringLiteral("checked: the one circuit that is modelled") : QStringLiteral("read"));
}

ReportTable nvsimKeys() {
  ReportTable table;
  for (const char *name : {"file", "key", "unit", "takes", "effect"}) table.columns << QString::fromLatin1(name);
  addCellKeys(table);
  addConfigKeys(table);
  return table;
}

}  // namespace pimento

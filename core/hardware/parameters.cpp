// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/parameters.h"

#include <cmath>

#include "core/base/error.h"
#include "core/base/format.h"

namespace pimento {

static QString named(const Parameter &p) { return QString::fromLatin1(p.key); }

const Parameter &requireParameter(const QString &key, const QString &place) {
  QStringList known;
  for (const Parameter &p : parameters()) {
    if (key == QLatin1String(p.key)) return p;
    known << named(p);
  }
  throw Error(place, QStringLiteral("unknown parameter %1").arg(quoted(key)), knownWords(key, known));
}

QString valueText(const Parameter &p, double value) {
  if (!p.words.empty()) return QString::fromLatin1(p.words[static_cast<std::size_t>(value)]);
  return exactNumber(value);
}

QString rangeText(const Parameter &p) {
  if (p.words.empty()) return QStringLiteral("%1 to %2").arg(exactNumber(p.minimum), exactNumber(p.maximum));
  QStringList words;
  for (const char *w : p.words) words << QString::fromLatin1(w);
  return words.join(QStringLiteral(", "));
}

void setParameter(Accelerator &accelerator, const Parameter &p, double value, const QString &place) {
  const bool inside = value >= p.minimum && value <= p.maximum;  // false for NaN
  if (!inside || (p.whole && value != std::floor(value)))
    throw Error(
        place, QStringLiteral("%1 = %2").arg(named(p), exactNumber(value)),
        QStringLiteral("give %1%2").arg(p.whole ? QStringLiteral("a whole number, ") : QString(), rangeText(p)));
  p.put(accelerator, value);
}

// Switches are on or off; scripts write them as true and false too.
static QString asSwitch(const QString &text) {
  if (text == QStringLiteral("true") || text == QStringLiteral("yes")) return QStringLiteral("on");
  if (text == QStringLiteral("false") || text == QStringLiteral("no")) return QStringLiteral("off");
  return text;
}

static void setWord(Accelerator &accelerator, const Parameter &p, const QString &typed, const QString &place) {
  const QString text = QLatin1String(p.words.front()) == QLatin1String("off") ? asSwitch(typed) : typed;
  QStringList known;
  for (std::size_t i = 0; i < p.words.size(); ++i) {
    known << QString::fromLatin1(p.words[i]);
    if (text == known.back()) return p.put(accelerator, static_cast<double>(i));
  }
  throw Error(place, QStringLiteral("%1 = %2").arg(named(p), quoted(text)), knownWords(text, known));
}

void setParameter(Accelerator &accelerator, const QString &assignment, const QString &place) {
  const qsizetype equals = assignment.indexOf(QLatin1Char('='));
  if (equals < 0)
    throw Error(place, QStringLiteral("%1 sets nothing").arg(quoted(assignment)),
                QStringLiteral("write key=value, as in power_cap_w=1"));
  const Parameter &p = requireParameter(assignment.left(equals), place);
  const QString text = assignment.mid(equals + 1);
  const double before = p.get(accelerator);
  if (p.words.empty()) {
    bool ok = false;
    const double value = text.toDouble(&ok);
    if (!ok)
      throw Error(place, QStringLiteral("%1 = %2 is not a number").arg(named(p), quoted(text)),
                  QStringLiteral("give %1").arg(rangeText(p)));
    setParameter(accelerator, p, value, place);
  } else {
    setWord(accelerator, p, text, place);
  }
  if (p.get(accelerator) != before) accelerator.sources.insert(named(p), place);
}

QString sourceOf(const Accelerator &accelerator, const Parameter &p) {
  const auto own = accelerator.sources.constFind(named(p));
  if (own != accelerator.sources.constEnd()) return *own;
  static const Accelerator defaults;
  if (p.get(accelerator) == p.get(defaults)) return QString::fromUtf8(p.source);
  return QStringLiteral("profile %1").arg(accelerator.name);
}

Kind kindOf(const Accelerator &accelerator, const Parameter &p) {
  static const Accelerator defaults;
  return p.get(accelerator) == p.get(defaults) ? p.kind : Kind::Estimated;
}

ReportTable parameterReport(const Accelerator &accelerator) {
  ReportTable table;
  for (const char *name : {"section", "parameter", "value", "unit", "range", "kind", "source", "meaning"})
    table.columns << QString::fromLatin1(name);
  for (const Parameter &p : parameters())
    table.rows.push_back({QString::fromLatin1(p.section), named(p), valueText(p, p.get(accelerator)),
                          QString::fromUtf8(p.unit), rangeText(p), kindName(kindOf(accelerator, p)),
                          sourceOf(accelerator, p), QString::fromUtf8(p.meaning)});
  return table;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/parameter_labels.h"

#include <QHash>
#include <QSet>

#include "app/session/labels.h"
#include "core/base/escaping.h"
#include "core/base/format.h"

namespace pimento {

namespace {

constexpr std::size_t MostNamed = 3;

// Last words of keys that say no more than the unit does.
const QSet<QString> &unitWords() {
  static const QSet<QString> words = [] {
    const QString list = QStringLiteral(
        "k c nm um um2 mm mm2 cm m m2 a per j ohm uohm mohm kohm ns ps us s v mv uv ua ma w mw uw nw ff pf af fj pj nj "
        "pct mbit ghz mhz hz bit bits cell cycles f f2");
    const QStringList split = list.split(QLatin1Char(' '));
    return QSet<QString>(split.begin(), split.end());
  }();
  return words;
}

QString capitals(const QString &word) {
  static const QHash<QString, QString> known{
      {QStringLiteral("tmr"), QStringLiteral("TMR")},   {QStringLiteral("ra"), QStringLiteral("RA")},
      {QStringLiteral("hall"), QStringLiteral("Hall")}, {QStringLiteral("nvsim"), QStringLiteral("NVSim")},
      {QStringLiteral("dpu"), QStringLiteral("DPU")},   {QStringLiteral("fo4"), QStringLiteral("FO4")},
      {QStringLiteral("vdd"), QStringLiteral("Vdd")},   {QStringLiteral("gpu"), QStringLiteral("GPU")}};
  return known.value(word, word);
}

QStringList wordsOf(const Parameter &p) {
  QStringList words = QString::fromLatin1(p.key).split(QLatin1Char('_'));
  while (p.unit[0] != '\0' && words.size() > 1 && unitWords().contains(words.last())) words.removeLast();
  return words;
}

QString bareTitle(const Parameter &p) {
  QStringList words = wordsOf(p);
  for (QString &word : words) word = capitals(word);
  return words.join(QLatin1Char(' '));
}

// What tells the time, the energy and the area of one thing apart.
QString quantityOf(const Parameter &p) {
  const QString unit = QString::fromUtf8(p.unit);
  if (unit == QStringLiteral("ns") || unit == QStringLiteral("ps")) return QStringLiteral("time");
  if (unit.startsWith(QStringLiteral("pJ")) || unit.startsWith(QStringLiteral("fJ"))) return QStringLiteral("energy");
  if (unit == QStringLiteral("µm²")) return QStringLiteral("area");
  if (unit.startsWith(QStringLiteral("fF"))) return QStringLiteral("capacitance");
  if (unit.startsWith(QStringLiteral("Ω"))) return QStringLiteral("resistance");
  if (unit.endsWith(QStringLiteral("W"))) return QStringLiteral("power");
  return unit;
}

const QHash<QString, QString> &titles() {
  static const QHash<QString, QString> all = [] {
    QHash<QString, int> uses;
    for (const Parameter &p : parameters()) ++uses[bareTitle(p)];
    QHash<QString, QString> named;
    for (const Parameter &p : parameters()) {
      QString title = bareTitle(p);
      if (uses[title] > 1) title += QLatin1Char(' ') + quantityOf(p);
      named.insert(QString::fromLatin1(p.key), title);
    }
    return named;
  }();
  return all;
}

}  // namespace

QString parameterInSentence(const Parameter &p) { return titles().value(QString::fromLatin1(p.key)); }

QString parameterTitle(const Parameter &p) {
  QString title = parameterInSentence(p);
  title[0] = title[0].toUpper();
  return title;
}

QString parameterValue(const Parameter &p, double value) {
  if (!p.words.empty()) return valueText(p, value);
  if (value == LetGo) return QStringLiteral("what follows");
  const QString unit = QString::fromUtf8(p.unit);
  return unit.isEmpty() ? fourDigits(value) : fourDigits(value) + QChar(QChar::Nbsp) + unit;
}

QString sectionTitle(const QString &section) {
  if (section == QStringLiteral("sensing")) return QStringLiteral("Sense");
  return section.isEmpty() ? section : section.at(0).toUpper() + section.mid(1);
}

QString parameterTip(const Accelerator &accelerator, const Parameter &p) {
  const Kind kind = kindOf(accelerator, p);
  return QStringLiteral("<p>%1</p><p>%2: %3 (%4 %5)<br>Source: %6<br>Range: %7%8<br>Key: %9</p>")
      .arg(htmlEscaped(QString::fromUtf8(p.meaning)), htmlEscaped(accelerator.name),
           htmlEscaped(parameterValue(p, p.get(accelerator))), kindGlyph(kind), kindName(kind),
           htmlEscaped(sourceOf(accelerator, p)), rangeText(p),
           p.unit[0] == '\0' ? QString() : QLatin1Char(' ') + QString::fromUtf8(p.unit), QString::fromLatin1(p.key));
}

QString changesText(const Accelerator &base, const ParameterChanges &changes) {
  if (changes.size() > MostNamed) return QStringLiteral("%1 parameters changed").arg(changes.size());
  QStringList parts;
  for (const auto &[key, value] : changes) {
    const Parameter &p = requireParameter(key, QStringLiteral("what-if"));
    parts << QStringLiteral("%1 %2 (was %3)")
                 .arg(parameterInSentence(p), parameterValue(p, value), parameterValue(p, p.get(base)));
  }
  if (parts.size() < 2) return parts.join(QString());
  const QString last = parts.takeLast();
  return parts.join(QStringLiteral(", ")) + QStringLiteral(" and ") + last;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/parameters.h"

#include <cmath>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/likely_word.h"
#include "core/base/typed_number.h"

namespace pimento {

static QString named(const Parameter &p) { return QString::fromLatin1(p.key); }

// What people write for parameters whose keys do not begin like that.
struct Word {
  const char *word;
  const char *key;
};
constexpr Word WordTexts[] = {
    {"r_p", "parallel_resistance_ohm"},
    {"rp", "parallel_resistance_ohm"},
    {"r_low", "parallel_resistance_ohm"},
    {"ra", "ra_ohm_um2"},
    {"resistance_area", "ra_ohm_um2"},
    {"r_access", "access_ohm"},
    {"ms", "saturation_magnetisation_a_per_m"},
    {"ki", "interface_anisotropy_j_per_m2"},
    {"alpha", "damping"},
    {"theta_sh", "spin_hall_angle"},
    {"lambda_sf", "spin_diffusion_length_nm"},
    {"delta", "fixed_stability"},
    {"stability", "fixed_stability"},
    {"write_current", "fixed_write_current_ua"},
    {"pulse", "write_pulse_ns"},
    {"t_pulse", "write_pulse_ns"},
    {"wer", "write_error_target"},
    {"endurance", "endurance_cycles"},
    {"cols", "columns"},
    {"node", "feature_nm"},
    {"technology", "feature_nm"},
    {"process", "feature_nm"},
    {"leakage", "logic_leakage_nw_per_um2"},
    {"power", "power_cap_w"},
    {"mux", "column_mux"},
    {"lanes", "dpu_lanes"},
};

// The parameter that was likely meant: by another word for it, by a slip of the fingers, or by a part of its key.
static QString likelyParameter(const QString &given, const QStringList &known) {
  for (const Word &w : WordTexts)
    if (given.compare(QLatin1String(w.word), Qt::CaseInsensitive) == 0) return QString::fromLatin1(w.key);
  if (given.size() > 60) return {};
  if (const QString likely = likelyWord(given, known); !likely.isEmpty()) return likely;
  for (const QString &key : known)
    if (given.size() >= 3 && key.contains(given, Qt::CaseInsensitive)) return key;
  return {};
}

const Parameter &requireParameter(const QString &key, const QString &place) {
  QStringList known;
  for (const Parameter &p : parameters()) {
    if (key == QLatin1String(p.key)) return p;
    known << named(p);
  }
  const QString likely = likelyParameter(key, known);
  throw Error(place, QStringLiteral("unknown parameter %1").arg(quoted(key)),
              (likely.isEmpty() ? QString() : QStringLiteral("did you mean \"%1\"? ").arg(likely)) +
                  QStringLiteral("pimento estimate --parameters lists all %1").arg(known.size()));
}

void refuseBothForms(const Parameter &p, const std::function<bool(const QString &)> &given, const QString &place) {
  if (p.otherForm && given(QString::fromLatin1(p.otherForm)))
    throw Error(place, QStringLiteral("both %1 and %2 are given").arg(named(p), QString::fromLatin1(p.otherForm)),
                QStringLiteral("they are two forms of one value: give one"));
}

QString valueText(const Parameter &p, double value) {
  if (!p.words.empty()) return QString::fromLatin1(p.words[static_cast<std::size_t>(value)]);
  return exactNumber(value);
}

QString valueText(const Parameter &p, const Accelerator &accelerator) {
  if (p.word != nullptr) return QString::fromLatin1(p.word(accelerator));
  return valueText(p, p.get(accelerator));
}

static QString rangeWithUnit(const Parameter &p) {
  const QString unit = QString::fromUtf8(p.unit);
  return unit.isEmpty() ? rangeText(p) : rangeText(p) + QLatin1Char(' ') + unit;
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
        QStringLiteral("give %1%2").arg(p.whole ? QStringLiteral("a whole number, ") : QString(), rangeWithUnit(p)));
  p.put(accelerator, value);
}

// Switches are on or off; scripts write them as true and false too.
static QString asSwitch(const QString &text) {
  if (text == QStringLiteral("true") || text == QStringLiteral("yes")) return QStringLiteral("on");
  if (text == QStringLiteral("false") || text == QStringLiteral("no")) return QStringLiteral("off");
  return text;
}

bool follows(const Accelerator &accelerator, const Parameter &p) { return p.follows && p.follows(accelerator); }

void copyParameter(Accelerator &to, const Accelerator &from, const Parameter &p) {
  if (!follows(from, p))
    p.put(to, p.get(from));
  else if (p.release)
    p.release(to);
}

static void letGo(Accelerator &accelerator, const Parameter &p) {
  p.release(accelerator);
  accelerator.sources.remove(named(p));
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
  if (p.release && text == QLatin1String(Follow)) return letGo(accelerator, p);
  const bool followed = follows(accelerator, p);
  const double before = p.get(accelerator);
  if (p.words.empty()) {
    const TypedNumber number = typedNumber(text);
    const auto value = number.value();
    if (!value)
      throw Error(place, QStringLiteral("%1 = %2 is not a number").arg(named(p), quoted(text)),
                  number.problem.isEmpty() ? QStringLiteral("give %1").arg(rangeWithUnit(p)) : number.problem);
    setParameter(accelerator, p, *value, place);
  } else {
    setWord(accelerator, p, text, place);
  }
  if (followed || p.get(accelerator) != before) accelerator.sources.insert(named(p), place);
}

QString sourceOf(const Accelerator &accelerator, const Parameter &p) {
  const auto own = accelerator.sources.constFind(named(p));
  if (own != accelerator.sources.constEnd()) return *own;
  static const Accelerator defaults;
  if (follows(accelerator, p) || p.get(accelerator) == p.get(defaults)) return QString::fromUtf8(p.source);
  return QStringLiteral("profile %1").arg(accelerator.name);
}

Kind kindOf(const Accelerator &accelerator, const Parameter &p) {
  static const Accelerator defaults;
  if (p.otherForm && follows(accelerator, p)) return Kind::Derived;
  return follows(accelerator, p) || p.get(accelerator) == p.get(defaults) ? p.kind : Kind::Estimated;
}

ReportTable parameterReport(const Accelerator &accelerator) {
  ReportTable table;
  for (const char *name : {"section", "parameter", "value", "unit", "range", "kind", "source", "meaning"})
    table.columns << QString::fromLatin1(name);
  for (const Parameter &p : parameters())
    table.rows.push_back({QString::fromLatin1(p.section), named(p), valueText(p, accelerator),
                          QString::fromUtf8(p.unit), rangeText(p), kindName(kindOf(accelerator, p)),
                          sourceOf(accelerator, p), QString::fromUtf8(p.meaning)});
  return table;
}

}  // namespace pimento

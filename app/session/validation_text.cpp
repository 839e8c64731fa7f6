// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/validation_text.h"

#include <QRegularExpression>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/escaping.h"
#include "core/base/format.h"

namespace pimento {

namespace {

constexpr double LargestShown = 1e9;  // of the open side of a bound

// A number and its unit are not broken into two lines.
QString keptTogether(QString text) {
  static const QRegularExpression gap(QStringLiteral("(\\d) (?=\\S{1,3}\\b)"));
  return text.replace(gap, QStringLiteral("\\1") + QChar(QChar::Nbsp));
}

// Two zeros are equal; another number over zero has no ratio.
double shownRatio(const CheckResult &result) {
  if (result.theirs != 0) return result.ratio();
  return result.ours == 0 ? 1 : std::numeric_limits<double>::quiet_NaN();
}

// Within which ratios the check agrees: its tolerance around the value or the ends of a range, and three standard
// deviations of a sample. A bound has no end on its open side.
std::optional<Interval> toleratedRatios(const CheckResult &result) {
  if (result.theirs == 0 || !result.scored) return std::nullopt;
  const double slack = 3 * result.deviation / std::abs(result.theirs);
  const Interval ends = result.theirsRange.value_or(Interval{result.theirs, result.theirs});
  if (result.tolerance == 0 && slack == 0 && ends.low == ends.high) return std::nullopt;  // equal or not
  return Interval{ends.low / result.theirs * (1 - result.tolerance) - slack,
                  std::min(ends.high / result.theirs * (1 + result.tolerance) + slack, LargestShown)};
}

// How far off, the same for half and double, from the nearer end of a range; what has no ratio is farthest.
double distance(const CheckResult &result) {
  double ratio = shownRatio(result);
  if (result.theirsRange && result.ours > result.theirsRange->high) ratio = result.ours / result.theirsRange->high;
  if (result.theirsRange && result.ours < result.theirsRange->low) ratio = result.ours / result.theirsRange->low;
  return ratio > 0 ? std::abs(std::log(ratio)) : std::numeric_limits<double>::infinity();
}

// A read has a time and an energy: with its unit where the name alone does not tell.
QString nameAmong(const std::vector<CheckResult> &results, const CheckResult &result) {
  const auto alike = std::ranges::count_if(
      results, [&](const CheckResult &other) { return other.group == result.group && other.check == result.check; });
  if (alike < 2 || result.unit.isEmpty()) return keptTogether(result.check);
  return keptTogether(QStringLiteral("%1 (%2)").arg(result.check, result.unit));
}

QString withUnit(double value, const QString &unit) {
  if (!std::isfinite(value)) return QStringLiteral("n/a");
  return unit.isEmpty() ? fourDigits(value) : fourDigits(value) + QChar(QChar::Nbsp) + unit;
}

QString oursText(const CheckResult &r) {
  if (!r.oursRange) return withUnit(r.ours, r.unit);
  return QStringLiteral("%1 (%2 to %3)")
      .arg(withUnit(r.ours, r.unit), fourDigits(r.oursRange->low), fourDigits(r.oursRange->high));
}

QString theirsText(const CheckResult &r) {
  if (!r.theirsRange) return withUnit(r.theirs, r.unit);
  if (!std::isfinite(r.theirsRange->high)) return QStringLiteral("at least ") + withUnit(r.theirsRange->low, r.unit);
  if (r.theirsRange->low == 0) return QStringLiteral("at most ") + withUnit(r.theirsRange->high, r.unit);
  return QStringLiteral("%1 to %2").arg(fourDigits(r.theirsRange->low), withUnit(r.theirsRange->high, r.unit));
}

QString ratioText(const CheckResult &result) {
  const double ratio = shownRatio(result);
  if (!std::isfinite(result.ours)) return QStringLiteral("n/a");
  return std::isfinite(ratio) ? fourDigits(ratio) + QLatin1Char('x') : DividesByZero;
}

// What it is evidence of stands above its group.
QString headingOf(const CheckResult &result) {
  const QString title = evidenceTitle(result.evidence);
  return QStringLiteral("%1%2: %3").arg(title.left(1).toUpper(), title.mid(1), result.group);
}

QString sentence(QString text) {
  while (text.endsWith(QLatin1Char('.'))) text.chop(1);
  return text + QLatin1Char('.');
}

}  // namespace

RatioData validationRatios(const std::vector<CheckResult> &results, const QString &part) {
  const QString title = QStringLiteral("The hardware model against what is known");
  RatioData data{.title = part.isEmpty() ? title : QStringLiteral("%1: %2").arg(title, part),
                 .takeaway = validationTakeaway(results),
                 .emptyText = QStringLiteral("No check is done yet."),
                 .axisTitle = QStringLiteral("our value / theirs"),
                 .rows = {},
                 .range = Interval{0.3, 3}};
  for (const CheckResult &result : results)
    data.rows.push_back({.group = headingOf(result),
                         .name = nameAmong(results, result),
                         .ratio = shownRatio(result),
                         .tolerance = toleratedRatios(result),
                         .agreement = !result.scored    ? Agreement::Untested
                                      : result.agrees() ? Agreement::Within
                                                        : Agreement::Outside});
  return data;
}

QString validationTakeaway(const std::vector<CheckResult> &results) {
  if (results.empty()) return {};
  std::vector<const CheckResult *> apart;
  for (const CheckResult &result : results)
    if (result.scored && !result.agrees()) apart.push_back(&result);
  const QString counts = agreementText(results);
  if (apart.empty()) return counts;
  const CheckResult &worst = **std::ranges::max_element(apart, {}, [](const CheckResult *r) { return distance(*r); });
  const QString found =
      QStringLiteral("%1 Farthest off is “%2”, %3").arg(counts, nameAmong(results, worst), ratioText(worst));
  return sentence(worst.reason.isEmpty() ? found : QStringLiteral("%1: %2").arg(found, worst.reason));
}

ReportTable validationSummary(const std::vector<CheckResult> &results) {
  ReportTable table;
  for (const char *name :
       {"check", "ours", "theirs", "ratio", "reason", "agrees", "evidence", "source", "conditions", "group"})
    table.columns << QString::fromLatin1(name);
  table.values = QStringList{QStringLiteral("ours"), QStringLiteral("theirs"), QStringLiteral("ratio")};
  for (const CheckResult &r : results)
    table.rows.push_back({r.check, oursText(r), theirsText(r), ratioText(r), r.reason, agreesWord(r),
                          evidenceTitle(r.evidence), r.source, r.conditions, r.group});
  return table;
}

QString checkDetail(const CheckResult &r) {
  QString text = QStringLiteral("<b>%1</b>: %2 against %3, %4")
                     .arg(htmlEscaped(r.check), htmlEscaped(oursText(r)), htmlEscaped(theirsText(r)), ratioText(r));
  if (!r.scored)
    text += QStringLiteral(", not scored");
  else if (!r.agrees())
    text += QStringLiteral(", outside its tolerance");
  text = sentence(text);
  if (!r.conditions.isEmpty()) text += QStringLiteral(" <b>Ours is for</b> ") + htmlEscaped(sentence(r.conditions));
  if (!r.reason.isEmpty()) text += QStringLiteral(" <b>Reason:</b> ") + htmlEscaped(sentence(r.reason));
  if (!r.source.isEmpty()) text += QStringLiteral(" <b>Source:</b> ") + htmlEscaped(sentence(r.source));
  return text;
}

QString stoppedText(std::size_t done, std::size_t all, std::size_t shown) {
  if (shown == 0) return QStringLiteral("Stopped before the first check was done.");
  if (done == 0) return QStringLiteral("Stopped; showing the earlier run.");
  if (shown > done)
    return QStringLiteral("Stopped after %1 of %2 checks; the others are of the earlier run.").arg(done).arg(all);
  return QStringLiteral("Stopped after %1 of %2 checks.").arg(done).arg(all);
}

}  // namespace pimento

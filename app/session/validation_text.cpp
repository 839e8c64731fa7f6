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

// Within which ratios the check agrees: its tolerance, and three standard deviations of a sample.
std::optional<Interval> toleratedRatios(const CheckResult &result) {
  if (result.theirs == 0) return std::nullopt;
  const double half = result.tolerance + 3 * result.deviation / std::abs(result.theirs);
  if (half == 0) return std::nullopt;  // equal or not
  return Interval{1 - half, 1 + half};
}

// How far off, the same for half and double; what has no ratio is farthest.
double distance(const CheckResult &result) {
  const double ratio = shownRatio(result);
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
  return unit.isEmpty() ? fourDigits(value) : fourDigits(value) + QChar(QChar::Nbsp) + unit;
}

QString ratioText(const CheckResult &result) {
  const double ratio = shownRatio(result);
  return std::isfinite(ratio) ? fourDigits(ratio) + QLatin1Char('x') : DividesByZero;
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
    data.rows.push_back({.group = result.group,
                         .name = nameAmong(results, result),
                         .ratio = shownRatio(result),
                         .tolerance = toleratedRatios(result),
                         .agreement = result.agrees() ? Agreement::Within : Agreement::Outside});
  return data;
}

QString validationTakeaway(const std::vector<CheckResult> &results) {
  if (results.empty()) return {};
  std::vector<const CheckResult *> apart;
  for (const CheckResult &result : results)
    if (!result.agrees()) apart.push_back(&result);
  if (apart.empty()) return QStringLiteral("All %1 checks agree within their tolerance.").arg(results.size());
  const CheckResult &worst = **std::ranges::max_element(apart, {}, [](const CheckResult *r) { return distance(*r); });
  const QString found = QStringLiteral("%1 of %2 checks agree within their tolerance. Farthest off is “%3”, %4")
                            .arg(results.size() - apart.size())
                            .arg(results.size())
                            .arg(nameAmong(results, worst), ratioText(worst));
  return sentence(worst.reason.isEmpty() ? found : QStringLiteral("%1: %2").arg(found, worst.reason));
}

ReportTable validationSummary(const std::vector<CheckResult> &results) {
  ReportTable table;
  for (const char *name : {"check", "ours", "theirs", "ratio", "reason", "agrees", "source", "group"})
    table.columns << QString::fromLatin1(name);
  table.values = QStringList{QStringLiteral("ours"), QStringLiteral("theirs"), QStringLiteral("ratio")};
  for (const CheckResult &r : results)
    table.rows.push_back({r.check, withUnit(r.ours, r.unit), withUnit(r.theirs, r.unit), ratioText(r), r.reason,
                          r.agrees() ? QStringLiteral("yes") : QStringLiteral("no"), r.source, r.group});
  return table;
}

QString checkDetail(const CheckResult &r) {
  QString text = QStringLiteral("<b>%1</b>: %2 against %3, %4")
                     .arg(htmlEscaped(r.check), htmlEscaped(withUnit(r.ours, r.unit)),
                          htmlEscaped(withUnit(r.theirs, r.unit)), ratioText(r));
  if (!r.agrees()) text += QStringLiteral(", outside its tolerance");
  text = sentence(text);
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

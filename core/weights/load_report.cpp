// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/load_report.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <algorithm>
#include <vector>

#include "core/base/error.h"

namespace pimento {

namespace {

struct ReportPart {
  const char *key;
  QStringList LoadReport::*names;
  const char *what;
};

// `loaded` is told as a number: those are the network's own names.
const ReportPart Parts[] = {
    {"missing", &LoadReport::missing, "missing: the network keeps its first values there"},
    {"other_shape", &LoadReport::otherShape, "of another shape: not read"},
    {"foreign", &LoadReport::foreign, "of layers that the network does not have: it computes something else"},
    {"left_over", &LoadReport::leftOver, "left over: of no use to the network"},
    {"ignored", &LoadReport::ignored, "ignored, as asked for"},
};

// A file may have a hundred thousand strange tensors.
void remove(QStringList &names, const QStringList &without) {
  const QSet<QString> unwanted(without.begin(), without.end());
  names.removeIf([&](const QString &name) { return unwanted.contains(name); });
}

// What is foreign is left over too, and said once.
QStringList namesOf(const LoadReport &report, const ReportPart &part) {
  QStringList names = report.*part.names;
  if (part.names == &LoadReport::leftOver) remove(names, report.foreign);
  return names;
}

std::vector<QRegularExpression> expressionsOf(const QStringList &patterns) {
  std::vector<QRegularExpression> expressions;
  for (const QString &pattern : patterns) {
    QString expression = QRegularExpression::escape(pattern);
    expression.replace(QStringLiteral("\\*"), QStringLiteral(".*"));
    expression.replace(QStringLiteral("\\?"), QStringLiteral("."));
    expressions.emplace_back(QRegularExpression::anchoredPattern(expression));
  }
  return expressions;
}

bool fitsOne(const QString &name, const std::vector<QRegularExpression> &expressions) {
  return std::any_of(expressions.begin(), expressions.end(),
                     [&](const QRegularExpression &expression) { return expression.match(name).hasMatch(); });
}

// A pattern for the first name that is foreign: its numbers and its end may be any.
QString patternOf(const QString &name) {
  static const QRegularExpression numbers(QStringLiteral("\\d+"));
  QString pattern = name.section(QLatin1Char('.'), 0, -2);
  pattern.replace(numbers, QStringLiteral("*"));
  return pattern.isEmpty() ? name : pattern + QStringLiteral(".*");
}

}  // namespace

void ignore(LoadReport &report, const QStringList &patterns) {
  const std::vector<QRegularExpression> expressions = expressionsOf(patterns);
  for (const QString &name : report.leftOver)
    if (fitsOne(name, expressions)) report.ignored << name;
  for (QStringList *names : {&report.leftOver, &report.foreign}) remove(*names, report.ignored);
}

QString firstNames(const QStringList &names) {
  constexpr qsizetype First = 3;
  QStringList shown;
  for (const QString &name : names.mid(0, First)) shown << quoted(name);
  const QString text = shown.join(QStringLiteral(", "));
  return names.size() > First ? QStringLiteral("%1 and %2 more").arg(text).arg(names.size() - First) : text;
}

std::vector<Misfit> misfits(const LoadReport &report) {
  std::vector<Misfit> all;
  for (const ReportPart &part : Parts)
    for (const QString &name : namesOf(report, part)) all.push_back({name, QString::fromLatin1(part.what)});
  return all;
}

QStringList loadNotes(const LoadReport &report) {
  QStringList notes;
  for (const ReportPart &part : Parts)
    if (const QStringList names = namesOf(report, part); !names.isEmpty())
      notes << QStringLiteral("%1 tensors %2 (%3)")
                   .arg(names.size())
                   .arg(QString::fromLatin1(part.what), firstNames(names));
  return notes;
}

QJsonObject toJson(const LoadReport &report) {
  QJsonObject json{{QStringLiteral("loaded"), static_cast<qint64>(report.loaded.size())}};
  for (const ReportPart &part : Parts) json[QLatin1String(part.key)] = QJsonArray::fromStringList(report.*part.names);
  return json;
}

LoadReport loadReportFromJson(const QJsonObject &json) {
  LoadReport report;
  for (const ReportPart &part : Parts)
    for (const QJsonValue &name : json[QLatin1String(part.key)].toArray()) (report.*part.names) << name.toString();
  return report;
}

void requireComplete(const LoadReport &report, const QString &place) {
  if (report.complete()) return;
  QString first = firstNames(report.missing + report.otherShape);
  if (!report.leftOver.isEmpty())
    first += QStringLiteral("; the file has %1 left over").arg(firstNames(report.leftOver));
  throw Error(place,
              QStringLiteral("%1 tensors are missing and %2 have another shape or type: %3")
                  .arg(report.missing.size())
                  .arg(report.otherShape.size())
                  .arg(first),
              QStringLiteral("are they weights of this network, variant and number of classes?"));
}

void requireNothingForeign(const LoadReport &report, const QString &place) {
  if (report.foreign.isEmpty()) return;
  const bool shortcuts = std::any_of(report.foreign.begin(), report.foreign.end(), [](const QString &name) {
    return name.contains(QStringLiteral("downsample.")) || name.contains(QStringLiteral("shortcut."));
  });
  throw Error(place,
              QStringLiteral("%1 of its tensors are of layers that the network does not have%2: %3")
                  .arg(report.foreign.size())
                  .arg(shortcuts ? QStringLiteral(" (shortcuts with weights)") : QString(), firstNames(report.foreign)),
              QStringLiteral("without them it computes something else; --ignore '%1' leaves them out")
                  .arg(patternOf(report.foreign.front())));
}

}  // namespace pimento

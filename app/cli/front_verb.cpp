// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "app/cli/design_options.h"
#include "app/cli/uncertainty_options.h"
#include "app/cli/verbs.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/units.h"
#include "core/explore/design_report.h"
#include "core/study/uncertain_study.h"

namespace pimento {

namespace {

constexpr int NothingFound = 1;  // as grep does

// What the verb found out, with what it was asked.
struct Found {
  const DesignTable &table;
  std::vector<Objective> objectives;
  Budget budget;
  std::vector<std::uint32_t> rows;    // that pass the filter, whatever they cost
  std::vector<std::uint32_t> taking;  // of them, within the budget and with a value for every objective
  std::vector<std::uint32_t> front;
  std::vector<double> reference;  // of the hypervolume
  InvalidDesigns invalid = InvalidDesigns::LeftOut;
  std::vector<std::uint32_t> leftOut;  // as invalid, though within the budget and with a value for every objective
};

QString join(const std::vector<Objective> &objectives, const std::vector<double> &values) {
  QStringList parts;
  for (std::size_t i = 0; i < objectives.size(); ++i) parts << shortValue(objectives[i].metric, values[i]);
  return parts.join(QStringLiteral(", "));
}

// What a budget buys: accuracy if it is an objective, else the first one.
Objective goal(const Found &found) {
  const Objective accuracy = objective(Metric::Accuracy);
  const auto &all = found.objectives;
  return std::find(all.begin(), all.end(), accuracy) != all.end() ? accuracy : all.front();
}

BudgetAnswer answer(const Found &found) {
  return bestWithin(found.table, found.rows, found.budget, goal(found), found.invalid);
}

// What was left out as invalid, and why.
QString leftOutText(const Found &found) {
  constexpr std::size_t MostNamed = 3;
  if (found.leftOut.empty()) return {};
  QString text =
      QStringLiteral("Left out as invalid (--include-invalid takes them in): %1\n").arg(found.leftOut.size());
  for (std::size_t i = 0; i < std::min(MostNamed, found.leftOut.size()); ++i)
    text += QStringLiteral("  %1: %2\n")
                .arg(designTitle(found.table, found.leftOut[i]), found.table.validityReason(found.leftOut[i]));
  return found.leftOut.size() > MostNamed ? text + QStringLiteral("  and others\n") : text;
}

QString budgetLine(const Found &found) { return budgetSentence(found.table, found.budget, answer(found), goal(found)); }

std::vector<double> referenceFrom(const VerbParser &parser, const std::vector<Objective> &objectives) {
  const QString place = parser.place() + QStringLiteral(" --reference");
  const QStringList parts = parser.value(QStringLiteral("reference")).split(QLatin1Char(','));
  if (parts.size() != static_cast<qsizetype>(objectives.size()))
    throw Error(place, QStringLiteral("%1 values for %2 objectives").arg(parts.size()).arg(objectives.size()),
                QStringLiteral("give one for each, in their order, as in 50uJ,40"));
  std::vector<double> reference;
  for (std::size_t i = 0; i < objectives.size(); ++i)
    reference.push_back(parseValue(objectives[i].metric, parts[static_cast<qsizetype>(i)], place));
  return reference;
}

// Accuracies of different data sets stand on one front only if someone asks for it knowingly.
void warnOfMixedDatasets(const Found &found) {
  std::set<QString> datasets;
  for (const std::uint32_t row : found.taking) datasets.insert(found.table.name(found.table.key(row).dataset));
  const bool accuracy = std::any_of(found.objectives.begin(), found.objectives.end(),
                                    [](const Objective &o) { return o.metric == Metric::Accuracy; });
  if (!accuracy || datasets.size() < 2) return;
  const QStringList names(datasets.begin(), datasets.end());
  printError(
      QStringLiteral("pimento front: compares accuracies on different data sets (%1); choose one with --dataset\n")
          .arg(names.join(QStringLiteral(", "))));
}

// Columns of the summary, and those of the objectives that it lacks.
ReportTable summary(const Found &found, const std::vector<std::uint32_t> &rows) {
  std::vector<Metric> metrics;
  for (const Objective &o : found.objectives) metrics.push_back(o.metric);
  return designSummary(found.table, rows, SummarySources::LeftOut, metrics);
}

QString unitOfVolume(const std::vector<Objective> &objectives) {
  QStringList units;
  for (const Objective &o : objectives)
    if (const QString unit = QString::fromUtf8(info(o.metric).unit); !unit.isEmpty()) units << unit;
  return units.join(QStringLiteral("·"));
}

QString remarks(const Found &found) {
  const auto &[table, objectives, budget, rows, taking, front, reference, invalid, leftOut] = found;
  QString text = QStringLiteral("\n%1 of %2 designs stand on the front of %3.\n")
                     .arg(front.size())
                     .arg(taking.size())
                     .arg(objectivesText(objectives).replace(QLatin1Char(','), QStringLiteral(", ")));
  text += QStringLiteral("Ideal point: %1\n").arg(join(objectives, idealPoint(table, front, objectives)));
  if (const auto k = knee(table, front, objectives, KneeSpace::Linear))
    text += QStringLiteral("Knee (farthest from the chord): %1\n").arg(designTitle(table, *k));
  if (const auto k = knee(table, front, objectives, KneeSpace::Log))
    text += QStringLiteral("Knee on log axes: %1\n").arg(designTitle(table, *k));
  const Hypervolume volume = hypervolume(table, front, objectives, reference, invalid);
  text += QStringLiteral("Hypervolume: %1 %2, %3 % of the box from the ideal point to the reference %4\n")
              .arg(fourDigits(volume.value), unitOfVolume(objectives), fourDigits(100 * volume.share),
                   join(objectives, reference));
  if (!budget.empty()) text += budgetLine(found) + QLatin1Char('\n');
  return text + leftOutText(found);
}

ReportTable volumeTable(const Found &found) {
  const Hypervolume volume = hypervolume(found.table, found.front, found.objectives, found.reference, found.invalid);
  ReportTable report{
      {QStringLiteral("designs"), QStringLiteral("front"), QStringLiteral("hypervolume"), QStringLiteral("share")},
      {{static_cast<qint64>(found.taking.size()), static_cast<qint64>(found.front.size()), volume.value,
        volume.share}}};
  for (std::size_t i = 0; i < found.objectives.size(); ++i) {
    const QString column = QString::fromLatin1(info(found.objectives[i].metric).column);
    report.columns << QStringLiteral("ideal_") + column << QStringLiteral("reference_") + column;
    report.rows[0].emplace_back(volume.ideal[i]);
    report.rows[0].emplace_back(volume.reference[i]);
  }
  return report;
}

void addFrontOptions(VerbParser &parser) {
  addDesignSource(parser);
  parser.option(QStringLiteral("objectives"),
                QStringLiteral("Two to four metrics, each in its own sense unless min: or max: says otherwise (default "
                               "energy,accuracy)."),
                QStringLiteral("LIST"), QStringLiteral("energy,accuracy"));
  addFilterOptions(parser);
  addBudgetOptions(parser);
  parser.option(QStringLiteral("all"), QStringLiteral("Every design that takes part, those on the front first."));
  parser.option(QStringLiteral("include-invalid"),
                QStringLiteral("Let designs take part that do not work as they are priced."));
  parser.option(QStringLiteral("uncertainty"),
                QStringLiteral("Draws what is uncertain of the estimates: intervals of their metrics, and p_on_front, "
                               "the share of draws in which a design stands on the front. Robust steps have %1 or "
                               "more.")
                    .arg(RobustShare));
  parser.option(QStringLiteral("dominance"),
                QStringLiteral("A row a pair of designs: how probable it is that a dominates b, under the same draws "
                               "of the parameters that they share."));
  addUncertaintyOptions(parser);
  parser.option(QStringLiteral("hypervolume"),
                QStringLiteral("The hypervolume of the front and its reference point instead of the designs."));
  parser.option(QStringLiteral("reference"),
                QStringLiteral("Reference point, a value for each objective (default: a tenth of the range of all "
                               "designs that take part beyond the worst of each)."),
                QStringLiteral("LIST"));
}

// Those that take part, in every draw of what is uncertain.
struct Draws {
  UncertainStudy uncertain;
  DesignSamples samples;
  DrawnCosts costs;
};

Draws drawsOf(const VerbParser &parser, const Study &study, const Found &found) {
  UncertainStudy uncertain = uncertainOf(study, found.taking);
  if (uncertain.isEmpty())
    throw Error(parser.place(), QStringLiteral("no design here is an estimate whose parameters could be drawn"),
                QStringLiteral("give a project with estimates, or --published with --estimate NETWORK"));
  DesignSamples samples = sampleDesigns(uncertain.accelerators, uncertain.designs, samplingFrom(parser));
  DrawnCosts costs(found.table, contestantsOf(uncertain, found.taking), found.objectives, samples, found.invalid);
  return {std::move(uncertain), std::move(samples), std::move(costs)};
}

// The designs with their intervals, and in how many draws each stands on the front.
ReportTable uncertainFront(const VerbParser &parser, const Study &study, const Found &found,
                           const std::vector<std::uint32_t> &shown) {
  const Draws draws = drawsOf(parser, study, found);
  const std::vector<double> shares = draws.costs.onFront();
  DesignTable table = study.table;
  setIntervals(table, draws.uncertain, draws.samples);
  ReportTable report = parser.isText() ? summary(found, shown) : designReport(table, shown);
  report.columns << QStringLiteral("p_on_front");
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const auto at = std::find(found.taking.begin(), found.taking.end(), shown[i]) - found.taking.begin();
    report.rows[i].emplace_back(shares[static_cast<std::size_t>(at)]);
  }
  return report;
}

// Every ordered pair of designs that take part: how probable it is that one dominates the other.
ReportTable dominanceTable(const Found &found, const Draws &draws) {
  ReportTable report;
  report.columns << QStringLiteral("a") << QStringLiteral("b") << QStringLiteral("p_dominates");
  for (std::size_t a = 0; a < found.taking.size(); ++a)
    for (std::size_t b = 0; b < found.taking.size(); ++b)
      if (a != b)
        report.rows.push_back(
            {found.table.id(found.taking[a]), found.table.id(found.taking[b]), draws.costs.dominates(a, b)});
  return report;
}

// Why there is nothing to show.
QString nothingText(const Found &found) {
  const QString leftOut = found.leftOut.empty() ? QString() : QLatin1Char('\n') + leftOutText(found).trimmed();
  if (!found.budget.empty() && !answer(found).best) return budgetLine(found) + leftOut;
  if (!found.leftOut.empty())
    return QStringLiteral("every design with a value for %1 is invalid").arg(objectivesText(found.objectives)) +
           leftOut;
  QStringList names;
  for (const Objective &o : found.objectives) names << QString::fromLatin1(info(o.metric).key);
  return QStringLiteral("no design here has a value for ") + names.join(QStringLiteral(" and "));
}

}  // namespace

int frontVerb(const QStringList &arguments) {
  VerbParser parser(
      "front", QStringLiteral("--published|FILE"),
      QStringLiteral(
          "Lists the designs that no other one beats in every objective, best in the first objective first.\n"
          "Equal designs are all kept; references (a GPU) and designs without a value for an objective never take "
          "part.\n"
          "Designs that do not work as they are priced (validity invalid: too many wrong results or failed writes, or "
          "more\npower than the cap) are left out, and named; doubtful ones take part, and say why.\n"
          "With budgets, only designs within them take part. If there are none, the list is empty, standard error "
          "says\n"
          "what comes nearest, and the exit code is 1 (0: found, 2: bad use)."));
  addFrontOptions(parser);
  if (!parser.parse(arguments)) return 0;
  const QStringList drawing{QStringLiteral("uncertainty"), QStringLiteral("dominance")};
  refuseUnusedUncertaintyOptions(parser, drawing);
  for (const QString &option : drawing) parser.excludes(option, {QStringLiteral("hypervolume")});
  parser.excludes(drawing[1], {drawing[0], QStringLiteral("all")});

  const Study study = designsFrom(parser);
  const DesignTable &table = study.table;
  Found found{
      table,
      parseObjectives(parser.value(QStringLiteral("objectives")), parser.place() + QStringLiteral(" --objectives")),
      budgetFrom(parser),
      {},
      {},
      {},
      {},
      parser.isSet(QStringLiteral("include-invalid")) ? InvalidDesigns::TakePart : InvalidDesigns::LeftOut,
      {}};
  const Filter filter = filterFrom(parser, table);
  found.rows = filteredRows(table, filter);
  const std::vector<std::uint32_t> affordable = filteredRows(table, within(filter, found.budget));
  found.taking = contenders(table, affordable, found.objectives, found.invalid);
  if (found.invalid == InvalidDesigns::LeftOut) found.leftOut = invalidContenders(table, affordable, found.objectives);
  found.front = nonDominated(table, found.taking, found.objectives, found.invalid);
  found.reference = parser.isSet(QStringLiteral("reference")) ? referenceFrom(parser, found.objectives)
                                                              : defaultReference(table, found.taking, found.objectives);
  const bool text = !parser.isSet(QStringLiteral("csv")) && !parser.isSet(QStringLiteral("json"));
  if (found.front.empty()) {
    if (!text) parser.print(designReport(table, found.front));
    printError(QStringLiteral("pimento front: ") + nothingText(found) + QLatin1Char('\n'));
    return NothingFound;
  }
  warnOfMixedDatasets(found);
  if (parser.isSet(QStringLiteral("hypervolume"))) {
    parser.print(volumeTable(found));
    return 0;
  }
  std::vector<std::uint32_t> shown = found.front;
  if (parser.isSet(QStringLiteral("all"))) {
    const std::set<std::uint32_t> onFront(shown.begin(), shown.end());
    for (const std::uint32_t row : found.taking)
      if (!onFront.contains(row)) shown.push_back(row);
  }
  if (parser.isSet(QStringLiteral("dominance"))) {
    const Draws draws = drawsOf(parser, study, found);
    parser.print(dominanceTable(found, draws));
    return 0;
  }
  if (parser.isSet(QStringLiteral("uncertainty")))
    parser.print(uncertainFront(parser, study, found, shown));
  else
    parser.print(text ? summary(found, shown) : designReport(table, shown));
  if (text)
    printOut(remarks(found));
  else
    printError(leftOutText(found));
  return 0;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/design_options.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/explore/design_csv.h"
#include "core/explore/natural_order.h"
#include "core/project/project_file.h"
#include "core/published/published.h"
#include "core/study/study.h"

namespace pimento {

namespace {

const QString All = QStringLiteral("all");

constexpr std::array<Metric, 6> Budgeted{Metric::Energy, Metric::Latency, Metric::Power,
                                         Metric::Area,   Metric::Memory,  Metric::Accuracy};

QString budgetOption(Metric metric) {
  const MetricInfo &m = info(metric);
  return (m.sense == Sense::Minimise ? QStringLiteral("max-") : QStringLiteral("min-")) + QLatin1String(m.key);
}

// The words that the rows have in one part of their keys, in natural order.
QStringList wordsOf(const DesignTable &table, NameId DesignKey::*part) {
  std::vector<bool> used(static_cast<std::size_t>(table.names().size()), false);
  for (const DesignKey &key : table.keys()) used[key.*part] = true;
  QStringList words;
  for (NameId id = 1; id < used.size(); ++id)
    if (used[id]) words << table.name(id);
  std::sort(words.begin(), words.end(), naturallyBefore);
  return words;
}

QStringList wordsFrom(const VerbParser &parser, const QString &option, const DesignTable &table,
                      NameId DesignKey::*part) {
  const QStringList given = parser.values(option);
  if (given.isEmpty() || given.contains(All)) return {};
  const QStringList known = wordsOf(table, part);
  for (const QString &word : given)
    if (!known.contains(word))
      throw Error(parser.place(), QStringLiteral("unknown --%1 %2").arg(option, quoted(word)), knownWords(word, known));
  return given;
}

CorrectionSet correctionsFrom(const VerbParser &parser) {
  CorrectionSet ids;
  for (const QString &id : parser.values(QStringLiteral("correct"))) {
    if (id != All) ids.insert(id);
    if (id == All)
      for (const Correction &correction : corrections()) ids.insert(correction.id);
  }
  return ids;
}

// What a project with these definitions shows.
Study publishedWithEstimates(const VerbParser &parser) {
  Project project;
  project.published = PublishedChoice{correctionsFrom(parser)};
  for (const QString &network : parser.values(QStringLiteral("estimate")))
    project.estimates.push_back({.network = network});
  return study(project);
}

}  // namespace

void addDesignSource(VerbParser &parser) {
  parser.positional(
      QStringLiteral("FILE"),
      QStringLiteral("a project (.pimento), or design points with the columns of pimento published --csv"));
  parser.option(QStringLiteral("published"), QStringLiteral("The papers' design points."));
  parser.repeatable(
      QStringLiteral("correct"),
      QStringLiteral("With --published: apply a correction; may be given several times; all applies every "
                     "one."),
      QStringLiteral("ID"));
  parser.repeatable(
      QStringLiteral("estimate"),
      QStringLiteral("With --published: estimates of a network on the default profile at 8:8 bits beside "
                     "them, joined with the accuracies published for the same variants; may be given several "
                     "times."),
      QStringLiteral("NETWORK"));
}

Study designsFrom(const VerbParser &parser) {
  const QString path = parser.argument(0);
  const bool isPublished = parser.isSet(QStringLiteral("published"));
  if (isPublished == !path.isEmpty())
    throw Error(parser.place(),
                isPublished ? QStringLiteral("both --published and a file") : QStringLiteral("names no design points"),
                QStringLiteral("give --published, FILE.pimento or FILE.csv"));
  if (isPublished) return publishedWithEstimates(parser);
  for (const QString &option : {QStringLiteral("correct"), QStringLiteral("estimate")})
    if (parser.isSet(option))
      throw Error(parser.place(), QStringLiteral("--%1 without --published").arg(option),
                  QStringLiteral("a file is taken as it is"));
  if (path.endsWith(QStringLiteral(".pimento"))) return study(openProject(path));
  Study stored;
  stored.table = openDesignCsv(path);
  return stored;
}

void addFilterOptions(VerbParser &parser) {
  const QString word = QStringLiteral("WORD");
  parser.repeatable(QStringLiteral("dataset"), QStringLiteral("Only this data set; may be given several times."), word);
  parser.option(QStringLiteral("without-dataset"),
                QStringLiteral("With --dataset: also designs that name no data set, as estimates."));
  parser.repeatable(QStringLiteral("network"), QStringLiteral("Only this network; may be given several times."), word);
  parser.option(QStringLiteral("training"),
                QStringLiteral("Of DECO's rows: joint (default), independent or all; other rows stay."), word,
                QStringLiteral("joint"));
  parser.repeatable(QStringLiteral("platform"), QStringLiteral("Only this platform; may be given several times."),
                    word);
  parser.repeatable(QStringLiteral("bits"),
                    QStringLiteral("Only these bits of weights and activations; may be given several times."),
                    QStringLiteral("W:A"));
  parser.option(QStringLiteral("scope"),
                QStringLiteral("whole (inference, the default) or head (classification module alone)."), word,
                QStringLiteral("whole"));
}

Filter filterFrom(const VerbParser &parser, const DesignTable &table) {
  Filter filter;
  filter.datasets = wordsFrom(parser, QStringLiteral("dataset"), table, &DesignKey::dataset);
  parser.needs(QStringLiteral("without-dataset"), {QStringLiteral("dataset")});
  if (parser.isSet(QStringLiteral("without-dataset"))) filter.datasetless = Datasetless::Shown;
  filter.networks = wordsFrom(parser, QStringLiteral("network"), table, &DesignKey::network);
  filter.platforms = wordsFrom(parser, QStringLiteral("platform"), table, &DesignKey::platform);
  const QString training =
      parser.choice(QStringLiteral("training"), {QStringLiteral("joint"), QStringLiteral("independent"), All});
  if (training != All) filter.modularTrainings = {training};
  for (const QString &bits : parser.values(QStringLiteral("bits")))
    filter.bits.push_back(parseBits(bits, parser.place() + QStringLiteral(" --bits")));
  filter.scope = parser.choice(QStringLiteral("scope"), {QStringLiteral("whole"), QStringLiteral("head")}) ==
                         QStringLiteral("head")
                     ? Scope::Head
                     : Scope::Whole;
  return filter;
}

void addBudgetOptions(VerbParser &parser) {
  for (const Metric metric : Budgeted) {
    const MetricInfo &m = info(metric);
    const QString title = QString::fromUtf8(m.title).toLower();
    const QString unit = QString::fromUtf8(m.unit);
    parser.option(budgetOption(metric),
                  m.sense == Sense::Minimise
                      ? QStringLiteral("Only designs of at most this %1; with a unit, or in %2.").arg(title, unit)
                      : QStringLiteral("Only designs of at least this %1, in %2.").arg(title, unit),
                  QStringLiteral("VALUE"));
  }
}

Budget budgetFrom(const VerbParser &parser) {
  Budget budget;
  for (const Metric metric : Budgeted)
    if (const QString option = budgetOption(metric); parser.isSet(option))
      budget.push_back(
          {metric, parseValue(metric, parser.value(option), QStringLiteral("%1 --%2").arg(parser.place(), option))});
  return budget;
}

}  // namespace pimento

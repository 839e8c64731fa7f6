// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>

#include "app/cli/project_option.h"
#include "app/cli/verbs.h"
#include "core/explore/design_report.h"
#include "core/published/published.h"

namespace pimento {

namespace {

const QString All = QStringLiteral("all");

CorrectionSet correctionsOf(const VerbParser &parser) {
  CorrectionSet ids;
  for (const QString &id : parser.values(QStringLiteral("correct"))) {
    if (id == All)
      for (const Correction &correction : corrections()) ids.insert(correction.id);
    else
      ids.insert(id);
  }
  return ids;
}

ReportTable correctionTable() {
  ReportTable table{{QStringLiteral("id"), QStringLiteral("table"), QStringLiteral("row"), QStringLiteral("column"),
                     QStringLiteral("printed"), QStringLiteral("corrected"), QStringLiteral("title"),
                     QStringLiteral("badge"), QStringLiteral("explanation")},
                    {}};
  for (const Correction &correction : corrections())
    for (const Correction::Cell &cell : correction.cells)
      table.rows.push_back({correction.id, cell.table, cell.row, cell.column, cell.printed, cell.corrected,
                            correction.title, correction.badge, correction.explanation});
  return table;
}

ReportTable listOfTables(const PaperTables &tables) {
  ReportTable list{{QStringLiteral("name"), QStringLiteral("place"), QStringLiteral("rows"), QStringLiteral("title")},
                   {}};
  for (const PaperTable &table : tables.tables)
    list.rows.push_back({table.name, table.place, static_cast<qint64>(table.cells.rows.size()), table.title});
  return list;
}

// As printed: cells stay text, so that no digit is lost or added.
ReportTable asPrinted(const PaperTable &table) {
  ReportTable report{table.cells.header, {}};
  for (const QStringList &row : table.cells.rows) {
    std::vector<Cell> cells;
    for (const QString &text : row) cells.push_back(text.isEmpty() ? Cell{} : Cell{text});
    report.rows.push_back(std::move(cells));
  }
  return report;
}

// "all", or one of the words that the rows have; 0 stands for all.
NameId wanted(const VerbParser &parser, const QString &option, const DesignTable &points, NameId DesignKey::*part) {
  QStringList words;
  for (const DesignKey &key : points.keys())
    if (!words.contains(points.name(key.*part))) words << points.name(key.*part);
  const QString word = parser.choice(option, QStringList(All) + words);
  return word == All ? 0 : *points.find(word);
}

std::vector<std::uint32_t> rowsOf(const VerbParser &parser, const DesignTable &points) {
  const NameId dataset = wanted(parser, QStringLiteral("dataset"), points, &DesignKey::dataset);
  const NameId network = wanted(parser, QStringLiteral("network"), points, &DesignKey::network);
  const QString training =
      parser.choice(QStringLiteral("training"), {QStringLiteral("joint"), QStringLiteral("independent"), All});
  const QString scope = parser.choice(QStringLiteral("scope"), {QStringLiteral("whole"), QStringLiteral("head"), All});
  // DECO's two trainings; every row of another training stays.
  const auto otherTraining =
      points.find(training == QStringLiteral("joint") ? QStringLiteral("independent") : QStringLiteral("joint"));
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < points.size(); ++row) {
    const DesignKey &key = points.key(row);
    if ((dataset == 0 || key.dataset == dataset) && (network == 0 || key.network == network) &&
        (training == All || key.training != otherTraining) && (scope == All || scopeName(key.scope) == scope))
      rows.push_back(row);
  }
  return rows;
}

// The published results as the explorer opens them, looked at as the verb's options say.
Project projectOf(const VerbParser &parser) {
  Project project;
  project.title = QStringLiteral("Published results");
  project.published = PublishedChoice{correctionsOf(parser)};
  QJsonObject filters;
  for (const QString &option : {QStringLiteral("dataset"), QStringLiteral("network"), QStringLiteral("training")})
    if (const QString word = parser.value(option); word != All) filters[option] = QJsonArray{word};
  project.view[QStringLiteral("filters")] = filters;
  if (const QString scope = parser.value(QStringLiteral("scope")); scope != All)
    project.view[QStringLiteral("scope")] = scope;
  return project;
}

}  // namespace

int publishedVerb(const QStringList &arguments) {
  VerbParser parser(
      "published", {},
      QStringLiteral("Lists the design points that the two papers publish, with what follows from them (derived).\n"
                     "A letter tells the kind of a value (published, derived), numbers lead to the notes below. --csv "
                     "and --json\nhave kind and source of every value, too."));
  const QString word = QStringLiteral("WORD");
  parser.option(QStringLiteral("dataset"), QStringLiteral("cifar-10, cifar-100, imagenet or all (default)."), word,
                All);
  parser.option(QStringLiteral("network"), QStringLiteral("One network, or all (default)."), word, All);
  parser.option(QStringLiteral("training"),
                QStringLiteral("Of DECO's rows: joint (default), independent or all; other rows stay."), word,
                QStringLiteral("joint"));
  parser.option(QStringLiteral("scope"),
                QStringLiteral("whole (inference), head (classification module alone) or all (default)."), word, All);
  parser.repeatable(QStringLiteral("correct"),
                    QStringLiteral("Apply a correction; may be given several times; all applies every one."),
                    QStringLiteral("ID"));
  parser.option(QStringLiteral("corrections"), QStringLiteral("List the corrections there are."));
  parser.option(QStringLiteral("tables"), QStringLiteral("List the papers' tables."));
  parser.option(QStringLiteral("table"), QStringLiteral("One table, as printed."), QStringLiteral("NAME"));
  addProjectOption(parser);
  if (!parser.parse(arguments)) return 0;

  parser.needs(QStringLiteral("replace"), {QStringLiteral("o")});
  const bool project =
      wantsProject(parser, {QStringLiteral("corrections"), QStringLiteral("tables"), QStringLiteral("table")});
  if (parser.isSet(QStringLiteral("corrections"))) {
    parser.print(correctionTable());
    return 0;
  }
  const PaperTables tables = correctedTables(correctionsOf(parser));
  if (parser.isSet(QStringLiteral("tables"))) {
    parser.print(listOfTables(tables));
  } else if (parser.isSet(QStringLiteral("table"))) {
    parser.print(asPrinted(tableNamed(tables, parser.value(QStringLiteral("table")))));
  } else {
    const DesignTable points = designPoints(tables);
    const auto rows = rowsOf(parser, points);
    if (project) {
      saveProjectOption(parser, projectOf(parser));
      return 0;
    }
    const bool full = parser.isSet(QStringLiteral("csv")) || parser.isSet(QStringLiteral("json"));
    parser.print(full ? designReport(points, rows) : designSummary(points, rows, SummarySources::LeftOut));
  }
  return 0;
}

}  // namespace pimento

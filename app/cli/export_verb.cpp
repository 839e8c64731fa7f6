// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>

#include "app/cli/verb.h"
#include "app/cli/verbs.h"
#include "app/session/outputs.h"
#include "app/session/pages.h"
#include "app/session/session.h"
#include "core/base/error.h"
#include "core/explore/design_report.h"
#include "core/files/save_file.h"
#include "core/project/project_file.h"
#include "widgets/figures/chart_export.h"

namespace pimento {

namespace {

void writeCharts(const Session &session, const QDir &folder, HeadingIs heading) {
  for (const NamedFigure &named : allFigures(session)) {
    for (const char *format : {"svg", "pdf", "png"}) {
      const QString ending = QString::fromLatin1(format);
      const ChartFormat kind = *chartFormatFromName(ending);
      const PrintSize page{.heading = heading};
      writeWhole(folder.filePath(named.name + QLatin1Char('.') + ending), exportChart(*named.figure, kind, page));
      const PrintSize column{.width_mm = columnWidth_mm, .heading = heading};
      writeWhole(folder.filePath(named.name + QStringLiteral("-column.") + ending),
                 exportChart(*named.figure, kind, column));
    }
  }
}

void writeTables(const Session &session, const QDir &folder) {
  for (const char *ending : {"csv", "json", "md", "html", "tex"}) {
    const QString path = folder.filePath(QStringLiteral("designs.") + QString::fromLatin1(ending));
    const TableFormat format = tableFormatOf(path);
    const ReportTable table =
        isFull(format) ? designReport(session.table(), session.rows()) : designSummary(session.table(), session.rows());
    writeWhole(path, writeFile(table, format).toUtf8());
  }
}

}  // namespace

int exportVerb(const QStringList &arguments) {
  VerbParser parser("export", QStringLiteral("PROJECT -o DIR"),
                    QStringLiteral("Writes the charts of a project as SVG, PDF and PNG, 181 mm wide and (-column) "
                                   "88.9 mm, and its\ndesigns as CSV, JSON, Markdown, HTML and LaTeX: what the window "
                                   "shows when it opens the project,\nbyte for byte as the window exports it."));
  parser.positional(QStringLiteral("PROJECT"), QStringLiteral("a .pimento file"));
  parser.option(
      QStringLiteral("o"),
      QStringLiteral("Folder to write into; made if need be. Files of the same names are replaced, others left alone."),
      QStringLiteral("DIR"));
  parser.option(QStringLiteral("no-heading"), QStringLiteral("Leaves title and takeaway out of the charts."));
  if (!parser.parse(arguments)) return 0;
  if (parser.argument(0).isEmpty())
    throw Error(parser.place(), QStringLiteral("names no project"), QStringLiteral("give a .pimento file"));
  if (parser.value(QStringLiteral("o")).isEmpty())
    throw Error(parser.place(), QStringLiteral("names no folder"), QStringLiteral("give -o DIR"));
  Session session;
  session.open(openProject(parser.argument(0)), parser.argument(0));
  const QDir folder(parser.value(QStringLiteral("o")));
  makeFolder(folder.path());
  writeCharts(session, folder, parser.isSet(QStringLiteral("no-heading")) ? HeadingIs::LeftOut : HeadingIs::Shown);
  writeTables(session, folder);
  printOut(QStringLiteral("Written into %1.\n").arg(folder.path()));
  return 0;
}

}  // namespace pimento

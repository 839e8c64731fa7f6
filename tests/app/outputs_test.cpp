// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the window is what the command line gives.
#include <gtest/gtest.h>

#include <QDir>
#include <QTemporaryDir>

#include "app/session/copy_command.h"
#include "app/session/pages.h"
#include "core/base/error.h"
#include "core/project/project_file.h"
#include "tests/app/opened.h"
#include "tests/cli/program.h"
#include "widgets/figures/chart_export.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QStringList idsOf(const Session &session, std::span<const std::uint32_t> rows) {
  QStringList ids;
  for (const std::uint32_t row : rows) ids << session.table().id(row);
  return ids;
}

QStringList idsOf(const CsvTable &table) {
  QStringList ids;
  for (std::size_t row = 0; row < table.rows.size(); ++row) ids << field(table, row, "id");
  return ids;
}

QByteArray bytesOf(const QString &path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

TEST(CopyAsCommand, givesTheFrontThatTheWindowShows) {
  Opened opened;
  const auto expectSame = [&] {
    EXPECT_EQ(idsOf(csvOf(frontCommand(opened.session).mid(1))), idsOf(opened.session, opened.session.front()));
  };
  expectSame();
  opened.setScope(Scope::Head);
  expectSame();
  opened.setBudgets({{Metric::Energy, 2.5}, {Metric::Accuracy, 50}});
  expectSame();
  opened.correct({QStringLiteral("mobilenetv1-cm1-gpu-time")});
  ViewState view = opened.session.view();
  view.objectives = {objective(Metric::GpuLatency), objective(Metric::Accuracy), {Metric::Power, Sense::Maximise}};
  view.filter.networks = {QStringLiteral("deco-mobilenetv1")};
  view.filter.modularTrainings.clear();
  view.filter.datasets = {QStringLiteral("cifar-10")};
  opened.session.change(QStringLiteral("all"), view);
  expectSame();
}

TEST(CopyAsCommand, namesTheOpenProject) {
  Session session;
  Documents documents(session);
  documents.compareResNet20();
  EXPECT_EQ(idsOf(csvOf(frontCommand(session).mid(1))), idsOf(session, session.front())) << "no file has it yet";
  Project changed = session.project();
  changed.estimates.front().bits = {4, 4};
  session.open(changed);
  EXPECT_TRUE(frontCommand(session).isEmpty()) << "no option says this";
  documents.compareResNet20();
  const QTemporaryDir folder;
  documents.save(folder.filePath(QStringLiteral("widths.pimento")));
  EXPECT_EQ(idsOf(csvOf(frontCommand(session).mid(1))), idsOf(session, session.front()));
  EXPECT_FALSE(csvOf(estimateCommand(session, QStringLiteral("layers")).mid(1)).rows.empty());
}

TEST(Export, writesTheBytesOfTheWindow) {
  Opened opened;
  opened.session.togglePin(opened.row(Vgg1));
  ViewState view = opened.session.view();
  view.zoom = Zoom{30, 36, 44, 62};
  opened.session.change(QStringLiteral("zoom"), view);
  const QTemporaryDir folder;
  const QString project = folder.filePath(QStringLiteral("p.pimento"));
  opened.documents.save(project);
  const QDir out(folder.filePath(QStringLiteral("out")));
  const Output done = runPimento({QStringLiteral("export"), project, QStringLiteral("-o"), out.path()});
  ASSERT_EQ(done.exitCode, 0) << done.err.toStdString();
  for (const NamedFigure &named : allFigures(opened.session)) {
    EXPECT_EQ(bytesOf(out.filePath(named.name + QStringLiteral(".svg"))), exportChart(*named.figure, ChartFormat::Svg))
        << named.name.toStdString();
    EXPECT_EQ(bytesOf(out.filePath(named.name + QStringLiteral("-column.pdf"))),
              exportChart(*named.figure, ChartFormat::Pdf, {.width_mm = columnWidth_mm}))
        << named.name.toStdString();
  }
  const QDir bare(folder.filePath(QStringLiteral("bare")));
  const Output less = runPimento(
      {QStringLiteral("export"), project, QStringLiteral("--no-heading"), QStringLiteral("-o"), bare.path()});
  ASSERT_EQ(less.exitCode, 0) << less.err.toStdString();
  EXPECT_EQ(bytesOf(bare.filePath(QStringLiteral("trade-off.svg"))),
            exportChart(*tradeOffFigure(opened.session), ChartFormat::Svg, {.heading = HeadingIs::LeftOut}));
  for (const char *table : {"designs.csv", "designs.json", "designs.md", "designs.html", "designs.tex"})
    EXPECT_FALSE(bytesOf(out.filePath(QString::fromLatin1(table))).isEmpty()) << table;
}

TEST(Export, refusesBadUse) {
  expectRefused({QStringLiteral("export")}, "names no project");
  expectRefused({QStringLiteral("export"), QStringLiteral("x.pimento")}, "names no folder");
  expectRefused(
      {QStringLiteral("export"), QStringLiteral("missing.pimento"), QStringLiteral("-o"), QStringLiteral("out")},
      "missing.pimento");
}

TEST(Launch, drawsTheWindowWithoutADisplay) {
  const QTemporaryDir folder;
  const QString picture = folder.filePath(QStringLiteral("w.png"));
  const Output done = runPimento({QStringLiteral("--published"), QStringLiteral("--screenshot"), picture,
                                  QStringLiteral("--size"), QStringLiteral("1280x800")});
  EXPECT_EQ(done.exitCode, 0) << done.err.toStdString();
  EXPECT_TRUE(bytesOf(picture).startsWith("\x89PNG"));
  expectRefused({QStringLiteral("--published"), QStringLiteral("--size"), QStringLiteral("big")}, "--size");
  expectRefused({QStringLiteral("--published"), QStringLiteral("--colours"), QStringLiteral("green")}, "--colours");
  expectRefused({QStringLiteral("--nonsense")}, "nonsense");
}

TEST(Documents, aTableOfDesignsOpensBesideWhatIsThere) {
  Opened opened;
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("mine.csv"));
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write("network,variant,energy_uj,accuracy_pct,dataset\nmine,a,1,70,cifar-100\n");
  file.close();
  const std::size_t before = opened.session.table().size();
  opened.documents.open(path);
  EXPECT_EQ(opened.session.table().size(), before + 1);
  EXPECT_EQ(opened.session.front().size(), 1U) << "it beats them all";
  EXPECT_TRUE(opened.session.isModified());
}

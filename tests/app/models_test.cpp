// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <set>

#include "app/session/compare_model.h"
#include "app/session/design_table_model.h"
#include "app/session/designs_tree_model.h"
#include "app/session/labels.h"
#include "app/session/report_model.h"
#include "core/explore/design_report.h"
#include "tests/app/opened.h"
#include "tests/core/project/sample_runs.h"

using namespace pimento;
using namespace pimento::test;

namespace {

constexpr auto Fatal = QAbstractItemModelTester::FailureReportingMode::Fatal;

QString cell(const QAbstractItemModel &model, int row, int column) {
  return model.index(row, column).data(Qt::DisplayRole).toString();
}

// A tree as text: one node a line, two blanks a level.
QString drawn(const QAbstractItemModel &model, const QModelIndex &parent = {}, int level = 0) {
  QString text;
  for (int row = 0; row < model.rowCount(parent); ++row) {
    const QModelIndex node = model.index(row, 0, parent);
    text += QString(2 * level, QLatin1Char(' ')) + node.data().toString() + QLatin1Char('\n') +
            drawn(model, node, level + 1);
  }
  return text;
}

DesignTable manyDesigns(std::uint32_t count) {
  DesignTable table;
  table.reserve(count);
  const NameId network = table.intern(QStringLiteral("net"));
  const ProvenanceId from = table.intern(Provenance{Kind::Estimated, QStringLiteral("test"), {}, {}});
  for (std::uint32_t i = 0; i < count; ++i) {
    DesignKey key;
    key.network = network;
    key.variant = table.intern(QString::number(i % 1000));
    key.platform = table.intern(QString::number(i / 1000));
    const auto row = table.append(key);
    table.set(row, Metric::Energy, 1 + (i * 7919U) % count, from);
    table.set(row, Metric::Accuracy, 50 + (i * 104'729U % 5000) / 100.0, from);
  }
  return table;
}

}  // namespace

TEST(Models, holdTogetherWhileTheViewChanges) {
  Opened opened;
  DesignTableModel table(opened.session);
  DesignsTreeModel tree(opened.session);
  CompareModel compare(opened.session);
  const QAbstractItemModelTester testTable(&table, Fatal);
  const QAbstractItemModelTester testTree(&tree, Fatal);
  const QAbstractItemModelTester testCompare(&compare, Fatal);
  opened.setScope(Scope::Head);
  opened.session.togglePin(opened.row(Vgg1));
  opened.session.togglePin(opened.row(Mobile2));
  opened.correct({QStringLiteral("mobilenetv1-cm1-gpu-time")});
  ViewState view = opened.session.view();
  view.filter.networks = {QStringLiteral("nothing")};
  opened.session.change(QStringLiteral("nothing"), view);
  EXPECT_EQ(table.rowCount(), 0);
  EXPECT_EQ(tree.rowCount(), 0);
  while (opened.session.undoStack().canUndo()) opened.session.undoStack().undo();
  EXPECT_EQ(table.rowCount(), 16);
  EXPECT_EQ(compare.columnCount(), 0);
}

TEST(DesignsTreeModel, groupsByNetworkAndVariant) {
  Opened opened;
  ViewState view = opened.session.view();
  view.filter.networks = {QStringLiteral("deco-vgg16")};
  opened.session.change(QStringLiteral("one network"), view);
  const DesignsTreeModel tree(opened.session);
  EXPECT_EQ(drawn(tree).toStdString(),
            "VGG16 (8)\n"
            "  FE+CM1\n    DECO PIM\n    32:32 · 2 RTX 3090\n"
            "  FE+CM2\n    DECO PIM\n    32:32 · 2 RTX 3090\n"
            "  FE+CM3\n    DECO PIM\n    32:32 · 2 RTX 3090\n"
            "  FE+CM4\n    DECO PIM\n    32:32 · 2 RTX 3090\n");
  const QModelIndex at = tree.indexOf(opened.row(Vgg2));
  EXPECT_EQ(tree.designRow(at), opened.row(Vgg2));
  EXPECT_EQ(at.parent().data().toString(), QStringLiteral("FE+CM2"));
}

// Runs and profiles whose names begin alike, at several precisions.
TEST(DesignsTreeModel, noTwoDesignsOfAVariantReadTheSame) {
  Project project;
  for (const char *name : {"resnet20-short", "resnet20-short-2", "resnet20-long"})
    addRun(project, sampleRun(QString::fromLatin1(name)));
  Session session;
  session.open(project);
  const DesignsTreeModel tree(session);
  std::size_t compared = 0;
  for (int network = 0; network < tree.rowCount(); ++network) {
    const QModelIndex above = tree.index(network, 0);
    for (int variant = 0; variant < tree.rowCount(above); ++variant) {
      const QModelIndex at = tree.index(variant, 0, above);
      std::set<QString> texts;
      for (int row = 0; row < tree.rowCount(at); ++row) texts.insert(tree.index(row, 0, at).data().toString());
      EXPECT_EQ(texts.size(), static_cast<std::size_t>(tree.rowCount(at))) << drawn(tree).toStdString();
      compared += texts.size();
    }
  }
  EXPECT_GT(compared, 12U);
}

TEST(DesignTableModel, sortsInTheEngineAndHidesMetricsThatNobodyHas) {
  Opened opened;
  DesignTableModel model(opened.session);
  QStringList headers;
  for (int column = 0; column < model.columnCount(); ++column)
    headers << model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
  EXPECT_TRUE(headers.contains(QStringLiteral("Energy")));
  EXPECT_FALSE(headers.contains(QStringLiteral("Area"))) << "no published design has an area";
  const int energy = static_cast<int>(headers.indexOf(QStringLiteral("Energy")));
  model.sort(energy, Qt::AscendingOrder);
  EXPECT_EQ(cell(model, 0, energy), QStringLiteral("30.45\u00a0µJ"));
  EXPECT_EQ(model.designRow(0), opened.row(Mobile4));
  EXPECT_EQ(model.indexOf(opened.row(Mobile4)).row(), 0);
  opened.session.undoStack().undo();
  EXPECT_EQ(model.designRow(0), opened.session.rows().front());
}

TEST(CompareModel, showsDifferencesFromTheFirstPin) {
  Opened opened;
  opened.session.togglePin(opened.row(Vgg1));
  opened.session.togglePin(opened.row(Vgg2));
  const CompareModel model(opened.session);
  ASSERT_EQ(model.columnCount(), 2);
  EXPECT_EQ(model.headerData(0, Qt::Vertical, Qt::DisplayRole).toString(), QStringLiteral("Accuracy"));
  EXPECT_EQ(cell(model, 0, 0), QStringLiteral("● 65.44\u00a0%"));
  EXPECT_EQ(cell(model, 0, 1), QStringLiteral("● 53.82\u00a0%   (−11.62\u00a0pp)"));
  EXPECT_EQ(cell(model, 1, 1), QStringLiteral("⬖ 34.99\u00a0µJ   (0.9425x)"));
  EXPECT_TRUE(model.legend().startsWith(QStringLiteral("● published   ⬖ derived")));
}

TEST(CompareModel, isCopiedWithTheKindOfEveryValue) {
  Opened opened;
  opened.correct({QStringLiteral("mobilenetv1-cm1-gpu-time")});
  opened.session.togglePin(opened.row(Vgg1));
  opened.session.togglePin(opened.row(Mobile1));
  const CompareModel model(opened.session);
  const QString csv = toCsv(model.report());
  const QString vgg = QString::fromLatin1(Vgg1);
  const QString mobile = QString::fromLatin1(Mobile1);
  EXPECT_TRUE(csv.startsWith(QStringLiteral("metric,unit,%1,%1 kind,%2,%2 kind\n").arg(vgg, mobile)));
  EXPECT_TRUE(csv.contains(QStringLiteral("\nAccuracy,%,65.44,published,"))) << csv.toStdString();
  EXPECT_TRUE(csv.contains(QStringLiteral("derived, corrected")));
  EXPECT_TRUE(csv.contains(QStringLiteral("\nvalidity,,valid,,valid,\n")));
  EXPECT_TRUE(model.legend().contains(QStringLiteral("† corrected, not as printed")));
  const QString text = toMarkdown(model.summary()).replace(QChar(0x00a0), QLatin1Char(' '));
  EXPECT_TRUE(text.contains(QStringLiteral("| accuracy<sup>p</sup> | 65.44 % |"))) << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("<sup>†</sup>")));
  EXPECT_TRUE(text.contains(QStringLiteral("- <sup>†</sup> corrected, not as printed\n")));
}

TEST(Labels, correctedValuesKeepAMark) {
  Opened opened;
  EXPECT_FALSE(valueText(opened.session.table(), opened.row(Mobile1), Metric::GpuLatency).contains(CorrectedMark));
  opened.correct({QStringLiteral("mobilenetv1-cm1-gpu-time")});
  EXPECT_TRUE(valueText(opened.session.table(), opened.row(Mobile1), Metric::GpuLatency).endsWith(CorrectedMark));
  EXPECT_FALSE(valueText(opened.session.table(), opened.row(Mobile1), Metric::Energy).contains(CorrectedMark));
}

TEST(DesignTableModel, knowsByWhichColumnItIsSorted) {
  Opened opened;
  DesignTableModel model(opened.session);
  EXPECT_EQ(model.sorted().first, -1);
  opened.session.sortBy(SortBy{Metric::Energy, Order::Descending});
  const auto [column, order] = model.sorted();
  EXPECT_EQ(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("Energy"));
  EXPECT_EQ(order, Qt::DescendingOrder);
  model.sort(model.columnCount() - 1, Qt::AscendingOrder);  // nothing sorts by warnings
  EXPECT_EQ(model.sorted(), std::pair(column, order));
  opened.session.undoStack().undo();
  EXPECT_EQ(model.sorted().first, -1);
}

TEST(Labels, tellWhyAValueIsMissing) {
  const Opened opened;
  EXPECT_EQ(valueText(opened.session.table(), opened.row(Vgg1), Metric::Area), QStringLiteral("n/a - not published"));
  EXPECT_EQ(valueText(opened.session.table(), opened.row(Vgg1), Metric::GpuEnergyRatio), QStringLiteral("175,000x"));
  EXPECT_EQ(roundedCount(191'601.4), QStringLiteral("191,600"));
}

TEST(ReportModel, showsEveryCell) {
  ReportModel model;
  const QAbstractItemModelTester tester(&model, Fatal);
  model.setReport({{QStringLiteral("row_energy_uj"), QStringLiteral("c")},
                   {{QStringLiteral("x"), 0.123456}, {Cell{}, qint64{1234}}}});
  EXPECT_EQ(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("row energy (µJ)"));
  EXPECT_EQ(cell(model, 0, 1), QStringLiteral("0.1235"));
  EXPECT_EQ(cell(model, 1, 0), QStringLiteral("n/a"));
  EXPECT_EQ(cell(model, 1, 1), QStringLiteral("1,234"));
}

TEST(Models, showAMillionDesigns) {
  Session session;
  session.addTable({QStringLiteral("many"), manyDesigns(1'000'000)});
  DesignTableModel table(session);
  const DesignsTreeModel tree(session);
  ASSERT_EQ(table.rowCount(), 1'000'000);
  EXPECT_EQ(tree.rowCount(tree.index(0, 0)), 1000);
  QElapsedTimer clock;
  clock.start();
  for (int row = 0; row < 1000; ++row)
    for (int column = 0; column < table.columnCount(); ++column) ASSERT_FALSE(cell(table, row * 999, 0).isEmpty());
  EXPECT_LT(clock.elapsed(), 60'000) << "a cell looks at every row";
  session.sortBy(SortBy{Metric::Energy, Order::Descending});
  EXPECT_EQ(session.table().at(table.designRow(0), Metric::Energy)->value, 1'000'000);
}

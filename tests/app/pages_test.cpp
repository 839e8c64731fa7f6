// SPDX-License-Identifier: GPL-3.0-or-later
// The table of pages, and a page that only this file knows.
#include "app/session/pages.h"

#include <gtest/gtest.h>

#include <QTabWidget>
#include <QTest>

#include "app/session/copy_command.h"
#include "app/window/controls/page.h"
#include "app/window/frame/main_window.h"
#include "tests/app/opened.h"
#include "tests/cli/program.h"
#include "widgets/figures/chart_export.h"

using namespace pimento;
using namespace pimento::test;

namespace {

class ToyPage : public Page {
 public:
  explicit ToyPage(Session &session) : m_session(session) {}
  [[nodiscard]] std::unique_ptr<Figure> figure() const override { return tradeOffFigure(m_session); }
  [[nodiscard]] ReportTable report() const override {
    return {{QStringLiteral("designs")}, {{qint64(m_session.table().size())}}};
  }
  int refreshed = 0;

 protected:
  void refresh() override { ++refreshed; }

 private:
  Session &m_session;
};

std::vector<NamedFigure> toyExports(const Session &session) {
  std::vector<NamedFigure> figures;
  figures.push_back({QStringLiteral("toy-chart"), tradeOffFigure(session)});
  return figures;
}

std::vector<PageRow> withToy() {
  std::vector<PageRow> rows(pages().begin(), pages().end());
  rows.push_back({"toy", "Toy", [](Session &session, JobQueue &) -> Page * { return new ToyPage(session); }, toyExports,
                  designsCommand});
  return rows;
}

QStringList namesOf(const std::vector<NamedFigure> &figures) {
  QStringList names;
  for (const NamedFigure &figure : figures) names << figure.name;
  return names;
}

}  // namespace

TEST(Pages, oneThatOnlyTheTestKnowsIsShown) {
  Opened opened;
  const std::vector<PageRow> rows = withToy();
  MainWindow window(opened.session, opened.documents, nullptr, {}, rows);
  window.show();
  EXPECT_EQ(window.pageNames().size(), static_cast<qsizetype>(rows.size()));
  window.showPage(QStringLiteral("toy"));
  auto *tabs = window.findChild<QTabWidget *>(QStringLiteral("pages"));
  ASSERT_NE(tabs, nullptr);
  EXPECT_EQ(tabs->tabText(tabs->currentIndex()), QStringLiteral("Toy"));
  ASSERT_NE(window.page(), nullptr);
  EXPECT_EQ(window.page()->name(), QStringLiteral("toy"));
  EXPECT_EQ(window.page()->rowsFile(), QStringLiteral("toy"));
  EXPECT_EQ(window.page()->command(), designsCommand(opened.session));
  EXPECT_FALSE(window.page()->command().isEmpty());
  EXPECT_TRUE(QTest::qWaitFor([&] { return static_cast<ToyPage *>(window.page())->refreshed == 1; }));
}

TEST(Pages, oneThatOnlyTheTestKnowsIsExportedAndListed) {
  const Opened opened;
  const std::vector<PageRow> rows = withToy();
  const std::vector<NamedFigure> figures = allFigures(opened.session, rows);
  EXPECT_EQ(namesOf(figures), namesOf(allFigures(opened.session)) << QStringLiteral("toy-chart"));
  EXPECT_FALSE(exportChart(*figures.back().figure, ChartFormat::Svg).isEmpty());
  EXPECT_EQ(pageNames(rows).section(QLatin1Char(' '), -3), QStringLiteral("training or toy"));
}

// What each page of the table gives as its command is a verb, and the help names every page.
TEST(Pages, haveVerbsAndStandInTheHelp) {
  const Opened opened;
  for (const PageRow &row : pages()) {
    if (row.command == nullptr) continue;
    const QStringList words = row.command(opened.session);
    if (!words.isEmpty()) {
      EXPECT_EQ(runPimento({words[1], QStringLiteral("--help")}).exitCode, 0) << row.name;
    }
  }
  const QString help = QString::fromUtf8(runPimento({QStringLiteral("--help")}).out).simplified();
  EXPECT_TRUE(help.contains(QStringLiteral("tab in front: ") + pageNames())) << help.toStdString();
}

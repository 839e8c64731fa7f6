// SPDX-License-Identifier: GPL-3.0-or-later
// The window as a user meets it, on the offscreen platform.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QToolBar>

#include "app/window/main_window.h"
#include "app/window/message_bar.h"
#include "app/window/outputs.h"
#include "app/window/page.h"
#include "app/window/variant_picker.h"
#include "tests/app/opened.h"
#include "widgets/area_pie.h"
#include "widgets/pareto_chart.h"

using namespace pimento;
using namespace pimento::test;

namespace {

class Window : public testing::Test {
 protected:
  void SetUp() override {
    m_window.resize(1600, 1000);
    m_window.show();
    QTest::mouseClick(child<QAbstractButton>("startPublished"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_session.isOpen() && panel().layerIsCurrent(); }));
  }

  template <class Object>
  Object *child(const char *name) {
    auto *object = m_window.findChild<Object *>(QString::fromLatin1(name));
    if (object == nullptr) throw std::runtime_error(std::string("nothing is named ") + name);
    return object;
  }

  PlotSurface &panel() { return *child<ParetoChart>("tradeOffChart")->zoomPanel(); }

  std::uint32_t row(const char *id) { return rowWithId(m_session.table(), QString::fromLatin1(id)).value(); }

  void clickDesign(const char *id) {
    const std::uint32_t wanted = row(id);
    const QRectF area = panel().area();
    for (int y = int(area.top()); y < area.bottom(); y += 2)
      for (int x = int(area.left()); x < area.right(); x += 2) {
        const auto point = panel().pointAt(QPointF(x, y));
        if (!point || m_session.rows()[*point] != wanted) continue;
        QTest::mouseClick(&panel(), Qt::LeftButton, {}, {x, y});
        return;
      }
    FAIL() << "the chart does not show " << id;
  }

  void type(const char *field, const char *text) {
    auto *edit = child<QLineEdit>(field);
    edit->selectAll();
    QTest::keyClicks(edit, QString::fromLatin1(text));
    QTest::keyClick(edit, Qt::Key_Return);
  }

  void choose(const char *box, const QString &text) {
    auto *combo = child<QComboBox>(box);
    const int index = combo->findText(text);
    ASSERT_GE(index, 0) << text.toStdString();
    combo->setCurrentIndex(index);
    Q_EMIT combo->activated(index);
  }

  QString inspector() { return child<QTextBrowser>("inspectorText")->toPlainText(); }

  Session m_session;
  Documents m_documents{m_session};
  MainWindow m_window{m_session, m_documents};
};

}  // namespace

TEST_F(Window, oneClickShowsPointsFrontAndTakeaway) {
  const auto &data = child<ParetoChart>("tradeOffChart")->figure().data();
  EXPECT_EQ(data.points->size(), 16U);
  EXPECT_EQ(data.points->front.size(), 4U);
  EXPECT_TRUE(data.takeaway.contains(QStringLiteral("not dominated")));
  EXPECT_EQ(m_window.pageNames(),
            QStringList({QStringLiteral("trade-off"), QStringLiteral("breakdown"), QStringLiteral("layers"),
                         QStringLiteral("hardware"), QStringLiteral("validation"), QStringLiteral("training")}));
}

TEST_F(Window, aClickedPointIsInspectedEverywhere) {
  clickDesign(Vgg1);
  EXPECT_EQ(m_session.selected(), row(Vgg1));
  EXPECT_TRUE(inspector().contains(QStringLiteral("1.433 W x 24.2 µs + 0.211 W x 11.6 µs")))
      << inspector().toStdString();
  EXPECT_TRUE(inspector().contains(QStringLiteral("n/a - not published")));
  auto *table = child<QTableView>("designsTable");
  EXPECT_EQ(table->currentIndex().siblingAtColumn(1).data().toString(), QStringLiteral("FE+CM1"));
}

TEST_F(Window, theTableSelectsInTheChart) {
  auto *table = child<QTableView>("designsTable");
  table->setCurrentIndex(table->model()->index(2, 0));
  EXPECT_EQ(m_session.selected(), m_session.rows()[2]);
}

TEST_F(Window, theInspectorSwitchesToACorrectedValue) {
  m_session.select(row(Mobile1));
  EXPECT_TRUE(inspector().contains(QStringLiteral("21.2 ms")));
  Q_EMIT child<QTextBrowser>("inspectorText")->anchorClicked(QUrl(QStringLiteral("correct:mobilenetv1-cm1-gpu-time")));
  EXPECT_TRUE(inspector().contains(QStringLiteral("10.08 ms"))) << inspector().toStdString();
  EXPECT_TRUE(inspector().contains(QStringLiteral("Show the printed value"))) << inspector().toStdString();
}

TEST_F(Window, scopeBudgetsAndUndo) {
  child<QAction>("scope_head")->trigger();
  EXPECT_EQ(m_session.table().key(m_session.rows().front()).scope, Scope::Head);
  child<QAction>("undo")->trigger();
  EXPECT_EQ(m_session.table().key(m_session.rows().front()).scope, Scope::Whole);
  EXPECT_TRUE(child<QAction>("scope_whole")->isChecked());
  type("budget_energy", "0.035 mJ");
  auto *answer = child<QLabel>("budgetAnswer");
  EXPECT_TRUE(answer->text().contains(QStringLiteral("60.26"))) << answer->text().toStdString();
  type("budget_latency", "30");
  EXPECT_TRUE(answer->text().contains(QStringLiteral("53.82"))) << answer->text().toStdString();
  type("budget_energy", "thirty");
  EXPECT_TRUE(child<MessageBar>("messageBar")->text().contains(QStringLiteral("thirty")));
  EXPECT_EQ(m_session.view().budgets.at(Metric::Energy), 35) << "nonsense changes nothing";
  EXPECT_TRUE(answer->text().contains(QStringLiteral("the budget stays 35"))) << answer->text().toStdString();
  type("budget_energy", "40");
  EXPECT_TRUE(child<MessageBar>("messageBar")->text().isEmpty()) << "mended";
  EXPECT_TRUE(answer->text().startsWith(QStringLiteral("Best"))) << answer->text().toStdString();
  type("budget_energy", "forty");
  child<QLineEdit>("budget_energy")->selectAll();
  QTest::keyClick(child<QLineEdit>("budget_energy"), Qt::Key_Delete);
  EXPECT_TRUE(child<MessageBar>("messageBar")->text().isEmpty()) << "cleared";
  QTest::keyClick(child<QLineEdit>("budget_energy"), Qt::Key_Return);
  EXPECT_FALSE(m_session.view().budgets.contains(Metric::Energy));
}

TEST_F(Window, pinsTwoDesignsToCompare) {
  clickDesign(Vgg1);
  QTest::keyClick(&panel(), Qt::Key_Space);
  m_session.select(row(Mobile2));
  QTest::mouseClick(child<QAbstractButton>("inspectorPin"), Qt::LeftButton);
  EXPECT_EQ(m_session.pinnedRows(), (std::vector{row(Vgg1), row(Mobile2)}));
  EXPECT_EQ(child<QTableView>("compareTable")->model()->columnCount(), 2);
}

TEST_F(Window, theVariantPickerSaysWhatAChoiceCosts) {
  m_session.select(row(Vgg1));
  QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);  // the buttons of the design before
  auto *button = child<QAbstractButton>("pick_fe+cm2");
  QEnterEvent enter({}, {}, {});
  QCoreApplication::sendEvent(button, &enter);
  const QString hint = child<VariantPicker>("variantPicker")->hint();
  EXPECT_TRUE(hint.contains(QStringLiteral("−11.62"))) << hint.toStdString();
  QTest::mouseClick(button, Qt::LeftButton);
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_session.selected() == row(Vgg2); }));
}

TEST_F(Window, theAreaPieHasATableOfItsSlices) {
  m_window.showPage(QStringLiteral("breakdown"));
  auto *picker = child<QComboBox>("breakdownPicker");
  picker->setCurrentIndex(picker->findText(QStringLiteral("Area that computing adds")));
  const PieData &data = child<AreaPie>("areaPie")->figure().data();
  EXPECT_EQ(data.slices.size(), 3U);
  EXPECT_TRUE(data.takeaway.contains(QStringLiteral("7.9 %"))) << "the published total beside the model's";
  EXPECT_TRUE(child<AreaPie>("areaPie")->isVisible());
}

TEST_F(Window, allPagesAndControlsSurviveEveryView) {
  for (const QString &page : m_window.pageNames()) {
    m_window.showPage(page);
    for (const char *dataset : {"All", "CIFAR-10", "ImageNet", "CIFAR-100"}) {
      choose("datasetPicker", QString::fromLatin1(dataset));
      for (auto *picker : m_window.page()->findChildren<QComboBox *>())
        for (int i = 0; i < picker->count(); ++i) {
          picker->setCurrentIndex(i);
          Q_EMIT picker->activated(i);
          EXPECT_FALSE(m_window.grab().isNull());
        }
      EXPECT_NE(m_window.page()->figure(), nullptr);
    }
  }
}

TEST_F(Window, everyControlHasAName) {
  for (const QString &page : m_window.pageNames()) {
    m_window.showPage(page);
    for (auto *widget : m_window.findChildren<QWidget *>()) {
      const bool control = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget) ||
                           qobject_cast<QAbstractItemView *>(widget);
      if (widget->inherits("QHeaderView")) continue;  // part of its table
      const bool own = widget->objectName().startsWith(QStringLiteral("qt_")) ||
                       widget->parentWidget()->inherits("QComboBoxPrivateContainer");
      if (!control || own || !widget->isVisible()) continue;
      const QString name = QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name);
      EXPECT_FALSE(name.isEmpty()) << widget->metaObject()->className() << ' ' << widget->objectName().toStdString();
    }
  }
}

TEST_F(Window, aBadFileIsNamedAndTheOpenWorkUntouched) {
  const auto rows = std::vector(m_session.rows().begin(), m_session.rows().end());
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("bad.pimento"));
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write("PK\x03\x04 not a project");
  file.close();
  m_window.openFile(path);
  EXPECT_TRUE(child<MessageBar>("messageBar")->text().contains(QStringLiteral("bad.pimento")));
  m_window.openFile(folder.filePath(QStringLiteral("missing.csv")));
  EXPECT_TRUE(child<MessageBar>("messageBar")->text().contains(QStringLiteral("missing.csv")));
  EXPECT_EQ(std::vector(m_session.rows().begin(), m_session.rows().end()), rows);
}

TEST_F(Window, saysWhatATableBesideTheOpenWorkAdded) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("pub.csv"));
  writeWhole(write(m_window.page()->report(), TableFormat::Csv).toUtf8(), path);
  m_window.openFile(path);
  EXPECT_EQ(child<MessageBar>("messageBar")->text(), QStringLiteral("All 16 designs of pub.csv are here already."));
  EXPECT_EQ(m_session.rows().size(), 16U);
}

TEST_F(Window, goesBackToTheStartPage) {
  child<QAction>("startPage")->trigger();
  EXPECT_FALSE(m_session.isOpen());
  EXPECT_TRUE(child<QAbstractButton>("startPublished")->isVisible());
  EXPECT_FALSE(child<QAction>("startPage")->isEnabled());
  m_window.openPublished();
  EXPECT_TRUE(panel().isVisible());
}

TEST_F(Window, opensWithTheDesignsInFront) {
  EXPECT_TRUE(QTest::qWaitFor([&] { return !child<QDockWidget>("tableDock")->visibleRegion().isEmpty(); }));
  EXPECT_TRUE(child<QDockWidget>("compareDock")->visibleRegion().isEmpty());
}

TEST_F(Window, menuEntriesHaveMnemonicsOfTheirOwn) {
  for (const auto *menu : m_window.findChildren<QMenu *>()) {
    QStringList keys;
    for (const QAction *action : menu->actions()) {
      const auto at = action->text().indexOf(QLatin1Char('&'));
      if (at < 0) continue;
      const QString key = action->text().mid(at + 1, 1).toLower();
      EXPECT_FALSE(keys.contains(key)) << action->text().toStdString();
      keys << key;
    }
  }
}

TEST_F(Window, copiesTablesAndCommands) {
  child<QAction>("copyMarkdown")->trigger();
  EXPECT_TRUE(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("| network")));
  child<QAction>("copyCommand")->trigger();
  EXPECT_EQ(
      QGuiApplication::clipboard()->text(),
      QStringLiteral("pimento front --published --objectives energy,accuracy --dataset cifar-100 --training joint "
                     "--scope whole"));
}

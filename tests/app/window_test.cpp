// SPDX-License-Identifier: GPL-3.0-or-later
// The window as a user meets it, on the offscreen platform.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTimer>
#include <QToolBar>

#include "app/session/budget_answer.h"
#include "app/session/outputs.h"
#include "app/window/controls/page.h"
#include "app/window/explore/variant_picker.h"
#include "app/window/frame/main_window.h"
#include "app/window/frame/message_bar.h"
#include "core/files/save_file.h"
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
  m_session.select(std::nullopt);
  Q_EMIT answer->linkActivated(AnswerLink);
  EXPECT_EQ(m_session.selected(), answerBudget(m_session).best) << "the answer is a link to its design";
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
  EXPECT_EQ(data.slices.size(), 4U);
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
  writeWhole(path, write(m_window.page()->report(), TableFormat::Csv).toUtf8());
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

TEST_F(Window, pinningBringsUpTheComparison) {
  auto *compare = child<QDockWidget>("compareDock");
  EXPECT_TRUE(compare->visibleRegion().isEmpty()) << "the table lies before it";
  m_session.togglePin(row(Vgg1));
  EXPECT_TRUE(QTest::qWaitFor([&] { return !compare->visibleRegion().isEmpty(); }));
  child<QDockWidget>("tableDock")->raise();
  ASSERT_TRUE(QTest::qWaitFor([&] { return compare->visibleRegion().isEmpty(); }));
  m_session.togglePin(row(Vgg1));
  m_session.undoStack().undo();
  QTest::qWait(0);
  EXPECT_TRUE(compare->visibleRegion().isEmpty()) << "neither unpinning nor undo does";
}

TEST_F(Window, saysWhatEstimatesItAdded) {
  m_session.select(row(Mobile1));
  child<QDockWidget>("whatIfDock")->raise();
  ASSERT_TRUE(QTest::qWaitFor([&] { return child<QAbstractButton>("addEstimates")->isVisible(); }));
  QTest::mouseClick(child<QAbstractButton>("addEstimates"), Qt::LeftButton);
  const QString said = child<MessageBar>("messageBar")->text();
  EXPECT_TRUE(said.startsWith(QStringLiteral("Added 4 designs of MobileNetV1 at 8:8 bits"))) << said.toStdString();
  EXPECT_TRUE(said.contains(QStringLiteral("no accuracy, so the chart shows energy against latency now. Undo")));
  child<QAction>("scope_head")->trigger();
  child<QAction>("undo")->trigger();
  EXPECT_EQ(child<MessageBar>("messageBar")->text(), said) << "what it tells of is still done";
  child<QAction>("undo")->trigger();
  EXPECT_TRUE(child<MessageBar>("messageBar")->text().isEmpty()) << "what it tells of is undone";
}

// The dialog says which table it is about to write.
TEST_F(Window, exportsTheTableInFrontUnderItsName) {
  QString title, file;
  const auto ask = [&] {
    QTimer look;
    look.setInterval(5);
    QObject::connect(&look, &QTimer::timeout, [&] {
      auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
      if (dialog == nullptr) return;
      title = dialog->windowTitle();
      file = QFileInfo(dialog->selectedFiles().value(0)).fileName();
      dialog->reject();
    });
    look.start();
    child<QAction>("exportTable")->trigger();
  };
  ask();
  EXPECT_EQ(title, QStringLiteral("Export the table of the designs in view"));
  EXPECT_EQ(file, QStringLiteral("designs.csv"));
  m_session.togglePin(row(Vgg1));
  ASSERT_TRUE(QTest::qWaitFor([&] { return !child<QDockWidget>("compareDock")->visibleRegion().isEmpty(); }));
  ask();
  EXPECT_EQ(title, QStringLiteral("Export the table of Compare"));
  EXPECT_EQ(file, QStringLiteral("compare.csv"));
  child<QDockWidget>("tableDock")->raise();
  ASSERT_TRUE(QTest::qWaitFor([&] { return child<QDockWidget>("compareDock")->visibleRegion().isEmpty(); }));
  m_window.showPage(QStringLiteral("layers"));
  ask();
  EXPECT_EQ(title, QStringLiteral("Export the table of Layers"));
  EXPECT_EQ(file, QStringLiteral("layers.csv"));
}

TEST_F(Window, theSelectedRowIsInSight) {
  choose("datasetPicker", QStringLiteral("All"));
  auto *table = child<QTableView>("designsTable");
  const auto inSight = [&] {
    return QTest::qWaitFor([&] {
      const QRect place = table->visualRect(table->currentIndex());
      return place.isValid() && table->viewport()->rect().contains(place.adjusted(0, 0, -place.width() + 1, 0));
    });
  };
  for (const std::uint32_t wanted : {m_session.rows().back(), m_session.rows().front(), m_session.rows()[20]}) {
    m_session.select(wanted);
    EXPECT_TRUE(inSight()) << "selected elsewhere";
    for (const Order order : {Order::Descending, Order::Ascending}) {
      m_session.sortBy(SortBy{Metric::Accuracy, order});
      EXPECT_EQ(m_session.selected(), wanted);
      EXPECT_TRUE(inSight()) << "after sorting";
    }
  }
  m_session.togglePin(m_session.rows().front());
  ASSERT_TRUE(QTest::qWaitFor([&] { return table->visibleRegion().isEmpty(); }));
  m_session.select(m_session.rows().back());
  child<QDockWidget>("tableDock")->raise();
  EXPECT_TRUE(inSight()) << "behind another dock meanwhile";
}

TEST_F(Window, messagesFloatWhereNothingIsCovered) {
  auto *bar = child<MessageBar>("messageBar");
  const auto place = [&] { return QRect(bar->mapTo(&m_window, QPoint()), bar->size()); };
  m_window.note(QStringLiteral("Written: somewhere"));
  for (const auto *control : m_window.findChildren<QWidget *>()) {
    const bool use = qobject_cast<const QAbstractButton *>(control) || qobject_cast<const QComboBox *>(control) ||
                     qobject_cast<const PlotSurface *>(control) || qobject_cast<const QLabel *>(control);
    if (!use || !control->isVisible() || bar->isAncestorOf(control)) continue;
    const QRect there(control->mapTo(&m_window, QPoint()), control->size());
    EXPECT_FALSE(place().intersects(there)) << control->objectName().toStdString();
  }
  const auto *chart = child<ParetoChart>("tradeOffChart");
  EXPECT_LT(place().bottom(), chart->mapTo(&m_window, QPoint()).y());
  m_window.report(QString(QStringLiteral("much to say ")).repeated(60));
  EXPECT_GT(place().top(), m_window.height() / 3) << "no room there: at the lower edge of the page";
}

TEST_F(Window, somethingOpenedIsSeenInTradeOff) {
  m_window.showPage(QStringLiteral("training"));
  m_window.compareResNet20();
  EXPECT_EQ(m_window.page()->name(), QStringLiteral("trade-off"));
  m_window.beginTraining();
  EXPECT_EQ(m_window.page()->name(), QStringLiteral("training")) << "who trains begins there";
}

// The star is about what would be asked for.
TEST_F(Window, aLookAtWhatOneClickOpensIsNoChange) {
  child<QAction>("scope_head")->trigger();
  EXPECT_FALSE(m_window.isWindowModified());
  m_session.togglePin(m_session.rows().front());
  EXPECT_TRUE(m_window.isWindowModified());
  m_session.undoStack().undo();
  EXPECT_FALSE(m_window.isWindowModified());
  const QTemporaryDir folder;
  m_documents.save(folder.filePath(QStringLiteral("mine.pimento")));
  child<QAction>("scope_whole")->trigger();
  EXPECT_TRUE(m_window.isWindowModified()) << "a file keeps its view";
  EXPECT_TRUE(m_window.save());
  EXPECT_FALSE(m_window.isWindowModified());
  m_session.sortBy(SortBy{Metric::Energy});
  EXPECT_FALSE(m_window.isWindowModified());
}

TEST_F(Window, ctrlCCopiesWhatIsSelected) {
  auto *copy = child<QAction>("copySelection");
  EXPECT_EQ(copy->shortcut(), QKeySequence(QKeySequence::Copy));
  clickDesign(Vgg1);
  copy->trigger();
  QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  ASSERT_EQ(lines.size(), 2) << "the header and the point of the chart";
  EXPECT_TRUE(lines[0].startsWith(QStringLiteral("id\tnetwork\tvariant")));
  EXPECT_TRUE(lines[1].startsWith(QString::fromLatin1(Vgg1) + QLatin1Char('\t')));
  auto *table = child<QTableView>("designsTable");
  table->setFocus();
  table->selectAll();
  copy->trigger();
  lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  EXPECT_EQ(lines.size(), 1 + static_cast<qsizetype>(m_session.rows().size()));
  EXPECT_EQ(QGuiApplication::clipboard()->mimeData()->data(QStringLiteral("text/csv")),
            toCsv(m_window.page()->report()).toUtf8());
  m_session.togglePin(row(Vgg1));
  auto *compare = child<QTableView>("compareTable");
  ASSERT_TRUE(QTest::qWaitFor([&] { return !compare->visibleRegion().isEmpty(); }));
  compare->setFocus();
  compare->selectAll();
  copy->trigger();
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral("\nAccuracy\t● 65.44 %\n")))
      << QGuiApplication::clipboard()->text().toStdString();
}

TEST_F(Window, theArrowOfTheTableSaysHowItIsSorted) {
  auto *header = child<QTableView>("designsTable")->horizontalHeader();
  EXPECT_EQ(header->sortIndicatorSection(), -1);
  const auto titled = [&](const char *title) {
    for (int i = 0; i < header->count(); ++i)
      if (header->model()->headerData(i, Qt::Horizontal).toString() == QLatin1String(title)) return i;
    return -2;
  };
  header->setSortIndicator(titled("Energy"), Qt::DescendingOrder);
  ASSERT_EQ(m_session.view().sort, (SortBy{Metric::Energy, Order::Descending}));
  header->setSortIndicator(titled("Warnings"), Qt::AscendingOrder);  // nothing sorts by them
  EXPECT_EQ(header->sortIndicatorSection(), titled("Energy"));
  m_session.undoStack().undo();
  EXPECT_EQ(header->sortIndicatorSection(), -1);
}

// Each complaint stands until what it is about is mended.
TEST(Complaints, doNotTakeEachOtherAway) {
  Opened opened;
  MainWindow window(opened.session, opened.documents);
  window.show();
  auto &bar = *window.findChild<MessageBar *>(QStringLiteral("messageBar"));
  opened.session.complain(QStringLiteral("energy"), QStringLiteral("no energy"));
  opened.session.complain(QStringLiteral("rows"), QStringLiteral("too many rows"));
  opened.session.complain(QStringLiteral("energy"), {});
  EXPECT_EQ(bar.text(), QStringLiteral("too many rows"));
  opened.session.complain(QStringLiteral("energy"), QStringLiteral("no energy"));
  opened.session.complain(QStringLiteral("energy"), {});
  EXPECT_EQ(bar.text(), QStringLiteral("too many rows"));
  opened.session.complain(QStringLiteral("rows"), {});
  EXPECT_EQ(bar.text(), QString());
}

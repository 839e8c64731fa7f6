// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers that people type into the window, in a locale that writes 0.05 as 0,05 and 1,000 as 1.000.
#include <gtest/gtest.h>

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QLineEdit>
#include <QTest>

#include "app/session/compare_model.h"
#include "app/session/labels.h"
#include "app/session/slider_scale.h"
#include "app/window/controls/number_box.h"
#include "app/window/frame/export_dialog.h"
#include "app/window/frame/main_window.h"
#include "app/window/frame/undo_keys.h"
#include "app/window/training/inference_panel.h"
#include "app/window/training/training_form.h"
#include "tests/app/opened.h"

using namespace pimento;
using namespace pimento::test;

namespace {

// Everything that is made in it reads and writes numbers as in Germany.
class German : public testing::Test {
 protected:
  German() { QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany)); }
  ~German() override { QLocale::setDefault(m_before); }

  static void type(QAbstractSpinBox &box, const char *text) {
    auto *edit = box.findChild<QLineEdit *>();
    edit->selectAll();
    QTest::keyClicks(edit, QString::fromLatin1(text));
    QTest::keyClick(edit, Qt::Key_Return);
  }

  template <class Object>
  static Object &child(const QObject &parent, const char *name) {
    auto *object = parent.findChild<Object *>(QString::fromLatin1(name));
    if (object == nullptr) throw std::runtime_error(std::string("nothing is named ") + name);
    return *object;
  }

 private:
  QLocale m_before;
};

}  // namespace

TEST_F(German, pointsAndCommasAreUnderstood) {
  TrainingForm form;
  auto &rate = child<NumberBox>(form, "trainingLearningRate");
  for (const auto &[typed, value] : {std::pair{"0.05", 0.05}, {"0,25", 0.25}, {"0.001", 0.001}, {"1e-3", 1e-3}}) {
    type(rate, typed);
    EXPECT_EQ(rate.value(), value) << typed;
  }
  EXPECT_EQ(rate.text(), QStringLiteral("0.001"));
}

TEST_F(German, wholeNumbersAreGroupedByCommas) {
  TrainingForm form;
  auto &images = child<WholeBox>(form, "trainingImages");
  type(images, "12,500");
  EXPECT_EQ(images.value(), 12500);
  EXPECT_EQ(images.text(), QStringLiteral("12,500"));
  type(images, "2000");
  EXPECT_EQ(images.value(), 2000);
  type(images, "1.5");  // no whole number, and not 15
  EXPECT_EQ(images.value(), 2000);
  EXPECT_EQ(images.text(), QStringLiteral("2,000"));
  images.setValue(0);
  EXPECT_EQ(images.text(), QStringLiteral("all"));
}

TEST_F(German, whatMayBeTwoNumbersIsRefusedAndExplained) {
  Opened opened;
  MainWindow window(opened.session, opened.documents);
  window.show();
  QStringList complaints;
  QObject::connect(&opened.session, &Session::problem, &window,
                   [&](const QString &, const QString &text) { complaints << text; });
  auto &energy = child<QLineEdit>(window, "budget_energy");
  energy.setText(QStringLiteral("35,5"));
  Q_EMIT energy.editingFinished();
  EXPECT_EQ(opened.session.view().budgets.at(Metric::Energy), 35.5);
  EXPECT_EQ(energy.text(), QStringLiteral("35.5"));
  energy.setText(QStringLiteral("1,234"));
  Q_EMIT energy.editingFinished();
  EXPECT_EQ(opened.session.view().budgets.at(Metric::Energy), 35.5);
  ASSERT_FALSE(complaints.isEmpty());
  EXPECT_TRUE(complaints.back().contains(QStringLiteral("write 1.234 or 1234"))) << complaints.back().toStdString();
}

// One place for all of them: a box of Qt's own would follow the locale.
TEST_F(German, everyBoxOfTheWindowIsOneOfOurs) {
  Session session;
  Documents documents(session);
  documents.compareResNet20();
  MainWindow window(session, documents);
  ExportDialog dialog(QStringLiteral("chart"));
  int boxes = 0;
  for (const QWidget *top : {static_cast<QWidget *>(&window), static_cast<QWidget *>(&dialog)})
    for (const auto *box : top->findChildren<QAbstractSpinBox *>()) {
      EXPECT_TRUE(dynamic_cast<const NumberBox *>(box) || dynamic_cast<const WholeBox *>(box))
          << box->objectName().toStdString();
      EXPECT_EQ(box->locale().decimalPoint(), QStringLiteral("."));
      ++boxes;
    }
  EXPECT_GT(boxes, 5);
}

// A view writes a number by the locale of the widget: models give text.
TEST_F(German, noModelLeavesTheWritingOfNumbersToTheView) {
  Session session;
  Documents documents(session);
  documents.compareResNet20();
  session.togglePin(0);
  session.togglePin(1);
  MainWindow window(session, documents);
  window.show();
  int cells = 0;
  for (const auto *view : window.findChildren<QAbstractItemView *>()) {
    if (!view->model()) continue;
    for (int row = 0; row < std::min(20, view->model()->rowCount()); ++row)
      for (int column = 0; column < view->model()->columnCount(); ++column) {
        const QVariant shown = view->model()->index(row, column).data();
        EXPECT_NE(shown.typeId(), QMetaType::Double) << view->objectName().toStdString();
        ++cells;
      }
  }
  EXPECT_GT(cells, 50);
}

TEST_F(German, parametersAreTypedAndShownAsFilesHaveThem) {
  Session session;
  Documents documents(session);
  documents.compareResNet20();
  MainWindow window(session, documents);
  window.show();
  auto &offset = child<NumberBox>(window, "number_offset_mv");
  type(offset, "3,25");
  EXPECT_EQ(session.view().whatIf.at(QStringLiteral("offset_mv")), 3.25);
  EXPECT_TRUE(offset.text().startsWith(QStringLiteral("3.25"))) << offset.text().toStdString();
}

TEST_F(German, rowsOfASubArraySnapToPowersOfTwo) {
  Session session;
  Documents documents(session);
  documents.compareResNet20();
  MainWindow window(session, documents);
  window.show();
  auto &rows = child<NumberBox>(window, "number_rows");
  type(rows, "1000");
  EXPECT_EQ(rows.value(), 1024);
  rows.setValue(512);
  rows.stepBy(1);
  EXPECT_EQ(rows.value(), 1024);
  EXPECT_EQ(session.view().whatIf.at(QStringLiteral("rows")), 1024);
  type(rows, "1100");  // snaps to what it is already
  EXPECT_EQ(rows.value(), 1024);
  rows.stepBy(-1);
  EXPECT_EQ(rows.value(), 512);
}

TEST(SliderScale, reachesPowersOfTwoAndNothingBetween) {
  const Parameter &rows = requireParameter(QStringLiteral("rows"), QStringLiteral("test"));
  const SliderScale scale(rows, 512, 512);
  std::vector<double> values;
  for (int position = 0; position <= scale.steps(); ++position) values.push_back(scale.valueAt(position));
  EXPECT_EQ(values, (std::vector<double>{128, 256, 512, 1024, 2048, 4096}));
  EXPECT_EQ(SliderScale(rows, 1000, 1000).valueAt(SliderScale(rows, 1000, 1000).positionOf(1000)), 1000);
}

TEST(NumberBox, theRangeOrTheRemedyStandsBesideWhatIsNotTaken) {
  NumberBox box;
  box.setRange(0, 10);
  box.setValue(5);
  QString text = QStringLiteral("11");
  int position = 0;
  EXPECT_EQ(box.validate(text, position), QValidator::Intermediate);
  box.fixup(text);
  EXPECT_EQ(text, QStringLiteral("5"));
}

TEST(Labels, ratiosWithZeroSaySo) {
  EXPECT_EQ(differenceText(Metric::Energy, 3, 0), QStringLiteral("n/a - divides by zero"));
  EXPECT_EQ(differenceText(Metric::Energy, 0, 0), QStringLiteral("n/a - divides by zero"));
  EXPECT_EQ(differenceText(Metric::Energy, 0, 3), QStringLiteral("0x"));
  EXPECT_EQ(differenceText(Metric::Energy, 3, 2), QStringLiteral("1.5x"));
  EXPECT_EQ(differenceText(Metric::Accuracy, 3, 0), QStringLiteral("+3.00\u00a0pp"));
}

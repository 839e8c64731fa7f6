// SPDX-License-Identifier: GPL-3.0-or-later
// The Hardware page and the sliders beside it, on the offscreen platform.
#include "app/window/hardware/hardware_page.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QTest>
#include <QToolButton>

#include "app/session/hardware_chain.h"
#include "app/session/labels.h"
#include "app/session/subject.h"
#include "app/session/what_if_steps.h"
#include "app/window/frame/main_window.h"
#include "app/window/frame/message_bar.h"
#include "app/window/hardware/parameter_row.h"
#include "app/window/hardware/what_if_panel.h"
#include "core/hardware/profile/device_presets.h"
#include "tests/app/opened.h"
#include "tests/cli/program.h"
#include "widgets/area_pie.h"
#include "widgets/bar_chart.h"
#include "widgets/chain_view.h"
#include "widgets/curve_chart.h"
#include "widgets/histogram_chart.h"

using namespace pimento;
using namespace pimento::test;

namespace {

const ChainLine &lineOf(const ChainData &chain, std::size_t box, const char *name) {
  for (const ChainLine &line : chain.boxes.at(box).lines)
    if (line.name == QString::fromUtf8(name)) return line;
  throw std::runtime_error(std::string("no line ") + name);
}

class HardwareWindow : public testing::Test {
 protected:
  void SetUp() override {
    m_window.resize(1600, 1000);
    m_window.show();
    m_documents.compareResNet20();
    m_window.showPage(QStringLiteral("hardware"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return slider() != nullptr && slider()->isVisible(); }));
  }

  template <class Object>
  Object *child(const char *name) {
    auto *object = m_window.findChild<Object *>(QString::fromLatin1(name));
    if (object == nullptr) throw std::runtime_error(std::string("nothing is named ") + name);
    return object;
  }

  QSlider *slider() { return m_window.findChild<QSlider *>(QStringLiteral("slider_tmr_pct")); }
  HardwarePage &page() { return *child<HardwarePage>("hardwarePage"); }
  [[nodiscard]] double tmr() {
    const auto &changes = m_session.view().whatIf;
    const auto tmr = changes.find(QStringLiteral("tmr_pct"));
    return tmr == changes.end() ? 0 : tmr->second;
  }
  const ChainData &chain() { return child<ChainView>("hardwareChain")->figure().data(); }

  void drag(int by) {
    slider()->setSliderDown(true);
    const int start = slider()->value();
    for (int i = 1; i <= by; ++i) slider()->setValue(start + i);
    slider()->setSliderDown(false);
  }
  void type(const char *box, const char *text) {
    auto *number = child<QDoubleSpinBox>(box);
    number->findChild<QLineEdit *>()->selectAll();
    QTest::keyClicks(number, QString::fromLatin1(text));
    QTest::keyClick(number, Qt::Key_Return);
  }

  Session m_session;
  Documents m_documents{m_session};
  MainWindow m_window{m_session, m_documents};
};

}  // namespace

TEST_F(HardwareWindow, aDraggedSliderChangesTheChainAndUndoTakesItBack) {
  const QString before = lineOf(chain(), 1, "AND2 margin").value;
  drag(40);
  EXPECT_GT(tmr(), 121);
  EXPECT_EQ(m_session.undoStack().count(), 1) << "one drag, one step";
  const ChainLine &margin = lineOf(chain(), 1, "AND2 margin");
  EXPECT_EQ(margin.base, before);
  EXPECT_NE(margin.value, before);
  EXPECT_TRUE(margin.change.endsWith(QLatin1Char('x')));
  EXPECT_TRUE(lineOf(chain(), 3, "sub-arrays").base.isEmpty()) << "what does not change has no base";
  EXPECT_FALSE(lineOf(chain(), 4, "energy").base.isEmpty());
  EXPECT_EQ(child<BarChart>("hardwareEnergy")->figure().data().bars.size(), 2U);
  EXPECT_TRUE(child<QToolButton>("reset_tmr_pct")->isVisible());
  child<QAction>("undo")->trigger();
  EXPECT_TRUE(m_session.view().whatIf.empty());
  EXPECT_EQ(lineOf(chain(), 1, "AND2 margin").value, before);
  EXPECT_EQ(child<QDoubleSpinBox>("number_tmr_pct")->value(), 120);
  EXPECT_FALSE(child<QToolButton>("reset_tmr_pct")->isVisible());
}

TEST_F(HardwareWindow, numbersAreTypedAndResetOneByOneOrAll) {
  type("number_tmr_pct", "171");
  EXPECT_EQ(tmr(), 171);
  type("number_offset_mv", "3.25");
  EXPECT_EQ(m_session.view().whatIf.size(), 2U);
  QTest::mouseClick(child<QToolButton>("reset_tmr_pct"), Qt::LeftButton);
  EXPECT_EQ(m_session.view().whatIf, (ParameterChanges{{QStringLiteral("offset_mv"), 3.25}}));
  QTest::mouseClick(child<QPushButton>("resetWhatIf"), Qt::LeftButton);
  EXPECT_TRUE(m_session.view().whatIf.empty());
  type("number_tmr_pct", "-4");
  EXPECT_TRUE(m_session.view().whatIf.empty());
  EXPECT_TRUE(child<MessageBar>("messageBar")->text().contains(QStringLiteral("TMR")))
      << child<MessageBar>("messageBar")->text().toStdString();
  type("number_tmr_pct", "150");
  EXPECT_TRUE(child<MessageBar>("messageBar")->text().isEmpty()) << "mended";
}

TEST_F(HardwareWindow, searchFindsWhatStandsBehindMore) {
  auto *row = child<ParameterRow>("parameter_wake_pj");
  EXPECT_FALSE(row->isVisible());
  child<QLineEdit>("parameterSearch")->setText(QStringLiteral("wak energy"));
  EXPECT_TRUE(row->isVisible());
  EXPECT_FALSE(child<ParameterRow>("parameter_tmr_pct")->isVisible());
  child<QLineEdit>("parameterSearch")->clear();
  EXPECT_FALSE(row->isVisible());
  QTest::mouseClick(child<QToolButton>("more_chip"), Qt::LeftButton);
  EXPECT_TRUE(row->isVisible());
}

TEST_F(HardwareWindow, everyParameterHasAControlThatShowsItsValue) {
  const Accelerator base = baseAcceleratorOf(m_session, QStringLiteral("resnet20-slimmable"));
  for (const Parameter &p : parameters()) {
    const QByteArray key = p.key;
    if (p.words.empty())
      EXPECT_EQ(child<QDoubleSpinBox>(("number_" + key).constData())->value(), p.get(base)) << p.key;
    else
      EXPECT_EQ(child<QComboBox>(("words_" + key).constData())->currentIndex(), int(p.get(base))) << p.key;
    EXPECT_TRUE(child<ParameterRow>(("parameter_" + key).constData())->toolTip().contains(QLatin1String(p.key)));
  }
}

TEST_F(HardwareWindow, contradictionsAreToldAndMended) {
  const auto choose = [&](const char *name, int index) {
    auto *box = child<QComboBox>(name);
    box->setCurrentIndex(index);
    Q_EMIT box->activated(index);
  };
  choose("words_write_back", 1);
  choose("words_dataflow", 2);
  EXPECT_TRUE(child<MessageBar>("messageBar")->text().contains(QStringLiteral("write_back")));
  EXPECT_TRUE(chain().takeaway.contains(QStringLiteral("Not shown"))) << chain().takeaway.toStdString();
  EXPECT_FALSE(child<QPushButton>("keepProfile")->isEnabled());
  choose("words_write_back", 0);
  EXPECT_TRUE(child<MessageBar>("messageBar")->text().isEmpty());
  EXPECT_TRUE(child<QPushButton>("keepProfile")->isEnabled());
}

TEST_F(HardwareWindow, undoKeysAreTheSessionsUnlessTextIsTyped) {
  m_window.activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&m_window));
  const auto undoKey = [&](QWidget *at) { QTest::keyClick(at, Qt::Key_Z, Qt::ControlModifier); };
  type("number_tmr_pct", "171");
  auto *number = child<QDoubleSpinBox>("number_tmr_pct");
  ASSERT_EQ(tmr(), 171);
  undoKey(number);
  EXPECT_EQ(tmr(), 0) << "the spin box had handed its value over";
  type("number_tmr_pct", "171");
  auto *search = child<QLineEdit>("parameterSearch");
  search->setFocus();
  undoKey(search);
  EXPECT_EQ(tmr(), 0) << "an empty field has nothing to take back";
  type("number_tmr_pct", "171");
  search->setFocus();
  QTest::keyClicks(search, QStringLiteral("wri"));
  undoKey(search);
  EXPECT_EQ(tmr(), 171);
  EXPECT_NE(search->text(), QStringLiteral("wri")) << "typed text goes first";
  search->clear();
  auto *reset = child<QPushButton>("resetWhatIf");
  reset->setFocus();
  QTest::keyClick(reset, Qt::Key_Space);
  EXPECT_EQ(tmr(), 0);
  EXPECT_EQ(QApplication::focusWidget(), child<QComboBox>("presetPicker"));
  undoKey(QApplication::focusWidget());
  EXPECT_EQ(tmr(), 171);
}

TEST_F(HardwareWindow, presetsAreOneStep) {
  auto *presets = child<QComboBox>("presetPicker");
  for (int i = 1; i < presets->count(); ++i) {
    const QString title = presets->itemText(i);
    Q_EMIT presets->activated(i);
    EXPECT_EQ(presets->currentText(), title);
    EXPECT_EQ(m_session.undoStack().undoText(), title);
    EXPECT_FALSE(m_session.view().whatIf.empty()) << title.toStdString();
    EXPECT_TRUE(m_session.whatIf().problem.isEmpty()) << m_session.whatIf().problem.toStdString();
    m_session.undoStack().undo();
    EXPECT_EQ(presets->currentIndex(), 0);
  }
}

TEST_F(HardwareWindow, theCurveIsRefinedOutsideOfTheWindowsThread) {
  EXPECT_EQ(child<CurveChart>("switchingChart")->figure().data().note, QStringLiteral("refining…"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return page().isSettled(); }, 60'000));
  const CurveData &curve = child<CurveChart>("switchingChart")->figure().data();
  EXPECT_TRUE(curve.note.isEmpty());
  ASSERT_EQ(curve.series.size(), 3U);
  EXPECT_EQ(curve.series[1].look, 1U);
  EXPECT_FALSE(curve.mark->name.isEmpty()) << "the cross stands in the legend";
  EXPECT_TRUE(curve.takeaway.contains(QStringLiteral("equation of motion"))) << curve.takeaway.toStdString();
  for (const QPointF &point : curve.series[1].points) EXPECT_GT(point.y(), 0);
  const HistogramData &margins = child<HistogramChart>("marginChart")->figure().data();
  EXPECT_EQ(margins.distributions.size(), 3U);
  EXPECT_EQ(total(margins.distributions.front()), MarginTrials);
  child<QComboBox>("senseOperation")->setCurrentIndex(static_cast<int>(SenseOp::Or3));
  EXPECT_TRUE(QTest::qWaitFor(
      [&] { return child<HistogramChart>("marginChart")->figure().data().distributions.size() == 4; }, 60'000));
}

TEST_F(HardwareWindow, aDeviceOfGivenCurrentHasNoCurve) {
  Accelerator stt = baseAcceleratorOf(m_session, QStringLiteral("resnet20-slimmable"));
  const Accelerator base = stt;
  applyDevicePreset(stt, QStringLiteral("stt"));
  setWhatIf(m_session, base, Preset{QStringLiteral("stt"), stt});
  EXPECT_TRUE(child<CurveChart>("switchingChart")->figure().isEmpty());
  EXPECT_FALSE(child<CurveChart>("switchingChart")->figure().data().emptyText.isEmpty());
}

TEST_F(HardwareWindow, aBoxOfTheChainLeadsToItsSliders) {
  Q_EMIT child<ChainView>("hardwareChain")->boxActivated(3);
  EXPECT_TRUE(QTest::qWaitFor([&] { return !child<QSlider>("slider_banks")->visibleRegion().isEmpty(); }));
}

TEST_F(HardwareWindow, theReportIsWhatTheCommandGives) {
  type("number_tmr_pct", "142.857");
  type("number_power_cap_w", "1.25");
  const QStringList command = page().command();
  const Output output = runPimento(command.mid(1) + QStringList{QStringLiteral("--csv")});
  ASSERT_EQ(output.exitCode, 0) << output.err.toStdString();
  EXPECT_EQ(output.out, write(page().report(), TableFormat::Csv));
}

TEST_F(HardwareWindow, eachChartCanBeShownAloneAndExported) {
  auto *picker = child<QComboBox>("hardwarePicker");
  ASSERT_TRUE(QTest::qWaitFor([&] { return page().isSettled(); }, 60'000));
  QStringList titles;
  for (int i = 1; i < picker->count(); ++i) {
    picker->setCurrentIndex(i);
    titles << page().figure()->title();
    EXPECT_FALSE(m_window.grab().isNull());
    EXPECT_TRUE(child<ChainView>("hardwareChain")->isVisible() == (i == 1));
  }
  EXPECT_EQ(titles.removeDuplicates(), 0);
}

TEST(HardwareChain, warnsInTheBoxConcerned) {
  Opened opened;
  opened.session.select(opened.row(Vgg1));
  Accelerator base;
  Accelerator weak = base;
  applyDevicePreset(weak, QStringLiteral("check"));
  setWhatIf(opened.session, base, Preset{QStringLiteral("check"), weak});
  setWhatIf(opened.session, base, requireParameter(QStringLiteral("offset_mv"), {}), 20);
  const ChainData chain = hardwareChain(opened.session);
  ASSERT_EQ(chain.boxes.size(), 5U);
  EXPECT_TRUE(chain.boxes[0].warnings.join(QString()).contains(QStringLiteral("stability"))) << "retention below a day";
  EXPECT_TRUE(chain.boxes[1].warnings.join(QString()).contains(QStringLiteral("margin"))) << "margin below the offset";
}

TEST(HardwareChain, namesNoMultipleOfNothingOrOfWhatHasNoLimit) {
  Session session;
  Documents documents(session);
  documents.compareResNet20();
  const Accelerator base = baseAcceleratorOf(session, QStringLiteral("resnet20-slimmable"));
  const auto set = [&](const char *key, double value) {
    setWhatIf(session, base, requireParameter(QString::fromLatin1(key), QStringLiteral("test")), value);
  };
  set("free_layer_thickness_nm", 7.64);
  const ChainData chain = hardwareChain(session);
  const ChainLine &scrub = lineOf(chain, 0, "scrub every");
  EXPECT_EQ(scrub.value, QStringLiteral("unlimited"));
  EXPECT_FALSE(scrub.base.isEmpty());
  EXPECT_TRUE(scrub.change.isEmpty()) << scrub.change.toStdString();
  for (const ChainBox &box : chain.boxes)
    for (const ChainLine &line : box.lines) {
      EXPECT_NE(line.change, QStringLiteral("0x")) << line.name.toStdString();
      EXPECT_FALSE(line.change.startsWith(QLatin1Char('-'))) << line.name.toStdString();
    }
  EXPECT_EQ(differenceText(Metric::Energy, 3, 0), QStringLiteral("n/a - divides by zero"));
  EXPECT_EQ(roundedCount(1e22), QStringLiteral("1.000e+22"));
}

TEST(HardwareChain, isThereWithoutANetwork) {
  Session session;
  session.open({});
  EXPECT_EQ(hardwareChain(session).boxes.size(), 4U);
  EXPECT_FALSE(hardwareChain(session).takeaway.isEmpty());
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/what_if.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>

#include "app/window/breakdowns.h"
#include "app/window/copy_command.h"
#include "app/window/estimate_alarms.h"
#include "app/window/figures.h"
#include "app/window/parameter_labels.h"
#include "app/window/scatter_points.h"
#include "app/window/slider_scale.h"
#include "app/window/subject.h"
#include "app/window/what_if_panel.h"
#include "app/window/what_if_text.h"
#include "core/base/error.h"
#include "core/explore/design_report.h"
#include "core/hardware/profile_json.h"
#include "core/hardware/profiles.h"
#include "core/project/project_points.h"
#include "tests/app/opened.h"
#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {

const QString Tmr = QStringLiteral("tmr_pct");

const Parameter &parameter(const QString &key) { return requireParameter(key, QStringLiteral("test")); }

// The four widths of ResNet20 with their estimates.
struct Widths {
  Widths() { documents.compareResNet20(); }
  [[nodiscard]] Accelerator base() const { return baseAcceleratorOf(session, QStringLiteral("resnet20-slimmable")); }
  void set(const QString &key, double value, int drag = 0) { setWhatIf(session, base(), parameter(key), value, drag); }
  [[nodiscard]] double changed(std::uint32_t row, Metric metric) const {
    const ChangedDesign *design = session.whatIf().find(row);
    return design == nullptr ? -1 : design->at(metric).value_or(-1);
  }

  Session session;
  Documents documents{session};
};

}  // namespace

TEST(WhatIf, givesTheNumbersOfAnEstimateMadeForTheChangedAccelerator) {
  Widths widths;
  Session &session = widths.session;
  widths.set(Tmr, 171);
  widths.set(QStringLiteral("power_cap_w"), 1);
  widths.set(QStringLiteral("layout"), static_cast<double>(Layout::Widest));
  Project project;
  project.estimates = {{.network = QStringLiteral("resnet20-slimmable"), .accelerator = QStringLiteral("changed")}};
  Accelerator changed = widths.base();
  changed.sensing.tmr_pct = 171;
  changed.schedule.power_cap_w = 1;
  changed.schedule.layout = Layout::Widest;
  changed.name = QStringLiteral("changed");
  project.accelerators[changed.name] = writeProfile(changed);
  const DesignTable expected = projectPoints(project);
  int compared = 0;
  for (const std::uint32_t row : session.rows()) {
    if (session.table().kind(row, Metric::Energy) != Kind::Estimated || session.table().key(row).reference) continue;
    const QString variant = session.table().name(session.table().key(row).variant);
    for (std::uint32_t other = 0; other < expected.size(); ++other) {
      if (expected.key(other).reference || expected.name(expected.key(other).variant) != variant) continue;
      for (const Metric metric : {Metric::Energy, Metric::Latency, Metric::Power, Metric::Area}) {
        EXPECT_EQ(widths.changed(row, metric), expected.at(other, metric)->value) << int(metric);
        ++compared;
      }
      EXPECT_NEAR(widths.changed(row, Metric::GpuSpeedup), expected.at(other, Metric::GpuSpeedup)->value, 1e-9);
      EXPECT_NEAR(widths.changed(row, Metric::GpuEnergyRatio), expected.at(other, Metric::GpuEnergyRatio)->value, 1e-9);
    }
  }
  EXPECT_EQ(compared, 16);
}

TEST(WhatIf, aDragIsOneStepAndUndoTakesItBack) {
  Widths widths;
  Session &session = widths.session;
  int told = 0;
  QObject::connect(&session, &Session::whatIfChanged, [&] { ++told; });
  const int drag = session.newDrag();
  for (int tmr = 121; tmr <= 150; ++tmr) widths.set(Tmr, tmr, drag);
  EXPECT_EQ(session.undoStack().count(), 1);
  EXPECT_EQ(session.undoStack().undoText(), QStringLiteral("Set TMR to 150\u00a0%"));
  EXPECT_EQ(told, 30);
  EXPECT_EQ(session.whatIf().designs.size(), 4U);
  widths.set(Tmr, 171, session.newDrag());
  EXPECT_EQ(session.undoStack().count(), 2) << "another drag is another step";
  session.undoStack().undo();
  EXPECT_EQ(session.view().whatIf.at(Tmr), 150);
  session.undoStack().undo();
  EXPECT_TRUE(session.view().whatIf.empty());
  EXPECT_TRUE(session.whatIf().designs.empty());
  session.undoStack().redo();
  EXPECT_EQ(session.view().whatIf.at(Tmr), 150);
}

TEST(WhatIf, theValueOfTheProfileIsNoChange) {
  Widths widths;
  widths.set(Tmr, 150);
  widths.set(Tmr, widths.base().sensing.tmr_pct);
  EXPECT_TRUE(widths.session.view().whatIf.empty());
}

TEST(WhatIf, comesBackFromAProject) {
  Widths widths;
  widths.set(Tmr, 1000.0 / 7);
  widths.set(QStringLiteral("dataflow"), 2);
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("p.pimento"));
  widths.documents.save(path);
  Session session;
  Documents documents(session);
  documents.open(path);
  EXPECT_EQ(session.view(), widths.session.view());
  ASSERT_EQ(session.whatIf().designs.size(), widths.session.whatIf().designs.size());
  EXPECT_EQ(session.whatIf().designs.front().at(Metric::Energy),
            widths.session.whatIf().designs.front().at(Metric::Energy));
  EXPECT_FALSE(session.isModified());
}

TEST(WhatIf, leavesOutOfAViewWhatItDoesNotKnow) {
  const QJsonObject changes{{Tmr, 150},
                            {QStringLiteral("offset_mv"), -3},
                            {QStringLiteral("dataflow"), QStringLiteral("sideways")},
                            {QStringLiteral("flux_capacity"), 1},
                            {QStringLiteral("packing"), QStringLiteral("any")}};
  const ViewState view = viewFromJson({{QStringLiteral("what_if"), changes}});
  EXPECT_EQ(view.whatIf, (ParameterChanges{{Tmr, 150}, {QStringLiteral("packing"), 2}}));
  EXPECT_EQ(viewFromJson(toJson(view)).whatIf, view.whatIf);
}

TEST(WhatIf, tellsOfParametersThatContradictEachOtherAndKeepsThem) {
  Widths widths;
  Session &session = widths.session;
  widths.set(QStringLiteral("write_back"), 1);
  widths.set(QStringLiteral("dataflow"), 2);
  EXPECT_TRUE(session.whatIf().problem.contains(QStringLiteral("write_back")))
      << session.whatIf().problem.toStdString();
  EXPECT_TRUE(session.whatIf().designs.empty());
  EXPECT_EQ(session.view().whatIf.size(), 2U) << "nothing is lost";
  const SubjectAccelerator at = acceleratorOf(session, QStringLiteral("resnet20-slimmable"));
  EXPECT_EQ(at.changed, at.base) << "breakdowns show what there is";
  EXPECT_TRUE(componentEnergy(session, Regions::All).takeaway.startsWith(QStringLiteral("Not shown is the what-if")));
  EXPECT_THROW(session.keepProfile(widths.base(), QStringLiteral("bad")), Error);
  EXPECT_TRUE(session.definitions().accelerators.empty());
  widths.set(QStringLiteral("write_back"), 0);
  EXPECT_TRUE(session.whatIf().problem.isEmpty());
  EXPECT_FALSE(session.whatIf().designs.empty());
}

TEST(WhatIf, breakdownsAndLayersShowItAndSaySo) {
  Widths widths;
  Session &session = widths.session;
  const double before = total(componentEnergy(session, Regions::All).bars.front());
  widths.set(Tmr, 300);
  std::uint32_t first = 0;
  for (const ChangedDesign &design : session.whatIf().designs)
    if (session.table().name(session.table().key(design.row).variant) == QStringLiteral("1.0")) first = design.row;
  session.select(first);
  const BarData energy = componentEnergy(session, Regions::All);
  EXPECT_NEAR(total(energy.bars.front()), widths.changed(*session.selected(), Metric::Energy), 1e-9)
      << "the first bar is the selected variant's";
  EXPECT_NE(total(energy.bars.front()), before);
  EXPECT_TRUE(energy.title.contains(QStringLiteral("(what-if)"))) << energy.title.toStdString();
  EXPECT_TRUE(energy.takeaway.contains(QStringLiteral("TMR 300"))) << energy.takeaway.toStdString();
  EXPECT_TRUE(layerValues(session, LayerMetric::Energy).takeaway.contains(QStringLiteral("TMR 300")));
  EXPECT_FALSE(layerValues(session, LayerMetric::Macs).takeaway.contains(QStringLiteral("TMR")));
  EXPECT_TRUE(tradeOffFigure(session)->title().contains(QStringLiteral("Accuracy")));
  EXPECT_TRUE(whatIfOf(session, *session.selected()).contains(QLatin1Char('x')));
}

TEST(WhatIf, saysThatASavingErrsAndWarns) {
  Widths widths;
  widths.set(Tmr, 21.8);
  const WhatIf &whatIf = widths.session.whatIf();
  EXPECT_GT(whatIf.senseErrors, 0.1);
  EXPECT_LT(whatIf.senseErrorsBase, 0.01);
  const QString effect = whatIfEffect(widths.session);
  EXPECT_TRUE(effect.contains(QStringLiteral("AND2 results wrong"))) << effect.toStdString();
  EXPECT_TRUE(effect.contains(QStringLiteral("⚠ AND2 margin"))) << effect.toStdString();
  EXPECT_TRUE(whatIfTakeaway(widths.session).contains(effect));
  widths.session.keepProfile(widths.base(), QStringLiteral("weak"));
  EXPECT_TRUE(worstAlarm({QStringLiteral("the power cap of 2 W sets the time of 3 of 9 layers")}).isEmpty());
  int warned = 0;
  for (const std::uint32_t row : widths.session.rows())
    warned += worstAlarm(warningsOf(widths.session.table(), row)).contains(QStringLiteral("AND2 margin")) ? 1 : 0;
  EXPECT_EQ(warned, 4) << "kept designs carry it on";
}

TEST(WhatIf, keptAsAProfileItsEstimatesStandBesideTheOthers) {
  Widths widths;
  Session &session = widths.session;
  widths.set(Tmr, 171);
  std::map<QString, double> expected;
  for (const std::uint32_t row : session.rows())
    if (session.whatIf().find(row))
      expected[session.table().name(session.table().key(row).variant)] = widths.changed(row, Metric::Energy);
  const std::size_t rows = session.rows().size();
  const QString name = suggestedProfileName(session, widths.base());
  EXPECT_EQ(name, QStringLiteral("sot-mram-tmr-171"));
  session.keepProfile(widths.base(), name);
  EXPECT_TRUE(session.view().whatIf.empty());
  int found = 0;
  for (const std::uint32_t row : session.rows()) {
    const DesignKey &key = session.table().key(row);
    if (session.table().name(key.platform) != name) continue;
    EXPECT_EQ(session.table().at(row, Metric::Energy)->value, expected.at(session.table().name(key.variant)));
    ++found;
  }
  EXPECT_EQ(found, 4);
  EXPECT_EQ(session.rows().size(), rows + 4);
  const ParetoData chart = paretoData(session, axesPlane(session));
  int named = 0;
  for (std::uint32_t point = 0; point < chart.points->size(); ++point)
    named += chart.points->labelOf(point).endsWith(name) ? 1 : 0;
  EXPECT_EQ(named, 4) << "labels tell the accelerators apart";
  EXPECT_TRUE(session.isWorthSaving());
  const Project saved = session.project();
  session.undoStack().undo();
  EXPECT_EQ(session.rows().size(), rows);
  EXPECT_EQ(session.view().whatIf.at(Tmr), 171);
  EXPECT_TRUE(session.definitions().accelerators.empty());
  session.undoStack().redo();
  EXPECT_TRUE(sameAs(session.project(), saved));
  Session other;
  other.open(saved);
  EXPECT_TRUE(other.table().sameAs(session.table()));
}

TEST(WhatIf, aKeptProfileNeedsANameOfItsOwnAndEstimates) {
  Widths widths;
  widths.set(Tmr, 171);
  for (const char *name : {"", "sot-mram", "a/b", " x", "stt-mram"})
    EXPECT_THROW(widths.session.keepProfile(widths.base(), QString::fromLatin1(name)), Error) << name;
  Opened opened;
  setWhatIf(opened.session, Accelerator{}, parameter(Tmr), 150);
  EXPECT_THROW(opened.session.keepProfile(builtInProfile(builtInProfiles().front()), QStringLiteral("mine")), Error);
  EXPECT_FALSE(opened.session.hasEstimates());
}

TEST(WhatIf, concernsTheSelectedDesignsOwnProfile) {
  Widths widths;
  Session &session = widths.session;
  widths.set(Tmr, 171);
  session.keepProfile(widths.base(), QStringLiteral("better"));
  for (const std::uint32_t row : session.rows())
    if (session.table().name(session.table().key(row).platform) == QStringLiteral("better")) session.select(row);
  EXPECT_EQ(widths.base().name, QStringLiteral("better"));
  EXPECT_EQ(widths.base().sensing.tmr_pct, 171);
  setWhatIf(session, widths.base(), parameter(Tmr), 120);
  EXPECT_EQ(session.whatIf().designs.size(), 8U) << "each estimate over its own profile";
}

TEST(WhatIf, addsEstimatesBesidePublishedPoints) {
  Opened opened;
  Session &session = opened.session;
  session.select(opened.row(Mobile1));
  EXPECT_FALSE(hasEstimateOf(session, QStringLiteral("deco-mobilenetv1")));
  addEstimateOfSubject(session);
  EXPECT_TRUE(hasEstimateOf(session, QStringLiteral("deco-mobilenetv1")));
  setWhatIf(session, Accelerator{}, parameter(Tmr), 300);
  EXPECT_FALSE(session.whatIf().designs.empty());
  for (const ChangedDesign &design : session.whatIf().designs)
    EXPECT_EQ(session.table().kind(design.row, Metric::Energy), Kind::Estimated);
  session.undoStack().undo();
  session.undoStack().undo();
  EXPECT_FALSE(session.hasEstimates());
  EXPECT_EQ(session.selected(), opened.row(Mobile1));
}

TEST(WhatIf, arrowsLeadToTheChangedDesigns) {
  Widths widths;
  Session &session = widths.session;
  EXPECT_TRUE(scatterMarks(session, axesPlane(session)).arrows.empty());
  widths.set(Tmr, 300);
  const auto arrows = scatterMarks(session, axesPlane(session)).arrows;
  ASSERT_EQ(arrows.size(), 4U);
  for (std::size_t i = 0; i < arrows.size(); ++i) {
    const ChangedDesign &design = session.whatIf().designs[i];
    EXPECT_EQ(arrows[i].from.x(), session.table().at(design.row, Metric::Energy)->value);
    EXPECT_EQ(arrows[i].to.x(), design.at(Metric::Energy));
    EXPECT_EQ(arrows[i].to.y(), arrows[i].from.y()) << "no accelerator changes an accuracy";
  }
  EXPECT_TRUE(scatterMarks(session, memoryPlane(session)).arrows.empty()) << "nor the memory";
}

TEST(CopyAsCommand, givesTheNumbersOfTheWhatIf) {
  Widths widths;
  Session &session = widths.session;
  widths.set(Tmr, 1000.0 / 7);
  widths.set(QStringLiteral("packing"), 2);
  const std::uint32_t row = *session.selected();
  const auto energyOf = [&] { return field(csvOf(estimateCommand(session, {}).mid(1)), 0, "energy_uj").toDouble(); };
  EXPECT_DOUBLE_EQ(energyOf(), widths.changed(row, Metric::Energy));
  EXPECT_TRUE(estimateCommand(session, {}).contains(QStringLiteral("packing=any")));
  const double changed = widths.changed(row, Metric::Energy);
  session.keepProfile(widths.base(), QStringLiteral("mine"));
  for (const std::uint32_t other : session.rows())
    if (session.table().name(session.table().key(other).platform) == QStringLiteral("mine") &&
        session.table().key(other).variant == session.table().key(row).variant)
      session.select(other);
  EXPECT_DOUBLE_EQ(energyOf(), changed) << "a profile of the project, as a command without the project";
}

TEST(ParameterLabels, areThereAndTellParametersApart) {
  QStringList titles;
  for (const Parameter &p : parameters()) {
    const QString title = parameterTitle(p);
    EXPECT_FALSE(title.isEmpty());
    EXPECT_FALSE(titles.contains(title)) << title.toStdString();
    titles << title;
  }
  EXPECT_EQ(parameterTitle(parameter(Tmr)), QStringLiteral("TMR"));
  EXPECT_EQ(parameterTitle(parameter(QStringLiteral("write_pulse_ns"))), QStringLiteral("Write pulse"));
  EXPECT_EQ(parameterTitle(parameter(QStringLiteral("full_adder_fj"))), QStringLiteral("Full adder energy"));
}

TEST(ParameterLabels, theLeadingParametersAreInTheTable) {
  for (const char *key : leadingParameters()) EXPECT_NO_THROW((void)parameter(QString::fromLatin1(key))) << key;
}

TEST(SliderScale, keepsItsBaseAndStaysInRangeForEveryParameter) {
  const Accelerator base;
  for (const Parameter &p : parameters()) {
    if (!p.words.empty()) continue;
    const double value = p.get(base);
    for (const double shown : {value, p.minimum, p.maximum}) {
      const SliderScale scale(p, value, shown);
      EXPECT_EQ(scale.valueAt(scale.positionOf(value)), value) << p.key;
      double last = -1;
      for (int position = 0; position <= scale.steps(); ++position) {
        const double at = scale.valueAt(position);
        EXPECT_GE(at, p.minimum) << p.key;
        EXPECT_LE(at, p.maximum) << p.key;
        EXPECT_GE(at, last) << p.key;
        EXPECT_TRUE(!p.whole || at == std::round(at)) << p.key;
        last = at;
      }
    }
  }
}

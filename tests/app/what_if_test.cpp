// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/what_if.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>

#include "app/session/breakdowns.h"
#include "app/session/copy_command.h"
#include "app/session/figures.h"
#include "app/session/hardware_chain.h"
#include "app/session/labels.h"
#include "app/session/parameter_labels.h"
#include "app/session/scatter_points.h"
#include "app/session/slider_scale.h"
#include "app/session/subject.h"
#include "app/session/view_state.h"
#include "app/session/what_if_steps.h"
#include "app/session/what_if_text.h"
#include "app/window/hardware/what_if_panel.h"
#include "core/base/error.h"
#include "core/base/warning_level.h"
#include "core/explore/design_report.h"
#include "core/hardware/profile/profile_json.h"
#include "core/hardware/profile/profiles.h"
#include "core/study/study.h"
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
  const DesignTable expected = study(project).table;
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
  const SubjectAccelerator at = subjectAccelerator(session, QStringLiteral("resnet20-slimmable"));
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
  for (const ChangedDesign &design : whatIf.designs) EXPECT_EQ(design.judgement.validity, Validity::Invalid);
  const QString effect = whatIfEffect(widths.session);
  EXPECT_TRUE(effect.contains(QStringLiteral("AND2 results wrong"))) << effect.toStdString();
  EXPECT_TRUE(effect.contains(QStringLiteral("⚠ Invalid: AND2 margin"))) << effect.toStdString();
  EXPECT_TRUE(whatIfTakeaway(widths.session).contains(effect));
  widths.session.keepProfile(widths.base(), QStringLiteral("weak"));
  EXPECT_TRUE(worstAlarm({QStringLiteral("note: the power cap of 2 W sets the time of 3 of 9 layers")}).isEmpty());
  int warned = 0;
  for (const std::uint32_t row : widths.session.rows())
    warned += worstAlarm(warningsOf(widths.session.table(), row)).contains(QStringLiteral("AND2 margin")) ? 1 : 0;
  EXPECT_EQ(warned, 4) << "kept designs carry it on";
}

TEST(WhatIf, saysHowManyEstimatesAnAlarmIsOf) {
  Widths widths;
  widths.set(Tmr, 43);
  widths.session.keepProfile(widths.base(), QStringLiteral("sot-mram-tmr-43"));
  setWhatIf(widths.session, widths.base(), parameter(QStringLiteral("power_cap_w")), 1.9);
  const QString effect = whatIfEffect(widths.session);
  EXPECT_TRUE(effect.contains(QStringLiteral("⚠ 4 of 8 estimates, on sot-mram-tmr-43: invalid: AND2 margin")))
      << effect.toStdString();
}

TEST(WhatIf, panelAndChainSayTheSameOfWhatWas) {
  Widths widths;
  Session &session = widths.session;
  widths.set(Tmr, 60);
  session.keepProfile(widths.base(), QStringLiteral("worse"));
  for (const std::uint32_t row : session.rows())
    if (const DesignKey &key = session.table().key(row);
        !key.reference && session.table().name(key.platform) == QStringLiteral("sot-mram"))
      session.select(row);
  ASSERT_EQ(widths.base().name, QStringLiteral("sot-mram"));
  widths.set(Tmr, 50);
  const ChainData chain = hardwareChain(session);
  const auto &lines = chain.boxes[1].lines;
  const auto errors = std::find_if(lines.begin(), lines.end(), [](const ChainLine &line) {
    return line.name == QStringLiteral("AND2 errors at strobe");
  });
  ASSERT_NE(errors, lines.end());
  const double was = errors->base.toDouble();
  ASSERT_GT(was, 0);
  EXPECT_TRUE(whatIfEffect(session).contains(QStringLiteral("(was %1)").arg(shareText(was))))
      << whatIfEffect(session).toStdString() << " where the chain says " << errors->base.toStdString();
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
  EXPECT_EQ(keepProfile(session, widths.base(), name),
            QStringLiteral("Kept the profile sot-mram-tmr-171: the chart shows 4 designs of it."));
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
  EXPECT_TRUE(session.isModified());
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

TEST(WhatIf, saysThatAKeptProfileIsNotSeen) {
  Widths widths;
  widths.set(Tmr, 171);
  setWhatIfBits(widths.session, {4, 8});
  const QString said = keepProfile(widths.session, widths.base(), QStringLiteral("mine"));
  EXPECT_TRUE(said.contains(QStringLiteral("none has values for both axes"))) << said.toStdString();
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
  const QStringList datasets = session.view().filter.datasets;
  EXPECT_FALSE(hasEstimateOf(session, *subjectOf(session)));
  addEstimateOfSubject(session);
  EXPECT_TRUE(hasEstimateOf(session, *subjectOf(session)));
  EXPECT_EQ(session.view().filter.datasets, datasets) << "what is looked at stays";
  const auto estimated = std::ranges::count_if(session.rows(), [&](std::uint32_t row) {
    return session.table().key(row).profileHash != 0 && session.table().key(row).dataset == 0;
  });
  EXPECT_EQ(estimated, 4) << "an estimate names no data set and is seen all the same";
  setWhatIf(session, Accelerator{}, parameter(Tmr), 300);
  EXPECT_FALSE(session.whatIf().designs.empty());
  for (const ChangedDesign &design : session.whatIf().designs)
    EXPECT_EQ(session.table().kind(design.row, Metric::Energy), Kind::Estimated);
  session.undoStack().undo();
  session.undoStack().undo();
  EXPECT_FALSE(session.hasEstimates());
  EXPECT_EQ(session.selected(), opened.row(Mobile1));
}

TEST(WhatIf, saysWhatAnAddedEstimateBringsAndBringsNothingElse) {
  Widths widths;
  Session &session = widths.session;
  const std::size_t before = session.rows().size();
  setWhatIfBits(session, {4, 8});
  EXPECT_EQ(addEstimateOfSubject(session),
            QStringLiteral("Added 4 designs of ResNet20 at 4:8 bits with 8 reference points. They have no accuracy, so "
                           "the chart shows energy against latency now. Undo (Ctrl+Z) takes it all back."));
  EXPECT_EQ(session.rows().size(), before + 12);
  for (const std::uint32_t row : session.rows()) {
    const DesignKey &key = session.table().key(row);
    EXPECT_TRUE(key.dataset != 0 || key.bitsWeights == 4 || key.bitsWeights == 32)
        << session.table().id(row).toStdString();
  }
  session.undoStack().undo();
  EXPECT_EQ(session.rows().size(), before);
  EXPECT_EQ(session.view().y, Metric::Accuracy);
  // Where accuracies are published, they stand beside the costs and nothing else changes.
  setWhatIfBits(session, {16, 16});
  EXPECT_EQ(addEstimateOfSubject(session),
            QStringLiteral("Added 4 designs of ResNet20 at 16:16 bits. Undo (Ctrl+Z) takes it all back."));
  EXPECT_EQ(session.view().y, Metric::Accuracy);
  EXPECT_EQ(session.view().filter.datasetless, Datasetless::Hidden);
}

TEST(WhatIf, changesTheBitsOfEveryEstimate) {
  Widths widths;
  Session &session = widths.session;
  setWhatIfBits(session, {4, 4});
  ASSERT_EQ(session.whatIf().designs.size(), 4U);
  // The right values: an estimate that is made at these bits.
  Project project = session.definitions();
  project.estimates[0].bits = {4, 4};
  const DesignTable wanted = study(project).table;
  for (const ChangedDesign &design : session.whatIf().designs) {
    const QString &variant = session.table().name(session.table().key(design.row).variant);
    std::optional<std::uint32_t> same;
    for (std::uint32_t row = 0; row < wanted.size(); ++row)
      if (wanted.key(row).profileHash != 0 && wanted.name(wanted.key(row).variant) == variant) same = row;
    ASSERT_TRUE(same) << variant.toStdString();
    for (const Metric metric :
         {Metric::Energy, Metric::Latency, Metric::Power, Metric::Area, Metric::Memory, Metric::BitAnds})
      EXPECT_DOUBLE_EQ(design.at(metric).value(), wanted.at(*same, metric)->value) << info(metric).key;
  }
  EXPECT_EQ(subjectOf(session)->bits, (Bits{4, 4})) << "the other pages too";
  EXPECT_TRUE(whatIfTakeaway(session).contains(QStringLiteral("4:4 bits"))) << whatIfTakeaway(session).toStdString();
  EXPECT_EQ(viewFromJson(toJson(session.view())).whatIfBits, (Bits{4, 4}));
  const std::size_t before = session.table().size();
  addEstimateOfSubject(session);
  EXPECT_GT(session.table().size(), before);
  EXPECT_EQ(session.definitions().estimates.back().bits, (Bits{4, 4}));
  EXPECT_FALSE(session.view().whatIfBits) << "they are designs now";
  session.undoStack().undo();
  EXPECT_EQ(session.view().whatIfBits, (Bits{4, 4}));
  setWhatIfBits(session, {8, 8});
  EXPECT_FALSE(session.view().supposes()) << "as they are estimated";
}

// A project that is saved after something of its view was ended opens without it.
TEST(WhatIf, thatHasEndedIsNotSaved) {
  ViewState all;
  all.zoom = Zoom{1, 2, 3, 4};
  all.invalid = InvalidDesigns::TakePart;
  all.sort = SortBy{Metric::Energy, Order::Descending};
  all.whatIf = {{Tmr, 300.0}};
  all.whatIfBits = Bits{4, 4};
  QStringList more = toJson(all).keys();
  for (const QString &key : toJson(ViewState{}).keys()) more.removeAll(key);
  QStringList optional = optionalViewKeys();
  optional.sort();
  EXPECT_EQ(more, optional) << "keys that are missing there stay in a project for ever";
  Widths widths;
  Session &session = widths.session;
  Project project = session.definitions();
  project.view = toJson(all);
  session.open(project);
  ASSERT_EQ(session.view().whatIfBits, (Bits{4, 4}));
  session.change(QStringLiteral("nothing set"), ViewState{});
  EXPECT_EQ(viewFromJson(session.project().view).whatIfBits, std::nullopt);
  for (const QString &key : optional) EXPECT_FALSE(session.project().view.contains(key)) << key.toStdString();
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
  EXPECT_EQ(arrows.back().label,
            designName(session.table(), session.whatIf().designs.back().row) + QStringLiteral(" · 8:8"))
      << "as its point, where the view has several precisions";
  setWhatIfBits(session, {4, 8});
  const QString label = scatterMarks(session, axesPlane(session)).arrows.front().label;
  EXPECT_TRUE(label.endsWith(QStringLiteral(" · 4:8"))) << "what it is at is said: " << label.toStdString();
  EXPECT_TRUE(
      whatIfOf(session, session.whatIf().designs.front().row).startsWith(QStringLiteral("What-if at 4:8 bits:")));
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
      double last = p.minimum;
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

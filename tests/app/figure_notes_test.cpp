// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/figure_notes.h"

#include <gtest/gtest.h>

#include "app/session/figures.h"
#include "app/session/subject.h"
#include "app/session/what_if_steps.h"
#include "tests/app/opened.h"
#include "widgets/figures/chart_export.h"
#include "widgets/figures/footnoted_figure.h"

using namespace pimento;
using namespace pimento::test;

TEST(FigureNotes, sayTheKindsOfEachAxis) {
  Opened opened;
  EXPECT_EQ(designNotes(opened.session, axesPlane(opened.session)).first(),
            QStringLiteral("Energy: derived; Accuracy: published."));
}

TEST(FigureNotes, explainCorrectedValues) {
  Opened opened;
  opened.correct({QStringLiteral("mobilenetv1-cm1-gpu-time")});
  ViewState view = opened.session.view();
  view.x = Metric::GpuLatency;
  opened.session.change(QStringLiteral("axis"), view);
  const QString notes = designNotes(opened.session, axesPlane(opened.session)).join(QLatin1Char('\n'));
  EXPECT_TRUE(notes.contains(QStringLiteral("† corrected, not as printed: 2241 µs"))) << notes.toStdString();
  const ParetoData data = paretoData(opened.session, axesPlane(opened.session));
  EXPECT_TRUE(std::ranges::any_of(data.points->styles, [](const PointStyle &style) { return style.corrected; }));
}

TEST(FigureNotes, nameProfilesByTheirHash) {
  Session session;
  Documents documents(session);
  documents.compareResNet20();
  const Accelerator base = baseAcceleratorOf(session, QStringLiteral("resnet20-slimmable"));
  const QString notes = designNotes(session, axesPlane(session)).join(QLatin1Char('\n'));
  EXPECT_TRUE(notes.contains(QStringLiteral("Estimated for profile %1 (hash %2).").arg(base.name, hash(base))))
      << notes.toStdString();
  EXPECT_EQ(subjectNotes(session),
            QStringList{QStringLiteral("Estimated for profile %1 (hash %2).").arg(base.name, hash(base))});
  setWhatIf(session, base, requireParameter(QStringLiteral("tmr_pct"), QStringLiteral("test")), 43);
  EXPECT_TRUE(subjectNotes(session).first().contains(QStringLiteral(", changed to hash ")));
}

TEST(FigureNotes, saysWhyDesignsAreNotValidAndWhichTheyAre) {
  DesignTable table;
  const auto from = table.intern(Provenance{Kind::Estimated, QStringLiteral("model"), {}, {}});
  for (const char *name : {"a", "b", "c"}) {
    const auto row = table.append({.network = table.intern(QString::fromLatin1(name))});
    table.set(row, Metric::Energy, 1, from);
  }
  table.setValidity(0, Validity::Invalid, QStringLiteral("errors of 0.1"));
  table.setValidity(2, Validity::Invalid, QStringLiteral("errors of 0.1"));
  EXPECT_EQ(designNotes(table, std::array{0U, 1U, 2U}, std::array{Metric::Energy}),
            (QStringList{QStringLiteral("Energy: estimated."), QStringLiteral("✕ invalid: errors of 0.1 (a and c)")}));
}

TEST(FootnotedFigure, standsBelowThePrintAndNotOnTheScreen) {
  Opened opened;
  const auto figure = tradeOffFigure(opened.session);
  const auto &footnoted = dynamic_cast<const FootnotedFigure &>(*figure);
  EXPECT_FALSE(footnoted.notes().isEmpty());
  Style style;
  style.medium = Medium::Screen;
  EXPECT_EQ(footnoted.heightFor(600, style), footnoted.figure().heightFor(600, style));
  style.medium = Medium::Print;
  EXPECT_GT(footnoted.heightFor(600, style), footnoted.figure().heightFor(600, style));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/figures.h"

#include <array>

#include "app/session/breakdowns.h"
#include "app/session/figure_notes.h"
#include "app/session/hardware_chain.h"
#include "app/session/hardware_charts.h"
#include "app/session/scatter_points.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "app/session/what_if_text.h"
#include "widgets/figures/footnoted_figure.h"

namespace pimento {

namespace {

struct BreakdownInfo {
  const char *name;
  const char *title;
};

constexpr BreakdownInfo Infos[BreakdownCount] = {{"energy-by-module", "Energy by module"},
                                                 {"energy-by-component", "Energy by component"},
                                                 {"energy-by-region", "Energy by the papers' four regions"},
                                                 {"area-overhead", "Area that computing adds"},
                                                 {"area-by-component", "Area by component"},
                                                 {"memory", "Accuracy against memory"}};

std::unique_ptr<Figure> barFigure(BarData data) { return std::make_unique<BarFigure>(std::move(data)); }

std::unique_ptr<Figure> withNotes(std::unique_ptr<Figure> figure, QStringList notes) {
  return std::make_unique<FootnotedFigure>(std::move(figure), std::move(notes));
}

}  // namespace

std::unique_ptr<Figure> withSubjectNotes(const Session &session, std::unique_ptr<Figure> figure) {
  return withNotes(std::move(figure), subjectNotes(session));
}

QString breakdownTitle(Breakdown breakdown) { return QString::fromLatin1(Infos[static_cast<int>(breakdown)].title); }
QString breakdownName(Breakdown breakdown) { return QString::fromLatin1(Infos[static_cast<int>(breakdown)].name); }

// What a print marks: pinned designs are the author's choice; the selection is the moment's.
static ScatterMarks printedMarks(const Session &session, const Plane &plane) {
  ScatterMarks marks = scatterMarks(session, plane);
  marks.selected.reset();
  return marks;
}

std::unique_ptr<Figure> tradeOffFigure(const Session &session) {
  ParetoData data = paretoData(session, axesPlane(session));
  if (const QString whatIf = whatIfTakeaway(session); !whatIf.isEmpty()) data.takeaway += QLatin1Char(' ') + whatIf;
  auto figure = std::make_unique<ParetoFigure>(std::move(data));
  figure->setMarks(printedMarks(session, axesPlane(session)));
  if (const auto &zoom = session.view().zoom)
    figure->setZoom({zoom->xLow, zoom->xHigh, zoom->yLow, zoom->yHigh});
  else if (!figure->isEmpty())
    figure->setZoom(rangeOf(figure->zoomHome()));
  return withNotes(std::move(figure), designNotes(session, axesPlane(session)));
}

static std::unique_ptr<Figure> moduleFigure(const Session &session) {
  DesignBars energy = moduleEnergy(session);
  const QStringList notes = designNotes(session.table(), energy.rows, std::array{Metric::Energy});
  return withNotes(barFigure(std::move(energy.data)), notes);
}

std::unique_ptr<Figure> breakdownFigure(const Session &session, Breakdown breakdown) {
  switch (breakdown) {
    case Breakdown::EnergyByModule:
      return moduleFigure(session);
    case Breakdown::EnergyByComponent:
      return withSubjectNotes(session, barFigure(componentEnergy(session, Regions::All)));
    case Breakdown::EnergyByRegion:
      return withSubjectNotes(session, barFigure(componentEnergy(session, Regions::Published)));
    case Breakdown::AreaOverhead:
      return withSubjectNotes(session, std::make_unique<PieFigure>(areaOverhead(session)));
    case Breakdown::AreaByComponent:
      return withSubjectNotes(session, std::make_unique<PieFigure>(areaByComponent(session)));
    case Breakdown::Memory:
      break;
  }
  auto figure = std::make_unique<ParetoFigure>(paretoData(session, memoryPlane(session)));
  figure->setPanels(Panels::ZoomOnly);
  figure->setMarks(printedMarks(session, memoryPlane(session)));
  return withNotes(std::move(figure), designNotes(session, memoryPlane(session)));
}

std::vector<NamedFigure> tradeOffExports(const Session &session) {
  std::vector<NamedFigure> figures;
  figures.push_back({QStringLiteral("trade-off"), tradeOffFigure(session)});
  return figures;
}

std::vector<NamedFigure> breakdownExports(const Session &session) {
  std::vector<NamedFigure> figures;
  for (int i = 0; i < BreakdownCount; ++i) {
    const auto breakdown = static_cast<Breakdown>(i);
    const bool ofNetwork = breakdown == Breakdown::EnergyByComponent || breakdown == Breakdown::EnergyByRegion;
    if (ofNetwork && !subjectOf(session)) continue;
    if (breakdown == Breakdown::EnergyByModule && moduleEnergy(session).rows.empty()) continue;
    figures.push_back({breakdownName(breakdown), breakdownFigure(session, breakdown)});
  }
  return figures;
}

std::vector<NamedFigure> layerExports(const Session &session) {
  std::vector<NamedFigure> figures;
  if (!subjectOf(session)) return figures;
  for (const LayerMetric metric : {LayerMetric::BitAnds, LayerMetric::Macs, LayerMetric::Utilisation})
    figures.push_back({QStringLiteral("layers-") + layerMetricName(metric),
                       withSubjectNotes(session, barFigure(layerValues(session, metric)))});
  return figures;
}

std::vector<NamedFigure> hardwareExports(const Session &session) {
  std::vector<NamedFigure> figures;
  figures.push_back({QStringLiteral("hardware-chain"),
                     withSubjectNotes(session, std::make_unique<ChainFigure>(hardwareChain(session)))});
  if (subjectOf(session))
    figures.push_back(
        {QStringLiteral("hardware-energy"), withSubjectNotes(session, barFigure(energyBeforeAndAfter(session)))});
  return figures;
}

}  // namespace pimento

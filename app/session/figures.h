// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <memory>
#include <vector>

#include "widgets/figures/figure.h"

namespace pimento {

class Session;

// The charts of the window as drawings, so that its exports and `pimento export` can not differ.
enum class Breakdown : std::uint8_t {
  EnergyByModule,
  EnergyByComponent,
  EnergyByRegion,
  AreaOverhead,
  AreaByComponent,
  Memory
};
inline constexpr int BreakdownCount = 6;
[[nodiscard]] QString breakdownTitle(Breakdown breakdown);  // "Energy by module"
[[nodiscard]] QString breakdownName(Breakdown breakdown);   // "energy-by-module"

[[nodiscard]] std::unique_ptr<Figure> tradeOffFigure(const Session &session);
[[nodiscard]] std::unique_ptr<Figure> breakdownFigure(const Session &session, Breakdown breakdown);

// A chart about the network at hand, with lines below it on paper: for which accelerator it is.
[[nodiscard]] std::unique_ptr<Figure> withSubjectNotes(const Session &session, std::unique_ptr<Figure> figure);

struct NamedFigure {
  QString name;
  std::unique_ptr<Figure> figure;
};

// The charts of a page that have something to show, for its row in the table of pages (pages.h). Names are those of the
// files.
[[nodiscard]] std::vector<NamedFigure> tradeOffExports(const Session &session);
[[nodiscard]] std::vector<NamedFigure> breakdownExports(const Session &session);
[[nodiscard]] std::vector<NamedFigure> layerExports(const Session &session);
[[nodiscard]] std::vector<NamedFigure> hardwareExports(const Session &session);

}  // namespace pimento

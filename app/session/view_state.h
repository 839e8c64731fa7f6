// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QStringList>
#include <map>
#include <optional>
#include <vector>

#include "core/explore/design_view.h"
#include "core/explore/front.h"
#include "core/hardware/profile/parameter_changes.h"
#include "core/published/published.h"

namespace pimento {

// Part of the chart's plane that is shown, in the units of the axes.
struct Zoom {
  double xLow = 0, xHigh = 1, yLow = 0, yHigh = 1;
  bool operator==(const Zoom &) const = default;
};

inline constexpr int MostWhatIfBits = 16;  // 32 bits are floats, as GPUs compute with

// What is looked at and how: a plain value. Every change of it is one undo step, and a project keeps it.
struct ViewState {
  Filter filter = startingFilter();
  Metric x = Metric::Energy;
  Metric y = Metric::Accuracy;
  std::optional<Zoom> zoom;  // all designs if absent
  std::vector<Objective> objectives{objective(Metric::Energy), objective(Metric::Accuracy)};
  bool objectivesByHand = false;  // chosen by the user; otherwise they follow the axes
  InvalidDesigns invalid = InvalidDesigns::LeftOut;
  std::map<Metric, double> budgets;  // the worst value that is still good enough, in the unit of the metric
  std::optional<SortBy> sort;        // in the order of the tables if absent
  CorrectionSet corrections;
  QStringList pins;                // ids of designs, in the order they were pinned
  ParameterChanges whatIf;         // of every estimate's accelerator, each over its own profile
  std::optional<Bits> whatIfBits;  // of every estimate; its own if absent
  bool operator==(const ViewState &) const = default;

  [[nodiscard]] bool supposes() const { return !whatIf.empty() || whatIfBits.has_value(); }
  void endWhatIf() {
    whatIf.clear();
    whatIfBits.reset();
  }
  [[nodiscard]] Scope scope() const { return filter.scope.value_or(Scope::Whole); }
};

// The metrics of the axes, those on the horizontal one first; if both are one metric, energy or accuracy beside it.
[[nodiscard]] std::vector<Objective> objectivesOfAxes(const ViewState &view);

// Puts other metrics on the axes; the objectives follow unless they were chosen by hand.
void setAxes(ViewState &view, Metric x, Metric y);

// The view in the JSON form that Project::view describes, without the corrections, which a project keeps by themselves.
[[nodiscard]] QJsonObject toJson(const ViewState &view);

// Keys that are left out where nothing is set.
[[nodiscard]] QStringList optionalViewKeys();

// What is missing or not known takes its default: a view is a convenience, not data. Never throws.
[[nodiscard]] ViewState viewFromJson(const QJsonObject &json);

// Points without any accuracy, as estimates are, are first seen as energy against latency.
void chooseAxes(ViewState &view, const DesignTable &table);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/figures/bar_figure.h"
#include "widgets/figures/pie_figure.h"

namespace pimento {

class Session;

// Bars and the designs they stand for.
struct DesignBars {
  BarData data;
  std::vector<std::uint32_t> rows;
};

// Energy of the view's designs, split into feature extractor and classification module (whole less head).
[[nodiscard]] DesignBars moduleEnergy(const Session &session);

enum class Regions : std::uint8_t { All, Published };  // Published: the four that the dynamic-network paper shows

// Estimated energy of every variant of the network at hand, by hardware component.
[[nodiscard]] BarData componentEnergy(const Session &session, Regions regions);

// What computing adds to the area of the memory, and what the whole chip is made of.
[[nodiscard]] PieData areaOverhead(const Session &session);
[[nodiscard]] PieData areaByComponent(const Session &session);

// One value a layer of the network at hand.
enum class LayerMetric : std::uint8_t { BitAnds, Macs, Params, Utilisation, Energy, Latency };
inline constexpr int LayerMetricCount = 6;
[[nodiscard]] QString layerMetricTitle(LayerMetric metric);  // "AND operations"
[[nodiscard]] QString layerMetricName(LayerMetric metric);   // "and-operations"
[[nodiscard]] BarData layerValues(const Session &session, LayerMetric metric);

}  // namespace pimento

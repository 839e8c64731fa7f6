// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/figures/bar_figure.h"
#include "widgets/figures/chain_figure.h"
#include "widgets/figures/curve_figure.h"
#include "widgets/figures/histogram_figure.h"
#include "widgets/figures/pareto_figure.h"
#include "widgets/figures/pie_figure.h"
#include "widgets/figures/ratio_figure.h"

namespace pimento::sample {

// DECO on CIFAR-100, joint learning, whole inference (Tables II and III): eight PIM designs and their GPU references.
[[nodiscard]] ParetoData decoEnergy();
[[nodiscard]] ParetoData decoEnergyLatency();  // with lines of equal energy-delay product

// Four of its designs with dearer energy, one of them far to the right.
[[nodiscard]] ScatterMarks decoChanges();

// `count` estimated designs around a curve, the same ones every time.
[[nodiscard]] ParetoData many(std::size_t count);

[[nodiscard]] BarData stackedEnergy();            // invented costs of four widths
[[nodiscard]] BarData layers(std::size_t count);  // AND operations of ResNet-like layers
[[nodiscard]] PieData area();                     // invented slices, one of them not known

// Switching currents of a device against the pulse, simulated and fitted, with the present operating point.
[[nodiscard]] CurveData switching();

// Bit-line voltages of AND2 for 0, 1 and 2 ones, or of OR3's four states, and the references between them.
[[nodiscard]] HistogramData and2Margins();
[[nodiscard]] HistogramData or3Margins();

// From device to network, some values changed, one warning.
[[nodiscard]] ChainData chain();

// Checks of a model in three groups, two of them outside their tolerance, one without a value.
[[nodiscard]] RatioData ratios();

}  // namespace pimento::sample

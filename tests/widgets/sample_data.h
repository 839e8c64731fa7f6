// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/bar_figure.h"
#include "widgets/pareto_figure.h"
#include "widgets/pie_figure.h"

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

}  // namespace pimento::sample

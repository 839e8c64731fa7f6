// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/hardware/device/macrospin.h"
#include "core/hardware/sense/sense_histogram.h"
#include "widgets/figures/bar_figure.h"
#include "widgets/figures/curve_figure.h"
#include "widgets/figures/histogram_figure.h"

namespace pimento {

class Session;

// Pulses at which the equation of motion is solved: a fixed set and the device's own.
[[nodiscard]] std::vector<double> curvePulses_ns(const Device &device);

// Whether a device's write can be simulated; an empty text if so, else why not.
[[nodiscard]] QString whyNoCurve(const Device &device);

// Switching current against pulse: the fit that estimates use, that of the device before the what-if if it differs, and
// the points of the equation of motion once they are there (none: refining).
[[nodiscard]] CurveData switchingData(const Device &device, const Device &base,
                                      const std::vector<SwitchingPoint> *points);

// Bit-line voltages of one operation over the number of ones; those before a what-if as outlines.
inline constexpr int MarginTrials = 10'000;
inline constexpr std::uint64_t MarginSeed = 1;
[[nodiscard]] HistogramData marginData(const Sensing &sensing, const MarginHistogram &histogram,
                                       const MarginHistogram *before = nullptr);

// Energy of the design at hand by component, on its profile and with the what-if.
[[nodiscard]] BarData energyBeforeAndAfter(const Session &session);

}  // namespace pimento

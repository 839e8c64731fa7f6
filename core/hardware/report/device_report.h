// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>

#include "core/base/report_table.h"
#include "core/hardware/device/macrospin.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// The memory element in numbers: quantity, value, unit, kind, source, note. Retention is that of the whole chip.
// `scrubTarget`: see retention.h.
[[nodiscard]] ReportTable deviceReport(const Accelerator &accelerator, double scrubTarget);

// Switching currents of the equation of motion, the fitted one, and their ratio; the write current that estimates use.
[[nodiscard]] ReportTable switchingReport(const Device &device, std::span<const double> pulses_ns, WriteStart start);

// A row for every pulse and current: failed writes of thermal trials beside the fitted rate.
[[nodiscard]] ReportTable failureReport(const Device &device, std::span<const double> pulses_ns,
                                        std::span<const double> currents_ua, std::int64_t trials, std::uint64_t seed);

}  // namespace pimento

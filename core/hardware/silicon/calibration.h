// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/base/quantity.h"
#include "core/base/report_table.h"
#include "core/hardware/profile/accelerator.h"
#include "core/hardware/silicon/chip_data.h"

namespace pimento {

// What may be calibrated: a factor on what the model reads in energy, on what it reads in time, on the area of its
// memory. Nothing else: leakage, writes and computing have too few like figures.
enum class Calibrated : std::uint8_t { ReadEnergy, ReadTime, Area };
inline constexpr std::size_t CalibratedCount = 3;

inline constexpr std::size_t LeastChips = 4;     // that measure the same quantity
inline constexpr double PredictionLevel = 0.90;  // of the interval for one more chip

// A chip's measured value over the model's, of one quantity; several figures of a chip are one, their geometric mean.
struct ChipRatio {
  QString chip;
  double ratio = 1;
};

// A factor fitted in logarithms. For n chips of log ratios r:
//   factor  exp(mean r)
//   spread  exp(t s sqrt(1 + 1/n)), t of n - 1 degrees at 95 %, s their standard deviation: one more chip lies within
//           factor / spread to factor x spread with a probability of 90 %
//   left out: exp |r_i - mean of the others|, by which a chip is missed that the factor has not seen
struct CalibrationFactor {
  std::vector<ChipRatio> chips;
  double factor = 1;
  double spread = 1;
  double leftOutMedian = 1;
  double leftOutWorst = 1;
  [[nodiscard]] Interval interval() const { return {factor / spread, factor * spread}; }
};

// Nothing for fewer than LeastChips chips.
[[nodiscard]] std::optional<CalibrationFactor> fitFactor(std::vector<ChipRatio> ratios);

struct Calibration {
  std::array<std::vector<ChipRatio>, CalibratedCount> ratios;             // of every quantity, few or many
  std::array<std::optional<CalibrationFactor>, CalibratedCount> factors;  // absent: not calibrated
  [[nodiscard]] const std::optional<CalibrationFactor> &at(Calibrated what) const {
    return factors[static_cast<std::size_t>(what)];
  }
};

// On measured chips of planar nodes, by values and ranges; simulations and bounds take no part. `place` names them in
// messages. Throws Error for fewer such chips than there are factors.
[[nodiscard]] Calibration calibrate(std::span<const PublishedChip> chips, const QString &place);

// The profile with the factors in place, named NAME-calibrated; its sources name the chips. What is not calibrated
// stays physical. Throws Error for a profile that is calibrated already.
[[nodiscard]] Accelerator calibratedProfile(const Accelerator &physical, const Calibration &calibration);

// A row a quantity: quantity, factor, interval_low, interval_high, left_out_median, left_out_worst, chips, names,
// status ("calibrated", or why not).
[[nodiscard]] ReportTable calibrationReport(const Calibration &calibration);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QMap>
#include <QString>
#include <optional>
#include <vector>

#include "core/hardware/silicon/quantities.h"

namespace pimento {

enum class ChipEvidence : std::uint8_t { Measured, Simulated };
enum class ChipScope : std::uint8_t { Macro, Chip, Array, Device };

// One published figure, in the unit of its quantity. A value has both ends alike; a range keeps its two; one end alone
// is a bound ("at least", "at most").
struct Measurement {
  ChipQuantity quantity{};
  std::optional<double> low;
  std::optional<double> high;
  int bits_in = 0;  // not stated
  int bits_weight = 0;
  int bits_out = 0;
  std::optional<double> sparsity_pct;
  std::optional<double> supply_v;  // where they are not the chip's
  std::optional<double> temperature_k;
  QString source;        // abstract, section or figure
  QString beyond_model;  // what of the chip the model does not have, for a reader of the difference

  [[nodiscard]] bool isValue() const { return low && high && *low == *high; }
  [[nodiscard]] bool isBound() const { return !low || !high; }
  // The value, the geometric mean of a range, or the only end of a bound.
  [[nodiscard]] double middle() const;
};

// A published memory, macro or device: what was built or simulated, under what conditions, and what came out. What a
// source does not state is absent. `stated` holds parameters of the model that the source gives, by their keys.
struct PublishedChip {
  QString name;  // "chiu-2022"
  QString title;
  QString source;
  ChipEvidence evidence{};
  ChipScope scope{};
  QString cell;  // "stt" or "sot": the profile that predicts it
  std::optional<double> node_nm;
  std::optional<double> supply_v;
  std::optional<double> temperature_k;
  std::optional<double> capacity_kbit;
  int rows = 0;       // of a sub-array; 0: not stated
  int columns = 0;    // likewise
  int read_bits = 0;  // of one read; 0: not stated
  QMap<QString, double> stated;
  std::vector<Measurement> measurements;
};

}  // namespace pimento

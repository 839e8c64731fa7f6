// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <array>
#include <cstdint>

namespace pimento {

// What a publication measures of a memory, a computing macro or a device. Quantities that are not the same are not
// mixed: a time of sensing is no access time, a rate is neither.
enum class ChipQuantity : std::uint8_t {
  ReadAccess,
  ReadSensing,
  ReadRate,
  WriteRate,
  ReadEnergy,
  WriteEnergy,
  CellArea,
  MacroArea,
  Density,
  Leakage,
  Efficiency,
  BitEfficiency,
  ComputeDensity,
  BitComputeDensity,
  ComputeTime,
  SwitchingDensity,
  MetalEnergy,
  Endurance
};
inline constexpr std::size_t ChipQuantityCount = 18;

enum class ChipTopic : std::uint8_t { Memory, Computing, Device };

// A quantity as data. 1 multiply-accumulate is 2 operations; 1b-TOPS/W is TOPS/W x bits in x bits of weight.
struct ChipQuantityTraits {
  ChipQuantity quantity;
  const char *key;   // in files: "read_access"
  const char *unit;  // the one that a file must name
  const char *title;
  ChipTopic topic;
  bool needsBits = false;        // means nothing without the precision of both operands
  const char *unpredicted = "";  // why the model says nothing of it; empty where it does
};

[[nodiscard]] const std::array<ChipQuantityTraits, ChipQuantityCount> &chipQuantities();
[[nodiscard]] const ChipQuantityTraits &traits(ChipQuantity quantity);
[[nodiscard]] QStringList chipQuantityKeys();

}  // namespace pimento

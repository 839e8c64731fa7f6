// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/silicon/quantities.h"

namespace pimento {

namespace {

using enum ChipQuantity;
using enum ChipTopic;
constexpr bool ByBits = true;

constexpr std::array<ChipQuantityTraits, ChipQuantityCount> Table{
    {{ReadAccess, "read_access", "ns", "read access time", Memory},
     {ReadSensing, "read_sensing", "ns", "time of sensing", Memory},
     {ReadRate, "read_rate", "MHz", "rate of reads", Memory},
     {WriteRate, "write_rate", "MHz", "rate of writes", Memory},
     {ReadEnergy, "read_energy", "pJ/bit", "read energy", Memory},
     {WriteEnergy, "write_energy", "pJ/bit", "write energy", Memory},
     {CellArea, "cell_area", "µm²", "area of a cell", Memory},
     {MacroArea, "macro_area", "mm²", "area of the memory", Memory},
     {Density, "density", "Mbit/mm²", "density of the memory", Memory},
     {Leakage, "leakage", "mW", "leakage of the memory", Memory},
     {Efficiency, "efficiency", "TOPS/W", "efficiency", Computing, ByBits},
     {BitEfficiency, "bit_efficiency", "1b-TOPS/W", "efficiency a bit pair", Computing},
     {ComputeDensity, "compute_density", "TOPS/mm²", "computing density", Computing, ByBits},
     {BitComputeDensity, "bit_compute_density", "1b-TOPS/mm²", "computing density a bit pair", Computing},
     {ComputeTime, "compute_time", "ns", "time of a matrix-vector product", Computing, ByBits,
      "it adds all rows at once; a product of the model takes its rows one after another, as a mapping asks"},
     {SwitchingDensity, "switching_density", "MA/cm²", "switching current density", Device},
     {MetalEnergy, "metal_energy", "fJ", "write energy in the metal", Device},
     {Endurance, "endurance", "cycles", "endurance", Device, false, "the model takes it as given (endurance_cycles)"}}};

constexpr bool inOrder() {
  for (std::size_t i = 0; i < Table.size(); ++i)
    if (Table[i].quantity != static_cast<ChipQuantity>(i)) return false;
  return true;
}
static_assert(inOrder());

}  // namespace

const std::array<ChipQuantityTraits, ChipQuantityCount> &chipQuantities() { return Table; }

const ChipQuantityTraits &traits(ChipQuantity quantity) { return Table[static_cast<std::size_t>(quantity)]; }

QStringList chipQuantityKeys() {
  QStringList keys;
  for (const ChipQuantityTraits &t : Table) keys << QString::fromLatin1(t.key);
  return keys;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <numeric>

#include "core/hardware/chip/machine.h"
#include "core/hardware/dataflow/layer_work.h"
#include "core/hardware/dataflow/mapping.h"

namespace pimento {

// Where energy and time go. The first four are the regions of the dynamic-network paper (AND-WB is nonzero only with
// write_back); it leaves the others out.
enum class Component : std::uint8_t {
  AndCompute,
  AndWriteBack,
  BitcountShift,
  Add,
  OperandWrite,
  Transport,
  Returns,
  Dpu,
  Reload,
  Leakage
};
inline constexpr std::size_t ComponentCount = 10;

struct ComponentInfo {
  const char *key;    // column: "and_uj"
  const char *title;  // for people: "AND-compute"
  const char *meaning;
  bool published;  // one of the paper's four regions
};
[[nodiscard]] const std::array<ComponentInfo, ComponentCount> &components();

using PerComponent = std::array<double, ComponentCount>;
[[nodiscard]] constexpr std::size_t index(Component c) { return static_cast<std::size_t>(c); }
[[nodiscard]] inline double sum(const PerComponent &values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// The way between image banks and sub-arrays.
struct Route {
  double span_mm = 0;
  double read_bits_per_ns = 1;
  double write_bits_per_ns = 1;
};

// One layer of one image, before it is scheduled: dynamic energy (no reload, no leakage), and the times of its phases
// on one replica. Independent of what else is on the chip but for its route. Replicas share what is sent to them: the
// H-tree delivers the lines that several of them need to all at once, so that their number does not change transport.
struct LayerPrice {
  LayerMap map;
  PerComponent energy_pj{};
  double operand_ns = 0;  // writing operands, arrays in parallel
  double compute_ns = 0;  // row operations with what follows them
  double transport_ns = 0;
  double returns_ns = 0;
  double dpu_ns = 0;
  double array_w = 0;    // dynamic power of one replica at work
  double rowWrites = 0;  // of the row written most often
};

// Reads of the weight rows of one value (latched dataflow): each plane once for every LatchedPlanes operand planes.
[[nodiscard]] int weightReads(Bits bits);

// Its map, and what arrays and DPU do; nothing of the ways between them.
[[nodiscard]] LayerPrice priceArrays(const LayerWork &work, const Machine &machine, Bits bits);

// The same of a layer whose map is known.
[[nodiscard]] LayerPrice priceArrays(const LayerWork &work, const LayerMap &map, const Machine &machine, Bits bits);

// Input, folded batch norms and shortcuts without weights cost nothing of their own.
[[nodiscard]] constexpr bool costsNothing(Op op) {
  return op == Op::Input || op == Op::BatchNorm || op == Op::PadShortcut;
}

// Adds transport and returns along a route to such a price.
void priceMoves(LayerPrice &price, const LayerWork &work, const Machine &machine, Bits bits, const Route &route);

// Both together, for one layer whose route is known.
[[nodiscard]] LayerPrice priceLayer(const LayerWork &work, const Machine &machine, Bits bits, const Route &route);

}  // namespace pimento

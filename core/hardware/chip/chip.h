// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

#include "core/hardware/array/array.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// What the sub-arrays share, priced; computed once an accelerator.
// A bit travels from the root of an H-tree to a leaf, half the width plus half the height of the square region it
// serves: a mat, or the banks that the network lies in, replicas among them (the whole chip with transport_span =
// chip).
struct ChipTable {
  std::int64_t subarrays = 0;
  std::int64_t subarraysPerBank = 0;
  double subarray_mm2 = 0;  // with its share of the wiring
  double mat_mm = 0;        // path inside a mat
  double wire_pj_per_bit_mm = 0;
  double wire_ns_per_mm = 0;
  std::int64_t imageBanks = 0;  // sub-arrays behind the image ports, at least
  std::int64_t kernelBanks = 0;
  double row_bits = 0;   // of a bank's sub-array, and what its accesses take
  double rows_bits = 0;  // of all its rows
  double read_ns = 0;
  double write_ns = 0;
  double bankRead_pj_per_bit = 0;  // an access senses or writes what a port takes of a row
  double bankWrite_pj_per_bit = 0;
  double imagePort_bits_per_ns = 0;
  double kernelPort_bits_per_ns = 0;
  double offchip_bits_per_ns = 0;
  double dpu_per_ns = 0;  // elements
  double dpu_mm2 = 0;
  double dpu_leakage_w = 0;
  double subarray_leakage_w = 0;
  double gated_share = 0;    // of the leakage that gating leaves
  double holding_share = 0;  // of the leakage that an idle sub-array keeps which holds weights: all if it is volatile
  double matRequantise_per_ns = 0;  // elements, of the requantisers at one mat

  [[nodiscard]] double area_mm2() const { return static_cast<double>(subarrays) * subarray_mm2 + dpu_mm2; }
  [[nodiscard]] double leakage_w() const {  // everything switched on
    return static_cast<double>(subarrays) * subarray_leakage_w + dpu_leakage_w;
  }
  // The H-tree's path to so many sub-arrays, at least a bank; a part of a further bank adds its part of the path.
  [[nodiscard]] double span_mm(double usedSubarrays, Span span) const;
};

// Sub-arrays that are image and kernel banks: plain memory of the chip, always on, never computing. There are enough
// for the maps in flight, at least bank_subarrays_per_port behind each port. A port moves port_width_bits a
// port_cycle_ns while sub-arrays take turns; rows that take longer than their turns set the rate. Each port reads and
// writes at the same time.
struct Banks {
  std::int64_t image = 0;
  std::int64_t kernel = 0;
  double imageRead_bits_per_ns = 0;
  double imageWrite_bits_per_ns = 0;
  double reload_bits_per_ns = 0;  // weights from outside through the kernel banks: the slowest of their steps
  bool mapsFit = true;            // else the maps in flight need more than half of the chip, which is all they get
  [[nodiscard]] std::int64_t subarrays() const { return image + kernel; }
};

[[nodiscard]] Banks banksFor(const ChipTable &chip, double liveBits);

// What leaks while nothing computes: banks and the DPU, of `holding` sub-arrays with weights what they need to keep
// them, and of the others what gating leaves.
[[nodiscard]] double idleLeakage_w(const ChipTable &chip, const Banks &banks, double holding);

[[nodiscard]] ChipTable buildChip(const Accelerator &accelerator, const ArrayTable &array);

// What computing adds to the area of a plain memory, in per cent of `base_um2` (cells, amplifiers, write drivers,
// multiplexer and decoder of a sub-array, without wiring): the three slices of the papers' 7.9 %.
struct AreaOverhead {
  double base_um2 = 0;
  double sense_pct = 0;
  double decoder_pct = 0;
  double control_pct = 0;    // bit counter, shifter, adder, accumulator, sequencer
  double registers_pct = 0;  // latched dataflow only
  double mat_pct = 0;        // its share of expander and requantisers at the mat
  [[nodiscard]] double total_pct() const { return sense_pct + decoder_pct + control_pct + registers_pct + mat_pct; }
};
inline constexpr double PublishedOverhead_pct = 7.9;  // dynamic-network paper, area overhead; slices not in its text

[[nodiscard]] AreaOverhead areaOverhead(const ArrayTable &array);

}  // namespace pimento

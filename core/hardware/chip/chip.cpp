// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/chip/chip.h"

#include <algorithm>
#include <cmath>

#include "core/hardware/scaling/operating_point.h"

namespace pimento {

double ChipTable::span_mm(double usedSubarrays, Span span) const {
  const auto all = static_cast<double>(subarrays);
  const double used = span == Span::Chip ? all : usedSubarrays;
  return std::sqrt(std::clamp(used, std::min(static_cast<double>(subarraysPerBank), all), all) * subarray_mm2);
}

Banks banksFor(const ChipTable &chip, double liveBits) {
  Banks b;
  const auto needed = static_cast<std::int64_t>(std::ceil(liveBits / chip.rows_bits));
  const std::int64_t most = std::max(chip.imageBanks, chip.subarrays / 2 - chip.kernelBanks);
  b.image = std::clamp(needed, chip.imageBanks, most);
  b.kernel = chip.kernelBanks;
  b.mapsFit = needed <= most;
  const auto rate = [&](double port, std::int64_t subarrays, double access_ns) {
    return std::min(port, static_cast<double>(subarrays) * chip.row_bits / access_ns);
  };
  b.imageRead_bits_per_ns = rate(chip.imagePort_bits_per_ns, b.image, chip.read_ns);
  b.imageWrite_bits_per_ns = rate(chip.imagePort_bits_per_ns, b.image, chip.write_ns);
  b.reload_bits_per_ns =
      std::min(chip.offchip_bits_per_ns, rate(chip.kernelPort_bits_per_ns, b.kernel, chip.write_ns + chip.read_ns));
  return b;
}

double idleLeakage_w(const ChipTable &chip, const Banks &banks, double holding) {
  const auto on = static_cast<double>(banks.subarrays());
  const double gated = static_cast<double>(chip.subarrays) - on - holding;
  return (on + holding * chip.holding_share + gated * chip.gated_share) * chip.subarray_leakage_w + chip.dpu_leakage_w;
}

ChipTable buildChip(const Accelerator &accelerator, const ArrayTable &array) {
  const OperatingPoint at = operatingPoint(accelerator);
  const Chip &c = at.chip;
  ChipTable t;
  const double bits = double(accelerator.array.rows) * accelerator.array.columns;
  t.subarrays = std::max<std::int64_t>(1, static_cast<std::int64_t>(c.bits() / bits));
  t.subarraysPerBank = std::max<std::int64_t>(1, t.subarrays / c.banks);
  t.subarray_mm2 = array.totalArea_um2() * c.wiring_area_factor * 1e-6;
  t.mat_mm = std::sqrt(c.subarrays_per_mat * t.subarray_mm2);
  t.wire_pj_per_bit_mm =
      c.global_wire_ff_per_um * c.repeater_factor * c.wire_activity * at.array.vdd_v * at.array.vdd_v;
  t.wire_ns_per_mm = c.wire_ns_per_mm;
  t.imageBanks = std::int64_t{c.image_ports} * c.bank_subarrays_per_port;
  t.kernelBanks = std::int64_t{c.kernel_ports} * c.bank_subarrays_per_port;
  t.row_bits = accelerator.array.columns;
  t.rows_bits = bits;
  const OperationCost &read = array.at(RowOp::Read);
  const OperationCost &write = array.at(RowOp::Write);
  const double access_bits = std::min(c.port_width_bits, accelerator.array.columns);
  t.read_ns = read.latency_ns;
  t.write_ns = write.latency_ns;
  t.bankRead_pj_per_bit = read.column_pj + read.fixed_pj / access_bits;
  t.bankWrite_pj_per_bit = write.column_pj + write.fixed_pj / access_bits;
  t.imagePort_bits_per_ns = c.image_ports * c.port_width_bits / c.port_cycle_ns;
  t.kernelPort_bits_per_ns = c.kernel_ports * c.port_width_bits / c.port_cycle_ns;
  t.offchip_bits_per_ns = c.offchip_gb_per_s * 8;
  t.dpu_per_ns = c.dpu_lanes * c.dpu_clock_ghz;
  t.dpu_mm2 = c.dpu_lanes * c.dpu_lane_um2 * 1e-6;
  t.dpu_leakage_w = c.dpu_lanes * c.dpu_lane_um2 * at.array.logic_leakage_nw_per_um2 * 1e-9;
  t.subarray_leakage_w = array.totalLeakage_w();
  t.gated_share = accelerator.schedule.idle_gating == Toggle::On ? c.gated_leakage_pct / 100 : 1;
  t.holding_share = accelerator.array.volatile_cells == Toggle::On ? 1 : t.gated_share;
  t.matRequantise_per_ns = c.mat_requantise_lanes * c.dpu_clock_ghz;
  return t;
}

AreaOverhead areaOverhead(const ArrayTable &array) {
  const auto area = [&](ArrayPart part) { return array.area_um2[static_cast<std::size_t>(part)]; };
  AreaOverhead o;
  o.base_um2 = array.baseArea_um2();
  const double perCent = 100 / o.base_um2;
  o.sense_pct = area(ArrayPart::SenseAddOn) * perCent;
  o.decoder_pct = area(ArrayPart::DecoderAddOn) * perCent;
  o.control_pct = area(ArrayPart::ControlAddOn) * perCent;
  o.registers_pct = area(ArrayPart::ColumnRegisters) * perCent;
  o.mat_pct = area(ArrayPart::MatLogic) * perCent;
  return o;
}

}  // namespace pimento

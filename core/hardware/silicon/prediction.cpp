// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/silicon/prediction.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/format.h"
#include "core/hardware/array/array.h"
#include "core/hardware/chip/chip.h"
#include "core/hardware/device/geometry.h"
#include "core/hardware/profile/parameters.h"
#include "core/hardware/profile/profiles.h"

namespace pimento {

namespace {

constexpr double Room_k = 300;
constexpr double KbitBits = 1024;

struct NodeSupply {
  double node_nm;
  double supply_v;
};
// ITRS 2001 (180 to 90 nm) and 2007 (65 nm on), high-performance logic.
constexpr std::array<NodeSupply, 7> Supplies{
    {{22, 0.8}, {32, 0.9}, {45, 1.0}, {65, 1.1}, {90, 1.2}, {130, 1.3}, {180, 1.8}}};

double setParameterOf(Accelerator &a, const char *key, double value) {
  const Parameter &p = requireParameter(QString::fromLatin1(key), QStringLiteral("prediction"));
  const double within = std::clamp(value, p.minimum, p.maximum);
  p.put(a, within);
  return within;
}

// Everything of a memory that its figures are made of.
struct Memory {
  Accelerator accelerator;
  ArrayTable array;
  ChipTable chip;
  double subarrays = 1;
  double area_mm2 = 0;
  double path_mm = 0;  // of a bit between the root of the tree and a sub-array

  explicit Memory(Accelerator a) : accelerator(std::move(a)), array(buildArray(accelerator)) {
    chip = buildChip(accelerator, array);
    const double bits = double(accelerator.array.rows) * accelerator.array.columns;
    subarrays = std::max(1.0, std::ceil(accelerator.chip.bits() / bits));
    area_mm2 = subarrays * array.baseArea_um2() * accelerator.chip.wiring_area_factor * 1e-6;
    path_mm = subarrays > 1 ? std::sqrt(area_mm2) : 0;
  }

  [[nodiscard]] double wire_ns() const { return path_mm * chip.wire_ns_per_mm; }

  // A word of more bits than columns opens several sub-arrays.
  [[nodiscard]] double access_pj_per_bit(RowOp op) const {
    const double columns = accelerator.array.columns;
    const double bits = accelerator.chip.port_width_bits;
    const double opened = std::ceil(bits / columns);
    const OperationCost &cost = array.at(op);
    return cost.column_pj + opened * cost.fixed_pj / bits + path_mm * chip.wire_pj_per_bit_mm;
  }

  [[nodiscard]] double leakage_mw() const {
    const auto plain = array.leakage_w.begin() + static_cast<int>(ArrayPart::SenseAddOn);
    return subarrays * std::accumulate(array.leakage_w.begin(), plain, 0.0) * 1e3;
  }

  // Two operations for each column of an AND that is counted, shifted and added.
  [[nodiscard]] double bitTops_per_w() const {
    const double columns = accelerator.array.columns;
    double pj = 0;
    for (const RowOp op : {RowOp::And2, RowOp::Count, RowOp::Shift, RowOp::Add}) pj += array.at(op).energy_pj(columns);
    return 2 * columns / pj;
  }

  [[nodiscard]] double bitTops_per_mm2() const {
    double ns = 0;
    for (const RowOp op : {RowOp::And2, RowOp::Count, RowOp::Shift, RowOp::Add})
      ns = std::max(ns, array.at(op).latency_ns);
    const double mm2 = array.totalArea_um2() * accelerator.chip.wiring_area_factor * 1e-6;
    return 2 * accelerator.array.columns / ns * 1e-3 / mm2;
  }
};

// MA/cm² of a current through the metal beside the free layer.
double density_ma_per_cm2(const Device &d, double current_ua) {
  return 100 * current_ua * d.heavy_metal_current_share / (heavyMetalWidth_nm(d) * d.heavy_metal_thickness_nm);
}

double predicted(const Memory &m, const Measurement &figure) {
  using enum ChipQuantity;
  const Accelerator &a = m.accelerator;
  const double bits = double(std::max(1, figure.bits_in)) * std::max(1, figure.bits_weight);
  const double cell_um2 = m.array.area_um2[static_cast<std::size_t>(ArrayPart::Cells)] /
                          (double(a.array.rows) * (a.array.columns + a.array.spare_columns));
  switch (figure.quantity) {
    case ReadAccess:
      return m.array.at(RowOp::Read).latency_ns + m.wire_ns();
    case ReadSensing:
      return m.array.at(RowOp::Read, RowPart::Sense).latency_ns;
    case ReadRate:
      return 1e3 / m.array.at(RowOp::Read).latency_ns;
    case WriteRate:
      return 1e3 / m.array.at(RowOp::Write).latency_ns;
    case ReadEnergy:
      return m.access_pj_per_bit(RowOp::Read);
    case WriteEnergy:
      return m.access_pj_per_bit(RowOp::Write);
    case CellArea:
      return cell_um2;
    case MacroArea:
      return m.area_mm2;
    case Density:
      return a.chip.capacity_mbit / m.area_mm2;
    case Leakage:
      return m.leakage_mw();
    case Efficiency:
      return m.bitTops_per_w() / bits;
    case BitEfficiency:
      return m.bitTops_per_w();
    case ComputeDensity:
      return m.bitTops_per_mm2() / bits;
    case BitComputeDensity:
      return m.bitTops_per_mm2();
    case SwitchingDensity:
      return density_ma_per_cm2(a.device, m.array.device.switching_ua);
    case MetalEnergy:
      return m.array.device.metal_fj;
    case ComputeTime:
    case Endurance:
      break;
  }
  return 0;
}

double nodeOf(const PublishedChip &chip) { return chip.node_nm.value_or(Accelerator{}.array.feature_nm); }

double supplyOf(const PublishedChip &chip, const Measurement &figure) {
  return figure.supply_v ? *figure.supply_v : chip.supply_v.value_or(nominalSupply_v(nodeOf(chip)));
}

double temperatureOf(const PublishedChip &chip, const Measurement &figure) {
  return figure.temperature_k ? *figure.temperature_k : chip.temperature_k.value_or(Room_k);
}

}  // namespace

double nominalSupply_v(double node_nm) {
  if (node_nm <= Supplies.front().node_nm) return Supplies.front().supply_v;
  for (std::size_t i = 1; i < Supplies.size(); ++i) {
    const NodeSupply &low = Supplies[i - 1];
    const NodeSupply &high = Supplies[i];
    if (node_nm <= high.node_nm)
      return std::lerp(low.supply_v, high.supply_v, (node_nm - low.node_nm) / (high.node_nm - low.node_nm));
  }
  return Supplies.back().supply_v;
}

Accelerator acceleratorOf(const PublishedChip &chip, const Measurement &figure) {
  Accelerator a =
      builtInProfile(chip.cell == QStringLiteral("stt") ? QStringLiteral("stt-mram") : QStringLiteral("sot-mram"));
  for (auto it = chip.stated.begin(); it != chip.stated.end(); ++it)
    requireParameter(it.key(), chip.name).put(a, it.value());
  setParameterOf(a, "feature_nm", nodeOf(chip));
  setParameterOf(a, "vdd_v", supplyOf(chip, figure));
  setParameterOf(a, "temperature_k", temperatureOf(chip, figure));
  if (chip.columns > 0) a.array.columns = chip.columns;
  if (chip.rows > 0) a.array.rows = chip.rows;
  if (chip.capacity_kbit && chip.rows == 0)
    setParameterOf(a, "rows",
                   std::min<double>(a.array.rows, std::ceil(*chip.capacity_kbit * KbitBits / a.array.columns)));
  const double array_kbit = double(a.array.rows) * a.array.columns / KbitBits;
  a.chip.capacity_mbit = chip.capacity_kbit.value_or(array_kbit) / KbitBits;
  a.chip.port_width_bits = chip.read_bits > 0 ? chip.read_bits : a.array.columns;
  a.array.write_columns = a.array.columns;  // a word is written at once
  return a;
}

std::optional<double> predict(const PublishedChip &chip, const Measurement &figure) {
  if (!whyUnscored(figure).isEmpty()) return std::nullopt;
  return predicted(Memory(acceleratorOf(chip, figure)), figure);
}

QString conditionsOf(const PublishedChip &chip, const Measurement &figure) {
  const Accelerator a = acceleratorOf(chip, figure);
  const auto stated = [](bool known) { return known ? QString() : QStringLiteral(" (not stated)"); };
  const QString device = QStringLiteral("%1 K%2").arg(fourDigits(a.device.temperature_k),
                                                      stated(figure.temperature_k || chip.temperature_k));
  if (traits(figure.quantity).topic == ChipTopic::Device) return device;
  return QStringLiteral("%1 nm, %2 V%3, %4, %5x%6")
      .arg(fourDigits(a.array.feature_nm), fourDigits(a.array.vdd_v), stated(figure.supply_v || chip.supply_v), device)
      .arg(a.array.rows)
      .arg(a.array.columns);
}

QString whyUnscored(const Measurement &figure) {
  const ChipQuantityTraits &t = traits(figure.quantity);
  if (t.needsBits && (figure.bits_in == 0 || figure.bits_weight == 0))
    return QStringLiteral("its source does not state the precision, without which it can not be compared");
  return QString::fromUtf8(t.unpredicted);
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <cstdint>
#include <span>

#include "core/hardware/dataflow/layer_work.h"

namespace pimento {

// What a GPU's energy is reckoned with: the boards' rated power, as DECO does for its two, or one board's, or one's
// less what it draws idle.
enum class GpuPower : std::uint8_t { TwoBoards, OneBoard, IdleSubtracted };

[[nodiscard]] QStringList gpuPowerNames();  // "two-boards", "one-board", "idle-subtracted"
[[nodiscard]] double gpuPower_w(GpuPower basis);

struct ReferenceCost {
  double energy_uj = 0;
  double latency_us = 0;  // 0 where the model has no time
  QString source;
  QString energyFormula;
  QString latencyFormula;  // empty where the model has no time
};

// Roofline of one RTX 3090 in single precision: a layer takes the longer of its arithmetic and of its traffic, and
// every layer but a folded batch norm a kernel start. A lower bound: published times lie two decades above it.
[[nodiscard]] ReferenceCost gpuRoofline(std::span<const LayerWork> works, GpuPower basis);

// An edge device as its vendor measured it; shown beside the network that it ran and no other.
struct EdgeReference {
  const char *platform;  // "edge-tpu"
  const char *network;
  const char *variant;
  int classes;
  Bits bits;
  double latency_us;
  double power_w;  // 0: not published with it
  const char *source;
};

[[nodiscard]] std::span<const EdgeReference> edgeReferences();

// Energy of the same integers in 45 nm CMOS: multiply-accumulates, maps once through SRAM, weights once from DRAM.
[[nodiscard]] ReferenceCost digitalBaseline(std::span<const LayerWork> works, Bits bits);

}  // namespace pimento

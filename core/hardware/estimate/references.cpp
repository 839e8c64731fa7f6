// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/references.h"

#include <algorithm>
#include <array>

#include "core/base/format.h"
#include "core/hardware/estimate/estimate.h"

namespace pimento {

namespace {

// NVIDIA, Ampere GA102 white paper: RTX 3090.
constexpr double GpuFlops = 35.6e12;
constexpr double GpuBytes = 936e9;
constexpr double BoardPower_w = 350;
constexpr double IdlePower_w = 30;    // assumption: a board that shows nothing
constexpr double KernelStart_us = 5;  // assumption: launch of a kernel

// Horowitz, ISSCC 2014, 45 nm at 0.9 V.
constexpr double Multiply8_pj = 0.2;
constexpr double Add8_pj = 0.03;
constexpr double SramByte_pj = 5.0 / 4;    // 8 KB SRAM, 5 pJ a 32-bit word
constexpr double DramByte_pj = 640.0 / 4;  // 640 pJ a 32-bit word

constexpr std::array<EdgeReference, 3> EdgeDevices{{
    {"edge-tpu",
     "mobilenetv1",
     "whole",
     1000,
     {8, 8},
     2200,
     2,
     "Google Coral, Edge TPU: 2 W rated; MobileNetV1 at 224x224, 2.2 ms an image, published by the vendor"},
    {"jetson-nano",
     "resnet50-slimmable",
     "1.0",
     1000,
     {16, 16},
     42'000,
     0,
     "NVIDIA, Jetson Nano: ResNet-50 42 ms an image, published by the vendor; power not published with it"},
    {"jetson-nano",
     "resnet18-slimmable",
     "1.0",
     1000,
     {16, 16},
     18'000,
     0,
     "NVIDIA, Jetson Nano: ResNet-18 18 ms an image, published by the vendor; power not published with it"},
}};

QString basisText(GpuPower basis) {
  switch (basis) {
    case GpuPower::TwoBoards:
      return QStringLiteral("2 x 350 W rated (as DECO)");
    case GpuPower::OneBoard:
      return QStringLiteral("350 W rated");
    case GpuPower::IdleSubtracted:
      break;
  }
  return QStringLiteral("350 W rated less 30 W idle (assumption)");
}

}  // namespace

QStringList gpuPowerNames() {
  return {QStringLiteral("two-boards"), QStringLiteral("one-board"), QStringLiteral("idle-subtracted")};
}

double gpuPower_w(GpuPower basis) {
  if (basis == GpuPower::TwoBoards) return 2 * BoardPower_w;
  return basis == GpuPower::OneBoard ? BoardPower_w : BoardPower_w - IdlePower_w;
}

ReferenceCost gpuRoofline(std::span<const LayerWork> works, GpuPower basis) {
  constexpr double WordBytes = 4;
  double roofline_us = 0;
  int kernels = 0;
  for (const LayerWork &w : works) {
    if (w.op == Op::BatchNorm) continue;
    const double words = static_cast<double>(w.inElements() + w.outElements() + w.weights + w.words);
    roofline_us += 1e6 * std::max(2 * static_cast<double>(w.macs) / GpuFlops, WordBytes * words / GpuBytes);
    ++kernels;
  }
  ReferenceCost cost;
  cost.latency_us = roofline_us + kernels * KernelStart_us;
  cost.energy_uj = cost.latency_us * gpuPower_w(basis);
  cost.source = QStringLiteral("roofline of an RTX 3090 (35.6 TFLOP/s, 936 GB/s, 5 µs a kernel), fp32; power %1")
                    .arg(basisText(basis));
  cost.latencyFormula = QStringLiteral("%1 µs roofline + %2 kernels x 5 µs").arg(fourDigits(roofline_us)).arg(kernels);
  cost.energyFormula = QStringLiteral("%1 µs x %2 W").arg(fourDigits(cost.latency_us), fourDigits(gpuPower_w(basis)));
  return cost;
}

std::span<const EdgeReference> edgeReferences() { return EdgeDevices; }

ReferenceCost digitalBaseline(std::span<const LayerWork> works, Bits bits) {
  const double pairs = static_cast<double>(bits.weights) * bits.activations;
  const double mac_pj = Multiply8_pj * pairs / 64 + Add8_pj * (bits.weights + bits.activations) / 16;
  double macs = 0;
  double maps_bytes = 0;
  double weights_bytes = 0;
  for (const LayerWork &w : works) {
    macs += static_cast<double>(w.macs);
    weights_bytes += memory_bytes(w, bits.weights);
    if (hasWeights(w.op)) maps_bytes += static_cast<double>(w.inElements() + w.outElements()) * bits.activations / 8;
  }
  ReferenceCost cost;
  cost.energy_uj = (macs * mac_pj + maps_bytes * SramByte_pj + weights_bytes * DramByte_pj) * 1e-6;
  cost.source = QStringLiteral(
      "digital 45 nm baseline: Horowitz, ISSCC 2014 (8-bit multiply 0.2 pJ and add 0.03 pJ, scaled by the bits; "
      "8 KB SRAM 5 pJ and DRAM 640 pJ a 32-bit word); no control, no leakage");
  cost.energyFormula =
      QStringLiteral("%1 MACs x %2 pJ + %3 B of maps x 1.25 pJ + %4 B of weights x 160 pJ")
          .arg(fourDigits(macs), fourDigits(mac_pj), fourDigits(maps_bytes), fourDigits(weights_bytes));
  return cost;
}

}  // namespace pimento

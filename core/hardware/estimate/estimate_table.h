// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <vector>

#include "core/explore/design_table.h"
#include "core/hardware/estimate/estimate.h"
#include "core/hardware/estimate/references.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// Which rows an estimate gives. Head alone exists for networks with a feature extractor.
enum class Scopes : std::uint8_t { Whole, Head, All };

struct EstimateOptions {
  Scopes scopes = Scopes::Whole;
  GpuPower gpuPower = GpuPower::TwoBoards;
  bool references = true;  // rows of the platforms gpu-roofline (32:32) and digital-45nm
};

// A design point a variant and scope, on the platform named like the profile. Kind of every hardware value: estimated;
// MACs, parameters, bit ANDs and memory are derived from the network. Definitions:
//   latency   of one image that has the chip for itself; power is over the interval from image to image
//   area      sub-arrays in use (with replicas) and banks with their wiring, and the DPU
//   memory    weights at W bits, biases and batch-norm scale and shift as 32-bit words
//   validity  of the estimate's own row, with the reason and the profile; warnings are led by their level
//   interval  of energy, latency, power and area where the profile is calibrated: the least and the greatest of the
//             estimates with every factor at the middle and at either end of its 90 % prediction interval
//   gpu_*     the roofline of references.h, not a measurement
// Throws Error for an invalid accelerator, or Head scope of a network without an extractor.
[[nodiscard]] DesignTable estimateTable(const NetworkSpec &network, const std::vector<Variant> &variants,
                                        const Accelerator &accelerator, Bits bits, const EstimateOptions &options = {});

}  // namespace pimento

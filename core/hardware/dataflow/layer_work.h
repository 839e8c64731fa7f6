// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

#include "core/hardware/profile/accelerator.h"
#include "core/network/counts.h"
#include "core/network/network_spec.h"

namespace pimento {

[[nodiscard]] constexpr std::int64_t ceilDivided(std::int64_t value, std::int64_t by) { return (value + by - 1) / by; }

// What the hardware model needs of one layer of a variant: numbers only, so that an estimate touches no strings.
struct LayerWork {
  LayerId layer = 0;
  Op op = Op::Input;
  bool head = false;             // not the feature extractor
  std::int64_t inPixels = 0;     // of the input map
  std::int64_t pixels = 0;       // of the output map: patches
  std::int64_t inChannels = 0;   // of a linear layer: all its inputs
  std::int64_t outChannels = 0;  // kernels
  std::int64_t kernelArea = 1;
  int inHeight = 1;  // these five of a layer with a kernel; a linear layer is a 1x1 kernel on one pixel
  int inWidth = 1;
  int kernel = 1;
  int stride = 1;
  int padding = 0;
  std::int64_t patch = 0;        // weights that meet in one count: Cin x K² (depthwise: K²)
  std::int64_t layoutPatch = 0;  // patch that the segments are laid out for; above `patch` for a slimmed network that
                                 // keeps the layout of its widest variant
  std::int64_t macs = 0;
  std::int64_t weights = 0;       // quantised to W bits
  std::int64_t liveElements = 0;  // of all maps that are kept while this layer runs
  std::int64_t words = 0;         // biases and batch-norm scale and shift, 32 bits each
  [[nodiscard]] std::int64_t inElements() const { return inPixels * inChannels; }
  [[nodiscard]] std::int64_t outElements() const { return pixels * outChannels; }
  [[nodiscard]] int outHeight() const { return (inHeight + 2 * padding - kernel) / stride + 1; }
  [[nodiscard]] int outWidth() const { return (inWidth + 2 * padding - kernel) / stride + 1; }
};

// One entry a layer that the variant runs, in execution order. With `layout`, segments keep the layout of that variant.
[[nodiscard]] std::vector<LayerWork> workOf(const NetworkSpec &spec, const Variant &variant,
                                            const Variant *layout = nullptr);

// The work under a schedule's `layout`. Where it is the widest, each layer lies as that variant has it which keeps most
// of it, of all the network's variants and this one.
[[nodiscard]] std::vector<LayerWork> workOf(const NetworkSpec &spec, const Variant &variant, Layout layout);

}  // namespace pimento

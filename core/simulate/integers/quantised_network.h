// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <map>
#include <optional>
#include <vector>

#include "core/data/batch.h"
#include "core/jobs/run_results.h"
#include "core/network/binding.h"
#include "core/network/counts.h"
#include "core/network/network_spec.h"
#include "core/simulate/integers/integers.h"

namespace pimento {

// Weights of one tensor at the layer's full width, in torchvision's order: output channel, input channel, kernel row,
// kernel column (linear: output, flattened input). Channels that no variant keeps are zero.
struct QuantisedWeights {
  int kernels = 0;            // output channels
  int inputs = 0;             // input channels of a kernel; 1 for depthwise
  int inner = 1;              // kernel area, or pixels of a flattened map
  std::vector<double> scale;  // of a kernel; empty where reals are not known. Not read by integer arithmetic.
  std::vector<std::int16_t> values;
  bool operator==(const QuantisedWeights &) const = default;
};

// How the digital unit finishes one layer of one variant: a word for each kept output channel of a layer with weights
// or a batch norm of its own, one of a global average, two of an addition (one an input), none of what only moves or
// compares. Layers that are not run, and convolutions whose batch norm is folded into them, have the default: their
// words stand with the batch norm.
struct LayerWords {
  Format format;
  std::vector<Requantiser> words;
  bool operator==(const LayerWords &) const = default;
};

struct QuantisedVariant {
  Variant variant;
  std::vector<LayerWords> layers;  // index = LayerId
  bool operator==(const QuantisedVariant &) const = default;
};

// What the integers of a trained network come from.
struct QuantisedOrigin {
  ResultHow how = ResultHow::PostTraining;
  QString data;       // name of the set that it was trained and calibrated on
  InputRecipe input;  // how its images become the input
  bool operator==(const QuantisedOrigin &) const = default;
};

// A network as integers. Weights are quantised once for all variants that share them (the binding names the tensors);
// a variant's batch norms live in its words.
struct QuantisedNetwork {
  NetworkSpec spec;
  Binding binding;
  Bits bits;
  std::map<QString, QuantisedWeights> weights;  // by tensor name, as tensors() gives it
  std::vector<QuantisedVariant> variants;
  std::optional<QuantisedOrigin> origin;  // absent: random integers, nothing was trained
  bool operator==(const QuantisedNetwork &) const = default;
};

// The batch norm that is folded into a layer with weights: its only reader, if it has no activation of its own and is
// not the output; else the layer itself. `active` as activeLayers() gives it.
[[nodiscard]] LayerId resultOf(const NetworkSpec &spec, const Variant &variant, const std::vector<LayerId> &active,
                               LayerId layer);

// Words that a layer of this shape needs (index of `LayerWords::words`).
[[nodiscard]] std::size_t wordCount(Op op, int keptChannels);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <span>
#include <vector>

#include "core/simulate/integers/digital_unit.h"
#include "core/simulate/integers/integer_program.h"

namespace pimento {

// What one image gives: the map of every layer (index as IntegerProgram::layers; the output layer's is empty) and the
// logits, one a class.
struct Evaluation {
  std::vector<Map> maps;
  std::vector<std::int32_t> logits;
  bool operator==(const Evaluation &) const = default;
};

// Accumulators of a layer with weights, without bias: output channel, row, column.
using Accumulate = std::function<std::vector<std::int64_t>(const IntegerLayer &, const Map &)>;

// Runs a program on one image with accumulators from `accumulate`. Throws Error unless the image has the input's
// elements within its format.
[[nodiscard]] Evaluation evaluateWith(const IntegerProgram &program, const Map &image, const Accumulate &accumulate);

// The accumulators by integer arithmetic, and a whole run with them: the reference that every simulation is held to.
[[nodiscard]] std::vector<std::int64_t> exactAccumulators(const IntegerLayer &layer, const Map &input);
[[nodiscard]] Evaluation evaluate(const IntegerProgram &program, const Map &image);

// Index of the largest, the first of equal ones.
[[nodiscard]] std::size_t argmax(std::span<const std::int32_t> logits);

}  // namespace pimento

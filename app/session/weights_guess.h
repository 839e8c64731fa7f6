// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <optional>
#include <stop_token>

#include "core/files/safetensors.h"

namespace pimento {

// Which network and variant a file's tensors fit best, by their names and sizes.
struct WeightsGuess {
  QString network;
  QString variant;  // empty: all that the network names
  int found = 0;    // tensors of that variant that the file holds
  int of = 0;
};

// The network that a file of weights is most likely of: the one that it names if this program has written it, else the
// one of those that can be trained here which finds most of its tensors in it; nothing if less than half of
// the tensors of each are there. The classifier counts by its name alone: its size follows the data. What it has found
// when it is stopped counts for nothing.
[[nodiscard]] std::optional<WeightsGuess> guessNetwork(const SafeTensors &file, const std::stop_token &stop = {});

}  // namespace pimento

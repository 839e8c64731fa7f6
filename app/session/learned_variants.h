// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <vector>

#include "core/network/network_spec.h"
#include "core/project/training_run.h"

namespace pimento {

class JobQueue;

// Sub-nets that a run of the clipped group Lasso learned, for the fused training to start from.
struct LearnedVariants {
  QString title;      // of the run, for people
  QString directory;  // of the run; empty: only the project keeps it
  QString network;
  std::vector<Variant> variants;
  bool operator==(const LearnedVariants &other) const {
    return title == other.title && directory == other.directory && network == other.network;
  }
};

// The sub-nets of the finished runs of the queue, the latest run first, then those of runs that only the project keeps.
[[nodiscard]] std::vector<LearnedVariants> learnedVariants(const JobQueue &queue, const std::vector<TrainingRun> &kept);

}  // namespace pimento

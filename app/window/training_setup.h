// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <optional>
#include <stop_token>

#include "core/jobs/job.h"

namespace pimento {

class JobQueue;

// What there is to choose from on the way to a training run, and what a choice means.

[[nodiscard]] QStringList trainableNetworks();                            // families that have a way to be trained
[[nodiscard]] std::vector<Method> methodsOf(const NetworkSpec &network);  // those that its bindings allow
[[nodiscard]] std::vector<Recipe> recipesOf(Method method);               // built in, short ones first
[[nodiscard]] QString methodTitle(Method method);                         // "Slimmable with distillation"
[[nodiscard]] QString methodText(Method method);                          // what it does, in a sentence

// What is known of a data set once its files were read.
struct DataFacts {
  QString title;
  std::int64_t trainingImages = 0;
  std::int64_t testImages = 0;
  int classes = 0;
  QString problem;  // why it can not be used, and what to do
};
// Opens the data set. Slow for large ones.
[[nodiscard]] DataFacts readDataFacts(const QString &nameOrFolder, const std::stop_token &stop);

// How fast an earlier run was: forward multiply-accumulates of training images a second.
struct MeasuredRate {
  double macs_per_s = 0;
  QString network;
  Method method = Method::Joint;
  QString title;  // of the run
};
[[nodiscard]] std::optional<MeasuredRate> lastRate(const JobQueue &queue);

// "54,000 images x 5 epochs (and 4 of the teacher) x 78.2 MMAC: …" and how long that takes, as far as it is known.
[[nodiscard]] QString costText(const Job &job, const DataFacts &data, const std::optional<MeasuredRate> &rate);

// "45 s", "3:20 min", "2 h 05 min"
[[nodiscard]] QString durationText(double seconds);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <optional>

#include "core/data/dataset.h"
#include "core/jobs/job.h"
#include "core/jobs/methods.h"

namespace pimento {

class JobQueue;

// What there is to choose from on the way to a training run, and what a choice means.

[[nodiscard]] QStringList trainableNetworks();     // by name: families, then the library's
[[nodiscard]] QString methodTitle(Method method);  // "Slimmable with distillation"
[[nodiscard]] QString methodText(Method method);   // what it does, in a sentence

// What is known of a data set once the headers of its files were read.
struct DataFacts : DatasetFacts {
  QString problem;  // why it can not be used, and what to do
};
[[nodiscard]] DataFacts readDataFacts(const QString &nameOrFolder, const FolderOptions &options);
[[nodiscard]] QString dataText(const DataFacts &known);  // "Fashion-MNIST: 60,000 training and 10,000 test images …"

// Throws Error if images of this size can not become the network's input: what the worker would find out only after it
// has read all of them.
void checkSizes(const Job &job, const DataFacts &known);

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

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>
#include <vector>

#include "core/base/watch.h"
#include "core/files/safetensors.h"
#include "core/jobs/job.h"
#include "core/jobs/run_results.h"

namespace pimento {

// A training run as a project keeps it: what was asked for, what came of it, and the weights to go on from. Integers of
// quantised networks are not kept: `pimento quantise` makes them again from the weights.
struct TrainingRun {
  QString name;                   // one line of at most 100 characters without "/"; unique in its project
  Job job;                        // without paths of the machine that it ran on
  std::vector<Variant> variants;  // that the results speak of: the job's, or the sub-nets that it learned
  RunResults results;
  QByteArray history;  // JSON lines: the events start, epoch and result
  QByteArray weights;  // safetensors (see halvedWeights); empty: none
};

// Whether two runs have the same content.
[[nodiscard]] bool sameAs(const TrainingRun &a, const TrainingRun &b);

// Copies what a run's directory holds: job.json, variants.json if the job learned its sub-nets, results.json,
// events.jsonl condensed to its history (epochs, and about a hundred losses a stage), weights.safetensors halved. The
// run is called as its directory. Throws Error if there is no job or nothing was measured yet, and naming file and
// place for what can not be read; or when the watch stops, which is asked before each few megabytes. It only reads:
// what is stopped leaves nothing behind.
[[nodiscard]] TrainingRun importRun(const QString &directory, const Watch &watch = {});

// The reverse: a directory as importRun reads it, made if need be, to evaluate, quantise or go on from. Throws Error if
// it holds a job already or can not be written.
void exportRun(const TrainingRun &run, const QString &directory);

// Single precision to half precision, rounded to nearest, for all tensors of two or more axes: the weights proper.
// Vectors (biases, batch norms, a hundredth of the size) and tensors with a value that half precision can not hold
// stay as they are. Throws Error when the watch stops.
[[nodiscard]] SafeTensors halvedWeights(SafeTensors weights, const Watch &watch = {});

// A run as entries of a project's archive: its definition (job, variants, results), history and weights.
struct RunEntries {
  QByteArray definition;  // JSON
  QByteArray history;
  QByteArray weights;
};
[[nodiscard]] RunEntries runEntries(const TrainingRun &run);

// The reverse. Throws Error naming `place` and the key for definitions that make no run, results of variants that it
// does not have, a history that is no JSON lines or larger than 16 MB, and weights that are no safetensors.
[[nodiscard]] TrainingRun runFromEntries(const QString &name, RunEntries entries, const QString &place);

}  // namespace pimento

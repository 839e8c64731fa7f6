// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <functional>
#include <vector>

#include "core/base/quantity.h"
#include "core/jobs/recipe.h"
#include "core/network/counts.h"

namespace pimento {

inline constexpr Bits SinglePrecision{32, 32};

// Where the weights of a result come from.
enum class ResultHow : std::uint8_t { Trained, PostTraining, QuantisationAware };
[[nodiscard]] QString resultHowName(ResultHow how);  // "trained", "post-training", "quantisation-aware"
[[nodiscard]] QStringList resultHowNames();          // of all, in the order of ResultHow

// Test images that one variant classifies right: measured, on the whole test set or the first `images` of a random
// order of it.
struct RunResult {
  QString variant;
  Bits bits = SinglePrecision;
  ResultHow how = ResultHow::Trained;
  std::int64_t correct = 0;
  std::int64_t images = 0;
  bool stopped = false;  // quantisation-aware training, before its last step
  [[nodiscard]] double accuracy_pct() const;
  [[nodiscard]] Interval interval_pct() const;  // Wilson, 95 %
  // What to be careful with: an accuracy that guessing among so many classes may have, training that was stopped.
  [[nodiscard]] QStringList warnings(int classes) const;
  bool operator==(const RunResult &) const = default;
};

// What a run measured: results.json in the directory of a job.
struct RunResults {
  QString data;               // the data set's name
  double images_per_s = 0;    // of training; 0: not measured
  double shareOfCeiling = 0;  // of the machine's best convolution rate, 0 to 1
  std::vector<RunResult> results;
  bool stopped = false;        // before its last epoch, by whoever ran it
  double epochs = 0;           // trained; 0: not told
  std::vector<double> cycles;  // epochs after which it was finished before, and then trained on
  // What to know of all its results: that training was stopped before the recipe's last epoch, or went on after it.
  [[nodiscard]] QStringList notes(const Recipe &recipe) const;
  bool operator==(const RunResults &) const = default;
};

// Puts rows in, each in the place of the one with the same variant, bits and origin, if there is one.
void mergeResults(RunResults &into, const std::vector<RunResult> &rows);

// The one file form. Throws Error naming `place` and the key; at most 4 MB and 10,000 rows.
[[nodiscard]] RunResults readRunResults(const QByteArray &data, const QString &place);
[[nodiscard]] QByteArray writeRunResults(const RunResults &results);

// The results in a run's directory; empty if it has none yet. Throws Error if they can not be read.
[[nodiscard]] RunResults loadRunResults(const QString &directory);

// Throws Error naming the directory if the results are those of an earlier end of the run, after which it was trained
// on: `cycles` are those of its job.
void requireOfItsEnd(const RunResults &results, const std::vector<double> &cycles, const QString &directory);

// What a run has measured at the end of its training: takes the place of all that was measured with earlier weights.
// Throws Error if it can not be written.
void replaceRunResults(const QString &directory, const RunResults &results);

// Merges rows into those of a directory; takes rate and share over where they are given. The file is read and replaced
// whole under a lock, so that nothing is lost where several do this at once. Throws Error if it can not be written,
// someone holds the lock for too long, or it holds results on another data set. `alsoThen` is done under the lock too,
// before anything is written; if it throws, nothing is.
void appendRunResults(
    const QString &directory, const RunResults &more, const std::function<void()> &alsoThen = [] {});

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>
#include <cstdint>
#include <vector>

#include "core/base/quantity.h"
#include "core/network/counts.h"

namespace pimento {

inline constexpr Bits SinglePrecision{32, 32};

// Where the weights of a result come from.
enum class ResultHow : std::uint8_t { Trained, PostTraining, QuantisationAware };
[[nodiscard]] QString resultHowName(ResultHow how);  // "trained", "post-training", "quantisation-aware"

// Test images that one variant classifies right: measured, on the whole test set or the first `images` of a random
// order of it.
struct RunResult {
  QString variant;
  Bits bits = SinglePrecision;
  ResultHow how = ResultHow::Trained;
  std::int64_t correct = 0;
  std::int64_t images = 0;
  [[nodiscard]] double accuracy_pct() const;
  [[nodiscard]] Interval interval_pct() const;  // Wilson, 95 %
  // What to be careful with: an accuracy that guessing among so many classes may have.
  [[nodiscard]] QStringList warnings(int classes) const;
  bool operator==(const RunResult &) const = default;
};

// What a run measured: results.json in the directory of a job.
struct RunResults {
  QString data;               // the data set's name
  double images_per_s = 0;    // of training; 0: not measured
  double shareOfCeiling = 0;  // of the machine's best convolution rate, 0 to 1
  std::vector<RunResult> results;
  bool operator==(const RunResults &) const = default;
};

// Puts rows in, each in the place of the one with the same variant, bits and origin, if there is one.
void mergeResults(RunResults &into, const std::vector<RunResult> &rows);

// The one file form. Throws Error naming `place` and the key; at most 4 MB and 10,000 rows.
[[nodiscard]] RunResults readRunResults(const QByteArray &data, const QString &place);
[[nodiscard]] QByteArray writeRunResults(const RunResults &results);

// Those of a run's directory; empty if it has none yet. Throws Error if they can not be read.
[[nodiscard]] RunResults loadRunResults(const QString &directory);

// Merges rows into those of a directory; takes rate and share over where they are given. The file is replaced whole.
// Throws Error if it can not be written, or holds results on another data set.
void appendRunResults(const QString &directory, const RunResults &more);

}  // namespace pimento

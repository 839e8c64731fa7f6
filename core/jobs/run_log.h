// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDateTime>
#include <QJsonObject>
#include <QPointF>
#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

namespace pimento {

// One variant in one stage of a run: mean loss at its updates and accuracy after its epochs, both over epochs, which
// rise. A curve keeps at most MaxPoints; a longer one is thinned out evenly.
struct RunCurves {
  static constexpr std::size_t MaxPoints = 2048;
  QString variant;
  std::vector<QPointF> loss;
  std::vector<QPointF> validation_pct;
};

struct RunStage {
  QString name;  // "teacher", "main"
  int epochs = 0;
  double epoch = 0;  // done
  std::int64_t validationImages = 0;
  std::vector<RunCurves> variants;  // in the order in which they were first told
};

struct PlannedStage {
  QString name;
  int epochs = 0;
};

struct TestScore {
  QString variant;
  std::int64_t correct = 0;
  std::int64_t images = 0;
};

struct RunOutcome {
  std::vector<TestScore> scores;
  double images_per_s = 0;
  double shareOfCeiling = 0;
  bool stopped = false;  // before its last epoch
  double epochs = 0;     // of the main stage, done; 0: not told
  double seconds = 0;
};

// What the events of a run tell so far (see job_runner.h). Unknown events and keys are ignored, and what makes no sense
// is; so is what goes past the limits. When a run goes on from a checkpoint, its curves go back to there.
struct RunLog {
  static constexpr std::size_t MaxStages = 16;
  static constexpr std::size_t MaxVariants = 256;

  bool begun = false;
  QString data;
  std::int64_t trainingImages = 0;
  int threads = 0;
  double ceiling_gflops = 0;
  std::vector<PlannedStage> planned;  // those to come too; empty: not told
  std::vector<RunStage> stages;       // those that have begun
  double images_per_s = 0;
  double left_s = -1;  // < 0: not known
  double learningRate = 0;
  std::optional<double> checkpointEpoch;  // of the last stage
  std::optional<RunOutcome> outcome;
  QString startedFrom;  // "started from net.pth, …": the weights that it began with, if it did
  QString problem;      // that ended it
  bool paused = false;  // it was asked to end, and goes on from its checkpoint
  double tested = -1;   // of the test set, a share; < 0: not begun

  void take(const QJsonObject &event);
  // Epochs done of all stages that are known of, as a share of them; < 0: nothing is known.
  [[nodiscard]] double share() const;
  [[nodiscard]] const RunStage *stage() const { return stages.empty() ? nullptr : &stages.back(); }
};

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <vector>

#include "core/base/report_table.h"
#include "core/jobs/run_results.h"

namespace pimento {

class JobQueue;
class Session;
struct QueuedJob;
struct TrainingRun;

// The runs there are: those with a directory, then those that only the project keeps (their ids are below 0).
struct RunChoice {
  int id = 0;
  QString text;  // "LeNet-5, joint (lenet5-joint)"
  bool weights = false;
};
[[nodiscard]] std::vector<RunChoice> runChoices(const Session &session, const JobQueue &queue);
[[nodiscard]] const TrainingRun *keptRun(const Session &session, int id);
[[nodiscard]] QueuedJob keptJob(const TrainingRun &run, int id);  // as a job that is done

// What a run measured: as its directory has it, else as its events told.
[[nodiscard]] RunResults resultsOf(const QueuedJob &job);
// A row a variant and precision: variant, bits, how, accuracy_pct, its interval, correct, n.
[[nodiscard]] ReportTable runReport(const RunResults &results);

}  // namespace pimento

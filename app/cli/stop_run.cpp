// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stop_run.h"

#include <chrono>
#include <thread>

#include "app/cli/verb.h"
#include "core/base/error.h"
#include "core/jobs/job.h"
#include "core/jobs/run_lock.h"
#include "core/jobs/run_request.h"

namespace pimento {

bool stopWorkerOf(const QString &directory) {
  using namespace std::chrono_literals;
  constexpr auto Poll = 50ms;
  constexpr auto Patience = 30s;  // file systems that machines share may tell of new files late
  static_cast<void>(loadJob(directory));
  const auto owner = runOwner(directory);
  if (!owner) return false;
  askToStop(directory);
  const auto end = std::chrono::steady_clock::now() + Patience;
  while (stopRequestWaits(directory)) {
    if (!runOwner(directory)) return false;  // it ended before it heard
    if (std::chrono::steady_clock::now() > end)
      throw Error(directory, QStringLiteral("its worker (%1) does not hear").arg(owner->described()),
                  QStringLiteral("end that process: the run can be resumed"));
    std::this_thread::sleep_for(Poll);
  }
  printError(QStringLiteral("pimento train: the worker of %1 (%2) stops and keeps the best\n")
                 .arg(directory, owner->described()));
  return true;
}

}  // namespace pimento

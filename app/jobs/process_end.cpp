// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobs/process_end.h"

#include <QProcess>
#include <set>

namespace pimento {

// A QProcess waits for its process when it is destroyed, so that is done when there is nothing to wait for any more.
// Until then it is kept where it can be found.
void endWithoutWaiting(std::unique_ptr<QProcess> process) {
  process->disconnect();
  if (process->state() == QProcess::NotRunning) return;
  static auto &all = *new std::set<QProcess *>;
  QProcess *ending = process.release();
  all.insert(ending);
  QObject::connect(ending, &QProcess::stateChanged, ending, [ending](QProcess::ProcessState state) {
    if (state != QProcess::NotRunning) return;
    all.erase(ending);
    ending->deleteLater();
  });
  ending->kill();
}

}  // namespace pimento

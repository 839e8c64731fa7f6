// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>

#include "core/base/error.h"
#include "core/jobs/run_lock.h"
#include "core/learn/commands.h"
#include "core/learn/event_log.h"

namespace pimento::learn {

int trainCommand(const QStringList &words, const std::function<Request()> &request) {
  if (words.size() != 1)
    throw Error(QStringLiteral("pimento-learn"), QStringLiteral("expected: train DIRECTORY"),
                QStringLiteral("see --help"));
  const QString &directory = words[0];
  if (!QFile::exists(QDir(directory).filePath(QStringLiteral("job.json"))))
    throw Error(directory, QStringLiteral("holds no job.json"), QStringLiteral("pimento train makes one"));
  const RunLock lock(directory);
  EventLog log(directory);
  RunControl control;
  control.request = request;
  control.emit = [&](const QJsonObject &event) { log(event); };
  try {
    return runJob(directory, control) == RunEnd::Cancelled ? 3 : 0;
  } catch (const Error &error) {
    log({{QStringLiteral("event"), QStringLiteral("error")}, {QStringLiteral("message"), error.message()}});
    throw;
  }
}

}  // namespace pimento::learn

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDateTime>
#include <optional>

#include "core/jobs/event_lines.h"
#include "core/jobs/job.h"
#include "core/jobs/run_log.h"

namespace pimento {

enum class RunState : std::uint8_t {
  NotBegun,     // there is nothing but the job
  Running,      // a process holds its lock
  Paused,       // its process was asked to end, and left a checkpoint or had made nothing yet
  Interrupted,  // its process ended without a word
  Failed,       // with an error
  Finished      // with results
};

// What the files of a run's directory tell.
struct RunDirectory {
  QString path;
  RunState state = RunState::NotBegun;
  RunLog log;
  std::optional<QDateTime> checkpoint;  // when it was written, if there is one
};

// The events of a run as they are written: each call takes in what came since the last one. Starts anew if the log has
// become shorter.
class EventTail {
 public:
  explicit EventTail(const QString &directory);
  bool readInto(RunLog &log);   // whether there was something
  void skipTo(qint64 fromEnd);  // reads no more than these last bytes of what is there now

 private:
  QString m_path;
  qint64 m_offset = 0;
  bool m_cut = false;  // the first line is not whole
  EventLines m_lines;
};

// Reads the events of a directory: all of them, or the last only, enough for the state. At most 256 MB are read.
enum class Events : std::uint8_t { All, Latest };
// Who looks at a run. FromOutside: anybody, to whom a run whose lock is held is Running. AsItsWorker: the process that
// holds the lock itself, to which it is not.
enum class Look : std::uint8_t { FromOutside, AsItsWorker };
[[nodiscard]] RunDirectory lookAtRun(const QString &directory, Events events, Look look = Look::FromOutside);

// Directories in a folder that hold a job, oldest first; the newest MaxRuns if there are more.
inline constexpr qsizetype MaxRuns = 500;
[[nodiscard]] QStringList runsIn(const QString &folder);

// A directory of that name in the folder, or with a number behind it, that does not exist yet.
[[nodiscard]] QString freeRunDirectory(const QString &folder, const QString &name);

// Removes what a run has left, and the directory if nothing else is in it. Throws Error if a process is at work there.
void discardRun(const QString &directory);

// Does so for a run that has learned nothing: no file and no event of training is there. Leaves every other one, and
// one at which a process is at work, as it is. Throws Error if a process has begun with it meanwhile.
void discardUntrained(const QString &directory);

}  // namespace pimento

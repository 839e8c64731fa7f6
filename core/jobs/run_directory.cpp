// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_directory.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>

#include "core/base/error.h"
#include "core/files/whole_file.h"
#include "core/jobs/run_lock.h"

namespace pimento {

namespace {

constexpr qint64 MaxEvents = 256 << 20;
constexpr qint64 LatestBytes = 64 << 10;
constexpr qint64 Piece = 1 << 20;

// What the log says last counts; a run without a word in it may have been made of a project that kept its results. One
// that was trained on has both: results of before and a checkpoint.
RunState stateOf(const RunDirectory &run, Look look) {
  if (look == Look::FromOutside && runOwner(run.path)) return RunState::Running;
  if (run.log.outcome) return RunState::Finished;
  if (!run.log.problem.isEmpty()) return RunState::Failed;
  if (run.log.paused) return RunState::Paused;
  const QDir files(run.path);
  if (!run.checkpoint && QFile::exists(files.filePath(QStringLiteral("results.json")))) return RunState::Finished;
  const bool begun = QFileInfo(files.filePath(QStringLiteral("events.jsonl"))).size() > 0;
  return begun || run.checkpoint ? RunState::Interrupted : RunState::NotBegun;
}

}  // namespace

EventTail::EventTail(const QString &directory) : m_path(QDir(directory).filePath(QStringLiteral("events.jsonl"))) {}

void EventTail::skipTo(qint64 fromEnd) {
  m_offset = std::max<qint64>(0, QFileInfo(m_path).size() - fromEnd);
  m_cut = m_offset > 0;
}

bool EventTail::readInto(RunLog &log) {
  QFile file(m_path);
  if (!openOrdinary(file).isEmpty()) return false;
  if (file.size() < m_offset) {  // the run went back to its checkpoint, and its log with it
    *this = EventTail(QFileInfo(m_path).path());
    log = {};
  }
  if (!file.seek(m_offset)) return false;
  if (m_cut) (void)file.readLine(EventLines::MaxLine);
  m_cut = false;
  bool some = false;
  for (QByteArray bytes = file.read(Piece); !bytes.isEmpty(); bytes = file.read(Piece)) {
    m_lines.add(bytes);
    while (const auto event = m_lines.next()) {
      log.take(event->object);
      some = true;
    }
  }
  m_offset = file.pos();
  return some;
}

RunDirectory lookAtRun(const QString &directory, Events events, Look look) {
  RunDirectory run{.path = directory};
  const QDir files(directory);
  EventTail tail(directory);
  tail.skipTo(events == Events::All ? MaxEvents : LatestBytes);
  tail.readInto(run.log);
  const QFileInfo checkpoint(files.filePath(QStringLiteral("checkpoint.safetensors")));
  if (checkpoint.exists()) run.checkpoint = checkpoint.lastModified();
  run.state = stateOf(run, look);
  return run;
}

QStringList runsIn(const QString &folder) {
  QStringList runs;
  const QFileInfoList entries = QDir(folder).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Time);
  for (const QFileInfo &entry : entries) {
    const QString path = entry.absoluteFilePath();
    if (runs.size() < MaxRuns && QFile::exists(QDir(path).filePath(QStringLiteral("job.json")))) runs.prepend(path);
  }
  return runs;
}

QString freeRunDirectory(const QString &folder, const QString &name) {
  QString path = QDir(folder).filePath(name);
  for (int i = 2; QFile::exists(path); ++i) path = QDir(folder).filePath(QStringLiteral("%1-%2").arg(name).arg(i));
  return path;
}

namespace {

// What a run makes. QSaveFile adds six letters to the names of files that it has not finished, SaveFile six more to
// those that are to replace a link; a kill leaves them.
QRegularExpression namesOf(const QString &files) {
  return QRegularExpression(QStringLiteral("^(%1)(\\.lock|(\\.(?=[a-z]*[A-Z])[A-Za-z]{6}){1,2})?$").arg(files));
}

// There before a run learns anything: the job, what was told of it, and what became of the weights that it starts from.
const QString BeforeTraining = QStringLiteral("job\\.json|events\\.jsonl|start\\.json|results\\.lock|stop\\.request");

bool isOfARun(const QString &name) {
  static const QRegularExpression known =
      namesOf(BeforeTraining + QStringLiteral("|variants\\.json|results\\.json|(checkpoint|last|teacher|weights)\\."
                                              "safetensors|quantised-[a-z]*-?[0-9]+x[0-9]+\\.safetensors(\\.[0-9a-f]{8}"
                                              "\\.checkpoint)?"));
  return known.match(name).hasMatch();
}

bool isBeforeTraining(const QString &name) {
  static const QRegularExpression known = namesOf(BeforeTraining);
  return known.match(name).hasMatch();
}

QStringList filesOfRun(const QString &directory) {
  QStringList names = QDir(directory).entryList(QDir::Files | QDir::Hidden | QDir::System);
  names.removeIf([](const QString &name) { return !isOfARun(name); });
  return names;
}

// By its holder of the lock.
bool isUntrained(const QString &directory) {
  const QStringList names = filesOfRun(directory);
  const RunLog log = lookAtRun(directory, Events::All, Look::AsItsWorker).log;
  return std::ranges::all_of(names, isBeforeTraining) && log.stages.empty() && !log.outcome;
}

void removeFiles(const QString &directory) {
  QDir files(directory);
  for (const QString &name : filesOfRun(directory)) files.remove(name);
}

}  // namespace

void discardRun(const QString &directory) {
  if (!QFile::exists(directory)) return;
  if (const auto owner = runOwner(directory))
    throw Error(directory, QStringLiteral("a worker is at it (%1)").arg(owner->described()),
                QStringLiteral("cancel it first"));
  {
    const RunLock lock(directory);
    removeFiles(directory);
  }
  QDir().rmdir(directory);
}

void discardUntrained(const QString &directory) {
  if (!QFile::exists(QDir(directory).filePath(QStringLiteral("job.json"))) || runOwner(directory)) return;
  {
    const RunLock lock(directory);
    if (isUntrained(directory)) removeFiles(directory);
  }
  QDir().rmdir(directory);
}

}  // namespace pimento

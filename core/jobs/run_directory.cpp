// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_directory.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "core/base/error.h"
#include "core/jobs/run_lock.h"

namespace pimento {

namespace {

constexpr qint64 MaxEvents = 256 << 20;
constexpr qint64 LatestBytes = 64 << 10;
constexpr qint64 Piece = 1 << 20;

RunState stateOf(const RunDirectory &run) {
  if (runOwner(run.path)) return RunState::Running;
  if (run.log.outcome || QFile::exists(QDir(run.path).filePath(QStringLiteral("results.json"))))
    return RunState::Finished;
  if (!run.log.problem.isEmpty()) return RunState::Failed;
  const bool begun = QFile::exists(QDir(run.path).filePath(QStringLiteral("events.jsonl")));
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
  if (!file.open(QIODevice::ReadOnly)) return false;
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

RunDirectory lookAtRun(const QString &directory, Events events) {
  RunDirectory run{.path = directory};
  const QDir files(directory);
  EventTail tail(directory);
  tail.skipTo(events == Events::All ? MaxEvents : LatestBytes);
  tail.readInto(run.log);
  const QFileInfo checkpoint(files.filePath(QStringLiteral("checkpoint.safetensors")));
  if (checkpoint.exists()) run.checkpoint = checkpoint.lastModified();
  run.state = stateOf(run);
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

void discardRun(const QString &directory) {
  if (runOwner(directory))
    throw Error(directory, QStringLiteral("a worker is at it"), QStringLiteral("cancel it first"));
  QDir files(directory);
  const QStringList known{QStringLiteral("job.json"),
                          QStringLiteral("events.jsonl"),
                          QStringLiteral("checkpoint.safetensors"),
                          QStringLiteral("teacher.safetensors"),
                          QStringLiteral("weights.safetensors"),
                          QStringLiteral("quantised-*.safetensors"),
                          QStringLiteral("variants.json"),
                          QStringLiteral("results.json"),
                          QStringLiteral("worker.lock")};
  for (const QString &name : files.entryList(known, QDir::Files)) files.remove(name);
  QDir().rmdir(directory);
}

}  // namespace pimento

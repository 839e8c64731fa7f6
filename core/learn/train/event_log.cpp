// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/event_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <algorithm>
#include <cstdio>

#include "core/base/error.h"
#include "core/base/visible.h"
#include "core/files/save_file.h"
#include "core/files/whole_file.h"
#include "core/jobs/job.h"

namespace pimento::learn {

namespace {

QByteArray lineOf(const QJsonObject &event) {
  return visibleJson(QJsonDocument(event).toJson(QJsonDocument::Compact)) + '\n';
}

// 0, or the number of the error.
int printLine(const QByteArray &line) {
  errno = 0;
  const auto size = static_cast<std::size_t>(line.size());
  const bool printed = std::fwrite(line.constData(), 1, size, stdout) == size && std::fflush(stdout) == 0;
  return printed ? 0 : errno == 0 ? EIO : errno;
}

[[noreturn]] void failPrinting(int error) {
  throw writeError(QStringLiteral("standard output"), qt_error_string(error));
}

QString logFile(const QString &directory) { return QDir(directory).filePath(QStringLiteral("events.jsonl")); }

[[noreturn]] void fail(const QFile &file) { throw writeError(file.fileName(), file.errorString()); }

// A link is never followed and a pipe never waited for: they give way to a new file.
void openWithoutLinks(QFile &file, const QString &path) {
  const QByteArray name = QFile::encodeName(path);
  struct stat there {};
  if (::lstat(name.constData(), &there) == 0 && !S_ISREG(there.st_mode)) (void)::unlink(name.constData());
  file.setFileName(path);
  const int handle = ::open(name.constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0644);
  if (handle < 0) throw writeError(path, qt_error_string(errno));
  if (!file.open(handle, QIODevice::ReadWrite, QFileDevice::AutoCloseHandle)) fail(file);
}

// The last bytes: more than the longest line.
QByteArray tailOf(QFile &file) {
  constexpr qint64 Longest = 1 << 20;
  file.seek(std::max<qint64>(0, file.size() - Longest));
  return file.readAll();
}

}  // namespace

void printEvent(const QJsonObject &event) {
  if (const int error = printLine(lineOf(event)); error != 0) failPrinting(error);
}

void printText(const QString &text) {
  if (const int error = printLine(text.toUtf8()); error != 0) failPrinting(error);
}

EventLog::EventLog(const QString &directory) {
  openWithoutLinks(m_file, logFile(directory));
  const QByteArray tail = tailOf(m_file);
  if (!tail.endsWith('\n')) cut(m_file.size() - tail.size() + tail.lastIndexOf('\n') + 1);
  m_file.seek(m_file.size());
}

std::int64_t EventLog::bytes() const {
  const std::lock_guard lock(m_mutex);
  return m_file.size();
}

void EventLog::cut(std::int64_t bytes) {
  const std::lock_guard lock(m_mutex);
  const std::int64_t size = std::min<std::int64_t>(bytes, m_file.size());
  if (!m_file.resize(size) || !m_file.seek(size)) fail(m_file);
}

void EventLog::operator()(const QJsonObject &event) {
  const QByteArray line = lineOf(event);
  const std::lock_guard lock(m_mutex);
  if (const int error = printLine(line); error != 0 && m_printError == 0) m_printError = error;
  if (m_file.write(line) != line.size() || !m_file.flush()) fail(m_file);
  // The end of a run is on the disk before its checkpoint goes.
  if (event[QStringLiteral("event")].toString() == QStringLiteral("result"))
    static_cast<void>(::fsync(m_file.handle()));
}

void EventLog::requirePrinted() const {
  if (m_printError != 0 && m_printError != EPIPE) failPrinting(m_printError);
}

std::optional<QJsonObject> finishedResult(const QString &directory) {
  QFile file(logFile(directory));
  if (!openOrdinary(file).isEmpty()) return std::nullopt;
  QList<QByteArray> lines = tailOf(file).split('\n');
  lines.removeLast();  // empty, or torn
  while (!lines.isEmpty()) {
    const QJsonObject event = QJsonDocument::fromJson(lines.takeLast()).object();
    const QString kind = event[QStringLiteral("event")].toString();
    if (kind == QStringLiteral("request")) continue;  // one that came too late
    if (kind != QStringLiteral("result")) return std::nullopt;
    const int planned = event[QStringLiteral("planned_epochs")].toInt();
    if (planned > 0 && planned != loadJob(directory).recipe.epochs) return std::nullopt;
    return event;
  }
  return std::nullopt;
}

}  // namespace pimento::learn

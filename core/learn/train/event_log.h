// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFile>
#include <QJsonObject>
#include <QString>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <optional>

namespace pimento::learn {

// Prints an event as a line of JSON. Throws Error if standard output can not be written.
void printEvent(const QJsonObject &event);
void printText(const QString &text);  // the same for any text

// Events go to events.jsonl in a job's directory and to standard output, a line each. May be called from any thread.
// A last line without its end, of a process that was killed while writing it, is cut off. What is there under that name
// and is no ordinary file (a link, a pipe) is put aside, not written to. Throws Error if the file can not be written;
// what becomes of standard output can be asked.
class EventLog {
 public:
  explicit EventLog(const QString &directory);
  void operator()(const QJsonObject &event);
  [[nodiscard]] std::int64_t bytes() const;
  void cut(std::int64_t bytes);  // what was written after that many bytes is dropped
  [[nodiscard]] bool isUnread() const { return m_printError == EPIPE; }  // nobody reads standard output any more
  void requirePrinted() const;  // throws Error if some of it did not get to standard output, though somebody reads it

 private:
  std::atomic<int> m_printError = 0;  // the first
  QFile m_file;
  mutable std::mutex m_mutex;
};

// The result that the log of a finished run ends with; none for a run whose job has got more epochs since.
[[nodiscard]] std::optional<QJsonObject> finishedResult(const QString &directory);

}  // namespace pimento::learn

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFile>
#include <QJsonObject>
#include <QString>
#include <mutex>
#include <optional>

namespace pimento::learn {

// Prints an event as a line of JSON.
void printEvent(const QJsonObject &event);

// Events go to events.jsonl in a job's directory and to standard output, a line each. May be called from any thread.
// A last line without its end, of a process that was killed while writing it, is cut off. Throws Error if the file can
// not be written.
class EventLog {
 public:
  explicit EventLog(const QString &directory);
  void operator()(const QJsonObject &event);
  [[nodiscard]] std::int64_t bytes() const;
  void cut(std::int64_t bytes);  // what was written after that many bytes is dropped

 private:
  QFile m_file;
  mutable std::mutex m_mutex;
};

// The result that the log of a finished run ends with.
[[nodiscard]] std::optional<QJsonObject> recordedResult(const QString &directory);

}  // namespace pimento::learn

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFile>
#include <QJsonObject>
#include <QString>

namespace pimento::learn {

// Prints an event as a line of JSON.
void printEvent(const QJsonObject &event);

// Events go to events.jsonl in a job's directory and to standard output, a line each. Throws Error if the file can not
// be written.
class EventLog {
 public:
  explicit EventLog(const QString &directory);
  void operator()(const QJsonObject &event);

 private:
  QFile m_file;
};

}  // namespace pimento::learn

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/event_log.h"

#include <QDir>
#include <QJsonDocument>
#include <cstdio>

#include "core/base/error.h"

namespace pimento::learn {

namespace {

QByteArray lineOf(const QJsonObject &event) { return QJsonDocument(event).toJson(QJsonDocument::Compact) + '\n'; }

void printLine(const QByteArray &line) {
  std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout);
  std::fflush(stdout);
}

}  // namespace

void printEvent(const QJsonObject &event) { printLine(lineOf(event)); }

EventLog::EventLog(const QString &directory) : m_file(QDir(directory).filePath(QStringLiteral("events.jsonl"))) {
  if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append))
    throw Error(m_file.fileName(), QStringLiteral("can not be written"), m_file.errorString());
}

void EventLog::operator()(const QJsonObject &event) {
  const QByteArray line = lineOf(event);
  if (m_file.write(line) != line.size() || !m_file.flush())
    throw Error(m_file.fileName(), QStringLiteral("can not be written"), m_file.errorString());
  printLine(line);
}

}  // namespace pimento::learn

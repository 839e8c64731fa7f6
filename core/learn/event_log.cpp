// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/event_log.h"

#include <QDir>
#include <QJsonDocument>
#include <algorithm>
#include <cstdio>

#include "core/base/error.h"

namespace pimento::learn {

namespace {

QByteArray lineOf(const QJsonObject &event) { return QJsonDocument(event).toJson(QJsonDocument::Compact) + '\n'; }

void printLine(const QByteArray &line) {
  std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout);
  std::fflush(stdout);
}

QString logFile(const QString &directory) { return QDir(directory).filePath(QStringLiteral("events.jsonl")); }

[[noreturn]] void fail(const QFile &file) {
  throw Error(file.fileName(), QStringLiteral("can not be written"), file.errorString());
}

// The last bytes: more than the longest line.
QByteArray tailOf(QFile &file) {
  constexpr qint64 Longest = 1 << 20;
  file.seek(std::max<qint64>(0, file.size() - Longest));
  return file.readAll();
}

}  // namespace

void printEvent(const QJsonObject &event) { printLine(lineOf(event)); }

EventLog::EventLog(const QString &directory) : m_file(logFile(directory)) {
  if (!m_file.open(QIODevice::ReadWrite)) fail(m_file);
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
  printLine(line);
  if (m_file.write(line) != line.size() || !m_file.flush()) fail(m_file);
}

std::optional<QJsonObject> recordedResult(const QString &directory) {
  QFile file(logFile(directory));
  if (!file.open(QIODevice::ReadOnly)) return std::nullopt;
  QList<QByteArray> lines = tailOf(file).split('\n');
  lines.removeLast();  // empty, or torn
  while (!lines.isEmpty()) {
    const QJsonObject event = QJsonDocument::fromJson(lines.takeLast()).object();
    const QString kind = event[QStringLiteral("event")].toString();
    if (kind == QStringLiteral("result")) return event;
    if (kind != QStringLiteral("request")) return std::nullopt;  // one that came too late
  }
  return std::nullopt;
}

}  // namespace pimento::learn

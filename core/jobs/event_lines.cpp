// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/event_lines.h"

#include <QJsonDocument>

namespace pimento {

void EventLines::add(const QByteArray &bytes) {
  m_bytes.remove(0, m_read);
  m_read = 0;
  m_bytes += bytes;
}

std::optional<EventLines::Event> EventLines::next() {
  for (;;) {
    const qsizetype end = m_bytes.indexOf('\n', m_read);
    if (end < 0) {
      if (m_bytes.size() - m_read > MaxLine) {
        m_tooLong = true;
        m_bytes.clear();
        m_read = 0;
      }
      return std::nullopt;
    }
    const QByteArray line = m_bytes.mid(m_read, end - m_read).trimmed();
    const bool whole = !m_tooLong && line.size() <= MaxLine;
    m_read = end + 1;
    m_tooLong = false;
    if (line.isEmpty() && whole) continue;
    const QJsonDocument document = whole ? QJsonDocument::fromJson(line) : QJsonDocument();
    if (document.isObject()) return Event{line, document.object()};
    ++m_skipped;
  }
}

}  // namespace pimento

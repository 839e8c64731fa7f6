// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QJsonObject>
#include <optional>

namespace pimento {

// Splits what a worker prints, or what events.jsonl holds, into events: one JSON object a line. Bytes come in pieces of
// any length; a last line without its end waits for it. Lines that are longer than MaxLine or are no object are
// skipped.
class EventLines {
 public:
  static constexpr qsizetype MaxLine = 1 << 20;

  struct Event {
    QByteArray line;  // as it came, without its end
    QJsonObject object;
  };

  void add(const QByteArray &bytes);
  [[nodiscard]] std::optional<Event> next();
  [[nodiscard]] qint64 skipped() const { return m_skipped; }  // lines

 private:
  QByteArray m_bytes;
  qsizetype m_read = 0;    // of m_bytes
  bool m_tooLong = false;  // the rest of a line that was longer than what is kept
  qint64 m_skipped = 0;
};

}  // namespace pimento

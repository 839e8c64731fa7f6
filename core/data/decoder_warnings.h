// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

namespace pimento {

// While one stands, what Qt's decoders of pictures say in this thread is kept here: nothing of it reaches standard
// error without the name of the file. Other messages go where they went. One at a time in a thread.
class DecoderWarnings {
 public:
  DecoderWarnings();
  ~DecoderWarnings();
  DecoderWarnings(const DecoderWarnings &) = delete;
  DecoderWarnings &operator=(const DecoderWarnings &) = delete;

  [[nodiscard]] const QStringList &texts() const { return m_texts; }

 private:
  QStringList m_texts;
};

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <memory>

#include "core/base/background.h"
#include "core/project/journal.h"

namespace pimento {

// Writes journals in a thread of its own, one at a time.
class JournalWriter : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  // Only while it is not busy.
  void write(const std::shared_ptr<HeldJournal> &journal, Project project);
  [[nodiscard]] bool isBusy() const { return m_busy; }

 Q_SIGNALS:
  void failed(const QString &problem);

 private:
  void finish(const QString &problem);

  bool m_busy = false;
  Background m_background;
};

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <deque>
#include <functional>

#include "core/base/background.h"
#include "core/project/training_run.h"

namespace pimento {

// Reads directories of runs as importRun() does, beside the window and one after the other in the order asked for:
// halving weights takes as long as they are many. What was asked is answered in the thread of this object, as long as
// it lives.
class RunImports : public QObject {
  Q_OBJECT
 public:
  using Taken = std::function<void(TrainingRun run)>;
  using Failed = std::function<void(const QString &problem)>;
  using QObject::QObject;

  void read(const QString &directory, Taken taken, Failed failed);
  [[nodiscard]] bool isBusy() const { return m_busy; }

 private:
  struct Asked {
    QString directory;
    Taken taken;
    Failed failed;
  };
  void next();

  std::deque<Asked> m_asked;
  bool m_busy = false;
  Background m_background;
};

}  // namespace pimento

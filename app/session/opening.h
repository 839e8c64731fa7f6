// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QTimer>
#include <optional>

#include "app/session/opened_file.h"
#include "core/base/background.h"

namespace pimento {

// A file that is read beside the window's own work, one at a time: the next one ends the one before.
class Opening : public QObject {
  Q_OBJECT
 public:
  explicit Opening(QObject *parent = nullptr);

  void start(const QString &path);
  void cancel();  // nothing of it is heard any more
  [[nodiscard]] bool isRunning() const { return m_running; }
  [[nodiscard]] const QString &path() const { return m_path; }
  [[nodiscard]] bool hasFile() const { return m_file.has_value(); }
  [[nodiscard]] OpenedFile take();  // what was read, once

 Q_SIGNALS:
  void takesLong();  // it can be seen: time to say so
  void progressed(double share);
  void read();
  void failed(const QString &problem);

 private:
  void end(const std::shared_ptr<OpenedFile> &file, const QString &problem);

  QTimer m_patience;
  QString m_path;
  bool m_running = false;
  std::optional<OpenedFile> m_file;
  Background m_background;
};

}  // namespace pimento

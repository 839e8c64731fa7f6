// SPDX-License-Identifier: GPL-3.0-or-later
// How the main window opens files: large ones are read beside its own work.
#include <QApplication>
#include <QFileInfo>
#include <QTimer>

#include "app/session/documents.h"
#include "app/session/opening.h"
#include "app/session/session.h"
#include "app/window/frame/main_window.h"
#include "app/window/frame/message_bar.h"
#include "core/weights/weights.h"

namespace pimento {

void MainWindow::connectOpening() {
  connect(m_opening, &Opening::takesLong, this, [this] {
    m_messages->follow(QStringLiteral("Opening %1").arg(QFileInfo(m_opening->path()).fileName()), [this] {
      m_opening->cancel();
      note(QStringLiteral("%1 was not opened.").arg(QFileInfo(m_opening->path()).fileName()));
    });
  });
  connect(m_opening, &Opening::progressed, m_messages, &MessageBar::setProgress);
  connect(m_opening, &Opening::failed, this, &MainWindow::report);
  connect(m_opening, &Opening::read, this, &MainWindow::takeOpened);
}

// Other work takes the place of what is open: a file that is still being read would replace that, or come beside it.
void MainWindow::stopOpening() {
  if (!m_opening->isRunning() && !m_opening->hasFile()) return;
  m_opening->cancel();
  m_messages->clear();
}

bool MainWindow::mayReplaceWork() {
  if (!mayClose()) return false;
  stopOpening();
  return true;
}

void MainWindow::openFile(const QString &path) {
  if (isWeightsName(path)) return openWeights(path);
  const bool beside = path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive);
  if (!beside && !mayClose()) return;
  stopOpening();
  m_leftAt = m_documents.revision();
  if (takesLongToRead(path)) return m_opening->start(path);
  std::optional<OpenedFile> file;
  if (guarded([&] { file = readFile(path); })) showFile(std::move(*file));
}

// A dialog or a menu is about what is open: it stays until that is answered.
void MainWindow::takeOpened() {
  constexpr int Again_ms = 100;
  if (!m_opening->hasFile()) return;
  if (QApplication::activeModalWidget() != nullptr || QApplication::activePopupWidget() != nullptr)
    return QTimer::singleShot(Again_ms, this, &MainWindow::takeOpened);
  showFile(m_opening->take());
}

// A project takes the place of what is open; who went on working there meanwhile is asked again.
void MainWindow::showFile(OpenedFile file) {
  const bool beside = std::holds_alternative<StoredTable>(file.content);
  if (!beside && m_documents.revision() != m_leftAt && !mayClose()) return m_messages->clear();
  QString said;
  if (!guarded([&] { said = m_documents.show(std::move(file)); })) return;
  if (said.isEmpty())
    offerLeftBehind();
  else
    note(said);
}

}  // namespace pimento

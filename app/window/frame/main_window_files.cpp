// SPDX-License-Identifier: GPL-3.0-or-later
// The files of the main window: what is opened, saved, exported and recovered, and what has to be asked before.
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QTabWidget>

#include "app/session/documents.h"
#include "app/session/outputs.h"
#include "app/session/session.h"
#include "app/window/controls/page.h"
#include "app/window/frame/ask_to_replace.h"
#include "app/window/frame/export_dialog.h"
#include "app/window/frame/main_window.h"
#include "app/window/frame/message_bar.h"
#include "app/window/training/training_page.h"
#include "core/base/error.h"
#include "core/files/save_file.h"
#include "core/weights/weights.h"

namespace pimento {

namespace {

const QString FileChanged = QStringLiteral("file changed");  // key of a question

// "a.pimento"; of work that has no file yet its title.
QString nameOf(const Journal &journal) {
  const auto &[project, stamp, title] = journal.origin;
  if (!project.isEmpty()) return QFileInfo(project).fileName();
  return title.isEmpty() ? QStringLiteral("work that has no file yet")
                         : QStringLiteral("“%1” (no file yet)").arg(title);
}

// Who restores work learns before that its file has become another one than the work belongs to.
QString changedSince(const WorkOrigin &origin) {
  const auto there = stampOf(origin.project);
  if (there == origin.stamp) return {};
  if (!there) return QStringLiteral(" That file is gone.");
  return QStringLiteral(" That file was changed on %1, by another program.").arg(spokenTime(there->modified()));
}

}  // namespace

void MainWindow::openWeights(const QString &path) {
  if (!m_session.isOpen()) guarded([this] { m_documents.beginNew(); });
  showPage(m_training->name());
  m_training->openWeights(path);
}

// Each stands until it is answered, here or in another window.
void MainWindow::offerLeftBehind() {
  for (const QString &folder : m_offered) m_messages->withdraw(folder);
  m_offered.clear();
  for (const Journal &journal : m_documents.leftBehind()) {
    m_offered << journal.folder;
    m_messages->ask(journal.folder,
                    QStringLiteral("Unsaved changes to %1 of %2 were left behind.")
                            .arg(nameOf(journal), spokenTime(journal.written)) +
                        changedSince(journal.origin),
                    {{QStringLiteral("Restore"), [this, journal] { restore(journal); }},
                     {QStringLiteral("Discard"), [this, journal] { discard(journal); }}});
  }
}

void MainWindow::restore(const Journal &journal) {
  if (mayReplaceWork()) guarded([&] { m_documents.recover(journal); });
  offerLeftBehind();  // this one, too, unless it is open now
}

void MainWindow::discard(const Journal &journal) {
  guarded([&] { m_documents.discard(journal); });
  offerLeftBehind();
}

// Somebody else has changed the file that is open.
void MainWindow::askAboutFile() {
  const auto changed = m_documents.changedOnDisk();
  if (!changed) return m_messages->withdraw(FileChanged);
  QString text = QStringLiteral("%1 was changed on %2, by another program; %3.")
                     .arg(documentName(), spokenTime(changed->modified()), knownText(m_documents.known()));
  const bool warned = m_documents.isWorthSaving();
  if (warned) text += QStringLiteral(" Reloading loses what was changed here.");
  const auto reload = [this, warned] {
    if (!warned && m_documents.isWorthSaving()) return askAboutFile();  // work since the question: with the warning
    stopOpening();
    const int page = m_tabs->currentIndex();
    if (!guarded([this] { m_documents.reload(); })) return askAboutFile();
    m_tabs->setCurrentIndex(page);  // the same work as before
  };
  m_messages->ask(FileChanged, text, {{QStringLiteral("Reload"), reload}, {QStringLiteral("Keep mine"), [] {}}});
}

void MainWindow::browse() {
  const QString path =
      QFileDialog::getOpenFileName(this, QStringLiteral("Open"), {},
                                   QStringLiteral("Projects, tables and weights (*.pimento *.csv %1);;All files (*)")
                                       .arg(weightsPatterns().join(QLatin1Char(' '))));
  if (!path.isEmpty()) openFile(path);
}

bool MainWindow::save() { return m_session.path().isEmpty() ? saveAs() : saveTo(m_session.path()); }

// Asks where that would replace anything but the open file as this window knows it.
bool MainWindow::saveTo(const QString &path) {
  const auto there = stampOf(path);
  const bool own = QFileInfo(path).absoluteFilePath() == m_session.path();
  const bool asKnown = own && there == m_documents.stamp();
  if (!asKnown && !mayReplace(this, path, there, own ? std::optional(m_documents.known()) : std::nullopt)) return false;
  return guarded([&] { m_documents.save(path, there); });
}

QString MainWindow::suggestedFile() const {
  if (!m_session.path().isEmpty()) return QFileInfo(m_session.path()).fileName();
  return QString(m_session.title()).replace(QLatin1Char('/'), QLatin1Char('-')) + QStringLiteral(".pimento");
}

bool MainWindow::saveAs() {
  QFileDialog dialog(this, QStringLiteral("Save as"), {}, QStringLiteral("Pimento projects (*.pimento)"));
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setDefaultSuffix(QStringLiteral("pimento"));
  dialog.setOption(QFileDialog::DontConfirmOverwrite);  // saveTo asks, with the times
  dialog.selectFile(suggestedFile());
  if (dialog.exec() != QDialog::Accepted) return false;
  return saveTo(dialog.selectedFiles().front());
}

bool MainWindow::mayClose() {
  if (!m_documents.isWorthSaving()) return true;
  const auto answer = QMessageBox::question(this, QStringLiteral("Unsaved changes"),
                                            QStringLiteral("Save the changes to %1?").arg(documentName()),
                                            QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
  if (answer == QMessageBox::Save) return save();
  return answer == QMessageBox::Discard;
}

// Writes what `make` gives, and asks before that replaces a file.
void MainWindow::exportTo(const QString &path, const std::function<QByteArray()> &make) {
  if (!mayReplace(this, path, stampOf(path), knownOf(m_exported, path))) return;
  guarded([&] {
    writeWhole(path, make());
    m_exported[QFileInfo(path).absoluteFilePath()] = QDateTime::currentDateTime();
    note(QStringLiteral("Written: %1").arg(path));
  });
}

void MainWindow::exportTable() {
  const TableName name = nameOfTable();
  const QString path = QFileDialog::getSaveFileName(
      this, QStringLiteral("Export the table of %1").arg(name.title), name.file + QStringLiteral(".csv"),
      QStringLiteral("CSV (*.csv);;Markdown (*.md);;LaTeX (*.tex);;HTML (*.html)"), nullptr,
      QFileDialog::DontConfirmOverwrite);
  if (path.isEmpty()) return;
  exportTo(path, [&] {
    const TableFormat format = tableFormatOf(path);
    return writeFile(tableInFront(format), format).toUtf8();
  });
}

void MainWindow::exportChart() {
  ExportDialog dialog(page()->name(), this);
  if (dialog.exec() != QDialog::Accepted) return;
  exportTo(dialog.path(), [&] { return pimento::exportChart(*page()->figure(), dialog.format(), dialog.size()); });
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
// The menus of the main window and what their entries do.
#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>

#include "app/cli/verb.h"
#include "app/window/colours.h"
#include "app/window/compare_dock.h"
#include "app/window/designs_dock.h"
#include "app/window/documents.h"
#include "app/window/export_dialog.h"
#include "app/window/history_dock.h"
#include "app/window/inspector_dock.h"
#include "app/window/main_window.h"
#include "app/window/message_bar.h"
#include "app/window/outputs.h"
#include "app/window/page.h"
#include "app/window/samples.h"
#include "app/window/session.h"
#include "app/window/table_dock.h"
#include "app/window/training_page.h"
#include "core/base/error.h"
#include "core/explore/design_report.h"

namespace pimento {

namespace {

QAction *add(QMenu *menu, const QString &objectName, const QString &text, const QKeySequence &keys = {}) {
  QAction *action = menu->addAction(text);
  action->setObjectName(objectName);
  action->setShortcut(keys);
  return action;
}

std::vector<std::pair<QString, QString>> chartKeys() {
  return {{QStringLiteral("Arrows"), QStringLiteral("Chart: to the nearest point")},
          {QStringLiteral("[ ]"), QStringLiteral("Chart: along the front")},
          {QStringLiteral("Space"), QStringLiteral("Chart: pin or unpin")},
          {QStringLiteral("Enter"), QStringLiteral("Chart: inspect")},
          {QStringLiteral("+ − 0"), QStringLiteral("Chart: zoom in, out, all")},
          {QStringLiteral("Ctrl+Arrows"), QStringLiteral("Chart: move what is shown")}};
}

}  // namespace

bool MainWindow::guarded(const std::function<void()> &action) {
  try {
    m_messages->hide();  // what was said concerns what was done before
    action();
    return true;
  } catch (const Error &error) {
    report(error.message());
  } catch (const std::bad_alloc &) {
    report(QStringLiteral("Out of memory: nothing was changed"));
  }
  return false;
}

void MainWindow::addFileMenu() {
  QMenu *menu = menuBar()->addMenu(QStringLiteral("&File"));
  QAction *start = add(menu, QStringLiteral("startPage"), QStringLiteral("Start pa&ge"));
  connect(start, &QAction::triggered, this, &MainWindow::showStart);
  connect(add(menu, QStringLiteral("openPublished"), QStringLiteral("Open the &published results")),
          &QAction::triggered, this, &MainWindow::openPublished);
  if (const QString own = findSample(OwnNetworks); !own.isEmpty())
    connect(add(menu, QStringLiteral("openFashionMnist"), QStringLiteral("Open our &Fashion-MNIST networks")),
            &QAction::triggered, this, [this, own] { openFile(own); });
  connect(add(menu, QStringLiteral("compareResNet20"), QStringLiteral("Compare &ResNet20 widths")), &QAction::triggered,
          this, &MainWindow::compareResNet20);
  connect(add(menu, QStringLiteral("newTraining"), QStringLiteral("Train a net&work")), &QAction::triggered, this,
          &MainWindow::beginTraining);
  connect(add(menu, QStringLiteral("open"), QStringLiteral("&Open…"), QKeySequence::Open), &QAction::triggered, this,
          &MainWindow::browse);
  m_recent = menu->addMenu(QStringLiteral("Open rece&nt"));
  connect(m_recent, &QMenu::aboutToShow, this, &MainWindow::fillRecent);
  menu->addSeparator();
  QAction *save = add(menu, QStringLiteral("save"), QStringLiteral("&Save"), QKeySequence::Save);
  QAction *saveAs = add(menu, QStringLiteral("saveAs"), QStringLiteral("Save &as…"), QKeySequence::SaveAs);
  menu->addSeparator();
  QAction *chart = add(menu, QStringLiteral("exportChart"), QStringLiteral("Export &chart…"),
                       QKeySequence(QStringLiteral("Ctrl+E")));
  connect(chart, &QAction::triggered, this, &MainWindow::exportChart);
  QAction *table = add(menu, QStringLiteral("exportTable"), QStringLiteral("Export &table…"),
                       QKeySequence(QStringLiteral("Ctrl+Shift+E")));
  menu->addSeparator();
  QAction *quit = add(menu, QStringLiteral("quit"), QStringLiteral("&Quit"), QKeySequence::Quit);
  connect(save, &QAction::triggered, this, &MainWindow::save);
  connect(saveAs, &QAction::triggered, this, &MainWindow::saveAs);
  connect(table, &QAction::triggered, this, &MainWindow::exportTable);
  connect(quit, &QAction::triggered, this, &QWidget::close);
  m_needOpen << start << save << saveAs << chart << table;
}

void MainWindow::addEditMenu() {
  QMenu *menu = menuBar()->addMenu(QStringLiteral("&Edit"));
  QAction *undo = m_session.undoStack().createUndoAction(this, QStringLiteral("&Undo"));
  undo->setObjectName(QStringLiteral("undo"));
  undo->setShortcut(QKeySequence::Undo);
  QAction *redo = m_session.undoStack().createRedoAction(this, QStringLiteral("&Redo"));
  redo->setObjectName(QStringLiteral("redo"));
  redo->setShortcut(QKeySequence::Redo);
  menu->addActions({undo, redo});
  menu->addSeparator();
  QAction *command = add(menu, QStringLiteral("copyCommand"), QStringLiteral("Copy as &command"),
                         QKeySequence(QStringLiteral("Ctrl+Shift+C")));
  connect(command, &QAction::triggered, this, &MainWindow::copyCommand);
  QMenu *tables = menu->addMenu(QStringLiteral("Copy &table as"));
  for (const auto &[name, format] : {std::pair{"CSV", TableFormat::Csv}, std::pair{"Markdown", TableFormat::Markdown},
                                     std::pair{"LaTeX", TableFormat::Latex}}) {
    QAction *copy = add(tables, QStringLiteral("copy") + QLatin1String(name), QString::fromLatin1(name));
    connect(copy, &QAction::triggered, this, [this, format = format] { copyTable(format); });
    m_needOpen << copy;
  }
  menu->addSeparator();
  QAction *pin = add(menu, QStringLiteral("pin"), QStringLiteral("&Pin or unpin the design"),
                     QKeySequence(QStringLiteral("Ctrl+P")));
  connect(pin, &QAction::triggered, this, [this] {
    if (m_session.selected()) m_session.togglePin(*m_session.selected());
  });
  connect(&m_session, &Session::selectionChanged, pin,
          [this, pin] { pin->setEnabled(m_session.selected().has_value()); });
  pin->setEnabled(m_session.selected().has_value());
  m_needOpen << command;
}

void MainWindow::addViewMenu() {
  QMenu *menu = menuBar()->addMenu(QStringLiteral("&View"));
  for (QDockWidget *dock : findChildren<QDockWidget *>()) {
    menu->addAction(dock->toggleViewAction());
    m_needOpen << dock->toggleViewAction();
  }
  menu->addSeparator();
  QMenu *colours = menu->addMenu(QStringLiteral("&Colours"));
  auto *group = new QActionGroup(this);
  for (const auto &[text, choice] :
       {std::pair{QStringLiteral("As the &system"), Colours::System},
        std::pair{QStringLiteral("&Light"), Colours::Light}, std::pair{QStringLiteral("&Dark"), Colours::Dark}}) {
    QAction *action = add(colours, QStringLiteral("colours_") + coloursName(choice), text);
    action->setCheckable(true);
    action->setChecked(choice == chosenColours());
    group->addAction(action);
    connect(action, &QAction::triggered, this, [choice = choice] { applyColours(choice); });
  }
}

void MainWindow::addHelpMenu() {
  QMenu *menu = menuBar()->addMenu(QStringLiteral("&Help"));
  connect(add(menu, QStringLiteral("shortcuts"), QStringLiteral("&Keyboard"), QKeySequence(QKeySequence::HelpContents)),
          &QAction::triggered, this, &MainWindow::showShortcuts);
  connect(add(menu, QStringLiteral("about"), QStringLiteral("&About Pimento")), &QAction::triggered, this, [this] {
    QMessageBox::about(
        this, QStringLiteral("About Pimento"),
        QStringLiteral("<h3>Pimento %1</h3><p>Accuracy, energy and latency of dynamic neural networks on "
                       "processing-in-memory hardware.</p><p>Free software under the GNU General Public "
                       "License, version 3 or later.</p>")
            .arg(QStringLiteral(PIMENTO_VERSION)));
  });
}

void MainWindow::fillRecent() {
  m_recent->clear();
  for (const QString &file : m_documents.recentFiles())
    connect(m_recent->addAction(file), &QAction::triggered, this, [this, file] { openFile(file); });
  if (m_recent->isEmpty()) m_recent->addAction(QStringLiteral("None yet"))->setEnabled(false);
}

void MainWindow::showStart() {
  if (!mayClose()) return;
  guarded([this] { m_documents.close(); });
}

void MainWindow::openPublished() {
  if (!mayClose()) return;
  guarded([this] { m_documents.showPublished(); });
}

void MainWindow::compareResNet20() {
  if (!mayClose()) return;
  guarded([this] { m_documents.compareResNet20(); });
}

void MainWindow::beginTraining() {
  if (!mayClose()) return;
  guarded([this] { m_documents.beginNew(); });
  showPage(QStringLiteral("training"));
}

void MainWindow::openWeights(const QString &path) {
  if (!m_session.isOpen()) guarded([this] { m_documents.beginNew(); });
  showPage(QStringLiteral("training"));
  m_training->openWeights(path);
}

void MainWindow::openFile(const QString &path) {
  if (path.endsWith(QStringLiteral(".safetensors"), Qt::CaseInsensitive)) return openWeights(path);
  const bool beside = path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive);
  if (!beside && !mayClose()) return;
  QString said;
  if (!guarded([&] { said = m_documents.open(path); })) return;
  if (said.isEmpty())
    offerLeftBehind();
  else
    note(said);
}

void MainWindow::offerLeftBehind() {
  const auto journal = m_documents.leftBehind();
  if (!journal) return;
  m_messages->say(QStringLiteral("Unsaved work of %1 was left behind.")
                      .arg(QLocale::c().toString(journal->written, QStringLiteral("d MMMM yyyy, hh:mm"))),
                  MessageBar::Tone::Note,
                  {{QStringLiteral("Restore"), [this, j = *journal] { guarded([&] { m_documents.recover(j); }); }},
                   {QStringLiteral("Discard"), [this, j = *journal] { m_documents.discard(j); }}});
}

void MainWindow::browse() {
  const QString path = QFileDialog::getOpenFileName(
      this, QStringLiteral("Open"), {},
      QStringLiteral("Projects, tables and weights (*.pimento *.csv *.safetensors);;All files (*)"));
  if (!path.isEmpty()) openFile(path);
}

bool MainWindow::save() {
  if (m_session.path().isEmpty()) return saveAs();
  return guarded([this] { m_documents.save(m_session.path()); });
}

QString MainWindow::suggestedFile() const {
  if (!m_session.path().isEmpty()) return QFileInfo(m_session.path()).fileName();
  return QString(m_session.title()).replace(QLatin1Char('/'), QLatin1Char('-')) + QStringLiteral(".pimento");
}

bool MainWindow::saveAs() {
  QFileDialog dialog(this, QStringLiteral("Save as"), {}, QStringLiteral("Pimento projects (*.pimento)"));
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setDefaultSuffix(QStringLiteral("pimento"));
  dialog.selectFile(suggestedFile());
  if (dialog.exec() != QDialog::Accepted) return false;
  return guarded([&] { m_documents.save(dialog.selectedFiles().front()); });
}

bool MainWindow::mayClose() {
  if (!m_session.isWorthSaving()) return true;
  const auto answer = QMessageBox::question(this, QStringLiteral("Unsaved changes"),
                                            QStringLiteral("Save the changes to %1?").arg(documentName()),
                                            QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
  if (answer == QMessageBox::Save) return save();
  return answer == QMessageBox::Discard;
}

void MainWindow::copyCommand() {
  const QStringList words = page()->command();
  if (words.isEmpty())
    return report(QStringLiteral("No command gives this yet: save the project first, so that there is a file to read"));
  const QString command = shellCommand(words);
  QGuiApplication::clipboard()->setText(command);
  note(QStringLiteral("Copied: %1").arg(command));
}

void MainWindow::copyTable(TableFormat format) {
  const ReportTable report = tableInFront(format);
  QGuiApplication::clipboard()->setText(write(report, format));
  note(QStringLiteral("Copied %1 rows.").arg(report.rows.size()));
}

ReportTable MainWindow::tableInFront(TableFormat format) const {
  if (!m_compare->visibleRegion().isEmpty() && !m_session.pinnedRows().empty()) return m_compare->report();
  return isFull(format) ? page()->report() : page()->summary();
}

void MainWindow::exportTable() {
  const QString path =
      QFileDialog::getSaveFileName(this, QStringLiteral("Export the table"), QStringLiteral("designs.csv"),
                                   QStringLiteral("CSV (*.csv);;Markdown (*.md);;LaTeX (*.tex);;HTML (*.html)"));
  if (path.isEmpty()) return;
  guarded([&] {
    const TableFormat format = tableFormatOf(path);
    writeWhole(write(tableInFront(format), format).toUtf8(), path);
    note(QStringLiteral("Written: %1").arg(path));
  });
}

void MainWindow::exportChart() {
  ExportDialog dialog(page()->name(), this);
  if (dialog.exec() != QDialog::Accepted) return;
  guarded([&] {
    writeWhole(pimento::exportChart(*page()->figure(), dialog.format(), dialog.size()), dialog.path());
    note(QStringLiteral("Written: %1").arg(dialog.path()));
  });
}

void MainWindow::showShortcuts() {
  QString text = QStringLiteral("<table cellspacing=\"6\">");
  const auto line = [&](const QString &keys, const QString &what) {
    text += QStringLiteral("<tr><td><b>%1</b></td><td>%2</td></tr>").arg(keys.toHtmlEscaped(), what.toHtmlEscaped());
  };
  for (const QAction *action : findChildren<QAction *>())
    if (!action->shortcut().isEmpty())
      line(action->shortcut().toString(QKeySequence::NativeText), QString(action->text()).remove(QLatin1Char('&')));
  for (const auto &[keys, what] : chartKeys()) line(keys, what);
  QMessageBox box(QMessageBox::NoIcon, QStringLiteral("Keyboard"), text + QStringLiteral("</table>"),
                  QMessageBox::Close, this);
  box.exec();
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
// The menus of the main window and what their entries do.
#include <QAbstractItemView>
#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QMenuBar>
#include <QMessageBox>
#include <QScreen>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <array>

#include "app/session/documents.h"
#include "app/session/labels.h"
#include "app/session/outputs.h"
#include "app/session/samples.h"
#include "app/session/session.h"
#include "app/window/controls/colours.h"
#include "app/window/controls/copy_rows.h"
#include "app/window/controls/page.h"
#include "app/window/explore/compare_dock.h"
#include "app/window/explore/designs_dock.h"
#include "app/window/explore/history_dock.h"
#include "app/window/explore/inspector_dock.h"
#include "app/window/explore/table_dock.h"
#include "app/window/frame/main_window.h"
#include "app/window/frame/message_bar.h"
#include "app/window/training/training_page.h"
#include "core/base/arguments.h"
#include "core/base/error.h"
#include "core/base/escaping.h"
#include "core/explore/design_report.h"

namespace pimento {

namespace {

QAction *add(QMenu *menu, const QString &objectName, const QString &text, const QKeySequence &keys = {}) {
  QAction *action = menu->addAction(text);
  action->setObjectName(objectName);
  action->setShortcut(keys);
  return action;
}

// The program's own words; texts of files are plain (widgets/plain_text.h).
void showRichText(QWidget *parent, const QString &title, const QString &text) {
  QMessageBox box(QMessageBox::NoIcon, title, text, QMessageBox::Close, parent);
  box.setTextFormat(Qt::RichText);
  box.exec();
}

std::vector<std::pair<QString, QString>> gestures() {
  return {{QStringLiteral("Arrows"), QStringLiteral("Chart: to the nearest point")},
          {QStringLiteral("[ ]"), QStringLiteral("Chart: along the front")},
          {QStringLiteral("Space"), QStringLiteral("Chart: pin or unpin")},
          {QStringLiteral("Enter"), QStringLiteral("Chart: inspect")},
          {QStringLiteral("+ − 0"), QStringLiteral("Chart: zoom in, out, all")},
          {QStringLiteral("Ctrl+Arrows"), QStringLiteral("Chart: move what is shown")},
          {QStringLiteral("Click"), QStringLiteral("Chart: select the point; rest on it: what it is")},
          {QStringLiteral("Wheel"), QStringLiteral("Chart: zoom in and out")},
          {QStringLiteral("Drag"), QStringLiteral("Zoom panel: move what is shown")},
          {QStringLiteral("Shift+Drag"), QStringLiteral("Zoom panel: zoom to what the frame holds")},
          {QStringLiteral("Drag"), QStringLiteral("Overview: frame what the zoom shows, or move the frame")},
          {QStringLiteral("Double click"), QStringLiteral("Chart: show all again")},
          {QStringLiteral("Click"), QStringLiteral("Table: a header sorts, once more turns, a third time ends it")},
          {QStringLiteral("Right click"), QStringLiteral("Compare: unpin the design")},
          {QStringLiteral("Click"), QStringLiteral("Hardware: a box of the chain brings up its sliders")},
          {QStringLiteral("Drop"), QStringLiteral("Window: open a project, a table or weights; Training: a picture")}};
}

}  // namespace

bool MainWindow::guarded(const std::function<void()> &action) {
  try {
    m_messages->clear();  // what was said concerns what was done before
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
  QAction *selection =
      add(menu, QStringLiteral("copySelection"), QStringLiteral("C&opy the selection"), QKeySequence::Copy);
  connect(selection, &QAction::triggered, this, &MainWindow::copySelection);
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
  m_needOpen << command << selection;
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
  connect(add(menu, QStringLiteral("shortcuts"), QStringLiteral("&Keys and gestures"),
              QKeySequence(QKeySequence::HelpContents)),
          &QAction::triggered, this, &MainWindow::showShortcuts);
  connect(add(menu, QStringLiteral("about"), QStringLiteral("&About Pimento")), &QAction::triggered, this, [this] {
    showRichText(this, QStringLiteral("About Pimento"),
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
  if (!mayReplaceWork()) return;
  guarded([this] { m_documents.close(); });
}

void MainWindow::openPublished() {
  if (!mayReplaceWork()) return;
  guarded([this] { m_documents.showPublished(); });
}

void MainWindow::compareResNet20() {
  if (!mayReplaceWork()) return;
  guarded([this] { m_documents.compareResNet20(); });
}

void MainWindow::beginTraining() {
  if (!mayReplaceWork()) return;
  guarded([this] { m_documents.beginNew(); });
  showPage(m_training->name());
}

void MainWindow::copyCommand() {
  const QStringList words = page()->command();
  if (words.isEmpty())
    return report(QStringLiteral("No command gives this yet: save the project first, so that there is a file to read"));
  const QString command = shellCommand(words);
  QGuiApplication::clipboard()->setText(command);
  note(QStringLiteral("Copied: %1").arg(command));
}

// Rows of designs in full, from wherever they are selected; other tables as they are shown. Fields of text keep their
// own Ctrl+C.
void MainWindow::copySelection() {
  const auto *view = qobject_cast<QAbstractItemView *>(QApplication::focusWidget());
  ReportTable table;
  if (const auto rows = view ? m_table->selectedDesigns(*view) : std::vector<std::uint32_t>(); !rows.empty())
    table = designReport(m_session.table(), rows);
  else if (view && !m_designs->isAncestorOf(view))
    table = selectedCells(*view);
  else if (const auto selected = m_session.selected())
    table = designReport(m_session.table(), std::array{*selected});
  if (table.rows.empty()) return note(QStringLiteral("Nothing is selected: click a point, a row or cells of a table."));
  copyToClipboard(table);
  note(QStringLiteral("Copied %1.").arg(countText(table.rows.size(), QStringLiteral("row"))));
}

void MainWindow::copyTable(TableFormat format) {
  const ReportTable report = tableInFront(format);
  QGuiApplication::clipboard()->setText(write(report, format));
  note(QStringLiteral("Copied %1 of %2.")
           .arg(countText(report.rows.size(), QStringLiteral("row")), nameOfTable().title));
}

bool MainWindow::isCompareInFront() const {
  return !m_compare->visibleRegion().isEmpty() && !m_session.pinnedRows().empty();
}

MainWindow::TableName MainWindow::nameOfTable() const {
  if (isCompareInFront()) return {m_compare->windowTitle(), QStringLiteral("compare")};
  return {page()->rowsTitle(), page()->rowsFile()};
}

ReportTable MainWindow::tableInFront(TableFormat format) const {
  if (isCompareInFront()) return isFull(format) ? m_compare->report() : m_compare->summary();
  return isFull(format) ? page()->report() : page()->summary();
}

void MainWindow::showShortcuts() {
  const auto line = [](const QString &keys, const QString &what) {
    return QStringLiteral("<tr><td><b>%1</b></td><td>%2</td></tr>").arg(htmlEscaped(keys), htmlEscaped(what));
  };
  QString actions, others;
  for (const QAction *action : findChildren<QAction *>())
    if (!action->shortcut().isEmpty())
      actions +=
          line(action->shortcut().toString(QKeySequence::NativeText), QString(action->text()).remove(QLatin1Char('&')));
  for (const auto &[keys, what] : gestures()) others += line(keys, what);
  const QString table = QStringLiteral("<td><table cellspacing=\"4\">%1</table></td>");
  QDialog dialog(this);
  dialog.setObjectName(QStringLiteral("keysDialog"));
  dialog.setWindowTitle(QStringLiteral("Keys and gestures"));
  auto *text = new QTextBrowser;
  text->setObjectName(QStringLiteral("keysText"));
  text->setFrameShape(QFrame::NoFrame);
  text->setHtml(QStringLiteral("<table><tr>%1%2</tr></table>").arg(table.arg(actions), table.arg(others)));
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
  auto *column = new QVBoxLayout(&dialog);
  column->addWidget(text);
  column->addWidget(buttons);
  // As large as its text, and no larger than the screen: then it scrolls.
  text->document()->adjustSize();
  const QSize whole = text->document()->size().toSize() + QSize(60, 80);
  dialog.resize(whole.boundedTo(screen()->availableSize() * 0.9));
  dialog.exec();
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/frame/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMenuBar>
#include <QMimeData>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include "app/jobs/job_queue.h"
#include "app/session/documents.h"
#include "app/session/opening.h"
#include "app/session/run_imports.h"
#include "app/session/samples.h"
#include "app/session/session.h"
#include "app/window/controls/scrolling.h"
#include "app/window/explore/compare_dock.h"
#include "app/window/explore/designs_dock.h"
#include "app/window/explore/filter_bar.h"
#include "app/window/explore/history_dock.h"
#include "app/window/explore/inspector_dock.h"
#include "app/window/explore/table_dock.h"
#include "app/window/frame/message_bar.h"
#include "app/window/frame/start_page.h"
#include "app/window/frame/undo_keys.h"
#include "app/window/frame/window_memory.h"
#include "app/window/hardware/what_if_dock.h"
#include "app/window/hardware/what_if_panel.h"
#include "app/window/training/jobs_dock.h"
#include "app/window/training/training_page.h"
#include "core/base/arguments.h"
#include "widgets/plain_text.h"

namespace pimento {

namespace {

constexpr int NarrowColumns = 190;  // characters: below it docks on both sides leave too little for a chart
constexpr int LowLines = 56;        // lines of text: below it a table at the bottom does
constexpr int NarrowDock = 34;      // characters: of the docks of a narrow window
constexpr int DocksVersion = 1;     // of the layout that settings keep; raised when docks are other ones

}  // namespace

MainWindow::MainWindow(Session &session, Documents &documents, QWidget *parent, const QString &worker,
                       std::span<const PageRow> rows)
    : QMainWindow(parent),
      m_session(session),
      m_documents(documents),
      m_opening(new Opening(this)),
      m_imports(new RunImports(this)),
      m_queue(new JobQueue(worker, this)) {
  setObjectName(QStringLiteral("mainWindow"));
  setAcceptDrops(true);
  qApp->installEventFilter(new PlainLabels(this));
  new UndoKeys(this);
  setDockOptions(AnimatedDocks | AllowTabbedDocks | AllowNestedDocks);
  m_filters = new FilterBar(session);
  addToolBar(m_filters);
  buildCentre(rows);
  buildDocks();
  connectJobs();
  connectOpening();
  addFileMenu();
  addEditMenu();
  addViewMenu();
  addHelpMenu();
  // After every model has followed: hiding and showing docks asks them for sizes.
  connect(&session, &Session::documentChanged, this, [this] {
    showNothingOpen(!m_session.isOpen());
    showDocument();
  });
  connect(&session.undoStack(), &QUndoStack::indexChanged, this, &MainWindow::showModified);
  connect(&session.undoStack(), &QUndoStack::indexChanged, this, &MainWindow::dropUndoneNote);
  connect(&session, &Session::opened, this, [this] { showFirstPage(); });  // not the last one's
  connect(&session, &Session::problem, this, &MainWindow::showComplaint);
  connect(&documents, &Documents::autosaveFailed, this, &MainWindow::report);
  connect(&documents, &Documents::fileChanged, this, &MainWindow::askAboutFile);
  connect(&documents, &Documents::fileChanged, this, &MainWindow::showModified);
  connect(m_tabs, &QTabWidget::currentChanged, m_history, &HistoryDock::showCommand);
  connect(m_tabs, &QTabWidget::currentChanged, this, [this] {  // a page about parameters comes with them
    if (page() && page()->comesWithSliders() && !m_whatIf->isHidden()) m_whatIf->raise();
    if (page() == m_training && !m_jobs->isHidden()) m_jobs->raise();
  });
  for (QDockWidget *dock : findChildren<QDockWidget *>()) dock->hide();
  showNothingOpen(!session.isOpen());
  showDocument();
}

void MainWindow::buildCentre(std::span<const PageRow> rows) {
  m_start = new StartPage;
  if (const QString own = findSample(OwnNetworks); !own.isEmpty())
    m_start->addChoice(
        QStringLiteral("startFashionMnist"), QStringLiteral("Open our Fashion-MNIST networks"),
        QStringLiteral("Networks trained and quantised by this program: measured accuracy of every width "
                       "and head beside its estimated energy, latency, power and area."),
        [this, own] { openFile(own); });
  m_start->addChoice(QStringLiteral("startPublished"), QStringLiteral("Open the published results"),
                     QStringLiteral("The design points of the DECO and dynamic-network papers: what each "
                                    "classification module and width costs, and which are worth having."),
                     [this] { openPublished(); });
  m_start->addChoice(QStringLiteral("startResNet20"), QStringLiteral("Compare ResNet20 widths"),
                     QStringLiteral("Four widths of one network: published accuracy beside estimated energy and "
                                    "latency."),
                     [this] { compareResNet20(); });
  m_start->addChoice(QStringLiteral("startTraining"), QStringLiteral("Train a network"),
                     QStringLiteral("On real pictures, on this machine: measured accuracy of every variant beside its "
                                    "estimated energy and latency."),
                     [this] { beginTraining(); });
  connect(m_start, &StartPage::fileChosen, this, &MainWindow::openFile);
  connect(m_start, &StartPage::browseRequested, this, &MainWindow::browse);
  m_tabs = new QTabWidget;
  m_tabs->setDocumentMode(true);
  m_tabs->setObjectName(QStringLiteral("pages"));
  addPages(rows);
  m_centre = new QStackedWidget;
  m_startArea = scrolling(m_start);
  m_centre->addWidget(m_startArea);
  m_centre->addWidget(m_tabs);
  auto *content = new QWidget;
  auto *column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_centre, 1);
  setCentralWidget(content);
  m_messages = new MessageBar(this);
  m_messages->setRoom(content, [this] { return roomForMessages(); });
}

void MainWindow::addPages(std::span<const PageRow> rows) {
  for (const PageRow &row : rows) {
    Page *page = row.make(m_session, *m_queue);
    std::function<QStringList()> command;
    if (row.command != nullptr) command = [this, words = row.command] { return words(m_session); };
    page->tell(QString::fromLatin1(row.name), QString::fromUtf8(row.title), std::move(command));
    if (auto *training = qobject_cast<TrainingPage *>(page)) m_training = training;
    m_tabs->addTab(scrolling(page), page->title());  // a small screen has no room for all of it
    connect(page, &Page::commandChanged, this, [this] { m_history->showCommand(); });
    connect(page, &Page::sectionRequested, this, &MainWindow::showSliders);
    connect(page, &Page::inspectRequested, this, [this] {
      m_inspector->show();
      m_inspector->raise();
    });
  }
}

// Behind the menus and the filters: a message there covers neither a legend nor a control.
QRect MainWindow::roomForMessages() const {
  if (m_filters->isHidden()) return {};
  int left = 0;
  for (QAction *menu : menuBar()->actions())
    left = std::max(left, menuBar()->mapTo(this, menuBar()->actionGeometry(menu).topRight()).x());
  for (const QWidget *filter : m_filters->findChildren<QWidget *>(Qt::FindDirectChildrenOnly))
    if (filter->isVisible()) left = std::max(left, filter->mapTo(this, filter->rect().topRight()).x());
  const int top = menuBar()->mapTo(this, QPoint()).y();
  const int bottom = m_filters->mapTo(this, m_filters->rect().bottomLeft()).y();
  return {QPoint(left + 2 * fontMetrics().averageCharWidth(), top), QPoint(width() - 2, bottom)};
}

void MainWindow::buildDocks() {
  m_designs = new DesignsDock(m_session);
  m_inspector = new InspectorDock(m_session);
  m_whatIf = new WhatIfDock(m_session);
  connect(m_whatIf->panel(), &WhatIfPanel::failed, this,
          [this](const QString &problem) { showComplaint(QStringLiteral("what-if panel"), problem); });
  connect(m_whatIf->panel(), &WhatIfPanel::said, this, &MainWindow::noteStep);
  m_table = new TableDock(m_session);
  m_compare = new CompareDock(m_session);
  connect(&m_session, &Session::pinned, m_compare, [this] {  // what was pinned is looked at
    m_compare->show();
    m_compare->raise();
  });
  m_history = new HistoryDock(m_session, [this] { return page() ? shellCommand(page()->command()) : QString(); });
  m_jobs = new JobsDock(*m_queue);
  setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  addDockWidget(Qt::LeftDockWidgetArea, m_designs);
  addDockWidget(Qt::RightDockWidgetArea, m_inspector);
  tabifyDockWidget(m_inspector, m_whatIf);
  for (QDockWidget *dock : std::initializer_list<QDockWidget *>{m_table, m_compare, m_jobs, m_history})
    addDockWidget(Qt::BottomDockWidgetArea, dock);
  tabifyDockWidget(m_table, m_compare);
  tabifyDockWidget(m_compare, m_jobs);
  tabifyDockWidget(m_jobs, m_history);
  m_table->raise();
}

// What the first layout leaves to the pages: in a small window the docks share one side and the tables wait behind the
// View menu. What waits is not shown first: it would make the window larger.
void MainWindow::arrangeDocks() {
  const int em = fontMetrics().averageCharWidth();
  const bool narrow = isNarrow();
  const bool low = isLow();
  if (narrow) {
    tabifyDockWidget(m_designs, m_inspector);
    tabifyDockWidget(m_inspector, m_whatIf);
  }
  for (QDockWidget *dock : std::initializer_list<QDockWidget *>{m_designs, m_inspector, m_whatIf}) dock->show();
  for (QDockWidget *dock : std::initializer_list<QDockWidget *>{m_table, m_compare, m_jobs, m_history})
    dock->setVisible(!low);
  (narrow ? static_cast<QDockWidget *>(m_designs) : m_inspector)->raise();
  m_table->raise();
  if (narrow)
    resizeDocks({m_designs}, {em * NarrowDock}, Qt::Horizontal);
  else
    resizeDocks({m_designs, m_inspector}, {em * 48, em * 54}, Qt::Horizontal);
  resizeDocks({m_table}, {fontMetrics().lineSpacing() * 13}, Qt::Vertical);
}

// A layout is good for windows of about the same size.
QString MainWindow::layoutKind() const {
  return (isNarrow() ? QStringLiteral("narrow") : QStringLiteral("wide")) +
         (isLow() ? QStringLiteral("-low") : QStringLiteral("-high"));
}

bool MainWindow::isNarrow() const { return width() < fontMetrics().averageCharWidth() * NarrowColumns; }
bool MainWindow::isLow() const { return height() < fontMetrics().lineSpacing() * LowLines; }

// As the user left them, else as the first layout has them.
void MainWindow::showDocks() {
  const QString kind = layoutKind();
  QByteArray docks = m_docksKind == kind ? m_docks : QByteArray();
  if (docks.isEmpty() && m_keepsLayout) docks = recalledDocks(kind);
  if (docks.isEmpty() || !restoreState(docks, DocksVersion)) arrangeDocks();
}

void MainWindow::hideDocks() {
  m_docks = saveState(DocksVersion);
  m_docksKind = layoutKind();
  for (QDockWidget *dock : findChildren<QDockWidget *>()) dock->hide();
}

bool MainWindow::keepLayout() {
  m_keepsLayout = true;
  return recallPlace(*this);
}

void MainWindow::showSliders(const QString &section) {
  m_whatIf->show();
  m_whatIf->raise();
  if (!section.isEmpty()) m_whatIf->panel()->showSection(section);
}

void MainWindow::showNothingOpen(bool nothing) {
  m_centre->setCurrentWidget(nothing ? m_startArea : m_tabs);
  if (nothing && !m_nothingOpen) hideDocks();
  if (!nothing && m_nothingOpen) showDocks();
  m_filters->setVisible(!nothing);  // whatever the layout that came back says of it
  m_nothingOpen = nothing;
  for (QAction *action : m_needOpen) action->setEnabled(!nothing);
  m_start->showRecent(m_documents.recentFiles());
  m_history->showCommand();
}

QString MainWindow::documentName() const {
  return m_session.path().isEmpty() ? m_session.title() : QFileInfo(m_session.path()).fileName();
}

void MainWindow::showDocument() {
  const QString name = documentName();
  setWindowTitle(name.isEmpty() ? QStringLiteral("Pimento") : QStringLiteral("%1[*] - Pimento").arg(name));
  showModified();
  setWindowFilePath(m_session.path());
}

// By the same rule that asks before something is lost.
void MainWindow::showModified() { setWindowModified(m_session.isModified() && m_documents.isWorthSaving()); }

Page *MainWindow::pageAt(int tab) const {
  return static_cast<Page *>(static_cast<QScrollArea *>(m_tabs->widget(tab))->widget());
}

QStringList MainWindow::pageNames() const {
  QStringList names;
  for (int i = 0; i < m_tabs->count(); ++i) names << pageAt(i)->name();
  return names;
}

void MainWindow::showPage(const QString &name) { m_tabs->setCurrentIndex(static_cast<int>(pageNames().indexOf(name))); }

Page *MainWindow::page() const { return m_session.isOpen() ? pageAt(m_tabs->currentIndex()) : nullptr; }

void MainWindow::report(const QString &problem) { m_messages->say(problem, MessageBar::Tone::Problem); }

// What is mended is not said any more, but what else stands is.
void MainWindow::showComplaint(const QString &about, const QString &problem) {
  const QString mended = m_complaints.take(about);
  if (!problem.isEmpty()) return report(m_complaints[about] = problem);
  if (mended.isEmpty() || m_messages->text() != mended) return;
  if (m_complaints.isEmpty()) return m_messages->clear();
  report(m_complaints.last());
}

void MainWindow::note(const QString &text) { m_messages->say(text, MessageBar::Tone::Note); }

void MainWindow::noteStep(const QString &text) {
  note(text);
  m_step = {m_session.undoStack().index(), text};
}

void MainWindow::dropUndoneNote() {
  const auto &[index, said] = m_step;
  if (m_session.undoStack().index() < index && m_messages->text() == said) m_messages->clear();
}

void MainWindow::closeEvent(QCloseEvent *event) {
  if (!mayClose() || !mayLeaveJobs()) return event->ignore();
  m_documents.removeJournal();  // saved, or given up
  m_opening->cancel();
  if (m_keepsLayout) {
    rememberPlace(*this);
    if (!m_nothingOpen) m_docks = saveState(DocksVersion);
    if (!m_nothingOpen) m_docksKind = layoutKind();
    if (!m_docks.isEmpty()) rememberDocks(m_docksKind, m_docks);
  }
  event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event) {
  const auto urls = event->mimeData()->urls();
  if (!urls.isEmpty() && urls.front().isLocalFile()) openFile(urls.front().toLocalFile());
}

}  // namespace pimento

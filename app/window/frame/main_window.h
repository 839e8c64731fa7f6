// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QMainWindow>
#include <QSet>
#include <functional>

#include "app/session/pages.h"
#include "app/session/replacing.h"
#include "core/base/report_table.h"

class QMenu;
class QStackedWidget;
class QTabWidget;

namespace pimento {

class CompareDock;
class Documents;
class DesignsDock;
class FilterBar;
class HistoryDock;
class InspectorDock;
class JobQueue;
class JobsDock;
class MessageBar;
class Opening;
class RunImports;
class Page;
class Session;
class StartPage;
class TableDock;
class TrainingPage;
class WhatIfDock;
struct Journal;
struct OpenedFile;
struct QueuedJob;

// The frame around the pages: menus, filters, docks and messages. What is shown is the session's.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  // `worker`: the program that trains; empty: the one beside this program. `rows`: its pages, the training page among
  // them.
  MainWindow(Session &session, Documents &documents, QWidget *parent = nullptr, const QString &worker = {},
             std::span<const PageRow> rows = pages());

  void showStart();
  void openPublished();
  void compareResNet20();
  void beginTraining();                   // with nothing but a new project
  void openFile(const QString &path);     // .pimento, .csv or weights; a bad one is named in the message bar
  void openWeights(const QString &path);  // core/weights/weights.h, to evaluate them
  void offerLeftBehind();                 // unsaved work of earlier windows, if there is some
  bool save();
  bool saveAs();

  [[nodiscard]] JobQueue &jobs() { return *m_queue; }
  [[nodiscard]] QStringList pageNames() const;
  void showPage(const QString &name);
  void showFirstPage() { showPage(pageNames().front()); }
  [[nodiscard]] Page *page() const;
  void report(const QString &problem);  // in the message bar
  void note(const QString &text);
  void noteStep(const QString &text);  // about the step that was done last; goes with it

  // Takes the place and the docks of the last time, if there was one, and leaves its own for the next.
  bool keepLayout();

 protected:
  void closeEvent(QCloseEvent *event) override;
  void dragEnterEvent(QDragEnterEvent *event) override;
  void dropEvent(QDropEvent *event) override;

 private:
  void buildCentre(std::span<const PageRow> rows);
  void addPages(std::span<const PageRow> rows);
  [[nodiscard]] Page *pageAt(int tab) const;
  [[nodiscard]] QRect roomForMessages() const;
  void buildDocks();
  void arrangeDocks();
  void showDocks();
  void hideDocks();
  [[nodiscard]] QString layoutKind() const;
  [[nodiscard]] bool isNarrow() const;
  [[nodiscard]] bool isLow() const;
  void connectOpening();
  void stopOpening();
  void takeOpened();
  void showFile(OpenedFile file);
  void connectJobs();
  void connectImports();
  void findRuns();
  void cancelJob(int id);
  void tellEnd(int id);
  void importJob(const QueuedJob &job, const std::function<void(const QString &run)> &then);
  void showInTradeOff(const QString &run, const QString &said = {});
  void offerIntegers(int id);
  void addFileMenu();
  void addEditMenu();
  void addViewMenu();
  void addHelpMenu();
  void fillRecent();
  void showDocument();
  void showModified();
  void dropUndoneNote();
  void showComplaint(const QString &about, const QString &problem);
  void showNothingOpen(bool nothing);
  void showSliders(const QString &section);
  void copyCommand();
  void copyTable(TableFormat format);
  void copySelection();
  void exportTable();
  void showShortcuts();
  [[nodiscard]] QString documentName() const;
  [[nodiscard]] QString suggestedFile() const;
  [[nodiscard]] bool isCompareInFront() const;
  [[nodiscard]] ReportTable tableInFront(TableFormat format) const;  // Compare if it can be seen, else the page's
  struct TableName {
    QString title, file;  // in a sentence; without suffix
  };
  [[nodiscard]] TableName nameOfTable() const;  // that is in front
  void exportChart();
  void exportTo(const QString &path, const std::function<QByteArray()> &make);
  void restore(const Journal &journal);
  void discard(const Journal &journal);
  void askAboutFile();
  [[nodiscard]] bool saveTo(const QString &path);
  void browse();
  [[nodiscard]] bool mayClose();
  [[nodiscard]] bool mayReplaceWork();  // as mayClose(); then no file is being read any more
  [[nodiscard]] bool mayLeaveJobs();
  bool guarded(const std::function<void()> &action);  // an Error goes to the message bar

  Session &m_session;
  Documents &m_documents;
  MessageBar *m_messages = nullptr;
  Opening *m_opening = nullptr;
  RunImports *m_imports = nullptr;
  quint64 m_leftAt = 0;  // revision of the open work when the file was asked for that is being read
  QStackedWidget *m_centre = nullptr;
  StartPage *m_start = nullptr;
  QWidget *m_startArea = nullptr;
  QTabWidget *m_tabs = nullptr;
  FilterBar *m_filters = nullptr;
  DesignsDock *m_designs = nullptr;
  InspectorDock *m_inspector = nullptr;
  WhatIfDock *m_whatIf = nullptr;
  TableDock *m_table = nullptr;
  CompareDock *m_compare = nullptr;
  HistoryDock *m_history = nullptr;
  JobQueue *m_queue = nullptr;
  JobsDock *m_jobs = nullptr;
  TrainingPage *m_training = nullptr;
  std::pair<int, QString> m_step{0, {}};  // of undo that was noted last, and what was said
  std::pair<int, QString> m_told;         // the job whose end was told last, and what was said
  QSet<int> m_showWhenDone;               // jobs whose run goes to Trade-off
  QStringList m_runsFolders;              // whose runs are listed
  QMenu *m_recent = nullptr;
  QStringList m_offered;  // journals that the message bar asks about
  Exported m_exported;
  QMap<QString, QString> m_complaints;  // about what was typed or asked for, while they stand
  bool m_nothingOpen = true;
  bool m_keepsLayout = false;  // in the settings
  QByteArray m_docks;          // as they lay when something was open last
  QString m_docksKind;
  QList<QAction *> m_needOpen;  // of no use while nothing is open
};

}  // namespace pimento

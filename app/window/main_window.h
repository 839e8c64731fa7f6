// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QMainWindow>
#include <functional>

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
class Page;
class Session;
class StartPage;
class TableDock;
class TrainingPage;
class WhatIfDock;
struct QueuedJob;

// The frame around the pages: menus, filters, docks and messages. What is shown is the session's.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  // `worker`: the program that trains; empty: the one beside this program.
  MainWindow(Session &session, Documents &documents, QWidget *parent = nullptr, const QString &worker = {});

  void showStart();
  void openPublished();
  void compareResNet20();
  void beginTraining();                   // with nothing but a new project
  void openFile(const QString &path);     // .pimento, .csv or .safetensors; a bad one is named in the message bar
  void openWeights(const QString &path);  // .safetensors, to evaluate them
  void offerLeftBehind();                 // unsaved work of an earlier run, if there is some
  bool save();
  bool saveAs();

  [[nodiscard]] JobQueue &jobs() { return *m_queue; }
  [[nodiscard]] QStringList pageNames() const;
  void showPage(const QString &name);
  [[nodiscard]] Page *page() const;
  void report(const QString &problem);  // in the message bar
  void note(const QString &text);

 protected:
  void closeEvent(QCloseEvent *event) override;
  void dragEnterEvent(QDragEnterEvent *event) override;
  void dropEvent(QDropEvent *event) override;

 private:
  void buildCentre();
  void buildDocks();
  void arrangeDocks();
  void connectJobs();
  void findRuns();
  void cancelJob(int id);
  void tellEnd(int id);
  QString importJob(const QueuedJob &job);
  void showInTradeOff(const QString &run);
  void addFileMenu();
  void addEditMenu();
  void addViewMenu();
  void addHelpMenu();
  void fillRecent();
  void showDocument();
  void showComplaint(const QString &problem);
  void showNothingOpen(bool nothing);
  void showSliders(const QString &section);
  void copyCommand();
  void copyTable(TableFormat format);
  void exportTable();
  void showShortcuts();
  [[nodiscard]] QString documentName() const;
  [[nodiscard]] QString suggestedFile() const;
  [[nodiscard]] ReportTable tableInFront(TableFormat format) const;  // Compare if it can be seen, else the page's
  void exportChart();
  void browse();
  [[nodiscard]] bool mayClose();
  [[nodiscard]] bool mayLeaveJobs();
  bool guarded(const std::function<void()> &action);  // an Error goes to the message bar

  Session &m_session;
  Documents &m_documents;
  MessageBar *m_messages = nullptr;
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
  QStringList m_runsFolders;  // whose runs are listed
  QMenu *m_recent = nullptr;
  QString m_complaint;  // of something typed, while it stands
  bool m_nothingOpen = true;
  QList<QAction *> m_needOpen;  // of no use while nothing is open
};

}  // namespace pimento

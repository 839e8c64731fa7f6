// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QUndoStack>
#include <optional>
#include <span>

#include "app/session/opened_file.h"
#include "app/session/view_state.h"
#include "app/session/what_if.h"
#include "core/explore/head_rows.h"
#include "core/project/project.h"

namespace pimento {

// The open work: a project, the tables it gives, the view of them, selection, pins and undo. The only thing that
// changes any of them; pages and docks read it and follow its signals. Knows no widgets.
class Session : public QObject {
  Q_OBJECT
 public:
  explicit Session(QObject *parent = nullptr);

  // Starts anew with a project. Throws Error (nothing has changed then) if its tables can not be made.
  void open(const Project &project, const QString &path = {});
  void open(StudiedProject made, const QString &path);  // that was evaluated elsewhere
  [[nodiscard]] Project project() const;                // as it would be saved now
  void saved(const QString &path);                      // the work is that file's now, and unchanged
  void setUnsaved();                                    // what is open differs from every file

  [[nodiscard]] const Project &definitions() const { return m_project; }  // what the tables are made from

  [[nodiscard]] bool isOpen() const { return m_open; }
  [[nodiscard]] bool isModified() const { return m_added || !m_undo.isClean(); }
  [[nodiscard]] const QString &path() const { return m_path; }
  [[nodiscard]] const QString &title() const { return m_project.title; }

  // Goes back to nothing open.
  void close();

  // Puts the design points that are not there yet beside what is open, as one step of undo, or starts with them, and
  // returns how many those are. Throws Error (nothing has changed then) if one is there with other values.
  std::size_t addTable(const StoredTable &points);

  // Puts an estimate beside what is open, as one step of undo with the view that goes with it. Throws Error (nothing
  // has changed then) if it can not be made or gives designs that are there with other values.
  void addEstimate(const QString &text, const EstimateChoice &estimate, const ViewState &view);

  // Makes the accelerator that the what-if changes `base` to a profile of the project under a name of its own, with the
  // estimates that `base` has, and ends the what-if; one step of undo. Throws Error (nothing has changed then) if the
  // name is taken, the changed parameters contradict each other or no estimate is made for `base`.
  void keepProfile(const Accelerator &base, const QString &name);

  // Puts a training run into the project, in the place of the same one with fewer results, with estimates of what it
  // trained; one step of undo. Returns its name there: another run keeps the name that it has. Throws Error (nothing
  // has changed then) if nothing is open or its designs can not be made.
  QString addRun(TrainingRun run);
  void showRun(const QString &name);  // its accuracies over estimated energy, and nothing else

  [[nodiscard]] const Study &study() const { return m_study; }  // of the definitions
  [[nodiscard]] const DesignTable &table() const { return m_study.table; }
  [[nodiscard]] const ViewState &view() const { return m_view; }
  [[nodiscard]] std::span<const std::uint32_t> rows() const { return m_rows.rows; }
  [[nodiscard]] std::span<const std::uint32_t> competing() const { return m_competing; }  // rows within the budgets
  [[nodiscard]] bool isOverBudget(std::uint32_t row) const;  // or has no value for a metric with a budget
  [[nodiscard]] std::span<const std::uint32_t> front() const { return m_front; }  // of the view's objectives

  // The estimates in view (and the selected one) with the parameters of the view's what-if. Made anew by every change
  // of the view or the selection.
  [[nodiscard]] const WhatIf &whatIf() const { return m_whatIf; }
  [[nodiscard]] bool hasEstimates() const { return !m_project.estimates.empty(); }

  // The head alone of a whole inference, if the table has one; searched for all rows when first asked.
  [[nodiscard]] std::optional<std::uint32_t> headOf(std::uint32_t row) const;

  // Changes the view as one step of undo named `text`. Steps of one `drag` (not 0) in a row become one.
  void change(const QString &text, const ViewState &to, int drag = 0);
  [[nodiscard]] int newDrag() { return ++m_drags; }
  void sortBy(std::optional<SortBy> sort);
  [[nodiscard]] QUndoStack &undoStack() { return m_undo; }

  // The selected design; not a step of undo. Rows outside of the view can be selected.
  [[nodiscard]] std::optional<std::uint32_t> selected() const { return m_selected; }
  void select(std::optional<std::uint32_t> row);

  // Tells whoever shows problems what is wrong with a text that was typed, such as a budget. `about` names the control;
  // an empty `text` takes the last complaint about it back, once the text is good.
  void complain(const QString &about, const QString &text) { Q_EMIT problem(about, text); }

  void togglePin(std::uint32_t row);
  [[nodiscard]] bool isPinned(std::uint32_t row) const;
  [[nodiscard]] const std::vector<std::uint32_t> &pinnedRows() const { return m_pinned; }

 Q_SIGNALS:
  void opened();            // another project, or none: what was typed for the last one is of no use
  void tableChanged();      // rows mean other designs now; viewChanged follows
  void viewChanged();       // rows, front, axes or budgets
  void zoomChanged();       // nothing but the zoom
  void whatIfChanged();     // nothing but parameters of the what-if
  void selectionChanged();  // also after tableChanged
  void pinsChanged();
  void pinned();                                            // by hand: not by opening a project, undo or redo
  void problem(const QString &about, const QString &text);  // as complain() has them
  void documentChanged();                                   // path, title or whether there is something to save

 private:
  friend class ViewChange;
  friend class DesignsChange;
  // What designs are made from, and how they are looked at.
  struct Designs {
    std::vector<EstimateChoice> estimates;
    std::map<QString, QByteArray> accelerators;
    std::vector<TrainingRun> runs;
    std::vector<StoredTable> tables;
    ViewState view;
    void putInto(Project &project) const;
  };
  void show(const ViewState &view);  // what undo and redo call
  void show(const Designs &designs);
  void push(const QString &text, const Designs &to);
  [[nodiscard]] Study studied(const Designs &designs) const;
  [[nodiscard]] Designs designs() const {
    return {m_project.estimates, m_project.accelerators, m_project.runs, m_project.tables, m_view};
  }
  void startWith(StoredTable points, Study made);
  void evaluateWhatIf();
  void take(Study study, const QString &selected);
  void findRows();
  void rebuildView();
  void rebuildPins();
  [[nodiscard]] std::optional<std::uint32_t> twinOf(std::uint32_t row) const;

  bool m_open = false;
  bool m_added = false;  // tables that no file has yet
  QString m_path;
  Project m_project;
  Study m_study;
  mutable std::optional<HeadRows> m_heads;  // of the table; made when first asked
  ViewState m_view;
  DesignView m_rows;
  std::vector<std::uint32_t> m_competing;
  std::vector<std::uint32_t> m_front;
  std::vector<std::uint32_t> m_pinned;
  std::optional<std::uint32_t> m_selected;
  std::optional<WhatIfEstimates> m_estimates;  // of the table; made when the first what-if asks for it
  WhatIf m_whatIf;
  int m_drags = 0;
  std::optional<Study> m_next;  // of the designs that are about to be shown, if it was made before
  QUndoStack m_undo;
};

// Row of the design with an id, or none. Linear in the rows, without building a text a row.
[[nodiscard]] std::optional<std::uint32_t> rowWithId(const DesignTable &table, const QString &id);

}  // namespace pimento

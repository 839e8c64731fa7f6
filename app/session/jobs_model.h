// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractTableModel>

namespace pimento {

class JobQueue;
struct QueuedJob;

// The jobs of a queue as a table: what, state, progress, time left, remark. Follows the queue.
class JobsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Name, State, Progress, Left, Remark, ColumnCount };
  static constexpr int ShareRole = Qt::UserRole;  // of Progress: done, of 1; < 0: not known

  explicit JobsModel(JobQueue &queue, QObject *parent = nullptr);

  [[nodiscard]] const QueuedJob *jobAt(int row) const;
  [[nodiscard]] int rowOf(int id) const;  // -1: none

  [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex &at, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  void showJob(int id);

  JobQueue &m_queue;
};

// "epoch 2.4 of 5 (teacher)", of other work "calibration, 3 of 4"; empty before the first.
[[nodiscard]] QString progressText(const QueuedJob &job);
// Time left, where it is known and the job runs.
[[nodiscard]] QString leftText(const QueuedJob &job);

}  // namespace pimento

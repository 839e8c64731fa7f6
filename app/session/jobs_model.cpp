// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/jobs_model.h"

#include <QDir>
#include <algorithm>
#include <cmath>

#include "app/jobs/job_queue.h"
#include "app/session/training_setup.h"
#include "core/base/format.h"
#include "widgets/plain_text.h"

namespace pimento {

namespace {

QString cellText(const JobQueue &queue, const QueuedJob &job, int column) {
  switch (column) {
    case JobsModel::Name:
      return queue.titleOf(job);
    case JobsModel::State:
      return stateText(job);
    case JobsModel::Progress:
      return progressText(job);
    case JobsModel::Left:
      return leftText(job);
    case JobsModel::Remark:
      return job.message;
    default:
      return {};
  }
}

}  // namespace

QString progressText(const QueuedJob &job) {
  if (!job.isTraining())
    return job.progress.all <= 0 ? QString()
                                 : QStringLiteral("%1, %2 of %3")
                                       .arg(job.progress.stage, grouped(std::llround(job.progress.done)),
                                            grouped(std::llround(job.progress.all)));
  const RunStage *stage = job.log.stage();
  if (stage == nullptr) return {};
  const QString text = QStringLiteral("epoch %1 of %2").arg(stage->epoch, 0, 'f', 1).arg(stage->epochs);
  return stage->name == QStringLiteral("main") ? text : QStringLiteral("%1 (%2)").arg(text, stage->name);
}

QString leftText(const QueuedJob &job) {
  if (job.state != JobState::Running && job.state != JobState::Elsewhere) return {};
  if (!job.isTraining()) return {};
  if (job.log.tested >= 0) return QStringLiteral("measuring, %1 %").arg(100 * job.log.tested, 0, 'f', 0);
  return job.log.left_s < 0 ? QStringLiteral("not known yet") : durationText(job.log.left_s);
}

JobsModel::JobsModel(JobQueue &queue, QObject *parent) : QAbstractTableModel(parent), m_queue(queue) {
  connect(&queue, &JobQueue::listChanged, this, [this] {
    beginResetModel();
    endResetModel();
  });
  connect(&queue, &JobQueue::jobChanged, this, &JobsModel::showJob);
}

const QueuedJob *JobsModel::jobAt(int row) const {
  const auto &jobs = m_queue.jobs();
  return row >= 0 && row < std::ssize(jobs) ? &jobs[static_cast<std::size_t>(row)] : nullptr;
}

int JobsModel::rowOf(int id) const {
  const auto &jobs = m_queue.jobs();
  const auto found = std::ranges::find(jobs, id, &QueuedJob::id);
  return found == jobs.end() ? -1 : static_cast<int>(found - jobs.begin());
}

void JobsModel::showJob(int id) {
  const int row = rowOf(id);
  if (row >= 0) Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

int JobsModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_queue.jobs().size());
}

int JobsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant JobsModel::data(const QModelIndex &at, int role) const {
  const QueuedJob *job = jobAt(at.row());
  if (job == nullptr) return {};
  if (role == Qt::DisplayRole) return cellText(m_queue, *job, at.column());
  if (role == ShareRole && at.column() == Progress) return job->share();
  if (role == Qt::ToolTipRole)
    return plainTip(job->message.isEmpty() ? QDir::toNativeSeparators(job->directory) : job->message);
  return {};
}

QVariant JobsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  static const QStringList Titles{QStringLiteral("Job"), QStringLiteral("State"), QStringLiteral("Progress"),
                                  QStringLiteral("Time left"), QStringLiteral("Remark")};
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  return Titles.value(section);
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/training/jobs_dock.h"

#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include "app/jobs/job_queue.h"
#include "app/session/jobs_model.h"
#include "app/window/controls/flow_layout.h"

namespace pimento {

namespace {

// A bar of what is done behind its text; both in colours of the palette, so that they can be read in light and dark.
class ProgressDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override {
    QStyledItemDelegate::paint(painter, option, index);
    const double share = index.data(JobsModel::ShareRole).toDouble();
    if (share <= 0) return;
    const int height = std::max(3, option.rect.height() / 7);
    const QRect bar(option.rect.left() + 2, option.rect.bottom() - height, option.rect.width() - 4, height);
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    painter->fillRect(bar, option.palette.color(QPalette::Mid));
    painter->fillRect(QRect(bar.topLeft(), QSize(static_cast<int>(bar.width() * share), height)),
                      option.palette.color(chosen ? QPalette::HighlightedText : QPalette::Highlight));
  }
};

}  // namespace

JobsDock::JobsDock(JobQueue &queue, QWidget *parent)
    : QDockWidget(QStringLiteral("Jobs"), parent),
      m_queue(queue),
      m_model(new JobsModel(queue, this)),
      m_view(new QTableView),
      m_stack(new QStackedLayout) {
  setObjectName(QStringLiteral("jobsDock"));
  m_view->setObjectName(QStringLiteral("jobsTable"));
  m_view->setAccessibleName(QStringLiteral("Jobs"));
  m_view->setModel(m_model);
  m_view->setItemDelegateForColumn(JobsModel::Progress, new ProgressDelegate(m_view));
  m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_view->setSelectionMode(QAbstractItemView::SingleSelection);
  m_view->setFrameShape(QFrame::NoFrame);
  m_view->setAlternatingRowColors(true);
  m_view->setTabKeyNavigation(false);
  m_view->setWordWrap(false);
  m_view->verticalHeader()->hide();
  m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
  m_view->horizontalHeader()->setStretchLastSection(true);
  const int em = fontMetrics().averageCharWidth();
  for (const auto column : {JobsModel::Name, JobsModel::State})  // a job's name tells it from others at its end
    m_view->horizontalHeader()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
  for (const auto &[column, characters] : {std::pair{JobsModel::Progress, 32}, std::pair{JobsModel::Left, 18}})
    m_view->setColumnWidth(column, em * characters);
  auto *help =
      new QLabel(QStringLiteral("No jobs yet. Choose a network and a recipe on the Training page and press "
                                "Start: one job runs, others wait here for their turn."));
  help->setObjectName(QStringLiteral("jobsHelp"));
  help->setWordWrap(true);
  help->setMargin(12);
  help->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  m_stack->addWidget(help);
  m_stack->addWidget(m_view);
  auto *row = new FlowLayout;
  row->setContentsMargins(4, 2, 4, 4);
  m_open = addButton(row, "jobOpen", QStringLiteral("Show"), QStringLiteral("Its curves and results"), &JobsDock::open);
  m_pause = addButton(row, "jobPause", QStringLiteral("Pause"),
                      QStringLiteral("Ends with a checkpoint; Resume goes on from there"), &JobsDock::pause);
  m_resume = addButton(row, "jobResume", QStringLiteral("Resume"),
                       QStringLiteral("Goes on from the last checkpoint, at the end of the queue"), &JobsDock::resume);
  m_stop = addButton(
      row, "jobStop", QStringLiteral("Stop and keep best"),
      QStringLiteral("Ends after this update, or as it is if it is paused, and tests the best weights so far"),
      &JobsDock::stop);
  m_earlier = addButton(row, "jobEarlier", QStringLiteral("Earlier"), QStringLiteral("A place up in the queue"),
                        &JobsDock::earlier);
  m_later = addButton(row, "jobLater", QStringLiteral("Later"), QStringLiteral("A place down in the queue"),
                      &JobsDock::later);
  m_remove = addButton(row, "jobRemove", QStringLiteral("Take off the list"),
                       QStringLiteral("Its directory stays where it is"), &JobsDock::remove);
  m_cancel = addButton(row, "jobCancel", QStringLiteral("Cancel and discard"),
                       QStringLiteral("Ends and removes what the run has made"), &JobsDock::cancel);
  auto *content = new QWidget;
  auto *column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(m_stack, 1);
  column->addLayout(row);
  setWidget(content);
  connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &at) {
    if (const QueuedJob *job = m_model->jobAt(at.row())) m_current = job->id;
    showActions();
  });
  connect(m_view, &QTableView::activated, this, [this] { open(m_current); });
  connect(m_model, &QAbstractItemModel::modelReset, this, &JobsDock::keepSelection);
  connect(&queue, &JobQueue::jobChanged, this, &JobsDock::showActions);
  keepSelection();
}

QPushButton *JobsDock::addButton(QLayout *row, const char *name, const QString &text, const QString &tip,
                                 void (JobsDock::*action)(int)) {
  auto *button = new QPushButton(text);
  button->setObjectName(QString::fromLatin1(name));
  button->setToolTip(tip);
  row->addWidget(button);
  connect(button, &QPushButton::clicked, this, [this, action] { (this->*action)(m_current); });
  return button;
}

int JobsDock::currentJob() const { return m_model->rowOf(m_current) >= 0 ? m_current : 0; }

void JobsDock::select(int id) {
  const int row = m_model->rowOf(id);
  if (row < 0) return;
  m_current = id;
  m_view->setCurrentIndex(m_model->index(row, 0));
}

// Of a job that was just added: what the buttons do concerns it.
void JobsDock::keepSelection() {
  for (const QueuedJob &job : m_queue.jobs())
    if (job.id > m_newest) m_newest = m_current = job.id;
  m_stack->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
  if (m_model->rowOf(m_current) >= 0)
    select(m_current);
  else if (const QueuedJob *last = m_model->jobAt(m_model->rowCount() - 1))
    select(last->id);
  showActions();
}

void JobsDock::showActions() {
  const QueuedJob *job = m_queue.find(m_current);
  const bool queued = job != nullptr && job->state == JobState::Queued;
  m_open->setEnabled(job != nullptr && job->isTraining());
  m_stop->setEnabled(job != nullptr && job->canStop());
  m_pause->setEnabled(job != nullptr && job->canPause());
  m_resume->setEnabled(job != nullptr && job->canResume());
  m_earlier->setEnabled(queued);
  m_later->setEnabled(queued);
  m_remove->setEnabled(job != nullptr && !job->isActive());
  m_cancel->setEnabled(job != nullptr && job->canCancel());
}

void JobsDock::pause(int id) { m_queue.pause(id); }
void JobsDock::stop(int id) {
  if (const QString problem = m_queue.stop(id); !problem.isEmpty()) Q_EMIT failed(problem);
}
void JobsDock::cancel(int id) { Q_EMIT cancelRequested(id); }
void JobsDock::resume(int id) { m_queue.resume(id); }
void JobsDock::earlier(int id) { m_queue.move(id, -1); }
void JobsDock::later(int id) { m_queue.move(id, 1); }
void JobsDock::remove(int id) { m_queue.remove(id); }
void JobsDock::open(int id) { Q_EMIT showRequested(id); }

}  // namespace pimento

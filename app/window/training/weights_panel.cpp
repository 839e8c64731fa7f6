// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/training/weights_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>

#include "app/jobs/job_queue.h"
#include "app/session/evaluated_weights.h"
#include "app/session/labels.h"
#include "app/session/latest_run.h"
#include "app/session/report_model.h"
#include "app/session/training_setup.h"
#include "app/session/weights_guess.h"
#include "app/window/controls/form_field.h"
#include "app/window/controls/number_box.h"
#include "app/window/controls/scrolling.h"
#include "app/window/training/data_set_picker.h"
#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/network/families/families.h"
#include "core/network/widest.h"
#include "core/weights/weights.h"
#include "widgets/plain_text.h"

namespace pimento {

namespace {

constexpr int MostCalibration = 1'000'000;

// What the choices are set to, and how sure that is; or why the file is not read.
struct Reading {
  std::optional<WeightsGuess> guess;
  QString problem;
};

Reading readGuess(const QString &path, const std::stop_token &stop) {
  Reading reading;
  try {
    reading.guess = guessNetwork(readWeights(path, {stop, {}}), stop);
  } catch (const Error &error) {
    reading.problem = error.message();
  } catch (const std::bad_alloc &) {
    reading.problem = QStringLiteral("%1: it does not fit into memory").arg(path);
  }
  return reading;
}

QString droppedFile(const QMimeData *data) {
  const QList<QUrl> urls = data->urls();
  const bool one = urls.size() == 1 && urls.front().isLocalFile() && isWeightsName(urls.front().path());
  return one ? urls.front().toLocalFile() : QString();
}

}  // namespace

WeightsPanel::WeightsPanel(JobQueue &queue, QWidget *parent)
    : QWidget(parent),
      m_queue(queue),
      m_guessing(new LatestRun(this)),
      m_data(new DataSetPicker(QStringLiteral("weights"))),
      m_name(new QLabel),
      m_guess(new QLabel),
      m_state(new QLabel),
      m_accuracies(new ReportModel(this)),
      m_tensors(new ReportModel(this)) {
  setObjectName(QStringLiteral("weightsPanel"));
  setAcceptDrops(true);
  auto *content = new QWidget;
  auto *column = new QVBoxLayout(content);
  buildChoices(column);
  buildResults(column);
  auto *all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->addWidget(scrolling(content));
  connect(&queue, &JobQueue::jobChanged, this, [this](int id) {
    if (id == m_job) showJob();
  });
  setFile({});
}

WeightsPanel::~WeightsPanel() = default;

void WeightsPanel::buildChoices(QLayout *column) {
  m_name->setObjectName(QStringLiteral("weightsFile"));
  m_name->setWordWrap(true);
  m_guess->setObjectName(QStringLiteral("weightsGuess"));
  m_guess->setWordWrap(true);
  auto *browse = new QPushButton(QStringLiteral("O&pen…"));
  browse->setObjectName(QStringLiteral("weightsOpen"));
  browse->setAccessibleName(QStringLiteral("Open a file of weights"));
  connect(browse, &QPushButton::clicked, this, &WeightsPanel::open);
  auto *top = new QHBoxLayout;
  top->addWidget(browse);
  top->addWidget(m_name, 1);
  auto *fields = new QFormLayout;
  fields->setRowWrapPolicy(QFormLayout::WrapLongRows);
  m_network = formField(fields, QStringLiteral("&Network"), "weightsNetwork", new QComboBox);
  for (const QString &name : trainableNetworks()) m_network->addItem(networkTitle(name), name);
  m_variant = formField(fields, QStringLiteral("V&ariant"), "weightsVariant", new QComboBox);
  m_variant->setInsertPolicy(QComboBox::NoInsert);
  m_data->addTo(fields);
  m_mean = formField(fields, QStringLiteral("&Mean"), "weightsMean", new QLineEdit);
  m_deviation = formField(fields, QStringLiteral("&Standard deviation"), "weightsDeviation", new QLineEdit);
  for (QLineEdit *edit : {m_mean, m_deviation}) {
    edit->setPlaceholderText(QStringLiteral("of the training images; or a number a channel: 0.49,0.48,0.45"));
    connect(edit, &QLineEdit::textChanged, this, &WeightsPanel::changed);
  }
  m_scale = new QCheckBox(QStringLiteral("S&cale images to the network's input (else smaller ones get a border)"));
  m_scale->setObjectName(QStringLiteral("weightsScale"));
  fields->addRow(QString(), m_scale);
  m_recalibrate = formField(fields, QStringLiteral("Norms &from"), "weightsRecalibrate", new WholeBox);
  m_recalibrate->setRange(0, MostCalibration);
  m_recalibrate->setSingleStep(1000);
  m_recalibrate->setSpecialValueText(QStringLiteral("the file"));
  m_recalibrate->setSuffix(QStringLiteral(" training images"));
  m_recalibrate->setToolTip(
      QStringLiteral("Takes the statistics of batch norms anew from so many training images (1,000 are enough). So a "
                     "slimmable network runs at any width: type its ratio as variant."));
  m_ignore = formField(fields, QStringLiteral("&Ignore tensors"), "weightsIgnore", new QLineEdit);
  m_ignore->setPlaceholderText(QStringLiteral("of layers that the network does not have: layer*.downsample.*"));
  m_ignore->setToolTip(
      QStringLiteral("Such tensors are an error otherwise: without them the network computes something "
                     "else than the file's. * stands for any text; commas part names"));
  connect(m_ignore, &QLineEdit::textChanged, this, &WeightsPanel::changed);
  m_evaluate = new QPushButton(QStringLiteral("Evaluate"));
  m_evaluate->setObjectName(QStringLiteral("weightsEvaluate"));
  m_evaluate->setToolTip(QStringLiteral("On all test images, as a job in the queue"));
  m_add = new QPushButton(QStringLiteral("Add to the project"));
  m_add->setObjectName(QStringLiteral("weightsAdd"));
  m_add->setToolTip(QStringLiteral("Measured accuracy in single precision, as design points"));
  connect(m_evaluate, &QPushButton::clicked, this, &WeightsPanel::evaluate);
  connect(m_add, &QPushButton::clicked, this, &WeightsPanel::addRequested);
  auto *buttons = new QHBoxLayout;
  buttons->addWidget(m_evaluate);
  buttons->addWidget(m_add);
  buttons->addStretch(1);
  auto *box = static_cast<QVBoxLayout *>(column);
  box->addLayout(top);
  box->addWidget(m_guess);
  box->addLayout(fields);
  box->addLayout(buttons);
  connect(m_network, &QComboBox::currentIndexChanged, this, &WeightsPanel::fillVariants);
  connect(m_variant, &QComboBox::currentTextChanged, this, &WeightsPanel::changed);
  connect(m_recalibrate, &QSpinBox::valueChanged, this, &WeightsPanel::changed);
  connect(m_data, &DataSetPicker::changed, this, &WeightsPanel::changed);
  connect(m_scale, &QCheckBox::toggled, this, &WeightsPanel::changed);
  fillVariants();
}

QTableView *WeightsPanel::table(const char *name, const QString &title, ReportModel *model) {
  auto *view = new QTableView;
  view->setObjectName(QString::fromLatin1(name));
  view->setAccessibleName(title);
  view->setModel(model);
  view->setAlternatingRowColors(true);
  view->setTabKeyNavigation(false);
  view->setSelectionBehavior(QAbstractItemView::SelectRows);
  view->verticalHeader()->hide();
  view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
  view->horizontalHeader()->setStretchLastSection(true);
  view->setMinimumHeight(fontMetrics().lineSpacing() * 7);
  return view;
}

void WeightsPanel::buildResults(QLayout *column) {
  m_state->setObjectName(QStringLiteral("weightsState"));
  m_state->setWordWrap(true);
  m_state->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  m_accuracyTable = table("weightsResults", QStringLiteral("Accuracy of each variant"), m_accuracies);
  m_tensorTable = table("weightsTensors", QStringLiteral("Tensors that were not loaded"), m_tensors);
  auto *box = static_cast<QVBoxLayout *>(column);
  box->addWidget(m_state);
  box->addWidget(m_accuracyTable, 1);
  box->addWidget(m_tensorTable, 1);
  box->addStretch(1);
}

void WeightsPanel::fillVariants() {
  const NetworkSpec network = makeNetwork(m_network->currentData().toString());
  m_variant->clear();
  m_variant->setEditable(network.bindings.contains(QStringLiteral("slimmable")));  // for other ratios
  m_variant->addItem(QStringLiteral("all"), QString());
  for (const Variant &variant : classifiers(network)) m_variant->addItem(variantTitle(variant.name), variant.name);
  Q_EMIT changed();
}

void WeightsPanel::open() {
  const QString path = QFileDialog::getOpenFileName(
      this, QStringLiteral("Weights"), {},
      QStringLiteral("Weights (%1);;All files (*)").arg(weightsPatterns().join(QLatin1Char(' '))));
  if (!path.isEmpty()) setFile(path);
}

void WeightsPanel::setFile(const QString &path) {
  m_file = path;
  m_name->setText(path.isEmpty()
                      ? QStringLiteral("Drop a file of weights (.safetensors, .pth, .pt, .th) here, or open one: with "
                                       "torchvision's names, those of common CIFAR ResNets or slimmable "
                                       "networks, or of a run. Nothing in a file is executed.")
                      : QFileInfo(path).fileName());
  m_name->setToolTip(plainTip(path));
  m_guess->clear();
  m_guess->setVisible(false);
  if (!path.isEmpty())
    m_guessing->start([this, path](const std::stop_token &stop) -> LatestRun::Answer {
      const Reading reading = readGuess(path, stop);
      return [this, reading] {
        m_guess->setVisible(true);
        m_evaluate->setEnabled(reading.problem.isEmpty());
        if (!reading.problem.isEmpty()) return m_guess->setText(reading.problem);
        if (!reading.guess) return m_guess->setText(QStringLiteral("Its tensors fit none of the networks well."));
        m_network->setCurrentIndex(m_network->findData(reading.guess->network));
        m_variant->setCurrentIndex(std::max(0, m_variant->findData(reading.guess->variant)));
        m_guess->setText(
            QStringLiteral("Guessed by names and sizes of %1 of %2 tensors, statistics of batch norms aside.")
                .arg(reading.guess->found)
                .arg(reading.guess->of));
      };
    });
  showJob();
}

bool WeightsPanel::isSettled() const { return !m_guessing->isRunning(); }

QString WeightsPanel::variant() const {
  const QString typed = m_variant->currentText().trimmed();
  const int row = m_variant->findText(typed);
  if (row >= 0) return m_variant->itemData(row).toString();
  return typed.endsWith(QLatin1Char('x')) ? typed.chopped(1) : typed;  // as the list shows ratios
}

QStringList WeightsPanel::words() const {
  QString network = m_network->currentData().toString();
  if (const QString chosen = variant(); !chosen.isEmpty()) network += QLatin1Char(':') + chosen;
  QStringList words{QStringLiteral("evaluate"), QStringLiteral("--network"), network, QStringLiteral("--weights"),
                    m_file};
  words << m_data->words();
  if (!m_mean->text().isEmpty()) words << QStringLiteral("--mean") << m_mean->text();
  if (!m_deviation->text().isEmpty()) words << QStringLiteral("--std") << m_deviation->text();
  if (m_recalibrate->value() > 0)
    words << QStringLiteral("--recalibrate-norms") << QString::number(m_recalibrate->value());
  if (m_scale->isChecked()) words << QStringLiteral("--scale");
  if (!m_ignore->text().trimmed().isEmpty()) words << QStringLiteral("--ignore") << m_ignore->text().trimmed();
  return words;
}

QStringList WeightsPanel::command() const {
  return m_file.isEmpty() ? QStringList() : QStringList{QStringLiteral("pimento")} + words();
}

// With what is missing too: the report says so, and keeps such variants from the project.
void WeightsPanel::evaluate() {
  m_evaluated = m_file;
  const QString title = QStringLiteral("Evaluate %1").arg(QFileInfo(m_file).fileName());
  m_job = m_queue.add(title, words() << QStringLiteral("--partial"), {});
  showJob();
}

void WeightsPanel::showJob() {
  const QueuedJob *job = m_queue.find(m_job);
  const bool busy = job != nullptr && (job->isActive() || job->state == JobState::Queued);
  m_evaluate->setEnabled(!m_file.isEmpty() && !busy);
  const std::vector<QJsonObject> results = job == nullptr ? std::vector<QJsonObject>() : job->results;
  m_accuracies->setReport(accuracyReport(results));
  const std::vector<QJsonObject> weights = job == nullptr ? std::vector<QJsonObject>() : job->weights;
  m_tensors->setReport(tensorReport(weights));
  for (QTableView *view : {m_accuracyTable, m_tensorTable}) {
    view->setVisible(view->model()->rowCount() > 0);
    view->resizeColumnsToContents();
  }
  m_add->setEnabled(job != nullptr && job->state == JobState::Done && !results.empty());
  QStringList lines;
  if (job != nullptr) lines << QStringLiteral("%1: %2").arg(QFileInfo(m_evaluated).fileName(), stateText(*job));
  if (job != nullptr && !job->message.isEmpty()) lines << job->message;
  lines << loadText(weights) << changesText(results);
  lines.removeAll(QString());
  m_state->setText(lines.join(QLatin1Char('\n')));
}

StoredTable WeightsPanel::designs() const {
  const QueuedJob *job = m_queue.find(m_job);
  const std::vector<QJsonObject> results = job == nullptr ? std::vector<QJsonObject>() : job->results;
  const QString set = results.empty() ? QString() : results.front()[QStringLiteral("data")].toString();
  return evaluatedDesigns(results, m_evaluated, results.empty() ? 0 : datasetClasses(set));
}

ReportTable WeightsPanel::report() const { return m_accuracies->report(); }

void WeightsPanel::dragEnterEvent(QDragEnterEvent *event) {
  if (!droppedFile(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void WeightsPanel::dropEvent(QDropEvent *event) {
  if (const QString path = droppedFile(event->mimeData()); !path.isEmpty()) setFile(path);
}

}  // namespace pimento

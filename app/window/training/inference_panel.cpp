// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/training/inference_panel.h"

#include <QComboBox>
#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSplitter>
#include <QTableView>

#include "app/jobs/run_folders.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "app/window/controls/number_box.h"
#include "app/window/controls/picture_view.h"
#include "app/window/training/answers_model.h"
#include "core/base/error.h"
#include "core/base/escaping.h"
#include "core/base/format.h"
#include "core/data/picture.h"
#include "core/hardware/chip/machine.h"
#include "core/hardware/dataflow/layer_work.h"
#include "core/jobs/variants_file.h"

namespace pimento {

namespace {

constexpr Bits EstimateBits{8, 8};

QImage imageOf(const Inference &inference) {
  const Shape &shape = inference.shape;
  QImage image(shape.width, shape.height, QImage::Format_RGB888);
  const auto *pixels = reinterpret_cast<const uchar *>(inference.pixels.constData());
  const qsizetype plane = qsizetype{shape.width} * shape.height;
  for (int y = 0; y < shape.height; ++y) {
    uchar *row = image.scanLine(y);
    for (int x = 0; x < shape.width; ++x)
      for (int c = 0; c < 3; ++c)
        row[3 * x + c] = pixels[std::min(c, shape.channels - 1) * plane + qsizetype{y} * shape.width + x];
  }
  return image;
}

QString pictureFilter() {
  QStringList patterns;
  for (const QString &suffix : pictureSuffixes()) patterns << QStringLiteral("*.") + suffix;
  return QStringLiteral("Pictures (%1)").arg(patterns.join(QLatin1Char(' ')));
}

QLabel *sentence(const char *objectName) {
  auto *label = new QLabel;
  label->setObjectName(QLatin1String(objectName));
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return label;
}

}  // namespace

InferencePanel::InferencePanel(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_runs(new QComboBox),
      m_number(new WholeBox),
      m_picture(new PictureView),
      m_caption(sentence("inferenceCaption")),
      m_model(new AnswersModel(this)),
      m_table(new QTableView),
      m_takeaway(sentence("inferenceTakeaway")),
      m_note(sentence("inferenceNote")) {
  setObjectName(QStringLiteral("inferencePanel"));
  m_caption->setTextFormat(Qt::RichText);
  setAcceptDrops(true);
  auto *controls = new QHBoxLayout;
  buildControls(controls);
  buildTable();
  m_picture->setObjectName(QStringLiteral("inferencePicture"));
  m_picture->setAccessibleName(QStringLiteral("The picture"));
  auto *left = new QWidget;
  auto *picture = new QVBoxLayout(left);
  picture->setContentsMargins(0, 0, 0, 0);
  picture->addWidget(m_picture, 1);
  picture->addWidget(m_caption);
  auto *right = new QWidget;
  auto *answers = new QVBoxLayout(right);
  answers->setContentsMargins(0, 0, 0, 0);
  answers->addWidget(m_takeaway);
  answers->addWidget(m_table, 1);
  answers->addWidget(m_note);
  auto *both = new QSplitter;
  both->addWidget(left);
  both->addWidget(right);
  both->setStretchFactor(0, 1);
  both->setStretchFactor(1, 3);
  m_runs->setObjectName(QStringLiteral("inferenceRun"));
  m_runs->setAccessibleName(QStringLiteral("Run whose variants answer"));
  m_runs->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_runs->setMinimumContentsLength(24);
  connect(m_runs, &QComboBox::activated, this, [this] { Q_EMIT runChosen(m_runs->currentData().toInt()); });
  auto *which = new QLabel(QStringLiteral("R&un"));
  which->setBuddy(m_runs);
  auto *picker = new QHBoxLayout;
  picker->addWidget(which);
  picker->addWidget(m_runs, 1);
  auto *column = new QVBoxLayout(this);
  column->addLayout(picker);
  column->addLayout(controls);
  column->addWidget(both, 1);
  connect(&m_client, &InferenceClient::answered, this, &InferencePanel::take);
  connect(&m_client, &InferenceClient::busyChanged, this, &InferencePanel::showState);
  connect(&m_client, &InferenceClient::failed, this, [this](const QString &message) {
    m_problem = message;
    showState();
  });
  const auto again = [this] {
    estimateCosts();
    showState();
  };
  connect(&session, &Session::tableChanged, this, again);
  connect(&session, &Session::whatIfChanged, this, again);
  connect(&session, &Session::selectionChanged, this, again);
  showState();
}

void InferencePanel::buildControls(QLayout *row) {
  m_number->setObjectName(QStringLiteral("inferenceImage"));
  m_number->setAccessibleName(QStringLiteral("Number of the test image"));
  m_number->setMaximum(0);
  m_number->setKeyboardTracking(false);
  auto *label = new QLabel(QStringLiteral("Test &image"));
  label->setBuddy(m_number);
  row->addWidget(label);
  row->addWidget(m_number);
  connect(m_number, &QSpinBox::valueChanged, this, [this](int image) { ask({Find::This, image, {}}); });
  const auto button = [&](const char *name, const QString &text, const QString &tip, auto pressed) {
    auto *made = new QPushButton(text);
    made->setObjectName(QLatin1String(name));
    made->setToolTip(tip);
    connect(made, &QPushButton::clicked, this, pressed);
    row->addWidget(made);
    m_buttons.push_back(made);
  };
  const auto next = [this] { return m_inference && m_inference->image >= 0 ? m_inference->image + 1 : 0; };
  button("inferenceRandom", QStringLiteral("&Any"), QStringLiteral("A test image at random"), [this] {
    ask({Find::This, QRandomGenerator::global()->bounded(m_number->maximum() + 1), {}});
  });
  button("inferenceDivided", QStringLiteral("Next that &divides them"),
         QStringLiteral("The next test image that not all variants answer alike"), [this, next] {
           ask({Find::Divided, next(), {}});
         });
  button("inferenceWrong", QStringLiteral("Next &mistake"),
         QStringLiteral("The next test image that at least one variant gets wrong"), [this, next] {
           ask({Find::Wrong, next(), {}});
         });
  button("inferenceOpen", QStringLiteral("Open &picture…"),
         QStringLiteral("A picture of your own; it is scaled and cropped as the data set's. Or drop it here."),
         [this] { openPicture(); });
  static_cast<QHBoxLayout *>(row)->addStretch(1);
}

void InferencePanel::buildTable() {
  m_table->setObjectName(QStringLiteral("answersTable"));
  m_table->setAccessibleName(QStringLiteral("What each variant answers and spends"));
  m_table->setModel(m_model);
  m_table->setItemDelegate(new ShareDelegate(m_table));
  m_table->setSelectionMode(QAbstractItemView::NoSelection);
  m_table->setTabKeyNavigation(false);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 2);
  m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  for (const int column : {AnswersModel::VariantColumn, AnswersModel::NextColumn})
    m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
  m_table->horizontalHeader()->setMinimumSectionSize(fontMetrics().averageCharWidth() * 9);
}

void InferencePanel::setChoices(const std::vector<std::pair<int, QString>> &runs, int chosen) {
  const QSignalBlocker quiet(m_runs);
  m_runs->clear();
  for (const auto &[id, text] : runs) m_runs->addItem(text, id);
  m_runs->setCurrentIndex(m_runs->findData(chosen));
  m_runs->setEnabled(!runs.empty());
}

int InferencePanel::chosenRun() const { return m_runs->currentData().toInt(); }

void InferencePanel::setProblem(const QString &problem) {
  setRun({});
  m_problem = problem;
  showState();
}

// The same weights keep their picture.
void InferencePanel::setRun(const QString &directory) {
  const auto weights =
      directory.isEmpty() ? std::nullopt : stampOf(QDir(directory).filePath(QStringLiteral("weights.safetensors")));
  const bool same = directory == m_directory;
  if (same && weights == m_weights && (m_inference || m_problem.isEmpty())) return;
  m_directory = directory;
  m_weights = weights;
  if (!same) m_asked = {};
  m_job.reset();
  m_inference.reset();
  m_costs.clear();
  m_problem.clear();
  if (!directory.isEmpty()) m_job = loadRun(directory);
  m_run = m_job ? QStringLiteral("%1 (%2)").arg(runTitle(*m_job), QFileInfo(directory).fileName()) : QString();
  m_client.setRun({});
  m_client.setRun(directory);
  estimateCosts();
  if (m_job && isVisible()) ask(m_asked);
  showState();
}

// The worker is started when the panel is first seen.
void InferencePanel::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  if (m_job && !m_inference && !m_client.isBusy() && m_problem.isEmpty()) ask(m_asked);
}

void InferencePanel::ask(const Question &question) {
  m_problem.clear();
  m_asked = question;
  m_client.ask(question);
  showState();
}

void InferencePanel::openPicture() {
  const QString file = QFileDialog::getOpenFileName(this, QStringLiteral("Open picture"), {}, pictureFilter());
  if (!file.isEmpty()) ask({Find::This, 0, file});
}

void InferencePanel::dragEnterEvent(QDragEnterEvent *event) {
  const QList<QUrl> urls = event->mimeData()->urls();
  if (m_job && urls.size() == 1 && isPicture(urls.front().toLocalFile())) event->acceptProposedAction();
}

void InferencePanel::dropEvent(QDropEvent *event) {
  event->acceptProposedAction();
  ask({Find::This, 0, event->mimeData()->urls().front().toLocalFile()});
}

void InferencePanel::take(const Inference &inference) {
  m_inference = inference;
  m_problem.clear();
  const QSignalBlocker quiet(m_number);
  m_number->setMaximum(static_cast<int>(std::max<std::int64_t>(0, inference.images - 1)));
  if (inference.image >= 0) m_number->setValue(static_cast<int>(inference.image));
  showState();
}

// Of each variant on the accelerator at hand, 8 bits for weights and activations.
void InferencePanel::estimateCosts() {
  m_costs.clear();
  m_costText.clear();
  if (!m_job) return;
  try {
    const SubjectAccelerator accelerator = subjectAccelerator(m_session, m_job->network.name);
    const Machine machine = buildMachine(accelerator.changed);
    for (const Variant &variant : m_job->variants) {
      const auto works = workOf(m_job->network, variant, machine.schedule.layout);
      const Totals totals = estimateTotals(works, machine, EstimateBits);
      m_costs.push_back({totals.energy_uj(), totals.latency_us()});
    }
    m_costText = QStringLiteral(
                     "Answers: measured, single precision, on this computer. Energy and latency: estimated "
                     "for 8-bit weights and activations on %1.")
                     .arg(accelerator.changed.name);
    const QString changed = whatIfText(accelerator);
    if (!changed.isEmpty()) m_costText += QLatin1Char(' ') + changed;
  } catch (const Error &error) {
    m_costs.clear();
    m_costText = QStringLiteral("No estimate: %1").arg(error.message());
  }
}

ReportTable InferencePanel::report() const {
  return m_inference ? inferenceReport(*m_inference, m_costs) : ReportTable{};
}

void InferencePanel::showState() {
  const bool ready = m_job.has_value();
  m_number->setEnabled(ready && m_inference);
  for (QPushButton *button : m_buttons) button->setEnabled(ready && (m_inference || !m_problem.isEmpty()));
  m_model->setAnswers(m_inference.value_or(Inference{}), m_costs);
  m_table->setVisible(m_inference.has_value());
  m_picture->setPicture(m_inference ? imageOf(*m_inference) : QImage());
  QString caption;
  if (m_inference && m_inference->truth)
    caption = QStringLiteral("<b>%1</b><br>")
                  .arg(htmlEscaped(className(*m_inference, static_cast<std::size_t>(*m_inference->truth))));
  if (m_inference) caption += QStringLiteral("%1<br>Run: %2").arg(htmlEscaped(m_inference->source), htmlEscaped(m_run));
  m_caption->setText(caption);
  QString text;
  if (!m_problem.isEmpty())
    text = QStringLiteral("No answer: %1").arg(m_problem);
  else if (!ready)
    text = QStringLiteral(
        "No run with weights is here. Train a network under New run, or open a project that keeps one: then each of "
        "its variants answers to the same picture.");
  else if (!m_inference)
    text = QStringLiteral("Loading the network and the test images…");
  else
    text = inferenceTakeaway(*m_inference, m_costs);
  m_takeaway->setText(text);
  m_note->setText(m_inference ? m_costText : QString());
}

}  // namespace pimento

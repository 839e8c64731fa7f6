// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/training/training_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QGridLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "app/session/labels.h"
#include "app/session/latest_run.h"
#include "app/window/controls/form_field.h"
#include "app/window/controls/number_box.h"
#include "app/window/controls/scrolling.h"
#include "app/window/training/data_set_picker.h"
#include "app/window/training/teacher_picker.h"
#include "app/window/training/training_summary.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/jobs/teacher_choice.h"
#include "core/network/families/network_library.h"

namespace pimento {

namespace {

constexpr int MostImages = 100'000'000;
constexpr int MostSeed = 2'000'000'000;
constexpr int WideFormCharacters = 110;  // of text: from there on summary and choices stand side by side
constexpr int MostVariantLines = 6;

}  // namespace

TrainingForm::TrainingForm(QWidget *parent)
    : QWidget(parent),
      m_reading(new LatestRun(this)),
      m_data(new DataSetPicker(QStringLiteral("training"))),
      m_fields(new QFormLayout),
      m_choices(new QWidget),
      m_summary(new TrainingSummary),
      m_grid(new QGridLayout),
      m_start(new QPushButton(QStringLiteral("Start"))) {
  setObjectName(QStringLiteral("trainingForm"));
  buildFields();
  buildSettings();
  m_choices->setLayout(m_fields);
  auto *content = new QWidget;
  content->setLayout(m_grid);
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(scrolling(content), 1);
  column->addLayout(startRow());  // in sight, however small the window is
  arrange();
  for (const QString &name : trainableNetworks()) m_network->addItem(networkTitle(name), name);
  m_network->setCurrentIndex(std::max(0, m_network->findData(QStringLiteral("resnet20-slimmable"))));
  showNetwork();
  connect(m_network, &QComboBox::currentIndexChanged, this, &TrainingForm::showNetwork);
  connect(m_method, &QComboBox::currentIndexChanged, this, &TrainingForm::showRecipes);
  connect(m_recipe, &QComboBox::currentIndexChanged, this, &TrainingForm::showRecipe);
  connect(m_learnedBy, &QComboBox::currentIndexChanged, this, [this] {
    if (m_filling) return;
    showVariants();
    showCost();
  });
  connect(m_teacher, &TeacherPicker::changed, this, [this] {
    showTeacher();
    showCost();
  });
  connect(m_asRecipe, &QPushButton::clicked, this, &TrainingForm::showRecipe);
  connect(m_data, &DataSetPicker::changed, this, &TrainingForm::readData);
  connect(m_scale, &QCheckBox::toggled, this, &TrainingForm::showCost);
  connect(m_variants, &QListWidget::itemChanged, this, &TrainingForm::showCost);
  for (const WholeBox *box : {m_epochs, m_teacherEpochs, m_batch, m_images, m_seed})
    connect(box, &QSpinBox::valueChanged, this, &TrainingForm::showCost);
  connect(m_name, &QLineEdit::textChanged, this, &TrainingForm::changed);
  connect(m_learningRate, &QDoubleSpinBox::valueChanged, this, &TrainingForm::showCost);
}

TrainingForm::~TrainingForm() = default;

void TrainingForm::buildFields() {
  m_fields->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  m_fields->setRowWrapPolicy(QFormLayout::WrapLongRows);
  m_network = formField(m_fields, QStringLiteral("&Network"), "trainingNetwork", new QComboBox);
  m_method = formField(m_fields, QStringLiteral("&Method"), "trainingMethod", new QComboBox);
  m_recipe = formField(m_fields, QStringLiteral("&Recipe"), "trainingRecipe", new QComboBox);
  m_learnedBy = formField(m_fields, QStringLiteral("Sub-nets &of"), "trainingLearned", new QComboBox);
  m_learnedBy->setToolTip(QStringLiteral("A finished run of the clipped group Lasso on this network"));
  for (QComboBox *box : {m_network, m_method, m_recipe, m_learnedBy})
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_data->addTo(m_fields);
  m_scale = new QCheckBox(QStringLiteral("Scal&e images to the network's input"));
  m_scale->setObjectName(QStringLiteral("trainingScale"));
  m_scale->setToolTip(QStringLiteral("Else smaller ones get a border, and larger ones are refused"));
  m_fields->addRow(QString(), m_scale);
  m_variants = formField(m_fields, QStringLiteral("Vari&ants"), "trainingVariants", new QListWidget);
  m_variants->setSelectionMode(QAbstractItemView::SingleSelection);
}

void TrainingForm::buildSettings() {
  m_epochs = formField(m_fields, QStringLiteral("Epo&chs"), "trainingEpochs", new WholeBox(1, 100'000));
  m_teacher = formField(m_fields, QStringLiteral("Ta&ught by"), "trainingTeacher", new TeacherPicker);
  m_teacher->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_teacherEpochs =
      formField(m_fields, QStringLiteral("&Teacher epochs"), "trainingTeacherEpochs", new WholeBox(1, 100'000));
  m_batch = formField(m_fields, QStringLiteral("&Batch"), "trainingBatch", new WholeBox(1, 65'536));
  m_learningRate = formField(m_fields, QStringLiteral("&Learning rate"), "trainingLearningRate", new NumberBox);
  m_learningRate->setRange(0.000001, 1000);
  m_learningRate->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
  m_images = formField(m_fields, QStringLiteral("&Images"), "trainingImages", new WholeBox(0, MostImages));
  m_images->setSpecialValueText(QStringLiteral("all"));
  m_images->setSingleStep(1000);
  m_images->setToolTip(
      QStringLiteral("Of the training set, drawn at random by the seed; at most a tenth of them validate. 0: all"));
  m_seed = formField(m_fields, QStringLiteral("&Seed"), "trainingSeed", new WholeBox(0, MostSeed));
  m_seed->setValue(1);
  m_seed->setToolTip(QStringLiteral("Of weights, order and augmentation: the same seed gives the same run"));
  m_name = formField(m_fields, QStringLiteral("Nam&e"), "trainingName", new QLineEdit);
  m_name->setPlaceholderText(QStringLiteral("network and recipe"));
  m_name->setMaxLength(80);
  m_name->setToolTip(QStringLiteral("What the run is called in Jobs, Runs and Designs; its folder, too"));
  m_asRecipe = new QPushButton(QStringLiteral("As the recipe sa&ys"));
  m_asRecipe->setObjectName(QStringLiteral("trainingAsRecipe"));
  m_asRecipe->setToolTip(QStringLiteral("Takes epochs, batch and learning rate from the recipe again"));
  m_fields->addRow(QString(), m_asRecipe);
}

QLayout *TrainingForm::startRow() {
  m_start->setObjectName(QStringLiteral("trainingStart"));
  m_start->setAccessibleName(QStringLiteral("Start training"));
  m_start->setToolTip(QStringLiteral("Puts the run at the end of the queue"));
  m_start->setDefault(true);
  auto *command = new QPushButton(QStringLiteral("Copy as command"));
  command->setObjectName(QStringLiteral("trainingCommand"));
  connect(m_start, &QPushButton::clicked, this, &TrainingForm::startRequested);
  connect(command, &QPushButton::clicked, this, &TrainingForm::commandRequested);
  auto *row = new QHBoxLayout;
  const QMargins margins = m_grid->contentsMargins();
  row->setContentsMargins(margins.left(), 0, margins.right(), margins.bottom());
  row->addWidget(m_start);
  row->addWidget(command);
  row->addStretch(1);
  return row;
}

// Side by side where there is room, else the summary below the choices.
void TrainingForm::arrange() {
  const bool wide = width() >= fontMetrics().averageCharWidth() * WideFormCharacters;
  // Without an alignment: a cell with one is laid out by its hint, which cuts lines that are broken.
  m_grid->addWidget(m_choices, 0, 0);
  m_grid->addWidget(m_summary, wide ? 0 : 1, wide ? 1 : 0);
  m_grid->setColumnStretch(0, 1);
  m_grid->setColumnStretch(1, wide ? 1 : 0);
  m_grid->setRowStretch(2, 1);
}

void TrainingForm::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  readData();
}

void TrainingForm::resizeEvent(QResizeEvent *event) {
  QWidget::resizeEvent(event);
  arrange();
}

void TrainingForm::showNetwork() {
  m_spec = loadNetwork(m_network->currentData().toString());
  m_filling = true;
  m_teacher->setNetwork(m_spec);
  const auto before = m_method->currentData();
  m_method->clear();
  for (const Method method : methodsOf(m_spec)) m_method->addItem(methodTitle(method), methodName(method));
  // The method of before if the network has it, else what the papers propose.
  const int index = m_method->findData(before);
  const Method proposed = loadRecipe(usualRecipe(m_spec)).method;
  m_method->setCurrentIndex(index >= 0 ? index : m_method->findData(methodName(proposed)));
  m_filling = false;
  showRecipes();
}

void TrainingForm::showRecipes() {
  if (m_filling) return;
  m_filling = true;
  m_summary->setMethod(methodText(method()));
  fillLearned();
  showVariants();
  m_recipes = recipesOf(method());
  m_recipe->clear();
  for (const Recipe &recipe : m_recipes) m_recipe->addItem(recipe.title, recipe.name);
  m_filling = false;
  showRecipe();
}

Method TrainingForm::method() const {
  for (const Method method : trainingMethods())
    if (m_method->currentData().toString() == methodName(method)) return method;
  return trainingMethods().front();  // of a network that allows none
}

const LearnedVariants *TrainingForm::learned() const {
  const int chosen = m_learnedBy->currentData().isValid() ? m_learnedBy->currentData().toInt() : -1;
  return traits(method()).takesSubNets && chosen >= 0 ? &m_learned[static_cast<std::size_t>(chosen)] : nullptr;
}

QString TrainingForm::learnedFrom() const { return learned() == nullptr ? QString() : learned()->directory; }

void TrainingForm::setLearned(const std::vector<LearnedVariants> &learned) {
  if (learned == m_learned) return;
  m_learned = learned;
  fillLearned();
  if (!traits(method()).takesSubNets) return;
  showVariants();
  showCost();
}

void TrainingForm::fillLearned() {
  const bool before = m_filling;
  m_filling = true;
  m_learnedBy->clear();
  for (std::size_t i = 0; i < m_learned.size(); ++i) {
    if (m_learned[i].network != m_spec.name) continue;
    const QString where = m_learned[i].directory.isEmpty() ? QStringLiteral("kept in the project")
                                                           : QFileInfo(m_learned[i].directory).fileName();
    m_learnedBy->addItem(QStringLiteral("%1 (%2)").arg(m_learned[i].title, where), static_cast<int>(i));
  }
  m_learnedBy->setEnabled(m_learnedBy->count() > 0);
  if (m_learnedBy->count() == 0) m_learnedBy->addItem(QStringLiteral("no run yet"));
  m_fields->setRowVisible(m_learnedBy, traits(method()).takesSubNets);
  m_filling = before;
}

// The group Lasso starts from the whole network: what is left of it makes the sub-nets.
std::vector<Variant> TrainingForm::offered() const {
  if (traits(method()).takesSubNets) return learned() == nullptr ? std::vector<Variant>() : learned()->variants;
  return usualVariants(m_spec, method());
}

void TrainingForm::showVariants() {
  const bool before = m_filling;
  m_filling = true;
  m_variants->clear();
  for (const Variant &variant : offered()) {
    auto *item = new QListWidgetItem(variantTitle(variant.name), m_variants);
    item->setData(Qt::UserRole, variant.name);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(Qt::Checked);
  }
  const int lines = std::clamp(m_variants->count(), 1, MostVariantLines);
  const int line = m_variants->count() > 0 ? m_variants->sizeHintForRow(0) : fontMetrics().height();
  m_variants->setFixedHeight(line * lines + 2 * m_variants->frameWidth());
  m_filling = before;
}

const Recipe &TrainingForm::chosenRecipe() const {
  return m_recipes[static_cast<std::size_t>(std::max(0, m_recipe->currentIndex()))];
}

void TrainingForm::showRecipe() {
  if (m_filling) return;
  m_filling = true;
  const Recipe &recipe = chosenRecipe();
  m_epochs->setValue(recipe.epochs);
  m_teacherEpochs->setValue(std::max(1, recipe.teacher_epochs));
  showTeacher();
  m_batch->setValue(recipe.batch);
  m_learningRate->setValue(recipe.learning_rate);
  m_scale->setChecked(recipe.scale);
  m_filling = false;
  showCost();
}

void TrainingForm::showTeacher() {
  const bool taught = traits(chosenRecipe().method).distils;
  m_fields->setRowVisible(m_teacher, taught);
  m_fields->setRowVisible(m_teacherEpochs, taught && m_teacher->isTrained());
}

Recipe TrainingForm::recipe() const {
  Recipe recipe = chosenRecipe();
  recipe.epochs = m_epochs->value();
  if (traits(recipe.method).distils) recipe.teacher_epochs = m_teacherEpochs->value();
  recipe.batch = m_batch->value();
  recipe.learning_rate = m_learningRate->value();
  recipe.scale = m_scale->isChecked();
  return recipe;
}

Job TrainingForm::job() const {
  const QString place = QStringLiteral("training");
  const DataFacts known = facts();
  if (!known.problem.isEmpty()) throw Error(place, known.problem);
  if (known.classes == 0)
    throw Error(place, QStringLiteral("the data set is still being read"), QStringLiteral("wait a moment"));
  Job job;
  job.network = loadNetworkFor(m_spec.name, known.classes);
  const std::vector<Variant> variants = offered();
  if (variants.empty())
    throw Error(place, QStringLiteral("no run has learned sub-nets of this network yet"),
                QStringLiteral("train it with the clipped group Lasso first; its run then stands under Sub-nets of"));
  for (std::size_t i = 0; i < variants.size(); ++i)
    if (m_variants->item(static_cast<int>(i))->checkState() == Qt::Checked) job.variants.push_back(variants[i]);
  if (job.variants.empty())
    throw Error(place, QStringLiteral("no variant is chosen"), QStringLiteral("tick at least one"));
  job.recipe = recipe();
  job.binding = methodBinding(job.recipe.method);
  if (traits(job.recipe.method).distils) chooseTeacher(job, m_teacher->who());
  job.data = m_data->chosen();
  job.dataCrop = m_data->pictures().crop;
  job.dataResize = m_data->pictures().resize;
  job.name = m_name->text().trimmed();
  job.images = m_images->value();
  job.seed = static_cast<std::uint64_t>(m_seed->value());
  return job;
}

Job TrainingForm::checkedJob() const {
  Job asked = job();
  checkSizes(asked, facts());
  return asked;
}

QString TrainingForm::dataKey() const {
  const FolderOptions sizes = m_data->pictures();
  return QStringLiteral("%1|%2|%3").arg(m_data->chosen()).arg(sizes.crop).arg(sizes.resize);
}

bool TrainingForm::isReading() const { return m_reading->isRunning(); }

DataFacts TrainingForm::facts() const {
  const auto known = m_facts.find(dataKey());
  return known == m_facts.end() ? DataFacts() : known->second;
}

void TrainingForm::setData(const QString &nameOrFolder) { m_data->choose(nameOrFolder); }

// What could not be read is tried again: the files may be there now.
void TrainingForm::readData() {
  if (!isVisible()) return m_reading->stop();  // until somebody looks at the form
  const QString key = dataKey();
  if (const auto known = m_facts.find(key); known != m_facts.end() && known->second.problem.isEmpty())
    return showCost();
  m_facts.erase(key);
  FolderOptions options = m_data->pictures();
  m_reading->start(
      [this, key, set = m_data->chosen(), options](const std::stop_token &stop) mutable -> LatestRun::Answer {
        options.stop = stop;
        const DataFacts read = readDataFacts(set, options);
        return [this, key, read] {
          m_facts[key] = read;
          showCost();
        };
      });
  showCost();
}

void TrainingForm::setRate(const std::optional<MeasuredRate> &rate) {
  m_rate = rate;
  showCost();
}

void TrainingForm::showCost() {
  if (m_filling) return;
  m_summary->setRecipe(asSentence(chosenRecipe().source));
  m_asRecipe->setEnabled(!(recipe() == chosenRecipe()));
  const DataFacts known = facts();
  if (!known.problem.isEmpty())
    m_summary->setData(known.problem);
  else if (known.classes == 0)
    m_summary->setData(QStringLiteral("Reading…"));
  else
    m_summary->setData(dataText(known));
  try {
    const Job asked = job();
    checkSizes(asked, known);
    m_summary->setCost(costText(asked, known, m_rate));
    m_start->setEnabled(true);
  } catch (const Error &error) {
    m_summary->setCost(known.problem.isEmpty() ? error.message() : QStringLiteral("Not known without the data."));
    m_start->setEnabled(known.classes > 0 || !known.problem.isEmpty());  // pressed, it says what to do
  }
  Q_EMIT changed();
}

}  // namespace pimento

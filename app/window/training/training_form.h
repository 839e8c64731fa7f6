// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <map>
#include <optional>

#include "app/session/learned_variants.h"
#include "app/session/training_setup.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QGridLayout;
class QListWidget;
class QLineEdit;
class QPushButton;

namespace pimento {

class NumberBox;
class WholeBox;

class DataSetPicker;
class LatestRun;
class TeacherPicker;
class TrainingSummary;

// Everything that makes a training run, and what it will cost. Each choice leaves only what goes with it.
class TrainingForm : public QWidget {
  Q_OBJECT
 public:
  explicit TrainingForm(QWidget *parent = nullptr);
  ~TrainingForm() override;

  // The job as chosen. Throws Error that says what is missing.
  [[nodiscard]] Job job() const;
  [[nodiscard]] Job checkedJob() const;  // to be started: its images fit the network's input, too
  [[nodiscard]] bool isReading() const;  // the data set
  void setRate(const std::optional<MeasuredRate> &rate);
  void setData(const QString &nameOrFolder);
  void setLearned(const std::vector<LearnedVariants> &learned);  // what the fused training can start from
  // Where the chosen sub-nets stand, if the method trains learned ones: a directory as pimento train --variants has it.
  [[nodiscard]] QString learnedFrom() const;

 Q_SIGNALS:
  void startRequested();
  void commandRequested();
  void changed();

 private:
  void buildFields();
  void buildSettings();
  QLayout *startRow();
  void showNetwork();   // the methods that it allows
  void showVariants();  // of the network and the method, or the learned ones that are chosen
  void fillLearned();
  void showRecipes();  // of the method
  void showRecipe();
  void showTeacher();
  void readData();
  void showCost();
  [[nodiscard]] Recipe recipe() const;  // as edited
  [[nodiscard]] Method method() const;
  [[nodiscard]] const LearnedVariants *learned() const;  // that are chosen; null: none, or of no use to the method
  [[nodiscard]] std::vector<Variant> offered() const;    // variants to tick
  [[nodiscard]] const Recipe &chosenRecipe() const;
  [[nodiscard]] DataFacts facts() const;
  [[nodiscard]] QString dataKey() const;  // of what was read: the set and the size of its pictures
  void showEvent(QShowEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void arrange();

  NetworkSpec m_spec;  // with its default classes
  std::vector<Recipe> m_recipes;
  std::map<QString, DataFacts> m_facts;  // by data set, once read
  std::optional<MeasuredRate> m_rate;
  std::vector<LearnedVariants> m_learned;
  bool m_filling = false;
  LatestRun *m_reading;
  DataSetPicker *m_data;
  QFormLayout *m_fields;
  QComboBox *m_network;
  QComboBox *m_method;
  QComboBox *m_recipe;
  QComboBox *m_learnedBy;
  QListWidget *m_variants;
  WholeBox *m_epochs;
  TeacherPicker *m_teacher;
  WholeBox *m_teacherEpochs;
  WholeBox *m_batch;
  NumberBox *m_learningRate;
  QLineEdit *m_name;
  WholeBox *m_images;
  WholeBox *m_seed;
  QPushButton *m_asRecipe;
  QCheckBox *m_scale;
  QWidget *m_choices;
  TrainingSummary *m_summary;
  QGridLayout *m_grid;
  QPushButton *m_start;
};

}  // namespace pimento

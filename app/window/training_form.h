// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <map>
#include <optional>

#include "app/window/training_setup.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QListWidget;
class QPushButton;
class QSpinBox;

namespace pimento {

class LatestRun;

// Everything that makes a training run, and what it will cost. Each choice leaves only what goes with it.
class TrainingForm : public QWidget {
  Q_OBJECT
 public:
  explicit TrainingForm(QWidget *parent = nullptr);
  ~TrainingForm() override;

  // The job as chosen. Throws Error that says what is missing.
  [[nodiscard]] Job job() const;
  [[nodiscard]] bool isReading() const;  // the data set
  void setRate(const std::optional<MeasuredRate> &rate);
  void setData(const QString &nameOrFolder);

 Q_SIGNALS:
  void startRequested();
  void commandRequested();
  void changed();

 private:
  void buildFields();
  void buildSettings();
  void buildSummary();
  void browse();
  void showNetwork();  // the methods that it allows
  void showVariants(Method method);
  void showRecipes();  // of the method
  void showRecipe();
  void readData();
  void showCost();
  [[nodiscard]] Recipe recipe() const;  // as edited
  [[nodiscard]] const Recipe &chosenRecipe() const;
  [[nodiscard]] DataFacts facts() const;
  void resizeEvent(QResizeEvent *event) override;
  void arrange();

  NetworkSpec m_spec;  // with its default classes
  std::vector<Recipe> m_recipes;
  std::map<QString, DataFacts> m_facts;  // by data set, once read
  std::optional<MeasuredRate> m_rate;
  bool m_filling = false;
  LatestRun *m_reading;
  QFormLayout *m_fields;
  QComboBox *m_network;
  QComboBox *m_method;
  QComboBox *m_data;
  QComboBox *m_recipe;
  QListWidget *m_variants;
  QSpinBox *m_epochs;
  QSpinBox *m_teacherEpochs;
  QSpinBox *m_batch;
  QDoubleSpinBox *m_learningRate;
  QSpinBox *m_images;
  QSpinBox *m_seed;
  QPushButton *m_asRecipe;
  QLabel *m_methodText;
  QLabel *m_dataText;
  QLabel *m_recipeText;
  QLabel *m_cost;
  QPushButton *m_start;
  QWidget *m_left;
  QWidget *m_right;
};

}  // namespace pimento

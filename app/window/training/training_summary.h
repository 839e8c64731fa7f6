// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

class QLabel;

namespace pimento {

// What the choices of a training run mean and what it will cost.
class TrainingSummary : public QWidget {
  Q_OBJECT
 public:
  explicit TrainingSummary(QWidget *parent = nullptr);

  void setMethod(const QString &text);
  void setRecipe(const QString &text);
  void setData(const QString &text);
  void setCost(const QString &text);

 private:
  QLabel *m_method;
  QLabel *m_recipe;
  QLabel *m_data;
  QLabel *m_cost;
};

}  // namespace pimento

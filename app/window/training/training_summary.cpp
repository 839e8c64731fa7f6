// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/training/training_summary.h"

#include <QLabel>
#include <QVBoxLayout>

namespace pimento {

namespace {

QLabel *paragraph(const char *name) {
  auto *label = new QLabel;
  label->setObjectName(QString::fromLatin1(name));
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return label;
}

QLabel *heading(const QString &text) {
  auto *label = new QLabel(QStringLiteral("<b>%1</b>").arg(text));
  label->setTextFormat(Qt::RichText);
  return label;
}

}  // namespace

TrainingSummary::TrainingSummary(QWidget *parent)
    : QWidget(parent),
      m_method(paragraph("trainingMethodText")),
      m_recipe(paragraph("trainingRecipeText")),
      m_data(paragraph("trainingDataText")),
      m_cost(paragraph("trainingCost")) {
  auto *column = new QVBoxLayout(this);
  for (const auto &[title, text] :
       {std::pair{QStringLiteral("Method"), m_method}, std::pair{QStringLiteral("Recipe"), m_recipe},
        std::pair{QStringLiteral("Data"), m_data}, std::pair{QStringLiteral("What it costs"), m_cost}}) {
    column->addWidget(heading(title));
    column->addWidget(text);
    column->addSpacing(fontMetrics().lineSpacing() / 2);
  }
  column->addStretch(1);
}

void TrainingSummary::setMethod(const QString &text) { m_method->setText(text); }
void TrainingSummary::setRecipe(const QString &text) { m_recipe->setText(text); }
void TrainingSummary::setData(const QString &text) { m_data->setText(text); }
void TrainingSummary::setCost(const QString &text) { m_cost->setText(text); }

}  // namespace pimento

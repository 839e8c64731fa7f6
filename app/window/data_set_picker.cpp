// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/data_set_picker.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

#include "core/data/dataset.h"

namespace pimento {

DataSetPicker::DataSetPicker(const QString &prefix, QWidget *parent) : QWidget(parent), m_sets(new QComboBox) {
  m_sets->setObjectName(prefix + QStringLiteral("Data"));
  m_sets->setAccessibleName(QStringLiteral("Data set"));
  m_sets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  for (const KnownSet &set : knownSets())
    m_sets->addItem(QString::fromLatin1(set.title), QString::fromLatin1(set.name));
  auto *folder = new QPushButton(QStringLiteral("F&older…"));
  folder->setObjectName(prefix + QStringLiteral("Folder"));
  folder->setAccessibleName(QStringLiteral("Choose a folder with a data set"));
  folder->setToolTip(
      QStringLiteral("MNIST's files, CIFAR's binary batches, or pictures as train/CLASS/… and test/CLASS/…"));
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(m_sets, 1);
  row->addWidget(folder);
  connect(folder, &QPushButton::clicked, this, &DataSetPicker::browse);
  connect(m_sets, &QComboBox::currentIndexChanged, this, &DataSetPicker::changed);
}

void DataSetPicker::addTo(QFormLayout *fields) {
  auto *label = new QLabel(QStringLiteral("&Data set"));
  label->setBuddy(m_sets);
  fields->addRow(label, this);
}

QString DataSetPicker::chosen() const { return m_sets->currentData().toString(); }

void DataSetPicker::choose(const QString &nameOrFolder) {
  if (m_sets->findData(nameOrFolder) < 0) m_sets->addItem(nameOrFolder, nameOrFolder);
  m_sets->setCurrentIndex(m_sets->findData(nameOrFolder));
}

void DataSetPicker::browse() {
  const QString folder = QFileDialog::getExistingDirectory(this, QStringLiteral("Folder with a data set"));
  if (!folder.isEmpty()) choose(folder);
}

}  // namespace pimento

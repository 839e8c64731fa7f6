// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/training/data_set_picker.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

#include "app/window/controls/number_box.h"
#include "core/data/dataset.h"

namespace pimento {

namespace {

constexpr int MostPixels = 1024;

WholeBox *pixels(const QString &name, const QString &title, const QString &otherwise) {
  auto *box = new WholeBox;
  box->setObjectName(name);
  box->setAccessibleName(title);
  box->setRange(0, MostPixels);
  box->setSpecialValueText(otherwise);
  box->setSuffix(QStringLiteral(" px"));
  return box;
}

}  // namespace

DataSetPicker::DataSetPicker(const QString &prefix, QWidget *parent)
    : QWidget(parent),
      m_sets(new QComboBox),
      m_sizes(new QWidget),
      m_crop(pixels(prefix + QStringLiteral("Crop"), QStringLiteral("Crop"), QStringLiteral("as they are"))),
      m_resize(pixels(prefix + QStringLiteral("Resize"), QStringLiteral("Resize"), QStringLiteral("as cropped"))) {
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
  m_crop->setToolTip(QStringLiteral("The middle of each picture, as many pixels square; needed if their sizes differ"));
  m_resize->setToolTip(QStringLiteral("The shorter side of each picture is scaled to this before it is cropped"));
  auto *sizes = new QHBoxLayout(m_sizes);
  sizes->setContentsMargins(0, 0, 0, 0);
  sizes->addWidget(m_crop, 1);
  auto *label = new QLabel(QStringLiteral("after &sizing to"));
  label->setBuddy(m_resize);
  sizes->addWidget(label);
  sizes->addWidget(m_resize, 1);
  connect(folder, &QPushButton::clicked, this, &DataSetPicker::browse);
  connect(m_sets, &QComboBox::currentIndexChanged, this, [this] {
    showSizes();
    Q_EMIT changed();
  });
  connect(m_crop, &QSpinBox::valueChanged, m_resize, [this](int crop) { m_resize->setEnabled(crop > 0); });
  m_resize->setEnabled(false);
  for (WholeBox *box : {m_crop, m_resize}) connect(box, &QSpinBox::valueChanged, this, &DataSetPicker::changed);
}

void DataSetPicker::addTo(QFormLayout *fields) {
  m_fields = fields;
  auto *label = new QLabel(QStringLiteral("&Data set"));
  label->setBuddy(m_sets);
  fields->addRow(label, this);
  auto *crop = new QLabel(QStringLiteral("Cro&p pictures to"));
  crop->setBuddy(m_crop);
  fields->addRow(crop, m_sizes);
  showSizes();
}

QString DataSetPicker::chosen() const { return m_sets->currentData().toString(); }

FolderOptions DataSetPicker::pictures() const {
  FolderOptions options;
  if (m_sizes->isHidden()) return options;
  options.crop = m_crop->value();
  options.resize = options.crop > 0 ? m_resize->value() : 0;
  return options;
}

QStringList DataSetPicker::words() const {
  QStringList words{QStringLiteral("--data"), chosen()};
  const FolderOptions sizes = pictures();
  if (sizes.crop > 0) words << QStringLiteral("--crop") << QString::number(sizes.crop);
  if (sizes.resize > 0) words << QStringLiteral("--resize") << QString::number(sizes.resize);
  return words;
}

void DataSetPicker::choose(const QString &nameOrFolder) {
  if (m_sets->findData(nameOrFolder) < 0) m_sets->addItem(nameOrFolder, nameOrFolder);
  m_sets->setCurrentIndex(m_sets->findData(nameOrFolder));
}

// Of a folder that the user has just chosen: of its names only.
void DataSetPicker::showSizes() {
  const QString set = chosen();
  bool known = false;
  for (const KnownSet &each : knownSets()) known = known || set == QLatin1String(each.name);
  const bool pictures = !known && isImageFolder(set);
  if (m_fields != nullptr) m_fields->setRowVisible(m_sizes, pictures);
}

void DataSetPicker::browse() {
  const QString folder = QFileDialog::getExistingDirectory(this, QStringLiteral("Folder with a data set"));
  if (!folder.isEmpty()) choose(folder);
}

}  // namespace pimento

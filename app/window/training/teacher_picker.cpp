// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/training/teacher_picker.h"

#include <QFileDialog>
#include <QFileInfo>

#include "app/session/labels.h"
#include "core/weights/weights.h"
#include "widgets/plain_text.h"

namespace pimento {

namespace {

const QString Browse = QStringLiteral("/");  // no variant bears that name

}  // namespace

TeacherPicker::TeacherPicker(QWidget *parent) : QComboBox(parent) {
  setToolTip(QStringLiteral("Trained alone first, unless its weights are those of a file"));
  connect(this, &QComboBox::currentIndexChanged, this, [this](int row) {
    if (row < 0 || itemData(row).toString() == Browse) return;
    m_before = row;
    Q_EMIT changed();
  });
  connect(this, &QComboBox::activated, this, [this](int row) {
    if (itemData(row).toString() == Browse) browse();
  });
}

void TeacherPicker::setNetwork(const NetworkSpec &network) {
  const QSignalBlocker quiet(this);
  const QString before = who();
  clear();
  addItem(QStringLiteral("the widest that is trained"), QString());
  for (const Variant &variant : network.variants) addItem(variantTitle(variant.name), variant.name);
  for (const QString &file : m_files) addFile(file, count());
  addItem(QStringLiteral("weights of a file…"), Browse);
  setCurrentIndex(std::max(0, findData(before)));
  m_before = currentIndex();
}

void TeacherPicker::addFile(const QString &path, int row) {
  insertItem(row, QFileInfo(path).fileName(), path);
  setItemData(row, plainTip(path), Qt::ToolTipRole);
}

void TeacherPicker::chooseFile(const QString &path) {
  if (!m_files.contains(path)) {
    m_files << path;
    addFile(path, count() - 1);
  }
  setCurrentIndex(findData(path));
}

void TeacherPicker::browse() {
  setCurrentIndex(m_before);
  auto *dialog = new QFileDialog(this, QStringLiteral("Weights of the teacher"), {},
                                 QStringLiteral("Weights (%1);;All files (*)").arg(weightsPatterns().join(u' ')));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, &TeacherPicker::chooseFile);
  dialog->open();
}

QString TeacherPicker::who() const {
  const QString row = currentData().toString();
  return row == Browse ? itemData(m_before).toString() : row;
}

bool TeacherPicker::isTrained() const { return !m_files.contains(who()); }

}  // namespace pimento

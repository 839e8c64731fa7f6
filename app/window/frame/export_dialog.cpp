// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/frame/export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "app/window/controls/number_box.h"

namespace pimento {

ExportDialog::ExportDialog(const QString &name, QWidget *parent)
    : QDialog(parent),
      m_format(new QComboBox),
      m_width(new QComboBox),
      m_dpi(new WholeBox),
      m_heading(new QCheckBox(QStringLiteral("&Title and takeaway"))),
      m_path(new QLineEdit(QDir::current().filePath(name + QStringLiteral(".svg")))) {
  setWindowTitle(QStringLiteral("Export the chart"));
  for (const char *format : {"svg", "pdf", "png"})
    m_format->addItem(QString::fromLatin1(format).toUpper(), QString::fromLatin1(format));
  m_width->addItem(QStringLiteral("181 mm (page)"), pageWidth_mm);
  m_width->addItem(QStringLiteral("88.9 mm (column)"), columnWidth_mm);
  m_dpi->setRange(72, 1200);
  m_dpi->setValue(300);
  m_dpi->setSuffix(QStringLiteral(" dpi"));
  m_format->setObjectName(QStringLiteral("exportFormat"));
  m_width->setObjectName(QStringLiteral("exportWidth"));
  m_dpi->setObjectName(QStringLiteral("exportDpi"));
  m_heading->setChecked(true);
  m_heading->setObjectName(QStringLiteral("exportHeading"));
  m_path->setObjectName(QStringLiteral("exportPath"));
  m_path->setMinimumWidth(fontMetrics().averageCharWidth() * 50);
  auto *choose = new QPushButton(QStringLiteral("&Choose…"));
  connect(choose, &QPushButton::clicked, this, &ExportDialog::browse);
  auto *file = new QHBoxLayout;
  file->addWidget(m_path, 1);
  file->addWidget(choose);
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
  m_accept = buttons->button(QDialogButtonBox::Save);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto *form = new QFormLayout(this);
  form->addRow(QStringLiteral("&Format"), m_format);
  form->addRow(QStringLiteral("&Width"), m_width);
  form->addRow(QStringLiteral("&Resolution"), m_dpi);
  form->addRow(QString(), m_heading);
  auto *fileLabel = new QLabel(QStringLiteral("F&ile"));
  fileLabel->setBuddy(m_path);
  form->addRow(fileLabel, file);
  form->addRow(buttons);
  connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::showChoice);
  connect(m_path, &QLineEdit::textChanged, this,
          [this](const QString &text) { m_accept->setEnabled(!text.isEmpty()); });
  showChoice();
}

// The file's ending follows the format; pixels are a matter of PNG alone.
void ExportDialog::showChoice() {
  m_dpi->setEnabled(format() == ChartFormat::Png);
  const QFileInfo file(m_path->text());
  m_path->setText(file.dir().filePath(file.completeBaseName() + QLatin1Char('.') + m_format->currentData().toString()));
}

void ExportDialog::browse() {
  const QString path = QFileDialog::getSaveFileName(this, windowTitle(), m_path->text(), {}, nullptr,
                                                    QFileDialog::DontConfirmOverwrite);  // asked when it is written
  if (path.isEmpty()) return;
  m_path->setText(path);
  const int known = m_format->findData(QFileInfo(path).suffix().toLower());
  if (known >= 0) m_format->setCurrentIndex(known);
}

ChartFormat ExportDialog::format() const { return *chartFormatFromName(m_format->currentData().toString()); }

PrintSize ExportDialog::size() const {
  PrintSize size;
  size.width_mm = m_width->currentData().toDouble();
  size.dpi = m_dpi->value();
  size.heading = m_heading->isChecked() ? HeadingIs::Shown : HeadingIs::LeftOut;
  return size;
}

QString ExportDialog::path() const { return m_path->text(); }

}  // namespace pimento

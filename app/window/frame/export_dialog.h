// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDialog>

#include "widgets/figures/chart_export.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace pimento {

class WholeBox;

// Asks for format, width and file of a chart.
class ExportDialog : public QDialog {
  Q_OBJECT
 public:
  explicit ExportDialog(const QString &name, QWidget *parent = nullptr);  // `name` of the file at first

  [[nodiscard]] ChartFormat format() const;
  [[nodiscard]] PrintSize size() const;
  [[nodiscard]] QString path() const;

 private:
  void browse();
  void showChoice();

  QComboBox *m_format;
  QComboBox *m_width;
  WholeBox *m_dpi;
  QCheckBox *m_heading;
  QLineEdit *m_path;
  QPushButton *m_accept;
};

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QComboBox>

#include "core/network/network_spec.h"

namespace pimento {

// Who teaches in a distillation: the widest variant that is trained, another one, or weights that are there already.
class TeacherPicker : public QComboBox {
  Q_OBJECT
 public:
  explicit TeacherPicker(QWidget *parent = nullptr);

  void setNetwork(const NetworkSpec &network);  // whose variants are offered; files that were chosen stay
  void chooseFile(const QString &path);         // of weights, or a run's directory
  [[nodiscard]] QString who() const;            // as chooseTeacher() takes it
  [[nodiscard]] bool isTrained() const;         // before the variants, here; else its weights are given

 Q_SIGNALS:
  void changed();

 private:
  void browse();
  void addFile(const QString &path, int row);

  QStringList m_files;  // that were chosen
  int m_before = 0;     // row that was current before the file dialog
};

}  // namespace pimento

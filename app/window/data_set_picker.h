// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

class QComboBox;
class QFormLayout;

namespace pimento {

// The known data sets and folders of the user's own.
class DataSetPicker : public QWidget {
  Q_OBJECT
 public:
  // Its box is called PREFIXData, its button PREFIXFolder.
  explicit DataSetPicker(const QString &prefix, QWidget *parent = nullptr);

  void addTo(QFormLayout *fields);       // as a row with its label
  [[nodiscard]] QString chosen() const;  // a name or a folder
  void choose(const QString &nameOrFolder);

 Q_SIGNALS:
  void changed();

 private:
  void browse();
  QComboBox *m_sets;
};

}  // namespace pimento

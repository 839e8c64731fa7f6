// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

#include "core/data/image_folder.h"

class QComboBox;
class QFormLayout;

namespace pimento {

class WholeBox;

// The known data sets and folders of the user's own; of a folder of pictures, to which size they are cropped.
class DataSetPicker : public QWidget {
  Q_OBJECT
 public:
  // Its box is called PREFIXData, its button PREFIXFolder, the sizes PREFIXCrop and PREFIXResize.
  explicit DataSetPicker(const QString &prefix, QWidget *parent = nullptr);

  void addTo(QFormLayout *fields);       // as rows with their labels
  [[nodiscard]] QString chosen() const;  // a name or a folder
  void choose(const QString &nameOrFolder);
  [[nodiscard]] FolderOptions pictures() const;  // crop and resize; 0 for other sets
  [[nodiscard]] QStringList words() const;       // --data …, as the verbs take them

 Q_SIGNALS:
  void changed();

 private:
  void browse();
  void showSizes();
  QComboBox *m_sets;
  QWidget *m_sizes;
  WholeBox *m_crop;
  WholeBox *m_resize;
  QFormLayout *m_fields = nullptr;
};

}  // namespace pimento

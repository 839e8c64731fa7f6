// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento {

// The four files of a set of MNIST's format, and the folder that they were found in.
struct IdxFiles {
  QString folder;
  QString name;  // of the set, by the prefix of its files or its folder
  QString trainImages, trainLabels, testImages, testLabels;
};

// Whether any such file is in the folder, or in one inside it.
[[nodiscard]] bool hasIdxFiles(const QString &folder);

// Throws Error that names what was found and what is missing, or the sets among which it can not choose.
[[nodiscard]] IdxFiles findIdxFiles(const QString &folder);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>

namespace pimento {

inline const QString OwnNetworks = QStringLiteral("fashion-mnist.pimento");  // made by projects/make-fashion-mnist

// Where the projects that come with the program may be: beside it, where it is installed, where it is built from.
[[nodiscard]] QStringList sampleFolders();

// Path of a project that comes with the program; empty if it is in none of the folders.
[[nodiscard]] QString findSample(const QString &name, const QStringList &folders = sampleFolders());

}  // namespace pimento

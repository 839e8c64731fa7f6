// SPDX-License-Identifier: GPL-3.0-or-later
// Names of the files that a run leaves in its directory.
#pragma once
#include <QString>

namespace pimento::learn {

inline const QString CheckpointFile = QStringLiteral("checkpoint.safetensors");
inline const QString LastFile = QStringLiteral("last.safetensors");
inline const QString TeacherFile = QStringLiteral("teacher.safetensors");
inline const QString WeightsFile = QStringLiteral("weights.safetensors");
inline const QString StartFile = QStringLiteral("start.json");  // what became of the weights that it began with
inline const QString VariantsFile = QStringLiteral("variants.json");

}  // namespace pimento::learn

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/session/replacing.h"

class QWidget;

namespace pimento {

// Asks before a file is replaced by something else; true if it may be, or if there is none.
[[nodiscard]] bool mayReplace(QWidget *parent, const QString &path, const std::optional<FileStamp> &there,
                              const std::optional<Known> &ours);

}  // namespace pimento

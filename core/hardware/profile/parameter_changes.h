// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <map>

#include "core/hardware/profile/accelerator.h"

namespace pimento {

struct Parameter;

// Parameters that differ from those of some accelerator: key → value, or index of the word for those that have words,
// or LetGo: follows from others again, for those that can.
using ParameterChanges = std::map<QString, double>;

// The accelerator with the changes made. Values that it has already keep their source; the others name `source`.
// Throws Error naming the parameter for an unknown key or a value out of range, or two forms of one; other combinations
// are left to validate().
[[nodiscard]] Accelerator withChanges(const Accelerator &base, const ParameterChanges &changes, const QString &source);

// What must be changed in `base` for the parameter values of `target`.
[[nodiscard]] ParameterChanges changesBetween(const Accelerator &base, const Accelerator &target);

// A changed value as --set takes it: a number, a word, or Follow.
[[nodiscard]] QString changeText(const Parameter &parameter, double value);

// "key=value" as --set takes them, exact.
[[nodiscard]] QStringList assignments(const ParameterChanges &changes);

}  // namespace pimento

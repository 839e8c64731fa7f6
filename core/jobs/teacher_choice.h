// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/jobs/job.h"

namespace pimento {

// Sets who teaches in a distillation, as people name it: a variant, trained alone first; a file of weights or the
// directory of a run, of its widest variant; or VARIANT=FILE. Empty: the widest of the job's variants. The job's
// network is known by then. Throws Error.
void chooseTeacher(Job &job, const QString &who);

// What chooseTeacher() takes to say the same.
[[nodiscard]] QString teacherWord(const Job &job);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/training_name.h"

namespace pimento {

static constexpr QLatin1Char Between(' ');

QString trainingName(const QString &method, const QString &how) {
  return how.isEmpty() ? method : method + Between + how;
}

QString trainingMethod(const QString &training) { return training.section(Between, 0, 0); }

QString trainingHow(const QString &training) { return training.section(Between, 1); }

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include "core/explore/budget.h"

namespace pimento {

class Session;

[[nodiscard]] Budget budgetOf(const Session &session);

// What the budgets are to leave the best of: accuracy, or the first objective if accuracy is not among them.
[[nodiscard]] Objective budgetObjective(const Session &session);
[[nodiscard]] BudgetAnswer answerBudget(const Session &session);

// "Best accuracy within 35 µJ and 30 µs: VGG16 FE+CM2, 53.82 % (published), 34.99 µJ (derived), 28.8 µs (derived).", or
// that none fits and which comes closest. It says if that design is not valid, and how many were left out as invalid.
// Empty without budgets. As rich text the design's name is a link to AnswerLink.
enum class AnswerFormat : std::uint8_t { Plain, Rich };
[[nodiscard]] QString budgetAnswer(const Session &session, AnswerFormat format = AnswerFormat::Plain);

inline const QString AnswerLink = QStringLiteral("design:answer");

}  // namespace pimento

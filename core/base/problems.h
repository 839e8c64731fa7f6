// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>

namespace pimento {

// Runs a program, or part of it. What is thrown is said in one line on standard error: exit code 2 for an Error,
// 1 for anything else.
int reportingProblems(const char *program, const std::function<int()> &run);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/problems.h"

#include <QString>
#include <cstdio>
#include <new>

#include "core/base/error.h"
#include "core/base/visible.h"

namespace pimento {

namespace {

// In one line, whatever it holds.
int say(const QString &problem, int exitCode) {
  std::fprintf(stderr, "%s\n", visible(problem.simplified()).toUtf8().constData());
  return exitCode;
}

}  // namespace

int reportingProblems(const char *program, const std::function<int()> &run) try {
  return run();
} catch (const Error &error) {
  return say(error.message(), 2);
} catch (const std::bad_alloc &) {
  std::fprintf(stderr, "%s: there is not enough memory; close other programs, or ask for less at once\n", program);
  return 1;
} catch (const std::exception &error) {
  return say(QStringLiteral("%1: %2").arg(QString::fromLatin1(program), QString::fromLocal8Bit(error.what())), 1);
}

}  // namespace pimento

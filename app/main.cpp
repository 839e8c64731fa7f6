// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "app/cli/verb.h"
#include "app/process/display.h"
#include "app/process/last_words.h"
#include "app/window/frame/launch.h"
#include "core/base/arguments.h"
#include "core/base/background.h"
#include "core/base/problems.h"

namespace {

constexpr std::chrono::milliseconds Patience(20);  // with work that was asked to stop when its window went

// Verbs that draw use the same platform everywhere, so that they give the same bytes with a display and without.
bool needsCharts(const QString &name) {
  for (const pimento::Verb &verb : pimento::verbs())
    if (name == QLatin1String(verb.name)) return verb.application == pimento::Application::Charts;
  return false;
}

int runProgram(int argc, char **argv) {
  const QStringList arguments = pimento::argumentsOf(argc, argv);
  if (const auto request = pimento::windowRequest(arguments)) {
    const int code = pimento::runWindow(argc, argv, *request);
    if (pimento::Background::waitForAll(Patience)) return code;
    std::fflush(nullptr);
    std::_Exit(code);  // a thread goes on, to no purpose any more
  }
  if (needsCharts(arguments.value(0))) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    pimento::quietQt();
    pimento::sayLastWords();
    const QApplication application(argc, argv);
    return pimento::runCommandLine(arguments);
  }
  const QCoreApplication application(argc, argv);
  return pimento::runCommandLine(arguments);
}

}  // namespace

int main(int argc, char **argv) {
  return pimento::reportingProblems("pimento", [&] { return runProgram(argc, argv); });
}

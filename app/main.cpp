// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <cstdio>

#include "app/cli/verb.h"
#include "app/window/launch.h"
#include "core/base/error.h"

namespace {

QStringList argumentsOf(int argc, char **argv) {
  QStringList arguments;
  for (int i = 1; i < argc; ++i) arguments << QString::fromLocal8Bit(argv[i]);
  return arguments;
}

// Verbs that draw use the same platform everywhere, so that they give the same bytes with a display and without.
bool needsCharts(const QString &name) {
  for (const pimento::Verb &verb : pimento::verbs())
    if (name == QLatin1String(verb.name)) return verb.application == pimento::Application::Charts;
  return false;
}

}  // namespace

int main(int argc, char **argv) {
  const QStringList arguments = argumentsOf(argc, argv);
  try {
    if (const auto request = pimento::windowRequest(arguments)) return pimento::runWindow(argc, argv, *request);
  } catch (const pimento::Error &error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
  if (needsCharts(arguments.value(0))) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    pimento::quietQt();
    const QApplication application(argc, argv);
    return pimento::runCommandLine(arguments);
  }
  const QCoreApplication application(argc, argv);
  return pimento::runCommandLine(arguments);
}

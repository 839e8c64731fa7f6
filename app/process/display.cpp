// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/display.h"

#include <unistd.h>

#include <QtGlobal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace pimento {

namespace {

constexpr const char *ProblemVariable = "PIMENTO_DISPLAY_PROBLEM";

std::vector<std::string> commandLine;  // to start anew with
QString firstWarning;                  // why the display can not be used, in Qt's words

QString oneLine(const QString &text) { return text.simplified().section(QStringLiteral(". "), 0, 0); }

void startAnew() {
  qputenv(ProblemVariable, firstWarning.isEmpty() ? QByteArray("Qt has no plugin for it") : firstWarning.toUtf8());
  std::vector<char *> words;
  for (std::string &word : commandLine) words.push_back(word.data());
  words.push_back(nullptr);
  ::execv("/proc/self/exe", words.data());
}

void endWithALine(QtMsgType type, const QMessageLogContext &, const QString &text) {
  if (type != QtCriticalMsg && type != QtFatalMsg) return;
  std::fprintf(stderr, "pimento: %s\n", qPrintable(oneLine(text)));
  if (type == QtFatalMsg) std::_Exit(1);
}

void tryDisplay(QtMsgType type, const QMessageLogContext &context, const QString &text) {
  if (type == QtWarningMsg && firstWarning.isEmpty()) firstWarning = oneLine(text);
  if (type == QtFatalMsg) startAnew();
  endWithALine(type, context, text);
}

}  // namespace

bool hasDisplay() {
  if (!displayProblem().isEmpty()) return false;
  for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
    if (!qEnvironmentVariableIsEmpty(name)) return true;
  return false;
}

QString displayProblem() { return qEnvironmentVariable(ProblemVariable); }

void startAnewWithoutDisplay(int argc, char **argv) {
  commandLine.assign(argv, argv + argc);
  qInstallMessageHandler(tryDisplay);
}

void displayWorks() { qInstallMessageHandler(nullptr); }

void quietQt() { qInstallMessageHandler(endWithALine); }

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
// Opens a project in a window, puts the designs of a table beside it and saves: the calls of the save count
// (fault_shim.c). Ends with 0, or with 1 and what the window says. Usage: window_saver PROJECT TABLE.csv
#include <dlfcn.h>

#include <QApplication>
#include <cstdio>

#include "app/process/display.h"
#include "app/session/documents.h"
#include "app/session/session.h"
#include "app/window/frame/main_window.h"
#include "app/window/frame/message_bar.h"

int main(int argc, char **argv) {
  pimento::quietQt();
  const QApplication application(argc, argv);
  QCoreApplication::setOrganizationName(QStringLiteral("pimento"));
  pimento::Session session;
  pimento::Documents documents(session);
  pimento::MainWindow window(session, documents);
  documents.open(application.arguments().value(1));
  documents.open(application.arguments().value(2));
  const auto count = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "countFaults"));
  if (count != nullptr) count(1);
  const bool saved = window.save();
  if (count != nullptr) count(0);
  if (saved) return documents.isWorthSaving() ? 2 : 0;
  std::fprintf(stderr, "%s\n", qPrintable(window.findChild<pimento::MessageBar *>()->text()));
  return documents.isWorthSaving() ? 1 : 2;
}

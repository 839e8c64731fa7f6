// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>

#include "app/cli/verb.h"

int main(int argc, char **argv) {
  const QCoreApplication application(argc, argv);
  return pimento::runCommandLine(application.arguments().mid(1));
}

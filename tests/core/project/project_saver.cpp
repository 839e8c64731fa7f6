// SPDX-License-Identifier: GPL-3.0-or-later
// Saves two projects in turn to one path until it is killed: by itself, after so many thousandths of the time that
// saving both took at first. Usage: project_saver PATH THOUSANDTHS
#include <signal.h>
#include <time.h>

#include <QCoreApplication>
#include <QElapsedTimer>

#include "core/project/project_file.h"
#include "tests/core/project/sample_projects.h"

int main(int argc, char **argv) {
  const QCoreApplication application(argc, argv);
  const QString path = application.arguments().value(1);
  const qint64 thousandths = application.arguments().value(2).toLongLong();
  const pimento::Project small = pimento::sampleProject(20);
  const pimento::Project large = pimento::sampleProject(20'000);
  const auto saveBoth = [&] {
    pimento::saveProject(large, path);
    pimento::saveProject(small, path);
  };
  QElapsedTimer clock;
  clock.start();
  saveBoth();
  const qint64 nanoseconds = 1 + clock.nsecsElapsed() * thousandths / 1000;

  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGKILL;
  timer_t timer{};
  const itimerspec when{{}, {nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000}};
  if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0 || timer_settime(timer, 0, &when, nullptr) != 0) return 1;
  while (true) saveBoth();
}

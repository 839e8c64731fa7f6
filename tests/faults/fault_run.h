// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the built programs while one of their file calls goes wrong (fault_shim.c).
#pragma once
#include <QStringList>
#include <vector>

namespace pimento::test {

// Which call of which program goes wrong, and how.
struct Fault {
  QString folder;   // whose files are watched
  QString program;  // "pimento-learn"; empty: every program
  QString how = QStringLiteral("kill");
  long call = 0;       // from 1; 0: none, they are counted
  bool waits = false;  // until the program begins to count (fault_shim.c)
};

struct FaultedRun {
  bool crashed = false;  // by a signal
  int exitCode = -1;     // if not
  QByteArray out;
  QByteArray err;
  long calls = 0;     // of the program that counted last, if it came to its end
  QStringList kinds;  // "open", "write", …: of each of them, where they were only counted; none of allocations
  QString happened;   // "17 write /…/events.jsonl"; empty: the program made fewer calls
};

// Starts build/…/bin/PROGRAM in `directory` with the fault, and waits up to a minute for its end.
[[nodiscard]] FaultedRun runWithFault(const QString &program, const QStringList &arguments, const QString &directory,
                                      const Fault &fault, const QByteArray &input = {});

// Which calls of a run that was counted are tried: all of them where the environment says PIMENTO_FAULTS=all
// (./bootstrap faults), else a fixed sample of about `sample`, spread evenly, the first and the last among them. Where
// it is large enough for that, every kind of call is among them.
[[nodiscard]] std::vector<long> triedCalls(const FaultedRun &counted, long sample);

}  // namespace pimento::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault_run.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <algorithm>
#include <map>
#include <set>

namespace pimento::test {

namespace {

void readLog(const QString &path, const Fault &fault, FaultedRun &run) {
  QFile log(path);
  if (!log.open(QIODevice::ReadOnly)) return;
  for (const QByteArray &line : log.readAll().split('\n')) {
    const QString text = QString::fromUtf8(line);
    if (text.startsWith(QStringLiteral("calls ")))
      run.calls = text.mid(6).toLong();
    else if (!text.isEmpty() && fault.call == 0)
      run.kinds << text.section(QLatin1Char(' '), 1, 1);
    else if (!text.isEmpty())
      run.happened = text;
  }
}

// Of each kind the call in the middle.
std::set<long> oneOfEachKind(const QStringList &kinds) {
  std::map<QString, std::vector<long>> calls;
  for (qsizetype i = 0; i < kinds.size(); ++i) calls[kinds[i]].push_back(static_cast<long>(i) + 1);
  std::set<long> chosen;
  for (const auto &[kind, numbers] : calls) chosen.insert(numbers[numbers.size() / 2]);
  return chosen;
}

}  // namespace

FaultedRun runWithFault(const QString &program, const QStringList &arguments, const QString &directory,
                        const Fault &fault, const QByteArray &input) {
  constexpr int Patience_ms = 60'000;
  const QTemporaryDir notes;
  const QString log = notes.filePath(QStringLiteral("log"));
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("LD_PRELOAD"),
                     QCoreApplication::applicationDirPath() + QStringLiteral("/libfault_shim.so"));
  environment.insert(QStringLiteral("FAULT_FOLDER"), QFileInfo(fault.folder).canonicalFilePath());
  if (!fault.program.isEmpty()) environment.insert(QStringLiteral("FAULT_PROGRAM"), fault.program);
  environment.insert(QStringLiteral("FAULT_HOW"), fault.how);
  environment.insert(QStringLiteral("FAULT_CALL"), QString::number(fault.call));
  environment.insert(QStringLiteral("FAULT_LOG"), log);
  if (fault.waits) environment.insert(QStringLiteral("FAULT_WAITS"), QStringLiteral("1"));
  QProcess process;
  process.setProcessEnvironment(environment);
  process.setWorkingDirectory(directory);
  process.start(QCoreApplication::applicationDirPath() + QLatin1Char('/') + program, arguments);
  process.write(input);
  process.closeWriteChannel();
  FaultedRun run;
  if (!process.waitForFinished(Patience_ms)) {
    ADD_FAILURE() << program.toStdString() << " does not end, with call " << fault.call << " of "
                  << fault.how.toStdString();
    process.kill();
    process.waitForFinished();
  }
  run.crashed = process.exitStatus() != QProcess::NormalExit;
  if (!run.crashed) run.exitCode = process.exitCode();
  run.out = process.readAllStandardOutput();
  run.err = process.readAllStandardError();
  readLog(log, fault, run);
  return run;
}

std::vector<long> triedCalls(const FaultedRun &counted, long sample) {
  const bool all = qEnvironmentVariable("PIMENTO_FAULTS") == QStringLiteral("all");
  const long wanted = all ? counted.calls : std::min(counted.calls, sample);
  std::set<long> calls = oneOfEachKind(counted.kinds);
  if (all || static_cast<long>(calls.size()) > wanted) calls.clear();
  const long even = std::max(wanted - static_cast<long>(calls.size()), std::min(wanted, 2L));
  for (long i = 0; i < even; ++i) calls.insert(even == 1 ? 1 : 1 + i * (counted.calls - 1) / (even - 1));
  return {calls.begin(), calls.end()};
}

}  // namespace pimento::test

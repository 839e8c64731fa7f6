// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/failing_calls.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include "core/files/save_file.h"

namespace pimento::test {

namespace {

// What a fault leaves that hurts nobody: the part of a new file, a lock that its process holds no more, and what
// programs keep for themselves.
bool isRemains(const QString &name) {
  static const QRegularExpression torn(QStringLiteral("\\.[A-Za-z0-9]{6}$"));
  return torn.match(name).hasMatch() || name.endsWith(QStringLiteral(".lock")) ||
         name.startsWith(QStringLiteral("home/"));
}

// Without how long it took.
QByteArray steady(const QByteArray &output) {
  static const QRegularExpression rate(QStringLiteral("\"(images_per_s|seconds|[a-z_]*_ms)\":[^,}]*"));
  return QString::fromUtf8(output).remove(rate).toUtf8();
}

}  // namespace

std::ostream &operator<<(std::ostream &out, const Command &command) { return out << command.name; }

Files filesOf(const QString &folder, const QString &inside) {
  Files files;
  const QDir dir(QDir(folder).filePath(inside));
  for (const QFileInfo &entry : dir.entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)) {
    const QString name = inside.isEmpty() ? entry.fileName() : inside + QLatin1Char('/') + entry.fileName();
    if (entry.isDir()) {
      files.merge(filesOf(folder, name));
      continue;
    }
    QFile file(entry.filePath());
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name.toStdString();
    files[name] = file.readAll();
  }
  return files;
}

void FailingCalls::TearDownTestSuite() {
  delete s_start;
  delete s_folder;
}

void FailingCalls::keepFiles() { s_start = new Files(filesOf(s_folder->path())); }

FaultedRun FailingCalls::run(const Command &command, const char *how, long call) {
  QDir(s_folder->path()).removeRecursively();
  for (const auto &[name, bytes] : *s_start) {
    const QString file = s_folder->filePath(name);
    makeFolder(QFileInfo(file).path());
    writeWhole(file, bytes);
  }
  const QString home = path("home");
  makeFolder(home);
  for (const char *variable : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
    qputenv(variable, home.toLocal8Bit());
  return runWithFault(
      command.program, command.words.split(QLatin1Char(' ')), s_folder->path(),
      {.folder = s_folder->path(), .how = QString::fromLatin1(how), .call = call, .waits = command.waits},
      command.input);
}

void FailingCalls::expectHonest(const FaultedRun &faulted, const FaultedRun &done, const std::string &what) {
  EXPECT_FALSE(faulted.crashed) << what;
  if (faulted.exitCode == 0) {
    EXPECT_EQ(steady(faulted.out), steady(done.out)) << what;
  } else {
    EXPECT_EQ(faulted.err.trimmed().count('\n'), 0) << what;
    EXPECT_FALSE(faulted.err.trimmed().isEmpty()) << what;
  }
}

void FailingCalls::tryAll(const Command &command, const char *how) {
  const FaultedRun done = run(command, how, 0);
  ASSERT_EQ(done.exitCode, 0) << done.err.toStdString();
  ASSERT_TRUE(done.calls > 0 || qstrcmp(how, "memory") == 0) << "nothing can fail";
  const Files after = filesOf(s_folder->path());
  int failures = 0;
  for (const long call : triedCalls(done, command.sample)) {
    const FaultedRun faulted = run(command, how, call);
    const std::string what =
        std::string(how) + ": " + faulted.happened.toStdString() + "\n" + faulted.err.toStdString();
    expectHonest(faulted, done, what);
    expectWhole(after, faulted.exitCode == 0, what);
    failures += faulted.exitCode == 0 ? 0 : 1;
  }
  RecordProperty("calls", static_cast<int>(done.calls));
  RecordProperty("failures", failures);
}

void FailingCalls::killAll(const Command &command) {
  const FaultedRun done = run(command, "kill", 0);
  ASSERT_EQ(done.exitCode, 0) << done.err.toStdString();
  ASSERT_GE(done.calls, 5) << "a file, written, brought to the disk, renamed";
  const Files after = filesOf(s_folder->path());
  for (const long call : triedCalls(done, command.sample)) {
    const FaultedRun killed = run(command, "kill", call);
    const std::string what = "killed: " + killed.happened.toStdString();
    EXPECT_TRUE(killed.crashed) << what;
    expectWhole(after, false, what);
  }
  RecordProperty("calls", static_cast<int>(done.calls));
}

// Every file is as it was, or as it should be; after success all are as they should be.
void FailingCalls::expectWhole(const Files &after, bool success, const std::string &what) {
  const Files found = filesOf(s_folder->path());
  for (const auto &[name, bytes] : found) {
    if (isRemains(name)) continue;
    const auto old = s_start->find(name);
    const auto fresh = after.find(name);
    const bool isFresh = fresh != after.end() && fresh->second == bytes;
    const bool isOld = old != s_start->end() && old->second == bytes;
    EXPECT_TRUE(isFresh || (isOld && !success)) << name.toStdString() << " is neither old nor new, " << what;
  }
  for (const auto &[name, bytes] : success ? after : *s_start)
    EXPECT_TRUE(isRemains(name) || found.contains(name)) << name.toStdString() << " is gone, " << what;
}

}  // namespace pimento::test

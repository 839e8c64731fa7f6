// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <map>

#include "tests/faults/fault_run.h"

namespace pimento::test {

// The files of a folder by their names in it.
using Files = std::map<QString, QByteArray>;
[[nodiscard]] Files filesOf(const QString &folder, const QString &inside = {});

struct Command {
  const char *name;
  QString program;
  QString words;
  long sample = 4;  // calls of a kind that are tried by default
  QByteArray input = {};
  bool waits = false;  // the program says itself when calls begin to count
};
std::ostream &operator<<(std::ostream &out, const Command &command);

// A command whose calls fail, one after the other: it does what it was asked, or says in one line why not and ends with
// another code than 0; no file is torn, and the old ones are whole.
class FailingCalls : public testing::Test {
 protected:
  static void SetUpTestSuite() { s_folder = new QTemporaryDir; }
  static void TearDownTestSuite();
  [[nodiscard]] static QString path(const char *name) { return s_folder->filePath(QString::fromLatin1(name)); }
  // What lies in the folder now is there before every run.
  static void keepFiles();

  // `how` as in fault_shim.c: "fail" or "memory".
  static void tryAll(const Command &command, const char *how);
  // Killed instead: every file is as it was or as it should be.
  static void killAll(const Command &command);

 private:
  static FaultedRun run(const Command &command, const char *how, long call);
  static void expectWhole(const Files &after, bool success, const std::string &what);
  static void expectHonest(const FaultedRun &faulted, const FaultedRun &done, const std::string &what);

  static inline QTemporaryDir *s_folder = nullptr;
  static inline Files *s_start = nullptr;
};

}  // namespace pimento::test

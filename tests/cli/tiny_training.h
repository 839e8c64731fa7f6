// SPDX-License-Identifier: GPL-3.0-or-later
// A folder in which `pimento train` takes a moment.
#pragma once
#include <gtest/gtest.h>

#include <QProcess>
#include <QTemporaryDir>
#include <functional>

#include "tests/cli/program.h"

namespace pimento::test {

// A network of one hidden layer on 3x8x8 images, in two widths, as a file.
[[nodiscard]] QByteArray tinyNetworkFile(int classes);

// net.json, a data set of three classes in data, and recipe.json: distillation, a teacher for one epoch, two epochs.
class TinyTraining : public testing::Test {
 protected:
  void SetUp() override;
  [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
  // "train ./net.json --data data --threads 1" and what else is given, parted by blanks.
  [[nodiscard]] static QStringList trainWords(const char *more);
  // In the folder.
  [[nodiscard]] Output train(const char *more) const { return runPimento(trainWords(more), m_folder.path()); }
  void expectRefusedHere(const char *more, const char *part) const;
  QTemporaryDir m_folder;
};

// pimento as a process that is followed by its lines of JSON.
class FollowedPimento {
 public:
  FollowedPimento(const QStringList &arguments, const QString &directory);
  ~FollowedPimento();
  // Waits for the next event of a kind; empty if the process ended before.
  [[nodiscard]] QJsonObject until(const char *kind);
  [[nodiscard]] qint64 pid() const { return m_process.processId(); }
  void signal(int number) const;
  [[nodiscard]] int end();  // its exit code; minus the signal that ended it
  [[nodiscard]] QByteArray errors() { return m_process.readAllStandardError(); }

 private:
  QProcess m_process;
};

// Waits up to a minute until something holds; whether it does.
[[nodiscard]] bool comesTrue(const std::function<bool()> &holds);

}  // namespace pimento::test

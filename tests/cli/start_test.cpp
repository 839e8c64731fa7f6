// SPDX-License-Identifier: GPL-3.0-or-later
// What a start of the window costs: it opens nothing that nobody looks at.
#include <gtest/gtest.h>

#include <QDir>
#include <QTemporaryDir>

#include "tests/cli/open_watch.h"
#include "tests/cli/program.h"
#include "tests/core/data/sample_files.h"

using namespace pimento::test;

namespace {

// A set under the name of the default one, where the program looks first. The system's own folder is not watched: other
// tests open it meanwhile.
class Start : public testing::Test {
 protected:
  Start() {
    const QString folder = m_data.filePath(QStringLiteral("fashion-mnist"));
    QDir().mkpath(folder);
    for (const char *part : {"train", "t10k"}) {
      const QString prefix = folder + QLatin1Char('/') + QString::fromLatin1(part);
      writeFile(prefix + QStringLiteral("-images-idx3-ubyte"), idxImages(40, 28));
      writeFile(prefix + QStringLiteral("-labels-idx1-ubyte"), idxLabels(40, 10));
    }
    m_folders << folder;
    qputenv("PIMENTO_DATA", m_data.path().toLocal8Bit());
    qputenv("XDG_CACHE_HOME", m_data.filePath(QStringLiteral("cache")).toLocal8Bit());
  }
  ~Start() override {
    qunsetenv("PIMENTO_DATA");
    qunsetenv("XDG_CACHE_HOME");
  }

  QTemporaryDir m_data;
  QStringList m_folders;
};

QStringList words(const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); }

}  // namespace

TEST_F(Start, opensNoDataSet) {
  OpenWatch watch(m_folders);
  ASSERT_EQ(runPimento(words("data fashion-mnist")).exitCode, 0);
  EXPECT_EQ(watch.opened().size(), 4) << "the watch sees what is opened";
  for (const char *command : {"--time-to-first-paint", "--published --time-to-first-paint"}) {
    const Output run = runPimento(words(command));
    EXPECT_EQ(run.exitCode, 0) << run.err.toStdString();
    EXPECT_TRUE(run.out.contains("first paint after")) << run.out.toStdString();
    EXPECT_TRUE(run.out.contains("MB of memory")) << run.out.toStdString();
    EXPECT_TRUE(watch.opened().isEmpty()) << command;
  }
}

TEST_F(Start, readsHeadersForThePageThatTellsOfThem) {
  OpenWatch watch(m_folders);
  const QString picture = m_data.filePath(QStringLiteral("training.png"));
  const Output run = runPimento(words("--published --page training --screenshot") << picture);
  EXPECT_EQ(run.exitCode, 0) << run.err.toStdString();
  EXPECT_EQ(watch.opened().size(), 4);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// The window where no display can be used.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <csignal>

#include "core/files/save_file.h"
#include "tests/cli/program.h"
#include "tests/cli/tiny_training.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QByteArray startOf(const QString &path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.read(4) : QByteArray();
}

}  // namespace

TEST(Display, thatCanNotBeUsedMeansAPictureAndALine) {
  for (const auto &[name, value] : {std::pair{"DISPLAY", ":9753"}, std::pair{"WAYLAND_DISPLAY", "wayland-9753"},
                                    std::pair{"QT_QPA_PLATFORM", "no-such-plugin"}}) {
    const QTemporaryDir folder;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *other : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
      environment.remove(QString::fromLatin1(other));
    environment.insert(QString::fromLatin1(name), QString::fromLatin1(value));
    environment.insert(QStringLiteral("XDG_DATA_HOME"), folder.path());
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder.path());
    process.start(QFileInfo(QStringLiteral(PIMENTO_BINARY)).absoluteFilePath(), {QStringLiteral("--published")});
    ASSERT_TRUE(process.waitForFinished(60'000)) << name;
    EXPECT_EQ(process.exitStatus(), QProcess::NormalExit) << name;
    EXPECT_EQ(process.exitCode(), 0) << name;
    const QByteArray said = process.readAllStandardError();
    EXPECT_TRUE(said.startsWith("pimento: the display can not be used (")) << name << ": " << said.toStdString();
    EXPECT_EQ(said.count('\n'), 1) << said.toStdString();
    EXPECT_TRUE(process.readAllStandardOutput().contains("deco-vgg16")) << name;
    EXPECT_EQ(startOf(folder.filePath(QStringLiteral("pimento-explorer.png"))), "\x89PNG") << name;
  }
}

TEST(Display, pictureReplacesNothingButPictures) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("letter.png"));
  writeWhole(path, "a letter");
  expectRefused({QStringLiteral("--published"), QStringLiteral("--screenshot"), path}, "is no PNG picture");
  EXPECT_EQ(startOf(path), "a le");
  writeWhole(path, "\x89PNG: an older one");
  EXPECT_EQ(runPimento({QStringLiteral("--published"), QStringLiteral("--screenshot"), path}).exitCode, 0);
}

// Where nothing but a file is drawn, an end without memory is said in a line (app/cli/last_words.h).
TEST(Display, windowThatCrashesIsSeenToCrash) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer hears such signals itself";
#endif
  const QTemporaryDir folder;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
  for (const char *home : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
    environment.insert(QString::fromLatin1(home), folder.path());
  QProcess window;
  window.setProcessEnvironment(environment);
  window.setChildProcessModifier([] {
    constexpr rlimit None{0, 0};
    setrlimit(RLIMIT_CORE, &None);
  });
  window.start(pimentoProgram(), {QStringLiteral("--published")});
  ASSERT_TRUE(window.waitForStarted());
  QFile maps(QStringLiteral("/proc/%1/maps").arg(window.processId()));
  const bool drawn = comesTrue([&] {
    const bool open = maps.open(QIODevice::ReadOnly);
    const bool found = open && maps.readAll().contains("libqoffscreen");
    maps.close();
    return found;
  });
  ASSERT_TRUE(drawn);
  ::kill(static_cast<pid_t>(window.processId()), SIGSEGV);
  ASSERT_TRUE(window.waitForFinished(60'000));
  EXPECT_EQ(window.exitStatus(), QProcess::CrashExit) << window.readAllStandardError().toStdString();
}

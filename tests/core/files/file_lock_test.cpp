// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/file_lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <atomic>
#include <csignal>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "tests/core/base/odd_file_systems.h"

using namespace pimento;
using namespace std::chrono_literals;

namespace {

std::optional<FileLock> tryLock(const QString &path, std::chrono::milliseconds patience = 0ms) {
  return FileLock::tryLock(path, patience, QStringLiteral("work"));
}

// Another process that holds the lock until it is killed.
class Holder {
 public:
  explicit Holder(const QString &path) {
    int ready[2];
    EXPECT_EQ(pipe(ready), 0);
    m_child = fork();
    if (m_child == 0) {
      const auto held = tryLock(path);
      static_cast<void>(!write(ready[1], held ? "y" : "n", 1));
      pause();
      _exit(0);
    }
    char answer = 0;
    EXPECT_EQ(read(ready[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y');
    ::close(ready[0]);
    ::close(ready[1]);
  }
  ~Holder() { end(); }
  Holder(const Holder &) = delete;
  Holder &operator=(const Holder &) = delete;

  [[nodiscard]] pid_t pid() const { return m_child; }
  void end() {
    if (m_child <= 0) return;
    kill(m_child, SIGKILL);
    waitpid(m_child, nullptr, 0);
    m_child = 0;
  }

 private:
  pid_t m_child = 0;
};

}  // namespace

TEST(FileLock, excludesOthersAndNamesItsHolder) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.lock"));
  EXPECT_FALSE(lockOwner(path));
  {
    const auto held = tryLock(path);
    ASSERT_TRUE(held);
    EXPECT_FALSE(tryLock(path, 50ms));
    const auto owner = lockOwner(path);
    ASSERT_TRUE(owner);
    EXPECT_EQ(owner->pid, QCoreApplication::applicationPid());
    EXPECT_TRUE(owner->isHere());
  }
  EXPECT_FALSE(lockOwner(path));
  EXPECT_TRUE(QDir(folder.path()).isEmpty(QDir::Files | QDir::Hidden)) << "the lock's file stays behind";
  EXPECT_TRUE(tryLock(path));
}

TEST(FileLock, isFreeOnceItsProcessIsKilledWhateverTheFileSays) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.lock"));
  Holder holder(path);
  EXPECT_FALSE(tryLock(path));
  ASSERT_TRUE(lockOwner(path));
  EXPECT_EQ(lockOwner(path)->pid, holder.pid());
  holder.end();
  EXPECT_TRUE(QFile::exists(path));
  EXPECT_FALSE(lockOwner(path));
  EXPECT_TRUE(tryLock(path));
  for (const char *text : {"", "1\n", "garbage", "99999999\nelsewhere\n"}) {  // however its writing was torn
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    EXPECT_TRUE(tryLock(path)) << text;
  }
}

TEST(FileLock, letsOneAtATimeThroughHoweverManyWait) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.lock"));
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::atomic<int> through = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int turn = 0; turn < 5; ++turn) {
        const auto held = tryLock(path, 60s);
        if (!held) continue;
        most = std::max(most.load(), ++inside);
        ++through;
        --inside;
      }
    });
  for (std::thread &thread : threads) thread.join();
  EXPECT_EQ(through, 40);
  EXPECT_EQ(most, 1);
}

TEST(FileLock, isHeldByALivingProcessWhereTheFileSystemHasNoLocks) {
  const test::WithoutLocks none;
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.lock"));
  {
    const auto held = tryLock(path);
    ASSERT_TRUE(held);
    EXPECT_TRUE(lockOwner(path));
    EXPECT_FALSE(tryLock(path, 50ms));
  }
  EXPECT_FALSE(lockOwner(path));
  Holder holder(path);
  ASSERT_TRUE(lockOwner(path));
  EXPECT_EQ(lockOwner(path)->pid, holder.pid());
  EXPECT_FALSE(tryLock(path));
  holder.end();
  EXPECT_TRUE(QFile::exists(path));
  EXPECT_FALSE(lockOwner(path)) << "its holder is gone";
  EXPECT_TRUE(tryLock(path));
}

TEST(FileLock, letsOthersThroughWhoCanNotBeAskedWhereTheFileSystemHasNoLocks) {
  const test::WithoutLocks none;
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.lock"));
  const auto says = [&](const QByteArray &text) {
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
  };
  says("4711\nelsewhere\n123456\n");
  ASSERT_TRUE(lockOwner(path)) << "who only looks leaves it to that machine";
  EXPECT_EQ(lockOwner(path)->host, QStringLiteral("elsewhere"));
  EXPECT_TRUE(tryLock(path)) << "nothing could be saved there otherwise";
  // A later process has the number of the one that held it.
  says(QByteArray::number(getpid()) + '\n' + QSysInfo::machineHostName().toUtf8() + "\n1\n");
  EXPECT_FALSE(lockOwner(path));
  EXPECT_TRUE(tryLock(path));
}

TEST(FileLock, isHadWhereOpenFilesHaveOtherNumbersThanTheirNames) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.lock"));
  {
    const test::WithOtherNumbers other;
    const auto held = tryLock(path);
    ASSERT_TRUE(held);
    EXPECT_FALSE(tryLock(path, 50ms));
  }
  const test::WithOtherNumbers other;
  const test::WithoutLocks none;
  for (int turn = 0; turn < 2; ++turn) EXPECT_TRUE(tryLock(path)) << "its own name stays in the file";
}

TEST(FileLock, saysWhatItCouldNotProtect) {
  try {
    static_cast<void>(tryLock(QStringLiteral("/nowhere/at/all.lock")));
    FAIL();
  } catch (const Error &error) {
    EXPECT_EQ(error.message(),
              QStringLiteral("work: can not be written (No such file or directory); make the folder first, or choose "
                             "another"));
  }
}

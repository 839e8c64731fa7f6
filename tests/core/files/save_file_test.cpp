// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/save_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <csignal>

using namespace pimento;

namespace {

QByteArray contentOf(const QString &path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

std::string messageOf(const std::function<void()> &action) {
  try {
    action();
  } catch (const Error &error) {
    return error.message().toStdString();
  }
  return "no error";
}

// No file of this process may become longer, as if the disk were full at that point.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &m_before);
    const rlimit limit{bytes, m_before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &m_before);
    std::signal(SIGXFSZ, m_handler);
  }
  FileSizeLimit(const FileSizeLimit &) = delete;
  FileSizeLimit &operator=(const FileSizeLimit &) = delete;

 private:
  rlimit m_before{};
  void (*m_handler)(int);
};

}  // namespace

TEST(SaveFile, replacesTheOldFileOnlyWhenTheNewOneIsCommitted) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.txt"));
  writeWhole(path, "old");
  {
    SaveFile file(path);
    file.write("new");
  }
  EXPECT_EQ(contentOf(path), "old");
  writeWhole(path, "new");
  EXPECT_EQ(contentOf(path), "new");
  EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("a.txt")});
}

TEST(SaveFile, saysWhatTheSystemSaidAndKeepsTheOldFile) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.txt"));
  writeWhole(path, "old");
  {
    const FileSizeLimit limit(1000);
    EXPECT_EQ(messageOf([&] { writeWhole(path, QByteArray(5000, 'x')); }),
              path.toStdString() +
                  ": can not be written (File too large); make room on that disk, or choose a folder "
                  "on another one");
  }
  EXPECT_EQ(contentOf(path), "old");
  EXPECT_EQ(messageOf([&] { writeWhole(folder.filePath(QStringLiteral("no/a.txt")), "x"); }),
            folder.path().toStdString() +
                "/no/a.txt: can not be written (No such file or directory); make the folder first, or choose another");
  EXPECT_EQ(messageOf([&] { makeFolder(path + QStringLiteral("/b")); }),
            path.toStdString() +
                "/b: this folder can not be made (Not a directory); make the folder first, or choose another");
}

TEST(SaveFile, refusesWhatIsNoOrdinaryFile) {
  const QTemporaryDir folder;
  EXPECT_NE(messageOf([&] { writeWhole(folder.path(), "x"); }).find("is a folder"), std::string::npos);
  const QString pipe = folder.filePath(QStringLiteral("pipe"));
  ASSERT_EQ(mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
  EXPECT_NE(messageOf([&] { writeWhole(pipe, "x"); }).find("is no ordinary file"), std::string::npos);
  EXPECT_NE(messageOf([] { writeWhole({}, "x"); }).find("has no name"), std::string::npos);
}

TEST(SaveFile, followsALinkUnlessItIsToBeReplaced) {
  const QTemporaryDir folder;
  const QString target = folder.filePath(QStringLiteral("target"));
  const QString link = folder.filePath(QStringLiteral("link"));
  writeWhole(target, "old");
  ASSERT_TRUE(QFile::link(target, link));
  writeWhole(link, "through the link");
  EXPECT_EQ(contentOf(target), "through the link");
  writeWhole(link, "beside it", Links::Replaced);
  EXPECT_EQ(contentOf(target), "through the link");
  EXPECT_EQ(contentOf(link), "beside it");
  EXPECT_FALSE(QFileInfo(link).isSymLink());
}

TEST(SaveFile, replacesALinkNoSoonerThanItIsCommitted) {
  const QTemporaryDir folder;
  const QString target = folder.filePath(QStringLiteral("target"));
  const QString link = folder.filePath(QStringLiteral("link"));
  writeWhole(target, "old");
  ASSERT_TRUE(QFile::link(target, link));
  {
    SaveFile file(link, Links::Replaced);
    file.write("new");
    EXPECT_EQ(QFileInfo(link).symLinkTarget(), target) << "gone before the new file is there";
  }
  EXPECT_EQ(contentOf(link), "old");
  const FileSizeLimit limit(1000);
  EXPECT_THROW(writeWhole(link, QByteArray(5000, 'x'), Links::Replaced), Error);
  EXPECT_TRUE(QFileInfo(link).isSymLink());
  EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 2) << "something stays behind";
}

TEST(SaveFile, followsNoLinkThatIsLaidWhileItWrites) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.txt"));
  const QString target = folder.filePath(QStringLiteral("target"));
  writeWhole(target, "of another");
  SaveFile file(path, Links::Replaced);
  file.write("new");
  ASSERT_TRUE(QFile::link(target, path));
  file.commit();
  EXPECT_EQ(contentOf(target), "of another");
  EXPECT_FALSE(QFileInfo(path).isSymLink());
  EXPECT_EQ(contentOf(path), "new");
}

TEST(SaveFile, keepsThePermissionsOfTheFileThatItReplaces) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.txt"));
  for (const Links links : {Links::Followed, Links::Replaced}) {
    writeWhole(path, "old", links);
    ASSERT_EQ(chmod(path.toLocal8Bit().constData(), 0640), 0);
    writeWhole(path, "new", links);
    struct stat facts {};
    ASSERT_EQ(stat(path.toLocal8Bit().constData(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0640U);
    QFile::remove(path);
  }
}

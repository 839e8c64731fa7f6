// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_lock.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/files/save_file.h"

using namespace pimento;
using namespace std::chrono_literals;

TEST(ProjectLock, saysWhoHoldsTheProjectByAnyOfItsNames) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.pimento"));
  const QString link = folder.filePath(QStringLiteral("link.pimento"));
  const QString further = folder.filePath(QStringLiteral("inside/further.pimento"));
  writeWhole(path, "x");
  ASSERT_TRUE(QFile::link(path, link));
  ASSERT_TRUE(QDir(folder.path()).mkdir(QStringLiteral("inside")));
  ASSERT_TRUE(QFile::link(QStringLiteral("../link.pimento"), further));
  const FileLock held = lockProject(path, 0ms);
  for (const QString &name : {path, link, further}) {
    try {
      static_cast<void>(lockProject(name, 0ms));
      ADD_FAILURE() << name.toStdString();
    } catch (const Error &error) {
      EXPECT_TRUE(error.message().contains(
          QStringLiteral("is being changed by process %1 on ").arg(QCoreApplication::applicationPid())))
          << error.what();
    }
  }
  EXPECT_NO_THROW(static_cast<void>(lockProject(folder.filePath(QStringLiteral("b.pimento")), 0ms)));
}

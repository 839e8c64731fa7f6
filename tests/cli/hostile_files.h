// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include "tests/cli/program.h"

namespace pimento::test {

// Files that are none: pipes that nobody writes to, devices without an end, and holes of many gigabytes.
enum class Hostile { Pipe, Device, Holes, FewHoles };
inline const auto EveryHostile = testing::Values(Hostile::Pipe, Hostile::Device, Hostile::Holes, Hostile::FewHoles);

// Each is refused at once, by its name, without being read.
class HostileFiles : public testing::TestWithParam<Hostile> {
 protected:
  // A hostile file under this name; its folder is made.
  QString put(const QString &name) const {
    const QString path = m_folder.filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile::remove(path);
    if (GetParam() == Hostile::Pipe) {
      EXPECT_EQ(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    } else if (GetParam() == Hostile::Device) {
      EXPECT_TRUE(QFile::link(QStringLiteral("/dev/zero"), path));
    } else {
      constexpr qint64 Giga = qint64{1} << 30;
      QFile holes(path);
      EXPECT_TRUE(holes.open(QIODevice::WriteOnly));
      EXPECT_TRUE(holes.resize(GetParam() == Hostile::Holes ? 100 * Giga : Giga - 1));
    }
    return path;
  }

  // Refused with exit code 2 and one line that names `file`.
  static void refused(const QString &program, const QStringList &arguments, const QString &file) {
    QElapsedTimer clock;
    clock.start();
    expectRefusedBy(program, arguments, QFileInfo(file).fileName().toUtf8().constData());
    EXPECT_LT(clock.elapsed(), 20'000) << arguments.join(QLatin1Char(' ')).toStdString();
  }

  // Of any program that this process has run so far.
  static long mostMemory_mb() {
    constexpr long KilobytesAMegabyte = 1024;
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    return usage.ru_maxrss / KilobytesAMegabyte;
  }

  [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
  QTemporaryDir m_folder;
};

}  // namespace pimento::test

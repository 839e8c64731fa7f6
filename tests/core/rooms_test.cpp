// SPDX-License-Identifier: GPL-3.0-or-later
// Which room may use which: every #include of the sources, against rooms.csv, which the build reads, too. A room is a folder. It may use
// itself and the rooms that its row names; a row that names more than is used is too wide.
#include <gtest/gtest.h>

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <map>
#include <set>

#include "core/files/csv.h"
#include "core/files/whole_file.h"

using namespace pimento;

namespace {

const QString Table = QStringLiteral("rooms.csv");
constexpr qint64 MostBytes = 4 << 20;

using Rooms = std::map<QString, std::set<QString>>;

QString roomOf(const QString &file) { return file.section(QLatin1Char('/'), 0, -2); }

// Of every room the others that its files include, with one place for each.
std::map<std::pair<QString, QString>, QString> uses() {
  static const QRegularExpression include(QStringLiteral("^#include \"((?:app|core|widgets)/[^\"]+)\""),
                                          QRegularExpression::MultilineOption);
  std::map<std::pair<QString, QString>, QString> found;
  for (const char *top : {"app", "core", "widgets"})
    for (QDirIterator it(QString::fromLatin1(top), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                         QDirIterator::Subdirectories);
         it.hasNext();) {
      const QString file = it.next();
      const QString text = QString::fromUtf8(readWhole(file, MostBytes));
      for (auto match = include.globalMatch(text); match.hasNext();) {
        const QString used = match.next().captured(1);
        if (roomOf(used) != roomOf(file))
          found.try_emplace({roomOf(file), roomOf(used)}, file + QStringLiteral(" includes ") + used);
      }
    }
  return found;
}

Rooms allowed() {
  Rooms rooms;
  const CsvTable table = readCsv(readWhole(Table, MostBytes), Table);
  const auto room = table.column(QStringLiteral("room"), Table);
  const auto others = table.column(QStringLiteral("uses"), Table);
  for (const auto &row : table.rows) {
    const QStringList names = QString(row[others]).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    rooms[row[room]] = {names.begin(), names.end()};
  }
  return rooms;
}

// The first room that is met again on the way down from `room`, or empty.
QString circleFrom(const Rooms &rooms, const QString &room, std::set<QString> &way, std::set<QString> &done) {
  if (way.count(room) > 0) return room;
  if (!done.insert(room).second) return {};
  way.insert(room);
  const auto at = rooms.find(room);
  if (at != rooms.end())
    for (const QString &other : at->second)
      if (const QString met = circleFrom(rooms, other, way, done); !met.isEmpty()) return met;
  way.erase(room);
  return {};
}

}  // namespace

TEST(Rooms, useWhatTheTableAllowsAndNothingElse) {
  const Rooms rooms = allowed();
  const auto used = uses();
  for (const auto &[pair, place] : used) {
    const auto row = rooms.find(pair.first);
    EXPECT_TRUE(row != rooms.end() && row->second.count(pair.second) > 0)
        << pair.first.toStdString() << " may not use " << pair.second.toStdString() << ": " << place.toStdString();
  }
  for (const auto &[room, others] : rooms)
    for (const QString &other : others)
      EXPECT_TRUE(used.count({room, other}) > 0) << room.toStdString() << " does not use " << other.toStdString();
}

TEST(Rooms, useNothingThatUsesThem) {
  const Rooms rooms = allowed();
  std::set<QString> done;
  for (const auto &[room, others] : rooms) {
    std::set<QString> way;
    const QString met = circleFrom(rooms, room, way, done);
    EXPECT_TRUE(met.isEmpty()) << met.toStdString() << " uses itself by way of others";
  }
}

TEST(Rooms, areAllDescribed) {
  const CsvTable table = readCsv(readWhole(Table, MostBytes), Table);
  const auto what = table.column(QStringLiteral("what"), Table);
  for (const auto &row : table.rows) EXPECT_FALSE(QString(row[what]).isEmpty()) << QString(row[0]).toStdString();
  std::set<QString> known;
  for (const auto &[room, others] : allowed()) known.insert(room);
  for (const char *top : {"app", "core", "widgets"})
    for (QDirIterator it(QString::fromLatin1(top), {QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
         it.hasNext();)
      EXPECT_TRUE(known.count(roomOf(it.next())) > 0) << "no row for " << roomOf(it.filePath()).toStdString();
}

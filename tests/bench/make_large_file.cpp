// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a sweep of many designs, to open it by hand: make_large_file FILE.csv|FILE.pimento [ROWS] [front] [networks]
// [heads].
#include <QStringList>
#include <cstdio>

#include "core/base/error.h"
#include "tests/bench/large_files.h"

int main(int argc, char **argv) {
  using namespace pimento;
  QStringList words;
  for (int i = 1; i < argc; ++i) words << QString::fromLocal8Bit(argv[i]);
  if (words.isEmpty()) {
    std::fprintf(stderr, "usage: make_large_file FILE.csv|FILE.pimento [ROWS] [front] [networks] [heads]\n");
    return 2;
  }
  bench::LargeTable wanted;
  for (const QString &word : words.mid(1)) {
    bool number = false;
    const auto rows = word.toULongLong(&number);
    if (number) wanted.rows = rows;
    if (word == QStringLiteral("front")) wanted.spread = bench::Spread::Front;
    if (word == QStringLiteral("networks")) wanted.names = bench::Names::Networks;
    if (word == QStringLiteral("heads")) wanted.heads = true;
  }
  try {
    if (words.front().endsWith(QStringLiteral(".csv")))
      bench::writeLargeCsv(wanted, words.front());
    else
      bench::writeLargeProject(wanted, words.front());
  } catch (const Error &error) {
    std::fprintf(stderr, "%s\n", qPrintable(error.message()));
    return 2;
  }
  return 0;
}

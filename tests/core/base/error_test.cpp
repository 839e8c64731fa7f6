// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include <gtest/gtest.h>

#include <QStringList>

using namespace pimento;

namespace {

std::string remedy(const char *given, const char *known) {
  return knownWords(QString::fromLatin1(given), QString::fromLatin1(known).split(QLatin1Char(' '))).toStdString();
}

}  // namespace

TEST(KnownWords, suggestOnlyWhatIsClose) {
  EXPECT_EQ(remedy("uW", "fJ uJ J"), "did you mean \"uJ\"? known: fJ, uJ, J");
  EXPECT_EQ(remedy("zz", "fJ uJ J"), "known: fJ, uJ, J");
  EXPECT_EQ(remedy("z", "fJ uJ J"), "known: fJ, uJ, J");
  EXPECT_EQ(remedy("cifar-11", "imagenet cifar-10"), "did you mean \"cifar-10\"? known: imagenet, cifar-10");
  EXPECT_EQ(remedy("tmr", "damping tmr_pct"), "did you mean \"tmr_pct\"? known: damping, tmr_pct");
}

TEST(KnownWords, areTwelveAtMost) {
  EXPECT_EQ(remedy("zz", "a b c d e f g h i j k l"), "known: a, b, c, d, e, f, g, h, i, j, k, l");
  EXPECT_EQ(remedy("zz", "a b c d e f g h i j k l m"),
            "known: a, b, c, d, e, f, g, h, i, j, k, l, … (13 in all; see --help)");
}

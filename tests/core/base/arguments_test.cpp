// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/arguments.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

using namespace pimento;

TEST(Arguments, areReadAsUtf8) {
  const char *argv[] = {"pimento", "open", "caf\xC3\xA9.pimento"};
  EXPECT_EQ(argumentsOf(3, argv), (QStringList{QStringLiteral("open"), QStringLiteral("café.pimento")}));
  EXPECT_TRUE(argumentsOf(1, argv).isEmpty());
}

TEST(Arguments, refuseALastLetterThatIsTorn) {
  const char *argv[] = {"pimento", "caf\xE9"};
  EXPECT_THROW(static_cast<void>(argumentsOf(2, argv)), Error);
}

TEST(Arguments, refuseOtherBytesAndSpellThemOut) {
  const char *argv[] = {"pimento", "-o", "caf\xE9\n.pimento"};
  try {
    static_cast<void>(argumentsOf(3, argv));
    FAIL();
  } catch (const Error &error) {
    EXPECT_EQ(
        error.message(),
        QStringLiteral("argument 2: \"caf\\xE9\\x0A.pimento\" is not UTF-8; rename the file (convmv does that), or "
                       "write the word in UTF-8"));
  }
}

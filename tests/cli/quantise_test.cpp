// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QStringList words(const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); }

}  // namespace

TEST(QuantiseVerb, saysWhatItNeeds) {
  EXPECT_TRUE(runPimento(words("quantise --help")).out.contains("post-training"));
  expectRefused(words("quantise"), "names neither a run nor --network");
  expectRefused(words("quantise run --bits 17:8"), "1 to 16 bits");
  expectRefused(words("quantise run --method guess"), "known: post-training");
  expectRefused(words("quantise run --epochs 3"), "has no effect after training");
  expectRefused(words("quantise no/such/run"), "no/such/run");
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/plausible_ranges.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "core/base/error.h"

using namespace pimento;

namespace {

const QString Place = QStringLiteral("--range");

std::string errorOf(const char *text) {
  try {
    static_cast<void>(parseRange(QString::fromUtf8(text), Place));
  } catch (const Error &error) {
    return error.what();
  }
  return {};
}

bool says(const char *text, const std::string &part) {
  const std::string error = errorOf(text);
  EXPECT_NE(error.find(part), std::string::npos) << text << ": " << error;
  return true;
}

}  // namespace

TEST(PlausibleRanges, standBesideEveryContinuousParameterOrItIsSaidWhyNot) {
  std::multiset<std::string> told;
  for (const PlausibleRange &range : plausibleRanges()) told.insert(range.key);
  for (const CertainParameter &certain : certainParameters()) {
    told.insert(certain.key);
    EXPECT_GT(std::string(certain.reason).size(), 10U) << certain.key;
  }
  std::size_t continuous = 0;
  for (const Parameter &p : parameters()) {
    const bool choice = p.whole || !p.words.empty();
    EXPECT_EQ(told.count(p.key), choice ? 0U : 1U) << p.key;
    continuous += choice ? 0 : 1;
  }
  EXPECT_EQ(told.size(), continuous) << "a range of a parameter that is not there";
}

TEST(PlausibleRanges, holdTheProfilesValueAndNameTheirSource) {
  const Accelerator defaults;
  for (const PlausibleRange &range : plausibleRanges()) {
    const Parameter &p = requireParameter(QString::fromLatin1(range.key), Place);
    const double least = std::min(range.optimistic, range.pessimistic);
    const double most = std::max(range.optimistic, range.pessimistic);
    EXPECT_LE(least, 1) << range.key;
    EXPECT_GE(most, 1) << range.key;
    EXPECT_LT(least, most) << range.key;
    EXPECT_GT(least, 0) << range.key;
    EXPECT_GE(p.get(defaults), 0) << range.key << ": of what is off by default it moves the profiles that have it";
    EXPECT_GE(p.get(defaults) * most, p.minimum) << range.key;
    EXPECT_LE(p.get(defaults) * least, p.maximum) << range.key;
    EXPECT_GT(std::string(range.source).size(), 15U) << range.key;
  }
}

TEST(PlausibleRanges, areReadOptimisticEndFirst) {
  const auto [key, offset] = parseRange(QStringLiteral("offset_mv=2:8:log-uniform"), Place);
  EXPECT_EQ(key, QStringLiteral("offset_mv"));
  EXPECT_EQ(offset, (GivenRange{2, 8, RangeShape::LogUniform}));
  EXPECT_EQ(parseRange(QStringLiteral("tmr_pct=180:90"), Place).second, (GivenRange{180, 90, RangeShape::Uniform}));
}

TEST(PlausibleRanges, turnedRoundAreRefusedWithPlaceAndRemedy) {
  says("offset_mv=8:2", "--range: the range of offset_mv is turned round: 8 is the pessimistic end, as less is better");
  says("offset_mv=8:2", "write offset_mv=2:8");
  says("tmr_pct=90:180", "90 is the pessimistic end, as more is better");
  says("tmr_pct=90:90", "has no width");
}

TEST(PlausibleRanges, badOnesAreRefused) {
  says("offset_mv", "is no range");
  says("offset_mv=2", "is no range");
  says("offset_mv=2:8:gauss", "unknown shape");
  says("offset_mv=two:8", "is not a number");
  says("offset_mv=0:8:log-uniform", "ends above 0");
  says("offset_mv=2:800", "offset_mv = 800");
  says("offset=2:8", "unknown parameter");
  says("rows=128:256", "it is a choice");
  says("power_cap_w=1:2", "has no range: a choice");
}

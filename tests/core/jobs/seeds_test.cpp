// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/seeds.h"

#include <gtest/gtest.h>

#include <set>

using namespace pimento;

namespace {

constexpr SeedRole Roles[] = {SeedRole::Split,   SeedRole::TeacherWeights, SeedRole::TeacherOrder,
                              SeedRole::Weights, SeedRole::Order,          SeedRole::Tuning};

}  // namespace

TEST(Seeds, ofRolesAndRepeatsNeverMeet) {
  std::set<std::uint64_t> seen;
  constexpr std::uint64_t Repeats = 2000;
  for (std::uint64_t repeat = 0; repeat < Repeats; ++repeat) {
    seen.insert(repeat);  // the job's own: it draws images
    for (const SeedRole role : Roles) seen.insert(seedOf(role, repeat));
  }
  EXPECT_EQ(seen.size(), Repeats * (std::size(Roles) + 1));
}

// From SplitMix64 and xoshiro256++ written anew in Python: with other seeds a run would not resume.
TEST(Seeds, stayWhatTheyAre) {
  EXPECT_EQ(seedOf(SeedRole::Split, 1), 0x35f9ce59864ca988U);
  EXPECT_EQ(seedOf(SeedRole::TeacherWeights, 1), 0xcdedc9f37e15affcU);
  EXPECT_EQ(seedOf(SeedRole::TeacherOrder, 1), 0x74491e07bf7f0e86U);
  EXPECT_EQ(seedOf(SeedRole::Weights, 1), 0x1ac0c6ef9e233b84U);
  EXPECT_EQ(seedOf(SeedRole::Order, 1), 0xd5253dcb3767839fU);
  EXPECT_EQ(seedOf(SeedRole::Tuning, 1), 0xceb9d3107bfa29b5U);
  EXPECT_EQ(seedOf(SeedRole::Weights, 2), 0x6c270f3ad9ca5858U);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/seeds.h"

#include "core/base/random.h"

namespace pimento {

namespace {

// Letters that stand for the role: they are part of what a seed means, and never change.
std::uint64_t wordOf(SeedRole role) {
  switch (role) {
    case SeedRole::Split:
      return 0x73706c6974;  // "split"
    case SeedRole::TeacherWeights:
      return 0x742d696e6974;  // "t-init"
    case SeedRole::TeacherOrder:
      return 0x742d6f72646572;  // "t-order"
    case SeedRole::Weights:
      return 0x696e6974;  // "init"
    case SeedRole::Order:
      return 0x6f72646572;  // "order"
    case SeedRole::Tuning:
      return 0x74756e65;  // "tune"
  }
  return 0;
}

}  // namespace

std::uint64_t seedOf(SeedRole role, std::uint64_t repeat) { return Random(repeat, wordOf(role)).bits(); }

}  // namespace pimento

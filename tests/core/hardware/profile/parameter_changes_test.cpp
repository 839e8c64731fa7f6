// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/parameter_changes.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/hardware/profile/junction.h"
#include "core/hardware/profile/parameters.h"
#include "core/hardware/profile/profiles.h"

using namespace pimento;

namespace {

const QString Tmr = QStringLiteral("tmr_pct");

}  // namespace

TEST(ParameterChanges, changeTheValueAndNameTheSource) {
  const Accelerator base = builtInProfile(builtInProfiles().front());
  const Accelerator changed = withChanges(base, {{Tmr, 171}}, QStringLiteral("what-if"));
  EXPECT_EQ(changed.sensing.tmr_pct, 171);
  EXPECT_EQ(changed.sources.value(Tmr), QStringLiteral("what-if"));
  EXPECT_NE(hash(changed), hash(base));
}

TEST(ParameterChanges, keepTheSourceOfAValueThatIsThereAlready) {
  const Accelerator base;
  EXPECT_EQ(withChanges(base, {{Tmr, base.sensing.tmr_pct}}, QStringLiteral("what-if")), base);
}

TEST(ParameterChanges, refuseUnknownKeysAndValuesOutOfRange) {
  EXPECT_THROW((void)withChanges({}, {{QStringLiteral("tmr"), 100}}, QStringLiteral("what-if")), Error);
  EXPECT_THROW((void)withChanges({}, {{Tmr, -1}}, QStringLiteral("what-if")), Error);
}

TEST(ParameterChanges, leadFromOneProfileToAnother) {
  const Accelerator base = builtInProfile(builtInProfiles().front());
  for (const QString &name : builtInProfiles()) {
    const Accelerator target = builtInProfile(name);
    const ParameterChanges changes = changesBetween(base, target);
    EXPECT_EQ(changes.empty(), hash(base) == hash(target)) << name.toStdString();
    EXPECT_EQ(hash(withChanges(base, changes, QStringLiteral("test"))), hash(target)) << name.toStdString();
  }
}

TEST(ParameterChanges, letParametersFollowAgain) {
  Accelerator hand;
  hand.device.demagnetisation_x = 0.09;
  giveParallelResistance(hand, 3000);
  for (const auto &[from, to] : {std::pair{hand, Accelerator{}}, std::pair{Accelerator{}, hand}}) {
    const ParameterChanges changes = changesBetween(from, to);
    EXPECT_EQ(changes.size(), 2U);
    EXPECT_EQ(hash(withChanges(from, changes, QStringLiteral("test"))), hash(to));
  }
  EXPECT_EQ(assignments(changesBetween(hand, {})).front(), QStringLiteral("demagnetisation_x=follow"));
  Accelerator larger;
  larger.device.free_layer_length_nm = 200;
  EXPECT_EQ(changesBetween({}, larger).size(), 1U) << "what follows is no change of its own";
}

TEST(ParameterChanges, refuseTwoFormsOfOneParameter) {
  const ParameterChanges both{{QStringLiteral("ra_ohm_um2"), 5}, {QStringLiteral("parallel_resistance_ohm"), 3000}};
  EXPECT_THROW((void)withChanges({}, both, QStringLiteral("what-if")), Error);
}

TEST(ParameterChanges, areExactAsAssignments) {
  Accelerator target;
  target.sensing.tmr_pct = 100.0 / 3 + 100;
  target.schedule.dataflow = Dataflow::Latched;
  Accelerator set;
  for (const QString &assignment : assignments(changesBetween({}, target)))
    setParameter(set, assignment, QStringLiteral("test"));
  EXPECT_EQ(hash(set), hash(target));
}

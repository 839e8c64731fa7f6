// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/join.h"

#include <gtest/gtest.h>

#include "core/explore/design_report.h"

using namespace pimento;

namespace {

std::uint32_t addRow(DesignTable &table, const char *variant, const char *dataset, std::uint8_t bits,
                     bool reference = false) {
  DesignKey key;
  key.network = table.intern(QStringLiteral("net"));
  key.variant = table.intern(QString::fromLatin1(variant));
  key.dataset = table.intern(QString::fromLatin1(dataset));
  key.bitsWeights = bits;
  key.bitsActivations = bits;
  key.reference = reference;
  return table.append(key);
}

void set(DesignTable &table, std::uint32_t row, Metric metric, double value, Kind kind) {
  table.set(row, metric, value, table.intern(Provenance{kind, kindName(kind), {}, {}}));
}

}  // namespace

TEST(Join, putsAccuracyBesideTheCostOfTheSameVariantAndBits) {
  DesignTable costs;
  set(costs, addRow(costs, "1.0", "", 8), Metric::Energy, 10, Kind::Estimated);
  set(costs, addRow(costs, "0.5", "", 8), Metric::Energy, 4, Kind::Estimated);
  set(costs, addRow(costs, "1.0", "", 8, true), Metric::Energy, 99, Kind::Estimated);  // a reference
  DesignTable accuracies;
  static_cast<void>(accuracies.intern(QStringLiteral("other")));  // ids differ between the tables
  set(accuracies, addRow(accuracies, "1.0", "cifar-10", 8), Metric::Accuracy, 91, Kind::Published);
  set(accuracies, addRow(accuracies, "1.0", "cifar-10", 16), Metric::Accuracy, 92, Kind::Published);
  set(accuracies, addRow(accuracies, "0.5", "cifar-10", 0), Metric::Accuracy, 85, Kind::Published);  // bits not known
  const auto both = addRow(accuracies, "0.5", "cifar-10", 8);  // has a cost of its own
  set(accuracies, both, Metric::Accuracy, 86, Kind::Published);
  set(accuracies, both, Metric::Energy, 5, Kind::Published);

  const DesignTable joined = joinedAccuracies(costs, accuracies);
  ASSERT_EQ(joined.size(), 1U);
  EXPECT_EQ(joined.id(0), QStringLiteral("net/1.0/cifar-10/8:8/whole"));
  EXPECT_EQ(joined.at(0, Metric::Accuracy)->value, 91);
  EXPECT_EQ(joined.kind(0, Metric::Accuracy), Kind::Published);
  EXPECT_EQ(joined.at(0, Metric::Energy)->value, 10);
  EXPECT_EQ(joined.weakestKind(0), Kind::Estimated);
  DesignTable broken = costs;
  for (std::uint32_t row = 0; row < broken.size(); ++row)
    broken.setValidity(row, Validity::Invalid, QStringLiteral("errs"));
  EXPECT_EQ(validityText(joinedAccuracies(broken, accuracies), 0), QStringLiteral("invalid: errs"))
      << "no accuracy mends a design that errs";
  EXPECT_EQ(runDesigns({}, broken, accuracies).validity(0), Validity::Invalid);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>

#include "core/hardware/profile/accelerator.h"
#include "core/validate/validation.h"

namespace pimento {

struct Ours {
  double value = 0;
  double deviation = 0;           // of ours less theirs, where one of them is a sample
  std::optional<double> theirs;   // where it is computed too
  std::optional<Interval> range;  // of ours, over the options of a search
  QString reason;                 // where it is computed too
};

// A check as data. The difference, if there is one, has its reason here already; it is shown only where there is one.
struct Check {
  QString id;
  QString name;
  double theirs = 0;
  const char *unit = "";
  double tolerance = 0;
  Kind kind = Kind::Derived;
  const char *source = "";
  std::function<Ours(const std::stop_token &)> compute;
  const char *reason = "";
  Evidence evidence = Evidence::Verification;
  std::optional<Interval> theirsRange;
  QString sourceText;  // in place of `source`
  QString reasonText;  // in place of `reason`
  QString conditions;
  QString whyNotScored;  // empty: it is
};

using Checks = std::vector<Check>;

// Each room's checks, in a file of its own.
[[nodiscard]] Checks memoryChecks();
[[nodiscard]] Checks computingChecks();
[[nodiscard]] Checks publishedDeviceChecks();
[[nodiscard]] Checks deviceChecks();
[[nodiscard]] Checks senseChecks();
[[nodiscard]] Checks arrayChecks();
[[nodiscard]] Checks chipChecks();
[[nodiscard]] Checks mappingChecks();
[[nodiscard]] Checks simulationChecks();
[[nodiscard]] Checks networkChecks();
[[nodiscard]] Checks decoChecks();

// A profile's accelerator with a preset's memory element.
[[nodiscard]] Accelerator withDevice(const char *preset);

inline constexpr const char *CheckSetSource = "check set of the device model, from an independent program";

}  // namespace pimento

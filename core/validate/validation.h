// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/base/kind.h"
#include "core/base/quantity.h"
#include "core/base/report_table.h"

namespace pimento {

// What a check is evidence of. Silicon: something that was built and measured, predicted without having seen the
// figure. Simulation: figures of published simulations, or of designs that were never built. Verification: that the
// program computes what its model says, by independent integrators, other programs and exact counts; it says nothing of
// whether the model is right.
enum class Evidence : std::uint8_t { Silicon, Simulation, Verification };
inline constexpr std::size_t EvidenceCount = 3;
[[nodiscard]] QString evidenceName(Evidence evidence);   // "silicon", "simulation", "verification": columns, options
[[nodiscard]] QString evidenceTitle(Evidence evidence);  // "silicon", "published simulation", "verification"

// One number of the hardware model beside the same number from elsewhere; where they differ, the difference stays and
// `reason` says in a line where it is from. The physical model takes nothing from any of theirs but what the table of
// parameters names as a source: NVSim's mode has constants of NVSim's runs, the fitted switching curve those of the
// equation of motion. Calibrated profiles are not checked here; silicon tells of them by its own table.
struct CheckResult {
  QString id;     // "device.first.2"
  QString group;  // checkGroups
  QString check;  // for people: "first switching current, 2 ns"
  double ours = 0;
  double theirs = 0;
  std::optional<Interval> oursRange;    // over the options of a search; `ours` is at the default
  std::optional<Interval> theirsRange;  // published as a range, `theirs` its geometric mean, or as a bound: an end is
                                        // 0 or infinite, `theirs` the other
  QString unit;
  double tolerance = 0;       // of the ratio, either way, stated in advance
  double deviation = 0;       // standard deviation of the difference where either is a sample, in the unit; else 0
  Kind kind = Kind::Derived;  // how theirs came to be: published, or derived by another program or by hand
  Evidence evidence = Evidence::Verification;
  QString source;      // of theirs
  QString reason;      // empty where it agrees; why it is not scored where it is not
  QString conditions;  // that ours is for: "22 nm, 0.85 V, 300 K (not stated), 256x512"
  bool scored = true;  // else it is shown alone, and `ours` may be NaN

  [[nodiscard]] double ratio() const { return ours / theirs; }
  [[nodiscard]] bool agrees() const;  // scored, and within the tolerance (of the range's ends) and three deviations
};

// "yes", "no" or "not scored".
[[nodiscard]] QString agreesWord(const CheckResult &result);

// Published memories first: "Memories", "Computing", "Devices"; then in the order of the chain: "Device", "Sense",
// "Array", "Chip", "Mapping", "Simulation", "Networks".
[[nodiscard]] QStringList checkGroups();

// Called after each check with those that are done and how many there are, on the caller's thread.
using CheckProgress = std::function<void(const std::vector<CheckResult> &done, std::size_t total)>;

// Computes every check, of silicon first, then published simulation, then verification, each in the order of the
// groups; a few seconds. A stop leaves those that were not begun out.
[[nodiscard]] std::vector<CheckResult> runChecks(const std::stop_token &stop = {}, const CheckProgress &progress = {});
[[nodiscard]] std::vector<CheckResult> runChecks(Evidence evidence);  // those of one kind

// How many of how many scored checks agree.
struct Agreed {
  std::size_t agree = 0;
  std::size_t scored = 0;
  std::size_t shown = 0;  // and not scored
};
[[nodiscard]] Agreed agreedOf(const std::vector<CheckResult> &results, Evidence evidence);

// "2 of 18 figures of silicon agree within their tolerance (5 more are not scored), 3 of 40 of published simulation,
// …": of silicon first; evidence without a check is left out.
[[nodiscard]] QString agreementText(const std::vector<CheckResult> &results);

// A row a check: check, ours, theirs, ratio, source, reason, unit, group, tolerance, deviation, agrees ("yes", "no", or
// "not scored"), kind, id, evidence, ours_low, ours_high, theirs_low, theirs_high, conditions.
[[nodiscard]] ReportTable checkReport(const std::vector<CheckResult> &results);

}  // namespace pimento

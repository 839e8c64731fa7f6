// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <functional>
#include <stop_token>
#include <vector>

#include "core/base/kind.h"
#include "core/base/report_table.h"

namespace pimento {

// One number of the hardware model beside the same number from elsewhere. Nothing is fitted to make them agree: where
// they differ, the difference stays and `reason` says in a line where it is from.
struct CheckResult {
  QString id;     // "device.first.2"
  QString group;  // CheckGroups
  QString check;  // for people: "first switching current, 2 ns"
  double ours = 0;
  double theirs = 0;
  QString unit;
  double tolerance = 0;       // of the ratio, either way, stated in advance
  double deviation = 0;       // standard deviation of the difference where either is a sample, in the unit; else 0
  Kind kind = Kind::Derived;  // how theirs came to be: published, or derived by another program or by hand
  QString source;             // of theirs
  QString reason;             // empty where it agrees

  [[nodiscard]] double ratio() const { return ours / theirs; }
  [[nodiscard]] bool agrees() const;  // within the tolerance, and three standard deviations
};

// In the order of the chain: "Device", "Sense", "Array", "Chip", "Mapping", "Simulation", "Networks".
[[nodiscard]] QStringList checkGroups();

// Called after each check with those that are done and how many there are, on the caller's thread.
using CheckProgress = std::function<void(const std::vector<CheckResult> &done, std::size_t total)>;

// Computes every check, in order of the chain; a few seconds. A stop leaves those that were not begun out.
[[nodiscard]] std::vector<CheckResult> runChecks(const std::stop_token &stop = {}, const CheckProgress &progress = {});

// A row a check: check, ours, theirs, ratio, source, reason, unit, group, tolerance, deviation, agrees, kind, id.
[[nodiscard]] ReportTable checkReport(const std::vector<CheckResult> &results);

}  // namespace pimento

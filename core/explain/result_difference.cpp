// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/result_difference.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/hardware/array/array.h"

namespace pimento {

namespace {

// The parts of a row operation in NVSim's words.
constexpr std::array<const char *, RowPartCount> CircuitNames{"row decoder", "word line",   "precharge",  "bit line",
                                                              "sense",       "multiplexer", "cell write", "logic"};

NvsimMetric rowLatency(const ArrayTable &t, RowOp op, const char *name) {
  NvsimMetric m{QString::fromLatin1(name), t.at(op).latency_ns, {}};
  for (std::size_t p = 0; p < RowPartCount; ++p)
    if (const double ns = t.at(op, static_cast<RowPart>(p)).latency_ns; ns != 0)
      m.parts.push_back({QString::fromLatin1(CircuitNames[p]), ns});
  return m;
}

NvsimMetric rowEnergy(const ArrayTable &t, RowOp op, const char *name) {
  NvsimMetric m{QString::fromLatin1(name), t.at(op).energy_pj(t.columns), {}};
  for (std::size_t p = 0; p < RowPartCount; ++p)
    if (const double pj = t.at(op, static_cast<RowPart>(p)).energy_pj(t.columns); pj != 0)
      m.parts.push_back({QString::fromLatin1(CircuitNames[p]), pj});
  return m;
}

MetricDifference differenceOfMetric(const NvsimMetric &a, const NvsimMetric &b) {
  MetricDifference difference{a.name, a.value, b.value, {}};
  if (a.parts.empty() || b.parts.empty()) {
    difference.parts.push_back({QStringLiteral("not split"), {}, {}, b.value - a.value, 0});
    return difference;
  }
  std::map<QString, double> parts;
  for (const NvsimResultPart &p : a.parts) parts[p.name] -= p.value;
  for (const NvsimResultPart &p : b.parts) parts[p.name] += p.value;
  double rest = b.value - a.value;
  for (const auto &[name, value] : parts) {
    if (value == 0) continue;  // the same in both
    difference.parts.push_back({name, {}, {}, value, 0});
    rest -= value;
  }
  constexpr double Printed = 1e-3;  // NVSim prints three decimals: what that leaves is no part
  if (std::abs(rest) > Printed * std::max(std::abs(a.value), std::abs(b.value)) || difference.parts.empty())
    difference.parts.push_back({QStringLiteral("not split"), {}, {}, rest, 0});
  else if (!difference.parts.empty())
    difference.parts.front().difference += rest;
  std::ranges::stable_sort(difference.parts, [](const DifferencePart &x, const DifferencePart &y) {
    return std::abs(x.difference) > std::abs(y.difference);
  });
  return difference;
}

}  // namespace

NvsimResult subarrayResult(const Accelerator &accelerator) {
  const ArrayTable t = buildArray(accelerator);
  NvsimResult result;
  result.metrics = {rowLatency(t, RowOp::Read, "read_latency_ns"), rowLatency(t, RowOp::Write, "write_latency_ns"),
                    rowEnergy(t, RowOp::Read, "read_energy_pj"), rowEnergy(t, RowOp::Write, "write_energy_pj")};
  NvsimMetric leakage{QStringLiteral("leakage_uw"), t.totalLeakage_w() * 1e6, {}};
  NvsimMetric area{QStringLiteral("area_um2"), t.totalArea_um2(), {}};
  for (std::size_t p = 0; p < ArrayPartCount; ++p) {
    if (t.leakage_w[p] != 0) leakage.parts.push_back({QString::fromLatin1(ArrayPartNames[p]), t.leakage_w[p] * 1e6});
    if (t.area_um2[p] != 0) area.parts.push_back({QString::fromLatin1(ArrayPartNames[p]), t.area_um2[p]});
  }
  result.metrics.push_back(leakage);
  result.metrics.push_back(area);
  return result;
}

DesignDifference differenceOf(const ExplainedResult &a, const ExplainedResult &b) {
  DesignDifference difference;
  for (const NvsimMetric &from : a.result.metrics)
    for (const NvsimMetric &to : b.result.metrics)
      if (from.name == to.name) difference.metrics.push_back(differenceOfMetric(from, to));
  return difference;
}

}  // namespace pimento

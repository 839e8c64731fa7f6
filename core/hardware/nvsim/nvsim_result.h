// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>
#include <vector>

namespace pimento {

struct NvsimResultPart {
  QString name;  // "row decoder", "H-tree"
  double value = 0;
};

// One figure of a result, with the parts of the circuit that it is the sum of, as far as the file splits it.
struct NvsimMetric {
  QString
      name;  // with its unit: read_latency_ns, write_latency_ns, read_energy_pj, write_energy_pj, leakage_uw, area_um2
  double value = 0;
  std::vector<NvsimResultPart> parts;
};

struct NvsimResult {
  std::vector<NvsimMetric> metrics;
  [[nodiscard]] const NvsimMetric *find(const QString &name) const;
};

// Whether a file looks like what NVSim prints: it has a line of a result.
[[nodiscard]] bool isNvsimResult(const QByteArray &data);

// What NVSim prints at the end of a run ("RESULT"): figures as trees of parts, units at each. Parts "per mat" or "per
// active subarray" count as often as the whole needs. `scope`: of the whole bank, or of one sub-array alone. Throws
// Error naming the line for a value without a unit that is known, a figure that is missing, and files above 1 MB.
enum class NvsimScope : std::uint8_t { Bank, Subarray };
[[nodiscard]] NvsimResult readNvsimResult(const QByteArray &data, const QString &place,
                                          NvsimScope scope = NvsimScope::Bank);

}  // namespace pimento

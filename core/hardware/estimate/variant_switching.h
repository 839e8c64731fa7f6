// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

#include "core/base/report_table.h"
#include "core/hardware/chip/machine.h"
#include "core/network/binding.h"
#include "core/network/counts.h"

namespace pimento {

// What it takes to run variant `to` where `from` ran before, with the chip holding the weights of one variant at a
// time. Nothing for tensors that both read (a shared extractor); a slimmable slice needs the words of its own batch
// norm in the DPU, and a rewrite of the layers whose packed rows change (with layout = widest none do: the widest
// variant's weights stay); variants with tensors of their own need all of them. Weights come from outside through the
// kernel banks and are written into every replica; words go to the DPU's registers.
struct SwitchCost {
  std::int64_t weightBits = 0;   // fetched
  std::int64_t normWords = 0;    // batch norms and biases, 32 bits each
  std::int64_t rowsWritten = 0;  // of sub-arrays, replicas among them
  std::int64_t layers = 0;       // whose weights are rewritten, in all or in part
  double energy_uj = 0;
  double latency_us = 0;  // fetch and row writes overlap; the power cap stretches them
};

// A variant as it lies on the chip. Builds once what a table of all pairs needs.
class Resident {
 public:
  Resident(const NetworkSpec &network, const Variant &variant, const Binding &binding, const Machine &machine,
           Bits bits);
  [[nodiscard]] const QString &variant() const { return m_variant; }
  [[nodiscard]] std::int64_t subarrays() const { return m_subarrays; }  // one copy
  // Sub-arrays that hold the weights of all of them side by side: rows that several can use once.
  [[nodiscard]] static std::int64_t together(const std::vector<Resident> &residents, Layout layout);
  friend SwitchCost switchCost(const Resident &from, const Resident &to, const Machine &machine, Bits bits);

 private:
  struct Weights {
    TensorUse use;
    std::int64_t segmentWidth = 0;
    std::int64_t rows = 0;  // one replica, one plane
    std::int64_t bits = 0;  // in them
    std::int64_t kernels = 0;
    std::int64_t subarrays = 0;
    double replicas = 0;
    bool depthwise = false;
  };
  struct Words {
    QString tensor;
    std::int64_t count = 0;
  };
  [[nodiscard]] static std::int64_t kernelsToWrite(const Weights &to, const Resident &from, Layout layout);

  QString m_variant;
  std::vector<Weights> m_weights;
  std::vector<Words> m_words;
  std::int64_t m_subarrays = 0;
  double m_span_mm = 0;
  double m_budget_w = 0;
  double m_reload_bits_per_ns = 0;
};

[[nodiscard]] SwitchCost switchCost(const Resident &from, const Resident &to, const Machine &machine, Bits bits);

// A row a pair of variants: from, to, binding, weight_bits, norm_words, rows_written, energy_uj, latency_us, kind,
// source; then layers_rewritten and resident_together ("yes": one copy of each variant's weights fits on the chip side
// by side, so that a chip which keeps them all need not switch). Throws Error for an invalid accelerator.
[[nodiscard]] ReportTable switchingReport(const NetworkSpec &network, const std::vector<Variant> &variants,
                                          const Binding &binding, const Accelerator &accelerator, Bits bits);

}  // namespace pimento

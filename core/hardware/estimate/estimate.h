// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/hardware/estimate/layer_cost.h"
#include "core/hardware/estimate/schedule.h"

namespace pimento {

// Cost of one layer for one image. Energies add up over components, layers and scopes; latencies over layers only
// (phases of a layer may overlap).
struct LayerCost {
  LayerId layer = 0;
  PerComponent energy_pj{};
  PerComponent busy_ns{};  // time of each phase by itself; AND-compute stands for all that the arrays compute
  double latency_ns = 0;
  double rowOperations = 0;    // over all bit pairs; latched: row reads
  double utilisation = 0;      // columns that hold data over columns of the row operations
  std::int64_t subarrays = 0;  // one copy
  double replicas = 0;         // parts of one too (schedule.h); 0 without weights
  std::int64_t passes = 0;     // times that its sub-arrays are filled with weights
  double area_mm2 = 0;         // of its sub-arrays, replicas among them, with their wiring
  double rowWrites = 0;        // of the row written most often
  double reloadRows = 0;       // weights that are not resident: rows written, bits fetched
  double reloadBits = 0;
  double stage_ns = 0;  // that it keeps its sub-arrays for one image
  double idle_pj = 0;   // of the leakage, what the whole chip leaks meanwhile
  bool capped = false;  // the power cap makes it slower; it holds in every phase, waking included
};

struct Totals {
  PerComponent energy_pj{};
  PerComponent busy_ns{};
  double latency_ns = 0;   // of one image that has the chip for itself: the first of a batch
  double interval_ns = 0;  // from one image to the next, `batch` of them in flight
  double rowOperations = 0;
  double rowWrites = 0;  // of the row written most often, an image
  double reloadRows = 0;
  double reloadBits = 0;
  std::int64_t macs = 0;
  std::int64_t params = 0;
  std::int64_t subarrays = 0;  // one copy
  double usedSubarrays = 0;    // with replicas and parts of them, never more than the chip has
  std::int64_t bankSubarrays = 0;
  double area_mm2 = 0;      // of the used sub-arrays and the banks with their wiring, and the DPU
  double memory_bytes = 0;  // weights at W bits, biases and batch norms at 32
  int layers = 0;
  int cappedLayers = 0;
  double reloadShare = 0;  // of the weights, fetched for every image
  double idle_w = 0;       // what the chip leaks while nothing computes
  bool capBelowLeakage = false;
  bool mapsFit = true;  // into the image banks
  [[nodiscard]] double energy_uj() const { return sum(energy_pj) * 1e-6; }
  [[nodiscard]] double latency_us() const { return latency_ns * 1e-3; }
  [[nodiscard]] double power_w() const { return interval_ns > 0 ? sum(energy_pj) / interval_ns * 1e-3 : 0; }
  [[nodiscard]] double images_per_s() const { return interval_ns > 0 ? 1e9 / interval_ns : 0; }
};

struct Estimate {
  Totals totals;
  std::vector<LayerCost> layers;
};

enum class Part : std::uint8_t { Whole, Head };  // all layers, or all but the feature extractor's

// With `batch` images in flight the layers work on different images at the same time. The interval is then the longest
// of: one layer's arrays (its phases, with overlap = phases), the transport, returns and DPU work of all layers (which
// share ports and DPU), the energy of an image over the power budget, and latency / batch. A network that does not fit
// runs its images one after another, as the region that is rewritten holds one layer. Leakage of idle parts is shared
// over the interval. Part::Head has the interval of its own layers.
//
// The network is planned as a whole; Part::Head sums the layers of the classification module alone.
[[nodiscard]] Estimate estimate(std::span<const LayerWork> works, const Machine &machine, Bits bits,
                                Part part = Part::Whole);

// The same totals without allocation or text: for sweeps and sliders.
[[nodiscard]] Totals estimateTotals(std::span<const LayerWork> works, const Machine &machine, Bits bits,
                                    Part part = Part::Whole);

// How the layers lie on the arrays of a machine, in their order: all that mapLayer reads of it are whole numbers and
// choices, so that machines which differ in other values share it.
[[nodiscard]] std::vector<LayerMap> mapsOf(std::span<const LayerWork> works, const Machine &machine, Bits bits);

// The same totals where the maps are at hand (of a machine with the same dimensions, schedule and mats).
[[nodiscard]] Totals estimateTotals(std::span<const LayerWork> works, std::span<const LayerMap> maps,
                                    const Machine &machine, Bits bits, Part part = Part::Whole);

// How long the busiest row lasts in continuous use, at so many writes a cell: infinite if nothing is written.
[[nodiscard]] double lifetime_s(const Totals &totals, double endurance_cycles);

// Memory of one layer in bytes: weights at `weightBits`, biases and batch-norm words at 32 bits.
[[nodiscard]] double memory_bytes(const LayerWork &work, int weightBits);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/bitwise/bitwise.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/simulate/bitwise/faulty_chip.h"

namespace pimento {

namespace {

MappedLayer mapped(const IntegerLayer &layer, std::size_t index, const LayerWork &work, const Accelerator &accelerator,
                   Bits bits) {
  MappedLayer m;
  m.index = index;
  m.work = work;
  m.plan = planRows(layer, work, accelerator, bits);
  for (int chunk = 0; chunk < m.plan.chunks; ++chunk)
    for (int copy = 0; copy < m.plan.copies; ++copy) {
      m.subarrays.push_back(buildSubarray(m.plan, layer, bits, chunk, copy, SegmentWeights::Shared));
      const Loaded loaded = loadedBy(m.plan, bits, m.subarrays.back());
      m.weightRows += loaded.rows;
      m.weightBits += loaded.bits;
    }
  return m;
}

// Accumulators of one sub-array join those of the layer: they move if they are the kernel's first, else they are added.
class Joiner {
 public:
  Joiner(std::vector<std::int64_t> &sums, const IntegerLayer &layer)
      : m_sums(sums),
        m_pixels(static_cast<std::size_t>(layer.out.height) * static_cast<std::size_t>(layer.out.width)),
        m_there(static_cast<std::size_t>(layer.out.channels)) {}

  void join(const std::vector<std::int64_t> &part, int firstKernel, RowTrace &trace) {
    const std::size_t kernels = part.size() / m_pixels;
    for (std::size_t k = 0; k < kernels; ++k) {
      const std::size_t kernel = static_cast<std::size_t>(firstKernel) + k;
      const auto from = part.begin() + static_cast<std::ptrdiff_t>(k * m_pixels);
      const auto to = m_sums.begin() + static_cast<std::ptrdiff_t>(kernel * m_pixels);
      for (std::size_t p = 0; p < m_pixels; ++p)
        to[static_cast<std::ptrdiff_t>(p)] += from[static_cast<std::ptrdiff_t>(p)];
      if (m_there[kernel]) trace.partials += static_cast<std::int64_t>(m_pixels);
      m_there[kernel] = true;
    }
  }

 private:
  std::vector<std::int64_t> &m_sums;
  std::size_t m_pixels;
  std::vector<bool> m_there;
};

// Padding that is not 0 has no pixel in the arrays: the digital unit adds zero point x sum of the tap's weights.
void addPadding(const IntegerLayer &layer, std::vector<std::int64_t> &sums, RowTrace &trace) {
  if (layer.inZero == 0) return;
  const int area = layer.kernel * layer.kernel;
  const std::int64_t pixels = std::int64_t{layer.out.height} * layer.out.width;
  for (int k = 0; k < layer.out.channels; ++k)
    for (int tap = 0; tap < area; ++tap) {
      std::int64_t weights = 0;
      for (std::int64_t i = tap; i < layer.patch; i += area) weights += layer.kernelWeights(k)[i];
      for (std::int64_t p = 0; p < pixels; ++p) {
        const std::int64_t y = p / layer.out.width * layer.stride + tap / layer.kernel - layer.padding;
        const std::int64_t x = p % layer.out.width * layer.stride + tap % layer.kernel - layer.padding;
        if (y >= 0 && x >= 0 && y < layer.in.height && x < layer.in.width) continue;
        sums[static_cast<std::size_t>(k * pixels + p)] += weights * layer.inZero;
        ++trace.padding;
      }
    }
}

}  // namespace

BitwiseNetwork::BitwiseNetwork(const QuantisedNetwork &network, std::size_t variant, const Accelerator &accelerator)
    : m_program(integerProgram(network, variant)), m_accelerator(accelerator), m_mapped(m_program.layers.size()) {
  if (accelerator.schedule.write_back == Toggle::On)
    throw Error(m_program.place, QStringLiteral("write_back = on is not simulated"),
                QStringLiteral("simulate with results counted at the amplifiers"));
  const auto works = workOf(network.spec, network.variants[variant].variant, accelerator.schedule.layout);
  std::int64_t subarrays = 0;
  for (std::size_t i = 0; i < m_program.layers.size(); ++i) {
    const IntegerLayer &layer = m_program.layers[i];
    if (!hasWeights(layer.op)) continue;
    const auto work =
        std::find_if(works.begin(), works.end(), [&](const LayerWork &w) { return w.layer == layer.layer; });
    m_mapped[i] = m_layers.size();
    m_layers.push_back(mapped(layer, i, *work, accelerator, m_program.bits));
    m_layers.back().firstSubarray = subarrays;
    subarrays += static_cast<std::int64_t>(m_layers.back().subarrays.size());
  }
}

std::int64_t BitwiseNetwork::subarrays() const {
  if (m_layers.empty()) return 0;
  return m_layers.back().firstSubarray + static_cast<std::int64_t>(m_layers.back().subarrays.size());
}

std::vector<std::int64_t> BitwiseNetwork::accumulators(std::size_t mapped, const Map &input, RowTrace &trace,
                                                       const FaultyChip *chip, std::uint64_t image) const {
  const MappedLayer &m = m_layers[mapped];
  const IntegerLayer &layer = m_program.layers[m.index];
  const bool depthwise = m.plan.operands == Operands::OfChunk;
  const OperandPlanes operands = operandPlanes(m.plan, layer, input, m_program.bits);
  trace.transportBits += m.plan.sentElements * m_program.bits.activations;
  std::vector<std::int64_t> sums(static_cast<std::size_t>(layer.out.elements()));
  Joiner joiner(sums, layer);
  Random random(chip == nullptr ? 0 : chip->seed(), image, mapped);
  for (std::size_t s = 0; s < m.subarrays.size(); ++s) {
    const Subarray &ideal = m.subarrays[s];
    const Subarray &subarray = chip == nullptr ? ideal : chip->subarray(mapped, s, ideal);
    SubarrayErrors errors;
    if (chip != nullptr) errors = {chip->faults(mapped, s), chip->writeErrorRate(), &random};
    const SubarrayErrors *wrong = chip == nullptr ? nullptr : &errors;
    if (depthwise) {  // channels of its own
      runSubarray(m.plan, m_program.bits, subarray, operands, sums, wrong, trace);
      continue;
    }
    const std::vector<Unit> &units = m.plan.units[static_cast<std::size_t>(ideal.copy)];
    const int first = units.front().kernel;
    const int kernels = units.back().kernel - first + 1;
    std::vector<std::int64_t> part(static_cast<std::size_t>(kernels) * static_cast<std::size_t>(m.plan.pixels));
    runSubarray(m.plan, m_program.bits, subarray, operands, part, wrong, trace);
    joiner.join(part, first, trace);
  }
  if (m.plan.taps) addPadding(layer, sums, trace);
  return sums;
}

Evaluation BitwiseNetwork::run(const Map &pixels, std::vector<RowTrace> &traces, const FaultyChip *chip,
                               std::uint64_t image, const std::stop_token &stop) const {
  traces.resize(m_layers.size());
  return evaluateWith(m_program, pixels, [&](const IntegerLayer &layer, const Map &input) {
    if (stop.stop_requested()) throw Error(QStringLiteral("simulation"), QStringLiteral("was stopped"));
    const std::size_t mapped = m_mapped[static_cast<std::size_t>(&layer - m_program.layers.data())];
    return accumulators(mapped, input, traces[mapped], chip, image);
  });
}

}  // namespace pimento

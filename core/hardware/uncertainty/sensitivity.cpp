// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/uncertainty/sensitivity.h"

#include <algorithm>
#include <limits>
#include <mutex>

#include "core/hardware/uncertainty/drawn_machine.h"

namespace pimento {

namespace {

// Machines that threads take and give back, so that no run begins with a copy of everything.
class MachinePool {
 public:
  MachinePool(const Accelerator &base, const std::vector<UncertainParameter> &parameters)
      : m_base(base), m_parameters(parameters) {}
  std::unique_ptr<DrawnMachine> take() {
    const std::scoped_lock lock(m_mutex);
    if (m_free.empty()) return std::make_unique<DrawnMachine>(m_base, m_parameters);
    auto machine = std::move(m_free.back());
    m_free.pop_back();
    return machine;
  }
  void give(std::unique_ptr<DrawnMachine> machine) {
    const std::scoped_lock lock(m_mutex);
    m_free.push_back(std::move(machine));
  }

 private:
  const Accelerator &m_base;
  const std::vector<UncertainParameter> &m_parameters;
  std::mutex m_mutex;
  std::vector<std::unique_ptr<DrawnMachine>> m_free;
};

}  // namespace

Sensitivity sensitivityOf(const Accelerator &accelerator, std::span<const UncertainDesign> designs,
                          const SobolOptions &options, const GivenRanges &ranges, const Watch &watch) {
  Sensitivity result;
  result.parameters = uncertainParameters(accelerator, ranges);
  const std::vector<MappedDesign> all = mapped(std::span(&accelerator, 1), designs);
  MachinePool pool(accelerator, result.parameters);
  const UncertainModel model = [&](std::span<const double> inputs, std::span<double> outputs) {
    auto machine = pool.take();
    if (machine->draw([&](std::size_t i) { return inputs[i]; })) {
      for (std::size_t d = 0; d < all.size(); ++d) {
        const auto values = sampledValues(all[d].totals(machine->machine()));
        std::ranges::copy(values, outputs.subspan(d * values.size(), values.size()).begin());
      }
    } else {
      std::ranges::fill(outputs, std::numeric_limits<double>::quiet_NaN());
    }
    pool.give(std::move(machine));
  };
  result.indices =
      sobolIndices(result.parameters.size(), designs.size() * SampledMetrics.size(), model, options, watch);
  return result;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "core/hardware/estimate/layer_cost.h"
#include "core/network/families/families.h"
#include "core/simulate/bitwise/bitwise.h"
#include "core/simulate/integers/random_network.h"
#include "core/validate/checks.h"

namespace pimento {

namespace {

constexpr Bits Precision{8, 8};

struct SimulatedCase {
  const char *id;
  const char *title;
  const char *network;
  const char *variant;
  Dataflow dataflow;
};
constexpr SimulatedCase Cases[] = {
    {"patch", "ResNet20, patch", "resnet20-slimmable", "1.0", Dataflow::Patch},
    {"tap", "ResNet20 at 0.25, tap", "resnet20-slimmable", "0.25", Dataflow::Tap},
    {"latched", "ResNet20 at 0.25, latched", "resnet20-slimmable", "0.25", Dataflow::Latched},
};

// One image through the arrays and through integer arithmetic.
struct SimulatedRun {
  double elements = 0;
  double equal = 0;
  double traced = 0;   // row operations done
  double counted = 0;  // by the mapping's formula
};

SimulatedRun runOf(const SimulatedCase &c, const std::stop_token &stop) {
  const NetworkSpec spec = makeNetwork(QString::fromLatin1(c.network));
  const Variant variant = findVariant(spec, QString::fromLatin1(c.variant));
  const QuantisedNetwork network =
      randomNetwork(spec, {variant}, findBinding(spec, spec.bindings.front()), Precision, 1);
  Accelerator a;
  a.schedule.dataflow = c.dataflow;
  const BitwiseNetwork bitwise(network, 0, a);
  const Map image = randomImage(bitwise.program(), 1, 0);
  std::vector<RowTrace> traces;
  const Evaluation ours = bitwise.run(image, traces, nullptr, 0, stop);
  const Evaluation exact = evaluate(bitwise.program(), image);
  SimulatedRun run;
  for (std::size_t i = 0; i < exact.maps.size(); ++i) {
    run.elements += double(exact.maps[i].size());
    for (std::size_t e = 0; e < exact.maps[i].size(); ++e) run.equal += ours.maps[i][e] == exact.maps[i][e] ? 1 : 0;
  }
  for (std::size_t i = 0; i < traces.size(); ++i) {
    run.traced += double(traces[i].rowOperations);
    run.counted += double(mapLayer(bitwise.layers()[i].work, a.array, a.schedule, a.chip, Precision).rowPairs) *
                   Precision.weights * Precision.activations;
  }
  return run;
}

}  // namespace

Checks simulationChecks() {
  Checks checks;
  for (const SimulatedCase &c : Cases) {
    const auto shared = std::make_shared<std::optional<SimulatedRun>>();  // of both checks
    const auto run = [shared, &c](const std::stop_token &stop) -> const SimulatedRun & {
      if (!*shared) *shared = runOf(c, stop);
      return **shared;
    };
    checks.push_back({.id = QStringLiteral("simulation.equal.%1").arg(QLatin1String(c.id)),
                      .name = QStringLiteral("integers equal to exact evaluation: %1").arg(QLatin1String(c.title)),
                      .source = "integer arithmetic on the same random network and image, 8:8 bits",
                      .compute = [run](const std::stop_token &stop) {
                        return Ours{run(stop).equal, 0, run(stop).elements};
                      }});
    checks.push_back({.id = QStringLiteral("simulation.rows.%1").arg(QLatin1String(c.id)),
                      .name = QStringLiteral("row operations done against counted: %1").arg(QLatin1String(c.title)),
                      .source = "counting formula of the mapping",
                      .compute = [run](const std::stop_token &stop) {
                        return Ours{run(stop).traced, 0, run(stop).counted};
                      }});
  }
  return checks;
}

}  // namespace pimento

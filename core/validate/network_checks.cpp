// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/estimate.h"
#include "core/hardware/estimate/layer_cost.h"
#include "core/hardware/estimate/references.h"
#include "core/hardware/profile/profiles.h"
#include "core/network/families/families.h"
#include "core/validate/checks.h"

namespace pimento {

namespace {

constexpr const char *LenetSource =
    "published in-memory accelerator: convolutions of LeNet-5, weights 1 and activations 8 bits";
constexpr const char *ImceSource = "IMCE: energy of an image, low-bit AlexNet, ImageNet";

// 256x256 sub-arrays, 32 Mb, layer after layer and phase after phase, as the published figures are described.
Accelerator lenetMachine(const char *preset) {
  Accelerator a = withDevice(preset);
  a.array.columns = 256;
  a.chip.capacity_mbit = 32;
  a.schedule.overlap = Overlap::Phases;
  return a;
}

Totals totalsOf(const char *network, const char *variant, const Accelerator &accelerator, Bits bits) {
  const NetworkSpec spec = makeNetwork(QString::fromLatin1(network));
  return estimateTotals(workOf(spec, findVariant(spec, QString::fromLatin1(variant))), buildMachine(accelerator), bits);
}

double alexnet_uj(int activations) { return totalsOf("alexnet", "whole", Accelerator{}, {1, activations}).energy_uj(); }

// All phases of all layers one after another in one copy, in sub-arrays that they share.
Ours serialTime_ms(const std::stop_token &) {
  const Machine machine = buildMachine(lenetMachine("default"));
  const NetworkSpec spec = makeNetwork(QStringLiteral("lenet5"));
  const Banks banks = banksFor(machine.chip, 0);
  const Route route{0, banks.imageRead_bits_per_ns, banks.imageWrite_bits_per_ns};
  double ns = 0;
  for (const LayerWork &work : workOf(spec, findVariant(spec, QStringLiteral("convolutions")))) {
    const LayerPrice p = priceLayer(work, machine, {1, 8}, route);
    ns += p.operand_ns + p.compute_ns + p.transport_ns + p.returns_ns + p.dpu_ns;
  }
  return {ns * 1e-6};
}

// ResNet20 at 8:8 bits with NVSim's constants, as the prototype of this mapping priced it.
void addPrototype(Checks &checks) {
  struct Row {
    const char *width;
    double theirs_uj;
  };
  for (const Row &row : {Row{"1.0", 938}, Row{"0.75", 444}, Row{"0.5", 248}, Row{"0.25", 81}})
    checks.push_back({.id = QStringLiteral("networks.resnet20.%1").arg(QLatin1String(row.width)),
                      .name = QStringLiteral("energy of ResNet20 at %1, NVSim's costs").arg(QLatin1String(row.width)),
                      .theirs = row.theirs_uj,
                      .unit = "µJ",
                      .tolerance = 0.25,
                      .source = "prototype of the packed patch mapping with NVSim's H-tree",
                      .compute =
                          [row](const std::stop_token &) {
                            const Accelerator a = builtInProfile(QStringLiteral("sot-mram-nvsim"));
                            return Ours{totalsOf("resnet20-slimmable", row.width, a, {8, 8}).energy_uj()};
                          },
                      .reason = "ours has ports, DPU and leakage beside the prototype's cores and wires"});
}

// DECO's GPU against a roofline of one of its two boards.
void addRoofline(Checks &checks) {
  checks.push_back({.id = QStringLiteral("networks.gpu"),
                    .name = QStringLiteral("GPU time of VGG16's feature extractor, roofline"),
                    .theirs = 8.13,
                    .unit = "ms",
                    .tolerance = 0.5,
                    .kind = Kind::Published,
                    .source = "DECO, Table III, GPU latency of VGG16's feature extractor",
                    .compute =
                        [](const std::stop_token &) {
                          const NetworkSpec spec = makeNetwork(QStringLiteral("deco-vgg16"));
                          std::vector<LayerWork> works = workOf(spec, spec.variants.front());
                          std::erase_if(works, [](const LayerWork &w) { return w.head; });
                          return Ours{gpuRoofline(works, GpuPower::TwoBoards).latency_us * 1e-3};
                        },
                    .reason = "a roofline is a lower bound; a batch of one leaves such a board all but idle",
                    .evidence = Evidence::Silicon});
}

Check lenet(const char *id, const char *name, const char *preset, double theirs, const char *unit,
            double (*of)(const Totals &), const char *reason) {
  return {.id = QString::fromLatin1(id),
          .name = QString::fromUtf8(name),
          .theirs = theirs,
          .unit = unit,
          .tolerance = 0.25,
          .kind = Kind::Published,
          .source = LenetSource,
          .compute =
              [=](const std::stop_token &) {
                return Ours{of(totalsOf("lenet5", "convolutions", lenetMachine(preset), {1, 8}))};
              },
          .reason = reason,
          .evidence = Evidence::Simulation};
}

}  // namespace

Checks networkChecks() {
  const auto energy = [](const Totals &t) { return t.energy_uj(); };
  constexpr const char *OpenSense =
      "the sense of a cell that is all but open in its high state is approximated: a clamped current source on its "
      "line";
  constexpr const char *Settled =
      "their design is not described; ours strobes AND2 when its line has settled to 95 %, the most of its energy";
  Checks checks;
  checks.push_back(
      lenet("networks.lenet.energy", "energy of LeNet-5's convolutions, SOT", "default", 0.85, "µJ", energy, Settled));
  checks.push_back(lenet("networks.lenet.stt", "energy of LeNet-5's convolutions, STT", "stt", 0.78, "µJ", energy,
                         "theirs has STT below SOT; our STT cell (TMR 100 %, 1 pJ a write) senses and writes dearer"));
  checks.push_back(
      lenet("networks.lenet.reram", "energy of LeNet-5's convolutions, ReRAM", "reram", 1.9, "µJ", energy, OpenSense));
  checks.push_back(
      lenet("networks.lenet.sram", "energy of LeNet-5's convolutions, SRAM", "sram", 1.6, "µJ", energy, OpenSense));
  checks.push_back({.id = QStringLiteral("networks.lenet.time"),
                    .name = QStringLiteral("time of LeNet-5's convolutions, SOT, one sub-array"),
                    .theirs = 0.9,
                    .unit = "ms",
                    .tolerance = 0.25,
                    .kind = Kind::Published,
                    .source = LenetSource,
                    .compute = serialTime_ms,
                    .reason = "theirs is 46 ns for each row operation of our layout; its circuit and layout "
                              "are not described",
                    .evidence = Evidence::Simulation});
  checks.push_back(
      {.id = QStringLiteral("networks.lenet.area"),
       .name = QStringLiteral("area of that sub-array"),
       .theirs = 0.018,
       .unit = "mm²",
       .tolerance = 0.25,
       .kind = Kind::Published,
       .source = LenetSource,
       .compute =
           [](const std::stop_token &) { return Ours{buildArray(lenetMachine("default")).totalArea_um2() * 1e-6}; },
       .reason = "65,536 of our cells of 184 F² alone are 0.024 mm²; theirs leaves at most 136 F² for one",
       .evidence = Evidence::Simulation});
  checks.push_back({.id = QStringLiteral("networks.imce"),
                    .name = QStringLiteral("energy of AlexNet at 1:1 bits, and to 1:8 bits"),
                    .theirs = 785,
                    .unit = "µJ",
                    .tolerance = 0.25,
                    .kind = Kind::Published,
                    .source = ImceSource,
                    .compute =
                        [](const std::stop_token &) {
                          const double least_uj = alexnet_uj(1);
                          return Ours{.value = least_uj, .range = Interval{least_uj, alexnet_uj(8)}};
                        },
                    .evidence = Evidence::Simulation,
                    .whyNotScored = QStringLiteral("its widths are not stated: ours spans it from 1:1 bits on")});
  addPrototype(checks);
  addRoofline(checks);
  return checks;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/accelerator_option.h"
#include "app/cli/network_argument.h"
#include "app/cli/picture_options.h"
#include "app/cli/simulate_options.h"
#include "app/cli/simulate_report.h"
#include "app/cli/simulate_watch.h"
#include "app/cli/verbs.h"
#include "core/simulate/integers/random_network.h"

namespace pimento {

namespace {

Binding bindingOf(const NetworkSpec &spec) {
  return spec.bindings.isEmpty() ? Binding{QStringLiteral("joint"), Sharing::Shared, Sharing::Shared}
                                 : findBinding(spec, spec.bindings.front());
}

void addSimulateOptions(VerbParser &parser) {
  parser.positional(QStringLiteral("NETWORK[:VARIANT]"), QStringLiteral("as listed by pimento networks"));
  addAcceleratorOptions(parser);
  addBitsOption(parser);
  addClassesOption(parser);
  parser.option(
      QStringLiteral("quantised"),
      QStringLiteral("A trained network: a file of pimento quantise, or the directory of a run, whose file of "
                     "--bits is taken (quantisation-aware before post-training)."),
      QStringLiteral("FILE|RUN"));
  parser.option(
      QStringLiteral("data"),
      QStringLiteral("With --quantised: data set whose test pictures are run, as in pimento data (default: the "
                     "one that it was trained on)."),
      QStringLiteral("SET"));
  addPictureOptions(parser);
  parser.option(QStringLiteral("images"),
                QStringLiteral("Images of random integers (default 10); with --quantised pictures drawn from the test "
                               "set (default 100)."),
                QStringLiteral("N"));
  parser.option(QStringLiteral("seed"), QStringLiteral("Seed of weights and images (default 1)."), QStringLiteral("S"),
                QStringLiteral("1"));
  parser.option(QStringLiteral("errors"),
                QStringLiteral("off (default); sense: amplifiers and cells as made, noise of each read; write: cells "
                               "that do not switch at the profile's pulse; all."),
                QStringLiteral("KIND"), QStringLiteral("off"));
  parser.option(QStringLiteral("chip-seeds"), QStringLiteral("Chips to run with errors, seeds 1 to N (default 1)."),
                QStringLiteral("N"), QStringLiteral("1"));
  parser.option(QStringLiteral("layers"), QStringLiteral("A row a layer, with its trace and what came out wrong."));
}

const QString Note = QStringLiteral(
    "Weights and images are random integers from the seed: nothing was trained, so no accuracy is shown.\n"
    "--csv and --json give every count of the trace.\n");

}  // namespace

int simulateVerb(const QStringList &arguments) {
  VerbParser parser(
      "simulate", QStringLiteral("[NETWORK[:VARIANT]]"),
      QStringLiteral("Runs a quantised network bit by bit through the mapped sub-arrays: rows are ANDed, ones\n"
                     "counted, shifted and added. Every result is held against exact integer evaluation, and\n"
                     "every count of the trace against the mapping. With errors, chips are drawn from seeds and\n"
                     "what they get wrong is counted. A row a chip (none: without errors).\n"
                     "With --quantised a trained network classifies test pictures: accuracy_pct, correct, n and\n"
                     "interval_pct as pimento evaluate has them, agreement (images with all logits equal to exact\n"
                     "integer evaluation), and with errors mean and deviation over the chips; --json gives an\n"
                     "object a variant. Else weights and images are random integers from the seed: nothing was\n"
                     "trained, so no accuracy is shown.\n"
                     "equal_pct: images with all logits right; changed_classes: images whose largest logit is\n"
                     "another; wrong_elements_pct: activations that differ, errors of earlier layers included;\n"
                     "wrong_senses of senses, wrong_writes: bits, estimated: the chips are drawn from the profile.\n"
                     "images_per_s and accuracy_pct are measured: of that simulation."));
  addSimulateOptions(parser);
  if (!parser.parse(arguments)) return 0;
  parser.needs(QStringLiteral("data"), {QStringLiteral("quantised")});
  parser.excludes(QStringLiteral("quantised"), {QStringLiteral("seed"), QStringLiteral("classes")});
  parser.needs(QStringLiteral("chip-seeds"), {QStringLiteral("errors")});
  if (parser.isSet(QStringLiteral("quantised"))) return simulateTrained(parser);
  const Accelerator accelerator = acceleratorFrom(parser);
  SimulationOptions options = simulationOptionsOf(parser, accelerator);
  options.images = imagesOf(parser, 10);
  const Bits bits = integerBitsOf(parser);
  const NetworkChoice choice = networkChoice(parser);
  const InterruptWatch watch;
  const bool layers = parser.isSet(QStringLiteral("layers"));
  ReportTable table = layers ? layerTable() : runTable();
  std::int64_t missing = 0;
  for (const Variant &variant : choice.variants) {
    if (watch.interrupted()) break;
    const QuantisedNetwork network =
        randomNetwork(choice.network, {variant}, bindingOf(choice.network), bits, options.imageSeed);
    const BitwiseNetwork bitwise(network, 0, accelerator);
    Simulation simulation;
    {
      ImagesLine progress(QStringLiteral("%1:%2").arg(choice.network.name, variant.name));
      simulation = watch.run([&](const std::stop_token &stop) {
        return simulate(bitwise, options, stop, [&](std::int64_t done, std::int64_t all) { progress.show(done, all); });
      });
    }
    missing += options.images - simulation.images;
    const SimulatedVariant done{choice.network.name, variant.name, bitwise, choice.network, std::move(simulation)};
    if (done.simulation.images == 0) continue;
    layers ? appendLayers(table, done) : appendRuns(table, done);
  }
  const bool people = !parser.isSet(QStringLiteral("csv")) && !parser.isSet(QStringLiteral("json"));
  parser.print(people ? forPeople(table) : table);
  if (people) printOut(Note + WrongBitsNote);
  if (!watch.interrupted()) return 0;
  printError(QStringLiteral("pimento simulate: stopped; %1 images of the last run were not simulated\n").arg(missing));
  return InterruptedExit;
}

}  // namespace pimento

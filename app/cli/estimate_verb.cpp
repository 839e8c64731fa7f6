// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <algorithm>
#include <numeric>

#include "app/cli/accelerator_option.h"
#include "app/cli/estimate_uncertainty.h"
#include "app/cli/network_argument.h"
#include "app/cli/project_option.h"
#include "app/cli/uncertainty_options.h"
#include "app/cli/verbs.h"
#include "app/cli/warning_notes.h"
#include "core/base/error.h"
#include "core/explore/design_report.h"
#include "core/explore/design_view.h"
#include "core/files/save_file.h"
#include "core/hardware/estimate/estimate_table.h"
#include "core/hardware/estimate/variant_switching.h"
#include "core/hardware/profile/parameters.h"
#include "core/hardware/profile/profile_json.h"
#include "core/hardware/profile/profiles.h"
#include "core/hardware/report/estimate_report.h"
#include "core/published/published.h"

namespace pimento {

namespace {

Scopes scopesOf(const VerbParser &parser) {
  const QStringList words{QStringLiteral("whole"), QStringLiteral("head"), QStringLiteral("all")};
  return static_cast<Scopes>(words.indexOf(parser.choice(QStringLiteral("scope"), words)));
}

EstimateOptions optionsOf(const VerbParser &parser) {
  EstimateOptions options;
  options.scopes = scopesOf(parser);
  const QStringList names = gpuPowerNames();
  options.gpuPower = static_cast<GpuPower>(names.indexOf(parser.choice(QStringLiteral("gpu-power"), names)));
  return options;
}

void append(ReportTable &all, const ReportTable &more) {
  all.columns = more.columns;
  all.rows.insert(all.rows.end(), more.rows.begin(), more.rows.end());
}

// For people: the sums over the layers above; scripts add up for themselves.
void appendTotal(ReportTable &table, const ReportTable &layers) {
  static const QStringList summed{
      QStringLiteral("macs"),         QStringLiteral("row_operations"),    QStringLiteral("subarrays"),
      QStringLiteral("energy_uj"),    QStringLiteral("latency_us"),        QStringLiteral("area_mm2"),
      QStringLiteral("memory_bytes"), QStringLiteral("memory_fp32_bytes"), QStringLiteral("area_single_mm2"),
      QStringLiteral("reload_rows"),  QStringLiteral("reload_bits")};
  if (layers.rows.empty()) return;
  std::vector<Cell> total(static_cast<std::size_t>(layers.columns.size()), Cell{QStringLiteral("-")});
  const auto put = [&](const QString &name, Cell cell) {
    total[static_cast<std::size_t>(layers.columns.indexOf(name))] = std::move(cell);
  };
  for (const char *name : {"network", "variant", "bits", "kind"}) {
    const QString column = QString::fromLatin1(name);
    put(column, layers.rows.front()[static_cast<std::size_t>(layers.columns.indexOf(column))]);
  }
  put(QStringLiteral("layer"), QStringLiteral("total"));
  QStringList energies;  // a column a component of energy
  for (const QString &column : layers.columns)
    if (column.endsWith(QStringLiteral("_uj"))) energies << column;
  for (const QString &column : summed + energies) {
    const auto at = static_cast<std::size_t>(layers.columns.indexOf(column));
    double sum = 0;
    for (const auto &row : layers.rows)
      if (const auto *whole = std::get_if<qint64>(&row[at]))
        sum += static_cast<double>(*whole);
      else if (const auto *number = std::get_if<double>(&row[at]))
        sum += *number;
    put(column, sum);
  }
  table.rows.push_back(std::move(total));
}

// Tables of parts have no column for it.
void tellValidity(const NetworkChoice &choice, const Accelerator &accelerator, Bits bits, Scopes scopes) {
  const DesignTable designs =
      estimateTable(choice.network, choice.variants, accelerator, bits, {.scopes = scopes, .references = false});
  std::vector<std::uint32_t> rows(designs.size());
  std::iota(rows.begin(), rows.end(), 0U);
  printError(validityNotes(designs, rows));
}

// Layers or components of every variant asked for, one scope.
template <class Report>
void printParts(const VerbParser &parser, const NetworkChoice &choice, const Accelerator &accelerator, Report report) {
  const Scopes scopes = scopesOf(parser);
  if (scopes == Scopes::All)
    throw Error(parser.place(), QStringLiteral("--scope all with --layers or --components"),
                QStringLiteral("choose whole or head"));
  if (scopes == Scopes::Head && !hasExtractor(choice.network))
    throw Error(parser.place(), QStringLiteral("%1 has no feature extractor").arg(choice.network.name),
                QStringLiteral("use --scope whole"));
  const Part part = scopes == Scopes::Head ? Part::Head : Part::Whole;
  ReportTable table;
  for (const Variant &variant : choice.variants) {
    const ReportTable one = report(choice.network, variant, accelerator, bitsOf(parser), part);
    append(table, one);
    if (parser.isText() && parser.isSet(QStringLiteral("layers"))) appendTotal(table, one);
  }
  parser.print(table);
  tellValidity(choice, accelerator, bitsOf(parser), scopes);
}

// The GPU that the papers measured the same variants on. Its costs are published for CIFAR-100.
void appendPublishedReferences(DesignTable &table, const NetworkChoice &choice, Scopes scopes) {
  const DesignTable papers = published();
  Filter filter;
  filter.networks = {choice.network.name};
  for (const Variant &variant : choice.variants) filter.variants << variant.name;
  filter.datasets = {QStringLiteral("cifar-100")};
  filter.modularTrainings = {QStringLiteral("joint")};
  if (scopes != Scopes::All) filter.scope = scopes == Scopes::Head ? Scope::Head : Scope::Whole;
  std::vector<std::uint32_t> rows = filteredRows(papers, filter);
  std::erase_if(rows, [&](std::uint32_t row) { return !papers.key(row).reference; });
  table.append(papers, rows);
}

void printPoints(const VerbParser &parser, const NetworkChoice &choice, const Accelerator &accelerator) {
  DesignTable table = estimateTable(choice.network, choice.variants, accelerator, bitsOf(parser), optionsOf(parser));
  if (parser.isSet(QStringLiteral("sensitivity"))) return printSensitivity(parser, choice, accelerator, table);
  if (parser.isSet(QStringLiteral("uncertainty"))) addUncertainty(parser, choice, accelerator, table);
  appendPublishedReferences(table, choice, scopesOf(parser));
  std::vector<std::uint32_t> rows(table.size());
  std::iota(rows.begin(), rows.end(), 0U);
  parser.print(parser.isText() ? designSummary(table, rows, SummarySources::LeftOut) : designReport(table, rows));
  if (!parser.isText() || !parser.isSet(QStringLiteral("uncertainty"))) return;
  printOut(QStringLiteral("\n"));
  parser.print(intervalSummary(table));
}

// Cost of going from each variant to each other.
void printSwitching(const VerbParser &parser, const NetworkChoice &choice, const Accelerator &accelerator) {
  const QString given = parser.value(QStringLiteral("binding"));
  if (choice.variants.size() < 2)
    throw Error(parser.place(), QStringLiteral("--switching with one variant"),
                QStringLiteral("name the network alone: its variants are the two ends of a switch"));
  const Binding binding = findBinding(choice.network, given.isEmpty() ? choice.network.bindings.value(0) : given);
  parser.print(switchingReport(choice.network, choice.variants, binding, accelerator, bitsOf(parser)));
}

void addEstimateOptions(VerbParser &parser) {
  parser.positional(QStringLiteral("NETWORK[:VARIANT]"),
                    QStringLiteral("as listed by pimento networks (--library for more), or a file of layers"));
  addAcceleratorOptions(parser);
  parser.option(QStringLiteral("scope"),
                QStringLiteral("whole (default), head (without the feature extractor) or all."),
                QStringLiteral("SCOPE"), QStringLiteral("whole"));
  parser.option(QStringLiteral("gpu-power"),
                QStringLiteral("Power of the GPU reference: %1.").arg(gpuPowerNames().join(QStringLiteral(", "))),
                QStringLiteral("BASIS"), gpuPowerNames().front());
  parser.option(
      QStringLiteral("layers"),
      QStringLiteral("A row a layer, with every component's energy. utilisation_pct: columns that hold data; replicas: "
                     "copies of the weights that work side by side; area_single_mm2: one copy; capped: the power cap "
                     "sets the layer's "
                     "time."));
  parser.option(QStringLiteral("components"),
                QStringLiteral("Energy, area and leakage by component; share_of says what share_pct is a share of."));
  parser.option(QStringLiteral("switching"),
                QStringLiteral("A row a pair of variants: what must be written to go from one to the other."));
  parser.option(QStringLiteral("binding"),
                QStringLiteral("With --switching: how the variants share weights (joint, independent, slimmable, "
                               "individual); the network's first by default."),
                QStringLiteral("BINDING"));
  parser.option(QStringLiteral("uncertainty"),
                QStringLiteral("How sure each number is: draws all parameters from their plausible ranges together and "
                               "adds the 5th and the 95th percentile of every metric (energy_p5_uj, energy_p95_uj)."));
  parser.option(
      QStringLiteral("sensitivity"),
      QStringLiteral("What makes it unsure: the share of each metric's variance that each parameter causes by "
                     "itself (first_order) and together with others (total), with 95 % intervals."));
  addUncertaintyOptions(parser);
  parser.option(QStringLiteral("parameters"), QStringLiteral("Lists the parameters with value, range and source."));
  parser.option(
      QStringLiteral("write-profile"),
      QStringLiteral("Writes the accelerator, with --device and --set, as a profile that --accelerator takes; "
                     "in place of another profile, but of no other file."),
      QStringLiteral("FILE.json"));
  addBitsOption(parser);
  addClassesOption(parser);
  addProjectOption(parser);
}

void writeProfileFile(const VerbParser &parser, Accelerator accelerator) {
  const QString path = parser.value(QStringLiteral("write-profile"));
  if (!path.endsWith(QStringLiteral(".json")))
    throw Error(parser.place(), QStringLiteral("--write-profile %1").arg(quoted(path)),
                QStringLiteral("give a name that ends in .json, as --accelerator takes it"));
  accelerator.name = QFileInfo(path).completeBaseName();
  if (accelerator.name.isEmpty())
    throw Error(parser.place(), QStringLiteral("--write-profile %1 has no name").arg(quoted(path)));
  if (QFileInfo::exists(path)) static_cast<void>(loadProfile(path));  // an Error for what is no profile: it is kept
  writeWhole(path, writeProfile(accelerator));
}

// Options that the output asked for would not look at.
void refuseUnusedEstimateOptions(const VerbParser &parser) {
  const QString layers = QStringLiteral("layers");
  const QString components = QStringLiteral("components");
  const QString switching = QStringLiteral("switching");
  const QString parameters = QStringLiteral("parameters");
  const QString profile = QStringLiteral("write-profile");
  parser.needs(QStringLiteral("binding"), {switching});
  parser.excludes(QStringLiteral("gpu-power"), {layers, components, switching});
  parser.excludes(QStringLiteral("scope"), {switching});
  const QString uncertainty = QStringLiteral("uncertainty");
  const QString sensitivity = QStringLiteral("sensitivity");
  refuseUnusedUncertaintyOptions(parser, {uncertainty, sensitivity});
  for (const QString &option : {uncertainty, sensitivity})
    parser.excludes(option, {layers, components, switching, parameters, profile, QStringLiteral("o")});
  parser.excludes(sensitivity, {uncertainty, QStringLiteral("gpu-power")});
  for (const QString &listed : {parameters, profile})
    for (const QString &option : {layers, components, switching, QStringLiteral("scope"), QStringLiteral("gpu-power"),
                                  QStringLiteral("bits"), QStringLiteral("classes")})
      parser.excludes(option, {listed});
  for (const char *other : {"parameters", "csv", "json", "o"}) parser.excludes(QString::fromLatin1(other), {profile});
}

const QString ProfileHelp = QStringLiteral(
    "A profile is JSON: \"format\": \"pimento-accelerator\", \"version\": 1, \"name\", \"title\"; five sections, each\n"
    "{\"key\": value} with the keys of --parameters, units in their names: \"device\" (the memory element),\n"
    "\"sensing\" (cell resistances and amplifier), \"array\" (one sub-array), \"chip\" (banks, wires, DPU) and\n"
    "\"schedule\" (mapping and power); and \"sources\", {\"key\": \"where the value is from\"}. What is left out\n"
    "keeps its default, or follows from others: demagnetising factors and heavy metal from the free layer's size,\n"
    "parallel_resistance_ohm from ra_ohm_um2 and its area (give one of the two). --set KEY=follow lets one that is\n"
    "given follow again. --write-profile FILE.json writes one, --accelerator FILE.json uses it.");

// The estimate by its inputs. The profile goes along whole, so that the project gives the same numbers later.
Project projectOf(const VerbParser &parser, const NetworkChoice &choice, const Accelerator &accelerator) {
  Project project;
  project.title = choice.network.title;
  project.accelerators[accelerator.name] = writeProfile(accelerator);
  EstimateChoice estimate{.network = choice.network.name,
                          .classes = classesFrom(parser),
                          .accelerator = accelerator.name,
                          .bits = bitsOf(parser),
                          .gpuPower = parser.value(QStringLiteral("gpu-power"))};
  if (choice.variants != choice.network.variants)
    for (const Variant &variant : choice.variants) estimate.variants << variant.name;
  project.estimates = {estimate};
  if (scopesOf(parser) == Scopes::Head) project.view[QStringLiteral("scope")] = QStringLiteral("head");
  return project;
}

}  // namespace

int estimateVerb(const QStringList &arguments) {
  VerbParser parser(
      "estimate", QStringLiteral("NETWORK[:VARIANT]|FILE.json"),
      QStringLiteral(
          "Estimates energy, latency, power and area of a network on an accelerator, a row a\n"
          "variant, with the GPU roofline, a digital baseline and, where there is one, the published\n"
          "GPU beside it. --device shows in the platform's name (sot-mram+stt), --set in profile_hash.\n\n") +
          ProfileHelp);
  addEstimateOptions(parser);
  if (!parser.parse(arguments)) return 0;
  const QStringList tables{QStringLiteral("layers"), QStringLiteral("components"), QStringLiteral("switching")};
  parser.needs(QStringLiteral("replace"), {QStringLiteral("o")});
  const bool project = wantsProject(parser, tables + QStringList{QStringLiteral("parameters")});
  refuseUnusedEstimateOptions(parser);
  const Accelerator accelerator = acceleratorFrom(parser);
  if (parser.isSet(QStringLiteral("write-profile"))) {
    writeProfileFile(parser, accelerator);
    return 0;
  }
  if (parser.isSet(QStringLiteral("parameters"))) {
    parser.print(parameterReport(accelerator));
    return 0;
  }
  if (std::count_if(tables.begin(), tables.end(), [&](const QString &name) { return parser.isSet(name); }) > 1)
    throw Error(parser.place(), QStringLiteral("more than one of --layers, --components and --switching"),
                QStringLiteral("choose one"));
  const NetworkChoice choice = networkChoice(parser);
  if (project && choice.fromFile)
    throw Error(parser.place(), QStringLiteral("a project holds networks by name, not those of a file"),
                QStringLiteral("leave -o out"));
  if (project)
    saveProjectOption(parser, projectOf(parser, choice, accelerator));
  else if (parser.isSet(QStringLiteral("switching")))
    printSwitching(parser, choice, accelerator);
  else if (parser.isSet(QStringLiteral("layers")))
    printParts(parser, choice, accelerator, layerReport);
  else if (parser.isSet(QStringLiteral("components")))
    printParts(parser, choice, accelerator, componentReport);
  else
    printPoints(parser, choice, accelerator);
  return 0;
}

}  // namespace pimento

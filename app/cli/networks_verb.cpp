// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/network_argument.h"
#include "app/cli/verbs.h"
#include "core/base/error.h"
#include "core/network/families/families.h"
#include "core/network/families/network_library.h"

namespace pimento {

namespace {

// The modules of one network, each once, with the columns of DECO's Table I.
void addModules(ReportTable &table, const NetworkSpec &network, const QString &tableName, Convention convention) {
  std::map<QString, Counts> counts;
  for (const Variant &variant : network.variants) {
    const auto layers = countLayers(network, variant, convention);
    for (const LayerCount &layer : layers) {
      const QString &module = network.layers[layer.layer].module;
      counts.try_emplace(module, total(network, layers, module));
    }
  }
  for (const QString &module : modules(network)) {
    const Counts &c = counts.at(module);
    table.rows.push_back({tableName, module, qint64{c.convLayers}, qint64{c.convMacs}, qint64{c.convParams},
                          qint64{c.fcLayers}, qint64{c.fcMacs}, qint64{c.fcParams}, qint64{c.macs}, qint64{c.params}});
  }
}

ReportTable moduleTable(int classes, Convention convention) {
  ReportTable table{
      {QStringLiteral("network"), QStringLiteral("module"), QStringLiteral("conv_layers"), QStringLiteral("conv_macs"),
       QStringLiteral("conv_params"), QStringLiteral("fc_layers"), QStringLiteral("fc_macs"),
       QStringLiteral("fc_params"), QStringLiteral("total_macs"), QStringLiteral("total_params")},
      {}};
  for (const Family &family : families()) {
    const NetworkSpec network = makeNetwork(QString::fromLatin1(family.name), classes);
    if (modules(network).size() > 1) addModules(table, network, QString::fromLatin1(family.tableName), convention);
  }
  return table;
}

std::vector<Cell> countsOf(const NetworkSpec &network, const Variant &variant, Convention way) {
  const auto layers = countLayers(network, variant, way);
  const Counts sum = total(network, layers);
  return {network.name,
          variant.name,
          QStringLiteral("%1x%2x%3").arg(network.input.channels).arg(network.input.height).arg(network.input.width),
          qint64{layers.back().output.channels},
          qint64{sum.convLayers + sum.fcLayers},
          qint64{sum.macs},
          qint64{sum.params}};
}

ReportTable variantTable(int classes, Convention convention) {
  ReportTable table{
      {QStringLiteral("network"), QStringLiteral("variant"), QStringLiteral("input"), QStringLiteral("classes"),
       QStringLiteral("layers"), QStringLiteral("macs"), QStringLiteral("params")},
      {}};
  for (const Family &family : families()) {
    const NetworkSpec network = makeNetwork(QString::fromLatin1(family.name), classes);
    const Convention way = network.published ? convention : Convention::AsRun;
    for (const Variant &variant : network.variants) {
      table.rows.push_back(countsOf(network, variant, way));
    }
  }
  return table;
}

// Layer lists that published figures are checked with: apart from the papers' families.
ReportTable libraryTable() {
  ReportTable table{
      {QStringLiteral("network"), QStringLiteral("variant"), QStringLiteral("input"), QStringLiteral("classes"),
       QStringLiteral("layers"), QStringLiteral("macs"), QStringLiteral("params"), QStringLiteral("source")},
      {}};
  for (const QString &name : libraryNetworks()) {
    const NetworkSpec network = libraryNetwork(name);
    for (const Variant &variant : network.variants) {
      table.rows.push_back(countsOf(network, variant, Convention::AsRun));
      table.rows.back().push_back(network.source);
    }
  }
  return table;
}

}  // namespace

int networksVerb(const QStringList &arguments) {
  VerbParser parser(
      "networks", {},
      QStringLiteral("Lists the networks and their variants, with multiply-accumulates and parameters.\n"
                     "--modules lists the modules of the networks that have several, as DECO's Table I does."));
  parser.option(QStringLiteral("modules"),
                QStringLiteral("A row a module (feature extractor, classification modules)."));
  parser.option(QStringLiteral("library"),
                QStringLiteral("Lists the layer lists that published figures are checked with, with their source; "
                               "their names work wherever NETWORK does."));
  addConventionOption(parser);
  addClassesOption(parser);
  if (!parser.parse(arguments)) return 0;
  const Convention convention = conventionOf(parser);
  if (parser.isSet(QStringLiteral("library"))) {
    if (parser.isSet(QStringLiteral("modules")) || convention == Convention::Published || classesFrom(parser) != 0)
      throw Error(parser.place(), QStringLiteral("--library stands alone"),
                  QStringLiteral("leave --modules, --convention and --classes out"));
    parser.print(libraryTable());
    return 0;
  }
  parser.print(parser.isSet(QStringLiteral("modules")) ? moduleTable(classesFrom(parser), convention)
                                                       : variantTable(classesFrom(parser), convention));
  return 0;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/network_argument.h"
#include "app/cli/verbs.h"

namespace pimento {

namespace {

Cell number(std::int64_t value) { return qint64{value}; }

QString shapeText(const Shape &shape) {
  return QStringLiteral("%1x%2x%3").arg(shape.channels).arg(shape.height).arg(shape.width);
}

}  // namespace

int countVerb(const QStringList &arguments) {
  VerbParser parser(
      "count", QStringLiteral("NETWORK[:VARIANT]|FILE.json"),
      QStringLiteral("Counts operations and parameters of a variant (the largest by default), a row a layer.\n"
                     "output is channels x height x width; bit_ands = macs x weight bits x activation bits."));
  parser.positional(QStringLiteral("NETWORK[:VARIANT]"),
                    QStringLiteral("as listed by pimento networks (--library for more), or a file of layers; width "
                                   "ratios may be any number up to 1"));
  addConventionOption(parser);
  addBitsOption(parser);
  addClassesOption(parser);
  parser.option(QStringLiteral("total"), QStringLiteral("One row with the sum."));
  if (!parser.parse(arguments)) return 0;

  const NetworkChoice choice = networkChoice(parser);
  const NetworkSpec &network = choice.network;
  const Variant &variant = choice.variants.front();
  const Bits bits = bitsOf(parser);
  const auto layers = countLayers(network, variant, conventionOf(parser));
  ReportTable table{
      {QStringLiteral("layer"), QStringLiteral("type"), QStringLiteral("module"), QStringLiteral("output"),
       QStringLiteral("macs"), QStringLiteral("params"), QStringLiteral("bit_ands")},
      {}};
  if (parser.isSet(QStringLiteral("total"))) {
    const Counts sum = total(network, layers);
    const Shape out = layers.back().output;
    table.rows.push_back({QStringLiteral("total"), QStringLiteral("network"),
                          network.name + QLatin1Char(':') + variant.name, shapeText(out), number(sum.macs),
                          number(sum.params), number(bitAnds(sum.macs, bits))});
  } else {
    for (const LayerCount &count : layers) {
      const Layer &layer = network.layers[count.layer];
      table.rows.push_back({layer.name, opName(layer.op), layer.module, shapeText(count.output), number(count.macs),
                            number(count.params), number(bitAnds(count.macs, bits))});
    }
  }
  parser.print(table);
  return 0;
}

}  // namespace pimento

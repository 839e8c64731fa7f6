// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/network_argument.h"

#include "core/base/error.h"
#include "core/network/families/network_library.h"
#include "core/simulate/integers/integers.h"

namespace pimento {

void addClassesOption(VerbParser &parser) {
  parser.option(QStringLiteral("classes"), QStringLiteral("Number of classes (default: 10; ImageNet's networks 1000)."),
                QStringLiteral("N"));
}

void addConventionOption(VerbParser &parser) {
  parser.option(QStringLiteral("convention"),
                QStringLiteral(
                    "How to count: as-run (as the network executes, the default) or published (as its paper counted)."),
                QStringLiteral("WAY"), QStringLiteral("as-run"));
}

void addBitsOption(VerbParser &parser) {
  parser.option(QStringLiteral("bits"), QStringLiteral("Bits of weights and activations (default 8:8)."),
                QStringLiteral("W:A"), QStringLiteral("8:8"));
}

int classesFrom(const VerbParser &parser) {
  const QString text = parser.value(QStringLiteral("classes"));
  if (text.isEmpty()) return 0;
  bool ok = false;
  const int classes = text.toInt(&ok);
  if (!ok || classes < 2 || classes > 100'000)
    throw Error(parser.place(), QStringLiteral("--classes %1").arg(quoted(text)),
                QStringLiteral("give a whole number from 2 to 100000"));
  return classes;
}

Convention conventionOf(const VerbParser &parser) {
  const QString published = QStringLiteral("published");
  return parser.choice(QStringLiteral("convention"), {QStringLiteral("as-run"), published}) == published
             ? Convention::Published
             : Convention::AsRun;
}

Bits bitsOf(const VerbParser &parser) {
  return parseBits(parser.value(QStringLiteral("bits")), parser.place() + QStringLiteral(" --bits"));
}

Bits integerBitsOf(const VerbParser &parser) {
  const Bits bits = bitsOf(parser);
  if (bits.weights > MaxIntegerBits || bits.activations > MaxIntegerBits)
    throw Error(parser.place(), QStringLiteral("--bits %1").arg(quoted(parser.value(QStringLiteral("bits")))),
                QStringLiteral("1 to %1 bits are possible").arg(MaxIntegerBits));
  return bits;
}

NetworkChoice networkChoice(const VerbParser &parser) {
  const QString argument = parser.argument(0);
  if (argument.isEmpty())
    throw Error(parser.place(), QStringLiteral("names no network"), QStringLiteral("see pimento networks"));
  const auto [name, variant] = networkText(argument);
  NetworkSpec network = loadNetwork(name, classesFrom(parser));
  std::vector<Variant> variants = network.variants;
  if (variant) variants = {findVariant(network, *variant)};
  return {std::move(network), std::move(variants), isNetworkFile(name)};
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/uncertainty_options.h"

#include "core/base/error.h"

namespace pimento {

namespace {

const QString Samples = QStringLiteral("samples");
const QString Seed = QStringLiteral("seed");
const QString Range = QStringLiteral("range");
constexpr std::size_t FewestDraws = 16;        // below, a p5 says nothing
constexpr std::size_t MostDraws = 10'000'000;  // and memory for 40 designs

}  // namespace

void addUncertaintyOptions(VerbParser &parser) {
  parser.option(Samples,
                QStringLiteral("Draws of all uncertain parameters together (default 2048; a power of two fills "
                               "the sequence evenly)."),
                QStringLiteral("N"));
  parser.option(Seed, QStringLiteral("Another scrambling of the sequence (default 1)."), QStringLiteral("S"));
  parser.repeatable(Range,
                    QStringLiteral("What a parameter may truly be, in place of the table's range: the optimistic end "
                                   "first, with a shape (uniform, log-uniform, triangular) if you like, as in "
                                   "offset_mv=2:8:log-uniform."),
                    QStringLiteral("KEY=OPTIMISTIC:PESSIMISTIC"));
}

SamplingOptions samplingFrom(const VerbParser &parser, std::size_t draws) {
  SamplingOptions options;
  options.draws = draws;
  bool ok = true;
  if (parser.isSet(Samples)) {
    const qulonglong given = parser.value(Samples).toULongLong(&ok);
    if (!ok || given < FewestDraws || given > MostDraws)
      throw Error(parser.place(), QStringLiteral("--samples %1").arg(quoted(parser.value(Samples))),
                  QStringLiteral("give a whole number from %1 to %2").arg(FewestDraws).arg(MostDraws));
    options.draws = given;
  }
  if (parser.isSet(Seed)) {
    options.seed = parser.value(Seed).toULongLong(&ok);
    if (!ok)
      throw Error(parser.place(), QStringLiteral("--seed %1").arg(quoted(parser.value(Seed))),
                  QStringLiteral("give a whole number, 0 or more"));
  }
  const QString place = parser.place() + QStringLiteral(" --range");
  for (const QString &text : parser.values(Range)) {
    const auto [key, range] = parseRange(text, place);
    if (!options.ranges.emplace(key, range).second)
      throw Error(place, QStringLiteral("gives %1 twice").arg(key), QStringLiteral("give it once"));
  }
  return options;
}

void refuseUnusedUncertaintyOptions(const VerbParser &parser, const QStringList &users) {
  for (const QString &option : {Samples, Seed, Range}) parser.needs(option, users);
}

}  // namespace pimento

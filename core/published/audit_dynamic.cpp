// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/format.h"
#include "core/network/families/families.h"
#include "core/published/claims.h"

namespace pimento {

namespace {

constexpr std::array<const char *, 4> Subnets{"subnet1", "subnet2", "subnet3", "subnet4"};
constexpr std::array<const char *, 4> Widths{"0.25", "0.5", "0.75", "1.0"};
const QString Paper = QStringLiteral("Dynamic-network paper, ");

// MACs and parameters of one of our networks, by width.
std::map<QString, Counts> countsByWidth(const char *family) {
  const NetworkSpec network = makeNetwork(QString::fromLatin1(family));
  std::map<QString, Counts> counts;
  for (const Variant &variant : network.variants) counts[variant.name] = total(network, countLayers(network, variant));
  return counts;
}

// Table III's sizes of the S-NN sub-nets against the slimmable ResNet18.
void auditWidths(Claims &claims, const Reader &read, const char *quantity, double scale, std::int64_t Counts::*count) {
  const auto counts = countsByWidth("resnet18-slimmable");
  const QString row = QStringLiteral("S-NN ") + QString::fromLatin1(quantity);
  QStringList printed;
  QStringList ours;
  bool holds = true;
  for (std::size_t i = 0; i < Subnets.size(); ++i) {
    const double value = static_cast<double>(counts.at(QString::fromLatin1(Widths[i])).*count) / scale;
    printed << read.text("dynamic-table3", row, Subnets[i]);
    ours << fourDigits(value);
    holds = holds && agreesAsPrinted(printed.back(), value);
  }
  const QString comma = QStringLiteral(", ");
  claims.push_back(
      {QStringLiteral("dynamic-table3.s-nn-%1").arg(QString::fromLatin1(quantity).toLower()),
       QStringLiteral("S-NN %1 are those of ResNet18 at widths 0.25, 0.5, 0.75 and 1.0").arg(QLatin1String(quantity)),
       printed.join(comma), ours.join(comma), verdictOf(holds), Paper + QStringLiteral("Table III, ") + row,
       QStringLiteral(
           "Counts of the layer list in units of 10^%1, rounded or cut to the printed digits; FLOPS are taken as MACs.")
           .arg(std::log10(scale))});
}

void auditFlops(Claims &claims, const Reader &read) {
  constexpr double FlopsPerMac = 2;  // a multiplication and an addition
  const QString row = QStringLiteral("S-NN FLOPS");
  const QString printed = read.text("dynamic-table3", row, "subnet4");
  const auto macs = static_cast<double>(countsByWidth("resnet18-slimmable").at(QStringLiteral("1.0")).macs) / 1e8;
  claims.push_back({QStringLiteral("dynamic-8.flops"), QStringLiteral("FLOPS are floating-point operations"),
                    printed + QStringLiteral("e8"), fourDigits(FlopsPerMac * macs) + QStringLiteral("e8"),
                    verdictOf(agreesAsPrinted(printed, FlopsPerMac * macs)),
                    Paper + QStringLiteral("Table III, S-NN, subnet4"),
                    QStringLiteral("ResNet18 takes %1e8 multiply-accumulates, twice as many operations. (The textbook "
                                   "figure is %2e8 MACs.)")
                        .arg(fourDigits(macs), read.factText("dynamic-resnet18-macs"))});
}

void auditBackground(Claims &claims, const Reader &read) {
  const double params = read.value("dynamic-table3", QStringLiteral("Ours Parameters"), "subnet4");
  const double macs = read.value("dynamic-table3", QStringLiteral("Ours FLOPS"), "subnet4");
  const double standardParams = read.fact("dynamic-resnet18-params");
  const double standardMacs = read.fact("dynamic-resnet18-macs");
  const auto pair = [](double p, double m) {
    return QStringLiteral("%1 M parameters, %2e8 MACs").arg(exactNumber(p), exactNumber(m));
  };
  claims.push_back({QStringLiteral("dynamic-8.background"),
                    QStringLiteral("The non-uniform subnet4 is sampled from the standard ResNet18"), pair(params, macs),
                    QStringLiteral("at most ") + pair(standardParams, standardMacs),
                    verdictOf(params <= standardParams && macs <= standardMacs),
                    Paper + QStringLiteral("Table III, Ours, subnet4"),
                    QStringLiteral("A sub-net can not be larger than its background model.")});
}

void auditSmaller(Claims &claims, const Reader &read) {
  QStringList larger;
  for (const char *subnet : Subnets)
    for (const char *quantity : {"Parameters", "FLOPS"}) {
      const auto of = [&](const char *method) {
        return read.value("dynamic-table3", QStringLiteral("%1 %2").arg(QLatin1String(method), QLatin1String(quantity)),
                          subnet);
      };
      if (of("Ours") >= of("S-NN"))
        larger << QStringLiteral("%1 %2 (%3, S-NN %4)")
                      .arg(QLatin1String(subnet), QLatin1String(quantity), exactNumber(of("Ours")),
                           exactNumber(of("S-NN")));
    }
  const qsizetype all = 2 * static_cast<qsizetype>(Subnets.size());
  claims.push_back({QStringLiteral("dynamic-8.smaller"),
                    QStringLiteral("Each non-uniform sub-net has even fewer parameters and FLOPS"),
                    QStringLiteral("%1 of %1").arg(all), QStringLiteral("%1 of %2").arg(all - larger.size()).arg(all),
                    verdictOf(larger.isEmpty()), read.place("dynamic-even-smaller"),
                    larger.isEmpty() ? QStringLiteral("Every sub-net is smaller than S-NN's.")
                                     : QStringLiteral("Not ") + larger.join(QStringLiteral(", "))});
}

// Smallest difference between two rows of Table III.
double leastGain(const Reader &read, const char *accuracy) {
  double least = 100;
  for (const char *subnet : Subnets) {
    const auto of = [&](const char *method) {
      return read.value("dynamic-table3", QStringLiteral("%1 %2").arg(QLatin1String(method), QLatin1String(accuracy)),
                        subnet);
    };
    least = std::min(least, of("Ours") - of("S-NN"));
  }
  return least;
}

void auditNonUniform(Claims &claims, const Reader &read) {
  const double individual = leastGain(read, "Individual");
  claims.push_back({QStringLiteral("dynamic-table3.individual"),
                    QStringLiteral("Non-uniform sub-nets trained individually are better than uniform ones"),
                    QStringLiteral("above 0"),
                    QStringLiteral("at least ") + fourDigits(individual) + QStringLiteral(" pp"),
                    verdictOf(individual > 0), Paper + QStringLiteral("Table III, Individual"),
                    QStringLiteral("Smallest of the four differences.")});
  claims.push_back({QStringLiteral("dynamic-table3.dynamic"),
                    QStringLiteral("In the dynamic network they are almost the same or better"),
                    read.quote("dynamic-even-smaller"),
                    QStringLiteral("at least ") + fourDigits(leastGain(read, "Dynamic")) + QStringLiteral(" pp"),
                    QStringLiteral("textual"), Paper + QStringLiteral("Table III, Dynamic"),
                    QStringLiteral("Smallest of the four differences; \"almost\" has no number.")});
}

void auditTableOne(Claims &claims, const Reader &read) {
  const PaperTable &table = tableNamed(read.tables(), QStringLiteral("dynamic-table1"));
  double gain = 100;
  double loss = 0;
  for (const QString &row : rowNames(table)) {
    const double full = read.value("dynamic-table1", row, "ours_fp");
    gain = std::min(gain, full - read.value("dynamic-table1", row, "s_nn_fp"));
    for (const char *bits : {"ours_16bit", "ours_8bit"})
      loss = std::max(loss, full - read.value("dynamic-table1", row, bits));
  }
  claims.push_back({QStringLiteral("dynamic-table1.distillation"),
                    QStringLiteral("With distillation every width of ResNet20 is better than S-NN"),
                    QStringLiteral("above 0"), QStringLiteral("at least ") + fourDigits(gain) + QStringLiteral(" pp"),
                    verdictOf(gain > 0), Paper + QStringLiteral("Table I"),
                    QStringLiteral("Smallest difference at full precision.")});
  claims.push_back({QStringLiteral("dynamic-table1.quantised"),
                    QStringLiteral("Quantisation to 16 and 8 bits costs little accuracy"),
                    read.quote("dynamic-little-degradation"),
                    QStringLiteral("at most ") + fourDigits(loss) + QStringLiteral(" pp"), QStringLiteral("textual"),
                    read.place("dynamic-little-degradation") + QStringLiteral("; Table I"),
                    QStringLiteral("Largest loss of any width; \"little\" has no number.")});
}

void auditBestAtEachSize(Claims &claims, const Reader &read) {
  const PaperTable &table = tableNamed(read.tables(), QStringLiteral("dynamic-table2"));
  int best = 0;
  const QStringList rows = rowNames(table);
  for (const QString &row : rows) {
    const double ours = read.value("dynamic-table2", row, "ours");
    best +=
        ours > read.value("dynamic-table2", row, "i_nn") && ours > read.value("dynamic-table2", row, "s_nn") ? 1 : 0;
  }
  claims.push_back({QStringLiteral("dynamic-table2.best"),
                    QStringLiteral("The best accuracy is achieved on each model size (ResNet50)"),
                    QStringLiteral("%1 of %1").arg(rows.size()), QStringLiteral("%1 of %2").arg(best).arg(rows.size()),
                    verdictOf(best == rows.size()), read.place("dynamic-best-at-each-size"),
                    QStringLiteral("Against I-NN and S-NN.")});
}

void auditTableTwo(Claims &claims, const Reader &read) {
  const auto counts = countsByWidth("resnet50-slimmable");
  const QStringList rows = rowNames(tableNamed(read.tables(), QStringLiteral("dynamic-table2")));
  QStringList printed;
  QStringList millions;
  QStringList megabytes;
  bool areMillions = true;
  bool areMegabytes = true;
  for (const QString &row : rows) {
    const auto params = static_cast<double>(counts.at(row.section(QLatin1Char(' '), 1)).params) / 1e6;
    printed << read.text("dynamic-table2", row, "params_mb");
    millions << fourDigits(params);
    megabytes << fourDigits(params * 4);
    areMillions = areMillions && agreesAsPrinted(printed.back(), params);
    areMegabytes = areMegabytes && agreesAsPrinted(printed.back(), params * 4);
  }
  const QString comma = QStringLiteral(", ");
  const QString source = Paper + QStringLiteral("Table II, Params(MB)");
  claims.push_back({QStringLiteral("dynamic-9.unit"), QStringLiteral("Params(MB) is a size in MB"), printed.join(comma),
                    megabytes.join(comma), verdictOf(areMegabytes), source,
                    QStringLiteral("32-bit parameters of ResNet50 at the printed widths, in MB.")});
  claims.push_back(
      {QStringLiteral("dynamic-table2.millions"), QStringLiteral("Params(MB) is the number of parameters in millions"),
       printed.join(comma), millions.join(comma), verdictOf(areMillions), source,
       QStringLiteral("Parameters of ResNet50 at the printed widths, rounded or cut to the printed digits.")});
}

void auditSlimmablePaper(Claims &claims, const Reader &read) {
  QStringList missing;
  QStringList theirs;
  QStringList ours;
  bool same = true;
  const QStringList rows = rowNames(tableNamed(read.tables(), QStringLiteral("dynamic-table2")));
  for (const char *width : Widths) {
    const QString row = QStringLiteral("ResNet50 ") + QString::fromLatin1(width);
    if (!rows.contains(row)) {
      missing << QString::fromLatin1(width);
      continue;
    }
    theirs << read.factText(QStringLiteral("slimmable-resnet50-%1").arg(QLatin1String(width)).toLatin1().constData());
    ours << read.text("dynamic-table2", row, "s_nn");
    same = same && theirs.back().toDouble() == ours.back().toDouble();
  }
  const QString comma = QStringLiteral(", ");
  claims.push_back({QStringLiteral("dynamic-table2.s-nn"),
                    QStringLiteral("The S-NN column is that of the slimmable paper (ResNet50)"), ours.join(comma),
                    theirs.join(comma), verdictOf(same), Paper + QStringLiteral("Table II, S-NN"),
                    read.place("slimmable-resnet50-1.0")});
  claims.push_back({QStringLiteral("dynamic-9.widths"), QStringLiteral("Table II prints the four widths of S-NN"),
                    QStringLiteral("4 widths"), QStringLiteral("%1 widths").arg(4 - missing.size()),
                    verdictOf(missing.isEmpty()), Paper + QStringLiteral("Table II"),
                    missing.isEmpty() ? QString()
                                      : QStringLiteral("Not printed: %1. The slimmable paper has %2 % there.")
                                            .arg(missing.join(comma), read.factText("slimmable-resnet50-0.5"))});
}

// Point 10, as far as counts go: were energy proportional to the work, it would fall with the multiplies.
void auditEnergyRatio(Claims &claims, const Reader &read) {
  const auto counts = countsByWidth("resnet20-slimmable");
  const double work = static_cast<double>(counts.at(QStringLiteral("1.0")).macs) /
                      static_cast<double>(counts.at(QStringLiteral("0.25")).macs);
  const double energy = read.fact("dynamic-energy-ratio");
  const double fixed = (1 / energy - 1 / work) / (1 - 1 / work);
  claims.push_back(
      {QStringLiteral("dynamic-10.multiplies"),
       QStringLiteral("Energy of ResNet20 falls from width 1.0 to 0.25 as its multiplies do"),
       read.factText("dynamic-energy-ratio") + QStringLiteral("x"), fourDigits(work) + QStringLiteral("x"),
       verdictOf(agreesAsPrinted(read.factText("dynamic-energy-ratio"), work)), read.place("dynamic-energy-ratio"),
       QStringLiteral("The printed ratio needs a cost that does not depend on the width, %1 % of the energy at "
                      "1.0.")
           .arg(fourDigits(100 * fixed))});
}

void auditSlices(Claims &claims, const Reader &read) {
  int slices = 0;
  for (const QString &fact : rowNames(tableNamed(read.tables(), QStringLiteral("facts"))))
    slices += fact.startsWith(QStringLiteral("dynamic-area-slice")) ? 1 : 0;
  claims.push_back(
      {QStringLiteral("deco-13.area"),
       QStringLiteral("The area overhead of %1 % is given without its three slices")
           .arg(read.factText("dynamic-area-overhead")),
       QStringLiteral("0 of %1").arg(read.factText("dynamic-area-sources")),
       QStringLiteral("%1 of %2").arg(slices).arg(read.factText("dynamic-area-sources")), verdictOf(slices == 0),
       read.place("dynamic-area-overhead"),
       QStringLiteral("The pie of Fig. 7a has no numbers in the text: ") + read.quote("dynamic-area-sources")});
}

}  // namespace

void auditDynamic(Claims &claims, const PaperTables &tables) {
  const Reader read(tables);
  auditTableOne(claims, read);
  auditBestAtEachSize(claims, read);
  auditTableTwo(claims, read);
  auditSlimmablePaper(claims, read);
  auditWidths(claims, read, "Parameters", 1e6, &Counts::params);
  auditWidths(claims, read, "FLOPS", 1e8, &Counts::macs);
  auditFlops(claims, read);
  auditBackground(claims, read);
  auditSmaller(claims, read);
  auditNonUniform(claims, read);
  auditEnergyRatio(claims, read);
  auditSlices(claims, read);
}

}  // namespace pimento

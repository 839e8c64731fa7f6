// SPDX-License-Identifier: GPL-3.0-or-later
// What figures of the hardware model show: curves, histograms, the chain. Values are realistic, not computed.
#include <array>
#include <cmath>
#include <random>

#include "tests/widgets/sample_data.h"

namespace pimento::sample {

CurveData switching() {
  CurveSeries first{.name = QStringLiteral("first switching"), .points = {}, .markers = Kind::Derived};
  CurveSeries always{.name = QStringLiteral("always switching"), .points = {}, .markers = Kind::Derived};
  CurveSeries fit{.name = QStringLiteral("fit used by estimates"), .points = {}};
  CurveBand band{.name = QStringLiteral("5 to 95 % of switching at 300 K"), .edges = {}};
  const std::array<std::array<double, 3>, 6> points{
      {{0.5, 235.5, 295}, {1, 126.4, 141}, {2, 78.8, 92}, {3, 66.1, 75}, {5, 52.6, 61}, {10, 43.6, 50}}};
  for (const auto &[pulse_ns, first_ua, always_ua] : points) {
    first.points.emplace_back(pulse_ns, first_ua);
    always.points.emplace_back(pulse_ns, always_ua);
    band.edges.push_back({pulse_ns, 0.9 * first_ua, 1.25 * always_ua});
  }
  for (int i = 0; i <= 40; ++i) {
    const double pulse_ns = 0.5 * std::pow(20.0, i / 40.0);
    fit.points.emplace_back(pulse_ns, 34.2 + 98 / pulse_ns);
  }
  return {.title = QStringLiteral("Switching current against pulse"),
          .takeaway = QStringLiteral("At 2 ns the write current of 200 µA is 2.2x the current that always switches."),
          .emptyText = {},
          .note = QStringLiteral("refining…"),
          .xAxis = {.title = QStringLiteral("Pulse"),
                    .base = QStringLiteral("s"),
                    .toBase = 1e-9,
                    .scaling = Scaling::SiPrefix},
          .yAxis = {.title = QStringLiteral("Current"),
                    .base = QStringLiteral("A"),
                    .toBase = 1e-6,
                    .scaling = Scaling::SiPrefix},
          .xScale = AxisScale::Log10,
          .yScale = AxisScale::Linear,
          .series = {first, always, fit},
          .band = band,
          .mark = CurveMark{.label = QStringLiteral("write pulse 2 ns, 200 µA"), .x = 2, .y = 200}};
}

namespace {

const AxisSpec voltage{.title = QStringLiteral("Bit-line voltage"),
                       .base = QStringLiteral("V"),
                       .toBase = 1e-3,
                       .scaling = Scaling::SiPrefix};

Distribution normal(const QString &name, double mean, double deviation, std::mt19937 &random) {
  Distribution result{.name = name, .first = mean - 5 * deviation, .width = 0.25 * deviation};
  result.counts.resize(40);
  for (int i = 0; i < 10000; ++i) {
    double sum = -6;
    for (int k = 0; k < 12; ++k) sum += random() / 4294967296.0;
    const auto bin = static_cast<std::ptrdiff_t>((sum + 5) / 0.25);
    if (bin >= 0 && bin < 40) ++result.counts[static_cast<std::size_t>(bin)];
  }
  return result;
}

}  // namespace

HistogramData and2Margins() {
  std::mt19937 random(7);
  return {.title = QStringLiteral("Bit-line voltage of AND2 by number of ones"),
          .takeaway = QStringLiteral("A margin of 38.2 mV stands against an offset of 5 mV: 1.1e-4 of the cases with "
                                     "one 1 are read wrongly."),
          .emptyText = {},
          .axis = voltage,
          .countTitle = QStringLiteral("Trials"),
          .countScale = AxisScale::Linear,
          .distributions = {normal(QStringLiteral("0 ones"), 80, 2.1, random),
                            normal(QStringLiteral("1 one"), 101.8, 3.2, random),
                            normal(QStringLiteral("2 ones"), 140, 5.5, random)},
          .references = {{120.9, QStringLiteral("reference 120.9 mV")}}};
}

HistogramData or3Margins() {
  std::mt19937 random(8);
  HistogramData data = and2Margins();
  data.title = QStringLiteral("Bit-line voltage of three rows by number of ones");
  data.countScale = AxisScale::Log10;
  data.distributions = {
      normal(QStringLiteral("0 ones"), 53.3, 3.1, random), normal(QStringLiteral("1 one"), 62.2, 3.4, random),
      normal(QStringLiteral("2 ones"), 74.6, 4.0, random), normal(QStringLiteral("3 ones"), 93.3, 5.5, random)};
  data.references = {{57.8, QStringLiteral("OR3 57.8 mV")},
                     {68.4, QStringLiteral("MAJ 68.4 mV")},
                     {84.0, QStringLiteral("AND3 84.0 mV")}};
  return data;
}

ChainData chain() {
  const auto text = [](const char *utf8) { return QString::fromUtf8(utf8); };
  const auto line = [&](const char *name, const char *value, const char *base = "", const char *change = "") {
    return ChainLine{text(name), text(value), text(base), text(change)};
  };
  return {
      .title = text("From device to network"),
      .takeaway = text("A TMR of 171 % makes the sense margin 1.508x and the errors of AND2 vanish; ResNet20 takes "
                       "0.94x the energy."),
      .emptyText = {},
      .boxes = {
          {text("Device"),
           {line("write current", "200 µA"), line("write pulse", "2 ns"), line("thermal stability", "66.6"),
            line("write energy from the supply", "440 fJ"), line("TMR", "171 %", "120 %", "1.425x")},
           {text("Retention: 1.2 flips a day in 512 Mb at 350 K; scrub every 9 h.")},
           {text("write 200 µA"), text("2 ns"), text("R 5, 13.6 kΩ")}},
          {text("Sense amplifier"),
           {line("AND2 margin", "57.6 mV", "38.2 mV", "1.508x"), line("OR2 margin", "27.9 mV", "21.8 mV", "1.28x"),
            line("AND2 error rate", "2.1e-7", "2.4e-4", "0.0009x"), line("sensing time", "0.8 ns")},
           {},
           {text("margin 57.6 mV"), text("error 2.1e-7")}},
          {text("Array 256 x 512"),
           {line("AND2 row operation", "1.61 ns, 18.9 pJ"), line("write row", "2.4 ns, 28.1 pJ"),
            line("area", "0.0806 mm²"), line("leakage", "2.31 µW")},
           {},
           {text("cost of row operations")}},
          {text("Chip 512 Mb"),
           {line("sub-arrays", "4,096"), line("area", "359 mm²"), line("overhead", "9.8 %"), line("power cap", "2 W")},
           {text("The H-tree takes 72 % of a read's energy.")},
           {text("transport"), text("ports"), text("power cap")}},
          {text("ResNet20 1.0, 8:8 bits"),
           {line("energy", "884 µJ", "938 µJ", "0.942x"), line("latency", "1.8 ms"), line("power", "491 mW"),
            line("sub-arrays used", "61"), line("hottest row", "9,216 writes an image")},
           {},
           {}}}};
}

RatioData ratios() {
  const auto row = [](const char *group, const char *name, double ratio, double spread) {
    RatioRow result{
        .group = QString::fromUtf8(group), .name = QString::fromUtf8(name), .ratio = ratio, .tolerance = {}};
    if (spread == 0 || std::isnan(ratio)) return result;
    result.tolerance = Interval{1 - spread, 1 + spread};
    result.agreement = std::abs(ratio - 1) <= spread ? Agreement::Within : Agreement::Outside;
    return result;
  };
  return {
      .title = QStringLiteral("The model against what is known"),
      .takeaway = QStringLiteral("9 of 11 checks lie within their tolerance; IMCE's image energy differs most, 0.51x."),
      .emptyText = {},
      .axisTitle = QStringLiteral("ours / theirs"),
      .rows = {row("Device", "first switching current at 0.5 ns", 1.012, 0.05),
               row("Device", "first switching current at 2 ns", 0.996, 0.05),
               row("Device", "thermal stability", 1.0, 0.02), row("Sense amplifier", "AND2 margin", 1.0003, 0.01),
               row("Sense amplifier", "AND2 error rate, no ones", std::nan(""), 0.05),
               row("Array", "read energy of the sub-array 256x512 with 512 sense amplifiers", 1.08, 0.15),
               row("Array", "write latency of the 8x8 mats of 4 MB", 1.41, 0.3),
               row("Array", "area of the mat", 0.91, 0.15), row("Whole runs", "LeNet-5 energy of an image", 1.22, 0),
               row("Whole runs", "IMCE energy of an image", 0.51, 0.3), row("Whole runs", "area overhead", 1.24, 0)}};
}

}  // namespace pimento::sample

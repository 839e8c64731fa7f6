// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/hardware_charts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/session/labels.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/vector_registers.h"
#include "core/hardware/device/device.h"
#include "core/hardware/sense/sense_errors.h"

namespace pimento {

namespace {

constexpr double ShortestPulse_ns = 0.5;
constexpr double LongestPulse_ns = 10;
constexpr int FitPoints = 60;

AxisSpec axis(const QString &title, const QString &base, double toBase) {
  return {.title = title, .base = base, .toBase = toBase, .scaling = Scaling::SiPrefix};
}

CurveSeries fitOf(const Device &device, const QString &name) {
  CurveSeries series{.name = name, .points = {}, .markers = {}};
  const double last = std::max(LongestPulse_ns, device.write_pulse_ns);
  const double first = std::min(ShortestPulse_ns, device.write_pulse_ns);
  for (int i = 0; i <= FitPoints; ++i) {
    const double pulse_ns = first * std::pow(last / first, double(i) / FitPoints);
    series.points.emplace_back(pulse_ns, switchingCurrent_ua(device, pulse_ns));
  }
  return series;
}

using Current = std::optional<double> SwitchingPoint::*;

// A series keeps its hue and dashes whether others are there or not.
enum CurveLook : std::size_t { FitLook, EquationLook, AlwaysLook };

CurveSeries pointsOf(const std::vector<SwitchingPoint> &points, Current current, const QString &name, CurveLook look) {
  CurveSeries series{.name = name, .points = {}, .markers = Kind::Estimated};
  series.look = look;
  for (const SwitchingPoint &point : points)
    series.points.emplace_back(point.pulse_ns, (point.*current).value_or(std::numeric_limits<double>::quiet_NaN()));
  return series;
}

// "The equation of motion needs 0.96x to 1.03x the current of the fit."
QString againstFit(const Device &device, const std::vector<SwitchingPoint> &points) {
  double least = 0;
  double most = 0;
  for (const SwitchingPoint &point : points) {
    if (!point.current_ua) continue;
    const double ratio = *point.current_ua / switchingCurrent_ua(device, point.pulse_ns);
    least = least == 0 ? ratio : std::min(least, ratio);
    most = std::max(most, ratio);
  }
  if (most == 0) return QStringLiteral(" No current up to %1 times the instability switches it.").arg(ScanMost);
  return QStringLiteral(" The equation of motion gives %1x to %2x the fit, which estimates use.")
      .arg(QString::number(least, 'f', 3), QString::number(most, 'f', 3));
}

QString ones(std::size_t count) { return count == 1 ? QStringLiteral("1 one") : QStringLiteral("%1 ones").arg(count); }

}  // namespace

std::vector<double> curvePulses_ns(const Device &device) {
  std::vector<double> pulses{0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10};
  if (std::find(pulses.begin(), pulses.end(), device.write_pulse_ns) == pulses.end())
    pulses.push_back(device.write_pulse_ns);
  std::sort(pulses.begin(), pulses.end());
  return pulses;
}

QString whyNoCurve(const Device &device) {
  if (!device.write_model->freeLayer) return QString::fromUtf8(device.write_model->noCurve);
  try {
    (void)switchingCurrent_ua(device, device.write_pulse_ns);
    return {};
  } catch (const Error &error) {
    return error.message();
  }
}

CurveData switchingData(const Device &device, const Device &base, const std::vector<SwitchingPoint> *points) {
  releaseVectorRegisters();
  CurveData data{.title = QStringLiteral("Switching current against pulse, zero temperature"),
                 .takeaway = {},
                 .emptyText = whyNoCurve(device),
                 .note = {},
                 .xAxis = axis(QStringLiteral("Pulse"), QStringLiteral("s"), 1e-9),
                 .yAxis = axis(QStringLiteral("Current"), QStringLiteral("A"), 1e-6),
                 .xScale = AxisScale::Log10,
                 .yScale = AxisScale::Log10,
                 .series = {},
                 .band = {},
                 .mark = {}};
  if (!data.emptyText.isEmpty()) return data;
  const DeviceState state = deviceState(device);
  data.series.push_back(fitOf(device, QStringLiteral("first switching, fit")));
  const bool changed = !(base == device) && whyNoCurve(base).isEmpty();
  data.series.back().look = FitLook;
  if (changed) {
    data.series.push_back(fitOf(base, QStringLiteral("the same before")));
    data.series.back().ink = CurveSeries::Ink::Grey;
  }
  data.takeaway = QStringLiteral("A write takes %1 for %2, %3x the current that switches first.")
                      .arg(siValue(state.write_current_ua * 1e-6, QStringLiteral("A")),
                           siValue(state.write_pulse_ns * 1e-9, QStringLiteral("s")),
                           fourDigits(state.write_current_ua / state.switching_ua));
  data.mark = CurveMark{QStringLiteral("write %1").arg(siValue(state.write_current_ua * 1e-6, QStringLiteral("A"))),
                        state.write_pulse_ns, state.write_current_ua, QStringLiteral("what a write takes")};
  if (points == nullptr) {
    data.note = QStringLiteral("refining…");
    return data;
  }
  data.series.push_back(pointsOf(*points, &SwitchingPoint::current_ua,
                                 QStringLiteral("first switching, equation of motion"), EquationLook));
  data.series.push_back(
      pointsOf(*points, &SwitchingPoint::always_current_ua, QStringLiteral("always switching"), AlwaysLook));
  data.takeaway += againstFit(device, *points);
  return data;
}

namespace {

std::vector<Distribution> distributionsOf(const MarginHistogram &histogram) {
  std::vector<Distribution> distributions;
  for (std::size_t n = 0; n < histogram.counts.size(); ++n) {
    distributions.push_back(
        {.name = ones(n), .first = histogram.first_mv, .width = histogram.bin_mv, .counts = {}, .mean = {}});
    distributions.back().counts.assign(histogram.counts[n].begin(), histogram.counts[n].end());
  }
  return distributions;
}

}  // namespace

HistogramData marginData(const Sensing &sensing, const MarginHistogram &histogram, const MarginHistogram *before) {
  const QString op = QString::fromLatin1(SenseOpNames[static_cast<std::size_t>(histogram.op)]);
  HistogramData data{.title = QStringLiteral("Settled bit-line voltage of %1 with offset, by number of ones").arg(op),
                     .takeaway = {},
                     .emptyText = {},
                     .axis = axis(QStringLiteral("Voltage"), QStringLiteral("V"), 1e-3),
                     .countTitle = QStringLiteral("Trials of %1").arg(grouped(histogram.trials)),
                     .countScale = AxisScale::Linear,
                     .distributions = {},
                     .references = {},
                     .before = {}};
  data.distributions = distributionsOf(histogram);
  if (before != nullptr) data.before = distributionsOf(*before);
  data.references.push_back(
      {histogram.reference_mv,
       QStringLiteral("reference %1").arg(siValue(histogram.reference_mv * 1e-3, QStringLiteral("V")))});
  const SenseErrors errors = senseErrors(sensing, histogram.op);
  data.takeaway =
      QStringLiteral(
          "%1 of the columns and cells beside the reference would be sensed wrongly from a settled line (offset %2, "
          "TMR %3 %).")
          .arg(fourDigits(errors.headline), siValue(sensing.offset_mv * 1e-3, QStringLiteral("V")),
               fourDigits(sensing.tmr_pct));
  data.takeaway += QStringLiteral(" Arrows join the means of the sample.");
  if (sensing.sense_model == SenseModel::Nvsim)
    data.takeaway += QStringLiteral(" NVSim's sense constants, which the estimate uses here, know none of this.");
  return data;
}

BarData energyBeforeAndAfter(const Session &session) {
  BarData data;
  data.axis = axisSpec(Metric::Energy);
  data.title = QStringLiteral("Energy by component");
  data.emptyText = noSubjectText(session);
  const auto subject = subjectOf(session);
  if (!subject) return data;
  releaseVectorRegisters();
  const SubjectAccelerator at = subjectAccelerator(session, subject->network.name);
  std::vector<Totals> totals;
  Machine machine;
  for (const Accelerator *accelerator : {&at.base, &at.changed}) {
    if (!totals.empty() && !at.isChanged()) break;
    machine = buildMachine(*accelerator);
    totals.push_back(estimateTotals(workOf(subject->network, subject->variant, accelerator->schedule.layout), machine,
                                    subject->bits, subject->part));
    data.bars.push_back({accelerator == &at.base ? profileTitle(at.base) : at.title(), {}});
  }
  double regions = 0;
  QStringList names;  // of the regions
  for (std::size_t c = 0; c < ComponentCount; ++c) {
    if (std::all_of(totals.begin(), totals.end(), [c](const Totals &t) { return t.energy_pj[c] <= 0; })) continue;
    const auto component = static_cast<std::size_t>(data.components.size());
    data.components << QString::fromLatin1(components()[c].title);
    for (std::size_t i = 0; i < totals.size(); ++i)
      data.bars[i].parts.push_back({component, totals[i].energy_pj[c] * 1e-6});
    if (!components()[c].published) continue;
    regions += totals.back().energy_pj[c] * 1e-6;
    names << data.components.back();
  }
  const double energy_uj = totals.back().energy_uj();
  data.title = QStringLiteral("Energy of %1 by component, estimated at %2:%3 bits%4")
                   .arg(subjectTitle(*subject))
                   .arg(subject->bits.weights)
                   .arg(subject->bits.activations)
                   .arg(subject->part == Part::Head ? QStringLiteral(", head only") : QString());
  data.takeaway = QStringLiteral("The papers' regions (%1) are %2 % of %3; the rest is what they leave out.")
                      .arg(names.join(QStringLiteral(", ")), fourDigits(100 * regions / energy_uj),
                           shortValue(Metric::Energy, energy_uj));
  if (const QString validity = validityOf(*subject, at.changed, machine); !validity.isEmpty())
    data.takeaway += QLatin1Char(' ') + validity;
  return data;
}

}  // namespace pimento

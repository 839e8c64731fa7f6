// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/hardware_chain.h"

#include <cmath>

#include "app/session/labels.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "core/base/format.h"
#include "core/base/vector_registers.h"
#include "core/hardware/device/retention.h"
#include "core/hardware/estimate/findings.h"
#include "core/hardware/profile/junction.h"
#include "core/hardware/profile/parameters.h"

namespace pimento {

namespace {

enum Box : std::size_t { DeviceBox, SenseBox, ArrayBox, ChipBox };
constexpr double SameRatio = 5e-4;  // a change that four digits do not show
constexpr double Forever_s = 1e15;  // 30 million years

// An accelerator with all that follows from it.
struct Evaluated {
  const Accelerator &accelerator;
  Machine machine;
  std::optional<Totals> totals;  // of the network at hand
};

constexpr const char *Duration = "duration";  // in place of a unit: seconds, told in years, days or hours where long

using Value = double (*)(const Evaluated &);

struct LineInfo {
  const char *name;
  const char *unit;  // with an SI prefix; empty: the number alone
  double toUnit;
  Value value;
  const char *parameter = nullptr;  // that the value is of; nullptr: it is estimated
};

const DeviceState &device(const Evaluated &s) { return s.machine.array.device; }
const SenseCost &sensed(const Evaluated &s, SenseOp op) { return s.machine.array.at(op); }
const OperationCost &operation(const Evaluated &s, RowOp op) { return s.machine.array.at(op); }
double rowEnergy(const Evaluated &s, RowOp op) { return operation(s, op).energy_pj(s.machine.dimensions.columns); }

Retention held(const Evaluated &s) {
  return retention(device(s), s.accelerator.chip.bits(), ScrubTarget, s.accelerator.device.retention_target);
}

double lifetime(const Evaluated &s) { return lifetime_s(*s.totals, s.accelerator.device.endurance_cycles); }

constexpr LineInfo DeviceLines[] = {
    {"write current", "A", 1e-6, [](const Evaluated &s) { return device(s).write_current_ua; }},
    {"write pulse", "s", 1e-9, [](const Evaluated &s) { return device(s).write_pulse_ns; }, "write_pulse_ns"},
    {"write energy from the supply", "J", 1e-15, [](const Evaluated &s) { return device(s).write_fj; }},
    {"heavy metal", "Ω", 1, [](const Evaluated &s) { return device(s).metal_ohm; }},
    {"thermal stability", "", 1, [](const Evaluated &s) { return device(s).stability; }},
    {"flips a day in the chip", "", 1, [](const Evaluated &s) { return held(s).flips_per_day; }},
    {"scrub every", Duration, 1, [](const Evaluated &s) { return held(s).scrub_interval_s; }}};

constexpr LineInfo SenseLines[] = {
    {"READ margin", "V", 1e-3, [](const Evaluated &s) { return sensed(s, SenseOp::Read).margin_mv; }},
    {"AND2 margin", "V", 1e-3, [](const Evaluated &s) { return sensed(s, SenseOp::And2).margin_mv; }},
    {"AND2 errors at strobe", "", 1, [](const Evaluated &s) { return sensed(s, SenseOp::And2).strobed_error_rate; }},
    {"READ errors at strobe", "", 1, [](const Evaluated &s) { return sensed(s, SenseOp::Read).strobed_error_rate; }},
    {"AND2 settling", "s", 1e-9, [](const Evaluated &s) { return sensed(s, SenseOp::And2).settle_ns; }},
    {"AND2 energy a column", "J", 1e-15, [](const Evaluated &s) { return sensed(s, SenseOp::And2).energy_fj; }}};

constexpr LineInfo ArrayLines[] = {
    {"AND2 of a row", "s", 1e-9, [](const Evaluated &s) { return operation(s, RowOp::And2).latency_ns; }},
    {"its energy", "J", 1e-12, [](const Evaluated &s) { return rowEnergy(s, RowOp::And2); }},
    {"write of a row", "s", 1e-9, [](const Evaluated &s) { return operation(s, RowOp::Write).latency_ns; }},
    {"write energy", "J", 1e-12, [](const Evaluated &s) { return rowEnergy(s, RowOp::Write); }},
    {"area", "µm²", 1, [](const Evaluated &s) { return s.machine.array.totalArea_um2(); }},
    {"leakage", "W", 1, [](const Evaluated &s) { return s.machine.array.totalLeakage_w(); }}};

constexpr LineInfo ChipLines[] = {
    {"sub-arrays", "", 1, [](const Evaluated &s) { return double(s.machine.chip.subarrays); }},
    {"area", "mm²", 1, [](const Evaluated &s) { return s.machine.chip.area_mm2(); }},
    {"area overhead", "%", 1, [](const Evaluated &s) { return areaOverhead(s.machine.array).total_pct(); }},
    {"wire a bit and mm", "J", 1e-12, [](const Evaluated &s) { return s.machine.chip.wire_pj_per_bit_mm; }},
    {"idle leakage", "W", 1, [](const Evaluated &s) { return s.machine.idle_w; }},
    {"power cap", "W", 1, [](const Evaluated &s) { return s.accelerator.schedule.power_cap_w; }, "power_cap_w"}};

constexpr LineInfo NetworkLines[] = {
    {"energy", "J", 1e-6, [](const Evaluated &s) { return s.totals->energy_uj(); }},
    {"latency", "s", 1e-6, [](const Evaluated &s) { return s.totals->latency_us(); }},
    {"power", "W", 1, [](const Evaluated &s) { return s.totals->power_w(); }},
    {"sub-arrays used", "", 1, [](const Evaluated &s) { return double(s.totals->usedSubarrays); }},
    {"area used", "mm²", 1, [](const Evaluated &s) { return s.totals->area_mm2; }},
    {"writes of the busiest row", "", 1, [](const Evaluated &s) { return s.totals->rowWrites; }},
    {"its lifetime", Duration, 1, lifetime}};

QString durationText(double seconds) {
  constexpr std::pair<double, const char *> Units[] = {{365.25 * 86400, "years"}, {86400, "days"}, {3600, "hours"}};
  for (const auto &[size, name] : Units)
    if (seconds >= size) return roundedCount(seconds / size) + QChar(QChar::Nbsp) + QString::fromLatin1(name);
  return siValue(seconds, QStringLiteral("s"));
}

bool isUnlimited(const LineInfo &info, double value) {
  return !std::isfinite(value) || (info.unit == Duration && value > Forever_s);
}

// Nothing is a multiple of zero or of what has no limit.
bool hasRatio(const LineInfo &info, double value) { return value != 0 && !isUnlimited(info, value); }

QString text(const LineInfo &info, double value) {
  if (isUnlimited(info, value)) return QStringLiteral("unlimited");
  if (info.unit == Duration) return durationText(value);
  const QString unit = QString::fromUtf8(info.unit);
  const bool prefixed = unit.size() == 1 && unit != QStringLiteral("%");
  if (prefixed) return siValue(value * info.toUnit, unit);
  return unit.isEmpty() ? roundedCount(value) : roundedCount(value) + QChar(QChar::Nbsp) + unit;
}

// Of what is shown: a parameter that the what-if changed is a supposition.
Kind kindOf(const LineInfo &info, const Evaluated &side) {
  return info.parameter == nullptr
             ? Kind::Estimated
             : kindOf(side.accelerator, requireParameter(QString::fromLatin1(info.parameter), QString()));
}

template <std::size_t N>
std::vector<ChainLine> lines(const LineInfo (&infos)[N], const Evaluated &base, const Evaluated &changed) {
  std::vector<ChainLine> list;
  for (const LineInfo &info : infos) {
    const double before = info.value(base);
    const double after = info.value(changed);
    ChainLine line{QString::fromUtf8(info.name), text(info, after), {}, {}, kindOf(info, changed)};
    const bool differs = std::abs(after - before) > SameRatio * std::abs(before);
    if (differs && text(info, before) != line.value) {
      line.base = text(info, before);
      if (hasRatio(info, before) && hasRatio(info, after))
        line.change = roundedCount(after / before) + QLatin1Char('x');
    }
    list.push_back(std::move(line));
  }
  return list;
}

void passOn(ChainData &chain, const Evaluated &s) {
  const Sensing &sensing = s.accelerator.sensing;
  chain.boxes[DeviceBox].passesOn = {siValue(parallelResistance_ohm(s.accelerator), QStringLiteral("Ω")),
                                     QStringLiteral("TMR\u00a0%1\u00a0%").arg(fourDigits(sensing.tmr_pct))};
  chain.boxes[SenseBox].passesOn = {siValue(sensed(s, SenseOp::And2).settle_ns * 1e-9, QStringLiteral("s")),
                                    siValue(sensed(s, SenseOp::And2).energy_fj * 1e-15, QStringLiteral("J"))};
  chain.boxes[ArrayBox].passesOn = {QStringLiteral("row operations"), QStringLiteral("area, leakage")};
  chain.boxes[ChipBox].passesOn = {QStringLiteral("transport"), QStringLiteral("power cap")};
}

QString chainTakeaway(const Subject &subject, const Evaluated &base, const Evaluated &changed,
                      const SubjectAccelerator &at) {
  if (!at.problem.isEmpty()) return whatIfText(at);
  const Totals &after = *changed.totals;
  const QString costs =
      QStringLiteral("%1 and %2")
          .arg(shortValue(Metric::Energy, after.energy_uj()), shortValue(Metric::Latency, after.latency_us()));
  const QString name = subjectTitle(subject);
  if (!at.isChanged()) return QStringLiteral("%1 takes %2 on %3, estimated.").arg(name, costs, at.title());
  return QStringLiteral("%1 %2 then takes %3, estimated: %4 the energy and %5 the latency.")
      .arg(whatIfText(at), name, costs, differenceText(Metric::Energy, after.energy_uj(), base.totals->energy_uj()),
           differenceText(Metric::Latency, after.latency_us(), base.totals->latency_us()));
}

}  // namespace

QString chainSection(std::size_t box) {
  constexpr const char *Sections[] = {"device", "sensing", "array", "chip", "schedule"};
  return QString::fromLatin1(Sections[std::min(box, std::size(Sections) - 1)]);
}

ChainData hardwareChain(const Session &session) {
  releaseVectorRegisters();
  const auto subject = subjectOf(session);
  const SubjectAccelerator at = subjectAccelerator(session, subject ? subject->network.name : QString());
  Evaluated base{at.base, buildMachine(at.base), {}};
  Evaluated changed{at.changed, buildMachine(at.changed), {}};
  ChainData chain;
  chain.title = QStringLiteral("From the device to the network: %1").arg(at.title());
  chain.boxes = {{QStringLiteral("Device"), lines(DeviceLines, base, changed), {}, {}},
                 {QStringLiteral("Sense amplifier"), lines(SenseLines, base, changed), {}, {}},
                 {QStringLiteral("Array %1 x %2").arg(at.changed.array.rows).arg(at.changed.array.columns),
                  lines(ArrayLines, base, changed),
                  {},
                  {}},
                 {QStringLiteral("Chip %1 Mb").arg(fourDigits(at.changed.chip.capacity_mbit)),
                  lines(ChipLines, base, changed),
                  {},
                  {}}};
  passOn(chain, changed);
  if (!subject) {
    chain.takeaway = whatIfText(at).isEmpty() ? noSubjectText(session) : whatIfText(at);
    chain.boxes.back().passesOn.clear();
    return chain;
  }
  for (Evaluated *side : {&base, &changed})
    side->totals = estimateTotals(workOf(subject->network, subject->variant, side->machine.schedule.layout),
                                  side->machine, subject->bits, subject->part);
  chain.boxes.push_back({QStringLiteral("%1, %2:%3 bits")
                             .arg(subjectTitle(*subject))
                             .arg(subject->bits.weights)
                             .arg(subject->bits.activations),
                         lines(NetworkLines, base, changed),
                         {},
                         {}});
  chain.takeaway = chainTakeaway(*subject, base, changed, at);
  const std::vector<Finding> found = findings(*changed.totals, at.changed, changed.machine);
  for (const Finding &finding : found)
    if (finding.level == WarningLevel::Note)
      chain.takeaway += QLatin1Char(' ') + asSentence(finding.text);
    else
      chain.boxes[static_cast<std::size_t>(finding.part)].warnings
          << (finding.level == WarningLevel::Invalid ? ledBy(finding.level, finding.text) : finding.text);
  const Judgement judgement = judge(found);
  if (judgement.validity != Validity::Valid)
    chain.takeaway += QStringLiteral(" %1 It is %2: %3.")
                          .arg(validityGlyph(judgement.validity), validityName(judgement.validity), judgement.reason);
  return chain;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/estimate/findings.h"

#include <algorithm>
#include <cmath>

#include "core/base/format.h"
#include "core/hardware/array/transistor.h"
#include "core/hardware/device/retention.h"
#include "core/hardware/estimate/validity_limits.h"
#include "core/hardware/profile/dataflows.h"
#include "core/hardware/profile/parameter_changes.h"
#include "core/hardware/profile/profiles.h"

namespace pimento {

namespace {

// What could not be computed is not valid: it is above every limit.
bool isAbove(double value, double limit) { return !(value <= limit); }

Validity judged(double value, double doubtfulAbove, double invalidAbove) {
  if (isAbove(value, invalidAbove)) return Validity::Invalid;
  return isAbove(value, doubtfulAbove) ? Validity::Doubtful : Validity::Valid;
}

QString above(const QString &what, double value, double limit) {
  if (std::isnan(value)) return what + QStringLiteral(" can not be computed");
  return QStringLiteral("%1 of %2 are above %3").arg(what, fourDigits(value), fourDigits(limit));
}

// Collects what holds.
class Findings {
 public:
  void add(bool when, WarningLevel level, ChainPart part, const QString &text) {
    if (when) m_list.push_back({level, Validity::Valid, part, text, {}});
  }

  // Doubtful or invalid, with a reason; nothing if valid.
  void addJudged(Validity validity, ChainPart part, const QString &text, const QString &reason) {
    if (validity == Validity::Valid) return;
    const auto level = validity == Validity::Invalid ? WarningLevel::Invalid : WarningLevel::Caution;
    m_list.push_back({level, validity, part, text, reason});
  }

  // An error rate `what` over its limits.
  void addErrors(const QString &what, double rate, const ValidityLimit &limit, ChainPart part, const QString &text) {
    const Validity validity = judged(rate, limit.doubtful, limit.invalid);
    addJudged(validity, part, text, above(what, rate, validity == Validity::Invalid ? limit.invalid : limit.doubtful));
  }

  void append(const std::vector<Finding> &more) { m_list.insert(m_list.end(), more.begin(), more.end()); }

  [[nodiscard]] std::vector<Finding> take() {
    std::stable_sort(m_list.begin(), m_list.end(),
                     [](const Finding &a, const Finding &b) { return a.level > b.level; });
    return std::move(m_list);
  }

 private:
  std::vector<Finding> m_list;
};

QString senseText(SenseOp op, const SenseCost &sense, const Accelerator &a) {
  return QStringLiteral(
             "%1 margin of %2 mV, %3 % of it there at the strobe: about %4 of the results are wrong, by "
             "offsets of %5 mV and the spread of the cells")
      .arg(QString::fromLatin1(SenseOpNames[static_cast<std::size_t>(op)]), fourDigits(sense.margin_mv),
           fourDigits(100 * sense.developed), fourDigits(sense.strobed_error_rate), fourDigits(a.sensing.offset_mv));
}

// The operation that the dataflow computes with is judged. READ fetches maps from the banks in every dataflow.
void addSenses(Findings &found, const Accelerator &a, const ArrayTable &array) {
  const SenseOp used = computingOp(a);
  const QString name = QString::fromLatin1(SenseOpNames[static_cast<std::size_t>(used)]);
  found.addErrors(name + QStringLiteral(" errors"), array.at(used).strobed_error_rate, SenseErrorLimit,
                  ChainPart::Sense, senseText(used, array.at(used), a));
  found.add(used != SenseOp::Read && isAbove(array.at(SenseOp::Read).strobed_error_rate, SenseErrorLimit.doubtful),
            WarningLevel::Caution, ChainPart::Sense, senseText(SenseOp::Read, array.at(SenseOp::Read), a));
}

void addWrites(Findings &found, const Accelerator &a) {
  const double failing = writeErrorRate(a.device);
  const double target = a.device.write_error_target;
  const Validity validity = judged(failing, target * (1 + WriteErrorTolerance), WriteErrorLimit.invalid);
  found.addJudged(
      validity, ChainPart::Device,
      QStringLiteral("about %1 of the writes fail at the write current").arg(fourDigits(failing)),
      above(QStringLiteral("write errors"), failing, validity == Validity::Invalid ? WriteErrorLimit.invalid : target));
}

void addPower(Findings &found, const Totals &t, const Accelerator &a) {
  const double cap = a.schedule.power_cap_w;
  const double power = t.power_w();
  found.addJudged(judged(power / cap, PowerLimit.doubtful, PowerLimit.invalid), ChainPart::Chip,
                  QStringLiteral("takes %1 W, more than the power cap of %2 W").arg(fourDigits(power), fourDigits(cap)),
                  QStringLiteral("power of %1 W is above the cap of %2 W").arg(fourDigits(power), fourDigits(cap)));
}

void addRetention(Findings &found, const Accelerator &a, const ArrayTable &array) {
  const Retention held = retention(array.device, a.chip.bits(), ScrubTarget, a.device.retention_target);
  if (!held.weak) return;
  const QString days = fourDigits(held.first_flip_days());
  const QString target = fourDigits(a.device.retention_target);
  found.addJudged(Validity::Doubtful, ChainPart::Device,
                  QStringLiteral("thermal stability %1: %2 cells of the chip flip a day, the first after %3 days; "
                                 "retention_target asks for %4")
                      .arg(fourDigits(array.device.stability), fourDigits(held.flips_per_day), days, target),
                  QStringLiteral("retention of %1 days is below %2").arg(days, target));
}

void addWear(Findings &found, const Totals &t, const Accelerator &a) {
  constexpr double DaysPerYear = 365.25;
  const double years = lifetime_s(t, a.device.endurance_cycles) / (DaysPerYear * 86400);
  found.add(!(years >= ShortLife_years), WarningLevel::Caution, ChainPart::Network,
            QStringLiteral("at %1 writes a cell the busiest row wears out in %2 days of continuous use")
                .arg(QString::number(a.device.endurance_cycles, 'g', 4), fourDigits(years * DaysPerYear)));
}

void addSize(Findings &found, const Totals &t, const Accelerator &a) {
  found.add(t.capBelowLeakage, WarningLevel::Caution, ChainPart::Chip,
            QStringLiteral("idle leakage of %1 leaves next to nothing of the power cap")
                .arg(siValue(t.idle_w, QStringLiteral("W"))));
  found.add(t.reloadShare > 0, WarningLevel::Caution, ChainPart::Chip,
            QStringLiteral("does not fit on the chip: %1 % of the weights are fetched for every image")
                .arg(fourDigits(t.reloadShare * 100)));
  found.add(!t.mapsFit, WarningLevel::Caution, ChainPart::Chip,
            QStringLiteral("the maps of %1 images in flight need more than half of the chip as image banks")
                .arg(a.schedule.batch));
  found.add(t.cappedLayers > 0, WarningLevel::Note, ChainPart::Chip,
            QStringLiteral("the power cap of %1 W sets the time of %2 of %3 layers, additions and pooling counted")
                .arg(fourDigits(a.schedule.power_cap_w))
                .arg(t.cappedLayers)
                .arg(t.layers));
}

// Of a physical array: what its supplies and transistors can not do.
void addSupplies(Findings &found, const Accelerator &a, const ArrayTable &array) {
  const double write_ua = array.device.write_current_ua;
  found.add(write_ua > array.write_carried_ua, WarningLevel::Caution, ChainPart::Array,
            QStringLiteral("a cell's write transistors carry %1 µA, a write takes %2 µA")
                .arg(fourDigits(array.write_carried_ua), fourDigits(write_ua)));
  found.add(array.write_headroom_v < WriteHeadroom_v, WarningLevel::Caution, ChainPart::Array,
            QStringLiteral("the write current of %1 µA leaves %2 V of the write supply to the driver")
                .arg(fourDigits(write_ua), fourDigits(array.write_headroom_v)));
  found.add(
      array.sense_headroom_v < SenseHeadroom_v, WarningLevel::Caution, ChainPart::Sense,
      QStringLiteral("a sensed line would rise to %1 V: a supply of %2 V leaves the current source less than %3 V")
          .arg(fourDigits(a.array.vdd_v - array.sense_headroom_v), fourDigits(a.array.vdd_v),
               fourDigits(SenseHeadroom_v)));
  found.addErrors(QStringLiteral("flips by a read"), array.disturb.probability, ReadDisturbLimit, ChainPart::Sense,
                  QStringLiteral("a read is %1 % of the junction's critical current: it flips a cell once in %2 reads")
                      .arg(fourDigits(array.disturb.share * 100), fourDigits(1 / array.disturb.probability)));
}

}  // namespace

std::vector<Finding> arrayFindings(const Accelerator &a, const ArrayTable &array) {
  Findings found;
  if (a.sensing.sense_model == SenseModel::Physical) addSupplies(found, a, array);
  found.add(
      !planarNode(a.array.feature_nm), WarningLevel::Caution, ChainPart::Array,
      QStringLiteral("feature_nm = %1 lies beyond the planar nodes (%2 to %3 nm) that the rules of scaling hold for")
          .arg(fourDigits(a.array.feature_nm), fourDigits(SmallestPlanar_nm), fourDigits(LargestPlanar_nm)));
  return found.take();
}

std::vector<Finding> findings(const Totals &totals, const Accelerator &accelerator, const Machine &machine) {
  Findings found;
  addSenses(found, accelerator, machine.array);
  addWrites(found, accelerator);
  addPower(found, totals, accelerator);
  found.append(arrayFindings(accelerator, machine.array));
  addRetention(found, accelerator, machine.array);
  addWear(found, totals, accelerator);
  addSize(found, totals, accelerator);
  found.add(accelerator.sensing.sense_model == SenseModel::Nvsim, WarningLevel::Note, ChainPart::Sense,
            QStringLiteral("NVSim's sense constants: TMR and access resistance have no effect"));
  return found.take();
}

SenseOp computingOp(const Accelerator &accelerator) {
  return traits(accelerator.schedule.dataflow).latched ? SenseOp::Read : SenseOp::And2;
}

QStringList warningTexts(std::span<const Finding> findings) {
  QStringList texts;
  for (const Finding &finding : findings) texts << ledBy(finding.level, finding.text);
  return texts;
}

Judgement judge(std::span<const Finding> findings) {
  Judgement judgement;
  QStringList reasons;
  for (const Finding &finding : findings) judgement.validity = worst(judgement.validity, finding.validity);
  for (const Finding &finding : findings)
    if (judgement.validity != Validity::Valid && finding.validity == judgement.validity) reasons << finding.reason;
  judgement.reason = reasons.join(QStringLiteral(", "));
  return judgement;
}

QString profileText(const Accelerator &accelerator) {
  constexpr qsizetype MostNamed = 3;
  const QString name = QStringLiteral("profile ") + accelerator.name;
  if (!builtInProfiles().contains(accelerator.name)) return name;
  QStringList changes = assignments(changesBetween(builtInProfile(accelerator.name), accelerator));
  if (changes.isEmpty()) return name;
  const qsizetype more = changes.size() - MostNamed;
  if (more > 0) changes = changes.mid(0, MostNamed) << QStringLiteral("%1 more").arg(more);
  return QStringLiteral("%1 (%2)").arg(name, changes.join(QStringLiteral(", ")));
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/breakdowns.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "app/session/labels.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "core/base/format.h"
#include "core/hardware/estimate/estimate_table.h"

namespace pimento {

namespace {

constexpr std::size_t MostBars = 60;

AxisSpec energyAxis() { return axisSpec(Metric::Energy); }

// Enough for a sentence; tables and tooltips have more.
QString threeDigits(double value) {
  const double size = std::abs(value);
  if (size >= 1e4 || (value != 0 && size < 1e-3)) return fourDigits(value);
  const int decimals = value == 0 ? 0 : std::max(0, 2 - static_cast<int>(std::floor(std::log10(size) + 1e-12)));
  return exactNumber(QString::number(value, 'f', decimals).toDouble());
}

// "The feature extractor takes 93.4 to 99.7 % of VGG16's energy, 25.2 to 99.7 % of MobileNetV1's."
QString extractorTakeaway(const Session &session, const DesignBars &bars) {
  std::vector<std::pair<QString, Interval>> shares;  // per network, in order
  for (std::size_t i = 0; i < bars.rows.size(); ++i) {
    const QString network = networkTitle(session.table().name(session.table().key(bars.rows[i]).network));
    const double share = 100 * bars.data.bars[i].parts[0].value / total(bars.data.bars[i]);
    if (shares.empty() || shares.back().first != network) shares.push_back({network, {share, share}});
    Interval &range = shares.back().second;
    range = {std::min(range.low, share), std::max(range.high, share)};
  }
  QStringList parts;
  for (const auto &[network, range] : shares)
    parts << QStringLiteral("%1 % of %2's energy")
                 .arg(range.low == range.high
                          ? threeDigits(range.low)
                          : QStringLiteral("%1 to %2").arg(threeDigits(range.low), threeDigits(range.high)),
                      network);
  return parts.isEmpty() ? QString()
                         : QStringLiteral("The feature extractor takes %1.").arg(parts.join(QStringLiteral(", ")));
}

// "Energy" → "energy", but "MACs" and "AND operations" keep their capitals.
QString inSentence(const QString &title) { return title.at(1).isUpper() ? title : title.toLower(); }

// "FE+CM1 takes 5.61x the energy of FE+CM4; AND-compute is 68.5 % of FE+CM1."
QString componentTakeaway(const BarData &data) {
  if (data.bars.empty()) return {};
  const Bar &bar = data.bars.front();
  const auto largest = std::max_element(bar.parts.begin(), bar.parts.end(),
                                        [](const BarPart &a, const BarPart &b) { return a.value < b.value; });
  if (largest == bar.parts.end()) return {};
  const QString component = data.components[static_cast<qsizetype>(largest->component)];
  const QString share = threeDigits(100 * largest->value / total(bar));
  if (data.bars.size() == 1) return QStringLiteral("%1 is %2 % of %3's energy.").arg(component, share, bar.name);
  return QStringLiteral("%1 takes %2x the energy of %3; %4 is %5 % of %1.")
      .arg(bar.name, threeDigits(total(bar) / total(data.bars.back())), data.bars.back().name, component, share);
}

// What the four regions leave out, and which of them this accelerator does not use.
QString regionTakeaway(const BarData &data, const std::vector<Totals> &totals) {
  if (data.bars.empty()) return {};
  const double full_uj = totals.front().energy_uj();
  QString text = QStringLiteral("The regions are a part of the energy: %1 % of the %2 that %3 takes in full.")
                     .arg(threeDigits(100 * total(data.bars.front()) / full_uj), shortValue(Metric::Energy, full_uj),
                          data.bars.front().name);
  for (std::size_t c = 0; c < ComponentCount; ++c) {
    const QString title = QString::fromLatin1(components()[c].title);
    if (components()[c].published && !data.components.contains(title))
      text += c == index(Component::AndWriteBack)
                  ? QStringLiteral(" %1 is 0: results are not written back here.").arg(title)
                  : QStringLiteral(" %1 is 0.").arg(title);
  }
  return text;
}

// Says of a chart, after what it says already, that it shows no profile but a what-if.
void markWhatIf(QString &takeaway, const SubjectAccelerator &accelerator) {
  const QString text = whatIfText(accelerator);
  if (!text.isEmpty()) takeaway = takeaway.isEmpty() ? text : text + QLatin1Char(' ') + takeaway;
}

// Says last that the design at hand does not work as it is priced.
void markValidity(QString &takeaway, const Subject &subject, const Accelerator &accelerator, const Machine &machine) {
  const QString text = validityOf(subject, accelerator, machine);
  if (!text.isEmpty()) takeaway += (takeaway.isEmpty() ? QString() : QStringLiteral(" ")) + text;
}

// Bit precision as the estimate was made, and on what.
QString setting(const Subject &subject, const SubjectAccelerator &accelerator) {
  return QStringLiteral("estimated on %1 at %2:%3 bits%4%5")
      .arg(accelerator.title())
      .arg(subject.bits.weights)
      .arg(subject.bits.activations)
      .arg(subject.bitsAssumed ? QStringLiteral(" (assumed)") : QString(),
           subject.part == Part::Head ? QStringLiteral(", head only") : QString());
}

struct LayerRow {
  LayerCount count;
  std::optional<LayerCost> cost;
};

double valueOf(const LayerRow &row, LayerMetric metric, Bits bits) {
  switch (metric) {
    case LayerMetric::BitAnds:
      return static_cast<double>(bitAnds(row.count.macs, bits));
    case LayerMetric::Macs:
      return static_cast<double>(row.count.macs);
    case LayerMetric::Params:
      return static_cast<double>(row.count.params);
    case LayerMetric::Utilisation:
      return 100 * row.cost->utilisation;
    case LayerMetric::Energy:
      return sum(row.cost->energy_pj) * 1e-6;
    case LayerMetric::Latency:
      return row.cost->latency_ns * 1e-3;
  }
  return 0;
}

AxisSpec axisOf(LayerMetric metric) {
  switch (metric) {
    case LayerMetric::BitAnds:
      return axisSpec(Metric::BitAnds);
    case LayerMetric::Macs:
      return axisSpec(Metric::Macs);
    case LayerMetric::Params:
      return axisSpec(Metric::Params);
    case LayerMetric::Energy:
      return axisSpec(Metric::Energy);
    case LayerMetric::Latency:
      return axisSpec(Metric::Latency);
    case LayerMetric::Utilisation:
      break;
  }
  return {QStringLiteral("Utilisation"), QStringLiteral("%"), 1, Scaling::Plain, Sense::Maximise};
}

// Layers with weights: the only ones that AND, multiply or lie in arrays.
std::vector<LayerRow> weightedLayers(const Subject &subject, const Machine &machine) {
  std::map<LayerId, LayerCost> costs;
  for (const LayerCost &cost :
       estimate(workOf(subject.network, subject.variant, machine.schedule.layout), machine, subject.bits, subject.part)
           .layers)
    costs[cost.layer] = cost;
  std::vector<LayerRow> rows;
  for (const LayerCount &count : countLayers(subject.network, subject.variant)) {
    if (!hasWeights(subject.network.layers[count.layer].op)) continue;
    const auto cost = costs.find(count.layer);
    if (cost != costs.end()) rows.push_back({count, cost->second});
  }
  return rows;
}

// "cm3.pair1.pointwise has the most energy: 31.5 %.", and of equals "a and b have the most energy: 31.5 % each."
QString layerTakeaway(const std::vector<LayerValue> &values, const QString &what) {
  double sum = 0;
  double most = 0;
  for (const LayerValue &value : values) {
    sum += value.value;
    most = std::max(most, value.value);
  }
  if (sum == 0) return {};
  QStringList largest;
  for (const LayerValue &value : values)
    if (value.value >= most * (1 - 1e-9)) largest << value.layer;
  const QString share = threeDigits(100 * most / sum);
  if (largest.size() == 1) return QStringLiteral("%1 has the most %2: %3 %.").arg(largest.front(), what, share);
  const QString names =
      largest.size() <= 3
          ? largest.mid(0, largest.size() - 1).join(QStringLiteral(", ")) + QStringLiteral(" and ") + largest.back()
          : QStringLiteral("%1 and %2 other layers").arg(largest.front()).arg(largest.size() - 1);
  return QStringLiteral("%1 have the most %2: %3 % each.").arg(names, what, share);
}

// Columns are a share of each layer's own: there is no sum to have a part of.
QString utilisationTakeaway(const std::vector<LayerValue> &values) {
  if (values.empty()) return {};
  const auto [least, most] = std::minmax_element(
      values.begin(), values.end(), [](const LayerValue &a, const LayerValue &b) { return a.value < b.value; });
  return QStringLiteral("Columns in use: from %1 % in %2 to %3 % in %4.")
      .arg(threeDigits(least->value), least->layer, threeDigits(most->value), most->layer);
}

}  // namespace

DesignBars moduleEnergy(const Session &session) {
  const DesignTable &table = session.table();
  DesignBars bars;
  for (const std::uint32_t row : session.rows()) {
    if (bars.rows.size() == MostBars) break;
    if (table.key(row).reference || table.key(row).scope != Scope::Whole) continue;
    const auto head = session.headOf(row);
    if (!head) continue;
    const auto whole = table.at(row, Metric::Energy);
    const auto part = table.at(*head, Metric::Energy);
    if (!whole || !part) continue;
    bars.rows.push_back(row);
    bars.data.bars.push_back({designName(table, row), {{0, whole->value - part->value}, {1, part->value}}});
  }
  bars.data.title = QStringLiteral("Energy by module (derived: whole inference less head)");
  bars.data.takeaway = extractorTakeaway(session, bars);
  bars.data.emptyText = session.rows().empty() ? noDesignText(session)
                        : session.view().scope() == Scope::Head
                            ? QStringLiteral("Head only has no extractor: switch to whole inference.")
                            : QStringLiteral("n/a - no design of this view has the energy of its modules.");
  bars.data.axis = energyAxis();
  bars.data.components = {QStringLiteral("feature extractor"), QStringLiteral("classification module")};
  return bars;
}

BarData componentEnergy(const Session &session, Regions regions) {
  BarData data;
  data.axis = energyAxis();
  const auto subject = subjectOf(session);
  data.title = regions == Regions::Published ? QStringLiteral("Energy of the paper's four regions")
                                             : QStringLiteral("Energy by component");
  data.emptyText = noSubjectText(session);
  if (!subject) return data;
  const SubjectAccelerator accelerator = subjectAccelerator(session, subject->network.name);
  const Machine machine = buildMachine(accelerator.changed);
  data.title = QStringLiteral("%1: energy %2, %3")
                   .arg(networkTitle(subject->network.name),
                        regions == Regions::Published ? QStringLiteral("of the paper's four regions alone")
                                                      : QStringLiteral("by component"),
                        setting(*subject, accelerator));
  std::vector<Totals> totals;
  for (const Variant &variant : subject->network.variants)
    totals.push_back(estimateTotals(workOf(subject->network, variant, machine.schedule.layout), machine, subject->bits,
                                    subject->part));
  for (std::size_t v = 0; v < totals.size(); ++v)
    data.bars.push_back({variantTitle(subject->network.variants[v].name), {}});
  for (std::size_t c = 0; c < ComponentCount; ++c) {
    if (regions == Regions::Published && !components()[c].published) continue;
    const auto uses = [c](const Totals &t) { return t.energy_pj[c] > 0; };
    if (std::none_of(totals.begin(), totals.end(), uses)) continue;
    const auto component = static_cast<std::size_t>(data.components.size());
    data.components << QString::fromLatin1(components()[c].title);
    for (std::size_t v = 0; v < totals.size(); ++v)
      data.bars[v].parts.push_back({component, totals[v].energy_pj[c] * 1e-6});
  }
  data.takeaway = componentTakeaway(data);
  if (regions == Regions::Published)
    data.takeaway = QStringLiteral("In these regions %1 %2").arg(data.takeaway, regionTakeaway(data, totals));
  markValidity(data.takeaway, *subject, accelerator.changed, machine);
  markWhatIf(data.takeaway, accelerator);
  return data;
}

PieData areaOverhead(const Session &session) {
  const auto subject = subjectOf(session);
  const SubjectAccelerator accelerator = subjectAccelerator(session, subject ? subject->network.name : QString());
  const AreaOverhead overhead = areaOverhead(buildMachine(accelerator.changed).array);
  PieData data;
  data.title =
      QStringLiteral("Area that computing adds to a plain sub-array, estimated for %1").arg(accelerator.title());
  data.shareTitle = QStringLiteral("of the addition");
  data.axis = {QStringLiteral("Added to the sub-array"), QStringLiteral("%"), 1, Scaling::Plain, Sense::Minimise};
  data.takeaway = QStringLiteral(
                      "Computing adds %1 % to the area of the memory (cells, amplifiers, drivers, "
                      "multiplexer and decoder, without wiring). Published total: %2 %; its slices are not "
                      "published.")
                      .arg(threeDigits(overhead.total_pct()), threeDigits(PublishedOverhead_pct));
  data.slices = {{QStringLiteral("sense-amplifier add-ons"), overhead.sense_pct},
                 {QStringLiteral("row decoder"), overhead.decoder_pct},
                 {QStringLiteral("control, counter, shifter"), overhead.control_pct}};
  if (overhead.registers_pct > 0) data.slices.push_back({QStringLiteral("column registers"), overhead.registers_pct});
  if (overhead.mat_pct > 0) data.slices.push_back({QStringLiteral("expander and requantisers at the mat"), overhead.mat_pct});
  markWhatIf(data.takeaway, accelerator);
  return data;
}

PieData areaByComponent(const Session &session) {
  const auto subject = subjectOf(session);
  const SubjectAccelerator accelerator = subjectAccelerator(session, subject ? subject->network.name : QString());
  const Machine machine = buildMachine(accelerator.changed);
  const auto subarrays = static_cast<double>(machine.chip.subarrays);
  PieData data;
  data.title = QStringLiteral("Area of the whole chip by component, estimated for %1").arg(accelerator.title());
  data.axis = axisSpec(Metric::Area);
  for (std::size_t part = 0; part < ArrayPartCount; ++part)
    if (const double area = subarrays * machine.array.area_um2[part] * 1e-6; area > 0)
      data.slices.push_back({QString::fromLatin1(ArrayPartNames[part]), area});
  data.slices.push_back(
      {QStringLiteral("wiring"), subarrays * (machine.chip.subarray_mm2 - machine.array.totalArea_um2() * 1e-6)});
  data.slices.push_back({QStringLiteral("DPU"), machine.chip.dpu_mm2});
  std::stable_sort(data.slices.begin(), data.slices.end(),
                   [](const PieSlice &a, const PieSlice &b) { return a.value > b.value; });
  data.takeaway =
      QStringLiteral("The largest part, %1, is %2 % of %3.")
          .arg(data.slices.front().name, threeDigits(100 * data.slices.front().value / machine.chip.area_mm2()),
               shortValue(Metric::Area, machine.chip.area_mm2()));
  if (subject) {
    const Totals used = estimateTotals(workOf(subject->network, subject->variant, machine.schedule.layout), machine,
                                       subject->bits, subject->part);
    data.takeaway +=
        QStringLiteral(" %1 uses %2 of it.").arg(subjectTitle(*subject), shortValue(Metric::Area, used.area_mm2));
    markValidity(data.takeaway, *subject, accelerator.changed, machine);
  }
  markWhatIf(data.takeaway, accelerator);
  return data;
}

QString layerMetricTitle(LayerMetric metric) { return axisOf(metric).title; }

QString layerMetricName(LayerMetric metric) {
  return layerMetricTitle(metric).toLower().replace(QLatin1Char(' '), QLatin1Char('-'));
}

BarData layerValues(const Session &session, LayerMetric metric) {
  const auto subject = subjectOf(session);
  if (!subject) {
    BarData data;
    data.title = QStringLiteral("Layers");
    data.emptyText = noSubjectText(session);
    data.axis = axisOf(metric);
    return data;
  }
  const SubjectAccelerator accelerator = subjectAccelerator(session, subject->network.name);
  std::vector<LayerValue> values;
  const Machine machine = buildMachine(accelerator.changed);
  for (const LayerRow &row : weightedLayers(*subject, machine)) {
    const Layer &layer = subject->network.layers[row.count.layer];
    values.push_back({layer.name, layer.module, valueOf(row, metric, subject->bits)});
  }
  const bool counted = metric == LayerMetric::Macs || metric == LayerMetric::Params || metric == LayerMetric::BitAnds;
  const QString title = layerMetricTitle(metric);
  const QString how = !counted ? setting(*subject, accelerator)
                      : metric == LayerMetric::BitAnds
                          ? QStringLiteral("at %1:%2 bits%3")
                                .arg(subject->bits.weights)
                                .arg(subject->bits.activations)
                                .arg(subject->bitsAssumed ? QStringLiteral(" (assumed)") : QString())
                          : QStringLiteral("as run");
  BarData data =
      layerBars(QStringLiteral("%1: %2 of each layer, %3").arg(subjectTitle(*subject), inSentence(title), how),
                axisOf(metric), values);
  data.takeaway =
      metric == LayerMetric::Utilisation ? utilisationTakeaway(values) : layerTakeaway(values, inSentence(title));
  if (counted) return data;
  markValidity(data.takeaway, *subject, accelerator.changed, machine);
  markWhatIf(data.takeaway, accelerator);
  return data;
}

}  // namespace pimento

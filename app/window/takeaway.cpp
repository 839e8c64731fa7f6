// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/takeaway.h"

#include <algorithm>

#include "app/window/estimate_alarms.h"
#include "app/window/labels.h"
#include "app/window/session.h"
#include "core/explore/design_report.h"

namespace pimento {

namespace {

using Objectives = std::span<const Objective>;
using Rows = std::span<const std::uint32_t>;

constexpr std::size_t MostNamed = 5;

QString sequence(QStringList words) {
  if (words.size() < 2) return words.join(QString());
  const QString last = words.takeLast();
  return words.join(QStringLiteral(", ")) + QStringLiteral(" and ") + last;
}

// Designs of the front by name; the same name once, however many settings it comes in.
QString frontNames(const Session &session, Rows front) {
  QStringList names;
  for (const std::uint32_t row : front) {
    const QString name = designName(session.table(), row);
    if (!names.contains(name)) names << name;
    if (names.size() > static_cast<qsizetype>(MostNamed)) return {};
  }
  return sequence(names);
}

// A design by name, with its bits where the front has several precisions.
QString frontName(const Session &session, Rows front, std::uint32_t row) {
  const DesignTable &table = session.table();
  const auto bits = [&](std::uint32_t r) { return std::pair(table.key(r).bitsWeights, table.key(r).bitsActivations); };
  const QString name = designName(table, row);
  const bool several = std::any_of(front.begin(), front.end(), [&](std::uint32_t r) { return bits(r) != bits(row); });
  if (!several || bits(row).first == 0) return name;
  return name + QStringLiteral(" at %1:%2 bits").arg(bits(row).first).arg(bits(row).second);
}

// "From VGG16 FE+CM4 to VGG16 FE+CM1: 1.07x the energy, +19.5 pp accuracy."
QString endsOfFront(const Session &session, Objectives objectives, Rows front) {
  const std::uint32_t first = front.front();
  const std::uint32_t last = front.back();
  QStringList changes;
  for (const Objective &o : objectives) {
    const auto a = session.table().at(first, o.metric);
    const auto b = session.table().at(last, o.metric);
    if (!a || !b) continue;
    const QString name = metricTitle(o.metric).toLower();
    changes << (o.metric == Metric::Accuracy ? QStringLiteral("%1 of %2") : QStringLiteral("%1 the %2"))
                   .arg(differenceText(o.metric, b->value, a->value), name);
  }
  return QStringLiteral(" From %1 to %2: %3.")
      .arg(frontName(session, front, first), frontName(session, front, last), changes.join(QStringLiteral(", ")));
}

// Where what was published or measured is set against what is estimated here.
QString joinText(const Session &session, Rows front) {
  const auto any = [&](Kind accuracy) {
    return std::any_of(front.begin(), front.end(), [&](std::uint32_t row) {
      return session.table().kind(row, Metric::Accuracy) == accuracy &&
             session.table().kind(row, Metric::Energy) == Kind::Estimated;
    });
  };
  const bool published = any(Kind::Published);
  const bool measured = any(Kind::Measured);
  if (!published && !measured) return {};
  return QStringLiteral(" Each point joins a %1 accuracy with an estimated energy.")
      .arg(published && measured ? QStringLiteral("published or measured")
           : published           ? QStringLiteral("published")
                                 : QStringLiteral("measured"));
}

// "12.3" or "0.06 to 2.1"; nothing if there are no ratios.
QString rangeText(const std::vector<double> &ratios) {
  if (ratios.empty()) return {};
  const auto [least, most] = std::ranges::minmax(ratios);
  return least == most ? roundedCount(least) : QStringLiteral("%1 to %2").arg(roundedCount(least), roundedCount(most));
}

// How the energy of the same network on digital logic stands to that of each design of the front.
std::vector<double> digitalRatios(const Session &session, Rows front) {
  const DesignTable &table = session.table();
  std::vector<double> ratios;
  for (const std::uint32_t row : session.rows()) {
    const DesignKey &key = table.key(row);
    const auto energy = table.at(row, Metric::Energy);
    if (!key.reference || !energy || table.name(key.platform) != QStringLiteral("digital-45nm")) continue;
    for (const std::uint32_t design : front) {
      DesignKey same = table.key(design);
      const auto own = table.at(design, Metric::Energy);
      same.platform = key.platform;
      same.profileHash = key.profileHash;
      same.reference = true;
      if (same == key && own && own->value > 0) ratios.push_back(energy->value / own->value);
    }
  }
  return ratios;
}

// How the front stands against the references that are in view.
QString againstReferences(const Session &session, Rows front) {
  const DesignTable &table = session.table();
  if (std::none_of(session.rows().begin(), session.rows().end(),
                   [&](std::uint32_t row) { return table.key(row).reference; }))
    return {};
  std::vector<double> gpu;
  for (const std::uint32_t row : front)
    if (const auto ratio = table.at(row, Metric::GpuEnergyRatio)) gpu.push_back(ratio->value);
  QString text;
  if (const QString range = rangeText(gpu); !range.isEmpty())
    text = QStringLiteral(" The reference GPU takes %1 times the energy for the same networks.").arg(range);
  if (const QString range = rangeText(digitalRatios(session, front)); !range.isEmpty())
    text += QStringLiteral(" Digital logic of 45 nm, counted without control and leakage, takes %1 times.").arg(range);
  return text;
}

// The worst that the estimates on the front say of themselves.
QString alarmText(const Session &session, Rows front) {
  QStringList warnings;
  for (const std::uint32_t row : front) warnings << warningsOf(session.table(), row);
  const QString worst = worstAlarm(warnings);
  if (worst.isEmpty()) return {};
  for (const std::uint32_t row : front)
    if (warningsOf(session.table(), row).contains(worst))
      return QStringLiteral(" ⚠ %1 on %2: %3.")
          .arg(designName(session.table(), row), platformTitle(session.table().name(session.table().key(row).platform)),
               worst);
  return {};
}

}  // namespace

QString objectivesTitle(Objectives objectives) {
  QStringList names;
  for (const Objective &o : objectives) names << metricTitle(o.metric).toLower();
  return sequence(names);
}

QString takeaway(const Session &session, Objectives objectives, Rows front) {
  if (session.rows().empty()) return QStringLiteral("No design passes the filters.");
  if (session.competing().empty()) return QStringLiteral("No design keeps the budget.");
  const auto taking = contenders(session.table(), session.competing(), objectives);
  if (taking.empty())
    return QStringLiteral("No design of this view has values for %1: choose other objectives or another data set.")
        .arg(objectivesTitle(objectives));
  const QString names = frontNames(session, front);
  const bool limited = !session.view().budgets.empty();
  QString text = QStringLiteral("%1 of %2 designs%3 %4 not dominated in %5%6.")
                     .arg(front.size())
                     .arg(taking.size())
                     .arg(limited ? QStringLiteral(" within the budget") : QString(),
                          front.size() == 1 ? QStringLiteral("is") : QStringLiteral("are"), objectivesTitle(objectives),
                          names.isEmpty() ? QString() : QStringLiteral(": ") + names);
  if (front.size() > 1) text += endsOfFront(session, objectives, front);
  text += alarmText(session, front);
  const bool energy =
      std::any_of(objectives.begin(), objectives.end(), [](const Objective &o) { return o.metric == Metric::Energy; });
  return energy ? text + againstReferences(session, front) + joinText(session, front) : text;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/takeaway.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "app/session/labels.h"
#include "app/session/scatter_points.h"
#include "app/session/session.h"
#include "core/base/format.h"
#include "core/base/warning_level.h"
#include "core/explore/design_key_hash.h"
#include "core/explore/design_report.h"

namespace pimento {

namespace {

using Objectives = std::span<const Objective>;
using Rows = std::span<const std::uint32_t>;

constexpr std::size_t MostFrontNames = 5;

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
    if (names.size() > static_cast<qsizetype>(MostFrontNames)) return {};
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
    if (o.metric != Metric::Accuracy && a->value == 0) {
      changes
          << QStringLiteral("%1 %2 against 0 (no ratio: it divides by zero)").arg(name, shortValue(o.metric, b->value));
      continue;
    }
    changes << (o.metric == Metric::Accuracy ? QStringLiteral("%1 of %2") : QStringLiteral("%1 the %2"))
                   .arg(differenceText(o.metric, b->value, a->value), name);
  }
  return QStringLiteral(" From %1 to %2: %3.")
      .arg(frontName(session, front, first), frontName(session, front, last), changes.join(QStringLiteral(", ")));
}

// Where the axes set an accuracy that was published or measured against a cost that is estimated here.
QString joinText(const Session &session, const Plane &plane) {
  if ((plane.x == Metric::Accuracy) == (plane.y == Metric::Accuracy)) return {};
  const Metric cost = plane.x == Metric::Accuracy ? plane.y : plane.x;
  const auto joined = [&](Kind accuracy) {
    return std::ranges::count_if(plane.front, [&](std::uint32_t row) {
      return session.table().kind(row, Metric::Accuracy) == accuracy &&
             session.table().kind(row, cost) == Kind::Estimated;
    });
  };
  const auto published = joined(Kind::Published);
  const auto measured = joined(Kind::Measured);
  if (published + measured == 0) return {};
  const auto all = static_cast<std::ptrdiff_t>(plane.front.size());
  const QString points = published + measured == all
                             ? QStringLiteral("Each point joins")
                             : QStringLiteral("%1 of %2 points join").arg(published + measured).arg(all);
  return QStringLiteral(" %1 a %2 accuracy with an estimated %3.")
      .arg(points,
           published > 0 && measured > 0 ? QStringLiteral("published or measured")
           : published > 0               ? QStringLiteral("published")
                                         : QStringLiteral("measured"),
           metricTitle(cost).toLower());
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
  const auto anywhere = [](DesignKey key) {
    key.platform = key.profileHash = 0;
    key.reference = true;
    return key;
  };
  const auto digital = table.find(QStringLiteral("digital-45nm"));
  if (!digital) return {};
  std::unordered_multimap<DesignKey, double, DesignKeyHash> energies_uj;
  for (const std::uint32_t row : session.rows())
    if (const DesignKey &key = table.key(row); key.reference && key.platform == *digital)
      if (const auto energy = table.at(row, Metric::Energy)) energies_uj.emplace(anywhere(key), energy->value);
  std::vector<double> ratios;
  if (energies_uj.empty()) return ratios;
  for (const std::uint32_t row : front) {
    const auto own = table.at(row, Metric::Energy);
    if (!own || own->value <= 0) continue;
    const auto [first, last] = energies_uj.equal_range(anywhere(table.key(row)));
    for (auto at = first; at != last; ++at) ratios.push_back(at->second / own->value);
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

// " 3 invalid designs are left out: AND2 errors of 0.134 are above 0.01; profile sot-mram." The reason is the first's.
QString leftOutText(const Session &session, Objectives objectives) {
  if (session.view().invalid == InvalidDesigns::TakePart) return {};
  const auto out = invalidContenders(session.table(), session.competing(), objectives);
  if (out.empty()) return {};
  const QString many = out.size() == 1 ? QStringLiteral("1 invalid design is left out")
                                       : QStringLiteral("%1 invalid designs are left out").arg(out.size());
  const QString &reason = session.table().validityReason(out.front());
  return QStringLiteral(" ✕ %1%2.").arg(many, reason.isEmpty() ? QString() : QStringLiteral(": ") + reason);
}

// The worst validity on the front, with the first design of it and how many there are.
QString validityText(const Session &session, Rows front) {
  const DesignTable &table = session.table();
  const auto worse = [&](std::uint32_t a, std::uint32_t b) { return table.validity(a) < table.validity(b); };
  const std::uint32_t row = *std::max_element(front.begin(), front.end(), worse);
  const Validity validity = table.validity(row);
  if (validity == Validity::Valid) return {};
  const auto many =
      std::count_if(front.begin(), front.end(), [&](std::uint32_t other) { return table.validity(other) == validity; });
  QString text =
      QStringLiteral(" %1 %2 is %3").arg(validityGlyph(validity), designName(table, row), validityName(validity));
  if (many > 1) text += QStringLiteral(", as are %1 others on the front").arg(many - 1);
  const QString &reason = table.validityReason(row);
  return reason.isEmpty() ? text + QLatin1Char('.') : text + QStringLiteral(": %1.").arg(reason);
}

// Warnings of the front, each once: a million designs share a few provenances.
QStringList warningsOn(const DesignTable &table, Rows front) {
  std::vector<bool> seen(table.provenanceCount());
  QStringList warnings;
  for (const std::uint32_t row : front)
    for (const MetricInfo &m : allMetrics()) {
      if (std::isnan(table.column(m.metric)[row])) continue;
      const ProvenanceId from = table.provenanceId(row, m.metric);
      if (!seen[from]) warnings << table.provenance(from).warnings;
      seen[from] = true;
    }
  return warnings;
}

// The worst that the estimates on the front say of themselves.
QString alarmText(const Session &session, Rows front) {
  if (const QString text = front.empty() ? QString() : validityText(session, front); !text.isEmpty()) return text;
  const QString worst = worstAlarm(warningsOn(session.table(), front));
  if (worst.isEmpty()) return {};
  for (const std::uint32_t row : front)
    if (warningsOf(session.table(), row).contains(worst))
      return QStringLiteral(" ⚠ %1 on %2: %3.")
          .arg(designName(session.table(), row), platformTitle(session.table().name(session.table().key(row).platform)),
               withoutLevel(worst));
  return {};
}

// What a measured accuracy says of itself where guessing is as good (core/jobs/run_results.cpp).
QString guessIn(const Provenance &from) {
  for (const QString &warning : from.warnings)
    if (const QString text = withoutLevel(warning); text.startsWith(QStringLiteral("no better than a guess")))
      return text;
  return {};
}

// " ⚠ The accuracy of ResNet20 0.25x and 2 others is no better than a guess among 10 classes, …": it competes here, and
// whatever it costs it has learned nothing.
QString guessText(const Session &session, Objectives objectives, Rows competing) {
  if (std::ranges::none_of(objectives, [](const Objective &o) { return o.metric == Metric::Accuracy; })) return {};
  const DesignTable &table = session.table();
  std::vector<std::optional<QString>> guesses(table.provenanceCount());
  QStringList names;
  QString said;
  for (const std::uint32_t row : competing) {
    if (std::isnan(table.column(Metric::Accuracy)[row])) continue;
    const ProvenanceId from = table.provenanceId(row, Metric::Accuracy);
    if (!guesses[from]) guesses[from] = guessIn(table.provenance(from));
    if (guesses[from]->isEmpty()) continue;
    if (said.isEmpty()) said = *guesses[from];
    names << designName(table, row);
  }
  names.removeDuplicates();
  if (names.isEmpty()) return {};
  const QString others =
      names.size() == 1
          ? QString()
          : QStringLiteral(" and ") + countText(static_cast<std::size_t>(names.size() - 1), QStringLiteral("other"));
  return QStringLiteral(" ⚠ The accuracy of %1%2 is %3.").arg(names.front(), others, said);
}

}  // namespace

QString objectivesTitle(Objectives objectives) {
  QStringList names;
  for (const Objective &o : objectives) names << metricTitle(o.metric).toLower();
  return sequence(names);
}

QString takeaway(const Session &session, const Plane &plane) {
  const Objectives objectives = plane.objectives;
  const Rows front = plane.front;
  if (session.rows().empty()) return {};  // the chart says so, and what to do
  if (session.competing().empty()) return QStringLiteral("No design keeps the budget.");
  const auto taking = contenders(session.table(), session.competing(), objectives, session.view().invalid);
  const QString leftOut = leftOutText(session, objectives);
  if (taking.empty() && !leftOut.isEmpty())
    return QStringLiteral("No valid design of this view has values for %1.%2")
        .arg(objectivesTitle(objectives), leftOut);
  if (taking.empty())
    return QStringLiteral("No design of this view has values for %1: choose other objectives or another data set.")
        .arg(objectivesTitle(objectives));
  const QString names = frontNames(session, front);
  const bool limited = !session.view().budgets.empty();
  QString text = QStringLiteral("%1 of %2%3 %4 not dominated in %5%6.")
                     .arg(front.size())
                     .arg(countText(taking.size(), QStringLiteral("design")),
                          limited ? QStringLiteral(" within the budget") : QString(),
                          front.size() == 1 ? QStringLiteral("is") : QStringLiteral("are"), objectivesTitle(objectives),
                          names.isEmpty() ? QString() : QStringLiteral(": ") + names);
  if (front.size() > 1) text += endsOfFront(session, objectives, front);
  text += alarmText(session, front) + guessText(session, objectives, taking) + leftOut;
  const bool energy =
      std::any_of(objectives.begin(), objectives.end(), [](const Objective &o) { return o.metric == Metric::Energy; });
  if (energy) text += againstReferences(session, front);
  return text + joinText(session, plane);
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/takeaway.h"

#include <algorithm>
#include <cmath>

#include "app/window/labels.h"
#include "app/window/session.h"
#include "core/base/format.h"

namespace pimento {

namespace {

constexpr std::size_t MostNamed = 5;

QString sequence(QStringList words) {
  if (words.size() < 2) return words.join(QString());
  const QString last = words.takeLast();
  return words.join(QStringLiteral(", ")) + QStringLiteral(" and ") + last;
}

// Designs of the front by name; the same name once, however many settings it comes in.
QString frontNames(const Session &session) {
  QStringList names;
  for (const std::uint32_t row : session.front()) {
    const QString name = designName(session.table(), row);
    if (!names.contains(name)) names << name;
    if (names.size() > static_cast<qsizetype>(MostNamed)) return {};
  }
  return sequence(names);
}

// "From VGG16 FE+CM4 to VGG16 FE+CM1: 1.07x the energy, +19.5 pp accuracy."
QString endsOfFront(const Session &session) {
  const std::uint32_t first = session.front().front();
  const std::uint32_t last = session.front().back();
  QStringList changes;
  for (const Objective &o : session.view().objectives) {
    const auto a = session.table().at(first, o.metric);
    const auto b = session.table().at(last, o.metric);
    if (!a || !b) continue;
    const QString name = metricTitle(o.metric).toLower();
    changes << (o.metric == Metric::Accuracy ? QStringLiteral("%1 of %2") : QStringLiteral("%1 the %2"))
                   .arg(differenceText(o.metric, b->value, a->value), name);
  }
  return QStringLiteral(" From %1 to %2: %3.")
      .arg(designName(session.table(), first), designName(session.table(), last), changes.join(QStringLiteral(", ")));
}

// Four significant digits, grouped: "191,600".
QString roundedCount(double value) {
  if (value < 1000) return fourDigits(value);
  const double step = std::pow(10, std::floor(std::log10(value)) - 3);
  return grouped(std::llround(std::round(value / step) * step));
}

// How the front stands against the GPU, where its rows carry that ratio.
QString againstGpu(const Session &session) {
  double least = 0;
  double most = 0;
  for (const std::uint32_t row : session.front()) {
    const auto ratio = session.table().at(row, Metric::GpuEnergyRatio);
    if (!ratio) continue;
    least = least == 0 ? ratio->value : std::min(least, ratio->value);
    most = std::max(most, ratio->value);
  }
  if (most == 0) return {};
  const auto times = [](double value) { return roundedCount(value); };
  return QStringLiteral(" The reference GPU takes %1 times the energy for the same networks.")
      .arg(least == most ? times(least) : QStringLiteral("%1 to %2").arg(times(least), times(most)));
}

}  // namespace

QString objectivesTitle(const Session &session) {
  QStringList names;
  for (const Objective &o : session.view().objectives) names << metricTitle(o.metric).toLower();
  return sequence(names);
}

QString takeaway(const Session &session) {
  if (session.rows().empty()) return QStringLiteral("No design passes the filters.");
  const auto taking = contenders(session.table(), session.rows(), session.view().objectives);
  if (taking.empty())
    return QStringLiteral("No design of this view has values for %1: choose other objectives or another data set.")
        .arg(objectivesTitle(session));
  const QString names = frontNames(session);
  QString text = QStringLiteral("%1 of %2 designs %3 not dominated in %4%5.")
                     .arg(session.front().size())
                     .arg(taking.size())
                     .arg(session.front().size() == 1 ? QStringLiteral("is") : QStringLiteral("are"),
                          objectivesTitle(session), names.isEmpty() ? QString() : QStringLiteral(": ") + names);
  if (session.front().size() > 1) text += endsOfFront(session);
  return text + againstGpu(session);
}

}  // namespace pimento

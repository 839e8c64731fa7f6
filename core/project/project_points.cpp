// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_points.h"

#include <QHash>

#include "core/base/error.h"
#include "core/explore/join.h"
#include "core/hardware/estimate_table.h"
#include "core/hardware/profile_json.h"
#include "core/hardware/profiles.h"
#include "core/network/families/families.h"

namespace pimento {

namespace {

GpuPower gpuPowerOf(const QString &word, const QString &place) {
  const QStringList known = gpuPowerNames();
  if (!word.isEmpty() && !known.contains(word))
    throw Error(place, QStringLiteral("GPU power %1").arg(quoted(word)), knownWords(word, known));
  return static_cast<GpuPower>(word.isEmpty() ? 0 : known.indexOf(word));
}

DesignTable estimated(const Project &project, const EstimateChoice &choice) {
  const NetworkSpec network = makeNetwork(choice.network, choice.classes);
  std::vector<Variant> variants = choice.variants.isEmpty() ? network.variants : std::vector<Variant>();
  for (const QString &name : choice.variants) variants.push_back(findVariant(network, name));
  return estimateTable(network, variants, acceleratorOf(project, choice), choice.bits,
                       {.scopes = hasExtractor(network) ? Scopes::All : Scopes::Whole,
                        .gpuPower = gpuPowerOf(choice.gpuPower, network.name)});
}

bool sameValues(const DesignTable &a, std::uint32_t rowA, const DesignTable &b, std::uint32_t rowB) {
  for (const MetricInfo &metric : allMetrics()) {
    const auto x = a.at(rowA, metric.metric);
    const auto y = b.at(rowB, metric.metric);
    if (x.has_value() != y.has_value() || (x && x->value != y->value)) return false;
  }
  return true;
}

// All estimates in one table, each design once.
DesignTable allEstimates(const Project &project) {
  DesignTable points;
  QHash<QString, std::uint32_t> known;
  for (const EstimateChoice &choice : project.estimates) {
    const DesignTable more = estimated(project, choice);
    std::vector<std::uint32_t> fresh;
    for (std::uint32_t row = 0; row < more.size(); ++row) {
      const QString id = more.id(row);
      const auto there = known.constFind(id);
      if (there == known.constEnd()) {
        known.insert(id, static_cast<std::uint32_t>(points.size() + fresh.size()));
        fresh.push_back(row);
      } else if (*there < points.size() && !sameValues(points, *there, more, row)) {
        throw Error(QStringLiteral("estimate of %1").arg(choice.network),
                    QStringLiteral("another estimate gives %1 other values").arg(id),
                    QStringLiteral("keep one number of classes and one GPU power for a network"));
      }
    }
    points.append(more, fresh);
  }
  return points;
}

}  // namespace

Accelerator acceleratorOf(const Project &project, const EstimateChoice &choice) {
  if (choice.accelerator.isEmpty()) return builtInProfile(builtInProfiles().front());
  const auto own = project.accelerators.find(choice.accelerator);
  if (own == project.accelerators.end()) return builtInProfile(choice.accelerator);
  return readProfile(own->second, QStringLiteral("accelerator %1").arg(quoted(choice.accelerator)));
}

DesignTable projectPoints(const Project &project) {
  DesignTable points;
  if (project.published) points = published(project.published->corrections);
  const DesignTable estimates = allEstimates(project);
  const DesignTable joined = joinedAccuracies(estimates, points);
  points.append(joined);
  points.append(estimates);
  for (const StoredTable &stored : project.tables) points.append(stored.table);
  return points;
}

}  // namespace pimento

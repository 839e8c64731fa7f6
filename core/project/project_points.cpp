// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_points.h"

#include <QHash>
#include <algorithm>

#include "core/base/error.h"
#include "core/explore/join.h"
#include "core/hardware/estimate_table.h"
#include "core/hardware/profile_json.h"
#include "core/hardware/profiles.h"
#include "core/network/families/families.h"
#include "core/project/run_points.h"

namespace pimento {

namespace {

GpuPower gpuPowerOf(const QString &word, const QString &place) {
  const QStringList known = gpuPowerNames();
  if (!word.isEmpty() && !known.contains(word))
    throw Error(place, QStringLiteral("GPU power %1").arg(quoted(word)), knownWords(word, known));
  return static_cast<GpuPower>(word.isEmpty() ? 0 : known.indexOf(word));
}

DesignTable estimated(const Project &project, const EstimateChoice &choice) {
  const auto [network, variants] = networkOf(project, choice);
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

// All estimates of a run ("": of families) in one table, each design once.
DesignTable estimatesOf(const Project &project, const QString &run) {
  DesignTable points;
  QHash<QString, std::uint32_t> known;
  for (const EstimateChoice &choice : project.estimates) {
    if (choice.run != run) continue;
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

EstimatedNetwork networkOf(const Project &project, const EstimateChoice &choice) {
  EstimatedNetwork all;
  if (choice.run.isEmpty()) {
    all.network = makeNetwork(choice.network, choice.classes);
    all.variants = all.network.variants;
  } else {
    const TrainingRun *run = findRun(project, choice.run);
    const QString place = QStringLiteral("estimate of %1").arg(quoted(choice.run));
    if (run == nullptr) throw Error(place, QStringLiteral("the project has no run of that name"));
    if (run->job.network.name != choice.network || choice.classes != 0)
      throw Error(place, QStringLiteral("the run is of %1").arg(run->job.network.name),
                  QStringLiteral("name that network, without classes"));
    all = {run->job.network, run->variants};
  }
  if (choice.variants.isEmpty()) return all;
  EstimatedNetwork chosen{all.network, {}};
  for (const QString &name : choice.variants) chosen.variants.push_back(variantOf(all, name));
  return chosen;
}

Variant variantOf(const EstimatedNetwork &estimated, const QString &name) {
  const auto found = std::find_if(estimated.variants.begin(), estimated.variants.end(),
                                  [&](const Variant &variant) { return variant.name == name; });
  return found != estimated.variants.end() ? *found : findVariant(estimated.network, name);
}

Accelerator acceleratorOf(const Project &project, const EstimateChoice &choice) {
  if (choice.accelerator.isEmpty()) return builtInProfile(builtInProfiles().front());
  const auto own = project.accelerators.find(choice.accelerator);
  if (own == project.accelerators.end()) return builtInProfile(choice.accelerator);
  return readProfile(own->second, QStringLiteral("accelerator %1").arg(quoted(choice.accelerator)));
}

DesignTable projectPoints(const Project &project, const Watch &watch) {
  const double parts = static_cast<double>(2 + project.runs.size() + project.tables.size());
  double done = 0;
  const auto step = [&] { watch.report(++done / parts, project.title); };
  DesignTable points;
  if (project.published) points = published(project.published->corrections);
  const DesignTable estimates = estimatesOf(project, {});
  step();
  const DesignTable joined = joinedAccuracies(estimates, points);
  points.append(joined);
  points.append(estimates);
  for (const EstimateChoice &choice : project.estimates)
    if (!choice.run.isEmpty() && findRun(project, choice.run) == nullptr) static_cast<void>(networkOf(project, choice));
  step();
  for (const TrainingRun &run : project.runs) {
    points.append(runDesigns(namesOf(run), estimatesOf(project, run.name), accuraciesOf(run)));
    step();
  }
  for (const StoredTable &stored : project.tables) {
    points.append(stored.table);
    step();
  }
  return points;
}

}  // namespace pimento

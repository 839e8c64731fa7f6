// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study.h"

#include <QHash>
#include <algorithm>
#include <map>
#include <mutex>

#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/explore/join.h"
#include "core/hardware/estimate/estimate_table.h"
#include "core/hardware/profile/profile_json.h"
#include "core/hardware/profile/profiles.h"
#include "core/jobs/job_data.h"
#include "core/network/families/families.h"
#include "core/network/families/network_library.h"
#include "core/project/run_points.h"

namespace pimento {

namespace {

constexpr OriginId PublishedOrigin = 1;

GpuPower gpuPowerOf(const QString &word, const QString &place) {
  const QStringList known = gpuPowerNames();
  if (!word.isEmpty() && !known.contains(word))
    throw Error(place, QStringLiteral("GPU power %1").arg(quoted(word)), knownWords(word, known));
  return static_cast<GpuPower>(word.isEmpty() ? 0 : known.indexOf(word));
}

bool sameValues(const DesignTable &a, std::uint32_t rowA, const DesignTable &b, std::uint32_t rowB) {
  return std::all_of(allMetrics().begin(), allMetrics().end(), [&](const MetricInfo &metric) {
    const auto x = a.at(rowA, metric.metric);
    const auto y = b.at(rowB, metric.metric);
    return x.has_value() == y.has_value() && (!x || x->value == y->value);
  });
}

std::shared_ptr<const StudiedEstimate> made(const Project &project, const EstimateChoice &choice) {
  auto estimate = std::make_shared<StudiedEstimate>();
  estimate->choice = choice;
  estimate->network = std::make_shared<StudiedNetwork>(networkOf(project, choice));
  estimate->accelerator = std::make_shared<Accelerator>(acceleratorOf(project, choice));
  const NetworkSpec &network = estimate->network->network;
  estimate->table = estimateTable(network, estimate->network->variants, *estimate->accelerator, choice.bits,
                                  {.scopes = hasExtractor(network) ? Scopes::All : Scopes::Whole,
                                   .gpuPower = gpuPowerOf(choice.gpuPower, network.name)});
  return estimate;
}

// Whether an estimate that was made of the same choice would come out the same. Families do not change.
bool isStill(const StudiedEstimate &estimate, const Project &project) {
  if (*estimate.accelerator != acceleratorOf(project, estimate.choice)) return false;
  if (estimate.choice.run.isEmpty()) return true;
  const StudiedNetwork now = networkOf(project, estimate.choice);
  return now.network == estimate.network->network && now.variants == estimate.network->variants;
}

std::shared_ptr<const StudiedEstimate> madeOrTaken(const Project &project, const EstimateChoice &choice,
                                                   const Study *before) {
  if (before != nullptr)
    for (const auto &there : before->estimates)
      if (there->choice == choice && isStill(*there, project)) return there;
  return made(project, choice);
}

Origin originOf(const StudiedEstimate &estimate) {
  const bool run = !estimate.choice.run.isEmpty();
  return {.kind = run ? OriginKind::Run : OriginKind::Estimate,
          .network = estimate.network,
          .classes =
              run ? classesOf(estimate.network->network, estimate.network->variants.front()) : estimate.choice.classes,
          .accelerator = estimate.accelerator,
          .bits = estimate.choice.bits,
          .run = estimate.choice.run};
}

Origin originOf(const TrainingRun &run) {
  return {.kind = OriginKind::Run,
          .network = std::make_shared<StudiedNetwork>(StudiedNetwork{run.job.network, run.variants}),
          .classes = classesOf(run.job.network, run.variants.front()),
          .run = run.name};
}

// All estimates of a run ("": of families) in one table, each design once. The first of `origins` is that of the first
// of the study's estimates.
DesignTable estimatesOf(const Study &study, const QString &run, OriginId origins) {
  DesignTable points;
  QHash<QString, std::uint32_t> known;
  for (std::size_t i = 0; i < study.estimates.size(); ++i) {
    const EstimateChoice &choice = study.estimates[i]->choice;
    const DesignTable &more = study.estimates[i]->table;
    if (choice.run != run) continue;
    std::vector<std::uint32_t> fresh;
    const auto before = static_cast<std::uint32_t>(points.size());
    for (std::uint32_t row = 0; row < more.size(); ++row) {
      const QString id = more.id(row);
      const auto there = known.constFind(id);
      if (there == known.constEnd()) {
        known.insert(id, before + static_cast<std::uint32_t>(fresh.size()));
        fresh.push_back(row);
      } else if (*there < before && !sameValues(points, *there, more, row)) {
        throw Error(QStringLiteral("estimate of %1").arg(choice.network),
                    QStringLiteral("another estimate gives %1 other values").arg(id),
                    QStringLiteral("keep one number of classes and one GPU power for a network"));
      }
    }
    points.append(more, fresh);
    for (std::uint32_t row = before; row < points.size(); ++row)
      points.setOrigin(row, origins + static_cast<OriginId>(i));
  }
  return points;
}

void addFamilies(Study &study, const Project &project, OriginId origins) {
  if (project.published) {
    study.table = published(project.published->corrections);
    for (std::uint32_t row = 0; row < study.table.size(); ++row) study.table.setOrigin(row, PublishedOrigin);
  }
  const DesignTable estimates = estimatesOf(study, {}, origins);
  const DesignTable joined = joinedAccuracies(estimates, study.table);
  study.table.append(joined);
  study.table.append(estimates);
}

void addRun(Study &study, const TrainingRun &run, OriginId origins) {
  DesignTable designs = runDesigns(namesOf(run), estimatesOf(study, run.name, origins), accuraciesOf(run));
  const auto origin = static_cast<OriginId>(study.origins.size());
  study.origins.push_back(originOf(run));
  for (std::uint32_t row = 0; row < designs.size(); ++row)
    if (designs.key(row).origin == 0) designs.setOrigin(row, origin);  // measured, and without an estimate
  study.table.append(designs);
}

// A network of the program by its name, made once; null if there is none.
std::shared_ptr<const StudiedNetwork> namedNetwork(const QString &name, int classes) {
  static std::mutex mutex;
  static std::map<std::pair<QString, int>, std::shared_ptr<const StudiedNetwork>> known;
  if (!isFamily(name) && !libraryNetworks().contains(name)) return nullptr;
  const std::lock_guard lock(mutex);
  auto &network = known[{name, classes}];
  if (!network) {
    NetworkSpec spec = makeNetwork(name, classes);
    std::vector<Variant> variants = spec.variants;
    network = std::make_shared<StudiedNetwork>(StudiedNetwork{std::move(spec), std::move(variants)});
  }
  return network;
}

// Of a design of which nothing but its names is known.
void resolve(Origin &origin, const DesignTable &table, const DesignKey &key) {
  const QString &name = table.name(key.network);
  const KnownSet *set = findSet(table.name(key.dataset));
  if (set != nullptr && isFamily(name)) origin.classes = set->classes;
  origin.network = namedNetwork(name, origin.classes);
}

}  // namespace

Variant variantOf(const StudiedNetwork &studied, const QString &name) {
  const auto found = std::find_if(studied.variants.begin(), studied.variants.end(),
                                  [&](const Variant &variant) { return variant.name == name; });
  return found != studied.variants.end() ? *found : findVariant(studied.network, name);
}

std::optional<Variant> Origin::variant(const QString &name) const {
  if (!network) return std::nullopt;
  try {
    return variantOf(*network, name);
  } catch (const Error &) {
    return std::nullopt;
  }
}

StudiedNetwork networkOf(const Project &project, const EstimateChoice &choice) {
  StudiedNetwork all;
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
  StudiedNetwork chosen{all.network, {}};
  for (const QString &name : choice.variants) chosen.variants.push_back(variantOf(all, name));
  return chosen;
}

Accelerator acceleratorOf(const Project &project, const EstimateChoice &choice) {
  if (choice.accelerator.isEmpty()) return builtInProfile(builtInProfiles().front());
  const auto own = project.accelerators.find(choice.accelerator);
  if (own == project.accelerators.end()) return builtInProfile(choice.accelerator);
  return readProfile(own->second, QStringLiteral("accelerator %1").arg(quoted(choice.accelerator)));
}

Origin Study::originOf(std::uint32_t row) const {
  const DesignKey &key = table.key(row);
  Origin origin = origins[key.origin];
  if (!origin.network) resolve(origin, table, key);
  if (!key.reference) return origin;
  origin.kind = OriginKind::Reference;
  origin.accelerator = nullptr;
  return origin;
}

Study study(const Project &project, const Study *before, const Watch &watch) {
  const double parts = static_cast<double>(2 + project.runs.size() + project.tables.size());
  double done = 0;
  const auto step = [&] { watch.report(++done / parts, project.title); };
  Study made;
  made.origins = {Origin{}, Origin{.kind = OriginKind::Published}};
  const auto origins = static_cast<OriginId>(made.origins.size());
  for (const EstimateChoice &choice : project.estimates) {
    made.estimates.push_back(madeOrTaken(project, choice, before));
    made.origins.push_back(originOf(*made.estimates.back()));
  }
  step();
  addFamilies(made, project, origins);
  step();
  for (const TrainingRun &run : project.runs) {
    addRun(made, run, origins);
    step();
  }
  for (const StoredTable &stored : project.tables) {
    made.table.append(stored.table);
    step();
  }
  return made;
}

}  // namespace pimento

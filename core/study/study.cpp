// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study.h"

#include <QHash>
#include <algorithm>
#include <iterator>
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

// All estimates of a part in one table, each design once. Adds their origins to the part's.
DesignTable estimatesOf(StudiedPart &part) {
  DesignTable points;
  QHash<QString, std::uint32_t> known;
  for (const auto &estimate : part.estimates) {
    const DesignTable &more = estimate->table;
    std::vector<std::uint32_t> fresh;
    const auto before = static_cast<std::uint32_t>(points.size());
    for (std::uint32_t row = 0; row < more.size(); ++row) {
      const QString id = more.id(row);
      const auto there = known.constFind(id);
      if (there == known.constEnd()) {
        known.insert(id, before + static_cast<std::uint32_t>(fresh.size()));
        fresh.push_back(row);
      } else if (*there < before && !sameValues(points, *there, more, row)) {
        throw Error(QStringLiteral("estimate of %1").arg(estimate->choice.network),
                    QStringLiteral("another estimate gives %1 other values").arg(id),
                    QStringLiteral("keep one number of classes and one GPU power for a network"));
      }
    }
    points.append(more, fresh);
    for (std::uint32_t row = before; row < points.size(); ++row)
      points.setOrigin(row, static_cast<OriginId>(part.origins.size()));
    part.origins.push_back(originOf(*estimate));
  }
  return points;
}

void makeFamilies(StudiedPart &part) {
  if (part.published) {
    part.table = published(part.published->corrections);
    for (std::uint32_t row = 0; row < part.table.size(); ++row)
      part.table.setOrigin(row, static_cast<OriginId>(part.origins.size()));
    part.origins.push_back({.kind = OriginKind::Published});
  }
  const DesignTable estimates = estimatesOf(part);
  part.table.append(joinedAccuracies(estimates, part.table));
  part.table.append(estimates);
}

void makeRun(StudiedPart &part) {
  part.table = runDesigns(namesOf(*part.run), estimatesOf(part), accuraciesOf(*part.run));
  const auto origin = static_cast<OriginId>(part.origins.size());
  part.origins.push_back(originOf(*part.run));
  for (std::uint32_t row = 0; row < part.table.size(); ++row)
    if (part.table.key(row).origin == 0) part.table.setOrigin(row, origin);  // measured, and without an estimate
}

bool sameInputs(const StudiedPart &a, const StudiedPart &b) {
  if (a.published != b.published || a.estimates != b.estimates || a.run.has_value() != b.run.has_value()) return false;
  return !a.run || sameAs(*a.run, *b.run);
}

// The part of these inputs, from `before` if that has it.
std::shared_ptr<const StudiedPart> madeOrTaken(StudiedPart part, const Study *before) {
  if (before != nullptr)
    for (const auto &there : before->parts)
      if (sameInputs(*there, part)) return there;
  part.run ? makeRun(part) : makeFamilies(part);
  return std::make_shared<const StudiedPart>(std::move(part));
}

// The estimates of a run ("": of the families).
std::vector<std::shared_ptr<const StudiedEstimate>> estimatesOf(const Study &study, const QString &run) {
  std::vector<std::shared_ptr<const StudiedEstimate>> estimates;
  std::copy_if(study.estimates.begin(), study.estimates.end(), std::back_inserter(estimates),
               [&](const auto &estimate) { return estimate->choice.run == run; });
  return estimates;
}

// Its origins come behind those that are there.
void add(Study &study, std::shared_ptr<const StudiedPart> part) {
  const auto first = static_cast<std::uint32_t>(study.table.size());
  const auto behind = static_cast<OriginId>(study.origins.size() - 1);  // each has the stored rows' as its first
  study.table.append(part->table);
  if (behind > 0)
    for (std::uint32_t row = first; row < study.table.size(); ++row)
      if (const OriginId own = study.table.key(row).origin; own != 0) study.table.setOrigin(row, own + behind);
  study.origins.insert(study.origins.end(), part->origins.begin() + 1, part->origins.end());
  study.parts.push_back(std::move(part));
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
  for (const EstimateChoice &choice : project.estimates) made.estimates.push_back(madeOrTaken(project, choice, before));
  step();
  add(made, madeOrTaken({.published = project.published, .estimates = estimatesOf(made, {})}, before));
  step();
  for (const TrainingRun &run : project.runs) {
    add(made, madeOrTaken({.run = run, .estimates = estimatesOf(made, run.name)}, before));
    step();
  }
  for (const StoredTable &stored : project.tables) {
    made.table.append(stored.table);
    step();
  }
  return made;
}

}  // namespace pimento

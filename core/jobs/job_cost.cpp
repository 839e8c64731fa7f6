// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job_cost.h"

#include <set>

#include "core/network/counts.h"

namespace pimento {

double macsPerImage(const Job &job) {
  const bool shared = traits(job.recipe.method).extractorOnce;  // one feature extractor before all the heads
  std::set<LayerId> run;
  double sum = 0;
  for (const Variant &variant : job.variants)
    for (const LayerCount &layer : countLayers(job.network, variant))
      if (!shared || run.insert(layer.layer).second) sum += static_cast<double>(layer.macs);
  return sum;
}

double teacherMacsPerImage(const Job &job) {
  const auto teacher = teacherVariant(job);
  return teacher ? static_cast<double>(total(job.network, countLayers(job.network, *teacher)).macs) : 0;
}

double trainingMacs(const Job &job, std::int64_t images) {
  return static_cast<double>(images) *
         (job.recipe.epochs * macsPerImage(job) + teacherEpochs(job) * teacherMacsPerImage(job));
}

double testMacs(const Job &job, std::int64_t images) {
  return static_cast<double>(images) * (macsPerImage(job) + teacherMacsPerImage(job));
}

}  // namespace pimento

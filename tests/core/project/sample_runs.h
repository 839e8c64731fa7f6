// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/network/families/families.h"
#include "core/project/training_run.h"

namespace pimento {

// Two tensors of a network's names: a weight and a batch norm's statistics.
inline SafeTensors sampleWeights() {
  const std::vector<float> weights{0.1F, -0.25F, 3.0F, 1e-9F};
  const std::vector<float> variances{0.3333333F, 2.0F};
  Tensor weight = makeTensor<float>(QStringLiteral("conv1.weight"), weights);
  weight.shape = {2, 2, 1, 1};
  return {{weight, makeTensor<float>(QStringLiteral("0.5/bn1.running_var"), variances)}, {}};
}

// A run of two widths of ResNet20 on Fashion-MNIST, measured in single precision and at 8:8 bits.
inline TrainingRun sampleRun(const QString &name = QStringLiteral("short")) {
  TrainingRun run;
  run.name = name;
  run.job.network = makeNetwork(QStringLiteral("resnet20-slimmable"), 10);
  run.job.variants = {widthVariant(run.job.network, 1), widthVariant(run.job.network, 0.5)};
  run.job.recipe = loadRecipe(QStringLiteral("short-slimmable-distillation"));
  run.job.binding = methodBinding(run.job.recipe.method);
  run.variants = run.job.variants;
  run.results = {QStringLiteral("fashion-mnist"),
                 712.5,
                 0.4,
                 {{QStringLiteral("1.0"), SinglePrecision, ResultHow::Trained, 9123, 10'000},
                  {QStringLiteral("0.5"), SinglePrecision, ResultHow::Trained, 9001, 10'000},
                  {QStringLiteral("1.0"), {8, 8}, ResultHow::PostTraining, 9100, 10'000},
                  {QStringLiteral("0.5"), {8, 8}, ResultHow::PostTraining, 441, 500}}};
  run.history = "{\"event\":\"start\"}\n{\"epoch\":1,\"event\":\"epoch\"}\n";
  run.weights = writeSafeTensors(halvedWeights(sampleWeights()));
  return run;
}

// A run of the clipped group Lasso that learned two sub-nets of one network.
inline TrainingRun sampleLassoRun(const QString &name = QStringLiteral("lasso")) {
  TrainingRun run = sampleRun(name);
  run.job.recipe = loadRecipe(QStringLiteral("short-clipped-group-lasso"));
  run.job.binding = methodBinding(run.job.recipe.method);
  run.job.variants.resize(1);
  run.variants[0].name = QStringLiteral("lasso-1");
  run.variants[1].name = QStringLiteral("lasso-2");
  run.results.results = {{QStringLiteral("lasso-1"), SinglePrecision, ResultHow::Trained, 90, 100}};
  return run;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <span>
#include <vector>

#include "core/jobs/method.h"

namespace pimento {

inline constexpr double MaxEpochs = 1e9;  // that a run may have been trained for, all cycles together

// Learning rate over a run: a factor of `learning_rate` as a function of progress t from 0 to 1.
//   steps      times `factor` after each of `milestones`
//   cosine     (1 + cos(pi t)) / 2 (Loshchilov and Hutter 2017, without restarts)
//   one-cycle  rises linearly from 0 to 1 during `warmup`, then falls linearly to 0 (Smith 2018)
enum class Decay : std::uint8_t { Steps, Cosine, OneCycle };

// Settings of a training run. A plain value; validated where it is read.
struct Recipe {
  QString name;
  QString title;
  QString source;  // whose settings, and what was chosen here
  Method method = Method::Slimmable;
  int epochs = 30;
  int batch = 128;
  double learning_rate = 0.1;
  double momentum = 0.9;
  bool nesterov = true;
  double weight_decay = 1e-4;  // of weights; not of biases, norms
  Decay decay = Decay::Steps;
  std::vector<double> milestones{0.3, 0.6, 0.9};
  double factor = 0.1;
  double warmup = 0.2;
  int crop = 0;                      // augmentation: shift in pixels
  bool flip = false;                 // augmentation: horizontal
  bool scale = false;                // images are scaled to the network's input; else they get a border
  int validation = 5000;             // training images that are kept for validation, at most
  double validation_share = 0.1;     // of the training images that are kept for validation, at most
  int teacher_epochs = 0;            // distillation: training of the teacher (job.h: which) comes first
  double distillation_weight = 0.5;  // loss = (1 - w) x cross entropy + w x T² x KL(teacher || sub-net)
  double temperature = 4;
  std::vector<double> lambdas;  // group Lasso: strength of the penalty, a sub-net each
  double beta = 1;              // group Lasso: threshold over the mean norm of a layer's channels
  bool operator==(const Recipe &) const = default;
};

// Learning rate of an update, the first being 0, of `steps` in all: the schedule's value in the middle of the update's
// part of the run, t = (step + 1/2) / steps. So no update has the rate 0 at which a schedule begins or ends, and where
// the schedule is straight over an update its rate is the mean of the schedule there.
[[nodiscard]] double learningRate(const Recipe &recipe, std::int64_t step, std::int64_t steps);

// Updates of a run on so many training images; an epoch's last batch is left out if it is not full.
[[nodiscard]] std::int64_t updatesOf(const Recipe &recipe, std::int64_t trainingImages);

// How far a group Lasso pulls the norm of a channel below its threshold in the first `done` of so many updates, if
// nothing else moves it:
// lambda x sum of the rates / (1 - momentum). A channel that one layer with a batch norm writes begins with a norm of
// about 1.7 (weights 1.4, scale 1); below that, nothing falls away.
[[nodiscard]] double penaltyPull(const Recipe &recipe, double lambda, std::int64_t updates, std::int64_t done);

// How many of so many training images are kept for validation: `validation`, but no more than `validation_share` of
// them. 0 (of fewer than ten images, by default): the weights of the last update are kept as the best.
[[nodiscard]] std::int64_t validationImages(const Recipe &recipe, std::int64_t images);

// {"format": "pimento-recipe", "version": 1, "name": …, "method": …, …}: keys as the members above, absent ones keep
// their defaults; "sources" tells readers of the file where values come from (ValueSource), and is not kept. Throws
// Error naming `place` and the key for unknown keys, values out of range, or more than 64 KB.
[[nodiscard]] Recipe readRecipe(const QByteArray &data, const QString &place,
                                std::span<const Method> methods = trainingMethods());
[[nodiscard]] Recipe recipeFromJson(const QJsonObject &json, const QString &place,
                                    std::span<const Method> methods = trainingMethods());
[[nodiscard]] QJsonObject toJson(const Recipe &recipe);

// Where values of a recipe come from: the keys, and a paper, a measurement, or that they were chosen here.
struct ValueSource {
  QStringList keys;
  QString from;
};

[[nodiscard]] QStringList builtInRecipes();
// A built-in recipe by name, or a file (a name that ends in .json or holds a slash). Throws Error.
[[nodiscard]] Recipe loadRecipe(const QString &nameOrFile);

// The sources of the values of a built-in recipe by name, or of a file; none if the file does not say. Throws Error as
// loadRecipe() does.
[[nodiscard]] std::vector<ValueSource> recipeSources(const QString &nameOrFile);

}  // namespace pimento

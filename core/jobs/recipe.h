// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <vector>

namespace pimento {

// How variants are trained, by the papers' names. What a method shares between variants is its binding.
enum class Method : std::uint8_t {
  Independent,            // each variant with its own extractor (DECO, Eq. 1)
  Joint,                  // all heads on one extractor, sum of their losses (DECO, Eq. 2)
  Slimmable,              // all widths a step, one update, a batch norm a width (Yu et al. 2018)
  SlimmableDistillation,  // the same, and each sub-net learns the soft labels of a trained teacher
  ClippedGroupLasso,      // stage 1 of non-uniform sub-nets: a penalty on output channels gives the mask
  FusedNonUniform,        // stage 2: all masks together
  Individual              // a sub-net alone at its size
};
inline constexpr int MethodCount = 7;
[[nodiscard]] QString methodName(Method method);     // "slimmable-distillation"
[[nodiscard]] QString methodBinding(Method method);  // "slimmable": how its variants share tensors

// Learning rate over a run: a factor of `learning_rate` as a function of progress t in [0, 1).
//   steps      times `factor` after each of `milestones`
//   cosine     (1 + cos(pi t)) / 2
//   one-cycle  rises linearly during `warmup`, then falls linearly to zero
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
  int crop = 0;        // augmentation: shift in pixels
  bool flip = false;   // augmentation: horizontal
  bool scale = false;  // images are scaled to the network's input; else they get a border
  int validation = 5000;
  int teacher_epochs = 0;            // distillation: training of the teacher (the largest variant alone) comes first
  double distillation_weight = 0.5;  // loss = (1 - w) x cross entropy + w x T² x KL(teacher || sub-net)
  double temperature = 4;
  std::vector<double> lambdas;  // group Lasso: strength of the penalty, a sub-net each
  double beta = 1;              // group Lasso: threshold over the mean norm of a layer's channels
  bool operator==(const Recipe &) const = default;
};

// Learning rate at progress t in [0, 1).
[[nodiscard]] double learningRate(const Recipe &recipe, double t);

// {"format": "pimento-recipe", "version": 1, "name": …, "method": …, …}: keys as the members above, absent ones keep
// their defaults. Throws Error naming `place` and the key for unknown keys, values out of range, or more than 64 KB.
[[nodiscard]] Recipe readRecipe(const QByteArray &data, const QString &place);
[[nodiscard]] Recipe recipeFromJson(const QJsonObject &json, const QString &place);
[[nodiscard]] QJsonObject toJson(const Recipe &recipe);

[[nodiscard]] QStringList builtInRecipes();
// A built-in recipe by name, or a file (a name that ends in .json or holds a slash). Throws Error.
[[nodiscard]] Recipe loadRecipe(const QString &nameOrFile);

}  // namespace pimento

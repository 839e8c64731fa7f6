// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <span>

#include "core/base/row_of.h"

namespace pimento {

// How variants are trained, in the terms that job, form, trainer and command line know: they ask for these, and for no
// method by name. A method of these terms is its row in method.cpp and its recipes.
struct MethodTraits {
  const char *name = "";       // "slimmable-distillation": in recipes and jobs
  const char *title = "";      // "Slimmable with distillation"
  const char *text = "";       // what it does, in a sentence
  const char *beyond = "";     // what is done here beyond the words of its paper, in whole sentences
  const char *binding = "";    // "slimmable": how its variants share tensors
  bool widths = false;         // its variants are width ratios by themselves
  bool extractorOnce = false;  // one pass of the feature extractor serves all variants
  bool distils = false;        // a teacher is trained, or given, first
  bool learnsSubNets = false;  // its variants come out of the training
  bool takesSubNets = false;   // its variants are those that another run learned

  // Whether it is the one to propose if none is named: of those that a network allows, the one of the highest rank. 0:
  // never.
  int rankForSeveral = 0;  // variants that answer
  int rankForOne = 0;
};

// The method of a recipe, as a value.
class Method : public RowOf<MethodTraits> {
 public:
  using RowOf::RowOf;
  static const Method Independent;            // each variant with its own extractor (DECO, Eq. 1)
  static const Method Joint;                  // all heads on one extractor, sum of their losses (DECO, Eq. 2)
  static const Method Slimmable;              // all widths a step, one update, a norm a width (Yu et al. 2018)
  static const Method SlimmableDistillation;  // and each sub-net learns the soft labels of a trained teacher
  static const Method ClippedGroupLasso;      // stage 1 of non-uniform sub-nets: a penalty on output channels
  static const Method FusedNonUniform;        // stage 2: all masks together
  static const Method Individual;             // a sub-net alone at its size
};

extern const MethodTraits IndependentMethod;
extern const MethodTraits JointMethod;
extern const MethodTraits SlimmableMethod;
extern const MethodTraits SlimmableDistillationMethod;
extern const MethodTraits ClippedGroupLassoMethod;
extern const MethodTraits FusedNonUniformMethod;
extern const MethodTraits IndividualMethod;
inline constexpr Method Method::Independent{IndependentMethod};
inline constexpr Method Method::Joint{JointMethod};
inline constexpr Method Method::Slimmable{SlimmableMethod};
inline constexpr Method Method::SlimmableDistillation{SlimmableDistillationMethod};
inline constexpr Method Method::ClippedGroupLasso{ClippedGroupLassoMethod};
inline constexpr Method Method::FusedNonUniform{FusedNonUniformMethod};
inline constexpr Method Method::Individual{IndividualMethod};

// Those that recipes can name. What reads recipes and jobs takes others too.
[[nodiscard]] std::span<const Method> trainingMethods();

[[nodiscard]] inline const MethodTraits &traits(Method method) { return *method; }
[[nodiscard]] inline QString methodName(Method method) { return QString::fromLatin1(method->name); }
[[nodiscard]] inline QString methodBinding(Method method) { return QString::fromLatin1(method->binding); }

}  // namespace pimento

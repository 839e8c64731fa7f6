// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include "app/cli/verb.h"
#include "core/network/counts.h"

namespace pimento {

// NETWORK[:VARIANT] as typed; NETWORK may be a file. Without a variant: all that it names.
struct NetworkChoice {
  NetworkSpec network;
  std::vector<Variant> variants;
  bool fromFile = false;  // not known by its name alone
};

// Options that verbs about networks share: --classes, --convention, --bits.
void addClassesOption(VerbParser &parser);
void addConventionOption(VerbParser &parser);
void addBitsOption(VerbParser &parser);

[[nodiscard]] int classesFrom(const VerbParser &parser);  // 0 = the family's default
[[nodiscard]] Convention conventionOf(const VerbParser &parser);
[[nodiscard]] Bits bitsOf(const VerbParser &parser);
[[nodiscard]] Bits integerBitsOf(const VerbParser &parser);           // throws Error for more than integers here have
[[nodiscard]] NetworkChoice networkChoice(const VerbParser &parser);  // reads the first argument

}  // namespace pimento

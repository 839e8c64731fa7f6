// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/kept_set.h"

namespace pimento {

ChannelSet keptSet(const NetworkSpec &spec, const Variant &variant, SpaceId space) {
  const auto kept = variant.kept.find(space);
  return kept == variant.kept.end() ? ChannelSet::prefix(spec.spaces[space].width) : kept->second;
}

}  // namespace pimento

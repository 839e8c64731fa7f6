// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/network/network_spec.h"

namespace pimento {

// The channels that a variant keeps of a space, where keptChannels() counts them.
[[nodiscard]] ChannelSet keptSet(const NetworkSpec &spec, const Variant &variant, SpaceId space);

}  // namespace pimento

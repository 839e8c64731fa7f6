// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <span>

#include "core/explore/front.h"

namespace pimento {

class Session;

// What a front of the view's designs says, in one to three sentences computed from its rows.
[[nodiscard]] QString takeaway(const Session &session, std::span<const Objective> objectives,
                               std::span<const std::uint32_t> front);

// Objectives as people read them: "energy and accuracy".
[[nodiscard]] QString objectivesTitle(std::span<const Objective> objectives);

}  // namespace pimento

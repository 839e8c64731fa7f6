// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <span>

#include "core/explore/front.h"

namespace pimento {

class Session;
struct Plane;

// What the front of a plane says, in a few sentences computed from its rows.
[[nodiscard]] QString takeaway(const Session &session, const Plane &plane);

// Objectives as people read them: "energy and accuracy".
[[nodiscard]] QString objectivesTitle(std::span<const Objective> objectives);

}  // namespace pimento

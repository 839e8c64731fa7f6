// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento {

class Session;

// What the view's front says, in one or two sentences computed from its rows.
[[nodiscard]] QString takeaway(const Session &session);

// Objectives as people read them: "energy and accuracy".
[[nodiscard]] QString objectivesTitle(const Session &session);

}  // namespace pimento

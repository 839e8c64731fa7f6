// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <vector>

#include "core/hardware/parameter_changes.h"
#include "core/hardware/parameters.h"

namespace pimento {

class Session;

// What a user does to the what-if: each a step of undo. `base` is the accelerator at hand, whose values are no change.
void setWhatIf(Session &session, const Accelerator &base, const Parameter &parameter, double value, int drag = 0);
void resetWhatIf(Session &session, const Accelerator &base, const Parameter &parameter);
void resetWhatIf(Session &session);

// Something to start from: a built-in profile, or a device on the accelerator at hand.
struct Preset {
  QString title;  // "Profile stt-mram"
  Accelerator accelerator;
};
[[nodiscard]] std::vector<Preset> presetsFor(const Accelerator &base);
void setWhatIf(Session &session, const Accelerator &base, const Preset &preset);

// Free and short: "sot-mram-tmr-150", "sot-mram-2".
[[nodiscard]] QString suggestedProfileName(const Session &session, const Accelerator &base);

// The network at hand as an estimate that could be added, and where it would be seen: energy against latency, or as
// the view is if it has an accuracy of its own.
void addEstimateOfSubject(Session &session);  // throws Error; does nothing without a subject

}  // namespace pimento

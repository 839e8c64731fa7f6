// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <vector>

#include "core/hardware/profile/parameter_changes.h"
#include "core/hardware/profile/parameters.h"
#include "core/network/counts.h"

namespace pimento {

class Session;
struct EstimateChoice;
struct Subject;

// What a user does to the what-if: each a step of undo. `base` is the accelerator at hand, whose values are no change.
void setWhatIf(Session &session, const Accelerator &base, const Parameter &parameter, double value, int drag = 0);
void resetWhatIf(Session &session, const Accelerator &base, const Parameter &parameter);
void resetWhatIf(Session &session);

// Supposes these bits of every estimate and of the network at hand, as one step of undo; no change where all estimates
// are made for them.
void setWhatIfBits(Session &session, Bits bits);

// An accelerator that a what-if can start from: a built-in profile, or a device on the accelerator at hand.
struct Preset {
  QString title;  // "Profile stt-mram"
  Accelerator accelerator;
};
[[nodiscard]] std::vector<Preset> presetsFor(const Accelerator &base);
void setWhatIf(Session &session, const Accelerator &base, const Preset &preset);

// Free and short: "sot-mram-tmr-150", "sot-mram-2".
[[nodiscard]] QString suggestedProfileName(const Session &session, const Accelerator &base);

// Session::keepProfile; returns what came of it, as it is told.
QString keepProfile(Session &session, const Accelerator &base, const QString &name);

// The network at hand as an estimate that could be added: at its bits or those of the what-if, on the accelerator at
// hand.
[[nodiscard]] EstimateChoice estimateOf(const Session &session, const Subject &subject);
[[nodiscard]] bool hasEstimateOf(const Session &session, const Subject &subject);  // whether the project has it

// Adds it, where it is seen: as the view is if it has an accuracy of its own there, else energy against latency beside
// the data set that is chosen. Returns what was added and how the view has changed, as it is told; does nothing without
// a subject. Throws Error.
QString addEstimateOfSubject(Session &session);

}  // namespace pimento

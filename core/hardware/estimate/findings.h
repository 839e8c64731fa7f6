// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/validity.h"
#include "core/base/warning_level.h"
#include "core/hardware/estimate/estimate.h"

namespace pimento {

// What of the chain from the device to the network a finding is about.
enum class ChainPart : std::uint8_t { Device, Sense, Array, Chip, Network };

// One thing that a reader of an estimate must know. Warnings, alarms and the validity of a design are all made of
// these; their limits stand in validity_limits.h.
struct Finding {
  WarningLevel level = WarningLevel::Caution;  // Invalid exactly where validity is
  Validity validity = Validity::Valid;
  ChainPart part = ChainPart::Network;
  QString text;    // "AND2 margin of 13.6 mV, …"
  QString reason;  // value and limit in short, "AND2 errors of 0.134 are above 0.01"; empty where valid
};

// The findings of an estimate, the worst first: wrong results before lost bits before wear and size before notes.
[[nodiscard]] std::vector<Finding> findings(const Totals &totals, const Accelerator &accelerator,
                                            const Machine &machine);

// The findings that an array gives by itself, whatever runs on it: supplies, write transistors, read disturb, node.
[[nodiscard]] std::vector<Finding> arrayFindings(const Accelerator &accelerator, const ArrayTable &array);

// What a dataflow computes with: READ if it is latched, else AND2.
[[nodiscard]] SenseOp computingOp(const Accelerator &accelerator);

// Their texts, each led by its level.
[[nodiscard]] QStringList warningTexts(std::span<const Finding> findings);

// The worst of them, and why.
struct Judgement {
  Validity validity = Validity::Valid;
  QString reason;  // of all that are as bad; empty if valid
};
[[nodiscard]] Judgement judge(std::span<const Finding> findings);

// "profile sot-mram (tmr_pct=43)": an accelerator with what was set beside the built-in profile of its name.
[[nodiscard]] QString profileText(const Accelerator &accelerator);

}  // namespace pimento

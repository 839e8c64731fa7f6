// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento {

class Session;

// "What if TMR 150 % (was 120 %): 0.914x to 0.937x the energy and 0.95x the latency of 4 designs." Empty if nothing is
// changed; the problem if the changes make no accelerator.
[[nodiscard]] QString whatIfTakeaway(const Session &session);

// What a what-if changes, without its parameters: "0.914x to 0.937x the energy and 0.95x the latency (4 estimates)."
[[nodiscard]] QString whatIfEffect(const Session &session);

// What the what-if makes of one design: "What-if at 4:4 bits: 812 µJ (0.866x), 1.2 ms (1x)", without bits where they
// are not supposed; empty if it is no estimate or nothing is changed.
[[nodiscard]] QString whatIfOf(const Session &session, std::uint32_t row);

}  // namespace pimento

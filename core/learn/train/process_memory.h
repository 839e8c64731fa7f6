// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pimento::learn {

// Memory that is freed is kept for the next step: a third of it would go to page faults otherwise. Once, at the start.
void keepMemory();

// Most memory that this process has held so far, in 10^6 bytes; 0 where the system does not tell.
[[nodiscard]] double peakMemory_mb();

}  // namespace pimento::learn

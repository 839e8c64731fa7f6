// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPalette>
#include <optional>

namespace pimento {

enum class Colours : std::uint8_t { System, Light, Dark };

// Colours of the whole program. System leaves the desktop's own palette.
void applyColours(Colours colours);
[[nodiscard]] Colours chosenColours();  // as applied last

// Style sheet of tool buttons of which one is chosen: filled with the colour of selections, in light and dark.
[[nodiscard]] QString chosenLook();

[[nodiscard]] QString coloursName(Colours colours);  // "system", "light", "dark"
[[nodiscard]] std::optional<Colours> coloursFromName(const QString &name);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPalette>
#include <optional>

namespace pimento {

enum class Colours : std::uint8_t { System, Light, Dark };

// Colours of the whole program. System leaves the desktop's own palette.
void applyColours(Colours colours);
[[nodiscard]] Colours chosenColours();  // as applied last

// Whether a palette writes light text on dark ground: what charts choose their colours by.
// Style sheet of tool buttons of which one is chosen: filled with the colour of selections, in light and dark.
[[nodiscard]] QString chosenLook();

[[nodiscard]] bool isDark(const QPalette &palette);

[[nodiscard]] QString coloursName(Colours colours);  // "system", "light", "dark"
[[nodiscard]] std::optional<Colours> coloursFromName(const QString &name);

}  // namespace pimento

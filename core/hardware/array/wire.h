// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

#include "core/hardware/array/transistor.h"

namespace pimento {

enum class WireLayer : std::uint8_t { Local, SemiGlobal, Global };
enum class WireQuality : std::uint8_t { Aggressive, Conservative };  // low-k without liner, or k 3.3 with a 3 nm liner

struct Wire {
  double ohm_per_um = 0;
  double ff_per_um = 0;
};

// Copper of width 1, 2 and 4 F at equal spacing, aspect ratio 1.8, 2.0 and 2.2 (ITRS 2007, interconnect: 1.8 for metal
// 1 at 45 nm). Resistivity with scattering at surfaces and grain boundaries (copperResistivity); capacitance to both
// neighbours and both planes with fringes.
[[nodiscard]] double lineWidth_f(WireLayer layer);
[[nodiscard]] Wire wire(WireLayer layer, double feature_nm, WireQuality quality = WireQuality::Aggressive);

// A line of this width and aspect ratio, without liner.
[[nodiscard]] double lineOhm_per_um(double width_nm, double aspect);

// Effective resistivity of a copper line in µΩ cm: scattering at surfaces (Fuchs-Sondheimer) and at grains as large as
// the width (Mayadas-Shatzkes), in the form of Steinhögl et al., Phys. Rev. B 66, 2002. Falls to the bulk value for
// wide lines.
[[nodiscard]] double copperResistivity_uohm_cm(double width_nm, double aspect);

// Elmore delay of a driver and a distributed line, in ns; ohm and fF of the whole line.
[[nodiscard]] double lineDelay_ns(double driver_ohm, double wire_ohm, double wire_ff, double load_ff = 0);

// A long wire with repeaters (Bakoglu): spacing and size for the least delay, or with `penalty` (0.1 is 10 %) more
// delay for fewer and smaller repeaters, both by the same factor.
struct RepeatedWire {
  double ns_per_mm = 0;
  double ff_per_um = 0;           // wire, gates and drains of the repeaters
  double repeater_um_per_um = 0;  // transistor width a micrometre of wire
};
[[nodiscard]] RepeatedWire repeatedWire(const Wire &wire, const Transistors &transistors, double penalty = 0);

}  // namespace pimento

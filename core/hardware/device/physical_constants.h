// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pimento {

// In SI units, as CODATA 2018 recommends them.
inline constexpr double Boltzmann = 1.380649e-23;               // J/K
inline constexpr double ElementaryCharge = 1.602176634e-19;     // C
inline constexpr double ReducedPlanck = 1.054571817e-34;        // J s
inline constexpr double VacuumPermeability = 1.25663706212e-6;  // T m/A
inline constexpr double Gyromagnetic = 2.2128e5;  // of an electron, times the vacuum's permeability: m/(A s)
inline constexpr double Nano = 1e-9;

}  // namespace pimento

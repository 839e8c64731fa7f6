// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pimento {

// Parameters of an accelerator are given at this node, supply and temperature.
inline constexpr double Reference_nm = 45;
inline constexpr double Reference_v = 1;
inline constexpr double Reference_k = 300;

// Threshold voltages and growth of leakage with temperature, ITRS 45 nm as in CACTI 5.1 (HPL-2008-20): low standby
// power 0.502 V, 10.1 to 410 pA/µm from 300 to 400 K; high performance, as the logic's library, 0.280 to 0.984 µA/µm.
// The logic's threshold is an assumption for a general-purpose library.
inline constexpr double PeripheryThreshold_v = 0.502;
inline constexpr double LogicThreshold_v = 0.35;
inline constexpr double PeripheryLeakage_per_k = 0.037;
inline constexpr double LogicLeakage_per_k = 0.0126;

// Drive current lost with the temperature, ITRS 45 nm as in NVSim's Technology.cpp, mean of n and p from 300 to 400 K:
// low standby power 527.5 to 421.3 and 497.9 to 419.7 µA/µm, high performance 1,824 to 1,667 and 1,632 to 1,442 µA/µm.
inline constexpr double PeripheryDriveLoss_per_k = 0.0020;
inline constexpr double LogicDriveLoss_per_k = 0.0011;
inline constexpr double CopperRise_per_k = 0.0039;  // of bulk copper's resistance (CRC Handbook)

// Gate delay at a supply over that at the nominal one: V / (V - Vt)^1.33 (Sakurai and Newton, IEEE JSSC 1990, whose
// exponent is 1 for short channels to 2).
[[nodiscard]] double supplyDelay(double vdd_v, double nominal_v, double threshold_v);

}  // namespace pimento

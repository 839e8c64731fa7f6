// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/nvsim/nvsim_technology.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace pimento {

namespace {

using Heat = std::array<double, 11>;  // at 300, 310 … 400 K

constexpr Heat flat(double value) {
  Heat heat{};
  for (double &v : heat) v = value;
  return heat;
}

constexpr Heat scaled(Heat heat, double factor) {
  for (double &v : heat) v *= factor;
  return heat;
}

// Node, then supply, threshold (mV), gate length (nm), gate and fringe capacitance (fF/µm), oxide (fF/µm²), mobilities
// of electrons and holes (cm²/(V s)), p over n, resistance factor; currents in µA/µm.
struct Row {
  double vdd_v, threshold_mv, gate_nm, gate_ff, fringe_ff, oxide_ff, n_mobility, p_mobility, p_over_n, factor;
  Heat n_on, p_on, n_off, p_off;
};

constexpr std::array<double, 7> Nodes_nm{22, 32, 45, 65, 90, 120, 200};
// Width of the interval above each node; NVSim divides by 60 nm between 120 and 200.
constexpr std::array<double, 7> Steps_nm{10, 13, 20, 25, 30, 60, 1};

// The tables are those that NVSim 6334d00 carries: MASTAR 5 (ITRS 2005 to 2007) for the currents and capacitances,
// CACTI for p over n and the resistance factor; the p transistors' off-current is the n one's from 45 nm on, and at
// 22 nm the p one's on-current is half of the n one's. 200 nm is an estimate of theirs.
constexpr Heat OffLstp32{3.02e-5, 4.51e-5, 6.57e-5, 9.35e-5, 1.31e-4, 1.79e-4,
                         2.41e-4, 3.19e-4, 4.15e-4, 5.29e-4, 6.58e-4};
constexpr Heat OffLop32{3.57e-2, 4.21e-2, 4.91e-2, 5.68e-2, 6.51e-2, 7.42e-2, 8.43e-2, 9.57e-2, 0.110, 0.128, 0.148};
constexpr Heat OffHp32{0.834, 0.900, 0.968, 1.04, 1.11, 1.18, 1.25, 1.32, 1.39, 1.46, 1.54};
constexpr Heat OffLstp45{1.01e-5, 1.65e-5, 2.62e-5, 4.06e-5, 6.12e-5, 9.02e-5,
                         1.30e-4, 1.83e-4, 2.51e-4, 3.29e-4, 4.10e-4};
constexpr Heat OffLop45{4.03e-3, 5.02e-3, 6.18e-3, 7.51e-3, 9.04e-3, 1.08e-2,
                        1.27e-2, 1.47e-2, 1.66e-2, 1.84e-2, 2.03e-2};
constexpr Heat OffHp45{0.280, 0.328, 0.381, 0.439, 0.502, 0.569, 0.642, 0.720, 0.803, 0.891, 0.984};
constexpr Heat OffHp100{1.90e-2, 2.35e-2, 2.86e-2, 3.45e-2, 4.12e-2, 4.87e-2, 5.71e-2, 6.64e-2, 7.67e-2, 8.80e-2, 0.1};
constexpr Heat OnLstp22{745.5, 735.2, 725.1, 715.2, 705.4, 695.7, 686.2, 676.9, 667.7, 658.7, 649.8};
constexpr Heat OnLop22{716.1, 704.3, 692.6, 681.2, 669.9, 658.8, 647.9, 637.1, 626.5, 616.0, 605.7};
constexpr Heat OnHp22{2029.9, 2009.8, 1989.6, 1969.6, 1949.8, 1930.7, 1910.5, 1891.0, 1871.7, 1852.5, 1834.4};

constexpr std::array<Row, 7> Lstp{{
    {0.8, 445.71, 16, 0.425, 0.20, 26.5, 731.29, 111.22, 2.23, 1.99, OnLstp22, scaled(OnLstp22, 0.5),
     scaled(OffLstp32, 1 / 1.86), scaled(OffLstp32, 1 / 1.86)},
    {1.0, 581.81, 22, 0.502, 0.19, 21.9, 395.20, 88.67, 2.23, 1.99,
     Heat{560.0, 553.0, 546.1, 539.3, 532.5, 525.8, 518.9, 511.5, 502.3, 489.2, 469.7},
     Heat{549.6, 541.1, 532.8, 524.6, 516.5, 508.7, 500.9, 493.3, 485.8, 478.3, 470.7}, OffLstp32, OffLstp32},
    {1.0, 564.52, 28, 0.558, 0.21, 19.9, 456.14, 96.98, 2.23, 1.99,
     Heat{527.5, 520.2, 512.9, 505.8, 498.6, 491.4, 483.7, 474.4, 461.2, 442.6, 421.3},
     Heat{497.9, 489.5, 481.3, 473.2, 465.3, 457.6, 450.0, 442.5, 435.1, 427.5, 419.7}, OffLstp45, OffLstp45},
    {1.1, 563.92, 45, 0.617, 0.24, 13.7, 457.86, 102.64, 2.23, 1.96,
     Heat{465.4, 458.5, 451.8, 445.1, 438.4, 431.6, 423.9, 414.2, 400.6, 383.5, 367.2},
     Heat{234.2, 229.7, 225.3, 221.0, 216.8, 212.7, 208.8, 204.8, 200.7, 196.6, 192.6},
     Heat{3.03e-5, 4.46e-5, 6.43e-5, 9.06e-5, 1.25e-4, 1.70e-4, 2.25e-4, 2.90e-4, 3.61e-4, 4.35e-4, 5.20e-4},
     Heat{3.85e-5, 5.64e-5, 8.09e-5, 1.14e-4, 1.57e-4, 2.12e-4, 2.82e-4, 3.70e-4, 4.78e-4, 6.09e-4, 7.66e-4}},
    {1.2, 502.36, 65, 0.773, 0.24, 11.9, 277.94, 60.64, 2.44, 1.92,
     Heat{446.6, 438.7, 431.2, 423.8, 416.7, 409.7, 402.9, 396.3, 389.8, 383.5, 377.3},
     Heat{221.5, 216.6, 212.0, 207.4, 203.1, 198.8, 194.7, 190.7, 186.9, 183.1, 179.5},
     // 320 K reads 9.91e-5 in NVSim, a slip of the exponent between its neighbours.
     Heat{9.45e-6, 9.67e-6, 9.91e-6, 1.02e-5, 1.05e-5, 1.08e-5, 1.11e-5, 1.14e-5, 1.28e-5, 1.32e-5, 1.37e-5},
     Heat{2.05e-5, 2.10e-5, 2.15e-5, 2.21e-5, 2.27e-5, 2.34e-5, 2.41e-5, 2.48e-5, 2.56e-5, 2.65e-5, 2.74e-5}},
    {1.2, 501.25, 75, 0.862, 0.25, 11.5, 284.97, 61.82, 2.45, 1.54,
     Heat{422.5, 415.0, 407.7, 400.5, 393.6, 386.8, 380.1, 373.7, 367.4, 361.3, 355.5},
     Heat{204.9, 200.3, 195.9, 191.7, 187.5, 183.5, 179.7, 175.9, 172.3, 168.8, 165.4},
     Heat{1.01e-5, 1.04e-5, 1.06e-5, 1.09e-5, 1.12e-5, 1.16e-5, 1.20e-5, 1.24e-5, 1.28e-5, 1.32e-5, 1.37e-5},
     Heat{2.21e-5, 2.27e-5, 2.33e-5, 2.40e-5, 2.47e-5, 2.54e-5, 2.62e-5, 2.71e-5, 2.80e-5, 2.90e-5, 3.01e-5}},
    {1.5, 600, 160, 0.8, 0.25, 10, 320, 80, 2.45, 1.54, flat(330), flat(168), flat(4.25e-6), flat(8.5e-6)},
}};

constexpr std::array<Row, 7> Lop{{
    {0.5, 217.39, 11, 0.345, 0.17, 31.4, 747.37, 118.35, 2.28, 1.73, OnLop22, scaled(OnLop22, 0.5),
     scaled(OffLop32, 1 / 1.7), scaled(OffLop32, 1 / 1.7)},
    {0.7, 278.52, 18, 0.554, 0.20, 30.8, 581.62, 120.30, 2.28, 1.73,
     Heat{760.3, 750.4, 740.5, 730.7, 720.8, 710.9, 700.3, 687.6, 670.5, 647.4, 623.6},
     Heat{878.6, 865.1, 851.8, 838.7, 825.7, 813.0, 800.3, 787.9, 775.5, 763.0, 750.3}, OffLop32, OffLop32},
    {0.7, 288.94, 22, 0.613, 0.20, 27.9, 606.95, 124.60, 2.28, 1.76,
     Heat{682.1, 672.3, 662.5, 652.8, 643.0, 632.8, 620.9, 605.0, 583.6, 561.0, 542.7},
     Heat{772.4, 759.6, 746.9, 734.4, 722.1, 710.0, 698.1, 686.3, 674.4, 662.3, 650.2}, OffLop45, OffLop45},
    {0.8, 323.75, 32, 0.601, 0.24, 18.8, 491.59, 110.95, 2.28, 1.82,
     Heat{562.9, 555.2, 547.5, 539.8, 532.2, 524.5, 516.1, 505.7, 491.1, 471.7, 451.6},
     Heat{329.5, 323.3, 317.2, 311.2, 305.4, 299.8, 294.2, 288.7, 283.2, 277.5, 271.8},
     Heat{9.08e-3, 1.11e-2, 1.35e-2, 1.62e-2, 1.92e-2, 2.25e-2, 2.62e-2, 2.99e-2, 3.35e-2, 3.67e-2, 3.98e-2},
     // 370 K reads 1.09e-2 in NVSim; 4.09e-2 lies between its neighbours.
     Heat{1.30e-2, 1.57e-2, 1.89e-2, 2.24e-2, 2.64e-2, 3.08e-2, 3.56e-2, 4.09e-2, 4.65e-2, 5.26e-2, 5.91e-2}},
    {0.9, 264.54, 53, 0.795, 0.24, 15.0, 309.04, 67.88, 2.54, 1.77,
     Heat{534.5, 525.7, 517.0, 508.5, 500.2, 492.1, 484.1, 476.3, 468.7, 461.2, 453.9},
     Heat{294.2, 287.8, 281.7, 275.7, 269.9, 264.2, 258.7, 253.4, 248.2, 243.2, 238.3},
     Heat{2.74e-3, 2.76e-3, 2.79e-3, 2.81e-3, 2.84e-3, 2.88e-3, 2.91e-3, 2.95e-3, 2.99e-3, 3.04e-3, 3.09e-3},
     Heat{6.51e-3, 6.56e-3, 6.61e-3, 6.67e-3, 6.74e-3, 6.82e-3, 6.91e-3, 7.00e-3, 7.10e-3, 7.21e-3, 7.33e-3}},
    {1.0, 312.60, 65, 0.634, 0.25, 14.4, 292.43, 64.53, 2.45, 1.54,
     Heat{531.4, 522.6, 514.0, 505.5, 497.3, 489.2, 481.3, 473.6, 466.1, 458.8, 451.6},
     Heat{278.5, 272.5, 266.8, 261.2, 255.8, 250.5, 245.4, 240.4, 235.6, 231.0, 226.4},
     Heat{9.69e-4, 9.87e-4, 1.01e-3, 1.03e-3, 1.05e-3, 1.08e-3, 1.10e-3, 1.13e-3, 1.16e-3, 1.19e-3, 1.23e-3},
     Heat{2.20e-3, 2.25e-3, 2.29e-3, 2.34e-3, 2.39e-3, 2.45e-3, 2.51e-3, 2.57e-3, 2.64e-3, 2.72e-3, 2.79e-3}},
    {1.2, 450, 135, 0.8, 0.25, 10, 330, 90, 2.45, 1.54, flat(490), flat(230), flat(4e-4), flat(8e-4)},
}};

constexpr std::array<Row, 7> Hp{{
    {0.9, 128.72, 10, 0.383, 0.16, 38.3, 397.26, 83.60, 2.0, 1.45, OnHp22, scaled(OnHp22, 0.5),
     // From 32 nm of CACTI, in µA/µm by 3.93 a 1e-6 of theirs.
     scaled(Heat{0.152, 0.155, 0.159, 0.168, 0.190, 0.269, 0.532, 1.02, 1.62, 2.73, 6.1}, 3.93),
     scaled(Heat{0.152, 0.155, 0.159, 0.168, 0.190, 0.269, 0.532, 1.02, 1.62, 2.73, 6.1}, 3.93)},
    {0.9, 131.72, 14, 0.642, 0.16, 45.9, 257.73, 89.92, 2.41, 1.49,
     Heat{1785.8, 1771.8, 1757.8, 1743.8, 1729.8, 1715.7, 1701.7, 1687.6, 1673.5, 1659.4, 1645.0},
     Heat{1713.5, 1662.8, 1620.1, 1601.6, 1583.3, 1565.1, 1547.1, 1529.1, 1511.3, 1493.7, 1476.1}, OffHp32, OffHp32},
    {1.0, 126.79, 18, 0.678, 0.17, 37.7, 297.70, 95.27, 2.41, 1.51,
     Heat{1823.8, 1808.2, 1792.6, 1777.0, 1761.4, 1745.8, 1730.3, 1714.7, 1699.1, 1683.2, 1666.6},
     Heat{1632.2, 1612.8, 1593.6, 1574.1, 1554.7, 1535.5, 1516.4, 1497.6, 1478.8, 1460.3, 1441.8}, OffHp45, OffHp45},
    {1.1, 163.98, 25, 0.470, 0.24, 18.8, 445.74, 113.33, 2.41, 1.50,
     Heat{1211.4, 1198.4, 1185.4, 1172.5, 1156.9, 1146.7, 1133.6, 1119.9, 1104.3, 1084.6, 1059.0},
     Heat{888.7, 875.8, 861.7, 848.5, 835.4, 822.6, 809.9, 797.3, 784.8, 772.2, 759.4},
     Heat{0.343, 0.373, 0.403, 0.435, 0.466, 0.499, 0.531, 0.564, 0.596, 0.625, 0.651},
     Heat{0.568, 0.607, 0.646, 0.686, 0.726, 0.766, 0.806, 0.846, 0.886, 0.926, 0.965}},
    {1.2, 197.95, 37, 0.638, 0.25, 17.3, 243.43, 58.32, 2.45, 1.54,
     Heat{1050.5, 1037.0, 1023.6, 1010.3, 997.2, 984.2, 971.4, 958.8, 946.3, 933.9, 921.7},
     Heat{638.7, 627.5, 616.5, 605.8, 595.2, 584.9, 574.7, 564.8, 555.1, 545.5, 536.2}, scaled(OffHp100, 2.73),
     Heat{5.26e-2, 5.26e-2, 5.26e-2, 5.27e-2, 5.28e-2, 5.29e-2, 5.31e-2, 5.34e-2, 5.36e-2, 5.40e-2, 5.43e-2}},
    {1.2, 218.04, 45.1, 0.741, 0.24, 16.4, 249.59, 59.52, 2.45, 1.54,
     Heat{960.9, 947.9, 935.1, 922.5, 910.0, 897.7, 885.5, 873.6, 861.8, 850.1, 838.6},
     Heat{578.4, 567.8, 557.5, 547.4, 537.5, 527.8, 518.3, 509.1, 500.0, 491.1, 482.5}, OffHp100,
     Heat{3.82e-2, 3.84e-2, 3.87e-2, 3.90e-2, 3.93e-2, 3.97e-2, 4.01e-2, 4.05e-2, 4.10e-2, 4.16e-2, 4.22e-2}},
    {1.5, 300, 100, 0.8, 0.25, 10, 320, 80, 2.45, 1.54, flat(750), flat(350), flat(8e-3), flat(1.6e-2)},
}};

const std::array<Row, 7> &tableOf(NvsimRoadmap roadmap) {
  return roadmap == NvsimRoadmap::Hp ? Hp : roadmap == NvsimRoadmap::Lop ? Lop : Lstp;
}

double atHeat(const Heat &heat, double temperature_k) {
  const double step = std::clamp((temperature_k - NvsimColdest_k) / 10, 0.0, 10.0);
  const auto below = std::min<std::size_t>(static_cast<std::size_t>(step), heat.size() - 2);
  return std::lerp(heat[below], heat[below + 1], step - static_cast<double>(below));
}

}  // namespace

NvsimTechnology nvsimTechnology(double feature_nm, NvsimRoadmap roadmap, double temperature_k) {
  const double node = std::clamp(feature_nm, NvsimSmallest_nm, NvsimLargest_nm);
  std::size_t low = 0;
  while (low + 1 < Nodes_nm.size() && Nodes_nm[low + 1] <= node) ++low;
  const std::size_t high = std::min(low + 1, Nodes_nm.size() - 1);
  const double share = (node - Nodes_nm[low]) / Steps_nm[low];
  const Row &a = tableOf(roadmap)[low];
  const Row &b = tableOf(roadmap)[high];
  const auto between = [&](double Row::*member) { return a.*member + share * (b.*member - a.*member); };
  const auto on = [&](Heat Row::*heat) {
    const double first = atHeat(a.*heat, temperature_k);
    return first + share * (atHeat(b.*heat, temperature_k) - first);
  };
  const auto off = [&](Heat Row::*heat) {
    return std::pow(atHeat(a.*heat, temperature_k), 1 - share) * std::pow(atHeat(b.*heat, temperature_k), share);
  };
  NvsimTechnology t;
  t.feature_um = feature_nm * 1e-3;
  t.vdd_v = between(&Row::vdd_v);
  t.threshold_v = between(&Row::threshold_mv) * 1e-3;
  t.gate_um = between(&Row::gate_nm) * 1e-3;
  t.gate_ff_per_um = between(&Row::gate_ff);
  t.fringe_ff_per_um = between(&Row::fringe_ff);
  t.oxide_ff_per_um2 = between(&Row::oxide_ff);
  t.n_mobility = between(&Row::n_mobility) * 1e-4;
  t.p_mobility = between(&Row::p_mobility) * 1e-4;
  t.p_over_n = between(&Row::p_over_n);
  t.resistance_factor = between(&Row::factor);
  t.n_on_ua_per_um = on(&Row::n_on);
  t.p_on_ua_per_um = on(&Row::p_on);
  t.n_off_ua_per_um = off(&Row::n_off);
  t.p_off_ua_per_um = off(&Row::p_off);
  return t;
}

}  // namespace pimento

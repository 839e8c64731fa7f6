// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled without contraction to fused multiply-add (CMakeLists.txt): the wide and the plain version of each function
// give the same bits.
#include "core/hardware/device/macrospin_lanes.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/wide.h"

namespace pimento {

namespace {

#define PIMENTO_INLINE __attribute__((always_inline)) inline

using Vec = double __attribute__((vector_size(SpinLanes * sizeof(double))));
using Bits = std::uint64_t __attribute__((vector_size(SpinLanes * sizeof(std::uint64_t))));

struct Moment {
  Vec x, y, z;
};

struct Streams {
  Bits a, b, c, d;
};

constexpr double StepAngle = 0.1;          // rad of the fastest precession a step
constexpr double ThermalStepAngle = 0.05;  // the same with a thermal field
constexpr double SettledOver = 10;         // kT below the barrier: the moment stays in its well
constexpr double RelaxTimes = 30;          // damping times after which the side it is on decides
constexpr long StepsPerCheck = 16;

// Lanes are read and written through copies: by subscript GCC 12 gets wrong ones with -fsanitize=undefined.
template <class To, class From>
PIMENTO_INLINE void copy(To &to, const From &from) {
  static_assert(sizeof(To) == sizeof(From));
  std::memcpy(&to, &from, sizeof(To));
}

// Coefficients of the equation, common to all lanes.
struct Equation {
  double hx, hz, bias, damping, fieldLike, factor;
  double assistY = 0, assistZ = 0;  // spin-transfer field of the assisting current, by the axis it is polarised along
};

// m×P + m×(m×Q) with P = H - a T and Q = a H + T is the bracket of the equation, T the sum of the spin fields and H
// with the field-like one; |m| = 1 is used.
PIMENTO_INLINE void slope(const Equation &e, const Moment &m, const Moment &thermal, const Vec &hs, Moment &out) {
  const Vec hx = e.bias - e.hx * m.x + thermal.x;
  const Vec hz = thermal.z - e.hz * m.z;
  const Vec hy = thermal.y + e.fieldLike * hs;
  const Vec ty = hs + e.assistY;
  const Vec px = hx;
  const Vec py = hy - e.damping * ty;
  const Vec pz = hz - e.damping * e.assistZ;
  const Vec qx = e.damping * hx;
  const Vec qy = e.damping * hy + ty;
  const Vec qz = e.damping * hz + e.assistZ;
  const Vec along = m.x * qx + m.y * qy + m.z * qz;
  out.x = e.factor * (m.y * pz - m.z * py + m.x * along - qx);
  out.y = e.factor * (m.z * px - m.x * pz + m.y * along - qy);
  out.z = e.factor * (m.x * py - m.y * px + m.z * along - qz);
}

// Back to |m| = 1: first order of 1/|m|, as the integrator leaves it by parts in a million.
PIMENTO_INLINE void normalise(Moment &m) {
  const Vec scale = 1.5 - 0.5 * (m.x * m.x + m.y * m.y + m.z * m.z);
  m.x *= scale;
  m.y *= scale;
  m.z *= scale;
}

PIMENTO_INLINE void advance(const Moment &m, double dt, const Moment &by, Moment &out) {
  out.x = m.x + dt * by.x;
  out.y = m.y + dt * by.y;
  out.z = m.z + dt * by.z;
}

PIMENTO_INLINE void stepRungeKutta(const Equation &e, Moment &m, const Vec &begin, const Vec &middle, const Vec &end,
                                   double dt) {
  const Moment none{};
  Moment k1, k2, k3, k4, at;
  slope(e, m, none, begin, k1);
  advance(m, dt / 2, k1, at);
  slope(e, at, none, middle, k2);
  advance(m, dt / 2, k2, at);
  slope(e, at, none, middle, k3);
  advance(m, dt, k3, at);
  slope(e, at, none, end, k4);
  m.x += dt / 6 * (k1.x + 2 * (k2.x + k3.x) + k4.x);
  m.y += dt / 6 * (k1.y + 2 * (k2.y + k3.y) + k4.y);
  m.z += dt / 6 * (k1.z + 2 * (k2.z + k3.z) + k4.z);
  normalise(m);
}

PIMENTO_INLINE void stepHeun(const Equation &e, Moment &m, const Moment &thermal, const Vec &begin, const Vec &end,
                             double dt) {
  Moment k1, k2, at;
  slope(e, m, thermal, begin, k1);
  advance(m, dt, k1, at);
  slope(e, at, thermal, end, k2);
  m.x += dt / 2 * (k1.x + k2.x);
  m.y += dt / 2 * (k1.y + k2.y);
  m.z += dt / 2 * (k1.z + k2.z);
  normalise(m);
}

PIMENTO_INLINE void nextBits(Streams &r, Bits &out) {
  const Bits sum = r.a + r.d;
  out = ((sum << 23) | (sum >> 41)) + r.a;
  const Bits shifted = r.b << 17;
  r.c ^= r.a;
  r.d ^= r.b;
  r.b ^= r.c;
  r.a ^= r.d;
  r.c ^= shifted;
  r.d = (r.d << 45) | (r.d >> 19);
}

// A sum of four uniform numbers of 16 bits: mean 0, variance 1, kurtosis 2.7. That Heun's scheme keeps its order needs
// no more of an increment, and over the hundred steps of a precession the sum is normal.
PIMENTO_INLINE void nextIncrement(Streams &r, double scale, Vec &out) {
  constexpr double Mean = 4 * 32767.5;
  constexpr double Deviation = 37837.22739;               // sqrt(4 (65536² - 1) / 12)
  constexpr std::uint64_t Exponent = 0x4330000000000000;  // of 2^52: the sum becomes its mantissa
  constexpr double Offset = 4503599627370496.0;
  Bits bits;
  nextBits(r, bits);
  const Bits sum = (bits & 0xffff) + ((bits >> 16) & 0xffff) + ((bits >> 32) & 0xffff) + (bits >> 48);
  Vec value;
  copy(value, Bits(sum | Exponent));
  out = ((value - Offset) - Mean) * (scale / Deviation);
}

// A run: moments, and how far the pulse has come.
struct Run {
  Equation equation;
  Moment m;
  Vec field;
  double longestStep_s;
  double deviation;  // of the thermal field times sqrt(dt), A/m sqrt(s); 0 without
};

// `length` seconds during which the current goes from `from` to `to` times its full value.
template <bool Thermal>
PIMENTO_INLINE void integrate(Run &run, Streams &random, double length_s, double from, double to) {
  if (length_s <= 0) return;
  const long steps = std::max(1L, std::lround(std::ceil(length_s / run.longestStep_s)));
  const double dt = length_s / double(steps);
  const double rise = (to - from) / double(steps);
  [[maybe_unused]] const double spread = run.deviation / std::sqrt(dt);
  for (long i = 0; i < steps; ++i) {
    const Vec begin = (from + rise * double(i)) * run.field;
    const Vec end = (from + rise * double(i + 1)) * run.field;
    if constexpr (Thermal) {
      Moment thermal;
      nextIncrement(random, spread, thermal.x);
      nextIncrement(random, spread, thermal.y);
      nextIncrement(random, spread, thermal.z);
      stepHeun(run.equation, run.m, thermal, begin, end, dt);
    } else {
      stepRungeKutta(run.equation, run.m, begin, 0.5 * (begin + end), end, dt);
    }
  }
}

// Whether every moment is this deep in a well.
PIMENTO_INLINE bool settled(const Run &run, double below) {
  const Equation &e = run.equation;
  const Vec energy = e.hx * run.m.x * run.m.x + e.hz * run.m.z * run.m.z - 2 * e.bias * run.m.x;
  LaneValues values;
  copy(values, energy);
  for (const double value : values)
    if (!(value < below)) return false;
  return true;
}

template <bool Thermal>
PIMENTO_INLINE std::uint32_t runAll(const Magnetics &magnetics, const WritePulse &pulse, SpinState &state,
                                    Streams &random) {
  Run run;
  const double a = magnetics.damping;
  run.equation = {magnetics.hx_a_per_m, magnetics.hz_a_per_m,       magnetics.bias_a_per_m, a,
                  magnetics.field_like, -Gyromagnetic / (1 + a * a)};
  (magnetics.axis() == EasyAxis::Y ? run.equation.assistY : run.equation.assistZ) = magnetics.assist_a_per_m;
  copy(run.m.x, state.x);
  copy(run.m.y, state.y);
  copy(run.m.z, state.z);
  copy(run.field, pulse.field_a_per_m);
  const double strongest = *std::max_element(pulse.field_a_per_m.begin(), pulse.field_a_per_m.end());
  const double stiff =
      std::abs(magnetics.hx_a_per_m) + std::abs(magnetics.hz_a_per_m) + std::abs(magnetics.bias_a_per_m);
  const double driven = strongest * std::max(1.0, std::abs(magnetics.field_like)) + std::abs(magnetics.assist_a_per_m);
  run.longestStep_s = (Thermal ? ThermalStepAngle : StepAngle) / (Gyromagnetic * (stiff + driven));
  // 2 a kT / (g mu0 Ms V), with energy_per_kt = mu0 Ms V / (2 kT)
  run.deviation = Thermal ? std::sqrt(a / (Gyromagnetic * magnetics.energy_per_kt)) : 0;

  const double rise_s = std::min(pulse.rise_s, pulse.length_s);
  const double reached = pulse.rise_s > 0 ? rise_s / pulse.rise_s : 1;
  integrate<Thermal>(run, random, rise_s, 0, reached);
  integrate<Thermal>(run, random, pulse.length_s - rise_s, reached, reached);

  integrate<Thermal>(run, random, pulse.fall_s, reached, 0);

  run.field = Vec{};
  run.equation.assistY = run.equation.assistZ = 0;
  const double damping_s = 2 / (a * Gyromagnetic * (magnetics.stiffness_u() + magnetics.stiffness_v()));
  const double below = magnetics.saddle_a_per_m() - (Thermal ? SettledOver / magnetics.energy_per_kt : 0);
  const double chunk_s = double(StepsPerCheck) * run.longestStep_s;
  for (double t = 0; t < RelaxTimes * damping_s && !settled(run, below); t += chunk_s)
    integrate<Thermal>(run, random, chunk_s, 0, 0);

  const Vec along = magnetics.axis() == EasyAxis::Y ? run.m.y : run.m.z;
  std::uint32_t switched = 0;
  LaneValues values;
  copy(values, along);
  for (std::size_t lane = 0; lane < SpinLanes; ++lane) switched |= std::uint32_t(values[lane] > 0) << lane;
  return switched;
}

}  // namespace

void LaneStreams::seed(std::size_t lane, Random &random) {
  for (auto &word : state) word[lane] = random.bits();
}

PIMENTO_WIDE std::uint32_t runPulse(const Magnetics &magnetics, const WritePulse &pulse, SpinState state) {
  Streams none{};
  return runAll<false>(magnetics, pulse, state, none);
}

PIMENTO_WIDE std::uint32_t runThermalPulse(const Magnetics &magnetics, const WritePulse &pulse, SpinState state,
                                           LaneStreams &random) {
  Streams words;
  copy(words, random.state);
  const std::uint32_t switched = runAll<true>(magnetics, pulse, state, words);
  copy(random.state, words);
  return switched;
}

// Over kT the energy is k (ku (u - Hb/ku)² + kv v²), quadratic in the components u and v across the easy axis, on a
// sphere whose area over the disc of (u, v) is 1/|w|: normal numbers, accepted with a probability in proportion to it.
// The rim |w| < Rim is left out: its weight is below exp(-0.9 Δ).
void drawThermalStart(const Magnetics &magnetics, SpinState &state, Random &random, std::size_t lane) {
  constexpr double Rim = 0.1;
  constexpr int MostDraws = 10'000;  // a layer without a barrier starts in the middle of its well
  const double sigma_u = std::sqrt(0.5 / (magnetics.energy_per_kt * magnetics.stiffness_u()));
  const double sigma_v = std::sqrt(0.5 / (magnetics.energy_per_kt * magnetics.stiffness_v()));
  const double middle = magnetics.bias_a_per_m / magnetics.stiffness_u();
  double u = middle;
  double v = 0;
  for (int draw = 0; draw < MostDraws; ++draw) {
    u = middle + sigma_u * random.normal();
    v = sigma_v * random.normal();
    const double left = 1 - u * u - v * v;
    if (left > Rim * Rim && random.uniform() * std::sqrt(left) < Rim) break;
  }
  const double w = -std::sqrt(std::max(0.0, 1 - u * u - v * v));
  state.x[lane] = u;
  state.y[lane] = magnetics.axis() == EasyAxis::Y ? w : v;
  state.z[lane] = magnetics.axis() == EasyAxis::Y ? v : w;
}

}  // namespace pimento

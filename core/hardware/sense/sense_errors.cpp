// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/sense/sense_errors.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "core/hardware/sense/sense_cells.h"

namespace pimento {

namespace {

constexpr std::size_t MaxDimensions = 7;  // offset, and two draws for each of three high cells
using Vector = std::array<double, MaxDimensions>;
using Matrix = std::array<Vector, MaxDimensions>;

// Voltage of `cells` open cells, the low ones first, as a function of independent draws of mean 0 and deviation 1:
// u[0] of the offset, then one a low cell (resistance) and two a high cell (resistance, TMR).
// limit(u) = side x (voltage + offset - level): above 0 where the level is passed.
class Border {
 public:
  Border(const Sensing &s, int cells, int ones, double level_mv, Side side)
      : m_cell(s),
        m_offset_mv(s.offset_mv),
        m_current_ma(s.sense_current_ua * 1e-3),
        m_level_mv(level_mv),
        m_side(side == Side::Above ? 1 : -1),
        m_cells(static_cast<std::size_t>(cells)),
        m_lows(static_cast<std::size_t>(cells - ones)) {}

  [[nodiscard]] std::size_t dimensions() const { return 1 + m_lows + 2 * (m_cells - m_lows); }

  // Value and gradient at u; keeps what the curvature needs.
  double at(const Vector &u, Vector &gradient) {
    double sum = 0;
    for (std::size_t i = 0; i < m_cells; ++i) sum += openCell(i, u);
    m_total_ohm = 1 / sum;
    gradient[0] = m_side * m_offset_mv;
    for (std::size_t i = 0; i < m_cells; ++i) {
      const double slope = m_side * m_current_ma * square(m_total_ohm * m_siemens[i]);
      gradient[first(i)] = slope * m_slope[i][0];
      if (i >= m_lows) gradient[first(i) + 1] = slope * m_slope[i][1];
    }
    return m_side * (m_current_ma * m_total_ohm + m_offset_mv * u[0] - m_level_mv);
  }

  // Second derivatives where at() was last called. R = 1 / sum(1 / Ri):
  // d²R / dRi dRj = 2 R³ gi² gj² - 2 R² gi³ [i = j]; a high branch has a mixed derivative of its own.
  [[nodiscard]] Matrix curvature() const {
    Matrix h{};
    for (std::size_t i = 0; i < m_cells; ++i)
      for (std::size_t j = 0; j < m_cells; ++j) {
        double second = 2 * m_total_ohm * square(m_total_ohm * m_siemens[i] * m_siemens[j]);
        if (i == j) second -= 2 * square(m_total_ohm * m_siemens[i]) * m_siemens[i];
        for (std::size_t p = 0; p < draws(i); ++p)
          for (std::size_t q = 0; q < draws(j); ++q)
            h[first(i) + p][first(j) + q] = m_side * m_current_ma * second * m_slope[i][p] * m_slope[j][q];
      }
    for (std::size_t i = m_lows; i < m_cells; ++i) {
      const double mixed = m_side * m_current_ma * square(m_total_ohm * m_siemens[i]) * m_mixed[i];
      h[first(i)][first(i) + 1] += mixed;
      h[first(i) + 1][first(i)] += mixed;
    }
    return h;
  }

 private:
  static double square(double x) { return x * x; }
  [[nodiscard]] std::size_t draws(std::size_t cell) const { return cell < m_lows ? 1 : 2; }
  [[nodiscard]] std::size_t first(std::size_t cell) const {
    return cell < m_lows ? 1 + cell : 1 + m_lows + 2 * (cell - m_lows);
  }

  // Conductance of a cell, with the slopes of its resistance in its draws.
  double openCell(std::size_t i, const Vector &u) {
    const double draw = u[first(i)];
    const double sigma = i < m_lows ? m_cell.lowSigma : m_cell.highSigma;
    const double factor = std::max(SenseCell::LeastResistance, 1 + sigma * draw);
    const double slope = factor > SenseCell::LeastResistance ? m_cell.low_ohm * sigma : 0;
    if (i < m_lows) {
      m_slope[i] = {slope, 0};
      m_siemens[i] = 1 / m_cell.lowBranch_ohm(draw);
    } else {
      const double tmrDraw = u[first(i) + 1];
      const double tmrFactor = std::max(0.0, 1 + m_cell.tmrSigma * tmrDraw);
      const double tmrSlope = tmrFactor > 0 ? m_cell.tmr * m_cell.tmrSigma : 0;
      m_slope[i] = {slope * (1 + m_cell.tmr * tmrFactor), m_cell.low_ohm * factor * tmrSlope};
      m_mixed[i] = slope * tmrSlope;
      m_siemens[i] = 1 / m_cell.highBranch_ohm(draw, tmrDraw);
    }
    return m_siemens[i];
  }

  SenseCell m_cell;
  double m_offset_mv;
  double m_current_ma;
  double m_level_mv;
  double m_side;
  std::size_t m_cells;
  std::size_t m_lows;
  double m_total_ohm = 0;
  std::array<double, 3> m_siemens{};
  std::array<double, 3> m_mixed{};
  std::array<std::array<double, 2>, 3> m_slope{};
};

double dot(const Vector &a, const Vector &b) {
  double sum = 0;
  for (std::size_t i = 0; i < MaxDimensions; ++i) sum += a[i] * b[i];
  return sum;
}

// Where the border crosses the line through the origin along its steepest slope there; for borders with kinks (draws
// that are cut), on which the search below does not settle. False if it does not within any draw's reach.
bool crossing(Border &border, Vector &u, Vector &gradient) {
  constexpr double Reach = 40;
  u = {};
  const bool beyond = border.at(u, gradient) > 0;
  const Vector slope = gradient;
  const double steepness = std::sqrt(dot(slope, slope));
  double near = 0;
  double far = beyond ? -Reach : Reach;
  const auto beyondAt = [&](double t) {
    for (std::size_t i = 0; i < border.dimensions(); ++i) u[i] = t * slope[i] / steepness;
    return border.at(u, gradient) > 0;
  };
  if (steepness <= 0 || beyondAt(far) == beyond) return false;
  for (int step = 0; step < 50; ++step) {
    const double middle = (near + far) / 2;
    (beyondAt(middle) == beyond ? near : far) = middle;
  }
  static_cast<void>(beyondAt(far));
  return true;
}

// The point of the border nearest to the origin, by the iteration of Hasofer, Lind, Rackwitz and Fiessler: each step
// goes to the foot of the perpendicular on the border of the linearised function. False if there is no way to it.
bool nearestPoint(Border &border, Vector &u, Vector &gradient) {
  constexpr int Steps = 30;
  constexpr double Enough = 1e-7;
  for (int step = 0; step < Steps; ++step) {
    const double value = border.at(u, gradient);
    const double steepness = dot(gradient, gradient);
    if (steepness <= 0) break;
    const double scale = (dot(gradient, u) - value) / steepness;
    double moved = 0;
    for (std::size_t i = 0; i < border.dimensions(); ++i) {
      moved = std::max(moved, std::abs(scale * gradient[i] - u[i]));
      u[i] = scale * gradient[i];
    }
    if (!std::isfinite(moved)) break;
    if (moved > Enough) continue;
    static_cast<void>(border.at(u, gradient));
    return true;
  }
  return crossing(border, u, gradient);
}

double determinant(Matrix m, std::size_t n) {
  double product = 1;
  for (std::size_t k = 0; k < n; ++k) {
    product *= m[k][k];
    if (product == 0) return 0;
    for (std::size_t i = k + 1; i < n; ++i) {
      const double factor = m[i][k] / m[k][k];
      for (std::size_t j = k; j < n; ++j) m[i][j] -= factor * m[k][j];
    }
  }
  return product;
}

// det(1 - psi P H P / |gradient|), with P the projection on the plane that touches the border.
double bending(const Border &border, const Vector &gradient, double psi) {
  const std::size_t n = border.dimensions();
  const double steepness = std::sqrt(dot(gradient, gradient));
  if (steepness <= 0) return 1;
  const Matrix h = border.curvature();
  Vector normal{};
  Vector bent{};
  for (std::size_t i = 0; i < n; ++i) normal[i] = gradient[i] / steepness;
  for (std::size_t i = 0; i < n; ++i) bent[i] = dot(h[i], normal);
  const double along = dot(bent, normal);
  Matrix m{};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      m[i][j] = (i == j ? 1 : 0) -
                psi / steepness * (h[i][j] - normal[i] * bent[j] - bent[i] * normal[j] + along * normal[i] * normal[j]);
  return determinant(m, n);
}

// Share of cells that pass the level, as if the sense current had no limit.
double shareUnclamped(const Sensing &s, int cells, int ones, double level_mv, Side side) {
  Border border(s, cells, ones, level_mv, side);
  Vector u{};
  Vector gradient{};
  const bool beyondAtOnce = border.at(u, gradient) > 0;
  if (!nearestPoint(border, u, gradient)) return beyondAtOnce ? 1 : 0;
  const double distance = std::sqrt(dot(u, u)) * (beyondAtOnce ? -1 : 1);
  const double flat = 0.5 * std::erfc(distance / std::numbers::sqrt2);
  if (flat <= 0) return 0;
  const double density = std::exp(-distance * distance / 2) / std::sqrt(2 * std::numbers::pi);
  // Far outside the spreads that a cell can have the border bends too much for the expansion: the flat value stays.
  constexpr double LeastBending = 0.1;
  const double bend = bending(border, gradient, density / flat);
  return bend > LeastBending ? std::min(1.0, flat / std::sqrt(bend)) : flat;
}

}  // namespace

double shareBeyond(const Sensing &s, int cells, int ones, double level_mv, Side side) {
  const double open = shareUnclamped(s, cells, ones, level_mv, side);
  // The clamped voltage passes a level if the open one and the clamp itself do, with one and the same offset: the
  // smaller of the two chances, exact unless clamp and spread of the cells lie close together.
  const double room = s.sense_clamp_mv - level_mv;
  const double above =
      s.offset_mv > 0 ? 0.5 * std::erfc(-room / s.offset_mv / std::numbers::sqrt2) : (room > 0 ? 1 : 0);
  return side == Side::Above ? std::min(open, above) : std::max(open, 1 - above);
}

SenseErrors senseErrors(const Sensing &s, SenseOp op) {
  const SenseStates states = senseStates(op);
  const double level = SenseCell(s).reference_mv(op);
  SenseErrors errors;
  errors.cells = states.cells;
  for (int ones = 0; ones <= states.cells; ++ones)
    errors.wrong[static_cast<std::size_t>(ones)] =
        shareBeyond(s, states.cells, ones, level, ones > states.below ? Side::Below : Side::Above);
  const auto below = static_cast<std::size_t>(states.below);
  errors.headline = (errors.wrong[below] + errors.wrong[below + 1]) / 2;
  return errors;
}

double headlineError(const Sensing &s, SenseOp op) {
  const SenseStates states = senseStates(op);
  const double level = SenseCell(s).reference_mv(op);
  return (shareBeyond(s, states.cells, states.below, level, Side::Above) +
          shareBeyond(s, states.cells, states.below + 1, level, Side::Below)) /
         2;
}

double noiseFlips(const Sensing &s, SenseOp op, double noise_mv) {
  if (noise_mv <= 0) return 0;
  const SenseStates states = senseStates(op);
  const double level = SenseCell(s).reference_mv(op);
  double flips = 0;
  for (const int ones : {states.below, states.below + 1}) {
    const double within = shareBeyond(s, states.cells, ones, level - noise_mv, Side::Above) -
                          shareBeyond(s, states.cells, ones, level + noise_mv, Side::Above);
    flips += within / std::sqrt(2 * std::numbers::pi);  // 2 f noise, with f = within / (2 noise)
  }
  return flips / 2;
}

}  // namespace pimento

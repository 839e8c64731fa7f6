// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/slider_scale.h"

#include <algorithm>
#include <cmath>

namespace pimento {

namespace {

constexpr int Steps = 400;
constexpr double ScaleReach = 10;  // of the slider on either side of its base
constexpr double FarApart = 5;     // ends of a logarithmic scale
constexpr int ScaleDigits = 3;

double rounded(double value) {
  if (value == 0) return 0;
  const double unit = std::pow(10, std::floor(std::log10(std::abs(value))) - (ScaleDigits - 1));
  return QString::number(std::round(value / unit) * unit, 'g', ScaleDigits).toDouble();
}

}  // namespace

SliderScale::SliderScale(const Parameter &p, double base, double value)
    : m_minimum(p.minimum), m_maximum(p.maximum), m_base(base), m_whole(p.whole), m_powers(isPowerOfTwo(p)) {
  m_low = base > 0 ? std::max(p.minimum, base / ScaleReach) : p.minimum;
  m_high = base > 0 ? std::min(p.maximum, base * ScaleReach) : p.maximum;
  if (base > 0 && value > 0) m_low = std::min(m_low, value);
  m_high = std::max(m_high, value);
  m_logarithmic = m_low > 0 && m_high / m_low > FarApart;
  m_zeroEnd = m_logarithmic && p.minimum <= 0;
  if (!m_logarithmic && p.minimum <= 0) m_low = p.minimum;
  if (m_powers) {  // a step doubles, from power to power
    m_low = std::exp2(std::ceil(std::log2(std::max(1.0, m_low))));
    m_high = std::exp2(std::floor(std::log2(std::max(m_low, m_high))));
    m_logarithmic = true;
    m_steps = std::max(1, static_cast<int>(std::lround(std::log2(m_high / m_low))));
    m_high = m_low * std::exp2(m_steps);
    return;
  }
  m_steps = m_whole && !m_logarithmic ? std::max(1, static_cast<int>(std::min(m_high - m_low, double(Steps)))) : Steps;
}

int SliderScale::rawPosition(double value) const {
  if (m_zeroEnd && value < m_low) return 0;
  const double share = m_logarithmic ? std::log(std::max(value, m_low) / m_low) / std::log(m_high / m_low)
                                     : (value - m_low) / (m_high - m_low);
  const int first = m_zeroEnd ? 1 : 0;
  return first + static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * (m_steps - first)));
}

int SliderScale::positionOf(double value) const { return rawPosition(value); }

double SliderScale::valueAt(int position) const {
  if (position == rawPosition(m_base)) return m_base;
  const int first = m_zeroEnd ? 1 : 0;
  if (position < first) return m_minimum;
  const double share = double(position - first) / (m_steps - first);
  const double value = m_logarithmic ? m_low * std::pow(m_high / m_low, share) : m_low + share * (m_high - m_low);
  return std::clamp(m_whole ? std::round(value) : rounded(value), m_minimum, m_maximum);
}

bool isPowerOfTwo(const Parameter &p) {
  static const QStringList keys{QStringLiteral("rows"), QStringLiteral("columns"), QStringLiteral("column_mux")};
  return keys.contains(QLatin1String(p.key));
}

double snapped(const Parameter &p, double value) {
  const double inside = std::clamp(value, p.minimum, p.maximum);
  if (isPowerOfTwo(p)) return std::clamp(std::exp2(std::round(std::log2(std::max(1.0, inside)))), p.minimum, p.maximum);
  return p.whole ? std::round(inside) : inside;
}

double steppedBy(const Parameter &p, double value, int steps) {
  if (isPowerOfTwo(p)) return snapped(p, value * std::exp2(steps));
  const double decade =
      value == 0 ? (p.maximum - p.minimum) / 1000 : std::pow(10, std::floor(std::log10(std::abs(value))) - 1);
  return value + steps * (p.whole ? std::max(1.0, std::round(decade)) : decade);
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/scale.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/base/format.h"

namespace pimento {

AxisSpec axisSpec(Metric metric) {
  const MetricInfo &m = info(metric);
  return {.title = QString::fromUtf8(m.title),
          .base = QString::fromUtf8(m.base),
          .toBase = m.toBase,
          .scaling = m.scaling,
          .sense = m.sense};
}

QString axisValue(const AxisSpec &spec, double value) {
  if (!std::isfinite(value)) return QStringLiteral("n/a");
  if (spec.scaling == Scaling::SiPrefix) return siValue(value * spec.toBase, spec.base);
  return fourDigits(value) + (spec.base.isEmpty() ? QString() : QChar(0x00a0) + spec.base);
}

double Scale::toAxis(AxisScale kind, double value) {
  if (kind == AxisScale::Linear) return value;
  // std::log10 of glibc takes twice as long, and a million points wait for it.
  return value > 0 ? std::log(value) * std::numbers::log10e : std::numeric_limits<double>::quiet_NaN();
}

double Scale::fromAxis(AxisScale kind, double axis) { return kind == AxisScale::Linear ? axis : std::pow(10.0, axis); }

Scale::Scale(AxisScale kind, double low, double high) { *this = ofAxis(kind, toAxis(kind, low), toAxis(kind, high)); }

Scale Scale::ofAxis(AxisScale kind, double low, double high) {
  Scale result;
  result.m_kind = kind;
  if (!std::isfinite(low) || !std::isfinite(high)) return result;
  if (high < low) std::swap(low, high);
  // Below this width neighbouring pixels would be the same double.
  const double least = std::max({std::abs(low), std::abs(high), 1e-300}) * 1e-9;
  if (high - low < least) {
    const double middle = (low + high) / 2;
    const double spread = kind == AxisScale::Log10 ? 0.3 : std::max(std::abs(middle) * 0.1, least);
    low = middle - (middle == 0 && kind == AxisScale::Linear ? 1 : spread);
    high = middle + (middle == 0 && kind == AxisScale::Linear ? 1 : spread);
  }
  result.m_low = low;
  result.m_high = high;
  return result;
}

double Scale::toUnit(double value) const { return (toAxis(m_kind, value) - m_low) / (m_high - m_low); }
double Scale::fromUnit(double unit) const { return fromAxis(m_kind, m_low + unit * (m_high - m_low)); }

bool Scale::contains(double value) const {
  const double unit = toUnit(value);
  return unit >= 0 && unit <= 1;
}

Scale Scale::between(double lowUnit, double highUnit) const {
  const double width = m_high - m_low;
  return ofAxis(m_kind, m_low + lowUnit * width, m_low + highUnit * width);
}

Scale Scale::zoomed(double factor, double aboutUnit) const {
  return between(aboutUnit - aboutUnit * factor, aboutUnit + (1 - aboutUnit) * factor);
}

Scale Scale::moved(double units) const { return between(units, 1 + units); }

std::optional<Scale> fitted(AxisScale kind, std::span<const double> values, double room) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const double value : values) {
    if (!std::isfinite(value) || (kind == AxisScale::Log10 && value <= 0)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (!(low <= high)) return std::nullopt;
  const Scale tight(kind, low, high);
  return low == high ? tight : tight.between(-room, 1 + room);
}

double niceStep(double range, int parts) {
  const double raw = range / std::max(1, parts);
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  for (const double digit : {1.0, 2.0, 5.0})
    if (digit * power >= raw * (1 - 1e-9)) return digit * power;
  return 10 * power;
}

namespace {

constexpr int maxTicks = 2000;

QString superscript(int number) {
  static constexpr std::u16string_view digits = u"⁰¹²³⁴⁵⁶⁷⁸⁹";
  QString text = number < 0 ? QStringLiteral("⁻") : QString();
  for (const QChar c : QString::number(std::abs(number))) text += digits[static_cast<std::size_t>(c.digitValue())];
  return text;
}

// The unit of the labels: the power of ten below the base unit that is written into the title.
struct Unit {
  int exponent = 0;
  QString name;
};

Unit unitFor(const AxisSpec &spec, const Scale &scale) {
  const bool log = scale.kind() == AxisScale::Log10;
  const double typical = spec.toBase * (log ? std::sqrt(scale.low()) * std::sqrt(scale.high())
                                            : std::max(std::abs(scale.low()), std::abs(scale.high())));
  if (spec.scaling == Scaling::Plain || typical <= 0) return {0, spec.base};
  const int wanted = spec.exponent ? *spec.exponent / 3 : static_cast<int>(std::floor(std::log10(typical) / 3 + 1e-9));
  const int thousands = std::clamp(wanted, -5, 5);
  if (thousands == 0) return {0, spec.base};
  if (spec.base.isEmpty()) return {3 * thousands, QStringLiteral("×10%1").arg(superscript(3 * thousands))};
  static const QString prefixes = QStringLiteral("fpnµm kMGTP");
  return {3 * thousands, prefixes[thousands + 5] + spec.base};
}

QString titled(const AxisSpec &spec, const Unit &unit) {
  return unit.name.isEmpty() ? spec.title : QStringLiteral("%1 (%2)").arg(spec.title, unit.name);
}

QString plain(double value, int decimals) {
  if (std::abs(value) < std::pow(10.0, -decimals) / 2) return QStringLiteral("0");
  if (decimals == 0 && std::abs(value) >= 10000) return grouped(std::llround(value));
  return QString::number(value, 'f', decimals);
}

std::vector<Tick> linearTicks(double low, double high, double toShown, int labels) {
  const double step = niceStep((high - low) * toShown, labels);
  const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
  std::vector<Tick> ticks;
  const double first = std::ceil(low * toShown / step - 1e-9);
  for (int i = 0; i < maxTicks; ++i) {
    const double shown = (first + i) * step;
    if (shown > high * toShown + step * 1e-9) break;
    const bool exponent = std::abs(shown) >= 1e7 || decimals > 6;
    ticks.push_back({shown / toShown, exponent ? fourDigits(shown) : plain(shown, decimals)});
  }
  return ticks;
}

QString powerLabel(int exponent, bool powers) {
  if (powers) return QStringLiteral("10%1").arg(superscript(exponent));
  return plain(std::pow(10.0, exponent), std::max(0, -exponent));
}

// Ticks on decades; every `stride`-th is labelled, the digits 2-9 are minor ticks while decades are not skipped.
std::vector<Tick> decadeTicks(int first, int last, double low, double high, double toShown, int labels) {
  const int stride = std::max(1, (last - first + labels) / std::max(1, labels));
  const bool powers = first < -3 || last > 5;
  std::vector<Tick> ticks;
  for (int e = first - 1; e <= last + 1; ++e) {
    for (int digit = 1; digit <= (stride == 1 ? 9 : 1); ++digit) {
      const double value = digit * std::pow(10.0, e) / toShown;
      if (value < low * (1 - 1e-9) || value > high * (1 + 1e-9)) continue;
      const bool labelled = digit == 1 && (e - first) % stride == 0;
      ticks.push_back({value, labelled ? powerLabel(e, powers) : QString()});
    }
  }
  return ticks;
}

// Within two decades: 1, 2 and 5 are labelled.
std::vector<Tick> shortLogTicks(int first, int last, double low, double high, double toShown) {
  std::vector<Tick> ticks;
  for (int e = first - 1; e <= last + 1; ++e) {
    for (int digit = 1; digit <= 9; ++digit) {
      const double shown = digit * std::pow(10.0, e);
      const double value = shown / toShown;
      if (value < low * (1 - 1e-9) || value > high * (1 + 1e-9)) continue;
      const bool labelled = digit == 1 || digit == 2 || digit == 5;
      ticks.push_back({value, labelled ? plain(shown, std::max(0, -e)) : QString()});
    }
  }
  return ticks;
}

qsizetype labelled(const std::vector<Tick> &ticks) {
  return std::count_if(ticks.begin(), ticks.end(), [](const Tick &tick) { return !tick.label.isEmpty(); });
}

std::vector<Tick> logTicks(const Scale &scale, double toShown, int labels) {
  const double low = scale.low();
  const double high = scale.high();
  const int first = static_cast<int>(std::ceil(std::log10(low * toShown) - 1e-9));
  const int last = static_cast<int>(std::floor(std::log10(high * toShown) + 1e-9));
  if (last - first >= 2 || (last - first == 1 && labels < 6))
    return decadeTicks(first, last, low, high, toShown, labels);
  std::vector<Tick> ticks = shortLogTicks(first, last, low, high, toShown);
  const qsizetype count = labelled(ticks);
  if (count >= 3 && count <= std::max(3, labels)) return ticks;
  return linearTicks(low, high, toShown, std::max(2, labels));
}

}  // namespace

int unitExponent(const Scale &scale, const AxisSpec &spec) { return unitFor(spec, scale).exponent; }

AxisTicks axisTicks(const Scale &scale, const AxisSpec &spec, int labels) {
  const bool log = scale.kind() == AxisScale::Log10;
  const Unit unit = unitFor(spec, scale);
  const double toShown = spec.toBase / std::pow(10.0, unit.exponent);
  labels = std::max(1, labels);
  return {titled(spec, unit),
          log ? logTicks(scale, toShown, labels) : linearTicks(scale.low(), scale.high(), toShown, labels)};
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <optional>
#include <span>
#include <vector>

#include "core/base/metric.h"

namespace pimento {

enum class AxisScale { Linear, Log10 };

// What an axis shows. Values come in the metric's stored unit; `toBase` takes them to the unit that takes SI prefixes.
struct AxisSpec {
  QString title;
  QString base;
  double toBase = 1;
  Scaling scaling = Scaling::Plain;
  Sense sense = Sense::Minimise;
  std::optional<int> exponent = std::nullopt;  // of the labels' unit (-6: µJ); absent: as the values ask for
  bool operator==(const AxisSpec &) const = default;
};

[[nodiscard]] AxisSpec axisSpec(Metric metric);

// A value of the axis for people, with its unit: "2.35 µJ", "53.82 %"; "n/a" for NaN.
[[nodiscard]] QString axisValue(const AxisSpec &spec, double value);

// Where a value lies on an axis: linear, or linear in its logarithm. Axis space is the value or its log10; unit space
// is [0, 1] between the ends.
class Scale {
 public:
  Scale() = default;
  Scale(AxisScale kind, double low, double high);  // values; equal or reversed ends are spread apart

  [[nodiscard]] static double toAxis(AxisScale kind, double value);  // NaN for what a log axis can not show
  [[nodiscard]] static double fromAxis(AxisScale kind, double axis);
  [[nodiscard]] static Scale ofAxis(AxisScale kind, double low, double high);  // ends in axis space

  [[nodiscard]] AxisScale kind() const { return m_kind; }
  [[nodiscard]] double low() const { return fromAxis(m_kind, m_low); }
  [[nodiscard]] double high() const { return fromAxis(m_kind, m_high); }
  [[nodiscard]] double axisLow() const { return m_low; }
  [[nodiscard]] double axisHigh() const { return m_high; }
  [[nodiscard]] double toUnit(double value) const;
  [[nodiscard]] double fromUnit(double unit) const;
  [[nodiscard]] bool contains(double value) const;
  [[nodiscard]] Scale zoomed(double factor, double aboutUnit) const;  // factor < 1 shows less
  [[nodiscard]] Scale moved(double units) const;                      // towards larger values
  [[nodiscard]] Scale between(double lowUnit, double highUnit) const;
  bool operator==(const Scale &) const = default;

 private:
  AxisScale m_kind = AxisScale::Linear;
  double m_low = 0;
  double m_high = 1;
};

// A scale that holds all finite (on a log axis: positive) values with some room at both ends; nullopt if there is none.
[[nodiscard]] std::optional<Scale> fitted(AxisScale kind, std::span<const double> values, double room = 0.06);

struct Tick {
  double value = 0;
  QString label;  // empty: a minor tick
};

struct AxisTicks {
  QString title;  // "Energy (µJ)": the prefix fits the range, the labels are plain numbers
  std::vector<Tick> ticks;
};

// Linear: steps of 1, 2 or 5. Log: decades with minor ticks between them, 1-2-5 within a decade or two, linear steps
// below that. At most about `labels` are labelled.
[[nodiscard]] AxisTicks axisTicks(const Scale &scale, const AxisSpec &spec, int labels);

// Power of ten of the unit that the labels of an axis have, for others to have the same.
[[nodiscard]] int unitExponent(const Scale &scale, const AxisSpec &spec);

// Step of 1, 2 or 5 times a power of ten that divides `range` into at most `parts` parts.
[[nodiscard]] double niceStep(double range, int parts);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/uncertainty/uncertain_parameters.h"

#include <algorithm>
#include <cmath>

#include "core/hardware/profile/idle_parameters.h"

namespace pimento {

namespace {

// Straight lines from the ends up to the profile's value.
double triangularQuantile(double low, double peak, double high, double u) {
  const double left = (peak - low) / (high - low);
  if (u < left) return low + std::sqrt(u * (high - low) * (peak - low));
  return high - std::sqrt((1 - u) * (high - low) * (high - peak));
}

}  // namespace

double UncertainParameter::quantile(double u) const {
  const double low = std::min(optimistic, pessimistic);
  const double high = std::max(optimistic, pessimistic);
  switch (shape) {
    case RangeShape::LogUniform:
      return low * std::exp(u * std::log(high / low));
    case RangeShape::Triangular:
      return triangularQuantile(low, std::clamp(value, low, high), high, u);
    case RangeShape::Uniform:
      break;
  }
  return low + u * (high - low);
}

std::vector<UncertainParameter> uncertainParameters(const Accelerator &accelerator, const GivenRanges &given) {
  std::vector<UncertainParameter> list;
  const auto table = plausibleRanges();
  for (std::size_t i = 0; i < table.size(); ++i) {
    const QString key = QString::fromLatin1(table[i].key);
    const Parameter &parameter = requireParameter(key, QStringLiteral("range"));
    if (!whyIdle(accelerator, parameter).isEmpty() || follows(accelerator, parameter)) continue;
    UncertainParameter p{&parameter, i, parameter.get(accelerator), 0, 0, table[i].shape, table[i].source};
    const auto bounded = [&](double value) { return std::clamp(value, parameter.minimum, parameter.maximum); };
    if (const auto own = given.find(key); own != given.end()) {
      p.optimistic = own->second.optimistic;
      p.pessimistic = own->second.pessimistic;
      p.shape = own->second.shape;
      p.source = "";
    } else {
      p.optimistic = bounded(p.value * table[i].optimistic);
      p.pessimistic = bounded(p.value * table[i].pessimistic);
    }
    if (p.optimistic != p.pessimistic) list.push_back(p);
  }
  return list;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/parameter_changes.h"

#include "core/hardware/profile/parameters.h"

namespace pimento {

Accelerator withChanges(const Accelerator &base, const ParameterChanges &changes, const QString &source) {
  Accelerator changed = base;
  for (const auto &[key, value] : changes) {
    const Parameter &parameter = requireParameter(key, source);
    if (parameter.get(base) == value) continue;
    setParameter(changed, parameter, value, source);
    changed.sources.insert(key, source);
  }
  return changed;
}

ParameterChanges changesBetween(const Accelerator &base, const Accelerator &target) {
  ParameterChanges changes;
  for (const Parameter &parameter : parameters())
    if (const double value = parameter.get(target); value != parameter.get(base))
      changes[QString::fromLatin1(parameter.key)] = value;
  return changes;
}

QStringList assignments(const ParameterChanges &changes) {
  QStringList list;
  for (const auto &[key, value] : changes)
    list << key + QLatin1Char('=') + valueText(requireParameter(key, QStringLiteral("change")), value);
  return list;
}

}  // namespace pimento

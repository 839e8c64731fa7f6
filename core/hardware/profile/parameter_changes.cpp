// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/profile/parameter_changes.h"

#include <optional>

#include "core/hardware/profile/parameters.h"

namespace pimento {

namespace {

std::optional<double> changeOf(const Parameter &p, const Accelerator &base, const Accelerator &target) {
  const bool followed = follows(base, p);
  if (follows(target, p)) return followed || !p.release ? std::nullopt : std::optional(LetGo);
  const double value = p.get(target);
  return followed || value != p.get(base) ? std::optional(value) : std::nullopt;
}

}  // namespace

Accelerator withChanges(const Accelerator &base, const ParameterChanges &changes, const QString &source) {
  Accelerator changed = base;
  for (const auto &[key, value] : changes) {
    const Parameter &parameter = requireParameter(key, source);
    const bool followed = follows(base, parameter);
    if (value == LetGo ? followed : !followed && parameter.get(base) == value) continue;
    refuseBothForms(
        parameter, [&](const QString &other) { return changes.contains(other); }, source);
    if (value == LetGo && parameter.release) {
      parameter.release(changed);
      changed.sources.remove(key);
      continue;
    }
    setParameter(changed, parameter, value, source);
    changed.sources.insert(key, source);
  }
  return changed;
}

ParameterChanges changesBetween(const Accelerator &base, const Accelerator &target) {
  ParameterChanges changes;
  for (const Parameter &parameter : parameters())
    if (const auto value = changeOf(parameter, base, target)) changes[QString::fromLatin1(parameter.key)] = *value;
  return changes;
}

QString changeText(const Parameter &parameter, double value) {
  return value == LetGo ? QString::fromLatin1(Follow) : valueText(parameter, value);
}

QStringList assignments(const ParameterChanges &changes) {
  QStringList list;
  for (const auto &[key, value] : changes)
    list << key + QLatin1Char('=') + changeText(requireParameter(key, QStringLiteral("change")), value);
  return list;
}

}  // namespace pimento

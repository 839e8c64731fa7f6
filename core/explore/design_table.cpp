// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_table.h"

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/wilson.h"

namespace pimento {

namespace {
constexpr double Absent = std::numeric_limits<double>::quiet_NaN();

std::size_t hashOf(const Provenance &p) {
  return qHashMulti(0, static_cast<int>(p.kind), p.source, p.formula, p.warnings, p.images);
}

// Of an accuracy in per cent that was counted on `images`.
std::optional<Interval> intervalOf(double accuracy_pct, int images) {
  if (images <= 0) return std::nullopt;
  const Interval share = wilson(std::llround(accuracy_pct / 100 * images), images);
  return Interval{100 * share.low, 100 * share.high};
}
}  // namespace

DesignTable::DesignTable() { static_cast<void>(intern(QString())); }

void DesignTable::reserve(std::size_t rows) {
  m_keys.reserve(rows);
  m_kinds.reserve(rows);
  for (Column &column : m_columns) column.values.reserve(rows);
}

NameId DesignTable::intern(const QString &name) {
  const auto known = m_nameIds.constFind(name);
  if (known != m_nameIds.constEnd()) return *known;
  const auto id = static_cast<NameId>(m_names.size());
  m_names << name;
  m_nameIds.insert(name, id);
  return id;
}

std::optional<NameId> DesignTable::find(const QString &name) const {
  const auto known = m_nameIds.constFind(name);
  return known == m_nameIds.constEnd() ? std::nullopt : std::optional(*known);
}

ProvenanceId DesignTable::intern(const Provenance &provenance) {
  const std::size_t hash = hashOf(provenance);
  for (auto it = m_provenanceIds.constFind(hash); it != m_provenanceIds.constEnd() && it.key() == hash; ++it)
    if (m_provenances[*it] == provenance) return *it;
  const auto id = static_cast<ProvenanceId>(m_provenances.size());
  m_provenances.push_back(provenance);
  m_provenanceIds.insert(hash, id);
  return id;
}

std::uint32_t DesignTable::append(const DesignKey &key) {
  m_keys.push_back(key);
  m_kinds.emplace_back();
  for (Column &column : m_columns) {
    column.values.push_back(Absent);
    if (!column.from.empty()) column.from.push_back(column.uniform);
  }
  return static_cast<std::uint32_t>(m_keys.size() - 1);
}

void DesignTable::set(std::uint32_t row, Metric metric, double value, ProvenanceId from) {
  if (!std::isfinite(value))
    throw Error(QStringLiteral("design point %1").arg(id(row)),
                QStringLiteral("%1 is not finite").arg(QLatin1String(info(metric).column)));
  Column &column = m_columns[index(metric)];
  const bool replaces = !std::isnan(column.values[row]);
  column.values[row] = value;
  if (!column.any) {
    column.uniform = from;
    column.any = true;
  }
  if (column.from.empty() && from != column.uniform) column.from.assign(column.values.size(), column.uniform);
  if (!column.from.empty()) column.from[row] = from;
  const Kind kind = m_provenances[from].kind;
  m_kinds[row] = replaces ? weakestKindOf(row) : weakest(m_kinds[row].value_or(kind), kind);
}

std::optional<Quantity> DesignTable::at(std::uint32_t row, Metric metric) const {
  const Column &column = m_columns[index(metric)];
  const double value = column.values[row];
  if (std::isnan(value)) return std::nullopt;
  const Provenance &from = m_provenances[provenanceId(row, metric)];
  return Quantity{metric, value, &from, metric == Metric::Accuracy ? intervalOf(value, from.images) : std::nullopt};
}

std::optional<Kind> DesignTable::kind(std::uint32_t row, Metric metric) const {
  const auto quantity = at(row, metric);
  return quantity ? std::optional(quantity->from->kind) : std::nullopt;
}

Kind DesignTable::weakestKind(std::uint32_t row) const { return m_kinds[row].value_or(Kind::Published); }

Kind DesignTable::weakestKindOf(std::uint32_t row) const {
  Kind kind = Kind::Measured;
  for (const MetricInfo &m : allMetrics())
    if (const auto quantity = at(row, m.metric)) kind = weakest(kind, quantity->from->kind);
  return kind;
}

QString DesignTable::id(std::uint32_t row) const {
  const DesignKey &k = m_keys[row];
  QStringList parts;
  for (const NameId part : {k.network, k.variant, k.dataset, k.training, k.run, k.platform})
    if (part != 0) parts << name(part);
  if (k.bitsWeights != 0) parts << QStringLiteral("%1:%2").arg(k.bitsWeights).arg(k.bitsActivations);
  parts << scopeName(k.scope);
  QString id = parts.join(QLatin1Char('/'));
  if (k.profileHash != 0) id += QLatin1Char('@') + name(k.profileHash);
  return id;
}

void DesignTable::append(const DesignTable &other, std::span<const std::uint32_t> rows) {
  reserve(size() + rows.size());
  std::vector<NameId> nameMap;
  for (const QString &n : other.m_names) nameMap.push_back(intern(n));
  std::vector<ProvenanceId> provenanceMap;
  for (const Provenance &p : other.m_provenances) provenanceMap.push_back(intern(p));
  for (const std::uint32_t from : rows) {
    DesignKey key = other.m_keys[from];
    for (NameId *id :
         {&key.network, &key.variant, &key.dataset, &key.training, &key.run, &key.platform, &key.profileHash})
      *id = nameMap[*id];
    const std::uint32_t row = append(key);
    for (std::size_t m = 0; m < MetricCount; ++m) {
      const Column &column = other.m_columns[m];
      if (std::isnan(column.values[from])) continue;
      set(row, static_cast<Metric>(m), column.values[from],
          provenanceMap[column.from.empty() ? column.uniform : column.from[from]]);
    }
  }
}

void DesignTable::append(const DesignTable &other) {
  std::vector<std::uint32_t> rows(other.size());
  for (std::uint32_t i = 0; i < rows.size(); ++i) rows[i] = i;
  append(other, rows);
}

bool DesignTable::sameAs(const DesignTable &other) const {
  if (size() != other.size()) return false;
  for (std::uint32_t row = 0; row < size(); ++row) {
    if (id(row) != other.id(row) || key(row).reference != other.key(row).reference) return false;
    for (const MetricInfo &m : allMetrics()) {
      const auto a = at(row, m.metric);
      const auto b = other.at(row, m.metric);
      if (a.has_value() != b.has_value()) return false;
      if (a && (a->value != b->value || *a->from != *b->from)) return false;
    }
  }
  return true;
}

QString scopeName(Scope scope) { return scope == Scope::Whole ? QStringLiteral("whole") : QStringLiteral("head"); }

}  // namespace pimento

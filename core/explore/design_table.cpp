// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_table.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/wilson.h"

namespace pimento {

namespace {
constexpr double Absent = std::numeric_limits<double>::quiet_NaN();

std::size_t hashOf(const Provenance &p) {
  return qHashMulti(0, static_cast<int>(p.kind), p.source, p.formula, p.warnings, p.images, p.corrected);
}

// Ids of one table as ids of another.
class Translation {
 public:
  Translation(const DesignTable &from, DesignTable &to) {
    m_names.reserve(static_cast<std::size_t>(from.names().size()));
    for (const QString &name : from.names()) m_names.push_back(to.intern(name));
    m_provenances.reserve(from.provenanceCount());
    for (ProvenanceId id = 0; id < from.provenanceCount(); ++id)
      m_provenances.push_back(to.intern(from.provenance(id)));
  }

  [[nodiscard]] ProvenanceId provenance(ProvenanceId id) const { return m_provenances[id]; }
  [[nodiscard]] DesignKey keyOf(DesignKey key) const {
    for (NameId *id :
         {&key.network, &key.variant, &key.dataset, &key.training, &key.run, &key.platform, &key.profileHash})
      *id = m_names[*id];
    return key;
  }

 private:
  std::vector<NameId> m_names;
  std::vector<ProvenanceId> m_provenances;
};

// Tables are often put together from many: room is made in growing steps, or all rows would be copied for each.
std::size_t grownTo(std::size_t needed, std::size_t rows) { return std::max(needed, rows + rows / 2); }

}  // namespace

DesignTable::DesignTable() : m_data(new Data) {
  m_data->names << QString();
  m_data->nameIds.insert(QString(), 0);
}

void DesignTable::reserve(std::size_t rows) {
  Data &data = *m_data;
  data.keys.reserve(rows);
  data.kinds.reserve(rows);
  for (Column &column : data.columns) column.values.reserve(rows);
  if (data.validities.empty()) return;
  data.validities.reserve(rows);
  data.reasonOf.reserve(rows);
}

NameId DesignTable::intern(const QString &name) {
  const bool shared = std::as_const(m_data)->ref.loadRelaxed() > 1;
  if (const auto known = shared ? find(name) : std::nullopt) return *known;  // nothing changes: it stays shared
  if (name.isEmpty()) return 0;
  Data &data = *m_data;
  NameId &id = data.nameIds[name];  // 0 where it is new
  if (id == 0) {
    id = static_cast<NameId>(data.names.size());
    data.names << name;
  }
  return id;
}

std::optional<NameId> DesignTable::find(const QString &name) const {
  const auto known = m_data->nameIds.constFind(name);
  return known == m_data->nameIds.constEnd() ? std::nullopt : std::optional(*known);
}

ProvenanceId DesignTable::intern(const Provenance &provenance) {
  const std::size_t hash = hashOf(provenance);
  const Data &there = *std::as_const(m_data);
  for (auto it = there.provenanceIds.constFind(hash); it != there.provenanceIds.constEnd() && it.key() == hash; ++it)
    if (there.provenances[*it] == provenance) return *it;
  Data &data = *m_data;
  const auto id = static_cast<ProvenanceId>(data.provenances.size());
  data.provenances.push_back(provenance);
  data.provenanceIds.insert(hash, id);
  return id;
}

std::uint32_t DesignTable::append(const DesignKey &key) {
  Data &data = *m_data;
  data.keys.push_back(key);
  data.kinds.emplace_back();
  if (!data.validities.empty()) {
    data.validities.push_back(Validity::Valid);
    data.reasonOf.push_back(0);
  }
  for (Column &column : data.columns) {
    column.values.push_back(Absent);
    if (!column.from.empty()) column.from.push_back(column.uniform);
  }
  return static_cast<std::uint32_t>(data.keys.size() - 1);
}

void DesignTable::set(std::uint32_t row, Metric metric, double value, ProvenanceId from) {
  if (!std::isfinite(value))
    throw Error(QStringLiteral("design point %1").arg(id(row)),
                QStringLiteral("%1 is not finite").arg(QLatin1String(info(metric).column)));
  Data &data = *m_data;
  Column &column = data.columns[index(metric)];
  const bool replaces = !std::isnan(column.values[row]);
  column.values[row] = value;
  if (!column.any) {
    column.uniform = from;
    column.any = true;
  }
  if (column.from.empty() && from != column.uniform) column.from.assign(column.values.size(), column.uniform);
  if (!column.from.empty()) column.from[row] = from;
  const Kind kind = data.provenances[from].kind;
  data.kinds[row] = replaces ? weakestKindOf(row) : weakest(data.kinds[row].value_or(kind), kind);
}

void DesignTable::setValidity(std::uint32_t row, Validity validity, const QString &reason) {
  if (validity == Validity::Valid && allValid()) return;
  Data &data = *m_data;
  if (data.validities.empty()) {
    data.validities.reserve(data.keys.capacity());
    data.reasonOf.reserve(data.keys.capacity());
    data.validities.resize(size(), Validity::Valid);
    data.reasonOf.resize(size(), 0);
  }
  const QString &why = validity == Validity::Valid ? data.reasons.front() : reason;
  auto known = data.reasonIds.constFind(why);
  if (known == data.reasonIds.constEnd()) {
    known = data.reasonIds.insert(why, static_cast<std::uint32_t>(data.reasons.size()));
    data.reasons << why;
  }
  data.validities[row] = validity;
  data.reasonOf[row] = *known;
}

std::optional<Quantity> DesignTable::at(std::uint32_t row, Metric metric) const {
  const Column &column = m_data->columns[index(metric)];
  const double value = column.values[row];
  if (std::isnan(value)) return std::nullopt;
  const Provenance &from = m_data->provenances[provenanceId(row, metric)];
  const bool counted = metric == Metric::Accuracy && from.images > 0;
  return Quantity{metric, value, &from, counted ? std::optional(accuracyInterval(value, from.images)) : from.interval};
}

std::optional<Kind> DesignTable::kind(std::uint32_t row, Metric metric) const {
  if (std::isnan(m_data->columns[index(metric)].values[row])) return std::nullopt;
  return m_data->provenances[provenanceId(row, metric)].kind;
}

Kind DesignTable::weakestKind(std::uint32_t row) const { return m_data->kinds[row].value_or(Kind::Published); }

Kind DesignTable::weakestKindOf(std::uint32_t row) const {
  Kind kind = Kind::Measured;
  for (const MetricInfo &m : allMetrics())
    if (const auto of = this->kind(row, m.metric)) kind = weakest(kind, *of);
  return kind;
}

QString DesignTable::id(std::uint32_t row) const {
  const DesignKey &k = m_data->keys[row];
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
  if (const std::size_t all = size() + rows.size(); all > std::as_const(m_data)->keys.capacity())
    reserve(grownTo(all, size()));
  const Translation translation(other, *this);
  for (const std::uint32_t from : rows) {
    const std::uint32_t row = append(translation.keyOf(other.m_data->keys[from]));
    if (const Validity validity = other.validity(from); validity != Validity::Valid)
      setValidity(row, validity, other.validityReason(from));
    for (std::size_t m = 0; m < MetricCount; ++m) {
      const auto metric = static_cast<Metric>(m);
      const double value = other.m_data->columns[m].values[from];
      if (!std::isnan(value)) set(row, metric, value, translation.provenance(other.provenanceId(from, metric)));
    }
  }
}

// A table that says nothing yet.
bool DesignTable::isBlank() const {
  return m_data->keys.empty() && m_data->names.size() == 1 && m_data->provenances.empty() &&
         m_data->reasons.size() == 1;
}

// Whole columns at a time.
void DesignTable::append(const DesignTable &other) {
  if (isBlank()) return void(*this = other);
  if (&other == this) return append(DesignTable(other));
  Data &data = *m_data;
  if (const std::size_t all = size() + other.size(); all > data.keys.capacity()) reserve(grownTo(all, size()));
  const Translation translation(other, *this);
  const auto first = static_cast<std::uint32_t>(size());
  for (const DesignKey &key : other.m_data->keys) data.keys.push_back(translation.keyOf(key));
  if (!data.validities.empty()) {
    data.validities.resize(size(), Validity::Valid);
    data.reasonOf.resize(size());
  }
  for (std::uint32_t row = 0; row < other.m_data->validities.size(); ++row)
    if (const Validity validity = other.m_data->validities[row]; validity != Validity::Valid)
      setValidity(first + row, validity, other.validityReason(row));
  data.kinds.insert(data.kinds.end(), other.m_data->kinds.begin(), other.m_data->kinds.end());
  const auto appendColumn = [&](Column &column, const Column &more) {
    const std::size_t before = column.values.size();
    column.values.insert(column.values.end(), more.values.begin(), more.values.end());
    const ProvenanceId uniform = more.any ? translation.provenance(more.uniform) : column.uniform;
    if (!column.any) column.uniform = uniform;
    column.any = column.any || more.any;
    if (column.from.empty() && more.from.empty() && uniform == column.uniform) return;
    if (column.from.empty()) column.from.assign(before, column.uniform);
    column.from.reserve(column.values.size());
    for (const ProvenanceId id : more.from) column.from.push_back(translation.provenance(id));
    column.from.resize(column.values.size(), uniform);
  };
  for (std::size_t m = 0; m < MetricCount; ++m) appendColumn(data.columns[m], other.m_data->columns[m]);
}

bool DesignTable::sameAs(const DesignTable &other) const {
  if (size() != other.size()) return false;
  for (std::uint32_t row = 0; row < size(); ++row) {
    if (id(row) != other.id(row) || key(row).reference != other.key(row).reference) return false;
    if (validity(row) != other.validity(row) || validityReason(row) != other.validityReason(row)) return false;
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

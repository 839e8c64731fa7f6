// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/new_designs.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "core/base/error.h"
#include "core/explore/design_key_hash.h"

namespace pimento {

namespace {

constexpr double SameValue = 1e-12;  // of a value that went through a file in another unit

// Whether `row` says nothing that `there` does not say too.
bool repeats(const DesignTable &points, std::uint32_t row, const DesignTable &known, std::uint32_t there) {
  return std::all_of(allMetrics().begin(), allMetrics().end(), [&](const MetricInfo &metric) {
    const auto value = points.at(row, metric.metric);
    if (!value) return true;
    const auto other = known.at(there, metric.metric);
    return other && std::abs(value->value - other->value) <= SameValue * std::abs(other->value);
  });
}

// The ids of a key's names in another table; none if that has one of them not, and so no design of this key.
std::optional<DesignKey> translated(DesignKey key, const std::vector<std::optional<NameId>> &ids) {
  for (NameId *id :
       {&key.network, &key.variant, &key.dataset, &key.training, &key.run, &key.platform, &key.profileHash}) {
    if (!ids[*id]) return std::nullopt;
    *id = *ids[*id];
  }
  key.reference = false;  // a design and its reference have names of their own
  return key;
}

}  // namespace

DesignTable newDesigns(const DesignTable &known, const StoredTable &points) {
  if (known.size() == 0) return points.table;
  std::vector<std::optional<NameId>> ids;
  for (const QString &name : points.table.names()) ids.push_back(known.find(name));
  std::unordered_map<DesignKey, std::uint32_t, DesignKeyHash> asked;
  for (std::uint32_t row = 0; row < points.table.size(); ++row)
    if (const auto key = translated(points.table.key(row), ids)) asked.try_emplace(*key, row);
  std::vector<bool> there(points.table.size(), false);
  for (std::uint32_t row = 0; row < known.size(); ++row) {
    DesignKey key = known.key(row);
    key.reference = false;
    const auto same = asked.find(key);
    if (same == asked.end()) continue;
    there[same->second] = true;
    if (!repeats(points.table, same->second, known, row))
      throw Error(points.name, QStringLiteral("%1 is open already with other values").arg(known.id(row)),
                  QStringLiteral("choose File, Start page and open this table alone"));
  }
  std::vector<std::uint32_t> fresh;
  for (std::uint32_t row = 0; row < points.table.size(); ++row)
    if (!there[row]) fresh.push_back(row);
  DesignTable table;
  table.append(points.table, fresh);
  return table;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <array>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "core/explore/design_table.h"
#include "core/network/counts.h"

namespace pimento {

enum class References : std::uint8_t { Shown, Hidden };
enum class Datasetless : std::uint8_t { Hidden, Shown };

struct Bounds {
  std::optional<double> min;  // in the unit of the metric, inclusive
  std::optional<double> max;
  bool operator==(const Bounds &) const = default;
};

// Which design points to look at. An empty list asks nothing; otherwise a row's name must be in it. A row in which a
// bounded metric is absent does not pass. Names the table does not hold are allowed and match nothing.
struct Filter {
  QStringList networks;
  QStringList variants;
  // A row without a data set (an estimate) passes an empty list, and others if it is asked for and does not stand there
  // with one of the data sets, too.
  QStringList datasets;
  Datasetless datasetless = Datasetless::Hidden;
  QStringList trainings;
  // Concerns only rows of modular families (families.h) that name a training, by its first word: DECO's results come
  // for joint and for independent learning, which are not alternatives on one front. Rows of other networks pass.
  QStringList modularTrainings;
  QStringList platforms;
  std::vector<Bits> bits;
  std::vector<Kind> kinds;  // of the row: the weakest of its metrics
  std::optional<Scope> scope;
  std::array<Bounds, MetricCount> bounds;
  References references = References::Shown;
  bool operator==(const Filter &) const = default;
};

// What the explorer starts with: DECO's joint learning, whole inference, references shown.
[[nodiscard]] Filter startingFilter();

// Rows of the table that pass, ascending.
[[nodiscard]] std::vector<std::uint32_t> filteredRows(const DesignTable &table, const Filter &filter);

enum class KeyColumn : std::uint8_t { Network, Variant, Dataset, Training, Platform, Bits, Scope, Kind, Validity };
enum class Order : std::uint8_t { Ascending, Descending };

struct SortBy {
  std::variant<Metric, KeyColumn> column;
  Order order = Order::Ascending;
  bool operator==(const SortBy &) const = default;
};

// Sorts rows by one column, stable; absent values (and names and bits that are not given) come last in either order.
// Names are in natural order: "fe+cm2" before "fe+cm10".
void sortRows(const DesignTable &table, std::vector<std::uint32_t> &rows, const SortBy &by);

// What chart, table, tree and pie show: rows of a table that pass a filter, in order. A value; made anew when the
// table, the filter or the order changes.
struct DesignView {
  std::vector<std::uint32_t> rows;
  Filter filter;
  std::optional<SortBy> sort;  // none: in the order of the table
};

[[nodiscard]] DesignView makeView(const DesignTable &table, const Filter &filter, std::optional<SortBy> sort = {});

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QHash>
#include <QSharedData>
#include <QString>
#include <QStringList>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "core/base/quantity.h"
#include "core/base/validity.h"

namespace pimento {

using NameId = std::uint32_t;        // index into DesignTable::names(); 0 is the empty name
using ProvenanceId = std::uint32_t;  // index into the table's provenances
using OriginId = std::uint32_t;      // index into a study's origins (core/study); 0: the row tells nothing but names

enum class Scope : std::uint8_t { Whole, Head };  // whole inference, or the classification module alone

// What makes a design point one and no other.
struct DesignKey {
  NameId network = 0;
  NameId variant = 0;
  NameId dataset = 0;  // 0: none (an estimate says nothing of accuracy)
  NameId training = 0;
  NameId run = 0;  // the training run that the network and its accuracy are of; 0: none, a family or a paper
  NameId platform = 0;
  NameId profileHash = 0;        // accelerator profile of an estimate
  std::uint8_t bitsWeights = 0;  // 0: not published
  std::uint8_t bitsActivations = 0;
  Scope scope = Scope::Whole;
  bool reference = false;  // a GPU or another baseline: shown, never part of a front
  OriginId origin = 0;     // where it comes from: no part of what it is, so keys that differ in it alone are equal

 private:
  [[nodiscard]] auto identity() const {
    return std::tie(network, variant, dataset, training, run, platform, profileHash, bitsWeights, bitsActivations,
                    scope, reference);
  }

 public:
  bool operator==(const DesignKey &other) const { return identity() == other.identity(); }
};

// Design points in columns: keys, and for every metric a column of doubles with the provenance of each value.
// A million points with every metric set take about 200 MB. Rows are only appended; a value may be set once or again.
// A copy shares its data until one of the two is changed.
class DesignTable {
 public:
  DesignTable();

  [[nodiscard]] std::size_t size() const { return m_data->keys.size(); }
  void reserve(std::size_t rows);

  [[nodiscard]] NameId intern(const QString &name);
  [[nodiscard]] const QString &name(NameId id) const { return m_data->names[static_cast<qsizetype>(id)]; }
  [[nodiscard]] const QStringList &names() const { return m_data->names; }
  [[nodiscard]] std::optional<NameId> find(const QString &name) const;

  [[nodiscard]] ProvenanceId intern(const Provenance &provenance);  // equal ones share an id
  [[nodiscard]] const Provenance &provenance(ProvenanceId id) const { return m_data->provenances[id]; }
  [[nodiscard]] std::size_t provenanceCount() const { return m_data->provenances.size(); }

  std::uint32_t append(const DesignKey &key);  // returns the row
  void setOrigin(std::uint32_t row, OriginId origin) { m_data->keys[row].origin = origin; }
  void set(std::uint32_t row, Metric metric, double value, ProvenanceId from);  // finite values only

  [[nodiscard]] const DesignKey &key(std::uint32_t row) const { return m_data->keys[row]; }
  [[nodiscard]] std::span<const DesignKey> keys() const { return m_data->keys; }
  [[nodiscard]] std::span<const double> column(Metric metric) const {
    return m_data->columns[index(metric)].values;
  }  // NaN = absent
  [[nodiscard]] std::optional<Quantity> at(std::uint32_t row, Metric metric) const;
  [[nodiscard]] std::optional<Kind> kind(std::uint32_t row, Metric metric) const;
  [[nodiscard]] Kind weakestKind(
      std::uint32_t row) const;  // over all metrics present; Published if there is none; O(1)

  // A row is valid until it is said to be anything else; a valid one has no reason. The reason names the profile.
  void setValidity(std::uint32_t row, Validity validity, const QString &reason);
  [[nodiscard]] Validity validity(std::uint32_t row) const {
    return m_data->validities.empty() ? Validity::Valid : m_data->validities[row];
  }
  [[nodiscard]] const QString &validityReason(std::uint32_t row) const {
    return m_data->reasons[m_data->reasonOf.empty() ? 0 : static_cast<qsizetype>(m_data->reasonOf[row])];
  }

  // True means so; false, that some may not be.
  [[nodiscard]] bool allValid() const { return m_data->validities.empty(); }

  // Where the value of a row comes from; it must be present (at() says so).
  [[nodiscard]] ProvenanceId provenanceId(std::uint32_t row, Metric metric) const {
    const Column &column = m_data->columns[index(metric)];
    return column.from.empty() ? column.uniform : column.from[row];
  }

  // Stable name of a row: "deco-vgg16/fe+cm2/cifar-100/joint/sot-mram-pim/8:8/whole" (with "@<hash>" for estimates);
  // the run of a trained network stands behind its training.
  [[nodiscard]] QString id(std::uint32_t row) const;

  // Appends the given rows of another table.
  void append(const DesignTable &other, std::span<const std::uint32_t> rows);
  void append(const DesignTable &other);

  // Whether both tables hold the same points with the same values and provenances in the same order, whatever the ids
  // inside.
  [[nodiscard]] bool sameAs(const DesignTable &other) const;

 private:
  // Provenance varies along most columns of published points and along none of a sweep: one id until it varies.
  struct Column {
    std::vector<double> values;
    ProvenanceId uniform = 0;
    std::vector<ProvenanceId> from;  // empty while every value has `uniform`
    bool any = false;
  };
  struct Data : QSharedData {
    std::vector<DesignKey> keys;
    std::vector<std::optional<Kind>> kinds;  // of each row, the weakest
    std::array<Column, MetricCount> columns;
    // Empty while every row is valid: a table without estimates, and most sweeps, pay nothing.
    std::vector<Validity> validities;
    std::vector<std::uint32_t> reasonOf;  // of each row, in reasons
    QStringList reasons{QString()};
    QHash<QString, std::uint32_t> reasonIds{{QString(), 0}};
    QStringList names;
    QHash<QString, NameId> nameIds;
    std::vector<Provenance> provenances;
    QMultiHash<std::size_t, ProvenanceId> provenanceIds;
  };
  [[nodiscard]] Kind weakestKindOf(std::uint32_t row) const;
  [[nodiscard]] bool isBlank() const;

  QSharedDataPointer<Data> m_data;
};

[[nodiscard]] QString scopeName(Scope scope);  // "whole", "head"

}  // namespace pimento

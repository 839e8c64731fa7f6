// SPDX-License-Identifier: GPL-3.0-or-later
// DECO: accuracies of Table II, costs of Table III, counts and sizes of Table I.
#include <array>

#include "core/base/warning_level.h"
#include "core/published/points.h"

namespace pimento {

namespace {

constexpr double MicroToOne = 1e-6;

struct DecoNetwork {
  const char *name;
  const char *tableName;
};
constexpr std::array<DecoNetwork, 2> Networks{{{"deco-vgg16", "VGG16"}, {"deco-mobilenetv1", "MobileNetV1"}}};

struct DecoDataset {
  const char *name;
  const char *tableName;
  int classes;
};
constexpr std::array<DecoDataset, 2> Datasets{{{"cifar-10", "CIFAR-10", 10}, {"cifar-100", "CIFAR-100", 100}}};

Sourced withWarning(Sourced value, const QString &warning) {
  value.from.warnings << warning;
  return value;
}

// Table III's costs are those of CIFAR-100.
Sourced forDataset(Sourced value, const DecoDataset &dataset) {
  if (dataset.classes == 100) return value;
  value.from.kind = weakest(value.from.kind, Kind::Derived);
  if (value.from.formula.isEmpty()) value.from.formula = QStringLiteral("as for CIFAR-100: %1").arg(value.expression);
  return withWarning(
      std::move(value),
      ledBy(WarningLevel::Note,
            QStringLiteral("[deco-13] Table III's costs are for CIFAR-100, the accuracy is for CIFAR-10")));
}

// What one inference costs on one platform; of the extractor and the module, or of the module alone.
struct Cost {
  Sourced latency;    // µs
  Sourced energy_uj;  // power x time
  Sourced power;      // W: as printed for one module, total energy over total time for a whole inference
};

class DecoPoints {
 public:
  DecoPoints(DesignTable &points, const PaperTables &tables, const DecoNetwork &network, const QString &module,
             Scope scope)
      : m_points(points), m_tables(tables), m_network(network), m_module(module), m_scope(scope) {
    const QString tableName = QString::fromLatin1(network.tableName) + QLatin1Char(' ');
    if (scope == Scope::Whole) m_rows << tableName + QStringLiteral("FE");
    m_rows << tableName + module;
  }

  // A row on the PIM and one on the GPU.
  void add(const DecoDataset &dataset, const QString &training) {
    const Sourced accuracy = sourced(cell(
        m_tables, QStringLiteral("deco-table2"),
        QStringLiteral("%1 %2 %3").arg(QLatin1String(m_network.tableName), QLatin1String(dataset.tableName), training),
        m_module));
    const Cost pim = cost(QStringLiteral("pim"), dataset);
    const Cost gpu = cost(QStringLiteral("gpu"), dataset);
    DesignKey key{.network = m_points.intern(QString::fromLatin1(m_network.name)),
                  .variant = m_points.intern(QStringLiteral("fe+") + m_module.toLower()),
                  .dataset = m_points.intern(QString::fromLatin1(dataset.name)),
                  .training = m_points.intern(training),
                  .platform = m_points.intern(QStringLiteral("deco-pim")),
                  .scope = m_scope};
    const auto pimRow = m_points.append(key);
    setCommon(pimRow, accuracy, pim, dataset);
    setValues(m_points, pimRow,
              {{Metric::GpuLatency, gpu.latency},
               {Metric::GpuEnergy, gpuEnergy_j(dataset)},
               {Metric::GpuSpeedup, quotient(QStringLiteral("speed-up"), gpu.latency, pim.latency)},
               {Metric::GpuEnergyRatio, quotient(QStringLiteral("energy gain"), gpu.energy_uj, pim.energy_uj)},
               {Metric::Memory, withWarning(memory(dataset), QStringLiteral("size at 32 bits; the precision on the PIM "
                                                                            "is not published"))}});
    key.platform = m_points.intern(QStringLiteral("deco-gpu"));
    key.bitsWeights = 32;
    key.bitsActivations = 32;
    key.reference = true;
    const auto gpuRow = m_points.append(key);
    setCommon(gpuRow, accuracy, gpu, dataset);
    setValues(m_points, gpuRow, {{Metric::Memory, memory(dataset)}});
  }

 private:
  [[nodiscard]] std::vector<Sourced> cells(const char *table, const QString &column, const QString &unit) const {
    std::vector<Sourced> parts;
    for (const QString &row : m_rows)
      parts.push_back(sourced(cell(m_tables, QString::fromLatin1(table), row, column), unit));
    return parts;
  }

  [[nodiscard]] Sourced total(const char *table, const char *column, const QString &symbol,
                              const QString &unit = {}) const {
    return sum(symbol, cells(table, QString::fromLatin1(column), unit));
  }

  [[nodiscard]] std::vector<Sourced> times(const QString &platform) const {
    return cells("deco-table3", platform + QStringLiteral("_time_us"), QStringLiteral(" µs"));
  }

  [[nodiscard]] std::vector<Sourced> powers(const QString &platform) const {
    return cells("deco-table3", platform + QStringLiteral("_power_w"), QStringLiteral(" W"));
  }

  [[nodiscard]] Cost cost(const QString &platform, const DecoDataset &dataset) const {
    const Sourced latency = sum(QStringLiteral("t"), times(platform));
    const Sourced energy = sumOfProducts(QStringLiteral("E"), powers(platform), times(platform));
    const Sourced power =
        m_rows.size() == 1 ? powers(platform).front() : quotient(QStringLiteral("P"), energy, latency);
    return {forDataset(latency, dataset), forDataset(energy, dataset), forDataset(power, dataset)};
  }

  [[nodiscard]] Sourced gpuEnergy_j(const DecoDataset &dataset) const {
    const QString gpu = QStringLiteral("gpu");
    return forDataset(sumOfProducts(QStringLiteral("E"), powers(gpu), times(gpu), MicroToOne), dataset);
  }

  [[nodiscard]] Sourced memory(const DecoDataset &dataset) const {
    const Sourced size = total("deco-table1", "module_size_mb", QStringLiteral("size"), QStringLiteral(" MB"));
    return dataset.classes == 100 ? size : withWarning(size, QStringLiteral("Table I's sizes are for 100 classes"));
  }

  // Table I's counts.
  [[nodiscard]] Sourced count(const char *column, const QString &symbol, const DecoDataset &dataset) const {
    const Sourced value = total("deco-table1", column, symbol);
    return dataset.classes == 10
               ? value
               : withWarning(value, QStringLiteral("Table I counts MACs and parameters for 10 classes"));
  }

  void setCommon(std::uint32_t row, const Sourced &accuracy, const Cost &cost, const DecoDataset &dataset) {
    setValues(m_points, row,
              {{Metric::Accuracy, accuracy},
               {Metric::Energy, cost.energy_uj},
               {Metric::Latency, cost.latency},
               {Metric::Power, cost.power},
               {Metric::Macs, count("total_macs", QStringLiteral("MACs"), dataset)},
               {Metric::Params, count("total_params", QStringLiteral("parameters"), dataset)}});
  }

  DesignTable &m_points;
  const PaperTables &m_tables;
  const DecoNetwork &m_network;
  QString m_module;
  Scope m_scope;
  QStringList m_rows;  // of Tables I and III that one inference runs
};

}  // namespace

void addDecoPoints(DesignTable &points, const PaperTables &tables, Scope scope) {
  for (const DecoNetwork &network : Networks)
    for (const DecoDataset &dataset : Datasets)
      for (const char *training : {"joint", "independent"})
        for (int module = 1; module <= 4; ++module)
          DecoPoints(points, tables, network, QStringLiteral("CM%1").arg(module), scope)
              .add(dataset, QString::fromLatin1(training));
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
// The dynamic-network paper prints accuracies, and for the ImageNet networks sizes; no cost of a platform.
#include <array>
#include <map>

#include "core/network/counts.h"
#include "core/network/families/families.h"
#include "core/published/points.h"

namespace pimento {

namespace {

const QString ResNet20 = QStringLiteral("resnet20-slimmable");
const QString ResNet50 = QStringLiteral("resnet50-slimmable");

struct Column {
  const char *column;
  const char *training;
  int bits;  // 0: not printed
};

// Counts of a network of ours that the paper does not print.
class OwnCounts {
 public:
  explicit OwnCounts(const QString &network) : m_network(makeNetwork(network)) {}

  [[nodiscard]] Counts of(const QString &variant) const {
    return total(m_network, countLayers(m_network, findVariant(m_network, variant)));
  }

  // "MACs", 40551040 → derived from the layer list.
  [[nodiscard]] Sourced value(const QString &variant, const QString &symbol, double value,
                              const QString &formula) const {
    const QString source =
        QStringLiteral("layer list of %1 (%2), width %3").arg(m_network.name, m_network.source, variant);
    return {
        value, QString::number(value, 'f', 0), {Kind::Derived, source, symbol + QStringLiteral(" = ") + formula, {}}};
  }

  [[nodiscard]] Sourced macs(const QString &variant) const {
    return value(variant, QStringLiteral("MACs"), static_cast<double>(of(variant).macs),
                 QStringLiteral("sum over the layers"));
  }

  [[nodiscard]] Sourced params(const QString &variant) const {
    return value(variant, QStringLiteral("parameters"), static_cast<double>(of(variant).params),
                 QStringLiteral("sum over the layers"));
  }

 private:
  NetworkSpec m_network;
};

DesignKey keyOf(DesignTable &points, const QString &network, const QString &variant, const char *dataset,
                const char *training, int bits) {
  return {.network = points.intern(network),
          .variant = points.intern(variant),
          .dataset = points.intern(QString::fromLatin1(dataset)),
          .training = points.intern(QString::fromLatin1(training)),
          .bitsWeights = static_cast<std::uint8_t>(bits),
          .bitsActivations = static_cast<std::uint8_t>(bits)};
}

// Sizes and operations at the row's precision; a bit-wise AND count is that of integers, so not of 32-bit floats.
void setResNet20Counts(DesignTable &points, std::uint32_t row, const OwnCounts &counts, const QString &variant,
                       int bits) {
  const Counts c = counts.of(variant);
  const auto params = static_cast<double>(c.params);
  setValues(points, row,
            {{Metric::Macs, counts.macs(variant)},
             {Metric::Params, counts.params(variant)},
             {Metric::Memory, counts.value(variant, QStringLiteral("size"), params * bits / 8 / 1e6,
                                           QStringLiteral("%1 parameters x %2 bits").arg(c.params).arg(bits))}});
  if (bits > 16) return;
  setValues(points, row,
            {{Metric::BitAnds,
              counts.value(variant, QStringLiteral("ANDs"), static_cast<double>(bitAnds(c.macs, {bits, bits})),
                           QStringLiteral("%1 MACs x %2 x %2").arg(c.macs).arg(bits))}});
}

void addTable1(DesignTable &points, const PaperTables &tables) {
  constexpr std::array<Column, 4> columns{{{"s_nn_fp", "slimmable", 32},
                                           {"ours_fp", "slimmable+distillation", 32},
                                           {"ours_16bit", "slimmable+distillation", 16},
                                           {"ours_8bit", "slimmable+distillation", 8}}};
  const QString name = QStringLiteral("dynamic-table1");
  const OwnCounts counts(ResNet20);
  for (const Column &column : columns)
    for (const QStringList &cells : tableNamed(tables, name).cells.rows) {
      const QString &variant = cells[1];
      const auto row = points.append(keyOf(points, ResNet20, variant, "cifar-10", column.training, column.bits));
      setValues(points, row,
                {{Metric::Accuracy, sourced(cell(tables, name, cells[0] + QLatin1Char(' ') + variant,
                                                 QString::fromLatin1(column.column)))}});
      setResNet20Counts(points, row, counts, variant, column.bits);
    }
}

void addTable2(DesignTable &points, const PaperTables &tables) {
  constexpr std::array<Column, 3> columns{
      {{"i_nn", "individual", 0}, {"s_nn", "slimmable", 0}, {"ours", "slimmable+distillation", 0}}};
  const QString name = QStringLiteral("dynamic-table2");
  const OwnCounts counts(ResNet50);
  for (const Column &column : columns)
    for (const QStringList &cells : tableNamed(tables, name).cells.rows) {
      const QString &variant = cells[1];
      const QString tableRow = cells[0] + QLatin1Char(' ') + variant;
      const auto row = points.append(keyOf(points, ResNet50, variant, "imagenet", column.training, column.bits));
      setValues(points, row,
                {{Metric::Accuracy, sourced(cell(tables, name, tableRow, QString::fromLatin1(column.column)))},
                 {Metric::Params, sourced(cell(tables, name, tableRow, QStringLiteral("params_mb"), 6))},
                 {Metric::Macs, counts.macs(variant)}});
    }
}

struct SubnetRow {
  const char *subnets;   // as printed
  const char *accuracy;  // as printed
  const char *network;
  const char *training;
  std::array<const char *, 4> variants;
};

void addTable3(DesignTable &points, const PaperTables &tables) {
  constexpr std::array<const char *, 4> widths{"0.25", "0.5", "0.75", "1.0"};
  constexpr std::array<const char *, 4> subnets{"subnet1", "subnet2", "subnet3", "subnet4"};
  constexpr std::array<SubnetRow, 4> rows{{{"S-NN", "Individual", "resnet18-slimmable", "individual", widths},
                                           {"S-NN", "Dynamic", "resnet18-slimmable", "slimmable", widths},
                                           {"Ours", "Individual", "resnet18-nonuniform", "individual", subnets},
                                           {"Ours", "Dynamic", "resnet18-nonuniform", "fused-non-uniform", subnets}}};
  const auto value = [&](const SubnetRow &row, const char *quantity, std::size_t i, int exponent) {
    return sourced(cell(tables, QStringLiteral("dynamic-table3"),
                        QStringLiteral("%1 %2").arg(QLatin1String(row.subnets), QLatin1String(quantity)),
                        QString::fromLatin1(subnets[i]), exponent));
  };
  for (const SubnetRow &row : rows)
    for (std::size_t n = subnets.size(); n > 0; --n) {  // largest first, as everywhere
      const std::size_t i = n - 1;
      const auto point = points.append(keyOf(points, QString::fromLatin1(row.network),
                                             QString::fromLatin1(row.variants[i]), "imagenet", row.training, 0));
      setValues(points, point,
                {{Metric::Accuracy, value(row, row.accuracy, i, 0)},
                 {Metric::Params, value(row, "Parameters", i, 6)},
                 {Metric::Macs, value(row, "FLOPS", i, 8)}});
    }
}

}  // namespace

void addDynamicPoints(DesignTable &points, const PaperTables &tables) {
  addTable1(points, tables);
  addTable2(points, tables);
  addTable3(points, tables);
}

}  // namespace pimento

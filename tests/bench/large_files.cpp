// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/large_files.h"

#include <QFile>
#include <array>
#include <functional>
#include <random>

#include "core/base/error.h"
#include "core/project/project_file.h"

namespace pimento::bench {

namespace {

constexpr std::array Columns{Metric::Accuracy, Metric::Energy, Metric::Latency, Metric::Memory};

struct Row {
  QString network;
  QString variant;
  int bits = 8;
  Scope scope = Scope::Whole;
  std::array<double, Columns.size()> values;
};

void forEachRow(const LargeTable &wanted, const std::function<void(const Row &)> &take) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> uniform(0.01, 1);
  const double count = static_cast<double>(wanted.rows);
  Row row;
  for (std::size_t i = 0; i < wanted.rows; ++i) {
    const bool head = wanted.heads && i % 2 == 1;
    const std::size_t design = wanted.heads ? i / 2 : i;
    const QString name = QStringLiteral("sub-net %1").arg(design);
    row.network = wanted.names == Names::Networks ? name
                  : design % 2 == 0               ? QStringLiteral("deco-vgg16")
                                                  : QStringLiteral("resnet20-slimmable");
    row.variant = wanted.names == Names::Networks ? QStringLiteral("1.0") : name;
    row.bits = 1 + static_cast<int>(design % 8);
    row.scope = head ? Scope::Head : Scope::Whole;
    const double along = static_cast<double>(i + 1) / count;
    for (double &value : row.values) value = head ? uniform(random) / 100 : uniform(random);
    row.values[0] *= 100;  // per cent
    if (wanted.spread == Spread::Front) {
      row.values[0] = 100 * along;
      row.values[1] = head ? along / 100 : along;
    }
    take(row);
  }
}

}  // namespace

DesignTable largeTable(const LargeTable &wanted) {
  DesignTable table;
  table.reserve(wanted.rows);
  const ProvenanceId from = table.intern(Provenance{Kind::Estimated, QStringLiteral("sweep"), {}, {}});
  forEachRow(wanted, [&](const Row &row) {
    const std::uint32_t at = table.append({.network = table.intern(row.network),
                                           .variant = table.intern(row.variant),
                                           .bitsWeights = static_cast<std::uint8_t>(row.bits),
                                           .bitsActivations = 8,
                                           .scope = row.scope});
    for (std::size_t c = 0; c < Columns.size(); ++c) table.set(at, Columns[c], row.values[c], from);
  });
  return table;
}

void writeLargeCsv(const LargeTable &wanted, const QString &path) {
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly)) throw Error(path, QStringLiteral("can not be written"), file.errorString());
  QByteArray text = "network,variant,bits_w,bits_a,scope,kind,source";
  for (const Metric metric : Columns) text += QByteArray(",") + info(metric).column;
  text += '\n';
  forEachRow(wanted, [&](const Row &row) {
    text += row.network.toUtf8() + ',' + row.variant.toUtf8() + ',' + QByteArray::number(row.bits) + ",8," +
            scopeName(row.scope).toUtf8() + ",estimated,sweep";
    for (const double value : row.values) text += ',' + QByteArray::number(value, 'g', 17);
    text += '\n';
    if (text.size() < (1 << 20)) return;
    file.write(text);
    text.clear();
  });
  file.write(text);
  if (!file.flush()) throw Error(path, QStringLiteral("can not be written"), file.errorString());
}

void writeLargeProject(const LargeTable &wanted, const QString &path) {
  Project project;
  project.title = QStringLiteral("Sweep");
  project.tables.push_back({QStringLiteral("sweep"), largeTable(wanted)});
  saveProject(project, path);
}

}  // namespace pimento::bench

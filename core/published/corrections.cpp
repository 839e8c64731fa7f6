// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/network/counts.h"
#include "core/network/families/families.h"
#include "core/published/published.h"

namespace pimento {

namespace {

const QString Table1 = QStringLiteral("deco-table1");
const QString Table3 = QStringLiteral("deco-table3");

// A correction with the changes that make it; the list people read is made from them.
struct Mending {
  QString id, title, explanation;
  std::vector<CellChange> changes;
};

// Table I's cell, in 1/1000 of its unit (ms → µs), as another table writes it.
QString thousandfold(const PaperTables &tables, const QString &row, const QString &column) {
  return exactNumber(cell(tables, Table1, row, column, 3).value);
}

QString replaces(const PaperTables &tables, const QString &table, const QString &row, const QString &column,
                 const QString &unit, const QString &why) {
  return QStringLiteral("%1 in place of the printed %2%3").arg(why, cellText(tables, table, row, column), unit);
}

Mending mobileNetCm1Time(const PaperTables &tables) {
  const QString row = QStringLiteral("MobileNetV1 CM1");
  const QString column = QStringLiteral("gpu_time_us");
  const QString time = thousandfold(tables, row, QStringLiteral("inference_time_ms"));
  return {QStringLiteral("mobilenetv1-cm1-gpu-time"),
          QStringLiteral("MobileNetV1 CM1: GPU time as in Table I"),
          QStringLiteral("Table III prints the module size of Table I as its GPU time. This takes Table I's time."),
          {{Table3, row, column, time,
            replaces(tables, Table3, row, column, QStringLiteral(" µs"),
                     QStringLiteral("%1 µs (Table I, %2)").arg(time, row)),
            QStringLiteral("deco-1")}}};
}

Mending mobileNetCm4(const PaperTables &tables) {
  const QString row = QStringLiteral("MobileNetV1 CM4");
  const QString time = QStringLiteral("inference_time_ms");
  const QString size = QStringLiteral("module_size_mb");
  const QString gpuTime = QStringLiteral("gpu_time_us");
  const QString badge = QStringLiteral("deco-2");
  const QString printedTime = cellText(tables, Table1, row, time);
  const QString printedSize = cellText(tables, Table1, row, size);
  const QString gpu = thousandfold(tables, row, size);
  const auto swapped = [&](const QString &text, const QString &unit, const QString &from) {
    return QStringLiteral("%1%2 (printed as Table I's %3)").arg(text, unit, from);
  };
  return {
      QStringLiteral("mobilenetv1-cm4-transposed"),
      QStringLiteral("MobileNetV1 CM4: time and size exchanged"),
      QStringLiteral("Table I has time and size of this module transposed, and Table III follows it. This exchanges "
                     "them and takes the time in Table III too."),
      {{Table1, row, time, printedSize,
        replaces(tables, Table1, row, time, QStringLiteral(" ms"),
                 swapped(printedSize, QStringLiteral(" ms"), QStringLiteral("size"))),
        badge},
       {Table1, row, size, printedTime,
        replaces(tables, Table1, row, size, QStringLiteral(" MB"),
                 swapped(printedTime, QStringLiteral(" MB"), QStringLiteral("time"))),
        badge},
       {Table3, row, gpuTime, gpu,
        replaces(tables, Table3, row, gpuTime, QStringLiteral(" µs"),
                 swapped(gpu, QStringLiteral(" µs"), QStringLiteral("size"))),
        badge}}};
}

Counts moduleCounts(const NetworkSpec &network, int module) {
  const Variant variant = findVariant(network, QStringLiteral("fe+cm%1").arg(module));
  return total(network, countLayers(network, variant), QStringLiteral("CM%1").arg(module));
}

Mending vggCm2Size(const PaperTables &tables) {
  const QString row = QStringLiteral("VGG16 CM2");
  const QString column = QStringLiteral("module_size_mb");
  const auto params = moduleCounts(makeNetwork(QStringLiteral("deco-vgg16"), 100), 2).params;
  const QString size = exactNumber(QStringLiteral("%1e-6").arg(params * 4).toDouble());
  return {
      QStringLiteral("vgg16-cm2-size"),
      QStringLiteral("VGG16 CM2: size from its parameters"),
      QStringLiteral("The printed size is too small for the module's parameters. This takes 4 bytes for each of its "
                     "parameters with 100 classes, as the other sizes."),
      {{Table1, row, column, size,
        replaces(tables, Table1, row, column, QStringLiteral(" MB"),
                 QStringLiteral("%1 MB (%2 parameters x 4 B)").arg(size).arg(params)),
        QStringLiteral("deco-3")}}};
}

Mending mobileNetMacs(const PaperTables &tables) {
  Mending mending{QStringLiteral("mobilenetv1-macs-as-run"),
                  QStringLiteral("MobileNetV1: MACs as the network runs"),
                  QStringLiteral("Table I counts the modules from a feature map twice as large on each side as the "
                                 "extractor gives, and depthwise layers as dense ones. This counts what is executed."),
                  {}};
  const NetworkSpec network = makeNetwork(QStringLiteral("deco-mobilenetv1"));
  for (int module = 1; module <= 4; ++module) {
    const QString row = QStringLiteral("MobileNetV1 CM%1").arg(module);
    const Counts counts = moduleCounts(network, module);
    const auto change = [&](const QString &column, std::int64_t macs) {
      const QString text = QString::number(macs);
      mending.changes.push_back(
          {Table1, row, column, text,
           replaces(tables, Table1, row, column, QString(), QStringLiteral("%1 MACs as run").arg(text)),
           QStringLiteral("deco-convention")});
    };
    change(QStringLiteral("conv_macs"), counts.convMacs);
    change(QStringLiteral("total_macs"), counts.macs);
  }
  return mending;
}

std::vector<Mending> mendings(const PaperTables &tables) {
  return {mobileNetCm1Time(tables), mobileNetCm4(tables), vggCm2Size(tables), mobileNetMacs(tables)};
}

}  // namespace

std::vector<Correction> corrections() {
  const PaperTables tables = paperTables();
  std::vector<Correction> list;
  for (const Mending &mending : mendings(tables)) {
    Correction correction{mending.id, mending.changes.front().badge, mending.title, mending.explanation, {}};
    for (const CellChange &change : mending.changes)
      correction.cells.push_back({change.table, change.row, change.column,
                                  cell(tables, change.table, change.row, change.column).value,
                                  printedNumber(change.text, mending.id)});
    list.push_back(std::move(correction));
  }
  return list;
}

PaperTables correctedTables(const CorrectionSet &corrections) {
  PaperTables tables = paperTables();
  const auto all = mendings(tables);
  CorrectionSet unknown = corrections;
  QStringList known;
  for (const Mending &mending : all) {
    known << mending.id;
    unknown.erase(mending.id);
    if (!corrections.contains(mending.id)) continue;
    for (const CellChange &change : mending.changes) apply(tables, change);
  }
  if (!unknown.empty())
    throw Error(QStringLiteral("corrections"), QStringLiteral("unknown correction %1").arg(quoted(*unknown.begin())),
                knownWords(*unknown.begin(), known));
  return tables;
}

}  // namespace pimento

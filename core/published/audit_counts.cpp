// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <cmath>
#include <utility>

#include "core/base/format.h"
#include "core/network/families/families.h"
#include "core/published/claims.h"

namespace pimento {

namespace {

constexpr double HalfKilobyte = 0.5e3;  // sizes are printed to 0.001 MB
constexpr double HeaderBytesPerTensor =
    1024;  // most that a file of weights spends on a tensor's name, shape and padding

// A module by itself: its layers in a variant that runs it.
struct Module {
  NetworkSpec network;
  Variant variant;
};

Module moduleOf(const DecoModule &module, int classes) {
  NetworkSpec network = makeNetwork(module.family, classes);
  const QString head = module.module == QStringLiteral("FE") ? QStringLiteral("cm1") : module.module.toLower();
  const Variant variant = findVariant(network, QStringLiteral("fe+") + head);
  return {std::move(network), variant};
}

Counts countsOf(const DecoModule &module, Convention convention) {
  const Module m = moduleOf(module, 10);
  return total(m.network, countLayers(m.network, m.variant, convention), module.module);
}

void auditTableOne(Claims &claims, const Reader &read, const DecoModule &module) {
  const Counts c = countsOf(module, Convention::Published);
  const std::array<std::pair<const char *, std::int64_t>, 8> columns{{{"conv_layers", c.convLayers},
                                                                      {"conv_macs", c.convMacs},
                                                                      {"conv_params", c.convParams},
                                                                      {"fc_layers", c.fcLayers},
                                                                      {"fc_macs", c.fcMacs},
                                                                      {"fc_params", c.fcParams},
                                                                      {"total_macs", c.macs},
                                                                      {"total_params", c.params}}};
  QStringList differences;
  const auto printed = [&](const char *column) { return read.value("deco-table1", module.row, column); };
  for (const auto &[column, count] : columns)
    if (printed(column) != static_cast<double>(count))
      differences << QStringLiteral("%1: printed %2, the layers give %3")
                         .arg(QLatin1String(column), grouped(static_cast<qint64>(printed(column))), grouped(count));
  const auto summary = [](double layers, double macs, double params) {
    return QStringLiteral("%1 %2, %3 MACs, %4 parameters")
        .arg(exactNumber(layers), layers == 1 ? QStringLiteral("layer") : QStringLiteral("layers"),
             grouped(static_cast<qint64>(macs)), grouped(static_cast<qint64>(params)));
  };
  claims.push_back(
      {QStringLiteral("deco-table1.") + module.id,
       QStringLiteral("%1: layers, MACs and parameters follow from one layer list").arg(module.row),
       summary(printed("conv_layers") + printed("fc_layers"), printed("total_macs"), printed("total_params")),
       summary(static_cast<double>(c.convLayers + c.fcLayers), static_cast<double>(c.macs),
               static_cast<double>(c.params)),
       verdictOf(differences.isEmpty()), QStringLiteral("DECO, Table I, ") + module.row,
       differences.isEmpty() ? QStringLiteral("All eight columns, counted in the paper's convention for 10 classes.")
                             : differences.join(QStringLiteral(", "))});
}

void auditConvention(Claims &claims, const Reader &read, const DecoModule &module) {
  const std::int64_t run = countsOf(module, Convention::AsRun).macs;
  const double printed = read.value("deco-table1", module.row, "total_macs");
  claims.push_back(
      {QStringLiteral("deco-convention.") + module.id,
       QStringLiteral("%1: the printed MACs are those that one inference executes").arg(module.row),
       grouped(static_cast<qint64>(printed)), grouped(run), verdictOf(printed == static_cast<double>(run)),
       QStringLiteral("DECO, Table I, ") + module.row,
       QStringLiteral("The printed count is %1 times the work done. MobileNetV1's modules are counted from a "
                      "64x64 feature map (the extractor gives 32x32) and with depthwise layers as dense ones.")
           .arg(fourDigits(printed / static_cast<double>(run)))});
}

// What a file of 32-bit weights holds of a module: parameters, batch-norm statistics (mean, variance, a 64-bit
// counter).
struct State {
  double bytes = 0;
  int tensors = 0;
};

State stateOf(const DecoModule &module, int classes) {
  const Module m = moduleOf(module, classes);
  State state;
  for (const LayerCount &count : countLayers(m.network, m.variant)) {
    const Layer &layer = m.network.layers[count.layer];
    if (layer.module != module.module || count.params == 0) continue;
    const bool norm = layer.op == Op::BatchNorm;
    state.bytes += 4.0 * static_cast<double>(count.params) + (norm ? 4.0 * 2 * count.output.channels + 8 : 0);
    state.tensors += norm ? 5 : layer.bias ? 2 : 1;
  }
  return state;
}

bool isSizeOf(const State &state, double printed_mb) {
  const double headers = printed_mb * 1e6 - state.bytes;
  return headers >= -HalfKilobyte && headers <= HeaderBytesPerTensor * state.tensors + HalfKilobyte;
}

QString sizeExplanation(const Reader &read, const DecoModule &module, const State &state) {
  QString bytes = QStringLiteral(
                      "32-bit parameters and batch-norm statistics for 100 classes (%1 MB for 10), %2 tensors. A file "
                      "adds up to %3 bytes a tensor.")
                      .arg(fourDigits(stateOf(module, 10).bytes / 1e6))
                      .arg(state.tensors)
                      .arg(HeaderBytesPerTensor);
  const double time = read.value("deco-table1", module.row, "inference_time_ms");
  const bool transposed =
      !isSizeOf(state, read.value("deco-table1", module.row, "module_size_mb")) && isSizeOf(state, time);
  if (!transposed) return bytes;
  return bytes + QStringLiteral(" The cell of the time, %1, would be the size: the two are transposed.")
                     .arg(read.text("deco-table1", module.row, "inference_time_ms"));
}

void auditSize(Claims &claims, const Reader &read, const DecoModule &module) {
  const State state = stateOf(module, 100);
  QString id = QStringLiteral("deco-size.") + module.id;
  if (module.id == QStringLiteral("mobilenetv1-cm4")) id = QStringLiteral("deco-2.size");
  if (module.id == QStringLiteral("vgg16-cm2")) id = QStringLiteral("deco-3.size");
  claims.push_back({id, QStringLiteral("%1: the module size is that of its parameters").arg(module.row),
                    read.text("deco-table1", module.row, "module_size_mb") + QStringLiteral(" MB"),
                    fourDigits(state.bytes / 1e6) + QStringLiteral(" MB"),
                    verdictOf(isSizeOf(state, read.value("deco-table1", module.row, "module_size_mb"))),
                    QStringLiteral("DECO, Table I, ") + module.row, sizeExplanation(read, module, state)});
}

void auditTotals(Claims &claims, const Reader &read) {
  int right = 0;
  const auto adds = [&](const QString &row, const char *conv, const char *fc, const char *sum) {
    return read.value("deco-table1", row, conv) + read.value("deco-table1", row, fc) ==
           read.value("deco-table1", row, sum);
  };
  const auto rows = static_cast<int>(decoModules().size());
  for (const DecoModule &module : decoModules())
    right += adds(module.row, "conv_macs", "fc_macs", "total_macs") &&
                     adds(module.row, "conv_params", "fc_params", "total_params")
                 ? 1
                 : 0;
  claims.push_back({QStringLiteral("deco-table1.totals"),
                    QStringLiteral("Totals are the sums of convolutional and fully-connected layers"),
                    QStringLiteral("%1 rows").arg(rows), QStringLiteral("%1 rows").arg(right), verdictOf(right == rows),
                    QStringLiteral("DECO, Table I"), QStringLiteral("MACs and parameters of every row.")});
}

void auditExample(Claims &claims, const Reader &read) {
  const QString row = QStringLiteral("MobileNetV1 CM1");
  const double macs = read.value("deco-table1", row, "total_macs");
  const double params = read.value("deco-table1", row, "total_params");
  const auto pair = [](double a, double b) {
    return QStringLiteral("%1 MACs, %2 parameters")
        .arg(grouped(static_cast<qint64>(a)), grouped(static_cast<qint64>(b)));
  };
  const double quotedMacs = read.fact("deco-example-macs");
  const double quotedParams = read.fact("deco-example-params");
  claims.push_back(
      {QStringLiteral("deco-table1.example"), QStringLiteral("The text quotes MobileNetV1 CM1 as Table I prints it"),
       pair(quotedMacs, quotedParams), pair(macs, params), verdictOf(macs == quotedMacs && params == quotedParams),
       read.place("deco-example-macs"), read.quote("deco-example-macs")});
}

}  // namespace

void auditCounts(Claims &claims, const PaperTables &tables) {
  const Reader read(tables);
  for (const DecoModule &module : decoModules()) auditTableOne(claims, read, module);
  auditTotals(claims, read);
  auditExample(claims, read);
  for (const DecoModule &module : decoModules())
    if (module.family == QStringLiteral("deco-mobilenetv1") && module.module != QStringLiteral("FE"))
      auditConvention(claims, read, module);
  for (const DecoModule &module : decoModules()) auditSize(claims, read, module);
}

}  // namespace pimento

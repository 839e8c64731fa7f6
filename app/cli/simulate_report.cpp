// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/simulate_report.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/hardware/estimate/layer_cost.h"
#include "core/hardware/profile/dataflows.h"

namespace pimento {

namespace {

Cell text(bool yes) { return yes ? QStringLiteral("yes") : QStringLiteral("no"); }

// Sums of the mapping's closed forms over all planes and images: what the trace is held against.
RowTrace counted(const MappedLayer &layer, const BitwiseNetwork &bitwise, std::int64_t images) {
  const Accelerator &a = bitwise.accelerator();
  const Bits bits = bitwise.program().bits;
  const LayerMap map = mapLayer(layer.work, a.array, a.schedule, a.chip, bits);
  const std::int64_t pairs = images * bits.weights * bits.activations;
  RowTrace trace;
  trace.rowOperations = map.rowPairs * pairs;
  trace.reads = traits(a.schedule.dataflow).latched ? map.rowPairs * weightReads(bits) * images : 0;
  trace.dataColumns = std::llround(map.activeColumns) * pairs;
  trace.shifts = map.results * pairs;
  trace.partials = map.partials * images;
  trace.operandRows = map.operandRows * bits.activations * images;
  trace.operandBits = map.operandBits * bits.activations * images;
  trace.transportBits = map.transportBits * bits.activations * images;
  return trace;
}

struct TraceColumn {
  const char *name;
  std::int64_t RowTrace::*member;
};
constexpr std::array TraceColumns{
    TraceColumn{"row_operations", &RowTrace::rowOperations}, TraceColumn{"weight_reads", &RowTrace::reads},
    TraceColumn{"data_columns", &RowTrace::dataColumns},     TraceColumn{"shift_adds", &RowTrace::shifts},
    TraceColumn{"partial_sums", &RowTrace::partials},        TraceColumn{"operand_rows", &RowTrace::operandRows},
    TraceColumn{"operand_bits", &RowTrace::operandBits},     TraceColumn{"transport_bits", &RowTrace::transportBits}};

bool sameCounts(const RowTrace &a, const RowTrace &b) {
  return std::all_of(TraceColumns.begin(), TraceColumns.end(),
                     [&](const TraceColumn &c) { return a.*c.member == b.*c.member; });
}

void appendTrace(std::vector<Cell> &row, const RowTrace &trace) {
  for (const TraceColumn &c : TraceColumns) row.emplace_back(qint64{trace.*c.member});
}

double percent(std::int64_t part, std::int64_t all) {
  return all == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(all);
}

// Columns that both tables end with: what was done, and what came out wrong.
QStringList sharedColumns() {
  QStringList columns;
  for (const TraceColumn &c : TraceColumns) columns << QString::fromLatin1(c.name);
  return columns << QStringLiteral("wrong_writes") << QStringLiteral("wrong_senses") << QStringLiteral("senses")
                 << QStringLiteral("wrong_counts");
}

std::vector<Cell> wrongCells(const RowTrace &trace) {
  return {qint64{trace.wrongWrites}, qint64{trace.wrongSenses}, qint64{trace.senses}, qint64{trace.wrongCounts}};
}

Cell chipCell(const ChipRun &run) {
  return run.chipSeed ? Cell{static_cast<qint64>(*run.chipSeed)} : Cell{QStringLiteral("none")};
}

}  // namespace

bool TraceSums::equal() const { return sameCounts(trace, mapping); }

TraceSums traceSums(const SimulatedVariant &done, const ChipRun &run) {
  TraceSums sums;
  for (std::size_t i = 0; i < run.traces.size(); ++i) {
    sums.trace += run.traces[i];
    sums.mapping += counted(done.bitwise.layers()[i], done.bitwise, done.simulation.images);
  }
  return sums;
}

void appendRuns(ReportTable &table, const SimulatedVariant &done) {
  const auto &program = done.bitwise.program();
  const std::int64_t images = done.simulation.images;
  std::int64_t elements = 0;
  for (const IntegerLayer &layer : program.layers)
    elements += hasWeights(layer.op) && !layer.logits ? layer.out.elements() * images : 0;
  for (const ChipRun &run : done.simulation.runs) {
    const TraceSums sums = traceSums(done, run);
    std::int64_t wrong = 0;
    for (std::size_t i = 0; i + 1 < run.wrong.size(); ++i) wrong += hasWeights(program.layers[i].op) ? run.wrong[i] : 0;
    std::vector<Cell> row{done.network, done.variant, chipCell(run), qint64{images}};
    row.emplace_back(percent(images - run.changedImages, images));
    row.emplace_back(qint64{run.changedClasses});
    row.emplace_back(percent(wrong, elements));
    row.emplace_back(static_cast<double>(images) / run.seconds);
    row.emplace_back(qint64{sums.mapping.rowOperations});
    row.emplace_back(text(sums.equal()));
    appendTrace(row, sums.trace);
    for (const Cell &cell : wrongCells(sums.trace)) row.push_back(cell);
    row.emplace_back(qint64{run.wrongWeightBits});
    row.emplace_back(qint64{run.repairedColumns});
    table.rows.push_back(std::move(row));
  }
}

ReportTable runTable() {
  ReportTable table{{QStringLiteral("network"), QStringLiteral("variant"), QStringLiteral("chip_seed"),
                     QStringLiteral("images"), QStringLiteral("equal_pct"), QStringLiteral("changed_classes"),
                     QStringLiteral("wrong_elements_pct"), QStringLiteral("images_per_s"),
                     QStringLiteral("mapping_row_operations"), QStringLiteral("trace_equals_mapping")},
                    {}};
  table.columns += sharedColumns();
  table.columns << QStringLiteral("wrong_weight_bits") << QStringLiteral("repaired_columns");
  return table;
}

void appendLayers(ReportTable &table, const SimulatedVariant &done) {
  for (const ChipRun &run : done.simulation.runs)
    for (std::size_t i = 0; i < run.traces.size(); ++i) {
      const MappedLayer &mapped = done.bitwise.layers()[i];
      const IntegerLayer &layer = done.bitwise.program().layers[mapped.index];
      const RowTrace mapping = counted(mapped, done.bitwise, done.simulation.images);
      std::vector<Cell> row{done.network, done.variant, chipCell(run), done.spec.layers[layer.layer].name,
                            opName(layer.op)};
      row.emplace_back(percent(run.wrong[mapped.index], layer.out.elements() * done.simulation.images));
      row.emplace_back(qint64{mapping.rowOperations});
      row.emplace_back(text(sameCounts(run.traces[i], mapping)));
      appendTrace(row, run.traces[i]);
      for (const Cell &cell : wrongCells(run.traces[i])) row.push_back(cell);
      table.rows.push_back(std::move(row));
    }
}

ReportTable layerTable() {
  ReportTable table{{QStringLiteral("network"), QStringLiteral("variant"), QStringLiteral("chip_seed"),
                     QStringLiteral("layer"), QStringLiteral("op"), QStringLiteral("wrong_elements_pct"),
                     QStringLiteral("mapping_row_operations"), QStringLiteral("trace_equals_mapping")},
                    {}};
  table.columns += sharedColumns();
  return table;
}

ReportTable forPeople(const ReportTable &table) {
  static const QStringList scripts{
      QStringLiteral("network"),      QStringLiteral("weight_reads"),      QStringLiteral("data_columns"),
      QStringLiteral("shift_adds"),   QStringLiteral("partial_sums"),      QStringLiteral("operand_rows"),
      QStringLiteral("operand_bits"), QStringLiteral("transport_bits"),    QStringLiteral("wrong_counts"),
      QStringLiteral("op"),           QStringLiteral("wrong_weight_bits"), QStringLiteral("repaired_columns")};
  return withoutColumns(table, scripts);
}

}  // namespace pimento

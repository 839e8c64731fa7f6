// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <stop_token>
#include <thread>

#include "app/cli/accelerator_option.h"
#include "app/cli/network_argument.h"
#include "app/cli/verbs.h"
#include "core/base/error.h"
#include "core/hardware/device.h"
#include "core/hardware/layer_cost.h"
#include "core/simulate/random_network.h"
#include "core/simulate/simulation.h"

namespace pimento {

namespace {

constexpr std::int64_t MostImages = 1'000'000;
constexpr std::int64_t MostChips = 1000;
constexpr int Stopped = 130;  // what a shell gives for an interrupted program

volatile std::sig_atomic_t signalled = 0;  // written by the handler alone

void onSignal(int /*number*/) { signalled = 1; }

// Until the end of the verb, an interrupt ends the work after the images under way.
class SignalGuard {
 public:
  SignalGuard() : m_interrupt(std::signal(SIGINT, onSignal)), m_terminate(std::signal(SIGTERM, onSignal)) {}
  ~SignalGuard() {
    std::signal(SIGINT, m_interrupt);
    std::signal(SIGTERM, m_terminate);
  }
  SignalGuard(const SignalGuard &) = delete;
  SignalGuard &operator=(const SignalGuard &) = delete;

 private:
  void (*m_interrupt)(int);
  void (*m_terminate)(int);
};

// Hands a signal on to the work, whatever it is at.
class Watch {
 public:
  Watch() : m_thread([this](const std::stop_token &end) { run(end); }) {}
  [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }

 private:
  void run(const std::stop_token &end) {
    while (!end.stop_requested() && signalled == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (signalled != 0) m_stop.request_stop();
  }
  std::stop_source m_stop;
  std::jthread m_thread;  // last: ends before the source goes
};

// A line on a terminal's standard error that counts images.
class Progress {
 public:
  explicit Progress(QString what) : m_what(std::move(what)) {}
  ~Progress() { clear(); }
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  void show(std::int64_t done, std::int64_t all) {
    const std::lock_guard lock(m_mutex);
    const auto percent = static_cast<int>(done * 100 / all);
    if (!m_terminal || percent == m_percent) return;
    m_percent = percent;
    printError(QStringLiteral("\r%1: %2 of %3 images (%4 %)").arg(m_what).arg(done).arg(all).arg(percent));
  }

 private:
  void clear() {
    if (m_percent >= 0) std::fputs("\r\x1b[K", stderr);
  }
  QString m_what;
  std::mutex m_mutex;
  bool m_terminal = isatty(STDERR_FILENO) != 0;
  int m_percent = -1;
};

std::int64_t wholeOf(const VerbParser &parser, const QString &name, std::int64_t least, std::int64_t most) {
  const QString text = parser.value(name);
  bool ok = false;
  const qint64 value = text.toLongLong(&ok);
  if (!ok || value < least || value > most)
    throw Error(parser.place(), QStringLiteral("--%1 %2").arg(name, quoted(text)),
                QStringLiteral("give a whole number from %1 to %2").arg(least).arg(most));
  return value;
}

Bits integerBitsOf(const VerbParser &parser) {
  const Bits bits = bitsOf(parser);
  if (bits.weights > MaxIntegerBits || bits.activations > MaxIntegerBits)
    throw Error(parser.place(), QStringLiteral("--bits %1").arg(quoted(parser.value(QStringLiteral("bits")))),
                QStringLiteral("1 to %1 bits can be simulated").arg(MaxIntegerBits));
  return bits;
}

ErrorModel errorsOf(const VerbParser &parser, const Accelerator &accelerator) {
  const QString word = parser.choice(QStringLiteral("errors"), {QStringLiteral("off"), QStringLiteral("sense"),
                                                                QStringLiteral("write"), QStringLiteral("all")});
  const bool all = word == QStringLiteral("all");
  ErrorModel errors;
  errors.sense = all || word == QStringLiteral("sense");
  if (all || word == QStringLiteral("write")) errors.writeErrorRate = writeErrorRate(accelerator.device);
  return errors;
}

SimulationOptions optionsOf(const VerbParser &parser, const Accelerator &accelerator) {
  SimulationOptions options;
  options.images = wholeOf(parser, QStringLiteral("images"), 1, MostImages);
  options.imageSeed = static_cast<std::uint64_t>(wholeOf(parser, QStringLiteral("seed"), 0, INT64_MAX));
  options.chips = static_cast<int>(wholeOf(parser, QStringLiteral("chip-seeds"), 1, MostChips));
  options.errors = errorsOf(parser, accelerator);
  return options;
}

// What was simulated, kept until all is printed.
struct Done {
  QString network;
  QString variant;
  const BitwiseNetwork &bitwise;
  const NetworkSpec &spec;
  Simulation simulation;
};

Cell text(bool yes) { return yes ? QStringLiteral("yes") : QStringLiteral("no"); }

// Sums of the mapping's closed forms over all planes and images: what the trace is held against.
RowTrace counted(const MappedLayer &layer, const BitwiseNetwork &bitwise, std::int64_t images) {
  const Accelerator &a = bitwise.accelerator();
  const Bits bits = bitwise.program().bits;
  const LayerMap map = mapLayer(layer.work, a.array, a.schedule, a.chip, bits);
  const std::int64_t pairs = images * bits.weights * bits.activations;
  RowTrace trace;
  trace.rowOperations = map.rowPairs * pairs;
  trace.reads = a.schedule.dataflow == Dataflow::Latched ? map.rowPairs * weightReads(bits) * images : 0;
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
  return columns << QStringLiteral("wrong_writes") << QStringLiteral("wrong_senses") << QStringLiteral("wrong_counts");
}

std::vector<Cell> wrongCells(const RowTrace &trace) {
  return {qint64{trace.wrongWrites}, qint64{trace.wrongSenses}, qint64{trace.wrongCounts}};
}

Cell chipCell(const ChipRun &run) {
  return run.chipSeed ? Cell{static_cast<qint64>(*run.chipSeed)} : Cell{QStringLiteral("none")};
}

// A row a run: without errors, then each chip.
void appendRuns(ReportTable &table, const Done &done) {
  const auto &program = done.bitwise.program();
  const std::int64_t images = done.simulation.images;
  std::int64_t elements = 0;
  for (const IntegerLayer &layer : program.layers)
    elements += hasWeights(layer.op) && !layer.logits ? layer.out.elements() * images : 0;
  for (const ChipRun &run : done.simulation.runs) {
    RowTrace sum;
    RowTrace mapping;
    for (std::size_t i = 0; i < run.traces.size(); ++i) {
      sum += run.traces[i];
      mapping += counted(done.bitwise.layers()[i], done.bitwise, images);
    }
    std::int64_t wrong = 0;
    for (std::size_t i = 0; i + 1 < run.wrong.size(); ++i) wrong += hasWeights(program.layers[i].op) ? run.wrong[i] : 0;
    std::vector<Cell> row{done.network, done.variant, chipCell(run), qint64{images}};
    row.emplace_back(percent(images - run.changedImages, images));
    row.emplace_back(qint64{run.changedClasses});
    row.emplace_back(percent(wrong, elements));
    row.emplace_back(static_cast<double>(images) / run.seconds);
    row.emplace_back(qint64{mapping.rowOperations});
    row.emplace_back(text(sameCounts(sum, mapping)));
    appendTrace(row, sum);
    for (const Cell &cell : wrongCells(sum)) row.push_back(cell);
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

// A row a layer with weights and run.
void appendLayers(ReportTable &table, const Done &done) {
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

// What people see of a table that scripts get whole: not the counts that stand for themselves in
// "trace_equals_mapping".
ReportTable forPeople(const ReportTable &table) {
  static const QStringList scripts{
      QStringLiteral("network"),      QStringLiteral("weight_reads"),      QStringLiteral("data_columns"),
      QStringLiteral("shift_adds"),   QStringLiteral("partial_sums"),      QStringLiteral("operand_rows"),
      QStringLiteral("operand_bits"), QStringLiteral("transport_bits"),    QStringLiteral("wrong_counts"),
      QStringLiteral("op"),           QStringLiteral("wrong_weight_bits"), QStringLiteral("repaired_columns")};
  ReportTable shown;
  shown.rows.resize(table.rows.size());
  for (qsizetype c = 0; c < table.columns.size(); ++c) {
    if (scripts.contains(table.columns[c])) continue;
    shown.columns << table.columns[c];
    for (std::size_t r = 0; r < table.rows.size(); ++r)
      shown.rows[r].push_back(table.rows[r][static_cast<std::size_t>(c)]);
  }
  return shown;
}

Binding bindingOf(const NetworkSpec &spec) {
  return spec.bindings.isEmpty() ? Binding{QStringLiteral("joint"), Sharing::Shared, Sharing::Shared}
                                 : findBinding(spec, spec.bindings.front());
}

void addOptions(VerbParser &parser) {
  parser.positional(QStringLiteral("NETWORK[:VARIANT]"), QStringLiteral("as listed by pimento networks"));
  addAcceleratorOptions(parser);
  addBitsOption(parser);
  addClassesOption(parser);
  parser.option(QStringLiteral("images"), QStringLiteral("Images of random integers (default 10)."),
                QStringLiteral("N"), QStringLiteral("10"));
  parser.option(QStringLiteral("seed"), QStringLiteral("Seed of weights and images (default 1)."), QStringLiteral("S"),
                QStringLiteral("1"));
  parser.option(QStringLiteral("errors"),
                QStringLiteral("off (default); sense: amplifiers and cells as made, noise of each read; write: cells "
                               "that do not switch at the profile's pulse; all."),
                QStringLiteral("KIND"), QStringLiteral("off"));
  parser.option(QStringLiteral("chip-seeds"), QStringLiteral("Chips to run with errors, seeds 1 to N (default 1)."),
                QStringLiteral("N"), QStringLiteral("1"));
  parser.option(QStringLiteral("layers"), QStringLiteral("A row a layer, with its trace and what came out wrong."));
}

const QString Note = QStringLiteral(
    "Weights and images are random integers from the seed: nothing was trained, so no accuracy is shown.\n"
    "--csv and --json give every count of the trace.\n");

}  // namespace

int simulateVerb(const QStringList &arguments) {
  VerbParser parser(
      "simulate", QStringLiteral("NETWORK[:VARIANT]"),
      QStringLiteral("Runs a quantised network bit by bit through the mapped sub-arrays: rows are ANDed, ones\n"
                     "counted, shifted and added. Every result is held against exact integer evaluation, and\n"
                     "every count of the trace against the mapping. With errors, chips are drawn from seeds and\n"
                     "what they get wrong is counted. Weights and images are random integers from the seed:\n"
                     "nothing was trained, so no accuracy is shown. A row a chip (none: without errors).\n"
                     "equal_pct: images with all logits right; changed_classes: images whose largest logit is\n"
                     "another; wrong_elements_pct: activations that differ, errors of earlier layers included;\n"
                     "wrong_senses, wrong_writes: bits. images_per_s is measured."));
  addOptions(parser);
  if (!parser.parse(arguments)) return 0;
  parser.needs(QStringLiteral("chip-seeds"), {QStringLiteral("errors")});
  const Accelerator accelerator = acceleratorOf(parser);
  const SimulationOptions options = optionsOf(parser, accelerator);
  const Bits bits = integerBitsOf(parser);
  const NetworkChoice choice = networkChoice(parser);
  const SignalGuard guard;
  const Watch watch;
  const bool layers = parser.isSet(QStringLiteral("layers"));
  ReportTable table = layers ? layerTable() : runTable();
  std::int64_t missing = 0;
  for (const Variant &variant : choice.variants) {
    if (signalled != 0) break;
    const QuantisedNetwork network =
        randomNetwork(choice.network, {variant}, bindingOf(choice.network), bits, options.imageSeed);
    const BitwiseNetwork bitwise(network, 0, accelerator);
    Simulation simulation;
    {
      Progress progress(QStringLiteral("%1:%2").arg(choice.network.name, variant.name));
      simulation = simulate(bitwise, options, watch.token(),
                            [&](std::int64_t done, std::int64_t all) { progress.show(done, all); });
    }
    missing += options.images - simulation.images;
    const Done done{choice.network.name, variant.name, bitwise, choice.network, std::move(simulation)};
    if (done.simulation.images == 0) continue;
    layers ? appendLayers(table, done) : appendRuns(table, done);
  }
  const bool people = !parser.isSet(QStringLiteral("csv")) && !parser.isSet(QStringLiteral("json"));
  parser.print(people ? forPeople(table) : table);
  if (people) printOut(Note);
  if (signalled == 0) return 0;
  printError(QStringLiteral("pimento simulate: stopped; %1 images of the last run were not simulated\n").arg(missing));
  return Stopped;
}

}  // namespace pimento

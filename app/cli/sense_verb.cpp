// SPDX-License-Identifier: GPL-3.0-or-later
#include <optional>

#include "app/cli/accelerator_option.h"
#include "app/cli/verbs.h"
#include "core/base/error.h"
#include "core/hardware/array/array.h"
#include "core/hardware/scaling/operating_point.h"
#include "core/hardware/sense/sense_chips.h"
#include "core/hardware/sense/sense_errors.h"
#include "core/hardware/sense/sense_strobe.h"
#include "core/hardware/sense/sense_sum.h"
#include "core/hardware/sense/sense_trials.h"

namespace pimento {

namespace {

constexpr std::int64_t MostTrials = 1'000'000'000;
constexpr int MostChips = 10'000;

struct Request {
  std::int64_t trials = 0;
  std::uint64_t seed = 1;
  int chips = 0;
};

// One operation, single or composed, as the table shows it.
struct Operation {
  QString name;
  std::optional<double> reference_ohm;  // absent where three references are used
  double margin_mv = 0;
  int cells = 0;
  std::array<double, 4> wrong{};
  double headline = 0;
  std::array<double, 4> strobedWrong{};
  double strobedHeadline = 0;
  double developed = 1;
  double settle_ns = 0;
  double energy_fj = 0;
  bool below_offset = false;
  std::optional<double> noise;
  std::optional<SenseTrials> trials;
  std::optional<ChipSenses> chips;
  QString note;
};

std::int64_t wholeOf(const VerbParser &parser, const char *name, std::int64_t most) {
  const QString text = parser.value(QString::fromLatin1(name));
  if (text.isEmpty()) return 0;
  bool ok = false;
  const qint64 value = text.toLongLong(&ok);
  if (!ok || value < 1 || value > most)
    throw Error(parser.place(), QStringLiteral("--%1 = %2").arg(QString::fromLatin1(name), quoted(text)),
                QStringLiteral("give a whole number from 1 to %1").arg(most));
  return value;
}

Request requestOf(const VerbParser &parser) {
  Request request;
  request.trials = wholeOf(parser, "monte-carlo", MostTrials);
  request.seed = static_cast<std::uint64_t>(wholeOf(parser, "seed", INT64_MAX));
  request.chips = static_cast<int>(wholeOf(parser, "chip-seeds", MostChips));
  return request;
}

Operation senseOperation(const Accelerator &a, SenseOp op, const Request &request) {
  const OperatingPoint at = operatingPoint(a);
  const Sensing &s = at.sensing;
  const double line_ff = at.senseLine_ff();
  const SenseCost cost = s.sense_model == SenseModel::Nvsim
                             ? buildArray(a).at(op)
                             : sense(s, op, line_ff, at.array.vdd_v, at.device.temperature_k);
  Operation row;
  row.name = QString::fromLatin1(SenseOpNames[static_cast<std::size_t>(op)]);
  row.settle_ns = cost.settle_ns;
  row.energy_fj = cost.energy_fj;
  row.cells = senseStates(op).cells;
  if (s.sense_model == SenseModel::Nvsim) return row;
  row.reference_ohm = cost.reference_ohm;
  row.margin_mv = cost.margin_mv;
  row.wrong = senseErrors(s, op).wrong;
  row.headline = cost.error_rate;
  const double noise_mv = readNoise_mv(line_ff, a.device.temperature_k);
  row.strobedWrong = senseErrors(asStrobed(s, cost.developed, noise_mv), op).wrong;
  row.strobedHeadline = cost.strobed_error_rate;
  row.developed = cost.developed;
  row.below_offset = cost.below_offset;
  row.noise = noiseFlips(s, op, noise_mv);
  if (request.trials > 0) row.trials = senseTrials(s, op, request.trials, request.seed);
  if (request.chips > 0) row.chips = chipSenses(a, op, request.chips, request.seed);
  return row;
}

Operation sumOperation(const Accelerator &a, SumOp op, const Request &request) {
  const OperatingPoint at = operatingPoint(a);
  const Sensing &s = at.sensing;
  const SumCost cost = sumCost(s, op, at.senseLine_ff(), at.array.vdd_v, at.device.temperature_k);
  Operation row;
  row.name = QString::fromLatin1(SumOpNames[static_cast<std::size_t>(op)]);
  row.cells = 3;
  row.settle_ns = cost.settle_ns;
  row.energy_fj = cost.energy_fj;
  row.note = op == SumOp::Carry ? QStringLiteral("the same sense as MAJ")
                                : QStringLiteral("AND3 or (OR3 and not MAJ), the three sensed together");
  if (s.sense_model == SenseModel::Nvsim) {
    const SenseCost one = buildArray(a).at(SenseOp::Majority);
    row.settle_ns = one.settle_ns;
    row.energy_fj = (op == SumOp::Carry ? 1 : 3) * one.energy_fj;
    return row;
  }
  if (op == SumOp::Carry) row.reference_ohm = SenseCell(s).reference_ohm(SenseOp::Majority);
  row.margin_mv = cost.margin_mv;
  row.wrong = cost.wrong;
  row.headline = cost.error_rate;
  row.strobedWrong = cost.strobed_wrong;
  row.strobedHeadline = cost.strobed_error_rate;
  row.developed = cost.developed;
  row.below_offset = cost.below_offset;
  if (request.trials > 0) row.trials = sumTrials(s, op, request.trials, request.seed);
  return row;
}

Cell cellOf(const std::optional<double> &value) { return value ? Cell{*value} : Cell{}; }

// Without `ones`: the headline.
std::vector<Cell> cellsOf(const Operation &o, std::optional<int> ones, const Accelerator &a) {
  const bool errs = a.sensing.sense_model == SenseModel::Physical;
  std::vector<Cell> cells{o.name, ones ? Cell{qint64{*ones}} : Cell{}};
  cells.push_back(errs ? Cell{o.margin_mv} : Cell{});
  cells.push_back(cellOf(o.reference_ohm));
  cells.push_back(errs ? Cell{ones ? o.wrong[static_cast<std::size_t>(*ones)] : o.headline} : Cell{});
  cells.push_back(errs ? Cell{ones ? o.strobedWrong[static_cast<std::size_t>(*ones)] : o.strobedHeadline} : Cell{});
  cells.push_back(errs ? Cell{o.developed} : Cell{});
  cells.push_back(o.settle_ns);
  cells.push_back(o.energy_fj);
  cells.push_back(errs ? Cell{o.below_offset ? QStringLiteral("yes") : QStringLiteral("no")} : Cell{});
  cells.push_back(ones ? Cell{} : cellOf(o.noise));
  if (o.trials) {
    const Interval range = ones ? o.trials->range(*ones) : o.trials->headlineRange;
    cells.insert(cells.end(), {ones ? o.trials->rate(*ones) : o.trials->headline, range.low, range.high});
  } else {
    cells.insert(cells.end(), 3, Cell{});
  }
  if (o.chips && !ones)
    cells.insert(cells.end(), {o.chips->rate, o.chips->leastRate, o.chips->mostRate, 100 * o.chips->faultlessColumns,
                               o.chips->repairedColumns});
  else
    cells.insert(cells.end(), 5, Cell{});
  cells.push_back(kindName(Kind::Estimated));
  cells.push_back(o.note);
  return cells;
}

// Columns that nothing asked for are left out.
void dropColumns(ReportTable &table, const QStringList &names) {
  for (const QString &name : names) {
    const qsizetype column = table.columns.indexOf(name);
    table.columns.removeAt(column);
    for (auto &row : table.rows) row.erase(row.begin() + column);
  }
}

ReportTable senseReport(const Accelerator &accelerator, const Request &request) {
  const QStringList trialColumns{QStringLiteral("monte_carlo_rate"), QStringLiteral("monte_carlo_low"),
                                 QStringLiteral("monte_carlo_high")};
  const QStringList chipColumns{QStringLiteral("chips_rate"), QStringLiteral("chips_least"),
                                QStringLiteral("chips_most"), QStringLiteral("faultless_columns_pct"),
                                QStringLiteral("repaired_columns")};
  ReportTable table;
  table.columns =
      QStringList{QStringLiteral("operation"),     QStringLiteral("ones"),       QStringLiteral("margin_mv"),
                  QStringLiteral("reference_ohm"), QStringLiteral("error_rate"), QStringLiteral("strobed_error_rate"),
                  QStringLiteral("developed"),     QStringLiteral("settle_ns"),  QStringLiteral("energy_fj"),
                  QStringLiteral("below_offset"),  QStringLiteral("noise_rate")} +
      trialColumns + chipColumns + QStringList{QStringLiteral("kind"), QStringLiteral("note")};
  const auto add = [&](const Operation &operation) {
    table.rows.push_back(cellsOf(operation, {}, accelerator));
    if (accelerator.sensing.sense_model == SenseModel::Nvsim) return;
    for (int ones = 0; ones <= operation.cells; ++ones) table.rows.push_back(cellsOf(operation, ones, accelerator));
  };
  for (std::size_t op = 0; op < SenseOpCount; ++op) add(senseOperation(accelerator, static_cast<SenseOp>(op), request));
  for (std::size_t op = 0; op < SumOpCount; ++op) add(sumOperation(accelerator, static_cast<SumOp>(op), request));
  if (request.trials == 0) dropColumns(table, trialColumns);
  if (request.chips == 0) dropColumns(table, chipColumns);
  return table;
}

}  // namespace

int senseVerb(const QStringList &arguments) {
  VerbParser parser(
      "sense", {},
      QStringLiteral("Lists what a sense amplifier can tell of one, two or three open cells: margin between the two\n"
                     "states beside the reference, the reference, and the share of columns and cells that are wrong.\n"
                     "The row without ones is the headline: the mean of the two states beside the reference (XOR3 and\n"
                     "SUM: of all four). error_rate is that of a settled line, static, drawn once a chip; noise_rate\n"
                     "is the share of reads that the thermal noise of a read turns then. --monte-carlo counts the\n"
                     "settled rate, --chip-seeds the one at the strobe.\n\n"
                     "Strobe: the latch is fired when half the margin has grown to sense_sigmas standard deviations\n"
                     "of offset, noise and cells, or when the line has settled to 95 %. Cells too weak for that many\n"
                     "cost errors, not time. developed is the share of the margin that there is by then;\n"
                     "strobed_error_rate, noise included, is what settle_ns and energy_fj (a column) are paid for,\n"
                     "and what estimates and simulations use. below_offset: half the margin is below three offsets."));
  addAcceleratorOptions(parser);
  parser.option(QStringLiteral("monte-carlo"),
                QStringLiteral("Counts the errors of this many trials too, for each number of ones."),
                QStringLiteral("TRIALS"));
  parser.option(QStringLiteral("seed"), QStringLiteral("Seed of the trials, and of the first chip (default 1)."),
                QStringLiteral("S"), QStringLiteral("1"));
  parser.option(QStringLiteral("chip-seeds"),
                QStringLiteral("Makes this many chips and senses one sub-array of each: mean rate, least and most of a "
                               "chip, columns without any fault."),
                QStringLiteral("N"));
  if (!parser.parse(arguments)) return 0;
  parser.needs(QStringLiteral("seed"), {QStringLiteral("monte-carlo"), QStringLiteral("chip-seeds")});
  parser.print(senseReport(acceleratorFrom(parser), requestOf(parser)));
  return 0;
}

}  // namespace pimento

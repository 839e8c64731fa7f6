// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/silicon/calibration.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/student_t.h"
#include "core/hardware/array/transistor.h"
#include "core/hardware/silicon/prediction.h"

namespace pimento {

namespace {

// A quantity that may be calibrated, as files name it; a density is the inverse of an area.
struct CalibratedBy {
  ChipQuantity quantity;
  Calibrated what;
  int power;
};
constexpr CalibratedBy Sources[] = {{ChipQuantity::ReadEnergy, Calibrated::ReadEnergy, 1},
                                    {ChipQuantity::ReadAccess, Calibrated::ReadTime, 1},
                                    {ChipQuantity::MacroArea, Calibrated::Area, 1},
                                    {ChipQuantity::Density, Calibrated::Area, -1}};

struct CalibratedTraits {
  const char *title;
  double CalibrationFactors::*factor;
  double CalibrationFactors::*spread;
  const char *factorKey;
  const char *spreadKey;
};
constexpr std::array<CalibratedTraits, CalibratedCount> Quantities{
    {{"memory read energy", &CalibrationFactors::read_energy_factor, &CalibrationFactors::read_energy_spread,
      "read_energy_factor", "read_energy_spread"},
     {"read access time", &CalibrationFactors::read_time_factor, &CalibrationFactors::read_time_spread,
      "read_time_factor", "read_time_spread"},
     {"memory area", &CalibrationFactors::area_factor, &CalibrationFactors::area_spread, "area_factor",
      "area_spread"}}};

std::vector<double> logsOf(const std::vector<ChipRatio> &ratios) {
  std::vector<double> logs;
  for (const ChipRatio &r : ratios) logs.push_back(std::log(r.ratio));
  return logs;
}

double meanOf(const std::vector<double> &values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum / double(values.size());
}

// How far each value is from the mean of the others, sorted.
std::vector<double> leftOut(const std::vector<double> &logs, double mean) {
  const auto n = double(logs.size());
  std::vector<double> distances;
  for (const double r : logs) distances.push_back(std::abs(r - (mean * n - r) / (n - 1)));
  std::sort(distances.begin(), distances.end());
  return distances;
}

double medianOf(const std::vector<double> &sorted) {
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

// Logs of measured over predicted, of every quantity.
using LogRatios = std::array<std::vector<double>, CalibratedCount>;

LogRatios logRatiosOf(const PublishedChip &chip) {
  LogRatios logs;
  for (const Measurement &figure : chip.measurements)
    for (const CalibratedBy &source : Sources) {
      if (figure.quantity != source.quantity || figure.isBound()) continue;
      if (const auto ours = predict(chip, figure))
        logs[static_cast<std::size_t>(source.what)].push_back(source.power * std::log(figure.middle() / *ours));
    }
  return logs;
}

bool takesPart(const PublishedChip &chip) {
  return chip.evidence == ChipEvidence::Measured && chip.scope == ChipScope::Macro && chip.node_nm &&
         planarNode(*chip.node_nm);
}

QStringList namesOf(const std::vector<ChipRatio> &ratios) {
  QStringList names;
  for (const ChipRatio &r : ratios) names << r.chip;
  return names;
}

}  // namespace

std::optional<CalibrationFactor> fitFactor(std::vector<ChipRatio> ratios) {
  if (ratios.size() < LeastChips) return std::nullopt;
  const std::vector<double> logs = logsOf(ratios);
  const auto n = double(logs.size());
  const double mean = meanOf(logs);
  double squares = 0;
  for (const double r : logs) squares += (r - mean) * (r - mean);
  const double deviation = std::sqrt(squares / (n - 1));
  const double t = studentTQuantile((1 + PredictionLevel) / 2, static_cast<int>(logs.size()) - 1);
  const std::vector<double> distances = leftOut(logs, mean);
  return CalibrationFactor{.chips = std::move(ratios),
                           .factor = std::exp(mean),
                           .spread = std::exp(t * deviation * std::sqrt(1 + 1 / n)),
                           .leftOutMedian = std::exp(medianOf(distances)),
                           .leftOutWorst = std::exp(distances.back())};
}

Calibration calibrate(std::span<const PublishedChip> chips, const QString &place) {
  Calibration calibration;
  std::size_t measured = 0;
  for (const PublishedChip &chip : chips) {
    if (!takesPart(chip)) continue;
    const LogRatios logs = logRatiosOf(chip);
    bool any = false;
    for (std::size_t i = 0; i < CalibratedCount; ++i) {
      if (logs[i].empty()) continue;
      calibration.ratios[i].push_back({chip.name, std::exp(meanOf(logs[i]))});
      any = true;
    }
    measured += any ? 1 : 0;
  }
  if (measured < CalibratedCount)
    throw Error(place,
                QStringLiteral("%1 measured macros of planar nodes for a calibration with %2 factors")
                    .arg(measured)
                    .arg(CalibratedCount),
                QStringLiteral("add chips that measure read energy, read access time or area; each factor takes %1 "
                               "chips of its own")
                    .arg(LeastChips));
  for (std::size_t i = 0; i < CalibratedCount; ++i) calibration.factors[i] = fitFactor(calibration.ratios[i]);
  return calibration;
}

Accelerator calibratedProfile(const Accelerator &physical, const Calibration &calibration) {
  if (physical.calibration != CalibrationFactors{})
    throw Error(QStringLiteral("profile %1").arg(physical.name), QStringLiteral("is calibrated already"),
                QStringLiteral("start from a physical one"));
  Accelerator a = physical;
  a.name += QStringLiteral("-calibrated");
  a.title += QStringLiteral(", calibrated on silicon");
  for (std::size_t i = 0; i < CalibratedCount; ++i) {
    if (!calibration.factors[i]) continue;
    const CalibrationFactor &f = *calibration.factors[i];
    a.calibration.*Quantities[i].factor = f.factor;
    a.calibration.*Quantities[i].spread = f.spread;
    const QString silicon = QStringLiteral("silicon: %1").arg(namesOf(f.chips).join(QStringLiteral(", ")));
    a.sources.insert(QString::fromLatin1(Quantities[i].factorKey), silicon);
    a.sources.insert(QString::fromLatin1(Quantities[i].spreadKey),
                     silicon + QStringLiteral("; 90 % prediction interval"));
  }
  return a;
}

ReportTable calibrationReport(const Calibration &calibration) {
  ReportTable table;
  for (const char *name : {"quantity", "factor", "interval_low", "interval_high", "left_out_median", "left_out_worst",
                           "chips", "names", "status"})
    table.columns << QString::fromLatin1(name);
  for (std::size_t i = 0; i < CalibratedCount; ++i) {
    const std::vector<ChipRatio> &ratios = calibration.ratios[i];
    QStringList names;
    for (const ChipRatio &r : ratios) names << QStringLiteral("%1 %2x").arg(r.chip, fourDigits(r.ratio));
    std::vector<Cell> row{QString::fromLatin1(Quantities[i].title)};
    if (const auto &f = calibration.factors[i])
      row.insert(row.end(), {f->factor, f->interval().low, f->interval().high, f->leftOutMedian, f->leftOutWorst});
    else
      row.insert(row.end(), 5, Cell{});
    row.push_back(static_cast<qint64>(ratios.size()));
    row.push_back(names.join(QStringLiteral(", ")));
    row.push_back(
        calibration.factors[i]
            ? QStringLiteral("calibrated")
            : QStringLiteral("not calibrated: %1 chips measure it, %2 are needed").arg(ratios.size()).arg(LeastChips));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace pimento

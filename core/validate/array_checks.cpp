// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <array>

#include "core/base/error.h"
#include "core/files/csv.h"
#include "core/hardware/array/array.h"
#include "core/hardware/nvsim/nvsim_array.h"
#include "core/validate/checks.h"

namespace pimento {

namespace {

QByteArray fileOf(const QString &name) {
  QFile file(QStringLiteral(":/validate/") + name);
  if (!file.open(QIODevice::ReadOnly)) throw Error(name, QStringLiteral("can not be read"), file.errorString());
  return file.readAll();
}

// One run of NVSim: its files, and a bound for all its figures.
struct NvsimRun {
  const char *name;
  const char *title;
  double tolerance;
};
constexpr std::array<NvsimRun, 4> Runs{{{"sub_mux1", "sub-array 256x512", 0.15},
                                        {"mat_mux1", "2x2 mat", 0.15},
                                        {"grp_mux1_rep", "8x8 mats, 4 MB", 0.30},
                                        {"full_mux1_rep", "64 MB", 0.30}}};

struct Figure {
  const char *column;
  const char *title;
  const char *unit;
  double NvsimCost::*member;
  const char *reason;
};
constexpr std::array<Figure, 6> Figures{
    {{"read_ns", "read", "ns", &NvsimCost::read_ns, "NVSim's circuit, written anew"},
     {"write_ns", "write", "ns", &NvsimCost::write_ns, "NVSim's circuit, written anew"},
     {"read_pj", "read", "pJ", &NvsimCost::read_pj, "NVSim's circuit, written anew"},
     {"write_pj", "write", "pJ", &NvsimCost::write_pj, "NVSim's circuit, written anew"},
     {"leakage_w", "leakage", "W", &NvsimCost::leakage_w, "NVSim's circuit, written anew"},
     {"area_um2", "area", "µm²", &NvsimCost::area_um2, "NVSim's circuit, written anew"}}};

constexpr const char *NvsimSource = "NVSim 6334d00, run of the same .cell and .cfg files";

void addNvsim(Checks &checks) {
  const CsvTable golden = readCsv(fileOf(QStringLiteral("golden.csv")), QStringLiteral("golden.csv"));
  const NvsimCell cell = readNvsimCell(fileOf(QStringLiteral("SOT_45.cell")), QStringLiteral("SOT_45.cell"));
  for (std::size_t r = 0; r < Runs.size(); ++r) {
    const QString file = QString::fromLatin1(Runs[r].name) + QStringLiteral(".cfg");
    const NvsimCost ours = nvsimArray(cell, readNvsimConfig(fileOf(file), file)).total();
    for (const Figure &figure : Figures) {
      const auto theirs = csvNumber(golden, r, golden.column(QString::fromLatin1(figure.column), file), file);
      checks.push_back(
          {.id = QStringLiteral("array.%1.%2").arg(QLatin1String(Runs[r].name), QLatin1String(figure.column)),
           .name = QStringLiteral("%1 of NVSim's %2").arg(QLatin1String(figure.title), QLatin1String(Runs[r].title)),
           .theirs = theirs.value_or(0),
           .unit = figure.unit,
           .tolerance = Runs[r].tolerance,
           .kind = Kind::Derived,
           .source = NvsimSource,
           .compute = [value = ours.*figure.member](const std::stop_token &) { return Ours{value}; },
           .reason = figure.reason});
    }
  }
}

Check physical(const char *id, const char *name, double theirs, const char *unit, double tolerance, const char *source,
               double (*of)(const ArrayTable &), const char *reason) {
  return {.id = QString::fromLatin1(id),
          .name = QString::fromUtf8(name),
          .theirs = theirs,
          .unit = unit,
          .tolerance = tolerance,
          .source = source,
          .compute = [of](const std::stop_token &) { return Ours{of(buildArray(Accelerator{}))}; },
          .reason = reason};
}

void addPhysical(Checks &checks) {
  constexpr const char *Prototype = "prototype of the settling amplifier, default cell";
  constexpr const char *Settling =
      "theirs waits a fixed number of time constants; ours until AND2's small margin has settled to 95 %";
  checks.push_back(physical(
      "array.and2.ns", "AND2 until the strobe", 0.8, "ns", 0.3, Prototype,
      [](const ArrayTable &t) { return t.senses[std::size_t(SenseOp::And2)].settle_ns; }, Settling));
  checks.push_back(physical(
      "array.and2.fj", "AND2 a column", 31, "fJ", 0.3, Prototype,
      [](const ArrayTable &t) { return t.senses[std::size_t(SenseOp::And2)].energy_fj; }, Settling));
  checks.push_back(physical(
      "array.read.ns", "READ until the strobe", 1.4, "ns", 0.3, Prototype,
      [](const ArrayTable &t) { return t.senses[std::size_t(SenseOp::Read)].settle_ns; },
      "theirs waits a fixed number of time constants; ours until READ stands six deviations off its reference"));
  checks.push_back(physical(
      "array.read.fj", "READ a column", 58, "fJ", 0.3, Prototype,
      [](const ArrayTable &t) { return t.senses[std::size_t(SenseOp::Read)].energy_fj; },
      "theirs waits a fixed number of time constants; ours until READ stands six deviations off its reference"));
  checks.push_back(physical(
      "array.write", "write of a row of 512", 225, "pJ", 0.1, "440 fJ a cell of the check set",
      [](const ArrayTable &t) { return t.at(RowOp::Write).energy_pj(512); },
      "ours charges the write lines of 512 columns too; theirs is the cells alone"));
  checks.push_back(physical(
      "array.count", "bit counter of 512 inputs", 1.9, "pJ", 0.05, "502 full adders of 3.8 fJ",
      [](const ArrayTable &t) { return t.at(RowOp::Count).energy_pj(512); }, "theirs counts the adders alone"));
}

}  // namespace

Checks arrayChecks() {
  Checks checks;
  addNvsim(checks);
  addPhysical(checks);
  return checks;
}

}  // namespace pimento

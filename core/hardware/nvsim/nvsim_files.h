// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>
#include <QStringList>

#include "core/base/report_table.h"
#include "core/hardware/array/wire.h"

namespace pimento {

// A memory cell as NVSim's `.cell` files describe it: lines "-Key (unit): value". Only resistive cells (MRAM, PCRAM,
// memristor) behind a CMOS transistor are modelled. Numbers keep the file's units.
struct NvsimCell {
  int type = 0;           // index into NvsimCellTypes
  double process_nm = 0;  // 0: not given
  double area_f2 = 0;
  double aspect = 1;  // height over width
  double on_ohm = 0;
  double off_ohm = 0;
  int read_mode = 0;  // index into NvsimModes
  double read_v = 0;
  double read_ua = 0;
  double read_pj = 0;
  double min_sense_mv = 80;  // NVSim's default
  int reset_mode = 0;
  double reset_v = 0;
  double reset_ua = 0;
  double reset_ns = 0;
  double reset_pj = 0;
  int set_mode = 0;
  double set_v = 0;
  double set_ua = 0;
  double set_ns = 0;
  double set_pj = 0;
  double access_drop_v = 0;
  double access_width_f = 0;
  QStringList ignored;  // keys of the file that have no effect here
};

inline constexpr const char *NvsimCellTypes[] = {"MRAM", "PCRAM", "memristor"};
inline constexpr const char *NvsimModes[] = {"current", "voltage"};
inline constexpr int NvsimCurrent = 0;
inline constexpr int NvsimVoltage = 1;

struct Grid {
  int rows = 1;
  int columns = 1;
  int activeRows = 1;
  int activeColumns = 1;
};

// A `.cfg` file of NVSim whose geometry is forced (-ForceBank, -ForceMat, -ForceMux…). What would need another circuit
// than the one modelled (other roadmaps than LSTP, low-swing wires, bus routing, external sensing) is refused.
struct NvsimConfig {
  double process_nm = 0;
  double capacity_bytes = 0;
  double word_bits = 0;
  double temperature_k = 300;
  WireLayer local_layer = WireLayer::Local;
  WireQuality local_quality = WireQuality::Aggressive;
  WireLayer global_layer = WireLayer::Global;
  WireQuality global_quality = WireQuality::Aggressive;
  bool repeaters = false;
  double repeater_penalty = 0;  // 0.1: wires 10 % slower than the fastest
  Grid bank;                    // mats
  Grid mat;                     // sub-arrays
  double mux_sense = 1;         // columns a sense amplifier
  double mux_output1 = 1;
  double mux_output2 = 1;
  QString cell_file;  // as written; not opened here
  QStringList ignored;

  // Geometry of one sub-array that follows from capacity, word and grids.
  [[nodiscard]] int columns() const;
  [[nodiscard]] int rows() const;
};

// Reads a file's bytes. Throws Error "place, line N: …" for unknown keys (naming the closest known one), a wrong unit,
// a key given twice, a value out of range or of another kind, and for files above 64 KB.
[[nodiscard]] NvsimCell readNvsimCell(const QByteArray &data, const QString &place);
[[nodiscard]] NvsimConfig readNvsimConfig(const QByteArray &data, const QString &place);

// The keys of both files: file, key, unit, takes (range or words), effect ("read", or why it has none).
[[nodiscard]] ReportTable nvsimKeys();
void addCellKeys(ReportTable &table);
void addConfigKeys(ReportTable &table);

}  // namespace pimento

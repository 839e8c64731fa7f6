// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>
#include <QStringList>

#include "core/base/report_table.h"
#include "core/hardware/array/wire.h"
#include "core/hardware/nvsim/nvsim_chain.h"

namespace pimento {

// What opens a cell: a transistor, a diode, or nothing but the cell itself.
enum class NvsimAccess : std::uint8_t { Cmos, Diode, None };

// A memory cell as NVSim's `.cell` files describe it: lines "-Key (unit): value". Resistive cells (MRAM, PCRAM,
// memristor), SRAM and DRAM are modelled. Numbers keep the file's units; a voltage's sign says its direction alone and
// is dropped. 0: not given.
struct NvsimCell {
  int type = 0;           // NvsimMram to NvsimDram
  double process_nm = 0;  // that the cell is of
  double area_f2 = 0;
  double aspect = 1;     // height over width
  double stitching = 0;  // columns between two straps of the word line
  double on_ohm = 0;
  double off_ohm = 0;
  double set_on_ohm = 0;  // on-cell at the set voltage, at the reset voltage and at half of it
  double reset_on_ohm = 0;
  double half_reset_ohm = 0;
  double on_f = 0;  // capacitance of a cell without a transistor
  double off_f = 0;
  int read_mode = 0;  // NvsimCurrent or NvsimVoltage
  double read_v = 0;
  double read_ua = 0;
  double read_uw = 0;        // drawn from the supply by a cell, and again by its reference, while the amplifier senses
  double read_pj = 0;        // of a cell and its reference; comes before power and current
  double min_sense_mv = 80;  // NVSim's default
  int reset_mode = 0;
  double reset_v = 0;  // NvsimSupply: that of the periphery
  double reset_ua = 0;
  double reset_ns = 0;
  double reset_pj = 0;
  int set_mode = 0;
  double set_v = 0;
  double set_ua = 0;
  double set_ns = 0;
  double set_pj = 0;
  NvsimAccess access = NvsimAccess::Cmos;
  double access_drop_v = 0;
  double access_width_f = 0;
  double leakage_ua = 0;   // of a closed access device
  double sram_n_f = 2.08;  // pull-down and pull-up of an SRAM cell (CACTI), in F
  double sram_p_f = 1.23;
  double dram_f = 0;    // storage capacitance
  QStringList ignored;  // keys of the file that have no effect here
};

inline constexpr int NvsimMram = 0;
inline constexpr int NvsimPcram = 1;
inline constexpr int NvsimMemristor = 2;
inline constexpr int NvsimSram = 3;
inline constexpr int NvsimDram = 4;  // stacked or embedded
[[nodiscard]] inline bool isResistive(const NvsimCell &cell) { return cell.type <= NvsimMemristor; }
inline constexpr int NvsimCurrent = 0;
inline constexpr int NvsimVoltage = 1;
inline constexpr double NvsimSupply = -1;  // a voltage of "vdd"

struct Grid {
  int rows = 1;
  int columns = 1;
  int activeRows = 1;
  int activeColumns = 1;
};

// A `.cfg` file of NVSim whose geometry is forced (-ForceBank, -ForceMat, -ForceMux…). What would need another circuit
// than the one modelled (low-swing wires, bus routing, external sensing) is refused.
struct NvsimConfig {
  double process_nm = 0;
  double capacity_bytes = 0;
  double word_bits = 0;
  double temperature_k = 300;
  NvsimRoadmap roadmap = NvsimRoadmap::Lstp;
  NvsimBuffers buffers = NvsimBuffers::Latency;
  double widest_f = 100;     // n transistor of a driver
  bool erase_first = false;  // cells without a transistor: all are set (or reset) before a word is written
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

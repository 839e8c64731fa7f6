// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <tuple>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/hardware/nvsim/nvsim_files.h"
#include "core/hardware/nvsim/nvsim_lines.h"

namespace pimento {

namespace {

using CellFile = NvsimCell;
using Number = NvsimNumber<NvsimCell>;

constexpr Number Numbers[] = {
    {"ProcessNode", "", 5, 250, &CellFile::process_nm, NvsimTakes::Whole},
    {"CellArea", "F^2", 1, 1e4, &CellFile::area_f2},
    {"CellAspectRatio", "", 0.05, 20, &CellFile::aspect},
    {"Stitching", "", 1, 65536, &CellFile::stitching, NvsimTakes::Whole},
    {"ResistanceOn", "ohm", 1, 1e12, &CellFile::on_ohm},
    {"ResistanceOff", "ohm", 1, 1e12, &CellFile::off_ohm},
    {"ResistanceOnAtSetVoltage", "ohm", 1, 1e12, &CellFile::set_on_ohm},
    {"ResistanceOnAtResetVoltage", "ohm", 1, 1e12, &CellFile::reset_on_ohm},
    {"ResistanceOnAtHalfResetVoltage", "ohm", 1, 1e12, &CellFile::half_reset_ohm},
    {"CapacitanceOn", "F", 1e-20, 1e-11, &CellFile::on_f},
    {"CapacitanceOff", "F", 1e-20, 1e-11, &CellFile::off_f},
    {"ReadVoltage", "V", 0, 10, &CellFile::read_v, NvsimTakes::Signed},
    {"ReadCurrent", "uA", 0, 1e4, &CellFile::read_ua},
    {"ReadPower", "uW", 0, 1e6, &CellFile::read_uw},
    {"ReadEnergy", "pJ", 0, 1e6, &CellFile::read_pj},
    {"MinSenseVoltage", "mV", 0.1, 1e4, &CellFile::min_sense_mv},
    {"ResetVoltage", "V", 1e-3, 50, &CellFile::reset_v, NvsimTakes::Supply},
    {"ResetCurrent", "uA", 1e-3, 1e5, &CellFile::reset_ua, NvsimTakes::Signed},
    {"ResetPulse", "ns", 1e-3, 1e9, &CellFile::reset_ns},
    {"ResetEnergy", "pJ", 0, 1e6, &CellFile::reset_pj},
    {"SetVoltage", "V", 1e-3, 50, &CellFile::set_v, NvsimTakes::Supply},
    {"SetCurrent", "uA", 1e-3, 1e5, &CellFile::set_ua, NvsimTakes::Signed},
    {"SetPulse", "ns", 1e-3, 1e9, &CellFile::set_ns},
    {"SetEnergy", "pJ", 0, 1e6, &CellFile::set_pj},
    {"VoltageDropAccessDevice", "V", 0, 5, &CellFile::access_drop_v},
    {"AccessCMOSWidth", "F", 1e-3, 1000, &CellFile::access_width_f},
    {"LeakageCurrentAccessDevice", "uA", 0, 1e3, &CellFile::leakage_ua},
    {"SRAMCellNMOSWidth", "F", 0.1, 100, &CellFile::sram_n_f},
    {"SRAMCellPMOSWidth", "F", 0.1, 100, &CellFile::sram_p_f},
    {"DRAMCellCapacitance", "F", 1e-18, 1e-11, &CellFile::dram_f},
};

// Keys of NVSim, NVMExplorer and DESTINY without effect: NVSim does not use them either, or they concern other cells
// (SRAM, DRAM, flash, floating body, several bits a cell) or operating points that its circuit does not look at.
const QStringList Ignored{QStringLiteral("WordlineBoostRatio"),
                          QStringLiteral("ResistanceOffAtSetVoltage"),
                          QStringLiteral("ResistanceOffAtResetVoltage"),
                          QStringLiteral("ResistanceOnAtHalfReadVoltage"),
                          QStringLiteral("ResistanceOffAtHalfReadVoltage"),
                          QStringLiteral("GateOxThicknessFactor"),
                          QStringLiteral("SOIDeviceWidth"),
                          QStringLiteral("ReadFloating"),
                          QStringLiteral("ReadPulse"),
                          QStringLiteral("RetentionTime"),
                          QStringLiteral("Temperature"),
                          QStringLiteral("MaxStorageNodeDrop"),
                          QStringLiteral("MemCellLevel"),
                          QStringLiteral("CellLevels"),
                          QStringLiteral("InputFingers"),
                          QStringLiteral("FlashEraseVoltage"),
                          QStringLiteral("FlashProgramVoltage"),
                          QStringLiteral("FlashPassVoltage"),
                          QStringLiteral("FlashEraseTime"),
                          QStringLiteral("FlashProgramTime"),
                          QStringLiteral("GateCouplingRatio")};

struct WordKey {
  NvsimWord word;
  void (*put)(NvsimCell &, int);
};

// NVMExplorer's names beside NVSim's: several bits a cell are priced as one, and a ferroelectric transistor as the
// memristor that its file describes.
const QStringList Types{QStringLiteral("MRAM"),  QStringLiteral("PCRAM"),    QStringLiteral("memristor"),
                        QStringLiteral("PCM"),   QStringLiteral("RRAM"),     QStringLiteral("MLCRRAM"),
                        QStringLiteral("FeFET"), QStringLiteral("MLCFeFET"), QStringLiteral("SRAM"),
                        QStringLiteral("DRAM"),  QStringLiteral("eDRAM")};
constexpr int TypeOf[] = {NvsimMram,      NvsimPcram,     NvsimMemristor, NvsimPcram, NvsimMemristor, NvsimMemristor,
                          NvsimMemristor, NvsimMemristor, NvsimSram,      NvsimDram,  NvsimDram};

const std::vector<WordKey> &wordKeys() {
  const QStringList modes{QStringLiteral("current"), QStringLiteral("voltage")};
  static const std::vector<WordKey> keys{
      {{"MemCellType",
        Types,
        {QStringLiteral("FBRAM"), QStringLiteral("SLCNAND"), QStringLiteral("MLCNAND"), QStringLiteral("CTT"),
         QStringLiteral("MLCCTT")}},
       [](NvsimCell &c, int word) { c.type = TypeOf[word]; }},
      {{"ReadMode", modes, {}}, [](NvsimCell &c, int word) { c.read_mode = word; }},
      {{"ResetMode", modes, {}}, [](NvsimCell &c, int word) { c.reset_mode = word; }},
      {{"SetMode", modes, {}}, [](NvsimCell &c, int word) { c.set_mode = word; }},
      {{"AccessType",
        {QStringLiteral("CMOS"), QStringLiteral("diode"), QStringLiteral("None"), QStringLiteral("none")},
        {QStringLiteral("BJT")}},
       [](NvsimCell &c, int word) { c.access = static_cast<NvsimAccess>(std::min(word, 2)); }}};
  return keys;
}

QStringList knownKeys() {
  QStringList keys;
  for (const WordKey &k : wordKeys()) keys << QString::fromLatin1(k.word.key);
  for (const Number &n : Numbers) keys << QString::fromLatin1(n.key);
  return keys + QStringList{QStringLiteral("ResistanceOnAtReadVoltage"), QStringLiteral("ResistanceOffAtReadVoltage")} +
         Ignored;
}

// The resistance at the read voltage is the one that a read sees.
QString canonical(const QString &key) {
  if (key == QStringLiteral("ResistanceOnAtReadVoltage")) return QStringLiteral("ResistanceOn");
  if (key == QStringLiteral("ResistanceOffAtReadVoltage")) return QStringLiteral("ResistanceOff");
  return key;
}

void put(NvsimCell &cell, const NvsimLine &line, const QString &place) {
  const NvsimLineReader reader(place, line);
  const QString key = canonical(line.key);
  for (const Number &n : Numbers)
    if (key == QLatin1String(n.key)) {
      cell.*(n.member) = reader.number(n);
      return;
    }
  for (const WordKey &k : wordKeys())
    if (key == QLatin1String(k.word.key)) return k.put(cell, reader.word(k.word));
  if (!Ignored.contains(key))
    reader.fail(QStringLiteral("unknown key %1").arg(quoted(key)), knownWords(key, knownKeys()));
  cell.ignored << key;
}

// A resistance and the same at the read voltage are one number.
void refuseBothForms(const std::vector<NvsimLine> &lines, const QString &place) {
  for (auto line = lines.begin(); line != lines.end(); ++line)
    for (auto before = lines.begin(); before != line; ++before)
      if (canonical(before->key) == canonical(line->key))
        NvsimLineReader(place, *line)
            .fail(QStringLiteral("%1 and %2 (line %3) are both given").arg(line->key, before->key).arg(before->number),
                  QStringLiteral("keep one of them"));
}

void require(double value, const char *key, const QString &place) {
  if (!(value > 0))
    throw Error(place, QStringLiteral("gives no -%1").arg(QString::fromLatin1(key)),
                QStringLiteral("a cell that is sensed and written needs it"));
}

void checkWrite(const QString &place, const char *what, int mode, double ua, double volt, double pulse, double pj) {
  const QString name = QString::fromLatin1(what);
  require(pulse, (name + QStringLiteral("Pulse (ns)")).toLatin1().constData(), place);
  if (pj > 0) return;
  if (mode == NvsimCurrent) require(ua, (name + QStringLiteral("Current (uA)")).toLatin1().constData(), place);
  if (mode == NvsimVoltage && volt != NvsimSupply)
    require(volt, (name + QStringLiteral("Voltage (V)")).toLatin1().constData(), place);
}

constexpr double SramAccess_f = 1.31;  // as wide as CACTI's, where an SRAM's file gives none

// What a cell without a transistor needs instead of its width.
void checkBare(const NvsimCell &c, const QString &place) {
  if (!(c.on_f > 0)) require(c.off_f, "CapacitanceOff (F)", place);
  if (c.reset_ua == 0) require(c.reset_v == NvsimSupply ? 1 : c.reset_v, "ResetVoltage (V)", place);
  if (c.reset_ua == 0 || c.access == NvsimAccess::None)
    require(c.reset_on_ohm, "ResistanceOnAtResetVoltage (ohm)", place);
  if (c.access == NvsimAccess::None) require(c.half_reset_ohm, "ResistanceOnAtHalfResetVoltage (ohm)", place);
}

void checkRead(const NvsimCell &c, const QString &place) {
  if (!(c.read_v > 0) && !(c.read_ua > 0)) require(c.read_v, "ReadVoltage (V)", place);
  if (c.read_mode == NvsimCurrent) require(c.read_v, "ReadVoltage (V)", place);
  const bool billed = c.read_uw > 0 || c.read_pj > 0;  // else the current is what the voltage drives
  if (c.read_v > 0 && c.access_drop_v >= c.read_v && !billed)
    throw Error(place, QStringLiteral("VoltageDropAccessDevice is not below ReadVoltage"),
                QStringLiteral("no voltage is left for the cell: less drop, or give ReadPower (uW)"));
}

// Cells that hold a charge or a state of two inverters, behind transistors.
void checkCharge(const NvsimCell &c, const QString &place) {
  if (c.access != NvsimAccess::Cmos)
    throw Error(place, QStringLiteral("an SRAM or DRAM cell without a transistor"), QStringLiteral("AccessType: CMOS"));
  if (c.type == NvsimDram) require(c.access_width_f, "AccessCMOSWidth (F)", place);
  if (c.type == NvsimDram) require(c.dram_f, "DRAMCellCapacitance (F)", place);
}

void check(const NvsimCell &c, const QString &place) {
  require(c.area_f2, "CellArea (F^2)", place);
  if (!isResistive(c)) return checkCharge(c, place);
  require(c.on_ohm, "ResistanceOn (ohm)", place);
  require(c.off_ohm, "ResistanceOff (ohm)", place);
  if (c.off_ohm <= c.on_ohm)
    throw Error(place, QStringLiteral("ResistanceOff is not above ResistanceOn"),
                QStringLiteral("a read could not tell them apart"));
  checkRead(c, place);
  if (c.access == NvsimAccess::Cmos)
    require(c.access_width_f, "AccessCMOSWidth (F)", place);
  else
    checkBare(c, place);
  checkWrite(place, "Reset", c.reset_mode, c.reset_ua, c.reset_v, c.reset_ns, c.reset_pj);
  checkWrite(place, "Set", c.set_mode, c.set_ua, c.set_v, c.set_ns, c.set_pj);
  for (const auto &[mode, volt, pj, what] : {std::tuple{c.set_mode, c.set_v, c.set_pj, "SetVoltage"},
                                             std::tuple{c.reset_mode, c.reset_v, c.reset_pj, "ResetVoltage"}})
    if (mode == NvsimVoltage && pj == 0 && volt > 0 && volt <= c.access_drop_v)
      throw Error(place, QStringLiteral("VoltageDropAccessDevice is not below %1").arg(QLatin1String(what)),
                  QStringLiteral("no voltage is left for the cell"));
}

}  // namespace

NvsimCell readNvsimCell(const QByteArray &data, const QString &place) {
  NvsimCell cell;
  const std::vector<NvsimLine> lines = nvsimLines(data, place);
  refuseBothForms(lines, place);
  for (const NvsimLine &line : lines) put(cell, line, place);
  if (cell.type == NvsimSram && cell.access_width_f == 0) cell.access_width_f = SramAccess_f;
  check(cell, place);
  return cell;
}

void addCellKeys(ReportTable &table) {
  for (const WordKey &k : wordKeys()) table.rows.push_back(nvsimWordRow(".cell", k.word));
  for (const Number &n : Numbers) {
    table.rows.push_back(nvsimKeyRow(".cell", n.key, QString::fromLatin1(n.unit), nvsimTakes(n)));
    if (const QString key = QString::fromLatin1(n.key);
        key == QStringLiteral("ResistanceOn") || key == QStringLiteral("ResistanceOff"))
      table.rows.push_back(nvsimKeyRow(".cell", (key + QStringLiteral("AtReadVoltage")).toLatin1().constData(),
                                       QString::fromLatin1(n.unit), nvsimTakes(n),
                                       QStringLiteral("read, in place of %1").arg(key)));
  }
  for (const QString &key : Ignored)
    table.rows.push_back(nvsimKeyRow(".cell", key.toLatin1().constData(), {}, QStringLiteral("anything"),
                                     QStringLiteral("none: not used by NVSim, or of another kind of cell")));
}

}  // namespace pimento

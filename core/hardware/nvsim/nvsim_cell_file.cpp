// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/hardware/nvsim/nvsim_files.h"
#include "core/hardware/nvsim/nvsim_lines.h"

namespace pimento {

namespace {

using CellFile = NvsimCell;
using Number = NvsimNumber<NvsimCell>;

constexpr Number Numbers[] = {
    {"ProcessNode", "", 5, 250, &CellFile::process_nm, true},
    {"CellArea", "F^2", 1, 1e4, &CellFile::area_f2},
    {"CellAspectRatio", "", 0.05, 20, &CellFile::aspect},
    {"ResistanceOn", "ohm", 1, 1e12, &CellFile::on_ohm},
    {"ResistanceOff", "ohm", 1, 1e12, &CellFile::off_ohm},
    {"ReadVoltage", "V", 1e-3, 10, &CellFile::read_v},
    {"ReadCurrent", "uA", 1e-3, 1e4, &CellFile::read_ua},
    {"ReadEnergy", "pJ", 0, 1e6, &CellFile::read_pj},
    {"MinSenseVoltage", "mV", 0.1, 1e4, &CellFile::min_sense_mv},
    {"ResetVoltage", "V", 1e-3, 50, &CellFile::reset_v},
    {"ResetCurrent", "uA", 1e-3, 1e5, &CellFile::reset_ua},
    {"ResetPulse", "ns", 1e-3, 1e9, &CellFile::reset_ns},
    {"ResetEnergy", "pJ", 0, 1e6, &CellFile::reset_pj},
    {"SetVoltage", "V", 1e-3, 50, &CellFile::set_v},
    {"SetCurrent", "uA", 1e-3, 1e5, &CellFile::set_ua},
    {"SetPulse", "ns", 1e-3, 1e9, &CellFile::set_ns},
    {"SetEnergy", "pJ", 0, 1e6, &CellFile::set_pj},
    {"VoltageDropAccessDevice", "V", 0, 5, &CellFile::access_drop_v},
    {"AccessCMOSWidth", "F", 1, 1000, &CellFile::access_width_f},
};

// Keys of NVSim without effect here: they concern other cells (SRAM, DRAM, flash, floating body), cells without a
// transistor, or operating points other than the read.
const QStringList Ignored{QStringLiteral("CapacitanceOn"),
                          QStringLiteral("CapacitanceOff"),
                          QStringLiteral("ResistanceOnAtSetVoltage"),
                          QStringLiteral("ResistanceOffAtSetVoltage"),
                          QStringLiteral("ResistanceOnAtResetVoltage"),
                          QStringLiteral("ResistanceOffAtResetVoltage"),
                          QStringLiteral("ResistanceOnAtHalfReadVoltage"),
                          QStringLiteral("ResistanceOffAtHalfReadVoltage"),
                          QStringLiteral("ResistanceOnAtHalfResetVoltage"),
                          QStringLiteral("GateOxThicknessFactor"),
                          QStringLiteral("SOIDeviceWidth"),
                          QStringLiteral("Stitching"),
                          QStringLiteral("LeakageCurrentAccessDevice"),
                          QStringLiteral("DRAMCellCapacitance"),
                          QStringLiteral("SRAMCellNMOSWidth"),
                          QStringLiteral("SRAMCellPMOSWidth"),
                          QStringLiteral("ReadFloating"),
                          QStringLiteral("FlashEraseVoltage"),
                          QStringLiteral("FlashProgramVoltage"),
                          QStringLiteral("FlashPassVoltage"),
                          QStringLiteral("FlashEraseTime"),
                          QStringLiteral("FlashProgramTime"),
                          QStringLiteral("GateCouplingRatio")};

struct WordKey {
  NvsimWord word;
  int NvsimCell::*member;
};

const std::vector<WordKey> &wordKeys() {
  const QStringList modes{QStringLiteral("current"), QStringLiteral("voltage")};
  static const std::vector<WordKey> keys{
      {{"MemCellType",
        {QStringLiteral("MRAM"), QStringLiteral("PCRAM"), QStringLiteral("memristor")},
        {QStringLiteral("SRAM"), QStringLiteral("DRAM"), QStringLiteral("eDRAM"), QStringLiteral("FBRAM"),
         QStringLiteral("SLCNAND"), QStringLiteral("MLCNAND")}},
       &CellFile::type},
      {{"ReadMode", modes, {}}, &CellFile::read_mode},
      {{"ResetMode", modes, {}}, &CellFile::reset_mode},
      {{"SetMode", modes, {}}, &CellFile::set_mode},
      {{"AccessType",
        {QStringLiteral("CMOS")},
        {QStringLiteral("BJT"), QStringLiteral("diode"), QStringLiteral("None")}},
       nullptr}};
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
      if (key != line.key && cell.*(n.member) > 0)
        reader.fail(QStringLiteral("%1 and %2 are both given").arg(line.key, key), QStringLiteral("keep one of them"));
      cell.*(n.member) = reader.number(n.unit, n.low, n.high, n.whole);
      return;
    }
  for (const WordKey &k : wordKeys())
    if (key == QLatin1String(k.word.key)) {
      const int word = reader.word(k.word);
      if (k.member != nullptr) cell.*(k.member) = word;
      return;
    }
  if (!Ignored.contains(key))
    reader.fail(QStringLiteral("unknown key %1").arg(quoted(key)), knownWords(key, knownKeys()));
  cell.ignored << key;
}

void require(double value, const char *key, const QString &place) {
  if (!(value > 0))
    throw Error(place, QStringLiteral("gives no -%1").arg(QString::fromLatin1(key)),
                QStringLiteral("a cell that is sensed and written needs it"));
}

void checkWrite(const QString &place, const char *what, int mode, double ua, double volt, double pulse, double pj) {
  const QString name = QString::fromLatin1(what);
  require(pulse, (name + QStringLiteral("Pulse")).toLatin1().constData(), place);
  if (pj > 0) return;
  if (mode == NvsimCurrent) require(ua, (name + QStringLiteral("Current")).toLatin1().constData(), place);
  if (mode == NvsimVoltage) require(volt, (name + QStringLiteral("Voltage")).toLatin1().constData(), place);
}

void check(const NvsimCell &c, const QString &place) {
  require(c.area_f2, "CellArea (F^2)", place);
  require(c.on_ohm, "ResistanceOn (ohm)", place);
  require(c.off_ohm, "ResistanceOff (ohm)", place);
  if (c.off_ohm <= c.on_ohm)
    throw Error(place, QStringLiteral("ResistanceOff is not above ResistanceOn"),
                QStringLiteral("a read could not tell them apart"));
  if (!(c.read_v > 0) && !(c.read_ua > 0)) require(c.read_v, "ReadVoltage (V)", place);
  if (c.read_v > 0 && c.access_drop_v >= c.read_v)
    throw Error(place, QStringLiteral("VoltageDropAccessDevice is not below ReadVoltage"),
                QStringLiteral("no voltage is left for the cell"));
  require(c.access_width_f, "AccessCMOSWidth (F)", place);
  checkWrite(place, "Reset", c.reset_mode, c.reset_ua, c.reset_v, c.reset_ns, c.reset_pj);
  checkWrite(place, "Set", c.set_mode, c.set_ua, c.set_v, c.set_ns, c.set_pj);
}

}  // namespace

NvsimCell readNvsimCell(const QByteArray &data, const QString &place) {
  NvsimCell cell;
  for (const NvsimLine &line : nvsimLines(data, place)) put(cell, line, place);
  check(cell, place);
  return cell;
}

void addCellKeys(ReportTable &table) {
  const auto range = [](const Number &n) {
    return QStringLiteral("%1 to %2%3")
        .arg(exactNumber(n.low), exactNumber(n.high), n.whole ? QStringLiteral(", whole") : QString());
  };
  for (const WordKey &k : wordKeys()) table.rows.push_back(nvsimWordRow(".cell", k.word));
  for (const Number &n : Numbers) {
    table.rows.push_back(nvsimKeyRow(".cell", n.key, QString::fromLatin1(n.unit), range(n)));
    if (const QString key = QString::fromLatin1(n.key); key.startsWith(QStringLiteral("Resistance")))
      table.rows.push_back(nvsimKeyRow(".cell", (key + QStringLiteral("AtReadVoltage")).toLatin1().constData(),
                                       QString::fromLatin1(n.unit), range(n),
                                       QStringLiteral("read, in place of %1").arg(key)));
  }
  for (const QString &key : Ignored)
    table.rows.push_back(nvsimKeyRow(".cell", key.toLatin1().constData(), {}, QStringLiteral("anything"),
                                     QStringLiteral("none: another kind of cell or operating point")));
}

}  // namespace pimento

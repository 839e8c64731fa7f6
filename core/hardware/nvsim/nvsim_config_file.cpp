// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRegularExpression>
#include <cmath>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/hardware/nvsim/nvsim_files.h"
#include "core/hardware/nvsim/nvsim_lines.h"

namespace pimento {

namespace {

using C = NvsimConfig;

constexpr NvsimNumber<NvsimConfig> Numbers[] = {
    {"ProcessNode", "", NvsimSmallest_nm, NvsimLargest_nm, &C::process_nm, NvsimTakes::Whole},
    {"WordWidth", "bit", 1, 1 << 16, &C::word_bits, NvsimTakes::Whole},
    {"Temperature", "K", NvsimColdest_k, NvsimHottest_k, &C::temperature_k},
    {"MaxNmosSize", "F", 1.5, 1e4, &C::widest_f},
    {"ForceMuxSenseAmp", "", 1, 256, &C::mux_sense, NvsimTakes::Whole},
    {"ForceMuxOutputLev1", "", 1, 256, &C::mux_output1, NvsimTakes::Whole},
    {"ForceMuxOutputLev2", "", 1, 256, &C::mux_output2, NvsimTakes::Whole},
};

constexpr double MaxCapacity_bytes = 1LL << 37;

// Keys of NVSim and DESTINY without effect here: limits of the search, caches, flash, what is printed, and DRAM.
const QStringList Ignored{QStringLiteral("OutputFilePrefix"),
                          QStringLiteral("Optimization"),
                          QStringLiteral("PrintAllOptimals"),
                          QStringLiteral("PrintLevel"),
                          QStringLiteral("AllowDifferentTagTech"),
                          QStringLiteral("RetentionTime"),
                          QStringLiteral("PartitionGranularity"),
                          QStringLiteral("LocalTSVProjection"),
                          QStringLiteral("GlobalTSVProjection"),
                          QStringLiteral("TSVRedundancy"),
                          QStringLiteral("EnablePruning"),
                          QStringLiteral("Associativity"),
                          QStringLiteral("CacheAccessMode"),
                          QStringLiteral("MaxDriverCurrent"),
                          QStringLiteral("FlashPageSize"),
                          QStringLiteral("FlashBlockSize"),
                          QStringLiteral("ApplyReadLatencyConstraint"),
                          QStringLiteral("ApplyWriteLatencyConstraint"),
                          QStringLiteral("ApplyReadDynamicEnergyConstraint"),
                          QStringLiteral("ApplyWriteDynamicEnergyConstraint"),
                          QStringLiteral("ApplyLeakageConstraint"),
                          QStringLiteral("ApplyAreaConstraint"),
                          QStringLiteral("ApplyReadEdpConstraint"),
                          QStringLiteral("ApplyWriteEdpConstraint")};

const QStringList Layers{QStringLiteral("LocalAggressive"),  QStringLiteral("LocalConservative"),
                         QStringLiteral("SemiAggressive"),   QStringLiteral("SemiConservative"),
                         QStringLiteral("GlobalAggressive"), QStringLiteral("GlobalConservative")};
const QStringList Repeaters{QStringLiteral("RepeatedNone"),       QStringLiteral("RepeatedOpt"),
                            QStringLiteral("Repeated5%Penalty"),  QStringLiteral("Repeated10%Penalty"),
                            QStringLiteral("Repeated20%Penalty"), QStringLiteral("Repeated30%Penalty"),
                            QStringLiteral("Repeated40%Penalty"), QStringLiteral("Repeated50%Penalty")};
constexpr double Penalties[] = {0, 0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5};

void ignoreWord(NvsimConfig &, int) {}

void putLayer(WireLayer &layer, WireQuality &quality, int word) {
  layer = static_cast<WireLayer>(word / 2);
  quality = static_cast<WireQuality>(word % 2);
}

struct WordKey {
  NvsimWord word;
  void (*put)(NvsimConfig &, int);
};

const std::vector<WordKey> &wordKeys() {
  const auto text = [](const char *t) { return QString::fromLatin1(t); };
  static const std::vector<WordKey> keys{
      {{"DesignTarget", {text("RAM")}, {text("cache"), text("CAM")}}, ignoreWord},
      // Any will do: the geometry is forced, so nothing is searched for.
      {{"OptimizationTarget",
        {text("ReadLatency"), text("WriteLatency"), text("ReadDynamicEnergy"), text("WriteDynamicEnergy"),
         text("ReadEDP"), text("WriteEDP"), text("LeakagePower"), text("Area"), text("Exploration"), text("Full"),
         text("full")},
        {}},
       ignoreWord},
      {{"DeviceRoadmap", {text("LSTP"), text("LOP"), text("HP")}, {}},
       [](NvsimConfig &c, int w) { c.roadmap = static_cast<NvsimRoadmap>(w); }},
      {{"LocalWireType", Layers, {text("DRAMWordline")}},
       [](NvsimConfig &c, int w) { putLayer(c.local_layer, c.local_quality, w); }},
      {{"GlobalWireType", Layers, {text("DRAMWordline")}},
       [](NvsimConfig &c, int w) { putLayer(c.global_layer, c.global_quality, w); }},
      // Lines of a sub-array have no repeaters, whatever it says.
      {{"LocalWireRepeaterType", Repeaters, {}}, ignoreWord},
      {{"GlobalWireRepeaterType", Repeaters, {}},
       [](NvsimConfig &c, int w) {
         c.repeaters = w > 0;
         c.repeater_penalty = Penalties[w];
       }},
      {{"LocalWireUseLowSwing", {text("No")}, {text("Yes")}}, ignoreWord},
      {{"GlobalWireUseLowSwing", {text("No")}, {text("Yes")}}, ignoreWord},
      {{"Routing", {text("H-tree")}, {text("non-H-tree"), text("Non-H-tree")}}, ignoreWord},
      {{"InternalSensing", {text("true")}, {text("false")}}, ignoreWord},
      {{"BufferDesignOptimization", {text("latency"), text("balanced"), text("area")}, {}},
       [](NvsimConfig &c, int w) { c.buffers = static_cast<NvsimBuffers>(w); }},
      // DESTINY: one die.
      {{"StackedDieCount", {text("1")}, {}}, ignoreWord},
      {{"MonolithicStackCount", {text("1")}, {}}, ignoreWord},
      {{"UseCactiAssumption", {text("No")}, {text("Yes")}}, ignoreWord},
      {{"WriteScheme",
        {text("Normal"), text("SetBeforeReset"), text("ResetBeforeSet"), text("EraseBeforeSet"),
         text("EraseBeforeReset")},
        {text("WriteAndVerify")}},
       [](NvsimConfig &c, int w) { c.erase_first = w >= 3; }},
  };
  return keys;
}

QStringList knownKeys() {
  QStringList keys{QStringLiteral("Capacity"), QStringLiteral("MemoryCellInputFile"), QStringLiteral("ForceBank"),
                   QStringLiteral("ForceMat")};
  for (const WordKey &k : wordKeys()) keys << QString::fromLatin1(k.word.key);
  for (const auto &n : Numbers) keys << QString::fromLatin1(n.key);
  return keys + Ignored;
}

double capacity_bytes(const NvsimLineReader &reader, const QString &unit) {
  for (const auto &[name, bytes] : {std::pair{"B", 1.0}, std::pair{"KB", 1024.0}, std::pair{"MB", 1048576.0}})
    if (unit == QLatin1String(name))
      return bytes * reader.number({name, 1, MaxCapacity_bytes / bytes, NvsimTakes::Whole});
  reader.fail(QStringLiteral("Capacity stands with %1").arg(quoted(unit)),
              QStringLiteral("its unit is (B), (KB) or (MB)"));
}

Grid grid(const NvsimLineReader &reader, const NvsimLine &line) {
  static const QRegularExpression form(QStringLiteral("^(\\d{1,4})x(\\d{1,4})\\s*,\\s*(\\d{1,4})x(\\d{1,4})$"));
  reader.expectUnit("Total AxB, Active CxD");
  const QRegularExpressionMatch match = form.match(line.value);
  const Grid g{match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt(),
               match.captured(4).toInt()};
  const bool inside = g.rows >= 1 && g.columns >= 1 && g.rows <= 1024 && g.columns <= 1024;
  if (!inside || g.activeRows < 1 || g.activeColumns < 1 || g.activeRows > g.rows || g.activeColumns > g.columns)
    reader.fail(QStringLiteral("%1: %2 is not a grid").arg(line.key, quoted(line.value)),
                QStringLiteral("write \"8x8, 1x1\": all and active, 1 to 1024 each"));
  return g;
}

void put(NvsimConfig &c, const NvsimLine &line, const QString &place) {
  const NvsimLineReader reader(place, line);
  if (line.key == QStringLiteral("Capacity")) {
    c.capacity_bytes = capacity_bytes(reader, line.unit);
    return;
  }
  if (line.key == QStringLiteral("MemoryCellInputFile")) {
    c.cell_file = line.value;
    return;
  }
  if (line.key == QStringLiteral("ForceBank") || line.key == QStringLiteral("ForceMat")) {
    (line.key == QStringLiteral("ForceBank") ? c.bank : c.mat) = grid(reader, line);
    return;
  }
  for (const auto &n : Numbers)
    if (line.key == QLatin1String(n.key)) {
      c.*(n.member) = reader.number(n);
      return;
    }
  for (const WordKey &k : wordKeys())
    if (line.key == QLatin1String(k.word.key)) return k.put(c, reader.word(k.word));
  if (!Ignored.contains(line.key))
    reader.fail(QStringLiteral("unknown key %1").arg(quoted(line.key)), knownWords(line.key, knownKeys()));
  c.ignored << line.key;
}

void requireKey(const std::vector<NvsimLine> &lines, const char *key, const QString &place) {
  for (const NvsimLine &line : lines)
    if (line.key == QLatin1String(key)) return;
  throw Error(place, QStringLiteral("gives no -%1").arg(QString::fromLatin1(key)),
              QStringLiteral("the geometry must be forced: it is not searched for"));
}

void check(const NvsimConfig &c, const QString &place) {
  const double cells = c.capacity_bytes * 8;
  const double subarrays = double(c.bank.rows) * c.bank.columns * c.mat.rows * c.mat.columns;
  const double mux = c.mux_sense * c.mux_output1 * c.mux_output2;
  const double active = double(c.bank.activeRows) * c.bank.activeColumns * c.mat.activeRows * c.mat.activeColumns;
  const double columns = c.word_bits * mux / active;
  const double rows = columns > 0 ? cells / subarrays / columns : 0;
  const auto whole = [](double v, double low, double high) { return v >= low && v <= high && v == std::floor(v); };
  if (!whole(columns, 1, 65536))
    throw Error(place, QStringLiteral("a sub-array would have %1 columns").arg(columns),
                QStringLiteral("word bits x multiplexers over active sub-arrays: 1 to 65536, whole"));
  if (!whole(rows, 2, 65536))
    throw Error(place, QStringLiteral("a sub-array would have %1 rows").arg(rows),
                QStringLiteral("capacity over sub-arrays and columns: 2 to 65536, whole"));
}

}  // namespace

int NvsimConfig::columns() const {
  const double active = double(bank.activeRows) * bank.activeColumns * mat.activeRows * mat.activeColumns;
  return static_cast<int>(word_bits * mux_sense * mux_output1 * mux_output2 / active);
}

int NvsimConfig::rows() const {
  const double subarrays = double(bank.rows) * bank.columns * mat.rows * mat.columns;
  return static_cast<int>(capacity_bytes * 8 / subarrays / columns());
}

NvsimConfig readNvsimConfig(const QByteArray &data, const QString &place) {
  NvsimConfig config;
  const std::vector<NvsimLine> lines = nvsimLines(data, place);
  for (const NvsimLine &line : lines) put(config, line, place);
  for (const char *key : {"ProcessNode", "Capacity", "WordWidth", "ForceBank", "ForceMat"})
    requireKey(lines, key, place);
  check(config, place);
  return config;
}

void addConfigKeys(ReportTable &table) {
  const QString grids = QStringLiteral("\"8x8, 1x1\": all and active, 1 to 1024 each");
  const QString total = QStringLiteral("Total AxB, Active CxD");
  table.rows.push_back(
      nvsimKeyRow(".cfg", "Capacity", QStringLiteral("B, KB or MB"), QStringLiteral("whole, up to 128 GB")));
  table.rows.push_back(nvsimKeyRow(".cfg", "MemoryCellInputFile", {}, QStringLiteral("a file beside this one"),
                                   QStringLiteral("read where --cell is absent")));
  table.rows.push_back(nvsimKeyRow(".cfg", "ForceBank", total, grids));
  table.rows.push_back(nvsimKeyRow(".cfg", "ForceMat", total, grids));
  for (const auto &n : Numbers)
    table.rows.push_back(nvsimKeyRow(".cfg", n.key, QString::fromLatin1(n.unit), nvsimTakes(n)));
  for (const WordKey &k : wordKeys()) {
    table.rows.push_back(nvsimWordRow(".cfg", k.word));
    if (QLatin1String(k.word.key) == QLatin1String("OptimizationTarget"))
      table.rows.back().back() = QStringLiteral("none: the geometry is forced, nothing is searched for");
    if (QLatin1String(k.word.key) == QLatin1String("LocalWireRepeaterType"))
      table.rows.back().back() = QStringLiteral("none: the lines of a sub-array have no repeaters");
  }
  for (const QString &key : Ignored)
    table.rows.push_back(nvsimKeyRow(".cfg", key.toLatin1().constData(), {}, QStringLiteral("anything"),
                                     QStringLiteral("none: limits of a search, caches or flash")));
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/silicon/chip_file.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <cmath>

#include "core/base/error.h"
#include "core/files/json_reader.h"
#include "core/files/whole_file.h"
#include "core/hardware/profile/parameters.h"
#include "core/hardware/silicon/prediction.h"

namespace pimento {

namespace {

constexpr qsizetype MostBytes = 1 << 16;
constexpr qsizetype MostText = 500;
constexpr std::size_t MostFigures = 64;
constexpr qsizetype MostChips = 256;
constexpr double Largest = 1e18;  // of a figure; the smallest is one over it
constexpr int MostBits = 64;
const QString Format = QStringLiteral("pimento-silicon");
constexpr int Version = 1;

const QStringList ChipKeys{QStringLiteral("format"),   QStringLiteral("version"),       QStringLiteral("name"),
                           QStringLiteral("title"),    QStringLiteral("source"),        QStringLiteral("evidence"),
                           QStringLiteral("scope"),    QStringLiteral("cell"),          QStringLiteral("node_nm"),
                           QStringLiteral("supply_v"), QStringLiteral("temperature_k"), QStringLiteral("capacity_kbit"),
                           QStringLiteral("rows"),     QStringLiteral("columns"),       QStringLiteral("read_bits"),
                           QStringLiteral("stated"),   QStringLiteral("measurements")};
const QStringList FigureKeys{
    QStringLiteral("quantity"),    QStringLiteral("unit"),          QStringLiteral("value"),
    QStringLiteral("low"),         QStringLiteral("high"),          QStringLiteral("bits_in"),
    QStringLiteral("bits_out"),    QStringLiteral("bits_weight"),   QStringLiteral("sparsity_pct"),
    QStringLiteral("supply_v"),    QStringLiteral("temperature_k"), QStringLiteral("source"),
    QStringLiteral("beyond_model")};

// In the order of their enumerations.
const QStringList Evidences{QStringLiteral("measured"), QStringLiteral("simulated")};
const QStringList Scopes{QStringLiteral("macro"), QStringLiteral("chip"), QStringLiteral("array"),
                         QStringLiteral("device")};
const QStringList Cells{QStringLiteral("stt"), QStringLiteral("sot")};

QString textOf(const JsonReader &reader, const char *key) {
  const QString text = reader.text(key);
  if (text.size() > MostText || !text.isValidUtf16())
    reader.fail(key, QStringLiteral("must be text of at most %1 characters").arg(MostText));
  return text;
}

QString neededText(const JsonReader &reader, const char *key, const QString &remedy) {
  const QString text = textOf(reader, key);
  if (text.trimmed().isEmpty()) reader.fail(key, QStringLiteral("is missing"), remedy);
  return text;
}

template <typename Enum>
Enum wordOf(const JsonReader &reader, const char *key, const QStringList &words) {
  const QString word = textOf(reader, key);
  const qsizetype at = words.indexOf(word);
  if (at < 0)
    reader.fail(key,
                word.isEmpty() ? QStringLiteral("is missing") : QStringLiteral("%1 is not known").arg(quoted(word)),
                knownWords(word, words));
  return static_cast<Enum>(at);
}

std::optional<double> numberOf(const JsonReader &reader, const char *key, double least, double most) {
  if (!reader.has(key)) return std::nullopt;
  return reader.number(key, 0, least, most);
}

// The range of a parameter of the model is that of the condition that stands for it.
std::optional<double> conditionOf(const JsonReader &reader, const char *key, const char *parameter) {
  const Parameter &p = requireParameter(QString::fromLatin1(parameter), reader.place());
  return numberOf(reader, key, p.minimum, p.maximum);
}

// The unit is named and is the quantity's: no figure is taken in another one.
void checkUnit(const JsonReader &reader, const ChipQuantityTraits &quantity) {
  const QString unit = QString::fromUtf8(quantity.unit);
  const QString remedy =
      QStringLiteral("%1 is in %2: write \"unit\": \"%2\"").arg(QString::fromLatin1(quantity.key), unit);
  const QString given = neededText(reader, "unit", remedy);
  if (given != unit)
    reader.fail("unit", QStringLiteral("%1 is not the unit of %2").arg(quoted(given), QLatin1String(quantity.key)),
                remedy);
}

void readEnds(Measurement &m, const JsonReader &reader) {
  const auto end = [&](const char *key) { return numberOf(reader, key, 1 / Largest, Largest); };
  const auto value = end("value");
  m.low = value ? value : end("low");
  m.high = value ? value : end("high");
  if (value && (reader.has("low") || reader.has("high")))
    reader.fail("value", QStringLiteral("stands beside \"low\" or \"high\""),
                QStringLiteral("give a value or a range"));
  if (!m.low && !m.high)
    reader.fail("value", QStringLiteral("is missing"),
                QStringLiteral("give \"value\", a range by \"low\" and \"high\", or a bound by one of them"));
  if (m.low && m.high && *m.low > *m.high)
    reader.fail("low", QStringLiteral("%1 is above \"high\", %2").arg(*m.low).arg(*m.high),
                QStringLiteral("the range is turned round"));
}

Measurement readFigure(const QJsonObject &object, const QString &place) {
  const JsonReader reader(object, place, FigureKeys);
  Measurement m;
  m.quantity = wordOf<ChipQuantity>(reader, "quantity", chipQuantityKeys());
  checkUnit(reader, traits(m.quantity));
  readEnds(m, reader);
  m.bits_in = reader.whole("bits_in", 0, 1, MostBits);
  m.bits_weight = reader.whole("bits_weight", 0, 1, MostBits);
  m.bits_out = reader.whole("bits_out", 0, 1, MostBits);
  m.sparsity_pct = numberOf(reader, "sparsity_pct", 0, 100);
  m.supply_v = conditionOf(reader, "supply_v", "vdd_v");
  m.temperature_k = conditionOf(reader, "temperature_k", "temperature_k");
  m.source = neededText(reader, "source", QStringLiteral("name abstract, section, table or figure"));
  m.beyond_model = textOf(reader, "beyond_model");
  return m;
}

void readStated(PublishedChip &chip, const QJsonObject &object, const QString &place) {
  Accelerator checked;
  for (auto it = object.begin(); it != object.end(); ++it) {
    const Parameter &p = requireParameter(it.key(), place);
    if (!p.words.empty() || !it.value().isDouble())
      throw Error(place, QStringLiteral("%1 is not a number").arg(quoted(it.key())),
                  QStringLiteral("state parameters that are numbers"));
    setParameter(checked, p, it.value().toDouble(), place);
    chip.stated.insert(it.key(), it.value().toDouble());
  }
}

// Only what a device does by itself has no node.
void checkNode(const PublishedChip &chip, const QString &place) {
  if (chip.node_nm) return;
  for (const Measurement &m : chip.measurements)
    if (traits(m.quantity).topic != ChipTopic::Device)
      throw Error(QStringLiteral("%1, key %2").arg(place, quoted(QStringLiteral("node_nm"))),
                  QStringLiteral("is missing, and %1 depends on it").arg(QLatin1String(traits(m.quantity).key)),
                  QStringLiteral("state the node in nm"));
}

// What the source states must hold together in the model. A memory by itself has no banks of an accelerator.
void checkStated(const PublishedChip &chip, const QString &place) {
  Accelerator a = acceleratorOf(chip, chip.measurements.front());
  a.chip = Chip{};
  validate(a, place);
}

void readConditions(PublishedChip &chip, const JsonReader &reader) {
  chip.node_nm = conditionOf(reader, "node_nm", "feature_nm");
  chip.supply_v = conditionOf(reader, "supply_v", "vdd_v");
  chip.temperature_k = conditionOf(reader, "temperature_k", "temperature_k");
  const Parameter &capacity = requireParameter(QStringLiteral("capacity_mbit"), reader.place());
  chip.capacity_kbit = numberOf(reader, "capacity_kbit", 1, capacity.maximum * 1024);
  for (const auto &[key, member] :
       {std::pair{"rows", &PublishedChip::rows}, std::pair{"columns", &PublishedChip::columns}}) {
    const Parameter &p = requireParameter(QString::fromLatin1(key), reader.place());
    chip.*member = reader.whole(key, 0, static_cast<int>(p.minimum), static_cast<int>(p.maximum));
  }
  chip.read_bits = reader.whole("read_bits", 0, 1, 1 << 20);
}

}  // namespace

double Measurement::middle() const {
  if (low && high) return *low == *high ? *low : std::sqrt(*low) * std::sqrt(*high);
  return low ? *low : high.value_or(0);
}

PublishedChip readChip(const QByteArray &data, const QString &place) {
  if (data.size() > MostBytes) throw Error(place, QStringLiteral("more than %1 KB").arg(MostBytes >> 10));
  const JsonReader reader(parseJsonObject(data, place, MostBytes), place, ChipKeys);
  if (reader.text("format") != Format)
    throw Error(place, QStringLiteral("is not a file of a published memory"),
                QStringLiteral("it must say \"format\": \"%1\"").arg(Format));
  if (reader.whole("version", 0, 0, 1'000'000) != Version)
    reader.fail("version", QStringLiteral("is not known"),
                QStringLiteral("this program reads version %1").arg(Version));
  PublishedChip chip;
  static const QRegularExpression plain(QStringLiteral("^[a-z0-9][a-z0-9.-]*$"));
  chip.name = neededText(reader, "name", QStringLiteral("give it a short name"));
  if (!plain.match(chip.name).hasMatch())
    reader.fail("name", QStringLiteral("%1 is no name").arg(quoted(chip.name)),
                QStringLiteral("small letters, digits, - and ."));
  chip.title = neededText(reader, "title", QStringLiteral("say what it is"));
  chip.source = neededText(reader, "source", QStringLiteral("say where it was published"));
  chip.evidence = wordOf<ChipEvidence>(reader, "evidence", Evidences);
  chip.scope = wordOf<ChipScope>(reader, "scope", Scopes);
  chip.cell = Cells[wordOf<int>(reader, "cell", Cells)];
  readConditions(chip, reader);
  readStated(chip, reader.object("stated"), place + QStringLiteral(", stated"));
  const std::vector<QJsonObject> figures = reader.objects("measurements");
  if (figures.empty() || figures.size() > MostFigures)
    reader.fail("measurements", QStringLiteral("must be 1 to %1 figures").arg(MostFigures));
  for (std::size_t i = 0; i < figures.size(); ++i)
    chip.measurements.push_back(readFigure(figures[i], QStringLiteral("%1, measurement %2").arg(place).arg(i + 1)));
  checkNode(chip, place);
  checkStated(chip, place);
  return chip;
}

PublishedChip openChip(const QString &path) { return readChip(readWhole(path, MostBytes), path); }

std::vector<PublishedChip> openChips(const QString &fileOrFolder) {
  if (!QFileInfo(fileOrFolder).isDir()) return {openChip(fileOrFolder)};
  const QDir folder(fileOrFolder);
  const QStringList names = folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
  if (names.isEmpty() || names.size() > MostChips)
    throw Error(fileOrFolder, QStringLiteral("holds %1 .json files").arg(names.size()),
                QStringLiteral("1 to %1, one a chip").arg(MostChips));
  std::vector<PublishedChip> chips;
  QMap<QString, QString> seen;
  for (const QString &name : names) {
    chips.push_back(openChip(folder.filePath(name)));
    if (seen.contains(chips.back().name))
      throw Error(folder.filePath(name),
                  QStringLiteral("has the name %1 of %2").arg(quoted(chips.back().name), seen[chips.back().name]),
                  QStringLiteral("one file a chip"));
    seen.insert(chips.back().name, name);
  }
  return chips;
}

std::vector<PublishedChip> publishedChips() { return openChips(QStringLiteral(":/silicon")); }

}  // namespace pimento

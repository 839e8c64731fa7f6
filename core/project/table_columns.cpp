// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/table_columns.h"

#include <QJsonArray>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/files/json_reader.h"

namespace pimento {

namespace {

using Whole = std::vector<std::uint32_t>;

// The parts of a key, each with its column.
struct KeyPart {
  const char *name;
  bool isName;         // an index into the names
  std::uint32_t most;  // of the others
  std::uint32_t (*get)(const DesignKey &);
  void (*set)(DesignKey &, std::uint32_t);
};

constexpr std::array<KeyPart, 11> KeyParts{{
    {"network", true, 0, [](const DesignKey &k) { return k.network; },
     [](DesignKey &k, std::uint32_t v) { k.network = v; }},
    {"variant", true, 0, [](const DesignKey &k) { return k.variant; },
     [](DesignKey &k, std::uint32_t v) { k.variant = v; }},
    {"dataset", true, 0, [](const DesignKey &k) { return k.dataset; },
     [](DesignKey &k, std::uint32_t v) { k.dataset = v; }},
    {"training", true, 0, [](const DesignKey &k) { return k.training; },
     [](DesignKey &k, std::uint32_t v) { k.training = v; }},
    {"run", true, 0, [](const DesignKey &k) { return k.run; }, [](DesignKey &k, std::uint32_t v) { k.run = v; }},
    {"platform", true, 0, [](const DesignKey &k) { return k.platform; },
     [](DesignKey &k, std::uint32_t v) { k.platform = v; }},
    {"profile_hash", true, 0, [](const DesignKey &k) { return k.profileHash; },
     [](DesignKey &k, std::uint32_t v) { k.profileHash = v; }},
    {"bits_w", false, 255, [](const DesignKey &k) { return std::uint32_t{k.bitsWeights}; },
     [](DesignKey &k, std::uint32_t v) { k.bitsWeights = static_cast<std::uint8_t>(v); }},
    {"bits_a", false, 255, [](const DesignKey &k) { return std::uint32_t{k.bitsActivations}; },
     [](DesignKey &k, std::uint32_t v) { k.bitsActivations = static_cast<std::uint8_t>(v); }},
    {"scope", false, 1, [](const DesignKey &k) { return k.scope == Scope::Head ? 1U : 0U; },
     [](DesignKey &k, std::uint32_t v) { k.scope = v == 1 ? Scope::Head : Scope::Whole; }},
    {"reference", false, 1, [](const DesignKey &k) { return k.reference ? 1U : 0U; },
     [](DesignKey &k, std::uint32_t v) { k.reference = v == 1; }},
}};

constexpr double Absent = std::numeric_limits<double>::quiet_NaN();
const QString LengthColumn = QStringLiteral("network");  // always a list or tensor: it says how many rows there are

const QString ValidityColumn = QStringLiteral("validity");       // 0 valid, 1 doubtful, 2 invalid
const QString ReasonColumn = QStringLiteral("validity_reason");  // index into the reasons
const char *const ReasonsKey = "validity_reasons";

QString valueColumn(const MetricInfo &metric) { return QString::fromLatin1(metric.column); }
QString fromColumn(const MetricInfo &metric) { return QString::fromLatin1(metric.key) + QStringLiteral("_from"); }

// --- writing ---

template <class T>
Tensor narrowed(const QString &name, const Whole &values) {
  const std::vector<T> narrow(values.begin(), values.end());
  return makeTensor<T>(name, narrow);
}

class ColumnWriter {
 public:
  explicit ColumnWriter(ColumnStorage storage) : m_storage(storage) {}

  void whole(const QString &name, const Whole &values) {
    if (values.empty() || (name != LengthColumn && uniform(values))) {
      if (!values.empty() && values.front() != 0) m_columns.insert(name, static_cast<qint64>(values.front()));
    } else if (m_storage == ColumnStorage::Lists) {
      QJsonArray list;
      for (const std::uint32_t value : values) list.append(static_cast<qint64>(value));
      m_columns.insert(name, list);
    } else {
      const std::uint32_t most = *std::max_element(values.begin(), values.end());
      m_tensors.push_back(most < 256     ? narrowed<std::uint8_t>(name, values)
                          : most < 65536 ? narrowed<std::uint16_t>(name, values)
                                         : makeTensor<std::uint32_t>(name, values));
    }
  }

  void values(const QString &name, std::span<const double> values) {
    if (uniform(values)) {
      m_columns.insert(name, values.front());
    } else if (m_storage == ColumnStorage::Lists) {
      QJsonArray list;
      for (const double value : values) list.append(std::isnan(value) ? QJsonValue::Null : QJsonValue(value));
      m_columns.insert(name, list);
    } else {
      m_tensors.push_back(makeTensor<double>(name, values));
    }
  }

  [[nodiscard]] const QJsonObject &columns() const { return m_columns; }
  [[nodiscard]] std::vector<Tensor> takeTensors() { return std::move(m_tensors); }

 private:
  template <class Values>
  [[nodiscard]] static bool uniform(const Values &values) {
    return std::all_of(values.begin(), values.end(), [&](auto value) { return value == values.front(); });
  }

  ColumnStorage m_storage;
  QJsonObject m_columns;
  std::vector<Tensor> m_tensors;
};

// The provenance of each value of a metric. An absent value repeats its neighbour's, so that one source stays one
// number.
Whole provenancesOf(const DesignTable &table, Metric metric, std::size_t firstPresent) {
  const std::span<const double> values = table.column(metric);
  Whole from(values.size());
  ProvenanceId last = table.provenanceId(static_cast<std::uint32_t>(firstPresent), metric);
  for (std::size_t row = 0; row < from.size(); ++row) {
    if (!std::isnan(values[row])) last = table.provenanceId(static_cast<std::uint32_t>(row), metric);
    from[row] = last;
  }
  return from;
}

QJsonArray provenanceJson(const DesignTable &table) {
  QJsonArray list;
  for (ProvenanceId id = 0; id < table.provenanceCount(); ++id) {
    const Provenance &p = table.provenance(id);
    QJsonObject object{{QStringLiteral("kind"), kindName(p.kind)}, {QStringLiteral("source"), p.source}};
    if (!p.formula.isEmpty()) object.insert(QStringLiteral("formula"), p.formula);
    if (!p.warnings.isEmpty()) object.insert(QStringLiteral("warnings"), QJsonArray::fromStringList(p.warnings));
    if (p.images > 0) object.insert(QStringLiteral("images"), p.images);
    if (p.corrected) object.insert(QStringLiteral("corrected"), true);
    if (p.interval) object.insert(QStringLiteral("interval"), QJsonArray{p.interval->low, p.interval->high});
    list.append(object);
  }
  return list;
}

// Validities and their reasons, each reason once. Nothing of a table in which every row is valid, which reads as before
// there were validities.
QJsonArray writeValidities(const DesignTable &table, ColumnWriter &writer) {
  QJsonArray reasons;
  if (table.allValid()) return reasons;
  Whole validities(table.size());
  Whole reasonOf(table.size());
  QHash<QString, std::uint32_t> known{{QString(), 0}};
  reasons.append(QString());
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    validities[row] = static_cast<std::uint32_t>(table.validity(row));
    const QString &reason = table.validityReason(row);
    auto found = known.constFind(reason);
    if (found == known.constEnd()) {
      found = known.insert(reason, static_cast<std::uint32_t>(reasons.size()));
      reasons.append(reason);
    }
    reasonOf[row] = *found;
  }
  writer.whole(ValidityColumn, validities);
  writer.whole(ReasonColumn, reasonOf);
  return reasons;
}

// --- reading ---

QStringList knownColumns() {
  QStringList known;
  for (const KeyPart &column : KeyParts) known << QString::fromLatin1(column.name);
  for (const MetricInfo &metric : allMetrics()) known << valueColumn(metric) << fromColumn(metric);
  return known << ValidityColumn << ReasonColumn;
}

class ColumnReader {
 public:
  ColumnReader(const QJsonObject &columns, const std::vector<Tensor> &tensors, QString place)
      : m_columns(columns), m_place(std::move(place)) {
    const QStringList known = knownColumns();
    for (const QString &name : columns.keys()) check(name, known);
    for (const Tensor &tensor : tensors) {
      check(tensor.name, known);
      if (tensor.shape.size() != 1) fail(tensor.name, QStringLiteral("has %1 dimensions").arg(tensor.shape.size()));
      m_tensors.insert(tensor.name, &tensor);
    }
    m_rows = length();
  }

  [[nodiscard]] std::size_t rows() const { return m_rows; }

  // One number a row; NaN where absent.
  [[nodiscard]] std::vector<double> values(const QString &name) const {
    std::vector<double> values = read(name);
    if (values.size() != m_rows)
      fail(name, QStringLiteral("has %1 rows where the table has %2").arg(values.size()).arg(m_rows));
    const auto bad = std::find_if(values.begin(), values.end(), [](double value) { return std::isinf(value); });
    if (bad != values.end()) fail(name, QStringLiteral("row %1 is not finite").arg(bad - values.begin() + 1));
    return values;
  }

  [[nodiscard]] bool has(const QString &name) const { return m_columns.contains(name) || m_tensors.contains(name); }

  // One whole number a row, at most `most`; 0 where the column is left out.
  [[nodiscard]] Whole whole(const QString &name, std::uint32_t most) const {
    Whole result(m_rows);
    if (!has(name)) return result;
    const std::vector<double> numbers = values(name);
    for (std::size_t row = 0; row < m_rows; ++row) {
      const double value = numbers[row];
      if (!(value >= 0 && value <= most) || value != std::floor(value))
        fail(name, QStringLiteral("row %1 is not a whole number from 0 to %2").arg(row + 1).arg(most));
      result[row] = static_cast<std::uint32_t>(value);
    }
    return result;
  }

 private:
  void check(const QString &name, const QStringList &known) const {
    if (!known.contains(name))
      throw Error(m_place, QStringLiteral("unknown column %1").arg(quoted(name)), knownWords(name, known));
    if (m_tensors.contains(name)) fail(name, QStringLiteral("is there twice"));
  }

  [[nodiscard]] std::size_t length() const {
    if (!has(LengthColumn)) return 0;
    const QJsonValue list = m_columns.value(LengthColumn);
    if (!m_tensors.contains(LengthColumn) && !list.isArray())
      fail(LengthColumn, QStringLiteral("must have a value for each row"));
    const std::size_t rows = m_tensors.contains(LengthColumn)
                                 ? static_cast<std::size_t>(m_tensors[LengthColumn]->shape.front())
                                 : static_cast<std::size_t>(list.toArray().size());
    const std::size_t most = m_tensors.contains(LengthColumn) ? MaxTableRows : MaxListRows;
    if (rows > most) fail(LengthColumn, QStringLiteral("has more than %1 rows").arg(most));
    return rows;
  }

  [[nodiscard]] std::vector<double> read(const QString &name) const {
    if (m_tensors.contains(name)) {
      if (m_columns.contains(name)) fail(name, QStringLiteral("is there twice"));
      return fromTensor(*m_tensors[name]);
    }
    const QJsonValue value = m_columns.value(name);
    if (value.isDouble()) return std::vector<double>(m_rows, value.toDouble());
    if (!value.isArray()) fail(name, QStringLiteral("must be a number or a list of numbers"));
    std::vector<double> values;
    const QJsonArray list = value.toArray();
    values.reserve(static_cast<std::size_t>(list.size()));
    for (const auto item : list) {
      if (!item.isDouble() && !item.isNull())
        fail(name, QStringLiteral("row %1 is not a number").arg(values.size() + 1));
      values.push_back(item.toDouble(Absent));
    }
    return values;
  }

  template <class T>
  [[nodiscard]] static std::vector<double> widened(const Tensor &tensor) {
    const std::vector<T> values = tensorValues<T>(tensor);
    return {values.begin(), values.end()};
  }

  [[nodiscard]] std::vector<double> fromTensor(const Tensor &tensor) const {
    switch (tensor.type) {
      case TensorType::F64:
        return tensorValues<double>(tensor);
      case TensorType::U32:
        return widened<std::uint32_t>(tensor);
      case TensorType::U16:
        return widened<std::uint16_t>(tensor);
      case TensorType::U8:
        return widened<std::uint8_t>(tensor);
      default:
        fail(tensor.name, QStringLiteral("is of type %1").arg(tensorTypeName(tensor.type)),
             QStringLiteral("columns are F64, U32, U16 or U8"));
    }
  }

  [[noreturn]] void fail(const QString &column, const QString &problem, const QString &remedy = {}) const {
    throw Error(QStringLiteral("%1, column %2").arg(m_place, column), problem, remedy);
  }

  const QJsonObject &m_columns;
  QString m_place;
  QHash<QString, const Tensor *> m_tensors;
  std::size_t m_rows = 0;
};

std::optional<Interval> readInterval(const JsonReader &reader) {
  if (!reader.has("interval")) return std::nullopt;
  const QJsonArray ends = reader.array("interval");
  if (ends.size() != 2 || !ends[0].isDouble() || !ends[1].isDouble() || !(ends[0].toDouble() <= ends[1].toDouble()))
    reader.fail("interval", QStringLiteral("must be two numbers, the lower one first"));
  return Interval{ends[0].toDouble(), ends[1].toDouble()};
}

std::vector<ProvenanceId> readProvenances(DesignTable &table, const JsonReader &reader) {
  std::vector<ProvenanceId> ids;
  for (const QJsonObject &object : reader.objects("provenances")) {
    const JsonReader one(
        object, QStringLiteral("%1, provenance %2").arg(reader.place()).arg(ids.size()),
        {QStringLiteral("kind"), QStringLiteral("source"), QStringLiteral("formula"), QStringLiteral("warnings"),
         QStringLiteral("images"), QStringLiteral("corrected"), QStringLiteral("interval")});
    const QString word = one.text("kind");
    const auto kind = kindFromName(word);
    if (!kind)
      one.fail("kind", quoted(word) + QStringLiteral(" is no kind"),
               knownWords(word, {kindName(Kind::Measured), kindName(Kind::Published), kindName(Kind::Derived),
                                 kindName(Kind::Estimated)}));
    ids.push_back(
        table.intern(Provenance{*kind, one.text("source"), one.text("formula"), one.texts("warnings"),
                                one.whole("images", 0, 0, 1 << 30), one.flag("corrected", false), readInterval(one)}));
  }
  return ids;
}

void readKeys(DesignTable &table, const ColumnReader &columns, const std::vector<NameId> &names) {
  std::vector<DesignKey> keys(columns.rows());
  for (const KeyPart &column : KeyParts) {
    const auto most = column.isName ? static_cast<std::uint32_t>(names.size()) - 1 : column.most;
    const Whole values = columns.whole(QString::fromLatin1(column.name), most);
    for (std::size_t row = 0; row < keys.size(); ++row)
      column.set(keys[row], column.isName ? names[values[row]] : values[row]);
  }
  table.reserve(keys.size());
  for (const DesignKey &key : keys) table.append(key);
}

void readMetric(DesignTable &table, const MetricInfo &metric, const ColumnReader &columns,
                const std::vector<ProvenanceId> &provenances, const QString &place) {
  if (!columns.has(valueColumn(metric))) return;
  if (provenances.empty()) throw Error(place, QStringLiteral("has values but no provenances"));
  const std::vector<double> values = columns.values(valueColumn(metric));
  const Whole from = columns.whole(fromColumn(metric), static_cast<std::uint32_t>(provenances.size()) - 1);
  for (std::size_t row = 0; row < values.size(); ++row)
    if (!std::isnan(values[row]))
      table.set(static_cast<std::uint32_t>(row), metric.metric, values[row], provenances[from[row]]);
}

void readValidities(DesignTable &table, const JsonReader &reader, const ColumnReader &columns) {
  if (!columns.has(ValidityColumn)) return;
  const QStringList reasons = reader.texts(ReasonsKey);
  const auto last = static_cast<std::uint32_t>(std::max<qsizetype>(reasons.size(), 1)) - 1;
  const Whole validities = columns.whole(ValidityColumn, static_cast<std::uint32_t>(Validity::Invalid));
  const Whole reasonOf = columns.whole(ReasonColumn, last);
  for (std::uint32_t row = 0; row < validities.size(); ++row)
    table.setValidity(row, static_cast<Validity>(validities[row]), reasons.value(reasonOf[row]));
}

}  // namespace

TableColumns columnsOf(const DesignTable &table, ColumnStorage storage) {
  if (table.size() > MaxTableRows)
    throw Error(QStringLiteral("design table"), QStringLiteral("has more than %1 rows").arg(MaxTableRows),
                QStringLiteral("keep fewer rows"));
  ColumnWriter writer(storage);
  Whole parts(table.size());
  for (const KeyPart &column : KeyParts) {
    std::transform(table.keys().begin(), table.keys().end(), parts.begin(), column.get);
    writer.whole(QString::fromLatin1(column.name), parts);
  }
  for (const MetricInfo &metric : allMetrics()) {
    const std::span<const double> values = table.column(metric.metric);
    const auto first = std::find_if(values.begin(), values.end(), [](double value) { return !std::isnan(value); });
    if (first == values.end()) continue;
    writer.values(valueColumn(metric), values);
    writer.whole(fromColumn(metric),
                 provenancesOf(table, metric.metric, static_cast<std::size_t>(first - values.begin())));
  }
  const QJsonArray reasons = writeValidities(table, writer);
  QJsonObject definition{{QStringLiteral("names"), QJsonArray::fromStringList(table.names())},
                         {QStringLiteral("provenances"), provenanceJson(table)},
                         {QStringLiteral("columns"), writer.columns()}};
  if (!reasons.isEmpty()) definition.insert(QLatin1String(ReasonsKey), reasons);
  return {definition, writer.takeTensors()};
}

DesignTable tableOf(const TableColumns &stored, const QString &place, const Watch &watch) {
  const JsonReader reader(
      stored.definition, place,
      {QStringLiteral("names"), QStringLiteral("provenances"), QStringLiteral("columns"), QLatin1String(ReasonsKey)});
  DesignTable table;
  std::vector<NameId> names;
  for (const QString &name : reader.texts("names")) names.push_back(table.intern(name));
  if (names.empty() || names.front() != 0) reader.fail("names", QStringLiteral("must begin with \"\""));
  const std::vector<ProvenanceId> provenances = readProvenances(table, reader);
  const QJsonObject object = reader.object("columns");
  const ColumnReader columns(object, stored.tensors, place);
  readKeys(table, columns, names);
  for (const MetricInfo &metric : allMetrics()) {
    watch.report(static_cast<double>(index(metric.metric) + 1) / (MetricCount + 1), place);
    readMetric(table, metric, columns, provenances, place);
  }
  readValidities(table, reader, columns);
  return table;
}

}  // namespace pimento

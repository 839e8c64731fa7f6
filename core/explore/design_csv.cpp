// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_csv.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/error.h"
#include "core/explore/design_report.h"
#include "core/explore/keys_seen.h"
#include "core/explore/warning_cell.h"
#include "core/files/whole_file.h"

namespace pimento {

namespace {

// Where the columns of a file are; -1 = not there.
struct Places {
  qsizetype network, variant, dataset, training, run, platform, profileHash, bitsWeights, bitsActivations, scope,
      reference;
  qsizetype accuracyImages, kind, validity, validityReason, source, warnings, corrected;
  std::array<qsizetype, MetricCount> values, kinds, lows, highs;

  explicit Places(const QStringList &header)
      : network(header.indexOf(QStringLiteral("network"))),
        variant(header.indexOf(QStringLiteral("variant"))),
        dataset(header.indexOf(QStringLiteral("dataset"))),
        training(header.indexOf(QStringLiteral("training"))),
        run(header.indexOf(QStringLiteral("run"))),
        platform(header.indexOf(QStringLiteral("platform"))),
        profileHash(header.indexOf(QStringLiteral("profile_hash"))),
        bitsWeights(header.indexOf(QStringLiteral("bits_w"))),
        bitsActivations(header.indexOf(QStringLiteral("bits_a"))),
        scope(header.indexOf(QStringLiteral("scope"))),
        reference(header.indexOf(QStringLiteral("reference"))),
        accuracyImages(header.indexOf(QStringLiteral("accuracy_images"))),
        kind(header.indexOf(QStringLiteral("kind"))),
        validity(header.indexOf(QStringLiteral("validity"))),
        validityReason(header.indexOf(QStringLiteral("validity_reason"))),
        source(header.indexOf(QStringLiteral("source"))),
        warnings(header.indexOf(QStringLiteral("warnings"))),
        corrected(header.indexOf(QStringLiteral("corrected"))) {
    for (const MetricInfo &m : allMetrics()) {
      values[index(m.metric)] = header.indexOf(QString::fromLatin1(m.column));
      kinds[index(m.metric)] = header.indexOf(QString::fromLatin1(m.key) + QStringLiteral("_kind"));
      lows[index(m.metric)] = header.indexOf(percentileColumn(m.metric, IntervalPercentiles.front()));
      highs[index(m.metric)] = header.indexOf(percentileColumn(m.metric, IntervalPercentiles.back()));
    }
  }
};

constexpr qsizetype Head = 1 << 14;  // more than the longest header

// A metric whose name a column begins with, and what follows: "Energy (mJ)", "latency_ms".
struct MetricInOtherUnit {
  Metric metric;
  QString unit;
};

std::optional<MetricInOtherUnit> metricInOtherUnit(const QString &column) {
  static const QRegularExpression others(QStringLiteral("[^a-z0-9]+"));
  const QString name = column.toLower().replace(others, QStringLiteral("_"));
  std::optional<MetricInOtherUnit> found;
  qsizetype longest = 0;
  for (const MetricInfo &m : allMetrics()) {
    const QString key = QString::fromLatin1(m.key);
    if (key.size() <= longest || (name != key && !name.startsWith(key + QLatin1Char('_')))) continue;
    longest = key.size();
    found = {m.metric, column.mid(key.size()).remove(QRegularExpression(QStringLiteral("^[\\s_(\\[]+|[)\\]]+$")))};
  }
  return found;
}

// What the last field of a column said: most rows repeat it.
template <class T>
class LastOf {
 public:
  template <class Read>
  const T &of(QByteArrayView field, Read read) {
    if (!m_value || m_field != field) {
      m_value = read();
      m_field = field.toByteArray();
    }
    return *m_value;
  }

 private:
  QByteArray m_field;
  std::optional<T> m_value;
};

class DesignCsvReader {
 public:
  explicit DesignCsvReader(const QString &place) : m_place(place), m_at(QStringList()) {}

  void take(CsvFields fields, int line) {
    m_line = line;
    if (m_header.isEmpty())
      readHeader(fields);
    else
      readRow(fields);
  }

  DesignTable table() { return std::move(m_table); }

 private:
  [[noreturn]] void fail(qsizetype column, const QString &problem, const QString &remedy) const {
    throw Error(QStringLiteral("%1, line %2, column %3").arg(m_place).arg(m_line).arg(m_header[column]), problem,
                remedy);
  }

  void readHeader(CsvFields header) {
    for (const QByteArrayView field : header) m_header << csvText(field);
    m_names.resize(header.size());
    m_kinds.resize(header.size());
    QStringList known = designReport(m_table).columns;
    for (const MetricInfo &m : allMetrics())
      for (const int percentile : IntervalPercentiles) known << percentileColumn(m.metric, percentile);
    for (qsizetype i = 0; i < m_header.size(); ++i) {
      if (!known.contains(m_header[i])) unknownColumn(m_header[i], known);
      if (m_header.indexOf(m_header[i]) < i) fail(i, QStringLiteral("stands twice"), QStringLiteral("keep one"));
    }
    m_at = Places(m_header);
    if (m_at.network < 0) missing(QStringLiteral("column network"));
    if (m_at.variant < 0) missing(QStringLiteral("column variant"));
    if (std::all_of(m_at.values.begin(), m_at.values.end(), [](qsizetype column) { return column < 0; }))
      missing(QStringLiteral("metric, such as energy_uj or accuracy_pct"));
  }

  [[noreturn]] void unknownColumn(const QString &name, const QStringList &known) const {
    QString remedy = knownWords(name, known);
    if (const auto other = metricInOtherUnit(name)) {
      const MetricInfo &m = info(other->metric);
      const QString column = QString::fromLatin1(m.column);
      remedy = other->unit.isEmpty()
                   ? QStringLiteral("with its unit it is %1").arg(column)
                   : QStringLiteral("%1 is read in %2: convert the numbers and call the column %3")
                         .arg(QString::fromLatin1(m.key),
                              m.unit[0] == 0 ? QStringLiteral("units of one") : QString::fromUtf8(m.unit), column);
    }
    throw Error(QStringLiteral("%1, line %2").arg(m_place).arg(m_line),
                QStringLiteral("unknown column %1").arg(quoted(name)), remedy);
  }

  [[noreturn]] void missing(const QString &what) const {
    throw Error(
        QStringLiteral("%1, line %2").arg(m_place).arg(m_line), QStringLiteral("no %1").arg(what),
        QStringLiteral("needed: network, variant and at least one metric, as pimento published --csv has them"));
  }

  void readRow(CsvFields fields) {
    const std::uint32_t row = m_table.append(readKey(fields));
    if (!m_seen.addLast(m_table))
      throw Error(QStringLiteral("%1, line %2").arg(m_place).arg(m_line),
                  QStringLiteral("a design that stands above already"),
                  QStringLiteral("give it a variant, platform or bits of its own"));
    readValidity(fields, row);
    const auto values = readValues(fields);
    const auto rowKind = readKind(fields, m_at.kind);
    static const std::vector<RowWarning> none;
    const std::vector<RowWarning> &warnings =
        m_at.warnings < 0 ? none : m_warnings.of(field(fields, m_at.warnings), [&] {
          return readWarningCell(csvText(field(fields, m_at.warnings)));
        });
    const std::vector<Metric> corrected = readCorrected(fields, values);
    std::vector<Metric> present;
    if (!warnings.empty())
      for (const MetricInfo &m : allMetrics())
        if (values[index(m.metric)]) present.push_back(m.metric);
    Provenance from{.source = readSource(fields)};
    for (const MetricInfo &m : allMetrics()) {
      const auto kind = readKind(fields, m_at.kinds[index(m.metric)]);
      const auto value = values[index(m.metric)];
      if (!value) {
        if (kind)
          fail(m_at.kinds[index(m.metric)], QStringLiteral("a kind without a value"), QStringLiteral("leave it empty"));
        continue;
      }
      from.kind = kind ? *kind : rowKind.value_or(Kind::Estimated);
      from.images = m.metric == Metric::Accuracy ? readImages(fields, m_at.accuracyImages) : 0;
      from.warnings = warningsFor(m.metric, warnings, present);
      from.corrected = std::find(corrected.begin(), corrected.end(), m.metric) != corrected.end();
      from.interval = readInterval(fields, m.metric);
      m_table.set(row, m.metric, *value, provenance(m.metric, from));
    }
  }

  [[nodiscard]] static QByteArrayView field(CsvFields fields, qsizetype column) {
    return column < 0 ? QByteArrayView() : fields[static_cast<std::size_t>(column)];
  }

  // Rows in a row mostly have one provenance: then nothing is looked up.
  ProvenanceId provenance(Metric metric, const Provenance &from) {
    auto &last = m_last[index(metric)];
    if (!last || m_table.provenance(*last) != from) last = m_table.intern(from);
    return *last;
  }

  [[nodiscard]] std::array<std::optional<double>, MetricCount> readValues(CsvFields fields) const {
    std::array<std::optional<double>, MetricCount> values;
    for (const MetricInfo &m : allMetrics()) {
      const qsizetype column = m_at.values[index(m.metric)];
      if (column < 0) continue;
      const auto value = csvNumber(field(fields, column), m_place, m_line, m_header[column]);
      const bool share = m.metric == Metric::Accuracy;
      if (value && (*value < 0 || (share && *value > 100)))
        fail(column, QStringLiteral("%1 can not be").arg(csvText(field(fields, column))),
             share ? QStringLiteral("give a per cent from 0 to 100, or leave the cell empty where it is not known")
                   : QStringLiteral("give 0 or more, or leave the cell empty where it is not known"));
      values[index(m.metric)] = value;
    }
    return values;
  }

  // Both ends or none.
  [[nodiscard]] std::optional<Interval> readInterval(CsvFields fields, Metric metric) const {
    const qsizetype low = m_at.lows[index(metric)];
    const qsizetype high = m_at.highs[index(metric)];
    if (low < 0 && high < 0) return std::nullopt;
    const auto end = [&](qsizetype column) {
      return column < 0 ? std::nullopt : csvNumber(field(fields, column), m_place, m_line, m_header[column]);
    };
    const auto from = end(low);
    const auto to = end(high);
    if (!from && !to) return std::nullopt;
    if (!from || !to || *from > *to || *from < 0)
      fail(low < 0 ? high : low, QStringLiteral("is no end of an interval"),
           QStringLiteral("give both ends, the lower one first, or neither"));
    return Interval{*from, *to};
  }

  DesignKey readKey(CsvFields fields) {
    for (const qsizetype needed : {m_at.network, m_at.variant})
      if (field(fields, needed).isEmpty()) fail(needed, QStringLiteral("is empty"), QStringLiteral("name it"));
    return {.network = readName(fields, m_at.network),
            .variant = readName(fields, m_at.variant),
            .dataset = readName(fields, m_at.dataset),
            .training = readName(fields, m_at.training),
            .run = readName(fields, m_at.run),
            .platform = readName(fields, m_at.platform),
            .profileHash = readName(fields, m_at.profileHash),
            .bitsWeights = readBits(fields, m_at.bitsWeights),
            .bitsActivations = readBits(fields, m_at.bitsActivations),
            .scope = readWord(fields, m_at.scope, {"whole", "head"}) == 1 ? Scope::Head : Scope::Whole,
            .reference = readWord(fields, m_at.reference, {"0", "1"}) == 1};
  }

  NameId readName(CsvFields fields, qsizetype column) {
    if (column < 0) return 0;
    const QByteArrayView name = field(fields, column);
    return m_names[static_cast<std::size_t>(column)].of(name, [&] { return m_table.intern(csvText(name)); });
  }

  // Index of the word, the first if the cell is empty or not there.
  [[nodiscard]] std::size_t readWord(CsvFields fields, qsizetype column,
                                     const std::array<const char *, 2> &words) const {
    const QByteArrayView word = field(fields, column);
    if (word.isEmpty() || word == words[0]) return 0;
    if (word == words[1]) return 1;
    fail(column, QStringLiteral("is %1").arg(quoted(csvText(word))),
         knownWords(csvText(word), {QString::fromLatin1(words[0]), QString::fromLatin1(words[1])}));
  }

  // A whole number of a range; 0 if the cell is empty or not there.
  [[nodiscard]] int readWhole(CsvFields fields, qsizetype column, int most, const QString &remedy) const {
    const QByteArrayView cell = field(fields, column);
    if (cell.isEmpty()) return 0;
    int number = 0;
    const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), number);
    bool ok = read.ec == std::errc() && read.ptr == cell.data() + cell.size();
    if (!ok) number = csvText(cell).toInt(&ok);
    if (!ok || number < 1 || number > most) fail(column, QStringLiteral("is %1").arg(quoted(csvText(cell))), remedy);
    return number;
  }

  [[nodiscard]] std::uint8_t readBits(CsvFields fields, qsizetype column) const {
    static const QString remedy = QStringLiteral("give a whole number from 1 to 32, or leave it empty");
    return static_cast<std::uint8_t>(readWhole(fields, column, 32, remedy));
  }

  // Test images that an accuracy was measured on; 0: not told.
  [[nodiscard]] int readImages(CsvFields fields, qsizetype column) const {
    static const QString remedy = QStringLiteral("give the number of test images, or leave it empty");
    return readWhole(fields, column, 1 << 30, remedy);
  }

  [[nodiscard]] std::optional<Kind> readKind(CsvFields fields, qsizetype column) {
    const QByteArrayView cell = field(fields, column);
    if (cell.isEmpty()) return std::nullopt;
    return m_kinds[static_cast<std::size_t>(column)].of(cell, [&] {
      const QString name = csvText(cell);
      const auto kind = kindFromName(name);
      if (!kind)
        fail(column, QStringLiteral("unknown kind %1").arg(quoted(name)),
             knownWords(name, {kindName(Kind::Measured), kindName(Kind::Published), kindName(Kind::Derived),
                               kindName(Kind::Estimated)}));
      return *kind;
    });
  }

  // A design that the file says nothing of is valid.
  void readValidity(CsvFields fields, std::uint32_t row) {
    const QByteArrayView cell = field(fields, m_at.validity);
    const Validity validity = m_validity.of(cell, [&] {
      const QString word = csvText(cell);
      const auto known = word.isEmpty() ? std::optional(Validity::Valid) : validityFromName(word);
      if (!known)
        fail(m_at.validity, QStringLiteral("is %1").arg(quoted(word)),
             knownWords(word, {validityName(Validity::Valid), validityName(Validity::Doubtful),
                               validityName(Validity::Invalid)}));
      return *known;
    });
    const QByteArrayView reason = field(fields, m_at.validityReason);
    if (validity == Validity::Valid) {
      if (!reason.isEmpty())
        fail(m_at.validityReason, QStringLiteral("a reason why a design is not valid, of a valid one"),
             QStringLiteral("leave it empty, or give the validity doubtful or invalid"));
      return;
    }
    m_table.setValidity(row, validity, m_reason.of(reason, [&] { return csvText(reason); }));
  }

  // Metrics whose values replace printed ones: "latency+energy".
  [[nodiscard]] std::vector<Metric> readCorrected(CsvFields fields,
                                                  const std::array<std::optional<double>, MetricCount> &values) const {
    std::vector<Metric> metrics;
    const QByteArrayView cell = field(fields, m_at.corrected);
    if (cell.isEmpty()) return metrics;
    for (const QString &key : csvText(cell).split(QLatin1Char('+'), Qt::SkipEmptyParts)) {
      const auto metric = metricFromKey(key);
      if (!metric || !values[index(*metric)])
        fail(m_at.corrected, QStringLiteral("%1 is no metric with a value").arg(quoted(key)),
             QStringLiteral("name those that were corrected, as in latency+energy, or leave it empty"));
      metrics.push_back(*metric);
    }
    return metrics;
  }

  [[nodiscard]] const QString &readSource(CsvFields fields) {
    const QByteArrayView cell = field(fields, m_at.source);
    if (cell.isEmpty()) return m_place;
    return m_source.of(cell, [&] { return csvText(cell); });
  }

  QString m_place;
  QStringList m_header;
  int m_line = 0;
  Places m_at;
  DesignTable m_table;
  std::array<std::optional<ProvenanceId>, MetricCount> m_last;
  KeysSeen m_seen;
  std::vector<LastOf<NameId>> m_names;  // of each column
  std::vector<LastOf<Kind>> m_kinds;    // of each column
  LastOf<Validity> m_validity;
  LastOf<QString> m_reason;
  LastOf<QString> m_source;
  LastOf<std::vector<RowWarning>> m_warnings;
};

}  // namespace

DesignTable readDesignCsv(const QByteArray &data, const QString &place, const CsvLimits &limits, const Watch &watch) {
  checkIsCsv(data.left(Head), place);
  constexpr int LinesBetweenReports = 1000;
  const auto lines = static_cast<double>(data.count('\n') + 1);
  DesignCsvReader reader(place);
  int rows = 0;
  forEachCsvRow(data, place, limits, [&](CsvFields fields, int line) {
    reader.take(fields, line);
    if (++rows % LinesBetweenReports == 0) watch.report(line / lines, place);
  });
  return reader.table();
}

DesignTable openDesignCsv(const QString &path, const CsvLimits &limits, const Watch &watch) {
  constexpr qint64 Chunk = qint64{4} << 20;  // bytes between two looks at the watch
  OutsideFile file(path, limits.bytes);
  const QString place = QFileInfo(path).fileName();
  checkIsCsv(file.head(Head), place);  // before the rest is read
  QByteArray data;
  data.reserve(file.size());
  while (data.size() < file.size()) {
    watch.report(0, place);
    data += file.part(data.size(), std::min<qint64>(Chunk, file.size() - data.size()));
  }
  return readDesignCsv(data, place, limits, watch);
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_csv.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <unordered_set>

#include "core/base/error.h"
#include "core/explore/design_report.h"
#include "core/explore/warning_cell.h"

namespace pimento {

namespace {

struct KeyHash {
  std::size_t operator()(const DesignKey &k) const {
    return qHashMulti(0, k.network, k.variant, k.dataset, k.training, k.run, k.platform, k.profileHash, k.bitsWeights,
                      k.bitsActivations, static_cast<int>(k.scope), k.reference);
  }
};

// Where the columns of a file are; -1 = not there.
struct Places {
  qsizetype network, variant, dataset, training, run, platform, profileHash, bitsWeights, bitsActivations, scope,
      reference;
  qsizetype accuracyImages, kind, source, warnings;
  std::array<qsizetype, MetricCount> values, kinds;

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
        source(header.indexOf(QStringLiteral("source"))),
        warnings(header.indexOf(QStringLiteral("warnings"))) {
    for (const MetricInfo &m : allMetrics()) {
      values[index(m.metric)] = header.indexOf(QString::fromLatin1(m.column));
      kinds[index(m.metric)] = header.indexOf(QString::fromLatin1(m.key) + QStringLiteral("_kind"));
    }
  }
};

class DesignCsvReader {
 public:
  explicit DesignCsvReader(const QString &place) : m_place(place), m_at(QStringList()) {}

  void take(QStringList &&fields, int line) {
    m_line = line;
    if (m_header.isEmpty())
      readHeader(std::move(fields));
    else
      readRow(fields);
  }

  DesignTable table() { return std::move(m_table); }

 private:
  [[noreturn]] void fail(qsizetype column, const QString &problem, const QString &remedy) const {
    throw Error(QStringLiteral("%1, line %2, column %3").arg(m_place).arg(m_line).arg(m_header[column]), problem,
                remedy);
  }

  void readHeader(QStringList &&header) {
    m_header = std::move(header);
    const QStringList known = designReport(m_table).columns;
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
    const auto metric = metricFromKey(name);
    throw Error(QStringLiteral("%1, line %2").arg(m_place).arg(m_line),
                QStringLiteral("unknown column %1").arg(quoted(name)),
                metric ? QStringLiteral("with its unit it is %1").arg(QLatin1String(info(*metric).column))
                       : knownWords(name, known));
  }

  [[noreturn]] void missing(const QString &what) const {
    throw Error(
        QStringLiteral("%1, line %2").arg(m_place).arg(m_line), QStringLiteral("no %1").arg(what),
        QStringLiteral("needed: network, variant and at least one metric, as pimento published --csv has them"));
  }

  void readRow(const QStringList &fields) {
    const DesignKey key = readKey(fields);
    if (!m_seen.insert(key).second)
      throw Error(QStringLiteral("%1, line %2").arg(m_place).arg(m_line),
                  QStringLiteral("a design that stands above already"),
                  QStringLiteral("give it a variant, platform or bits of its own"));
    const std::uint32_t row = m_table.append(key);
    const auto values = readValues(fields);
    const auto rowKind = readKind(fields, m_at.kind);
    const auto warnings = m_at.warnings < 0 ? std::vector<RowWarning>() : readWarningCell(fields[m_at.warnings]);
    std::vector<Metric> present;
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
      m_table.set(row, m.metric, *value, m_table.intern(from));
    }
  }

  [[nodiscard]] std::array<std::optional<double>, MetricCount> readValues(const QStringList &fields) const {
    std::array<std::optional<double>, MetricCount> values;
    for (const MetricInfo &m : allMetrics()) {
      const qsizetype column = m_at.values[index(m.metric)];
      if (column < 0) continue;
      const auto value = csvNumber(fields[column], m_place, m_line, m_header[column]);
      const bool share = m.metric == Metric::Accuracy;
      if (value && (*value < 0 || (share && *value > 100)))
        fail(column, QStringLiteral("%1 can not be").arg(fields[column]),
             share ? QStringLiteral("give a per cent from 0 to 100, or leave the cell empty where it is not known")
                   : QStringLiteral("give 0 or more, or leave the cell empty where it is not known"));
      values[index(m.metric)] = value;
    }
    return values;
  }

  DesignKey readKey(const QStringList &fields) {
    for (const qsizetype needed : {m_at.network, m_at.variant})
      if (fields[needed].isEmpty()) fail(needed, QStringLiteral("is empty"), QStringLiteral("name it"));
    return {.network = readName(fields, m_at.network),
            .variant = readName(fields, m_at.variant),
            .dataset = readName(fields, m_at.dataset),
            .training = readName(fields, m_at.training),
            .run = readName(fields, m_at.run),
            .platform = readName(fields, m_at.platform),
            .profileHash = readName(fields, m_at.profileHash),
            .bitsWeights = readBits(fields, m_at.bitsWeights),
            .bitsActivations = readBits(fields, m_at.bitsActivations),
            .scope = readWord(fields, m_at.scope, {QStringLiteral("whole"), QStringLiteral("head")}) == 1
                         ? Scope::Head
                         : Scope::Whole,
            .reference = readWord(fields, m_at.reference, {QStringLiteral("0"), QStringLiteral("1")}) == 1};
  }

  NameId readName(const QStringList &fields, qsizetype column) {
    return column < 0 ? 0 : m_table.intern(fields[column]);
  }

  // Index of the word, the first if the cell is empty or not there.
  [[nodiscard]] qsizetype readWord(const QStringList &fields, qsizetype i, const QStringList &words) const {
    if (i < 0 || fields[i].isEmpty()) return 0;
    const qsizetype found = words.indexOf(fields[i]);
    if (found < 0) fail(i, QStringLiteral("is %1").arg(quoted(fields[i])), knownWords(fields[i], words));
    return found;
  }

  [[nodiscard]] std::uint8_t readBits(const QStringList &fields, qsizetype column) const {
    if (column < 0 || fields[column].isEmpty()) return 0;
    bool ok = false;
    const int bits = fields[column].toInt(&ok);
    if (!ok || bits < 1 || bits > 32)
      fail(column, QStringLiteral("is %1").arg(quoted(fields[column])),
           QStringLiteral("give a whole number from 1 to 32, or leave it empty"));
    return static_cast<std::uint8_t>(bits);
  }

  // Test images that an accuracy was measured on; 0: not told.
  [[nodiscard]] int readImages(const QStringList &fields, qsizetype column) const {
    constexpr int Most = 1 << 30;
    if (column < 0 || fields[column].isEmpty()) return 0;
    bool ok = false;
    const int images = fields[column].toInt(&ok);
    if (!ok || images < 1 || images > Most)
      fail(column, QStringLiteral("is %1").arg(quoted(fields[column])),
           QStringLiteral("give the number of test images, or leave it empty"));
    return images;
  }

  [[nodiscard]] std::optional<Kind> readKind(const QStringList &fields, qsizetype column) const {
    if (column < 0 || fields[column].isEmpty()) return std::nullopt;
    const auto kind = kindFromName(fields[column]);
    if (!kind)
      fail(column, QStringLiteral("unknown kind %1").arg(quoted(fields[column])),
           knownWords(fields[column], {kindName(Kind::Measured), kindName(Kind::Published), kindName(Kind::Derived),
                                       kindName(Kind::Estimated)}));
    return kind;
  }

  [[nodiscard]] QString readSource(const QStringList &fields) const {
    return m_at.source < 0 || fields[m_at.source].isEmpty() ? m_place : fields[m_at.source];
  }

  QString m_place;
  QStringList m_header;
  int m_line = 0;
  Places m_at;
  DesignTable m_table;
  std::unordered_set<DesignKey, KeyHash> m_seen;
};

}  // namespace

DesignTable readDesignCsv(const QByteArray &data, const QString &place, const CsvLimits &limits) {
  DesignCsvReader reader(place);
  forEachCsvRow(data, place, limits, [&](QStringList &&fields, int line) { reader.take(std::move(fields), line); });
  return reader.table();
}

DesignTable openDesignCsv(const QString &path, const CsvLimits &limits) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) throw Error(path, QStringLiteral("can not be read"), file.errorString());
  return readDesignCsv(file.read(limits.bytes + 1), QFileInfo(path).fileName(), limits);
}

}  // namespace pimento

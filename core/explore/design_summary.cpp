// SPDX-License-Identifier: GPL-3.0-or-later
// Design points as people read them: the columns that matter first, and below the table what stands behind the values.
#include <algorithm>
#include <map>
#include <set>

#include "core/base/warning_level.h"
#include "core/explore/design_report.h"

namespace pimento {

namespace {

constexpr std::array<Metric, 6> Summarised{Metric::Accuracy, Metric::Energy, Metric::Latency,
                                           Metric::Power,    Metric::Area,   Metric::Memory};

struct KindMark {
  Kind kind;
  const char *mark;
};
constexpr KindMark KindMarks[] = {
    {Kind::Measured, "m"}, {Kind::Published, "p"}, {Kind::Derived, "d"}, {Kind::Estimated, "e"}};

QString markOf(Kind kind) {
  for (const KindMark &known : KindMarks)
    if (known.kind == kind) return QString::fromLatin1(known.mark);
  return {};
}

QString keyOf(Metric metric) { return QString::fromLatin1(info(metric).key); }

// Of a table that has rows.
QStringList emptyColumns(const ReportTable &report) {
  QStringList empty;
  for (std::size_t i = 0; i < static_cast<std::size_t>(report.rows.empty() ? 0 : report.columns.size()); ++i)
    if (std::ranges::all_of(report.rows,
                            [&](const auto &row) { return std::holds_alternative<std::monostate>(row[i]); }))
      empty << report.columns[static_cast<qsizetype>(i)];
  return empty;
}

// Values that are not there stay absent ("n/a"), and bits that are not published; another key or a note that a row has
// not is no gap.
void fillGaps(ReportTable &report) {
  for (auto &row : report.rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      const QString &column = report.columns[static_cast<qsizetype>(i)];
      if (!std::holds_alternative<std::monostate>(row[i]) || report.values.contains(column) ||
          column == QStringLiteral("bits"))
        continue;
      row[i] = column == QStringLiteral("notes")      ? QString()
               : column == QStringLiteral("validity") ? validityName(Validity::Valid)
                                                      : QStringLiteral("-");
    }
}

struct Concerned {
  std::set<Metric> metrics;
  bool all = true;
};

class Summary {
 public:
  Summary(const DesignTable &table, std::span<const std::uint32_t> rows, SummarySources sources,
          std::span<const Metric> more)
      : m_table(table), m_rows(rows), m_sources(sources), m_metrics(Summarised.begin(), Summarised.end()) {
    for (const Metric metric : more)
      if (std::ranges::find(m_metrics, metric) == m_metrics.end()) m_metrics.push_back(metric);
  }

  [[nodiscard]] ReportTable make() {
    m_report.title = QStringLiteral("Design points");
    for (const char *name : {"network", "variant", "dataset", "training", "run", "platform", "bits", "scope"})
      m_report.columns << QString::fromLatin1(name);
    for (const Metric metric : m_metrics) m_report.values << keyOf(metric);
    m_report.columns << m_report.values << QStringLiteral("validity") << QStringLiteral("notes");
    if (m_sources == SummarySources::Shown) m_report.columns << QStringLiteral("source");
    findProfiles();
    findConcerned();
    for (const std::uint32_t row : m_rows) addRow(row);
    markKinds();
    markCorrected();
    m_report.notes.insert(m_report.notes.end(), m_numbered.begin(), m_numbered.end());
    addProfiles();
    m_report = withoutColumns(m_report, emptyColumns(m_report));
    fillGaps(m_report);
    return std::move(m_report);
  }

 private:
  void addRow(std::uint32_t row) {
    const DesignKey &key = m_table.key(row);
    std::vector<Cell> cells;
    for (const NameId id : {key.network, key.variant, key.dataset, key.training, key.run})
      cells.push_back(nameCell(m_table, id));
    cells.push_back(platformCell(key));
    cells.push_back(key.bitsWeights == 0 ? Cell{}
                                         : Cell{QStringLiteral("%1:%2").arg(key.bitsWeights).arg(key.bitsActivations)});
    cells.push_back(scopeName(key.scope));
    for (const Metric metric : m_metrics) {
      const auto q = m_table.at(row, metric);
      cells.push_back(q ? Cell{Measure{metric, q->value}} : Cell{});
    }
    const Validity validity = m_table.validity(row);
    cells.push_back(validity == Validity::Valid ? Cell{} : Cell{validityName(validity)});
    const QString notes = notesOf(row);
    cells.push_back(notes.isEmpty() ? Cell{} : Cell{notes});
    if (m_sources == SummarySources::Shown) cells.push_back(sourcesOf(m_table, row).join(CellSeparator));
    m_report.rows.push_back(std::move(cells));
  }

  // Accelerators of one name that differ are told apart by their hash.
  void findProfiles() {
    for (const std::uint32_t row : m_rows)
      if (const DesignKey &key = m_table.key(row); key.profileHash != 0)
        m_profiles[key.platform].insert(key.profileHash);
  }

  [[nodiscard]] Cell platformCell(const DesignKey &key) const {
    const auto hashes = m_profiles.find(key.platform);
    if (key.profileHash == 0 || hashes == m_profiles.end() || hashes->second.size() < 2)
      return nameCell(m_table, key.platform);
    return m_table.name(key.platform) + QLatin1Char('@') + m_table.name(key.profileHash);
  }

  void addProfiles() {
    QStringList profiles;
    for (const auto &[platform, hashes] : m_profiles)
      for (const NameId hash : hashes)
        profiles << QStringLiteral("%1 (hash %2)").arg(m_table.name(platform), m_table.name(hash));
    if (!profiles.isEmpty())
      m_report.notes.push_back(
          {{}, QStringLiteral("Estimated for profile %1.").arg(profiles.join(QStringLiteral(", ")))});
  }

  // Of every warning the values that are shown and that it concerns in any row, and whether in some row it leaves one
  // out.
  void findConcerned() {
    for (const std::uint32_t row : m_rows)
      for (const QString &warning : warningsOf(m_table, row)) {
        Concerned &concerned = m_concerned[warning];
        for (const Metric metric : m_metrics)
          if (const auto q = m_table.at(row, metric)) {
            if (q->from->warnings.contains(warning))
              concerned.metrics.insert(metric);
            else
              concerned.all = false;
          }
      }
  }

  // Numbers of what is to be known of a row: "1, 3".
  QString notesOf(std::uint32_t row) {
    std::set<std::size_t> numbers;
    if (const QString text = validityText(m_table, row); !text.isEmpty()) numbers.insert(numberOf(text));
    for (const QString &warning : warningsOf(m_table, row))
      if (concernsShown(row, warning)) numbers.insert(numberOf(noteText(warning)));
    QStringList texts;
    for (const std::size_t number : numbers) texts << QString::number(number);
    return texts.join(QStringLiteral(", "));
  }

  [[nodiscard]] bool concernsShown(std::uint32_t row, const QString &warning) const {
    return std::ranges::any_of(m_metrics, [&](Metric metric) {
      const auto q = m_table.at(row, metric);
      return q && q->from->warnings.contains(warning);
    });
  }

  // "caution (energy, power): …" where a warning concerns some of the values that are shown.
  [[nodiscard]] QString noteText(const QString &warning) const {
    const Concerned &concerned = m_concerned.at(warning);
    QStringList titles;
    for (const Metric metric : m_metrics)
      if (concerned.metrics.contains(metric)) titles << QString::fromUtf8(info(metric).title).toLower();
    const QString level = levelName(levelOf(warning));
    const QString lead =
        concerned.all ? level : QStringLiteral("%1 (%2)").arg(level, titles.join(QStringLiteral(", ")));
    return lead + QStringLiteral(": ") + withoutLevel(warning);
  }

  std::size_t numberOf(const QString &text) {
    const auto [known, isNew] = m_numbers.try_emplace(text, m_numbered.size() + 1);
    if (isNew) m_numbered.push_back({QString::number(known->second), text});
    return known->second;
  }

  void addMark(std::size_t row, Metric metric, const QString &mark) { m_report.marks[{row, keyOf(metric)}] += mark; }

  [[nodiscard]] std::set<Kind> kindsOf(Metric metric) const {
    std::set<Kind> kinds;
    for (const std::uint32_t row : m_rows)
      if (const auto kind = m_table.kind(row, metric)) kinds.insert(*kind);
    return kinds;
  }

  // A kind for each value: said once where all have one, at the head of a column that has one, else at the value.
  void markKinds() {
    std::set<Kind> all;
    for (const Metric metric : m_metrics) all.merge(kindsOf(metric));
    if (all.size() == 1)
      m_report.notes.push_back({{}, QStringLiteral("All values are %1.").arg(kindName(*all.begin()))});
    if (all.size() < 2) return;
    for (const Metric metric : m_metrics) {
      const std::set<Kind> kinds = kindsOf(metric);
      if (kinds.size() == 1) m_report.columnMarks[keyOf(metric)] = markOf(*kinds.begin());
      if (kinds.size() < 2) continue;
      for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (const auto kind = m_table.kind(m_rows[i], metric)) addMark(i, metric, markOf(*kind));
    }
    for (const Kind kind : all) m_report.notes.push_back({markOf(kind), kindName(kind)});
  }

  void markCorrected() {
    bool any = false;
    for (std::size_t i = 0; i < m_rows.size(); ++i)
      for (const Metric metric : m_metrics)
        if (const auto q = m_table.at(m_rows[i], metric); q && q->from->corrected) {
          addMark(i, metric, CorrectedMark);
          any = true;
        }
    if (any) m_report.notes.push_back({CorrectedMark, CorrectedMeans});
  }

  const DesignTable &m_table;
  std::span<const std::uint32_t> m_rows;
  SummarySources m_sources;
  std::vector<Metric> m_metrics;
  std::map<NameId, std::set<NameId>> m_profiles;
  std::map<QString, Concerned> m_concerned;  // by warning
  std::vector<TableNote> m_numbered;
  std::map<QString, std::size_t> m_numbers;  // by text: in a sweep every row may have its own
  ReportTable m_report;
};

}  // namespace

ReportTable designSummary(const DesignTable &table, std::span<const std::uint32_t> rows, SummarySources sources,
                          std::span<const Metric> more) {
  return Summary(table, rows, sources, more).make();
}

}  // namespace pimento

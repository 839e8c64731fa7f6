// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_json.h"

#include <QJsonDocument>
#include <algorithm>

#include "core/base/error.h"
#include "core/files/json_reader.h"
#include "core/project/definition.h"
#include "core/project/table_columns.h"

namespace pimento {

namespace {

const QString MimeEntry = QStringLiteral("mimetype");
const QString DefinitionEntry = QStringLiteral("project.json");
const QString ThumbnailEntry = QStringLiteral("thumbnail.png");
const QByteArray MimeType = QByteArrayLiteral("application/x-pimento");
const QString TableKey = QStringLiteral("pimento_table");  // in a tensor file's metadata
constexpr qsizetype MaxDefinition = 64 << 20;
// Of all estimates, which are computed when a project opens.
constexpr qsizetype MaxEstimated = 10'000;             // variants
constexpr std::size_t MaxEstimatedLayers = 5'000'000;  // of the variants of runs

QByteArray jsonBytes(const QJsonObject &object, QJsonDocument::JsonFormat format) {
  return QJsonDocument(object).toJson(format);
}

// --- writing ---

QByteArray tableFile(const DesignTable &table) {
  TableColumns columns = columnsOf(table, ColumnStorage::Tensors);
  const QByteArray definition = jsonBytes(columns.definition, QJsonDocument::Compact);
  return writeSafeTensors({std::move(columns.tensors), {{TableKey, QString::fromUtf8(definition)}}});
}

// Puts the large parts of a project into entries of their own.
class EntryWriter {
 public:
  [[nodiscard]] ProjectDefinition::TableEntry add(const StoredTable &stored) {
    ++m_tables;
    if (stored.table.size() <= InlineTableRows)
      return {stored.name, {}, columnsOf(stored.table, ColumnStorage::Lists).definition};
    return {stored.name, entry(QStringLiteral("tables/%1.safetensors").arg(m_tables), tableFile(stored.table)), {}};
  }

  [[nodiscard]] ProjectDefinition::RunEntry add(const TrainingRun &run) {
    RunEntries entries = runEntries(run);
    const QString stem = QStringLiteral("runs/%1").arg(++m_runs);
    QString definition = entry(stem + QStringLiteral(".json"), std::move(entries.definition));
    QString history = entryIfAny(stem + QStringLiteral(".jsonl"), std::move(entries.history));
    return {run.name, std::move(definition), std::move(history),
            entryIfAny(stem + QStringLiteral(".safetensors"), std::move(entries.weights))};
  }

  [[nodiscard]] ProjectDefinition::AcceleratorEntry add(const QString &name, const QByteArray &profile) {
    return {name, entry(QStringLiteral("accelerators/%1.json").arg(++m_accelerators), profile)};
  }

  void thumbnail(const QByteArray &png) { static_cast<void>(entryIfAny(ThumbnailEntry, png)); }

  [[nodiscard]] std::vector<ArchiveEntry> take(const QByteArray &definition) {
    m_entries.insert(m_entries.begin(), {{MimeEntry, MimeType}, {DefinitionEntry, definition}});
    return std::move(m_entries);
  }

 private:
  QString entry(const QString &name, QByteArray bytes) {
    m_entries.push_back({name, std::move(bytes)});
    return name;
  }
  QString entryIfAny(const QString &name, QByteArray bytes) {
    return bytes.isEmpty() ? QString() : entry(name, std::move(bytes));
  }

  std::vector<ArchiveEntry> m_entries;
  int m_tables = 0, m_runs = 0, m_accelerators = 0;
};

// --- reading ---

class EntryReader {
 public:
  EntryReader(std::vector<ArchiveEntry> entries, QString place)
      : m_entries(std::move(entries)), m_used(m_entries.size(), false), m_place(std::move(place)) {}

  // The content of an entry, which may be asked for once.
  [[nodiscard]] QByteArray take(const QString &name) {
    for (std::size_t i = 0; i < m_entries.size(); ++i)
      if (m_entries[i].name == name && !m_used[i]) {
        m_used[i] = true;
        return std::move(m_entries[i].bytes);
      }
    throw Error(m_place, QStringLiteral("has no entry %1").arg(quoted(name)), QStringLiteral("the file is damaged"));
  }

  [[nodiscard]] bool has(const QString &name) const {
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const ArchiveEntry &e) { return e.name == name; });
  }

  void expectNoOther() const {
    const auto unused = std::find(m_used.begin(), m_used.end(), false);
    if (unused != m_used.end())
      throw Error(m_place,
                  QStringLiteral("nothing refers to its entry %1")
                      .arg(quoted(m_entries[static_cast<std::size_t>(unused - m_used.begin())].name)),
                  QStringLiteral("remove the entry"));
  }

  [[nodiscard]] bool beginsWithMimeType() const {
    return !m_entries.empty() && m_entries.front().name == MimeEntry && m_entries.front().bytes == MimeType;
  }

 private:
  std::vector<ArchiveEntry> m_entries;
  std::vector<bool> m_used;
  QString m_place;
};

void readRuns(Project &project, const ProjectDefinition &definition, EntryReader &entries, const QString &place) {
  for (const ProjectDefinition::RunEntry &run : definition.runs) {
    const auto part = [&](const QString &name) { return name.isEmpty() ? QByteArray() : entries.take(name); };
    const QString where = QStringLiteral("%1, run %2").arg(place, quoted(run.name));
    if (findRun(project, run.name) != nullptr) throw Error(place, quoted(run.name) + QStringLiteral(" is there twice"));
    project.runs.push_back(
        runFromEntries(run.name, {entries.take(run.entry), part(run.history), part(run.weights)}, where));
  }
}

// Variants that all estimates ask for, and their layers where a run defines them.
void requireFewEstimates(const Project &project, const QString &place) {
  qsizetype variants = 0;
  std::size_t layers = 0;
  for (const EstimateChoice &choice : project.estimates) {
    const TrainingRun *run = findRun(project, choice.run);
    const auto all = run == nullptr ? 0 : static_cast<qsizetype>(run->variants.size());
    variants += 1 + (choice.variants.isEmpty() ? all : choice.variants.size());
    if (run != nullptr) layers += run->job.network.layers.size() * static_cast<std::size_t>(all);
    const QString estimates = place + QStringLiteral(", key \"estimates\"");
    if (layers > MaxEstimatedLayers)
      throw Error(estimates, QStringLiteral("ask for more than %1 layers of runs").arg(MaxEstimatedLayers));
    if (variants > MaxEstimated)
      throw Error(estimates, QStringLiteral("ask for more than %1 variants").arg(MaxEstimated));
  }
}

DesignTable tableFromFile(const QByteArray &file, const QString &place, const Watch &watch) {
  SafeTensors content = readSafeTensors(file, place);
  const auto definition = content.metadata.find(TableKey);
  if (definition == content.metadata.end() || content.metadata.size() != 1)
    throw Error(place, QStringLiteral("holds no design table"), QStringLiteral("the file is damaged"));
  return tableOf({parseJsonObject(definition->second.toUtf8(), place), std::move(content.tensors)}, place, watch);
}

StoredTable storedTable(const ProjectDefinition::TableEntry &from, EntryReader &entries, const QString &place,
                        const Watch &watch) {
  const QString where = QStringLiteral("%1, table %2").arg(place, quoted(from.name));
  return {from.name, from.entry.isEmpty() ? tableOf({from.table, {}}, where)
                                          : tableFromFile(entries.take(from.entry), where, watch)};
}

void readTables(Project &project, const ProjectDefinition &definition, EntryReader &entries, const QString &place,
                const Watch &watch) {
  std::size_t rows = 0;
  const double each = 1 / static_cast<double>(definition.tables.size());
  for (const ProjectDefinition::TableEntry &from : definition.tables) {
    const double done = each * static_cast<double>(project.tables.size());
    project.tables.push_back(storedTable(from, entries, place, watch.part(done, done + each)));
    rows += project.tables.back().table.size();
    if (rows > MaxTableRows)
      throw Error(place + QStringLiteral(", key \"tables\""),
                  QStringLiteral("hold more than %1 rows together").arg(MaxTableRows));
  }
}

void readAccelerators(Project &project, const ProjectDefinition &definition, EntryReader &entries,
                      const QString &place) {
  for (const auto &[name, entry] : definition.accelerators)
    if (!project.accelerators.emplace(name, entries.take(entry)).second)
      throw Error(place + QStringLiteral(", accelerator"), quoted(name) + QStringLiteral(" is there twice"));
}

}  // namespace

std::vector<ArchiveEntry> projectEntries(const Project &project) {
  EntryWriter writer;
  ProjectDefinition parts{.schema = ProjectSchema,
                          .title = project.title,
                          .published = project.published,
                          .estimates = project.estimates,
                          .view = project.view,
                          .history = project.history};
  for (const TrainingRun &run : project.runs) parts.runs.push_back(writer.add(run));
  for (const StoredTable &table : project.tables) parts.tables.push_back(writer.add(table));
  for (const auto &[name, profile] : project.accelerators) parts.accelerators.push_back(writer.add(name, profile));
  writer.thumbnail(project.thumbnail);
  const QByteArray definition = jsonBytes(toJson(parts), QJsonDocument::Indented);
  if (definition.size() > MaxDefinition)
    throw Error(DefinitionEntry, QStringLiteral("would be larger than %1 MB").arg(MaxDefinition >> 20));
  return writer.take(definition);
}

Project projectFromEntries(std::vector<ArchiveEntry> list, const QString &place, const Watch &watch) {
  EntryReader entries(std::move(list), place);
  if (!entries.beginsWithMimeType())
    throw Error(place, QStringLiteral("is no Pimento project: its first entry is not the mimetype"),
                QStringLiteral("choose a .pimento file"));
  static_cast<void>(entries.take(MimeEntry));
  const QJsonObject object =
      parseJsonObject(entries.take(DefinitionEntry), place + QStringLiteral(", entry project.json"), MaxDefinition);
  ProjectDefinition definition = definitionFromJson(object, place, ProjectSchema);
  Project project;
  readRuns(project, definition, entries, place);
  project.estimates = std::move(definition.estimates);
  requireFewEstimates(project, place);
  readTables(project, definition, entries, place, watch);
  readAccelerators(project, definition, entries, place);
  project.title = definition.title;
  project.published = std::move(definition.published);
  project.view = definition.view;
  project.history = definition.history;
  if (entries.has(ThumbnailEntry)) project.thumbnail = entries.take(ThumbnailEntry);
  if (!project.thumbnail.isEmpty() && !project.thumbnail.startsWith("\x89PNG\r\n\x1a\n"))
    throw Error(place + QStringLiteral(", ") + ThumbnailEntry, QStringLiteral("is no PNG picture"));
  entries.expectNoOther();
  return project;
}

}  // namespace pimento

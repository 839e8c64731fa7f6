// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

#include "core/base/error.h"
#include "core/files/json_reader.h"
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

QJsonArray strings(const QStringList &list) { return QJsonArray::fromStringList(list); }

QByteArray jsonBytes(const QJsonObject &object, QJsonDocument::JsonFormat format) {
  return QJsonDocument(object).toJson(format);
}

// --- writing ---

QJsonObject publishedJson(const PublishedChoice &choice) {
  QJsonArray corrections;
  for (const QString &id : choice.corrections) corrections.append(id);
  return {{QStringLiteral("corrections"), corrections}};
}

QJsonObject estimateJson(const EstimateChoice &choice) {
  QJsonObject object{{QStringLiteral("network"), choice.network},
                     {QStringLiteral("classes"), choice.classes},
                     {QStringLiteral("variants"), strings(choice.variants)},
                     {QStringLiteral("accelerator"), choice.accelerator},
                     {QStringLiteral("bits_w"), choice.bits.weights},
                     {QStringLiteral("bits_a"), choice.bits.activations},
                     {QStringLiteral("gpu_power"), choice.gpuPower}};
  if (!choice.run.isEmpty()) object.insert(QStringLiteral("run"), choice.run);
  return object;
}

QByteArray tableFile(const DesignTable &table) {
  TableColumns columns = columnsOf(table, ColumnStorage::Tensors);
  const QByteArray definition = jsonBytes(columns.definition, QJsonDocument::Compact);
  return writeSafeTensors({std::move(columns.tensors), {{TableKey, QString::fromUtf8(definition)}}});
}

class EntryWriter {
 public:
  QJsonArray tables(const std::vector<StoredTable> &tables) {
    QJsonArray list;
    for (const StoredTable &stored : tables) {
      QJsonObject object{{QStringLiteral("name"), stored.name}};
      if (stored.table.size() > InlineTableRows) {
        const QString entry = QStringLiteral("tables/%1.safetensors").arg(list.size() + 1);
        object.insert(QStringLiteral("entry"), entry);
        m_entries.push_back({entry, tableFile(stored.table)});
      } else {
        object.insert(QStringLiteral("table"), columnsOf(stored.table, ColumnStorage::Lists).definition);
      }
      list.append(object);
    }
    return list;
  }

  QJsonArray runs(const std::vector<TrainingRun> &runs) {
    QJsonArray list;
    for (const TrainingRun &run : runs) {
      RunEntries entries = runEntries(run);
      const QString stem = QStringLiteral("runs/%1").arg(list.size() + 1);
      QJsonObject object{{QStringLiteral("name"), run.name}};
      const auto add = [&](const char *key, const char *ending, QByteArray &bytes) {
        if (bytes.isEmpty()) return;
        object.insert(QString::fromLatin1(key), stem + QString::fromLatin1(ending));
        m_entries.push_back({stem + QString::fromLatin1(ending), std::move(bytes)});
      };
      add("entry", ".json", entries.definition);
      add("history", ".jsonl", entries.history);
      add("weights", ".safetensors", entries.weights);
      list.append(object);
    }
    return list;
  }

  QJsonArray accelerators(const std::map<QString, QByteArray> &profiles) {
    QJsonArray list;
    for (const auto &[name, json] : profiles) {
      const QString entry = QStringLiteral("accelerators/%1.json").arg(list.size() + 1);
      list.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("entry"), entry}});
      m_entries.push_back({entry, json});
    }
    return list;
  }

  void thumbnail(const QByteArray &png) {
    if (!png.isEmpty()) m_entries.push_back({ThumbnailEntry, png});
  }

  [[nodiscard]] std::vector<ArchiveEntry> take(const QByteArray &definition) {
    m_entries.insert(m_entries.begin(), {{MimeEntry, MimeType}, {DefinitionEntry, definition}});
    return std::move(m_entries);
  }

 private:
  std::vector<ArchiveEntry> m_entries;
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

EstimateChoice estimateFromJson(const QJsonObject &object, const QString &place) {
  const JsonReader reader(
      object, place,
      {QStringLiteral("network"), QStringLiteral("classes"), QStringLiteral("variants"), QStringLiteral("accelerator"),
       QStringLiteral("bits_w"), QStringLiteral("bits_a"), QStringLiteral("gpu_power"), QStringLiteral("run")});
  EstimateChoice choice;
  choice.network = reader.text("network");
  if (choice.network.isEmpty()) reader.fail("network", QStringLiteral("must name a network"));
  choice.classes = reader.whole("classes", 0, 0, 100'000);
  choice.variants = reader.texts("variants");
  choice.accelerator = reader.text("accelerator");
  choice.bits = {reader.whole("bits_w", 8, 1, 32), reader.whole("bits_a", 8, 1, 32)};
  choice.gpuPower = reader.text("gpu_power");
  choice.run = reader.text("run");
  return choice;
}

void readRuns(Project &project, const JsonReader &reader, EntryReader &entries) {
  for (const QJsonObject &object : reader.objects("runs")) {
    const JsonReader one(
        object, reader.place() + QStringLiteral(", run"),
        {QStringLiteral("name"), QStringLiteral("entry"), QStringLiteral("history"), QStringLiteral("weights")});
    const auto entry = [&](const char *key) { return one.has(key) ? entries.take(one.text(key)) : QByteArray(); };
    const QString name = one.text("name");
    if (findRun(project, name) != nullptr) one.fail("name", quoted(name) + QStringLiteral(" is there twice"));
    project.runs.push_back(runFromEntries(name, {entries.take(one.text("entry")), entry("history"), entry("weights")},
                                          QStringLiteral("%1 %2").arg(one.place(), quoted(name))));
  }
}

// Variants that an estimate asks for, and their layers where a run defines them.
void readEstimates(Project &project, const JsonReader &reader) {
  qsizetype variants = 0;
  std::size_t layers = 0;
  for (const QJsonObject &object : reader.objects("estimates")) {
    project.estimates.push_back(estimateFromJson(object, reader.place() + QStringLiteral(", estimate")));
    const EstimateChoice &choice = project.estimates.back();
    const TrainingRun *run = findRun(project, choice.run);
    const auto all = run == nullptr ? 0 : static_cast<qsizetype>(run->variants.size());
    variants += 1 + (choice.variants.isEmpty() ? all : choice.variants.size());
    if (run != nullptr) layers += run->job.network.layers.size() * static_cast<std::size_t>(all);
    if (layers > MaxEstimatedLayers)
      reader.fail("estimates", QStringLiteral("ask for more than %1 layers of runs").arg(MaxEstimatedLayers));
    if (variants > MaxEstimated)
      reader.fail("estimates", QStringLiteral("ask for more than %1 variants").arg(MaxEstimated));
  }
}

DesignTable tableFromFile(const QByteArray &file, const QString &place, const Watch &watch) {
  SafeTensors content = readSafeTensors(file, place);
  const auto definition = content.metadata.find(TableKey);
  if (definition == content.metadata.end() || content.metadata.size() != 1)
    throw Error(place, QStringLiteral("holds no design table"), QStringLiteral("the file is damaged"));
  return tableOf({parseJsonObject(definition->second.toUtf8(), place), std::move(content.tensors)}, place, watch);
}

StoredTable storedTable(const QJsonObject &object, EntryReader &entries, const QString &place, const Watch &watch) {
  const JsonReader reader(object, place, {QStringLiteral("name"), QStringLiteral("entry"), QStringLiteral("table")});
  StoredTable stored{reader.text("name"), {}};
  const QString where = QStringLiteral("%1 %2").arg(place, quoted(stored.name));
  if (reader.has("entry") == reader.has("table")) reader.fail("table", QStringLiteral("must be given, or entry"));
  stored.table = reader.has("table") ? tableOf({reader.object("table"), {}}, where)
                                     : tableFromFile(entries.take(reader.text("entry")), where, watch);
  return stored;
}

void readTables(Project &project, const JsonReader &reader, EntryReader &entries, const Watch &watch) {
  std::size_t rows = 0;
  const auto tables = reader.objects("tables");
  for (const QJsonObject &object : tables) {
    const double each = 1 / static_cast<double>(tables.size());
    const double done = each * static_cast<double>(project.tables.size());
    project.tables.push_back(
        storedTable(object, entries, reader.place() + QStringLiteral(", table"), watch.part(done, done + each)));
    rows += project.tables.back().table.size();
    if (rows > MaxTableRows) reader.fail("tables", QStringLiteral("hold more than %1 rows together").arg(MaxTableRows));
  }
}

void readAccelerators(Project &project, const JsonReader &reader, EntryReader &entries) {
  for (const QJsonObject &object : reader.objects("accelerators")) {
    const JsonReader one(object, reader.place() + QStringLiteral(", accelerator"),
                         {QStringLiteral("name"), QStringLiteral("entry")});
    if (!project.accelerators.emplace(one.text("name"), entries.take(one.text("entry"))).second)
      one.fail("name", quoted(one.text("name")) + QStringLiteral(" is there twice"));
  }
}

void requireSchema(const QJsonObject &object, const QString &place) {
  const double schema = object.value(QStringLiteral("schema")).toDouble(0);
  if (schema > ProjectSchema)
    throw Error(
        place,
        QStringLiteral("made by a newer Pimento (schema %1; this program reads %2)").arg(schema).arg(ProjectSchema),
        QStringLiteral("open it with that version"));
  if (schema != ProjectSchema && schema != 1)
    throw Error(place, QStringLiteral("project.json names no schema that is known"),
                QStringLiteral("the file is damaged"));
}

}  // namespace

std::vector<ArchiveEntry> projectEntries(const Project &project) {
  EntryWriter writer;
  QJsonArray estimates;
  for (const EstimateChoice &choice : project.estimates) estimates.append(estimateJson(choice));
  QJsonObject object{{QStringLiteral("schema"), ProjectSchema},
                     {QStringLiteral("title"), project.title},
                     {QStringLiteral("estimates"), estimates},
                     {QStringLiteral("runs"), writer.runs(project.runs)},
                     {QStringLiteral("tables"), writer.tables(project.tables)},
                     {QStringLiteral("accelerators"), writer.accelerators(project.accelerators)},
                     {QStringLiteral("view"), project.view},
                     {QStringLiteral("history"), strings(project.history)}};
  if (project.published) object.insert(QStringLiteral("published"), publishedJson(*project.published));
  writer.thumbnail(project.thumbnail);
  const QByteArray definition = jsonBytes(object, QJsonDocument::Indented);
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
  requireSchema(object, place);
  const JsonReader reader(object, place,
                          {QStringLiteral("schema"), QStringLiteral("title"), QStringLiteral("published"),
                           QStringLiteral("estimates"), QStringLiteral("runs"), QStringLiteral("tables"),
                           QStringLiteral("accelerators"), QStringLiteral("view"), QStringLiteral("history")});
  Project project;
  project.title = reader.text("title");
  if (reader.has("published")) {
    const JsonReader published(reader.object("published"), place + QStringLiteral(", published"),
                               {QStringLiteral("corrections")});
    const QStringList ids = published.texts("corrections");
    project.published = PublishedChoice{{ids.begin(), ids.end()}};
  }
  readRuns(project, reader, entries);
  readEstimates(project, reader);
  readTables(project, reader, entries, watch);
  readAccelerators(project, reader, entries);
  project.view = reader.object("view");
  project.history = reader.texts("history");
  if (entries.has(ThumbnailEntry)) project.thumbnail = entries.take(ThumbnailEntry);
  if (!project.thumbnail.isEmpty() && !project.thumbnail.startsWith("\x89PNG\r\n\x1a\n"))
    throw Error(place + QStringLiteral(", ") + ThumbnailEntry, QStringLiteral("is no PNG picture"));
  entries.expectNoOther();
  return project;
}

}  // namespace pimento

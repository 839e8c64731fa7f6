// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_file.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "core/files/archive.h"
#include "core/project/project_json.h"
#include "tests/core/project/sample_projects.h"
#include "tests/core/project/zip_maker.h"

using namespace pimento;

namespace {

const QString Place = QStringLiteral("work.pimento");

std::string errorOf(const QByteArray &file) {
  try {
    static_cast<void>(openProject(file, Place));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

// The error is one line that names the file and holds `text`.
void expectRefused(const QByteArray &file, const std::string &text) {
  const std::string error = errorOf(file);
  EXPECT_EQ(error.find("work.pimento"), 0U) << error;
  EXPECT_NE(error.find(text), std::string::npos) << error;
  EXPECT_EQ(error.find('\n'), std::string::npos) << error;
}

const ZipPart Mime{"mimetype", "application/x-pimento"};
const ZipPart Definition{"project.json", "{\"schema\": 1}"};

ZipPart definition(const QByteArray &json) { return {"project.json", json}; }

QByteArray readAll(const QString &path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

TEST(ProjectFile, opensAsItWasSaved) {
  for (const std::uint32_t rows : {0U, 20U, 1000U, 1001U, 70'000U}) {
    const Project project = sampleProject(rows);
    const QByteArray bytes = projectBytes(project);
    const Project back = openProject(bytes, Place);
    EXPECT_TRUE(sameAs(project, back)) << rows;
    EXPECT_EQ(projectBytes(back), bytes) << rows;
  }
  EXPECT_TRUE(sameAs(openProject(projectBytes({}), Place), {}));
}

TEST(ProjectFile, beginsWithItsMimeTypeAndStoresLargeTablesAsTensors) {
  const QByteArray bytes = projectBytes(sampleProject(1001));
  EXPECT_EQ(bytes.mid(30, 8 + 21), "mimetypeapplication/x-pimento");
  EXPECT_EQ(bytes.mid(28, 2), QByteArray("\0\0", 2)) << "an extra field";
  const std::vector<ArchiveEntry> entries = projectEntries(sampleProject(1001));
  ASSERT_EQ(entries.size(), 8U);
  EXPECT_EQ(entries[2].name, QStringLiteral("runs/1.json"));
  EXPECT_EQ(entries[3].name, QStringLiteral("runs/1.jsonl"));
  EXPECT_EQ(entries[4].name, QStringLiteral("runs/1.safetensors"));
  EXPECT_EQ(entries[5].name, QStringLiteral("tables/1.safetensors"));
  EXPECT_TRUE(bytes.contains(entries[5].bytes)) << "deflated";
  EXPECT_EQ(projectEntries(sampleProject(1000)).size(), 7U);
}

TEST(ProjectFile, sameProjectGivesSameBytes) {
  EXPECT_EQ(projectBytes(sampleProject(1500)), projectBytes(sampleProject(1500)));
}

TEST(ProjectFile, readsADeflatedArchive) {
  EXPECT_EQ(openProject(makeZip({Mime, {"project.json", "{\"schema\": 1, \"title\": \"t\"}", true}}), Place).title,
            QStringLiteral("t"));
}

TEST(ProjectFile, refusesWhatIsNoProject) {
  expectRefused("", "is empty");
  expectRefused("hello", "no zip archive");
  expectRefused(makeZip({{"a.txt", "x"}}), "first entry is not the mimetype");
  expectRefused(makeZip({Definition, Mime}), "first entry is not the mimetype");
  expectRefused(makeZip({{"mimetype", "application/zip"}, Definition}), "first entry is not the mimetype");
  expectRefused(makeZip({Mime}), "no entry \"project.json\"");
}

TEST(ProjectFile, refusesEveryTruncation) {
  const QByteArray bytes = projectBytes(sampleProject(3));
  for (qsizetype size = 0; size < bytes.size(); ++size) EXPECT_NE(errorOf(bytes.left(size)), "no error") << size;
  expectRefused(bytes.left(bytes.size() / 2), "cut off");
  expectRefused(bytes + "x", "cut off");
}

TEST(ProjectFile, refusesContentThatWasChanged) {
  QByteArray bytes = projectBytes(sampleProject(3));
  const qsizetype at = bytes.indexOf("rows");
  bytes[at] = 'R';
  expectRefused(bytes, "entry \"accelerators/1.json\": its content does not fit its declared size or checksum");
}

TEST(ProjectFile, refusesNamesThatLeadElsewhere) {
  expectRefused(makeZip({Mime, Definition, {"../evil", "x"}}), "entry \"../evil\": its name leads out");
  expectRefused(makeZip({Mime, Definition, {"tables/../../evil", "x"}}), "leads out");
  expectRefused(makeZip({Mime, Definition, {"..\\evil", "x"}}), "leads out");
  expectRefused(makeZip({Mime, Definition, {"/etc/passwd", "x"}}), "absolute");
  expectRefused(makeZip({Mime, Definition, {"C:\\x", "x"}}), "absolute");
  expectRefused(makeZip({Mime, Definition, {"a\nb", "x"}}), "characters other than");
  expectRefused(makeZip({Mime, Definition, {"tables/", ""}}), "is no file");
  expectRefused(makeZip({Mime, Definition, {QByteArray(300, 'a'), "x"}}), "longer than 200");
}

TEST(ProjectFile, refusesDuplicatesAndStrangers) {
  expectRefused(makeZip({Mime, Definition, Definition}), "entry \"project.json\": is there twice");
  expectRefused(makeZip({Mime, Definition, {"Project.JSON", "{}"}}), "is there twice");
  expectRefused(makeZip({Mime, Definition, {"notes.txt", "x"}}), "nothing refers to its entry \"notes.txt\"");
  std::vector<ZipPart> many{Mime, Definition};
  for (int i = 0; i < 1000; ++i) many.push_back({QByteArray::number(i), "x"});
  expectRefused(makeZip(many), "more than 1000 entries");
}

TEST(ProjectFile, refusesBombs) {
  const QByteArray zeros(8 << 20, '0');
  expectRefused(makeZip({Mime, Definition, {"a", zeros, true}}), "unpacks to more than 200 times its size");
  expectRefused(makeZip({Mime, {"project.json", zeros, true, 100U}}), "does not fit its declared size");
  expectRefused(makeZip({Mime, {"project.json", "{}", true, 1000U}}), "does not fit its declared size");
  expectRefused(makeZip({Mime, {"project.json", "{}", false, 1000U}}), "declared size does not fit the file");
  expectRefused(makeZip({Mime, {"project.json", "{}", true, 0xfffffff0U}}), "unpacks to more than 200");
  expectRefused(makeZip({Mime, {"project.json", "{}", false, {}, {}, 1}}), "is encrypted");
  expectRefused(makeZip({Mime, {"project.json", "{}", false, {}, 12}}), "packed by method 12");
}

TEST(ProjectFile, keepsToItsLimits) {
  const QByteArray bytes = makeZip({Mime, Definition, {"a", QByteArray(1000, 'x')}});
  QFile file;
  QTemporaryDir folder;
  file.setFileName(folder.filePath(QStringLiteral("a.zip")));
  ASSERT_TRUE(file.open(QIODevice::ReadWrite));
  file.write(bytes);
  file.seek(0);
  EXPECT_EQ(readArchive(file, Place).size(), 3U);
  file.seek(0);
  EXPECT_THROW(static_cast<void>(readArchive(file, Place, {.entryBytes = 999})), Error);
  file.seek(0);
  EXPECT_THROW(static_cast<void>(readArchive(file, Place, {.totalBytes = 1020})), Error);
  EXPECT_THROW(writeArchive(file, {{QStringLiteral("../a"), "x"}}, Place), Error);
  EXPECT_THROW(writeArchive(file, {{QStringLiteral("a"), "xx"}}, Place, {.entryBytes = 1}), Error);
}

TEST(ProjectFile, refusesOtherSchemas) {
  expectRefused(makeZip({Mime, definition("{\"schema\": 3, \"new\": 1}")}),
                "made by a newer Pimento (schema 3; this program reads 2); open it with that version");
  expectRefused(makeZip({Mime, definition("{\"schema\": 1e300}")}), "made by a newer Pimento");
  expectRefused(makeZip({Mime, definition("{\"schema\": 0}")}), "no schema that is known");
  expectRefused(makeZip({Mime, definition("{}")}), "no schema that is known");
  expectRefused(makeZip({Mime, definition("{\"schema\": \"1\"}")}), "no schema that is known");
}

TEST(ProjectFile, opensTheFirstSchema) {
  const QByteArray old = "{\"schema\": 1, \"title\": \"t\", \"estimates\": [{\"network\": \"n\"}]}";
  const Project project = openProject(makeZip({Mime, definition(old)}), Place);
  ASSERT_EQ(project.estimates.size(), 1U);
  EXPECT_EQ(project.estimates.front(), EstimateChoice{.network = QStringLiteral("n")});
  EXPECT_TRUE(project.runs.empty());
}

TEST(ProjectFile, namesWhatIsWrongInItsRuns) {
  const RunEntries run = runEntries(sampleRun());
  const auto refused = [&](const QByteArray &runs, const QByteArray &members, const std::string &text) {
    expectRefused(
        makeZip(
            {Mime, definition("{\"schema\": 2, \"runs\": [" + runs + "]" + members + "}"), {"r.json", run.definition}}),
        text);
  };
  const QByteArray one = "{\"name\": \"a\", \"entry\": \"r.json\"}";
  refused("{\"name\": \"a\"}", "", "no entry \"\"");
  refused(one + "," + one, "", "\"a\" is there twice");
  refused("{\"name\": \"a\", \"entry\": \"r.json\", \"weights\": \"w\"}", "", "no entry \"w\"");
  refused("{\"name\": \"a\", \"entry\": \"r.json\", \"note\": \"w\"}", "", "unknown key \"note\"");
  refused("{\"entry\": \"r.json\"}", "", "is no name for a run");
  refused(one,
          ", \"estimates\": [" + QByteArray("{\"network\": \"n\", \"run\": \"a\"},").repeated(4000) +
              "{\"network\": \"n\"}]",
          "more than 10000 variants");
}

TEST(ProjectFile, namesWhatIsWrongInItsDefinition) {
  const auto refused = [](const QByteArray &members, const std::string &text) {
    expectRefused(makeZip({Mime, definition("{\"schema\": 1, " + members + "}")}), text);
  };
  expectRefused(makeZip({Mime, definition("{\n\"schema\": 1,\n}")}), "project.json, line 3: not JSON");
  expectRefused(makeZip({Mime, definition("[]")}), "not a JSON object");
  refused("\"tilte\": \"x\"", "unknown key \"tilte\"; did you mean \"title\"?");
  refused("\"title\": 3", "key \"title\": must be text");
  refused("\"history\": [1]", "key \"history\": must hold texts");
  refused("\"view\": []", "key \"view\": must be an object");
  refused("\"published\": {\"corrections\": 1}", "published, key \"corrections\": must be a list");
  refused("\"estimates\": [{}]", "estimates 1, key \"network\": must name a network");
  refused("\"estimates\": [{\"network\": \"n\", \"bits_w\": 0}]", "whole number from 1 to 32");
  refused("\"estimates\": [{\"network\": \"n\", \"classes\": 1.5}]", "whole number from 0 to 100000");
  refused("\"estimates\": [" + QByteArray("{\"network\": \"n\"},").repeated(10'000) + "{\"network\": \"n\"}]",
          "key \"estimates\": ask for more than 10000 variants");
  refused("\"tables\": [{\"name\": \"t\"}]", "key \"table\": must be given, or entry");
  refused("\"tables\": [{\"name\": \"t\", \"entry\": \"tables/1.safetensors\"}]", "no entry \"tables/1.safetensors\"");
  refused("\"accelerators\": [{\"name\": \"a\", \"entry\": \"mimetype\"}]", "no entry \"mimetype\"");
}

TEST(ProjectFile, savesOverALinkButNotOverAFolder) {
  QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.pimento"));
  const QString link = folder.filePath(QStringLiteral("link.pimento"));
  saveProject({}, path);
  ASSERT_TRUE(QFile::link(path, link));
  saveProject(sampleProject(), link);
  EXPECT_TRUE(QFileInfo(link).isSymLink());
  EXPECT_TRUE(sameAs(openProject(path), sampleProject()));
  EXPECT_THROW(saveProject({}, folder.path()), Error);
  EXPECT_THROW(static_cast<void>(openProject(folder.path())), Error);
  EXPECT_THROW(static_cast<void>(openProject(folder.filePath(QStringLiteral("none")))), Error);
  EXPECT_THROW(saveProject({}, folder.filePath(QStringLiteral("no/such/folder/a.pimento"))), Error);
  EXPECT_THROW(saveProject({}, QStringLiteral("/dev/null")), Error);
}

TEST(ProjectFile, leavesTheOldFileWhenItCanNotSave) {
  QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.pimento"));
  saveProject(sampleProject(), path);
  const QByteArray before = readAll(path);
  Project tooLarge;
  tooLarge.title = QString(70 << 20, QLatin1Char('x'));
  EXPECT_THROW(saveProject(tooLarge, path), Error);
  EXPECT_EQ(readAll(path), before);
  EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files).size(), 1) << "something was left beside it";
}

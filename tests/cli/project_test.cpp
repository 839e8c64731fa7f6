// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>

#include "core/files/save_file.h"
#include "core/project/project_file.h"
#include "core/study/study.h"
#include "tests/cli/program.h"
#include "tests/core/project/sample_runs.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QStringList words(const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); }

QByteArray bytesOf(const QString &path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const QString Shipped = QStringLiteral(PIMENTO_PROJECTS "/published.pimento");

}  // namespace

TEST(ProjectOption, savesThePublishedResultsAsTheVerbWouldShowThem) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a b.pimento"));
  const Output output =
      runPimento(words("published --dataset cifar-100 --scope head --correct mobilenetv1-cm1-gpu-time") +
                 QStringList{QStringLiteral("-o"), path});
  EXPECT_EQ(output.exitCode, 0) << output.err.toStdString();
  EXPECT_EQ(output.out + output.err, "");
  const Project project = openProject(path);
  ASSERT_TRUE(project.published);
  EXPECT_EQ(project.published->corrections, CorrectionSet{QStringLiteral("mobilenetv1-cm1-gpu-time")});
  EXPECT_EQ(project.view[QStringLiteral("scope")].toString(), QStringLiteral("head"));
  EXPECT_EQ(project.view[QStringLiteral("filters")][QStringLiteral("dataset")][0].toString(),
            QStringLiteral("cifar-100"));
  EXPECT_EQ(project.history, QStringList(QStringLiteral("pimento published --dataset cifar-100 --scope head --correct "
                                                        "mobilenetv1-cm1-gpu-time")));
}

TEST(ProjectOption, savesAnEstimateThatGivesTheSameNumbers) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("resnet20.pimento"));
  const QStringList command = words("estimate resnet20-slimmable --bits 4:8 --set rows=128 --gpu-power one-board");
  EXPECT_EQ(runPimento(command + QStringList{QStringLiteral("-o"), path}).exitCode, 0);
  const CsvTable printed = csvOf(command);
  const DesignTable points = study(openProject(path)).table;
  ASSERT_EQ(points.size(), printed.rows.size());
  for (std::uint32_t row = 0; row < points.size(); ++row) {
    EXPECT_EQ(points.id(row), field(printed, row, "id"));
    EXPECT_EQ(points.at(row, Metric::Energy).value().value, number(printed, row, "energy_uj"));
  }
  EXPECT_EQ(runPimento(words("estimate resnet20-slimmable:0.3 -o") + QStringList(path)).exitCode, 0);
  EXPECT_EQ(openProject(path).estimates.front().variants, QStringList(QStringLiteral("0.3")));
}

TEST(ProjectOption, makesTheProjectThatShips) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("published.pimento"));
  EXPECT_EQ(runPimento(words("published --dataset cifar-100 -o") + QStringList(path)).exitCode, 0);
  EXPECT_EQ(bytesOf(path), bytesOf(Shipped));
}

TEST(ProjectOption, refusesWhatItCanNotDo) {
  expectRefused(words("published -o out.csv"), "no project; give a name that ends in .pimento");
  expectRefused(words("published --csv -o out.pimento"), "both -o and --csv");
  expectRefused(words("published --tables -o out.pimento"), "both -o and --tables");
  expectRefused(words("estimate deco-vgg16 --layers -o out.pimento"), "both -o and --layers");
  expectRefused(words("published --dataset mnist -o out.pimento"), "--dataset \"mnist\"");
  expectRefused(words("published -o no/such/folder/out.pimento"), "can not be written");
}

TEST(ProjectOption, replacesWhatACommandGivesAgainAndNothingElse) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("work.pimento"));
  const QStringList command = words("estimate deco-vgg16 -o") + QStringList(path);
  EXPECT_EQ(runPimento(words("published --dataset cifar-100 -o") + QStringList(path)).exitCode, 0);
  EXPECT_EQ(runPimento(command).exitCode, 0);
  Project work = openProject(path);
  addRun(work, sampleRun());
  work.view[QStringLiteral("pins")] = QJsonArray{QStringLiteral("a design")};
  saveProject(work, path);
  expectRefused(command, "holds 1 run, 2 estimates, 1 pin, which would be lost; give another name, or --replace");
  EXPECT_TRUE(sameAs(openProject(path), work));
  EXPECT_EQ(runPimento(command + QStringList(QStringLiteral("--replace"))).exitCode, 0);
  EXPECT_TRUE(openProject(path).runs.empty());
  EXPECT_EQ(openProject(path).history, QStringList(QStringLiteral("pimento estimate deco-vgg16")));
  writeWhole(path, "a letter");
  expectRefused(command, "is no Pimento project");
  expectRefused(command + QStringList(QStringLiteral("--replace")), "is no Pimento project");
  EXPECT_EQ(bytesOf(path), "a letter");
  expectRefused(words("estimate deco-vgg16 --replace"), "--replace without -o");
  const QString profile = folder.filePath(QStringLiteral("a.json"));
  writeWhole(profile, "{\"letter\": true}");
  expectRefused(words("estimate --write-profile") + QStringList(profile), "a.json");
  EXPECT_EQ(bytesOf(profile), "{\"letter\": true}");
}

TEST(ProjectOption, saysWhatTheDiskSaysInOneLine) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("work.pimento"));
  EXPECT_EQ(runPimento(words("estimate resnet20-slimmable -o") + QStringList(path)).exitCode, 0);
  const QByteArray before = bytesOf(path);
  // No file may become longer than 1024 bytes.
  QProcess shell;
  shell.start(QStringLiteral("bash"),
              {QStringLiteral("-c"), QStringLiteral("trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""),
               QFileInfo(QStringLiteral(PIMENTO_BINARY)).absoluteFilePath(), QStringLiteral("estimate"),
               QStringLiteral("resnet20-slimmable"), QStringLiteral("-o"), path});
  ASSERT_TRUE(shell.waitForFinished(60'000));
  EXPECT_EQ(shell.exitCode(), 2);
  const QByteArray said = shell.readAllStandardError();
  EXPECT_TRUE(said.contains("can not be written (File too large); make room on that disk")) << said.toStdString();
  EXPECT_EQ(said.count('\n'), 1) << said.toStdString();
  EXPECT_EQ(bytesOf(path), before);
}

TEST(ProjectOption, refusesNamesThatAreNotUtf8) {
  const QTemporaryDir folder;
  for (const char *verb : {"published -o", "estimate deco-vgg16 -o", "front", "export", "import", ""}) {
    QProcess shell;
    shell.setWorkingDirectory(folder.path());
    shell.start(
        QStringLiteral("bash"),
        {QStringLiteral("-c"), QStringLiteral("exec \"$0\" %1 $'caf\\xe9.pimento'").arg(QString::fromLatin1(verb)),
         QFileInfo(QStringLiteral(PIMENTO_BINARY)).absoluteFilePath()});
    ASSERT_TRUE(shell.waitForFinished(60'000));
    EXPECT_EQ(shell.exitCode(), 2) << verb;
    const QByteArray said = shell.readAllStandardError();
    EXPECT_TRUE(said.contains("\"caf\\xE9.pimento\" is not UTF-8")) << verb << ": " << said.toStdString();
  }
  EXPECT_TRUE(QDir(folder.path()).isEmpty());
}

TEST(FrontVerb, readsAProject) {
  const CsvTable own = csvOf(words("front --dataset cifar-100") + QStringList(Shipped));
  const CsvTable published = csvOf(words("front --dataset cifar-100 --published"));
  EXPECT_EQ(own.rows, published.rows);
  EXPECT_EQ(own.rows.size(), 4U);
}

TEST(FrontVerb, refusesAProjectThatIsDamaged) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("cut.pimento"));
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(bytesOf(Shipped).chopped(30));
  file.close();
  expectRefused({QStringLiteral("front"), path}, "is cut off or damaged");
  expectRefused({QStringLiteral("front"), folder.filePath(QStringLiteral("none.pimento"))}, "no such file");
}

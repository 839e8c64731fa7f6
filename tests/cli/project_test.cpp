// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

#include "core/project/project_file.h"
#include "core/project/project_points.h"
#include "tests/cli/program.h"

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
  const DesignTable points = projectPoints(openProject(path));
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

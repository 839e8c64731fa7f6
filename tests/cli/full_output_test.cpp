// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing is done silently when what is told gets nowhere.
#include <gtest/gtest.h>

#include <QFileInfo>
#include <QProcess>

#include "tests/cli/program.h"

using namespace pimento::test;

namespace {

struct End {
  int exitCode = -1;
  QByteArray errors;
};

End withFullOutput(const QStringList &arguments) {
  QProcess process;
  process.setStandardOutputFile(QStringLiteral("/dev/full"));
  process.start(QFileInfo(QStringLiteral(PIMENTO_BINARY)).absoluteFilePath(), arguments);
  EXPECT_TRUE(process.waitForFinished(60'000)) << arguments.join(QLatin1Char(' ')).toStdString();
  return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardError()};
}

// As the overview lists them: two blanks, the verb, what it does.
QStringList allVerbs() {
  QStringList verbs;
  for (const QByteArray &line : runPimento({QStringLiteral("--help")}).out.split('\n'))
    if (line.startsWith("  ") && line.size() > 3 && line[2] >= 'a' && line[2] <= 'z')
      verbs << QString::fromUtf8(line.trimmed().split(' ').first());
  return verbs;
}

}  // namespace

TEST(FullOutput, isAnErrorOfEveryVerb) {
  const QStringList verbs = allVerbs();
  ASSERT_GE(verbs.size(), 15);
  ASSERT_TRUE(verbs.contains(QStringLiteral("train")));
  QList<QStringList> commands{{QStringLiteral("--help")}, {QStringLiteral("--version")}};
  for (const QString &verb : verbs) commands << QStringList{verb, QStringLiteral("--help")};
  for (const char *line : {"networks", "count resnet20-slimmable:0.5 --json", "published --csv", "audit",
                           "front --published --dataset cifar-100 --objectives energy,accuracy",
                           "estimate resnet20-slimmable", "device", "sense", "array --parts", "estimate --parameters"})
    commands << QString::fromLatin1(line).split(QLatin1Char(' '));
  for (const QStringList &command : commands) {
    const End end = withFullOutput(command);
    EXPECT_EQ(end.exitCode, 2) << command.join(QLatin1Char(' ')).toStdString();
    EXPECT_TRUE(end.errors.contains("standard output")) << end.errors.toStdString();
    EXPECT_EQ(end.errors.count('\n'), 1) << end.errors.toStdString();
  }
}

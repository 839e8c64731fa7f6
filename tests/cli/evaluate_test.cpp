// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "tests/cli/program.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QStringList words(const char *line) { return QString::fromUtf8(line).split(QLatin1Char(' ')); }

QString fileWith(const QTemporaryDir &folder, const char *name, const QByteArray &bytes) {
  QFile file(QDir(folder.path()).filePath(QString::fromLatin1(name)));
  EXPECT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(bytes);
  return file.fileName();
}

}  // namespace

TEST(EvaluateVerb, saysWhatItNeeds) {
  EXPECT_TRUE(runPimento(words("evaluate --help")).out.contains("interval_pct"));
  expectRefused(words("evaluate"), "--network is not given");
  expectRefused(words("evaluate --network resnet20-slimmable:1.0"), "--weights is not given");
  expectRefused(words("evaluate --network resnet20-slimmable --weights x --std 0"), "--std");
  expectRefused(words("evaluate --network resnet20-slimmable --weights x --shortcut-padding left"), "known: auto");
}

TEST(EvaluateVerb, refusesWhatIsNoWeights) {
  const QTemporaryDir folder;
  const QStringList command = words("evaluate --network resnet20-slimmable:1.0 --weights");
  expectRefused(command + QStringList{folder.filePath(QStringLiteral("none.safetensors"))}, "none.safetensors");
  expectRefused(command + QStringList{fileWith(folder, "a.pth", "PK\x03\x04 and more")}, "is cut off or damaged");
  expectRefused(command + QStringList{fileWith(folder, "b.pkl", "\x80\x02}q")}, "the pickle is cut off");
  expectRefused(command + QStringList{fileWith(folder, "e.pt",
                                               "\x80\x02"
                                               "cos\nsystem\n.")},
                "os.system");
  expectRefused(command + QStringList{QStringLiteral("tests/data/torch/module.pth")},
                "torch.nn.modules.container.Sequential");
  expectRefused(command + QStringList{QStringLiteral("tests/data/torch/zip.pth")}, "tensors are missing");
  expectRefused(command + QStringList{fileWith(folder, "c.safetensors", QByteArray(64, 'x'))}, "c.safetensors");
}

TEST(EvaluateVerb, refusesClassesThatDoNotMatchTheData) {
  expectRefused(words("evaluate --network alexnet --weights none.safetensors --data fashion-mnist"),
                "tells 1000 classes, fashion-mnist has 10");
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are none in the place of every file that a verb reads.
#include "tests/cli/hostile_files.h"
#include "tests/core/data/sample_files.h"

using namespace pimento;
using namespace pimento::test;

namespace {

class HostileInputs : public HostileFiles {
 protected:
  static void refused(const QStringList &arguments, const QString &file) {
    HostileFiles::refused(pimentoProgram(), arguments, file);
  }
  ~HostileInputs() override {
#ifdef __SANITIZE_ADDRESS__  // keeps what was freed, and shadows the rest
    constexpr long Most_mb = 2800;
#else
    constexpr long Most_mb = 700;
#endif
    EXPECT_LT(mostMemory_mb(), Most_mb);
  }
};

QStringList words(const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); }

}  // namespace

TEST_P(HostileInputs, areNoTextsOfAnyVerb) {
  for (const auto &[command, name] :
       {std::pair{"count", "net.json"}, std::pair{"front", "rows.csv"}, std::pair{"front", "p.pimento"},
        std::pair{"estimate resnet20-slimmable --accelerator", "chip.json"},
        std::pair{"train resnet20-slimmable --recipe", "recipe.json"}, std::pair{"array --cell", "a.cell"},
        std::pair{"array --cfg", "a.cfg"}, std::pair{"simulate --bits 8:8 --quantised", "q.safetensors"}}) {
    const QString file = put(QString::fromLatin1(name));
    refused(words(command) << file, file);
  }
  const QString project = put(QStringLiteral("p.pimento"));
  refused({QStringLiteral("export"), project, QStringLiteral("-o"), m_folder.filePath(QStringLiteral("out"))}, project);
}

TEST_P(HostileInputs, areNoDataSets) {
  const auto folder = [&](const char *name) { return m_folder.filePath(QString::fromLatin1(name)); };
  for (const char *name :
       {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
    QDir().mkpath(folder("idx"));
    for (const char *part : {"train", "t10k"}) {
      const QString prefix = folder("idx/") + QString::fromLatin1(part);
      for (const char *end : {"-images-idx3-ubyte", "-labels-idx1-ubyte"})
        QFile::remove(prefix + QString::fromLatin1(end));
      writeFile(prefix + QStringLiteral("-images-idx3-ubyte"), idxImages(4, 3));
      writeFile(prefix + QStringLiteral("-labels-idx1-ubyte"), idxLabels(4, 2));
    }
    const QString file = put(QStringLiteral("idx/") + QString::fromLatin1(name));
    refused({QStringLiteral("data"), folder("idx")}, file);
  }
  writeCifarSet(folder("cifar"));
  refused({QStringLiteral("data"), folder("cifar")}, put(QStringLiteral("cifar/data_batch_3.bin")));
  for (const char *part : {"pictures/train/a", "pictures/test/a"}) QDir().mkpath(folder(part));
  writeFile(folder("pictures/test/a/1.pgm"), "P5 2 2 255 abcd");
  const QString picture = put(QStringLiteral("pictures/train/a/1.png"));  // only files are listed as pictures
  const bool file = GetParam() != Hostile::Pipe && GetParam() != Hostile::Device;
  refused({QStringLiteral("data"), folder("pictures")}, file ? picture : folder("pictures/train"));
}

TEST_P(HostileInputs, areNoRuns) {
  const QString run = m_folder.filePath(QStringLiteral("run"));
  const QString project = m_folder.filePath(QStringLiteral("new.pimento"));
  refused({QStringLiteral("import"), run, QStringLiteral("-o"), project}, put(QStringLiteral("run/job.json")));
}

INSTANTIATE_TEST_SUITE_P(Each, HostileInputs, EveryHostile);

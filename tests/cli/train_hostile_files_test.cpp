// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are none in the place of those that the worker reads.
#include "core/files/save_file.h"
#include "core/jobs/job.h"
#include "core/network/families/families.h"
#include "tests/cli/hostile_files.h"
#include "tests/core/data/sample_files.h"
#include "tests/core/project/sample_runs.h"

using namespace pimento;
using namespace pimento::test;

namespace {

class HostileWorkerFiles : public HostileFiles {
 protected:
  void SetUp() override {
    makeFolder(path("data"));
    for (const char *part : {"train", "t10k"}) {
      const QString prefix = path("data/") + QString::fromLatin1(part);
      writeFile(prefix + QStringLiteral("-images-idx3-ubyte"), idxImages(20, 28));
      writeFile(prefix + QStringLiteral("-labels-idx1-ubyte"), idxLabels(20, 10));
    }
    Job job = sampleRun().job;
    job.data = path("data");
    createJob(path("run"), job);
  }
  void refused(const char *arguments, const QString &file) const {
    const QString line = QString::fromLatin1(arguments).arg(m_folder.path());
    HostileFiles::refused(workerProgram(), line.split(QLatin1Char(' ')), file);
    QFile::remove(file);
  }
};

}  // namespace

TEST_P(HostileWorkerFiles, areNoWeights) {
  const char *const evaluate = "evaluate --network resnet20-slimmable:0.25 --data %1/data --threads 1 --weights %1/";
  for (const char *name : {"a.safetensors", "a.pth"})
    refused((QByteArray(evaluate) + name).constData(), put(QString::fromLatin1(name)));
  refused("quantise %1/run --threads 1", put(QStringLiteral("run/weights.safetensors")));
  refused("infer %1/run", put(QStringLiteral("run/weights.safetensors")));
  constexpr long Most_mb = 700;  // LibTorch, a small network and small images take less than half of it
  EXPECT_LT(mostMemory_mb(), Most_mb);
  RecordProperty("memory_mb", static_cast<int>(mostMemory_mb()));
}

TEST_P(HostileWorkerFiles, areNoRunsAndNoImages) {
  refused("infer %1/run", put(QStringLiteral("data/t10k-images-idx3-ubyte")));
  refused("infer %1/run", put(QStringLiteral("run/job.json")));
}

INSTANTIATE_TEST_SUITE_P(Each, HostileWorkerFiles, EveryHostile);

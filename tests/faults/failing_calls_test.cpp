// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever fails - a write, a file that can not be brought to the disk, renamed or opened, an allocation -, a verb has
// done what it was asked, or says in one line why not, and then the old files are whole.
#include "tests/faults/failing_calls.h"

#include "core/files/save_file.h"
#include "core/network/families/families.h"
#include "core/project/project_file.h"
#include "core/simulate/integers/quantised_file.h"
#include "core/simulate/integers/random_network.h"
#include "tests/core/data/sample_files.h"
#include "tests/core/project/sample_runs.h"
#include "tests/faults/lenet.h"

using namespace pimento;
using namespace pimento::test;

namespace {

void writePictures(const QString &folder) {
  const QByteArray picture = "P5 64 64 255 " + QByteArray(64 * 64, 'g');
  for (const char *part : {"train/a", "train/b", "test/a", "test/b"}) {
    makeFolder(folder + QLatin1Char('/') + QString::fromLatin1(part));
    for (const char *name : {"1", "2", "3"})
      writeFile(QStringLiteral("%1/%2/%3.pgm").arg(folder, QString::fromLatin1(part), QString::fromLatin1(name)),
                picture);
  }
}

// Random integers that say they were trained.
void writeIntegers(const QString &path) {
  const NetworkSpec spec = makeNetwork(QStringLiteral("lenet5"));
  QuantisedNetwork network = randomNetwork(
      spec, {spec.variants.front()}, Binding{QStringLiteral("joint"), Sharing::Shared, Sharing::Shared}, {8, 8}, 1);
  network.origin =
      QuantisedOrigin{ResultHow::PostTraining, QStringLiteral("data"), {spec.input, false, 0, false, {{0.3}, {0.3}}}};
  writeWhole(path, writeSafeTensors(writeQuantised(network)));
}

class FailingVerbs : public FailingCalls, public testing::WithParamInterface<Command> {
 protected:
  static void SetUpTestSuite() {
    FailingCalls::SetUpTestSuite();
    exportRun(sampleRun(), path("runs/short"));
    Project project;
    addRun(project, sampleRun(QStringLiteral("older")));
    saveProject(project, path("work.pimento"));
    writeLenet(path(""));
    writePictures(path("pictures"));
    writeIntegers(path("quantised.safetensors"));
    keepFiles();
  }
};

const QString Pimento = QStringLiteral("pimento");

const Command Commands[] = {
    {"import", Pimento, QStringLiteral("import runs/short -o work.pimento"), 8},
    {"importAnew", Pimento, QStringLiteral("import runs/short -o fresh.pimento")},
    {"estimate", Pimento, QStringLiteral("estimate resnet20-slimmable -o fresh.pimento")},
    {"profile", Pimento, QStringLiteral("estimate --device stt --write-profile mine.json")},
    {"published", Pimento, QStringLiteral("published -o fresh.pimento")},
    {"front", Pimento, QStringLiteral("front work.pimento")},
    {"export", Pimento, QStringLiteral("export work.pimento -o out"), 3},
    {"screenshot", Pimento, QStringLiteral("work.pimento --screenshot picture.png"), 3},
    {"simulate", Pimento, QStringLiteral("simulate --quantised quantised.safetensors --data data --images 2 --json")},
    {"dataOfIdx", Pimento, QStringLiteral("data data")},
    {"dataOfPictures", Pimento, QStringLiteral("data pictures --crop 48")},
};

}  // namespace

TEST_P(FailingVerbs, endInTheDeedOrALine) { tryAll(GetParam(), "fail"); }
TEST_P(FailingVerbs, forWantOfMemoryEndInTheDeedOrALine) { tryAll(GetParam(), "memory"); }

INSTANTIATE_TEST_SUITE_P(Of, FailingVerbs, testing::ValuesIn(Commands),
                         [](const auto &command) { return std::string(command.param.name); });

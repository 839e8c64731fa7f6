// SPDX-License-Identifier: GPL-3.0-or-later
// The worker's own verbs while a call of theirs fails.
#include "core/files/save_file.h"
#include "tests/faults/failing_calls.h"
#include "tests/faults/lenet.h"

using namespace pimento;
using namespace pimento::test;

namespace {

class FailingWorker : public FailingCalls, public testing::WithParamInterface<Command> {
 protected:
  static void SetUpTestSuite() {
    FailingCalls::SetUpTestSuite();
    writeLenet(path(""));
    const FaultedRun trained =
        runWithFault(QStringLiteral("pimento"), lenetTraining(QStringLiteral("run")), path(""), {.folder = path("")});
    EXPECT_EQ(trained.exitCode, 0) << trained.err.toStdString();
    keepFiles();
  }
};

const QString Worker = QStringLiteral("pimento-learn");

const Command Commands[] = {
    {"evaluate", Worker,
     QStringLiteral("evaluate --network ./lenet5.json --weights run/weights.safetensors --data data --threads 1"), 3},
    {"quantise", Worker, QStringLiteral("quantise run --calibration 8 --threads 1 --output mine.safetensors")},
    {"infer", Worker, QStringLiteral("infer run"), 3, "{\"image\": 3}\n"},
};

}  // namespace

TEST_P(FailingWorker, endsInTheDeedOrALine) { tryAll(GetParam(), "fail"); }
TEST_P(FailingWorker, forWantOfMemoryEndsInTheDeedOrALine) { tryAll(GetParam(), "memory"); }

INSTANTIATE_TEST_SUITE_P(Of, FailingWorker, testing::ValuesIn(Commands),
                         [](const auto &command) { return std::string(command.param.name); });

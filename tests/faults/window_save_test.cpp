// SPDX-License-Identifier: GPL-3.0-or-later
// The window's save, as a process whose calls fail or which is killed at them.
#include "core/base/report_table.h"
#include "core/explore/design_report.h"
#include "core/files/save_file.h"
#include "core/project/project_file.h"
#include "tests/core/project/sample_projects.h"
#include "tests/faults/failing_calls.h"

using namespace pimento;
using namespace pimento::test;

namespace {

class WindowSave : public FailingCalls {
 protected:
  static void SetUpTestSuite() {
    constexpr std::uint32_t Rows = 290;  // of which no two are alike
    FailingCalls::SetUpTestSuite();
    Project project;
    addRun(project, sampleRun());
    saveProject(project, path("work.pimento"));
    const DesignTable table = sampleTable(Rows);
    writeWhole(path("more.csv"), toCsv(designReport(table)).toUtf8());
    keepFiles();
  }
};

const Command Save{"save", QStringLiteral("window_saver"), QStringLiteral("work.pimento more.csv"), 8, {}, true};

}  // namespace

TEST_F(WindowSave, isDoneOrSaysWhyNot) { tryAll(Save, "fail"); }
TEST_F(WindowSave, forWantOfMemoryIsDoneOrSaysWhyNot) { tryAll(Save, "memory"); }
TEST_F(WindowSave, leavesTheOldFileOrTheNewWhereverItIsKilled) { killAll(Save); }

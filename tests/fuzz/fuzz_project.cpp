// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a project or an Error; a project that was opened is saved and opened as the same. Checksums keep most
// changes of an archive from the readers behind it, so bytes that are no archive go there by themselves: "T" and a
// table's tensors, "R" and the definition of a run, "H" and its history, or else the definition of a project.
#include <cstdlib>

#include "core/base/error.h"
#include "core/project/project_file.h"
#include "core/project/project_json.h"
#include "tests/core/project/sample_runs.h"

using namespace pimento;

namespace {

const QString Place = QStringLiteral("fuzz.pimento");

Project withRun(const QByteArray &run, const QByteArray &history) {
  constexpr const char *Runs = R"({"schema": 2, "runs": [{"name": "r", "entry": "r", "history": "h"}]})";
  return projectFromEntries({{QStringLiteral("mimetype"), "application/x-pimento"},
                             {QStringLiteral("project.json"), Runs},
                             {QStringLiteral("r"), run},
                             {QStringLiteral("h"), history}},
                            Place);
}

Project read(const QByteArray &bytes) {
  if (bytes.startsWith("PK")) return openProject(bytes, Place);
  const ArchiveEntry mime{QStringLiteral("mimetype"), "application/x-pimento"};
  const QString definition = QStringLiteral("project.json");
  if (bytes.startsWith('R')) return withRun(bytes.mid(1), "{}");
  if (bytes.startsWith('H')) return withRun(runEntries(sampleRun()).definition, bytes.mid(1));
  if (!bytes.startsWith('T')) return projectFromEntries({mime, {definition, bytes}}, Place);
  return projectFromEntries({mime,
                             {definition, R"({"schema": 1, "tables": [{"name": "t", "entry": "t"}]})"},
                             {QStringLiteral("t"), bytes.mid(1)}},
                            Place);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  Project project;
  try {
    project = read(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)));
  } catch (const Error &) {
    return 0;
  }
  if (!sameAs(openProject(projectBytes(project), Place), project)) std::abort();
  return 0;
}

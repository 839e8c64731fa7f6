// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a project or an Error; a project that was opened is saved and opened as the same. Checksums keep most
// changes of an archive from the readers behind it, so bytes that are no archive go there by themselves: "T" and a
// table's tensors, or else a definition.
#include <cstdlib>

#include "core/base/error.h"
#include "core/project/project_file.h"
#include "core/project/project_json.h"

using namespace pimento;

namespace {

const QString Place = QStringLiteral("fuzz.pimento");

Project read(const QByteArray &bytes) {
  if (bytes.startsWith("PK")) return openProject(bytes, Place);
  const ArchiveEntry mime{QStringLiteral("mimetype"), "application/x-pimento"};
  const QString definition = QStringLiteral("project.json");
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

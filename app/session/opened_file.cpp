// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/opened_file.h"

#include <QFileInfo>

#include "core/explore/design_csv.h"
#include "core/project/project_file.h"

namespace pimento {

namespace {

// Bytes that are read in about a tenth of a second: text takes longer than columns and weights.
constexpr qint64 LongTable = qint64{1} << 20;
constexpr qint64 LongProject = qint64{10} << 20;
constexpr double Points = 0.8;  // share of the work when a project is read but not yet computed

bool isTable(const QString &path) { return path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive); }

}  // namespace

OpenedFile readFile(const QString &path, const Watch &watch) {
  const QFileInfo file(path);
  const QString full = file.absoluteFilePath();
  if (isTable(path)) return {full, StoredTable{file.completeBaseName(), openDesignCsv(full, {}, watch)}};
  const auto stamp = stampOf(full);
  StudiedProject opened{openProject(full, watch.part(0, Points)), {}};
  opened.study = study(opened.project, nullptr, watch.part(Points, 1));
  return {full, std::move(opened), stamp};
}

bool takesLongToRead(const QString &path) {
  return QFileInfo(path).size() >= (isTable(path) ? LongTable : LongProject);
}

}  // namespace pimento

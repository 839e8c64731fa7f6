// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/project_option.h"

#include <QFileInfo>
#include <QJsonArray>

#include "core/base/arguments.h"
#include "core/base/error.h"
#include "core/project/project_file.h"
#include "core/project/project_lock.h"

namespace pimento {

namespace {

const QString Option = QStringLiteral("o");
const QString Replace = QStringLiteral("replace");
const QString Suffix = QStringLiteral(".pimento");

// The words of the command without -o, its value and --replace.
QStringList commandWithoutOption(const VerbParser &parser) {
  QStringList words{QStringLiteral("pimento"), parser.verb()};
  const QStringList &arguments = parser.arguments();
  for (qsizetype i = 0; i < arguments.size(); ++i) {
    const QString &word = arguments[i];
    if (word == QStringLiteral("-o") || word == QStringLiteral("--o"))
      ++i;
    else if (word == QStringLiteral("--replace"))
      continue;
    else if (!word.startsWith(QStringLiteral("-o=")) && !word.startsWith(QStringLiteral("--o=")))
      words << word;
  }
  return words;
}

// What no single command gives: "2 runs, 1 table"; empty if there is nothing of the kind.
QString workOf(const Project &project) {
  const std::size_t pins = static_cast<std::size_t>(project.view[QStringLiteral("pins")].toArray().size());
  const std::size_t estimates = project.estimates.size() > 1 ? project.estimates.size() : 0;
  QStringList parts;
  for (const auto &[count, what] : {std::pair{project.runs.size(), "run"}, std::pair{project.tables.size(), "table"},
                                    std::pair{estimates, "estimate"}, std::pair{pins, "pin"}})
    if (count > 0)
      parts << QStringLiteral("%1 %2%3").arg(count).arg(QString::fromLatin1(what),
                                                        count == 1 ? QString() : QStringLiteral("s"));
  return parts.join(QStringLiteral(", "));
}

// What no command gives again is not replaced unasked; what is no project is not replaced at all.
void refuseToLose(const QString &path, bool replace) {
  const QString work = workOf(openProject(path));
  if (!work.isEmpty() && !replace)
    throw Error(path, QStringLiteral("holds %1, which would be lost").arg(work),
                QStringLiteral("give another name, or --replace"));
}

}  // namespace

QStringList commandOf(const VerbParser &parser) {
  return QStringList{QStringLiteral("pimento"), parser.verb()} + parser.arguments();
}

void addProjectOption(VerbParser &parser) {
  parser.option(Option,
                QStringLiteral("Saves the designs as a project for the explorer instead of printing them. In place of "
                               "a project that holds nothing but what commands give again; of another with --replace; "
                               "of any other file never."),
                QStringLiteral("FILE.pimento"));
  parser.option(
      Replace,
      QStringLiteral("With -o: also in place of a project that holds runs, tables, several estimates or pins."));
}

bool wantsProject(const VerbParser &parser, const QStringList &others) {
  if (!parser.isSet(Option)) return false;
  const QString path = parser.value(Option);
  if (!path.endsWith(Suffix))
    throw Error(parser.place(), QStringLiteral("-o %1 is no project").arg(quoted(path)),
                QStringLiteral("give a name that ends in .pimento; --csv and --json print tables"));
  for (const QString &other : QStringList{QStringLiteral("csv"), QStringLiteral("json")} + others)
    if (parser.isSet(other))
      throw Error(parser.place(), QStringLiteral("both -o and --%1").arg(other), QStringLiteral("choose one"));
  return true;
}

void saveProjectOption(const VerbParser &parser, Project project) {
  const QString path = parser.value(Option);
  project.history = {shellCommand(commandWithoutOption(parser))};
  const FileLock lock = lockProject(path);
  if (QFileInfo::exists(path)) refuseToLose(path, parser.isSet(Replace));
  saveProject(project, path);
}

}  // namespace pimento

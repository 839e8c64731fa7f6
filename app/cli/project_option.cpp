// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/project_option.h"

#include "core/base/error.h"
#include "core/project/project_file.h"

namespace pimento {

namespace {

const QString Option = QStringLiteral("o");
const QString Suffix = QStringLiteral(".pimento");

// The words of the command without -o and its value.
QStringList commandWithoutOption(const VerbParser &parser) {
  QStringList words{QStringLiteral("pimento"), parser.verb()};
  const QStringList &arguments = parser.arguments();
  for (qsizetype i = 0; i < arguments.size(); ++i) {
    const QString &word = arguments[i];
    if (word == QStringLiteral("-o") || word == QStringLiteral("--o"))
      ++i;
    else if (!word.startsWith(QStringLiteral("-o=")) && !word.startsWith(QStringLiteral("--o=")))
      words << word;
  }
  return words;
}

}  // namespace

QStringList commandOf(const VerbParser &parser) {
  return QStringList{QStringLiteral("pimento"), parser.verb()} + parser.arguments();
}

void addProjectOption(VerbParser &parser) {
  parser.option(Option, QStringLiteral("Saves the designs as a project for the explorer instead of printing them."),
                QStringLiteral("FILE.pimento"));
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
  project.history = {shellCommand(commandWithoutOption(parser))};
  saveProject(project, parser.value(Option));
}

}  // namespace pimento

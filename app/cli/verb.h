// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QCommandLineParser>
#include <QString>
#include <QStringList>
#include <vector>

#include "app/process/streams.h"
#include "core/base/report_table.h"

namespace pimento {

enum class Application : std::uint8_t { None, Charts };  // Charts: needs fonts and graphics, but no display

// One verb of the command line. `arguments` is what stands behind the verb's name. Returns the exit code; throws
// Error for bad use or bad input (printed in one line, exit 2).
struct Verb {
  const char *name;
  const char *summary;
  int (*run)(const QStringList &arguments);
  Application application = Application::None;
};

[[nodiscard]] const std::vector<Verb> &verbs();

// What every verb's parser has in common: --help, --csv, --json, and one-line errors for what it does not know.
class VerbParser {
 public:
  // usage: "NETWORK[:VARIANT]" or ""; description: what the verb does, in a sentence or two.
  VerbParser(const char *verb, const QString &usage, const QString &description);

  // An option with a value (valueName given) or a flag. Names as typed, without dashes.
  void option(const QString &name, const QString &help, const QString &valueName = {},
              const QString &defaultValue = {});
  void repeatable(const QString &name, const QString &help, const QString &valueName);  // may be given several times
  void positional(const QString &name, const QString &help);
  void positionals(const QString &name, const QString &help);  // the last ones, any number

  // Reads the arguments. Returns false if help was printed. Throws Error for unknown options, too many arguments, and
  // an option whose value is given twice.
  [[nodiscard]] bool parse(const QStringList &arguments);

  [[nodiscard]] bool isSet(const QString &name) const { return m_parser.isSet(name); }
  [[nodiscard]] QString value(const QString &name) const { return m_parser.value(name); }
  [[nodiscard]] QStringList values(const QString &name) const { return m_parser.values(name); }
  [[nodiscard]] QString argument(int i) const { return m_parser.positionalArguments().value(i); }
  [[nodiscard]] QStringList positionalArguments() const { return m_parser.positionalArguments(); }
  [[nodiscard]] const QString &verb() const { return m_verb; }
  [[nodiscard]] const QStringList &arguments() const { return m_arguments; }  // all, as given
  [[nodiscard]] QString place() const { return QStringLiteral("pimento ") + m_verb; }

  // The value of an option that takes one of a few words. Throws Error naming them.
  [[nodiscard]] QString choice(const QString &name, const QStringList &words) const;

  // The value of an option that takes a whole number. Throws Error with the range for anything else.
  [[nodiscard]] std::int64_t whole(const QString &name, std::int64_t least, std::int64_t most) const;

  // Refuses an option that nothing uses without one of the others, or beside any of them. Throws Error.
  void needs(const QString &option, const QStringList &others) const;
  void excludes(const QString &option, const QStringList &others) const;

  // Whether the output is for people: neither --csv nor --json.
  [[nodiscard]] bool isText() const;

  // Writes a table to standard output in the format asked for (aligned text by default).
  void print(const ReportTable &table) const;

 private:
  QCommandLineParser m_parser;
  QString m_verb;
  QString m_usage;
  QString m_description;
  QStringList m_positionals;
  bool m_anyNumber = false;  // of positional arguments
  QStringList m_single;      // options with a value that may be given once
  QStringList m_arguments;
};

// Runs a verb by name or prints help; the exit code of the program. Never throws.
int runCommandLine(const QStringList &arguments);

}  // namespace pimento

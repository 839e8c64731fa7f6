// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verb.h"

#include <unistd.h>

#include <QRegularExpression>
#include <algorithm>
#include <cstdio>

#include "app/session/pages.h"
#include "core/base/error.h"
#include "core/base/problems.h"
#include "core/base/visible.h"

namespace pimento {

static QString dashed(const QString &option) {
  return (option.size() == 1 ? QLatin1String("-") : QLatin1String("--")) + option;
}

VerbParser::VerbParser(const char *verb, const QString &usage, const QString &description)
    : m_verb(QString::fromLatin1(verb)), m_usage(usage), m_description(description) {
  m_parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
  option(QStringLiteral("help"), QStringLiteral("This text."));
  option(QStringLiteral("csv"), QStringLiteral("Comma-separated values, full precision."));
  option(QStringLiteral("json"), QStringLiteral("JSON, one object a row."));
}

void VerbParser::option(const QString &name, const QString &help, const QString &valueName,
                        const QString &defaultValue) {
  if (!valueName.isEmpty()) m_single << name;
  m_parser.addOption(QCommandLineOption(name, help, valueName, defaultValue));
}

void VerbParser::repeatable(const QString &name, const QString &help, const QString &valueName) {
  m_parser.addOption(QCommandLineOption(name, help, valueName));
}

void VerbParser::positional(const QString &name, const QString &help) {
  m_positionals << name;
  m_parser.addPositionalArgument(name, help);
}

void VerbParser::positionals(const QString &name, const QString &help) {
  positional(name, help);
  m_anyNumber = true;
}

bool VerbParser::parse(const QStringList &arguments) {
  m_arguments = arguments;
  const QString program = QStringLiteral("pimento ") + m_verb;
  const QString remedy = QStringLiteral("see %1 --help").arg(program);
  if (!m_parser.parse(QStringList(program) + arguments))
    throw Error(place(), m_parser.errorText().remove(QRegularExpression(QStringLiteral("\\.$"))), remedy);
  if (isSet(QStringLiteral("help"))) {
    QString text = m_parser.helpText();
    const qsizetype options = text.indexOf(QStringLiteral("Options:"));
    printOut(
        QStringLiteral("Usage: %1 %2[OPTION]...\n\n%3\n\n%4")
            .arg(program, m_usage.isEmpty() ? m_usage : m_usage + QLatin1Char(' '), m_description, text.mid(options)));
    return false;
  }
  if (!m_anyNumber && m_parser.positionalArguments().size() > m_positionals.size())
    throw Error(
        place(),
        QStringLiteral("unexpected argument %1").arg(quoted(m_parser.positionalArguments().at(m_positionals.size()))),
        remedy);
  if (isSet(QStringLiteral("csv")) && isSet(QStringLiteral("json")))
    throw Error(place(), QStringLiteral("both --csv and --json"), QStringLiteral("choose one"));
  for (const QString &name : m_single)
    if (const QStringList given = isSet(name) ? values(name) : QStringList(); given.size() > 1)
      throw Error(place(), QStringLiteral("%1 is given %2 times").arg(dashed(name)).arg(given.size()),
                  QStringLiteral("give it once"));
  return true;
}

void VerbParser::needs(const QString &option, const QStringList &others) const {
  if (!isSet(option) || std::any_of(others.begin(), others.end(), [&](const QString &o) { return isSet(o); })) return;
  QStringList names;
  for (const QString &other : others) names << dashed(other);
  const QString list = names.join(QStringLiteral(" or "));
  throw Error(place(), QStringLiteral("%1 without %2").arg(dashed(option), list),
              QStringLiteral("add %1 or leave %2 out").arg(list, dashed(option)));
}

void VerbParser::excludes(const QString &option, const QStringList &others) const {
  for (const QString &other : others)
    if (isSet(option) && isSet(other))
      throw Error(place(), QStringLiteral("%1 has no effect with %2").arg(dashed(option), dashed(other)),
                  QStringLiteral("leave one of them out"));
}

bool VerbParser::isText() const { return !isSet(QStringLiteral("csv")) && !isSet(QStringLiteral("json")); }

QString VerbParser::choice(const QString &name, const QStringList &words) const {
  const QString word = value(name);
  if (!words.contains(word))
    throw Error(place(), QStringLiteral("unknown --%1 %2").arg(name, quoted(word)), knownWords(word, words));
  return word;
}

std::int64_t VerbParser::whole(const QString &name, std::int64_t least, std::int64_t most) const {
  bool ok = false;
  const qint64 number = value(name).toLongLong(&ok);
  if (!ok || number < least || number > most)
    throw Error(place(), QStringLiteral("--%1 %2").arg(name, quoted(value(name))),
                QStringLiteral("give a whole number from %1 to %2").arg(least).arg(most));
  return number;
}

void VerbParser::print(const ReportTable &table) const {
  const TableFormat format = isSet(QStringLiteral("csv"))    ? TableFormat::Csv
                             : isSet(QStringLiteral("json")) ? TableFormat::Json
                                                             : TableFormat::Text;
  printOut(write(table, format));
}

// Text in the column beside the options, in lines of its width.
static QString besideOptions(const QString &text) {
  constexpr qsizetype Indent = 28;
  constexpr qsizetype Width = 58;
  QStringList lines{QString()};
  for (const QString &word : text.split(QLatin1Char(' '))) {
    if (lines.last().size() + 1 + word.size() > Width) lines << QString();
    lines.last() += (lines.last().isEmpty() ? QString() : QStringLiteral(" ")) + word;
  }
  return lines.join(QLatin1Char('\n') + QString(Indent, QLatin1Char(' ')));
}

static QString overview() {
  QString text = QStringLiteral(
      "Usage: pimento [FILE.pimento] [WINDOW OPTION]...   the explorer\n"
      "       pimento VERB [OPTION]...                    the same from the command line\n\n");
  for (const Verb &verb : verbs())
    text += QStringLiteral("  %1 %2\n").arg(QString::fromLatin1(verb.name), -10).arg(QString::fromUtf8(verb.summary));
  return text + QStringLiteral(
                    "\nEach verb has --help. Numbers carry their kind: measured, published, derived or estimated.\n\n"
                    "Window options:\n"
                    "  --published               open the published results\n"
                    "  --page NAME               %1\n"
                    "  --colours WORD            system, light or dark\n"
                    "  --size WxH --scale FACTOR size of the window, and of everything in it\n"
                    "  --screenshot FILE.png     draw the window into a file and quit; replaces another PNG\n"
                    "                            picture, but no other file\n"
                    "  --time-to-first-paint     say when the first frame was shown and quit (for benchmarks)\n")
                    .arg(besideOptions(QStringLiteral("tab in front: ") + pageNames()));
}

static int runVerb(const QStringList &arguments) {
  const QString name = arguments.value(0);
  if (name == QStringLiteral("--help") || name == QStringLiteral("-h") || name == QStringLiteral("help")) {
    printOut(overview());
    return 0;
  }
  if (name == QStringLiteral("--version")) {
    printOut(QStringLiteral("pimento " PIMENTO_VERSION "\n"));
    return 0;
  }
  QStringList known;
  for (const Verb &verb : verbs()) {
    known << QString::fromLatin1(verb.name);
    if (name == known.back()) return verb.run(arguments.mid(1));
  }
  throw Error(QStringLiteral("pimento"), QStringLiteral("unknown verb %1").arg(quoted(name)), knownWords(name, known));
}

int runCommandLine(const QStringList &arguments) {
  return reportingProblems("pimento", [&] { return runVerb(arguments); });
}

}  // namespace pimento

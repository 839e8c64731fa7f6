// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/command_words.h"

#include <cmath>

#include "core/base/error.h"

namespace pimento::learn {

QStringList namesOf(std::initializer_list<const char *> names) {
  QStringList list;
  for (const char *name : names) list << QString::fromLatin1(name);
  return list;
}

CommandWords::CommandWords(const QString &command, const QStringList &words, const QStringList &options,
                           const QStringList &flags)
    : m_place(QStringLiteral("pimento-learn ") + command) {
  for (qsizetype i = 0; i < words.size(); ++i) {
    if (!words[i].startsWith(QStringLiteral("--"))) {
      m_positional << words[i];
      continue;
    }
    const QString name = words[i].mid(2);
    const bool flag = flags.contains(name);
    if (!flag && !options.contains(name))
      fail(QStringLiteral("--%1 is not known").arg(quoted(name)), knownWords(name, options + flags));
    if (m_values.contains(name)) fail(QStringLiteral("--%1 is given twice").arg(name), {});
    if (!flag && i + 1 == words.size()) fail(QStringLiteral("--%1 lacks its value").arg(name), {});
    m_values[name] = flag ? QString() : words[++i];
  }
}

void CommandWords::fail(const QString &problem, const QString &remedy) const { throw Error(m_place, problem, remedy); }

QString CommandWords::value(const char *name, const QString &otherwise) const {
  const auto found = m_values.find(QLatin1String(name));
  return found == m_values.end() ? otherwise : found->second;
}

QString CommandWords::required(const char *name) const {
  const QString text = value(name);
  if (text.isEmpty()) fail(QStringLiteral("--%1 is not given").arg(QLatin1String(name)), QStringLiteral("see --help"));
  return text;
}

QString CommandWords::choice(const char *name, const QStringList &known) const {
  QString word = value(name, known.front());
  if (!known.contains(word))
    fail(QStringLiteral("--%1 %2 is not known").arg(QLatin1String(name), quoted(word)), knownWords(word, known));
  return word;
}

int CommandWords::whole(const char *name, int otherwise, int least, int most) const {
  if (!has(name)) return otherwise;
  bool ok = false;
  const int number = value(name).toInt(&ok);
  if (!ok || number < least || number > most)
    fail(QStringLiteral("--%1 %2").arg(QLatin1String(name), quoted(value(name))),
         QStringLiteral("give a whole number from %1 to %2").arg(least).arg(most));
  return number;
}

std::vector<double> CommandWords::numbers(const char *name, double least, double most) const {
  std::vector<double> list;
  if (!has(name)) return list;
  for (const QString &part : value(name).split(QLatin1Char(','))) {
    bool ok = false;
    const double number = part.toDouble(&ok);
    if (!ok || !(number >= least && number <= most))
      fail(QStringLiteral("--%1 %2").arg(QLatin1String(name), quoted(value(name))),
           QStringLiteral("give numbers from %1 to %2, parted by commas").arg(least).arg(most));
    list.push_back(number);
  }
  return list;
}

}  // namespace pimento::learn

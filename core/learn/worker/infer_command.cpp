// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QJsonDocument>
#include <iostream>
#include <string>

#include "core/base/error.h"
#include "core/files/json_reader.h"
#include "core/learn/train/event_log.h"
#include "core/learn/worker/commands.h"
#include "core/learn/worker/inferrer.h"

namespace pimento::learn {

// Answers questions line by line until its input ends. A bad question is an error event, and the next one is read.
int inferCommand(const QStringList &words, const std::function<Request()> & /*request*/) {
  constexpr qsizetype MostBytes = 1 << 20;
  const QString place = QStringLiteral("pimento-learn infer");
  if (words.size() != 1) throw Error(place, QStringLiteral("expected: infer DIRECTORY"), QStringLiteral("see --help"));
  Inferrer inferrer(words[0]);
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line.empty()) continue;
    try {
      const QJsonObject json = parseJsonObject(QByteArray::fromStdString(line), place, MostBytes);
      printEvent(toJson(inferrer.answer(questionFromJson(json, place))));
    } catch (const Error &error) {
      printEvent({{QStringLiteral("event"), QStringLiteral("error")}, {QStringLiteral("message"), error.message()}});
    }
  }
  return 0;
}

}  // namespace pimento::learn

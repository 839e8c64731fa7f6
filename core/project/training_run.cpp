// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/training_run.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

#include "core/base/error.h"
#include "core/files/json_reader.h"
#include "core/network/network_json.h"

namespace pimento {

namespace {

constexpr qsizetype MaxName = 100;
constexpr qsizetype MaxStoredHistory = 16 << 20;
constexpr qsizetype MaxStoredLine = 1 << 20;

QJsonObject objectOf(const QByteArray &json) { return QJsonDocument::fromJson(json).object(); }

QJsonArray variantsJson(const NetworkSpec &network, const std::vector<Variant> &variants) {
  QJsonArray list;
  for (const Variant &variant : variants) list.append(toJson(network, variant));
  return list;
}

void checkName(const QString &name, const QString &place) {
  const bool plain = std::none_of(name.begin(), name.end(),
                                  [](QChar c) { return c.unicode() < 32 || c == QChar(127) || c == QLatin1Char('/'); });
  if (name.isEmpty() || name.size() > MaxName || !plain || !name.isValidUtf16())
    throw Error(place, QStringLiteral("%1 is no name for a run").arg(quoted(name)),
                QStringLiteral("one line of at most %1 characters without / makes one").arg(MaxName));
}

void checkResults(const TrainingRun &run, const QString &place) {
  for (const RunResult &result : run.results.results)
    if (std::none_of(run.variants.begin(), run.variants.end(),
                     [&](const Variant &variant) { return variant.name == result.variant; }))
      throw Error(place, QStringLiteral("results of %1, which is no variant of this run").arg(quoted(result.variant)),
                  QStringLiteral("measure again"));
}

void checkHistory(const QByteArray &history, const QString &place) {
  if (history.size() > MaxStoredHistory)
    throw Error(place, QStringLiteral("its history is larger than %1 MB").arg(MaxStoredHistory >> 20));
  int number = 0;
  for (const QByteArray &line : history.split('\n')) {
    ++number;
    if (!line.isEmpty())
      static_cast<void>(
          parseJsonObject(line, QStringLiteral("%1, history, event %2").arg(place).arg(number), MaxStoredLine));
  }
}

}  // namespace

bool sameAs(const TrainingRun &a, const TrainingRun &b) {
  return a.name == b.name && writeJob(a.job) == writeJob(b.job) && a.variants == b.variants && a.results == b.results &&
         a.history == b.history && a.weights == b.weights;
}

RunEntries runEntries(const TrainingRun &run) {
  QJsonObject definition{{QStringLiteral("job"), objectOf(writeJob(run.job))},
                         {QStringLiteral("results"), objectOf(writeRunResults(run.results))}};
  if (run.variants != run.job.variants)
    definition.insert(QStringLiteral("variants"), variantsJson(run.job.network, run.variants));
  return {QJsonDocument(definition).toJson(QJsonDocument::Indented), run.history, run.weights};
}

TrainingRun runFromEntries(const QString &name, RunEntries entries, const QString &place) {
  const JsonReader reader(parseJsonObject(entries.definition, place), place,
                          {QStringLiteral("job"), QStringLiteral("results"), QStringLiteral("variants")});
  const auto part = [&](const char *key) { return QJsonDocument(reader.object(key)).toJson(QJsonDocument::Compact); };
  checkName(name, place);
  TrainingRun run{.name = name,
                  .job = readJob(part("job"), place + QStringLiteral(", job")),
                  .history = std::move(entries.history),
                  .weights = std::move(entries.weights)};
  run.variants = run.job.variants;
  if (reader.has("variants")) {
    run.variants.clear();
    for (const QJsonObject &variant : reader.objects("variants"))
      run.variants.push_back(variantFromJson(run.job.network, variant, place));
    if (run.variants.empty()) reader.fail("variants", QStringLiteral("is empty"));
  }
  const RunResults results = readRunResults(part("results"), place + QStringLiteral(", results"));
  run.results = results;
  run.results.results.clear();
  mergeResults(run.results, results.results);  // a row each, whatever the file says
  checkResults(run, place);
  checkHistory(run.history, place);
  if (!run.weights.isEmpty()) static_cast<void>(readSafeTensors(run.weights, place + QStringLiteral(", weights")));
  return run;
}

}  // namespace pimento

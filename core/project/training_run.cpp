// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/training_run.h"

#include <QJsonDocument>
#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/files/json_form.h"
#include "core/network/network_json.h"

namespace pimento {

namespace {

constexpr qsizetype MaxName = 100;
constexpr qsizetype MaxStoredHistory = 16 << 20;
constexpr qsizetype MaxStoredLine = 1 << 20;

// A file that lies whole in another.
QJsonObject objectOf(const QByteArray &json) { return QJsonDocument::fromJson(json).object(); }
QByteArray bytesOf(const QJsonObject &json) { return QJsonDocument(json).toJson(QJsonDocument::Compact); }

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

// Found by its type, so it stands in the namespace of the run. History and weights are entries of their own.
static void describe(JsonForm &form, TrainingRun &run) {
  form.object(
      "job", run.job, [](const Job &job) { return objectOf(writeJob(job)); },
      [](const QJsonObject &json, const QString &place) { return readJob(bytesOf(json), place); });
  if (form.reads()) run.variants = run.job.variants;
  if (form.has("variants") || run.variants != run.job.variants)
    describeVariants(form, run.variants, run.job.network, JsonForm::MaxAny);
  else
    form.keep("variants");  // those of the job
  form.check(!run.variants.empty(), "variants", QStringLiteral("is empty"));
  form.object(
      "results", run.results, [](const RunResults &results) { return objectOf(writeRunResults(results)); },
      [](const QJsonObject &json, const QString &place) { return readRunResults(bytesOf(json), place); });
}

bool sameAs(const TrainingRun &a, const TrainingRun &b) {
  return a.name == b.name && writeJob(a.job) == writeJob(b.job) && a.variants == b.variants && a.results == b.results &&
         a.history == b.history && a.weights == b.weights;
}

RunEntries runEntries(const TrainingRun &run) {
  return {QJsonDocument(writtenForm(run)).toJson(QJsonDocument::Indented), run.history, run.weights};
}

TrainingRun runFromEntries(const QString &name, RunEntries entries, const QString &place) {
  checkName(name, place);
  auto run = readForm<TrainingRun>(parseJsonObject(entries.definition, place), place);
  run.name = name;
  run.history = std::move(entries.history);
  run.weights = std::move(entries.weights);
  const std::vector<RunResult> rows = std::exchange(run.results.results, {});
  mergeResults(run.results, rows);  // a row each, whatever the file says
  checkResults(run, place);
  checkHistory(run.history, place);
  if (!run.weights.isEmpty()) static_cast<void>(readSafeTensors(run.weights, place + QStringLiteral(", weights")));
  return run;
}

}  // namespace pimento

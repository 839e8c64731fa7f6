// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_results.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/wilson.h"
#include "core/files/json_reader.h"
#include "core/files/save_file.h"
#include "core/files/whole_file.h"
#include "core/jobs/run_lock.h"

namespace pimento {

namespace {

constexpr qsizetype MaxResultsBytes = 4 << 20;
constexpr std::size_t MaxRows = 10'000;
constexpr int MaxImages = 1 << 30;
constexpr int MaxBits = 32;
const QString ResultsFormat = QStringLiteral("pimento-results");
constexpr std::array<const char *, 3> Hows{"trained", "post-training", "quantisation-aware"};

QString fileOf(const QString &directory) { return QDir(directory).filePath(QStringLiteral("results.json")); }

ResultHow howOf(const JsonReader &reader) {
  const QString word = reader.text("how");
  const auto found =
      std::find_if(Hows.begin(), Hows.end(), [&](const char *how) { return word == QLatin1String(how); });
  if (found == Hows.end())
    reader.fail("how", QStringLiteral("%1 is not known").arg(quoted(word)),
                knownWords(word, QStringList(Hows.begin(), Hows.end())));
  return static_cast<ResultHow>(found - Hows.begin());
}

RunResult rowFromJson(const QJsonObject &object, const QString &place) {
  const JsonReader reader(
      object, place,
      {QStringLiteral("variant"), QStringLiteral("bits_w"), QStringLiteral("bits_a"), QStringLiteral("how"),
       QStringLiteral("correct"), QStringLiteral("n"), QStringLiteral("stopped")});
  RunResult row;
  row.variant = reader.text("variant");
  if (row.variant.isEmpty()) reader.fail("variant", QStringLiteral("is missing"));
  row.bits = {reader.whole("bits_w", MaxBits, 1, MaxBits), reader.whole("bits_a", MaxBits, 1, MaxBits)};
  row.how = howOf(reader);
  const int images = reader.whole("n", 0, 1, MaxImages);
  if (images == 0) reader.fail("n", QStringLiteral("is missing"));
  row.images = images;
  row.correct = reader.whole("correct", 0, 0, images);
  row.stopped = reader.flag("stopped", false);
  return row;
}

QJsonObject toJson(const RunResult &row) {
  QJsonObject json{{QStringLiteral("variant"), row.variant},
                   {QStringLiteral("bits_w"), row.bits.weights},
                   {QStringLiteral("bits_a"), row.bits.activations},
                   {QStringLiteral("how"), resultHowName(row.how)},
                   {QStringLiteral("correct"), static_cast<qint64>(row.correct)},
                   {QStringLiteral("n"), static_cast<qint64>(row.images)}};
  if (row.stopped) json[QStringLiteral("stopped")] = true;
  return json;
}

bool sameKey(const RunResult &a, const RunResult &b) {
  return a.variant == b.variant && a.bits == b.bits && a.how == b.how;
}

}  // namespace

QString resultHowName(ResultHow how) { return QString::fromLatin1(Hows[static_cast<std::size_t>(how)]); }

double RunResult::accuracy_pct() const {
  return images == 0 ? 0 : 100 * static_cast<double>(correct) / static_cast<double>(images);
}

Interval RunResult::interval_pct() const { return accuracyInterval(accuracy_pct(), images); }

QStringList RunResult::warnings(int classes) const {
  QStringList all;
  const double guessed_pct = 100.0 / classes;
  if (interval_pct().low <= guessed_pct)
    all << QStringLiteral("no better than a guess among %1 classes, which is right %2 % of the time")
               .arg(classes)
               .arg(fourDigits(guessed_pct));
  if (stopped) all << QStringLiteral("quantisation-aware training was stopped before its last step");
  return all;
}

QStringList RunResults::notes(const Recipe &recipe) const {
  const auto epochsText = [](double n) { return QString::number(n, 'f', n == std::floor(n) ? 0 : 1); };
  QStringList all;
  if (stopped)
    all << QStringLiteral("training was stopped after %1 of %2 epochs").arg(epochsText(epochs)).arg(recipe.epochs);
  QStringList ends;
  for (const double end : cycles) ends << epochsText(end);
  if (ends.isEmpty()) return all;
  QString more =
      QStringLiteral("trained on after %1 epochs, from its last weights").arg(ends.join(QStringLiteral(" and ")));
  if (recipe.decay == Decay::OneCycle) more += QStringLiteral(", in another cycle of the learning rate");
  return all << more;
}

void mergeResults(RunResults &into, const std::vector<RunResult> &rows) {
  for (const RunResult &row : rows) {
    const auto same = std::find_if(into.results.begin(), into.results.end(),
                                   [&](const RunResult &other) { return sameKey(other, row); });
    if (same == into.results.end())
      into.results.push_back(row);
    else
      *same = row;
  }
}

RunResults readRunResults(const QByteArray &data, const QString &place) {
  const JsonReader reader(
      parseJsonObject(data, place, MaxResultsBytes), place,
      {QStringLiteral("format"), QStringLiteral("version"), QStringLiteral("data"), QStringLiteral("images_per_s"),
       QStringLiteral("share_of_ceiling"), QStringLiteral("results"), QStringLiteral("stopped"),
       QStringLiteral("epochs"), QStringLiteral("cycles")});
  if (reader.text("format") != ResultsFormat)
    throw Error(place, QStringLiteral("holds no results"),
                QStringLiteral("it must say \"format\": \"%1\"").arg(ResultsFormat));
  if (reader.whole("version", 0, 0, 1'000'000) != 1)
    reader.fail("version", QStringLiteral("is not known"), QStringLiteral("this program reads version 1"));
  RunResults results;
  results.data = reader.text("data");
  results.images_per_s = reader.number("images_per_s", 0, 0, 1e9);
  results.shareOfCeiling = reader.number("share_of_ceiling", 0, 0, 100);
  results.stopped = reader.flag("stopped", false);
  results.epochs = reader.number("epochs", 0, 0, 1e9);
  for (const QJsonValue &end : reader.array("cycles")) results.cycles.push_back(end.toDouble());
  const std::vector<QJsonObject> rows = reader.objects("results");
  if (rows.size() > MaxRows) reader.fail("results", QStringLiteral("has more than %1 rows").arg(MaxRows));
  for (const QJsonObject &row : rows) results.results.push_back(rowFromJson(row, place + QStringLiteral(", results")));
  return results;
}

QByteArray writeRunResults(const RunResults &results) {
  QJsonArray rows;
  for (const RunResult &row : results.results) rows.append(toJson(row));
  QJsonObject json{{QStringLiteral("format"), ResultsFormat},
                   {QStringLiteral("version"), 1},
                   {QStringLiteral("data"), results.data},
                   {QStringLiteral("images_per_s"), results.images_per_s},
                   {QStringLiteral("share_of_ceiling"), results.shareOfCeiling},
                   {QStringLiteral("results"), rows}};
  if (results.stopped) json[QStringLiteral("stopped")] = true;
  if (results.epochs > 0) json[QStringLiteral("epochs")] = results.epochs;
  QJsonArray cycles;
  for (const double end : results.cycles) cycles.append(end);
  if (!cycles.isEmpty()) json[QStringLiteral("cycles")] = cycles;
  return QJsonDocument(json).toJson(QJsonDocument::Indented);
}

RunResults loadRunResults(const QString &directory) {
  const QString file = fileOf(directory);
  return QFile::exists(file) ? readRunResults(readWhole(file, MaxResultsBytes), file) : RunResults{};
}

void requireOfItsEnd(const RunResults &results, const std::vector<double> &cycles, const QString &directory) {
  if (results.results.empty() || results.cycles.size() == cycles.size()) return;
  throw Error(directory,
              QStringLiteral("is being trained on: what was measured is of its first %1 epochs").arg(results.epochs),
              QStringLiteral("give the command that trains it again; at its end it is tested anew"));
}

void replaceRunResults(const QString &directory, const RunResults &results) {
  const FileLock lock = lockRunResults(directory);
  writeWhole(fileOf(directory), writeRunResults(results), Links::Replaced);
}

void appendRunResults(const QString &directory, const RunResults &more, const std::function<void()> &alsoThen) {
  const FileLock lock = lockRunResults(directory);
  RunResults all = loadRunResults(directory);
  if (!all.data.isEmpty() && !more.data.isEmpty() && all.data != more.data)
    throw Error(fileOf(directory),
                QStringLiteral("holds results on %1, not on %2").arg(quoted(all.data), quoted(more.data)));
  if (all.data.isEmpty()) all.data = more.data;
  if (more.images_per_s > 0) all.images_per_s = more.images_per_s;
  if (more.shareOfCeiling > 0) all.shareOfCeiling = more.shareOfCeiling;
  mergeResults(all, more.results);
  alsoThen();
  writeWhole(fileOf(directory), writeRunResults(all), Links::Replaced);
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_results.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/json_reader.h"
#include "core/base/wilson.h"

namespace pimento {

namespace {

constexpr qsizetype MaxBytes = 4 << 20;
constexpr std::size_t MaxRows = 10'000;
constexpr int MaxImages = 1 << 30;
constexpr int MaxBits = 32;
const QString Format = QStringLiteral("pimento-results");
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
  const JsonReader reader(object, place,
                          {QStringLiteral("variant"), QStringLiteral("bits_w"), QStringLiteral("bits_a"),
                           QStringLiteral("how"), QStringLiteral("correct"), QStringLiteral("n")});
  RunResult row;
  row.variant = reader.text("variant");
  if (row.variant.isEmpty()) reader.fail("variant", QStringLiteral("is missing"));
  row.bits = {reader.whole("bits_w", MaxBits, 1, MaxBits), reader.whole("bits_a", MaxBits, 1, MaxBits)};
  row.how = howOf(reader);
  const int images = reader.whole("n", 0, 1, MaxImages);
  if (images == 0) reader.fail("n", QStringLiteral("is missing"));
  row.images = images;
  row.correct = reader.whole("correct", 0, 0, images);
  return row;
}

QJsonObject toJson(const RunResult &row) {
  return {{QStringLiteral("variant"), row.variant},
          {QStringLiteral("bits_w"), row.bits.weights},
          {QStringLiteral("bits_a"), row.bits.activations},
          {QStringLiteral("how"), resultHowName(row.how)},
          {QStringLiteral("correct"), static_cast<qint64>(row.correct)},
          {QStringLiteral("n"), static_cast<qint64>(row.images)}};
}

bool sameKey(const RunResult &a, const RunResult &b) {
  return a.variant == b.variant && a.bits == b.bits && a.how == b.how;
}

}  // namespace

QString resultHowName(ResultHow how) { return QString::fromLatin1(Hows[static_cast<std::size_t>(how)]); }

double RunResult::accuracy_pct() const {
  return images == 0 ? 0 : 100 * static_cast<double>(correct) / static_cast<double>(images);
}

Interval RunResult::interval_pct() const {
  const Interval share = wilson(correct, images);
  return {100 * share.low, 100 * share.high};
}

QStringList RunResult::warnings(int classes) const {
  const double guessed_pct = 100.0 / classes;
  if (interval_pct().low > guessed_pct) return {};
  return {QStringLiteral("no better than a guess among %1 classes, which is right %2 % of the time")
              .arg(classes)
              .arg(fourDigits(guessed_pct))};
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
      parseJsonObject(data, place, MaxBytes), place,
      {QStringLiteral("format"), QStringLiteral("version"), QStringLiteral("data"), QStringLiteral("images_per_s"),
       QStringLiteral("share_of_ceiling"), QStringLiteral("results")});
  if (reader.text("format") != Format)
    throw Error(place, QStringLiteral("holds no results"),
                QStringLiteral("it must say \"format\": \"%1\"").arg(Format));
  if (reader.whole("version", 0, 0, 1'000'000) != 1)
    reader.fail("version", QStringLiteral("is not known"), QStringLiteral("this program reads version 1"));
  RunResults results;
  results.data = reader.text("data");
  results.images_per_s = reader.number("images_per_s", 0, 0, 1e9);
  results.shareOfCeiling = reader.number("share_of_ceiling", 0, 0, 100);
  const std::vector<QJsonObject> rows = reader.objects("results");
  if (rows.size() > MaxRows) reader.fail("results", QStringLiteral("has more than %1 rows").arg(MaxRows));
  for (const QJsonObject &row : rows) results.results.push_back(rowFromJson(row, place + QStringLiteral(", results")));
  return results;
}

QByteArray writeRunResults(const RunResults &results) {
  QJsonArray rows;
  for (const RunResult &row : results.results) rows.append(toJson(row));
  return QJsonDocument(QJsonObject{{QStringLiteral("format"), Format},
                                   {QStringLiteral("version"), 1},
                                   {QStringLiteral("data"), results.data},
                                   {QStringLiteral("images_per_s"), results.images_per_s},
                                   {QStringLiteral("share_of_ceiling"), results.shareOfCeiling},
                                   {QStringLiteral("results"), rows}})
      .toJson(QJsonDocument::Indented);
}

RunResults loadRunResults(const QString &directory) {
  QFile file(fileOf(directory));
  if (!file.exists()) return {};
  if (!file.open(QIODevice::ReadOnly))
    throw Error(file.fileName(), QStringLiteral("can not be read"), file.errorString());
  return readRunResults(file.read(MaxBytes + 1), file.fileName());
}

void appendRunResults(const QString &directory, const RunResults &more) {
  RunResults all = loadRunResults(directory);
  if (!all.data.isEmpty() && !more.data.isEmpty() && all.data != more.data)
    throw Error(fileOf(directory),
                QStringLiteral("holds results on %1, not on %2").arg(quoted(all.data), quoted(more.data)));
  if (all.data.isEmpty()) all.data = more.data;
  if (more.images_per_s > 0) all.images_per_s = more.images_per_s;
  if (more.shareOfCeiling > 0) all.shareOfCeiling = more.shareOfCeiling;
  mergeResults(all, more.results);
  QSaveFile file(fileOf(directory));
  const QByteArray bytes = writeRunResults(all);
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush() || !file.commit())
    throw Error(file.fileName(), QStringLiteral("can not be written"), file.errorString());
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_results.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/wilson.h"
#include "core/files/json_form.h"
#include "core/files/save_file.h"
#include "core/files/whole_file.h"
#include "core/jobs/run_lock.h"

namespace pimento {

namespace {

constexpr qsizetype MaxResultsBytes = 4 << 20;
constexpr qsizetype MaxRows = 10'000;
constexpr int MaxImages = 1 << 30;
constexpr int MaxBits = 32;
const QString ResultsFormat = QStringLiteral("pimento-results");
constexpr std::array<const char *, 3> Hows{"trained", "post-training", "quantisation-aware"};

QString fileOf(const QString &directory) { return QDir(directory).filePath(QStringLiteral("results.json")); }

bool sameKey(const RunResult &a, const RunResult &b) {
  return a.variant == b.variant && a.bits == b.bits && a.how == b.how;
}

}  // namespace

// Found by their types, so they stand in the namespace of the results.

static void describe(JsonForm &form, RunResult &row) {
  form.text("variant", row.variant, JsonForm::Required);
  form.check(!row.variant.isEmpty(), "variant", QStringLiteral("is empty"));
  form.whole("bits_w", row.bits.weights, 1, MaxBits);
  form.whole("bits_a", row.bits.activations, 1, MaxBits);
  form.word("how", row.how, resultHowNames(), JsonForm::Required);
  form.whole("n", row.images, 1, MaxImages, JsonForm::Required);
  form.whole("correct", row.correct, 0, static_cast<int>(row.images));
  form.flag("stopped", row.stopped, JsonForm::Sparse);
}

static void describe(JsonForm &form, RunResults &results) {
  form.only("format", ResultsFormat, QStringLiteral("holds no results"));
  form.only("version", 1);
  form.text("data", results.data);
  form.number("images_per_s", results.images_per_s, 0, 1e9);
  form.number("share_of_ceiling", results.shareOfCeiling, 0, 100);
  form.parts("results", results.results, MaxRows);
  form.flag("stopped", results.stopped, JsonForm::Sparse);
  form.number("epochs", results.epochs, 0, MaxEpochs, JsonForm::Sparse);
  form.numbers("cycles", results.cycles, 0, MaxEpochs, JsonForm::Sparse, JsonForm::MaxAny);
}

QString resultHowName(ResultHow how) { return QString::fromLatin1(Hows[static_cast<std::size_t>(how)]); }

QStringList resultHowNames() { return {Hows.begin(), Hows.end()}; }

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
  return readForm<RunResults>(parseJsonObject(data, place, MaxResultsBytes), place);
}

QByteArray writeRunResults(const RunResults &results) {
  return QJsonDocument(writtenForm(results)).toJson(QJsonDocument::Indented);
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/training_setup.h"

#include <algorithm>
#include <cmath>

#include "app/jobs/job_queue.h"
#include "app/session/labels.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/data/batch.h"
#include "core/jobs/job_cost.h"
#include "core/network/families/families.h"
#include "core/network/families/network_library.h"

namespace pimento {

namespace {

QString epochsText(int epochs) {
  return epochs == 1 ? QStringLiteral("1 epoch") : QStringLiteral("%1 epochs").arg(epochs);
}

// A rate is that of training, whose gradients take about twice the work of the way forward.
QString timeText(const Job &job, double macs, double tested, const std::optional<MeasuredRate> &rate) {
  if (!rate) return QStringLiteral("Time: unknown until the first step.");
  constexpr double TrainingPerForward = 3;
  const QString time = durationText((macs + tested / TrainingPerForward) / rate->macs_per_s);
  if (rate->network == job.network.name && rate->method == job.recipe.method)
    return QStringLiteral("Time: about %1, by the speed measured in %2.").arg(time, rate->title);
  return QStringLiteral("Time: very roughly %1, by the speed measured in another kind of run (%2).")
      .arg(time, rate->title);
}

}  // namespace

QStringList trainableNetworks() {
  QStringList names;
  for (const Family &family : families()) names << QString::fromLatin1(family.name);
  return names + libraryNetworks();
}

QString methodTitle(Method method) { return QString::fromLatin1(method->title); }
QString methodText(Method method) {
  const QString beyond = beyondThePaper(method);
  const QString text = QString::fromLatin1(method->text);
  return beyond.isEmpty() ? text : text + QLatin1Char(' ') + beyond;
}

DataFacts readDataFacts(const QString &nameOrFolder, const FolderOptions &options) {
  try {
    return {datasetFacts(nameOrFolder, options), {}};
  } catch (const Error &error) {
    return {{}, error.message()};
  } catch (const std::bad_alloc &) {
    return {{}, QStringLiteral("data set: its files do not fit into memory")};
  }
}

QString dataText(const DataFacts &known) {
  QString text = QStringLiteral("%1: %2 training and %3 test images of %4 classes")
                     .arg(known.title, grouped(known.trainingImages), grouped(known.testImages))
                     .arg(known.classes);
  if (known.shape.width > 0) text += QStringLiteral(", %1 x %2 pixels").arg(known.shape.width).arg(known.shape.height);
  text += QLatin1Char('.');
  return known.note.isEmpty() ? text : text + QLatin1Char(' ') + asSentence(known.note);
}

void checkSizes(const Job &job, const DataFacts &known) {
  if (known.shape.width == 0)
    throw Error(known.title, QStringLiteral("its pictures differ in size, or are not square"),
                QStringLiteral("choose to which size they are cropped"));
  const InputRecipe input{job.network.input, job.recipe.scale, 0, false, {}};
  validate(input, Images{known.shape, {}, {}, {}}, known.title);
}

std::optional<MeasuredRate> lastRate(const JobQueue &queue) {
  const auto &jobs = queue.jobs();
  for (auto it = jobs.rbegin(); it != jobs.rend(); ++it) {
    const bool measured = it->log.outcome && it->log.outcome->images_per_s > 0;
    const bool inMain = it->log.stage() != nullptr && it->log.stage()->name == QStringLiteral("main");
    const double images_per_s = measured ? it->log.outcome->images_per_s : inMain ? it->log.images_per_s : 0;
    if (!it->isTraining() || images_per_s <= 0) continue;
    try {
      const Job job = loadJob(it->directory);
      return MeasuredRate{images_per_s * macsPerImage(job), job.network.name, job.recipe.method, it->title};
    } catch (const Error &) {
      continue;  // its directory is gone: nothing to learn from it
    }
  }
  return std::nullopt;
}

QString costText(const Job &job, const DataFacts &data, const std::optional<MeasuredRate> &rate) {
  const std::int64_t all =
      job.images > 0 ? std::min<std::int64_t>(job.images, data.trainingImages) : data.trainingImages;
  const std::int64_t images = all - validationImages(job.recipe, all);
  if (images <= 0) return {};
  const double macs = trainingMacs(job, images);
  const auto updates = static_cast<qint64>(std::ceil(static_cast<double>(images) / job.recipe.batch)) *
                       (job.recipe.epochs + teacherEpochs(job));
  QString text = QStringLiteral("%1 images x %2 x %3")
                     .arg(grouped(images), epochsText(job.recipe.epochs))
                     .arg(siValue(macsPerImage(job), QStringLiteral("MAC")));
  if (teacherEpochs(job) > 0)
    text += QStringLiteral(" + teacher: %1 x %2")
                .arg(epochsText(teacherEpochs(job)), siValue(teacherMacsPerImage(job), QStringLiteral("MAC")));
  const double tested = testMacs(job, data.testImages);
  text += QStringLiteral(
              " = %1 forward, in %2 updates; gradients take about twice as much again. %3 images are kept for "
              "validation; the test of %4 images takes %5.")
              .arg(siValue(macs, QStringLiteral("MAC")), grouped(updates), grouped(all - images),
                   grouped(data.testImages), siValue(tested, QStringLiteral("MAC")));
  return text + QLatin1Char('\n') + timeText(job, macs, tested, rate);
}

QString durationText(double seconds) {
  const auto whole = static_cast<qint64>(std::llround(std::max(0.0, seconds)));
  if (whole < 60) return QStringLiteral("%1 s").arg(whole);
  if (whole < 3600) return QStringLiteral("%1:%2 min").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
  return QStringLiteral("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60, 2, 10, QLatin1Char('0'));
}

}  // namespace pimento

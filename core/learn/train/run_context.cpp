// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/run_context.h"

#include <QDir>
#include <QJsonDocument>
#include <utility>

#include "core/jobs/job_data.h"
#include "core/jobs/seeds.h"
#include "core/learn/module/weights_file.h"
#include "core/learn/train/checkpoint.h"
#include "core/learn/train/run_events.h"
#include "core/learn/train/trained_variants.h"

namespace pimento::learn {

RunContext::RunContext(QString runDirectory, const RunControl &runControl)
    : directory(std::move(runDirectory)),
      control(runControl),
      job(loadJob(directory, control.methods)),
      ranks(joinRanks(control.ranks)),
      variants(trainedVariants(job)),
      binding(findBinding(job.network, job.binding)) {}

QString RunContext::path(const QString &file) const { return QDir(directory).filePath(file); }

double RunContext::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
}

Command RunContext::command() {
  const Request heard = std::max(request, control.request());
  request = static_cast<Request>(ranks->maximum(static_cast<double>(heard)));
  switch (request) {
    case Request::None:
      return Command::Continue;
    case Request::Pause:
      return Command::Pause;
    case Request::Stop:
      return Command::Stop;
    case Request::Cancel:
      break;
  }
  return Command::Cancel;
}

void RunContext::readData() {
  const Dataset data = openData(job, directory);
  dataName = data.name;
  imagesHash = hashOf(data);
  const InputRecipe input = inputOf(job, data);
  train = {prepared(firstImages(data.train, job.images, job.seed), input), input};
  test = {prepared(firstImages(data.test, job.testImages, job.seed), input), input};
  const auto validation = validationImages(job.recipe, static_cast<std::int64_t>(train.images.size()));
  split = pimento::split(train.images, static_cast<std::size_t>(validation), seedOf(SeedRole::Split, job.seed));
  work = workOf(job, variants);
  work.trainingImages = static_cast<std::int64_t>(split.train.size());
  work.validationImages = static_cast<std::int64_t>(split.validation.size());
  work.testImages = static_cast<std::int64_t>(test.images.size());
}

void RunContext::requireSameJob() {
  ranks->await();
  Job same = job;
  same.dataHash = imagesHash;  // rank 0 may have written it already
  const QByteArray text = writeJob(same);
  ranks->requireSame(text, directory, QStringLiteral("not all ranks have the same job and data"),
                     QStringLiteral("give all of them the same directory and copies of the same data"));
}

void RunContext::settleImages() {
  if (!control.otherImages)
    requireSameImages(job, imagesHash, directory,
                      QStringLiteral("bring the images back, begin anew in another directory, or add --other-images"));
  if (job.dataHash == imagesHash) return;
  job.dataHash = imagesHash;
  if (ranks->leads()) changeJob(directory, job);
}

void RunContext::write(const QString &file, const QByteArray &bytes) const {
  if (ranks->leads()) writeFile(path(file), bytes);
}

void RunContext::save(const QString &file, const NetworkModule &module) const {
  SafeTensors content = exportWeights(module.store());
  content.metadata[QStringLiteral("network")] = job.network.name;
  content.metadata[QStringLiteral("data")] = dataName;
  content.metadata[QStringLiteral("input")] =
      QString::fromUtf8(QJsonDocument(inputJson(train.recipe)).toJson(QJsonDocument::Compact));
  write(file, writeSafeTensors(std::move(content)));
}

}  // namespace pimento::learn

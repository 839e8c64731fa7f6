// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/worker/inferrer.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <QDir>
#include <QFileInfo>
#include <chrono>
#include <numeric>
#include <thread>

#include "core/base/error.h"
#include "core/data/picture.h"
#include "core/jobs/job_data.h"
#include "core/jobs/variants_file.h"
#include "core/learn/module/network_module.h"
#include "core/learn/train/batch_loader.h"
#include "core/learn/train/variant_weights.h"
#include "core/weights/weights.h"

namespace pimento::learn {

namespace {

constexpr std::size_t SearchBatch = 64;

}  // namespace

struct Inferrer::Parts {
  Job job;
  Dataset data;
  InputRecipe input;
  Images test;  // prepared
  NetworkModule module;
  std::vector<std::size_t> all;

  explicit Parts(const QString &directory)
      : job(loadRun(directory)),
        data(openData(job, directory)),
        input(inputOf(job, data)),
        test(prepared(data.test, input)),
        module(job.network, job.variants, findBinding(job.network, job.binding)),
        all(job.variants.size()) {
    std::iota(all.begin(), all.end(), std::size_t{0});
    const QString file = QDir(directory).filePath(QStringLiteral("weights.safetensors"));
    const SafeTensors weights = readWeights(file);
    requireComplete(importWeights(module.store(), namedFor(job.network, weights, file)), file);
  }

  // Certainties, variants x images x classes.
  [[nodiscard]] std::vector<at::Tensor> certainties(const Images &images, std::span<const std::uint32_t> indices) {
    const at::NoGradGuard noGradient;
    const Source source{images, input};
    const int size = static_cast<int>(indices.size());
    const auto batch =
        BatchLoader(source, {indices.begin(), indices.end()}, size, BatchLoader::Last::Keep, std::nullopt).next();
    std::vector<at::Tensor> scores = module.forward(batch->images, all, Mode::Evaluate);
    for (std::size_t v = 0; v < scores.size(); ++v) {
      scores[v] = at::softmax(scores[v], 1);
      if (at::isnan(scores[v]).any().item<bool>())
        throw Error(QStringLiteral("pimento-learn infer"),
                    QStringLiteral("variant %1 answers what is not a number").arg(job.variants[v].name),
                    QStringLiteral("its weights are too large for single precision"));
    }
    return scores;
  }

  [[nodiscard]] Inference of(const Images &raw, const Images &ready, std::uint32_t index);
  [[nodiscard]] std::uint32_t find(Find what, std::uint32_t from);
};

Inference Inferrer::Parts::of(const Images &raw, const Images &ready, std::uint32_t index) {
  Inference inference;
  inference.shape = raw.shape;
  const auto image = raw.image(index);
  inference.pixels = QByteArray(reinterpret_cast<const char *>(image.data()), static_cast<qsizetype>(image.size()));
  inference.images = static_cast<std::int64_t>(data.test.size());
  inference.classes = data.classes;
  const auto start = std::chrono::steady_clock::now();
  const std::array<std::uint32_t, 1> one{index};
  const std::vector<at::Tensor> scores = certainties(ready, one);
  inference.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  for (std::size_t v = 0; v < scores.size(); ++v) {
    Answer answer{job.variants[v].name, {}};
    const at::Tensor percent = scores[v][0].to(at::kDouble).mul(100).contiguous();
    answer.certainty_pct.assign(percent.data_ptr<double>(), percent.data_ptr<double>() + percent.numel());
    inference.answers.push_back(std::move(answer));
  }
  return inference;
}

std::uint32_t Inferrer::Parts::find(Find what, std::uint32_t from) {
  const auto count = static_cast<std::uint32_t>(test.size());
  for (std::uint32_t done = 0; done < count;) {
    std::vector<std::uint32_t> indices(std::min<std::size_t>(SearchBatch, count - done));
    for (std::uint32_t &index : indices) index = (from + done++) % count;
    std::vector<std::vector<std::int64_t>> answers;
    for (const at::Tensor &score : certainties(test, indices)) {
      const at::Tensor best = score.argmax(1).contiguous();
      answers.emplace_back(best.data_ptr<std::int64_t>(), best.data_ptr<std::int64_t>() + best.numel());
    }
    for (std::size_t i = 0; i < indices.size(); ++i) {
      const std::int64_t wanted = what == Find::Wrong ? test.labels[indices[i]] : answers.front()[i];
      for (const auto &of : answers)
        if (of[i] != wanted) return indices[i];
    }
  }
  throw Error(QStringLiteral("pimento-learn infer"),
              what == Find::Wrong ? QStringLiteral("every variant answers every test image right")
                                  : QStringLiteral("the variants answer every test image alike"));
}

Inferrer::Inferrer(const QString &directory) {
  at::set_num_threads(coresHere());
  m_parts = std::make_unique<Parts>(directory);
}

Inferrer::~Inferrer() = default;

Inference Inferrer::answer(const Question &question) {
  Parts &parts = *m_parts;
  if (!question.file.isEmpty()) {
    const Images raw = readPicture(question.file, parts.data.test.shape);
    Inference inference = parts.of(raw, prepared(raw, parts.input), 0);
    inference.source = QFileInfo(question.file).fileName();
    return inference;
  }
  const std::size_t count = parts.data.test.size();
  if (static_cast<std::size_t>(question.image) >= count && question.find == Find::This)
    throw Error(QStringLiteral("test image %1").arg(question.image), QStringLiteral("is not there"),
                QStringLiteral("%1 has the test images 0 to %2").arg(parts.data.title).arg(count - 1));
  auto index = static_cast<std::uint32_t>(static_cast<std::size_t>(question.image) % count);
  if (question.find != Find::This) index = parts.find(question.find, index);
  Inference inference = parts.of(parts.data.test, parts.test, index);
  inference.image = index;
  inference.truth = parts.data.test.labels[index];
  inference.source = QStringLiteral("Test image %1 of %2").arg(index).arg(parts.data.title);
  return inference;
}

}  // namespace pimento::learn

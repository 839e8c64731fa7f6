// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

#include "core/jobs/recipe.h"
#include "core/network/network_spec.h"

namespace pimento {

// What a training run is made of: job.json in the directory of a job. With equal jobs, thread counts and library
// versions a run gives the same weights.
struct Job {
  NetworkSpec network;
  std::vector<Variant> variants;  // trained in this order; at least one
  QString binding;                // how they share tensors, as in core/network/binding.h
  Recipe recipe;
  QString data = QStringLiteral("fashion-mnist");  // a known set or a folder
  int dataCrop = 0;                                // folders of pictures: as in FolderOptions
  int dataResize = 0;
  int images = 0;      // of the training set, the first of a random order; 0: all
  int testImages = 0;  // of the test set; 0: all
  std::uint64_t seed = 1;
  int threads = 0;  // 0: as many as the machine has cores
  QString weights;  // safetensors file to start from; empty: random weights
};

// The teacher of a distillation among the results of a run: the first variant under the name "1.0 alone". None for
// other methods.
[[nodiscard]] std::optional<Variant> teacherVariant(const Job &job);

// Throws Error naming `place` if there is none, a name is used twice, is empty, or holds a slash (tensor names do).
void checkVariantNames(const std::vector<Variant> &variants, const QString &place);

// The one file form. Throws Error naming `place` and the key; at most 64 MB.
[[nodiscard]] Job readJob(const QByteArray &data, const QString &place);
[[nodiscard]] QByteArray writeJob(const Job &job);

// Makes the directory and its job.json. Throws Error if there is one already or it can not be written.
void createJob(const QString &directory, const Job &job);
[[nodiscard]] Job loadJob(const QString &directory);

}  // namespace pimento

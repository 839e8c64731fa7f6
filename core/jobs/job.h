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

// Version of job.json, and what changed with each:
//   1  the teacher is the first variant, its seed that of the job + 1; the job's seed splits, initialises and orders
//   2  the teacher is the widest variant or a given one; seeds by role (seeds.h); a rate in the middle of its update
// Runs of earlier versions are read, and can be imported, quantised and asked; they are not trained on.
inline constexpr int JobVersion = 2;
inline constexpr int MaxThreads = 1024;  // of a job on any machine; a worker takes no more than its own can bear

// What a training run is made of: job.json in the directory of a job. With equal jobs, thread counts and library
// versions a run gives the same weights.
struct Job {
  int version = JobVersion;
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
  int threads = 0;                 // 0: as many as the machine has cores
  QString weights;                 // file to start from (core/weights/weights.h); empty: random weights
  QStringList weightsIgnore;       // patterns of its tensors that may be of layers that the network does not have
  std::optional<Variant> teacher;  // distillation: that teaches; none: the widest of `variants`
  QString teacherWeights;          // file of the teacher's weights; empty: it is trained first
  QString name;                    // for people; empty: none was given

  // What becomes known once it is run; no part of what it asks for.
  QString dataHash;            // of the images that it was begun with (job_data.h); empty: not begun yet
  std::vector<double> cycles;  // epochs after which it was finished before, and then trained on; rising
};

// Whether two jobs ask for the same training, whatever they are called and whatever became of them.
[[nodiscard]] bool sameWork(Job a, Job b);

// The variant that teaches in a distillation; none for other methods.
[[nodiscard]] std::optional<Variant> teachingVariant(const Job &job);

// The teaching variant as the results of a run name it: "1.0 alone", or "1.0 given" where its weights are those of a
// file. None where no variant teaches.
[[nodiscard]] std::optional<Variant> teacherVariant(const Job &job);

// Epochs of the stage that trains the teacher; 0 where there is none.
[[nodiscard]] int teacherEpochs(const Job &job);

// Throws Error naming `place` for a job of an earlier version: its run can not be gone on with.
void requireTrainable(const Job &job, const QString &place);

// Throws Error naming `place` if there is none, a name is used twice, is empty, or holds a slash (tensor names do).
void checkVariantNames(const std::vector<Variant> &variants, const QString &place);

// The one file form. Throws Error naming `place` and the key; at most 64 MB.
[[nodiscard]] Job readJob(const QByteArray &data, const QString &place,
                          std::span<const Method> methods = trainingMethods());
[[nodiscard]] QByteArray writeJob(const Job &job);

// Makes the directory and its job.json. Throws Error if there is one already or it can not be written.
void createJob(const QString &directory, const Job &job);
// The job of a directory; makes it if there is none. Several may do this at once: all get what the first has made.
[[nodiscard]] Job findOrCreateJob(const QString &directory, const Job &job);
// Replaces its job.json whole. Throws Error if it can not be written.
void changeJob(const QString &directory, const Job &job);
[[nodiscard]] Job loadJob(const QString &directory, std::span<const Method> methods = trainingMethods());

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
// Sees LibTorch: for the files of this room only.
#pragma once
#include <chrono>
#include <memory>

#include "core/jobs/job.h"
#include "core/learn/module/network_module.h"
#include "core/learn/ranks/ranks.h"
#include "core/learn/train/job_runner.h"
#include "core/learn/train/time_left.h"
#include "core/learn/train/trainer.h"

namespace pimento::learn {

// What every step of a run works on: its job and data, the ranks that share it, and who asks and is told.
struct RunContext {
  RunContext(QString runDirectory, const RunControl &runControl);

  QString directory;
  const RunControl &control;
  Job job;
  std::shared_ptr<Ranks> ranks;
  std::vector<Variant> variants;  // that are trained
  Binding binding;
  QString dataName;
  QString imagesHash;
  Source train;
  Source test;
  Split split;        // of the training images
  RunWork work;       // all that is to do
  QJsonObject start;  // what became of the job's file of weights (core/learn/starting_weights.h)
  double ceiling_flops = 0;
  Request request = Request::None;  // that all ranks have heard

  [[nodiscard]] QString path(const QString &file) const;
  [[nodiscard]] bool distils() const { return traits(job.recipe.method).distils; }
  [[nodiscard]] double seconds() const;  // since it was made

  // What is asked for now; the same for all ranks. What was asked once stays asked, and only cancelling overrides it.
  [[nodiscard]] Command command();

  void readData();
  // Waits until all ranks have read their data. Throws Error if it is not the same.
  void requireSameJob();
  // Throws Error if the images are not those that the run was begun with, unless that is allowed; the job keeps their
  // hash.
  void settleImages();

  // Written by the first rank alone.
  void write(const QString &file, const QByteArray &bytes) const;
  void save(const QString &file, const NetworkModule &module) const;

 private:
  std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

}  // namespace pimento::learn

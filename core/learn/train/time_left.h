// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "core/jobs/job.h"

namespace pimento::learn {

// Arithmetic of a run in multiply-accumulates of forward passes: a training image counts three times (forward,
// gradients of inputs, gradients of weights), a validated or tested one once.
struct RunWork {
  double teacherMacs = 0;  // of one image; 0: no teacher
  double mainMacs = 0;     // through all variants; layers that they share counted once
  int teacherEpochs = 0;
  int mainEpochs = 0;
  std::int64_t trainingImages = 0;
  std::int64_t validationImages = 0;
  std::int64_t testImages = 0;

  [[nodiscard]] double all() const;
  // Done after `images` training images and `epochs` validations of a stage (0: teacher, 1: main).
  [[nodiscard]] double done(int stage, double images, double epochs) const;
  [[nodiscard]] double macs(int stage) const { return stage == 0 ? teacherMacs : mainMacs; }
  // Multiply-accumulates of one training image in a stage, forward and back, the teacher's answer included.
  [[nodiscard]] double perTrainingImage(int stage) const;
};

// `variants`: those that the main stage trains.
[[nodiscard]] RunWork workOf(Job job, const std::vector<Variant> &variants);

// Time left of a run: from the work that is done and the median of the latest rates, so that neither the first updates
// nor a pause of the machine decide it. Clocks are the caller's.
class TimeLeft {
 public:
  // Begins a stage: what was known of the rate of another one is forgotten.
  void begin(double done, double now_s);
  // Seconds until all is done, at the rate so far; nothing as long as too little is known.
  [[nodiscard]] std::optional<double> left_s(double done, double all, double now_s);

 private:
  double m_done = 0;
  double m_now_s = 0;
  double m_watched_s = 0;
  std::vector<double> m_rates;  // work a second between two calls, the latest last
};

}  // namespace pimento::learn

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/time_left.h"

#include <algorithm>
#include <cmath>

#include "core/jobs/job_cost.h"

namespace pimento::learn {

namespace {

constexpr double PerTraining = 3;

}  // namespace

double RunWork::perTrainingImage(int stage) const {
  return PerTraining * macs(stage) + (stage == 1 && teacherEpochs > 0 ? teacherMacs : 0);
}

double RunWork::done(int stage, double images, double epochs) const {
  const double before = stage == 0 ? 0
                                   : teacherEpochs * (static_cast<double>(trainingImages) * perTrainingImage(0) +
                                                      static_cast<double>(validationImages) * teacherMacs);
  return before + images * perTrainingImage(stage) + epochs * static_cast<double>(validationImages) * macs(stage);
}

double RunWork::all() const {
  return done(1, static_cast<double>(trainingImages) * mainEpochs, mainEpochs) +
         static_cast<double>(testImages) * (mainMacs + teacherMacs);
}

RunWork workOf(Job job, const std::vector<Variant> &variants) {
  RunWork work;
  work.teacherMacs = teacherMacsPerImage(job);
  work.teacherEpochs = work.teacherMacs > 0 ? job.recipe.teacher_epochs : 0;
  job.variants = variants;
  work.mainMacs = macsPerImage(job);
  work.mainEpochs = job.recipe.epochs;
  return work;
}

void TimeLeft::begin(double done, double now_s) {
  m_done = done;
  m_now_s = now_s;
}

double TimeLeft::left_s(double done, double all, double now_s) {
  constexpr double Memory_s = 20;
  const double passed_s = now_s - m_now_s;
  if (passed_s > 0 && done > m_done) {
    const double rate = (done - m_done) / passed_s;
    m_rate = m_rate == 0 ? rate : m_rate + (rate - m_rate) * (1 - std::exp(-passed_s / Memory_s));
    begin(done, now_s);
  }
  return m_rate > 0 ? std::max(0.0, all - done) / m_rate : 0;
}

}  // namespace pimento::learn

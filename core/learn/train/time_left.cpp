// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/time_left.h"

#include <algorithm>

#include "core/jobs/job_cost.h"

namespace pimento::learn {

namespace {

constexpr double PerTraining = 3;

// A run tells twice a second, or after each update where that takes longer.
constexpr std::size_t MostRates = 60;
constexpr std::size_t LeastRates = 5;
constexpr double Least_s = 3;

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

}  // namespace

double RunWork::perTrainingImage(int stage) const { return PerTraining * macs(stage) + (stage == 1 ? teacherMacs : 0); }

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
  work.teacherEpochs = pimento::teacherEpochs(job);
  job.variants = variants;
  work.mainMacs = macsPerImage(job);
  work.mainEpochs = job.recipe.epochs;
  return work;
}

void TimeLeft::begin(double done, double now_s) {
  m_rates.clear();
  m_watched_s = 0;
  m_done = done;
  m_now_s = now_s;
}

std::optional<double> TimeLeft::left_s(double done, double all, double now_s) {
  const double passed_s = now_s - m_now_s;
  if (passed_s > 0 && done > m_done) {
    m_watched_s += passed_s;
    m_rates.push_back((done - m_done) / passed_s);
    if (m_rates.size() > MostRates) m_rates.erase(m_rates.begin());
    m_done = done;
    m_now_s = now_s;
  }
  if (m_rates.size() < LeastRates || m_watched_s < Least_s) return std::nullopt;
  return std::max(0.0, all - done) / median(m_rates);
}

}  // namespace pimento::learn

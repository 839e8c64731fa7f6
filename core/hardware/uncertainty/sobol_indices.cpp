// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/uncertainty/sobol_indices.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/hardware/uncertainty/quantiles.h"
#include "core/hardware/uncertainty/sobol_sequence.h"

namespace pimento {

namespace {

// Values of every run of a row: f(A), f(B), then f(A_B^i) for every input, each with all outputs.
struct Rows {
  std::size_t inputs, outputs, samples;
  std::vector<double> values = std::vector<double>(samples * (inputs + 2) * outputs);
  [[nodiscard]] std::size_t at(std::size_t row, std::size_t run) const { return (row * (inputs + 2) + run) * outputs; }
};

void runRow(Rows &rows, std::size_t row, const SobolSequence &sequence, const UncertainModel &model) {
  std::vector<double> both(2 * rows.inputs);
  sequence.point(static_cast<std::uint32_t>(row), both);
  const std::span a(both.data(), rows.inputs);
  const std::span b(both.data() + rows.inputs, rows.inputs);
  const auto out = [&](std::size_t run) { return std::span(rows.values).subspan(rows.at(row, run), rows.outputs); };
  model(a, out(0));
  model(b, out(1));
  for (std::size_t i = 0; i < rows.inputs; ++i) {
    const double own = a[i];
    a[i] = b[i];
    model(a, out(i + 2));
    a[i] = own;
  }
}

// What one row adds to the estimators of one output and input.
struct Terms {
  double sum = 0, squares = 0, first = 0, total = 0;
  double count = 0;
  void add(const Terms &other) {
    sum += other.sum;
    squares += other.squares;
    first += other.first;
    total += other.total;
    count += other.count;
  }
  [[nodiscard]] double variance() const {
    const double n = 2 * count;
    return n > 0 ? squares / n - (sum / n) * (sum / n) : 0;
  }
};

// `middle` is near the output's mean, so that squares do not cancel.
Terms termsOf(double a, double b, double mixed, double middle) {
  if (!std::isfinite(a + b + mixed)) return {};
  const double x = a - middle;
  const double y = b - middle;
  return {x + y, x * x + y * y, (b - mixed) * (b - mixed) / 2, (a - mixed) * (a - mixed) / 2, 1};
}

struct Shares {
  double first = 0, total = 0;
};

Shares sharesOf(const Terms &t, double least) {
  const double variance = t.variance();
  if (variance <= least) return {};
  return {1 - t.first / t.count / variance, t.total / t.count / variance};
}

double middleOf(const Rows &rows, std::size_t output) {
  double sum = 0;
  double count = 0;
  for (std::size_t row = 0; row < rows.samples; ++row)
    if (const double value = rows.values[rows.at(row, 0) + output]; std::isfinite(value)) sum += value, ++count;
  return count > 0 ? sum / count : 0;
}

SobolIndex indexOf(const Rows &rows, std::size_t output, std::size_t input, double middle,
                   std::span<const std::uint32_t> resampled) {
  std::vector<Terms> terms(rows.samples);
  Terms all;
  for (std::size_t row = 0; row < rows.samples; ++row) {
    const auto value = [&](std::size_t run) { return rows.values[rows.at(row, run) + output]; };
    terms[row] = termsOf(value(0), value(1), value(input + 2), middle);
    all.add(terms[row]);
  }
  const double least = 1e-24 * middle * middle;  // rounding is no variance
  const Shares whole = sharesOf(all, least);
  SobolIndex index{whole.first, whole.total, {whole.first, whole.first}, {whole.total, whole.total}};
  std::vector<double> firsts;
  std::vector<double> totals;
  for (std::size_t begin = 0; begin < resampled.size(); begin += rows.samples) {
    Terms some;
    for (const std::uint32_t row : resampled.subspan(begin, rows.samples)) some.add(terms[row]);
    const Shares shares = sharesOf(some, least);
    firsts.push_back(shares.first);
    totals.push_back(shares.total);
  }
  if (firsts.empty()) return index;
  index.firstInterval = {quantileOf(firsts, 0.025), quantileOf(firsts, 0.975)};
  index.totalInterval = {quantileOf(totals, 0.025), quantileOf(totals, 0.975)};
  return index;
}

// The same rows for every index, `resamples` times as many as there are.
std::vector<std::uint32_t> resampledRows(const SobolOptions &options) {
  std::vector<std::uint32_t> rows(options.samples * static_cast<std::size_t>(options.resamples));
  Random random(options.seed, 1);
  for (std::uint32_t &row : rows) row = static_cast<std::uint32_t>(random.below(options.samples));
  return rows;
}

void follow(const Watch &watch, double share) {
  if (watch.stop.stop_requested())
    throw Error(QStringLiteral("sensitivity"), QStringLiteral("was stopped before it was done"));
  if (watch.progress) watch.progress(share);
}

}  // namespace

SobolIndices sobolIndices(std::size_t inputs, std::size_t outputs, const UncertainModel &model,
                          const SobolOptions &options, const Watch &watch) {
  constexpr double RunningShare = 0.95;  // of the work; the rest is the bootstrap
  constexpr std::size_t Block = 32;      // rows between two reports
  const SobolSequence sequence(2 * inputs, options.seed);
  Rows rows{inputs, outputs, options.samples};
  for (std::size_t begin = 0; begin < rows.samples; begin += Block) {
    follow(watch, RunningShare * static_cast<double>(begin) / static_cast<double>(rows.samples));
    const std::size_t count = std::min(Block, rows.samples - begin);
    parallelFor(count, watch.stop, [&](std::size_t i) { runRow(rows, begin + i, sequence, model); });
  }
  follow(watch, RunningShare);
  SobolIndices result{inputs, std::vector<SobolIndex>(outputs * inputs), rows.samples * (inputs + 2), 0};
  for (std::size_t run = 0; outputs > 0 && run < result.runs; ++run)
    result.failed += std::isfinite(rows.values[run * outputs]) ? 0 : 1;
  const std::vector<std::uint32_t> resampled = resampledRows(options);
  for (std::size_t output = 0; output < outputs; ++output) {
    const double middle = middleOf(rows, output);
    parallelFor(inputs, watch.stop, [&](std::size_t input) {
      result.values[output * inputs + input] = indexOf(rows, output, input, middle, resampled);
    });
    follow(watch, RunningShare + (1 - RunningShare) * static_cast<double>(output + 1) / static_cast<double>(outputs));
  }
  return result;
}

}  // namespace pimento

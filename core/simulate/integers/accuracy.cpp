// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/accuracy.h"

#include <atomic>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/simulate/integers/input_quantiser.h"

namespace pimento {

ExactScores exactScores(const IntegerProgram &program, const Images &images, const InputRecipe &input,
                        const std::stop_token &stop, const ImagesProgress &progress) {
  if (!(images.shape == program.input()) || !(input.shape == program.input()))
    throw Error(program.place, QStringLiteral("the images have not the size of its input"));
  const InputQuantiser quantise(input, program.layers.front().format);
  const auto all = static_cast<std::int64_t>(images.size());
  std::atomic<std::int64_t> correct = 0;
  std::atomic<std::int64_t> done = 0;
  parallelFor(images.size(), stop, [&](std::size_t i) {
    if (argmax(evaluate(program, quantise(images.image(i))).logits) == images.labels[i]) ++correct;
    const std::int64_t now = ++done;
    if (progress) progress(now, all);
  });
  return {correct, done};
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are CIFAR records or an Error, as ten classes and as a hundred; labels stay below the classes.
#include <cstdlib>

#include "core/base/error.h"
#include "core/data/cifar.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
  for (const Cifar kind : {Cifar::Ten, Cifar::Hundred}) {
    std::vector<std::uint16_t> labels;
    std::vector<std::uint8_t> pixels;
    try {
      readCifarRecords(bytes, kind, labels, pixels, QStringLiteral("fuzz.bin"));
    } catch (const Error &) {
      continue;
    }
    if (labels.empty() || pixels.size() != labels.size() * 3072) std::abort();
    for (const std::uint16_t label : labels)
      if (label >= (kind == Cifar::Ten ? 10 : 100)) std::abort();
  }
  return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a set of images or an Error: the first two bytes say how long the file of images is, the rest are its
// labels. Every pixel and label that comes out is touched.
#include <cstdlib>

#include "core/base/error.h"
#include "core/data/idx.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  if (size < 2) return 0;
  const QByteArray bytes(reinterpret_cast<const char *>(data + 2), static_cast<qsizetype>(size - 2));
  const qsizetype images = std::min<qsizetype>(bytes.size(), data[0] + 256 * data[1]);
  try {
    const Images set =
        readIdx(bytes.left(images), bytes.mid(images), QStringLiteral("images"), QStringLiteral("labels"));
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < set.size(); ++i)
      for (const std::uint8_t pixel : set.image(i)) sum += pixel + set.labels[i];
    if (set.size() == 0 || sum > set.pixels.size() * 512) std::abort();
  } catch (const Error &) {
  }
  return 0;
}

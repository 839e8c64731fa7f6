// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a safetensors file or an Error; what was read is written and read as the same.
#include <cstdlib>

#include "core/base/error.h"
#include "core/files/safetensors.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QString place = QStringLiteral("fuzz.safetensors");
  SafeTensors content;
  try {
    content = readSafeTensors(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)), place);
  } catch (const Error &) {
    return 0;
  }
  const QByteArray written = writeSafeTensors(content);
  const SafeTensors again = readSafeTensors(written, place);
  if (again.metadata != content.metadata || writeSafeTensors(again) != written) std::abort();
  return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are learned sub-nets of ResNet20 or an Error; what was read is written and read as the same.
#include <cstdlib>

#include "core/base/error.h"
#include "core/jobs/variants_file.h"
#include "core/network/families/families.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  static const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  const QString place = QStringLiteral("variants.json");
  std::vector<Variant> variants;
  try {
    variants =
        readVariants(network, QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)), place);
  } catch (const Error &) {
    return 0;
  }
  if (readVariants(network, writeVariants(network, variants), place) != variants) std::abort();
  return 0;
}

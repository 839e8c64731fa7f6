// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a quantised network or an Error; what was read is written and read as the same, and small ones run.
#include <cstdlib>

#include "core/base/error.h"
#include "core/network/counts.h"
#include "core/simulate/integers/exact.h"
#include "core/simulate/integers/quantised_file.h"
#include "core/simulate/integers/random_network.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QString place = QStringLiteral("fuzz.safetensors");
  QuantisedNetwork network;
  try {
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    network = readQuantised(readSafeTensors(bytes, place), place);
  } catch (const Error &) {
    return 0;
  }
  const QByteArray written = writeSafeTensors(writeQuantised(network));
  if (writeSafeTensors(writeQuantised(readQuantised(readSafeTensors(written, place), place))) != written) std::abort();
  const auto macs = total(network.spec, countLayers(network.spec, network.variants[0].variant)).macs;
  std::int64_t elements = 0;
  for (const Shape &shape : outputShapes(network.spec, network.variants[0].variant)) elements += shape.elements();
  if (macs > 1'000'000 || elements > 1'000'000) return 0;
  const IntegerProgram program = integerProgram(network, 0);
  static_cast<void>(evaluate(program, randomImage(program, 1, 1)));
  return 0;
}

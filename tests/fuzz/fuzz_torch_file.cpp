// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a file of torch.save or an Error, in little memory; what was read is written as safetensors and read as
// the same.
#include <QBuffer>
#include <cstdlib>

#include "core/base/error.h"
#include "core/weights/torch_file.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QString place = QStringLiteral("fuzz.pth");
  QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::ReadOnly);
  SafeTensors content;
  try {
    content = readTorchFile(buffer, place);
  } catch (const Error &) {
    return 0;
  }
  const SafeTensors again = readSafeTensors(writeSafeTensors(content), place);
  if (again.tensors.size() != content.tensors.size() || again.metadata != content.metadata) std::abort();
  return 0;
}

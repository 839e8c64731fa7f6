// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a plain file, which comes out as it is, or gzip, which unpacks to no more than it promises, or an
// Error. The first byte says in pieces of which size it is read; what comes out does not depend on that.
#include <cstdlib>
#include <vector>

#include "core/base/error.h"
#include "core/files/gunzip.h"

using namespace pimento;

static std::vector<std::uint8_t> unpack(const QByteArray &bytes, std::size_t piece) {
  constexpr std::size_t Most = 1 << 22;
  UnpackedFile file(bytes, QStringLiteral("fuzz.gz"));
  std::vector<std::uint8_t> content;
  std::vector<std::uint8_t> buffer(piece);
  for (std::size_t count = file.read(buffer); count > 0 && content.size() < Most; count = file.read(buffer))
    content.insert(content.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count));
  if (static_cast<std::int64_t>(content.size()) > file.mostBytes()) std::abort();
  return content;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  if (size < 1) return 0;
  const QByteArray bytes(reinterpret_cast<const char *>(data + 1), static_cast<qsizetype>(size - 1));
  try {
    const auto whole = unpack(bytes, 1 << 22);
    if (!bytes.startsWith("\x1f\x8b") && whole.size() != static_cast<std::size_t>(bytes.size())) std::abort();
    if (whole.size() < (1 << 16) && unpack(bytes, data[0] + std::size_t{1}) != whole) std::abort();
  } catch (const Error &) {
  }
  return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are a picture of a raster format, which becomes 16 x 16 pixels, or an Error that names the file.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

#include "core/base/error.h"
#include "core/data/picture.h"

using namespace pimento;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const int handle = memfd_create("picture", MFD_CLOEXEC);
  if (handle < 0 || write(handle, data, size) != static_cast<ssize_t>(size)) std::abort();
  const QString path = QStringLiteral("/proc/self/fd/%1").arg(handle);
  try {
    const Images image = readPicture(path, {3, 16, 16});
    if (image.size() != 1 || image.pixels.size() != 3 * 16 * 16) std::abort();
    if (pictureFormat(QByteArray(reinterpret_cast<const char *>(data), 16)).isEmpty()) std::abort();
  } catch (const Error &error) {
    if (!error.message().startsWith(path)) std::abort();
  }
  close(handle);
  return 0;
}

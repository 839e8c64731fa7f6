// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/pixel_buffer.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <cerrno>
#include <cstdlib>
#include <vector>

#include "core/base/error.h"
#include "core/data/dataset.h"

namespace pimento {

namespace {

// A file of this size that has no name any more.
int namelessFile(const QString &folder, std::size_t bytes) {
  QDir().mkpath(folder);
  QByteArray name = QFile::encodeName(folder) + "/pixels-XXXXXX";
  const int handle = mkostemp(name.data(), O_CLOEXEC);
  int problem = handle < 0 ? errno : 0;
  if (handle >= 0) {
    ::unlink(name.constData());
    // Where the file system can not set room aside this writes: a hole that the disk has no room for would be found
    // when its pixels are written, by a signal.
    do {
      problem = posix_fallocate(handle, 0, static_cast<off_t>(bytes));
    } while (problem == EINTR);
  }
  if (problem == 0) return handle;
  if (handle >= 0) ::close(handle);
  throw Error(folder, QStringLiteral("no room for %1 MB of scaled images").arg(bytes >> 20),
              QStringLiteral("%1; free some, or set XDG_CACHE_HOME to a folder on a larger disk")
                  .arg(qt_error_string(problem)));
}

}  // namespace

void PixelBuffer::release(std::size_t from, std::size_t count) const {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  const std::size_t begin = (from + page - 1) / page * page;
  const std::size_t end = (from + count) / page * page;
  if (onDisk && end > begin) madvise(bytes.data() + begin, end - begin, MADV_DONTNEED);  // the file keeps it
}

PixelBuffer makePixelBuffer(std::size_t bytes, std::size_t memory) {
  if (bytes <= memory) {
    auto buffer = std::make_shared<std::vector<std::uint8_t>>(bytes);
    return {*buffer, buffer, false};
  }
  const int handle = namelessFile(decodedCache(), bytes);
  void *at = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, handle, 0);
  ::close(handle);
  if (at == MAP_FAILED) throw Error(decodedCache(), QStringLiteral("%1 MB can not be mapped").arg(bytes >> 20));
  return {{static_cast<std::uint8_t *>(at), bytes}, {at, [bytes](void *data) { munmap(data, bytes); }}, true};
}

}  // namespace pimento

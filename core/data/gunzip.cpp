// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/gunzip.h"

#include <zlib.h>

#include <algorithm>

#include "core/base/error.h"

namespace pimento {

namespace {

constexpr qsizetype Step = 1 << 20;

class Inflater {
 public:
  Inflater() { m_ok = inflateInit2(&m_stream, 16 + MAX_WBITS) == Z_OK; }  // 16: gzip header
  ~Inflater() {
    if (m_ok) inflateEnd(&m_stream);
  }
  Inflater(const Inflater &) = delete;
  Inflater &operator=(const Inflater &) = delete;

  [[nodiscard]] bool ok() const { return m_ok; }
  z_stream &stream() { return m_stream; }

 private:
  z_stream m_stream{};
  bool m_ok = false;
};

}  // namespace

QByteArray gunzip(const QByteArray &bytes, qsizetype maxBytes, const QString &place) {
  const auto tooLarge = [&] {
    return Error(place, QStringLiteral("holds more than %1 MB").arg(maxBytes >> 20),
                 QStringLiteral("is it the right file?"));
  };
  if (!bytes.startsWith("\x1f\x8b")) {
    if (bytes.size() > maxBytes) throw tooLarge();
    return bytes;
  }
  Inflater inflater;
  if (!inflater.ok()) throw Error(place, QStringLiteral("zlib can not be started"));
  z_stream &stream = inflater.stream();
  stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  QByteArray content;
  int status = Z_OK;
  while (status == Z_OK) {
    const qsizetype had = content.size();
    const qsizetype room = std::min(std::max(Step, had), maxBytes + 1 - had);
    if (room <= 0) throw tooLarge();
    content.resize(had + room);
    stream.next_out = reinterpret_cast<Bytef *>(content.data() + had);
    stream.avail_out = static_cast<uInt>(room);
    status = inflate(&stream, Z_NO_FLUSH);
    content.resize(had + room - static_cast<qsizetype>(stream.avail_out));
    if (status == Z_BUF_ERROR || (status == Z_OK && stream.avail_in == 0 && stream.avail_out > 0)) break;
  }
  if (content.size() > maxBytes) throw tooLarge();
  if (status != Z_STREAM_END)
    throw Error(place, QStringLiteral("is a damaged or truncated gzip file"), QStringLiteral("fetch it again"));
  return content;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/gunzip.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>

#include "core/base/error.h"
#include "core/files/whole_file.h"

namespace pimento {

namespace {

constexpr std::int64_t MaxFile = std::int64_t{1} << 30;
constexpr std::int64_t Piece = 1 << 18;
constexpr std::int64_t MostRatio = 1032;  // of deflate: 258 bytes in two bits

Error damaged(const QString &place, const QString &why) {
  return {place, QStringLiteral("is a damaged or truncated gzip file: %1").arg(why), QStringLiteral("fetch it again")};
}

}  // namespace

class UnpackedFile::Inflater {
 public:
  explicit Inflater(const QString &place) {
    constexpr int GzipOnly = 16;
    if (inflateInit2(&stream, GzipOnly + MAX_WBITS) != Z_OK) throw Error(place, QStringLiteral("zlib does not start"));
  }
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater &) = delete;
  Inflater &operator=(const Inflater &) = delete;

  z_stream stream{};
  bool inMember = true;  // else between two
};

UnpackedFile::UnpackedFile(const QString &path) : m_place(path) {
  const auto file = std::make_shared<OutsideFile>(path, MaxFile);
  m_size = file->size();
  m_source = [file](std::int64_t from, std::int64_t count) { return file->part(from, count); };
  if (file->head(2) == "\x1f\x8b") m_inflater = std::make_unique<Inflater>(path);
}

UnpackedFile::UnpackedFile(const QByteArray &bytes, const QString &place)
    : m_place(place),
      m_source([bytes](std::int64_t from, std::int64_t count) { return bytes.mid(from, count); }),
      m_size(bytes.size()) {
  if (bytes.startsWith("\x1f\x8b")) m_inflater = std::make_unique<Inflater>(place);
}

UnpackedFile::~UnpackedFile() = default;
UnpackedFile::UnpackedFile(UnpackedFile &&) noexcept = default;

std::int64_t UnpackedFile::mostBytes() const { return m_inflater ? m_size * MostRatio : m_size; }

bool UnpackedFile::fetch() {
  if (m_used < m_piece.size()) return true;
  m_piece = m_source(m_fetched, std::min(Piece, m_size - m_fetched));
  m_fetched += m_piece.size();
  m_used = 0;
  return !m_piece.isEmpty();
}

std::size_t UnpackedFile::read(std::span<std::uint8_t> out) {
  std::size_t done = 0;
  while (done < out.size()) {
    const bool some = fetch();
    if (!m_inflater) {
      if (!some) break;
      const auto count = std::min(out.size() - done, static_cast<std::size_t>(m_piece.size() - m_used));
      std::memcpy(out.data() + done, m_piece.constData() + m_used, count);
      m_used += static_cast<qsizetype>(count);
      done += count;
      continue;
    }
    z_stream &stream = m_inflater->stream;
    if (!m_inflater->inMember) {
      if (!some) break;
      inflateReset(&stream);
      m_inflater->inMember = true;
    }
    if (!some) throw damaged(m_place, QStringLiteral("it ends in the middle"));
    constexpr std::size_t Most = 1U << 30;
    stream.next_in = reinterpret_cast<Bytef *>(m_piece.data()) + m_used;
    stream.avail_in = static_cast<uInt>(m_piece.size() - m_used);
    stream.next_out = out.data() + done;
    stream.avail_out = static_cast<uInt>(std::min(Most, out.size() - done));
    const uInt room = stream.avail_out;
    const int status = inflate(&stream, Z_NO_FLUSH);
    done += room - stream.avail_out;
    m_used = m_piece.size() - static_cast<qsizetype>(stream.avail_in);
    if (status == Z_STREAM_END)
      m_inflater->inMember = false;
    else if (status != Z_OK && status != Z_BUF_ERROR)
      throw damaged(m_place, stream.msg != nullptr ? QString::fromLatin1(stream.msg) : QStringLiteral("no gzip data"));
  }
  return done;
}

}  // namespace pimento

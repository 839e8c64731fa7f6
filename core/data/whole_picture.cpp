// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/whole_picture.h"

#include <zlib.h>

#include <QtEndian>
#include <algorithm>
#include <array>
#include <cstdlib>

namespace pimento {

namespace {

const QString CutOff = QStringLiteral("it ends before its picture does");

// The bytes of a file in their order, fetched in large pieces: a file may have millions of parts.
class Bytes {
 public:
  explicit Bytes(OutsideFile &file) : m_file(file) {}

  // Up to so many of the next ones, and at least one; none at the end.
  QByteArrayView piece(qint64 most) {
    constexpr qint64 Fetched = 1 << 16;
    if (m_used == m_piece.size()) {
      m_piece = m_file.part(m_at, std::min(Fetched, m_file.size() - m_at));
      m_at += m_piece.size();
      m_used = 0;
    }
    const QByteArrayView next = QByteArrayView(m_piece).sliced(m_used);
    const QByteArrayView taken = next.first(std::min<qint64>(most, next.size()));
    m_used += taken.size();
    return taken;
  }

  // Whether there are as many; if so, take() is given them, piece by piece.
  template <class Take>
  bool next(qint64 count, Take take) {
    while (count > 0) {
      const QByteArrayView taken = piece(count);
      if (taken.isEmpty()) return false;
      take(taken);
      count -= taken.size();
    }
    return true;
  }
  bool skip(qint64 count) {
    return next(count, [](QByteArrayView) {});
  }
  template <std::size_t N>
  bool read(std::array<uchar, N> &out) {
    auto *to = out.data();
    return next(N, [&](QByteArrayView taken) { to = std::copy(taken.begin(), taken.end(), to); });
  }

 private:
  OutsideFile &m_file;
  QByteArray m_piece;
  qsizetype m_used = 0;
  qint64 m_at = 0;
};

QString pngProblem(OutsideFile &file) {
  constexpr qint64 Signature = 8;
  Bytes bytes(file);
  bytes.skip(Signature);
  for (;;) {
    std::array<uchar, 8> head{};  // length and type
    std::array<uchar, 4> checksum{};
    if (!bytes.read(head)) return CutOff;
    uLong sum = crc32(0, head.data() + 4, 4);
    const auto add = [&](QByteArrayView taken) {
      sum = crc32(sum, reinterpret_cast<const Bytef *>(taken.data()), static_cast<uInt>(taken.size()));
    };
    if (!bytes.next(qFromBigEndian<quint32>(head.data()), add) || !bytes.read(checksum)) return CutOff;
    const QByteArray type(reinterpret_cast<const char *>(head.data()) + 4, 4);
    if (sum != qFromBigEndian<quint32>(checksum.data()))
      return QStringLiteral("the checksum of its part %1 is wrong").arg(QString::fromLatin1(type));
    if (type == "IEND") return {};
  }
}

// Blocks of up to 255 bytes, each led by its length; an empty one is the last.
bool skipBlocks(Bytes &bytes) {
  std::array<uchar, 1> length{};
  while (bytes.read(length))
    if (length[0] == 0 || !bytes.skip(length[0])) return length[0] == 0;
  return false;
}

bool skipColours(Bytes &bytes, uchar flags) { return (flags & 0x80) == 0 || bytes.skip(3 * (2 << (flags & 7))); }

// Up to the end of the first picture. What is no block is left to the decoder.
QString gifProblem(OutsideFile &file) {
  std::array<uchar, 13> head{};
  std::array<uchar, 1> kind{};
  Bytes bytes(file);
  if (!bytes.read(head) || !skipColours(bytes, head[10])) return CutOff;
  while (bytes.read(kind)) {
    if (kind[0] == 0x21) {  // an extension
      if (!bytes.skip(1) || !skipBlocks(bytes)) return CutOff;
    } else if (kind[0] == 0x2c) {
      std::array<uchar, 9> picture{};
      constexpr qint64 CodeSize = 1;
      const bool whole =
          bytes.read(picture) && skipColours(bytes, picture[8]) && bytes.skip(CodeSize) && skipBlocks(bytes);
      return whole ? QString() : CutOff;
    } else {
      return {};
    }
  }
  return CutOff;
}

// Of plain pixels; packed ones have no size that could be known.
QString bmpProblem(OutsideFile &file) {
  constexpr qint64 Header = 34;
  const QByteArray head = file.head(Header);
  if (head.size() < Header) return CutOff;
  const auto number = [&](qsizetype at) { return qint64{qFromLittleEndian<qint32>(head.constData() + at)}; };
  const qint64 bits = qFromLittleEndian<quint16>(head.constData() + 28);
  const bool info = number(14) >= 40;  // else of the first version, with shorter numbers
  const qint64 compression = number(30);
  constexpr qint64 MostSide = 1 << 15;  // larger ones are refused for their size
  if (!info || (compression != 0 && compression != 3)) return {};
  if (std::abs(number(18)) > MostSide || std::abs(number(22)) > MostSide) return {};
  const qint64 row = (std::abs(number(18)) * bits + 31) / 32 * 4;
  return number(10) + row * std::abs(number(22)) > file.size() ? CutOff : QString();
}

}  // namespace

QString wholePictureProblem(OutsideFile &file, const QByteArray &format) {
  if (format == "png") return pngProblem(file);
  if (format == "gif") return gifProblem(file);
  return format == "bmp" ? bmpProblem(file) : QString();
}

}  // namespace pimento

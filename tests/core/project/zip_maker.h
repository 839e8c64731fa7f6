// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QtEndian>
#include <optional>
#include <vector>

namespace pimento {

// A zip archive made by hand, with whatever in it is wrong on purpose.
struct ZipPart {
  QByteArray name;
  QByteArray content;
  bool deflate = false;
  std::optional<quint32> declaredSize;  // unpacked, where it is not the truth
  std::optional<quint16> method;
  quint16 flags = 0;
};

inline quint32 crc32Of(const QByteArray &bytes) {
  quint32 crc = 0xffffffffU;
  for (const char c : bytes) {
    crc ^= static_cast<quint8>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
  }
  return ~crc;
}

inline void put(QByteArray &out, auto value) {
  const auto little = qToLittleEndian(value);
  out.append(reinterpret_cast<const char *>(&little), sizeof little);
}

inline QByteArray makeZip(const std::vector<ZipPart> &parts) {
  QByteArray file;
  QByteArray directory;
  for (const ZipPart &part : parts) {
    QByteArray packed = part.content;
    if (part.deflate) packed = qCompress(part.content).mid(6).chopped(4);  // without Qt's and zlib's frames
    QByteArray common;                                                     // what both headers say
    put(common, quint16{20});
    put(common, part.flags);
    put(common, part.method.value_or(part.deflate ? 8 : 0));
    put(common, quint32{0x00210000});  // 1 January 1980
    put(common, crc32Of(part.content));
    put(common, static_cast<quint32>(packed.size()));
    put(common, part.declaredSize.value_or(static_cast<quint32>(part.content.size())));
    put(common, static_cast<quint16>(part.name.size()));
    put(common, quint16{0});
    const auto offset = static_cast<quint32>(file.size());
    file += QByteArray("PK\x03\x04", 4) + common + part.name + packed;
    directory += QByteArray("PK\x01\x02\x14\x00", 6) + common;
    for (int i = 0; i < 3; ++i) put(directory, quint16{0});
    put(directory, quint32{0});
    put(directory, offset);
    directory += part.name;
  }
  QByteArray end("PK\x05\x06\0\0\0\0", 8);
  put(end, static_cast<quint16>(parts.size()));
  put(end, static_cast<quint16>(parts.size()));
  put(end, static_cast<quint32>(directory.size()));
  put(end, static_cast<quint32>(file.size()));
  put(end, quint16{0});
  return file + directory + end;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
// Small files in the formats of data sets, made here so that tests need none.
#pragma once
#include <QByteArray>
#include <QDir>
#include <QFile>
#include <cstdint>
#include <vector>

namespace pimento::test {

inline QByteArray bigEndian(std::uint32_t value) {
  QByteArray bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes.append(static_cast<char>(value >> shift));
  return bytes;
}

inline QByteArray idxHeader(const std::vector<std::uint32_t> &dimensions) {
  QByteArray header("\0\0\x08", 3);
  header.append(static_cast<char>(dimensions.size()));
  for (const std::uint32_t d : dimensions) header += bigEndian(d);
  return header;
}

// `count` images of side x side; the pixels count up, so that no two images are alike.
inline QByteArray idxImages(std::uint32_t count, std::uint32_t side) {
  QByteArray bytes = idxHeader({count, side, side});
  for (std::uint32_t i = 0; i < count * side * side; ++i) bytes.append(static_cast<char>(i % 251));
  return bytes;
}

inline QByteArray idxLabels(std::uint32_t count, std::uint32_t classes) {
  QByteArray bytes = idxHeader({count});
  for (std::uint32_t i = 0; i < count; ++i) bytes.append(static_cast<char>(i % classes));
  return bytes;
}

// CIFAR records: `before` label bytes of which the last is the label, then 3072 pixels.
inline QByteArray cifarRecords(int count, int before, int classes) {
  QByteArray bytes;
  for (int i = 0; i < count; ++i) {
    for (int b = 0; b < before; ++b) bytes.append(static_cast<char>(b + 1 == before ? i % classes : 0));
    for (int p = 0; p < 3072; ++p) bytes.append(static_cast<char>((p / 1024) * 80 + i));
  }
  return bytes;
}

inline void writeFile(const QString &path, const QByteArray &bytes) {
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
    qFatal("can not write %s", qPrintable(path));
}

// A CIFAR-10 set of 50 training and 10 test images in a folder that is made.
inline void writeCifarSet(const QString &folder) {
  QDir().mkpath(folder);
  const auto put = [&](const QString &name, const QByteArray &bytes) { writeFile(QDir(folder).filePath(name), bytes); };
  for (int i = 1; i <= 5; ++i) put(QStringLiteral("data_batch_%1.bin").arg(i), cifarRecords(10, 1, 10));
  put(QStringLiteral("test_batch.bin"), cifarRecords(10, 1, 10));
  put(QStringLiteral("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");
}

}  // namespace pimento::test

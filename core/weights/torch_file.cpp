// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/torch_file.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/weights/torch_tensors.h"

namespace pimento {

namespace {

bool isArchive(QByteArrayView head) { return head.startsWith("PK\x03\x04"); }

QByteArray readAll(QIODevice &device, const QString &place, const Watch &watch) {
  constexpr qint64 Piece = 4 << 20;
  const qint64 size = device.size();
  QByteArray file(size, Qt::Uninitialized);
  for (qint64 at = 0; at < size;) {
    watch.report(static_cast<double>(at) / static_cast<double>(size), place);
    const qint64 came = device.read(file.data() + at, std::min(Piece, size - at));
    if (came <= 0) throw Error(place, QStringLiteral("can not be read"), device.errorString());
    at += came;
  }
  return file;
}

}  // namespace

// A header of safetensors can have a length that looks like the beginning of a pickle; behind it stands a brace.
bool isTorchFile(QByteArrayView head) {
  constexpr qsizetype Length = 8;
  if (isArchive(head)) return true;
  const bool pickle = head.size() > 1 && head[0] == '\x80' && head[1] >= 0 && head[1] <= 5;
  return pickle && !(head.size() > Length && head[Length] == '{');
}

SafeTensors readTorchFile(QIODevice &device, const QString &place, const Watch &watch) {
  constexpr qint64 Room = qint64{64} << 20;
  constexpr double Read = 0.7;  // of the time, about; then its numbers are put in order
  const qint64 most = 4 * device.size() + Room;
  const Watch reading = watch.part(0, Read);
  const Watch making = watch.part(Read, 1);
  if (isArchive(device.peek(4))) return torchTensors(readTorchArchive(device, place, most, reading), most, making);
  const QByteArray file = readAll(device, place, reading);
  return torchTensors(readTorchStream(file, place), most, making);
}

}  // namespace pimento

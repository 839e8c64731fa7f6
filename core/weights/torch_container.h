// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QIODevice>
#include <QString>
#include <map>

#include "core/base/watch.h"
#include "core/files/safetensors.h"
#include "core/weights/pickle.h"

namespace pimento {

inline const QString TorchDamaged = QStringLiteral("the file is damaged or was not written by torch.save");

// The numbers of one or more tensors as they lie in the file: a part of bytes that all references share, since a file
// can refer to one storage a million times.
struct TorchStorage {
  TensorType type = TensorType::F32;
  QByteArray bytes;
  qint64 begin = 0;
  qint64 size = bytes.size();
  [[nodiscard]] qint64 elements() const { return size / tensorTypeSize(type); }
  [[nodiscard]] QByteArray part(qint64 element, qint64 count) const {
    return bytes.mid(begin + element * tensorTypeSize(type), count * tensorTypeSize(type));
  }
};

// A file of torch.save taken apart: what it says, and the storages that it refers to, by the node of the reference.
struct TorchContainer {
  Pickle pickle;
  std::map<PickleIndex, TorchStorage> storages;
  QString place;  // of the pickle: "net.pth, entry net/data.pkl"
};

// What PyTorch's files may name.
[[nodiscard]] std::optional<PickleGlobal> torchGlobal(const QByteArray &name);
[[nodiscard]] std::optional<TensorType> torchStorageType(const QByteArray &global);  // "torch.FloatStorage"
[[nodiscard]] std::optional<TensorType> torchElementType(const QByteArray &global);  // "torch.float32"

// The zip archive that torch.save writes since PyTorch 1.6, and the stream of pickles and storages from before.
// Both throw Error naming `place` and the entry or byte. torch.save stores entries; of an archive that another program
// has packed, they may unpack to `mostBytes` together.
[[nodiscard]] TorchContainer readTorchArchive(QIODevice &device, const QString &place, qint64 mostBytes,
                                              const Watch &watch = {});
[[nodiscard]] TorchContainer readTorchStream(const QByteArray &file, const QString &place);

}  // namespace pimento

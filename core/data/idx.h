// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>

#include "core/data/images.h"

namespace pimento {

// The IDX format of MNIST (Y. LeCun, "The MNIST database"): two zero bytes, the type (8: unsigned byte), the number of
// dimensions, the dimensions as big-endian 32-bit numbers, the elements. Plain or gzip.
//
// One set from the bytes of its two files: images of N x H x W (grey), labels of N. Throws Error naming the file for
// another type or shape, for data that are too short or too long, and for counts that differ. At most 1 GB of pixels.
[[nodiscard]] Images readIdx(const QByteArray &images, const QByteArray &labels, const QString &imagesPlace,
                             const QString &labelsPlace);

// A folder with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte,
// each plain or with .gz. Fashion-MNIST is told from MNIST by its pixels, other sets get their folder's name.
[[nodiscard]] bool isIdxFolder(const QString &folder);
[[nodiscard]] Dataset readIdxFolder(const QString &folder);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>

#include "core/data/dataset_facts.h"
#include "core/data/images.h"

namespace pimento {

// The IDX format of MNIST (Y. LeCun, "The MNIST database"): two zero bytes, the type (8: unsigned byte), the number of
// dimensions, the dimensions as big-endian 32-bit numbers, the elements. Plain or gzip.
//
// One set from the bytes of its two files: images of N x H x W (grey), labels of N. Throws Error naming the file for
// another type or shape, for data that are too short or too long, and for counts that differ. At most 1 GB of pixels;
// nothing is reserved for a body before the headers of both files agree with each other and with the files' sizes.
[[nodiscard]] Images readIdx(const QByteArray &images, const QByteArray &labels, const QString &imagesPlace,
                             const QString &labelsPlace);

// A folder with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte,
// each plain or with .gz; also with a full stop before idx, "test" for "t10k", and a prefix that all four share
// (EMNIST). It may lie in a folder `raw`, or be the only one of its kind in a folder inside, as other programs download
// it. Fashion-MNIST is told from MNIST by its pixels (by its test labels, for facts), other sets get their folder's
// name. Classes are those of the labels, unless a file classes.txt beside them names them, a line each. Throws Error
// that says what was found and what is missing; sets of up to 1 GB of pixels.
[[nodiscard]] bool isIdxFolder(const QString &folder);
[[nodiscard]] Dataset readIdxFolder(const QString &folder);
[[nodiscard]] DatasetFacts idxFacts(const QString &folder);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>

#include "core/data/dataset_facts.h"
#include "core/data/images.h"

namespace pimento {

enum class Cifar : std::uint8_t { Ten, Hundred };

// Records of the binary version of CIFAR (A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images",
// 2009): a label (CIFAR-100: a coarse and a fine one, of which the fine is kept), then 32x32 pixels of red, green,
// blue. Appends to `labels` and `pixels`. Throws Error for a length that is no whole number of records and for labels
// out of range.
void readCifarRecords(const QByteArray &bytes, Cifar kind, std::vector<std::uint16_t> &labels,
                      std::vector<std::uint8_t> &pixels, const QString &place);

// A folder with the authors' binary files (CIFAR-10: data_batch_1.bin … data_batch_5.bin, test_batch.bin,
// batches.meta.txt; CIFAR-100: train.bin, test.bin, fine_label_names.txt), or a folder that holds theirs. Throws Error
// naming the file that is missing or damaged; sets of up to 1 GB. A set with another number of images than the authors'
// carries a note.
[[nodiscard]] bool isCifarFolder(const QString &folder);
[[nodiscard]] Dataset readCifarFolder(const QString &folder);
[[nodiscard]] DatasetFacts cifarFacts(const QString &folder);  // by the names and sizes of the files

// A file of the version for Python in the folder or in the authors' one inside it; empty if there is none. It is not
// read: only to tell people which version to fetch.
[[nodiscard]] QString cifarForPython(const QString &folder);

}  // namespace pimento

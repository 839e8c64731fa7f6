// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>

#include "core/base/report_table.h"
#include "core/data/dataset_facts.h"
#include "core/data/image_folder.h"

namespace pimento {

// A data set that is known by name: all there is to say of it, in one row.
struct KnownSet {
  const char *name;   // "fashion-mnist"
  const char *title;  // "Fashion-MNIST"
  int classes;
  int testImages;    // on which published accuracies are counted
  const char *what;  // "70,000 grey images of clothes, 28x28, 10 classes"
  const char *howToGet;
  QStringList folders;  // looked into in this order; none: results are known, its files are not read
};

[[nodiscard]] const std::vector<KnownSet> &knownSets();      // whose files are read, the default first
[[nodiscard]] const KnownSet *findSet(const QString &name);  // also one whose files are not read; null for no such name

// A way in which the files of a set lie in a folder: a reader in a file of its own, and its row in dataset.cpp.
// `options` concerns folders of pictures.
struct DataFormat {
  bool (*isOf)(const QString &folder);
  Dataset (*read)(const QString &folder, const FolderOptions &options);
  DatasetFacts (*facts)(const QString &folder, const FolderOptions &options);  // no pixel is read
  int (*classes)(const QString &folder);                                       // with as little as tells it
  bool ofKnownSets;  // whether the folder of a known set may hold it
};

[[nodiscard]] std::span<const DataFormat> dataFormats();  // the first that a folder is of reads it

// Which sets go by a name, and what is read.
struct DataTables {
  std::span<const KnownSet> sets = knownSets();
  std::span<const DataFormat> formats = dataFormats();
};

// By name, or a folder with files of MNIST's format, CIFAR's binary batches, or pictures (train/CLASS/…, test/CLASS/…).
// Throws Error that says what is missing, where it was looked for and how the folder must look. `options` concerns
// folders of pictures.
[[nodiscard]] Dataset openDataset(const QString &nameOrFolder, const FolderOptions &options = {},
                                  const DataTables &tables = {});

// What the headers of its files tell: no pixel is read. Throws as openDataset does.
[[nodiscard]] DatasetFacts datasetFacts(const QString &nameOrFolder, const FolderOptions &options = {},
                                        const DataTables &tables = {});

// Number of classes of a set; of a folder it is read from the names or headers of its files.
[[nodiscard]] int datasetClasses(const QString &nameOrFolder, const DataTables &tables = {});

// Where decoded pictures are kept: the user's cache folder.
[[nodiscard]] QString decodedCache();

// The known sets and whether their files are here: set, title, what, folder, how_to_get.
[[nodiscard]] ReportTable knownSetsReport(const DataTables &tables = {});

// What a set holds: a row for train and test each (set, part, images, channels, height, width, classes, least and most
// images a class, mean and standard deviation of each channel over the images, checksum, source, note).
enum class Digits { All, Four };  // of mean and deviation: for programs, and for people
[[nodiscard]] ReportTable describe(const Dataset &set, Digits digits = Digits::All);

}  // namespace pimento

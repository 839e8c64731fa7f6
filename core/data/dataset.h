// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
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

// By name, or a folder with files of MNIST's format, CIFAR's binary batches, or pictures (train/CLASS/…, test/CLASS/…).
// Throws Error that says what is missing, where it was looked for and how the folder must look. `options` concerns
// folders of pictures.
[[nodiscard]] Dataset openDataset(const QString &nameOrFolder, const FolderOptions &options = {});

// What the headers of its files tell: no pixel is read. Throws as openDataset does.
[[nodiscard]] DatasetFacts datasetFacts(const QString &nameOrFolder, const FolderOptions &options = {});

// Number of classes of a set; of a folder it is read from the names or headers of its files.
[[nodiscard]] int datasetClasses(const QString &nameOrFolder);

// Where decoded pictures are kept: the user's cache folder.
[[nodiscard]] QString decodedCache();

// The known sets and whether their files are here: set, title, what, folder, how_to_get.
[[nodiscard]] ReportTable knownSetsReport();

// What a set holds: a row for train and test each (set, part, images, channels, height, width, classes, least and most
// images a class, mean and standard deviation of each channel over the images, checksum, source, note).
enum class Digits { All, Four };  // of mean and deviation: for programs, and for people
[[nodiscard]] ReportTable describe(const Dataset &set, Digits digits = Digits::All);

}  // namespace pimento

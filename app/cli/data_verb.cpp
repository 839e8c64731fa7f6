// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/picture_options.h"
#include "app/cli/verbs.h"
#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/data/folder_sizes.h"

namespace pimento {

int dataVerb(const QStringList &arguments) {
  VerbParser parser("data", QStringLiteral("[SET|FOLDER]"),
                    QStringLiteral("Describes a data set and checks its files. Without one: the sets that are known\n"
                                   "by name, and where they are looked for. A folder holds files of MNIST's format,\n"
                                   "CIFAR's binary batches, or pictures as train/CLASS/*.png|jpg and test/CLASS/…\n"
                                   "(val, valid or validation do for test); JPEG, PNG, BMP, GIF, PPM and PGM are\n"
                                   "read, and WebP and TIFF with qt6-image-formats-plugins. Of pictures of different\n"
                                   "sizes it says which there are, and what --crop and --resize to give."));
  parser.positional(QStringLiteral("SET|FOLDER"), QStringLiteral("fashion-mnist, cifar-10, cifar-100 or a folder"));
  addPictureOptions(parser);
  if (!parser.parse(arguments)) return 0;
  if (parser.argument(0).isEmpty()) {
    parser.print(knownSetsReport());
    return 0;
  }
  const QString folder = parser.argument(0);
  const FolderOptions pictures = pictureOptionsOf(parser);
  try {
    const Dataset set = openDataset(folder, pictures);
    parser.print(describe(set, parser.isText() ? Digits::Four : Digits::All));
  } catch (const Error &) {
    if (pictures.crop > 0 || !isImageFolder(folder)) throw;
    const FolderSizes sizes = folderSizes(folder);
    if (sizes.fit()) throw;
    parser.print(describe(sizes));
    printError(cropAdvice(sizes) + QLatin1Char('\n'));
  }
  return 0;
}

}  // namespace pimento

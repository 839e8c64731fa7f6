// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verb.h"
#include "app/cli/verbs.h"
#include "core/base/error.h"
#include "core/data/dataset.h"

namespace pimento {

namespace {

int sizeOption(const VerbParser &parser, const QString &name) {
  if (!parser.isSet(name)) return 0;
  bool ok = false;
  const int size = parser.value(name).toInt(&ok);
  if (!ok || size < 1)
    throw Error(parser.place(), QStringLiteral("--%1 %2 is no size").arg(name, quoted(parser.value(name))),
                QStringLiteral("give a whole number of pixels"));
  return size;
}

}  // namespace

int dataVerb(const QStringList &arguments) {
  VerbParser parser("data", QStringLiteral("[SET|FOLDER]"),
                    QStringLiteral("Describes a data set and checks its files. Without one: the sets that are known\n"
                                   "by name, and where they are looked for. A folder holds files of MNIST's format,\n"
                                   "CIFAR's binary batches, or pictures as train/CLASS/*.png|jpg and test/CLASS/…"));
  parser.positional(QStringLiteral("SET|FOLDER"), QStringLiteral("fashion-mnist, cifar-10, cifar-100 or a folder"));
  parser.option(QStringLiteral("crop"), QStringLiteral("Pictures: keep the middle PIXELS x PIXELS."),
                QStringLiteral("PIXELS"));
  parser.option(QStringLiteral("resize"), QStringLiteral("Pictures: scale the shorter side to PIXELS first."),
                QStringLiteral("PIXELS"));
  if (!parser.parse(arguments)) return 0;
  if (parser.argument(0).isEmpty()) {
    parser.print(knownSetsReport());
    return 0;
  }
  FolderOptions options;
  options.crop = sizeOption(parser, QStringLiteral("crop"));
  options.resize = sizeOption(parser, QStringLiteral("resize"));
  options.cache = decodedCache();
  parser.print(describe(openDataset(parser.argument(0), options)));
  return 0;
}

}  // namespace pimento

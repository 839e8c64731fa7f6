// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/picture_options.h"

#include "core/base/error.h"
#include "core/data/cached_pictures.h"
#include "core/data/crop_problem.h"

namespace pimento {

static int sizeOption(const VerbParser &parser, const QString &name) {
  if (!parser.isSet(name)) return 0;
  bool ok = false;
  const int size = parser.value(name).toInt(&ok);
  if (!ok || size < 1)
    throw Error(parser.place(), QStringLiteral("--%1 %2 is no size").arg(name, quoted(parser.value(name))),
                QStringLiteral("give a whole number of pixels"));
  return size;
}

void addPictureOptions(VerbParser &parser) {
  parser.option(QStringLiteral("crop"),
                QStringLiteral("Folders of pictures: keep the middle PIXELS x PIXELS (needed if their sizes differ)."),
                QStringLiteral("PIXELS"));
  parser.option(QStringLiteral("resize"),
                QStringLiteral("Folders of pictures: scale the shorter side to PIXELS first (default: as --crop)."),
                QStringLiteral("PIXELS"));
}

FolderOptions pictureOptionsOf(const VerbParser &parser) {
  const int crop = sizeOption(parser, QStringLiteral("crop"));
  const int resize = sizeOption(parser, QStringLiteral("resize"));
  requireCrop(parser.place(), crop, resize);
  return cachedPictures(crop, resize);
}

}  // namespace pimento

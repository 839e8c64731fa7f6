// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/crop_problem.h"

#include "core/base/error.h"

namespace pimento {

QString cropProblem(int crop, int resize) {
  if (resize <= 0 || (crop > 0 && crop <= resize)) return {};
  if (crop <= 0) return QStringLiteral("pictures are resized to %1 pixels, but not cropped").arg(resize);
  return QStringLiteral("a crop of %1 pixels is larger than the %2 to which pictures are resized")
      .arg(crop)
      .arg(resize);
}

void requireCrop(const QString &place, int crop, int resize) {
  const QString problem = cropProblem(crop, resize);
  if (problem.isEmpty()) return;
  throw Error(place, problem,
              crop <= 0 ? QStringLiteral("say to which size pictures are cropped (--crop PIXELS)")
                        : QStringLiteral("give --resize %1 or more, or a smaller --crop").arg(crop));
}

}  // namespace pimento

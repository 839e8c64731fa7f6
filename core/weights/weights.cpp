// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/weights.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "core/base/error.h"
#include "core/files/watched_safetensors.h"
#include "core/files/whole_file.h"
#include "core/weights/torch_file.h"

namespace pimento {

namespace {

constexpr qsizetype MaxBytes = qsizetype{8} << 30;

[[noreturn]] void failDirectory(const QString &path) {
  const QString inside = QDir(path).filePath(QStringLiteral("weights.safetensors"));
  throw Error(path, QStringLiteral("is a directory"),
              QFileInfo::exists(inside)
                  ? QStringLiteral("the weights of this run are %1").arg(inside)
                  : QStringLiteral("give a file: %1").arg(weightsPatterns().join(QStringLiteral(", "))));
}

}  // namespace

QStringList weightsPatterns() {
  return {QStringLiteral("*.safetensors"), QStringLiteral("*.pth"), QStringLiteral("*.pt"), QStringLiteral("*.th")};
}

bool isWeightsName(const QString &path) {
  const QStringList patterns = weightsPatterns();
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const QString &pattern) { return path.endsWith(pattern.mid(1), Qt::CaseInsensitive); });
}

SafeTensors readWeights(const QString &path, const Watch &watch) {
  if (QFileInfo(path).isDir()) failDirectory(path);
  OutsideFile file(path, MaxBytes);
  const QByteArray head = file.head(16);
  file.device().seek(0);
  return isTorchFile(head) ? readTorchFile(file.device(), path, watch) : openSafeTensors(path, MaxBytes, watch);
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/train/process_memory.h"

#include <malloc.h>

#include <QFile>
#include <QRegularExpression>

namespace pimento::learn {

void keepMemory() {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, -1);
  mallopt(M_TOP_PAD, 64 << 20);
}

double peakMemory_mb() {
  QFile status(QStringLiteral("/proc/self/status"));
  if (!status.open(QIODevice::ReadOnly)) return 0;
  static const QRegularExpression peak(QStringLiteral("VmHWM:\\s*(\\d+) kB"));
  return peak.match(QString::fromLatin1(status.readAll())).captured(1).toDouble() * 1024 * 1e-6;
}

}  // namespace pimento::learn

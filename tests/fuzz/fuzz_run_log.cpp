// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes are events or nothing; they come in two pieces. Curves stay finite, rising and within their limits.
#include <cmath>
#include <cstdlib>

#include "core/jobs/event_lines.h"
#include "core/jobs/run_log.h"

using namespace pimento;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const std::vector<QPointF> &curve) {
  require(curve.size() <= RunCurves::MaxPoints);
  for (std::size_t i = 0; i < curve.size(); ++i) {
    require(std::isfinite(curve[i].x()) && std::isfinite(curve[i].y()));
    require(i == 0 || curve[i - 1].x() < curve[i].x());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
  EventLines lines;
  RunLog log;
  for (const QByteArray &piece : {bytes.left(bytes.size() / 2), bytes.mid(bytes.size() / 2) + '\n'}) {
    lines.add(piece);
    while (const auto event = lines.next()) log.take(event->object);
  }
  require(log.stages.size() <= RunLog::MaxStages);
  for (const RunStage &stage : log.stages)
    for (const RunCurves &curves : stage.variants) {
      check(curves.loss);
      check(curves.validation_pct);
    }
  return 0;
}

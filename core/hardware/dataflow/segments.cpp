// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/dataflow/segments.h"

#include <algorithm>

#include "core/hardware/dataflow/mapping.h"
#include "core/hardware/dataflow/phase.h"

namespace pimento {

namespace {

// Elements of the map's channels that the sub-arrays of each mat need, summed over mats. Sub-array i holds chunk
// i / copies, which is columns of channel-major elements with `perChannel` of them a channel.
std::int64_t channelsToMats(const LayerPlace &p, const LayerMap &m, std::int64_t data, std::int64_t perChannel) {
  const std::int64_t channels = p.work.inChannels;
  if (m.chunks == 1) return channels * ceilDivided(m.copies, p.mat);
  // Chunks of a mat's first and last sub-array are counted along; most mats lie in the same chunk as the one before.
  std::int64_t sum = 0;
  std::int64_t chunk = 0;           // of the first sub-array
  std::int64_t beyond = m.copies;   // first sub-array that is not of this chunk
  std::int64_t known[] = {-1, -1};  // chunks that `needed` is of
  std::int64_t needed = 0;
  for (std::int64_t first = 0; first < m.subarrays; first += p.mat) {
    for (; first >= beyond; beyond += m.copies) ++chunk;
    const std::int64_t last = std::min(first + p.mat, m.subarrays) - 1;
    std::int64_t lastChunk = chunk;
    for (std::int64_t end = beyond; last >= end; end += m.copies) ++lastChunk;
    if (chunk != known[0] || lastChunk != known[1]) {
      known[0] = chunk;
      known[1] = lastChunk;
      needed = ceilDivided(std::min(data, (lastChunk + 1) * p.columns), perChannel) - chunk * p.columns / perChannel;
    }
    sum += needed;
  }
  return sum;
}

// Columns of operands that the mats are sent, each chunk once to each mat that holds copies of it.
std::int64_t operandsToMats(const LayerPlace &p, const LayerMap &m, std::int64_t data) {
  std::int64_t sum = 0;
  for (std::int64_t chunk = 0; chunk < m.chunks; ++chunk) {
    const std::int64_t mats = ((chunk + 1) * m.copies - 1) / p.mat - chunk * m.copies / p.mat + 1;
    sum += std::min(p.columns, data - chunk * p.columns) * mats;
  }
  return sum;
}

}  // namespace

Segments segmentsOf(const LayerPlace &p, std::int64_t data, std::int64_t layout, std::int64_t patches) {
  Segments s{data, p.columns, 1, 1};
  if (layout > p.columns) {
    s.chunks = ceilDivided(data, p.columns);
    return s;
  }
  s.width = segmentWidth(layout, p.columns, p.schedule.packing);
  s.perRow = std::min(p.columns / s.width, patches);
  return s;
}

double rowOn(const LayerPlace &p, const Segments &s, std::int64_t filled) {
  const std::int64_t last = s.data - (s.chunks - 1) * p.columns;
  return static_cast<double>((s.chunks - 1) * p.columns + switchedOn(filled, s.width, last, p.group, p.columns));
}

double rowsOn(const LayerPlace &p, const Segments &s, std::int64_t patches) {
  const std::int64_t rest = patches % s.perRow;
  return static_cast<double>(patches / s.perRow) * rowOn(p, s, s.perRow) + (rest > 0 ? rowOn(p, s, rest) : 0);
}

void addTransport(LayerMap &m, const LayerPlace &p, std::int64_t data, std::int64_t perChannel,
                  std::int64_t usedPixels) {
  m.matBits = m.operandBits;
  m.transportBits = p.schedule.expansion == Expansion::Bank
                        ? m.operandBits / m.copies / data * operandsToMats(p, m, data)
                        : usedPixels * channelsToMats(p, m, data, perChannel);
}

Used usedSide(const LayerWork &w, int inSize, int outSize) {
  Used used;
  for (int tap = 0; tap < phasesOf(w); ++tap) {
    const std::int64_t size = tapSide(tap, inSize, outSize, w).size;
    used.all += size;
    used.largest = std::max(used.largest, size);
  }
  return used;
}

std::int64_t usedPixels(const LayerWork &w) {
  return usedSide(w, w.inHeight, w.outHeight()).all * usedSide(w, w.inWidth, w.outWidth()).all;
}

}  // namespace pimento

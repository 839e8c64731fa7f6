// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/dataflow/mapping.h"

#include <algorithm>
#include <bit>

#include "core/hardware/dataflow/form.h"
#include "core/hardware/dataflow/phase.h"

namespace pimento {

namespace {

using Int = std::int64_t;

// Everything that the mapping of one layer reads.
struct Place {
  const LayerWork &work;
  const Schedule &schedule;
  Int columns;
  Int group;  // columns that are gated together
  Int room;   // weight rows of a plane in a sub-array
  Int mat;    // sub-arrays of a mat
};

// How the data of one patch or pixel lie in a row: segments of equal width, or chunks in several sub-arrays.
struct Segments {
  Int data = 0;
  Int width = 0;
  Int perRow = 1;
  Int chunks = 1;
};

Segments segmentsOf(const Place &p, Int data, Int layout, Int patches) {
  Segments s{data, p.columns, 1, 1};
  if (layout > p.columns) {
    s.chunks = ceilDivided(data, p.columns);
    return s;
  }
  s.width = segmentWidth(layout, p.columns, p.schedule.packing);
  s.perRow = std::min(p.columns / s.width, patches);
  return s;
}

// Columns switched on by one row operation (over its chunks) on a row of `filled` segments.
double rowOn(const Place &p, const Segments &s, Int filled) {
  const Int last = s.data - (s.chunks - 1) * p.columns;
  return static_cast<double>((s.chunks - 1) * p.columns + switchedOn(filled, s.width, last, p.group, p.columns));
}

double rowsOn(const Place &p, const Segments &s, Int patches) {
  const Int rest = patches % s.perRow;
  return static_cast<double>(patches / s.perRow) * rowOn(p, s, s.perRow) + (rest > 0 ? rowOn(p, s, rest) : 0);
}

// Elements of the map's channels that the sub-arrays of each mat need, summed over mats. Sub-array i holds chunk
// i / copies, which is columns of channel-major elements with `perChannel` of them a channel.
Int channelsToMats(const Place &p, const LayerMap &m, Int data, Int perChannel) {
  const Int channels = p.work.inChannels;
  if (m.chunks == 1) return channels * ceilDivided(m.copies, p.mat);
  Int sum = 0;
  for (Int first = 0; first < m.subarrays; first += p.mat) {
    const Int last = std::min(first + p.mat, m.subarrays) - 1;
    const Int begin = first / m.copies * p.columns / perChannel;
    const Int end = ceilDivided(std::min(data, (last / m.copies + 1) * p.columns), perChannel);
    sum += end - begin;
  }
  return sum;
}

// Columns of operands that the mats are sent, each chunk once to each mat that holds copies of it.
Int operandsToMats(const Place &p, const LayerMap &m, Int data) {
  Int sum = 0;
  for (Int chunk = 0; chunk < m.chunks; ++chunk) {
    const Int mats = ((chunk + 1) * m.copies - 1) / p.mat - chunk * m.copies / p.mat + 1;
    sum += std::min(p.columns, data - chunk * p.columns) * mats;
  }
  return sum;
}

// Expansion at the mats: the map travels, to each mat the channels that it needs, pixels that no kernel meets left out.
// Expansion at the bank: patches (tap: pixels) travel, with their padding.
void addTransport(LayerMap &m, const Place &p, Int data, Int perChannel, Int usedPixels) {
  m.matBits = m.operandBits;
  m.transportBits = p.schedule.expansion == Expansion::Bank
                        ? m.operandBits / m.copies / data * operandsToMats(p, m, data)
                        : usedPixels * channelsToMats(p, m, data, perChannel);
}

// Pixels along one side that some kernel position covers, and those of the largest phase among them.
struct Used {
  Int all = 0;
  Int largest = 0;
};

Used usedSide(const LayerWork &w, int inSize, int outSize) {
  Used used;
  for (int tap = 0; tap < phasesOf(w); ++tap) {
    const Int size = tapSide(tap, inSize, outSize, w).size;
    used.all += size;
    used.largest = std::max(used.largest, size);
  }
  return used;
}

// Pixels of the map: all, but for those that large strides jump over or never reach.
Int usedPixels(const LayerWork &w) {
  return usedSide(w, w.inHeight, w.outHeight()).all * usedSide(w, w.inWidth, w.outWidth()).all;
}

LayerMap mapPatches(const Place &p) {
  const LayerWork &w = p.work;
  const Segments s = segmentsOf(p, w.patch, w.layoutPatch, w.pixels);
  LayerMap m;
  m.segments = s.perRow;
  m.chunks = s.chunks;
  m.groups = ceilDivided(w.pixels, s.perRow);
  m.copies = ceilDivided(w.outChannels, p.room);
  m.unitRows = ceilDivided(w.outChannels, m.copies);
  m.steps = m.groups * m.unitRows;
  m.subarrays = m.chunks * m.copies;
  m.rowPairs = m.groups * m.chunks * w.outChannels;
  m.activeColumns = static_cast<double>(w.pixels * w.patch * w.outChannels);
  m.gatedColumns = rowsOn(p, s, w.pixels) * static_cast<double>(w.outChannels);
  m.results = w.pixels * m.chunks * w.outChannels;
  m.operandRows = m.groups * m.chunks * m.copies;
  m.operandBits = w.pixels * w.patch * m.copies;
  m.partials = (m.chunks - 1) * w.pixels * w.outChannels;
  m.weightRows = m.chunks * w.outChannels;
  m.weightBits = w.outChannels * w.patch * m.segments;
  addTransport(m, p, w.patch, w.kernelArea, usedPixels(w));
  return m;
}

// Rows of `perRow` pixels in raster order, `width` pixels a line, that hold a pixel of the rectangle y x [x.begin,
// x.end).
Int rowsMet(const TapSide &y, const TapSide &x, Int perRow) {
  const Int width = x.size;
  if (y.begin == y.end || x.begin == x.end) return 0;
  const auto rowAt = [&](Int line, Int pixel) { return (line * width + pixel) / perRow; };
  if (width % perRow == 0) return (y.end - y.begin) * ((x.end - 1) / perRow - x.begin / perRow + 1);
  if (perRow % width == 0 || x.end - x.begin == width) return rowAt(y.end - 1, x.end - 1) - rowAt(y.begin, x.begin) + 1;
  Int rows = 0;
  Int next = 0;
  for (Int line = y.begin; line < y.end; ++line) {
    const Int last = rowAt(line, x.end - 1);
    rows += std::max<Int>(0, last - std::max(next, rowAt(line, x.begin)) + 1);
    next = last + 1;
  }
  return rows;
}

// One tap of one kernel: its row operations in one sub-array, its results and the columns they switch on.
struct TapCount {
  Int rows = 0;
  Int results = 0;
  double on = 0;
};

TapCount countTap(const Place &p, const Segments &s, const TapSide &y, const TapSide &x) {
  TapCount c;
  c.rows = rowsMet(y, x, s.perRow);
  c.results = Int{y.end - y.begin} * (x.end - x.begin);
  if (c.rows == 0) return c;
  const Int pixels = Int{y.size} * x.size;
  const Int lastMet = (Int{y.end - 1} * x.size + x.end - 1) / s.perRow;
  const Int rest = pixels - (pixels - 1) / s.perRow * s.perRow;  // segments filled in the last row
  const bool meetsLast = lastMet == (pixels - 1) / s.perRow;
  c.on =
      static_cast<double>(c.rows - (meetsLast ? 1 : 0)) * rowOn(p, s, s.perRow) + (meetsLast ? rowOn(p, s, rest) : 0);
  return c;
}

void addTaps(LayerMap &m, const Place &p, const Segments &s) {
  const LayerWork &w = p.work;
  const Int tapsPerPart = ceilDivided(w.kernelArea, m.parts);
  Int inPart = 0;
  Int partSteps = 0;
  TapCount all;
  for (int ky = 0; ky < w.kernel; ++ky) {
    const TapSide y = tapSide(ky, w.inHeight, w.outHeight(), w);
    for (int kx = 0; kx < w.kernel; ++kx) {
      const TapCount c = countTap(p, s, y, tapSide(kx, w.inWidth, w.outWidth(), w));
      all.rows += c.rows;
      all.results += c.results;
      all.on += c.on;
      if (inPart++ == tapsPerPart) inPart = 1, partSteps = 0;
      partSteps += c.rows;
      m.steps = std::max(m.steps, partSteps);
    }
  }
  m.steps *= m.unitRows / tapsPerPart;
  m.rowPairs = all.rows * w.outChannels * m.chunks;
  m.results = all.results * w.outChannels * m.chunks;
  m.activeColumns = static_cast<double>(all.results * w.outChannels * s.data);
  m.gatedColumns = all.on * static_cast<double>(w.outChannels);
}

LayerMap mapTaps(const Place &p) {
  const LayerWork &w = p.work;
  const Int largest = usedSide(w, w.inHeight, w.outHeight()).largest * usedSide(w, w.inWidth, w.outWidth()).largest;
  const Segments s = segmentsOf(p, w.inChannels, layoutOf(w, Form::Tap), largest);
  LayerMap m;
  m.segments = s.perRow;
  m.chunks = s.chunks;
  m.parts = ceilDivided(w.kernelArea, p.room);
  const Int tapsPerPart = ceilDivided(w.kernelArea, m.parts);
  const Int blocks = ceilDivided(w.outChannels, p.room / tapsPerPart);  // of whole kernels, or of their parts
  m.copies = blocks * m.parts;
  m.unitRows = ceilDivided(w.outChannels, blocks) * tapsPerPart;
  m.subarrays = m.chunks * m.copies;
  addTaps(m, p, s);
  for (int i = 0; i < phasesOf(w); ++i)
    for (int j = 0; j < phasesOf(w); ++j)
      m.groups += ceilDivided(
          Int{tapSide(i, w.inHeight, w.outHeight(), w).size} * tapSide(j, w.inWidth, w.outWidth(), w).size, s.perRow);
  m.operandRows = m.groups * m.chunks * m.copies;
  m.operandBits = usedPixels(w) * w.inChannels * m.copies;
  m.partials = (m.chunks * m.parts - 1) * w.pixels * w.outChannels;
  m.weightRows = m.chunks * w.outChannels * w.kernelArea;
  m.weightBits = w.outChannels * w.patch * m.segments;
  addTransport(m, p, w.inChannels, 1, usedPixels(w));
  return m;
}

LayerMap mapDepthwise(const Place &p) {
  const LayerWork &w = p.work;
  const Int channels = p.columns / w.patch;  // of a row
  const Int fitting = p.schedule.packing == Packing::None ? 1 : std::max<Int>(1, channels / w.outChannels);
  const Int pixels = std::min(fitting, w.pixels);
  LayerMap m;
  m.chunks = ceilDivided(w.outChannels, channels);  // channel groups, a sub-array each
  m.segments = std::min(channels, w.outChannels * pixels);
  m.groups = ceilDivided(w.pixels, pixels);
  m.unitRows = 1;
  m.steps = m.groups;
  m.subarrays = m.chunks;
  m.rowPairs = m.groups * m.chunks;
  m.results = w.pixels * w.outChannels;
  m.operandRows = m.rowPairs;
  m.operandBits = m.results * w.patch;
  m.activeColumns = static_cast<double>(m.operandBits);
  const auto on = [&](Int segments) {
    return static_cast<double>(switchedOn(segments, w.patch, w.patch, p.group, p.columns));
  };
  const Int lastChannels = w.outChannels - (m.chunks - 1) * channels;
  const Int restPixels = w.pixels % pixels;
  m.gatedColumns = static_cast<double>(w.pixels / pixels) *
                   (static_cast<double>(m.chunks - 1) * on(channels) + on(lastChannels * pixels));
  if (restPixels > 0) m.gatedColumns += on(lastChannels * restPixels);
  m.matBits = m.operandBits;
  m.transportBits = p.schedule.expansion == Expansion::Bank ? m.operandBits : usedPixels(w) * w.inChannels;
  m.weightRows = m.chunks;
  m.weightBits = w.outChannels * w.patch * pixels;
  return m;
}

// Channels times the mats that each needs its map in: a channel's chunks lie `copies` sub-arrays apart.
Int wideChannels(const Place &p, const LayerMap &m) {
  Int sum = 0;
  for (Int copy = 0; copy < m.copies; ++copy) {
    Int mats = 0;
    for (Int chunk = 0, last = -1; chunk < m.chunks; ++chunk) {
      const Int mat = (chunk * m.copies + copy) / p.mat;
      mats += mat == last ? 0 : 1;
      last = mat;
    }
    sum += mats * std::min(m.unitRows, p.work.outChannels - copy * m.unitRows);
  }
  return sum;
}

// A depthwise kernel wider than a row: chunks of its patch, each channel's operands only where its kernel lies.
LayerMap mapWideDepthwise(const Place &p) {
  const LayerWork &w = p.work;
  const Segments s{w.patch, p.columns, 1, ceilDivided(w.patch, p.columns)};
  LayerMap m;
  m.chunks = s.chunks;
  m.copies = ceilDivided(w.outChannels, p.room);
  m.unitRows = ceilDivided(w.outChannels, m.copies);
  m.groups = w.pixels * m.unitRows;
  m.steps = m.groups;
  m.subarrays = m.chunks * m.copies;
  m.rowPairs = w.pixels * w.outChannels * m.chunks;
  m.results = m.rowPairs;
  m.operandRows = m.rowPairs;
  m.operandBits = w.pixels * w.outChannels * w.patch;
  m.activeColumns = static_cast<double>(m.operandBits);
  m.gatedColumns = static_cast<double>(w.pixels * w.outChannels) * rowOn(p, s, 1);
  m.partials = (m.chunks - 1) * w.pixels * w.outChannels;
  m.weightRows = m.chunks * w.outChannels;
  m.weightBits = w.outChannels * w.patch;
  m.matBits = m.operandBits;
  m.transportBits = p.schedule.expansion == Expansion::Bank ? m.operandBits : usedPixels(w) * wideChannels(p, m);
  return m;
}

}  // namespace

std::int64_t segmentWidth(std::int64_t patch, std::int64_t columns, Packing packing) {
  if (packing == Packing::None || patch > columns) return columns;
  if (packing == Packing::Any) return patch;
  return std::min(columns, static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(patch))));
}

std::int64_t weightRoom(const Array &array, const Schedule &schedule, Bits bits) {
  const int operands = traits(schedule.dataflow).latched ? 0 : bits.activations;
  return std::max(1, (array.rows - schedule.scratch_rows - operands) / bits.weights);
}

std::int64_t switchedOn(std::int64_t segments, std::int64_t width, std::int64_t data, std::int64_t group,
                        std::int64_t columns) {
  if (data == width) {  // one run
    data *= segments;
    segments = 1;
  }
  const Int end = (segments - 1) * width + data;
  Int groups = 0;
  if (segments == 1 || width % group == 0) {
    groups = segments * ceilDivided(data, group);
  } else {
    for (Int s = 0, next = 0; s < segments; ++s) {
      const Int last = (s * width + data - 1) / group;
      groups += last - std::max(next, s * width / group) + 1;
      next = last + 1;
    }
  }
  return groups * group - std::max<Int>(0, ceilDivided(end, group) * group - columns);
}

LayerMap mapLayer(const LayerWork &work, const Array &array, const Schedule &schedule, const Chip &chip, Bits bits) {
  if (!hasWeights(work.op)) return {};
  const Place p{work,
                schedule,
                array.columns,
                schedule.gating_group_columns,
                weightRoom(array, schedule, bits),
                chip.subarrays_per_mat};
  switch (formOf(work, p.columns, schedule.dataflow)) {
    case Form::Tap:
      return mapTaps(p);
    case Form::Depthwise:
      return mapDepthwise(p);
    case Form::WideDepthwise:
      return mapWideDepthwise(p);
    case Form::Patch:
      break;
  }
  return mapPatches(p);
}

}  // namespace pimento

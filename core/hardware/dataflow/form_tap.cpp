// SPDX-License-Identifier: GPL-3.0-or-later
// Tap by tap: a row holds the channels of pixels of the input map; padding is not stored: with a zero point z, an
// output at the border must be given z · Σ w of the taps that fall outside by the digital unit (nothing where z = 0).
// With stride s the pixels stand in rows by phase (row mod s, column mod s), each phase beginning a row of its own;
// pixels that no tap needs are left out. A kernel's K² taps are weight rows of one sub-array where they fit, else of
// `parts`: copy = block · parts + part, with the kernels of a block and the taps [part · t, …), t = ceil(K² / parts). A
// tap meets the rows of its phase that hold at least one pixel it gives a result for; counts of other pixels are
// dropped, neither shifted nor added.
#include <algorithm>

#include "core/hardware/dataflow/form.h"
#include "core/hardware/dataflow/mapping.h"
#include "core/hardware/dataflow/phase.h"
#include "core/hardware/dataflow/segments.h"

namespace pimento {

namespace {

using Int = std::int64_t;

// Elements of a pixel that its segment is laid out for, packed.
Int tapWidth(const LayerWork &work, Int columns, Packing packing) {
  return segmentWidth(work.layoutPatch / work.kernelArea, columns, packing);
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

TapCount countTap(const LayerPlace &p, const Segments &s, const TapSide &y, const TapSide &x) {
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

void addTaps(LayerMap &m, const LayerPlace &p, const Segments &s) {
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

LayerMap mapTaps(const LayerPlace &p) {
  const LayerWork &w = p.work;
  const Int largest = usedSide(w, w.inHeight, w.outHeight()).largest * usedSide(w, w.inWidth, w.outWidth()).largest;
  const Segments s = segmentsOf(p, w.inChannels, w.layoutPatch / w.kernelArea, largest);
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

class TapRows : public FormRows {
 public:
  TapRows(const LayerPlace &p, const LayerMap &map)
      : m_work(p.work), m_map(map), m_columns(p.columns), m_width(tapWidth(p.work, p.columns, p.schedule.packing)) {
    addPixels();
  }

  [[nodiscard]] Int groups(Int) const override { return static_cast<Int>(m_rowBegin.size()) - 1; }

  [[nodiscard]] std::vector<Slice> operandRow(Int subarray, Int group) const override {
    const Int element = subarray / m_map.copies * m_columns;
    const Int columns = std::min(m_columns, m_work.inChannels - element);
    const Int first = m_rowBegin[static_cast<std::size_t>(group)];
    const Int end = m_rowBegin[static_cast<std::size_t>(group) + 1];
    std::vector<Slice> slices;
    for (Int i = first; i < end; ++i)
      slices.push_back({(i - first) * m_width, columns, element, m_pixels[static_cast<std::size_t>(i)], 0});
    return slices;
  }

  [[nodiscard]] std::vector<Step> steps(Int subarray, Int group) const override {
    const Int taps = ceilDivided(m_work.kernelArea, m_map.parts);
    const Int kernels = m_map.unitRows / taps;
    const Int block = subarray % m_map.copies / m_map.parts;
    const Int firstTap = subarray % m_map.copies % m_map.parts * taps;
    const std::vector<Slice> row = operandRow(subarray, group);
    std::vector<Step> steps;
    for (Int k = 0; k < std::min(kernels, m_work.outChannels - block * kernels); ++k)
      for (Int t = 0; t < std::min(taps, m_work.kernelArea - firstTap); ++t) {
        const Step step{subarray, group, k * taps + t, block * kernels + k, firstTap + t};
        if (std::ranges::any_of(row, [&](const Slice &slice) { return result(slice, step) >= 0; }))
          steps.push_back(step);
      }
    return steps;
  }

  [[nodiscard]] Int result(const Slice &slice, const Step &step) const override {
    const LayerWork &w = m_work;
    const Int y = slice.pixel / w.inWidth + w.padding - step.tap / w.kernel;
    const Int x = slice.pixel % w.inWidth + w.padding - step.tap % w.kernel;
    const bool inside = y >= 0 && x >= 0 && y % w.stride == 0 && x % w.stride == 0 && y / w.stride < w.outHeight() &&
                        x / w.stride < w.outWidth();
    return inside ? y / w.stride * w.outWidth() + x / w.stride : -1;
  }

  [[nodiscard]] Int weight(const Slice &slice, const Step &step, Int i) const override {
    return (slice.element + i) * m_work.kernelArea + step.tap;
  }

 private:
  void addPixels();

  LayerWork m_work;
  LayerMap m_map;
  Int m_columns;
  Int m_width;                  // of a segment
  std::vector<Int> m_pixels;    // input pixels, phase after phase
  std::vector<Int> m_rowBegin;  // first of each operand row, and the end
};

// A pixel of the map is stored if some tap turns it into a result.
void TapRows::addPixels() {
  const LayerWork &w = m_work;
  const auto needed = [&](int pixel, int outSize, int phase) {
    for (int tap = 0; tap < w.kernel; ++tap) {
      const int from = pixel + w.padding - tap;
      if ((tap - w.padding - phase) % w.stride == 0 && from >= 0 && from % w.stride == 0 && from / w.stride < outSize)
        return true;
    }
    return false;
  };
  for (int py = 0; py < w.stride; ++py)
    for (int px = 0; px < w.stride; ++px) {
      Int inRow = 0;
      for (int y = py; y < w.inHeight; y += w.stride)
        for (int x = px; x < w.inWidth; x += w.stride) {
          if (!needed(y, w.outHeight(), py) || !needed(x, w.outWidth(), px)) continue;
          if (inRow++ % m_map.segments == 0) m_rowBegin.push_back(static_cast<Int>(m_pixels.size()));
          m_pixels.push_back(Int{y} * w.inWidth + x);
        }
    }
  m_rowBegin.push_back(static_cast<Int>(m_pixels.size()));
}

}  // namespace

constinit const Form TapForm{.taps = true,
                             .operands = Operands::Shared,
                             .width = tapWidth,
                             .map = mapTaps,
                             .rows = [](const LayerPlace &place, const LayerMap &map) -> std::unique_ptr<FormRows> {
                               return std::make_unique<TapRows>(place, map);
                             }};

}  // namespace pimento

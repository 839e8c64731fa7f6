// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/simulate/integers/digital_unit.h"

#include <algorithm>
#include <numeric>

namespace pimento {

namespace {

std::size_t pixelsOf(const Shape &shape) {
  return static_cast<std::size_t>(shape.height) * static_cast<std::size_t>(shape.width);
}

// Collects a layer's results, element by element, as activations or logits.
class Sink {
 public:
  explicit Sink(const IntegerLayer &layer) : m_layer(layer) {
    const auto elements = static_cast<std::size_t>(layer.out.elements());
    layer.logits ? m_result.logits.reserve(elements) : m_result.map.reserve(elements);
  }
  void put(std::int64_t rescaled) {
    if (m_layer.logits)
      m_result.logits.push_back(toLogit(rescaled));
    else
      m_result.map.push_back(toActivation(rescaled, m_layer.format, m_layer.floor));
  }
  // An element that keeps its integer.
  void keep(std::uint16_t q) {
    if (m_layer.logits)
      m_result.logits.push_back(std::max<std::int32_t>(q, m_layer.floor));
    else
      m_result.map.push_back(std::max(q, static_cast<std::uint16_t>(m_layer.floor)));
  }
  LayerResult take() { return std::move(m_result); }

 private:
  const IntegerLayer &m_layer;
  LayerResult m_result;
};

LayerResult normalised(const IntegerLayer &layer, const Map &map) {
  Sink sink(layer);
  const std::size_t pixels = pixelsOf(layer.out);
  for (std::size_t i = 0; i < map.size(); ++i) sink.put(rescale(map[i], layer.words[i / pixels]));
  return sink.take();
}

LayerResult averaged(const IntegerLayer &layer, const Map &map) {
  Sink sink(layer);
  const auto pixels = static_cast<std::ptrdiff_t>(pixelsOf(layer.in));
  for (auto from = map.begin(); from != map.end(); from += pixels)
    sink.put(rescale(std::accumulate(from, from + pixels, std::int64_t{0}), layer.words[0]));
  return sink.take();
}

LayerResult added(const IntegerLayer &layer, const Map &a, const Map &b) {
  const Requantiser first = layer.words[0];
  const Requantiser second = layer.words[1];
  Sink sink(layer);
  for (std::size_t i = 0; i < a.size(); ++i) sink.put(rescaleSum(a[i], first, b[i], second));
  return sink.take();
}

LayerResult pooled(const IntegerLayer &layer, const Map &map) {
  Sink sink(layer);
  for (int c = 0; c < layer.out.channels; ++c) {
    const std::uint16_t *plane = map.data() + static_cast<std::size_t>(c) * pixelsOf(layer.in);
    for (int y = 0; y < layer.out.height; ++y)
      for (int x = 0; x < layer.out.width; ++x) {
        std::uint16_t most = 0;
        const int top = y * layer.stride - layer.padding;
        const int left = x * layer.stride - layer.padding;
        for (int row = std::max(0, top); row < std::min(layer.in.height, top + layer.kernel); ++row)
          for (int column = std::max(0, left); column < std::min(layer.in.width, left + layer.kernel); ++column)
            most = std::max(most, plane[row * layer.in.width + column]);
        sink.keep(most);
      }
  }
  return sink.take();
}

LayerResult shortcut(const IntegerLayer &layer, const Map &map) {
  Sink sink(layer);
  const auto zero = static_cast<std::uint16_t>(layer.format.zero);
  for (const int source : layer.sources) {
    const std::uint16_t *plane =
        source < 0 ? nullptr : map.data() + static_cast<std::size_t>(source) * pixelsOf(layer.in);
    for (int y = 0; y < layer.out.height; ++y)
      for (int x = 0; x < layer.out.width; ++x)
        sink.keep(source < 0 ? zero : plane[(y * layer.in.width + x) * layer.stride]);
  }
  return sink.take();
}

}  // namespace

LayerResult requantised(const IntegerLayer &layer, const std::vector<std::int64_t> &accumulators) {
  LayerResult result;
  const std::size_t pixels = pixelsOf(layer.out);
  const auto each = [&](auto &out, const auto &finish) {
    out.resize(accumulators.size());
    for (std::size_t c = 0; c < layer.words.size(); ++c) {
      const Requantiser words = layer.words[c];
      for (std::size_t i = c * pixels; i < (c + 1) * pixels; ++i) out[i] = finish(rescale(accumulators[i], words));
    }
  };
  if (layer.logits)
    each(result.logits, toLogit);
  else
    each(result.map, [&](std::int64_t value) { return toActivation(value, layer.format, layer.floor); });
  return result;
}

LayerResult digitalLayer(const IntegerLayer &layer, const std::vector<const Map *> &inputs) {
  switch (layer.op) {
    case Op::BatchNorm:
      return normalised(layer, *inputs[0]);
    case Op::GlobalAveragePool:
      return averaged(layer, *inputs[0]);
    case Op::Add:
      return added(layer, *inputs[0], *inputs[1]);
    case Op::MaxPool:
      return pooled(layer, *inputs[0]);
    case Op::PadShortcut:
      return shortcut(layer, *inputs[0]);
    case Op::Input:
    case Op::Conv:
    case Op::Depthwise:
    case Op::Linear:
      break;
  }
  return {};
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels of lane_kernels.h, compiled once for each instruction set: a file that includes this says
//   LANE_BYTES   bytes of a vector register
//   LANE_PIXELS  pixels of a tile (x 4 output channels: as many accumulators as the registers hold)
// Nothing else may be included here: a function of a header compiled for one instruction set must not serve the others.
#include "core/learn/lane_kernels.h"

namespace pimento::learn {

namespace {

constexpr int Wide = LANE_BYTES / 4;
constexpr int MaxPixels = LANE_PIXELS;
constexpr int MaxTaps = 64;

using Vector = float __attribute__((vector_size(LANE_BYTES), aligned(4), may_alias));
using Mask = int __attribute__((vector_size(LANE_BYTES)));

#define LANE_UNROLL _Pragma("GCC unroll 16")

inline Vector load(const float *p) { return *reinterpret_cast<const Vector *>(p); }
inline void store(float *p, Vector v) { *reinterpret_cast<Vector *>(p) = v; }
inline Vector above(Vector gate, Vector v) { return gate > Vector{} ? v : Vector{}; }

// Sum of the lanes, in the order of a tree.
inline float sum(Vector v) {
  float part[Wide];
  store(part, v);
  LANE_UNROLL
  for (int half = Wide / 2; half > 0; half /= 2) {
    LANE_UNROLL
    for (int i = 0; i < half; ++i) part[i] += part[i + half];
  }
  return part[0];
}

// Ones for the lanes below `kept` of the part that begins with lane `first`.
inline Vector keptLanes(int kept, int first) {
  float ones[Wide];
  for (int i = 0; i < Wide; ++i) ones[i] = first + i < kept ? 1.0F : 0.0F;
  return load(ones);
}

struct Tap {
  std::int64_t weights;
  const float *x[MaxPixels];
};

// Taps of a tile that read at least one pixel.
template <int P>
inline int tapsOf(const ConvolutionTask &t, int position, Tap *taps) {
  int n = 0;
  for (int k = 0; k < t.taps; ++k) {
    bool any = false;
    LANE_UNROLL
    for (int p = 0; p < P; ++p) {
      const std::int64_t pixel = t.from[static_cast<std::int64_t>(position + p) * t.taps + k];
      taps[n].x[p] = pixel < 0 ? t.zeros : t.source + pixel * t.ins * Lanes;
      any |= pixel >= 0;
    }
    taps[n].weights = static_cast<std::int64_t>(k) * t.ins * OutTile;
    n += any ? 1 : 0;
  }
  return n;
}

template <int P>
void tile(const ConvolutionTask &t, int position) {
  Tap taps[MaxTaps];
  const int n = tapsOf<P>(t, position, taps);
  for (int lane = 0; lane < Lanes; lane += Wide)
    for (int out = 0; out < t.outs; out += OutTile) {
      const int outs = t.outs - out < OutTile ? t.outs - out : OutTile;
      Vector sums[P][OutTile];
      LANE_UNROLL
      for (int o = 0; o < OutTile; ++o) {
        const float start = t.bias != nullptr && o < outs ? t.bias[out + o] : 0.0F;
        LANE_UNROLL
        for (int p = 0; p < P; ++p) sums[p][o] = Vector{} + start;
      }
      const float *weights = t.weights + static_cast<std::int64_t>(out) * t.taps * t.ins;
      for (int k = 0; k < n; ++k) {
        const float *w = weights + taps[k].weights;
        const float *x[P];
        LANE_UNROLL
        for (int p = 0; p < P; ++p) x[p] = taps[k].x[p] + lane;
        for (std::int64_t i = 0; i < t.ins; ++i) {
          LANE_UNROLL
          for (int p = 0; p < P; ++p) {
            const Vector v = load(x[p] + i * Lanes);
            LANE_UNROLL
            for (int o = 0; o < OutTile; ++o) sums[p][o] += v * w[i * OutTile + o];
          }
        }
      }
      LANE_UNROLL
      for (int p = 0; p < P; ++p) {
        float *result = t.result + (static_cast<std::int64_t>(t.to[position + p]) * t.outs + out) * Lanes + lane;
        for (int o = 0; o < outs; ++o) store(result + o * Lanes, sums[p][o]);
      }
    }
}

template <int P>
void tiles(const ConvolutionTask &t, int position) {
  for (; position + P <= t.end; position += P) tile<P>(t, position);
  if constexpr (P > 1) {
    if (position < t.end) tiles<P - 1>(t, position);
  }
}

void convolution(const ConvolutionTask &t) { tiles<MaxPixels>(t, t.begin); }

// Gradients of the weights of four output channels, T taps and I input channels.
template <int T, int I>
void weightTile(const WeightGradientTask &t, int out, int tap, int in) {
  std::int64_t rows[OutTile];  // past the last channel: the last one again, not stored
  for (int o = 0; o < OutTile; ++o) rows[o] = (out + o < t.outs ? out + o : t.outs - 1) * Lanes;
  const int outs = t.outs - out < OutTile ? t.outs - out : OutTile;
  for (int lane = 0; lane < Lanes; lane += Wide) {
    Vector sums[T * I][OutTile] = {};
    for (int b = 0; b < t.blocks; ++b) {
      const float *source = t.source + b * t.sourceBlock + in * Lanes + lane;
      const float *gradient = t.gradient + b * t.gradientBlock + lane;
      for (std::int64_t p = t.begin; p < t.end; ++p) {
        const float *at = gradient + static_cast<std::int64_t>(t.to[p]) * t.outs * Lanes;
        Vector g[OutTile];
        LANE_UNROLL
        for (int o = 0; o < OutTile; ++o) g[o] = load(at + rows[o]);
        LANE_UNROLL
        for (int k = 0; k < T; ++k) {
          const std::int64_t pixel = t.from[p * t.taps + tap + k];
          const float *x = pixel < 0 ? t.zeros : source + pixel * t.ins * Lanes;
          LANE_UNROLL
          for (int i = 0; i < I; ++i) {
            const Vector v = load(x + i * Lanes);
            LANE_UNROLL
            for (int o = 0; o < OutTile; ++o) sums[k * I + i][o] += v * g[o];
          }
        }
      }
    }
    for (int o = 0; o < outs; ++o)
      for (int k = 0; k < T; ++k)
        for (int i = 0; i < I; ++i)
          t.sums[(static_cast<std::int64_t>(out + o) * t.taps + tap + k) * t.ins + in + i] += sum(sums[k * I + i][o]);
  }
}

template <int T, int I>
void weightTiles(const WeightGradientTask &t, int out, int tap, int in) {
  for (; in + I <= t.ins; in += I) weightTile<T, I>(t, out, tap, in);
  if constexpr (I > 1) {
    if (in < t.ins) weightTiles<T, I - 1>(t, out, tap, in);
  }
}

void weightGradient(const WeightGradientTask &t) {
  for (int out = 0; out < t.outs; out += OutTile) {
    if (t.taps % 3 == 0)
      for (int tap = 0; tap < t.taps; tap += 3) weightTiles < 3, MaxPixels<6 ? 1 : MaxPixels / 3>(t, out, tap, 0);
    else
      for (int tap = 0; tap < t.taps; ++tap) weightTiles<1, MaxPixels>(t, out, tap, 0);
  }
}

void depthwise(const ConvolutionTask &t) {
  for (int p = t.begin; p < t.end; ++p) {
    const float *x[MaxTaps];
    const float *w[MaxTaps];
    int n = 0;
    for (int k = 0; k < t.taps; ++k) {
      const std::int64_t pixel = t.from[static_cast<std::int64_t>(p) * t.taps + k];
      if (pixel < 0) continue;
      x[n] = t.source + pixel * t.ins * Lanes;
      w[n++] = t.weights + static_cast<std::int64_t>(k) * t.ins;
    }
    float *result = t.result + static_cast<std::int64_t>(t.to[p]) * t.outs * Lanes;
    for (int c = 0; c < t.ins; ++c)
      for (int lane = 0; lane < Lanes; lane += Wide) {
        Vector s = Vector{} + (t.bias != nullptr ? t.bias[c] : 0.0F);
        for (int k = 0; k < n; ++k) s += load(x[k] + c * Lanes + lane) * w[k][c];
        store(result + c * Lanes + lane, s);
      }
  }
}

template <int T>
void depthwiseTaps(const WeightGradientTask &t, int tap) {
  for (int c = 0; c < t.ins; ++c)
    for (int lane = 0; lane < Lanes; lane += Wide) {
      Vector sums[T] = {};
      for (int b = 0; b < t.blocks; ++b) {
        const float *source = t.source + b * t.sourceBlock + c * Lanes + lane;
        const float *gradient = t.gradient + b * t.gradientBlock + c * Lanes + lane;
        for (std::int64_t p = t.begin; p < t.end; ++p) {
          const Vector g = load(gradient + static_cast<std::int64_t>(t.to[p]) * t.outs * Lanes);
          LANE_UNROLL
          for (int k = 0; k < T; ++k) {
            const std::int64_t pixel = t.from[p * t.taps + tap + k];
            sums[k] += g * load(pixel < 0 ? t.zeros : source + pixel * t.ins * Lanes);
          }
        }
      }
      LANE_UNROLL
      for (int k = 0; k < T; ++k) t.sums[static_cast<std::int64_t>(c) * t.taps + tap + k] += sum(sums[k]);
    }
}

void depthwiseWeightGradient(const WeightGradientTask &t) {
  if (t.taps == 9) return depthwiseTaps<9>(t, 0);
  for (int tap = 0; tap < t.taps; ++tap) depthwiseTaps<1>(t, tap);
}

constexpr int Run = 32;  // pixels whose sums stay in single precision

template <typename Add>
void sumPixels(const ChannelTask &where, double *sums, const Add &add) {
  for (int lane = 0; lane < Lanes; lane += Wide) {
    const Vector kept = keptLanes(where.kept, lane);
    for (int begin = 0; begin < where.pixels; begin += Run) {
      const int end = begin + Run < where.pixels ? begin + Run : where.pixels;
      for (int c = 0; c < where.channels; ++c) {
        Vector first{};
        Vector second{};
        for (int p = begin; p < end; ++p)
          add((static_cast<std::int64_t>(p) * where.channels + c) * Lanes + lane, c, first, second);
        sums[c] += static_cast<double>(sum(first * kept));
        sums[where.channels + c] += static_cast<double>(sum(second * kept));
      }
    }
  }
}

void channelSums(const ChannelTask &where, const float *x, const float *pivot, double *sums) {
  sumPixels(where, sums, [&](std::int64_t at, int c, Vector &first, Vector &second) {
    const Vector v = load(x + at) - pivot[c];
    first += v;
    second += v * v;
  });
}

// f(offset, channel) for every vector.
template <typename Function>
inline void everywhere(const ChannelTask &where, const Function &f) {
  std::int64_t at = 0;
  for (int p = 0; p < where.pixels; ++p)
    for (int c = 0; c < where.channels; ++c)
      for (int lane = 0; lane < Lanes; lane += Wide, at += Wide) f(at, c, lane);
}

void normalise(const ChannelTask &where, const float *x, const float *scale, const float *shift, const float *added,
               bool relu, float *result) {
  const auto run = [&](auto value) {
    if (relu)
      everywhere(where, [&](std::int64_t at, int c, int) {
        const Vector v = value(at, c);
        store(result + at, above(v, v));
      });
    else
      everywhere(where, [&](std::int64_t at, int c, int) { store(result + at, value(at, c)); });
  };
  if (added != nullptr)
    run([&](std::int64_t at, int c) { return load(x + at) * scale[c] + (load(added + at) + shift[c]); });
  else
    run([&](std::int64_t at, int c) { return load(x + at) * scale[c] + shift[c]; });
}

// The gradient before the ReLU, as f(offset, channel).
template <typename Run_>
inline void gated(const NormGradientTask &t, const Run_ &run) {
  if (t.gate == Gate::None) run([&](std::int64_t at, int) { return load(t.gradient + at); });
  if (t.gate == Gate::Result)
    run([&](std::int64_t at, int) { return above(load(t.result + at), load(t.gradient + at)); });
  if (t.gate == Gate::Input)
    run([&](std::int64_t at, int c) {
      return above(load(t.input + at) * t.scale[c] + t.shift[c], load(t.gradient + at));
    });
}

void normGradientSums(const NormGradientTask &t, const float *pivot, double *sums, float *out) {
  gated(t, [&](auto value) {
    sumPixels(t.where, sums, [&](std::int64_t at, int c, Vector &first, Vector &second) {
      const Vector g = value(at, c);
      if (out != nullptr) store(out + at, g);
      first += g;
      second += g * (load(t.input + at) - pivot[c]);
    });
  });
}

void normGradient(const NormGradientTask &t, const float *a, const float *b, const float *c, float *result) {
  gated(t, [&](auto value) {
    everywhere(t.where, [&](std::int64_t at, int channel, int lane) {
      const Vector v = value(at, channel) * a[channel] + (load(t.input + at) * b[channel] + c[channel]);
      store(result + at, t.where.kept == Lanes ? v : v * keptLanes(t.where.kept, lane));
    });
  });
}

}  // namespace

}  // namespace pimento::learn

#define LANE_KERNELS(NAME)                                                                                           \
  {                                                                                                                  \
    NAME, convolution, weightGradient, depthwise, depthwiseWeightGradient, channelSums, normalise, normGradientSums, \
        normGradient                                                                                                 \
  }

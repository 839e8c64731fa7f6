// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels of lane_kernels.h in vectors of the compiler's own, compiled once for each instruction set as
// core/base/vector_operations.h has it: a file that includes this says
//   LANE_BYTES   bytes of a vector register
//   LANE_PIXELS  pixels of a tile (x 4 output channels: as many accumulators as the registers hold)
// Nothing else may be included here: a function of a header compiled for one instruction set must not serve the others.
#include "core/learn/kernels/lane_kernels.h"

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
// What is not a number is no reason to cut: it stays, or a broken network would look like a dull one.
inline Vector above(Vector gate, Vector v) { return gate <= Vector{} ? Vector{} : v; }

using Four = float __attribute__((vector_size(16), aligned(4), may_alias));

// Four parts of a vector added, in an order that does not depend on anything.
inline Four fold(Vector v) {
  float part[Wide];
  store(part, v);
  const auto four = [&](int i) { return *reinterpret_cast<const Four *>(part + 4 * i); };
  if constexpr (Wide == 16) return (four(0) + four(1)) + (four(2) + four(3));
  if constexpr (Wide == 8) return four(0) + four(1);
  return four(0);
}

// In every four numbers: these of x's (0 to 3) and of y's (4 to 7) four.
template <int A, int B, int C, int D, int Width = Wide>
inline auto mix(Vector x, Vector y) {
  constexpr int a = A < 4 ? A : A - 4 + Wide;
  constexpr int b = B < 4 ? B : B - 4 + Wide;
  constexpr int c = C < 4 ? C : C - 4 + Wide;
  constexpr int d = D < 4 ? D : D - 4 + Wide;
  if constexpr (Width == 16)
    return __builtin_shufflevector(x, y, a, b, c, d, a + 4, b + 4, c + 4, d + 4, a + 8, b + 8, c + 8, d + 8, a + 12,
                                   b + 12, c + 12, d + 12);
  else if constexpr (Width == 8)
    return __builtin_shufflevector(x, y, a, b, c, d, a + 4, b + 4, c + 4, d + 4);
  else
    return __builtin_shufflevector(x, y, a, b, c, d);
}

// Sums of the lanes of four vectors: first in every four numbers, all vectors together.
inline Four laneSums(Vector a, Vector b, Vector c, Vector d) {
  const Vector ab = mix<0, 4, 1, 5>(a, b) + mix<2, 6, 3, 7>(a, b);
  const Vector cd = mix<0, 4, 1, 5>(c, d) + mix<2, 6, 3, 7>(c, d);
  return fold(mix<0, 1, 4, 5>(ab, cd) + mix<2, 3, 6, 7>(ab, cd));
}

inline float sum(Vector v) {
  const Four four = fold(v);
  return (four[0] + four[1]) + (four[2] + four[3]);
}

// Ones for the lanes below `kept` of the part that begins with lane `first`.
inline Vector keptLanes(int kept, int first) {
  float ones[Wide];
  for (int i = 0; i < Wide; ++i) ones[i] = first + i < kept ? 1.0F : 0.0F;
  return load(ones);
}

// Taps that stand next to each other in the weights and, for every pixel of a tile, in the source.
struct Taps {
  const float *x[MaxPixels];
  std::int64_t weights;
  std::int64_t ins;  // of all of them
};

// Taps of a tile that read at least one pixel.
template <int P>
inline int tapsOf(const ConvolutionTask &t, int position, Taps *taps) {
  const std::int32_t *from = t.from + static_cast<std::int64_t>(position) * t.taps;
  int n = 0;
  bool joins = false;  // the tap before is inside of the picture for all pixels
  for (int k = 0; k < t.taps; ++k) {
    int inside = 0;
    bool next = joins;
    LANE_UNROLL
    for (int p = 0; p < P; ++p) {
      const std::int32_t pixel = from[p * t.taps + k];
      inside += pixel >= 0 ? 1 : 0;
      next = next && pixel == from[p * t.taps + k - 1] + 1;
    }
    joins = inside == P;
    if (inside == 0) continue;
    if (next) {
      taps[n - 1].ins += t.ins;
      continue;
    }
    LANE_UNROLL
    for (int p = 0; p < P; ++p) {
      const std::int64_t pixel = from[p * t.taps + k];
      taps[n].x[p] = pixel < 0 ? t.zeros : t.source + (pixel - t.first) * t.ins * Lanes;
    }
    taps[n].weights = static_cast<std::int64_t>(k) * t.ins * OutTile;
    taps[n++].ins = t.ins;
  }
  return n;
}

template <int P>
void tile(const ConvolutionTask &t, int position) {
  Taps taps[MaxTaps];
  const int n = tapsOf<P>(t, position, taps);
  for (int lane = 0; lane < Lanes; lane += Wide)
    for (int out = 0; out < t.outs; out += OutTile) {
      const int outs = t.outs - out < OutTile ? t.outs - out : OutTile;
      float *results[P];
      LANE_UNROLL
      for (int p = 0; p < P; ++p)
        results[p] = t.result + (static_cast<std::int64_t>(t.to[position + p]) * t.outs + out) * Lanes + lane;
      Vector sums[P][OutTile];
      LANE_UNROLL
      for (int o = 0; o < OutTile; ++o) {
        const float start = t.bias != nullptr && o < outs ? t.bias[out + o] : 0.0F;
        LANE_UNROLL
        for (int p = 0; p < P; ++p) sums[p][o] = t.add && o < outs ? load(results[p] + o * Lanes) : Vector{} + start;
      }
      const float *weights = t.weights + static_cast<std::int64_t>(out) * t.taps * t.ins;
      for (int k = 0; k < n; ++k) {
        const float *w = weights + taps[k].weights;
        const float *x[P];
        LANE_UNROLL
        for (int p = 0; p < P; ++p) x[p] = taps[k].x[p] + lane;
        const std::int64_t ins = taps[k].ins;
        for (std::int64_t i = 0; i < ins; ++i) {
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
        LANE_UNROLL
        for (int o = 0; o < OutTile; ++o)
          if (o < outs) store(results[p] + o * Lanes, sums[p][o]);
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

// f(offset in the source, position, count) for each run of positions at which a tap reads pixels `step` apart.
template <typename Function>
inline void overRuns(const WeightGradientTask &t, int tap, const Function &f) {
  for (int p = t.begin; p < t.end;) {
    const std::int64_t at = static_cast<std::int64_t>(p) * t.taps + tap;
    const int run = t.runs[at];
    const int count = run < t.end - p ? run : t.end - p;
    if (count > 0) f(static_cast<std::int64_t>(t.from[at]) * t.ins * Lanes, p, count);
    p += count > 0 ? count : 1;
  }
}

// Gradients of the weights of four output channels, one tap and I input channels. `gradient` is that of the four
// channels alone: [block][position][4][lane].
template <int I>
void weightTile(const WeightGradientTask &t, const float *gradient, int tap, int in, float *to) {
  constexpr std::int64_t GradientStep = OutTile * Lanes;
  const std::int64_t step = static_cast<std::int64_t>(t.step) * t.ins * Lanes;
  for (int lane = 0; lane < Lanes; lane += Wide) {
    Vector sums[I][OutTile] = {};
    for (int b = 0; b < t.blocks; ++b)
      overRuns(t, tap, [&](std::int64_t offset, int position, int count) {
        const float *x = t.source + b * t.sourceBlock + offset + in * Lanes + lane;
        const float *g =
            gradient + (static_cast<std::int64_t>(b) * (t.end - t.begin) + position - t.begin) * GradientStep;
        for (int n = 0; n < count; ++n, x += step, g += GradientStep) {
          Vector v[OutTile];
          LANE_UNROLL
          for (int o = 0; o < OutTile; ++o) v[o] = load(g + o * Lanes + lane);
          LANE_UNROLL
          for (int i = 0; i < I; ++i) {
            const Vector w = load(x + i * Lanes);
            LANE_UNROLL
            for (int o = 0; o < OutTile; ++o) sums[i][o] += w * v[o];
          }
        }
      });
    LANE_UNROLL
    for (int i = 0; i < I; ++i) {
      Four *total = reinterpret_cast<Four *>(to + i * OutTile);
      *total += laneSums(sums[i][0], sums[i][1], sums[i][2], sums[i][3]);
    }
  }
}

// The tile of `size` input channels, at most I.
template <int I>
void weightTileOf(int size, const WeightGradientTask &t, const float *gradient, int tap, int in, float *to) {
  if constexpr (I > 1) {
    if (size < I) return weightTileOf<I - 1>(size, t, gradient, tap, in, to);
  }
  weightTile<I>(t, gradient, tap, in, to);
}

// Four channels of the gradient by themselves, so that they stay in the nearest cache; zeros past the last channel.
void copyChannels(const WeightGradientTask &t, int out, float *to) {
  for (int b = 0; b < t.blocks; ++b) {
    const float *from = t.gradient + b * t.gradientBlock;
    for (std::int64_t p = t.begin; p < t.end; ++p)
      for (int o = out; o < out + OutTile; ++o)
        for (int lane = 0; lane < Lanes; lane += Wide, to += Wide)
          store(to, o < t.outs ? load(from + (p * t.outs + o) * Lanes + lane) : Vector{});
  }
}

// Input channels go in tiles of about one size.
void weightGradient(const WeightGradientTask &t) {
  alignas(64) float gradient[WeightPositions * OutTile * Lanes];
  float *to = t.sums;
  for (int out = 0; out < t.outs; out += OutTile) {
    copyChannels(t, out, gradient);
    for (int tap = 0; tap < t.taps; ++tap)
      for (int in = 0; in < t.ins;) {
        const int left = t.ins - in;
        const int tiles = (left + MaxPixels - 1) / MaxPixels;
        const int size = (left + tiles - 1) / tiles;
        weightTileOf<MaxPixels>(size, t, gradient, tap, in, to);
        in += size;
        to += size * OutTile;
      }
  }
}

// What a sum of the depthwise convolution begins with.
inline Vector depthwiseStart(const ConvolutionTask &t, std::int64_t c, const float *result) {
  if (t.add) return load(result);
  return Vector{} + (t.bias != nullptr ? t.bias[c] : 0.0F);
}

// All channels of a pixel from N taps: taps[k] is the place of the k-th one in the weights.
template <int N>
inline void depthwisePixel(const ConvolutionTask &t, const float *const *taps, float *result) {
  const float *x[N];
  LANE_UNROLL
  for (int k = 0; k < N; ++k) x[k] = taps[k];
  const float *w = t.weights;
  for (std::int64_t c = 0; c < t.ins; ++c, w += N)
    for (int lane = 0; lane < Lanes; lane += Wide) {
      Vector s = depthwiseStart(t, c, result + c * Lanes + lane);
      LANE_UNROLL
      for (int k = 0; k < N; ++k) s += load(x[k] + c * Lanes + lane) * w[k];
      store(result + c * Lanes + lane, s);
    }
}

void depthwise(const ConvolutionTask &t) {
  for (int p = t.begin; p < t.end; ++p) {
    const float *x[MaxTaps];
    int inside[MaxTaps];
    int n = 0;
    for (int k = 0; k < t.taps; ++k) {
      const std::int64_t pixel = t.from[static_cast<std::int64_t>(p) * t.taps + k];
      if (pixel < 0) continue;
      x[n] = t.source + (pixel - t.first) * t.ins * Lanes;
      inside[n++] = k;
    }
    float *result = t.result + static_cast<std::int64_t>(t.to[p]) * t.outs * Lanes;
    if (n == 9 && t.taps == 9) {
      depthwisePixel<9>(t, x, result);
      continue;
    }
    for (int c = 0; c < t.ins; ++c)
      for (int lane = 0; lane < Lanes; lane += Wide) {
        Vector s = depthwiseStart(t, c, result + c * Lanes + lane);
        for (int k = 0; k < n; ++k) s += load(x[k] + c * Lanes + lane) * t.weights[c * t.taps + inside[k]];
        store(result + c * Lanes + lane, s);
      }
  }
}

// f.template operator()<C>(first channel) for all channels, four at a time: sums that do not wait for each other.
template <typename Function>
inline void overChannels(int channels, const Function &f) {
  int c = 0;
  for (; c + 4 <= channels; c += 4) f.template operator()<4>(c);
  for (; c < channels; ++c) f.template operator()<1>(c);
}

// Adds x times gradient for `count` positions, C channels and T taps that are neighbours in the source.
template <int C, int T>
inline void addDepthwise(const WeightGradientTask &t, const float *x, const float *gradient, int count,
                         Vector (*sums)[C]) {
  const std::int64_t pixel = static_cast<std::int64_t>(t.ins) * Lanes;
  for (int n = 0; n < count; ++n, x += t.step * pixel, gradient += pixel) {
    LANE_UNROLL
    for (int c = 0; c < C; ++c) {
      const Vector g = load(gradient + c * Lanes);
      LANE_UNROLL
      for (int k = 0; k < T; ++k) sums[k][c] += load(x + k * pixel + c * Lanes) * g;
    }
  }
}

// Gradients of T taps in a row of the kernel, C channels. Where not all of the taps are inside of the picture they go
// one by one.
template <int C, int T>
void depthwiseTaps(const WeightGradientTask &t, int tap, int channel) {
  const std::int64_t pixel = static_cast<std::int64_t>(t.ins) * Lanes;
  for (int lane = 0; lane < Lanes; lane += Wide) {
    Vector sums[T][C] = {};
    for (int b = 0; b < t.blocks; ++b) {
      const float *source = t.source + b * t.sourceBlock + channel * Lanes + lane;
      const float *gradient = t.gradient + b * t.gradientBlock + channel * Lanes + lane;
      for (int p = t.begin; p < t.end;) {
        const std::int64_t at = static_cast<std::int64_t>(p) * t.taps + tap;
        int run = t.end - p;
        LANE_UNROLL
        for (int k = 0; k < T; ++k) run = t.runs[at + k] < run ? t.runs[at + k] : run;
        if (run > 0) {
          addDepthwise<C, T>(t, source + t.from[at] * pixel, gradient + p * pixel, run, sums);
        } else {
          LANE_UNROLL
          for (int k = 0; k < T; ++k)
            if (t.runs[at + k] > 0)
              addDepthwise<C, 1>(t, source + t.from[at + k] * pixel, gradient + p * pixel, 1, sums + k);
        }
        p += run > 0 ? run : 1;
      }
    }
    LANE_UNROLL
    for (int k = 0; k < T; ++k) {
      LANE_UNROLL
      for (int c = 0; c < C; ++c) t.sums[static_cast<std::int64_t>(channel + c) * t.taps + tap + k] += sum(sums[k][c]);
    }
  }
}

void depthwiseWeightGradient(const WeightGradientTask &t) {
  overChannels(t.ins, [&]<int C>(int channel) {
    if (t.taps == 9)
      for (int tap = 0; tap < t.taps; tap += 3) depthwiseTaps<C, 3>(t, tap, channel);
    else
      for (int tap = 0; tap < t.taps; ++tap) depthwiseTaps<C, 1>(t, tap, channel);
  });
}

constexpr int Run = 64;  // pixels whose sums stay in single precision

constexpr int NearChannels = 128;  // whose sums stay in the nearest cache while memory is read in its order

// add(offset, channel, first sum, second sum) for every vector.
template <typename Add>
void sumFewChannels(const ChannelTask &where, double *sums, const Add &add) {
  Vector first[NearChannels];
  Vector second[NearChannels];
  for (int lane = 0; lane < Lanes; lane += Wide) {
    const Vector kept = keptLanes(where.kept, lane);
    for (int begin = 0; begin < where.pixels; begin += Run) {
      const int end = begin + Run < where.pixels ? begin + Run : where.pixels;
      for (int c = 0; c < where.channels; ++c) first[c] = second[c] = Vector{};
      std::int64_t at = static_cast<std::int64_t>(begin) * where.channels * Lanes + lane;
      for (int p = begin; p < end; ++p)
        for (int c = 0; c < where.channels; ++c, at += Lanes) add(at, c, first[c], second[c]);
      for (int c = 0; c < where.channels; ++c) {
        sums[c] += static_cast<double>(sum(first[c] * kept));
        sums[where.channels + c] += static_cast<double>(sum(second[c] * kept));
      }
    }
  }
}

// The same for any number.
template <typename Add>
void sumPixels(const ChannelTask &where, double *sums, const Add &add) {
  if (where.channels >= 16 && where.channels <= NearChannels) return sumFewChannels(where, sums, add);
  for (int lane = 0; lane < Lanes; lane += Wide) {
    const Vector kept = keptLanes(where.kept, lane);
    for (int begin = 0; begin < where.pixels; begin += Run) {
      const int end = begin + Run < where.pixels ? begin + Run : where.pixels;
      overChannels(where.channels, [&]<int C>(int channel) {
        Vector first[C] = {};
        Vector second[C] = {};
        std::int64_t at = (static_cast<std::int64_t>(begin) * where.channels + channel) * Lanes + lane;
        for (int p = begin; p < end; ++p, at += static_cast<std::int64_t>(where.channels) * Lanes) {
          LANE_UNROLL
          for (int c = 0; c < C; ++c) add(at + c * Lanes, channel + c, first[c], second[c]);
        }
        LANE_UNROLL
        for (int c = 0; c < C; ++c) {
          sums[channel + c] += static_cast<double>(sum(first[c] * kept));
          sums[where.channels + channel + c] += static_cast<double>(sum(second[c] * kept));
        }
      });
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

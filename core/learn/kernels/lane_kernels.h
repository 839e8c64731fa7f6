// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

namespace pimento::learn {

// Feature maps lie in memory as [block][pixel][channel][lane]: sixteen images are the lanes of a vector. Every
// operation of a convolutional network is then the same few multiply-adds on full vectors, whatever the number of
// channels, the kernel, the stride or the place in the picture: a sub-net of four channels runs at the rate of one of
// sixty-four.
inline constexpr int Lanes = 16;
inline constexpr int OutTile = 4;           // output channels that a convolution computes together
inline constexpr int WeightPositions = 64;  // their gradients are 16 KB: with the source of a tile in the nearest cache

// A convolution of one block as a sum over taps: position p of the result (pixel to[p]) reads pixel from[p * taps + t]
// of the source for tap t, or nothing if that is negative. The gradient of the source is such a convolution too.
struct ConvolutionTask {
  const float *source = nullptr;   // [pixel][in][lane], from pixel `first` on
  float *result = nullptr;         // [pixel][out][lane]
  const float *weights = nullptr;  // packed: [out / 4][tap][in][4], zeros past the last channel
  const float *bias = nullptr;     // [out], or none
  bool add = false;                // to what the result holds, without bias
  const std::int32_t *from = nullptr;
  const std::int32_t *to = nullptr;
  const float *zeros = nullptr;  // in x lanes
  int first = 0;
  int taps = 1;
  int ins = 0;
  int outs = 0;
  int begin = 0;  // positions
  int end = 0;
};

// Adds the gradient of the weights over some positions of consecutive blocks, in the order of packed weights. Position
// p is pixel p of the result. At most WeightPositions at a time, all blocks together.
struct WeightGradientTask {
  const float *source = nullptr;
  const float *gradient = nullptr;  // of the result
  std::int64_t sourceBlock = 0;     // floats from a block to the next
  std::int64_t gradientBlock = 0;
  int blocks = 1;
  const std::int32_t *from = nullptr;
  const std::int32_t *runs = nullptr;  // for how many positions on a tap reads pixels `step` apart; 0: outside
  int step = 1;
  int taps = 1;
  int ins = 0;
  int outs = 0;
  int begin = 0;
  int end = 0;
  float *sums = nullptr;
};

// Some pixels of one block for an operation that is the same for all pixels of a channel. Only the first `kept` lanes
// hold images: sums leave the others out, gradients are zero there.
struct ChannelTask {
  int pixels = 0;
  int channels = 0;
  int kept = Lanes;
};

// How a batch norm's gradient knows where the ReLU behind it let through.
enum class Gate : std::uint8_t { None, Input, Result };

struct NormGradientTask {
  ChannelTask where;
  const float *gradient = nullptr;  // of the result
  const float *input = nullptr;
  const float *result = nullptr;  // Gate::Result
  const float *scale = nullptr;   // [channel]: result = relu(scale x input + shift)
  const float *shift = nullptr;
  Gate gate = Gate::None;
};

struct LaneKernels {
  const char *name;
  void (*convolution)(const ConvolutionTask &task);
  void (*weightGradient)(const WeightGradientTask &task);           // sums[out / 4][tap][in][4]
  void (*depthwise)(const ConvolutionTask &task);                   // weights [channel][tap]; ins = outs
  void (*depthwiseWeightGradient)(const WeightGradientTask &task);  // sums[channel][tap]
  // sums[channel] += x - pivot[channel], sums[channels + channel] += (x - pivot[channel])²
  void (*channelSums)(const ChannelTask &where, const float *x, const float *pivot, double *sums);
  // result = x * scale[channel] + shift[channel] (+ added), cut at zero if `relu`
  void (*normalise)(const ChannelTask &where, const float *x, const float *scale, const float *shift,
                    const float *added, bool relu, float *result);
  // With g the gated gradient: sums[channel] += g, sums[channels + channel] += g * (input - pivot[channel]); g is
  // written to `gated` if that is given.
  void (*normGradientSums)(const NormGradientTask &task, const float *pivot, double *sums, float *gated);
  // result = g * a[channel] + input * b[channel] + c[channel]
  void (*normGradient)(const NormGradientTask &task, const float *a, const float *b, const float *c, float *result);
};

// The fastest that this processor runs: AVX-512, AVX2 with FMA, or plain.
[[nodiscard]] const LaneKernels &laneKernels();

// All that this processor runs, the plainest first.
[[nodiscard]] std::vector<const LaneKernels *> usableLaneKernels();

extern const LaneKernels PlainLaneKernels;
extern const LaneKernels Avx2LaneKernels;
extern const LaneKernels Avx512LaneKernels;

}  // namespace pimento::learn

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace pimento {

using LayerId = std::uint32_t;  // index into NetworkSpec::layers
using SpaceId = std::uint32_t;  // index into NetworkSpec::spaces

enum class Op : std::uint8_t {
  Input,
  Conv,
  Depthwise,
  Linear,
  BatchNorm,
  MaxPool,
  GlobalAveragePool,
  Add,
  PadShortcut
};
enum class Activation : std::uint8_t { None, Relu };

struct Shape {
  int channels = 0;
  int height = 0;
  int width = 0;
  [[nodiscard]] std::int64_t elements() const { return std::int64_t{channels} * height * width; }
  bool operator==(const Shape &) const = default;
};

// One layer. Shapes are NCHW without N; a layer's output channels are those of its channel space.
//   Conv, Depthwise   square kernel, stride, padding; Depthwise has one kernel a channel
//   Linear            on the flattened input (channel-major), output 1x1
//   BatchNorm         scale and shift a channel (2 parameters), statistics not counted
//   MaxPool           kernel, stride, padding
//   GlobalAveragePool to 1x1
//   Add               of two inputs of one shape
//   PadShortcut       ResNet option A: every stride-th pixel, zero channels appended at the end
struct Layer {
  QString name;    // unique; torchvision's tensor prefix where torchvision has the network: "layer1.0.conv1"
  QString module;  // "FE", "CM2"; "net" for networks of one module
  Op op = Op::Input;
  std::vector<LayerId> inputs;  // earlier layers only
  SpaceId space = 0;
  int kernel = 1;
  int stride = 1;
  int padding = 0;
  bool bias = false;
  Activation activation = Activation::None;  // applied to this layer's result
  bool operator==(const Layer &) const = default;
};

// A set of channels that several layers must share (tied by an add, a depthwise layer, a shortcut).
struct ChannelSpace {
  int width = 0;
  bool adjustable = true;  // false for the image's colours and the classes: a width ratio leaves them whole
  bool operator==(const ChannelSpace &) const = default;
};

// Kept channels of one space: a prefix (width ratios) or a sorted set of indices (learned masks).
struct ChannelSet {
  int count = 0;             // how many are kept
  std::vector<int> indices;  // empty: the first `count`
  [[nodiscard]] static ChannelSet prefix(int n) { return {n, {}}; }
  bool operator==(const ChannelSet &) const = default;
};

// One way to run a network: which output, which channels, which set of batch norms. Spaces not named keep all channels.
struct Variant {
  QString name;  // "fe+cm2", "0.25"
  LayerId output = 0;
  std::map<SpaceId, ChannelSet> kept;
  QString normSet;  // "" where all variants share their batch norms
  bool operator==(const Variant &) const = default;
};

// How a paper counted, where that is not how the network runs. Data of the family; applies to MACs only.
struct PublishedConvention {
  struct Rule {
    QString module;
    int featureScale = 1;           // the module is counted from a feature map this many times larger on each side
    bool depthwiseAsDense = false;  // a depthwise convolution is counted as Cin x Cout x k^2
    bool operator==(const Rule &) const = default;
  };
  QString note;  // one sentence for people
  std::vector<Rule> rules;
  bool operator==(const PublishedConvention &) const = default;
};

// A network as data: a directed acyclic graph of layers in execution order, wide enough for any classification CNN.
// Counts, mapping and training all read this one description.
struct NetworkSpec {
  QString name;    // "deco-vgg16"
  QString title;   // "DECO VGG16"
  QString source;  // where the layer list is from
  Shape input;
  std::vector<ChannelSpace> spaces;
  std::vector<Layer> layers;      // layers[0] is the Input
  std::vector<Variant> variants;  // those the papers name, largest cost first
  std::optional<PublishedConvention> published;
  QStringList bindings;  // names of the ways to train it: "joint", "independent", "slimmable", "individual"
  bool operator==(const NetworkSpec &) const = default;
};

[[nodiscard]] QString opName(Op op);   // "conv", "depthwise", "linear", "batch_norm", ...
[[nodiscard]] QStringList opNames();   // of all, in the order of Op
[[nodiscard]] bool hasWeights(Op op);  // Conv, Depthwise, Linear: mapped to arrays

// Channels that a variant keeps of a space.
[[nodiscard]] int keptChannels(const NetworkSpec &spec, const Variant &variant, SpaceId space);

// The layers that a variant's output depends on, in execution order.
[[nodiscard]] std::vector<LayerId> activeLayers(const NetworkSpec &spec, const Variant &variant);

// Output shape of every layer of `spec` under a variant (index = LayerId). `spec` must be valid.
[[nodiscard]] std::vector<Shape> outputShapes(const NetworkSpec &spec, const Variant &variant);

// Throws Error naming the layer and what is wrong: order, arity, spaces, shapes that do not fit, sizes past 2^31.
void validate(const NetworkSpec &spec);
void validate(const NetworkSpec &spec, const Variant &variant);

// Sub-net that keeps the first ceil(ratio x width) channels of every adjustable space, with batch norms of its own.
// Throws Error unless 0 < ratio <= 1.
[[nodiscard]] Variant widthVariant(const NetworkSpec &spec, double ratio);

// A variant by name, or a width ratio written as a number where the network is slimmable. Throws Error.
[[nodiscard]] Variant findVariant(const NetworkSpec &spec, const QString &name);

// Modules in order of first appearance: "FE", "CM1", …
[[nodiscard]] QStringList modules(const NetworkSpec &spec);

// Whether the network is a feature extractor with classification modules, and whether a layer is of the extractor.
[[nodiscard]] bool hasExtractor(const NetworkSpec &spec);
[[nodiscard]] bool isOfExtractor(const Layer &layer);

}  // namespace pimento

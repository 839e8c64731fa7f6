// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network_builder.h"

#include <utility>

namespace pimento {

NetworkBuilder::NetworkBuilder(QString name, QString title, Shape input) {
  m_spec.name = std::move(name);
  m_spec.title = std::move(title);
  m_spec.input = input;
  const SpaceId colours = space(input.channels, false);
  append({.name = QStringLiteral("input"), .op = Op::Input, .space = colours});
}

SpaceId NetworkBuilder::space(int width, bool adjustable) {
  m_spec.spaces.push_back({width, adjustable});
  return static_cast<SpaceId>(m_spec.spaces.size() - 1);
}

LayerId NetworkBuilder::append(Layer layer) {
  layer.module = m_module;
  m_spec.layers.push_back(std::move(layer));
  return static_cast<LayerId>(m_spec.layers.size() - 1);
}

LayerId NetworkBuilder::conv(const QString &name, LayerId input, SpaceId space, int kernel, int stride, bool bias,
                             Activation after) {
  return append({.name = name,
                 .op = Op::Conv,
                 .inputs = {input},
                 .space = space,
                 .kernel = kernel,
                 .stride = stride,
                 .padding = (kernel - 1) / 2,
                 .bias = bias,
                 .activation = after});
}

LayerId NetworkBuilder::depthwise(const QString &name, LayerId input, int kernel, int stride) {
  return append({.name = name,
                 .op = Op::Depthwise,
                 .inputs = {input},
                 .space = spaceOf(input),
                 .kernel = kernel,
                 .stride = stride,
                 .padding = (kernel - 1) / 2});
}

LayerId NetworkBuilder::batchNorm(const QString &name, LayerId input, Activation after) {
  return append({.name = name, .op = Op::BatchNorm, .inputs = {input}, .space = spaceOf(input), .activation = after});
}

LayerId NetworkBuilder::maxPool(const QString &name, LayerId input, int kernel, int stride, int padding) {
  return append({.name = name,
                 .op = Op::MaxPool,
                 .inputs = {input},
                 .space = spaceOf(input),
                 .kernel = kernel,
                 .stride = stride,
                 .padding = padding});
}

LayerId NetworkBuilder::globalAveragePool(const QString &name, LayerId input) {
  return append({.name = name, .op = Op::GlobalAveragePool, .inputs = {input}, .space = spaceOf(input)});
}

LayerId NetworkBuilder::linear(const QString &name, LayerId input, SpaceId space, Activation after) {
  return append({.name = name, .op = Op::Linear, .inputs = {input}, .space = space, .bias = true, .activation = after});
}

LayerId NetworkBuilder::add(const QString &name, LayerId a, LayerId b, Activation after) {
  return append({.name = name, .op = Op::Add, .inputs = {a, b}, .space = spaceOf(a), .activation = after});
}

LayerId NetworkBuilder::padShortcut(const QString &name, LayerId input, SpaceId space, int stride) {
  return append({.name = name, .op = Op::PadShortcut, .inputs = {input}, .space = space, .stride = stride});
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/network/network_spec.h"

namespace pimento {

// Writes a NetworkSpec layer by layer. Every call returns the id of the layer it added; layers are named
// as given and belong to the current module. Convolutions are padded by (kernel - 1) / 2.
class NetworkBuilder {
 public:
  NetworkBuilder(QString name, QString title, Shape input);

  void module(const QString &module) { m_module = module; }
  [[nodiscard]] SpaceId space(int width, bool adjustable = true);

  LayerId conv(const QString &name, LayerId input, SpaceId space, int kernel, int stride, bool bias,
               Activation after = Activation::None);
  LayerId depthwise(const QString &name, LayerId input, int kernel, int stride);
  LayerId batchNorm(const QString &name, LayerId input, Activation after);
  LayerId maxPool(const QString &name, LayerId input, int kernel, int stride, int padding = 0);
  LayerId globalAveragePool(const QString &name, LayerId input);
  LayerId linear(const QString &name, LayerId input, SpaceId space, Activation after = Activation::None);
  LayerId add(const QString &name, LayerId a, LayerId b, Activation after);
  LayerId padShortcut(const QString &name, LayerId input, SpaceId space, int stride);

  [[nodiscard]] SpaceId spaceOf(LayerId layer) const { return m_spec.layers[layer].space; }
  NetworkSpec &spec() { return m_spec; }

 private:
  LayerId append(Layer layer);
  NetworkSpec m_spec;
  QString m_module = QStringLiteral("net");
};

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/families/families.h"

#include <QHash>
#include <algorithm>

#include "core/base/error.h"
#include "core/network/families/network_library.h"

namespace pimento {

const std::vector<Family> &families() {
  static const std::vector<Family> table{
      {"deco-vgg16", "VGG16", 10, decoVgg16},
      {"deco-mobilenetv1", "MobileNetV1", 10, decoMobileNetV1},
      {"resnet20-slimmable", "ResNet20", 10, resnet20},
      {"resnet18-slimmable", "ResNet18", 1000, resnet18},
      {"resnet50-slimmable", "ResNet50", 1000, resnet50},
  };
  return table;
}

bool isFamily(const QString &name) {
  return std::any_of(families().begin(), families().end(),
                     [&](const Family &family) { return name == QLatin1String(family.name); });
}

const QStringList &modularFamilies() {
  static const QStringList names = [] {
    QStringList modular;
    for (const Family &family : families())
      if (hasExtractor(family.make(family.defaultClasses))) modular << QString::fromLatin1(family.name);
    return modular;
  }();
  return names;
}

static ModuleTitle titleOf(const NetworkSpec &network, const Variant &variant) {
  QStringList all, head;
  for (const LayerId id : activeLayers(network, variant)) {
    const Layer &layer = network.layers[id];
    if (!hasWeights(layer.op) || all.contains(layer.module)) continue;
    all << layer.module;
    if (!isOfExtractor(layer)) head << layer.module;
  }
  return {all.join(QLatin1Char('+')), head.join(QLatin1Char('+'))};
}

std::optional<ModuleTitle> moduleTitle(const QString &variant) {
  static const QHash<QString, ModuleTitle> titles = [] {
    QHash<QString, ModuleTitle> known;
    for (const QString &family : modularFamilies()) {
      const NetworkSpec network = makeNetwork(family);
      for (const Variant &one : network.variants) known.insert(one.name, titleOf(network, one));
    }
    return known;
  }();
  const auto found = titles.constFind(variant);
  return found == titles.constEnd() ? std::nullopt : std::optional(*found);
}

NetworkSpec makeNetwork(const QString &name, int classes, const std::vector<Family> &rows) {
  QStringList known;
  for (const Family &family : rows) {
    known << QString::fromLatin1(family.name);
    if (name != known.back()) continue;
    const int count = classes == 0 ? family.defaultClasses : classes;
    if (count < 2 || count > 100'000)
      throw Error(QStringLiteral("network %1").arg(quoted(name)), QStringLiteral("%1 classes").arg(count),
                  QStringLiteral("give 2 to 100000"));
    return family.make(count);
  }
  if (libraryNetworks().contains(name)) {
    if (classes != 0)
      throw Error(QStringLiteral("network %1").arg(quoted(name)), QStringLiteral("%1 classes").arg(classes),
                  QStringLiteral("its number of classes is fixed"));
    return libraryNetwork(name);
  }
  throw Error(QStringLiteral("network"), QStringLiteral("unknown network %1").arg(quoted(name)),
              knownWords(name, known + libraryNetworks()));
}

}  // namespace pimento

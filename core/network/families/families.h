// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <vector>

#include "core/network/network_spec.h"

namespace pimento {

// The papers' networks. `classes` is the width of the last layer.
[[nodiscard]] NetworkSpec decoVgg16(int classes);
[[nodiscard]] NetworkSpec decoMobileNetV1(int classes);
[[nodiscard]] NetworkSpec resnet20(int classes);
[[nodiscard]] NetworkSpec resnet18(int classes);
[[nodiscard]] NetworkSpec resnet50(int classes);

struct Family {
  const char *name;       // "deco-vgg16"
  const char *tableName;  // the name in its paper's tables: "VGG16"
  int defaultClasses;
  NetworkSpec (*make)(int classes);
};

[[nodiscard]] const std::vector<Family> &families();
[[nodiscard]] bool isFamily(const QString &name);

// Names of the families with a feature extractor and classification modules, which learn jointly or one by one.
[[nodiscard]] const QStringList &modularFamilies();

// What people call a variant of a modular family: by the modules that it runs.
struct ModuleTitle {
  QString whole;  // "FE+CM2"
  QString head;   // "CM2": without the extractor, which all of them run
};

// The title of the variant of a modular family that has this name; absent for every other name.
[[nodiscard]] std::optional<ModuleTitle> moduleTitle(const QString &variant);

// Network by the name of one of `rows`, or of the library (network_library.h); classes 0 = the family's default. Throws
// Error for an unknown name, for classes < 2 or > 100,000, and for classes with a network of the library.
[[nodiscard]] NetworkSpec makeNetwork(const QString &name, int classes = 0,
                                      const std::vector<Family> &rows = families());

}  // namespace pimento

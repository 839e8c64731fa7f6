// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/families/network_library.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/files/json_reader.h"
#include "core/files/whole_file.h"
#include "core/network/families/families.h"
#include "core/network/network_json.h"
#include "core/network/widest.h"

namespace pimento {

namespace {

constexpr qint64 MaxBytes = 4 << 20;

NetworkSpec readFile(const QString &path, const QString &place) {
  return readNetwork(readWhole(path, MaxBytes), place);
}

QStringList usualBindings(const NetworkSpec &network) {
  QStringList names{QStringLiteral("individual")};
  const bool adjustable = std::ranges::any_of(network.spaces, [](const ChannelSpace &s) { return s.adjustable; });
  if (adjustable) names << QStringLiteral("slimmable");
  std::set<LayerId> outputs;
  for (const Variant &variant : classifiers(network)) outputs.insert(variant.output);
  if (outputs.size() > 1) names << QStringLiteral("joint") << QStringLiteral("independent");
  return names;
}

}  // namespace

QStringList libraryNetworks() {
  return {QStringLiteral("lenet5"), QStringLiteral("alexnet"), QStringLiteral("mobilenetv1")};
}

NetworkSpec readNetwork(const QByteArray &json, const QString &place) {
  NetworkSpec network = networkFromJson(parseJsonObject(json, place, MaxBytes), place);
  if (network.variants.empty()) {  // the whole network, unless the file names parts of it
    Variant whole;
    whole.name = QStringLiteral("whole");
    whole.output = static_cast<LayerId>(network.layers.size() - 1);
    network.variants = {whole};
  }
  if (network.bindings.isEmpty()) network.bindings = usualBindings(network);
  return network;
}

NetworkSpec libraryNetwork(const QString &name) {
  if (!libraryNetworks().contains(name))
    throw Error(QStringLiteral("network"), QStringLiteral("unknown network %1").arg(quoted(name)),
                knownWords(name, libraryNetworks()));
  return readFile(QStringLiteral(":/networks/%1.json").arg(name), QStringLiteral("network %1").arg(name));
}

NetworkText networkText(const QString &text) {
  const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
  if (colon <= text.lastIndexOf(QLatin1Char('/')) || text.endsWith(QStringLiteral(".json"))) return {text, {}};
  return {text.left(colon), text.mid(colon + 1)};
}

bool isNetworkFile(const QString &nameOrFile) {
  return nameOrFile.endsWith(QStringLiteral(".json")) || nameOrFile.contains(QLatin1Char('/'));
}

NetworkSpec loadNetwork(const QString &nameOrFile, int classes) {
  if (!isNetworkFile(nameOrFile)) return makeNetwork(nameOrFile, classes);
  if (classes != 0)
    throw Error(nameOrFile, QStringLiteral("a number of classes was given"),
                QStringLiteral("a network file has the classes of its last layer"));
  return readFile(nameOrFile, nameOrFile);
}

NetworkSpec loadNetworkFor(const QString &nameOrFile, int classes) {
  const bool family =
      std::ranges::any_of(families(), [&](const Family &f) { return nameOrFile == QLatin1String(f.name); });
  return loadNetwork(nameOrFile, family ? classes : 0);
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network_library.h"

#include <QFile>

#include "core/base/error.h"
#include "core/base/json_reader.h"
#include "core/network/families/families.h"
#include "core/network/network_json.h"

namespace pimento {

namespace {

constexpr qint64 MaxBytes = 4 << 20;

NetworkSpec readFile(const QString &path, const QString &place) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) throw Error(place, QStringLiteral("can not be read"), file.errorString());
  return readNetwork(file.read(MaxBytes + 1), place);
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
  return network;
}

NetworkSpec libraryNetwork(const QString &name) {
  if (!libraryNetworks().contains(name))
    throw Error(QStringLiteral("network"), QStringLiteral("unknown network %1").arg(quoted(name)),
                knownWords(name, libraryNetworks()));
  return readFile(QStringLiteral(":/networks/%1.json").arg(name), QStringLiteral("network %1").arg(name));
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

}  // namespace pimento

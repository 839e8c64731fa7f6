// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <optional>

#include "core/network/network_spec.h"

namespace pimento {

// Layer lists kept as data beside the papers' families: well-known networks that published figures were measured with
// (resources/networks, in the JSON form of network_json.h). Their number of classes is fixed.
[[nodiscard]] QStringList libraryNetworks();                    // names
[[nodiscard]] NetworkSpec libraryNetwork(const QString &name);  // throws Error for others

// Reads a network file in the JSON form of network_json.h. Throws Error naming `place` and the key, or if it has more
// than 4 MB. A file that names no variants gets the whole network as one; one that names no bindings
// those that its layers allow: individual; slimmable if there are channels to leave out; joint and independent if it
// has several classifiers.
[[nodiscard]] NetworkSpec readNetwork(const QByteArray &json, const QString &place);

// "NETWORK:VARIANT", where NETWORK may be a file with colons in its path: the last colon parts the variant off. A text
// without one is a network alone.
struct NetworkText {
  QString network;
  std::optional<QString> variant;
};
[[nodiscard]] NetworkText networkText(const QString &text);

[[nodiscard]] bool isNetworkFile(const QString &nameOrFile);  // ends in .json or holds a slash

// A family or library network by name (makeNetwork), or a network file.
// Throws Error, also for classes != 0 with anything but a family.
[[nodiscard]] NetworkSpec loadNetwork(const QString &nameOrFile, int classes = 0);

// A family, library network or file for data of so many classes: a family is made with them, other networks have their
// own, which may differ.
[[nodiscard]] NetworkSpec loadNetworkFor(const QString &nameOrFile, int classes);

}  // namespace pimento

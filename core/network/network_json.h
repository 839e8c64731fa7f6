// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>

#include "core/network/network_spec.h"

namespace pimento {

class JsonForm;

// The one JSON form of networks and variants: in projects, job files and --json. Layers refer to each other and to
// their channel spaces by name and index; what is left out has the default of its struct.
[[nodiscard]] QJsonObject toJson(const NetworkSpec &spec);
[[nodiscard]] QJsonObject toJson(const NetworkSpec &spec, const Variant &variant);

// Reads and validates. Throws Error naming `place`, the layer or variant, and the key.
[[nodiscard]] NetworkSpec networkFromJson(const QJsonObject &object, const QString &place);
[[nodiscard]] Variant variantFromJson(const NetworkSpec &spec, const QJsonObject &object, const QString &place);

// The member "variants" of an object that is described: a list of at most `longest` variants of `spec`.
void describeVariants(JsonForm &form, std::vector<Variant> &variants, const NetworkSpec &spec, qsizetype longest);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/validity.h"

#include <array>

namespace pimento {

static constexpr std::array<const char *, 3> ValidityNames{"valid", "doubtful", "invalid"};

QString validityName(Validity validity) {
  return QString::fromLatin1(ValidityNames[static_cast<std::size_t>(validity)]);
}

std::optional<Validity> validityFromName(QStringView name) {
  for (std::size_t i = 0; i < ValidityNames.size(); ++i)
    if (name == QLatin1String(ValidityNames[i])) return static_cast<Validity>(i);
  return std::nullopt;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/kind.h"

#include <array>

namespace pimento {

static constexpr std::array<const char *, 4> KindNames{"measured", "published", "derived", "estimated"};

QString kindName(Kind kind) { return QString::fromLatin1(KindNames[static_cast<std::size_t>(kind)]); }

std::optional<Kind> kindFromName(QStringView name) {
  for (std::size_t i = 0; i < KindNames.size(); ++i)
    if (name == QLatin1String(KindNames[i])) return static_cast<Kind>(i);
  return std::nullopt;
}

}  // namespace pimento

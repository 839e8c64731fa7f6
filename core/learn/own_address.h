// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento::learn {

// The numeric address by which machines that can reach `host` can reach this one: that of the interface through which
// packets to it would leave. Debian resolves a machine's own name to 127.0.1.1, so an address of the loopback is
// given only for a loopback host or where there is no network. Sends nothing.
[[nodiscard]] QString ownAddress(const QString &host);

}  // namespace pimento::learn

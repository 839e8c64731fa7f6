// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento::learn {

// The numeric address by which machines that can reach `host` can reach this one: that of the interface through which
// packets to it would leave. Debian resolves a machine's own name to 127.0.1.1, so an address of the loopback is
// given only for a loopback host or where there is no network. Sends nothing.
[[nodiscard]] QString ownAddress(const QString &host);

// Where a rank that was given `host` meets the others: there - or, where the name stands for this machine's loopback
// without saying so, as Debian has a machine's own name, the numeric address by which other machines reach it: that of
// `networkInterface` if one is named.
[[nodiscard]] QString meetingAddress(const QString &host, const QString &networkInterface);

// The numeric address on which the machine of rank 0 listens for ranks that meet at `host`: the one that it is or
// stands for. Empty: it stands for none.
[[nodiscard]] QString listeningAddress(const QString &host);

[[nodiscard]] bool isLoopback(const QString &address);

}  // namespace pimento::learn

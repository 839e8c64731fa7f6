// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/ranks/own_address.h"

#include <ifaddrs.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>

namespace pimento::learn {

namespace {

const char *const Loopback = "127.0.0.1";
const char *const AnyRoute = "192.0.2.1";  // RFC 5737: belongs to nobody, so it leads to the default route

QString numeric(const sockaddr *address, socklen_t length) {
  char text[NI_MAXHOST] = "";
  return getnameinfo(address, length, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0 ? QString::fromLatin1(text)
                                                                                          : QString();
}

// A connected datagram socket has the address that its packets would carry; none is sent. Empty: no route.
QString addressTowards(const QString &host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo *found = nullptr;
  if (getaddrinfo(host.toUtf8().constData(), "9", &hints, &found) != 0) return {};
  const std::unique_ptr<addrinfo, void (*)(addrinfo *)> list(found, freeaddrinfo);
  const int fd = socket(list->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return {};
  sockaddr_storage own{};
  socklen_t length = sizeof own;
  auto *address = reinterpret_cast<sockaddr *>(&own);
  const bool known = connect(fd, list->ai_addr, list->ai_addrlen) == 0 && getsockname(fd, address, &length) == 0;
  close(fd);
  return known ? numeric(address, length) : QString();
}

// The IPv4 address of a network interface; empty: it has none.
QString addressOfInterface(const QString &name) {
  ifaddrs *found = nullptr;
  if (getifaddrs(&found) != 0) return {};
  const std::unique_ptr<ifaddrs, void (*)(ifaddrs *)> list(found, freeifaddrs);
  for (const ifaddrs *one = found; one != nullptr; one = one->ifa_next)
    if (one->ifa_addr != nullptr && one->ifa_addr->sa_family == AF_INET && name == QString::fromUtf8(one->ifa_name))
      return numeric(one->ifa_addr, sizeof(sockaddr_in));
  return {};
}

}  // namespace

bool isLoopback(const QString &address) {
  return address == QStringLiteral("localhost") || address == QStringLiteral("::1") ||
         address.startsWith(QStringLiteral("127."));
}

QString meetingAddress(const QString &host, const QString &networkInterface) {
  if (isLoopback(host) || !isLoopback(addressTowards(host))) return host;
  const QString chosen = networkInterface.isEmpty() ? QString() : addressOfInterface(networkInterface);
  return chosen.isEmpty() ? ownAddress(host) : chosen;
}

// To itself a machine speaks from the address that is spoken to.
QString listeningAddress(const QString &host) {
  const QString own = addressTowards(host);
  return own.isEmpty() && isLoopback(host) ? QString::fromLatin1(Loopback) : own;
}

QString ownAddress(const QString &host) {
  const QString loopback = QString::fromLatin1(Loopback);
  if (isLoopback(host)) return loopback;
  for (const QString &target : {host, QString::fromLatin1(AnyRoute)})
    if (const QString own = target.isEmpty() ? QString() : addressTowards(target); !own.isEmpty() && !isLoopback(own))
      return own;
  return loopback;
}

}  // namespace pimento::learn

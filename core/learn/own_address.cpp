// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/own_address.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>

namespace pimento::learn {

namespace {

const char *const Loopback = "127.0.0.1";
const char *const AnyRoute = "192.0.2.1";  // RFC 5737: belongs to nobody, so it leads to the default route

bool isLoopback(const QString &host) {
  return host == QStringLiteral("localhost") || host == QStringLiteral("::1") ||
         host.startsWith(QStringLiteral("127."));
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
  char text[NI_MAXHOST] = "";
  if (!known || getnameinfo(address, length, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0) return {};
  return QString::fromLatin1(text);
}

}  // namespace

QString ownAddress(const QString &host) {
  const QString loopback = QString::fromLatin1(Loopback);
  if (isLoopback(host)) return loopback;
  for (const QString &target : {host, QString::fromLatin1(AnyRoute)})
    if (const QString own = target.isEmpty() ? QString() : addressTowards(target); !own.isEmpty() && !isLoopback(own))
      return own;
  return loopback;
}

}  // namespace pimento::learn

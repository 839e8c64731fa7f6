// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/ranks/listening.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace {

// What this thread's sockets listen on instead of every interface; its family is 0 where they are left alone.
thread_local sockaddr_storage t_listenOn{};

bool isEveryInterface(const sockaddr *address) {
  if (address->sa_family == AF_INET)
    return reinterpret_cast<const sockaddr_in *>(address)->sin_addr.s_addr == htonl(INADDR_ANY);
  return address->sa_family == AF_INET6 &&
         IN6_IS_ADDR_UNSPECIFIED(&reinterpret_cast<const sockaddr_in6 *>(address)->sin6_addr);
}

using Bind = int (*)(int, const sockaddr *, socklen_t);

}  // namespace

extern "C" int bind(int socket, const sockaddr *address, socklen_t length) {
  static const auto real = reinterpret_cast<Bind>(dlsym(RTLD_NEXT, "bind"));
  if (t_listenOn.ss_family == 0 || !isEveryInterface(address)) return real(socket, address, length);
  if (t_listenOn.ss_family != address->sa_family) {  // the store tries the other family then
    errno = EADDRNOTAVAIL;
    return -1;
  }
  if (address->sa_family == AF_INET) {
    sockaddr_in one = *reinterpret_cast<const sockaddr_in *>(address);
    one.sin_addr = reinterpret_cast<const sockaddr_in &>(t_listenOn).sin_addr;
    return real(socket, reinterpret_cast<const sockaddr *>(&one), sizeof one);
  }
  sockaddr_in6 one = *reinterpret_cast<const sockaddr_in6 *>(address);
  one.sin6_addr = reinterpret_cast<const sockaddr_in6 &>(t_listenOn).sin6_addr;
  return real(socket, reinterpret_cast<const sockaddr *>(&one), sizeof one);
}

namespace pimento::learn {

ListenOn::ListenOn(const QString &address) {
  t_listenOn = {};
  const QByteArray text = address.toLatin1();
  auto &four = reinterpret_cast<sockaddr_in &>(t_listenOn);
  auto &six = reinterpret_cast<sockaddr_in6 &>(t_listenOn);
  if (inet_pton(AF_INET, text.constData(), &four.sin_addr) == 1)
    four.sin_family = AF_INET;
  else if (inet_pton(AF_INET6, text.constData(), &six.sin6_addr) == 1)
    six.sin6_family = AF_INET6;
}

ListenOn::~ListenOn() { t_listenOn = {}; }

}  // namespace pimento::learn

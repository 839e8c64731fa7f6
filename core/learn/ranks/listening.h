// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento::learn {

// While it lives, sockets of this thread that would listen on every interface listen on one address alone. LibTorch's
// store has no other way to be told: the program's own bind() stands before the C library's.
class ListenOn {
 public:
  explicit ListenOn(const QString &address);  // numeric; empty: every interface
  ~ListenOn();
  ListenOn(const ListenOn &) = delete;
  ListenOn &operator=(const ListenOn &) = delete;
};

}  // namespace pimento::learn

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/torch_error.h"

#include <c10/util/Exception.h>

#include <new>

#include "core/base/error.h"

namespace pimento::learn {

static Error outOfMemory() {
  return {QStringLiteral("pimento-learn"), QStringLiteral("there is not enough memory"),
          QStringLiteral("use a smaller batch, or close other programs")};
}

int guarded(const std::function<int()> &work) {
  try {
    return work();
  } catch (const c10::Error &error) {
    const QString text = QString::fromUtf8(error.what_without_backtrace());
    if (text.contains(QStringLiteral("can't allocate memory"))) throw outOfMemory();
    throw Error(QStringLiteral("LibTorch"), text.section(QLatin1Char('\n'), 0, 0));
  } catch (const std::bad_alloc &) {
    throw outOfMemory();
  } catch (const Error &) {
    throw;
  } catch (const std::exception &error) {  // no more threads, a socket, …
    throw Error(QStringLiteral("pimento-learn"), QString::fromLocal8Bit(error.what()).section(QLatin1Char('\n'), 0, 0));
  }
}

}  // namespace pimento::learn

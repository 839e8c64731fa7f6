// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/learn/torch_error.h"

#include <c10/util/Exception.h>

#include <new>

#include "core/base/error.h"

namespace pimento::learn {

int guarded(const std::function<int()> &work) {
  try {
    return work();
  } catch (const c10::Error &error) {
    const QString text = QString::fromUtf8(error.what_without_backtrace());
    throw Error(QStringLiteral("LibTorch"), text.section(QLatin1Char('\n'), 0, 0));
  } catch (const std::bad_alloc &) {
    throw Error(QStringLiteral("training"), QStringLiteral("there is not enough memory"),
                QStringLiteral("use a smaller batch"));
  }
}

}  // namespace pimento::learn

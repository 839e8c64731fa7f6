// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

namespace pimento {

class Session;

// Command lines, word by word, that give what the window shows. Empty where none can: work that no file has yet, or a
// network that is not known layer by layer.

// The non-dominated designs of the view.
[[nodiscard]] QStringList frontCommand(const Session &session);

// All designs of the view that have what the axes show.
[[nodiscard]] QStringList designsCommand(const Session &session);

// A report on the network at hand, with the parameters of the what-if: "layers" or "components"; empty: its totals.
[[nodiscard]] QStringList estimateCommand(const Session &session, const QString &report);

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QString>

namespace pimento {

// A text of somebody else's on its way to a terminal, a log or a table: characters that steer instead of being seen -
// controls, those that turn the direction of writing, and those without a width, by which two names look alike - are
// written as in "\x1b" and "\u202e". Line feeds and tabs stay.
[[nodiscard]] QString visible(const QString &text);

// JSON whose invisible characters are written as JSON's own escapes: whoever reads it gets the same strings. Qt escapes
// less (6.4).
[[nodiscard]] QByteArray visibleJson(const QByteArray &json);

}  // namespace pimento

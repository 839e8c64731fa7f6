// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace pimento {

// Any text as a field, cell or word of a format that the program writes: whatever a name holds, it neither ends its
// place nor commands the reader. One function a format, for every writer of that format.

// A field of RFC 4180: quoted where it must be.
[[nodiscard]] QString csvEscaped(QString text);

// A field between tabs, which there is no way to quote: tabs and line ends in it become spaces.
[[nodiscard]] QString tabsEscaped(const QString &text);

// Inline text of GitHub's Markdown, a table's cell included: no markup, no HTML, lines broken with <br>.
[[nodiscard]] QString markdownEscaped(const QString &text);

// Text of HTML, lines broken with <br>; controls, which HTML forbids, become spaces.
[[nodiscard]] QString htmlEscaped(const QString &text);

// Text of LaTeX, in one line, for any engine and font encoding. It may begin a cell: `[` and `*` are not taken for
// arguments of the command before them. A character that pdfLaTeX has no command for is \pimentochar{its code in
// hexadecimals}; what writes such text defines that first (latexCharDefinition).
[[nodiscard]] QString latexEscaped(const QString &text);

// Sets the character where the engine can (LuaLaTeX, XeLaTeX), else names it: [U+4E2D].
inline const QString latexCharDefinition =
    QStringLiteral("\\providecommand{\\pimentochar}[1]{\\ifdefined\\Uchar\\Uchar\"#1\\else\\texttt{[U+#1]}\\fi}\n");

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>

namespace pimento {

// Names that mean something in one of the formats that tables are written in.
inline QStringList hostileNames() {
  return {QStringLiteral("[0.5ex]"),
          QStringLiteral("*"),
          QStringLiteral("(1-2)"),
          QStringLiteral(" [lead"),
          QStringLiteral("a|b_c & 50 % <x> $y$ #1 {z} ~^"),
          QStringLiteral("\\end{tabular}\\input{/etc/hostname}"),
          QStringLiteral("\\"),
          QStringLiteral("line\nbreak\r\nand\rreturn"),
          QStringLiteral("--a---b"),
          QStringLiteral("\"quoted\", 'x' `y` ``z''"),
          QStringLiteral("<script>alert(1)</script>&amp;"),
          QStringLiteral("**bold** _em_ [link](http://x) ![i](y) ~~s~~"),
          QStringLiteral("Größe éåçñ Łódź ą ħ ?` !`"),
          QStringLiteral("中文 😀 \u200b\u202e"),
          QStringLiteral("a\tb\u0001c\u007fd"),
          QStringLiteral("=1+2"),
          QStringLiteral("µ × ² Ω λ → −5 … ≤"),
          QStringLiteral("1.5e3")};
}

}  // namespace pimento

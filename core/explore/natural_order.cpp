// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/natural_order.h"

namespace pimento {

namespace {

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

// Digits behind "0." are a fraction and compare digit by digit, as letters do.
bool inFraction(const QString &text, qsizetype i) {
  while (i > 0 && isDigit(text[i - 1])) --i;
  return i > 1 && text[i - 1] == u'.' && isDigit(text[i - 2]);
}

// The run of digits at `i` without leading zeros; moves `i` behind it.
QStringView wholeNumber(const QString &text, qsizetype &i) {
  while (i < text.size() && text[i] == u'0') ++i;
  const qsizetype begin = i;
  while (i < text.size() && isDigit(text[i])) ++i;
  return QStringView(text).mid(begin, i - begin);
}

int compareNaturally(const QString &a, const QString &b) {
  qsizetype i = 0;
  qsizetype j = 0;
  while (i < a.size() && j < b.size()) {
    if (isDigit(a[i]) && isDigit(b[j]) && !inFraction(a, i) && !inFraction(b, j)) {
      const QStringView x = wholeNumber(a, i);
      const QStringView y = wholeNumber(b, j);
      if (x.size() != y.size()) return x.size() < y.size() ? -1 : 1;
      if (const int order = x.compare(y); order != 0) return order;
    } else {
      const QChar x = a[i++].toLower();
      const QChar y = b[j++].toLower();
      if (x != y) return x < y ? -1 : 1;
    }
  }
  if (i == a.size() && j == b.size()) return 0;
  return i == a.size() ? -1 : 1;
}

}  // namespace

bool naturallyBefore(const QString &a, const QString &b) {
  const int order = compareNaturally(a, b);
  return order != 0 ? order < 0 : a < b;
}

}  // namespace pimento

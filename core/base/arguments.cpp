// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/arguments.h"

#include <QRegularExpression>

#include <QStringDecoder>

#include "core/base/error.h"

namespace pimento {

namespace {

// Bytes outside of printable ASCII as \xE9.
QString spelledOut(const QByteArray &bytes) {
  QString text;
  for (const char byte : bytes) {
    if (byte >= ' ' && byte <= '~')
      text += QLatin1Char(byte);
    else
      text += QStringLiteral("\\x%1")
                  .arg(static_cast<unsigned char>(byte), 2, 16, QLatin1Char('0'))
                  .toUpper()
                  .replace(QLatin1Char('X'), QLatin1Char('x'));
  }
  return text;
}

}  // namespace

QStringList argumentsOf(int argc, const char *const *argv) {
  QStringList arguments;
  for (int i = 1; i < argc; ++i) {
    const QByteArray bytes(argv[i]);
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);  // a torn end is an error
    arguments << decode(bytes);
    if (decode.hasError())
      throw Error(QStringLiteral("argument %1").arg(i), QStringLiteral("\"%1\" is not UTF-8").arg(spelledOut(bytes)),
                  QStringLiteral("rename the file (convmv does that), or write the word in UTF-8"));
  }
  return arguments;
}

QString shellCommand(const QStringList &words) {
  static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_@%+=:,./-]+$"));
  QStringList out;
  for (QString word : words)
    out << (plain.match(word).hasMatch()
                ? word
                : QLatin1Char('\'') + word.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\''));
  return out.join(QLatin1Char(' '));
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/warning_notes.h"

#include <map>
#include <vector>

#include "core/explore/design_report.h"
#include "core/explore/design_table.h"

namespace pimento {

namespace {

constexpr qsizetype LineWidth = 100;

// Words in lines; those after the first begin with `indent`.
QString wrapped(const QString &text, const QString &indent) {
  QString out;
  QString line;
  for (const QString &word : text.split(QLatin1Char(' '))) {
    if (line.size() + 1 + word.size() > LineWidth && !line.trimmed().isEmpty()) {
      out += line + QLatin1Char('\n');
      line = indent + word;
      continue;
    }
    line += line.isEmpty() ? QStringLiteral("  ") + word : QLatin1Char(' ') + word;
  }
  return out + line + QLatin1Char('\n');
}

// What rows with something to say differ in, beside the variant.
struct Differences {
  bool network = false;
  bool platform = false;
  bool scope = false;
};

using TextsOf = QStringList (*)(const DesignTable &, std::uint32_t);

Differences differences(const DesignTable &table, std::span<const std::uint32_t> rows, TextsOf textsOf) {
  Differences d;
  const DesignKey *first = nullptr;
  for (const std::uint32_t row : rows) {
    if (textsOf(table, row).isEmpty()) continue;
    const DesignKey &key = table.key(row);
    if (first == nullptr) first = &key;
    d.network = d.network || key.network != first->network;
    d.platform = d.platform || key.platform != first->platform;
    d.scope = d.scope || key.scope != first->scope;
  }
  return d;
}

QString rowName(const DesignTable &table, std::uint32_t row, const Differences &differ) {
  const DesignKey &key = table.key(row);
  QString name = table.name(key.variant);
  if (differ.network) name.prepend(table.name(key.network) + QLatin1Char(':'));
  if (differ.platform) name += QStringLiteral(" on ") + table.name(key.platform);
  if (differ.scope) name += QStringLiteral(" (%1)").arg(scopeName(key.scope));
  return name;
}

// Each text once, led by the rows that it concerns.
QString notes(const QString &title, const DesignTable &table, std::span<const std::uint32_t> rows, TextsOf textsOf) {
  const Differences differ = differences(table, rows, textsOf);
  QStringList texts;  // in the order of their first row
  std::map<QString, QStringList> concerned;
  for (const std::uint32_t row : rows)
    for (const QString &text : textsOf(table, row)) {
      if (!texts.contains(text)) texts << text;
      concerned[text] << rowName(table, row, differ);
    }
  QString out;
  for (const QString &text : texts)
    out += wrapped(concerned[text].join(QStringLiteral(", ")) + QStringLiteral(": ") + text, QStringLiteral("    "));
  return out.isEmpty() ? out : QStringLiteral("\n%1:\n").arg(title) + out;
}

QStringList validityTexts(const DesignTable &table, std::uint32_t row) {
  const QString text = validityText(table, row);
  return text.isEmpty() ? QStringList() : QStringList{text};
}

}  // namespace

QString validityNotes(const DesignTable &table, std::span<const std::uint32_t> rows) {
  return notes(QStringLiteral("Validity"), table, rows, validityTexts);
}

}  // namespace pimento

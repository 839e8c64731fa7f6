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

// What rows with warnings differ in, beside the variant.
struct Differences {
  bool network = false;
  bool platform = false;
  bool scope = false;
};

Differences differences(const DesignTable &table, std::span<const std::uint32_t> rows) {
  Differences d;
  const DesignKey *first = nullptr;
  for (const std::uint32_t row : rows) {
    if (warningsOf(table, row).isEmpty()) continue;
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

}  // namespace

QString warningNotes(const DesignTable &table, std::span<const std::uint32_t> rows) {
  const Differences differ = differences(table, rows);
  QStringList texts;  // in the order of their first row
  std::map<QString, QStringList> concerned;
  for (const std::uint32_t row : rows)
    for (const QString &warning : warningsOf(table, row)) {
      if (!texts.contains(warning)) texts << warning;
      concerned[warning] << rowName(table, row, differ);
    }
  QString out;
  for (const QString &text : texts)
    out += wrapped(concerned[text].join(QStringLiteral(", ")) + QStringLiteral(": ") + text, QStringLiteral("    "));
  return out.isEmpty() ? out : QStringLiteral("\nWarnings:\n") + out;
}

}  // namespace pimento

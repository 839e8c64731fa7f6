// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/published/sourced.h"

#include <algorithm>

namespace pimento {

namespace {

// "DECO, Table III, VGG16 FE" and "DECO, Table III, VGG16 CM2" → "DECO, Table III, VGG16 FE and VGG16 CM2".
QString joined(const QStringList &sources) {
  if (sources.size() == 1) return sources.front();
  const QString comma = QStringLiteral(", ");
  const QString place = sources.front().section(comma, 0, -2);
  QStringList rows;
  for (const QString &source : sources)
    if (source.section(comma, 0, -2) == place) rows << source.section(comma, -1);
  if (rows.size() != sources.size()) return sources.join(QStringLiteral("; "));
  return place + comma + rows.join(QStringLiteral(" and "));
}

QString grouped(const QString &expression) {
  return expression.contains(QStringLiteral(" + ")) || expression.contains(QStringLiteral(" x "))
             ? QStringLiteral("(%1)").arg(expression)
             : expression;
}

}  // namespace

Sourced sourced(const PrintedCell &cell, const QString &unit) { return {cell.value, cell.text + unit, cell.from}; }

Sourced derive(const QString &symbol, double value, const QString &expression, const std::vector<Sourced> &parts) {
  Provenance from{Kind::Derived, {}, symbol + QStringLiteral(" = ") + expression, {}};
  QStringList sources;
  for (const Sourced &part : parts) {
    from.kind = weakest(from.kind, part.from.kind);
    from.corrected = from.corrected || part.from.corrected;
    if (!sources.contains(part.from.source)) sources << part.from.source;
    for (const QString &warning : part.from.warnings)
      if (!from.warnings.contains(warning)) from.warnings << warning;
  }
  from.source = joined(sources);
  return {QString::number(value, 'g', 15).toDouble(), expression, std::move(from)};
}

Sourced sum(const QString &symbol, const std::vector<Sourced> &parts) {
  if (parts.size() == 1) return parts.front();
  double value = 0;
  QStringList terms;
  for (const Sourced &part : parts) {
    value += part.value;
    terms << part.expression;
  }
  return derive(symbol, value, terms.join(QStringLiteral(" + ")), parts);
}

Sourced sumOfProducts(const QString &symbol, const std::vector<Sourced> &a, const std::vector<Sourced> &b,
                      double scale) {
  double value = 0;
  QStringList terms;
  std::vector<Sourced> parts;
  for (std::size_t i = 0; i < a.size(); ++i) {
    value += a[i].value * b[i].value;
    terms << a[i].expression + QStringLiteral(" x ") + b[i].expression;
    parts.insert(parts.end(), {a[i], b[i]});
  }
  return derive(symbol, value * scale, terms.join(QStringLiteral(" + ")), parts);
}

Sourced quotient(const QString &symbol, const Sourced &a, const Sourced &b, double scale) {
  return derive(symbol, a.value / b.value * scale,
                grouped(a.expression) + QStringLiteral(" / ") + grouped(b.expression), {a, b});
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/compare_model.h"

#include <algorithm>
#include <set>

#include "app/session/labels.h"
#include "app/session/session.h"
#include "core/explore/design_report.h"
#include "core/explore/warning_cell.h"
#include "widgets/plain_text.h"

namespace pimento {

CompareModel::CompareModel(Session &session, QObject *parent) : QAbstractTableModel(parent), m_session(session) {
  connect(&session, &Session::pinsChanged, this, &CompareModel::reload);
  connect(&session, &Session::tableChanged, this, &CompareModel::reload);
  reload();
}

void CompareModel::reload() {
  beginResetModel();
  m_pins = m_session.pinnedRows();
  m_metrics.clear();
  for (const MetricInfo &m : allMetrics()) {
    const auto has = [&](std::uint32_t row) { return m_session.table().at(row, m.metric).has_value(); };
    if (std::any_of(m_pins.begin(), m_pins.end(), has)) m_metrics.push_back(m.metric);
  }
  endResetModel();
}

int CompareModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_metrics.size());
}

int CompareModel::columnCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_pins.size());
}

QString CompareModel::text(std::size_t pin, Metric metric) const {
  const DesignTable &table = m_session.table();
  const auto own = table.at(m_pins[pin], metric);
  const QString text = valueText(table, m_pins[pin], metric);
  const QString value = own ? kindGlyph(own->from->kind) + QLatin1Char(' ') + text : text;
  const auto base = table.at(m_pins.front(), metric);
  if (pin == 0 || !own || !base) return value;
  return QStringLiteral("%1   (%2)").arg(value, differenceText(metric, own->value, base->value));
}

QVariant CompareModel::data(const QModelIndex &at, int role) const {
  if (!at.isValid()) return {};
  const auto pin = static_cast<std::size_t>(at.column());
  const Metric metric = m_metrics[static_cast<std::size_t>(at.row())];
  if (role == Qt::DisplayRole) return text(pin, metric);
  if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::ToolTipRole) return {};
  const auto quantity = m_session.table().at(m_pins[pin], metric);
  if (!quantity) return {};
  QStringList lines{QStringLiteral("%1: %2").arg(kindName(quantity->from->kind), quantity->from->source)};
  if (quantity->from->corrected) lines << CorrectedMark + QLatin1Char(' ') + CorrectedMeans;
  for (const QString &warning : quantity->from->warnings)
    lines << QStringLiteral("%1 %2").arg(levelGlyph(levelOf(warning)), ledBy(levelOf(warning), withoutLevel(warning)));
  return plainTip(lines.join(QLatin1Char('\n')));
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (section < 0) return {};
  const auto i = static_cast<std::size_t>(section);
  if (orientation == Qt::Vertical)
    return role == Qt::DisplayRole && i < m_metrics.size() ? metricTitle(m_metrics[i]) : QVariant();
  if (i >= m_pins.size()) return {};
  const DesignTable &table = m_session.table();
  const QString validity = validityNote(table, m_pins[i]);
  if (role == Qt::ToolTipRole)
    return plainTip(validity.isEmpty() ? table.id(m_pins[i]) : table.id(m_pins[i]) + QLatin1Char('\n') + validity);
  if (role != Qt::DisplayRole) return {};
  const QString glyph = validityGlyph(table.validity(m_pins[i]));
  return (glyph.isEmpty() ? QString() : QStringLiteral("%1 %2: ").arg(glyph, validityName(table.validity(m_pins[i])))) +
         designName(table, m_pins[i]) + QLatin1Char('\n') + designSetting(table, m_pins[i]);
}

QString CompareModel::legend() const {
  std::set<Kind> kinds;
  bool corrected = false;
  for (const std::uint32_t row : m_pins)
    for (const Metric metric : m_metrics)
      if (const auto value = m_session.table().at(row, metric)) {
        kinds.insert(value->from->kind);
        corrected = corrected || value->from->corrected;
      }
  QStringList parts;
  for (const Kind kind : kinds) parts << kindGlyph(kind) + QLatin1Char(' ') + kindName(kind);
  if (corrected) parts << CorrectedMark + QLatin1Char(' ') + CorrectedMeans;
  QString text = parts.join(QStringLiteral("   "));
  for (const std::uint32_t row : m_pins)
    if (const QString note = validityNote(m_session.table(), row); !note.isEmpty())
      text += QStringLiteral("\n%1 (%2)").arg(note, designName(m_session.table(), row));
  return text;
}

// A row a metric, then what belongs to the whole design.
ReportTable CompareModel::report() const {
  const DesignTable &table = m_session.table();
  ReportTable report{{QStringLiteral("metric"), QStringLiteral("unit")}, {}};
  for (const std::uint32_t row : m_pins) report.columns << table.id(row) << table.id(row) + QStringLiteral(" kind");
  for (const Metric metric : m_metrics) {
    std::vector<Cell> cells{metricTitle(metric), QString::fromUtf8(info(metric).unit)};
    for (const std::uint32_t row : m_pins) {
      const auto quantity = table.at(row, metric);
      cells.push_back(quantity ? Cell{quantity->value} : Cell{});
      const QString corrected = quantity && quantity->from->corrected ? QStringLiteral(", corrected") : QString();
      cells.push_back(quantity ? Cell{kindName(quantity->from->kind) + corrected} : Cell{});
    }
    report.rows.push_back(std::move(cells));
  }
  const auto add = [&](const char *name, auto textOf) {
    std::vector<Cell> cells{QString::fromLatin1(name), QString()};
    for (const std::uint32_t row : m_pins) {
      const QString text = textOf(row);
      cells.push_back(text.isEmpty() ? Cell{} : Cell{text});
      cells.push_back(Cell{});
    }
    report.rows.push_back(std::move(cells));
  };
  add("validity", [&](std::uint32_t row) { return validityName(table.validity(row)); });
  add("validity_reason", [&](std::uint32_t row) { return table.validityReason(row); });
  add("warnings", [&](std::uint32_t row) { return warningCell(table, row); });
  add("profile_hash", [&](std::uint32_t row) { return table.name(table.key(row).profileHash); });
  return report;
}

// The summary of the pinned designs, turned: kinds, corrections, validity and warnings stand behind its values and
// below.
ReportTable CompareModel::summary() const {
  const ReportTable designs = designSummary(m_session.table(), m_pins, SummarySources::Shown, m_metrics);
  ReportTable turned;
  turned.title = QStringLiteral("Compared designs");
  turned.columns << QStringLiteral("property");
  for (const std::uint32_t row : m_pins) {
    const QString title = designTitle(m_session.table(), row);  // of two profiles of one name it is the same
    turned.columns << (turned.columns.contains(title) ? m_session.table().id(row) : title);
  }
  for (std::size_t c = 0; c < static_cast<std::size_t>(designs.columns.size()); ++c) {
    const QString &name = designs.columns[static_cast<qsizetype>(c)];
    const std::size_t row = turned.rows.size();
    std::vector<Cell> cells{name};
    for (std::size_t pin = 0; pin < m_pins.size(); ++pin) {
      cells.push_back(designs.rows[pin][c]);
      if (const QString mark = markOf(designs, pin, c); !mark.isEmpty())
        turned.marks[{row, turned.columns[static_cast<qsizetype>(pin) + 1]}] = mark;
    }
    if (const QString mark = markOfColumn(designs, c); !mark.isEmpty())
      turned.marks[{row, turned.columns.front()}] = mark;
    turned.rows.push_back(std::move(cells));
  }
  turned.notes = designs.notes;
  return turned;
}

}  // namespace pimento

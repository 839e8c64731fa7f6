// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/controls/copy_rows.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <map>
#include <set>

namespace pimento {

namespace {

// One line, whatever the cell holds: a header of two lines is one column's.
QString inOneLine(QString text) {
  return text.replace(QLatin1Char('\n'), QLatin1Char(' ')).replace(QChar(QChar::Nbsp), QLatin1Char(' '));
}

}  // namespace

ReportTable selectedCells(const QAbstractItemView &view) {
  ReportTable table;
  if (!view.selectionModel()) return table;
  const QAbstractItemModel &model = *view.model();
  std::set<int> columns;
  std::map<QModelIndex, std::map<int, QString>> rows;  // by the first cell of the row
  for (const QModelIndex &at : view.selectionModel()->selectedIndexes()) {
    columns.insert(at.column());
    rows[at.siblingAtColumn(0)][at.column()] = inOneLine(at.data().toString());
  }
  if (rows.empty()) return table;
  const auto header = [&](int section, Qt::Orientation orientation) {
    return inOneLine(model.headerData(section, orientation).toString());
  };
  // Rows of a table that are named, as the metrics of a comparison are, keep their names.
  const bool named = model.headerData(0, Qt::Vertical).isValid() &&
                     header(rows.begin()->first.row(), Qt::Vertical) != QString::number(rows.begin()->first.row() + 1);
  if (named) table.columns << QString();
  for (const int column : columns) table.columns << header(column, Qt::Horizontal);
  for (const auto &[first, texts] : rows) {
    std::vector<Cell> cells;
    if (named) cells.push_back(header(first.row(), Qt::Vertical));
    for (const int column : columns) {
      const auto text = texts.find(column);
      cells.push_back(text == texts.end() ? QString() : text->second);
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

void copyToClipboard(const ReportTable &table) {
  auto *data = new QMimeData;
  data->setText(toTabs(table));
  data->setData(QStringLiteral("text/csv"), toCsv(table).toUtf8());
  QGuiApplication::clipboard()->setMimeData(data);
}

}  // namespace pimento

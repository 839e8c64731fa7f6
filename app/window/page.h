// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <QWidget>

#include "core/base/report_table.h"
#include "widgets/figure.h"

namespace pimento {

// One tab of the window: a chart or two with their controls.
class Page : public QWidget {
  Q_OBJECT
 public:
  using QWidget::QWidget;

  [[nodiscard]] virtual QString name() const = 0;   // "trade-off": in projects and on the command line
  [[nodiscard]] virtual QString title() const = 0;  // of the tab

  // What Export chart writes; none if the page has nothing to show.
  [[nodiscard]] virtual const Figure *figure() const = 0;

  // The words of the command line that gives this page's rows.
  [[nodiscard]] virtual QStringList command() const = 0;

  // The rows behind the chart, for copying.
  [[nodiscard]] virtual ReportTable report() const = 0;
};

}  // namespace pimento

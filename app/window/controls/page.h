// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QLayout>
#include <QShowEvent>
#include <QStringList>
#include <QWidget>
#include <memory>

#include "core/base/report_table.h"
#include "widgets/figures/figure.h"

namespace pimento {

// One tab of the window: a chart or two with their controls. Brought up to date only while it can be seen.
class Page : public QWidget {
  Q_OBJECT
 public:
  using QWidget::QWidget;

  [[nodiscard]] virtual QString name() const = 0;   // "trade-off": in projects and on the command line
  [[nodiscard]] virtual QString title() const = 0;  // of the tab

  // The chart as Export chart writes it.
  [[nodiscard]] virtual std::unique_ptr<Figure> figure() const = 0;

  // The words of the command line that gives this page's rows; empty if no command can (work that no file has yet).
  [[nodiscard]] virtual QStringList command() const = 0;

  // The rows behind the chart: in full for programs, and with the columns that people read.
  [[nodiscard]] virtual ReportTable report() const = 0;
  [[nodiscard]] virtual ReportTable summary() const { return report(); }

  // Whether nothing of it is still being worked out in another thread.
  [[nodiscard]] virtual bool isSettled() const { return true; }

  // Shown in an area that scrolls: a page takes what height there is, down to the least that it needs.
  [[nodiscard]] int heightForWidth(int width) const override {
    return layout() == nullptr ? -1 : layout()->totalMinimumHeightForWidth(width);
  }

 Q_SIGNALS:
  void commandChanged();

 protected:
  virtual void refresh() = 0;  // shows what the session holds now

  void invalidate() {
    m_stale = true;
    if (isVisible()) showEvent(nullptr);
  }
  void showEvent(QShowEvent *event) override {
    if (m_stale) refresh();
    m_stale = false;
    if (event) QWidget::showEvent(event);
  }

 private:
  bool m_stale = true;
};

}  // namespace pimento

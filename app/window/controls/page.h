// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QLayout>
#include <QShowEvent>
#include <QStringList>
#include <QWidget>
#include <functional>
#include <memory>

#include "core/base/report_table.h"
#include "widgets/figures/figure.h"

namespace pimento {

// One tab of the window: a chart or two with their controls. Brought up to date only while it can be seen.
class Page : public QWidget {
  Q_OBJECT
 public:
  using QWidget::QWidget;

  // What its row in the table of pages says of it, told once when it is made. `command` may be none: then the page
  // overrides command().
  void tell(const QString &name, const QString &title, std::function<QStringList()> command) {
    m_name = name;
    m_title = title;
    m_command = std::move(command);
  }
  [[nodiscard]] const QString &name() const { return m_name; }    // "trade-off": on the command line
  [[nodiscard]] const QString &title() const { return m_title; }  // of the tab

  // The chart as Export chart writes it.
  [[nodiscard]] virtual std::unique_ptr<Figure> figure() const = 0;

  // The words of the command line that gives this page's rows; empty if no command can (work that no file has yet).
  [[nodiscard]] virtual QStringList command() const { return m_command ? m_command() : QStringList(); }

  // The rows behind the chart: in full for programs, and with the columns that people read.
  [[nodiscard]] virtual ReportTable report() const = 0;
  [[nodiscard]] virtual ReportTable summary() const { return report(); }

  // What the rows are called in a sentence, and the file that they are written into, without suffix.
  [[nodiscard]] virtual QString rowsTitle() const { return title(); }
  [[nodiscard]] virtual QString rowsFile() const { return name(); }

  // Whether it is about the parameters of the what-if, whose sliders then come to the front with it.
  [[nodiscard]] virtual bool comesWithSliders() const { return false; }

  // Whether nothing of it is still being worked out in another thread.
  [[nodiscard]] virtual bool isSettled() const { return true; }

  // Shown in an area that scrolls: a page takes what height there is, down to the least that it needs.
  [[nodiscard]] int heightForWidth(int width) const override {
    return layout() == nullptr ? -1 : layout()->totalMinimumHeightForWidth(width);
  }

 Q_SIGNALS:
  void commandChanged();
  void inspectRequested();                        // of the selected design
  void sectionRequested(const QString &section);  // of the sliders; empty: any

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
  QString m_name;
  QString m_title;
  std::function<QStringList()> m_command;
};

}  // namespace pimento

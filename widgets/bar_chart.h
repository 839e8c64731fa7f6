// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>
#include <optional>

#include "widgets/figures/bar_figure.h"

namespace pimento {

// Bars on the screen. A click or the up and down keys select a bar, left and right a part of it; both are told as text.
// Asks for the height it needs, so many layers belong into a scroll area.
class BarChart : public QWidget {
  Q_OBJECT
 public:
  explicit BarChart(QWidget *parent = nullptr);

  void setData(BarData content);
  void setSelected(std::optional<std::size_t> bar);

  [[nodiscard]] const BarFigure &figure() const { return m_figure; }  // for exports
  [[nodiscard]] std::optional<std::size_t> selected() const { return m_selected; }
  [[nodiscard]] QString textOf(std::size_t bar, std::optional<std::size_t> part) const;
  [[nodiscard]] std::optional<std::size_t> barAt(QPointF position) const;
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void barSelected(std::size_t bar);

 protected:
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void changeEvent(QEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;

 private:
  void select(std::size_t bar, std::optional<std::size_t> part);
  [[nodiscard]] std::optional<std::size_t> partAt(std::size_t bar, QPointF position) const;
  void updateLayout();

  BarFigure m_figure;
  Style m_style;
  BarFigure::Layout m_layout;
  std::optional<std::size_t> m_selected;
  std::optional<std::size_t> m_part;
};

}  // namespace pimento

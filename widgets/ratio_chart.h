// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/figure_view.h"
#include "widgets/figures/ratio_figure.h"

namespace pimento {

// Ratios on the screen; items are the rows. Asks for the height that its rows need.
class RatioChart final : public FigureView {
  Q_OBJECT
 public:
  explicit RatioChart(QWidget *parent = nullptr);

  void setData(RatioData content);

  [[nodiscard]] const RatioFigure &figure() const override { return m_figure; }
  [[nodiscard]] std::size_t itemCount() const override { return m_figure.data().rows.size(); }
  [[nodiscard]] QString textOf(std::size_t item) const override;
  [[nodiscard]] std::optional<std::size_t> itemAt(QPointF position) const override;
  [[nodiscard]] int heightForWidth(int width) const override;
  [[nodiscard]] QSize minimumSizeHint() const override;
  [[nodiscard]] QRectF boxOf(std::size_t item) const { return m_layout.rows[item]; }  // in the widget

 protected:
  [[nodiscard]] QString description() const override;
  [[nodiscard]] QPointF placeOf(std::size_t item) const override;
  void paintSelection(QPainter &painter, std::size_t item) const override;
  void layOut() override;

 private:
  RatioFigure m_figure;
  RatioFigure::Layout m_layout;
};

}  // namespace pimento

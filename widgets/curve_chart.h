// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/figure_view.h"
#include "widgets/figures/curve_figure.h"

namespace pimento {

// Curves on the screen. Left and right go along a curve, up and down to the others.
class CurveChart final : public FigureView {
  Q_OBJECT
 public:
  explicit CurveChart(QWidget *parent = nullptr);

  void setData(CurveData content);

  // The items that arrow keys and tool tips go through are the points of all series, one series after the other.
  [[nodiscard]] const CurveFigure &figure() const override { return m_figure; }
  [[nodiscard]] std::size_t itemCount() const override;
  [[nodiscard]] QString textOf(std::size_t item) const override;
  [[nodiscard]] std::optional<std::size_t> itemAt(QPointF position) const override;

 protected:
  [[nodiscard]] QString description() const override;
  [[nodiscard]] std::optional<std::size_t> neighbour(std::size_t item, int key) const override;
  [[nodiscard]] QPointF placeOf(std::size_t item) const override;
  void paintSelection(QPainter &painter, std::size_t item) const override;
  void layOut() override;

 private:
  struct Place {
    std::size_t series = 0, point = 0;
  };
  [[nodiscard]] Place place(std::size_t item) const;
  [[nodiscard]] std::size_t itemOf(Place at) const;

  CurveFigure m_figure;
  CurveFigure::Layout m_layout;
};

}  // namespace pimento

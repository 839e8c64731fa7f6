// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/figure_view.h"
#include "widgets/figures/histogram_figure.h"

namespace pimento {

// Distributions on the screen; items are the distributions.
class HistogramChart final : public FigureView {
  Q_OBJECT
 public:
  explicit HistogramChart(QWidget *parent = nullptr);

  void setData(HistogramData content);

  [[nodiscard]] const HistogramFigure &figure() const override { return m_figure; }
  [[nodiscard]] std::size_t itemCount() const override { return m_figure.data().distributions.size(); }
  [[nodiscard]] QString textOf(std::size_t item) const override;
  [[nodiscard]] std::optional<std::size_t> itemAt(QPointF position) const override;  // under overlaps the lowest

 protected:
  [[nodiscard]] QString description() const override;
  [[nodiscard]] QPointF placeOf(std::size_t item) const override;
  void paintSelection(QPainter &painter, std::size_t item) const override;
  void layOut() override;

 private:
  HistogramFigure m_figure;
  HistogramFigure::Layout m_layout;
};

}  // namespace pimento

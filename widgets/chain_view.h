// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/figure_view.h"
#include "widgets/figures/chain_figure.h"

namespace pimento {

// The chain on the screen; items are its boxes. Asks for the height that its width needs.
class ChainView final : public FigureView {
  Q_OBJECT
 public:
  explicit ChainView(QWidget *parent = nullptr);

  void setData(ChainData content);

  [[nodiscard]] const ChainFigure &figure() const override { return m_figure; }
  [[nodiscard]] std::size_t itemCount() const override { return m_figure.data().boxes.size(); }
  [[nodiscard]] QString textOf(std::size_t item) const override;
  [[nodiscard]] std::optional<std::size_t> itemAt(QPointF position) const override;
  [[nodiscard]] int heightForWidth(int width) const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void boxActivated(std::size_t box);  // clicked, or Enter or Space while it is selected

 protected:
  [[nodiscard]] QString description() const override;
  [[nodiscard]] QPointF placeOf(std::size_t item) const override;
  void paintSelection(QPainter &painter, std::size_t item) const override;
  void layOut() override;

 private:
  ChainFigure m_figure;
  ChainFigure::Layout m_layout;
};

}  // namespace pimento

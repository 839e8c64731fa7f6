// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QStringList>
#include <memory>

#include "widgets/figures/figure.h"

namespace pimento {

// A figure on its way to paper with lines below it, small: what stands behind its values when no inspector does. On the
// screen, and without notes, it is the figure itself.
class FootnotedFigure final : public Figure {
 public:
  FootnotedFigure(std::unique_ptr<Figure> figure, QStringList notes);

  [[nodiscard]] const QStringList &notes() const { return m_notes; }
  [[nodiscard]] const Figure &figure() const { return *m_figure; }
  [[nodiscard]] QString title() const override { return m_figure->title(); }
  [[nodiscard]] double heightFor(double width, const Style &style) const override;
  void paint(QPainter &painter, const QRectF &bounds, const Style &style) const override;

 private:
  [[nodiscard]] QStringList lines(double width, const Style &style) const;  // wrapped
  [[nodiscard]] double heightOf(const QStringList &lines, const Style &style) const;

  std::unique_ptr<Figure> m_figure;
  QStringList m_notes;
};

}  // namespace pimento

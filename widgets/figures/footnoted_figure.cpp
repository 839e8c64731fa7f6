// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/footnoted_figure.h"

#include <QPainter>

#include "widgets/figures/heading.h"
#include "widgets/figures/text.h"

namespace pimento {

FootnotedFigure::FootnotedFigure(std::unique_ptr<Figure> figure, QStringList notes)
    : m_figure(std::move(figure)), m_notes(std::move(notes)) {}

QStringList FootnotedFigure::lines(double width, const Style &style) const {
  QStringList lines;
  if (style.medium != Medium::Print) return lines;
  const double inner = withinMargin(QRectF(0, 0, width, style.em() * 100), style).width();
  for (const QString &note : m_notes) lines << wrapped(note, style.smallFont(), inner);
  return lines;
}

double FootnotedFigure::heightOf(const QStringList &lines, const Style &style) const {
  if (lines.isEmpty()) return 0;
  return lineHeight(style.smallFont()) * static_cast<double>(lines.size()) + style.em() * 0.5;
}

double FootnotedFigure::heightFor(double width, const Style &style) const {
  return m_figure->heightFor(width, style) + heightOf(lines(width, style), style);
}

void FootnotedFigure::paint(QPainter &painter, const QRectF &bounds, const Style &style) const {
  const QStringList below = lines(bounds.width(), style);
  const QRectF above = bounds.adjusted(0, 0, 0, -heightOf(below, style));
  m_figure->paint(painter, above, style);
  if (below.isEmpty()) return;
  const QRectF box(bounds.left(), above.bottom(), bounds.width(), bounds.bottom() - above.bottom());
  painter.fillRect(box, style.theme.background);
  const QRectF inner = withinMargin(bounds, style);
  drawLines(painter, QRectF(inner.left(), above.bottom(), inner.width(), box.height()), below, style.smallFont(),
            style.theme.mutedText, style);
}

}  // namespace pimento

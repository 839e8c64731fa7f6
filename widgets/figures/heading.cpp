// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/heading.h"

#include <QFontMetricsF>

#include "widgets/figures/text.h"

namespace pimento {

QRectF withinMargin(const QRectF &bounds, const Style &style) {
  const double em = style.em();
  return bounds.adjusted(em * 0.4, em * 0.3, -em * 0.4, -em * 0.3);
}

Heading layOutHeading(const QString &title, const QString &takeaway, const QRectF &inner, const Style &style) {
  const auto box = [&](double top, const QFont &font, const QStringList &lines) {
    return QRectF(inner.left(), top, inner.width(), lineHeight(font) * static_cast<double>(lines.size()));
  };
  Heading heading;
  if (style.heading == HeadingIs::LeftOut) {
    heading.title = heading.takeaway = QRectF(inner.topLeft(), QSizeF(inner.width(), 0));
    return heading;
  }
  heading.titleLines = wrapped(title, style.titleFont(), inner.width());
  heading.title = box(inner.top(), style.titleFont(), heading.titleLines);
  heading.takeawayLines = wrapped(takeaway, style.font, inner.width());
  heading.takeaway = box(heading.title.bottom(), style.font, heading.takeawayLines);
  return heading;
}

Heading layOutHeading(const QString &title, const QString &takeaway, const QRectF &inner, const Style &style,
                      std::size_t takeawayLines) {
  Heading heading = layOutHeading(title, takeaway, inner, style);
  if (style.heading == HeadingIs::LeftOut) return heading;
  const auto most = static_cast<qsizetype>(takeawayLines);
  QStringList &lines = heading.takeawayLines;
  heading.cut = lines.size() > most;
  if (heading.cut) {
    const QString rest = lines.mid(most - 1).join(QLatin1Char(' '));
    lines = lines.mid(0, most - 1) << QFontMetricsF(style.font).elidedText(rest, Qt::ElideRight, inner.width());
  }
  heading.takeaway.setHeight(lineHeight(style.font) * static_cast<double>(takeawayLines));
  return heading;
}

void drawHeading(QPainter &painter, const Heading &heading, const Style &style) {
  drawLines(painter, heading.title, heading.titleLines, style.titleFont(), style.theme.text, style);
  drawLines(painter, heading.takeaway, heading.takeawayLines, style.font, style.theme.mutedText, style);
}

}  // namespace pimento

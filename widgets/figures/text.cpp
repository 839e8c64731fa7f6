// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/text.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

namespace pimento {

double textWidth(const QString &text, const QFont &font) { return QFontMetricsF(font).horizontalAdvance(text); }
double lineHeight(const QFont &font) { return QFontMetricsF(font).height(); }

void drawText(QPainter &painter, const QRectF &box, Qt::Alignment alignment, const QString &text, const QFont &font,
              const QColor &colour, const Style &style) {
  if (text.isEmpty()) return;
  const QFontMetricsF metrics(font);
  const double width = metrics.horizontalAdvance(text);
  double x = box.left();
  if (alignment & Qt::AlignRight) x = box.right() - width;
  if (alignment & Qt::AlignHCenter) x = box.center().x() - width / 2;
  double y = box.top() + metrics.ascent();
  if (alignment & Qt::AlignBottom) y = box.bottom() - metrics.descent();
  if (alignment & Qt::AlignVCenter) y = box.center().y() + (metrics.ascent() - metrics.descent()) / 2;
  if (style.text == TextAs::Outlines) {
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    path.addText(x, y, font, text);
    painter.fillPath(path, colour);
    return;
  }
  painter.setFont(font);
  painter.setPen(colour);
  painter.drawText(QPointF(x, y), text);
}

void drawTextUpwards(QPainter &painter, const QRectF &box, const QString &text, const QFont &font, const QColor &colour,
                     const Style &style) {
  painter.save();
  painter.translate(box.center());
  painter.rotate(-90);
  const QRectF turned(-box.height() / 2, -box.width() / 2, box.height(), box.width());
  drawText(painter, turned, Qt::AlignCenter, text, font, colour, style);
  painter.restore();
}

QStringList wrapped(const QString &text, const QFont &font, double width) {
  QStringList lines;
  QString line;
  const QFontMetricsF metrics(font);
  for (const QString &word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
    const QString longer = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
    if (line.isEmpty() || metrics.horizontalAdvance(longer) <= width) {
      line = longer;
      continue;
    }
    lines << line;
    line = word;
  }
  if (!line.isEmpty()) lines << line;
  return lines;
}

double drawLines(QPainter &painter, const QRectF &box, const QStringList &lines, const QFont &font,
                 const QColor &colour, const Style &style) {
  const double height = lineHeight(font);
  double y = box.top();
  for (const QString &line : lines) {
    drawText(painter, QRectF(box.left(), y, box.width(), height), Qt::AlignLeft, line, font, colour, style);
    y += height;
  }
  return y - box.top();
}

void drawCentred(QPainter &painter, const QRectF &box, const QStringList &lines, const QFont &font,
                 const QColor &colour, const Style &style) {
  const double height = lineHeight(font);
  double y = box.center().y() - height * static_cast<double>(lines.size()) / 2;
  for (const QString &line : lines) {
    drawText(painter, QRectF(box.left(), y, box.width(), height), Qt::AlignHCenter, line, font, colour, style);
    y += height;
  }
}

}  // namespace pimento

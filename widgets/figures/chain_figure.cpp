// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/chain_figure.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "widgets/figures/marker.h"
#include "widgets/figures/text.h"

namespace pimento {

namespace {

constexpr double padding = 0.6;       // em, within a box
constexpr double widestNatural = 13;  // em: longer lines are broken
constexpr double widestBox = 32;      // em: wider is only empty
constexpr double widestAlone = 44;    // of boxes below each other
constexpr double widestLink = 5;      // em, of the words along an arrow
constexpr double arrowLength = 2.2;   // em
constexpr double lineColumn = 11.5;   // em: a box as wide as two of these has its lines in two columns
constexpr double lineColumnGap = 1.5;

QString changeText(const ChainLine &line) {
  const QString from = QStringLiteral("from %1").arg(line.base);
  return line.change.isEmpty() ? from : QStringLiteral("%1, %2").arg(from, line.change);
}

constexpr double kindColumn = 1;  // em, left of a value

double kindWidth(const ChainLine &line, const Style &style) { return line.kind ? style.em() * kindColumn : 0; }

double widthOf(const QStringList &lines, const QFont &font) {
  double widest = 0;
  for (const QString &line : lines) widest = std::max(widest, textWidth(line, font));
  return widest;
}

// What an arrow says, its lines broken where they are too long. Where there is width enough they become one.
QStringList words(const ChainBox &box, double width, const Style &style) {
  const QString joined = box.passesOn.join(QStringLiteral(", "));
  if (textWidth(joined, style.smallFont()) <= width) return joined.isEmpty() ? QStringList() : QStringList(joined);
  QStringList lines;
  for (const QString &line : box.passesOn) lines << wrapped(line, style.smallFont(), width);
  return lines;
}

QFont bold(QFont font) {
  font.setBold(true);
  return font;
}

// Writes a box from the top down, or only measures it: both are the same walk.
class Writer {
 public:
  Writer(const QRectF &inner, const Style &style, QPainter *painter)
      : m_inner(inner), m_style(style), m_painter(painter), m_y(inner.top()) {}

  [[nodiscard]] double y() const { return m_y; }
  void skip(double height) { m_y += height; }

  void text(Qt::Alignment side, const QString &line, const QFont &font, const QColor &colour, double indent = 0) {
    if (m_painter != nullptr)
      drawText(*m_painter, QRectF(m_inner.left() + indent, m_y, m_inner.width() - indent, lineHeight(font)), side, line,
               font, colour, m_style);
  }
  void row(Qt::Alignment side, const QString &line, const QFont &font, const QColor &colour, double indent = 0) {
    text(side, line, font, colour, indent);
    m_y += lineHeight(font);
  }

  void title(const ChainBox &box) {
    const QStringList lines = wrapped(box.title, m_style.titleFont(), m_inner.width() - m_style.em());
    for (const QString &line : lines) row(Qt::AlignLeft, line, m_style.titleFont(), m_style.theme.text);
    m_y += m_style.em() * 0.15;
    if (m_painter != nullptr) {
      m_painter->setPen(QPen(m_style.theme.grid, m_style.hairline()));
      m_painter->drawLine(QPointF(m_inner.left(), m_y), QPointF(m_inner.right(), m_y));
    }
    m_y += m_style.em() * 0.25;
  }

  void line(const ChainLine &line) {
    const Theme &theme = m_style.theme;
    const QFont small = m_style.smallFont();
    const bool changed = !line.base.isEmpty();
    const QFont strong = changed ? bold(small) : small;
    const double width = textWidth(line.value, strong) + kindWidth(line, m_style);
    const QStringList names = wrapped(line.name, small, m_inner.width());
    for (qsizetype i = 0; i + 1 < names.size(); ++i) row(Qt::AlignLeft, names[i], small, theme.mutedText);
    if (!names.isEmpty()) {
      text(Qt::AlignLeft, names.back(), small, theme.mutedText);
      if (textWidth(names.back(), small) + m_style.em() * 0.6 + width > m_inner.width()) m_y += lineHeight(small);
    }
    const QStringList values = wrapped(line.value, strong, m_inner.width() - kindWidth(line, m_style));
    if (line.kind && m_painter != nullptr && !values.isEmpty())
      paintKind(*line.kind, m_inner.right() - textWidth(values.front(), strong), strong);
    for (const QString &part : values) row(Qt::AlignRight, part, strong, theme.text);
    if (!changed) return;
    for (const QString &part : wrapped(changeText(line), small, m_inner.width()))
      row(Qt::AlignRight, part, small, theme.mutedText);
  }

  void warning(const QString &warning) {
    const QFont small = m_style.smallFont();
    const double em = m_style.em();
    m_y += em * 0.2;
    if (m_painter != nullptr) {
      const double marker = em * 0.9;
      paintWarningBadge(*m_painter, QPointF(m_inner.left() - marker * 0.35, m_y + lineHeight(small) * 0.85),
                        marker * 0.5, m_style);
    }
    for (const QString &line : wrapped(warning, small, m_inner.width() - em * 1.2))
      row(Qt::AlignLeft, line, small, m_style.theme.text, em * 1.2);
  }

 private:
  // Neutral, as in the legend of a chart: hue is for families.
  void paintKind(Kind kind, double valueLeft, const QFont &font) {
    Theme theme = m_style.theme;
    theme.hues.fill(theme.mutedText);
    const QPointF centre(valueLeft - m_style.em() * kindColumn / 2, m_y + lineHeight(font) / 2);
    paintMarker(*m_painter, centre, m_style.em() * 0.55, {.kind = kind}, theme, Halo::None);
  }

  QRectF m_inner;
  const Style &m_style;
  QPainter *m_painter;
  double m_y;
};

// In two columns where the box is wide enough: a chain of few, wide boxes is not to be a page long.
void writeLines(const ChainBox &box, const QRectF &inner, const Style &style, QPainter *painter, Writer &writer) {
  const double gap = style.em() * lineColumnGap;
  const bool two = inner.width() >= 2 * style.em() * lineColumn + gap && box.lines.size() > 2;
  const std::size_t columns = two ? 2 : 1;
  const double width = two ? (inner.width() - gap) / 2 : inner.width();
  const std::size_t each = (box.lines.size() + columns - 1) / columns;
  double bottom = writer.y();
  for (std::size_t column = 0; column < columns; ++column) {
    const double left = inner.left() + static_cast<double>(column) * (width + gap);
    Writer part(QRectF(left, writer.y(), width, 0), style, painter);
    for (std::size_t i = column * each; i < std::min((column + 1) * each, box.lines.size()); ++i)
      part.line(box.lines[i]);
    bottom = std::max(bottom, part.y());
  }
  writer.skip(bottom - writer.y());
}

// Returns the height that the box takes.
double write(const ChainBox &box, const QRectF &at, const Style &style, QPainter *painter) {
  const double pad = style.em() * padding;
  Writer writer(at.adjusted(pad, pad * 0.7, -pad, 0), style, painter);
  writer.title(box);
  writeLines(box, at.adjusted(pad, 0, -pad, 0), style, painter, writer);
  for (const QString &warning : box.warnings) writer.warning(warning);
  return writer.y() + pad * 0.8 - at.top();
}

void drawHead(QPainter &painter, QPointF tip, QPointF direction, const Style &style) {
  const QPointF back = -direction * style.em() * 0.55;
  const QPointF side(-back.y() * 0.45, back.x() * 0.45);
  painter.setPen(Qt::NoPen);
  painter.setBrush(style.theme.axis);
  painter.drawPolygon(QPolygonF{tip, tip + back + side, tip + back - side});
}

}  // namespace

double ChainFigure::naturalWidth(const Style &style) const {
  const double em = style.em();
  const QFont small = style.smallFont();
  double width = em * 9;
  for (const ChainBox &box : m_data.boxes) {
    width = std::max(width, textWidth(box.title, style.titleFont()) + em);
    for (const ChainLine &line : box.lines)
      width = std::max(
          {width, textWidth(line.name, small) + em * 0.8 + kindWidth(line, style) + textWidth(line.value, bold(small)),
           line.base.isEmpty() ? 0 : textWidth(changeText(line), small)});
  }
  return std::min(width, em * widestNatural) + 2 * padding * em;
}

double ChainFigure::gapWidth(const Style &style) const {
  const QFont small = style.smallFont();
  double widest = 0;
  for (std::size_t i = 0; i + 1 < m_data.boxes.size(); ++i)
    widest = std::max(widest, widthOf(words(m_data.boxes[i], style.em() * widestLink, style), small));
  return std::max(widest + style.em() * 0.8, style.em() * arrowLength);
}

double ChainFigure::boxHeight(const ChainBox &box, double width, const Style &style) const {
  return write(box, QRectF(0, 0, width, 0), style, nullptr);
}

// Room below a row for the arrow that leads on from its last box.
double ChainFigure::rowGap(const Layout &layout, std::size_t box, double width, const Style &style) const {
  if (box + 1 >= m_data.boxes.size()) return 0;
  const double line = lineHeight(style.smallFont());
  const auto lines = static_cast<double>(words(m_data.boxes[box], width, style).size());
  return lines * line + style.em() * (layout.columns == 1 ? 0.8 : 1.8);
}

ChainFigure::Layout ChainFigure::layout(const QRectF &bounds, const Style &style) const {
  const QRectF inner = withinMargin(bounds, style);
  Layout result;
  result.heading = layOutHeading(m_data.title, m_data.takeaway, inner, style);
  double y = result.heading.bottom() + style.em() * 0.5;
  result.bottom = y;
  const std::size_t count = m_data.boxes.size();
  if (count == 0) return result;
  const double natural = naturalWidth(style);
  result.gap = gapWidth(style);
  const auto most = static_cast<std::size_t>(std::max(1.0, (inner.width() + result.gap) / (natural + result.gap)));
  const std::size_t rows = (count + std::min(most, count) - 1) / std::min(most, count);
  result.columns = (count + rows - 1) / rows;
  const auto columns = static_cast<double>(result.columns);
  const double share = (inner.width() - (columns - 1) * result.gap) / columns;
  const double width = std::min(share, style.em() * (rows == count ? widestAlone : widestBox));
  const double across = (columns - 1) * (width + result.gap) * 0.9;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t first = row * result.columns;
    const std::size_t end = std::min(first + result.columns, count);
    // A last row with fewer boxes is as wide as the others.
    const auto inRow = static_cast<double>(end - first);
    const double wide = (columns * (width + result.gap)) / inRow - result.gap;
    double height = 0;
    for (std::size_t i = first; i < end; ++i) height = std::max(height, boxHeight(m_data.boxes[i], wide, style));
    for (std::size_t i = first; i < end; ++i)
      result.boxes.emplace_back(inner.left() + static_cast<double>(i - first) * (wide + result.gap), y, wide, height);
    result.bottom = y + height;
    y += height + rowGap(result, end - 1, result.columns == 1 ? width * 0.45 : across, style);
  }
  return result;
}

double ChainFigure::heightFor(double width, const Style &style) const {
  const double em = style.em();
  if (m_data.boxes.empty()) return layout(QRectF(0, 0, width, 0), style).bottom + em * 6;
  return layout(QRectF(0, 0, width, 0), style).bottom + em * 0.4;
}

void ChainFigure::paintBox(QPainter &painter, const ChainBox &box, const QRectF &at, const Style &style) const {
  painter.setPen(QPen(style.theme.axis, style.hairline() * 1.3));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(at, style.em() * 0.35, style.em() * 0.35);
  (void)write(box, at, style, &painter);
}

void ChainFigure::paintArrow(QPainter &painter, const Layout &layout, std::size_t from, const Style &style) const {
  const double em = style.em();
  const QFont small = style.smallFont();
  const double line = lineHeight(small);
  const QRectF &a = layout.boxes[from];
  const QRectF &b = layout.boxes[from + 1];
  const ChainBox &box = m_data.boxes[from];
  const QPen pen(style.theme.axis, style.hairline() * 1.6, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin);
  painter.setPen(pen);
  if (a.top() == b.top()) {
    const QStringList lines = words(box, em * widestLink, style);
    const double height = line * static_cast<double>(lines.size());
    const double y = std::max(a.center().y(), a.top() + height + em * 0.3);
    painter.drawLine(QPointF(a.right() + em * 0.25, y), QPointF(b.left() - em * 0.6, y));
    drawHead(painter, QPointF(b.left() - em * 0.2, y), QPointF(1, 0), style);
    drawCentred(painter, QRectF(QPointF(a.right(), y - height - em * 0.15), QPointF(b.left(), y - em * 0.15)), lines,
                small, style.theme.text, style);
    return;
  }
  if (layout.columns == 1) {
    const double x = a.left() + a.width() * 0.3;
    painter.drawLine(QPointF(x, a.bottom() + em * 0.2), QPointF(x, b.top() - em * 0.6));
    drawHead(painter, QPointF(x, b.top() - em * 0.2), QPointF(0, 1), style);
    const QStringList lines = words(box, a.width() * 0.45, style);
    const double height = line * static_cast<double>(lines.size());
    (void)drawLines(painter, QRectF(x + em * 0.7, (a.bottom() + b.top() - height) / 2, a.width(), height), lines, small,
                    style.theme.text, style);
    return;
  }
  // Down from the last box of a row, back below it and down to the first of the next; the words stand on the way back.
  const double start = a.center().x();
  const double end = b.left() + a.width() / 2;  // a last row may have wider boxes
  const QStringList lines = words(box, (start - end) * 0.9, style);
  const double y = b.top() - em * 0.95;
  painter.drawPolyline(
      QPolygonF{QPointF(start, a.bottom() + em * 0.2), {start, y}, {end, y}, {end, b.top() - em * 0.6}});
  drawHead(painter, QPointF(end, b.top() - em * 0.2), QPointF(0, 1), style);
  const double height = line * static_cast<double>(lines.size());
  drawCentred(painter, QRectF(end, y - height - em * 0.1, start - end, height), lines, small, style.theme.text, style);
}

void ChainFigure::paint(QPainter &painter, const QRectF &bounds, const Style &style) const {
  painter.fillRect(bounds, style.theme.background);
  const Layout sized = layout(bounds, style);
  drawHeading(painter, sized.heading, style);
  if (m_data.boxes.empty()) {
    const QString text = m_data.emptyText.isEmpty() ? QStringLiteral("There is nothing to show.") : m_data.emptyText;
    const QRectF rest(QPointF(bounds.left(), sized.bottom), bounds.bottomRight());
    return drawCentred(painter, rest, wrapped(text, style.font, bounds.width() * 0.8), style.font,
                       style.theme.mutedText, style);
  }
  for (std::size_t i = 0; i < m_data.boxes.size(); ++i) {
    paintBox(painter, m_data.boxes[i], sized.boxes[i], style);
    if (i + 1 < m_data.boxes.size()) paintArrow(painter, sized, i, style);
  }
}

}  // namespace pimento

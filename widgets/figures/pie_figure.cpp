// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/pie_figure.h"

#include <QChart>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QLegend>
#include <QPainter>
#include <QPieSeries>
#include <QPieSlice>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "widgets/figures/component_fill.h"
#include "widgets/figures/text.h"

namespace pimento {

namespace {

constexpr double pieShare = 0.8;   // of the box; the numbers stand around it
constexpr double holeShare = 0.5;  // of the pie
constexpr double explodedBy = 0.06;
constexpr double narrow = 40;  // em: below this width the table stands under the pie

bool hasSlice(double value) { return std::isfinite(value) && value > 0; }

QString numberOf(std::size_t slice) { return QString::number(slice + 1); }

// Part of the ring between two turns clockwise from the top.
QPolygonF ringSector(QPointF centre, double radius, double start, double end) {
  const auto steps = static_cast<int>(std::ceil((end - start) * 180)) + 1;
  QPolygonF outer;
  QPolygonF inner;
  for (int i = 0; i <= steps; ++i) {
    const double angle = (start + (end - start) * i / steps) * 2 * std::numbers::pi;
    const QPointF direction(std::sin(angle), -std::cos(angle));
    outer << centre + direction * radius;
    inner.prepend(centre + direction * radius * holeShare);
  }
  return outer + inner;
}

}  // namespace

double PieFigure::sum() const {
  double result = 0;
  for (const PieSlice &slice : m_data.slices)
    if (hasSlice(slice.value)) result += slice.value;
  return result;
}

QString PieFigure::valueText(std::size_t slice) const { return axisValue(m_data.axis, m_data.slices[slice].value); }

QString PieFigure::shareText(std::size_t slice) const {
  const double value = m_data.slices[slice].value;
  if (!hasSlice(value)) return std::isfinite(value) ? QStringLiteral("0 %") : QString();
  const double share = 100 * value / sum();
  return share < 0.1 ? QStringLiteral("< 0.1 %") : QString::number(share, 'f', 1) + QStringLiteral(" %");
}

PieFigure::Layout PieFigure::layout(const QRectF &bounds, const Style &style) const {
  const double em = style.em();
  const QRectF inner = withinMargin(bounds, style);
  Layout result;
  result.heading = layOutHeading(m_data.title, m_data.takeaway, inner, style);
  double y = result.heading.bottom();
  y += em * 0.5;
  result.row = lineHeight(style.smallFont()) * 1.35;
  const double tableHeight = result.row * (static_cast<double>(m_data.slices.size()) + 1);
  const QRectF rest(inner.left(), y, inner.width(), std::max(em, inner.bottom() - y));
  const double above = rest.height() - tableHeight - em * 0.6;
  if (inner.width() < narrow * em && above > em * 8) {
    const double side = std::min(rest.width(), above);
    result.pie = QRectF(rest.center().x() - side / 2, rest.top(), side, side);
    result.table = QRectF(rest.left(), result.pie.bottom() + em * 0.6, rest.width(), tableHeight);
    return result;
  }
  const double side = std::max(em, std::min(rest.width() * 0.42, rest.height()));
  result.pie = QRectF(rest.left(), rest.center().y() - side / 2, side, side);
  const double tableTop = std::max(rest.top(), rest.center().y() - tableHeight / 2);
  const double tableLeft = result.pie.right() + em * 1.5;
  result.table = QRectF(tableLeft, tableTop, std::min(inner.right() - tableLeft, em * 34), tableHeight);
  return result;
}

double PieFigure::heightFor(double width, const Style &style) const {
  const double em = style.em();
  const Layout sized = layout(QRectF(0, 0, width, em * 400), style);
  const double head = sized.heading.bottom() + em * 0.8;
  if (width < narrow * em) return head + std::min(width, em * 22) + em * 0.6 + sized.table.height();
  return head + std::max(sized.table.height(), em * 14);
}

std::optional<std::size_t> PieFigure::sliceAt(const Layout &layout, QPointF position) const {
  if (layout.table.contains(position)) {
    const auto row = static_cast<std::ptrdiff_t>((position.y() - layout.table.top()) / layout.row) - 1;
    if (row >= 0 && row < std::ssize(m_data.slices)) return static_cast<std::size_t>(row);
    return std::nullopt;
  }
  const QPointF d = position - layout.pie.center();
  const double radius = layout.pie.width() / 2 * pieShare;
  const double distance = std::hypot(d.x(), d.y());
  if (distance > radius || distance < radius * holeShare) return std::nullopt;
  double turn = std::atan2(d.x(), -d.y()) / (2 * std::numbers::pi);  // clockwise from the top
  if (turn < 0) turn += 1;
  double end = 0;
  for (std::size_t i = 0; i < m_data.slices.size(); ++i) {
    if (!hasSlice(m_data.slices[i].value)) continue;
    end += m_data.slices[i].value / sum();
    if (turn <= end) return i;
  }
  return std::nullopt;
}

void PieFigure::paintPie(QPainter &painter, const QRectF &box, const Style &style) const {
  auto *series = new QPieSeries;
  series->setPieSize(pieShare);
  series->setHoleSize(pieShare * holeShare);
  for (std::size_t i = 0; i < m_data.slices.size(); ++i) {
    if (!hasSlice(m_data.slices[i].value)) continue;
    QPieSlice *slice = series->append(m_data.slices[i].name, m_data.slices[i].value);
    slice->setBrush(componentColour(i, style.theme));
    slice->setPen(QPen(style.theme.background, style.hairline() * 1.2));
    slice->setLabelVisible(false);
    slice->setExploded(m_selected == i);
    slice->setExplodeDistanceFactor(explodedBy);
  }
  QGraphicsScene scene;
  auto *chart = new QChart;  // owned by the scene, the series by the chart
  chart->addSeries(series);
  chart->legend()->hide();
  chart->setBackgroundVisible(false);
  chart->setMargins(QMargins());
  chart->layout()->setContentsMargins(0, 0, 0, 0);
  scene.addItem(chart);
  chart->resize(box.size());
  chart->setPlotArea(QRectF(QPointF(), box.size()));
  scene.render(&painter, box, QRectF(QPointF(), box.size()));
  paintHatching(painter, box, style);
}

// Over the slices as Qt Charts draws them: it tiles a hatched brush with a picture, which an SVG does not take.
void PieFigure::paintHatching(QPainter &painter, const QRectF &box, const Style &style) const {
  const double radius = box.width() / 2 * pieShare;
  const double whole = sum();
  double before = 0;
  for (std::size_t i = 0; i < m_data.slices.size(); ++i) {
    if (!hasSlice(m_data.slices[i].value)) continue;
    const double start = before / whole;
    before += m_data.slices[i].value;
    const double middle = (start + before / whole) * std::numbers::pi;
    const QPointF away =
        m_selected == i ? QPointF(std::sin(middle), -std::cos(middle)) * radius * explodedBy : QPointF();
    hatchComponent(painter, ringSector(box.center() + away, radius, start, before / whole), i, style);
  }
}

void PieFigure::paintNumbers(QPainter &painter, const QRectF &box, const Style &style) const {
  const QFont small = style.smallFont();
  const double radius = box.width() / 2 * pieShare + lineHeight(small) * 0.75;
  const double whole = sum();
  double before = 0;
  std::vector<QRectF> taken;
  for (std::size_t i = 0; i < m_data.slices.size(); ++i) {
    const double value = m_data.slices[i].value;
    if (!hasSlice(value)) continue;
    const double angle = (before + value / 2) / whole * 2 * std::numbers::pi;
    before += value;
    const QPointF centre =
        box.center() + QPointF(std::sin(angle), -std::cos(angle)) *
                           (m_selected == i ? radius + box.width() / 2 * pieShare * explodedBy : radius);
    const QSizeF size(textWidth(numberOf(i), small), lineHeight(small) * 0.8);
    const QRectF text(centre - QPointF(size.width(), size.height()) / 2, size);
    // Neighbours of slivers would overlap: the order of the table tells which they are.
    if (std::any_of(taken.begin(), taken.end(), [&](const QRectF &other) { return other.intersects(text); })) continue;
    taken.push_back(text);
    drawText(painter, text, Qt::AlignCenter, numberOf(i), small, style.theme.text, style);
  }
}

void PieFigure::paintTable(QPainter &painter, const Layout &layout, const Style &style) const {
  const double em = style.em();
  const QFont small = style.smallFont();
  const Theme &theme = style.theme;
  const QRectF &table = layout.table;
  const double shares = std::max(textWidth(QStringLiteral("100.0 %"), small), textWidth(m_data.shareTitle, small));
  const double values = table.right() - shares - em * 1.2;
  const auto row = [&](std::size_t index) {
    return QRectF(table.left(), table.top() + layout.row * static_cast<double>(index), table.width(), layout.row);
  };
  const auto cell = [&](const QRectF &line, double right, const QString &text, const QColor &colour) {
    drawText(painter, QRectF(right, line.top(), 0, line.height()), Qt::AlignRight | Qt::AlignVCenter, text, small,
             colour, style);
  };
  cell(row(0), values, m_data.axis.title, theme.mutedText);
  cell(row(0), table.right(), m_data.shareTitle, theme.mutedText);
  painter.setPen(QPen(theme.axis, style.hairline()));
  painter.drawLine(row(0).bottomLeft(), row(0).bottomRight());
  for (std::size_t i = 0; i < m_data.slices.size(); ++i) {
    const QRectF line = row(i + 1);
    if (m_selected == i) {
      painter.setPen(QPen(theme.selection, style.hairline() * 2));
      painter.setBrush(Qt::NoBrush);
      painter.drawRect(line);
    }
    if (hasSlice(m_data.slices[i].value))
      fillComponent(painter, QPolygonF(QRectF(line.left() + em * 1.7, line.center().y() - em * 0.3, em, em * 0.6)), i,
                    style);
    cell(line, line.left() + em * 1.3, numberOf(i), theme.text);
    drawText(painter, QRectF(line.left() + em * 3.1, line.top(), 0, line.height()), Qt::AlignLeft | Qt::AlignVCenter,
             m_data.slices[i].name, small, theme.text, style);
    cell(line, values, valueText(i), theme.text);
    cell(line, table.right(), shareText(i), theme.text);
  }
}

void PieFigure::paint(QPainter &painter, const QRectF &bounds, const Style &style) const {
  const Theme &theme = style.theme;
  painter.fillRect(bounds, theme.background);
  const Layout sized = layout(bounds, style);
  drawHeading(painter, sized.heading, style);
  if (sum() <= 0) {
    const QString text = m_data.emptyText.isEmpty() ? QStringLiteral("There is nothing to divide.") : m_data.emptyText;
    drawCentred(painter, bounds, wrapped(text, style.font, bounds.width() * 0.8), style.font, theme.mutedText, style);
    return;
  }
  paintPie(painter, sized.pie, style);
  paintNumbers(painter, sized.pie, style);
  paintTable(painter, sized, style);
}

}  // namespace pimento

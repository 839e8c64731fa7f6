// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/histogram_chart.h"

#include <QPainter>
#include <QPolygonF>
#include <cmath>

#include "core/base/format.h"

namespace pimento {

HistogramChart::HistogramChart(QWidget *parent) : FigureView(parent) { setAccessibleName(QStringLiteral("Histogram")); }

void HistogramChart::setData(HistogramData content) {
  m_figure = HistogramFigure(std::move(content));
  figureChanged();
}

void HistogramChart::layOut() { m_layout = m_figure.layout(QRectF(rect()), look()); }

QString HistogramChart::textOf(std::size_t item) const {
  const HistogramData &content = m_figure.data();
  const Distribution &d = content.distributions[item];
  if (total(d) == 0) return QStringLiteral("%1: nothing counted").arg(d.name);
  QString text = QStringLiteral("%1: mean %2, standard deviation %3, %4 counted")
                     .arg(d.name, axisValue(content.axis, meanOf(d)), axisValue(content.axis, deviationOf(d)),
                          fourDigits(total(d)));
  if (item + 1 < itemCount() && total(content.distributions[item + 1]) > 0)
    text += QStringLiteral("; %1 below %2").arg(m_figure.marginText(item), content.distributions[item + 1].name);
  return text;
}

QString HistogramChart::description() const {
  const HistogramData &content = m_figure.data();
  if (m_figure.isEmpty()) return content.emptyText;
  QStringList texts{content.takeaway};
  for (std::size_t i = 0; i < itemCount(); ++i) texts << textOf(i);
  for (const ReferenceLine &line : content.references) texts << line.label;
  texts.removeAll(QString());
  return texts.join(QStringLiteral("; "));
}

// Of those that overlap, the one whose top is nearest above.
std::optional<std::size_t> HistogramChart::itemAt(QPointF position) const {
  std::optional<std::size_t> found;
  double least = m_layout.frame.area.height();
  for (std::size_t i = 0; i < itemCount(); ++i) {
    const Distribution &d = m_figure.data().distributions[i];
    if (!m_figure.steps(m_layout, i).containsPoint(position, Qt::OddEvenFill)) continue;
    const double value = m_layout.view.unmap(position, m_layout.frame.area).x();
    const auto bin = static_cast<std::ptrdiff_t>(std::floor((value - d.first) / d.width));
    if (bin < 0 || bin >= std::ssize(d.counts)) continue;
    const double above =
        position.y() - m_layout.view.map(value, d.counts[static_cast<std::size_t>(bin)], m_layout.frame.area).y();
    if (above >= least) continue;
    least = above;
    found = i;
  }
  return found;
}

QPointF HistogramChart::placeOf(std::size_t item) const {
  const QPolygonF steps = m_figure.steps(m_layout, item);
  return steps.isEmpty() ? m_layout.frame.area.center() : steps.boundingRect().center();
}

void HistogramChart::paintSelection(QPainter &painter, std::size_t item) const {
  const QPolygonF steps = m_figure.steps(m_layout, item);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(look().theme.selection, look().hairline() * 3));
  painter.drawPolygon(steps);
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curve_chart.h"

#include <QLineF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace pimento {

CurveChart::CurveChart(QWidget *parent) : FigureView(parent) { setAccessibleName(QStringLiteral("Curves")); }

void CurveChart::setData(CurveData content) {
  m_figure = CurveFigure(std::move(content));
  figureChanged();
}

void CurveChart::layOut() { m_layout = m_figure.layout(QRectF(rect()), look()); }

std::size_t CurveChart::itemCount() const {
  std::size_t count = 0;
  for (const CurveSeries &series : m_figure.data().series) count += series.points.size();
  return count;
}

CurveChart::Place CurveChart::place(std::size_t item) const {
  std::size_t series = 0;
  while (item >= m_figure.data().series[series].points.size()) item -= m_figure.data().series[series++].points.size();
  return {series, item};
}

std::size_t CurveChart::itemOf(Place at) const {
  std::size_t item = at.point;
  for (std::size_t i = 0; i < at.series; ++i) item += m_figure.data().series[i].points.size();
  return item;
}

QString CurveChart::textOf(std::size_t item) const {
  const CurveData &content = m_figure.data();
  const auto [series, point] = place(item);
  const QPointF value = content.series[series].points[point];
  return QStringLiteral("%1: %2 at %3")
      .arg(content.series[series].name, axisValue(content.yAxis, value.y()), axisValue(content.xAxis, value.x()));
}

QString CurveChart::description() const {
  const CurveData &content = m_figure.data();
  if (m_figure.isEmpty()) return content.note.isEmpty() ? content.emptyText : content.note;
  QStringList texts{content.takeaway};
  for (const CurveSeries &series : content.series) {
    if (series.points.empty()) continue;
    const QPointF first = series.points.front();
    const QPointF last = series.points.back();
    texts << QStringLiteral("%1, from %2 at %3 to %4 at %5")
                 .arg(series.name, axisValue(content.yAxis, first.y()), axisValue(content.xAxis, first.x()),
                      axisValue(content.yAxis, last.y()), axisValue(content.xAxis, last.x()));
  }
  if (content.mark) texts << content.mark->label;
  if (!content.note.isEmpty()) texts << content.note;
  texts.removeAll(QString());
  return texts.join(QStringLiteral("; "));
}

std::optional<std::size_t> CurveChart::itemAt(QPointF position) const {
  std::optional<std::size_t> nearest;
  double least = look().em();
  for (std::size_t item = 0; item < itemCount(); ++item) {
    const auto [series, point] = place(item);
    const auto at = m_figure.position(m_layout, series, point);
    const double distance = at ? QLineF(*at, position).length() : least;
    if (distance >= least) continue;
    least = distance;
    nearest = item;
  }
  return nearest;
}

std::optional<std::size_t> CurveChart::neighbour(std::size_t item, int key) const {
  const auto &all = m_figure.data().series;
  const auto [series, point] = place(item);
  if (key == Qt::Key_Left) return point > 0 ? std::optional(item - 1) : std::nullopt;
  if (key == Qt::Key_Right) return point + 1 < all[series].points.size() ? std::optional(item + 1) : std::nullopt;
  const double x = all[series].points[point].x();
  const auto step = key == Qt::Key_Down ? 1 : -1;
  for (auto other = static_cast<std::ptrdiff_t>(series) + step; other >= 0 && other < std::ssize(all); other += step) {
    const auto &points = all[static_cast<std::size_t>(other)].points;
    const auto near = std::ranges::min_element(points, {}, [&](QPointF p) { return std::abs(p.x() - x); });
    if (near != points.end())
      return itemOf({static_cast<std::size_t>(other), static_cast<std::size_t>(near - points.begin())});
  }
  return std::nullopt;
}

QPointF CurveChart::placeOf(std::size_t item) const {
  const auto [series, point] = place(item);
  return m_figure.position(m_layout, series, point).value_or(m_layout.frame.area.center());
}

void CurveChart::paintSelection(QPainter &painter, std::size_t item) const {
  const auto [series, point] = place(item);
  const auto at = m_figure.position(m_layout, series, point);
  if (!at) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(look().theme.selection, look().hairline() * 2.6));
  painter.drawEllipse(*at, look().em() * 0.55, look().em() * 0.55);
}

}  // namespace pimento

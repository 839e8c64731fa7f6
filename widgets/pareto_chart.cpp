// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pareto_chart.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "core/base/escaping.h"

namespace pimento {

ParetoChart::ParetoChart(QWidget *parent)
    : QWidget(parent), m_overview(new PlotSurface(this)), m_zoom(new PlotSurface(this)) {
  setAccessibleName(QStringLiteral("Trade-off chart"));
  m_overview->setObjectName(QStringLiteral("overviewPanel"));
  m_overview->setAccessibleName(QStringLiteral("Overview of the trade-off, drives the zoom"));
  m_zoom->setObjectName(QStringLiteral("zoomPanel"));
  m_zoom->setAccessibleName(QStringLiteral("Zoom of the trade-off"));
  connectPanel(m_overview);
  connectPanel(m_zoom);
  connect(m_zoom, &PlotSurface::viewChanged, this, [this] {
    m_figure.setZoom(rangeOf(m_zoom->view()));
    showZoomInOverview();
  });
  connect(m_overview, &PlotSurface::linkedRangeChanged, this, &ParetoChart::applyZoom);
  connect(m_overview, &PlotSurface::resetRequested, this, &ParetoChart::resetZoom);
  arrange();
}

void ParetoChart::connectPanel(PlotSurface *panel) {
  connect(panel, &PlotSurface::pointSelected, this, [this](quint32 point) {
    ScatterMarks marks = m_figure.marks();
    marks.selected = point;
    setMarks(marks);
    Q_EMIT pointSelected(point);
  });
  connect(panel, &PlotSurface::pinToggled, this, &ParetoChart::pinToggled);
  connect(panel, &PlotSurface::inspectRequested, this, &ParetoChart::inspectRequested);
  connect(panel, &PlotSurface::viewSettled, this, &ParetoChart::settle);
}

void ParetoChart::setData(ParetoData content, Zoom keep) {
  const bool keeps = keep == Zoom::Keep && !m_figure.isEmpty();
  const ValueRange before = zoom();
  const ParetoLayout old = m_figure.layout(QRectF(rect()), screenStyle(*this));
  ParetoFigure shown(std::move(content));
  shown.setTexts(m_texts);
  shown.setPanels(old.panels[0].isEmpty() ? Panels::ZoomOnly : Panels::Pair);
  m_figure = std::move(shown);
  describe();
  if (!m_figure.isEmpty()) {
    m_overview->setPoints(m_figure.overview(), m_figure.overviewView());
    m_zoom->setPoints(m_figure.zoom(), m_figure.zoomHome());
    if (keeps)
      setZoom(before);
    else
      resetZoom();
  }
  arrange();
}

void ParetoChart::describe() {
  QString text = m_figure.isEmpty() ? m_figure.emptyText() : m_figure.title() + QStringLiteral(". ");
  if (!m_figure.isEmpty()) text += m_figure.data().takeaway;
  if (const std::size_t arrows = m_figure.marks().arrows.size(); arrows > 0)
    text += arrows == 1 ? QStringLiteral(" An arrow leads from a design to what it changes to.")
                        : QStringLiteral(" Arrows lead from %1 designs to what they change to.").arg(arrows);
  setAccessibleDescription(text);
}

void ParetoChart::setMarks(const ScatterMarks &marks) {
  const bool arrows = !(m_figure.marks().arrows == marks.arrows);
  m_figure.setMarks(marks);
  if (arrows && !m_figure.isEmpty()) {
    m_overview->setHome(m_figure.overviewView());
    m_overview->setView(m_figure.overviewView());
    m_zoom->setHome(m_figure.zoomHome());
    describe();
    update();
  }
  m_overview->setMarks(marks);
  m_zoom->setMarks(marks);
}

void ParetoChart::setPanels(Panels panels) {
  m_figure.setPanels(panels);
  arrange();
}

void ParetoChart::setTexts(Texts texts) {
  m_texts = texts;
  m_figure.setTexts(texts);
  arrange();
}

void ParetoChart::setZoom(const ValueRange &range) {
  applyZoom(range);
  m_settled = zoom();
}

void ParetoChart::resetZoom() {
  if (!m_figure.isEmpty()) setZoom(rangeOf(m_figure.zoomHome()));
}

void ParetoChart::applyZoom(const ValueRange &range) {
  m_figure.setZoom(range);
  m_zoom->setView(m_figure.zoomView());
  showZoomInOverview();
}

void ParetoChart::showZoomInOverview() {
  m_overview->setLinkedRange(zoom());
  if (!m_figure.isEmpty()) m_overview->setAxes(m_figure.axes());
}

void ParetoChart::settle() {
  const ValueRange before = m_settled;
  m_settled = zoom();
  if (!(before == m_settled)) Q_EMIT zoomChanged(before, m_settled);
}

void ParetoChart::arrange() {
  const ParetoLayout layout = m_figure.layout(QRectF(rect()), screenStyle(*this));
  const std::array<PlotSurface *, 2> panels{m_overview, m_zoom};
  for (std::size_t i = 0; i < panels.size(); ++i) {
    panels[i]->setGeometry(layout.panels[i].toRect());
    panels[i]->setVisible(!m_figure.isEmpty() && !layout.panels[i].isEmpty());
  }
  update();
}

void ParetoChart::paintEvent(QPaintEvent *) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Style style = screenStyle(*this);
  painter.fillRect(rect(), style.theme.background);
  m_figure.paintSurround(painter, m_figure.layout(QRectF(rect()), style), style);
}

// What is cut, in full: the takeaway, the legend.
QString ParetoChart::cutText(QPointF at) const {
  const Style style = screenStyle(*this);
  const ParetoLayout layout = m_figure.layout(QRectF(rect()), style);
  if (layout.heading.cut && layout.heading.takeaway.contains(at)) return m_figure.data().takeaway;
  const std::vector<LegendEntry> entries = m_figure.legend(style);
  if (!layout.legend.contains(at) || fits(entries, layout.legend.size(), style)) return {};
  QStringList texts;
  for (const LegendEntry &entry : entries) texts << entry.text;
  return texts.join(QStringLiteral(", "));
}

bool ParetoChart::event(QEvent *event) {
  if (event->type() == QEvent::ToolTip) {
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text = cutText(help->pos());
    QToolTip::showText(help->globalPos(), text.isEmpty() ? text : QStringLiteral("<p>%1</p>").arg(htmlEscaped(text)),
                       this);
    return true;
  }
  return QWidget::event(event);
}

void ParetoChart::resizeEvent(QResizeEvent *) { arrange(); }

void ParetoChart::changeEvent(QEvent *event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) arrange();
  QWidget::changeEvent(event);
}

}  // namespace pimento

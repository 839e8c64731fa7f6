// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain_view.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace pimento {

ChainView::ChainView(QWidget *parent) : FigureView(parent) {
  setAccessibleName(QStringLiteral("Chain of models"));
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  connect(this, &FigureView::itemActivated, this, &ChainView::boxActivated);
}

void ChainView::setData(ChainData content) {
  m_figure = ChainFigure(std::move(content));
  figureChanged();
}

void ChainView::layOut() { m_layout = m_figure.layout(QRectF(rect()), look()); }

int ChainView::heightForWidth(int width) const {
  return static_cast<int>(std::ceil(m_figure.heightFor(width, look())));
}

QSize ChainView::minimumSizeHint() const {
  return {static_cast<int>(look().em() * 18), static_cast<int>(look().em() * 8)};
}

QString ChainView::textOf(std::size_t item) const {
  const ChainBox &box = m_figure.data().boxes[item];
  QStringList texts;
  for (const ChainLine &line : box.lines) {
    QString text = QStringLiteral("%1 %2").arg(line.name, line.value);
    if (line.kind) text += QStringLiteral(", %1").arg(kindName(*line.kind));
    if (!line.base.isEmpty()) text += QStringLiteral(" (from %1").arg(line.base);
    if (!line.base.isEmpty() && !line.change.isEmpty()) text += QStringLiteral(", %1").arg(line.change);
    if (!line.base.isEmpty()) text += QLatin1Char(')');
    texts << text;
  }
  for (const QString &warning : box.warnings) texts << QStringLiteral("warning: %1").arg(warning);
  if (item + 1 < itemCount() && !box.passesOn.isEmpty())
    texts << QStringLiteral("passes on to %1: %2")
                 .arg(m_figure.data().boxes[item + 1].title, box.passesOn.join(QStringLiteral(", ")));
  return QStringLiteral("%1: %2").arg(box.title, texts.join(QStringLiteral("; ")));
}

QString ChainView::description() const {
  if (itemCount() == 0) return m_figure.data().emptyText;
  QStringList texts{m_figure.data().takeaway};
  for (std::size_t i = 0; i < itemCount(); ++i) texts << textOf(i);
  texts.removeAll(QString());
  return texts.join(QStringLiteral(". "));
}

std::optional<std::size_t> ChainView::itemAt(QPointF position) const {
  const auto box = std::ranges::find_if(m_layout.boxes, [&](const QRectF &at) { return at.contains(position); });
  if (box == m_layout.boxes.end()) return std::nullopt;
  return static_cast<std::size_t>(box - m_layout.boxes.begin());
}

QPointF ChainView::placeOf(std::size_t item) const { return m_layout.boxes[item].center(); }

void ChainView::paintSelection(QPainter &painter, std::size_t item) const {
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(look().theme.selection, look().hairline() * 3));
  painter.drawRoundedRect(m_layout.boxes[item], look().em() * 0.35, look().em() * 0.35);
}

}  // namespace pimento

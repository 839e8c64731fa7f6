// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/legend.h"

#include <QPainter>
#include <array>
#include <set>

#include "widgets/scatter_data.h"
#include "widgets/text.h"

namespace pimento {

namespace {

// Calls `place(entry, position)` for every entry and returns the height of all rows.
double flow(const std::vector<LegendEntry> &entries, double width, const Style &style,
            const std::function<void(const LegendEntry &, QPointF)> &place) {
  const QFont small = style.smallFont();
  const double em = style.em();
  const double row = lineHeight(small) * 1.2;
  double x = 0;
  double y = 0;
  for (const LegendEntry &entry : entries) {
    const double extent = em * 1.8 + textWidth(entry.text, small);
    if (x > 0 && x + extent > width) {
      x = 0;
      y += row;
    }
    place(entry, QPointF(x, y));
    x += extent + em * 1.1;
  }
  return entries.empty() ? 0 : y + row;
}

}  // namespace

double legendHeight(const std::vector<LegendEntry> &entries, double width, const Style &style) {
  return flow(entries, width, style, [](const LegendEntry &, QPointF) {});
}

void paintLegend(QPainter &painter, const QRectF &box, const std::vector<LegendEntry> &entries, const Style &style) {
  const QFont small = style.smallFont();
  const double em = style.em();
  const double line = lineHeight(small);
  (void)flow(entries, box.width(), style, [&](const LegendEntry &entry, QPointF at) {
    const QPointF start = box.topLeft() + at;
    entry.symbol(painter, start + QPointF(em * 0.7, line / 2), style);
    drawText(painter, QRectF(start.x() + em * 1.8, start.y(), 0, line), Qt::AlignLeft | Qt::AlignTop, entry.text, small,
             style.theme.text, style);
  });
}

LegendEntry swatch(const QColor &colour, const QString &text) {
  return {[colour](QPainter &painter, QPointF c, const Style &style) {
            const double em = style.em();
            painter.fillRect(QRectF(c.x() - em * 0.6, c.y() - em * 0.3, em * 1.2, em * 0.6), colour);
          },
          text};
}

namespace {

LegendEntry hueEntry(std::size_t hue, const QString &name) {
  return {[hue](QPainter &painter, QPointF c, const Style &style) {
            swatch(style.theme.hue(hue), {}).symbol(painter, c, style);
          },
          name};
}

LegendEntry markerEntry(const PointStyle &point, const QString &text, bool neutral) {
  return {[point, neutral](QPainter &painter, QPointF c, const Style &style) {
            Theme theme = style.theme;
            if (neutral) theme.hues.fill(theme.mutedText);
            paintMarker(painter, c, style.em() * 0.78, point, theme);
          },
          text};
}

LegendEntry frontEntry() {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            const double em = style.em();
            painter.setPen(QPen(style.theme.text, style.hairline() * 1.6));
            painter.drawPolyline(QPolygonF{c + QPointF(-0.65, 0.25) * em, c + QPointF(0, 0.25) * em,
                                           c + QPointF(0, -0.25) * em, c + QPointF(0.65, -0.25) * em});
          },
          QStringLiteral("front (non-dominated)")};
}

LegendEntry idealEntry() {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            painter.setPen(QPen(style.theme.text, style.hairline() * 1.5));
            for (const QPointF d : {QPointF(1, 0), QPointF(0, 1), QPointF(0.7, 0.7), QPointF(0.7, -0.7)})
              painter.drawLine(c - d * style.em() * 0.38, c + d * style.em() * 0.38);
          },
          QStringLiteral("ideal point")};
}

LegendEntry hypervolumeEntry() {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            QColor shade = style.theme.hue(0);
            shade.setAlphaF(0.18F);
            swatch(shade, {}).symbol(painter, c, style);
          },
          QStringLiteral("hypervolume to the reference ×")};
}

LegendEntry isoEntry() {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            painter.setPen(QPen(style.theme.mutedText, style.hairline(), Qt::DotLine));
            painter.drawLine(c + QPointF(-0.65, 0.3) * style.em(), c + QPointF(0.65, -0.3) * style.em());
          },
          QStringLiteral("equal energy-delay product")};
}

LegendEntry whiskerEntry(const QString &note) {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            const double em = style.em();
            painter.setPen(QPen(style.theme.mutedText, style.hairline() * 1.4));
            painter.drawLine(c - QPointF(0, em * 0.45), c + QPointF(0, em * 0.45));
            for (const double end : {-0.45, 0.45})
              painter.drawLine(c + QPointF(-0.22, end) * em, c + QPointF(0.22, end) * em);
          },
          note};
}

LegendEntry warningEntry() {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            const double em = style.em();
            paintWarningBadge(painter, c - QPointF(0.24, -0.3) * em, 0, style);
          },
          QStringLiteral("contradiction in the source")};
}

struct Used {
  std::set<Kind> kinds;
  std::set<std::size_t> hues;
  bool reference = false;
  bool dominated = false;
  bool warning = false;
};

Used usedBy(const ScatterData &data) {
  std::vector<bool> present(data.styles.size(), data.style.empty() && data.size() > 0);
  for (const std::uint16_t style : data.style) present[style] = true;
  Used used;
  for (std::size_t s = 0; s < data.styles.size(); ++s) {
    if (!present[s]) continue;
    const PointStyle &style = data.styles[s];
    used.warning |= style.warning;
    used.reference |= style.role == PointRole::Reference;
    used.dominated |= style.role == PointRole::Dominated;
    if (style.role != PointRole::Reference) used.kinds.insert(style.kind);
    if (style.role == PointRole::Design) used.hues.insert(style.hue);
  }
  return used;
}

}  // namespace

std::vector<LegendEntry> scatterLegend(const ScatterData &data) {
  const Used used = usedBy(data);
  std::vector<LegendEntry> entries;
  for (const std::size_t hue : used.hues)
    if (hue < static_cast<std::size_t>(data.hueNames.size()))
      entries.push_back(hueEntry(hue, data.hueNames[static_cast<qsizetype>(hue)]));
  for (const Kind kind : used.kinds) entries.push_back(markerEntry({.kind = kind}, kindName(kind), true));
  if (used.dominated) {
    const PointStyle dominated{.kind = *used.kinds.begin(), .role = PointRole::Dominated};
    entries.push_back(markerEntry(dominated, QStringLiteral("dominated"), false));
  }
  if (used.reference)
    entries.push_back(markerEntry({.role = PointRole::Reference}, QStringLiteral("GPU reference"), false));
  if (!data.front.empty()) entries.push_back(frontEntry());
  if (data.front.size() > 1) entries.push_back(idealEntry());
  if (data.hypervolumeReference && !data.front.empty()) entries.push_back(hypervolumeEntry());
  if (data.isoEdp) entries.push_back(isoEntry());
  if (!data.whiskers.empty()) entries.push_back(whiskerEntry(data.whiskerNote));
  if (used.warning) entries.push_back(warningEntry());
  return entries;
}

}  // namespace pimento

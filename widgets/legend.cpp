// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/legend.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <set>

#include "widgets/scatter_painter.h"
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

LegendEntry hypervolumeEntry(bool reference) {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            QColor shade = style.theme.hue(0);
            shade.setAlphaF(0.18F);
            swatch(shade, {}).symbol(painter, c, style);
          },
          reference ? QStringLiteral("hypervolume to the reference ×") : QStringLiteral("hypervolume")};
}

LegendEntry isoEntry() {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            painter.setPen(QPen(style.theme.mutedText, style.hairline(), Qt::DotLine));
            painter.drawLine(c + QPointF(-0.65, 0.3) * style.em(), c + QPointF(0.65, -0.3) * style.em());
          },
          QStringLiteral("equal energy-delay product")};
}

LegendEntry limitEntry() {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            painter.setPen(QPen(style.theme.text, style.hairline() * 1.4, Qt::DashLine));
            painter.drawLine(c - QPointF(0.65, 0) * style.em(), c + QPointF(0.65, 0) * style.em());
          },
          QStringLiteral("budget")};
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
  std::set<Kind> dominated;
  std::set<Kind> overBudget;
  std::set<std::size_t> hues;
  bool reference = false;
  bool warning = false;
};

void addStyle(const PointStyle &style, Used &used) {
  used.warning |= style.warning;
  if (style.role == PointRole::Reference) used.reference = true;
  if (style.role == PointRole::Dominated) used.dominated.insert(style.kind);
  if (style.role == PointRole::OverBudget) used.overBudget.insert(style.kind);
  if (style.role == PointRole::Design) {
    used.kinds.insert(style.kind);
    used.hues.insert(style.hue);
  }
}

// Under a marker of the front in the very same place: a GPU has the memory and the accuracy of its network too.
bool isCovered(const ScatterData &data, std::uint32_t point) {
  return data.styleOf(point).role != PointRole::Design && std::ranges::any_of(data.front, [&](std::uint32_t on) {
           return data.x[on] == data.x[point] && data.y[on] == data.y[point];
         });
}

Used usedBy(std::span<const ShownPanel> panels) {
  Used used;
  for (const auto &[cloud, view] : panels) {
    const ScatterData &data = cloud.data();
    std::vector<bool> seen(data.styles.size());
    for (std::uint32_t i = 0; i < data.size(); ++i) {
      const std::size_t style = data.style.empty() ? 0 : data.style[i];
      if (seen[style] || !cloud.visible(i, view) || isCovered(data, i)) continue;
      seen[style] = true;
      addStyle(data.styles[style], used);
    }
  }
  return used;
}

// One entry while the shapes are explained already, else one for each kind.
void addFaint(PointRole role, const QString &name, const std::set<Kind> &kinds, const std::set<Kind> &explained,
              std::vector<LegendEntry> &entries) {
  if (kinds.empty()) return;
  const auto entry = [&](Kind kind, const QString &text) {
    entries.push_back(markerEntry({.kind = kind, .role = role}, text, false));
  };
  if (std::ranges::includes(explained, kinds)) return entry(*kinds.begin(), name);
  for (const Kind kind : kinds) entry(kind, QStringLiteral("%1, %2").arg(name, kindName(kind)));
}

bool showsLimit(const PointCloud &cloud, const View &view) {
  const auto within = [](const std::optional<double> &limit, const Scale &scale) {
    return limit && *limit >= scale.low() && *limit <= scale.high();
  };
  return within(cloud.data().xLimit, view.x) || within(cloud.data().yLimit, view.y);
}

}  // namespace

LegendEntry arrowEntry() {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            const double em = style.em();
            const QColor colour = style.theme.mutedText;
            painter.setPen(QPen(colour, style.hairline() * 2, Qt::SolidLine, Qt::FlatCap));
            painter.drawLine(c - QPointF(em * 0.65, 0), c + QPointF(em * 0.2, 0));
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour);
            painter.drawPolygon(
                QPolygonF{c + QPointF(0.65, 0) * em, c + QPointF(0.1, 0.24) * em, c + QPointF(0.1, -0.24) * em});
          },
          QStringLiteral("from the base to the changed design")};
}

LegendEntry changedEntry() {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            paintChangedMark(painter, c, style.em() * 0.78, style.theme.mutedText, Reach::Arrow, style);
          },
          QStringLiteral("changed design, estimated (ringed if it hardly moves)")};
}

LegendEntry zoomEntry() {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            const double em = style.em();
            paintRangeFrame(painter, QRectF(c.x() - em * 0.6, c.y() - em * 0.35, em * 1.2, em * 0.7), style);
          },
          QStringLiteral("range of the zoom")};
}

std::vector<LegendEntry> scatterLegend(std::span<const ShownPanel> panels) {
  if (panels.empty()) return {};
  const ScatterData &data = panels.front().cloud.data();
  const Used used = usedBy(panels);
  const auto shown = [&](bool (*shows)(const PointCloud &, const View &)) {
    return std::ranges::any_of(panels, [&](const ShownPanel &p) { return shows(p.cloud, p.view); });
  };
  std::vector<LegendEntry> entries;
  for (const std::size_t hue : used.hues)
    if (hue < static_cast<std::size_t>(data.hueNames.size()))
      entries.push_back(hueEntry(hue, data.hueNames[static_cast<qsizetype>(hue)]));
  for (const Kind kind : used.kinds) entries.push_back(markerEntry({.kind = kind}, kindName(kind), true));
  addFaint(PointRole::Dominated, QStringLiteral("dominated"), used.dominated, used.kinds, entries);
  addFaint(PointRole::OverBudget, QStringLiteral("over the budget"), used.overBudget, used.kinds, entries);
  if (shown(showsLimit)) entries.push_back(limitEntry());
  if (used.reference) entries.push_back(markerEntry({.role = PointRole::Reference}, data.referenceName, false));
  if (shown(showsFront)) entries.push_back(frontEntry());
  if (shown(showsIdeal)) entries.push_back(idealEntry());
  if (shown(showsHypervolume)) entries.push_back(hypervolumeEntry(shown(showsHypervolumeReference)));
  if (shown(showsIsoEdp)) entries.push_back(isoEntry());
  if (shown(showsWhiskers)) entries.push_back(whiskerEntry(data.whiskerNote));
  if (used.warning) entries.push_back(warningEntry());
  return entries;
}

}  // namespace pimento

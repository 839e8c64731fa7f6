// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/legend.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include "widgets/figures/scatter_painter.h"
#include "widgets/figures/text.h"

namespace pimento {

namespace {

// Calls `place(entry, position)` for every entry and returns the height of all rows.
double flow(const std::vector<LegendEntry> &entries, double width, const Style &style,
            const std::function<void(const LegendEntry &, QPointF)> &place) {
  const QFont small = style.smallFont();
  const double em = style.em();
  const double row = legendHeight(1, style);
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

double legendHeight(int rows, const Style &style) { return rows * lineHeight(style.smallFont()) * 1.2; }

bool fits(const std::vector<LegendEntry> &entries, const QSizeF &room, const Style &style) {
  return legendHeight(entries, room.width(), style) <= room.height() + style.hairline();
}

std::vector<LegendEntry> fittingEntries(std::vector<LegendEntry> entries, const QSizeF &room, const Style &style) {
  if (fits(entries, room, style)) return entries;
  const auto rest = [&, all = entries.size()] {
    const auto left = all - entries.size();
    return LegendEntry{[](QPainter &, QPointF, const Style &) {}, QStringLiteral("and %1 more").arg(left)};
  };
  while (!entries.empty()) {
    entries.pop_back();
    entries.push_back(rest());
    if (fits(entries, room, style)) break;
    entries.pop_back();
  }
  return entries;
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
            const QColor &paper = style.theme.background;
            paintFamilyMark(painter, c, style.em() * 0.78, hue, paper, paper);
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

LegendEntry correctedEntry() {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            paintCorrectedBadge(painter, c - QPointF(0.25, 0) * style.em(), 0, style);
          },
          QStringLiteral("corrected, not as printed")};
}

LegendEntry doubtfulEntry() {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            const double em = style.em();
            paintDoubtBadge(painter, c + QPointF(0.22, 0.22) * em, 0, style);
          },
          QStringLiteral("doubtful: misses a target")};
}

struct Used {
  std::set<Kind> kinds;
  std::set<Kind> dominated;
  std::set<Kind> overBudget;
  std::set<Kind> leftOut;
  std::set<std::size_t> hues;
  bool gpu = false;
  bool digital = false;
  bool warning = false;
  bool corrected = false;
  std::set<Validity> validities;
};

void addStyle(const PointStyle &style, Used &used) {
  used.warning |= style.warning;
  used.corrected |= style.corrected;
  used.validities.insert(style.validity);
  if (!isReference(style.role)) used.hues.insert(style.hue);
  if (style.role == PointRole::GpuReference) used.gpu = true;
  if (style.role == PointRole::DigitalReference) used.digital = true;
  if (style.role == PointRole::Dominated) used.dominated.insert(style.kind);
  if (style.role == PointRole::OverBudget) used.overBudget.insert(style.kind);
  if (style.role == PointRole::LeftOut) used.leftOut.insert(style.kind);
  if (style.role == PointRole::Design) used.kinds.insert(style.kind);
}

// What lies under a marker of the front in the very same place: a GPU has the memory and the accuracy of its network
// too. The front is as long as the chart in the worst case, and is searched for each point.
class Covered {
 public:
  explicit Covered(const ScatterData &data) : m_data(data) {
    for (const std::uint32_t on : data.front) m_places.emplace_back(data.x[on], data.y[on]);
    std::erase_if(m_places, [](const auto &place) { return std::isnan(place.first) || std::isnan(place.second); });
    std::ranges::sort(m_places);
  }
  [[nodiscard]] bool contains(std::uint32_t point) const {
    return m_data.styleOf(point).role != PointRole::Design &&
           std::ranges::binary_search(m_places, std::pair(m_data.x[point], m_data.y[point]));
  }

 private:
  const ScatterData &m_data;
  std::vector<std::pair<double, double>> m_places;
};

Used usedBy(std::span<const ShownPanel> panels) {
  Used used;
  for (const auto &[cloud, view] : panels) {
    const ScatterData &data = cloud.data();
    const Covered covered(data);
    std::vector<bool> seen(data.styles.size());
    for (std::uint32_t i = 0; i < data.size(); ++i) {
      const std::size_t style = data.style.empty() ? 0 : data.style[i];
      if (seen[style] || !cloud.visible(i, view) || covered.contains(i)) continue;
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
    entries.push_back(markerEntry({.kind = kind, .role = role}, text, true));
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

bool anyShows(std::span<const ShownPanel> panels, bool (*shows)(const PointCloud &, const View &)) {
  return std::ranges::any_of(panels, [&](const ShownPanel &p) { return shows(p.cloud, p.view); });
}

// The cross names invalid designs; below it only a shape that no other entry has needs a word.
void addLeftOut(const Used &used, std::vector<LegendEntry> &entries) {
  for (const Kind kind : used.leftOut)
    if (!used.kinds.contains(kind) && !used.dominated.contains(kind) && !used.overBudget.contains(kind))
      entries.push_back(markerEntry({.kind = kind, .role = PointRole::LeftOut}, kindName(kind), true));
}

std::vector<LegendEntry> pointEntries(const ScatterData &data, const Used &used) {
  std::vector<LegendEntry> entries;
  for (const std::size_t hue : used.hues)
    if (!data.hueNames.value(static_cast<qsizetype>(hue)).isEmpty())
      entries.push_back(hueEntry(hue, data.hueNames[static_cast<qsizetype>(hue)]));
  for (const Kind kind : used.kinds) entries.push_back(markerEntry({.kind = kind}, kindName(kind), true));
  addFaint(PointRole::Dominated, QStringLiteral("dominated"), used.dominated, used.kinds, entries);
  addFaint(PointRole::OverBudget, QStringLiteral("over the budget"), used.overBudget, used.kinds, entries);
  addLeftOut(used, entries);
  if (used.gpu)
    entries.push_back(markerEntry({.role = PointRole::GpuReference}, QStringLiteral("GPU reference"), false));
  if (used.digital)
    entries.push_back(markerEntry({.role = PointRole::DigitalReference}, QStringLiteral("digital reference"), false));
  if (used.validities.contains(Validity::Invalid)) entries.push_back(invalidEntry());
  if (used.validities.contains(Validity::Doubtful)) entries.push_back(doubtfulEntry());
  if (used.warning) entries.push_back(warningEntry());
  if (used.corrected) entries.push_back(correctedEntry());
  return entries;
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

LegendEntry invalidEntry() {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            paintInvalidCross(painter, c, style.em() * 0.78, style.theme);
          },
          QStringLiteral("invalid: does not work as priced")};
}

LegendEntry answerEntry() {
  return {
      [](QPainter &painter, QPointF c, const Style &style) { paintAnswerMark(painter, c, style.em() * 0.4, style); },
      QStringLiteral("best within the budget")};
}

LegendEntry zoomEntry() {
  return {[](QPainter &painter, QPointF c, const Style &style) {
            const double em = style.em();
            paintRangeFrame(painter, QRectF(c.x() - em * 0.6, c.y() - em * 0.35, em * 1.2, em * 0.7), style);
          },
          QStringLiteral("range of the zoom")};
}

ScatterLegend scatterLegend(std::span<const ShownPanel> panels) {
  if (panels.empty()) return {};
  const ScatterData &data = panels.front().cloud.data();
  const Used used = usedBy(panels);
  ScatterLegend legend{pointEntries(data, used), {}};
  const auto addIf = [&](bool (*shows)(const PointCloud &, const View &), auto entry) {
    if (anyShows(panels, shows)) legend.plane.push_back(entry());
  };
  addIf(showsFront, frontEntry);
  addIf(showsWhiskers, [&] { return whiskerEntry(data.whiskerNote); });
  addIf(showsLimit, limitEntry);
  addIf(showsIdeal, idealEntry);
  addIf(showsHypervolume, [&] { return hypervolumeEntry(anyShows(panels, showsHypervolumeReference)); });
  addIf(showsIsoEdp, isoEntry);
  return legend;
}

}  // namespace pimento

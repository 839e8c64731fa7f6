// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/component_fill.h"

#include <QPainter>
#include <algorithm>
#include <array>

namespace pimento {

QColor componentColour(std::size_t component, const Theme &theme) {
  const QColor hue = theme.hue(component);
  const double tint = std::min(0.3 * static_cast<double>(component / theme.hues.size()), 0.6);
  const auto mix = [&](int a, int b) { return qRound(a + (b - a) * tint); };
  return {mix(hue.red(), theme.background.red()), mix(hue.green(), theme.background.green()),
          mix(hue.blue(), theme.background.blue())};
}

Hatch componentHatch(std::size_t component) {
  constexpr std::array onHues{Hatch::None, Hatch::Rising, Hatch::Level, Hatch::Falling, Hatch::Upright};
  constexpr std::array onTints{Hatch::Crossed, Hatch::Falling, Hatch::Upright, Hatch::Rising, Hatch::Level};
  return component < onHues.size() ? onHues[component] : onTints[component % onTints.size()];
}

void hatchComponent(QPainter &painter, const QPolygonF &area, std::size_t component, const Style &style) {
  const bool tint = component >= style.theme.hues.size();
  painter.setPen(
      QPen(tint ? style.theme.text : style.theme.background, style.hairline() * 0.7, Qt::SolidLine, Qt::FlatCap));
  paintHatch(painter, area, componentHatch(component), style.em() * (tint ? 0.28 : 0.42));
}

void fillComponent(QPainter &painter, const QPolygonF &area, std::size_t component, const Style &style) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(componentColour(component, style.theme));
  painter.drawPolygon(area);
  hatchComponent(painter, area, component, style);
}

}  // namespace pimento

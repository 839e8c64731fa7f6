// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/controls/program_style.h"

#include <QStyleOptionButton>

namespace pimento {

namespace {

bool isDark(const QPalette &palette) {
  return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

}  // namespace

ProgramStyle::ProgramStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

// Fusion outlines what can be checked in a darker shade of the window's ground, which a dark ground swallows.
void ProgramStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                 const QWidget *widget) const {
  const bool checks = element == PE_IndicatorCheckBox || element == PE_IndicatorRadioButton;
  const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
  if (!checks || button == nullptr || !isDark(option->palette))
    return QProxyStyle::drawPrimitive(element, option, painter, widget);
  QStyleOptionButton outlined(*button);
  outlined.palette.setColor(QPalette::Window, option->palette.color(QPalette::PlaceholderText));
  QProxyStyle::drawPrimitive(element, &outlined, painter, widget);
}

}  // namespace pimento

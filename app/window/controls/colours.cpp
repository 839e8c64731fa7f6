// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/controls/colours.h"

#include <QApplication>
#include <QWidget>

namespace pimento {

namespace {

constexpr const char *ChosenProperty = "pimentoColours";

QPalette palette(const QColor &ground, const QColor &base, const QColor &text, const QColor &faint,
                 const QColor &accent, const QColor &onAccent) {
  QPalette p(ground);  // shades for frames and bevels follow the ground
  p.setColor(QPalette::Window, ground);
  p.setColor(QPalette::Base, base);
  p.setColor(QPalette::AlternateBase, ground);
  p.setColor(QPalette::ToolTipBase, base);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
    p.setColor(role, text);
  p.setColor(QPalette::PlaceholderText, faint);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    p.setColor(QPalette::Disabled, role, faint);
  p.setColor(QPalette::Highlight, accent);
  p.setColor(QPalette::HighlightedText, onAccent);
  p.setColor(QPalette::Link, accent);
  p.setColor(QPalette::LinkVisited, accent);
  return p;
}

QPalette lightPalette() {
  return palette(QColor(0xf4, 0xf4, 0xf5), Qt::white, QColor(0x1b, 0x1b, 0x1f), QColor(0x6a, 0x6a, 0x70),
                 QColor(0x0b, 0x5c, 0xc4), Qt::white);
}

QPalette darkPalette() {
  return palette(QColor(0x2a, 0x2a, 0x2d), QColor(0x1e, 0x1e, 0x1e), QColor(0xe8, 0xe8, 0xea), QColor(0xa0, 0xa0, 0xa6),
                 QColor(0x8a, 0xb8, 0xf0), QColor(0x10, 0x18, 0x24));
}

// A style sheet holds the colours of the palette that it was set under.
void renewStyleSheets() {
  for (QWidget *widget : QApplication::allWidgets()) {
    const QString sheet = widget->styleSheet();
    if (sheet.isEmpty()) continue;
    widget->setStyleSheet({});
    widget->setStyleSheet(sheet);
  }
}

void setPalette(const QPalette &palette) {
  QApplication::setPalette(palette);
  renewStyleSheets();
}

}  // namespace

void applyColours(Colours colours) {
  qApp->setProperty(ChosenProperty, static_cast<int>(colours));
  if (colours == Colours::System) {
    setPalette(QPalette());  // an unset palette is the desktop's
    return;
  }
  setPalette(colours == Colours::Dark ? darkPalette() : lightPalette());
}

Colours chosenColours() { return static_cast<Colours>(qApp->property(ChosenProperty).toInt()); }

QString chosenLook() {
  return QStringLiteral(
      "QToolButton:checked { background: palette(highlight); color: palette(highlighted-text);"
      " border: 1px solid palette(highlight); border-radius: 3px; padding: 3px; }");
}

QString coloursName(Colours colours) {
  switch (colours) {
    case Colours::Light:
      return QStringLiteral("light");
    case Colours::Dark:
      return QStringLiteral("dark");
    case Colours::System:
      break;
  }
  return QStringLiteral("system");
}

std::optional<Colours> coloursFromName(const QString &name) {
  for (const Colours colours : {Colours::System, Colours::Light, Colours::Dark})
    if (name == coloursName(colours)) return colours;
  return std::nullopt;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/frame/window_memory.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSettings>
#include <QWidget>

namespace pimento {

namespace {

const QString PlaceKey = QStringLiteral("window/place");
const QString DocksKey = QStringLiteral("window/docks-");
constexpr QSize Hold{120, 24};  // of the upper edge: enough to take hold of

QList<QRect> screens() {
  QList<QRect> rooms;
  for (const QScreen *screen : QGuiApplication::screens()) rooms << screen->availableGeometry();
  return rooms;
}

}  // namespace

void rememberPlace(const QWidget &window) { QSettings().setValue(PlaceKey, window.saveGeometry()); }

bool recallPlace(QWidget &window) {
  if (!window.restoreGeometry(QSettings().value(PlaceKey).toByteArray())) return false;
  if (window.isMaximized() || window.isFullScreen()) return true;
  const QRect now = window.geometry();
  if (const QRect back = broughtBack(now, screens()); back != now) window.setGeometry(back);
  return true;
}

void rememberDocks(const QString &kind, const QByteArray &state) { QSettings().setValue(DocksKey + kind, state); }

QByteArray recalledDocks(const QString &kind) { return QSettings().value(DocksKey + kind).toByteArray(); }

QRect broughtBack(const QRect &window, const QList<QRect> &screens) {
  if (screens.isEmpty()) return window;
  const QRect upper(window.topLeft(), QSize(window.width(), Hold.height()));
  for (const QRect &screen : screens) {
    const QRect seen = upper.intersected(screen);
    const bool held = seen.width() >= std::min(Hold.width(), window.width()) && seen.height() >= Hold.height();
    if (held && window.width() <= screen.width() && window.height() <= screen.height()) return window;
  }
  const QRect &screen = screens.front();
  QRect back(window.topLeft(), window.size().boundedTo(screen.size()));
  back.moveLeft(std::clamp(back.left(), screen.left(), screen.right() + 1 - back.width()));
  back.moveTop(std::clamp(back.top(), screen.top(), screen.bottom() + 1 - back.height()));
  return back;
}

}  // namespace pimento

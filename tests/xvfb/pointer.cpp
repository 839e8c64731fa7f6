// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/xvfb/pointer.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>

namespace pimento::test {

bool becomesTrue(const std::function<bool()> &condition, int seconds) {
  QElapsedTimer clock;
  clock.start();
  while (!condition() && clock.elapsed() < seconds * 1000) QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
  return condition();
}

void xdotool(const QStringList &arguments) {
  QProcess process;
  process.start(QStringLiteral("xdotool"), arguments);
  ASSERT_TRUE(becomesTrue([&] { return process.state() == QProcess::NotRunning; }));
  ASSERT_EQ(process.exitCode(), 0) << process.readAllStandardError().toStdString();
}

namespace {

QStringList clickAt(const QWidget &widget, QPoint at) {
  const QPoint global = (QPointF(widget.mapToGlobal(at)) * widget.devicePixelRatioF()).toPoint();
  return {QStringLiteral("mousemove"), QString::number(global.x()), QString::number(global.y()),
          QStringLiteral("click"), QStringLiteral("1")};
}

}  // namespace

void click(const QWidget &widget, QPoint at) { xdotool(clickAt(widget, at)); }

void click(const QWidget &widget) { click(widget, widget.rect().center()); }

void clickAndPress(const QWidget &widget, const QStringList &keys) {
  QStringList words = clickAt(widget, widget.rect().center());
  for (const QString &key : keys)
    words << QStringLiteral("sleep") << QStringLiteral("0.5") << QStringLiteral("key") << key;
  xdotool(words);
}

void press(const char *keys) { xdotool({QStringLiteral("key"), QString::fromLatin1(keys)}); }

void type(const QString &text) { xdotool({QStringLiteral("type"), text}); }

}  // namespace pimento::test

// SPDX-License-Identifier: GPL-3.0-or-later
// Paints every chart with realistic data into a directory, for people to look at: on the screen at 100 and 200 %, light
// and dark, and in print.
#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QPalette>
#include <cstdio>

#include "tests/widgets/sample_data.h"
#include "widgets/pareto_chart.h"

namespace {

using namespace pimento;

QPalette darkPalette() {
  QPalette palette;
  palette.setColor(QPalette::Window, QColor(0x1E1E1E));
  palette.setColor(QPalette::WindowText, QColor(0xf0f0f0));
  return palette;
}

void save(QWidget &widget, QSize size, const QString &path) {
  widget.resize(size);
  for (const double scale : {1.0, 2.0}) {
    QImage image(size * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    widget.render(&image);
    image.save(QStringLiteral("%1-%2x.png").arg(path).arg(scale));
  }
}

void paretoCharts(const QDir &directory, const QString &theme, const QPalette &palette) {
  const auto paint = [&](const QString &name, ParetoData data, const ScatterMarks &marks, QSize size) {
    ParetoChart chart;
    chart.setPalette(palette);
    chart.setData(std::move(data));
    chart.setMarks(marks);
    save(chart, size, directory.filePath(name + QLatin1Char('-') + theme));
  };
  paint(QStringLiteral("pareto"), sample::decoEnergy(), {.selected = 2, .pins = {8, 10}}, {960, 480});
  paint(QStringLiteral("pareto-narrow"), sample::decoEnergy(), {.selected = 14}, {480, 760});
  paint(QStringLiteral("energy-latency"), sample::decoEnergyLatency(), {}, {960, 480});
  paint(QStringLiteral("many"), sample::many(200000), {}, {960, 480});
  paint(QStringLiteral("some"), sample::many(500), {}, {960, 480});
  paint(QStringLiteral("empty"), {.title = QStringLiteral("Accuracy against area")}, {}, {960, 480});
}

}  // namespace

int main(int argc, char **argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication application(argc, argv);
  if (argc != 2) {
    std::fprintf(stderr, "usage: chart_gallery DIRECTORY\n");
    return 2;
  }
  const QDir directory(QString::fromLocal8Bit(argv[1]));
  directory.mkpath(QStringLiteral("."));
  paretoCharts(directory, QStringLiteral("light"), QPalette());
  paretoCharts(directory, QStringLiteral("dark"), darkPalette());
  return 0;
}

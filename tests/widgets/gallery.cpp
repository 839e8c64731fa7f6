// SPDX-License-Identifier: GPL-3.0-or-later
// Paints every chart with realistic data into a directory, for people to look at: on the screen at 100 and 200 %, light
// and dark, and in print.
#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>
#include <cstdio>

#include "tests/widgets/sample_data.h"
#include "widgets/area_pie.h"
#include "widgets/bar_chart.h"
#include "widgets/chain_view.h"
#include "widgets/curve_chart.h"
#include "widgets/figures/chart_export.h"
#include "widgets/histogram_chart.h"
#include "widgets/pareto_chart.h"
#include "widgets/ratio_chart.h"

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
  paint(QStringLiteral("pareto-arrows"), sample::decoEnergy(), sample::decoChanges(), {960, 480});
  paint(QStringLiteral("energy-latency"), sample::decoEnergyLatency(), {}, {960, 480});
  paint(QStringLiteral("many"), sample::many(200000), {}, {960, 480});
  paint(QStringLiteral("some"), sample::many(500), {}, {960, 480});
  paint(QStringLiteral("empty"), {.title = QStringLiteral("Accuracy against area")}, {}, {960, 480});
}

void breakdowns(const QDir &directory, const QString &theme, const QPalette &palette) {
  const auto file = [&](const QString &name) { return directory.filePath(name + QLatin1Char('-') + theme); };
  BarChart bars;
  bars.setPalette(palette);
  bars.setData(sample::stackedEnergy());
  bars.setSelected(2);
  save(bars, {760, 300}, file(QStringLiteral("stacked")));
  for (const std::size_t count : {20, 54}) {
    bars.setData(sample::layers(count));
    save(bars, {620, bars.sizeHint().height()}, file(QStringLiteral("layers-%1").arg(count)));
  }
  save(bars, {620, 320}, file(QStringLiteral("layers-squeezed")));
  AreaPie pie;
  pie.setPalette(palette);
  pie.setData(sample::area());
  pie.setSelected(3);
  save(pie, {760, 340}, file(QStringLiteral("pie")));
  save(pie, {400, 640}, file(QStringLiteral("pie-narrow")));
}

void hardware(const QDir &directory, const QString &theme, const QPalette &palette) {
  const auto paint = [&](auto &chart, const QString &name, QSize size) {
    chart.setPalette(palette);
    save(chart, size, directory.filePath(name + QLatin1Char('-') + theme));
  };
  CurveChart curves;
  curves.setData(sample::switching());
  curves.setSelected(2);
  paint(curves, QStringLiteral("curve"), {620, 380});
  paint(curves, QStringLiteral("curve-small"), {400, 300});
  HistogramChart histogram;
  histogram.setData(sample::and2Margins());
  paint(histogram, QStringLiteral("histogram"), {620, 380});
  histogram.setData(sample::or3Margins());
  histogram.setSelected(1);
  paint(histogram, QStringLiteral("histogram-log"), {620, 400});
  paint(histogram, QStringLiteral("histogram-small"), {400, 320});
  RatioChart ratios;
  ratios.setData(sample::ratios());
  ratios.setSelected(6);
  for (const int width : {760, 420})
    paint(ratios, QStringLiteral("ratios-%1").arg(width), {width, ratios.heightForWidth(width)});
  ChainView chain;
  chain.setData(sample::chain());
  for (const int width : {1500, 960, 620, 320}) {
    chain.setSelected(width == 960 ? std::optional<std::size_t>(1) : std::nullopt);
    paint(chain, QStringLiteral("chain-%1").arg(width), {width, chain.heightForWidth(width)});
  }
}

void prints(const QDir &directory, const QString &name, const Figure &figure) {
  for (const double width : {columnWidth_mm, pageWidth_mm}) {
    for (const auto &[format, suffix] :
         {std::pair{ChartFormat::Svg, "svg"}, std::pair{ChartFormat::Pdf, "pdf"}, std::pair{ChartFormat::Png, "png"}}) {
      QFile file(
          directory.filePath(QStringLiteral("%1-print-%2mm.%3").arg(name).arg(width).arg(QLatin1String(suffix))));
      if (file.open(QIODevice::WriteOnly)) file.write(exportChart(figure, format, {.width_mm = width}));
    }
    QSvgRenderer svg(directory.filePath(QStringLiteral("%1-print-%2mm.svg").arg(name).arg(width)));
    QImage image(svg.viewBoxF().size().toSize() / 3, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    svg.render(&painter);
    painter.end();
    image.save(directory.filePath(QStringLiteral("%1-print-%2mm-svg.png").arg(name).arg(width)));
  }
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
  breakdowns(directory, QStringLiteral("light"), QPalette());
  breakdowns(directory, QStringLiteral("dark"), darkPalette());
  hardware(directory, QStringLiteral("light"), QPalette());
  hardware(directory, QStringLiteral("dark"), darkPalette());
  prints(directory, QStringLiteral("curve"), CurveFigure(sample::switching()));
  prints(directory, QStringLiteral("histogram"), HistogramFigure(sample::and2Margins()));
  prints(directory, QStringLiteral("histogram-log"), HistogramFigure(sample::or3Margins()));
  prints(directory, QStringLiteral("ratios"), RatioFigure(sample::ratios()));
  prints(directory, QStringLiteral("chain"), ChainFigure(sample::chain()));
  prints(directory, QStringLiteral("stacked"), BarFigure(sample::stackedEnergy()));
  prints(directory, QStringLiteral("layers"), BarFigure(sample::layers(54)));
  prints(directory, QStringLiteral("pie"), PieFigure(sample::area()));
  ParetoFigure figure(sample::decoEnergy());
  figure.setMarks({.selected = 2, .pins = {8, 10}});
  prints(directory, QStringLiteral("pareto"), figure);
  figure.setMarks(sample::decoChanges());
  prints(directory, QStringLiteral("pareto-arrows"), figure);
  prints(directory, QStringLiteral("energy-latency"), ParetoFigure(sample::decoEnergyLatency()));
  prints(directory, QStringLiteral("many"), ParetoFigure(sample::many(20000)));
  return 0;
}

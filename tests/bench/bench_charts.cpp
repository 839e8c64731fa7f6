// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QImage>
#include <cmath>

#include "tests/bench/bench.h"
#include "tests/widgets/sample_data.h"
#include "widgets/figures/chart_export.h"
#include "widgets/pareto_chart.h"

using namespace pimento;
using namespace pimento::bench;

namespace {

constexpr QSize windowSize(1200, 640);

const ParetoData &million() {
  static const ParetoData data = sample::many(1'000'000);
  return data;
}

PointCloudPtr millionPoints() {
  static const auto cloud = std::make_shared<PointCloud>(million().points, AxisScale::Log10, AxisScale::Linear);
  return cloud;
}

// From the columns to the picture: logarithms, checks and both panels.
void shown(benchmark::State &state) {
  const ParetoData &data = million();
  QImage picture(windowSize, QImage::Format_RGB32);
  ParetoChart chart;
  chart.resize(windowSize);
  for (auto _ : state) {
    chart.setData(data);
    chart.render(&picture);
  }
  targetMs(state, 100);
}

// One frame of a drag, the picture of another thread taken in whenever it is ready.
void panned(benchmark::State &state) {
  QImage picture(windowSize, QImage::Format_RGB32);
  PlotSurface surface;
  surface.resize(windowSize);
  surface.setPoints(millionPoints(), viewOf(*millionPoints(), Cover::Everything));
  surface.render(&picture);
  double step = 0.002;
  for (auto _ : state) {
    if (std::abs(surface.view().x.axisLow()) > 2) step = -step;
    surface.setView({surface.view().x.moved(step), surface.view().y});
    surface.render(&picture);
    QCoreApplication::processEvents();
  }
  targetMs(state, 16);
}

void hovered(benchmark::State &state) {
  PlotSurface surface;
  surface.resize(windowSize);
  surface.setPoints(millionPoints(), viewOf(*millionPoints(), Cover::Everything));
  benchmark::DoNotOptimize(surface.pointAt(surface.area().center()));  // builds the grid
  int i = 0;
  for (auto _ : state) {
    const QPointF at = surface.area().topLeft() + QPointF(i * 37 % 1000, i * 53 % 500);
    benchmark::DoNotOptimize(surface.pointAt(at));
    ++i;
  }
  targetMs(state, 1);
}

void gridBuilt(benchmark::State &state) {
  const View view = viewOf(*millionPoints(), Cover::Everything);
  for (auto _ : state) {
    state.PauseTiming();
    const PointCloud cloud(million().points, AxisScale::Log10, AxisScale::Linear);
    state.ResumeTiming();
    benchmark::DoNotOptimize(cloud.nearest(QPointF(300, 300), view, QRectF(0, 0, 1000, 500), 12));
  }
  targetMs(state, 100);
}

void exported(benchmark::State &state) {
  const ParetoFigure figure(sample::decoEnergy());
  for (auto _ : state) benchmark::DoNotOptimize(exportChart(figure, ChartFormat::Pdf));
  targetMs(state, 200);
}

}  // namespace

BENCHMARK(shown)->Name("chart pair, 1,000,000 points shown")->Unit(benchmark::kMillisecond);
BENCHMARK(panned)->Name("chart, 1,000,000 points, a frame while panning")->Unit(benchmark::kMillisecond);
BENCHMARK(gridBuilt)->Name("chart, 1,000,000 points, first hover")->Unit(benchmark::kMillisecond);
BENCHMARK(hovered)->Name("chart, 1,000,000 points, hover")->Unit(benchmark::kMillisecond);
BENCHMARK(exported)->Name("chart as PDF")->Unit(benchmark::kMillisecond);

int main(int argc, char **argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication application(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

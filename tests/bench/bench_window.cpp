// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QSlider>

#include "app/window/documents.h"
#include "app/window/main_window.h"
#include "app/window/session.h"
#include "app/window/subject.h"
#include "app/window/what_if_steps.h"
#include "tests/bench/bench.h"

using namespace pimento;
using namespace pimento::bench;

namespace {

// The window with the four widths of ResNet20, a page and the sliders in front.
struct Shown {
  explicit Shown(const char *page) {
    window.resize(1600, 1000);
    window.show();
    documents.compareResNet20();
    window.showPage(QStringLiteral("hardware"));  // brings the sliders to the front
    QCoreApplication::processEvents();
    window.showPage(QString::fromLatin1(page));
    QCoreApplication::processEvents();
    slider = window.findChild<QSlider *>(QStringLiteral("slider_tmr_pct"));
  }
  Session session;
  Documents documents{session};
  MainWindow window{session, documents};
  QSlider *slider = nullptr;
};

// From the slider through the model to the repainted window, one frame of 60 a second.
void sliderStep(benchmark::State &state, const char *page) {
  Shown shown(page);
  if (shown.slider == nullptr) return state.SkipWithError("no slider");
  shown.slider->setSliderDown(true);
  int position = shown.slider->value();
  for (auto _ : state) {
    position = position < 300 ? position + 1 : 210;
    shown.slider->setValue(position);
    QCoreApplication::processEvents();
  }
  targetMs(state, 16);
}

// The same without the window: the session alone, four networks estimated anew.
void sessionStep(benchmark::State &state) {
  Session session;
  Documents documents(session);
  documents.compareResNet20();
  const Accelerator base = baseAcceleratorOf(session, QStringLiteral("resnet20-slimmable"));
  const Parameter &tmr = requireParameter(QStringLiteral("tmr_pct"), QStringLiteral("bench"));
  double value = 121;
  const int drag = session.newDrag();
  for (auto _ : state) setWhatIf(session, base, tmr, value += 1e-3, drag);
  targetMs(state, 1);
}

}  // namespace

BENCHMARK_CAPTURE(sliderStep, tradeOff, "trade-off")
    ->Name("a slider step, model to painted trade-off")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(sliderStep, hardware, "hardware")
    ->Name("a slider step, model to painted hardware page")
    ->Unit(benchmark::kMillisecond);
BENCHMARK(sessionStep)->Name("a slider step in the session, four widths of ResNet20")->Unit(benchmark::kMillisecond);

int main(int argc, char **argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication application(argc, argv);
  QApplication::setStyle(QStringLiteral("Fusion"));
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QSlider>
#include <QTemporaryDir>

#include "app/session/documents.h"
#include "app/session/opening.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "app/session/what_if_steps.h"
#include "app/window/controls/program_style.h"
#include "app/window/frame/main_window.h"
#include "tests/bench/bench.h"
#include "tests/bench/large_files.h"
#include "widgets/pareto_chart.h"

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

// From the name of a file to its painted designs.
void openLarge(benchmark::State &state, const LargeTable &wanted, const char *ending, double target) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("sweep.") + QLatin1String(ending));
  if (qstrcmp(ending, "csv") == 0)
    writeLargeCsv(wanted, path);
  else
    writeLargeProject(wanted, path);
  Session session;
  Documents documents{session};
  MainWindow window{session, documents};
  window.resize(1600, 1000);
  window.show();
  const auto &opening = *window.findChild<Opening *>();
  const auto painted = [&] {
    const auto surfaces = window.findChildren<PlotSurface *>();
    return session.isOpen() && !opening.isRunning() &&
           std::all_of(surfaces.begin(), surfaces.end(),
                       [](const PlotSurface *s) { return !s->isVisible() || s->layerIsCurrent(); });
  };
  for (auto _ : state) {
    state.PauseTiming();
    documents.close();
    QCoreApplication::processEvents();
    state.ResumeTiming();
    window.openFile(path);
    do QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    while (!painted());
  }
  targetMs(state, target);
}

void openCsv100k(benchmark::State &state) { openLarge(state, {.rows = 100'000}, "csv", 500); }
void openCsv1M(benchmark::State &state) { openLarge(state, {}, "csv", 3000); }
void openCsv1MFront(benchmark::State &state) { openLarge(state, {.spread = Spread::Front}, "csv", 3000); }
void openCsv1MHeads(benchmark::State &state) { openLarge(state, {.heads = true}, "csv", 3000); }
void openProject1M(benchmark::State &state) { openLarge(state, {}, "pimento", 3000); }

}  // namespace

BENCHMARK_CAPTURE(sliderStep, tradeOff, "trade-off")
    ->Name("a slider step, model to painted trade-off")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(sliderStep, hardware, "hardware")
    ->Name("a slider step, model to painted hardware page")
    ->Unit(benchmark::kMillisecond);
BENCHMARK(sessionStep)->Name("a slider step in the session, four widths of ResNet20")->Unit(benchmark::kMillisecond);

BENCHMARK(openCsv100k)
    ->Name("open a table of 100,000 designs, file to chart")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(openCsv1M)
    ->Name("open a table of 1,000,000 designs, file to chart")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(openCsv1MFront)
    ->Name("open a table of 1,000,000 designs, none dominated, file to chart")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(openCsv1MHeads)
    ->Name("open a table of 1,000,000 designs, half of them heads, file to chart")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(openProject1M)
    ->Name("open a project of 1,000,000 designs, file to chart")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

int main(int argc, char **argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication application(argc, argv);
  QApplication::setStyle(new ProgramStyle);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

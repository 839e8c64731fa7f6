// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/frame/launch.h"

#include <sys/resource.h>
#include <unistd.h>

#include <QApplication>
#include <QBuffer>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QScreen>
#include <QStyle>
#include <QTimer>
#include <cstdio>
#include <ctime>

#include "app/process/display.h"
#include "app/process/last_words.h"
#include "app/process/streams.h"
#include "app/session/documents.h"
#include "app/session/session.h"
#include "app/window/controls/page.h"
#include "app/window/controls/program_style.h"
#include "app/window/frame/main_window.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/typed_number.h"
#include "core/explore/design_report.h"
#include "core/files/save_file.h"
#include "widgets/pareto_chart.h"
#include "widgets/plot_surface.h"

namespace pimento {

namespace {

const QString Place = QStringLiteral("pimento");
const QString OffscreenFile = QStringLiteral("pimento-explorer.png");
constexpr QSize FirstSize{1280, 800};
constexpr int SettleMs = 5000;  // the longest that a picture waits for charts drawn in other threads

void addOptions(QCommandLineParser &parser) {
  const auto add = [&](const char *name, const char *help, const char *value = "") {
    parser.addOption(
        QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(help), QString::fromLatin1(value)));
  };
  add("published", "Open the published results.");
  add("page", "The tab in front.", "NAME");
  add("colours", "system, light or dark.", "WORD");
  add("size", "Of the window.", "WxH");
  add("scale", "Of everything in the window: 1 to 4.", "FACTOR");
  add("screenshot", "Draw the window into a PNG file and quit.", "FILE");
  add("time-to-first-paint",
      "Say when the first frame was shown and what the start has cost, and quit (for benchmarks).");
}

QSize parseSize(const QString &text) {
  static const QRegularExpression form(QStringLiteral("^(\\d{3,5})x(\\d{3,5})$"));
  const auto match = form.match(text);
  if (!match.hasMatch())
    throw Error(Place, QStringLiteral("--size %1").arg(quoted(text)), QStringLiteral("write it as 1280x800"));
  return {match.captured(1).toInt(), match.captured(2).toInt()};
}

double parseScale(const QString &text) {
  const auto scale = typedNumber(text).value();
  if (!scale || *scale < 1 || *scale > 4)
    throw Error(Place, QStringLiteral("--scale %1").arg(quoted(text)),
                QStringLiteral("a number from 1 to 4 is needed"));
  return *scale;
}

Colours parseColours(const QString &text) {
  if (const auto known = coloursFromName(text)) return *known;
  throw Error(Place, QStringLiteral("--colours %1").arg(quoted(text)),
              knownWords(text, {QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")}));
}

// Seconds since this process was started, by the kernel's clock (in steps of 10 ms).
double processAge() {
  QFile file(QStringLiteral("/proc/self/stat"));
  if (!file.open(QIODevice::ReadOnly)) return 0;
  const QByteArray text = file.readAll();
  const auto fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  const double started = fields.value(19).toDouble() / static_cast<double>(sysconf(_SC_CLK_TCK));
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9 - started;
}

// Says at the end, when every thread is done, what the start has cost; for benchmarks.
struct CostAtEnd {
  bool told = false;
  ~CostAtEnd() {
    if (!told) return;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &t) {
      return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    constexpr double KilobytesAMegabyte = 1024;
    printOut(QStringLiteral("end after %1 s, %2 s of CPU, %3 MB of memory\n")
                 .arg(processAge(), 0, 'f', 2)
                 .arg(seconds(usage.ru_utime) + seconds(usage.ru_stime), 0, 'f', 2)
                 .arg(static_cast<double>(usage.ru_maxrss) / KilobytesAMegabyte, 0, 'f', 0));
  }
};

// Ends the program once the window has painted for the first time.
class FirstPaint : public QObject {
 public:
  explicit FirstPaint(QWidget &window) { window.installEventFilter(this); }
  bool eventFilter(QObject *watched, QEvent *event) override {
    if (event->type() == QEvent::Paint && !m_seen) {
      m_seen = true;
      // Behind the rest of this frame: all children painted and handed to the screen.
      QTimer::singleShot(0, qApp, [] {
        printOut(QStringLiteral("first paint after %1 s\n").arg(processAge(), 0, 'f', 2));
        QCoreApplication::quit();
      });
    }
    return QObject::eventFilter(watched, event);
  }

 private:
  bool m_seen = false;
};

bool chartsSettled(const QWidget &window) {
  for (const PlotSurface *surface : window.findChildren<PlotSurface *>())
    if (surface->isVisible() && !surface->layerIsCurrent()) return false;
  for (const Page *page : window.findChildren<Page *>())
    if (page->isVisible() && !page->isSettled()) return false;
  return true;
}

// A slip of the name must not cost a file of another kind.
void requirePictureOrNothing(const QString &path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly) || file.size() == 0) return;  // what else is wrong with it, writing says
  if (file.peek(4) != "\x89PNG")
    throw Error(path, QStringLiteral("is there already and is no PNG picture"), QStringLiteral("give another name"));
}

// Nobody can ask a picture for the rest of a text.
void writePicture(QWidget &window, const QString &path) {
  for (ParetoChart *chart : window.findChildren<ParetoChart *>()) chart->setTexts(Texts::Whole);
  QElapsedTimer clock;
  clock.start();
  do QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
  while (!chartsSettled(window) && clock.elapsed() < SettleMs);
  const QPixmap picture = window.grab();
  QBuffer png;
  if (picture.isNull() || !picture.save(&png, "PNG"))
    throw Error(path, QStringLiteral("there is not enough memory for the picture"),
                QStringLiteral("give a smaller --size"));
  writeWhole(path, png.data());
}

void openRequested(MainWindow &window, Documents &documents, const WindowRequest &request, bool onScreen) {
  if (request.published) documents.showPublished();
  if (!request.file.isEmpty()) {
    if (onScreen)
      window.openFile(request.file);
    else
      documents.open(request.file);
  }
  if (request.page.isEmpty()) return;
  if (!window.pageNames().contains(request.page))
    throw Error(Place, QStringLiteral("--page %1").arg(quoted(request.page)),
                knownWords(request.page, window.pageNames()));
  window.showPage(request.page);
}

// Where it was the last time, unless a size is asked for; a picture depends on nothing but what is asked. The size.
QSize placeWindow(MainWindow &window, const WindowRequest &request) {
  const bool picture = !request.screenshot.isEmpty();
  const bool recalled = !picture && !request.timeFirstPaint && window.keepLayout();
  QSize size = request.size.value_or(recalled ? window.size() : FirstSize);
  if (!picture) {
    const int edges = 2 * window.style()->pixelMetric(QStyle::PM_MdiSubWindowFrameWidth);
    const int title = window.style()->pixelMetric(QStyle::PM_TitleBarHeight);
    size = size.boundedTo(window.screen()->availableSize() - QSize(edges, title + edges));
  }
  if (!recalled || request.size) window.resize(size);
  return size;
}

}  // namespace

std::optional<WindowRequest> windowRequest(const QStringList &arguments) {
  if (!arguments.isEmpty()) {
    const QString &first = arguments.front();
    if (first == QStringLiteral("--help") || first == QStringLiteral("--version")) return std::nullopt;
    const bool file = first.endsWith(QStringLiteral(".pimento")) || first.endsWith(QStringLiteral(".csv"));
    if (!first.startsWith(QStringLiteral("--")) && !file) return std::nullopt;
  }
  QCommandLineParser parser;
  addOptions(parser);
  const QString remedy = QStringLiteral("see pimento --help");
  if (!parser.parse(QStringList(Place) + arguments))
    throw Error(Place, parser.errorText().remove(QRegularExpression(QStringLiteral("\\.$"))), remedy);
  const auto value = [&](const char *name) { return parser.value(QString::fromLatin1(name)); };
  const auto set = [&](const char *name) { return parser.isSet(QString::fromLatin1(name)); };
  if (parser.positionalArguments().size() > 1)
    throw Error(Place, QStringLiteral("unexpected argument %1").arg(quoted(parser.positionalArguments().at(1))),
                remedy);
  WindowRequest request;
  request.file = parser.positionalArguments().value(0);
  request.published = set("published");
  request.page = value("page");
  if (set("colours")) request.colours = parseColours(value("colours"));
  if (set("size")) request.size = parseSize(value("size"));
  if (set("scale")) request.scale = parseScale(value("scale"));
  request.screenshot = value("screenshot");
  request.timeFirstPaint = set("time-to-first-paint");
  return request;
}

int runWindow(int &argc, char **argv, const WindowRequest &asked) {
  WindowRequest request = asked;
  const bool display = hasDisplay();
  if (!display || !request.screenshot.isEmpty()) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    quietQt();
    sayLastWords();  // a picture is made as by a verb; a window that crashes leaves a core
  } else {
    startAnewWithoutDisplay(argc, argv);
  }
  if (const QString problem = displayProblem(); !problem.isEmpty())
    printError(QStringLiteral("pimento: the display can not be used (%1); the window is drawn instead\n").arg(problem));
  if (request.scale > 0) qputenv("QT_SCALE_FACTOR", exactNumber(request.scale).toLatin1());
  if (!display && request.screenshot.isEmpty()) {
    request.screenshot = OffscreenFile;
    request.published = request.file.isEmpty();
  }
  const CostAtEnd cost{request.timeFirstPaint};
  const QApplication application(argc, argv);
  if (display && request.screenshot.isEmpty()) displayWorks();
  QApplication::setStyle(new ProgramStyle);
  QCoreApplication::setOrganizationName(QStringLiteral("pimento"));
  QCoreApplication::setApplicationName(QStringLiteral("pimento"));
  applyColours(request.colours);
  Session session;
  Documents documents(session);
  if (!request.screenshot.isEmpty()) requirePictureOrNothing(request.screenshot);
  MainWindow window(session, documents);
  const QSize size = placeWindow(window, request);
  openRequested(window, documents, request, request.screenshot.isEmpty());
  FirstPaint firstPaint(window);
  if (!request.timeFirstPaint) window.removeEventFilter(&firstPaint);
  window.show();
  // Docks that a small window hides had made it larger; only the layout of the first frame takes that back.
  QTimer::singleShot(0, &window, [&window, size] {
    const bool larger = window.height() > size.height() || window.width() > size.width();
    if (larger && !window.isMaximized() && !window.isFullScreen()) window.resize(size);
  });
  if (request.screenshot.isEmpty()) {
    if (!request.timeFirstPaint) window.offerLeftBehind();
    return QApplication::exec();
  }
  writePicture(window, request.screenshot);
  if (asked.screenshot.isEmpty()) {
    printOut(write(designSummary(session.table(), session.rows(), SummarySources::LeftOut), TableFormat::Text));
    printOut(QStringLiteral("\nThere is no display: the window was drawn into %1.\n").arg(request.screenshot));
  }
  return 0;
}

}  // namespace pimento

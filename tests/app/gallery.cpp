// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the window in the states that a reviewer wants to see: window_gallery DIR [light|dark].
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QElapsedTimer>

#include "app/session/documents.h"
#include "app/session/session.h"
#include "app/window/controls/colours.h"
#include "app/window/controls/page.h"
#include "app/window/controls/program_style.h"
#include "app/window/frame/main_window.h"
#include "widgets/plot_surface.h"

using namespace pimento;

namespace {

class Gallery {
 public:
  explicit Gallery(const QString &folder) : m_folder(folder) {
    m_window.resize(1600, 1000);
    m_window.show();
  }

  void draw() {
    shoot("start");
    m_documents.showPublished();
    select("deco-vgg16/fe+cm2/cifar-100/joint/deco-pim/whole");
    shoot("inspected");
    change([](ViewState &view) { view.filter.scope = Scope::Head; });
    shoot("head-only");
    m_session.undoStack().undo();
    change([](ViewState &view) { view.budgets = {{Metric::Energy, 35}, {Metric::Latency, 30}}; });
    shoot("budget");
    change([](ViewState &view) { view.budgets = {{Metric::Energy, 30}}; });
    shoot("budget-none");
    m_session.undoStack().setIndex(0);
    select("deco-mobilenetv1/fe+cm1/cifar-100/joint/deco-pim/whole");
    for (const char *id :
         {"deco-vgg16/fe+cm1/cifar-100/joint/deco-pim/whole", "deco-vgg16/fe+cm2/cifar-100/joint/deco-pim/whole",
          "deco-mobilenetv1/fe+cm2/cifar-100/joint/deco-pim/whole"})
      m_session.togglePin(*rowWithId(m_session.table(), QString::fromLatin1(id)));
    raise("compareDock");
    shoot("compare");
    raise("historyDock");
    shoot("history");
    raise("tableDock");
    m_window.showPage(QStringLiteral("breakdown"));
    pickers("breakdownPicker", "breakdown");
    m_window.showPage(QStringLiteral("layers"));
    pickers("layerPicker", "layers");
    m_window.report(QStringLiteral("bad.pimento: not a project; choose a file that pimento saved"));
    m_window.showPage(QStringLiteral("trade-off"));
    change([](ViewState &view) {
      view.x = Metric::Energy;
      view.y = Metric::Latency;
      view.objectives = {objective(Metric::Energy), objective(Metric::Latency)};
    });
    shoot("energy-latency");
    m_documents.compareResNet20();
    shoot("resnet20");
    change([](ViewState &view) { view.whatIf = {{QStringLiteral("tmr_pct"), 250}}; });
    raise("whatIfDock");
    shoot("what-if");
    m_window.showPage(QStringLiteral("hardware"));
    pickers("hardwarePicker", "hardware");
    change([](ViewState &view) { view.whatIf = {{QStringLiteral("write_back"), 1}, {QStringLiteral("dataflow"), 2}}; });
    shoot("what-if-contradicts");
    m_session.undoStack().setIndex(0);
    m_window.showPage(QStringLiteral("trade-off"));
    m_window.resize(1000, 640);
    shoot("smaller");
    m_window.resize(1600, 1000);
  }

 private:
  void change(const std::function<void(ViewState &)> &how) {
    ViewState view = m_session.view();
    how(view);
    m_session.change(QStringLiteral("A change"), view);
  }
  void select(const char *id) { m_session.select(rowWithId(m_session.table(), QString::fromLatin1(id))); }
  void raise(const char *dock) { m_window.findChild<QDockWidget *>(QString::fromLatin1(dock))->raise(); }
  void pickers(const char *name, const char *prefix) {
    auto *picker = m_window.findChild<QComboBox *>(QString::fromLatin1(name));
    for (int i = 0; i < picker->count(); ++i) {
      picker->setCurrentIndex(i);
      shoot(QStringLiteral("%1-%2").arg(QString::fromLatin1(prefix)).arg(i).toLatin1().constData());
    }
  }
  void shoot(const char *name) {
    QElapsedTimer clock;
    clock.start();
    const auto settled = [this] {
      for (const PlotSurface *surface : m_window.findChildren<PlotSurface *>())
        if (surface->isVisible() && !surface->layerIsCurrent()) return false;
      return m_window.page() == nullptr || m_window.page()->isSettled();
    };
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    do QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    while (!settled() && clock.elapsed() < 5000);
    m_window.grab().save(m_folder.filePath(QString::fromLatin1(name) + QStringLiteral(".png")));
  }

  QDir m_folder;
  Session m_session;
  Documents m_documents{m_session};
  MainWindow m_window{m_session, m_documents};
};

}  // namespace

int main(int argc, char **argv) {
  const QApplication application(argc, argv);
  QApplication::setStyle(new ProgramStyle);
  const QStringList arguments = QCoreApplication::arguments();
  applyColours(coloursFromName(arguments.value(2)).value_or(Colours::Light));
  QDir().mkpath(arguments.value(1));
  Gallery(arguments.value(1)).draw();
  return 0;
}

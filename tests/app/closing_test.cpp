// SPDX-License-Identifier: GPL-3.0-or-later
// The window is closed while there is work beside it: it goes at once, and the work soon after it.
#include <gtest/gtest.h>
#include <signal.h>

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <functional>

#include "app/jobs/job_queue.h"
#include "app/session/documents.h"
#include "app/session/inference_client.h"
#include "app/session/latest_run.h"
#include "app/session/opening.h"
#include "app/session/session.h"
#include "app/window/controls/page.h"
#include "app/window/frame/main_window.h"
#include "core/files/safetensors.h"
#include "tests/bench/large_files.h"
#include "widgets/plot_surface.h"

using namespace pimento;

namespace {

// Against waits without end; that work is left without waiting is Background's promise, and tested there.
constexpr qint64 MostMs = 20'000;
constexpr qint64 QueuesPatienceMs = 5000;  // after which it kills a worker that it waits for

const QString Worker = QStringLiteral(FAKE_WORKER);

class Closing : public testing::Test {
 protected:
  void SetUp() override {
    m_window = std::make_unique<MainWindow>(m_session, m_documents, nullptr, Worker);
    m_window->resize(1400, 900);
    m_window->show();
  }

  void beginReading() {
    bench::writeLargeCsv({.rows = 400'000}, file("sweep.csv"));
    m_window->openFile(file("sweep.csv"));
    ASSERT_TRUE(m_window->findChild<Opening *>()->isRunning());
  }

  void beginOnPage(const char *name) {
    m_window->showPage(QString::fromLatin1(name));
    const Page &page = *m_window->page();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !page.isSettled(); }));
  }

  void beginDrawing() {
    bench::writeLargeCsv({.rows = 200'000}, file("points.csv"));
    m_window->openFile(file("points.csv"));
    const auto current = [this] {
      for (const PlotSurface *surface : m_window->findChildren<PlotSurface *>())
        if (surface->isVisible() && !surface->layerIsCurrent()) return false;
      return m_session.isOpen();
    };
    ASSERT_TRUE(QTest::qWaitFor(current, 60'000));
    auto *surface = m_window->findChild<PlotSurface *>();
    QTest::keyClick(surface, Qt::Key_Right, Qt::ControlModifier);
    (void)surface->grab();
    ASSERT_FALSE(surface->layerIsCurrent());
  }

  void beginGuessing() {
    SafeTensors large;
    for (int i = 0; i < 64; ++i)
      large.tensors.push_back({QStringLiteral("t%1").arg(i), TensorType::U8, {1 << 20}, QByteArray(1 << 20, '\0')});
    QFile written(file("large.safetensors"));
    ASSERT_TRUE(written.open(QIODevice::WriteOnly));
    written.write(writeSafeTensors(large));
    written.close();
    m_window->openWeights(file("large.safetensors"));
    ASSERT_FALSE(m_window->page()->isSettled());
  }

  void closeAtOnce() {
    QElapsedTimer clock;
    clock.start();
    EXPECT_TRUE(m_window->close());
    m_window.reset();
    EXPECT_LT(clock.elapsed(), MostMs);
  }

  QString file(const char *name) { return m_folder.filePath(QString::fromLatin1(name)); }

  QTemporaryDir m_folder;
  Session m_session;
  Documents m_documents{m_session};
  std::unique_ptr<MainWindow> m_window;
};

// What a worker that hears nothing has left about itself.
class DeafWorker : public testing::Test {
 protected:
  void waitUntilItRuns() {
    ASSERT_TRUE(QTest::qWaitFor([&] { return pid() > 0; }, 60'000));
  }
  [[nodiscard]] qint64 pid() const {
    QFile told(m_folder.filePath(QStringLiteral("pid")));
    return told.open(QIODevice::ReadOnly) ? told.readAll().trimmed().toLongLong() : 0;
  }
  void expectGone() {
    const auto gone = [&] { return ::kill(static_cast<pid_t>(pid()), 0) != 0; };
    EXPECT_TRUE(QTest::qWaitFor(gone, 60'000));
  }

  QTemporaryDir m_folder;
};

}  // namespace

TEST_F(Closing, doesNotWaitForAFileThatIsRead) {
  beginReading();
  closeAtOnce();
  EXPECT_FALSE(m_session.isOpen());
}

TEST_F(Closing, doesNotWaitForChecks) {
  m_documents.beginNew();
  beginOnPage("validation");
  closeAtOnce();
}

TEST_F(Closing, doesNotWaitForCurvesOfTheHardware) {
  m_documents.compareResNet20();
  beginOnPage("hardware");
  const auto *curve = m_window->page()->findChild<LatestRun *>(QStringLiteral("curveRun"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return curve->isRunning(); }, 60'000));
  closeAtOnce();
}

TEST_F(Closing, doesNotWaitForPointsThatAreDrawn) {
  beginDrawing();
  closeAtOnce();
}

TEST_F(Closing, doesNotWaitForAGuessAtWeights) {
  beginGuessing();
  closeAtOnce();
}

TEST_F(Closing, waitsForNoneOfAllThatIsUnderWay) {
  beginDrawing();
  beginOnPage("hardware");
  beginGuessing();
  beginOnPage("validation");
  beginReading();
  closeAtOnce();
}

TEST_F(DeafWorker, isNotWaitedForByTheQueueThatGoes) {
  QElapsedTimer clock;
  {
    JobQueue queue(Worker);
    queue.add(QStringLiteral("deaf"), {QStringLiteral("deaf"), m_folder.path()}, m_folder.path());
    waitUntilItRuns();
    clock.start();
  }
  EXPECT_LT(clock.elapsed(), QueuesPatienceMs);
  expectGone();
}

TEST_F(DeafWorker, isNotWaitedForByThePageThatAsksIt) {
  QElapsedTimer clock;
  {
    InferenceClient client(Worker);
    client.setRun(m_folder.path());
    client.ask({});
    waitUntilItRuns();
    EXPECT_TRUE(client.isBusy());
    clock.start();
    client.setRun(QStringLiteral("another"));
    EXPECT_FALSE(client.isBusy());
  }
  EXPECT_LT(clock.elapsed(), MostMs);
  expectGone();
}

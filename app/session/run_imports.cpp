// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/run_imports.h"

#include <memory>
#include <new>
#include <utility>

#include "core/base/error.h"

namespace pimento {

struct RunImports::Outcome {
  std::shared_ptr<TrainingRun> run;  // or none
  QString problem;
};

namespace {

constexpr int LongMs = 150;  // what is shorter is not worth a message

}  // namespace

RunImports::RunImports(QObject *parent) : QObject(parent) {
  m_patience.setSingleShot(true);
  m_patience.setInterval(LongMs);
  connect(&m_patience, &QTimer::timeout, this, &RunImports::takesLong);
}

void RunImports::read(const QString &directory, Taken taken, Failed failed) {
  m_asked.push_back({directory, std::move(taken), std::move(failed)});
  if (!m_busy) next();
}

void RunImports::stop() {
  m_background.leave();
  m_asked.clear();
  if (m_busy) end();
}

// Of the one that is read; goes on with the next.
void RunImports::end() {
  m_patience.stop();
  Q_EMIT ended();
  next();
}

void RunImports::next() {
  m_busy = !m_asked.empty();
  if (!m_busy) return;
  const Asked asked = std::move(m_asked.front());
  m_asked.pop_front();
  m_directory = asked.directory;
  m_patience.start();
  m_background.start(this, [this, asked](const std::stop_token &stop, const Background::Post &post) {
    const Watch watch{stop, [&](double share) { post([this, share] { Q_EMIT progressed(share); }); }};
    Outcome outcome;
    try {
      outcome.run = std::make_shared<TrainingRun>(importRun(asked.directory, watch.inHundredths()));
    } catch (const Error &error) {
      outcome.problem = error.message();
    } catch (const std::bad_alloc &) {
      outcome.problem = QStringLiteral("%1: there is not enough memory to import this run").arg(asked.directory);
    }
    post([this, asked, outcome] { answer(asked, outcome); });
  });
}

void RunImports::answer(const Asked &asked, const Outcome &outcome) {
  end();
  if (outcome.run)
    asked.taken(std::move(*outcome.run));
  else
    asked.failed(outcome.problem);
}

}  // namespace pimento

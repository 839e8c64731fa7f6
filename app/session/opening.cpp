// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/opening.h"

#include <new>
#include <utility>

#include "core/base/error.h"

namespace pimento {

namespace {

constexpr int PatienceMs = 150;

struct Outcome {
  std::shared_ptr<OpenedFile> file;  // or none
  QString problem;
};

Outcome tryToRead(const QString &path, const Watch &watch) {
  try {
    return {std::make_shared<OpenedFile>(readFile(path, watch)), {}};
  } catch (const Error &error) {
    return {nullptr, error.message()};
  } catch (const std::bad_alloc &) {
    return {nullptr, QStringLiteral("Out of memory: nothing was changed")};
  }
}

}  // namespace

Opening::Opening(QObject *parent) : QObject(parent) {
  m_patience.setSingleShot(true);
  m_patience.setInterval(PatienceMs);
  connect(&m_patience, &QTimer::timeout, this, &Opening::takesLong);
}

void Opening::start(const QString &path) {
  cancel();
  m_path = path;
  m_running = true;
  m_patience.start();
  m_background.start(this, [this, path](const std::stop_token &stop, const Background::Post &post) {
    const Watch watch{stop, [&](double share) { post([this, share] { Q_EMIT progressed(share); }); }};
    post([this, outcome = tryToRead(path, watch.inHundredths())] { end(outcome.file, outcome.problem); });
  });
}

void Opening::cancel() {
  m_patience.stop();
  m_running = false;
  m_file.reset();
  m_background.leave();
}

OpenedFile Opening::take() { return *std::exchange(m_file, std::nullopt); }

void Opening::end(const std::shared_ptr<OpenedFile> &file, const QString &problem) {
  m_patience.stop();
  m_running = false;
  if (!file) {
    Q_EMIT failed(problem);
    return;
  }
  m_file = std::move(*file);
  Q_EMIT read();
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/journal_writer.h"

#include "core/base/error.h"

namespace pimento {

namespace {

QString told(const QString &problem) { return QStringLiteral("Unsaved work can not be kept safe: %1").arg(problem); }

QString tryToWrite(HeldJournal &journal, const Project &project) {
  try {
    journal.write(project);
    return {};
  } catch (const Error &error) {
    return told(error.message());
  } catch (const std::bad_alloc &) {
    return told(QStringLiteral("there is not enough memory"));
  }
}

}  // namespace

void JournalWriter::write(const std::shared_ptr<HeldJournal> &journal, Project project) {
  m_background.start(this, [this, journal, work = std::make_shared<const Project>(std::move(project))](
                               const std::stop_token &, const Background::Post &post) {
    const QString problem = tryToWrite(*journal, *work);
    post([this, problem] { finish(problem); });
  });
  m_busy = true;  // what is posted comes later, in this thread
}

void JournalWriter::finish(const QString &problem) {
  m_busy = false;
  if (!problem.isEmpty()) Q_EMIT failed(problem);
}

}  // namespace pimento

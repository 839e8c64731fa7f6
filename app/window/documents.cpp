// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/documents.h"

#include <QFileInfo>
#include <QSettings>

#include "app/window/session.h"
#include "core/base/error.h"
#include "core/explore/design_csv.h"
#include "core/project/project_file.h"

namespace pimento {

namespace {

constexpr int AutosaveSeconds = 60;
constexpr qsizetype MostRecent = 8;
const QString RecentKey = QStringLiteral("recentFiles");

QString designs(std::size_t count) {
  return count == 1 ? QStringLiteral("1 design") : QStringLiteral("%1 designs").arg(count);
}

// Puts the points of a file beside what is open and says which.
QString addCsv(Session &session, const QString &path) {
  const QFileInfo file(path);
  const StoredTable points{file.completeBaseName(), openDesignCsv(path)};
  const bool beside = session.isOpen();
  const std::size_t all = points.table.size();
  const std::size_t added = session.addTable(points);
  if (!beside) return {};
  if (added == 0) return QStringLiteral("All %1 of %2 are here already.").arg(designs(all), file.fileName());
  QString text = QStringLiteral("%1 of %2 added beside what is open").arg(designs(added), file.fileName());
  if (added < all) text += QStringLiteral("; the other %1 are here already").arg(all - added);
  return text + QLatin1Char('.');
}

}  // namespace

Documents::Documents(Session &session, QObject *parent) : QObject(parent), m_session(session) {
  m_timer.setInterval(AutosaveSeconds * 1000);
  connect(&m_timer, &QTimer::timeout, this, &Documents::autosave);
  m_timer.start();
}

QString Documents::open(const QString &path) {
  const QString full = QFileInfo(path).absoluteFilePath();
  QString said;
  if (path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive)) {
    said = addCsv(m_session, full);
  } else {
    const Project project = openProject(full);
    m_session.open(project, full);
    removeJournal();
  }
  remember(full);
  return said;
}

void Documents::close() {
  m_session.close();
  removeJournal();
}

void Documents::save(const QString &path) {
  const QString full = QFileInfo(path).absoluteFilePath();
  saveProject(m_session.project(), full);
  removeJournal();
  m_session.saved(full);
  remember(full);
}

void Documents::showPublished() {
  Project project;
  project.title = QStringLiteral("Published results");
  project.published = PublishedChoice{};
  ViewState view;
  view.filter.datasets = {QStringLiteral("cifar-100")};  // the one whose costs DECO publishes
  project.view = toJson(view);
  m_session.open(project);
  removeJournal();
}

void Documents::compareResNet20() {
  Project project;
  project.title = QStringLiteral("ResNet20 widths");
  project.published = PublishedChoice{};
  project.estimates = {{.network = QStringLiteral("resnet20-slimmable")}};
  ViewState view;
  view.filter.networks = {QStringLiteral("resnet20-slimmable")};
  view.filter.datasets = {QStringLiteral("cifar-10")};
  project.view = toJson(view);
  m_session.open(project);
  removeJournal();
}

void Documents::beginNew() {
  Project project;
  project.title = QStringLiteral("New project");
  m_session.open(project);
  removeJournal();
}

std::optional<Journal> Documents::leftBehind() const { return findJournal(m_session.path()); }

void Documents::recover(const Journal &journal) {
  const QString path = m_session.path();
  m_session.open(openProject(journal.path), path);
  m_session.setUnsaved();
  m_journal = journal.path;
}

void Documents::discard(const Journal &journal) { pimento::removeJournal(journal.path); }

void Documents::autosave() {
  if (!m_session.isOpen() || !m_session.isModified()) return;
  try {
    const QString path = journalPath(m_session.path());
    writeJournal(m_session.project(), path);
    m_journal = path;
  } catch (const Error &error) {
    Q_EMIT autosaveFailed(error.message());
  }
}

void Documents::removeJournal() {
  if (!m_journal.isEmpty()) pimento::removeJournal(m_journal);
  m_journal.clear();
}

QStringList Documents::recentFiles() const {
  QStringList files = QSettings().value(RecentKey).toStringList();
  files.removeIf([](const QString &file) { return !QFileInfo::exists(file); });
  return files;
}

void Documents::remember(const QString &path) {
  QStringList files = recentFiles();
  files.removeAll(path);
  files.prepend(path);
  QSettings().setValue(RecentKey, files.mid(0, MostRecent));
}

}  // namespace pimento

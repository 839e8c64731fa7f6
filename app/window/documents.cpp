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

StoredTable csvTable(const QString &path) { return {QFileInfo(path).completeBaseName(), openDesignCsv(path)}; }

}  // namespace

Documents::Documents(Session &session, QObject *parent) : QObject(parent), m_session(session) {
  m_timer.setInterval(AutosaveSeconds * 1000);
  connect(&m_timer, &QTimer::timeout, this, &Documents::autosave);
  m_timer.start();
}

void Documents::open(const QString &path) {
  const QString full = QFileInfo(path).absoluteFilePath();
  if (path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive)) {
    m_session.addTable(csvTable(full));
  } else {
    const Project project = openProject(full);
    m_session.open(project, full);
    removeJournal();
  }
  remember(full);
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

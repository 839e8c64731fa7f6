// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/documents.h"

#include <QFileInfo>
#include <QSettings>
#include <algorithm>

#include "app/session/labels.h"
#include "app/session/session.h"
#include "core/base/error.h"
#include "core/project/project_file.h"
#include "core/project/project_lock.h"

namespace pimento {

namespace {

constexpr int AutosaveSeconds = 60;
constexpr int SettleMs = 200;  // whoever changes a file does so in several steps
constexpr std::chrono::milliseconds WindowPatience = std::chrono::seconds(2);  // for others that change it
constexpr qsizetype MostRecent = 8;
const QString RecentKey = QStringLiteral("recentFiles");

QString designs(std::size_t count) { return countText(count, QStringLiteral("design")); }

// Puts the points of a file beside what is open and says which.
QString addPoints(Session &session, const StoredTable &points, const QString &file) {
  const bool beside = session.isOpen();
  const std::size_t all = points.table.size();
  const std::size_t added = session.addTable(points);
  if (!beside) return {};
  if (added == 0) return QStringLiteral("All %1 of %2 are here already.").arg(designs(all), file);
  QString text = QStringLiteral("%1 of %2 added beside what is open").arg(designs(added), file);
  if (added < all) text += QStringLiteral("; the other %1 are here already").arg(all - added);
  return text + QLatin1Char('.');
}

}  // namespace

Documents::Documents(Session &session, QObject *parent) : QObject(parent), m_session(session) {
  m_timer.setInterval(AutosaveSeconds * 1000);
  connect(&m_timer, &QTimer::timeout, this, &Documents::autosave);
  m_timer.start();
  const auto changed = [this] { ++m_revision; };
  for (const auto signal_ : {&Session::tableChanged, &Session::viewChanged, &Session::zoomChanged,
                             &Session::whatIfChanged, &Session::pinsChanged, &Session::documentChanged})
    connect(&session, signal_, this, changed);
  m_saved = SavedWork(session);
  connect(&m_writer, &JournalWriter::failed, this, [this](const QString &problem) {
    m_journalled = 0;  // to be tried again
    Q_EMIT autosaveFailed(problem);
  });
  m_look.setSingleShot(true);
  m_look.setInterval(SettleMs);
  connect(&m_look, &QTimer::timeout, this, &Documents::look);
  for (const auto touched : {&QFileSystemWatcher::fileChanged, &QFileSystemWatcher::directoryChanged})
    connect(&m_watcher, touched, &m_look, qOverload<>(&QTimer::start));
}

QString Documents::open(const QString &path) { return show(readFile(path)); }

QString Documents::show(OpenedFile file) {
  QString said;
  if (auto *points = std::get_if<StoredTable>(&file.content)) {
    const bool alone = !m_session.isOpen();
    said = addPoints(m_session, *points, QFileInfo(file.path).fileName());
    if (alone) know(std::nullopt);
  } else {
    m_session.open(std::get<StudiedProject>(std::move(file.content)), file.path);
    removeJournal();
    know(file.stamp);
  }
  remember(file.path);
  return said;
}

void Documents::reload() { open(m_session.path()); }

void Documents::close() {
  m_session.close();
  removeJournal();
  know(std::nullopt);
}

void Documents::save(const QString &path, const std::optional<FileStamp> &replacing) {
  const QString full = QFileInfo(path).absoluteFilePath();
  {
    const FileLock lock = lockProject(full, WindowPatience);
    if (const auto there = stampOf(full); there && there != replacing)
      throw Error(full,
                  QStringLiteral("was changed at %1, just before it was saved").arg(spokenTime(there->modified())),
                  QStringLiteral("save again to decide about it"));
    saveProject(m_session.project(), full);
    m_stamp = stampOf(full);
  }
  m_session.saved(full);
  removeJournal();
  know(m_stamp);
  remember(full);
}

// What the start page offers, in place of what is open.
void Documents::begin(const Project &project) {
  m_session.open(project);
  removeJournal();
  know(std::nullopt);
}

void Documents::showPublished() {
  Project project;
  project.title = QStringLiteral("Published results");
  project.published = PublishedChoice{};
  ViewState view;
  view.filter.datasets = {QStringLiteral("cifar-100")};  // the one whose costs DECO publishes
  project.view = toJson(view);
  begin(project);
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
  begin(project);
}

void Documents::beginNew() {
  Project project;
  project.title = QStringLiteral("New project");
  begin(project);
}

std::vector<Journal> Documents::leftBehind() const {
  std::vector<Journal> journals = journalsLeftBehind();
  if (!m_session.path().isEmpty())
    std::ranges::stable_partition(journals, [&](const Journal &one) { return one.origin.project == m_session.path(); });
  return journals;
}

void Documents::recover(const Journal &journal) {
  auto held = HeldJournal::adopt(journal);
  m_session.open(held->project(), journal.origin.project);
  m_session.setUnsaved();
  removeJournal();
  m_journal = std::move(held);
  m_journalled = m_revision;
  m_recovered = true;
  const auto &stamp = journal.origin.stamp;
  follow(stamp, {stamp ? stamp->modified() : journal.written, Known::How::Restored});
}

void Documents::discard(const Journal &journal) { HeldJournal::adopt(journal)->answer(); }

void Documents::autosave() {
  if (m_writer.isBusy()) return;
  if (!isWorthSaving()) return removeJournal();  // undone, or never made
  if (m_journal && m_journalled == m_revision) return;
  try {
    if (!m_journal) m_journal = HeldJournal::begin({m_session.path(), m_stamp, m_session.title()});
    m_journalled = m_revision;
    m_writer.write(m_journal, m_session.project());
  } catch (const Error &error) {
    m_journalled = 0;
    Q_EMIT autosaveFailed(error.message());
  } catch (const std::bad_alloc &) {
    m_journalled = 0;
    Q_EMIT autosaveFailed(QStringLiteral("Unsaved work can not be kept safe: there is not enough memory"));
  }
}

void Documents::removeJournal() {
  if (!m_journal) return;
  try {
    std::exchange(m_journal, nullptr)->answer();
  } catch (const Error &error) {
    Q_EMIT autosaveFailed(error.message());
  }
}

void Documents::know(const std::optional<FileStamp> &stamp) {
  m_recovered = false;
  follow(stamp, {QDateTime::currentDateTime()});
}

void Documents::follow(const std::optional<FileStamp> &stamp, const Known &known) {
  m_saved = SavedWork(m_session);
  m_stamp = stamp;
  m_known = known;
  m_told.reset();
  watch();
  Q_EMIT fileChanged();
}

// The file and its folder: whoever saves it anew renames another file to its name.
void Documents::watch() {
  if (const QStringList watched = m_watcher.files() + m_watcher.directories(); !watched.isEmpty())
    m_watcher.removePaths(watched);
  if (m_session.path().isEmpty()) return;
  const QFileInfo file(m_session.path());
  m_watcher.addPath(file.absolutePath());
  if (file.exists()) m_watcher.addPath(file.absoluteFilePath());
}

void Documents::look() {
  watch();  // another file may have the name now
  const auto changed = changedOnDisk();
  if (changed == std::exchange(m_told, changed)) return;
  Q_EMIT fileChanged();
}

std::optional<FileStamp> Documents::changedOnDisk() const {
  const auto there = stampOf(m_session.path());
  return there == m_stamp ? std::nullopt : there;
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

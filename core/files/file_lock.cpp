// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QFile>
#include <QSysInfo>
#include <cerrno>
#include <thread>

#include "core/files/save_file.h"

namespace pimento {

namespace {

constexpr std::chrono::milliseconds Poll(20);
constexpr mode_t OwnerWrites = 0644;
constexpr int MostGone = 10;  // times in a row that holders remove the file under somebody who opens it

// Whether the open file is still the one of that name: the last holder may have removed it meanwhile.
bool isStillNamed(int handle, const QByteArray &name) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(handle, &opened) == 0 && ::lstat(name.constData(), &named) == 0 && opened.st_dev == named.st_dev &&
         opened.st_ino == named.st_ino;
}

// Neither was removed: a file system that gives an open file another number than its name.
bool isThere(int handle, const QByteArray &name) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(handle, &opened) == 0 && opened.st_nlink > 0 && ::lstat(name.constData(), &named) == 0;
}

enum class Answer { Free, Taken, Unknown };  // Unknown: the file system has no locks

Answer ask(int handle, int how) {
  while (::flock(handle, how | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return Answer::Taken;
    if (errno != EINTR) return Answer::Unknown;
  }
  return Answer::Free;
}

// When a process began, in ticks of the system: it tells a process from a later one with its number. Empty: none runs.
QByteArray startOf(qint64 pid) {
  constexpr qsizetype Start = 19;  // of the fields behind the name, which stands in parentheses and may hold any byte
  QFile facts(QStringLiteral("/proc/%1/stat").arg(pid));
  if (!facts.open(QIODevice::ReadOnly)) return {};
  const QByteArray text = facts.readAll();
  return text.mid(text.lastIndexOf(')') + 2).split(' ').value(Start);
}

// What a holder wrote down, whether or not it still is one.
struct Written {
  LockOwner owner;
  QByteArray start;
  [[nodiscard]] bool lives() const { return owner.isHere() && !start.isEmpty() && startOf(owner.pid) == start; }
};

Written writtenIn(int handle) {
  QByteArray text(512, '\0');
  const ssize_t size = ::pread(handle, text.data(), static_cast<std::size_t>(text.size()), 0);
  const QList<QByteArray> lines = text.left(size > 0 ? size : 0).split('\n');
  return {{lines.value(0).toLongLong(), QString::fromUtf8(lines.value(1))}, lines.value(2)};
}

void describeSelf(int handle) {
  const qint64 pid = QCoreApplication::applicationPid();
  const QByteArray text =
      QByteArray::number(pid) + '\n' + QSysInfo::machineHostName().toUtf8() + '\n' + startOf(pid) + '\n';
  if (::ftruncate(handle, 0) != 0) return;
  static_cast<void>(!::pwrite(handle, text.constData(), static_cast<std::size_t>(text.size()), 0));
}

enum class Outcome { Held, Taken, Gone };  // Gone: try again with the file that has the name now

Outcome lockNow(int handle, const QByteArray &name) {
  const Answer answer = ask(handle, LOCK_EX);
  if (answer == Answer::Taken || (answer == Answer::Unknown && writtenIn(handle).lives())) return Outcome::Taken;
  return isStillNamed(handle, name) ? Outcome::Held : Outcome::Gone;
}

}  // namespace

bool LockOwner::isHere() const { return host == QSysInfo::machineHostName(); }

QString LockOwner::described() const {
  return pid == 0 ? QStringLiteral("another process")
                  : QStringLiteral("process %1 on %2").arg(pid).arg(host.isEmpty() ? QStringLiteral("?") : host);
}

std::optional<FileLock> FileLock::tryLock(const QString &path, std::chrono::milliseconds patience,
                                          const QString &place) {
  const QByteArray name = QFile::encodeName(path);
  const auto end = std::chrono::steady_clock::now() + patience;
  for (int gone = 0;;) {
    const int handle = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, OwnerWrites);
    if (handle < 0) throw writeError(place, qt_error_string(errno));
    FileLock lock(path, handle);
    Outcome outcome = lockNow(handle, name);
    if (outcome == Outcome::Gone && ++gone >= MostGone && isThere(handle, name)) outcome = Outcome::Held;
    if (outcome == Outcome::Held) {
      describeSelf(handle);
      return lock;
    }
    ::close(handle);  // not removed: it is another's
    lock.m_handle = -1;
    const bool moreTries = outcome == Outcome::Gone && gone < MostGone;
    if (!moreTries && std::chrono::steady_clock::now() >= end) return std::nullopt;
    std::this_thread::sleep_for(Poll);
  }
}

FileLock::FileLock(FileLock &&other) noexcept
    : m_path(std::move(other.m_path)), m_handle(std::exchange(other.m_handle, -1)) {}

FileLock &FileLock::operator=(FileLock &&other) noexcept {
  if (this == &other) return *this;
  release();
  m_path = std::move(other.m_path);
  m_handle = std::exchange(other.m_handle, -1);
  return *this;
}

FileLock::~FileLock() { release(); }

void FileLock::release() {
  if (m_handle < 0) return;
  // Removed while it is held, and only if it is ours: whoever opens it at this moment sees that its name is gone. One
  // that stays says nobody.
  const QByteArray name = QFile::encodeName(m_path);
  const bool removed = isStillNamed(m_handle, name) && ::unlink(name.constData()) == 0;
  if (!removed) static_cast<void>(!::ftruncate(m_handle, 0));
  ::close(m_handle);
  m_handle = -1;
}

std::optional<LockOwner> lockOwner(const QString &path) {
  const QByteArray name = QFile::encodeName(path);
  const int handle = ::open(name.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (handle < 0) return std::nullopt;
  // A shared lock for a moment: it is free if that can be had. Those who only look do not exclude each other.
  const Answer answer = ask(handle, LOCK_SH);
  const Written written = writtenIn(handle);
  ::close(handle);
  const bool unasked =
      answer == Answer::Unknown && !written.owner.host.isEmpty() && (!written.owner.isHere() || written.lives());
  return answer == Answer::Taken || unasked ? std::optional(written.owner) : std::nullopt;
}

}  // namespace pimento

// SPDX-License-Identifier: GPL-3.0-or-later
// Saves a project over another and is killed on the way: before the N-th of the system calls by which a save
// touches the disk, or, if that call is a write, in the middle of it. Ends by itself with 0 once N is more than there
// are. Usage: project_saver PATH N ROWS-BEFORE ROWS-AFTER
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <QCoreApplication>

#include "core/project/project_file.h"
#include "tests/core/project/sample_projects.h"

namespace {

long g_callsLeft = 0;  // 0: not counting

template <class Function>
Function *next(const char *name) {
  return reinterpret_cast<Function *>(dlsym(RTLD_NEXT, name));
}

bool isLast() { return g_callsLeft > 0 && --g_callsLeft == 0; }

void dieHere() { raise(SIGKILL); }

}  // namespace

// The program's own functions come before those of the C library, in Qt's library too.
extern "C" {

ssize_t write(int file, const void *data, size_t size) {
  const auto real = next<ssize_t(int, const void *, size_t)>("write");
  if (isLast()) {
    static_cast<void>(real(file, data, size / 2));
    dieHere();
  }
  return real(file, data, size);
}

int fdatasync(int file) {
  if (isLast()) dieHere();
  return next<int(int)>("fdatasync")(file);
}

int fsync(int file) {
  if (isLast()) dieHere();
  return next<int(int)>("fsync")(file);
}

int rename(const char *from, const char *to) {
  if (isLast()) dieHere();
  return next<int(const char *, const char *)>("rename")(from, to);
}

int link(const char *from, const char *to) {
  if (isLast()) dieHere();
  return next<int(const char *, const char *)>("link")(from, to);
}

int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags) {
  if (isLast()) dieHere();
  return next<int(int, const char *, int, const char *, int)>("linkat")(fromFolder, from, toFolder, to, flags);
}

int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags) {
  if (isLast()) dieHere();
  return next<int(int, const char *, int, const char *, unsigned)>("renameat2")(fromFolder, from, toFolder, to, flags);
}

int unlink(const char *path) {
  if (isLast()) dieHere();
  return next<int(const char *)>("unlink")(path);
}

}  // extern "C"

int main(int argc, char **argv) {
  const QCoreApplication application(argc, argv);
  const QString path = application.arguments().value(1);
  const auto rows = [&](int argument) { return application.arguments().value(argument).toUInt(); };
  pimento::saveProject(pimento::sampleProject(rows(3)), path);
  const pimento::Project after = pimento::sampleProject(rows(4));
  g_callsLeft = application.arguments().value(2).toLong();
  pimento::saveProject(after, path);
  g_callsLeft = 0;
  return 0;
}

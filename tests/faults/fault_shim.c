// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a program (LD_PRELOAD) it lets one of its file calls go wrong. A call counts if its file lies in the
// watched folder. The environment says which:
//   FAULT_FOLDER   the folder (absolute, without links); nothing is counted without it
//   FAULT_PROGRAM  only in the program of this name, which the others may start; every program if it is not set
//   FAULT_CALL     the number of the call, from 1; 0: all go on and are only counted, and file calls are listed
//   FAULT_HOW      "kill": the process is killed before the call, of a write in the middle of it
//                  "fail": the call fails as on a full or broken disk, a write after its first half
//                  "memory": the allocation fails; allocations are counted instead of file calls, wherever they are
//   FAULT_BYTES    the smallest allocation that is counted
//   FAULT_WAITS    nothing is counted before the program calls countFaults(1), and after countFaults(0)
//   FAULT_LOG      file that gets a line: "FAULT_CALL name path" where it happened (of a list: for each call), "calls
//   N"
//                  at the end of the process
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// What becomes of a call.
enum Fate { GoesOn, Killed, Fails };

static const char *g_folder;
static const char *g_log;
static long g_call;
static enum Fate g_how;
static size_t g_bytes;  // 0: allocations are not counted
static atomic_long g_calls;
static atomic_int g_full;  // since a write failed
static atomic_int g_counting = 1;

void countFaults(int counting) { atomic_store(&g_counting, counting); }

__attribute__((constructor)) static void readEnvironment(void) {
  const char *program = getenv("FAULT_PROGRAM");
  if (program != NULL && strcmp(program, program_invocation_short_name) != 0) return;
  const char *call = getenv("FAULT_CALL");
  const char *how = getenv("FAULT_HOW");
  g_call = call == NULL ? 0 : strtol(call, NULL, 10);
  const int memory = how != NULL && strcmp(how, "memory") == 0;
  g_how = how == NULL                          ? GoesOn
          : strcmp(how, "kill") == 0           ? Killed
          : memory || strcmp(how, "fail") == 0 ? Fails
                                               : GoesOn;
  g_log = getenv("FAULT_LOG");
  if (getenv("FAULT_WAITS") != NULL) countFaults(0);
  g_folder = getenv("FAULT_FOLDER");
  const char *bytes = getenv("FAULT_BYTES");
  if (memory) g_bytes = bytes == NULL ? 1 << 16 : strtoul(bytes, NULL, 10);
}

// Past the wrappers below: what is noted is no call of the program.
static void note(const char *line, int length) {
  if (g_log == NULL) return;
  const int file = (int)syscall(SYS_openat, AT_FDCWD, g_log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return;
  (void)!syscall(SYS_write, file, line, (size_t)length);
  (void)syscall(SYS_close, file);
}

__attribute__((destructor)) static void noteCalls(void) {
  if (g_folder == NULL) return;
  char line[64];
  note(line, snprintf(line, sizeof line, "calls %ld\n", atomic_load(&g_calls)));
}

// A relative path is one of the working directory, or of an open folder.
static void resolve(int folder, const char *path, char *whole, size_t size) {
  char base[PATH_MAX] = "";
  whole[0] = '\0';
  if (path == NULL) return;
  if (path[0] == '/') {
    (void)snprintf(whole, size, "%s", path);
    return;
  }
  if (folder == AT_FDCWD) {
    if (getcwd(base, sizeof base) == NULL) return;
  } else {
    char link[64];
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    const ssize_t length = readlink(link, base, sizeof base - 1);
    if (length < 0) return;
    base[length] = '\0';
  }
  if (path[0] == '\0') {
    (void)snprintf(whole, size, "%s", base);
    return;
  }
  while (strncmp(path, "./", 2) == 0) path += 2;
  if (snprintf(whole, size, "%s/%s", base, path) >= (int)size) whole[0] = '\0';
}

static enum Fate fateAt(const char *call, int folder, const char *path) {
  if (g_folder == NULL || !atomic_load(&g_counting)) return GoesOn;
  const int saved = errno;
  char whole[2 * PATH_MAX];
  resolve(folder, path, whole, sizeof whole);
  const size_t length = strlen(g_folder);
  const int watched = strncmp(whole, g_folder, length) == 0 &&
                      (length == 1 || whole[length] == '/' || whole[length] == '\0');  // 1: the root folder
  enum Fate fate = GoesOn;
  if (watched && atomic_load(&g_full) && strcmp(call, "write") == 0) fate = Fails;
  if (watched && g_bytes == 0) {
    const long number = atomic_fetch_add(&g_calls, 1) + 1;
    if (number == g_call) fate = g_how;
    char line[2 * PATH_MAX + 64];
    if (number == g_call || g_call == 0) note(line, snprintf(line, sizeof line, "%ld %s %s\n", number, call, whole));
  }
  errno = saved;
  return fate;
}

static void die(void) {
  (void)raise(SIGKILL);
  for (;;) (void)pause();
}

// For calls that either happen or do not: whether it fails, with errno set.
static int fails(const char *call, int folder, const char *path, int error) {
  const enum Fate fate = fateAt(call, folder, path);
  if (fate == Killed) die();
  if (fate == Fails) errno = error;
  return fate == Fails;
}

// A write that fails ends in the middle; from then on nothing more goes onto the disk.
static ssize_t diskIsFull(ssize_t half) {
  atomic_store(&g_full, 1);
  if (half > 0) return half;
  errno = ENOSPC;
  return -1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// --- Opening and locking ---

static int modeOf(int flags, va_list *more) {
  return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(*more, int) : 0;
}

#define OPEN(name)                                        \
  int name(const char *path, int flags, ...) {            \
    va_list more;                                         \
    va_start(more, flags);                                \
    const int mode = modeOf(flags, &more);                \
    va_end(more);                                         \
    if (fails("open", AT_FDCWD, path, EMFILE)) return -1; \
    return REAL(name)(path, flags, (mode_t)mode);         \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                       \
  int name(int folder, const char *path, int flags, ...) { \
    va_list more;                                          \
    va_start(more, flags);                                 \
    const int mode = modeOf(flags, &more);                 \
    va_end(more);                                          \
    if (fails("open", folder, path, EMFILE)) return -1;    \
    return REAL(name)(folder, path, flags, (mode_t)mode);  \
  }
OPENAT(openat)
OPENAT(openat64)

// What programs that were compiled with _FORTIFY_SOURCE call where no file is created.
int __open_2(const char *path, int flags) { return open(path, flags); }
int __open64_2(const char *path, int flags) { return open64(path, flags); }
int __openat_2(int folder, const char *path, int flags) { return openat(folder, path, flags); }
int __openat64_2(int folder, const char *path, int flags) { return openat64(folder, path, flags); }

int flock(int file, int operation) {
  if (fails("flock", file, "", ENOLCK)) return -1;
  return REAL(flock)(file, operation);
}

// --- Writing ---

ssize_t write(int file, const void *data, size_t size) {
  const enum Fate fate = fateAt("write", file, "");
  if (fate == GoesOn) return REAL(write)(file, data, size);
  const ssize_t half = g_full ? 0 : REAL(write)(file, data, size / 2);
  if (fate == Killed) die();
  return diskIsFull(half);
}

#define PWRITE(name, Offset)                                                \
  ssize_t name(int file, const void *data, size_t size, Offset at) {        \
    const enum Fate fate = fateAt("write", file, "");                       \
    if (fate == GoesOn) return REAL(name)(file, data, size, at);            \
    const ssize_t half = g_full ? 0 : REAL(name)(file, data, size / 2, at); \
    if (fate == Killed) die();                                              \
    return diskIsFull(half);                                                \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int file, const struct iovec *parts, int count) {
  if (fails("write", file, "", ENOSPC)) return -1;
  return REAL(writev)(file, parts, count);
}

int fsync(int file) {
  if (fails("fsync", file, "", EIO)) return -1;
  return REAL(fsync)(file);
}

int fdatasync(int file) {
  if (fails("fsync", file, "", EIO)) return -1;
  return REAL(fdatasync)(file);
}

int ftruncate(int file, off_t size) {
  if (fails("truncate", file, "", ENOSPC)) return -1;
  return REAL(ftruncate)(file, size);
}

int ftruncate64(int file, off64_t size) {
  if (fails("truncate", file, "", ENOSPC)) return -1;
  return REAL(ftruncate64)(file, size);
}

// --- Names ---

int rename(const char *from, const char *to) {
  if (fails("rename", AT_FDCWD, to, EIO)) return -1;
  return REAL(rename)(from, to);
}

int renameat(int fromFolder, const char *from, int toFolder, const char *to) {
  if (fails("rename", toFolder, to, EIO)) return -1;
  return REAL(renameat)(fromFolder, from, toFolder, to);
}

int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags) {
  if (fails("rename", toFolder, to, EIO)) return -1;
  return REAL(renameat2)(fromFolder, from, toFolder, to, flags);
}

int link(const char *from, const char *to) {
  if (fails("link", AT_FDCWD, to, EIO)) return -1;
  return REAL(link)(from, to);
}

int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags) {
  if (fails("link", toFolder, to, EIO)) return -1;
  return REAL(linkat)(fromFolder, from, toFolder, to, flags);
}

int unlink(const char *path) {
  if (fails("unlink", AT_FDCWD, path, EACCES)) return -1;
  return REAL(unlink)(path);
}

int unlinkat(int folder, const char *path, int flags) {
  if (fails("unlink", folder, path, EACCES)) return -1;
  return REAL(unlinkat)(folder, path, flags);
}

int remove(const char *path) {
  if (fails("unlink", AT_FDCWD, path, EACCES)) return -1;
  return REAL(remove)(path);
}

int mkdir(const char *path, mode_t mode) {
  if (fails("mkdir", AT_FDCWD, path, ENOSPC)) return -1;
  return REAL(mkdir)(path, mode);
}

int rmdir(const char *path) {
  if (fails("rmdir", AT_FDCWD, path, EACCES)) return -1;
  return REAL(rmdir)(path);
}

// --- Streams, which the C library opens by a call of its own ---

#define FOPEN(name)                                                               \
  FILE *name(const char *path, const char *mode) {                                \
    return fails("open", AT_FDCWD, path, EMFILE) ? NULL : REAL(name)(path, mode); \
  }
FOPEN(fopen)
FOPEN(fopen64)

// --- Memory ---

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static int memoryFails(const char *call, size_t size) {
  if (g_bytes == 0 || size < g_bytes || g_folder == NULL || !atomic_load(&g_counting)) return 0;
  if (atomic_fetch_add(&g_calls, 1) + 1 != g_call) return 0;
  char line[96];
  note(line, snprintf(line, sizeof line, "%ld %s of %zu bytes\n", g_call, call, size));
  errno = ENOMEM;
  return 1;
}

void *malloc(size_t size) { return memoryFails("malloc", size) ? NULL : __libc_malloc(size); }

void *calloc(size_t count, size_t size) {
  return memoryFails("calloc", count * size) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) { return memoryFails("realloc", size) ? NULL : __libc_realloc(old, size); }

void *memalign(size_t alignment, size_t size) {
  return memoryFails("memalign", size) ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **memory, size_t alignment, size_t size) {
  const int saved = errno;
  void *const got = memalign(alignment, size);
  errno = saved;
  if (got == NULL) return ENOMEM;
  *memory = got;
  return 0;
}

#define MMAP(name, Offset)                                                                \
  void *name(void *at, size_t size, int protection, int flags, int file, Offset offset) { \
    if (memoryFails("mmap", size)) return MAP_FAILED;                                     \
    return (void *)syscall(SYS_mmap, at, size, protection, flags, file, offset);          \
  }
MMAP(mmap, off_t)
MMAP(mmap64, off64_t)

/*
 * A disk that fails when it is told to: loaded before libc, it stands between a process and the files of one directory.
 * FAULTS_DIR names the directory, FAULTS_CONTROL a file of numbers that the test changes while the process runs,
 * FAULTS_TRACE (if given) where every write, sync and name change is recorded, with what left by stdout and sockets.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* The numbers of the control file, in its order; the test knows the same order. */
enum { CALLS, SKIP, TIMES, ERRNO, ROOM, SLOW, SEEN, FAILED, SILENT, NUMBERS };
/* What CALLS is a sum of. */
enum { WRITE = 1, SYNC = 2, TRUNCATE = 4, OPEN = 8, NAME = 16, READ = 32 };
/* What a record of the trace is about. */
enum { T_WRITE = 1, T_SYNC, T_TRUNCATE, T_CREATE, T_RENAME, T_UNLINK, T_DIRSYNC, T_OUT, T_SOCKET };

#define REAL(name) ((__typeof__(&name))real(#name))
#define FAIL_SHORT (-2)

static int64_t unlimited[NUMBERS] = {0, 0, 0, 0, -1, 0, 0, 0, 0};
static volatile int64_t *control = unlimited;
static char dir[PATH_MAX];
static size_t dir_length;
static int trace = -1;
/* One lock around a change and its record: the trace is in the order in which things happened. */
static pthread_mutex_t order = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
  const char *where = getenv("FAULTS_DIR"), *numbers = getenv("FAULTS_CONTROL"), *record = getenv("FAULTS_TRACE");
  if (!where || !numbers || !realpath(where, dir)) return;
  dir_length = strlen(dir);
  int file = REAL(open64)(numbers, O_RDWR | O_CLOEXEC);
  void *shared = mmap(NULL, NUMBERS * 8, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (shared != MAP_FAILED) control = shared;
  if (record) trace = REAL(open64)(record, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static int ours(const char *path) {
  return dir_length && strncmp(path, dir, dir_length) == 0 && (path[dir_length] == '/' || !path[dir_length]);
}

static int path_of(int fd, char *path) {
  char link[40];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return ours(path);
}

static void nap(void) { nanosleep(&(struct timespec){0, 5 * 1000000}, NULL); }

/* 0: let it pass; FAIL_SHORT: write half of it; otherwise the error to give. */
static int64_t verdict(int call) {
  if (!(control[CALLS] & call)) return 0;
  __atomic_add_fetch(&control[SEEN], 1, __ATOMIC_SEQ_CST);
  if (__atomic_fetch_sub(&control[SKIP], 1, __ATOMIC_SEQ_CST) > 0) return 0;
  if (control[TIMES] == 0) return 0;
  if (control[TIMES] > 0) control[TIMES] -= 1;
  __atomic_add_fetch(&control[FAILED], 1, __ATOMIC_SEQ_CST);
  return control[ERRNO] ? control[ERRNO] : FAIL_SHORT;
}

static int refused(int call) {
  int64_t error = verdict(call);
  if (error == 0) return 0;
  errno = error > 0 ? (int)error : EIO;
  return 1;
}

static void record(uint32_t kind, uint64_t file, int64_t offset, const struct iovec *parts, int count) {
  if (trace < 0) return;
  uint32_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  struct { uint32_t kind, length; uint64_t file; int64_t offset; } head = {kind, length, file, offset};
  struct iovec all[64] = {{&head, sizeof head}};
  for (int i = 0; i < count && i < 63; i++) all[i + 1] = parts[i];
  if (REAL(writev)(trace, all, count + 1) < 0) abort();
}

static void record_names(uint32_t kind, uint64_t file, const char *a, const char *b) {
  struct iovec parts[2] = {{(void *)a, strlen(a) + 1}, {(void *)b, b ? strlen(b) + 1 : 0}};
  record(kind, file, 0, parts, b ? 2 : 1);
}

static uint64_t inode(int fd) {
  struct stat64 about;
  return fstat64(fd, &about) == 0 ? about.st_ino : 0;
}

/* Takes from the room what a file is to grow by; false when there is not so much. */
static int has_room(int64_t bytes) {
  if (control[ROOM] < 0 || bytes <= 0) return 1;
  if (control[ROOM] < bytes) return 0;
  control[ROOM] -= bytes;
  return 1;
}

static void give_back(int64_t bytes) {
  if (control[ROOM] >= 0 && bytes > 0) control[ROOM] += bytes;
}

static ssize_t write_at(int fd, const void *bytes, size_t count, off64_t offset, int at) {
  struct stat64 about;
  fstat64(fd, &about);
  if (!at) offset = lseek64(fd, 0, SEEK_CUR);
  int64_t error = verdict(WRITE);
  if (error == FAIL_SHORT) count /= 2;
  else if (error) return errno = (int)error, -1;
  if (!has_room((int64_t)offset + (int64_t)count - about.st_size)) return errno = ENOSPC, -1;
  pthread_mutex_lock(&order);
  ssize_t written = at ? REAL(pwrite64)(fd, bytes, count, offset) : REAL(write)(fd, bytes, count);
  if (written > 0) record(T_WRITE, about.st_ino, offset, &(struct iovec){(void *)bytes, written}, 1);
  pthread_mutex_unlock(&order);
  return written;
}

/* What leaves the process is recorded before it leaves: nobody can have seen it earlier. */
static void record_leaving(int fd, const struct iovec *parts, int count) {
  if (trace < 0) return;
  struct sockaddr_storage peer;
  socklen_t size = sizeof peer;
  uint64_t port = 0;
  if (fd != STDOUT_FILENO) {
    if (getpeername(fd, (struct sockaddr *)&peer, &size) != 0) return;
    if (peer.ss_family == AF_INET) port = ntohs(((struct sockaddr_in *)&peer)->sin_port);
    else if (peer.ss_family == AF_INET6) port = ntohs(((struct sockaddr_in6 *)&peer)->sin6_port);
    else return;
  }
  pthread_mutex_lock(&order);
  record(fd == STDOUT_FILENO ? T_OUT : T_SOCKET, port, 0, parts, count);
  pthread_mutex_unlock(&order);
}

ssize_t write(int fd, const void *bytes, size_t count) {
  char path[PATH_MAX];
  if (path_of(fd, path)) return write_at(fd, bytes, count, 0, 0);
  record_leaving(fd, &(struct iovec){(void *)bytes, count}, 1);
  return REAL(write)(fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  record_leaving(fd, parts, count);
  return REAL(writev)(fd, parts, count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  char path[PATH_MAX];
  if (path_of(fd, path)) return write_at(fd, bytes, count, offset, 1);
  return REAL(pwrite64)(fd, bytes, count, offset);
}

ssize_t pread64(int fd, void *bytes, size_t count, off64_t offset) {
  char path[PATH_MAX];
  if ((control[CALLS] & READ) && path_of(fd, path) && refused(READ)) return -1;
  if (control[SILENT] && path_of(fd, path)) while (control[SILENT]) nap();
  return REAL(pread64)(fd, bytes, count, offset);
}

static int sync_one(int fd, int (*sync)(int)) {
  char path[PATH_MAX];
  struct stat64 about;
  if (!path_of(fd, path)) return sync(fd);
  if (refused(SYNC)) return -1;
  /* In small naps: a disk that is quick again is so at once. */
  for (int64_t slept = 0; slept < control[SLOW]; slept += 5) nap();
  int result = sync(fd);
  fstat64(fd, &about);
  pthread_mutex_lock(&order);
  if (result == 0) record(S_ISDIR(about.st_mode) ? T_DIRSYNC : T_SYNC, about.st_ino, 0, NULL, 0);
  pthread_mutex_unlock(&order);
  return result;
}

int fsync(int fd) { return sync_one(fd, REAL(fsync)); }
int fdatasync(int fd) { return sync_one(fd, REAL(fdatasync)); }

int ftruncate64(int fd, off64_t length) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return REAL(ftruncate64)(fd, length);
  struct stat64 about;
  fstat64(fd, &about);
  if (refused(TRUNCATE)) return -1;
  if (!has_room(length - about.st_size)) return errno = ENOSPC, -1;
  pthread_mutex_lock(&order);
  int result = REAL(ftruncate64)(fd, length);
  if (result == 0) record(T_TRUNCATE, about.st_ino, length, NULL, 0), give_back(about.st_size - length);
  pthread_mutex_unlock(&order);
  return result;
}

static int open_one(int at, const char *path, int flags, mode_t mode) {
  if (!ours(path)) return REAL(openat)(at, path, flags, mode);
  if (refused(OPEN)) return -1;
  pthread_mutex_lock(&order);
  int fresh = (flags & O_CREAT) && access(path, F_OK) != 0;
  int fd = REAL(openat)(at, path, flags, mode);
  if (fd >= 0 && fresh) record_names(T_CREATE, inode(fd), path, NULL);
  pthread_mutex_unlock(&order);
  return fd;
}

static mode_t mode_in(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; }

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_in(flags, rest);
  va_end(rest);
  return open_one(AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_in(flags, rest);
  va_end(rest);
  return open_one(AT_FDCWD, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_in(flags, rest);
  va_end(rest);
  return open_one(at, path, flags, mode);
}

int unlink(const char *path) {
  if (!ours(path)) return REAL(unlink)(path);
  if (refused(NAME)) return -1;
  struct stat64 about = {0};
  stat64(path, &about);
  pthread_mutex_lock(&order);
  int result = REAL(unlink)(path);
  if (result == 0) record_names(T_UNLINK, about.st_ino, path, NULL), give_back(about.st_size);
  pthread_mutex_unlock(&order);
  return result;
}

int rename(const char *from, const char *to) {
  if (!ours(from)) return REAL(rename)(from, to);
  if (refused(NAME)) return -1;
  pthread_mutex_lock(&order);
  int result = REAL(rename)(from, to);
  if (result == 0) record_names(T_RENAME, 0, from, to);
  pthread_mutex_unlock(&order);
  return result;
}

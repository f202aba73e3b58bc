/*
 * record.c - an LD_PRELOAD library: logs what an unmodified program does to the files of a folder.
 *
 * Use     RECORD_FOLDER=/path/of/data RECORD_LOG=/elsewhere/log LD_PRELOAD=record.so program ...
 * Left    files whose name ends in -shm: SQLite's shared memory is made anew after a crash.
 * Honest  a call on a followed file that is not followed here (writev, fallocate...) is logged as
 *         CUT_UNKNOWN, and the replayer refuses the log.
 */
/* open and open64 are two functions here, not one name for the other. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#include "cutlog.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MAX_FD = 4096 };

static char folder[PATH_MAX];
static size_t n_folder;
static int log_fd = -1;
static _Atomic uint64_t inode_of[MAX_FD]; /* 0: not followed; 1: the folder itself */
static _Atomic uint64_t n_syncs;

/* The symbols of the next library, looked up once each; C has no other way from void * to a
 * function than through memory. */
#define REAL(name) real_##name
#define NEXT(result, name, ...)                                                                    \
    static result (*REAL(name))(__VA_ARGS__);                                                      \
    __attribute__((constructor(101))) static void find_##name(void)                                \
    {                                                                                              \
        void *p = dlsym(RTLD_NEXT, #name);                                                         \
                                                                                                   \
        memcpy(&REAL(name), &p, sizeof p);                                                         \
    }

NEXT(int, open, const char *, int, ...)
NEXT(int, open64, const char *, int, ...)
NEXT(int, openat, int, const char *, int, ...)
NEXT(int, openat64, int, const char *, int, ...)
NEXT(int, close, int)
NEXT(ssize_t, write, int, const void *, size_t)
NEXT(ssize_t, pwrite, int, const void *, size_t, off_t)
NEXT(ssize_t, pwrite64, int, const void *, size_t, off64_t)
NEXT(int, fsync, int)
NEXT(int, fdatasync, int)
NEXT(int, ftruncate, int, off_t)
NEXT(int, ftruncate64, int, off64_t)
NEXT(int, truncate, const char *, off_t)
NEXT(int, unlink, const char *)
NEXT(int, unlinkat, int, const char *, int)
NEXT(int, rename, const char *, const char *)
NEXT(int, renameat, int, const char *, int, const char *)
NEXT(ssize_t, writev, int, const struct iovec *, int)
NEXT(ssize_t, pwritev, int, const struct iovec *, int, off_t)
NEXT(int, fallocate, int, int, off_t, off_t)
NEXT(int, posix_fallocate, int, off_t, off_t)

__attribute__((constructor(102))) static void record_begin(void)
{
    const char *at = getenv("RECORD_FOLDER"), *log = getenv("RECORD_LOG");

    if (at == NULL || log == NULL || realpath(at, folder) == NULL)
        return;
    n_folder = strlen(folder);
    log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void put(enum cut_kind kind, uint64_t inode, uint64_t offset, uint64_t number,
                const void *bytes, size_t n)
{
    struct cut_record r = {CUT_MAGIC, kind, inode, offset, number, n};
    struct iovec parts[] = {{&r, sizeof r}, {(void *)bytes, n}};
    const int before = errno;

    /* One call: the system puts it into the log whole. */
    if (syscall(SYS_writev, log_fd, parts, 2) != (long)(sizeof r + n)) {
        static const char words[] = "record: the log cannot be written\n";

        syscall(SYS_write, STDERR_FILENO, words, sizeof words - 1);
        abort();
    }
    errno = before;
}

/* The part of a path below the folder, or NULL. Our folders are flat. */
static const char *inside(const char *path, char *room)
{
    char whole[PATH_MAX + 1];
    const char *slash = strrchr(path, '/');

    if (log_fd < 0)
        return NULL;
    if (slash == NULL) {
        if (getcwd(whole, sizeof whole) == NULL)
            return NULL;
        slash = path - 1;
    } else {
        char dir[PATH_MAX];

        snprintf(dir, sizeof dir, "%.*s", slash == path ? 1 : (int)(slash - path), path);
        if (realpath(dir, whole) == NULL)
            return NULL;
    }
    const size_t n = strlen(slash + 1);

    if (strcmp(whole, folder) != 0 || n == 0 || n > NAME_MAX ||
        (n > 4 && strcmp(slash + 1 + n - 4, "-shm") == 0))
        return NULL;
    return strcpy(room, slash + 1);
}

static uint64_t inode_number(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 ? (uint64_t)st.st_ino : 0;
}

static void opened(int fd, const char *path, int flags, bool was_there)
{
    char name[NAME_MAX + 1], whole[PATH_MAX + 1];

    if (fd < 0 || fd >= MAX_FD || log_fd < 0)
        return;
    if (realpath(path, whole) != NULL && strcmp(whole, folder) == 0) {
        inode_of[fd] = 1;
        return;
    }
    if (inside(path, name) == NULL)
        return;
    const uint64_t inode = inode_number(fd);

    if (!was_there)
        put(CUT_CREATE, inode, 0, 0, name, strlen(name) + 1);
    else
        put(CUT_OPEN, inode, 0, 0, name, strlen(name) + 1);
    if (was_there && (flags & O_TRUNC) != 0)
        put(CUT_TRUNCATE, inode, 0, 0, NULL, 0);
    if ((flags & O_APPEND) != 0 || (flags & O_TMPFILE) == O_TMPFILE)
        put(CUT_UNKNOWN, inode, 0, 0, "O_APPEND", 9);
    inode_of[fd] = inode;
}

static mode_t mode_of(int flags, va_list ap)
{
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(ap, mode_t) : 0;
}

#define OPEN(name)                                                                                 \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        va_list ap;                                                                                \
                                                                                                   \
        va_start(ap, flags);                                                                       \
        const mode_t mode = mode_of(flags, ap);                                                    \
        va_end(ap);                                                                                \
        const bool was_there = access(path, F_OK) == 0;                                            \
        const int fd = REAL(name)(path, flags, mode);                                              \
                                                                                                   \
        opened(fd, path, flags, was_there);                                                        \
        return fd;                                                                                 \
    }
#define OPEN_AT(name)                                                                              \
    int name(int at, const char *path, int flags, ...)                                             \
    {                                                                                              \
        va_list ap;                                                                                \
                                                                                                   \
        va_start(ap, flags);                                                                       \
        const mode_t mode = mode_of(flags, ap);                                                    \
        va_end(ap);                                                                                \
        const bool was_there = faccessat(at, path, F_OK, 0) == 0;                                  \
        const int fd = REAL(name)(at, path, flags, mode);                                          \
                                                                                                   \
        if (at == AT_FDCWD || path[0] == '/')                                                      \
            opened(fd, path, flags, was_there);                                                    \
        else if (at >= 0 && at < MAX_FD && inode_of[at] != 0)                                      \
            put(CUT_UNKNOWN, 0, 0, 0, "openat", 7);                                                \
        return fd;                                                                                 \
    }

OPEN(open)
OPEN(open64)
OPEN_AT(openat)
OPEN_AT(openat64)

static uint64_t followed(int fd)
{
    return log_fd < 0 || fd < 0 || fd >= MAX_FD ? 0 : inode_of[fd];
}

int close(int fd)
{
    if (followed(fd) != 0)
        inode_of[fd] = 0;
    return REAL(close)(fd);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    const uint64_t inode = followed(fd);
    const off_t at = inode == 0 ? 0 : lseek(fd, 0, SEEK_CUR);
    const ssize_t done = REAL(write)(fd, bytes, n);

    if (inode != 0 && done > 0)
        put(CUT_WRITE, inode, (uint64_t)at, 0, bytes, (size_t)done);
    return done;
}

static void written(int fd, const void *bytes, ssize_t done, off64_t at)
{
    if (done > 0 && followed(fd) != 0)
        put(CUT_WRITE, followed(fd), (uint64_t)at, 0, bytes, (size_t)done);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    const ssize_t done = REAL(pwrite)(fd, bytes, n, at);

    written(fd, bytes, done, at);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
    const ssize_t done = REAL(pwrite64)(fd, bytes, n, at);

    written(fd, bytes, done, at);
    return done;
}

static int synced(int fd, int (*sync)(int))
{
    const uint64_t inode = followed(fd);

    if (inode == 0)
        return sync(fd);
    const uint64_t number = ++n_syncs;

    put(inode == 1 ? CUT_DIR_BEGINS : CUT_SYNC_BEGINS, inode, 0, number, NULL, 0);
    const int rc = sync(fd);

    if (rc == 0)
        put(inode == 1 ? CUT_DIR_ENDS : CUT_SYNC_ENDS, inode, 0, number, NULL, 0);
    return rc;
}

int fsync(int fd)
{
    return synced(fd, REAL(fsync));
}

int fdatasync(int fd)
{
    return synced(fd, REAL(fdatasync));
}

static int truncated(int fd, int rc, off64_t to)
{
    if (rc == 0 && followed(fd) != 0)
        put(CUT_TRUNCATE, followed(fd), (uint64_t)to, 0, NULL, 0);
    return rc;
}

int ftruncate(int fd, off_t to)
{
    return truncated(fd, REAL(ftruncate)(fd, to), to);
}

int ftruncate64(int fd, off64_t to)
{
    return truncated(fd, REAL(ftruncate64)(fd, to), to);
}

int unlink(const char *path)
{
    char name[NAME_MAX + 1];
    const int rc = REAL(unlink)(path);

    if (rc == 0 && inside(path, name) != NULL)
        put(CUT_UNLINK, 0, 0, 0, name, strlen(name) + 1);
    return rc;
}

int rename(const char *from, const char *to)
{
    char names[2 * (NAME_MAX + 1)], name[NAME_MAX + 1];
    const bool is_from = inside(from, names) != NULL, is_to = inside(to, name) != NULL;
    const int rc = REAL(rename)(from, to);
    const size_t n = strlen(names) + 1;

    if (rc == 0 && is_from && is_to) {
        strcpy(names + n, name);
        put(CUT_RENAME, 0, 0, 0, names, n + strlen(name) + 1);
    } else if (rc == 0 && (is_from || is_to)) {
        put(CUT_UNKNOWN, 0, 0, 0, "rename", 7);
    }
    return rc;
}

/* ---- not followed: said so ---- */

static void unknown_fd(int fd, const char *name)
{
    if (followed(fd) != 0)
        put(CUT_UNKNOWN, followed(fd), 0, 0, name, strlen(name) + 1);
}

static void unknown_path(const char *path, const char *name)
{
    char room[NAME_MAX + 1];

    if (inside(path, room) != NULL)
        put(CUT_UNKNOWN, 0, 0, 0, name, strlen(name) + 1);
}

int truncate(const char *path, off_t to)
{
    unknown_path(path, "truncate");
    return REAL(truncate)(path, to);
}

int unlinkat(int at, const char *path, int flags)
{
    unknown_path(path, "unlinkat");
    return REAL(unlinkat)(at, path, flags);
}

int renameat(int at, const char *from, int to_at, const char *to)
{
    unknown_path(from, "renameat");
    return REAL(renameat)(at, from, to_at, to);
}

ssize_t writev(int fd, const struct iovec *parts, int n)
{
    unknown_fd(fd, "writev");
    return REAL(writev)(fd, parts, n);
}

ssize_t pwritev(int fd, const struct iovec *parts, int n, off_t at)
{
    unknown_fd(fd, "pwritev");
    return REAL(pwritev)(fd, parts, n, at);
}

int fallocate(int fd, int mode, off_t at, off_t n)
{
    unknown_fd(fd, "fallocate");
    return REAL(fallocate)(fd, mode, at, n);
}

int posix_fallocate(int fd, off_t at, off_t n)
{
    unknown_fd(fd, "posix_fallocate");
    return REAL(posix_fallocate)(fd, at, n);
}

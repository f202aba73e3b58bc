/*
 * A disk that fails when a test says so: SQLite's own file methods with named fault points in
 * front of what writes. "store.fsync" fails an fsync, "store.write" a write, "store.full" a write
 * for want of room. Without -Dfaults=true there is nothing here.
 */
#include "base/fault.h"
#include "store/sqlite_private.h"

#ifdef WECARE_FAULTS
#include <pthread.h>
#include <string.h>

/* Ours stands in front of the real file in the same piece of memory that SQLite gives. */
struct file {
    sqlite3_file base;
    sqlite3_file *real;
};

static sqlite3_file *real_of(sqlite3_file *f)
{
    return ((struct file *)f)->real;
}

static int f_close(sqlite3_file *f)
{
    return real_of(f)->pMethods == NULL ? SQLITE_OK : real_of(f)->pMethods->xClose(real_of(f));
}

static int f_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
    return real_of(f)->pMethods->xRead(real_of(f), p, n, at);
}

static int f_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    if (fault_hit("store.full"))
        return SQLITE_FULL;
    if (fault_hit("store.write"))
        return SQLITE_IOERR_WRITE;
    return real_of(f)->pMethods->xWrite(real_of(f), p, n, at);
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 n)
{
    return real_of(f)->pMethods->xTruncate(real_of(f), n);
}

static int f_sync(sqlite3_file *f, int flags)
{
    if (fault_hit("store.fsync"))
        return SQLITE_IOERR_FSYNC;
    return real_of(f)->pMethods->xSync(real_of(f), flags);
}

static int f_size(sqlite3_file *f, sqlite3_int64 *n)
{
    return real_of(f)->pMethods->xFileSize(real_of(f), n);
}

static int f_lock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int f_unlock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int f_check_lock(sqlite3_file *f, int *out)
{
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int f_control(sqlite3_file *f, int op, void *arg)
{
    return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}

static int f_sector(sqlite3_file *f)
{
    return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int f_kind(sqlite3_file *f)
{
    return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int f_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
    return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}

static int f_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
    return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
}

static void f_shm_barrier(sqlite3_file *f)
{
    real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int f_shm_unmap(sqlite3_file *f, int is_delete)
{
    return real_of(f)->pMethods->xShmUnmap(real_of(f), is_delete);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2, /* no memory-mapped reads: writes all pass here */
    .xClose = f_close,
    .xRead = f_read,
    .xWrite = f_write,
    .xTruncate = f_truncate,
    .xSync = f_sync,
    .xFileSize = f_size,
    .xLock = f_lock,
    .xUnlock = f_unlock,
    .xCheckReservedLock = f_check_lock,
    .xFileControl = f_control,
    .xSectorSize = f_sector,
    .xDeviceCharacteristics = f_kind,
    .xShmMap = f_shm_map,
    .xShmLock = f_shm_lock,
    .xShmBarrier = f_shm_barrier,
    .xShmUnmap = f_shm_unmap};

static int v_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out_flags)
{
    sqlite3_vfs *real = v->pAppData;
    struct file *own = (struct file *)f;

    own->real = (sqlite3_file *)(own + 1);
    const int rc = real->xOpen(real, name, own->real, flags, out_flags);

    own->base.pMethods = own->real->pMethods == NULL ? NULL : &methods;
    return rc;
}

static sqlite3_vfs vfs;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_vfs(void)
{
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);

    vfs = *real; /* every other method is the real one's: they do not use pAppData of ours */
    vfs.zName = "wecare-faults";
    vfs.pNext = NULL;
    vfs.szOsFile = real->szOsFile + (int)sizeof(struct file);
    vfs.xOpen = v_open;
    vfs.pAppData = real;
    sqlite3_vfs_register(&vfs, 0);
}

const char *sqlite_faults_vfs(void)
{
    pthread_once(&once, make_vfs);
    return vfs.zName;
}
#else
const char *sqlite_faults_vfs(void)
{
    return NULL;
}
#endif

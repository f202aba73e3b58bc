/* Backup, restore and check of the SQLite engine. */
#include "base/fault.h"
#include "store/sqlite_private.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* First row of a query as text, or NULL. The text lives in mem. */
static const char *first_text(sqlite3 *h, const char *sql, int column, struct arena *mem)
{
    sqlite3_stmt *s = NULL;
    const char *out = NULL;
    int rc = sqlite3_prepare_v2(h, sql, -1, &s, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_step(s);
    if (rc == SQLITE_ROW)
        out = str_z(mem, str_of((const char *)sqlite3_column_text(s, column)));
    else if (rc != SQLITE_DONE)
        out = str_fmt(mem, "%s", sqlite3_errmsg(h)).p;
    sqlite3_finalize(s);
    return out;
}

/* Pages, indexes and foreign keys of an open database. */
static enum status check_handle(sqlite3 *h, struct str *why, struct arena *mem)
{
    const char *pages = first_text(h, "PRAGMA integrity_check(1)", 0, mem);

    if (pages == NULL || strcmp(pages, "ok") != 0) {
        *why = str_fmt(mem, "the database is damaged: %s", pages == NULL ? "no answer" : pages);
        return ST_UNAVAILABLE;
    }
    const char *keys = first_text(h, "PRAGMA foreign_key_check", 0, mem);

    if (keys != NULL) {
        *why = str_fmt(mem, "a row of %s points to a row that is not there", keys);
        return ST_UNAVAILABLE;
    }
    return ST_OK;
}

enum status sqlite_check(struct db *db, struct str *why, struct arena *mem)
{
    struct db_tx *tx;
    enum status st = db_read_begin(db, &tx);

    if (st != ST_OK) {
        *why = STR("no connection is free");
        return st;
    }
    st = check_handle(((struct connection *)tx)->h, why, mem);
    db_read_end(tx);
    return st;
}

/* Copies all pages of one moment; the copy is one plain file without a log beside it. */
static int copy_pages(sqlite3 *from, const char *to_path)
{
    sqlite3 *to = NULL;
    int rc = sqlite3_open_v2(to_path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    sqlite3_backup *b = rc == SQLITE_OK ? sqlite3_backup_init(to, "main", from, "main") : NULL;

    if (fault_hit("store.backup"))
        rc = SQLITE_FULL;
    if (b != NULL && rc == SQLITE_OK)
        rc = sqlite3_backup_step(b, -1);
    if (b != NULL) {
        const int end = sqlite3_backup_finish(b);

        rc = rc == SQLITE_DONE ? end : rc;
    } else if (rc == SQLITE_OK) {
        rc = sqlite3_errcode(to);
    }
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    sqlite3_close(to);
    return rc;
}

static enum status check_file(const char *path, struct str *why, struct arena *mem)
{
    sqlite3 *h = NULL;
    enum status st = ST_UNAVAILABLE;

    if (sqlite3_open_v2(path, &h, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
        st = check_handle(h, why, mem);
    else
        *why = str_fmt(mem, "%s cannot be opened: %s", path, sqlite3_errmsg(h));
    if (st == ST_OK &&
        first_text(h, "SELECT 1 FROM sqlite_schema WHERE name = 'store_migration'", 0, mem) == NULL) {
        *why = str_fmt(mem, "%s is no database of this program", path);
        st = ST_INVALID;
    }
    sqlite3_close(h);
    return st;
}

/* The copy is made and checked under another name, and takes its own when it is whole. */
static enum status copy_checked(sqlite3 *from, const char *part, struct str *why,
                                struct arena *mem)
{
    const int rc = copy_pages(from, part);
    enum status st = rc == SQLITE_OK ? ST_OK : ST_UNAVAILABLE;

    if (rc != SQLITE_OK)
        *why = str_fmt(mem, "the copy cannot be made: %s", sqlite3_errstr(rc));
    if (st == ST_OK)
        st = check_file(part, why, mem);
    if (st != ST_OK)
        unlink(part);
    return st;
}

enum status sqlite_backup(struct db *db, const char *file, struct str *why, struct arena *mem)
{
    struct sqlite_db *d = (struct sqlite_db *)db;
    const char *part = keep_part_name(mem, file).p;
    sqlite3 *from = NULL;
    enum status st = ST_UNAVAILABLE;

    /* A connection of its own: a long copy takes no reader away. */
    if (sqlite3_open_v2(d->path, &from, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) {
        sqlite3_busy_timeout(from, d->wait_ms);
        st = copy_checked(from, part, why, mem);
    } else {
        *why = str_fmt(mem, "%s cannot be opened: %s", d->path, sqlite3_errmsg(from));
    }
    sqlite3_close(from);
    return st == ST_OK ? keep_put_in_place(part, file, why, mem) : st;
}

/* Another program that has the database open holds a shared lock on these bytes of the file
 * (SQLite's file format, "lock-byte page"). */
static bool is_in_use(const char *path)
{
    const int fd = open(path, O_RDWR | O_CLOEXEC);
    struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000000, .l_len = 512};
    const bool is_locked = fd >= 0 && fcntl(fd, F_GETLK, &l) == 0 && l.l_type != F_UNLCK;

    if (fd >= 0)
        close(fd);
    return is_locked;
}

/* What the old log holds is moved into the old file first: a power cut in the middle of a restore
 * must leave the old database whole. A damaged one cannot, and is about to go anyway. */
static void settle_log(const char *path)
{
    sqlite3 *h = NULL;

    if (sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
        sqlite3_wal_checkpoint_v2(h, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_close(h);
}

/* What the old log still holds belongs to the old database: it must not meet the new one. */
static bool drop_log(struct arena *mem, const char *path)
{
    static const char *const ends[] = {"-wal", "-shm", "-journal"};

    for (int i = 0; i < ARRAY_LEN(ends); i++)
        if (unlink(str_fmt(mem, "%s%s", path, ends[i]).p) != 0 && errno != ENOENT)
            return false;
    return keep_sync_folder_of(path);
}

enum status sqlite_restore(const char *folder, const char *file, struct str *why,
                           struct arena *mem)
{
    const char *path = str_fmt(mem, "%s/wecare.db", folder).p;
    const char *part = keep_part_name(mem, path).p;
    sqlite3 *from = NULL;
    enum status st = check_file(file, why, mem);

    if (st != ST_OK)
        return st;
    if (is_in_use(path)) {
        *why = STR("the portal is running on this database: stop it first");
        return ST_BUSY;
    }
    if (sqlite3_open_v2(file, &from, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK) {
        st = copy_checked(from, part, why, mem);
    } else {
        *why = str_fmt(mem, "%s cannot be opened: %s", file, sqlite3_errmsg(from));
        st = ST_UNAVAILABLE;
    }
    sqlite3_close(from);
    if (st == ST_OK)
        settle_log(path);
    if (st == ST_OK && !drop_log(mem, path)) {
        *why = str_fmt(mem, "the old log in %s cannot be taken away: %s", folder, strerror(errno));
        unlink(part);
        return ST_UNAVAILABLE;
    }
    return st == ST_OK ? keep_put_in_place(part, path, why, mem) : st;
}

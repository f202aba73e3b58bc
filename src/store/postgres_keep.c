/* Backup, restore and check of the PostgreSQL engine; making a database. */
#include "base/log.h"
#include "store/postgres_private.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* ---- PostgreSQL's own programs ---- */

/* The url in parts, as environment: a password must not show in the list of processes. */
static char **environment_of(const char *url, const char *other_database, struct arena *mem)
{
    static const struct {
        const char *keyword, *variable;
    } table[] = {{"host", "PGHOST"},         {"hostaddr", "PGHOSTADDR"},
                 {"port", "PGPORT"},         {"user", "PGUSER"},
                 {"password", "PGPASSWORD"}, {"dbname", "PGDATABASE"},
                 {"sslmode", "PGSSLMODE"},   {"sslrootcert", "PGSSLROOTCERT"},
                 {"sslcert", "PGSSLCERT"},   {"sslkey", "PGSSLKEY"},
                 {"passfile", "PGPASSFILE"}};
    int n = 0, at = 0;

    while (environ[n] != NULL)
        n++;
    char **list = ARENA_ARRAY(mem, char *, (size_t)(n + ARRAY_LEN(table) + 1));
    PQconninfoOption *parts = PQconninfoParse(url, NULL);

    for (PQconninfoOption *p = parts; p != NULL && p->keyword != NULL; p++)
        for (int i = 0; i < ARRAY_LEN(table); i++) {
            const bool is_name = other_database != NULL && strcmp(p->keyword, "dbname") == 0;
            const char *value = is_name ? other_database : p->val;

            if (value != NULL && strcmp(p->keyword, table[i].keyword) == 0)
                list[at++] = (char *)str_fmt(mem, "%s=%s", table[i].variable, value).p;
        }
    PQconninfoFree(parts);
    for (int i = 0; i < n; i++)
        list[at++] = environ[i]; /* the first of a name counts */
    return list;
}

/* Runs a program of PostgreSQL's to its end; its last words are kept for *why. */
static enum status run_program(char *const argv[], char **env, struct str *why, struct arena *mem)
{
    posix_spawn_file_actions_t actions;
    int ends[2], code = -1;
    char words[512] = "";
    size_t n = 0;
    ssize_t got;
    pid_t pid;

    if (pipe2(ends, O_CLOEXEC) != 0) {
        *why = str_fmt(mem, "%s cannot be started: %s", argv[0], strerror(errno));
        return ST_UNAVAILABLE;
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    const int rc = posix_spawnp(&pid, argv[0], &actions, NULL, argv, env);

    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    while (rc == 0 && (got = read(ends[0], words + n, sizeof words - 1 - n)) > 0) {
        n += (size_t)got;
        if (n > sizeof words / 2) { /* the end says more than the beginning */
            memmove(words, words + n / 2, n - n / 2);
            n -= n / 2;
        }
    }
    close(ends[0]);
    words[n] = '\0';
    if (rc != 0) {
        *why = str_fmt(mem, "%s cannot be started: %s", argv[0], strerror(rc));
        return ST_UNAVAILABLE;
    }
    while (waitpid(pid, &code, 0) < 0 && errno == EINTR)
        continue;
    if (WIFEXITED(code) && WEXITSTATUS(code) == 0)
        return ST_OK;
    *why = str_trim(str_fmt(mem, "%s: %s", argv[0], words));
    return ST_UNAVAILABLE;
}

enum status pg_backup(struct db *db, const char *file, struct str *why, struct arena *mem)
{
    const struct pg_db *d = (struct pg_db *)db;
    const char *part = keep_part_name(mem, file).p;
    char *const argv[] = {"pg_dump", "--format=custom", "--no-owner", "--no-privileges",
                          (char *)str_fmt(mem, "--file=%s", part).p, NULL};
    const enum status st = run_program(argv, environment_of(d->url, NULL, mem), why, mem);

    if (st != ST_OK)
        unlink(part);
    return st == ST_OK ? keep_put_in_place(part, file, why, mem) : st;
}

/* ---- databases by name ---- */

static const char *database_of(const char *url, struct arena *mem)
{
    PQconninfoOption *parts = PQconninfoParse(url, NULL);
    const char *name = NULL, *user = NULL;

    for (PQconninfoOption *p = parts; p != NULL && p->keyword != NULL; p++) {
        if (strcmp(p->keyword, "dbname") == 0 && p->val != NULL)
            name = str_z(mem, str_of(p->val));
        if (strcmp(p->keyword, "user") == 0 && p->val != NULL)
            user = str_z(mem, str_of(p->val));
    }
    PQconninfoFree(parts);
    return name != NULL ? name : user; /* as libpq does */
}

/* A connection to the server that touches no database of ours. */
static PGconn *connect_server(const char *url)
{
    PGconn *h = pg_connect(url, "postgres");

    if (PQstatus(h) == CONNECTION_OK)
        return h;
    PQfinish(h);
    return pg_connect(url, "template1");
}

static bool exec_named(PGconn *h, const char *before, const char *name, const char *after,
                       struct str *why, struct arena *mem)
{
    char *quoted = PQescapeIdentifier(h, name, strlen(name));
    PGresult *r = PQexec(h, str_fmt(mem, "%s%s%s", before, quoted == NULL ? "" : quoted, after).p);
    const bool is_done = PQresultStatus(r) == PGRES_COMMAND_OK;

    if (!is_done)
        *why = str_trim(str_fmt(mem, "%s ", PQerrorMessage(h)));
    PQclear(r);
    PQfreemem(quoted);
    return is_done;
}

static const char sorted_by_bytes[] = " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'";

bool pg_make_database(const char *url, struct str *why, struct arena *mem)
{
    const char *name = database_of(url, mem);
    PGconn *h = connect_server(url);
    bool is_made = false;

    if (name != NULL && PQstatus(h) == CONNECTION_OK) {
        const char *values[] = {name};
        PGresult *r = PQexecParams(h, "SELECT 1 FROM pg_database WHERE datname = $1", 1, NULL,
                                   values, NULL, NULL, 0);
        const bool is_missing = PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) == 0;

        PQclear(r);
        is_made = is_missing && exec_named(h, "CREATE DATABASE ", name, sorted_by_bytes, why, mem);
    }
    PQfinish(h);
    return is_made;
}

/* ---- check ---- */

/* Pages are checked by the server itself (data checksums); we look at what we own: every foreign
 * key is valid and every index too. */
static enum status check_connection(PGconn *h, struct str *why, struct arena *mem)
{
    const char *key = pg_text(h,
                              "SELECT conname FROM pg_constraint WHERE contype IN ('f', 'c')"
                              " AND NOT convalidated LIMIT 1",
                              mem);
    const char *index = pg_text(h,
                                "SELECT CAST(indexrelid::regclass AS text) FROM pg_index"
                                " WHERE NOT indisvalid LIMIT 1",
                                mem);
    const char *failures = pg_text(h,
                                   "SELECT COALESCE(checksum_failures, 0) FROM pg_stat_database"
                                   " WHERE datname = current_database()",
                                   mem);

    if (PQstatus(h) != CONNECTION_OK)
        *why = STR("the server cannot be reached");
    else if (key != NULL)
        *why = str_fmt(mem, "constraint %s does not hold for all rows", key);
    else if (index != NULL)
        *why = str_fmt(mem, "index %s is not valid", index);
    else if (failures == NULL || strcmp(failures, "0") != 0)
        *why = str_fmt(mem, "the server counted %s damaged pages", failures);
    return why->n == 0 ? ST_OK : ST_UNAVAILABLE;
}

/* Reads every row of every table of ours once, so that a damaged page is met now. */
static enum status read_all(PGconn *h, struct str *why, struct arena *mem)
{
    PGresult *tables = PQexec(h, "SELECT quote_ident(tablename) FROM pg_tables"
                                 " WHERE schemaname = current_schema() ORDER BY 1");
    enum status st = PQresultStatus(tables) == PGRES_TUPLES_OK ? ST_OK : ST_UNAVAILABLE;

    for (int i = 0; st == ST_OK && i < PQntuples(tables); i++) {
        const char *name = PQgetvalue(tables, i, 0);

        if (pg_text(h, str_fmt(mem, "SELECT COUNT(t.*) FROM %s t", name).p, mem) == NULL) {
            *why = str_trim(str_fmt(mem, "table %s cannot be read: %s", name, PQerrorMessage(h)));
            st = ST_UNAVAILABLE;
        }
    }
    PQclear(tables);
    return st;
}

static enum status check_url(const char *url, const char *other, struct str *why,
                             struct arena *mem)
{
    PGconn *h = pg_connect(url, other);
    enum status st = check_connection(h, why, mem);

    if (st == ST_OK)
        st = read_all(h, why, mem);
    PQfinish(h);
    return st;
}

enum status pg_check(struct db *db, struct str *why, struct arena *mem)
{
    return check_url(((struct pg_db *)db)->url, NULL, why, mem);
}

/* ---- restore ---- */

static enum status check_ours(const char *url, const char *other, const char *file,
                              struct str *why, struct arena *mem)
{
    PGconn *h = pg_connect(url, other);
    const bool is_ours =
        pg_text(h, "SELECT 1 FROM pg_tables WHERE tablename = 'store_migration'", mem) != NULL;

    PQfinish(h);
    if (is_ours)
        return ST_OK;
    *why = str_fmt(mem, "%s is no database of this program", file);
    return ST_INVALID;
}

/* The checked copy takes the name of the old database, which keeps another until it is dropped. */
static enum status swap(PGconn *server, const char *name, const char *part, struct str *why,
                        struct arena *mem)
{
    const char *old = str_fmt(mem, "%s_old_%ld", name, (long)getpid()).p;
    char *quoted = PQescapeIdentifier(server, name, strlen(name));
    const char *values[] = {name};
    PGresult *r = PQexecParams(server, "SELECT 1 FROM pg_database WHERE datname = $1", 1, NULL,
                               values, NULL, NULL, 0);
    const bool has_old = PQntuples(r) > 0;
    bool is_done = !has_old || exec_named(server, str_fmt(mem, "ALTER DATABASE %s RENAME TO ",
                                                          quoted).p, old, "", why, mem);

    PQclear(r);
    if (is_done && !exec_named(server, str_fmt(mem, "ALTER DATABASE %s RENAME TO ", part).p, name,
                               "", why, mem)) {
        struct str ignored;

        is_done = false;
        if (has_old)
            exec_named(server, str_fmt(mem, "ALTER DATABASE %s RENAME TO ", old).p, name, "",
                       &ignored, mem);
    }
    if (is_done && has_old)
        exec_named(server, "DROP DATABASE ", old, "", why, mem);
    PQfreemem(quoted);
    return is_done ? ST_OK : ST_BUSY;
}

enum status postgres_restore(const struct db_options *o, const char *file, struct str *why,
                             struct arena *mem)
{
    const char *name = database_of(o->url, mem);
    const char *part = str_fmt(mem, "wecare_part_%ld", (long)getpid()).p;
    PGconn *server = connect_server(o->url);
    enum status st = PQstatus(server) == CONNECTION_OK && name != NULL ? ST_OK : ST_UNAVAILABLE;
    char *const argv[] = {"pg_restore", "--exit-on-error", "--single-transaction", "--no-owner",
                          "--no-privileges", (char *)str_fmt(mem, "--dbname=%s", part).p,
                          (char *)file, NULL};
    struct str ignored;

    if (st != ST_OK)
        *why = str_trim(str_of(PQerrorMessage(server)));
    if (access(file, R_OK) != 0) {
        *why = str_fmt(mem, "%s cannot be read: %s", file, strerror(errno));
        st = ST_UNAVAILABLE;
    }
    if (st == ST_OK && !exec_named(server, "CREATE DATABASE ", part, sorted_by_bytes, why, mem))
        st = ST_UNAVAILABLE;
    if (st != ST_OK) {
        PQfinish(server);
        return st;
    }
    st = run_program(argv, environment_of(o->url, part, mem), why, mem);
    if (st == ST_OK)
        st = check_ours(o->url, part, file, why, mem);
    if (st == ST_OK)
        st = check_url(o->url, part, why, mem);
    if (st == ST_OK)
        st = swap(server, name, part, why, mem);
    if (st != ST_OK)
        exec_named(server, "DROP DATABASE IF EXISTS ", part, "", &ignored, mem);
    PQfinish(server);
    return st;
}

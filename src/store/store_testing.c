#include "store/store_testing.h"
#include "base/log.h"
#include "base/random.h"
#include <dirent.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *server_url(void)
{
    const char *url = getenv("WECARE_TEST_STORE");

    return url == NULL || strncmp(url, "postgres", 8) != 0 ? NULL : url;
}

enum db_engine store_testing_engine(void)
{
    return server_url() == NULL ? DB_SQLITE : DB_POSTGRES;
}

/* A statement to the server itself, outside of every database of ours. */
void store_testing_tell_server(const char *words)
{
    const char *const keys[] = {"dbname", "dbname", NULL};
    const char *const values[] = {server_url(), "postgres", NULL};
    PGconn *h = PQconnectdbParams(keys, values, 1);
    PGresult *r = PQexec(h, words);

    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        bug("%s: %s", words, PQerrorMessage(h));
    PQclear(r);
    PQfinish(h);
}

int64_t store_testing_ask_server(const char *words)
{
    const char *const keys[] = {"dbname", "dbname", NULL};
    const char *const values[] = {server_url(), "postgres", NULL};
    PGconn *h = PQconnectdbParams(keys, values, 1);
    PGresult *r = PQexec(h, words);
    int64_t out = -1;

    if (PQresultStatus(r) != PGRES_TUPLES_OK || PQntuples(r) != 1 ||
        !str_to_int(str_of(PQgetvalue(r, 0, 0)), &out))
        bug("%s: %s", words, PQerrorMessage(h));
    PQclear(r);
    PQfinish(h);
    return out;
}

static void choose_folder(struct store_testing *t)
{
    const char *tmp = getenv("TMPDIR");

    snprintf(t->folder, sizeof t->folder, "%s/wecare-test-XXXXXX", tmp == NULL ? "/tmp" : tmp);
    if (mkdtemp(t->folder) == NULL)
        bug("no temporary folder %s", t->folder);
    snprintf(t->url, sizeof t->url, "sqlite:%s", t->folder);
}

/* The server's url may end with a slash, a database name and ?options: only ours changes. */
static void choose_database(struct store_testing *t)
{
    const char *url = server_url();
    const char *host = strstr(url, "://") + 3;
    const char *options = strchr(host, '?');
    const char *slash = strchr(host, '/');
    uint32_t words[2];
    size_t n = strlen(url);

    if (options != NULL)
        n = (size_t)(options - url);
    if (slash != NULL && (options == NULL || slash < options))
        n = (size_t)(slash - url);
    random_bytes(words, sizeof words);
    snprintf(t->name, sizeof t->name, "wecare_test_%08x%08x", words[0], words[1]);
    snprintf(t->url, sizeof t->url, "%.*s/%s%s", (int)n, url, t->name,
             options == NULL ? "" : options);
}

void store_testing_reopen(struct store_testing *t, const struct db_options *o)
{
    struct db_options own = *o;
    struct str why;

    db_close(t->db);
    own.url = t->url;
    if (own.n_readers == 0)
        own.n_readers = 8;
    if (db_open(&own, t->mem, &t->db, &why) != ST_OK)
        bug("%.*s", (int)why.n, why.p);
}

void store_testing_choose(struct store_testing *t)
{
    *t = (struct store_testing){.mem = arena_new(0)};
    if (server_url() == NULL)
        choose_folder(t);
    else
        choose_database(t);
}

void store_testing_begin(struct store_testing *t, const struct migration *list, int n)
{
    struct migration_report report;

    store_testing_choose(t);
    store_testing_reopen(t, &(struct db_options){0});
    if (migrate_forward(t->db, list, n, t->mem, &report) != ST_OK)
        bug("%.*s", (int)report.why.n, report.why.p);
}

static void remove_folder(const char *path)
{
    DIR *dir = opendir(path);
    char file[600];

    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;)
        if (e->d_name[0] != '.') {
            snprintf(file, sizeof file, "%s/%s", path, e->d_name);
            unlink(file);
        }
    if (dir != NULL)
        closedir(dir);
    rmdir(path);
}

void store_testing_sweep(const struct store_testing *t)
{
    char words[160];

    if (t->folder[0] != '\0') {
        remove_folder(t->folder);
    } else if (t->name[0] != '\0') {
        snprintf(words, sizeof words, "DROP DATABASE IF EXISTS %s WITH (FORCE)", t->name);
        store_testing_tell_server(words);
    }
}

void store_testing_end(struct store_testing *t)
{
    db_close(t->db);
    store_testing_sweep(t);
    arena_free(t->mem);
    *t = (struct store_testing){0};
}

/* ---- by hand ---- */

static enum status exec_job(struct db_tx *tx, void *sql)
{
    const enum status st = db_exec(tx, sql);

    if (st != ST_OK)
        bug("%s: %s", (const char *)sql, db_error(tx).p);
    return st;
}

void store_testing_exec(struct store_testing *t, const char *sql)
{
    if (db_write(t->db, exec_job, (void *)sql) != ST_OK)
        bug("%s: not written", sql);
}

static bool take_number(void *to, const struct db_value *v)
{
    *(int64_t *)to = v[0].i;
    return false;
}

int64_t store_testing_number(struct store_testing *t, const char *sql)
{
    const enum db_type columns[] = {DB_INT};
    const struct db_statement s = {.name = "store_testing_number",
                                   .sqlite = sql,
                                   .postgres = sql,
                                   .columns = columns,
                                   .n_columns = 1,
                                   .is_once = true};
    struct db_tx *tx;
    int64_t out = -1;

    if (db_read_begin(t->db, &tx) != ST_OK)
        bug("no connection for %s", sql);
    if (db_run(tx, &s, NULL, t->mem, take_number, &out, NULL) != ST_OK)
        bug("%s: %s", sql, db_error(tx).p);
    db_read_end(tx);
    return out;
}

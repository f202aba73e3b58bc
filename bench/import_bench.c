/*
 * import_bench.c - 100,000 services with their places and hours through the one door of the
 * catalogue, beside the same data put by hand into plain SQLite tables, a prepared statement for
 * each.
 *
 * Use     import_bench [N]     wall time and memory of each; a second import of the same; one block
 * read
 */
#include "app/assembly.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/log.h"
#include "base/macros.h"
#include "base/random.h"
#include "base/text.h"
#include "features/catalogue/catalogue_write.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PER_ORGANISATION = 50 };

struct sample { /* what both put */
    struct str name, description, address, number;
    int comune;
    double lat, lon;
};

static const char *const things[] = {"Sportello sociale", "Centro di ascolto", "Mensa",
                                     "Doposcuola",        "Assistenza a casa", "Corso di italiano",
                                     "Emporio solidale",  "Trasporto"};

static struct sample sample_of(struct arena *mem, int i)
{
    const char *thing = things[i % ARRAY_LEN(things)];

    return (struct sample){
        .name = str_fmt(mem, "%s numero %d", thing, i),
        .description = str_fmt(
            mem,
            "%s per chi abita qui e nei Comuni vicini. Si viene senza appuntamento negli orari "
            "indicati; per le urgenze si telefona. Numero d’ordine %d.",
            thing, i),
        .address = str_fmt(mem, "via Roma %d", i % 200 + 1),
        .number = str_fmt(mem, "011 555 %04d", i % 10000),
        .comune = i % 1180,
        .lat = 44.5 + (i % 1000) * 0.001,
        .lon = 7.5 + (i / 1000 % 1000) * 0.001};
}

static long rss_kb(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return u.ru_maxrss;
}

/* Wall time, and time of the processor: a busy machine tells the second alike. */
struct took {
    double wall, processor;
};

static struct took now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (struct took){(double)clock_mono_us() / 1e6, (double)t.tv_sec + (double)t.tv_nsec / 1e9};
}

static struct took since(struct took began)
{
    const struct took t = now();

    return (struct took){t.wall - began.wall, t.processor - began.processor};
}

/* ---- by hand ---- */

static const char plain[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-4000;"
    "CREATE TABLE organization (id INTEGER PRIMARY KEY, uuid TEXT UNIQUE, name TEXT);"
    "CREATE TABLE service (id INTEGER PRIMARY KEY, uuid TEXT UNIQUE, organization INTEGER, name "
    "TEXT,"
    " description TEXT, status TEXT, url TEXT, email TEXT, source_id TEXT UNIQUE);"
    "CREATE INDEX service_organization ON service (organization);"
    "CREATE TABLE location (id INTEGER PRIMARY KEY, uuid TEXT UNIQUE, name TEXT, comune INTEGER, "
    "address TEXT,"
    " lat REAL, lon REAL, source_id TEXT UNIQUE);"
    "CREATE INDEX location_comune ON location (comune);"
    "CREATE TABLE service_at_location (id INTEGER PRIMARY KEY, uuid TEXT UNIQUE, service INTEGER, "
    "location INTEGER);"
    "CREATE INDEX sal_service ON service_at_location (service);"
    "CREATE INDEX sal_location ON service_at_location (location);"
    "CREATE TABLE schedule (id INTEGER PRIMARY KEY, uuid TEXT UNIQUE, service INTEGER, byday TEXT, "
    "opens_at TEXT,"
    " closes_at TEXT);"
    "CREATE INDEX schedule_service ON schedule (service);"
    "CREATE TABLE phone (id INTEGER PRIMARY KEY, uuid TEXT UNIQUE, service INTEGER, number TEXT);"
    "CREATE INDEX phone_service ON phone (service);";

static const char *const inserts[] = {
    "INSERT INTO service (id, uuid, organization, name, description, status, url, email, source_id)"
    " VALUES (?1, ?2, ?3, ?4, ?5, 'active', '', '', ?6)",
    "INSERT INTO location (id, uuid, name, comune, address, lat, lon, source_id) VALUES (?1, ?2, "
    "?4, ?3, ?5, 44.5, 7.5, ?6)",
    "INSERT INTO service_at_location (id, uuid, service, location) VALUES (?1, ?2, ?1, ?1)",
    "INSERT INTO schedule (uuid, service, byday, opens_at, closes_at) VALUES (?2, ?1, 'MO,WE', "
    "'09:00', '12:00')",
    "INSERT INTO schedule (uuid, service, byday, opens_at, closes_at) VALUES (?2, ?1, 'TU', "
    "'15:00', '17:30')",
    "INSERT INTO phone (uuid, service, number) VALUES (?2, ?1, ?4)"};

static void must(int rc, sqlite3 *db)
{
    if (rc != SQLITE_OK && rc != SQLITE_DONE) {
        fprintf(stderr, "by hand: %s\n", sqlite3_errmsg(db));
        exit(1);
    }
}

static void bind(sqlite3_stmt *s, int at, struct str v)
{
    if (at <= sqlite3_bind_parameter_count(s))
        sqlite3_bind_text(s, at, v.p, (int)v.n, SQLITE_STATIC);
}

static struct took by_hand(const char *folder, int n)
{
    struct arena *mem = arena_new(0);
    sqlite3_stmt *s[ARRAY_LEN(inserts)];
    sqlite3 *db;
    char path[300];

    snprintf(path, sizeof path, "%s/plain.db", folder);
    must(sqlite3_open(path, &db), db);
    must(sqlite3_exec(db, plain, NULL, NULL, NULL), db);
    for (int k = 0; k < ARRAY_LEN(inserts); k++)
        must(sqlite3_prepare_v2(db, inserts[k], -1, &s[k], NULL), db);
    const struct took began = now();

    must(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), db);
    for (int i = 0; i < n; i++) {
        arena_reset(mem);
        const struct sample x = sample_of(mem, i);
        const struct str source_id = str_fmt(mem, "bench-%07d", i);

        for (int k = 0; k < ARRAY_LEN(inserts); k++) {
            sqlite3_bind_int64(s[k], 1, i + 1);
            bind(s[k], 2, random_uuid(mem, clock_now_ms()));
            if (k < 2)
                sqlite3_bind_int64(s[k], 3, k == 0 ? i / PER_ORGANISATION : x.comune);
            bind(s[k], 4, k == 5 ? x.number : x.name);
            bind(s[k], 5, k == 0 ? x.description : x.address);
            bind(s[k], 6, source_id);
            must(sqlite3_step(s[k]), db);
            sqlite3_reset(s[k]);
        }
    }
    must(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), db);
    const struct took took = since(began);

    for (int k = 0; k < ARRAY_LEN(inserts); k++)
        sqlite3_finalize(s[k]);
    sqlite3_close(db);
    arena_free(mem);
    return took;
}

/* ---- through the catalogue ---- */

struct job {
    struct arena *mem, *row;
    int n;
    int64_t n_added, n_changed, n_same, n_gone;
};

static enum status put_one(struct job *j, struct catalogue_write *w, const struct comune *comuni,
                           int n_comuni, int64_t organisation_id, int i)
{
    struct arena *mem = j->row;
    const struct sample x = sample_of(mem, i);
    const struct comune *c = &comuni[x.comune % n_comuni];
    struct hours_rule rule[2] = {0};
    enum put_change change;
    int64_t id;

    for (int k = 0; k < 2; k++) {
        const struct hours_fields f = {.byday = k == 0 ? STR("MO,WE") : STR("TU"),
                                       .freq = STR("WEEKLY"),
                                       .opens_at = k == 0 ? STR("09:00") : STR("15:00"),
                                       .closes_at = k == 0 ? STR("12:00") : STR("17:30")};
        const char *bad;

        if (hours_read_rule(&f, &rule[k], &bad) != ST_OK)
            return ST_INVALID;
    }
    struct schedule schedules[2] = {{.rule = rule[0]}, {.rule = rule[1]}};
    struct phone phone = {.number = x.number, .type = STR("voice")};
    struct address address = {.type = STR("physical"),
                              .address_1 = x.address,
                              .city = c->area.name,
                              .state_province = c->prov,
                              .country = STR("IT")};
    const struct str source_id = str_fmt(mem, "bench-%07d", i);
    const struct location l = {.source_id = source_id,
                               .name = x.name,
                               .comune_id = c->area.area_id,
                               .prov = c->prov,
                               .has_point = true,
                               .lat = x.lat,
                               .lon = x.lon,
                               .addresses = &address,
                               .n_addresses = 1};
    struct service_at at = {0};
    enum status st = catalogue_put_location(w, &l, &at.location_id, &change);
    const struct str need = STR("non-so-a-chi-chiedere");
    const struct service s = {.source_id = source_id,
                              .organisation_id = organisation_id,
                              .name = x.name,
                              .description = x.description,
                              .starts_on = DAY_NONE,
                              .ends_on = DAY_NONE,
                              .apply_by = DAY_NONE,
                              .confirmed_on = DAY_NONE,
                              .needs = &need,
                              .n_needs = 1,
                              .schedules = schedules,
                              .n_schedules = 2,
                              .parts = {.phones = &phone, .n_phones = 1},
                              .ats = &at,
                              .n_ats = 1};

    if (st == ST_OK)
        st = catalogue_put_service(w, &s, &id, &change);
    j->n_added += change == PUT_ADDED;
    j->n_changed += change == PUT_CHANGED;
    j->n_same += change == PUT_SAME;
    return st;
}

static enum status import(struct db_tx *tx, void *arg)
{
    struct job *j = arg;
    struct ctx c = ctx_new(j->mem, &actor_keeper, LANG_IT);
    struct catalogue_write *w;
    struct comune *comuni;
    int n_comuni = 0;
    int64_t organisation_id = 0;
    enum put_change ignored;

    c.tx = tx;
    enum status st = places_comuni(&c, &comuni, &n_comuni);

    if (st == ST_OK)
        st = catalogue_write_begin(&c, STR("csv:bench"), &w);
    for (int i = 0; st == ST_OK && i < j->n; i++) {
        arena_reset(j->row);
        if (i % PER_ORGANISATION == 0) {
            const struct organisation o = {.name = str_fmt(j->row, "Ente %d", i / PER_ORGANISATION),
                                           .kind = ORGANISATION_THIRD_SECTOR,
                                           .source_id =
                                               str_fmt(j->row, "ente-%d", i / PER_ORGANISATION)};

            st = catalogue_put_organisation(w, &o, &organisation_id, &ignored);
        }
        if (st == ST_OK)
            st = put_one(j, w, comuni, n_comuni, organisation_id, i);
    }
    const enum status ended = catalogue_write_end(w, st == ST_OK, &j->n_gone);

    return st == ST_OK ? ended : st;
}

static struct took through(struct db *d, int n, struct job *out)
{
    struct job j = {.mem = arena_new(0), .row = arena_new(0), .n = n};
    const struct took began = now();
    const enum status st = db_write_alone(d, import, &j);
    const struct took took = since(began);

    if (st != ST_OK) {
        fprintf(stderr, "the catalogue: %s\n", status_name(st));
        exit(1);
    }
    arena_free(j.row);
    arena_free(j.mem);
    *out = j;
    return took;
}

static struct took read_all(struct db *d, int64_t *n_out)
{
    struct arena *mem = arena_new(0), *block = arena_new(0);
    struct ctx c = ctx_new(mem, &actor_keeper, LANG_IT);
    struct service_read r = {.limit = 500, .without_ids = true};
    struct service *list;
    int n = 0;
    const struct took began = now();

    *n_out = 0;
    if (db_read_begin(d, &c.tx) != ST_OK)
        return (struct took){0};
    do {
        arena_reset(block);
        if (catalogue_read(&c, block, &r, &list, &n) != ST_OK)
            n = 0;
        *n_out += n;
        r.after_id = n > 0 ? list[n - 1].service_id : 0;
    } while (n > 0);
    db_read_end(c.tx);
    arena_free(block);
    arena_free(mem);
    return since(began);
}

/* What a service page and a list of twenty cost before they are drawn: transaction and queries. */
static void read_some(struct db *d)
{
    enum { N_ROUNDS = 2000, N_CARDS = 20 };
    struct arena *mem = arena_new(0), *keep = arena_new(0);
    struct ctx c = ctx_new(keep, &actor_keeper, LANG_IT);
    struct service *list, s;
    int n = 0;

    if (db_read_begin(d, &c.tx) != ST_OK)
        return;
    const enum status st =
        catalogue_read(&c, keep, &(struct service_read){.after_id = 100, .limit = 200}, &list, &n);

    db_read_end(c.tx);
    c.mem = mem;
    if (st != ST_OK || n < N_CARDS)
        return;
    int64_t us[2] = {0, 0}, ids[N_CARDS];

    for (int i = 0; i < N_ROUNDS; i++)
        for (int k = 0; k < 2; k++) {
            const int64_t began = clock_mono_us();
            struct service *cards;
            int n_cards;

            for (int j = 0; j < N_CARDS; j++)
                ids[j] = list[(i + j * 7) % n].service_id;
            if (db_read_begin(d, &c.tx) != ST_OK)
                return;
            if (k == 0)
                catalogue_service_by_slug(&c, list[i % n].slug, &s);
            else
                catalogue_cards(&c, ids, N_CARDS, &cards, &n_cards);
            db_read_end(c.tx);
            us[k] += clock_mono_us() - began;
            arena_reset(mem);
        }
    printf("one service by its slug              %6.1f us\n", (double)us[0] / N_ROUNDS);
    printf("twenty cards                         %6.1f us\n", (double)us[1] / N_ROUNDS);
    arena_free(mem);
    arena_free(keep);
}

static struct db *new_database(struct arena *mem, const char *folder)
{
    struct migration_report report;
    struct str why = {"", 0};
    struct db *d;
    const struct db_options o = {.url = str_fmt(mem, "sqlite:%s", folder).p};

    if (db_open(&o, mem, &d, &why) != ST_OK || assembly_bring_up(mem, d, &report, &why) != ST_OK) {
        fprintf(stderr, "%.*s\n", (int)why.n, why.p);
        exit(1);
    }
    return d;
}

static void remove_folder(const char *folder)
{
    static const char *const names[] = {"wecare.db",   "wecare.db-wal", "wecare.db-shm",
                                        "wecare.lock", "plain.db",      "plain.db-wal",
                                        "plain.db-shm"};
    char path[300];

    for (int i = 0; i < ARRAY_LEN(names); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

int main(int argc, char **argv)
{
    const int n = argc > 1 ? atoi(argv[1]) : 100000;
    char folder[] = "/var/tmp/wecare-bench-XXXXXX";
    struct arena *mem = arena_new(0);
    struct job j;
    int64_t n_read;

    clock_init();
    random_init();
    text_init();
    log_set_level(LOG_WARN);
    if (n < 1 || mkdtemp(folder) == NULL)
        return 1;
    struct db *d = new_database(mem, folder);
    const struct took first = through(d, n, &j);

    printf("%d services through the catalogue   %6.2f s, processor %6.2f s, %ld MB at most\n", n,
           first.wall, first.processor, rss_kb() / 1024);
    const struct took again = through(d, n, &j);

    printf("the same again                       %6.2f s, processor %6.2f s; %lld the same, %lld "
           "gone\n",
           again.wall, again.processor, (long long)j.n_same, (long long)j.n_gone);
    const struct took all = read_all(d, &n_read);

    printf("all of them read in blocks           %6.2f s, processor %6.2f s; %lld read\n", all.wall,
           all.processor, (long long)n_read);
    read_some(d);
    const struct took hand = by_hand(folder, n);

    printf("by hand, plain tables                %6.2f s, processor %6.2f s; the catalogue takes "
           "%.2f times that, "
           "%.2f of the processor\n",
           hand.wall, hand.processor, first.wall / hand.wall, first.processor / hand.processor);
    db_close(d);
    remove_folder(folder);
    arena_free(mem);
    return 0;
}

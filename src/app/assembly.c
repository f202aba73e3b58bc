#include "app/assembly.h"
#include "app/features.h"
#include "app_sql.h"
#include "base/date.h"
#include "base/random.h"
#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

const struct migration *assembly_migrations(struct arena *mem, int *n)
{
    int total = app_n_migrations, at = 0;

    for (int i = 0; i < n_app_features; i++)
        total += app_features[i]->n_migrations;
    struct migration *all = ARENA_ARRAY(mem, struct migration, (size_t)total);

    for (int k = 0; k < app_n_migrations; k++)
        all[at++] = app_migrations[k];
    for (int i = 0; i < n_app_features; i++)
        for (int k = 0; k < app_features[i]->n_migrations; k++)
            all[at++] = app_features[i]->migrations[k];
    *n = total;
    return all;
}

enum status assembly_make_folder(struct arena *mem, const struct settings *s, struct str *why)
{
    const char *path = setting(s, SET_DATA);

    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return ST_OK;
    *why = str_fmt(mem, "the data folder %s cannot be made: %s", path, strerror(errno));
    return ST_UNAVAILABLE;
}

enum status assembly_open(struct arena *mem, const struct settings *s, bool must_exist,
                          struct db **out, struct str *why)
{
    const char *store = setting(s, SET_STORE), *data = setting(s, SET_DATA);
    struct db_options o = {.n_readers = (int)setting_int(s, SET_STORE_READERS),
                           .queue_limit = (int)setting_int(s, SET_STORE_QUEUE),
                           .must_exist = must_exist};

    if (*store == '\0') {
        const enum status st = must_exist ? ST_OK : assembly_make_folder(mem, s, why);

        if (st != ST_OK)
            return st;
        o.url = str_fmt(mem, "sqlite:%s", data).p;
    } else {
        o.url = store;
    }
    return db_open(&o, mem, out, why);
}

enum status assembly_age(struct arena *mem, struct db *d, enum database_age *out, struct str *why)
{
    int n;
    const struct migration *all = assembly_migrations(mem, &n);
    struct migration_report report = {0};
    const enum status st = migrate_state(d, all, n, mem, &report);

    *why = report.why;
    if (st == ST_CONFLICT)
        *out = DATABASE_NEWER;
    else if (st == ST_OK)
        *out = report.n_pending == 0   ? DATABASE_RIGHT
               : report.n_pending == n ? DATABASE_EMPTY
                                       : DATABASE_OLDER;
    return st == ST_CONFLICT ? ST_OK : st;
}

struct loading {
    struct arena *mem;
    bool is_demo;
    struct str why;
};

static enum status load_job(struct db_tx *tx, void *arg)
{
    struct loading *l = arg;
    struct ctx c = ctx_new(l->mem, &actor_keeper, LANG_IT);

    c.tx = tx;
    for (int i = 0; i < n_app_features; i++) {
        enum status (*load)(struct ctx *) =
            l->is_demo ? app_features[i]->load_demo : app_features[i]->load_reference;
        const enum status st = load == NULL ? ST_OK : load(&c);

        if (st != ST_OK) {
            const struct problem *p = c.problems.n > 0 ? &c.problems.list[0] : NULL;

            l->why = str_fmt(l->mem, "%s of %s: %s%s%s (row %lld) %.*s",
                             l->is_demo ? "the demo data" : "the reference data",
                             app_features[i]->name, status_name(st), p == NULL ? "" : ", ",
                             p == NULL ? "" : p->key, p == NULL ? 0LL : (long long)p->row,
                             p == NULL ? 0 : (int)p->value.n, p == NULL ? "" : p->value.p);
            return st;
        }
    }
    if (!l->is_demo)
        return ST_OK;
    return app_sql_state_put(
        &c, &(struct app_state_put_in){.name = STR("demo"), .value = day_iso(c.mem, c.today)}, NULL);
}

enum status assembly_bring_up(struct arena *mem, struct db *d, struct migration_report *out,
                              struct str *why)
{
    int n;
    const struct migration *all = assembly_migrations(mem, &n);
    enum status st = migrate_forward(d, all, n, mem, out);

    *why = out->why;
    if (st != ST_OK)
        return st;
    struct loading l = {.mem = mem};

    st = db_write_alone(d, load_job, &l);
    *why = st == ST_OK || l.why.n != 0 ? l.why : STR("the reference data cannot be written");
    return st;
}

enum status assembly_load_demo(struct arena *mem, struct db *d, struct str *why)
{
    struct loading l = {.mem = mem, .is_demo = true};
    const enum status st = db_write_alone(d, load_job, &l);

    *why = st == ST_OK || l.why.n != 0 ? l.why : STR("the demo data cannot be written");
    return st;
}

/* Where the portal listens is an address for this machine alone. */
struct outside assembly_outside(struct arena *mem, const struct settings *s)
{
    const char *origin = setting(s, SET_ORIGIN), *listen = setting(s, SET_LISTEN);
    const bool is_port = strchr(listen, ':') != NULL && strncmp(listen, "unix:", 5) != 0;

    return (struct outside){
        .origin = *origin != '\0' ? origin : str_fmt(mem, "http://%s", is_port ? listen : "localhost").p,
        .is_origin_set = *origin != '\0',
        .allow = setting(s, SET_OUTBOUND_ALLOW),
        .lets_loopback = strcmp(setting(s, SET_OUTBOUND_LOOPBACK), "yes") == 0,
        .mail_server = setting(s, SET_MAIL_SERVER),
        .mail_from = setting(s, SET_MAIL_FROM),
        .mail_user = setting(s, SET_MAIL_USER),
        .mail_password_file = setting(s, SET_MAIL_PASSWORD_FILE),
        .mail_tls = setting(s, SET_MAIL_TLS)};
}

struct saying {
    struct arena *mem;
    const struct outside *outside;
    struct buf said;
};

static enum status say_job(struct db_tx *tx, void *arg)
{
    struct saying *s = arg;
    struct ctx c = ctx_new(s->mem, &actor_keeper, LANG_IT);
    enum status st = ST_OK;

    c.tx = tx;
    s->said = buf_new(s->mem, 512);
    for (int i = 0; st == ST_OK && i < n_app_features; i++)
        if (app_features[i]->say_demo != NULL)
            st = app_features[i]->say_demo(&c, s->outside, &s->said);
    return st;
}

enum status assembly_say_demo(struct arena *mem, struct db *d, const struct outside *o, struct str *said)
{
    struct saying s = {.mem = mem, .outside = o};
    const enum status st = db_write(d, say_job, &s);

    *said = buf_view(&s.said);
    return st;
}

struct state_job {
    struct arena *mem;
    struct str key_hex; /* in: what to keep when there is none; out: what is kept */
    bool is_demo;
};

static enum status state_job(struct db_tx *tx, void *arg)
{
    struct state_job *j = arg;
    struct ctx c = ctx_new(j->mem, &actor_keeper, LANG_IT);
    struct app_state_get_row row;
    enum status st;

    c.tx = tx;
    st = app_sql_state_put_once(
        &c, &(struct app_state_put_once_in){.name = STR("form_key"), .value = j->key_hex}, NULL);
    if (st == ST_OK)
        st = app_sql_state_get(&c, &(struct app_state_get_in){.name = STR("form_key")}, &row);
    if (st != ST_OK)
        return st;
    j->key_hex = row.value;
    st = app_sql_state_get(&c, &(struct app_state_get_in){.name = STR("demo")}, &row);
    j->is_demo = st == ST_OK;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static const char *or_null(const char *z)
{
    return *z == '\0' ? NULL : z;
}

enum status assembly_site(struct arena *mem, const struct settings *s, struct db *d,
                          struct site *out_site, unsigned char out_key[32], struct str *why)
{
    unsigned char fresh[32];
    char hex[65];

    random_bytes(fresh, sizeof fresh);
    struct state_job j = {.mem = mem,
                          .key_hex = str_of(sodium_bin2hex(hex, sizeof hex, fresh, sizeof fresh))};
    const enum status st = db_write(d, state_job, &j);
    size_t n = 0;

    if (st != ST_OK) {
        *why = STR("the database does not take a write");
        return st;
    }
    if (sodium_hex2bin(out_key, 32, j.key_hex.p, j.key_hex.n, NULL, &n, NULL) != 0 || n != 32) {
        *why = STR("form_key in app_state is not 64 hexadecimal digits");
        return ST_UNAVAILABLE;
    }
    struct outside *outside = ARENA_NEW(mem, struct outside);

    *outside = assembly_outside(mem, s);
    *out_site = (struct site){.outside = outside,
                              .portal_name = setting(s, SET_PORTAL_NAME),
                              .region_name = or_null(setting(s, SET_REGION_NAME)),
                              .phone = or_null(setting(s, SET_PHONE_NUMBER)),
                              .phone_hours = or_null(setting(s, SET_PHONE_HOURS)),
                              .logo_url = or_null(setting(s, SET_REGION_LOGO)),
                              .licence = setting(s, SET_PORTAL_LICENCE),
                              .keeper_name = or_null(setting(s, SET_KEEPER_NAME)),
                              .keeper_contact = or_null(setting(s, SET_KEEPER_CONTACT)),
                              .is_demo = j.is_demo};
    return ST_OK;
}

#include "search_testing.h"
#include "base/clock.h"
#include "base/macros.h"
#include "bodies_sql.h"
#include "catalogue_sql.h"
#include "places_sql.h"
#include "tests/support/cases.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PARTS = 8, MOST_RULES = 4 };

extern const struct feature bodies_feature;
extern const struct feature places_feature;

static enum status load(struct ctx *c, void *arg)
{
    const enum status st = places_feature.load_reference(c);

    return st == ST_OK ? bodies_feature.load_reference(c) : st;
}

static int split(struct str list, struct str *out)
{
    int n = 0;

    while (list.n > 0 && n < MOST_PARTS) {
        out[n] = str_cut(&list, ' ');
        n += out[n].n > 0;
    }
    return n;
}

/* ---- rows ---- */

struct putting {
    struct search_test *t;
    const struct search_row *rows;
    int n;
};

/* "1-5 540 720" weekdays and minutes; several with a semicolon. */
static int read_hours(struct ctx *c, const char *text, struct schedule *out)
{
    struct str rest = str_of(text);
    int n = 0;

    while (rest.n > 0 && n < MOST_RULES) {
        const char *const z = str_z(c->mem, str_trim(str_cut(&rest, ';')));
        int from = 0, to = 0, opens = 0, closes = 0;
        struct hours_rule r = {.freq = HOURS_WEEKLY,
                               .interval = 1,
                               .weekdays = 0x7f,
                               .week_start = 1,
                               .start_day = DAY_NONE,
                               .until_day = DAY_NONE,
                               .from_day = DAY_NONE,
                               .to_day = DAY_NONE,
                               .opens_min = 0,
                               .closes_min = 1440,
                               .on_holidays = true};

        if (sscanf(z, "%d-%d %d %d", &from, &to, &opens, &closes) == 4) {
            r.weekdays = 0;
            for (int d = from; d <= to; d++)
                r.weekdays |= (uint8_t)(1 << (d - 1));
            r.opens_min = opens;
            r.closes_min = closes;
        } else if (strcmp(z, "appointment") == 0) {
            r.kind = HOURS_BY_APPOINTMENT;
        }
        out[n++] = (struct schedule){.rule = r};
    }
    return n;
}

static int64_t put_location(struct catalogue_write *w, struct ctx *c, struct str slug,
                            bool is_secret)
{
    struct comune place;
    int64_t id;
    enum put_change change;

    ck_assert_int_eq(places_comune_by_slug(c, slug, &place), ST_OK);
    struct address address = {.type = STR("physical"), .address_1 = STR("via Segretissima 7")};
    const struct location l = {
        .type = STR("physical"),
        .name = is_secret ? STR("Nascondiglio") : STR(""),
        .comune_id = place.area.area_id,
        .is_secret = is_secret,
        .addresses = &address,
        .n_addresses = 1,
        .source_id = str_fmt(c->mem, "%.*s%s", (int)slug.n, slug.p, is_secret ? "-secret" : ""),
    };

    ck_assert_int_eq(catalogue_put_location(w, &l, &id, &change), ST_OK);
    return id;
}

static int read_served(struct ctx *c, struct str text, struct served_area *out)
{
    struct str parts[MOST_PARTS];
    const int n = split(text, parts);

    for (int i = 0; i < n; i++) {
        struct str code = parts[i];
        const enum area_kind kind = places_kind_of(str_cut(&code, ':'));
        struct area a;

        ck_assert_int_eq(places_area_by_code(c, kind, code, &a), ST_OK);
        out[i] = (struct served_area){.name = a.name, .area_id = a.area_id};
    }
    return n;
}

static void put_row(struct catalogue_write *w, struct ctx *c, const struct search_row *row)
{
    struct str places[MOST_PARTS], needs[MOST_PARTS], targets[MOST_PARTS], parts[MOST_PARTS];
    struct service_at ats[MOST_PARTS] = {0};
    struct served_area areas[MOST_PARTS] = {0};
    struct language languages[MOST_PARTS] = {0};
    struct access access[MOST_PARTS] = {0};
    struct schedule schedules[MOST_RULES] = {0};
    enum put_change change;
    int64_t id;
    const int n_places = strcmp(row->place, "-") == 0 ? 0 : split(str_of(row->place), places);
    const bool is_secret = n_places > 1 && str_eq_z(places[n_places - 1], "secret");
    struct service s = {.kind = catalogue_kind_of(str_of(row->kind)),
                        .status = SERVICE_ACTIVE,
                        .name = str_of(row->name),
                        .summary = str_of(row->text),
                        .description = str_of(row->text),
                        .fee = catalogue_fee_of(str_of(row->fee)),
                        .starts_on = DAY_NONE,
                        .ends_on = DAY_NONE,
                        .apply_by = DAY_NONE,
                        .confirmed_on = day_parse(str_of(row->confirmed)),
                        .needs = needs,
                        .n_needs = split(str_of(row->needs), needs),
                        .targets = targets,
                        .n_targets = split(str_of(row->targets), targets),
                        .areas = areas,
                        .n_areas = read_served(c, str_of(row->serves), areas),
                        .languages = languages,
                        .access = access,
                        .schedules = schedules,
                        .n_schedules = read_hours(c, row->hours, schedules),
                        .ats = ats,
                        .source_id = str_of(row->id)};
    const struct organisation o = {.name = str_of(row->body),
                                   .kind = ORGANISATION_THIRD_SECTOR,
                                   .source_id = str_of(row->body)};

    ck_assert_int_eq(catalogue_put_organisation(w, &o, &s.organisation_id, &change), ST_OK);
    for (int i = 0; i < n_places - is_secret; i++)
        ats[s.n_ats++].location_id = put_location(w, c, places[i], is_secret);
    s.n_languages = split(str_of(row->languages), parts);
    for (int i = 0; i < s.n_languages; i++)
        languages[i].code = parts[i];
    for (int i = split(str_of(row->access), parts) - 1; i >= 0; i--)
        access[s.n_access++] =
            (struct access){.description = parts[i], .bits = catalogue_access_of(parts[i])};
    for (int i = split(str_of(row->ways), parts) - 1; i >= 0; i--)
        s.ways |= catalogue_way_of(parts[i]);
    ck_assert_int_eq(catalogue_put_service(w, &s, &id, &change), ST_OK);
}

static enum status put_job(struct ctx *c, void *arg)
{
    const struct putting *const p = arg;
    struct catalogue_write *w;

    ck_assert_int_eq(catalogue_write_begin(c, STR("test"), &w), ST_OK);
    for (int i = 0; i < p->n; i++)
        put_row(w, c, &p->rows[i]);
    return catalogue_write_end(w, false, NULL);
}

void search_test_put(struct search_test *t, const struct search_row *rows, int n)
{
    struct putting p = {t, rows, n};

    search_test_read_end(t);
    ck_assert_int_eq(territory_test_run(&t->territory, "2026-11-21", put_job, &p), ST_OK);
}

/* ---- opening ---- */

static void put_cases(struct search_test *t)
{
    const struct cases k = cases_read(t->mem, "search/cases/search_services.tsv");
    struct search_row *const rows = ARENA_ARRAY(t->mem, struct search_row, (size_t)k.n_rows);

    for (int i = 0; i < k.n_rows; i++) {
        const char **const cells[] = {&rows[i].id,        &rows[i].name,   &rows[i].body,
                                      &rows[i].place,     &rows[i].kind,   &rows[i].needs,
                                      &rows[i].targets,   &rows[i].text,   &rows[i].hours,
                                      &rows[i].ways,      &rows[i].fee,    &rows[i].serves,
                                      &rows[i].languages, &rows[i].access, &rows[i].confirmed};

        for (int n = 0; n < ARRAY_LEN(cells); n++)
            *cells[n] = str_z(t->mem, k.cells[i * k.n_names + n]);
    }
    search_test_put(t, rows, k.n_rows);
}

void search_test_open(struct search_test *t, bool is_empty)
{
    struct migration all[64];
    int n = 0;

    for (int i = 0; i < places_n_migrations; i++)
        all[n++] = places_migrations[i];
    for (int i = 0; i < bodies_n_migrations; i++)
        all[n++] = bodies_migrations[i];
    for (int i = 0; i < catalogue_n_migrations; i++)
        all[n++] = catalogue_migrations[i];
    *t = (struct search_test){.mem = arena_new(0)};
    territory_test_open_filled(&t->territory, all, n, load);
    search_test_at(t, "2026-11-21", 10, 0);
    if (!is_empty)
        put_cases(t);
}

void search_test_close(struct search_test *t)
{
    search_test_read_end(t);
    territory_test_close(&t->territory);
    arena_free(t->mem);
}

void search_test_at(struct search_test *t, const char *day, int hour, int minute)
{
    t->now_ms = hours_instant(day_parse(str_of(day)), hour * 60 + minute, false);
}

void search_test_read_end(struct search_test *t)
{
    if (t->tx != NULL)
        db_read_end(t->tx);
    t->tx = NULL;
}

struct ctx *search_test_read(struct search_test *t)
{
    search_test_read_end(t);
    ck_assert_int_eq(db_read_begin(t->territory.store.db, &t->tx), ST_OK);
    t->c = ctx_new(t->mem, &actor_anyone, LANG_IT);
    t->c.tx = t->tx;
    t->c.now_ms = t->now_ms;
    t->c.today = clock_day_at(t->now_ms);
    return &t->c;
}

/* ---- looking ---- */

int64_t search_test_area(struct search_test *t, enum area_kind kind, const char *slug)
{
    struct area a;

    ck_assert_int_eq(places_area_by_slug(&t->c, kind, str_of(slug), &a), ST_OK);
    return a.area_id;
}

const char *search_test_id(struct search_test *t, int64_t service_id)
{
    struct service s;

    if (catalogue_service(&t->c, service_id, &s) != ST_OK)
        return "?";
    return str_z(t->mem, s.source_id);
}

struct str search_test_ids(struct search_test *t, const struct search_answer *a)
{
    struct str all = STR("");

    for (int i = 0; i < a->n_hits; i++)
        all = str_fmt(t->mem, "%.*s%s%s%s", (int)all.n, all.p, i > 0 ? " " : "",
                      (a->page - 1) * a->page_size + i == a->n_here ? "| " : "",
                      search_test_id(t, a->hits[i].service_id));
    return all;
}

struct setting_state {
    struct search_test *t;
    const char *id;
    enum service_state state;
};

static enum status state_job(struct ctx *c, void *arg)
{
    const struct setting_state *const w = arg;
    struct service_read r = {.limit = 500, .with_gone = true};
    struct service *list;
    int n = 0;

    do {
        ck_assert_int_eq(catalogue_read(c, c->mem, &r, &list, &n), ST_OK);
        for (int i = 0; i < n; i++) {
            if (str_eq_z(list[i].source_id, w->id))
                return catalogue_set_state(c, list[i].service_id, w->state);
            r.after_id = list[i].service_id;
        }
    } while (n > 0);
    return ST_NOT_FOUND;
}

void search_test_set_state(struct search_test *t, const char *id, enum service_state state)
{
    struct setting_state w = {t, id, state};

    search_test_read_end(t);
    ck_assert_int_eq(territory_test_run(&t->territory, "2026-11-21", state_job, &w), ST_OK);
}

struct search_answer search_test_ask(struct search_test *t, const struct search_ask *ask)
{
    struct search_answer out;

    ck_assert_int_eq(search_services(search_test_read(t), ask, &out), ST_OK);
    return out;
}

void search_test_where(struct search_test *t, struct str where, struct search_ask *ask)
{
    const char *const z = str_z(t->mem, where);

    if (sscanf(z, "point %lf %lf", &ask->lat, &ask->lon) == 2)
        ask->has_point = true;
    else if (strncmp(z, "district ", 9) == 0)
        ask->area_id = search_test_area(t, AREA_DISTRICT, z + 9);
    else if (where.n > 0)
        ask->area_id = search_test_area(t, AREA_COMUNE, z);
}

static struct str ids_for(struct search_test *t, const char *words, const char *need, const char *where)
{
    struct search_ask ask = {.words = str_of(words), .need = str_of(need)};

    search_test_read(t);
    search_test_where(t, str_of(where), &ask);
    const struct search_answer a = search_test_ask(t, &ask);

    return search_test_ids(t, &a);
}

void search_test_ck(struct search_test *t, const char *words, const char *need, const char *where, const char *ids)
{
    const struct str found = ids_for(t, words, need, where);

    ck_assert_msg(str_eq_z(found, ids), "%s%s %s: %.*s", words, need, where, (int)found.n, found.p);
}

/* albo.c - the list: sections, what is said of one, filters and counts. */
#include "albo.h"
#include "albo_store.h"
#include "base/date.h"
#include "base/macros.h"
#include "features/albo/albo_themes.h"
#include <stdlib.h>
#include <string.h>

static const char *const sections[ALBO_SECTION_COUNT] = {
    [ALBO_NO_SECTION] = "",
    [ALBO_ODV] = "odv",
    [ALBO_APS] = "aps",
    [ALBO_PHILANTHROPIC] = "philanthropic",
    [ALBO_SOCIAL_ENTERPRISE] = "social-enterprise",
    [ALBO_NETWORK] = "network",
    [ALBO_MUTUAL_AID] = "mutual-aid",
    [ALBO_OTHER] = "other",
};

const char *const albo_themes[N_ALBO_THEMES] = {"famiglia-minori", "disabili", "anziani", "dipendenze",
                                                "immigrati",       "poverta",  "multiutenza"};

const char *albo_section_name(enum albo_section s)
{
    return s >= 0 && s < ALBO_SECTION_COUNT ? sections[s] : "";
}

enum albo_section albo_section_of(struct str name)
{
    for (int i = 1; i < ALBO_SECTION_COUNT; i++)
        if (str_eq_z(name, sections[i]))
            return (enum albo_section)i;
    return ALBO_NO_SECTION;
}

struct str albo_section_words(struct ctx *c, enum albo_section s)
{
    if (s <= ALBO_NO_SECTION || s >= ALBO_SECTION_COUNT)
        return STR("");
    return text_get(c->lang, str_fmt(c->mem, "albo.section-%s", sections[s]).p);
}

bool albo_is_theme(struct str id)
{
    for (int i = 0; i < N_ALBO_THEMES; i++)
        if (str_eq_z(id, albo_themes[i]))
            return true;
    return false;
}

struct str albo_theme_words(struct ctx *c, struct str id)
{
    return albo_is_theme(id) ? text_get(c->lang, str_fmt(c->mem, "albo.theme-%.*s", (int)id.n, id.p).p) : STR("");
}

struct str albo_tidy_themes(struct ctx *c, const struct str *list, int n)
{
    struct buf b = buf_new(c->mem, 64);

    for (int i = 0; i < N_ALBO_THEMES; i++)
        for (int k = 0; k < n; k++)
            if (str_eq_z(list[k], albo_themes[i])) {
                if (b.n > 0)
                    buf_char(&b, ' ');
                buf_z(&b, albo_themes[i]);
                break;
            }
    return buf_view(&b);
}

/* ---- one ---- */

static void put_themes(struct albo_line *l, struct str themes)
{
    while (themes.n > 0 && l->n_themes < ALBO_THEMES)
        l->themes[l->n_themes++] = str_cut(&themes, ' ');
}

/* What was said of organisations that were joined to another: it holds for the one kept until that one says its own. */
struct heirs {
    struct albo_entries_gone_row *rows;
    int64_t *kept;
    int n;
};

static enum status read_heirs(struct ctx *c, struct heirs *out)
{
    enum status st = albo_sql_entries_gone(c, &out->rows, &out->n);

    out->kept = ARENA_ARRAY(c->mem, int64_t, (size_t)(st == ST_OK ? out->n : 0) + 1);
    for (int i = 0; st == ST_OK && i < out->n; i++)
        st = organisations_kept(c, out->rows[i].organisation_id, &out->kept[i]);
    return st;
}

static const struct albo_entries_gone_row *heir_of(const struct heirs *h, int64_t organisation_id)
{
    for (int i = 0; i < h->n; i++)
        if (h->kept[i] == organisation_id && h->rows[i].organisation_id != organisation_id)
            return &h->rows[i];
    return NULL;
}

static enum status read_entry(struct ctx *c, int64_t organisation_id, const struct heirs *h, struct albo_line *out)
{
    struct albo_entry_get_row r;
    enum status st = albo_sql_entry_get(c, &(struct albo_entry_get_in){organisation_id}, &r);
    const struct albo_entries_gone_row *of = st == ST_NOT_FOUND ? heir_of(h, organisation_id) : NULL;

    if (of != NULL) {
        r = (struct albo_entry_get_row){of->runts_section, of->runts_number,   of->themes,
                                        of->is_self_help,  of->is_responsible, of->is_demo};
        st = ST_OK;
    }
    if (st != ST_OK)
        return st;
    *out = (struct albo_line){.organisation_id = organisation_id,
                              .section = albo_section_of(r.runts_section),
                              .runts_number = r.runts_number,
                              .is_self_help = r.is_self_help != 0,
                              .is_responsible = r.is_responsible != 0,
                              .is_demo = r.is_demo != 0};
    put_themes(out, r.themes);
    return ST_OK;
}

enum status albo_entry(struct ctx *c, int64_t organisation_id, struct albo_line *out)
{
    struct heirs h;
    const enum status st = read_heirs(c, &h);

    return st == ST_OK ? read_entry(c, organisation_id, &h, out) : st;
}

enum status albo_set(struct ctx *c, int64_t organisation_id, const struct albo_details *d, struct str by)
{
    const struct albo_entry_put_in in = {.organisation_id = organisation_id,
                                         .runts_section = str_of(albo_section_name(d->section)),
                                         .runts_number = d->runts_number,
                                         .themes = d->themes,
                                         .is_self_help = d->is_self_help,
                                         .is_responsible = d->is_responsible,
                                         .is_demo = d->is_demo,
                                         .updated_on = day_iso(c->mem, c->today),
                                         .by_body = by};

    return albo_sql_entry_put(c, &in, NULL);
}

/* ---- the list ---- */

static bool has_word(struct str list, struct str word)
{
    while (list.n > 0)
        if (str_eq(str_cut(&list, ' '), word))
            return true;
    return false;
}

/* Every word that was typed stands somewhere in the name. */
static bool has_all(struct str name, struct str typed)
{
    while (typed.n > 0) {
        const struct str w = str_cut(&typed, ' ');

        if (w.n > 0 && memmem(name.p, name.n, w.p, w.n) == NULL)
            return false;
    }
    return true;
}

struct scope {
    int64_t *ids; /* of the comuni inside, in order; NULL: all */
    int n;
    struct str typed;
};

static bool is_inside(const struct scope *s, bool has_comune, int64_t comune_id)
{
    if (s->ids == NULL)
        return true;
    int lo = 0, hi = s->n;

    while (has_comune && lo < hi) {
        const int mid = (lo + hi) / 2;

        if (s->ids[mid] < comune_id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return has_comune && lo < s->n && s->ids[lo] == comune_id;
}

static int by_id(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static enum status read_scope(struct ctx *c, const struct albo_ask *ask, struct scope *out)
{
    struct comune *comuni;
    enum status st = ST_OK;

    *out = (struct scope){.typed = str_fold(c->mem, ask->words)};
    if (ask->area_id == 0)
        return ST_OK;
    st = places_comuni_in(c, ask->area_id, c->today, &comuni, &out->n);
    if (st != ST_OK)
        return st;
    out->ids = ARENA_ARRAY(c->mem, int64_t, (size_t)out->n + 1);
    for (int i = 0; i < out->n; i++)
        out->ids[i] = comuni[i].area.area_id;
    qsort(out->ids, (size_t)out->n, sizeof *out->ids, by_id);
    return ST_OK;
}

static bool is_asked(const struct albo_ask *ask, const struct scope *s, const struct albo_keys_all_row *r)
{
    if (!is_inside(s, r->has_comune_id, r->comune_id) || !has_all(r->name_folded, s->typed))
        return false;
    if (ask->theme.n > 0 && !(r->has_themes && has_word(r->themes, ask->theme)))
        return false;
    if (ask->self_help && !(r->has_is_self_help && r->is_self_help != 0))
        return false;
    return !ask->responsible || (r->has_is_responsible && r->is_responsible != 0);
}

/* A row without a line of its own is filtered by the one handed on. */
static void hand_on(const struct heirs *h, struct albo_keys_all_row *r)
{
    const struct albo_entries_gone_row *of = r->has_runts_section ? NULL : heir_of(h, r->organisation_id);

    if (of == NULL)
        return;
    r->has_runts_section = r->has_themes = r->has_is_self_help = r->has_is_responsible = true;
    r->runts_section = of->runts_section;
    r->themes = of->themes;
    r->is_self_help = of->is_self_help;
    r->is_responsible = of->is_responsible;
}

static enum status fill_line(struct ctx *c, int64_t organisation_id, const struct heirs *h, struct albo_line *l)
{
    struct organisation o;
    struct albo_services_count_row n = {0};
    enum status st = read_entry(c, organisation_id, h, l);

    if (st == ST_NOT_FOUND) {
        *l = (struct albo_line){.organisation_id = organisation_id};
        st = ST_OK;
    }
    if (st == ST_OK)
        st = organisations_by_id(c, organisation_id, &o);
    if (st == ST_OK)
        st = albo_sql_services_count(c, &(struct albo_services_count_in){organisation_id}, &n);
    if (st != ST_OK)
        return st;
    l->slug = o.body_id != 0 && o.body_slug.n > 0 ? o.body_slug : o.slug;
    l->name = o.name;
    l->comune_name = o.comune_name;
    l->phone = o.phone;
    l->email = o.email;
    l->website = o.website;
    l->description = o.description;
    l->tax_id = o.tax_id;
    l->kind = o.kind;
    l->is_managing = o.body_id != 0;
    l->is_demo = o.is_demo;
    l->n_services = (int)n.n;
    return ST_OK;
}

enum status albo_list(struct ctx *c, const struct albo_ask *ask, struct albo_answer *out)
{
    struct albo_keys_all_row *rows;
    struct scope scope;
    struct heirs heirs;
    int n = 0;
    const int from = (ask->page > 1 ? ask->page - 1 : 0) * ask->per_page;
    enum status st = read_scope(c, ask, &scope);

    *out = (struct albo_answer){0};
    if (st == ST_OK)
        st = read_heirs(c, &heirs);
    if (st == ST_OK)
        st = albo_sql_keys_all(c, &rows, &n);
    out->lines = ARENA_ARRAY(c->mem, struct albo_line, (size_t)ask->per_page);
    for (int i = 0; st == ST_OK && i < n; i++) {
        hand_on(&heirs, &rows[i]);
        const enum organisation_kind kind = organisations_kind_of(rows[i].kind);
        const enum albo_section section =
            rows[i].has_runts_section ? albo_section_of(rows[i].runts_section) : ALBO_NO_SECTION;
        const bool of_kind = ask->kind == 0 || ask->kind == kind,
                   of_section = ask->section == ALBO_NO_SECTION || ask->section == section;

        if (!is_asked(ask, &scope, &rows[i]))
            continue;
        out->n_of_kind[kind] += of_section;
        out->n_of_section[section] += of_kind;
        if (!of_kind || !of_section)
            continue;
        if (out->n_all >= from && out->n_lines < ask->per_page)
            st = fill_line(c, rows[i].organisation_id, &heirs, &out->lines[out->n_lines++]);
        out->n_all++;
    }
    return st;
}

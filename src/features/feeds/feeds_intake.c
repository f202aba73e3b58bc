/* feeds_intake.c - refusals, notices, counts; what comes in goes through catalogue_write.h alone. */
#include "feeds_intake.h"
#include <string.h>

static bool has_option(const struct import_run *run, int i)
{
    return run->options != NULL && run->options[i] != NULL;
}

enum status feeds_intake_open(struct import_run *run, struct str source, struct feeds_intake **out)
{
    struct feeds_intake *in = ARENA_NEW(run->c->mem, struct feeds_intake);

    *out = in;
    in->run = run;
    in->c = run->c;
    in->keep = run->c->mem;
    in->row = arena_new(0);
    in->services = feeds_seen_new();
    in->organisations = feeds_seen_new();
    in->locations = feeds_seen_new();
    in->skips_refused = has_option(run, FEEDS_SKIP_REFUSED);
    in->hides_gone = has_option(run, FEEDS_HIDE_GONE);
    in->table = STR("");
    in->needs = needs_open(in->keep);
    in->st = feeds_places_open(in->c, &in->places);
    if (in->st == ST_OK)
        in->st = catalogue_write_begin(in->c, source, &in->w);
    in->c->mem = in->row;
    return in->st;
}

void feeds_intake_close(struct feeds_intake *in)
{
    in->c->mem = in->keep;
    catalogue_write_end(in->w, false, NULL); /* when it did not end well: its memory */
    feeds_places_close(in->places);
    feeds_seen_free(in->services);
    feeds_seen_free(in->organisations);
    feeds_seen_free(in->locations);
    arena_free(in->row);
}

void feeds_next_row(struct feeds_intake *in, int64_t row_no)
{
    arena_reset(in->row);
    in->row_no = row_no;
    in->is_row_refused = false;
    in->run->n_read++;
}

static const char *field_name(struct feeds_intake *in, struct str field)
{
    return str_fmt(in->keep, "%.*s%.*s", (int)in->table.n, in->table.p, (int)field.n, field.p).p;
}

static struct str shortened(struct feeds_intake *in, struct str value)
{
    enum { MOST = 120 };

    while (value.n > MOST || (value.n == MOST && (value.p[value.n - 1] & 0x80) != 0))
        value = str_head(value, value.n > MOST ? MOST : value.n - 1);
    return str_is_utf8(value) ? str_copy(in->keep, value) : STR("?");
}

void feeds_refuse(struct feeds_intake *in, struct str field, const char *key, struct str value)
{
    if (!in->is_row_refused) {
        in->n_refused++;
        in->run->n_refused++;
    }
    in->is_row_refused = true;
    problems_add_row(&in->c->problems, in->row_no, field_name(in, field), key, shortened(in, value));
}

void feeds_notice(struct feeds_intake *in, struct str field, const char *key, struct str value)
{
    const struct text_arg arg = {"value", value};

    if (++in->n_notices > FEEDS_MAX_NOTICES && !in->run->is_dry_run)
        return;
    const struct str words = text_fill(in->row, text_get(in->c->lang, key), &arg, 1);
    const struct str where = in->row_no > 0 ? str_fmt(in->row, "row %lld: ", (long long)in->row_no) : STR("");

    in->run->say(in->run, str_fmt(in->row, "notice: %.*s%.*s%.*s%s%.*s", (int)where.n, where.p, (int)in->table.n, in->table.p,
                                  (int)field.n, field.p, field.n > 0 ? ": " : "", (int)words.n, words.p));
}

bool feeds_may_put(const struct feeds_intake *in)
{
    return in->st == ST_OK && !in->is_row_refused && (in->skips_refused || in->n_refused == 0);
}

bool feeds_goes_on(const struct feeds_intake *in)
{
    return in->st == ST_OK && in->n_refused < FEEDS_MAX_REFUSED;
}

static void count(struct feeds_counts *k, enum put_change change)
{
    k->n_added += change == PUT_ADDED;
    k->n_changed += change == PUT_CHANGED;
    k->n_same += change == PUT_SAME;
    k->n_left += change == PUT_LEFT;
}

void feeds_put_organisation(struct feeds_intake *in, const struct organisation *o, int64_t *out_id)
{
    enum put_change change;

    if (!feeds_may_put(in) || feeds_seen_find(in->organisations, o->source_id, out_id))
        return;
    in->st = catalogue_put_organisation(in->w, o, out_id, &change);
    if (in->st != ST_OK)
        return;
    count(&in->of_organisations, change);
    if (change == PUT_LEFT)
        feeds_notice(in, STR("organization"), "feeds.left-organisation", o->name);
    feeds_seen_add(in->organisations, o->source_id, *out_id, out_id);
}

void feeds_put_location(struct feeds_intake *in, const struct location *l, int64_t *out_id)
{
    enum put_change change;

    if (!feeds_may_put(in) || feeds_seen_find(in->locations, l->source_id, out_id))
        return;
    in->st = catalogue_put_location(in->w, l, out_id, &change);
    if (in->st != ST_OK)
        return;
    count(&in->of_locations, change);
    if (change == PUT_LEFT)
        feeds_notice(in, STR("location"), "feeds.left-location", l->name);
    feeds_seen_add(in->locations, l->source_id, *out_id, out_id);
}

void feeds_put_service(struct feeds_intake *in, const struct service *s)
{
    enum put_change change;
    int64_t id;

    if (!feeds_may_put(in))
        return;
    in->st = catalogue_put_service(in->w, s, &id, &change);
    if (in->st != ST_OK)
        return;
    count(&in->of_services, change);
    if (change == PUT_LEFT)
        feeds_notice(in, STR("service"), "feeds.left-service", s->name);
}

static void say_counts(struct feeds_intake *in, const char *what, const struct feeds_counts *k)
{
    if (k->n_added + k->n_changed + k->n_same + k->n_left > 0)
        in->run->say(in->run, str_fmt(in->row, "%s: %lld new, %lld changed, %lld the same, %lld left alone", what, (long long)k->n_added,
                                      (long long)k->n_changed, (long long)k->n_same, (long long)k->n_left));
}

/* What the source no longer has: named while they are few. */
static enum status say_gone(struct feeds_intake *in)
{
    enum { MOST = 50 };
    const int64_t *ids;
    struct service *list;
    int n = 0, n_list = 0;
    enum status st = catalogue_write_missing(in->w, &ids, &n);

    in->run->n_gone = n;
    if (st == ST_OK && n > 0)
        st = catalogue_cards(in->c, ids, n < MOST ? n : MOST, &list, &n_list);
    for (int i = 0; st == ST_OK && i < n_list; i++)
        in->run->say(in->run, str_fmt(in->row, "gone: %.*s (%.*s)%s", (int)list[i].name.n, list[i].name.p, (int)list[i].source_id.n,
                                      list[i].source_id.p, in->hides_gone ? "" : ", still shown: --hide-gone hides it"));
    if (st == ST_OK && n > n_list)
        in->run->say(in->run, str_fmt(in->row, "gone: %d more", n - n_list));
    return st;
}

enum status feeds_intake_end(struct feeds_intake *in, bool is_whole)
{
    struct import_run *run = in->run;

    in->row_no = 0;
    in->table = STR("");
    if (in->st != ST_OK)
        return in->st;
    if (in->n_notices > FEEDS_MAX_NOTICES && !run->is_dry_run)
        run->say(run, str_fmt(in->row, "notice: %lld more: --dry-run says them all", (long long)(in->n_notices - FEEDS_MAX_NOTICES)));
    if (in->n_refused >= FEEDS_MAX_REFUSED) { /* what comes after it was not read */
        problems_add(&in->c->problems, "", "feeds.too-many-refused", STR("100000"));
        return ST_INVALID;
    }
    if (in->n_refused > 0 && !in->skips_refused)
        return ST_INVALID;
    run->n_added = in->of_services.n_added;
    run->n_changed = in->of_services.n_changed;
    run->n_same = in->of_services.n_same + in->of_services.n_left;
    say_counts(in, "organisations", &in->of_organisations);
    say_counts(in, "places", &in->of_locations);
    if (is_whole)
        in->st = say_gone(in);
    if (in->st != ST_OK)
        return in->st;
    struct catalogue_write *w = in->w;

    in->w = NULL;
    return catalogue_write_end(w, is_whole && in->hides_gone, NULL);
}

struct str feeds_source_of_file(struct arena *mem, const char *file)
{
    struct str name = str_of(file);

    if (str_starts(name, STR("https://"))) {
        name = str_from(name, 8);
        return str_head(str_slug(mem, str_head(name, strcspn(str_z(mem, name), "/?#:"))), 40);
    }
    while (name.n > 1 && name.p[name.n - 1] == '/')
        name.n--;
    for (ptrdiff_t at = str_index(name, '/'); at >= 0 && (size_t)at + 1 < name.n; at = str_index(name, '/'))
        name = str_from(name, (size_t)at + 1);
    const struct str before_dot = str_head(name, strcspn(str_z(mem, name), "."));
    const struct str slug = str_head(str_slug(mem, before_dot.n > 0 ? before_dot : name), 40);

    return slug.n > 0 ? slug : STR("feed");
}

/* exchange_body_in.c - wecare import body: the entries come in as a feed does, then what is kept of them. */
#include "base/date.h"
#include "base/digest.h"
#include "base/unzip.h"
#include "exchange_body.h"
#include "features/catalogue/catalogue_history.h"
#include "features/catalogue/catalogue_write.h"
#include "features/feeds/feeds_pull.h"
#include "features/upkeep/upkeep.h"
#include "core/bodies/organisations.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char exchange_body_help[] =
    "usage: wecare import body FILE [--dry-run]\n\n"
    "  FILE  what `wecare export body` made in another portal: entries, confirmations, rhythm, history.\n"
    "        The same again changes nothing. An entry that came here from elsewhere is left as it is; so is a\n"
    "        confirmation that is newer here.\n";

struct arriving {
    struct import_run *run;
    struct arena *mem;
    json_t *kept;
    const char *source; /* "body-" and the end of its id: the same at every import */
    int64_t n_history, n_left;
};

static struct str text_of(struct arena *mem, const json_t *object, const char *name)
{
    const json_t *v = json_object_get(object, name);

    return json_is_string(v) ? str_copy(mem, (struct str){json_string_value(v), json_string_length(v)}) : STR("");
}

static int64_t number_of(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

static enum edit_how how_of(struct str name)
{
    int how = EDIT_HOW_COUNT - 1;

    while (how > EDIT_BY_DESK && !str_eq_z(name, catalogue_edit_how_name((enum edit_how)how)))
        how--;
    return (enum edit_how)how;
}

/* ---- what is kept of one entry ---- */

static enum status take_confirmation(struct ctx *c, const struct service *s, const json_t *e)
{
    const int on = day_parse(text_of(c->mem, e, "confirmed_on"));
    const enum confirm_how how = catalogue_how_of(text_of(c->mem, e, "confirmed_how"));
    const struct str by = text_of(c->mem, e, "confirmed_by");

    if (on == DAY_NONE || on > c->today || (s->confirmed_on != DAY_NONE && s->confirmed_on > on) ||
        (s->confirmed_on == on && s->confirmed_how == how && str_eq(s->confirmed_by, by)))
        return ST_OK;
    return catalogue_unconfirm(c, s->service_id, on, how, by);
}

static enum status take_owners(struct ctx *c, int64_t service_id, const json_t *list)
{
    enum status st = ST_OK;
    const json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        const struct field_owner o = {service_id, catalogue_edit_named(text_of(c->mem, one, "field")), text_of(c->mem, one, "source"),
                                      number_of(one, "at")};

        if (st == ST_OK && o.field != EDIT_NONE)
            st = catalogue_owner_take(c, &o);
    }
    return st;
}

static enum status take_history(struct arriving *x, struct ctx *c, int64_t service_id, const json_t *list)
{
    const size_t n = json_array_size(list) < BODY_MOST_HISTORY ? json_array_size(list) : BODY_MOST_HISTORY;
    int64_t *ids = ARENA_ARRAY(c->mem, int64_t, n + 1);
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < n; i++) {
        const json_t *one = json_array_get(list, i);
        const int64_t undoes = number_of(one, "undoes");
        const struct history_row r = {.service_id = service_id,
                                      .field = catalogue_edit_named(text_of(c->mem, one, "field")),
                                      .was = text_of(c->mem, one, "was"),
                                      .now = text_of(c->mem, one, "now"),
                                      .how = how_of(text_of(c->mem, one, "how")),
                                      .by = text_of(c->mem, one, "by"),
                                      .batch = text_of(c->mem, one, "batch"),
                                      .at_ms = number_of(one, "at"),
                                      .undoes = undoes > 0 && (uint64_t)undoes <= i ? ids[undoes - 1] : 0,
                                      .was_owned = json_is_true(json_object_get(one, "was_owned"))};

        if (r.field != EDIT_NONE)
            st = catalogue_history_take(c, &r, &ids[i]);
        x->n_history += r.field != EDIT_NONE;
    }
    return st;
}

static enum status take_entry(struct arriving *x, struct ctx *c, const json_t *e)
{
    const struct str source = str_fmt(c->mem, "hsds:%s", x->source);
    const int64_t months = number_of(e, "rhythm_months");
    struct service s;
    enum status st = catalogue_service_by_uuid(c, text_of(c->mem, e, "id"), &s);

    if (st == ST_NOT_FOUND || (st == ST_OK && !str_eq(s.source, source))) {
        x->n_left++;
        return ST_OK;
    }
    if (st == ST_OK)
        st = take_confirmation(c, &s, e);
    if (st == ST_OK && (months == 1 || months == 3 || months == 6 || months == 12))
        st = upkeep_set_rhythm(c, s.service_id, (int)months);
    if (st == ST_OK)
        st = take_owners(c, s.service_id, json_object_get(e, "owners"));
    return st == ST_OK ? take_history(x, c, s.service_id, json_object_get(e, "history")) : st;
}

/* HSDS does not say what kind of organisation it is. */
static enum status take_organisation(struct arriving *x, struct ctx *c)
{
    const enum organisation_kind kind = organisations_kind_of(text_of(c->mem, x->kept, "kind"));
    const struct str source = str_fmt(c->mem, "hsds:%s", x->source);
    struct organisation o;
    enum put_change change;
    int64_t id;
    const enum status st = organisations_by_uuid(c, text_of(c->mem, x->kept, "id"), &o);

    if (st != ST_OK || kind == 0 || kind < ORGANISATION_THIRD_SECTOR || o.kind == kind || !str_eq(o.source, source))
        return st == ST_NOT_FOUND ? ST_OK : st;
    o.kind = kind;
    return organisations_put(c, &o, &id, &change);
}

static enum status take_kept(struct arriving *x, struct ctx *c)
{
    struct arena *was = c->mem, *row = arena_new(0);
    const json_t *entries = json_object_get(x->kept, "entries");
    enum status st;

    x->n_history = x->n_left = 0;
    c->mem = row;
    st = take_organisation(x, c);
    for (size_t i = 0; st == ST_OK && i < json_array_size(entries); i++) {
        st = take_entry(x, c, json_array_get(entries, i));
        arena_reset(row);
    }
    c->mem = was;
    arena_free(row);
    return st;
}

static enum status kept_job(struct db_tx *tx, void *arg)
{
    struct arriving *x = arg;
    struct ctx c = ctx_new(x->mem, &actor_keeper, LANG_EN);

    c.tx = tx;
    return take_kept(x, &c);
}

/* ---- the file ---- */

static enum status refuse(struct import_run *run, const char *key, struct str value)
{
    problems_add(&run->c->problems, "file", key, value);
    return ST_INVALID;
}

static enum status read_kept(struct arriving *x, struct unzip *z, struct unzip_trouble *t)
{
    enum { LAST = 12 };
    const int i = unzip_find(z, "kept.json");
    struct str bytes;
    const enum status st = i < 0 ? ST_NOT_FOUND : unzip_whole(z, i, x->mem, (int64_t)BODY_MOST_MB << 20, &bytes, t);

    if (st != ST_OK)
        return st;
    x->kept = json_loadb(bytes.p, bytes.n, JSON_REJECT_DUPLICATES, NULL);
    const char *format = json_string_value(json_object_get(x->kept, "format"));
    const struct str id = text_of(x->mem, x->kept, "id");

    if (format == NULL || strcmp(format, BODY_FORMAT) != 0 || !uuid_is(id))
        return ST_NOT_FOUND;
    x->source = str_fmt(x->mem, "body-%.*s", (int)LAST, id.p + id.n - LAST).p;
    return ST_OK;
}

/* The entries, through the importer of HSDS; then the rest, whole as well. */
static enum status take(struct arriving *x, const char *file)
{
    struct import_run *run = x->run;
    const char *was = run->file;
    const struct feeds_file_ask ask = {.kind = "hsds", .source = x->source, .hides_gone = true};

    run->file = file;
    enum status st = feeds_take_file(run, &ask);

    run->file = was;
    if (st == ST_OK)
        st = run->db == NULL ? take_kept(x, run->c) : db_write(run->db, kept_job, x);
    if (st == ST_OK)
        run->say(run, str_fmt(x->mem, "%lld rows of history, %lld entries left to whom they belong here", (long long)x->n_history,
                              (long long)x->n_left));
    return st;
}

static enum status unpack(struct arriving *x, struct unzip *z, const char *folder, struct unzip_trouble *t)
{
    const char *file = str_fmt(x->mem, "%s/services.json", folder).p;
    const int i = unzip_find(z, "services.json");
    enum status st = i < 0 ? ST_NOT_FOUND : read_kept(x, z, t);

    if (st == ST_OK)
        st = unzip_to_file(z, i, file, t);
    if (st == ST_NOT_FOUND)
        st = refuse(x->run, "exchange.body-not", STR(""));
    else if (st == ST_INVALID)
        st = refuse(x->run, t->key, t->value);
    if (st == ST_OK)
        st = take(x, file);
    unlink(file);
    return st;
}

enum status exchange_import_body(struct import_run *run)
{
    struct arriving x = {.run = run, .mem = arena_new(0)};
    char folder[] = "/tmp/wecare-body-XXXXXX";
    struct unzip_trouble t = {.key = "exchange.body-not"};
    struct unzip *z = NULL;
    enum status st = unzip_open(x.mem, run->file, STR(""), NULL, &z, &t);

    if (st == ST_INVALID)
        st = refuse(run, t.key, t.value);
    if (st == ST_OK && mkdtemp(folder) == NULL)
        st = ST_UNAVAILABLE;
    else if (st == ST_OK) {
        st = unpack(&x, z, folder, &t);
        rmdir(folder);
    }
    unzip_close(z);
    json_decref(x.kept);
    arena_free(x.mem);
    return st;
}

/* upkeep_correction.c - "Qualcosa non e' giusto?": what anybody may say of an entry, and how it is closed. */
#include "base/buf.h"
#include "base/macros.h"
#include "base/personal.h"
#include "upkeep_corrections.h"
#include "upkeep_days.h"
#include "upkeep_sql.h"

static const int64_t HOUR_MS = 3600000;
enum { NONCE_MAX = 64, MOST_FOUND = 3 };

static const char *const names[CORRECTION_KINDS] = {NULL, "phone", "hours", "address", "cost", "gone", "other"};

const char *upkeep_correction_name(enum correction_what w)
{
    return names[w];
}

enum correction_what upkeep_correction_of(struct str name)
{
    for (int i = 1; i < CORRECTION_KINDS; i++)
        if (str_eq_z(name, names[i]))
            return (enum correction_what)i;
    return 0;
}

/* Browsers send line ends as CR LF. */
static struct str tidy(struct ctx *c, struct str words)
{
    struct buf b = buf_new(c->mem, words.n + 1);

    for (size_t i = 0; i < words.n; i++)
        if (words.p[i] != '\r')
            buf_char(&b, words.p[i]);
    return str_trim(buf_view(&b));
}

/* What somebody wrote about a person: told once, then it is theirs to decide. */
static void warn(struct ctx *c, struct str words)
{
    struct personal found[MOST_FOUND];
    const int n = personal_find(c->mem, words, found, MOST_FOUND);

    for (int i = 0; i < n; i++) {
        const struct str what =
            text_get(c->lang, str_fmt(c->mem, "base.personal-%s", personal_name(found[i].kind)).p);

        problems_add(&c->problems, "conferma", "upkeep.correct-personal",
                     str_fmt(c->mem, "«%.*s» %.*s", (int)found[i].words.n, found[i].words.p, (int)what.n, what.p));
    }
}

static void check(struct ctx *c, const struct correction_form *f, enum correction_what what, struct str words)
{
    const size_t n = str_length(words);

    if (what == 0)
        problems_add(&c->problems, "cosa", "upkeep.correct-what-missing", STR(""));
    if (n == 0 && what == CORRECTION_OTHER)
        problems_add(&c->problems, "testo", "upkeep.correct-words-missing", STR(""));
    if (n > CORRECTION_WORDS_MAX)
        problems_add(&c->problems, "testo", "upkeep.correct-words-long",
                     text_int(c->mem, c->lang, (int64_t)n - CORRECTION_WORDS_MAX));
    if (!f->is_meant)
        warn(c, words);
}

static enum status check_room(struct ctx *c, int64_t service_id, struct str nonce, int64_t hour_at, bool *out_is_same)
{
    struct upkeep_correction_counts_row n;
    const enum status st = upkeep_sql_correction_counts(
        c, &(struct upkeep_correction_counts_in){.hour_at = hour_at, .service_id = service_id, .nonce = nonce}, &n);

    if (st != ST_OK)
        return st;
    *out_is_same = n.n_same > 0;
    if (n.n_same == 0 && n.n_hour >= CORRECTIONS_PER_HOUR)
        return fail(c, ST_INVALID, "upkeep.correct-too-many-now");
    if (n.n_same == 0 && n.n_open >= CORRECTIONS_PER_SERVICE)
        return fail(c, ST_INVALID, "upkeep.correct-known-already");
    return ST_OK;
}

/* The body is asked soon: an entry somebody says is wrong is due, whatever its rhythm. */
static enum status make_due(struct ctx *c, int64_t service_id)
{
    struct upkeep_row r;
    const enum status st = upkeep_store_one(c, service_id, &r);

    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    if (r.state != UPKEEP_KEPT || r.due_on <= c->today)
        return ST_OK;
    r.due_on = c->today;
    return upkeep_store_put(c, &r);
}

enum status upkeep_correction_send(struct ctx *c, const struct correction_form *f)
{
    const enum correction_what what = upkeep_correction_of(f->what);
    const struct str words = tidy(c, f->words);
    const int64_t hour_at = c->now_ms - c->now_ms % HOUR_MS;
    const bool has_nonce = f->nonce.n > 0 && f->nonce.n <= NONCE_MAX;
    bool is_same = false;

    check(c, f, what, words);
    if (c->problems.n > 0 || !has_nonce)
        return ST_INVALID;
    enum status st = check_room(c, f->service_id, f->nonce, hour_at, &is_same);

    if (st != ST_OK || is_same)
        return st;
    st = upkeep_sql_correction_add(c,
                                   &(struct upkeep_correction_add_in){.service_id = f->service_id,
                                                                      .what = str_of(names[what]),
                                                                      .words = words,
                                                                      .nonce = f->nonce,
                                                                      .hour_at = hour_at,
                                                                      .received_on = day_iso(c->mem, c->today)},
                                   NULL);
    return st == ST_OK ? make_due(c, f->service_id) : st;
}

enum status upkeep_corrections(struct ctx *c, int64_t organisation_id, int64_t service_id, struct upkeep_correction **out,
                               int *n_out)
{
    struct upkeep_correction_open_row *rows;
    const struct upkeep_correction_open_in in = {.organisation_id = organisation_id, .service_id = service_id};
    const enum status st = upkeep_sql_correction_open(c, &in, &rows, n_out);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct upkeep_correction, (size_t)*n_out);
    for (int i = 0; i < *n_out; i++)
        (*out)[i] = (struct upkeep_correction){.correction_id = rows[i].correction_id,
                                        .service_id = rows[i].service_id,
                                        .what = upkeep_correction_of(rows[i].what),
                                        .words = rows[i].words,
                                        .received_on = day_parse(rows[i].received_on),
                                        .closed_on = DAY_NONE,
                                        .slug = rows[i].slug,
                                        .service_name = rows[i].name};
    return ST_OK;
}

enum status upkeep_last_mended(struct ctx *c, int64_t service_id, struct upkeep_correction *out)
{
    struct upkeep_correction_last_mended_row r;
    const struct upkeep_correction_last_mended_in in = {.service_id = service_id,
                                                        .since = day_iso(c->mem, c->today - CORRECTION_SHOW_DAYS)};
    const enum status st = upkeep_sql_correction_last_mended(c, &in, &r);

    if (st == ST_OK)
        *out = (struct upkeep_correction){.correction_id = r.correction_id,
                                   .service_id = service_id,
                                   .what = upkeep_correction_of(r.what),
                                   .received_on = day_parse(r.received_on),
                                   .closed_on = day_parse(r.closed_on),
                                   .is_mended = true};
    return st;
}

enum status upkeep_corrections_close(struct ctx *c, int64_t service_id, bool is_mended, struct str *out_ids)
{
    struct buf ids = buf_new(c->mem, 16);
    struct upkeep_correction *list;
    int n = 0;
    enum status st = upkeep_corrections(c, 0, service_id, &list, &n);

    for (int i = 0; st == ST_OK && i < n; i++) {
        st = upkeep_sql_correction_close(c,
                                         &(struct upkeep_correction_close_in){.correction_id = list[i].correction_id,
                                                                              .outcome = is_mended ? STR("mended") : STR("right"),
                                                                              .closed_on = day_iso(c->mem, c->today)},
                                         NULL);
        buf_fmt(&ids, "%s%lld", i > 0 ? " " : "", (long long)list[i].correction_id);
    }
    *out_ids = buf_view(&ids);
    return st;
}

enum status upkeep_corrections_open_again(struct ctx *c, struct str ids)
{
    enum status st = ST_OK;
    int64_t id;

    while (st == ST_OK && ids.n > 0)
        if (str_to_int(str_cut(&ids, ' '), &id))
            st = upkeep_sql_correction_close(
                c, &(struct upkeep_correction_close_in){.correction_id = id, .outcome = STR(""), .closed_on = STR("")}, NULL);
    return st;
}

enum status upkeep_corrections_sweep(struct ctx *c)
{
    return upkeep_sql_correction_sweep(
        c, &(struct upkeep_correction_sweep_in){.before = day_iso(c->mem, c->today - CORRECTION_KEEP_DAYS)}, NULL);
}

/* recognition.c - what is kept of a model and of its judgement, and which of them everybody sees. */
#include "recognition.h"
#include "base/log.h"
#include "base/tables.h"
#include "core/people/people_text.h"
#include "recognition_store.h"

enum { DAY_MS = 86400000 };

static void refuse(struct ctx *c, const char *field, const struct people_wrong *wrong)
{
    problems_add(&c->problems, field, "recognition.wrong", people_wrong_in_words(c->mem, c->lang, wrong));
}

/* Only figures are kept, in our own writing of them. */
static bool read_model(struct ctx *c, struct str text, struct people_model **out)
{
    struct people_wrong wrong;

    if (text.n == 0)
        return true;
    if (people_model_read_figures(c->mem, text, out, &wrong) == ST_OK)
        return true;
    refuse(c, "modello", &wrong);
    return false;
}

static bool read_quality(struct ctx *c, struct str text, struct people_quality **out)
{
    struct people_wrong wrong;

    if (text.n == 0)
        return true;
    *out = ARENA_NEW(c->mem, struct people_quality);
    if (people_quality_read(c->mem, text, *out, &wrong) == ST_OK)
        return true;
    refuse(c, "qualita", &wrong);
    return false;
}

static struct str digest_of(struct ctx *c, struct str figures, struct str quality)
{
    const uint64_t two[2] = {people_hash(figures.p, figures.n), people_hash(quality.p, quality.n)};

    return str_fmt(c->mem, "%016llx%016llx", (unsigned long long)two[0], (unsigned long long)two[1]);
}

static enum status check(struct ctx *c, const struct recognition_ask *ask, struct people_model **m, struct people_quality **q)
{
    const size_t n_label = str_length(ask->label);

    if (n_label == 0 || n_label > RECOGNITION_LABEL_MAX)
        problems_add(&c->problems, "nome", n_label == 0 ? "recognition.label-missing" : "recognition.label-long", STR("80"));
    if (ask->model.n == 0 && ask->quality.n == 0)
        problems_add(&c->problems, "modello", "recognition.files-missing", STR(""));
    if (read_model(c, ask->model, m) & read_quality(c, ask->quality, q) && *m != NULL && *q != NULL && (*q)->model != 0 &&
        (*q)->model != people_model_mark(c->mem, *m))
        problems_add(&c->problems, "qualita", "recognition.of-another", STR(""));
    return c->problems.n > 0 ? ST_INVALID : ST_OK;
}

static enum status check_room(struct ctx *c)
{
    struct recognition_row *rows;
    int n = 0, n_here = 0;
    const enum status st = recognition_store_list(c, &rows, &n);

    for (int i = 0; st == ST_OK && i < n; i++)
        n_here += rows[i].gone_at == 0;
    if (n_here < RECOGNITION_MOST)
        return st;
    problems_add(&c->problems, "nome", "recognition.too-many", STR("50"));
    return ST_INVALID;
}

enum status recognition_bring(struct ctx *c, const struct recognition_ask *asked, int64_t *out_id, bool *out_is_known)
{
    struct recognition_ask ask = *asked;
    struct people_model *m = NULL;
    struct people_quality *q = NULL;
    struct buf figures = buf_new(c->mem, 1 << 14), quality = buf_new(c->mem, 4096);
    bool is_new = false, is_gone = false;

    ask.label = str_trim(ask.label);
    enum status st = check(c, &ask, &m, &q);

    if (st == ST_OK)
        st = check_room(c);
    if (st != ST_OK)
        return st;
    if (m != NULL)
        people_model_write_figures(c->mem, &figures, m);
    if (q != NULL)
        people_quality_write(&quality, q);
    const struct recognition_row row = {
        .by_id = ask.by_id, .brought_at = c->now_ms, .label = ask.label, .by = ask.by, .figures = buf_view(&figures), .quality = buf_view(&quality)};
    const struct str digest = digest_of(c, row.figures, row.quality);

    st = recognition_store_add(c, &row, digest, &is_new);
    if (st == ST_OK)
        st = recognition_store_by_digest(c, digest, out_id, &is_gone);
    *out_is_known = !is_new;
    return st == ST_OK && is_gone ? recognition_take_away(c, *out_id, true) : st;
}

/* ---- reading ---- */

static void own_of_program(struct ctx *c, struct recognition_model *out)
{
    const struct table_file *const model = table_find("people/model.tsv"), *const quality = table_find("people/quality.tsv");
    struct people_wrong wrong = {0};

    *out = (struct recognition_model){.label = text_get(c->lang, "recognition.program"),
                                      .quality = ARENA_NEW(c->mem, struct people_quality)};
    if (model == NULL || quality == NULL || people_model_read_figures(c->mem, model->bytes, &out->model, &wrong) != ST_OK ||
        people_quality_read(c->mem, quality->bytes, out->quality, &wrong) != ST_OK)
        bug("reference/people: %s, line %d", wrong.key == NULL ? "a file is missing" : wrong.key, (int)wrong.line);
}

/* What an older program kept and this one refuses is as if it had not been brought: the page says that it is not known. */
static void fill(struct ctx *c, const struct recognition_row *r, struct recognition_model *out)
{
    struct people_wrong wrong;

    *out = (struct recognition_model){.model_id = r->model_id,
                                      .label = r->label,
                                      .by = r->by,
                                      .by_id = r->by_id,
                                      .brought_at = r->brought_at,
                                      .is_used = r->is_used,
                                      .is_gone = r->gone_at != 0};
    if (r->figures.n > 0 && people_model_read_figures(c->mem, r->figures, &out->model, &wrong) != ST_OK)
        out->model = NULL;
    out->quality = r->quality.n == 0 ? NULL : ARENA_NEW(c->mem, struct people_quality);
    if (out->quality != NULL && people_quality_read(c->mem, r->quality, out->quality, &wrong) != ST_OK)
        out->quality = NULL;
}

enum status recognition_list(struct ctx *c, struct recognition_model **out, int *n_out)
{
    struct recognition_row *rows;
    int n = 0;
    bool is_any_used = false;
    const enum status st = recognition_store_list(c, &rows, &n);

    if (st != ST_OK)
        return st;
    *out = ARENA_ARRAY(c->mem, struct recognition_model, (size_t)n + 1);
    for (int i = 0; i < n; i++) {
        fill(c, &rows[i], &(*out)[i]);
        is_any_used = is_any_used || rows[i].is_used;
    }
    own_of_program(c, &(*out)[n]);
    (*out)[n].is_used = !is_any_used;
    *n_out = n + 1;
    return ST_OK;
}

enum status recognition_used(struct ctx *c, struct recognition_model *out)
{
    struct recognition_row row;
    const enum status st = recognition_store_get(c, 0, &row);

    if (st == ST_OK) {
        fill(c, &row, out);
    } else if (st == ST_NOT_FOUND) {
        own_of_program(c, out);
        out->is_used = true;
    }
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status recognition_get(struct ctx *c, int64_t model_id, struct recognition_model *out)
{
    struct recognition_row row;
    const enum status st = recognition_store_get(c, model_id, &row);

    if (model_id == 0) {
        if (st != ST_OK && st != ST_NOT_FOUND)
            return st;
        own_of_program(c, out);
        out->is_used = st == ST_NOT_FOUND;
        return ST_OK;
    }
    if (st == ST_OK)
        fill(c, &row, out);
    return st;
}

/* ---- choosing ---- */

enum status recognition_use(struct ctx *c, int64_t model_id)
{
    struct recognition_model m;
    const enum status st = recognition_get(c, model_id, &m);

    if (st != ST_OK || m.is_gone)
        return st == ST_OK ? ST_NOT_FOUND : st;
    return recognition_store_use(c, model_id);
}

enum status recognition_take_away(struct ctx *c, int64_t model_id, bool is_back)
{
    bool is_done = false;
    enum status st = recognition_store_gone(c, model_id, is_back ? 0 : c->now_ms, &is_done);

    if (st == ST_OK && !is_done)
        return ST_NOT_FOUND;
    /* the list reads all that is kept: brought and taken away over and over, it would become too long to be shown */
    if (st == ST_OK && !is_back)
        st = recognition_store_crowd(c, RECOGNITION_MOST);
    return st;
}

enum status recognition_sweep(struct ctx *c)
{
    return recognition_store_sweep(c, c->now_ms - (int64_t)RECOGNITION_GONE_DAYS * DAY_MS);
}

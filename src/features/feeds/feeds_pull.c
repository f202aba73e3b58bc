/* feeds_pull.c - pages of a feed go the way of a file's entries. */
#include "feeds_pull.h"
#include "feeds_feature.h"
#include "feeds_hsds_reading.h"
#include <string.h>

struct feeds_pull {
    struct reading r;
    enum status st;
};

enum status feeds_pull_open(const struct feeds_pull_ask *a, struct feeds_pull **out)
{
    struct feeds_pull *p = ARENA_NEW(a->run->c->mem, struct feeds_pull);

    *out = p;
    p->st = feeds_intake_open(a->run, a->source, a->identity, &p->r.in);
    p->r.in->skips_refused = a->skips_refused;
    p->r.in->hides_gone = a->hides_gone;
    p->r.h.in = p->r.in;
    p->r.h.unresolved = feeds_seen_new();
    p->r.tables = feeds_tables_new(p->r.in);
    p->r.look = a->look;
    p->r.envelope = a->envelope;
    p->r.look_arg = a->arg;
    return p->st;
}

enum status feeds_pull_page(struct feeds_pull *p, struct str bytes)
{
    struct feeds_intake *in = p->r.in;
    struct feeds_json_trouble trouble;

    if (p->st != ST_OK)
        return p->st;
    const enum status st = feeds_json_split(
        in->keep, &(struct feeds_json_options){.fd = -1, .bytes = bytes, .each = feeds_hsds_item, .arg = &p->r}, &trouble);

    if (st == ST_INVALID) {
        in->row_no = trouble.row;
        in->is_row_refused = false;
        feeds_refuse(in, STR(""), trouble.key, trouble.value);
        return st;
    }
    return in->st != ST_OK ? in->st : st;
}

void feeds_pull_gone(struct feeds_pull *p, struct str id)
{
    if (p->st == ST_OK)
        feeds_put_gone(p->r.in, id);
}

enum status feeds_pull_end(struct feeds_pull *p, bool is_whole)
{
    struct feeds_intake *in = p->r.in;

    if (p->st != ST_OK)
        return p->st;
    feeds_hsds_take_ats(&p->r);
    if (p->r.h.n_unresolved > 0) { /* their organisation was in no page */
        in->row_no = 0;
        in->is_row_refused = false;
        feeds_refuse(in, STR("organization_id"), "feeds.no-organisation", str_fmt(in->row, "%lld", (long long)p->r.h.n_unresolved));
    }
    return p->st = feeds_intake_end(in, is_whole);
}

void feeds_pull_close(struct feeds_pull *p)
{
    feeds_tables_free(p->r.tables);
    feeds_seen_free(p->r.h.unresolved);
    feeds_intake_close(p->r.in);
}

enum status feeds_take_file(struct import_run *run, const struct feeds_file_ask *a)
{
    const char *options[IMPORT_MAX_OPTIONS] = {[FEEDS_SKIP_REFUSED] = a->skips_refused ? "" : NULL,
                                               [FEEDS_HIDE_GONE] = a->hides_gone ? "" : NULL};
    const bool is_csv = strcmp(a->kind, "csv") == 0, is_xlsx = strcmp(a->kind, "xlsx") == 0;

    options[FEEDS_OWN_OPTION] = is_csv || is_xlsx ? a->mapping : a->source;
    run->options = options;
    const enum status st = is_csv ? feeds_import_csv(run) : is_xlsx ? feeds_import_xlsx(run) : feeds_import_hsds(run);

    run->options = NULL;
    return st;
}

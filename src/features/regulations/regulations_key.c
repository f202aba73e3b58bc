/* regulations_key.c - who may write the regulations of a body. */
#include "regulations_key.h"
#include "core/bodies/organisations.h"

static bool decides(enum organisation_kind kind)
{
    return kind < ORGANISATION_THIRD_SECTOR || kind == ORGANISATION_PUBLIC;
}

enum status regulations_key(struct web *w, struct links_link *k)
{
    struct links_link other;
    struct organisation o;
    enum status st = links_here(w, LINKS_KEEP, k);

    if (st == ST_OK)
        st = organisations_by_id(web_ctx(w), k->organisation_id, &o);
    if (st == ST_OK && decides(o.kind))
        return ST_OK;
    if (links_here(w, LINKS_APPROVE, &other) == ST_OK && other.organisation_id != 0) {
        *k = other;
        return ST_OK;
    }
    return st == ST_OK ? ST_DENIED : st;
}

enum status regulations_refuse(struct web *w, enum status st, const struct links_link *k)
{
    return st == ST_DENIED ? fail(web_ctx(w), ST_DENIED, "regulations.public-bodies") : links_refuse(w, LINKS_KEEP, st, k);
}

bool regulations_may_write(const struct ctx *c, int64_t organisation_id)
{
    bool is_region;
    const int64_t acting = links_acting_for(c, &is_region);

    return is_region || (acting != 0 && acting == organisation_id);
}

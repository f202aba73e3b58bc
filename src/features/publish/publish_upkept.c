/* publish_upkept.c - how an entry is kept, as everything that goes out says it: freshness, the calls of the
 * sample, the score. */
#include "features/upkeep/upkeep.h"
#include "publish_api_put.h"

/* Entries reported once, in 2018-2020, have their own question and no rhythm. */
static bool has_rhythm(const struct service *s)
{
    return s->initiative_year == 0;
}

struct str api_freshness(const struct service *s)
{
    static const char *const names[] = {
        [DUE_FRESH] = "fresh", [DUE_NOW] = "due", [DUE_TO_RECONFIRM] = "to-reconfirm"};

    return has_rhythm(s) ? str_of(names[s->due_state]) : STR("");
}

int api_verified_on(struct api_out *o, const struct service *s)
{
    struct api_upkept *u = &o->upkept;
    const int64_t first = s->service_id / API_UPKEPT * API_UPKEPT;

    if (!u->is_read || u->first_id != first) {
        const enum status st = upkeep_verified(o->c, first, API_UPKEPT, u->verified_on);

        u->st = st != ST_OK ? st : u->st;
        u->is_read = true;
        u->first_id = first;
    }
    return has_rhythm(s) ? u->verified_on[s->service_id - first] : DAY_NONE;
}

bool api_score(const struct api_out *o, const struct service *s, int *out)
{
    struct upkeep_score score;

    if (!has_rhythm(s))
        return false;
    upkeep_score(s, o->c->today, &score);
    *out = score.total;
    return true;
}

#include "store/ctx.h"
#include "base/clock.h"

const struct actor actor_anyone = {0, 0, 0};
const struct actor actor_keeper = {0, 0, UINT64_MAX};

struct ctx ctx_new(struct arena *mem, const struct actor *actor, enum lang lang)
{
    const int64_t now_ms = clock_now_ms();

    return (struct ctx){.mem = mem,
                        .actor = actor,
                        .now_ms = now_ms,
                        .today = clock_day_at(now_ms),
                        .lang = lang,
                        .problems = problems_new(mem)};
}

enum status fail(struct ctx *c, enum status st, const char *key)
{
    problems_add(&c->problems, "", key, (struct str){"", 0});
    return st;
}

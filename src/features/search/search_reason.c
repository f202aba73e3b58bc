/* search_reason.c - "Perche' in quest'ordine?" in words. */
#include "base/clock.h"
#include "base/macros.h"
#include "features/opening/opening.h"
#include "search.h"

struct wording {
    const char *key;
    const char *value; /* what stands between braces in it; NULL: nothing */
};

/* With a time to tell there are words of their own. */
static const struct wording wordings[REASON_COUNT] = {
    [REASON_SERVES_COMUNE] = {"search.reason-serves-comune", "place"},
    [REASON_SERVES_DISTRICT] = {"search.reason-serves-district", "place"},
    [REASON_SERVES_WIDER] = {"search.reason-serves-wider", "place"},
    [REASON_SERVES_ANYONE] = {"search.reason-serves-anyone", NULL},
    [REASON_ELSEWHERE] = {"search.reason-elsewhere", NULL},
    [REASON_NEED] = {"search.reason-need", "need"},
    [REASON_NAME] = {"search.reason-name", "words"},
    [REASON_WORDS] = {"search.reason-words", "words"},
    [REASON_SOME_WORDS] = {"search.reason-some-words", "words"},
    [REASON_OPEN] = {"search.reason-open", NULL},
    [REASON_APPOINTMENT] = {"search.reason-appointment", NULL},
    [REASON_CLOSED] = {"search.reason-closed", NULL},
    [REASON_HOURS_UNKNOWN] = {"search.reason-hours-unknown", NULL},
    [REASON_NEAR] = {"search.reason-near", "km"},
    [REASON_RIDGE] = {"search.reason-ridge", NULL},
    [REASON_COMES_HOME] = {"search.reason-comes-home", NULL},
    [REASON_FROM_HOME] = {"search.reason-from-home", NULL},
    [REASON_FRESH] = {"search.reason-fresh", "day"},
    [REASON_AGEING] = {"search.reason-ageing", "day"},
    [REASON_STALE] = {"search.reason-stale", "day"},
};

static struct str time_of(struct ctx *c, int64_t at_ms)
{
    const int minutes = hours_wall_minutes(at_ms);

    return str_fmt(c->mem, "%d:%02d", minutes / 60, minutes % 60);
}

/* Metres under a kilometre, tenths under ten, then whole ones. */
struct str search_distance_text(struct ctx *c, int64_t metres)
{
    const bool is_metres = metres < 950;
    const int64_t round_to = 50;
    const struct str n =
        is_metres ? text_int(c->mem, c->lang, (metres + round_to / 2) / round_to * round_to)
                  : text_decimal(c->mem, c->lang, (double)metres / 1000, metres < 9950 ? 1 : 0);

    return text_fill(c->mem,
                     text_get(c->lang, is_metres ? "search.reason-metres" : "search.reason-km"),
                     &(struct text_arg){"n", n}, 1);
}

struct str search_reason_text(struct ctx *c, const struct reason *r)
{
    const struct wording *const w = &wordings[r->reason];
    struct text_arg args[2] = {{w->value, r->text}, {"time", STR("")}};
    const char *key = w->key;
    int n = w->value != NULL;

    if (r->reason == REASON_NEAR)
        args[0].value = search_distance_text(c, r->n);
    else if (r->reason == REASON_STALE && r->n < 0)
        key = "search.reason-never";
    else if (r->reason == REASON_FRESH || r->reason == REASON_AGEING || r->reason == REASON_STALE)
        args[0].value = text_day(c->mem, c->lang, c->today - (int)r->n);
    else if (r->reason == REASON_OPEN && r->at_ms != 0) {
        key = "search.reason-open-until";
        args[n++] = (struct text_arg){"time", time_of(c, r->at_ms)};
    } else if (r->reason == REASON_CLOSED && r->at_ms != 0) {
        key = "search.reason-closed-until";
        args[n++] = (struct text_arg){"time", time_of(c, r->at_ms)};
        args[n++] = (struct text_arg){"day", text_day(c->mem, c->lang, clock_day_at(r->at_ms))};
    }
    return text_fill(c->mem, text_get(c->lang, key), args, n);
}

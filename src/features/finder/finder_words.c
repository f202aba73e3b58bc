/* finder_words.c - hours, freshness, distance said as people say them. */
#include "finder_words.h"
#include "base/clock.h"
#include "base/date.h"
#include "features/opening/opening.h"

enum {
    HOUR_MIN = 60,
    DAY_MIN = 1440,
    MINUTE_MS = 60000,
    WEEK = 7,
    MONTH_DAYS = 30,
    YEAR_DAYS = 365
};

struct str finder_say(struct ctx *c, const char *key, const char *name, struct str value)
{
    const struct text_arg arg = {name, value};

    return text_fill(c->mem, text_get(c->lang, key), &arg, 1);
}

struct str finder_say_n(struct ctx *c, const char *key, int64_t n, const char *name,
                        struct str value)
{
    const struct text_arg args[] = {{"n", text_int(c->mem, c->lang, n)}, {name, value}};

    return text_fill(c->mem, text_get_n(c->lang, key, n), args, name != NULL ? 2 : 1);
}

struct str finder_hour(struct ctx *c, int64_t at_ms)
{
    const int m = hours_wall_minutes(at_ms);

    if (m % HOUR_MIN == 0)
        return str_fmt(c->mem, "%d", m / HOUR_MIN);
    return str_fmt(c->mem, "%d:%02d", m / HOUR_MIN, m % HOUR_MIN);
}

static struct str opens_words(struct ctx *c, int64_t next_ms)
{
    const int day = clock_day_at(next_ms);
    struct text_arg args[] = {{"hour", finder_hour(c, next_ms)}, {"day", STR("")}};
    const char *key = "finder.opens-today";

    if (day == c->today + 1)
        key = "finder.opens-tomorrow";
    else if (day > c->today + 1 && day < c->today + WEEK) {
        args[1].value = text_get(c->lang, str_fmt(c->mem, "finder.weekday-%d", day_of_week(day)).p);
        key = "finder.opens-weekday";
    } else if (day > c->today) {
        args[1].value = text_day(c->mem, c->lang, day);
        key = "finder.opens-day";
    }
    return text_fill(c->mem, text_get(c->lang, key), args, 2);
}

struct str finder_open_words(struct ctx *c, const struct hours_answer *h)
{
    switch (h->state) {
    case HOURS_IS_OPEN:
        if (!h->has_until)
            return text_get(c->lang, "finder.open-now");
        /* At midnight of tomorrow and later the hour alone would mislead. */
        if (h->until_ms - c->now_ms >= (int64_t)DAY_MIN * MINUTE_MS)
            return text_get(c->lang, "finder.open-now");
        return finder_say(c, "finder.open-until", "hour", finder_hour(c, h->until_ms));
    case HOURS_IS_BY_APPOINTMENT:
        return text_get(c->lang, "finder.by-appointment");
    case HOURS_IS_CLOSED:
        return h->has_next ? opens_words(c, h->next_ms) : text_get(c->lang, "finder.closed");
    case HOURS_IS_UNKNOWN:
        break;
    }
    return text_get(c->lang, "finder.hours-unknown");
}

struct str finder_fresh_words(struct ctx *c, int confirmed_on)
{
    const int days = confirmed_on == DAY_NONE ? -1 : c->today - confirmed_on;

    if (days < 0)
        return text_get(c->lang, "finder.fresh-never");
    if (days == 0)
        return text_get(c->lang, "finder.fresh-today");
    if (days < 2 * WEEK)
        return finder_say_n(c, "finder.fresh-days", days, NULL, STR(""));
    if (days < 2 * MONTH_DAYS)
        return finder_say_n(c, "finder.fresh-weeks", days / WEEK, NULL, STR(""));
    if (days < 2 * YEAR_DAYS)
        return finder_say_n(c, "finder.fresh-months", days / MONTH_DAYS, NULL, STR(""));
    return finder_say_n(c, "finder.fresh-years", days / YEAR_DAYS, NULL, STR(""));
}

struct str finder_km(struct ctx *c, int64_t distance_m)
{
    enum { WHOLE_FROM_M = 9950 };
    const double km = (double)distance_m / 1000.0;
    const struct str n = distance_m < WHOLE_FROM_M ? text_decimal(c->mem, c->lang, km, 1)
                                                   : text_int(c->mem, c->lang, (int64_t)(km + 0.5));

    return finder_say(c, "finder.km", "n", n);
}

struct str finder_places_words(struct ctx *c, const struct service *s)
{
    if (!s->has_places_free)
        return STR("");
    if (catalogue_places_are_old(s, c->today))
        return text_get(c->lang, "finder.places-ask");
    if (s->places_free <= 0)
        return text_get(c->lang, "finder.places-none");
    return text_fill(c->mem, text_get_n(c->lang, "finder.service-places", s->places_free),
                     &(struct text_arg){"n", text_int(c->mem, c->lang, s->places_free)}, 1);
}

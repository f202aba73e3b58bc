/* finder_hours.c - the state of the moment and the table of the week. */
#include "finder_hours.h"
#include "base/clock.h"
#include "base/date.h"
#include "finder_hours_rules.h"
#include "finder_sheet_words.h"

enum { RANGES_OF_A_DAY = 8, WEEK = 7, WHOLE_DAY = 1440, WEEKS_COMPARED = 8 };

struct str finder_time(struct ctx *c, int minutes)
{
    const int hour = minutes == WHOLE_DAY ? 24 : minutes / 60 % 24;

    if (minutes % 60 == 0)
        return str_fmt(c->mem, "%d", hour);
    return str_fmt(c->mem, c->lang == LANG_EN ? "%d:%02d" : "%d.%02d", hour, minutes % 60);
}

static struct str weekday(struct ctx *c, int day)
{
    return text_get(c->lang, str_fmt(c->mem, "finder.weekday-%d", day_of_week(day)).p);
}

static struct str day_and_month(struct ctx *c, int day)
{
    const struct ymd d = day_to_ymd(day);

    return finder_month_day(c, d.month * 100 + d.day);
}

/* "oggi alle 14", "domani alle 9", "lunedì alle 9", "il 3 dicembre alle 9". */
static struct str when(struct ctx *c, int64_t at_ms)
{
    const int day = clock_day_at(at_ms), ahead = day - c->today;
    const struct text_arg args[] = {
        {"time", finder_time(c, hours_wall_minutes(at_ms))},
        {"day", ahead < WEEK ? weekday(c, day) : day_and_month(c, day)},
    };
    const char *const key = ahead == 0     ? "finder.hours-at-today"
                            : ahead == 1   ? "finder.hours-at-tomorrow"
                            : ahead < WEEK ? "finder.hours-at-weekday"
                                           : "finder.hours-at-date";

    return text_fill(c->mem, text_get(c->lang, key), args, 2);
}

static struct str state_words(struct ctx *c, const struct hours_answer *a)
{
    const char *key = NULL;
    struct str at = STR("");

    switch (a->state) {
    case HOURS_IS_UNKNOWN:
        return text_get(c->lang, "finder.hours-unknown");
    case HOURS_IS_OPEN:
        key = a->has_until ? "finder.hours-open-until" : "finder.hours-open-always";
        if (a->has_until && clock_day_at(a->until_ms) == c->today)
            at = finder_time(c, hours_wall_minutes(a->until_ms));
        else if (a->has_until) {
            key = "finder.hours-open-until-day";
            at = when(c, a->until_ms);
        }
        break;
    case HOURS_IS_BY_APPOINTMENT:
        return text_get(c->lang, "finder.hours-appointment");
    case HOURS_IS_CLOSED:
        key = a->has_next ? "finder.hours-closed-until" : "finder.hours-closed";
        if (a->has_next)
            at = when(c, a->next_ms);
        break;
    }
    return finder_say(c, key, "when", at);
}

static void put_range(struct ctx *c, struct buf *b, const struct hours_range *r, int day)
{
    const int from = hours_wall_minutes(r->from_ms), to = hours_wall_minutes(r->to_ms);
    const bool is_whole = from == 0 && to == 0 && clock_day_at(r->to_ms) == day + 1;

    if (b->n > 0)
        buf_z(b, ", ");
    if (is_whole) {
        buf_str(b, text_get(c->lang, "finder.hours-whole-day"));
    } else {
        buf_str(b, finder_time(c, from));
        buf_z(b, "–");
        buf_str(b, finder_time(c, to == 0 ? WHOLE_DAY : to));
    }
    if (r->by_appointment) {
        buf_char(b, ' ');
        buf_str(b, text_get(c->lang, "finder.hours-by-appointment"));
    }
}

static struct str ranges_words(struct ctx *c, const struct hours *h, int day)
{
    struct hours_range list[RANGES_OF_A_DAY];
    const int n = hours_of_day(h, day, list, RANGES_OF_A_DAY);
    struct buf b = buf_new(c->mem, 48);

    for (int i = 0; i < n; i++)
        put_range(c, &b, &list[i], day);
    return b.n > 0 ? buf_view(&b) : text_get(c->lang, "finder.hours-day-closed");
}

/* What the same weekday most often says in the weeks ahead; a holiday or a first Tuesday of the
 * month does not hide it. */
static struct str usual_words(struct ctx *c, const struct hours *h, int day)
{
    struct str seen[WEEKS_COMPARED];
    int best = 0, n_best = 0;

    for (int i = 0; i < WEEKS_COMPARED; i++)
        seen[i] = ranges_words(c, h, day + (i + 1) * WEEK);
    for (int i = 0; i < WEEKS_COMPARED; i++) {
        int n = 0;

        for (int k = 0; k < WEEKS_COMPARED; k++)
            n += str_eq(seen[i], seen[k]);
        if (n > n_best) {
            best = i;
            n_best = n;
        }
    }
    return seen[best];
}

static void fill_week(struct ctx *c, const struct hours *h, struct finder_hours_view *v)
{
    v->rows = ARENA_ARRAY(c->mem, struct finder_hours_row, WEEK);
    v->n_rows = WEEK;
    for (int i = 0; i < WEEK; i++) {
        const int day = c->today + i;
        const struct str words = ranges_words(c, h, day);
        struct finder_hours_row *const row = &v->rows[day_of_week(day) - 1];

        *row =
            (struct finder_hours_row){.day = weekday(c, day), .hours = words, .is_today = i == 0};
        if (!str_eq(words, usual_words(c, h, day)))
            row->note = finder_say(
                c, hours_is_holiday(day) ? "finder.hours-only-holiday" : "finder.hours-only-on",
                "day", day_and_month(c, day));
    }
}

struct finder_hours_view finder_hours(struct ctx *c, const struct service *s,
                                      const struct service_at *at)
{
    struct finder_hours_view v = {.is_open = false};
    struct hours h;
    struct hours_answer a;

    catalogue_hours_rules(c->mem, s, at, &h);
    hours_at(&h, c->now_ms, &a);
    v.state = state_words(c, &a);
    v.is_open = a.state == HOURS_IS_OPEN;
    v.is_unknown = a.state == HOURS_IS_UNKNOWN;
    if (!v.is_unknown)
        fill_week(c, &h, &v);
    finder_hours_rules(c, s, at, &v.rules, &v.n_rules);
    return v;
}

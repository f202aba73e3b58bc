/* opening_join.c - parts of a text become rules; a later part may take the place of an earlier one. */
#include "base/date.h"
#include "opening_part.h"
#include <string.h>

static int end_of(const struct hours_rule *r)
{
    if (r->opens_min == HOURS_NO_TIME || r->closes_min == HOURS_NO_TIME)
        return 2880;
    return r->closes_min > r->opens_min ? r->closes_min : r->closes_min + 1440;
}

static bool hours_overlap(const struct hours_rule *a, const struct hours_rule *b)
{
    const int from_a = a->opens_min == HOURS_NO_TIME ? 0 : a->opens_min, from_b = b->opens_min == HOURS_NO_TIME ? 0 : b->opens_min;

    return from_a < end_of(b) && from_b < end_of(a);
}

static bool is_nth(const struct hours_rule *r)
{
    return r->freq == HOURS_MONTHLY;
}

static unsigned days_of(const struct hours_rule *r)
{
    unsigned days = r->freq == HOURS_EVERY_DAY ? 0x7f : r->weekdays;

    for (int d = 0; d < 7; d++)
        days |= r->nth[d] != 0 ? 1u << d : 0;
    return days;
}

/* Seasons as days of a leap year may pass the new year: each is one or two stretches. */
static bool in_season(int from, int to, int day)
{
    return from == 0 || (from <= to ? day >= from && day <= to : day >= from || day <= to);
}

static bool seasons_meet(const struct hours_rule *a, const struct hours_rule *b)
{
    return a->season_from == 0 || b->season_from == 0 || in_season(a->season_from, a->season_to, b->season_from) ||
           in_season(b->season_from, b->season_to, a->season_from);
}

static bool dates_meet(const struct hours_rule *a, const struct hours_rule *b)
{
    return (a->from_day == DAY_NONE || b->to_day == DAY_NONE || a->from_day <= b->to_day) &&
           (b->from_day == DAY_NONE || a->to_day == DAY_NONE || b->from_day <= a->to_day);
}

static bool holidays_differ(const struct hours_rule *a, const struct hours_rule *b)
{
    return a->only_holidays != b->only_holidays;
}

/* Which of the month's days of that name: bits 1 to 5; the last may be the fourth or the fifth. */
static unsigned nth_of(const struct hours_rule *r, int day)
{
    if (!is_nth(r))
        return 0x3e;
    return (r->nth[day] & 0x7e00) != 0 ? 0x3e : r->nth[day];
}

static bool days_meet(const struct hours_rule *a, const struct hours_rule *b)
{
    const unsigned shared = days_of(a) & days_of(b);

    for (int d = 0; d < 7; d++)
        if ((shared & (1u << d)) != 0 && (nth_of(a, d) & nth_of(b, d)) != 0)
            return true;
    return false;
}

static bool meet(const struct hours_rule *a, const struct hours_rule *b)
{
    return a->kind != HOURS_CLOSED && b->kind != HOURS_CLOSED && !holidays_differ(a, b) && days_meet(a, b) &&
           seasons_meet(a, b) && dates_meet(a, b);
}

static bool push(struct hours_text *h, const struct hours_rule *r, struct str words)
{
    if (h->n == HOURS_TEXT_MOST)
        return false;
    h->words[h->n] = words;
    h->rules[h->n++] = *r;
    return true;
}

static int next_month_day(int month_day, int by)
{
    const int day = day_from_ymd(2024, month_day / 100, month_day % 100);
    const struct ymd d = day_to_ymd(day + by);

    return d.month * 100 + d.day;
}

static void keep_days(struct hours_rule *r, unsigned days)
{
    if (r->freq == HOURS_EVERY_DAY) {
        r->freq = HOURS_WEEKLY;
        r->weekdays = 0x7f;
    }
    r->weekdays = (uint8_t)(r->weekdays & days);
    for (int d = 0; d < 7; d++)
        if ((days & (1u << d)) == 0)
            r->nth[d] = 0;
}

/* What is left of `old` on the days that `late` takes: appended to `out`. */
static bool keep_rest(struct hours_text *out, struct hours_rule old, const struct hours_rule *late, struct str words)
{
    if (is_nth(late)) {
        if (late->season_from != 0 || late->from_day != DAY_NONE || old.interval > 1 || late->interval > 1)
            return false;
        for (int d = 0; d < 7; d++) {
            if ((late->nth[d] & 0x7e00) != 0)
                return false; /* the last one may be the fourth or the fifth */
            if (old.freq != HOURS_MONTHLY && (old.weekdays & (1u << d)) != 0)
                old.nth[d] = 0x3e;
            old.nth[d] = (uint16_t)(old.nth[d] & ~late->nth[d]);
        }
        old.freq = HOURS_MONTHLY;
        old.weekdays = 0;
        return days_of(&old) == 0 || push(out, &old, words);
    }
    if (late->interval > 1)
        return false;
    if (late->from_day != DAY_NONE) {
        struct hours_rule before = old, after = old;

        before.to_day = late->from_day - 1;
        after.from_day = late->to_day + 1;
        return (before.from_day != DAY_NONE && before.from_day > before.to_day) || push(out, &before, words)
                   ? (after.to_day != DAY_NONE && after.from_day > after.to_day) || push(out, &after, words)
                   : false;
    }
    if (late->season_from == 0)
        return true; /* nothing is left */
    if (old.season_from == late->season_from && old.season_to == late->season_to)
        return true;
    if (old.season_from != 0)
        return false;
    if (next_month_day(late->season_to, 1) == late->season_from)
        return true;
    old.season_from = next_month_day(late->season_to, 1);
    old.season_to = next_month_day(late->season_from, -1);
    return push(out, &old, words);
}

/* Takes the days of `late` out of rule number i of *h; what is left goes to the end of *out. */
static bool give_way(const struct hours_text *h, int i, const struct hours_rule *late, struct hours_text *out)
{
    const unsigned shared = days_of(&h->rules[i]) & days_of(late);
    struct hours_rule apart = h->rules[i], same = h->rules[i];

    keep_days(&apart, 0x7f & ~shared);
    keep_days(&same, shared);
    if (days_of(&apart) != 0 && !push(out, &apart, h->words[i]))
        return false;
    return keep_rest(out, same, late, h->words[i]);
}

static struct hours_rule rule_of(const struct hours_part *p, const struct hours_span *s)
{
    struct hours_rule r = {.kind = p->is_off           ? HOURS_CLOSED
                                   : p->by_appointment ? HOURS_BY_APPOINTMENT
                                                       : HOURS_OPEN,
                           .interval = p->interval > 1 ? p->interval : 1,
                           .week_start = 1,
                           .start_day = p->start_day,
                           .until_day = DAY_NONE,
                           .from_day = DAY_NONE,
                           .to_day = DAY_NONE,
                           .opens_min = HOURS_NO_TIME,
                           .closes_min = HOURS_NO_TIME};

    if (s != NULL) {
        r.season_from = s->season_from;
        r.season_to = s->season_to;
        r.from_day = s->from_day;
        r.to_day = s->to_day;
    }
    return r;
}

/* The rules of one part: for each stretch of the year, each way of saying days, each range of hours. */
static bool expand(const struct hours_part *p, struct hours_text *out)
{
    bool has_nth = false;

    for (int d = 0; d < 7; d++)
        has_nth |= p->nth[d] != 0;
    for (int s = 0; s < (p->n_spans > 0 ? p->n_spans : 1); s++)
        for (int way = 0; way < 3; way++) {
            struct hours_rule r = rule_of(p, p->n_spans > 0 ? &p->spans[s] : NULL);

            if (way == 0 && p->weekdays != 0) {
                r.freq = HOURS_WEEKLY;
                r.weekdays = p->weekdays;
                r.on_holidays = p->has_holidays;
            } else if (way == 1 && has_nth) {
                r.freq = HOURS_MONTHLY;
                memcpy(r.nth, p->nth, sizeof r.nth);
                r.on_holidays = p->has_holidays;
            } else if (way == 2 && !p->has_days) {
                r.freq = p->interval > 1 ? HOURS_WEEKLY : HOURS_EVERY_DAY;
                r.weekdays = p->interval > 1 ? 0x7f : 0;
                r.on_holidays = r.only_holidays = p->has_holidays;
            } else {
                continue;
            }
            if (p->n_times == 0 && !push(out, &r, p->words))
                return false;
            for (int t = 0; t < p->n_times; t++) {
                r.opens_min = p->times[t][0];
                r.closes_min = p->times[t][1];
                if (!push(out, &r, p->words))
                    return false;
            }
        }
    return true;
}

/* Whether some range of hours of the new part overlaps one of those that stand there on shared days. */
static const struct hours_rule *first_clash(const struct hours_text *h, const struct hours_text *added, int *out_i)
{
    for (int k = 0; k < added->n; k++)
        for (int i = 0; i < h->n; i++)
            if (meet(&h->rules[i], &added->rules[k]) && hours_overlap(&h->rules[i], &added->rules[k])) {
                *out_i = i;
                return &added->rules[k];
            }
    return NULL;
}

bool hours_text_add(struct hours_text *h, const struct hours_part *p)
{
    struct hours_text added = {.n = 0}, rest;
    const struct hours_rule *late;
    int clash = 0;

    if (!expand(p, &added))
        return false;
    const bool is_beside = p->by_appointment && !p->has_days && p->n_times == 0; /* at other times, by appointment */

    /* Where one range of a day is replaced the other ranges of that day are too: what meets `late` gives way. */
    for (int turn = 0; !is_beside && (late = first_clash(h, &added, &clash)) != NULL; turn++) {
        if (turn > HOURS_TEXT_MOST)
            return false;
        rest.n = 0;
        for (int i = 0; i < h->n; i++)
            if (!(meet(&h->rules[i], late) ? give_way(h, i, late, &rest) : push(&rest, &h->rules[i], h->words[i])))
                return false;
        *h = rest;
    }
    for (int i = 0; i < added.n; i++)
        if (!push(h, &added.rules[i], added.words[i]))
            return false;
    return true;
}

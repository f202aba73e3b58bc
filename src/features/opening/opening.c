/* opening.c - from rules to "is it open, until when, when next". */
#include "opening.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/macros.h"
#include "opening_rule.h"
#include <string.h>

enum { MINUTES_OF_DAY = 1440, MAX_RANGES = 160, DAYS_WITHOUT_END = 15 };

/* ---- on which days ---- */

static int days_in_month(const struct ymd *d)
{
    return d->month == 12
               ? 31
               : day_from_ymd(d->year, d->month + 1, 1) - day_from_ymd(d->year, d->month, 1);
}

static bool is_nth(uint16_t nth, const struct ymd *d)
{
    const int from_end = (days_in_month(d) - d->day) / 7 + 1;

    return (nth >> ((d->day - 1) / 7 + 1) & 1) || (nth >> (8 + from_end) & 1);
}

static bool is_monthday(const struct hours_rule *r, const struct ymd *d)
{
    for (int i = 0; i < HOURS_MAX_MONTHDAYS && r->monthdays[i] != 0; i++)
        if (r->monthdays[i] == d->day || r->monthdays[i] == d->day - days_in_month(d) - 1)
            return true;
    return false;
}

static bool happens_weekly(const struct hours_rule *r, int day, int weekday)
{
    if (r->weekdays == 0 ? weekday != day_of_week(r->start_day) - 1 : !(r->weekdays >> weekday & 1))
        return false;
    if (r->interval <= 1)
        return true;
    const int first =
        r->start_day - (day_of_week(r->start_day) - r->week_start + 7) % 7; /* its week begins */

    return (day - first) / 7 % r->interval == 0;
}

static bool happens_monthly(const struct hours_rule *r, const struct ymd *d, int weekday)
{
    bool has_nth = false;

    for (int i = 0; i < 7; i++)
        has_nth |= r->nth[i] != 0;
    if (r->interval > 1) {
        const struct ymd s = day_to_ymd(r->start_day);

        if (((d->year - s.year) * 12 + d->month - s.month) % r->interval != 0)
            return false;
    }
    if (r->monthdays[0] != 0 && !is_monthday(r, d))
        return false;
    if (has_nth || r->weekdays != 0)
        return (r->weekdays >> weekday & 1) || is_nth(r->nth[weekday], d);
    return r->monthdays[0] != 0 || d->day == day_to_ymd(r->start_day).day;
}

/* A day, reckoned once for all the rules that are asked about it. */
struct one_day {
    int day, weekday; /* 0: Monday */
    struct ymd date;
    bool is_feast;
};

static bool happens(const struct hours_rule *r, const struct one_day *x)
{
    if ((r->start_day != DAY_NONE && x->day < r->start_day) ||
        (r->until_day != DAY_NONE && x->day > r->until_day))
        return false;
    switch (r->freq) {
    case HOURS_WEEKLY:
        return happens_weekly(r, x->day, x->weekday);
    case HOURS_MONTHLY:
        return happens_monthly(r, &x->date, x->weekday);
    case HOURS_YEARLY: {
        const struct ymd s = day_to_ymd(r->start_day);

        return x->date.month == s.month && x->date.day == s.day &&
               (x->date.year - s.year) % (r->interval > 0 ? r->interval : 1) == 0;
    }
    case HOURS_EVERY_DAY:
        break;
    }
    return r->interval <= 1 || r->start_day == DAY_NONE ||
           (x->day - r->start_day) % r->interval == 0;
}

bool hours_rule_happens(const struct hours_rule *r, int day)
{
    return happens(r, &(struct one_day){day, day_of_week(day) - 1, day_to_ymd(day), false});
}

static bool is_in_season(const struct hours_rule *r, const struct ymd *d)
{
    const int md = d->month * 100 + d->day;

    if (r->season_from == 0 || r->season_to == 0)
        return true;
    if (r->season_from <= r->season_to)
        return r->season_from <= md && md <= r->season_to;
    return md >= r->season_from || md <= r->season_to;
}

static struct one_day day_at(const struct hours *h, int day)
{
    const struct ymd d = day_to_ymd(day);

    return (struct one_day){day, day_of_week(day) - 1, d,
                            hours_is_holiday_date(day, &d) ||
                                (h->patron_month == d.month && h->patron_day == d.day)};
}

static bool applies(const struct hours_rule *r, const struct one_day *x)
{
    if ((r->from_day != DAY_NONE && x->day < r->from_day) ||
        (r->to_day != DAY_NONE && x->day > r->to_day))
        return false;
    if (r->only_holidays ? !x->is_feast
                         : x->is_feast && !r->on_holidays && r->kind != HOURS_CLOSED)
        return false;
    return is_in_season(r, &x->date) && happens(r, x);
}

/* ---- ranges ---- */

/* Only the first n are ever written or read: most days have one or two. */
struct ranges {
    int n;
    struct hours_range list[MAX_RANGES];
};

static void copy_ranges(struct ranges *to, const struct ranges *from)
{
    to->n = from->n;
    memcpy(to->list, from->list, (size_t)from->n * sizeof *from->list);
}

static void put_range(struct ranges *r, int64_t from, int64_t to, bool by_appointment)
{
    int at = r->n;

    if (to <= from || r->n == MAX_RANGES)
        return;
    while (at > 0 && r->list[at - 1].from_ms > from)
        at--;
    memmove(r->list + at + 1, r->list + at, (size_t)(r->n - at) * sizeof *r->list);
    r->list[at] = (struct hours_range){from, to, by_appointment};
    r->n++;
}

static bool has_times(const struct hours_rule *r)
{
    return r->opens_min != HOURS_NO_TIME && r->closes_min != HOURS_NO_TIME;
}

static struct hours_range span_of(const struct hours_rule *r, int day)
{
    const int opens = has_times(r) ? r->opens_min : 0;
    int closes = has_times(r) ? r->closes_min : MINUTES_OF_DAY;

    if (closes <= opens)
        closes += MINUTES_OF_DAY;
    return (struct hours_range){hours_instant(day, opens, false), hours_instant(day, closes, true),
                                r->kind == HOURS_BY_APPOINTMENT};
}

/* What lies in both is taken out of those of the list that `takes` says. */
static void take_out(struct ranges *r, struct hours_range out, bool only_appointments)
{
    struct ranges left;

    left.n = 0;
    for (int i = 0; i < r->n; i++) {
        const struct hours_range x = r->list[i];

        if (x.to_ms <= out.from_ms || x.from_ms >= out.to_ms ||
            (only_appointments && !x.by_appointment)) {
            put_range(&left, x.from_ms, x.to_ms, x.by_appointment);
            continue;
        }
        put_range(&left, x.from_ms, out.from_ms, x.by_appointment);
        put_range(&left, out.to_ms, x.to_ms, x.by_appointment);
    }
    copy_ranges(r, &left);
}

/* Those of one kind that touch become one; the list is in order. */
static void join(struct ranges *r)
{
    struct ranges joined;

    joined.n = 0;
    for (int i = 0; i < r->n; i++) {
        struct hours_range *same = NULL;

        for (int k = 0; k < joined.n; k++)
            if (joined.list[k].by_appointment == r->list[i].by_appointment &&
                joined.list[k].to_ms >= r->list[i].from_ms)
                same = &joined.list[k];
        if (same == NULL)
            put_range(&joined, r->list[i].from_ms, r->list[i].to_ms, r->list[i].by_appointment);
        else if (r->list[i].to_ms > same->to_ms)
            same->to_ms = r->list[i].to_ms;
    }
    copy_ranges(r, &joined);
}

static void ranges_of_day(const struct hours *h, int day, struct ranges *out)
{
    const struct one_day today = day_at(h, day);
    bool has_appointments = false;

    out->n = 0;
    for (int i = 0; i < h->n_rules; i++) {
        const struct hours_rule *const r = &h->rules[i];

        if (r->kind == HOURS_CLOSED && !has_times(r) && applies(r, &today)) {
            out->n = 0;
            return;
        }
        if (r->kind == HOURS_CLOSED || (r->kind == HOURS_OPEN && !has_times(r)) ||
            !applies(r, &today))
            continue;
        const struct hours_range x = span_of(r, day);

        put_range(out, x.from_ms, x.to_ms, x.by_appointment);
        has_appointments |= x.by_appointment;
    }
    for (int i = 0; out->n > 0 && i < h->n_rules; i++) {
        const struct hours_rule *const r = &h->rules[i];

        if (r->kind != HOURS_CLOSED || !has_times(r))
            continue;
        /* An hour of the next morning may fall into the night that begins today. */
        const struct one_day tomorrow = day_at(h, day + 1);

        if (applies(r, &today))
            take_out(out, span_of(r, day), false);
        if (applies(r, &tomorrow))
            take_out(out, span_of(r, day + 1), false);
    }
    if (has_appointments) {
        struct ranges all;

        copy_ranges(&all, out);
        for (int i = 0; i < all.n; i++)
            if (!all.list[i].by_appointment)
                take_out(out, all.list[i], true);
    }
    if (out->n > 1)
        join(out);
}

int hours_of_day(const struct hours *h, int day, struct hours_range *out, int n_room)
{
    struct ranges r;

    ranges_of_day(h, day, &r);
    const int n = r.n < n_room ? r.n : n_room;

    memcpy(out, r.list, (size_t)n * sizeof *out);
    return n;
}

/* ---- the answer ---- */

/* The range of that kind that the instant lies in, from the day itself or from the evening before.
 */
static bool range_at(const struct hours *h, int64_t at_ms, bool by_appointment, int64_t *out_to)
{
    const int day = clock_day_at(at_ms);
    bool is_in = false;

    for (int d = day - 1; d <= day; d++) {
        struct ranges r;

        ranges_of_day(h, d, &r);
        for (int i = 0; i < r.n; i++) {
            if (r.list[i].by_appointment != by_appointment || r.list[i].from_ms > at_ms ||
                r.list[i].to_ms <= at_ms)
                continue;
            if (!is_in || r.list[i].to_ms > *out_to)
                *out_to = r.list[i].to_ms;
            is_in = true;
        }
    }
    return is_in;
}

/* Follows ranges that touch, day after day; without end when they go on for two weeks. */
static bool end_of(const struct hours *h, int64_t at_ms, bool by_appointment, int64_t *out_end)
{
    int64_t end = at_ms, next;

    while (range_at(h, end, by_appointment, &next)) {
        end = next;
        if (end - at_ms > (int64_t)DAYS_WITHOUT_END * MINUTES_OF_DAY * 60000)
            return false;
    }
    *out_end = end;
    return true;
}

/* From the day before: what is left of a night may begin again in the morning. */
static bool next_after(const struct hours *h, int64_t at_ms, int64_t *out)
{
    const int today = clock_day_at(at_ms);
    bool is_found = false;

    for (int day = today - 1;
         day <= today + HOURS_DAYS_AHEAD && (!is_found || day <= clock_day_at(*out)); day++) {
        struct ranges r;

        ranges_of_day(h, day, &r);
        for (int i = 0; i < r.n; i++) {
            if (r.list[i].from_ms > at_ms && (!is_found || r.list[i].from_ms < *out)) {
                *out = r.list[i].from_ms;
                is_found = true;
            }
        }
    }
    return is_found;
}

/* An open day whose hours nobody wrote. */
static bool is_day_without_hours(const struct hours *h, int day)
{
    const struct one_day x = day_at(h, day);
    bool is_open = false;

    for (int i = 0; i < h->n_rules; i++) {
        const struct hours_rule *const r = &h->rules[i];

        if (has_times(r) || !applies(r, &x))
            continue;
        if (r->kind == HOURS_CLOSED)
            return false;
        is_open |= r->kind == HOURS_OPEN;
    }
    return is_open;
}

/* Something was said of a day near enough that "closed" is an answer and not a guess: an opening in
 * the next 400 days, or a rule that is still in force. */
static bool is_still_said(const struct hours *h, int day)
{
    for (int i = 0; i < h->n_rules; i++) {
        const struct hours_rule *const r = &h->rules[i];

        if ((r->until_day == DAY_NONE || day <= r->until_day) &&
            (r->to_day == DAY_NONE || day <= r->to_day))
            return true;
    }
    return false;
}

void hours_at(const struct hours *h, int64_t at_ms, struct hours_answer *out)
{
    const int day = clock_day_at(at_ms);

    *out = (struct hours_answer){.is_holiday = day_at(h, day).is_feast};
    int64_t end;

    if (range_at(h, at_ms, false, &end)) {
        out->state = HOURS_IS_OPEN;
        out->has_until = end_of(h, at_ms, false, &out->until_ms);
        return;
    }
    out->has_next = next_after(h, at_ms, &out->next_ms);
    if (range_at(h, at_ms, true, &end)) {
        out->state = HOURS_IS_BY_APPOINTMENT;
        out->has_until = end_of(h, at_ms, true, &out->until_ms);
        return;
    }
    if (is_day_without_hours(h, day) || (!out->has_next && !is_still_said(h, day)))
        return; /* HOURS_IS_UNKNOWN */
    out->state = HOURS_IS_CLOSED;
}

const char *hours_state_key(enum hours_state state)
{
    switch (state) {
    case HOURS_IS_OPEN:
        return "catalogue.hours-open";
    case HOURS_IS_CLOSED:
        return "catalogue.hours-closed";
    case HOURS_IS_BY_APPOINTMENT:
        return "catalogue.hours-by-appointment";
    case HOURS_IS_UNKNOWN:
        break;
    }
    return "catalogue.hours-unknown";
}

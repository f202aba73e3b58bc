/* catalogue_hours_write.c - rules of opening hours as text that catalogue_hours_text.h reads back. */
#include "base/date.h"
#include "base/macros.h"
#include "catalogue_hours_text.h"

static const char *const days[] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/* Mo-Fr,Su */
static void put_weekdays(struct buf *b, uint8_t bits)
{
    bool is_first = true;

    for (int d = 0; d < 7; d++) {
        int last = d;

        if ((bits >> d & 1) == 0)
            continue;
        while (last < 6 && (bits >> (last + 1) & 1) != 0)
            last++;
        buf_fmt(b, "%s%s", is_first ? "" : ",", days[d]);
        if (last > d)
            buf_fmt(b, "%s%s", last == d + 1 ? "," : "-", days[last]);
        is_first = false;
        d = last;
    }
}

/* Tu[1,-1] */
static bool put_nth(struct buf *b, const struct hours_rule *r)
{
    bool is_first = true;

    for (int d = 0; d < 7; d++) {
        bool is_open = false;

        for (int k = 1; k <= 10; k++) {
            const int n = k <= 5 ? k : k - 11; /* 1..5, then -5..-1 */
            const int bit = n > 0 ? n : 8 - n;

            if ((r->nth[d] >> bit & 1) == 0)
                continue;
            if (!is_open)
                buf_fmt(b, "%s%s[%d", is_first ? "" : ",", days[d], n);
            else
                buf_fmt(b, ",%d", n);
            is_open = true;
        }
        if (is_open) {
            buf_char(b, ']');
            is_first = false;
        }
    }
    return !is_first;
}

static void put_month_day(struct buf *b, int month_day)
{
    const int month = month_day / 100;

    if (month >= 1 && month <= 12)
        buf_fmt(b, "%s %02d", months[month - 1], month_day % 100);
}

static void put_day(struct buf *b, int day)
{
    const struct ymd d = day_to_ymd(day);

    buf_fmt(b, "%d %s %02d", d.year, months[d.month - 1], d.day);
}

/* When in the year: a season, or days with their years. */
static void put_span(struct buf *b, const struct hours_rule *r)
{
    if (r->season_from != 0) {
        put_month_day(b, r->season_from);
        buf_char(b, '-');
        put_month_day(b, r->season_to);
        buf_z(b, ": ");
    } else if (r->from_day != DAY_NONE && r->to_day != DAY_NONE) {
        put_day(b, r->from_day);
        if (r->to_day != r->from_day) {
            buf_char(b, '-');
            put_day(b, r->to_day);
        }
        buf_char(b, ' ');
    }
}

/* What the text cannot say: days of the month, other intervals, a count, an open end. */
static bool can_be_said(const struct hours_rule *r)
{
    const bool has_half_span = (r->from_day == DAY_NONE) != (r->to_day == DAY_NONE);

    return r->monthdays[0] == 0 && r->interval <= 1 && r->count == 0 && r->until_day == DAY_NONE &&
           r->freq != HOURS_YEARLY && !has_half_span &&
           !(r->season_from != 0 && r->from_day != DAY_NONE);
}

static void put_rule(struct buf *b, const struct hours_rule *r)
{
    const bool all_days = r->weekdays == 0x7f || (r->freq == HOURS_EVERY_DAY && r->weekdays == 0);
    bool has_days = false;

    put_span(b, r);
    if (r->only_holidays) {
        buf_z(b, "PH");
        has_days = true;
    } else if (put_nth(b, r)) {
        has_days = true;
    } else if (r->weekdays != 0 && r->weekdays != 0x7f) {
        put_weekdays(b, r->weekdays);
        has_days = true;
    } else if (all_days && r->opens_min != HOURS_NO_TIME) {
        buf_z(b, "Mo-Su");
        has_days = true;
    }
    if (r->on_holidays && !r->only_holidays && has_days)
        buf_z(b, ",PH");
    if (r->opens_min != HOURS_NO_TIME && r->closes_min != HOURS_NO_TIME)
        buf_fmt(b, "%s%02d:%02d-%02d:%02d", has_days ? " " : "", r->opens_min / 60,
                r->opens_min % 60, r->closes_min / 60, r->closes_min % 60);
    if (r->kind == HOURS_CLOSED)
        buf_fmt(b, "%soff", has_days || b->n > 0 ? " " : "");
    if (r->kind == HOURS_BY_APPOINTMENT)
        buf_fmt(b, "%s\"su appuntamento\"", b->n > 0 ? " " : "");
}

struct str hours_text_write(struct arena *mem, const struct schedule *list, int n)
{
    struct buf all = buf_new(mem, 64);

    for (int i = 0; i < n; i++) {
        struct buf one = buf_new(mem, 64);

        if (can_be_said(&list[i].rule))
            put_rule(&one, &list[i].rule);
        else if (list[i].description.n > 0 && str_index(list[i].description, '"') < 0)
            buf_fmt(&one, "\"%.*s\"", (int)list[i].description.n, list[i].description.p);
        if (one.n == 0)
            continue;
        if (all.n > 0)
            buf_z(&all, "; ");
        buf_str(&all, str_trim(buf_view(&one)));
    }
    return buf_view(&all);
}

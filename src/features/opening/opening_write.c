/* opening_write.c - rules of opening hours as text that opening_text.h reads back. */
#include "base/buf.h"
#include "base/date.h"
#include "base/macros.h"
#include "opening_nth.h"
#include "opening_text.h"
#include <string.h>

/* What a style calls things. One day alone has a longer name: "mar" alone may be March. */
struct names {
    const char *const *days, *const *lone_days, *const *months;
    const char *holidays, *off, *all_days, *by_appointment, *comma;
    bool is_italian;
};

static const char *const osm_days[] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
static const char *const osm_months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const days_it[] = {"lun", "mar", "mer", "gio", "ven", "sab", "dom"};
static const char *const lone_it[] = {"lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"};
static const char *const months_it[] = {"gennaio", "febbraio", "marzo",     "aprile",  "maggio",   "giugno",
                                        "luglio",  "agosto",   "settembre", "ottobre", "novembre", "dicembre"};

static const struct names osm = {osm_days, osm_days, osm_months, "PH", "off", "Mo-Su", "\"su appuntamento\"", ",", false};
static const struct names italian = {days_it, lone_it, months_it, "festivi", "chiuso", "tutti i giorni", "su appuntamento", ", ", true};

static int last_of_run(uint8_t bits, int d)
{
    while (d < 6 && (bits >> (d + 1) & 1) != 0)
        d++;
    return d;
}

/* Mo-Fr,Su */
static void put_weekdays(struct buf *b, const struct names *in, uint8_t bits)
{
    const bool is_lone = (bits & (bits - 1)) == 0;
    bool is_first = true;

    for (int d = 0; d < 7; d++) {
        const int last = last_of_run(bits, d);

        if ((bits >> d & 1) == 0)
            continue;
        buf_fmt(b, "%s%s", is_first ? "" : in->comma, is_lone ? in->lone_days[d] : in->days[d]);
        if (last > d)
            buf_fmt(b, "%s%s", last == d + 1 ? in->comma : "-", in->days[last]);
        is_first = false;
        d = last;
    }
}

/* Tu[1,-1]; il primo e l'ultimo martedì del mese */
static void put_nth_of(struct buf *b, const struct names *in, int day, uint16_t nth)
{
    bool is_first = true;

    if (in->is_italian) {
        hours_nth_put(b, day, nth);
        return;
    }
    buf_fmt(b, "%s[", in->lone_days[day]);
    for (int k = 1; k <= 10; k++) {
        const int n = k <= 5 ? k : k - 11; /* 1..5, then -5..-1 */

        if ((nth >> (n > 0 ? n : 8 - n) & 1) == 0)
            continue;
        buf_fmt(b, "%s%d", is_first ? "" : ",", n);
        is_first = false;
    }
    buf_char(b, ']');
}

static bool put_nth(struct buf *b, const struct names *in, const struct hours_rule *r)
{
    bool is_first = true;

    for (int d = 0; d < 7; d++) {
        if (r->nth[d] == 0)
            continue;
        if (!is_first)
            buf_z(b, in->comma);
        put_nth_of(b, in, d, r->nth[d]);
        is_first = false;
    }
    return !is_first;
}

static void put_month_day(struct buf *b, const struct names *in, int month_day)
{
    const int month = month_day / 100;

    if (month < 1 || month > 12)
        return;
    if (in->is_italian)
        buf_fmt(b, "%d %s", month_day % 100, in->months[month - 1]);
    else
        buf_fmt(b, "%s %02d", in->months[month - 1], month_day % 100);
}

static void put_day(struct buf *b, const struct names *in, int day)
{
    const struct ymd d = day_to_ymd(day);

    buf_fmt(b, "%d %s %02d", d.year, in->months[d.month - 1], d.day);
}

/* When in the year: a season, or days with their years. */
static void put_span(struct buf *b, const struct names *in, const struct hours_rule *r)
{
    if (r->season_from != 0) {
        put_month_day(b, in, r->season_from);
        buf_char(b, '-');
        put_month_day(b, in, r->season_to);
        buf_z(b, ": ");
    } else if (r->from_day != DAY_NONE && r->to_day != DAY_NONE) {
        put_day(b, in, r->from_day);
        if (r->to_day != r->from_day) {
            buf_char(b, '-');
            put_day(b, in, r->to_day);
        }
        buf_z(b, in->is_italian ? ": " : " ");
    }
}

/* "ogni 2 settimane dal 2026-11-25 " */
static bool is_every(const struct hours_rule *r)
{
    return r->freq == HOURS_WEEKLY && r->interval > 1 && r->interval < 10 && r->start_day != DAY_NONE && r->week_start == 1;
}

/* What the text cannot say: days of the month, other intervals, a count, an open end. */
bool hours_can_be_said(const struct hours_rule *r)
{
    const bool has_half_span = (r->from_day == DAY_NONE) != (r->to_day == DAY_NONE);

    return r->monthdays[0] == 0 && (r->interval <= 1 || is_every(r)) && r->count == 0 && r->until_day == DAY_NONE &&
           r->freq != HOURS_YEARLY && !has_half_span && !(r->season_from != 0 && r->from_day != DAY_NONE);
}

static bool put_days(struct buf *b, const struct names *in, const struct hours_rule *r)
{
    const bool all_days = r->weekdays == 0x7f || (r->freq == HOURS_EVERY_DAY && r->weekdays == 0);

    if (r->only_holidays)
        buf_z(b, in->holidays);
    else if (put_nth(b, in, r))
        return true;
    else if (r->weekdays != 0 && r->weekdays != 0x7f)
        put_weekdays(b, in, r->weekdays);
    else if (all_days && r->opens_min != HOURS_NO_TIME)
        buf_z(b, in->is_italian && r->on_holidays ? "lun-dom" : in->all_days);
    else
        return false;
    return true;
}

static void put_rule(struct buf *b, const struct names *in, const struct hours_rule *r)
{
    put_span(b, in, r);
    if (is_every(r)) {
        buf_fmt(b, in->is_italian ? "ogni %d settimane dal " : "every %d weeks from ", r->interval);
        buf_str(b, day_iso(b->mem, r->start_day));
        buf_char(b, ' ');
    }
    const bool has_days = put_days(b, in, r);

    if (r->on_holidays && !r->only_holidays && has_days)
        buf_fmt(b, "%s%s", in->comma, in->holidays);
    if (r->opens_min != HOURS_NO_TIME && r->closes_min != HOURS_NO_TIME)
        buf_fmt(b, in->is_italian ? "%s%d:%02d-%d:%02d" : "%s%02d:%02d-%02d:%02d", has_days ? " " : "", r->opens_min / 60,
                r->opens_min % 60, r->closes_min / 60, r->closes_min % 60);
    else if (r->opens_min != HOURS_NO_TIME)
        buf_fmt(b, in->is_italian ? "%s%d:%02d+" : "%s%02d:%02d+", has_days ? " " : "", r->opens_min / 60, r->opens_min % 60);
    if (r->kind == HOURS_CLOSED)
        buf_fmt(b, "%s%s", has_days || b->n > 0 ? " " : "", in->off);
    if (r->kind == HOURS_BY_APPOINTMENT)
        buf_fmt(b, "%s%s", b->n > 0 ? " " : "", in->by_appointment);
}

static bool can_be_quoted(struct str words)
{
    return words.n > 0 && str_index(words, '"') < 0;
}

static void put_one(struct buf *b, const struct names *in, const struct hours_said *x, int i)
{
    if (!hours_can_be_said(&x->rule)) {
        if (can_be_quoted(x->words))
            buf_fmt(b, "\"%.*s\"", (int)x->words.n, x->words.p);
        else if (in->is_italian)
            buf_fmt(b, "\"orario particolare %d\"", i + 1);
        return;
    }
    put_rule(b, in, &x->rule);
    if (x->rule.kind == HOURS_BY_APPOINTMENT && str_eq_z(x->words, in->by_appointment))
        return; /* said already */
    if (in->is_italian && can_be_quoted(x->words))
        buf_fmt(b, "%s\"%.*s\"", b->n > 0 ? " " : "", (int)x->words.n, x->words.p);
}

/* Two ranges of the same days are said together: "lun-ven 9:00-12:00, 14:00-17:00". */
static bool goes_on(const struct hours_said *a, const struct hours_said *b)
{
    struct hours_rule r = a->rule;

    r.opens_min = b->rule.opens_min;
    r.closes_min = b->rule.closes_min;
    return hours_can_be_said(&a->rule) && a->words.n == 0 && b->words.n == 0 && a->rule.kind == HOURS_OPEN &&
           a->rule.opens_min != HOURS_NO_TIME && r.opens_min != HOURS_NO_TIME && a->rule.closes_min != HOURS_NO_TIME &&
           r.closes_min != HOURS_NO_TIME && memcmp(&r, &b->rule, sizeof r) == 0;
}

struct str hours_text_write(struct arena *mem, const struct hours_said *list, int n, enum hours_style style)
{
    const struct names *in = style == HOURS_ITALIAN ? &italian : &osm;
    struct buf all = buf_new(mem, 64);

    for (int i = 0; i < n; i++) {
        struct buf one = buf_new(mem, 64);
        const struct hours_rule *r = &list[i].rule;

        if (in->is_italian && i > 0 && goes_on(&list[i - 1], &list[i])) {
            buf_fmt(&all, ", %d:%02d-%d:%02d", r->opens_min / 60, r->opens_min % 60, r->closes_min / 60, r->closes_min % 60);
            continue;
        }
        put_one(&one, in, &list[i], i);
        if (one.n == 0)
            continue;
        if (all.n > 0)
            buf_z(&all, "; ");
        buf_str(&all, str_trim(buf_view(&one)));
    }
    return buf_view(&all);
}

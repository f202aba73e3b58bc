/* opening_read.c - one HSDS schedule, from its words to a rule. */
#include "base/date.h"
#include "base/macros.h"
#include "opening.h"
#include "opening_rule.h"

enum { MOST_INTERVAL = 99, MOST_COUNT = 9999, MOST_DAYS_OF_COUNT = 36600 };

static bool read_number(struct str s, int most, int *out)
{
    int64_t v;

    if (!str_to_int(s, &v) || v < 1 || v > most)
        return false;
    *out = (int)v;
    return true;
}

static int weekday_of(struct str s)
{
    static const char *const names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

    for (int i = 0; i < ARRAY_LEN(names); i++)
        if (s.n == 2 && (s.p[0] | 32) == (names[i][0] | 32) && (s.p[1] | 32) == (names[i][1] | 32))
            return i;
    return -1;
}

/* "MO", "2TU", "-1FR" */
static bool read_one_byday(struct str s, struct hours_rule *r)
{
    int64_t n = 0;

    if (s.n < 2)
        return false;
    const int day = weekday_of(str_from(s, s.n - 2));
    const struct str number = str_head(s, s.n - 2);

    if (day < 0 || (number.n > 0 && (!str_to_int(number, &n) || n == 0 || n < -5 || n > 5)))
        return false;
    if (n == 0)
        r->weekdays |= (uint8_t)(1 << day);
    else
        r->nth[day] |= (uint16_t)(1 << (n > 0 ? n : 8 - n));
    return true;
}

static bool read_byday(struct str s, struct hours_rule *r)
{
    while (s.n > 0)
        if (!read_one_byday(str_trim(str_cut(&s, ',')), r))
            return false;
    return true;
}

static bool read_bymonthday(struct str s, struct hours_rule *r)
{
    int n = 0;

    while (s.n > 0) {
        int64_t v;

        if (n == HOURS_MAX_MONTHDAYS || !str_to_int(str_trim(str_cut(&s, ',')), &v) || v == 0 ||
            v < -31 || v > 31)
            return false;
        r->monthdays[n++] = (int8_t)v;
    }
    return true;
}

static bool has_nth(const struct hours_rule *r)
{
    for (int i = 0; i < 7; i++)
        if (r->nth[i] != 0)
            return true;
    return false;
}

static bool read_freq(struct str s, struct hours_rule *r)
{
    static const struct {
        const char *name;
        enum hours_freq freq;
    } names[] = {{"DAILY", HOURS_EVERY_DAY},
                 {"WEEKLY", HOURS_WEEKLY},
                 {"MONTHLY", HOURS_MONTHLY},
                 {"YEARLY", HOURS_YEARLY}};

    if (s.n == 0) {
        r->freq = has_nth(r) || r->monthdays[0] != 0 ? HOURS_MONTHLY
                  : r->weekdays != 0                 ? HOURS_WEEKLY
                                                     : HOURS_EVERY_DAY;
        return true;
    }
    for (int i = 0; i < ARRAY_LEN(names); i++) {
        if (str_eq_z(s, names[i].name)) {
            r->freq = names[i].freq;
            return true;
        }
    }
    return false;
}

/* 09:00, 9:00, 09:00:00, each with +01:00 or +02:00 behind it. */
static bool read_time(struct str s, bool is_closing, int *out)
{
    int64_t hour, minute, second = 0;

    if (str_ends(s, STR("+01:00")) || str_ends(s, STR("+02:00")))
        s = str_head(s, s.n - 6);
    const struct str h = str_cut(&s, ':'), m = str_cut(&s, ':');

    if (h.n < 1 || h.n > 2 || m.n != 2 || h.p[0] == '+' || h.p[0] == '-' || m.p[0] == '+' ||
        m.p[0] == '-' || !str_to_int(h, &hour) || !str_to_int(m, &minute) || minute > 59 ||
        (s.n > 0 && (s.n != 2 || !str_to_int(s, &second))))
        return false;
    if (second < 0 || second > 59 || hour > 24 || (hour == 24 && (minute > 0 || !is_closing)))
        return false;
    *out = (int)(hour * 60 + minute);
    return true;
}

static bool read_day(struct str s, int *out)
{
    *out = DAY_NONE;
    if (s.n == 0)
        return true;
    *out = day_parse(str_head(s, s.n > 10 && s.p[10] == 'T' ? 10 : s.n));
    return *out != DAY_NONE;
}

/* count to a last day: walked once, here, so that asking is cheap. */
static bool fold_count(struct hours_rule *r)
{
    int n = 0;

    for (int day = r->start_day; day < r->start_day + MOST_DAYS_OF_COUNT; day++) {
        n += hours_rule_happens(r, day);
        if (n == r->count) {
            r->until_day = day;
            return true;
        }
    }
    return false;
}

/* What needs what: the first field that cannot stand as it is; NULL: none. */
static const char *contradiction(const struct hours_fields *f, const struct hours_rule *r)
{
    if (r->interval > 1 && r->start_day == DAY_NONE)
        return "interval";
    if (f->count.n > 0 && (f->until.n > 0 || r->start_day == DAY_NONE))
        return "count";
    if (r->freq == HOURS_WEEKLY && (has_nth(r) || (r->weekdays == 0 && r->start_day == DAY_NONE)))
        return "byday";
    if (r->freq == HOURS_MONTHLY && !has_nth(r) && r->weekdays == 0 && r->monthdays[0] == 0 &&
        r->start_day == DAY_NONE)
        return "bymonthday";
    if (r->freq == HOURS_YEARLY && r->start_day == DAY_NONE)
        return "dtstart";
    if ((r->freq == HOURS_EVERY_DAY || r->freq == HOURS_YEARLY) && (r->weekdays != 0 || has_nth(r)))
        return "byday";
    if (r->freq != HOURS_MONTHLY && r->monthdays[0] != 0)
        return "bymonthday";
    if (r->start_day != DAY_NONE && r->until_day != DAY_NONE && r->until_day < r->start_day)
        return "until";
    if (r->from_day != DAY_NONE && r->to_day != DAY_NONE && r->to_day < r->from_day)
        return "valid_to";
    if (f->opens_at.n == 0 && f->closes_at.n > 0)
        return "opens_at";
    if (f->closes_at.n == 0 && f->opens_at.n > 0)
        return "closes_at";
    return NULL;
}

enum status hours_read_rule(const struct hours_fields *f, struct hours_rule *out,
                            const char **bad_field)
{
    struct hours_rule r = {.kind = out->kind,
                           .interval = 1,
                           .week_start = 1,
                           .on_holidays = out->on_holidays,
                           .only_holidays = out->only_holidays,
                           .season_from = out->season_from,
                           .season_to = out->season_to,
                           .opens_min = HOURS_NO_TIME,
                           .closes_min = HOURS_NO_TIME};
    const char *bad = NULL;
    int week_start = 0;

    if (!read_byday(f->byday, &r))
        bad = "byday";
    else if (!read_bymonthday(f->bymonthday, &r))
        bad = "bymonthday";
    else if (!read_freq(f->freq, &r))
        bad = "freq";
    else if (f->interval.n > 0 && !read_number(f->interval, MOST_INTERVAL, &r.interval))
        bad = "interval";
    else if (f->count.n > 0 && !read_number(f->count, MOST_COUNT, &r.count))
        bad = "count";
    else if (f->wkst.n > 0 && (week_start = weekday_of(f->wkst)) < 0)
        bad = "wkst";
    else if (!read_day(f->dtstart, &r.start_day))
        bad = "dtstart";
    else if (!read_day(f->until, &r.until_day))
        bad = "until";
    else if (!read_day(f->valid_from, &r.from_day))
        bad = "valid_from";
    else if (!read_day(f->valid_to, &r.to_day))
        bad = "valid_to";
    else if (f->opens_at.n > 0 && !read_time(f->opens_at, false, &r.opens_min))
        bad = "opens_at";
    else if (f->closes_at.n > 0 && !read_time(f->closes_at, true, &r.closes_min))
        bad = "closes_at";
    if (bad == NULL) {
        r.week_start = week_start + 1;
        bad = contradiction(f, &r);
    }
    if (bad == NULL && r.count > 0 && !fold_count(&r))
        bad = "count";
    if (bad != NULL) {
        *bad_field = bad;
        return ST_INVALID;
    }
    *out = r;
    return ST_OK;
}

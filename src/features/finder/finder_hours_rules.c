/* finder_hours_rules.c - "il primo martedì del mese: 15-17; dal 15 giugno al 15 settembre". */
#include "finder_hours_rules.h"
#include "base/buf.h"
#include "base/date.h"
#include "finder_hours.h"
#include "finder_sheet_words.h"

enum { WEEK = 7, NTH_MOST = 5, SUNDAY = 6, ALL_FIVE = 0x3e };

struct str finder_month_day(struct ctx *c, int month_day)
{
    const struct text_arg args[] = {
        {"day", str_fmt(c->mem, "%d", month_day % 100)},
        {"month", text_get(c->lang, str_fmt(c->mem, "finder.month-%d", month_day / 100).p)},
    };

    return text_fill(c->mem, text_get(c->lang, "finder.month-day"), args, 2);
}

static void part(struct buf *b, const char *joint, struct str words)
{
    if (b->n > 0)
        buf_z(b, joint);
    buf_str(b, words);
}

static struct str nth_words(struct ctx *c, int day, int nth)
{
    return text_get(c->lang, str_fmt(c->mem, "finder.nth-%c-%d", day == SUNDAY ? 'f' : 'm', nth).p);
}

/* "secondo, quarto e quinto" */
static struct str nth_list(struct ctx *c, int day, unsigned bits)
{
    struct buf b = buf_new(c->mem, 64);

    for (int nth = 1; nth <= NTH_MOST; nth++) {
        if ((bits & 1u << nth) == 0)
            continue;
        if (b.n > 0 && bits >> (nth + 1) == 0)
            buf_fmt(&b, " %s ", str_z(c->mem, text_get(c->lang, "finder.nth-and")));
        else if (b.n > 0)
            buf_z(&b, ", ");
        buf_str(&b, nth_words(c, day, nth));
    }
    return buf_view(&b);
}

/* In Italian Sunday alone is feminine. */
static void put_nth_of(struct ctx *c, struct buf *b, int day, unsigned bits)
{
    const unsigned out = ALL_FIVE & ~bits;
    const bool is_but_one = out != 0 && (out & (out - 1)) == 0;
    const struct text_arg args[] = {
        {"nth", nth_list(c, day, is_but_one ? out : bits)},
        {"day", text_get(c->lang, str_fmt(c->mem, "finder.weekday-%d", day + 1).p)},
    };
    const char *key = is_but_one ? "finder.nth-but" : "finder.nth-day";

    if (day == SUNDAY)
        key = is_but_one ? "finder.nth-but-f" : "finder.nth-day-f";
    part(b, ", ", text_fill(c->mem, text_get(c->lang, key), args, 2));
}

/* "il secondo e quarto martedì del mese", "ogni giovedì tranne il primo del mese", "l'ultimo venerdì del mese" */
static void put_nth(struct ctx *c, struct buf *b, const struct hours_rule *r)
{
    for (int day = 0; day < WEEK; day++) {
        const struct str name = text_get(c->lang, str_fmt(c->mem, "finder.weekday-%d", day + 1).p);

        if ((r->nth[day] & ALL_FIVE) != 0)
            put_nth_of(c, b, day, r->nth[day] & ALL_FIVE);
        for (int nth = 1; nth <= NTH_MOST; nth++)
            if (r->nth[day] & 1u << (8 + nth))
                part(b, ", ", finder_say(c, str_fmt(c->mem, "finder.nth-last-%c-%d", day == SUNDAY ? 'f' : 'm', nth).p, "day", name));
    }
}

static void put_weekdays(struct ctx *c, struct buf *b, const struct hours_rule *r)
{
    for (int day = 0; day < WEEK; day++)
        if (r->weekdays & 1u << day)
            part(b, ", ", text_get(c->lang, str_fmt(c->mem, "finder.weekday-%d", day + 1).p));
}

static void put_monthdays(struct ctx *c, struct buf *b, const struct hours_rule *r)
{
    for (int i = 0; i < HOURS_MAX_MONTHDAYS && r->monthdays[i] != 0; i++) {
        if (r->monthdays[i] == -1)
            part(b, ", ", text_get(c->lang, "finder.month-last-day"));
        else if (r->monthdays[i] > 0)
            part(
                b, ", ",
                finder_say(c, "finder.month-nth-day", "n", str_fmt(c->mem, "%d", r->monthdays[i])));
    }
}

static struct str day_words(struct ctx *c, int day)
{
    return text_day(c->mem, c->lang, day);
}

/* From when to when in the year, or between which days. */
static void put_limits(struct ctx *c, struct buf *b, const struct hours_rule *r)
{
    struct text_arg args[2] = {{"from", STR("")}, {"to", STR("")}};

    if (r->season_from != 0) {
        args[0].value = finder_month_day(c, r->season_from);
        args[1].value = finder_month_day(c, r->season_to);
        part(b, ", ", text_fill(c->mem, text_get(c->lang, "finder.hours-season"), args, 2));
    }
    if (r->from_day != DAY_NONE && r->from_day > c->today) {
        args[0].value = day_words(c, r->from_day);
        part(b, ", ", text_fill(c->mem, text_get(c->lang, "finder.hours-from"), args, 1));
    }
    if (r->to_day != DAY_NONE) {
        args[1].value = day_words(c, r->to_day);
        part(b, ", ", text_fill(c->mem, text_get(c->lang, "finder.hours-to"), args, 2));
    }
}

/* Words that came with the rule and say more than the table of the week. */
static bool says_more(struct ctx *c, const struct schedule *s)
{
    return s->description.n > 0 &&
           !str_eq(str_fold(c->mem, s->description),
                   str_fold(c->mem, text_get(c->lang, "finder.hours-by-appointment")));
}

static bool is_over(const struct ctx *c, const struct hours_rule *r)
{
    return (r->to_day != DAY_NONE && r->to_day < c->today) ||
           (r->until_day != DAY_NONE && r->until_day < c->today);
}

/* A rule that the table of one week does not tell the whole of. */
static bool is_beyond_week(const struct hours_rule *r)
{
    return r->freq == HOURS_MONTHLY || r->freq == HOURS_YEARLY || r->interval > 1 ||
           r->season_from != 0 || r->from_day != DAY_NONE || r->to_day != DAY_NONE ||
           r->only_holidays;
}

static struct str hours_words(struct ctx *c, const struct hours_rule *r)
{
    if (r->kind == HOURS_CLOSED && r->opens_min == HOURS_NO_TIME)
        return text_get(c->lang, "finder.hours-day-closed");
    if (r->opens_min == HOURS_NO_TIME)
        return r->kind == HOURS_BY_APPOINTMENT ? text_get(c->lang, "finder.hours-by-appointment")
                                               : STR("");
    const struct str from = finder_time(c, r->opens_min), to = finder_time(c, r->closes_min);
    const char *const key = r->kind == HOURS_CLOSED           ? "finder.hours-closed-between"
                            : r->kind == HOURS_BY_APPOINTMENT ? "finder.hours-appointment-between"
                                                              : "finder.hours-between";
    const struct text_arg args[] = {{"from", from}, {"to", to}};

    return text_fill(c->mem, text_get(c->lang, key), args, 2);
}

static struct str rule_words(struct ctx *c, const struct hours_rule *r)
{
    struct buf b = buf_new(c->mem, 96);

    if (r->freq == HOURS_MONTHLY) {
        put_nth(c, &b, r);
        put_monthdays(c, &b, r);
        if (r->interval > 1)
            part(&b, ", ",
                 finder_say(c, "finder.hours-every-months", "n",
                            text_int(c->mem, c->lang, r->interval)));
    } else if (r->freq == HOURS_YEARLY && r->start_day != DAY_NONE) {
        const struct ymd d = day_to_ymd(r->start_day);

        part(&b, ", ", finder_month_day(c, d.month * 100 + d.day));
    } else {
        put_weekdays(c, &b, r);
        if (r->interval > 1)
            part(&b, ", ",
                 finder_say(c, "finder.hours-every-weeks", "n",
                            text_int(c->mem, c->lang, r->interval)));
    }
    if (r->only_holidays)
        part(&b, ", ", text_get(c->lang, "finder.hours-on-holidays"));
    put_limits(c, &b, r);
    const struct str hours = hours_words(c, r);

    if (hours.n > 0)
        part(&b, ": ", hours);
    return buf_view(&b);
}

void finder_hours_rules(struct ctx *c, const struct service *s, const struct service_at *at,
                        struct str **out, int *n_out)
{
    const struct schedule *list;
    int n = 0;

    catalogue_hours(s, at, &list, &n);
    *out = ARENA_ARRAY(c->mem, struct str, (size_t)n * 2);
    *n_out = 0;
    for (int i = 0; i < n; i++) {
        if (is_over(c, &list[i].rule))
            continue;
        if (says_more(c, &list[i]))
            (*out)[(*n_out)++] = list[i].description;
        else if (is_beyond_week(&list[i].rule))
            (*out)[(*n_out)++] = rule_words(c, &list[i].rule);
        if (list[i].notes.n > 0)
            (*out)[(*n_out)++] = list[i].notes;
    }
}

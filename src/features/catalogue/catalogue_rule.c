/* catalogue_rule.c - a rule of opening hours in a few letters, as it is kept. */
#include "catalogue_pack.h"

struct hours_rule catalogue_rule_usual(void)
{
    return (struct hours_rule){.interval = 1,
                               .week_start = 1,
                               .start_day = DAY_NONE,
                               .until_day = DAY_NONE,
                               .from_day = DAY_NONE,
                               .to_day = DAY_NONE,
                               .opens_min = HOURS_NO_TIME,
                               .closes_min = HOURS_NO_TIME};
}

static void put(struct buf *b, char letter, int64_t v, int64_t usual)
{
    if (v == usual)
        return;
    if (b->n > 0)
        buf_char(b, ' ');
    buf_char(b, letter);
    buf_int(b, v);
}

struct str catalogue_rule_text(struct arena *mem, const struct hours_rule *r)
{
    const struct hours_rule u = catalogue_rule_usual();
    struct buf b = buf_new(mem, 32);

    put(&b, 'k', r->kind, u.kind);
    put(&b, 'f', r->freq, u.freq);
    put(&b, 'i', r->interval, u.interval);
    put(&b, 'w', r->weekdays, 0);
    for (int i = 0; i < 7; i++)
        put(&b, (char)('A' + i), r->nth[i], 0);
    for (int i = 0; i < HOURS_MAX_MONTHDAYS && r->monthdays[i] != 0; i++)
        put(&b, 'm', r->monthdays[i], 0);
    put(&b, 's', r->week_start, u.week_start);
    put(&b, 'd', r->start_day, u.start_day);
    put(&b, 'u', r->until_day, u.until_day);
    put(&b, 'n', r->count, 0);
    put(&b, 'v', r->from_day, u.from_day);
    put(&b, 't', r->to_day, u.to_day);
    put(&b, 'x', r->season_from, 0);
    put(&b, 'y', r->season_to, 0);
    put(&b, 'o', r->opens_min, u.opens_min);
    put(&b, 'c', r->closes_min, u.closes_min);
    put(&b, 'h', r->on_holidays, 0);
    put(&b, 'g', r->only_holidays, 0);
    return buf_view(&b);
}

static bool set(struct hours_rule *r, char letter, int v, int *n_monthdays)
{
    switch (letter) {
    case 'k': r->kind = (enum hours_kind)v; return v >= 0 && v <= (int)HOURS_BY_APPOINTMENT;
    case 'f': r->freq = (enum hours_freq)v; return v >= 0 && v <= (int)HOURS_YEARLY;
    case 'i': r->interval = v; return v > 0;
    case 'w': r->weekdays = (uint8_t)v; return v >= 0 && v < 128;
    case 'm':
        if (*n_monthdays == HOURS_MAX_MONTHDAYS || v < -31 || v > 31)
            return false;
        r->monthdays[(*n_monthdays)++] = (int8_t)v;
        return true;
    case 's': r->week_start = v; return v >= 1 && v <= 7;
    case 'd': r->start_day = v; return true;
    case 'u': r->until_day = v; return true;
    case 'n': r->count = v; return v >= 0;
    case 'v': r->from_day = v; return true;
    case 't': r->to_day = v; return true;
    case 'x': r->season_from = v; return v >= 0 && v <= 1231;
    case 'y': r->season_to = v; return v >= 0 && v <= 1231;
    case 'o': r->opens_min = v; return v >= 0 && v <= 1440;
    case 'c': r->closes_min = v; return v >= 0 && v <= 1440;
    case 'h': r->on_holidays = v != 0; return true;
    case 'g': r->only_holidays = v != 0; return true;
    default:
        if (letter < 'A' || letter > 'G')
            return false;
        r->nth[letter - 'A'] = (uint16_t)v;
        return v >= 0 && v <= UINT16_MAX;
    }
}

bool catalogue_rule_read(struct str text, struct hours_rule *out)
{
    int n_monthdays = 0;

    *out = catalogue_rule_usual();
    while (text.n > 0) {
        const struct str word = str_cut(&text, ' ');
        int64_t v;

        if (word.n < 2 || !str_to_int(str_from(word, 1), &v) || v < INT_MIN || v > INT_MAX ||
            !set(out, word.p[0], (int)v, &n_monthdays))
            return false;
    }
    return true;
}

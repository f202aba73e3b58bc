/* opening_text.c - reads the parts of a text of opening hours; how they add up is opening_join.c. */
#include "opening_text.h"
#include "base/date.h"
#include "base/macros.h"
#include "opening_nth.h"
#include "opening_part.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

enum word_kind { WORD_NONE, WORD_DAY, WORD_MONTH, WORD_HOLIDAY, WORD_OFF, WORD_OPEN, WORD_ALL_DAYS, WORD_WORKDAYS, WORD_EVERY, WORD_BY };

struct known_word {
    const char *written; /* folded */
    enum word_kind kind;
    int value;
};

/* "mar" alone may be March or martedi: see read_word. */
static const struct known_word known[] = {
    {"mo", WORD_DAY, 0}, {"tu", WORD_DAY, 1}, {"we", WORD_DAY, 2}, {"th", WORD_DAY, 3}, {"fr", WORD_DAY, 4}, {"sa", WORD_DAY, 5},
    {"su", WORD_DAY, 6}, {"lu", WORD_DAY, 0}, {"ma", WORD_DAY, 1}, {"me", WORD_DAY, 2}, {"gi", WORD_DAY, 3}, {"ve", WORD_DAY, 4},
    {"do", WORD_DAY, 6}, {"lun", WORD_DAY, 0}, {"mer", WORD_DAY, 2}, {"gio", WORD_DAY, 3}, {"ven", WORD_DAY, 4}, {"sab", WORD_DAY, 5},
    {"dom", WORD_DAY, 6}, {"lunedi", WORD_DAY, 0}, {"martedi", WORD_DAY, 1}, {"mercoledi", WORD_DAY, 2}, {"giovedi", WORD_DAY, 3},
    {"venerdi", WORD_DAY, 4}, {"sabato", WORD_DAY, 5}, {"domenica", WORD_DAY, 6}, {"mon", WORD_DAY, 0}, {"tue", WORD_DAY, 1},
    {"wed", WORD_DAY, 2}, {"thu", WORD_DAY, 3}, {"fri", WORD_DAY, 4}, {"sat", WORD_DAY, 5}, {"sun", WORD_DAY, 6},
    {"jan", WORD_MONTH, 1}, {"feb", WORD_MONTH, 2}, {"mar", WORD_MONTH, 3}, {"apr", WORD_MONTH, 4}, {"may", WORD_MONTH, 5},
    {"jun", WORD_MONTH, 6}, {"jul", WORD_MONTH, 7}, {"aug", WORD_MONTH, 8}, {"sep", WORD_MONTH, 9}, {"oct", WORD_MONTH, 10},
    {"nov", WORD_MONTH, 11}, {"dec", WORD_MONTH, 12}, {"gen", WORD_MONTH, 1}, {"mag", WORD_MONTH, 5}, {"giu", WORD_MONTH, 6},
    {"lug", WORD_MONTH, 7}, {"ago", WORD_MONTH, 8}, {"set", WORD_MONTH, 9}, {"ott", WORD_MONTH, 10}, {"dic", WORD_MONTH, 12},
    {"gennaio", WORD_MONTH, 1}, {"febbraio", WORD_MONTH, 2}, {"marzo", WORD_MONTH, 3}, {"aprile", WORD_MONTH, 4},
    {"maggio", WORD_MONTH, 5}, {"giugno", WORD_MONTH, 6}, {"luglio", WORD_MONTH, 7}, {"agosto", WORD_MONTH, 8},
    {"settembre", WORD_MONTH, 9}, {"ottobre", WORD_MONTH, 10}, {"novembre", WORD_MONTH, 11}, {"dicembre", WORD_MONTH, 12},
    {"ph", WORD_HOLIDAY, 0}, {"festivi", WORD_HOLIDAY, 0}, {"off", WORD_OFF, 0}, {"closed", WORD_OFF, 0}, {"chiuso", WORD_OFF, 0},
    {"chiusa", WORD_OFF, 0}, {"open", WORD_OPEN, 0}, {"aperto", WORD_OPEN, 0}, {"daily", WORD_ALL_DAYS, 0},
    {"feriali", WORD_WORKDAYS, 0}, {"every", WORD_EVERY, 0}, {"ogni", WORD_EVERY, 0}, {"appuntamento", WORD_BY, 0},
};

struct reader {
    struct arena *mem;
    struct str rest;
    bool is_italian; /* a day that only Italian has stands somewhere: "mar" is martedi */
    const char *key; /* why it was refused; NULL: not */
    struct str wrong;
};

static bool refuse(struct reader *r, const char *key)
{
    if (r->key == NULL) {
        r->key = key;
        r->wrong = r->rest;
    }
    return false;
}

static void skip_space(struct reader *r)
{
    while (r->rest.n > 0 && (isspace((unsigned char)r->rest.p[0]) || str_starts(r->rest, STR("\xC2\xA0"))))
        r->rest = str_from(r->rest, r->rest.p[0] == '\xC2' ? 2 : 1);
}

static int next(struct reader *r)
{
    skip_space(r);
    return r->rest.n == 0 ? 0 : (unsigned char)r->rest.p[0];
}

static bool take(struct reader *r, char ch)
{
    if (next(r) != (unsigned char)ch)
        return false;
    r->rest = str_from(r->rest, 1);
    return true;
}

/* A hyphen, or the dash that spreadsheets put in its place. */
static bool take_dash(struct reader *r)
{
    skip_space(r);
    if (str_starts(r->rest, STR("\xE2\x80\x93")) || str_starts(r->rest, STR("\xE2\x80\x94"))) {
        r->rest = str_from(r->rest, 3);
        return true;
    }
    return take(r, '-');
}

static size_t word_length(struct str s)
{
    size_t n = 0;

    while (n < s.n && (isalpha((unsigned char)s.p[n]) || ((unsigned char)s.p[n] >= 0xC3 && n + 1 < s.n)))
        n += (unsigned char)s.p[n] >= 0xC3 ? 2 : 1;
    return n < s.n ? n : s.n;
}

static const struct known_word *word_of(const struct reader *r, struct str written)
{
    static const struct known_word tuesday = {"mar", WORD_DAY, 1};
    const struct str folded = str_fold(r->mem, written);

    if (r->is_italian && str_eq_z(folded, "mar"))
        return &tuesday;
    for (int i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq_z(folded, known[i].written))
            return &known[i];
    return NULL;
}

/* The word ahead, without taking it. */
static const struct known_word *ahead(struct reader *r)
{
    skip_space(r);
    const size_t n = word_length(r->rest);

    return n == 0 ? NULL : word_of(r, str_head(r->rest, n));
}

static const struct known_word *take_word(struct reader *r, enum word_kind kind)
{
    const struct known_word *w = ahead(r);

    if (w == NULL || w->kind != kind)
        return NULL;
    r->rest = str_from(r->rest, word_length(r->rest));
    return w;
}

static bool take_phrase(struct reader *r, const char *phrase)
{
    const size_t n = strlen(phrase);

    skip_space(r);
    if (r->rest.n < n || strncasecmp(r->rest.p, phrase, n) != 0)
        return false;
    r->rest = str_from(r->rest, n);
    return true;
}

static bool is_phrase_ahead(struct reader *r, const char *phrase)
{
    const struct str before = r->rest;
    const bool is_there = take_phrase(r, phrase);

    r->rest = before;
    return is_there;
}

/* Digits as a number; false when none stand here. */
static bool take_number(struct reader *r, int most_digits, int *out)
{
    int n = 0, value = 0;

    skip_space(r);
    while ((size_t)n < r->rest.n && isdigit((unsigned char)r->rest.p[n]) && n <= most_digits)
        value = value * 10 + r->rest.p[n++] - '0';
    if (n == 0 || n > most_digits)
        return false;
    r->rest = str_from(r->rest, (size_t)n);
    *out = value;
    return true;
}

/* ---- times ---- */

static bool take_clock(struct reader *r, int *out)
{
    int hour, minute = 0;

    if (!take_number(r, 2, &hour))
        return refuse(r, "opening.time");
    if (r->rest.n > 1 && (r->rest.p[0] == ':' || r->rest.p[0] == '.') && isdigit((unsigned char)r->rest.p[1])) {
        r->rest = str_from(r->rest, 1);
        if (!take_number(r, 2, &minute))
            return refuse(r, "opening.time");
    }
    *out = hour * 60 + minute;
    return (hour < 48 && minute < 60) || refuse(r, "opening.time");
}

static bool take_range(struct reader *r, struct hours_part *p)
{
    int from, to = HOURS_NO_TIME;

    if (!take_phrase(r, "dalle"))
        take_phrase(r, "ore");
    if (!take_clock(r, &from))
        return false;
    if (from >= 1440)
        return refuse(r, "opening.time");
    if (!take(r, '+')) {
        if (!take_dash(r) && !take_phrase(r, "alle"))
            return refuse(r, "opening.time");
        if (!take_clock(r, &to))
            return false;
        to = to > 1440 ? to - 1440 : to; /* 26:00 is two at night */
    }
    if (p->n_times == HOURS_PART_MOST)
        return refuse(r, "opening.many");
    p->times[p->n_times][0] = from;
    p->times[p->n_times++][1] = to;
    return true;
}

static bool take_times(struct reader *r, struct hours_part *p)
{
    do {
        if (!take_range(r, p))
            return false;
        const struct str before = r->rest;

        if (!take(r, ',') && !take(r, '/') && !take_phrase(r, "e "))
            return true;
        if (!isdigit(next(r)) && !is_phrase_ahead(r, "dalle")) { /* a comma before days begins another part */
            r->rest = before;
            return true;
        }
    } while (true);
}

/* ---- days ---- */

/* Tu[1], Tu[1,3], Fr[-1], after the day's name. */
static bool take_nth(struct reader *r, struct hours_part *p, int day)
{
    do {
        const bool is_last = take_dash(r);
        int from, to;

        if (!take_number(r, 1, &from) || from < 1 || from > 5)
            return refuse(r, "opening.nth");
        to = from;
        if (!is_last && take_dash(r) && (!take_number(r, 1, &to) || to < from || to > 5))
            return refuse(r, "opening.nth");
        for (int n = from; n <= to; n++)
            p->nth[day] |= (uint16_t)(1u << (is_last ? 8 + n : n));
    } while (take(r, ','));
    return take(r, ']') || refuse(r, "opening.nth");
}

/* "il primo e il terzo martedì del mese"; *out_is_it tells whether such words stand here. */
static bool take_said_nth(struct reader *r, struct hours_part *p, bool *out_is_it)
{
    int day = 0;
    uint16_t nth = 0;
    const enum hours_nth_said said = hours_nth_read(r->mem, &r->rest, &day, &nth);

    *out_is_it = said != HOURS_NTH_NONE;
    if (said == HOURS_NTH_WRONG)
        return refuse(r, "opening.nth");
    if (said == HOURS_NTH_NONE)
        return true;
    p->has_days = true;
    p->nth[day] |= nth;
    if (said == HOURS_NTH_EACH)
        p->weekdays |= (uint8_t)(1u << day);
    return true;
}

static bool take_days(struct reader *r, struct hours_part *p)
{
    do {
        bool is_said = false;

        if (!take_said_nth(r, p, &is_said))
            return false;
        if (is_said)
            continue;
        if (!take_phrase(r, "dal "))
            take_phrase(r, "il ");
        const struct known_word *w = take_word(r, WORD_DAY);

        if (w == NULL && take_word(r, WORD_HOLIDAY) != NULL) {
            p->has_holidays = true;
            continue;
        }
        if (w == NULL)
            return refuse(r, "opening.day");
        p->has_days = true;
        if (take(r, '[')) {
            if (!take_nth(r, p, w->value))
                return false;
            continue;
        }
        int last = w->value;

        if (take_dash(r) || take_phrase(r, "al ")) {
            const struct known_word *to = take_word(r, WORD_DAY);

            if (to == NULL)
                return refuse(r, "opening.day");
            last = to->value;
        }
        for (int d = w->value;; d = (d + 1) % 7) {
            p->weekdays |= (uint8_t)(1u << d);
            if (d == last)
                break;
        }
    } while (take(r, ',') || take_phrase(r, "e il ") || take_phrase(r, "e "));
    return true;
}

/* ---- seasons and dates ---- */

struct point {
    int year, month, day; /* 0: not said */
};

/* "2027 Jan 10", "Jan 10", "Jan"; "10 gennaio" too. */
static bool take_point(struct reader *r, struct point *out)
{
    const struct str before = r->rest;
    int number = 0;

    *out = (struct point){0};
    if (take_number(r, 4, &number)) {
        if (number >= 1996 && number <= 2100)
            out->year = number;
        else if (number >= 1 && number <= 31)
            out->day = number;
    }
    const struct known_word *w = take_word(r, WORD_MONTH);

    if (w == NULL) {
        r->rest = before;
        return refuse(r, "opening.date");
    }
    out->month = w->value;
    const struct str after = r->rest;

    /* A number is the day of the month unless it is an hour: "Jan 09:00", "Jan 9-12". */
    if (out->day == 0 && take_number(r, 2, &number)) {
        if (r->rest.n > 0 && (r->rest.p[0] == ':' || r->rest.p[0] == '.') && r->rest.n > 1 && isdigit((unsigned char)r->rest.p[1]))
            r->rest = after;
        else
            out->day = number;
    }
    if (out->day == 0 || day_from_ymd(out->year > 0 ? out->year : 2024, out->month, out->day) != DAY_NONE)
        return true;
    return refuse(r, "opening.date");
}

static int last_of_month(int year, int month)
{
    int day = 31;

    while (day_from_ymd(year, month, day) == DAY_NONE)
        day--;
    return day;
}

static bool add_span(struct reader *r, struct hours_part *p, struct point a, struct point b)
{
    struct hours_span *s = &p->spans[p->n_spans];

    if (p->n_spans == HOURS_PART_MOST)
        return refuse(r, "opening.many");
    *s = (struct hours_span){.from_day = DAY_NONE, .to_day = DAY_NONE};
    if (a.year > 0 || b.year > 0) {
        const int from_year = a.year > 0 ? a.year : b.year, to_year = b.year > 0 ? b.year : a.year;

        s->from_day = day_from_ymd(from_year, a.month, a.day > 0 ? a.day : 1);
        s->to_day = day_from_ymd(to_year, b.month, b.day > 0 ? b.day : last_of_month(to_year, b.month));
        if (s->from_day == DAY_NONE || s->to_day == DAY_NONE || s->to_day < s->from_day)
            return refuse(r, "opening.date");
    } else {
        s->season_from = a.month * 100 + (a.day > 0 ? a.day : 1);
        s->season_to = b.month * 100 + (b.day > 0 ? b.day : last_of_month(2024, b.month));
    }
    p->n_spans++;
    return true;
}

static bool is_date_ahead(struct reader *r)
{
    const struct str before = r->rest;
    int number;
    const struct known_word *w;

    if (isdigit(next(r)) && take_number(r, 4, &number)) {
        w = ahead(r);
        r->rest = before;
        return w != NULL && w->kind == WORD_MONTH;
    }
    w = ahead(r);
    return w != NULL && w->kind == WORD_MONTH;
}

static bool take_spans(struct reader *r, struct hours_part *p)
{
    do {
        struct point a, b;
        int day;

        if (!take_point(r, &a))
            return false;
        b = a;
        const struct str before = r->rest;

        if (take_dash(r)) {
            if (is_date_ahead(r)) {
                if (!take_point(r, &b))
                    return false;
            } else if (a.day > 0 && take_number(r, 2, &day) && day > a.day) {
                b.day = day; /* Dec 24-26 */
            } else {
                r->rest = before;
                return refuse(r, "opening.date");
            }
        }
        if (!add_span(r, p, a, b))
            return false;
    } while (take(r, ',') && (is_date_ahead(r) || refuse(r, "opening.date")));
    return r->key == NULL;
}

/* "every 2 weeks from 2026-11-25 We 09:00-12:00". */
static bool take_every(struct reader *r, struct hours_part *p)
{
    take_word(r, WORD_EVERY);
    if (!take_number(r, 1, &p->interval) || p->interval < 1 || !(take_phrase(r, "weeks") || take_phrase(r, "settimane")) ||
        !(take_phrase(r, "from") || take_phrase(r, "dal")))
        return refuse(r, "opening.every");
    skip_space(r);
    p->start_day = day_parse(str_head(r->rest, 10));
    if (p->start_day == DAY_NONE)
        return refuse(r, "opening.every");
    r->rest = str_from(r->rest, 10);
    return true;
}

/* ---- parts ---- */

static bool take_quoted(struct reader *r, struct hours_part *p)
{
    const struct str inside = str_from(r->rest, 1);
    const ptrdiff_t n = str_index(inside, '"');

    if (n < 0)
        return refuse(r, "opening.quote");
    p->words = str_trim(str_head(inside, (size_t)n));
    r->rest = str_from(inside, (size_t)n + 1);
    const struct str folded = str_fold(r->mem, p->words);

    p->by_appointment |= str_starts(folded, STR("su appuntamento")) || str_starts(folded, STR("solo su appuntamento")) ||
                         str_starts(folded, STR("previo appuntamento")) || str_starts(folded, STR("by appointment"));
    return true;
}

static bool take_state(struct reader *r, struct hours_part *p)
{
    if (take_phrase(r, "solo su appuntamento") || take_phrase(r, "su appuntamento") || take_phrase(r, "previo appuntamento"))
        p->by_appointment = true;
    else if (take_word(r, WORD_OFF) != NULL)
        p->is_off = true;
    else if (take_word(r, WORD_OPEN) != NULL)
        p->is_open = true;
    else
        return false;
    return true;
}

static bool take_days_in_words(struct reader *r, struct hours_part *p)
{
    if (take_phrase(r, "tutti i giorni") || take_word(r, WORD_ALL_DAYS) != NULL)
        p->weekdays = 0x7f;
    else if (take_word(r, WORD_WORKDAYS) != NULL)
        p->weekdays = 0x3f;
    else
        return false;
    p->has_days = true;
    return true;
}

static bool ends_part(struct reader *r)
{
    const int ch = next(r);

    return ch == 0 || ch == ';' || ch == ',';
}

static bool is_nth_ahead(const struct reader *r)
{
    struct str rest = r->rest;
    int day;
    uint16_t nth;

    return hours_nth_read(r->mem, &rest, &day, &nth) != HOURS_NTH_NONE;
}

static bool take_selector(struct reader *r, struct hours_part *p)
{
    const struct known_word *w;

    if (take_phrase(r, "24/7")) {
        p->weekdays = 0x7f;
        p->has_days = p->has_holidays = true;
        p->times[0][1] = 1440;
        p->n_times = 1;
        return true;
    }
    if (is_nth_ahead(r))
        return !p->has_days && !p->has_holidays ? take_days(r, p) : refuse(r, "opening.word");
    if (is_date_ahead(r))
        return p->n_spans == 0 ? take_spans(r, p) : refuse(r, "opening.date");
    if (isdigit(next(r)) || is_phrase_ahead(r, "dalle ") || is_phrase_ahead(r, "ore "))
        return p->n_times == 0 ? take_times(r, p) : refuse(r, "opening.time");
    if (next(r) == '"')
        return take_quoted(r, p);
    if (take_state(r, p) || take_days_in_words(r, p))
        return true;
    w = ahead(r);
    if (w != NULL && w->kind == WORD_EVERY)
        return take_every(r, p);
    if (((w != NULL && (w->kind == WORD_DAY || w->kind == WORD_HOLIDAY)) || is_phrase_ahead(r, "dal ") || is_phrase_ahead(r, "il ")) &&
        !p->has_days && !p->has_holidays)
        return take_days(r, p);
    return refuse(r, "opening.word");
}

/* "Mar 9-12" may be Tuesdays or the ninth to the twelfth of March; "Mar 15-Apr 30" is March. */
static bool is_doubtful(const struct reader *r)
{
    size_t i = 4;

    if (r->is_italian || r->rest.n < 5 || strncasecmp(r->rest.p, "mar ", 4) != 0 || !isdigit((unsigned char)r->rest.p[4]))
        return false;
    while (i < r->rest.n && (isdigit((unsigned char)r->rest.p[i]) || r->rest.p[i] == ' ' || r->rest.p[i] == '-'))
        i++;
    return i == r->rest.n || !isalpha((unsigned char)r->rest.p[i]) || r->rest.p[i - 1] == ' ';
}

static bool take_part(struct reader *r, struct hours_part *p)
{
    *p = (struct hours_part){.start_day = DAY_NONE};
    skip_space(r);
    if (is_doubtful(r))
        return refuse(r, "opening.mar");
    do {
        if (!take_selector(r, p))
            return false;
        take(r, ':');
    } while (!ends_part(r));
    if (p->is_off && (p->n_times > 0 ? p->is_open : p->by_appointment))
        return refuse(r, "opening.word");
    return true;
}

/* A day that only Italian has: then "mar" is a Tuesday. */
static bool looks_italian(const struct reader *r)
{
    static const char *const only[] = {"lun", "mer", "gio", "ven", "sab", "dom", "lunedi", "martedi", "mercoledi", "giovedi", "venerdi",
                                       "sabato", "domenica", "lu", "gi", "ve"};

    for (struct str s = r->rest; s.n > 0;) {
        const size_t n = word_length(s);
        const struct str folded = str_fold(r->mem, str_head(s, n));

        for (int i = 0; n > 0 && i < ARRAY_LEN(only); i++)
            if (str_eq_z(folded, only[i]))
                return true;
        s = str_from(s, n > 0 ? n : 1);
    }
    return false;
}

enum status hours_text_read(struct arena *mem, struct str text, struct hours_text *out, struct str *wrong, const char **key)
{
    struct reader r = {.mem = mem, .rest = text};

    out->n = 0;
    if (!str_is_utf8(text) || text.n > 2000) {
        *wrong = str_head(STR("?"), 1);
        *key = "opening.word";
        return ST_INVALID;
    }
    r.is_italian = looks_italian(&r);
    while (r.key == NULL && next(&r) != 0) {
        const struct str begin = r.rest;
        struct hours_part part;

        if (!take_part(&r, &part))
            break;
        if (!hours_text_add(out, &part)) {
            r.rest = begin;
            refuse(&r, "opening.entangled");
            break;
        }
        if (!take(&r, ';') && !take(&r, ',') && next(&r) != 0)
            refuse(&r, "opening.word");
    }
    if (r.key == NULL)
        return ST_OK;
    out->n = 0;
    *wrong = r.wrong;
    *key = r.key;
    return ST_INVALID;
}

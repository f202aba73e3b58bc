/* sheets_hours.c - opening hours as people write them in a list, brought to what opening_text.h reads. */
#include "base/macros.h"
#include "sheets_private.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

/* One piece of the text: a word, a number with its minutes, or a mark. */
enum piece_kind { PIECE_WORD, PIECE_DAY, PIECE_TIME, PIECE_MARK, PIECE_QUOTED };

struct piece {
    enum piece_kind kind;
    struct str text; /* folded, of a word; "09:30" of a time */
    struct str as_typed;
    char mark;
};

enum { PIECES_MOST = 240 };

struct pieces {
    struct arena *mem;
    struct piece list[PIECES_MOST];
    int n;
};

static const struct {
    const char *word, *day;
} days[] = {{"lunedi", "lun"}, {"lun", "lun"}, {"lu", "lun"}, {"martedi", "martedi"}, {"mar", "martedi"}, {"ma", "martedi"}, {"mart", "martedi"},
            {"mercoledi", "mer"}, {"mer", "mer"}, {"merc", "mer"}, {"me", "mer"}, {"giovedi", "gio"}, {"gio", "gio"}, {"giov", "gio"},
            {"gi", "gio"}, {"venerdi", "ven"}, {"ven", "ven"}, {"ve", "ven"}, {"vener", "ven"}, {"sabato", "sab"}, {"sab", "sab"}, {"sa", "sab"},
            {"domenica", "dom"}, {"dom", "dom"}, {"do", "dom"}, {"festivi", "festivi"}, {"feriali", "feriali"}, {"tutti", "tutti i giorni"},
            {"quotidianamente", "tutti i giorni"}, {"ogni", "tutti i giorni"}};

static bool add(struct pieces *p, struct piece x)
{
    if (p->n == PIECES_MOST)
        return false;
    p->list[p->n++] = x;
    return true;
}

/* Letters, those of two bytes too; a dash of three bytes is none. */
static size_t word_bytes(struct str s)
{
    size_t n = 0;

    for (;;) {
        const unsigned char ch = n < s.n ? (unsigned char)s.p[n] : 0;

        if (isalpha(ch) || ch == '\'')
            n++;
        else if (ch >= 0xc3 && ch < 0xe0 && n + 1 < s.n)
            n += 2;
        else
            return n;
    }
}

static const char *day_of(struct str folded)
{
    for (int i = 0; i < ARRAY_LEN(days); i++)
        if (str_eq_z(folded, days[i].word))
            return days[i].day;
    return NULL;
}

/* "9", "9.30", "9:30", "09,30", "9h30", "0930" -> "09:30"; 0: no time stands here. */
static size_t time_bytes(struct str s, int *out_minutes)
{
    size_t n = 0, m;
    int hour = 0, minute = 0;

    while (n < s.n && n < 4 && isdigit((unsigned char)s.p[n]))
        hour = hour * 10 + s.p[n++] - '0';
    if (n == 0 || (n < s.n && isdigit((unsigned char)s.p[n])))
        return 0;
    if (n >= 3) {
        minute = hour % 100;
        hour /= 100;
    } else if (n + 2 < s.n + 0 && strchr(":.,h'", s.p[n]) != NULL && isdigit((unsigned char)s.p[n + 1]) && isdigit((unsigned char)s.p[n + 2]) &&
               (n + 3 == s.n || !isdigit((unsigned char)s.p[n + 3])) &&
               (s.p[n] != ',' || memcmp(s.p + n + 1, "00", 2) == 0 || memcmp(s.p + n + 1, "15", 2) == 0 || memcmp(s.p + n + 1, "30", 2) == 0 ||
                memcmp(s.p + n + 1, "45", 2) == 0)) {
        minute = (s.p[n + 1] - '0') * 10 + s.p[n + 2] - '0';
        n += 3;
    }
    m = n;
    if (hour > 24 || minute > 59)
        return 0;
    *out_minutes = hour * 60 + minute;
    return m;
}

static bool take_bracket(struct pieces *p, struct str *rest)
{
    const ptrdiff_t end = str_index(*rest, ')');

    if (end < 0)
        return false;
    const struct str inside = str_trim((struct str){rest->p + 1, (size_t)end - 1});

    *rest = str_from(*rest, (size_t)end + 1);
    return inside.n == 0 || add(p, (struct piece){.kind = PIECE_QUOTED, .text = str_fold(p->mem, inside), .as_typed = inside});
}

static bool take_mark(struct pieces *p, struct str *rest)
{
    const bool is_dash = str_starts(*rest, STR("\xE2\x80\x93")) || str_starts(*rest, STR("\xE2\x80\x94")) || str_starts(*rest, STR("\xE2\x80\x91"));
    char ch = is_dash ? '-' : rest->p[0];

    *rest = str_from(*rest, is_dash ? 3 : 1);
    if (ch == ' ' || ch == '\t' || ch == '.' || ch == ':' || ch == '*')
        return true;
    if (ch == '\n' || ch == '|')
        ch = ';';
    return strchr("-;,/", ch) != NULL && add(p, (struct piece){.kind = PIECE_MARK, .mark = ch});
}

static bool cut(struct pieces *p, struct str rest)
{
    while (rest.n > 0) {
        int minutes = 0;
        const size_t n_word = word_bytes(rest), n_time = n_word == 0 ? time_bytes(rest, &minutes) : 0;
        bool is_fine = true;

        if (n_word > 0) {
            const struct str word = str_head(rest, n_word), folded = str_fold(p->mem, word);
            const char *day = day_of(folded);

            rest = str_from(rest, n_word);
            is_fine = add(p, (struct piece){.kind = day != NULL ? PIECE_DAY : PIECE_WORD, .text = day != NULL ? str_of(day) : folded, .as_typed = word});
        } else if (n_time > 0) {
            rest = str_from(rest, n_time);
            is_fine = add(p, (struct piece){.kind = PIECE_TIME, .text = str_fmt(p->mem, "%02d:%02d", minutes / 60, minutes % 60)});
        } else if (rest.p[0] == '(') {
            is_fine = take_bracket(p, &rest);
        } else {
            is_fine = take_mark(p, &rest);
        }
        if (!is_fine)
            return false;
    }
    return true;
}

/* ---- put together again ---- */

static bool is_word(const struct pieces *p, int i, const char *word)
{
    return i >= 0 && i < p->n && p->list[i].kind == PIECE_WORD && str_eq_z(p->list[i].text, word);
}

static bool is_kind(const struct pieces *p, int i, enum piece_kind kind)
{
    return i >= 0 && i < p->n && p->list[i].kind == kind;
}

static bool is_mark(const struct pieces *p, int i, char mark)
{
    return is_kind(p, i, PIECE_MARK) && p->list[i].mark == mark;
}

/* Words that say nothing that the rest does not say. */
static bool is_idle(struct str folded)
{
    static const char *const idle[] = {"dal", "dalle", "dalla", "dall", "il", "la", "le", "i", "ore", "h", "hh", "orario", "orari", "apertura", "aperto",
                                       "aperta", "aperti", "ufficio", "sportello", "mattina", "mattino", "pomeriggio", "sera", "nei", "giorni", "giorno",
                                       "di", "del", "e'", "solo", "anche", "esclusi", "escluso", "festivi", "eccetto", "tranne", "da", "alla", "pubblico", "al", "continuato"};

    for (int i = 0; i < ARRAY_LEN(idle); i++)
        if (str_eq_z(folded, idle[i]))
            return true;
    return false;
}

enum around { AROUND_NOTHING, AROUND_DAY, AROUND_TIME };

struct joining {
    const struct pieces *p;
    struct buf b;
    enum around last;      /* what the text ends with */
    bool needs_mark;       /* a list goes on */
    bool has_day, has_time;
    bool is_range;         /* a dash is due */
    const char *key;       /* why it cannot be read */
    struct str wrong;
};

static void refuse(struct joining *j, const char *key, struct str wrong)
{
    if (j->key == NULL) {
        j->key = key;
        j->wrong = wrong;
    }
}

static void put_day(struct joining *j, const struct piece *x)
{
    if (j->is_range && j->last == AROUND_DAY)
        buf_char(&j->b, '-');
    else if (j->last == AROUND_DAY)
        buf_char(&j->b, ',');
    else if (j->last == AROUND_TIME)
        buf_z(&j->b, j->has_day ? "; " : " "); /* "9-12 lun-ven" */
    buf_str(&j->b, x->text);
    j->is_range = false;
    j->last = AROUND_DAY;
    j->has_day = true;
}

static void put_time(struct joining *j, const struct piece *x)
{
    const bool is_second = j->is_range && j->last == AROUND_TIME;

    if (is_second)
        buf_char(&j->b, '-');
    else if (j->last == AROUND_TIME)
        buf_char(&j->b, ',');
    else if (j->last == AROUND_DAY)
        buf_char(&j->b, ' ');
    buf_str(&j->b, x->text);
    j->is_range = false;
    j->last = AROUND_TIME;
    j->has_time = true;
}

/* "lun/ven" may be two days or five; "lun/mer/ven" is three, "9/12" a range. */
static void put_slash(struct joining *j, int i)
{
    const struct pieces *p = j->p;

    if (is_kind(p, i - 1, PIECE_DAY) && is_kind(p, i + 1, PIECE_DAY)) {
        if (!is_mark(p, i - 2, '/') && !is_mark(p, i + 2, '/'))
            refuse(j, "sheets.hours-slash",
                   str_fmt(p->mem, "%.*s/%.*s", (int)p->list[i - 1].as_typed.n, p->list[i - 1].as_typed.p, (int)p->list[i + 1].as_typed.n,
                           p->list[i + 1].as_typed.p));
        return;
    }
    if (is_kind(p, i - 1, PIECE_TIME) && is_kind(p, i + 1, PIECE_TIME) && !is_mark(p, i - 2, '-') && !is_word(p, i - 2, "alle"))
        j->is_range = true; /* 9.00/12.30 */
}

static void put_words(struct joining *j, struct str words)
{
    buf_z(&j->b, " \"");
    for (size_t i = 0; i < words.n; i++)
        buf_char(&j->b, words.p[i] == '"' ? '\'' : words.p[i]);
    buf_z(&j->b, "\"");
}

/* "su appuntamento", "previo appuntamento", "su prenotazione": returns how many pieces it is; 0: it is not. */
static int appointment(const struct pieces *p, int i)
{
    const bool begins = is_word(p, i, "su") || is_word(p, i, "previo") || is_word(p, i, "previa") || is_word(p, i, "per") || is_word(p, i, "con");
    const int at = begins ? i + 1 : i;

    if (is_word(p, at, "appuntamento") || (begins && (is_word(p, at, "prenotazione") || is_word(p, at, "richiesta"))))
        return at - i + 1 + (is_word(p, at + 1, "telefonico") || is_word(p, at + 1, "telefonica"));
    return 0;
}

/* Returns how many pieces were taken. */
static int put_word(struct joining *j, int i)
{
    const struct pieces *p = j->p;
    const struct piece *x = &p->list[i];
    const int n = appointment(p, i);

    if (n > 0) {
        buf_z(&j->b, " su appuntamento");
        return n;
    }
    if (str_eq_z(x->text, "chiuso") || str_eq_z(x->text, "chiusa")) {
        if (j->last == AROUND_TIME)
            buf_z(&j->b, "; ");
        if (!is_kind(p, i - 1, PIECE_DAY) && is_kind(p, i + 1 + (is_word(p, i + 1, "il") || is_word(p, i + 1, "la")), PIECE_DAY)) {
            const int at = i + 1 + (is_word(p, i + 1, "il") || is_word(p, i + 1, "la"));

            buf_fmt(&j->b, "%.*s off", (int)p->list[at].text.n, p->list[at].text.p);
            j->last = AROUND_TIME;
            return at - i + 1;
        }
        buf_z(&j->b, " off");
        j->last = AROUND_TIME;
        return 1;
    }
    if (str_eq_z(x->text, "a") || str_eq_z(x->text, "al") || str_eq_z(x->text, "alle") || str_eq_z(x->text, "alla") || str_eq_z(x->text, "fino") ||
        str_eq_z(x->text, "sino"))
        j->is_range = true;
    else if (str_eq_z(x->text, "e") || str_eq_z(x->text, "ed") || is_idle(x->text))
        ;
    else
        refuse(j, "opening.word", x->as_typed);
    return 1;
}

static void put_mark(struct joining *j, int i)
{
    const char mark = j->p->list[i].mark;

    if (mark == '-')
        j->is_range = is_kind(j->p, i + 1, PIECE_DAY) ? j->last == AROUND_DAY : true;
    else if (mark == '/')
        put_slash(j, i);
    else if (mark == ';' && j->last != AROUND_NOTHING) {
        if (j->last == AROUND_TIME && i + 1 < j->p->n)
            buf_z(&j->b, is_kind(j->p, i + 1, PIECE_TIME) ? "," : "; ");
        j->last = j->last == AROUND_TIME ? AROUND_NOTHING : j->last;
    }
}

/* "tutti i giorni", "ogni giorno": one piece is enough. */
static int put_piece(struct joining *j, int i)
{
    const struct pieces *p = j->p;
    const struct piece *x = &p->list[i];

    switch (x->kind) {
    case PIECE_DAY:
        if (str_eq_z(x->text, "festivi") && (is_word(p, i + 1, "esclusi") || is_word(p, i - 1, "esclusi") || is_word(p, i - 1, "escluso") ||
                                             is_word(p, i - 1, "tranne") || is_word(p, i - 1, "eccetto") || is_word(p, i - 2, "esclusi")))
            return 1; /* closed on holidays, as everything that does not say otherwise */
        if (str_eq_z(x->text, "feriali") && j->last == AROUND_DAY && str_ends(buf_view(&j->b), STR("tutti i giorni"))) {
            j->b.n -= strlen("tutti i giorni");
            j->last = AROUND_NOTHING;
        }
        put_day(j, x);
        return 1;
    case PIECE_TIME:
        put_time(j, x);
        return 1;
    case PIECE_QUOTED:
        if (sheets_has_word(x->text, "appuntamento") || sheets_has_word(x->text, "prenotazione"))
            buf_z(&j->b, " su appuntamento");
        else
            put_words(j, x->as_typed);
        return 1;
    case PIECE_MARK:
        put_mark(j, i);
        return 1;
    case PIECE_WORD:
        return put_word(j, i);
    }
    return 1;
}

static bool says_always(struct str folded)
{
    return sheets_has_word(folded, "h24") || sheets_has_word(folded, "h 24") || sheets_has_word(folded, "24 ore su 24") || str_eq_z(folded, "24 7") ||
           sheets_has_word(folded, "24h su 24") || str_eq_z(folded, "sempre aperto") || str_eq_z(folded, "24 24") || str_eq_z(folded, "24h");
}

/* The text brought to order; empty with j->key when it cannot be. */
static struct str reorder(struct arena *mem, struct str typed, struct joining *j)
{
    struct pieces *p = ARENA_NEW(mem, struct pieces);

    *j = (struct joining){.p = p, .b = buf_new(mem, typed.n + 64)};
    p->mem = mem;
    if (says_always(str_fold(mem, typed)))
        return STR("24/7");
    if (!cut(p, typed)) {
        refuse(j, "opening.word", typed);
        return STR("");
    }
    for (int i = 0; i < p->n && j->key == NULL;)
        i += put_piece(j, i);
    if (j->key == NULL && j->has_time && !j->has_day)
        refuse(j, "sheets.hours-no-days", typed);
    return j->key == NULL ? buf_view(&j->b) : STR("");
}

static void keep(struct sheets *s, struct arena *mem, struct sheet_cell_read *x, const struct hours_rule **out, int *n_out)
{
    struct hours_said *said = ARENA_ARRAY(mem, struct hours_said, (size_t)s->hours.n + 1);
    struct hours_rule *rules = ARENA_ARRAY(mem, struct hours_rule, (size_t)s->hours.n + 1);

    for (int i = 0; i < s->hours.n; i++) {
        rules[i] = s->hours.rules[i];
        said[i] = (struct hours_said){s->hours.rules[i], s->hours.words[i]};
    }
    *out = rules;
    *n_out = s->hours.n;
    x->text = hours_text_write(mem, said, s->hours.n, HOURS_ITALIAN);
}

/* Times without days are not every day; days without times are no hours. */
static bool is_enough(const struct hours_text *h)
{
    for (int i = 0; i < h->n; i++)
        if (h->rules[i].kind != HOURS_BY_APPOINTMENT && h->rules[i].kind != HOURS_CLOSED && h->rules[i].opens_min == HOURS_NO_TIME)
            return false;
    return h->n > 0;
}

/* Nothing had to be brought to order. */
static bool reads_the_same(struct sheets *s, struct arena *mem, struct str typed, struct str text)
{
    struct sheet_cell_read x = {.typed = typed};
    const struct hours_rule *rules;
    struct str wrong;
    const char *key;
    int n = 0;

    if (hours_text_read(mem, typed, &s->hours, &wrong, &key) != ST_OK)
        return false;
    keep(s, mem, &x, &rules, &n);
    return str_eq(x.text, text);
}

/* Enough to find the cell by. */
static struct str beginning(struct str s)
{
    size_t n = s.n < 60 ? s.n : 60;

    while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n--;
    return str_head(s, n);
}

enum status sheets_hours(struct sheets *s, struct arena *mem, struct sheet_cell_read *x, const struct hours_rule **out, int *n_out)
{
    struct joining j;
    struct str wrong = STR("");
    const char *key = NULL;
    const struct str ordered = reorder(mem, x->typed, &j);

    *n_out = 0;
    if (ordered.n > 0 && hours_text_read(mem, ordered, &s->hours, &wrong, &key) == ST_OK && is_enough(&s->hours)) {
        keep(s, mem, x, out, n_out);
        if (reads_the_same(s, mem, x->typed, x->text))
            x->state = CELL_FINE;
        else
            sheets_say(x, CELL_MENDED, "sheets.hours-read", x->text);
        return ST_OK;
    }
    if (j.key == NULL || strcmp(j.key, "opening.word") == 0) { /* seasons and the like, as opening_text.h has them */
        if (hours_text_read(mem, x->typed, &s->hours, &wrong, &key) == ST_OK && is_enough(&s->hours)) {
            keep(s, mem, x, out, n_out);
            x->state = CELL_FINE;
            return ST_OK;
        }
    }
    if (j.key != NULL && strcmp(j.key, "opening.word") != 0)
        sheets_say(x, CELL_NOT_READ, j.key, j.wrong);
    else
        sheets_say(x, CELL_NOT_READ, "sheets.hours-not-read", beginning(x->typed));
    return ST_INVALID;
}

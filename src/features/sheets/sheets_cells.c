/* sheets_cells.c - what a cell says, field by field; what is mended, and how. */
#include "base/macros.h"
#include "sheets_private.h"
#include <ctype.h>
#include <string.h>

bool sheets_has_word(struct str folded, const char *phrase)
{
    const size_t n = strlen(phrase);

    for (size_t i = 0; i + n <= folded.n; i++)
        if ((i == 0 || folded.p[i - 1] == ' ') && memcmp(folded.p + i, phrase, n) == 0 && (i + n == folded.n || folded.p[i + n] == ' '))
            return true;
    return false;
}

int sheets_count_digits(struct str s)
{
    int n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += isdigit((unsigned char)s.p[i]) != 0;
    return n;
}

int sheets_count_letters(struct str s)
{
    int n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += isalpha((unsigned char)s.p[i]) != 0 || (unsigned char)s.p[i] >= 0xc3;
    return n;
}

void sheets_say(struct sheet_cell_read *x, enum cell_state state, const char *key, struct str value)
{
    x->state = state;
    x->key = key;
    x->value = value;
    if (state == CELL_NOT_READ)
        x->text = STR("");
}

/* ---- days and numbers ---- */

static int two_digit_year(int64_t y)
{
    return (int)(y < 100 ? y + 2000 : y);
}

int sheets_day(struct str s)
{
    int64_t parts[3] = {0, 0, 0};
    int n = 0;
    size_t i = 0;

    s = str_trim(s);
    while (i < s.n && n < 3) {
        size_t k = i;

        while (k < s.n && isdigit((unsigned char)s.p[k]))
            k++;
        if (k == i || k - i > 4 || !str_to_int((struct str){s.p + i, k - i}, &parts[n]))
            return DAY_NONE;
        n++;
        if (k < s.n && n < 3 && strchr("-/. ", s.p[k]) == NULL)
            return DAY_NONE;
        i = n < 3 ? k + 1 : k;
    }
    if (n != 3 || (i < s.n && s.p[i] != 'T' && s.p[i] != ' '))
        return DAY_NONE;
    if (parts[0] > 31)
        return day_from_ymd((int)parts[0], (int)parts[1], (int)parts[2]);
    return day_from_ymd(two_digit_year(parts[2]), (int)parts[1], (int)parts[0]);
}

void sheets_date(struct arena *mem, struct sheet_cell_read *x)
{
    const int day = sheets_day(x->typed);

    if (day == DAY_NONE) {
        sheets_say(x, CELL_NOT_READ, "sheets.no-day", x->typed);
        return;
    }
    x->text = day_iso(mem, day);
    x->state = CELL_FINE;
}

void sheets_number(struct arena *mem, struct sheet_cell_read *x)
{
    int64_t v = 0;

    if (str_to_int(x->typed, &v) && v >= 0 && v <= 100000) {
        x->text = str_fmt(mem, "%lld", (long long)v);
        x->state = CELL_FINE;
        return;
    }
    sheets_say(x, CELL_NOT_READ, "sheets.no-number", x->typed);
}

void sheets_cap(struct arena *mem, struct sheet_cell_read *x)
{
    if (x->typed.n == 5 && sheets_count_digits(x->typed) == 5)
        x->text = x->typed;
    else if (x->typed.n == 4 && sheets_count_digits(x->typed) == 4)
        sheets_say(x, CELL_MENDED, "sheets.zero-lost", x->text = str_fmt(mem, "0%.*s", (int)x->typed.n, x->typed.p));
    else
        sheets_say(x, CELL_NOT_READ, "sheets.no-cap", x->typed);
}

/* ---- addresses of the net ---- */

static bool is_mail(struct str s)
{
    const ptrdiff_t at = str_index(s, '@');

    if (at <= 0 || (size_t)at + 3 >= s.n || s.n > 200 || memchr(s.p + at + 1, '@', s.n - (size_t)at - 1) != NULL)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || strchr("<>()[],;:\"\\", s.p[i]) != NULL)
            return false;
    const struct str host = str_from(s, (size_t)at + 1);

    return memchr(host.p, '.', host.n) != NULL && host.p[0] != '.' && host.p[host.n - 1] != '.';
}

/* The next word between spaces, commas, semicolons, bars, angles. */
static struct str next_word(struct str *rest)
{
    size_t from = 0, to;

    while (from < rest->n && strchr(" ,;/|<>()\n\t", rest->p[from]) != NULL)
        from++;
    for (to = from; to < rest->n && strchr(" ,;|<>()\n\t", rest->p[to]) == NULL; to++)
        ;
    const struct str word = {rest->p + from, to - from};

    *rest = str_from(*rest, to);
    return word;
}

static struct str replace_at(struct arena *mem, struct str s)
{
    static const char *const ats[] = {"(at)", "[at]", " at ", "(chiocciola)", " chiocciola ", " @ "};

    for (int i = 0; i < ARRAY_LEN(ats); i++) {
        const char *p = memmem(s.p, s.n, ats[i], strlen(ats[i]));

        if (p != NULL)
            return str_fmt(mem, "%.*s@%s", (int)(p - s.p), s.p, str_z(mem, str_from(s, (size_t)(p - s.p) + strlen(ats[i]))));
    }
    return s;
}

void sheets_email(struct arena *mem, struct sheet_cell_read *x)
{
    struct str rest = replace_at(mem, x->typed);

    while (rest.n > 0) {
        struct str word = next_word(&rest);

        if (str_starts(word, STR("mailto:")))
            word = str_from(word, 7);
        while (word.n > 0 && strchr(".:", word.p[word.n - 1]) != NULL)
            word.n--;
        if (!is_mail(word))
            continue;
        x->text = word;
        x->state = CELL_FINE;
        if (!sheets_is_personal(mem, x) && !str_eq(word, x->typed))
            sheets_say(x, CELL_MENDED, "sheets.read-as", word);
        return;
    }
    sheets_say(x, CELL_NOT_READ, "sheets.no-email", x->typed);
}

void sheets_url(struct arena *mem, struct sheet_cell_read *x)
{
    struct str rest = x->typed;
    const struct str word = next_word(&rest);
    const bool has_scheme = str_starts(word, STR("http://")) || str_starts(word, STR("https://"));
    const ptrdiff_t dot = str_index(word, '.');

    if (word.n == 0 || word.n > 500 || (!has_scheme && (dot <= 0 || (size_t)dot + 2 >= word.n || memchr(word.p, '@', word.n) != NULL))) {
        sheets_say(x, CELL_NOT_READ, "sheets.no-url", x->typed);
        return;
    }
    x->text = has_scheme ? word : str_fmt(mem, "https://%.*s", (int)word.n, word.p);
    x->state = CELL_FINE;
    if (!str_eq(x->text, x->typed))
        sheets_say(x, CELL_MENDED, "sheets.read-as", x->text);
}

/* ---- telephones ---- */

/* A spreadsheet that took a telephone for a number ate its first 0: landlines begin so. */
static bool has_lost_zero(struct str number)
{
    const bool is_bare = number.n >= 8 && number.n <= 10 && sheets_count_digits(number) == (int)number.n;

    if (!is_bare || number.p[0] == '0' || number.p[0] == '3')
        return false;
    return number.p[0] != '8' || (number.p[1] != '0' && number.p[1] != '4' && number.p[1] != '9');
}

static struct str written(struct arena *mem, const struct phone *list, int n)
{
    struct buf b = buf_new(mem, 80);

    for (int i = 0; i < n; i++) {
        if (i > 0)
            buf_z(&b, "\n");
        if (str_eq_z(list[i].type, "fax"))
            buf_z(&b, "fax ");
        buf_str(&b, list[i].number);
        if (list[i].description.n > 0)
            buf_fmt(&b, " (%.*s)", (int)list[i].description.n, list[i].description.p);
    }
    return buf_view(&b);
}

void sheets_phones(struct arena *mem, struct sheet_cell_read *x, const struct phone **out, int *n_out)
{
    struct phone *list = ARENA_ARRAY(mem, struct phone, PHONES_MOST);
    struct str wrong = {"", 0};
    int n = 0;

    *out = list;
    *n_out = 0;
    if (!phones_read(mem, x->typed, list, &n, &wrong)) {
        sheets_say(x, CELL_NOT_READ, "sheets.no-phone", wrong);
        return;
    }
    x->state = CELL_FINE;
    for (int i = 0; i < n; i++) {
        if (has_lost_zero(list[i].number)) {
            list[i].number = str_fmt(mem, "0%.*s", (int)list[i].number.n, list[i].number.p);
            sheets_say(x, CELL_MENDED, "sheets.zero-lost", list[i].number);
        }
        if (sheets_is_persons_phone(mem, &list[i]))
            sheets_say(x, CELL_WARNED, "sheets.persons-phone", list[i].number);
    }
    x->text = written(mem, list, n);
    *n_out = n;
}

/* ---- lists and prices ---- */

void sheets_list(struct arena *mem, struct sheet_cell_read *x)
{
    struct buf b = buf_new(mem, x->typed.n + 8);
    struct str rest = x->typed;
    const bool has_semicolon = memchr(rest.p, ';', rest.n) != NULL || memchr(rest.p, '\n', rest.n) != NULL;

    while (rest.n > 0) {
        size_t n = 0;

        while (n < rest.n && rest.p[n] != ';' && rest.p[n] != '\n' && (has_semicolon || rest.p[n] != ','))
            n++;
        const struct str one = str_trim(str_head(rest, n));

        rest = str_from(rest, n + 1);
        if (one.n == 0)
            continue;
        if (b.n > 0)
            buf_char(&b, '\n');
        buf_str(&b, one);
    }
    x->text = buf_view(&b);
    x->state = x->text.n > 0 ? CELL_FINE : CELL_EMPTY;
}

enum service_fee sheets_fee(struct arena *mem, struct str text)
{
    static const char *const none[] = {"gratuito", "gratuita", "gratis", "libero", "libera", "nessun costo", "nessuno", "no", "0", "free",
                                       "senza costi", "gratuiti", "0 euro"};
    const struct str folded = str_fold(mem, text);

    if (sheets_has_word(folded, "isee"))
        return FEE_BY_ISEE;
    for (int i = 0; i < ARRAY_LEN(none); i++)
        if (str_eq_z(folded, none[i]) || (i < 3 && sheets_has_word(folded, none[i]) && sheets_count_digits(text) == 0))
            return FEE_FREE;
    return sheets_count_digits(text) > 0 || sheets_has_word(folded, "pagamento") ? FEE_PAID : FEE_UNKNOWN;
}

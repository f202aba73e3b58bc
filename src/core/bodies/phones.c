/* phones.c - cuts a cell of telephones into numbers, kinds and notes. */
#include "core/bodies/phones.h"
#include "base/macros.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool is_of_number(char ch)
{
    return isdigit((unsigned char)ch) || memchr(" +.-/()\"", ch, 8) != NULL;
}

static int count_digits(struct str s)
{
    int n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += isdigit((unsigned char)s.p[i]) != 0;
    return n;
}

/* Where the longest run of a number's characters stands. */
static struct str number_in(struct str s)
{
    struct str best = {"", 0};

    for (size_t i = 0; i < s.n;) {
        size_t k = i;

        if (!isdigit((unsigned char)s.p[i]) && s.p[i] != '+') {
            i++;
            continue;
        }
        while (k < s.n && is_of_number(s.p[k]) && s.p[k] != '(' && s.p[k] != '"')
            k++;
        const struct str run = {s.p + i, k - i};

        if (count_digits(run) > count_digits(best))
            best = run;
        i = k > i ? k : i + 1;
    }
    while (best.n > 0 && !isdigit((unsigned char)best.p[best.n - 1]))
        best.n--;
    return best;
}

static bool has_word(struct str folded, const char *word)
{
    const size_t n = strlen(word);

    for (size_t i = 0; i + n <= folded.n; i++)
        if (memcmp(folded.p + i, word, n) == 0 && (i == 0 || folded.p[i - 1] == ' '))
            return true;
    return false;
}

static const char *kind_of(struct arena *mem, struct str piece, struct str number)
{
    static const struct {
        const char *word, *kind;
    } words[] = {{"fax", "fax"}, {"cell", "cell"}, {"mobile", "cell"}, {"whatsapp", "cell"}, {"sms", "text"}, {"dts", "textphone"}};
    const struct str folded = str_fold(mem, piece);

    for (int i = 0; i < ARRAY_LEN(words); i++)
        if (has_word(folded, words[i].word))
            return words[i].kind;
    if (str_starts(number, STR("+39")))
        number = str_trim(str_from(number, 3));
    return number.n > 0 && number.p[0] == '3' && count_digits(number) >= 9 ? "cell" : "voice";
}

static const char *const plain[] = {"tel.", "tel", "telefono", "fax", "cell.", "cell", "cellulare", "mobile", "sms", "dts", "\""};

static struct str trim_marks(struct str s)
{
    s = str_trim(s);
    while (s.n > 0 && memchr(":,-", s.p[0], 3) != NULL)
        s = str_trim(str_from(s, 1));
    while (s.n > 0 && memchr(":,-", s.p[s.n - 1], 3) != NULL)
        s = str_trim(str_head(s, s.n - 1));
    if (s.n > 1 && s.p[0] == '(' && str_index(s, ')') == (ptrdiff_t)s.n - 1)
        s = str_trim(str_head(str_from(s, 1), s.n - 2));
    return s;
}

/* A word that only says what kind of number it is goes from the beginning or the end. */
static bool cut_plain(struct str *s)
{
    for (int i = 0; i < ARRAY_LEN(plain); i++) {
        const size_t n = strlen(plain[i]);

        if (s->n < n)
            continue;
        if (strncasecmp(s->p, plain[i], n) == 0 && (s->n == n || memchr(" :,(", s->p[n], 4) != NULL)) {
            *s = trim_marks(str_from(*s, n));
            return true;
        }
        if (strncasecmp(s->p + s->n - n, plain[i], n) == 0 && s->p[s->n - n - 1] == ' ') {
            *s = trim_marks(str_head(*s, s->n - n));
            return true;
        }
    }
    return false;
}

/* "int. 7" behind the number. */
static struct str take_extension(struct str *after)
{
    const struct str s = str_trim(*after);
    size_t n;

    if (s.n < 5 || strncasecmp(s.p, "int", 3) != 0)
        return STR("");
    n = s.p[3] == '.' ? 4 : 3;
    const size_t begin = n + (s.p[n] == ' ');

    for (n = begin; n < s.n && isdigit((unsigned char)s.p[n]); n++)
        ;
    if (n == begin)
        return STR("");
    *after = str_from(s, n);
    return str_head(str_from(s, begin), n - begin);
}

/* The words around the number, without brackets and the kind itself. */
static struct str note_of(struct arena *mem, struct str piece, struct str number, struct str *out_extension)
{
    struct str before = trim_marks((struct str){piece.p, (size_t)(number.p - piece.p)});
    struct str after = str_from(piece, (size_t)(number.p - piece.p) + number.n);

    *out_extension = take_extension(&after);
    after = trim_marks(after);
    while (cut_plain(&before))
        ;
    while (cut_plain(&after))
        ;
    if (before.n == 0 || after.n == 0)
        return before.n > 0 ? before : after;
    return str_fmt(mem, "%.*s %.*s", (int)before.n, before.p, (int)after.n, after.p);
}

static bool take(struct arena *mem, struct str piece, struct phone *out, int *n_out, struct str *wrong)
{
    const struct str number = number_in(piece);
    const int n = count_digits(number);

    *wrong = piece;
    if (n < 3 || n > 15 || *n_out == PHONES_MOST)
        return false;
    struct phone *x = &out[(*n_out)++];

    *x = (struct phone){.number = number, .type = str_of(kind_of(mem, piece, number))};
    x->description = note_of(mem, piece, number, &x->extension);
    return true;
}

/* The next piece up to a mark between numbers. */
static struct str next_piece(struct str *rest)
{
    for (size_t i = 0; i < rest->n; i++) {
        const char ch = rest->p[i];
        const bool parts_numbers = (ch == '/' || ch == ',') && count_digits(str_head(*rest, i)) >= 6 && count_digits(str_from(*rest, i)) >= 6;

        if (ch == ';' || ch == '|' || ch == '\n' || parts_numbers) {
            const struct str piece = str_head(*rest, i);

            *rest = str_from(*rest, i + 1);
            return str_trim(piece);
        }
    }
    const struct str piece = *rest;

    *rest = STR("");
    return str_trim(piece);
}

bool phones_read(struct arena *mem, struct str text, struct phone *out, int *n_out, struct str *wrong)
{
    *n_out = 0;
    while (text.n > 0) {
        const struct str piece = next_piece(&text);

        if (piece.n > 0 && !take(mem, piece, out, n_out, wrong))
            return false;
    }
    return true;
}

static void put_note(struct buf *b, struct str note)
{
    for (size_t i = 0; i < note.n; i++)
        buf_char(b, memchr(";|\n/()", note.p[i], 6) != NULL ? ' ' : note.p[i]);
}

struct str phones_write(struct arena *mem, const struct phone *list, int n)
{
    static const struct {
        const char *kind, *word;
    } words[] = {{"fax", "fax"}, {"text", "sms"}, {"textphone", "dts"}};
    struct buf b = buf_new(mem, 64);

    for (int i = 0; i < n; i++) {
        const struct phone *x = &list[i];

        if (b.n > 0)
            buf_char(&b, '\n');
        for (int k = 0; k < ARRAY_LEN(words); k++)
            if (str_eq_z(x->type, words[k].kind))
                buf_fmt(&b, "%s ", words[k].word);
        if (str_eq_z(x->type, "cell") && strcmp(kind_of(mem, x->number, x->number), "cell") != 0)
            buf_z(&b, "cell ");
        buf_str(&b, x->number);
        if (x->extension.n > 0)
            buf_fmt(&b, " int. %.*s", (int)x->extension.n, x->extension.p);
        if (x->description.n > 0) {
            buf_z(&b, " (");
            put_note(&b, x->description);
            buf_char(&b, ')');
        }
    }
    return buf_view(&b);
}

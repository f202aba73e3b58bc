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

/* The words around the number, without brackets and the kind itself. */
static struct str note_of(struct arena *mem, struct str piece, struct str number)
{
    const struct str before = {piece.p, (size_t)(number.p - piece.p)};
    const struct str after = str_from(piece, before.n + number.n);
    struct str joined = str_trim(str_fmt(mem, "%.*s %.*s", (int)before.n, before.p, (int)after.n, after.p));
    static const char *const plain[] = {"tel", "tel.", "telefono", "fax", "cell", "cell.", "cellulare", "mobile", "\"", "\" \""};

    while (joined.n > 0 && memchr("(:,-", joined.p[0], 4) != NULL)
        joined = str_trim(str_from(joined, 1));
    while (joined.n > 0 && memchr("):,-", joined.p[joined.n - 1], 4) != NULL)
        joined = str_trim(str_head(joined, joined.n - 1));
    for (int i = 0; i < ARRAY_LEN(plain); i++)
        if (joined.n == strlen(plain[i]) && strncasecmp(joined.p, plain[i], joined.n) == 0)
            return STR("");
    return joined;
}

static bool take(struct arena *mem, struct str piece, struct phone *out, int *n_out, struct str *wrong)
{
    const struct str number = number_in(piece);
    const int n = count_digits(number);

    *wrong = piece;
    if (n < 3 || n > 15 || *n_out == PHONES_MOST)
        return false;
    out[(*n_out)++] = (struct phone){.number = number, .type = str_of(kind_of(mem, piece, number)), .description = note_of(mem, piece, number)};
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

/* needs_split.c - tokens and their folding. */
#include "needs_split.h"
#include "base/macros.h"
#include <string.h>

enum kind { KIND_NONE, KIND_CLAUSE, KIND_LETTER, KIND_DIGIT, KIND_SIGN_ALONE, KIND_MARK };

/* The code point at i and its length; -1 and 1 where there is none. */
static int32_t code_at(struct str s, size_t i, size_t *n)
{
    const unsigned char c = (unsigned char)s.p[i];
    const size_t more = c < 0x80   ? 0
                        : c < 0xc2 ? 9
                        : c < 0xe0 ? 1
                        : c < 0xf0 ? 2
                        : c < 0xf5 ? 3
                                   : 9;
    int32_t cp = more == 0 ? c : more == 1 ? c & 0x1f : more == 2 ? c & 0x0f : c & 0x07;

    *n = 1;
    if (more == 9 || s.n - i <= more)
        return -1;
    for (size_t k = 1; k <= more; k++) {
        const unsigned char d = (unsigned char)s.p[i + k];

        if ((d & 0xc0) != 0x80)
            return -1;
        cp = cp << 6 | (d & 0x3f);
    }
    *n = more + 1;
    return cp;
}

static bool is_between(int32_t cp, int32_t low, int32_t high)
{
    return cp >= low && cp <= high;
}

static enum kind kind_of(int32_t cp)
{
    if (is_between(cp, '0', '9'))
        return KIND_DIGIT;
    if (is_between(cp, 'a', 'z') || is_between(cp, 'A', 'Z'))
        return KIND_LETTER;
    if (cp > 0 && cp < 0x80)
        return strchr(",.;:!?()\n", cp) != NULL ? KIND_CLAUSE : KIND_NONE;
    if (is_between(cp, 0x300, 0x36f) || is_between(cp, 0x64b, 0x652) || cp == 0x640)
        return KIND_MARK;
    if (cp == 0x60c || cp == 0x61b || cp == 0x61f || cp == 0x2026 || cp == 0x3001 || cp == 0x3002 ||
        is_between(cp, 0xff01, 0xff0f) || cp == 0xff1a || cp == 0xff1b || cp == 0xff1f)
        return KIND_CLAUSE;
    if (is_between(cp, 0x3400, 0x4dbf) || is_between(cp, 0x4e00, 0x9fff))
        return KIND_SIGN_ALONE;
    if (cp < 0xc0 || cp == 0xd7 || cp == 0xf7 || cp == 0x6d4 || is_between(cp, 0x2000, 0x2bff) ||
        is_between(cp, 0x3000, 0x303f) || is_between(cp, 0xe000, 0xf8ff) || cp >= 0xfe00)
        return KIND_NONE;
    return KIND_LETTER;
}

/* What str_fold leaves alone: Cyrillic capitals, Romanian letters, Arabic forms. 0: nothing stays.
 */
static int32_t simpler(int32_t cp)
{
    if (is_between(cp, 0x410, 0x42f))
        return cp + 0x20;
    if (is_between(cp, 0x400, 0x40f))
        return cp + 0x50;
    switch (cp) {
    case 0x490:
        return 0x491;
    case 0x218:
    case 0x219:
        return 's';
    case 0x21a:
    case 0x21b:
        return 't';
    case 0x18f:
    case 0x259:
    case '@':
    case '*':
        return 'o';
    case 0x622:
    case 0x623:
    case 0x625:
        return 0x627;
    case 0x649:
        return 0x64a;
    case 0x629:
        return 0x647;
    case 0x640:
        return 0;
    default:
        return is_between(cp, 0x64b, 0x652) ? 0 : cp;
    }
}

static size_t put_code(char *p, int32_t cp)
{
    if (cp < 0x80) {
        p[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        p[0] = (char)(0xc0 | cp >> 6);
        p[1] = (char)(0x80 | (cp & 0x3f));
        return 2;
    }
    if (cp < 0x10000) {
        p[0] = (char)(0xe0 | cp >> 12);
        p[1] = (char)(0x80 | (cp >> 6 & 0x3f));
        p[2] = (char)(0x80 | (cp & 0x3f));
        return 3;
    }
    p[0] = (char)(0xf0 | cp >> 18);
    p[1] = (char)(0x80 | (cp >> 12 & 0x3f));
    p[2] = (char)(0x80 | (cp >> 6 & 0x3f));
    p[3] = (char)(0x80 | (cp & 0x3f));
    return 4;
}

/* "aiutooo" is "aiuto": no Italian word has three of a letter. Numbers stay. */
static struct str without_runs(struct str s)
{
    char *p = (char *)s.p; /* ours: str_fold has just made it */
    size_t n = 0;

    for (size_t i = 0; i < s.n;) {
        size_t run = 1;

        while (i + run < s.n && p[i + run] == p[i])
            run++;
        const bool is_letter = p[i] >= 'a' && p[i] <= 'z';

        for (size_t k = 0; k < (is_letter && run > 2 ? 1 : run); k++)
            p[n++] = p[i];
        i += run;
    }
    return (struct str){p, n};
}

static struct str fold_token(struct arena *mem, struct str written)
{
    const struct str article = STR("\xd8\xa7\xd9\x84");
    char *p = arena_alloc(mem, written.n * 2 + 4);
    size_t n = 0, step;

    for (size_t i = 0; i < written.n; i += step) {
        const int32_t cp = simpler(code_at(written, i, &step));

        if (cp > 0)
            n += put_code(p + n, cp);
    }
    struct str folded = without_runs(str_fold(mem, (struct str){p, n}));

    if (str_starts(folded, article) && folded.n > article.n + 3)
        folded = str_from(folded, article.n);
    return folded;
}

/* "sol@", "amic*": the ending that stands for all genders, when a word ends there. */
static bool is_open_ending(struct str s, size_t at, size_t begin)
{
    size_t n;

    if ((s.p[at] != '@' && s.p[at] != '*') || at < begin + 2)
        return false;
    if (at + 1 == s.n)
        return true;
    const enum kind next = kind_of(code_at(s, at + 1, &n));

    return next == KIND_NONE || next == KIND_CLAUSE;
}

/* The end of the token that begins at `begin` with kind `first`. */
static size_t end_of_token(struct str s, size_t begin, enum kind first)
{
    size_t n, i = begin;

    code_at(s, i, &n);
    i += n;
    while (first != KIND_SIGN_ALONE && i < s.n) {
        const enum kind k = kind_of(code_at(s, i, &n));

        if (is_open_ending(s, i, begin))
            return i + 1;
        if (k != first && k != KIND_MARK)
            break;
        i += n;
    }
    return i;
}

static bool is_dash_between(struct str s, size_t i)
{
    return s.p[i] == '-' && i > 0 && s.p[i - 1] == ' ' && i + 1 < s.n && s.p[i + 1] == ' ';
}

int split_text(struct arena *mem, struct str text, struct token *out, int n_room)
{
    int n_out = 0, clause = 0;
    size_t n;

    for (size_t i = 0; i < text.n && n_out < n_room;) {
        const enum kind k = kind_of(code_at(text, i, &n));

        if (k == KIND_LETTER || k == KIND_DIGIT || k == KIND_SIGN_ALONE) {
            const size_t end = end_of_token(text, i, k);
            const struct str written = {text.p + i, end - i};
            const struct str folded = fold_token(mem, written);

            if (folded.n > 0)
                out[n_out++] = (struct token){written, folded, clause, k == KIND_DIGIT};
            i = end;
        } else {
            clause += k == KIND_CLAUSE || is_dash_between(text, i);
            i += n;
        }
    }
    return n_out;
}

/*
 * needs_typos.c - the words a mistaken one may have been meant for.
 *
 * Two passes: Myers' bit-parallel distance (G. Myers, JACM 46, 1999) throws out nearly the whole
 * vocabulary at one step per letter; the few that are left are weighed letter by letter, where a
 * key beside, a double letter, an h or two letters in the wrong order cost less than any other.
 */
#include "base/macros.h"
#include "base/map.h"
#include "needs_words.h"
#include <string.h>

enum { LONGEST = 32, LEAST_LETTERS = 4, MAX_LENGTH_APART = 3 };

struct entry {
    struct str word;
    uint32_t letters; /* bit of each letter in it */
    int index;
};

struct vocabulary {
    struct entry *by_length; /* a..z only */
    int first[LONGEST + 2];  /* of each length */
    struct map all;
};

static uint32_t letters_of(struct str s)
{
    uint32_t set = 0;

    for (size_t i = 0; i < s.n; i++)
        set |= 1u << (s.p[i] - 'a');
    return set;
}

static bool is_letters(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 'a' || s.p[i] > 'z')
            return false;
    return s.n > 0 && s.n <= LONGEST;
}

struct vocabulary *vocabulary_new(struct arena *mem, const struct str *folded, int n)
{
    struct vocabulary *v = ARENA_NEW(mem, struct vocabulary);
    int at[LONGEST + 1];

    v->all = map_new(mem, n);
    v->by_length = ARENA_ARRAY(mem, struct entry, (size_t)n);
    for (int i = 0; i < n; i++)
        if (map_add(&v->all, folded[i], i) == i && is_letters(folded[i]))
            v->first[folded[i].n + 1]++;
    for (int k = 1; k <= LONGEST + 1; k++)
        v->first[k] += v->first[k - 1];
    memcpy(at, v->first, sizeof at);
    for (int i = 0; i < n; i++)
        if (map_get(&v->all, folded[i]) == i && is_letters(folded[i]))
            v->by_length[at[folded[i].n]++] = (struct entry){folded[i], letters_of(folded[i]), i};
    return v;
}

bool vocabulary_has(const struct vocabulary *v, struct str folded)
{
    return map_get(&v->all, folded) >= 0;
}

/* ---- first pass ---- */

struct pattern {
    uint64_t at[26]; /* bit i: letter i of the word is this one */
    uint64_t last;
    int n;
};

static void pattern_of(struct str s, struct pattern *p)
{
    *p = (struct pattern){.n = (int)s.n, .last = 1ull << (s.n - 1)};
    for (size_t i = 0; i < s.n; i++)
        p->at[s.p[i] - 'a'] |= 1ull << i;
}

static int distance(const struct pattern *p, struct str text)
{
    uint64_t up = ~0ull, down = 0;
    int d = p->n;

    for (size_t i = 0; i < text.n; i++) {
        const uint64_t eq = p->at[text.p[i] - 'a'];
        const uint64_t diagonal = (((eq & up) + up) ^ up) | eq;
        uint64_t more = down | ~(diagonal | up);
        uint64_t less = up & diagonal;

        d += (more & p->last) != 0;
        d -= (less & p->last) != 0;
        more = more << 1 | 1;
        less <<= 1;
        up = less | ~((diagonal | down) | more);
        down = more & (diagonal | down);
    }
    return d;
}

/* ---- second pass ---- */

static bool is_vowel(char c)
{
    return memchr("aeiou", c, 5) != NULL;
}

/* Keys that touch on an Italian keyboard. */
static bool is_key_beside(char a, char b)
{
    static const char *const rows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
    int row[2] = {0}, column[2] = {0};

    for (int r = 0; r < 3; r++) {
        const char *const pa = strchr(rows[r], a), *const pb = strchr(rows[r], b);

        if (pa != NULL) {
            row[0] = r;
            column[0] = (int)(pa - rows[r]);
        }
        if (pb != NULL) {
            row[1] = r;
            column[1] = (int)(pb - rows[r]);
        }
    }
    const int down = row[1] - row[0], right = column[1] - column[0];

    return (down == 0 && (right == 1 || right == -1)) ||
           (down == 1 && (right == 0 || right == -1)) || (down == -1 && (right == 0 || right == 1));
}

/* Letters heard as one another: k for c, z for s; v for b, p for b, t for d by ears of other
 * languages. */
static bool is_heard_alike(char a, char b)
{
    static const char pairs[] = "ckcqkqszijiywvbvbptdcgfvgjxssc";

    for (int i = 0; pairs[i] != '\0'; i += 2)
        if ((pairs[i] == a && pairs[i + 1] == b) || (pairs[i] == b && pairs[i + 1] == a))
            return true;
    return false;
}

static int cost_of_change(char a, char b)
{
    if (a == b)
        return 0;
    if (is_heard_alike(a, b))
        return 600;
    if (is_key_beside(a, b))
        return 700;
    return is_vowel(a) && is_vowel(b) ? 800 : 1000;
}

/* Of a letter that one of the two words has more than the other. */
static int cost_of_letter(struct str s, size_t i)
{
    if ((i > 0 && s.p[i - 1] == s.p[i]) || (i + 1 < s.n && s.p[i + 1] == s.p[i]))
        return 350;
    if (s.p[i] == 'h')
        return 400;
    return i == 0 ? 1100 : 900;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int cost(struct str a, struct str b)
{
    int rows[3][LONGEST + 1];
    int *before = rows[0], *last = rows[1], *row = rows[2];

    last[0] = 0;
    for (size_t j = 1; j <= b.n; j++)
        last[j] = last[j - 1] + cost_of_letter(b, j - 1);
    for (size_t i = 1; i <= a.n; i++) {
        row[0] = last[0] + cost_of_letter(a, i - 1);
        for (size_t j = 1; j <= b.n; j++) {
            const int first = i == 1 && j == 1 && a.p[0] != b.p[0] ? 200 : 0;
            int c = last[j - 1] + cost_of_change(a.p[i - 1], b.p[j - 1]) + first;

            c = least(c, last[j] + cost_of_letter(a, i - 1));
            c = least(c, row[j - 1] + cost_of_letter(b, j - 1));
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
                c = least(c, before[j - 2] + 600);
            row[j] = c;
        }
        int *const free_row = before;

        before = last;
        last = row;
        row = free_row;
    }
    return last[b.n];
}

static int most_cost(size_t n)
{
    return n < 5 ? 800 : n < 7 ? 1100 : n < 9 ? 1700 : n < 12 ? 2100 : 2600;
}

/* Keeps the list sorted by cost, then by place in the vocabulary. */
static int put_sorted(struct correction *out, int n, int n_room, struct correction c)
{
    int at = n;

    while (at > 0 &&
           (out[at - 1].cost_permille > c.cost_permille ||
            (out[at - 1].cost_permille == c.cost_permille && out[at - 1].index > c.index)))
        at--;
    if (at == n_room)
        return n;
    if (n == n_room)
        n--;
    memmove(out + at + 1, out + at, (size_t)(n - at) * sizeof *out);
    out[at] = c;
    return n + 1;
}

int vocabulary_correct(const struct vocabulary *v, struct str folded, struct correction *out,
                       int n_room)
{
    struct pattern p;
    int n_out = 0;

    if (folded.n < LEAST_LETTERS || !is_letters(folded) || n_room <= 0)
        return 0;
    const int n = (int)folded.n, most = most_cost(folded.n);
    const int apart = folded.n < 9 ? 2 : MAX_LENGTH_APART;
    const int low = n - apart < LEAST_LETTERS ? LEAST_LETTERS : n - apart;
    const int high = n + apart > LONGEST ? LONGEST : n + apart;
    const uint32_t letters = letters_of(folded);

    pattern_of(folded, &p);
    for (int i = v->first[low]; i < v->first[high + 1]; i++) {
        const struct entry *const e = &v->by_length[i];

        if (__builtin_popcount(letters & ~e->letters) > apart ||
            __builtin_popcount(e->letters & ~letters) > apart || distance(&p, e->word) > apart)
            continue;
        const int c = cost(folded, e->word);

        if (c <= most)
            n_out = put_sorted(out, n_out, n_room, (struct correction){e->word, e->index, c});
    }
    return n_out;
}

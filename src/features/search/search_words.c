/* search_words.c - which place, which needs and which words a search asks for. */
#include "base/macros.h"
#include "search_asking.h"
#include <string.h>

enum {
    MAIN_SHARE = 2, /* a need half as strong as the first is meant too */
    LEAST_NAME = 3, /* letters of a comune that is looked for in the words */
    MOST_CORRECTIONS = 8,
    NOT_CORRECTED = 100000
};

/* ---- the place ---- */

static void set_place(struct asking *a, int comune)
{
    const struct geo *const g = a->shelf->geo;

    a->comune = comune;
    a->district = g->comuni[comune].district;
    if (!a->has_point && g->comuni[comune].lat != GEO_NO_POINT) {
        a->has_point = true;
        a->lat = g->comuni[comune].lat / 1e6;
        a->lon = g->comuni[comune].lon / 1e6;
    }
}

/* The longest name of a comune among the words: after "a", "in", "di"..., or at the end when it is
 * no word of any need ("caritas ivrea"; not "mi serve il pane"). */
static const struct str before_place[] = {STR("a"),    STR("ad"),     STR("in"),
                                          STR("di"),   STR("da"),     STR("vicino"),
                                          STR("zona"), STR("comune"), STR("presso")};

static bool is_after_preposition(struct str folded, size_t at)
{
    if (at < 2)
        return false;
    size_t from = at - 1;

    while (from > 0 && folded.p[from - 1] != ' ')
        from--;
    const struct str before = {folded.p + from, at - 1 - from};

    for (int i = 0; i < ARRAY_LEN(before_place); i++)
        if (str_eq(before, before_place[i]))
            return true;
    return false;
}

static bool is_known_word(const struct asking *a, struct str folded)
{
    const struct needs *const x = a->shelf->needs;

    return needs_has_stem(x, words_stem(needs_words(x), a->mem, folded)) ||
           words_is_function(needs_words(x), folded);
}

static bool may_be_place(const struct asking *a, struct str folded, struct str name, size_t at)
{
    const size_t end = at + name.n;

    if ((at > 0 && folded.p[at - 1] != ' ') || (end < folded.n && folded.p[end] != ' '))
        return false;
    if (is_after_preposition(folded, at))
        return true;
    return end == folded.n && (str_index(name, ' ') > 0 || !is_known_word(a, name));
}

static int place_in(const struct asking *a, struct str folded, size_t *out_at)
{
    const struct geo *const g = a->shelf->geo;
    int best = -1;

    for (int i = 0; i < g->n_comuni; i++) {
        const struct str name = g->comuni[i].folded;

        if (name.n < LEAST_NAME || name.n > folded.n ||
            (best >= 0 && name.n <= g->comuni[best].folded.n))
            continue;
        for (const char *p = folded.p; p != NULL;) {
            p = memmem(p, (size_t)(folded.p + folded.n - p), name.p, name.n);
            if (p == NULL)
                break;
            if (may_be_place(a, folded, name, (size_t)(p - folded.p))) {
                best = i;
                *out_at = (size_t)(p - folded.p);
                break;
            }
            p++;
        }
    }
    return best;
}

/* The words without the place and the preposition before it. */
static struct str without_place(struct asking *a, struct str phrase)
{
    const struct str folded = str_fold(a->mem, phrase);
    size_t at = 0;
    const int comune = place_in(a, folded, &at);

    if (comune < 0)
        return phrase;
    size_t end = at + a->shelf->geo->comuni[comune].folded.n;

    if (is_after_preposition(folded, at))
        for (at--; at > 0 && folded.p[at - 1] != ' ';)
            at--;
    set_place(a, comune);
    return str_trim(
        str_fmt(a->mem, "%.*s%.*s", (int)at, folded.p, (int)(folded.n - end), folded.p + end));
}

static void read_place(struct asking *a)
{
    const struct geo *const g = a->shelf->geo;
    const struct search_ask *const ask = a->ask;

    a->comune = a->district = -1;
    if (ask->area_id != 0) {
        const int area = geo_find(g, ask->area_id);

        if (area >= 0 && g->areas[area].comune >= 0) {
            set_place(a, g->areas[area].comune);
        } else if (area >= 0) {
            a->district = area;
            a->is_district_asked = true;
        } else {
            a->is_nothing = true;
        }
    }
    if (ask->has_point) {
        a->has_point = true;
        a->lat = ask->lat;
        a->lon = ask->lon;
        if (a->comune < 0 && !a->is_district_asked) {
            const int nearest = geo_nearest(g, ask->lat, ask->lon);

            if (nearest >= 0)
                set_place(a, nearest);
        }
    }
}

/* Who asks lives with those of the same body, district or valley; with nothing known, with all. */
static void look_around(struct asking *a)
{
    const struct geo *const g = a->shelf->geo;

    if (a->district >= 0) {
        uint8_t *const in = ARENA_ARRAY(a->mem, uint8_t, (size_t)g->n_comuni);

        for (int i = 0; i < g->areas[a->district].n_comuni; i++)
            in[g->areas[a->district].comuni[i]] = 1;
        a->is_in = in;
    }
    if (a->has_point)
        a->from = geo_from(a->lat, a->lon);
    if (a->comune < 0)
        return;
    uint8_t *across = NULL;

    for (int i = 0; i < g->comuni[a->comune].n_in; i++) {
        const struct geo_area *const in = &g->areas[g->comuni[a->comune].in[i]];

        if (in->level != GEO_DISTRICT)
            continue;
        if (across == NULL) {
            across = ARENA_ARRAY(a->mem, uint8_t, (size_t)g->n_comuni);
            for (int k = 0; k < g->n_comuni; k++)
                across[k] = g->comuni[k].is_district_known;
            across[a->comune] = 0;
        }
        for (int k = 0; k < in->n_comuni; k++)
            across[in->comuni[k]] = 0;
    }
    a->is_across = across;
}

/* ---- words ---- */

static bool has_postings(const struct asking *a, const struct query_word *w)
{
    for (int i = 0; i < a->shelf->n_segments; i++) {
        const struct segment *const s = a->shelf->segments[i];

        if (map_get(&s->term_of, w->stem) >= 0)
            return true;
        for (int r = 0; r < WORDS_MAX_RINGS && w->ring[r] >= 0; r++)
            if (s->term_of_ring[w->ring[r]] >= 0)
                return true;
    }
    return false;
}

static void put_correction(struct asking *a, struct str written, struct str meant)
{
    for (int i = 0; i < a->n_corrections; i++)
        if (str_eq(a->corrections[i].written, written))
            return;
    if (a->corrections == NULL)
        a->corrections = ARENA_ARRAY(a->mem, struct search_correction, MOST_CORRECTIONS);
    if (a->n_corrections < MOST_CORRECTIONS)
        a->corrections[a->n_corrections++] = (struct search_correction){written, meant};
}

/* The nearest word of the names of services and bodies, or of the needs. */
static bool correct(const struct asking *a, struct str folded, struct str *out)
{
    struct correction c;
    int least = NOT_CORRECTED;

    for (int i = 0; i < a->shelf->n_segments; i++)
        if (vocabulary_correct(a->shelf->segments[i]->vocabulary, folded, &c, 1) > 0 &&
            c.cost_permille < least) {
            least = c.cost_permille;
            *out = c.meant;
        }
    if (vocabulary_correct(needs_vocabulary(a->shelf->needs), folded, &c, 1) > 0 &&
        c.cost_permille < least) {
        least = c.cost_permille;
        *out = c.meant;
    }
    return least < NOT_CORRECTED;
}

static void put_word(struct asking *a, const struct word *w)
{
    const struct needs *const x = a->shelf->needs;
    struct query_word q = {.written = w->written, .folded = w->folded, .stem = w->stem};

    memcpy(q.ring, w->ring, sizeof q.ring);
    q.is_of_needs = q.ring[0] >= 0 || needs_has_stem(x, w->stem);
    if (!has_postings(a, &q)) {
        struct str meant;
        struct word *again;
        int n = 0;

        if (correct(a, w->folded, &meant)) {
            words_analyse(needs_words(x), a->mem, meant, &again, &n);
            if (n == 1) {
                q.folded = again->folded;
                q.stem = again->stem;
                memcpy(q.ring, again->ring, sizeof q.ring);
                q.is_of_needs = q.ring[0] >= 0 || needs_has_stem(x, q.stem);
                if (has_postings(a, &q))
                    put_correction(a, w->written, meant);
            }
        }
    }
    for (int i = 0; i < a->n_words; i++)
        if (str_eq(a->words[i].stem, q.stem))
            return;
    if (a->n_words < MOST_QUERY_WORDS)
        a->words[a->n_words++] = q;
}

static void read_words(struct asking *a, struct str phrase)
{
    struct word *w;
    int n, n_strong = 0;

    words_analyse(needs_words(a->shelf->needs), a->mem, phrase, &w, &n);
    for (int i = 0; i < n; i++)
        n_strong += !w[i].is_function && !w[i].is_refused && !w[i].is_weak;
    for (int i = 0; i < n; i++)
        if (!w[i].is_function && !w[i].is_refused && (n_strong == 0 || !w[i].is_weak))
            put_word(a, &w[i]);
    a->all_words = (1u << a->n_words) - 1;
    a->least_words = a->n_words;
}

/* ---- needs ---- */

static void take_corrections(struct asking *a, const struct need_hit *h)
{
    for (int i = 0; i < h->n_why; i++) {
        const struct str written = str_fold(a->mem, h->why[i].written);
        const int far = str_distance(written, h->why[i].matched);

        if (far > 0 && far <= 3 && written.n >= 4) /* variants and ages are no mistakes */
            put_correction(a, h->why[i].written, h->why[i].matched);
    }
}

static void read_needs(struct asking *a, struct str phrase)
{
    const struct needs *const x = a->shelf->needs;

    if (phrase.n > 0)
        needs_find(x, a->mem, phrase, MOST_NEEDS, &a->hits);
    if (a->ask->need.n > 0) {
        const struct need *const need = need_by_id(x, a->ask->need);

        a->is_need_asked = true;
        if (need == NULL)
            a->is_nothing = true;
        else
            a->need[a->n_needs++] = (int)(need - needs_at(x, 0));
        return;
    }
    for (int i = 0; i < a->hits.n && i < MOST_MAIN_NEEDS; i++) {
        const struct need_hit *const h = &a->hits.list[i];

        if (i > 0 && (a->hits.is_sure || h->score * MAIN_SHARE < a->hits.list[0].score))
            break;
        a->need[a->n_needs++] = (int)(h->need - needs_at(x, 0));
    }
    if (a->hits.n > 0)
        take_corrections(a, &a->hits.list[0]);
}

void asking_understand(struct asking *a)
{
    struct str phrase = str_trim(str_head(a->ask->words, WORDS_MAX_TEXT));

    read_place(a);
    if (phrase.n > 0 && a->ask->area_id == 0 && !a->ask->has_point)
        phrase = without_place(a, phrase);
    look_around(a);
    if (phrase.n > 0)
        read_words(a, phrase);
    read_needs(a, phrase);
    if (a->ask->words.n > 0 && phrase.n > 0 && a->n_words == 0 && a->n_needs == 0)
        a->is_nothing = true; /* words that say nothing ask for nothing in particular */
}

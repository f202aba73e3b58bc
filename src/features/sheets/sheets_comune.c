/* sheets_comune.c - which comune is meant, with slips of the pen, each asked once. */
#include "base/macros.h"
#include "sheets_private.h"
#include <string.h>
#include <strings.h>

enum { SEVERAL = -2 };

enum status sheets_open(struct ctx *c, struct sheets **out)
{
    struct sheets *s = ARENA_NEW(c->mem, struct sheets);
    const enum status st = places_comuni(c, &s->comuni, &s->n_comuni);

    if (st != ST_OK)
        return st;
    s->mem = c->mem;
    s->needs = needs_of(c);
    s->today = c->today;
    s->by_name = map_new(c->mem, s->n_comuni + 1);
    s->asked = map_new(c->mem, SHEETS_MOST_ASKED);
    s->met = map_new(c->mem, 256);
    s->answers = ARENA_ARRAY(c->mem, struct comune_answer, SHEETS_MOST_ASKED);
    for (int i = 0; i < s->n_comuni; i++) {
        const struct str folded = str_fold(c->mem, s->comuni[i].area.name);

        if (map_add(&s->by_name, folded, i) != i)
            map_set(&s->by_name, folded, SEVERAL);
    }
    *out = s;
    return ST_OK;
}

/* "Comune di Ivrea", "10015 Ivrea", "Ivrea (TO)": what is around the name. */
static struct str bare_name(struct arena *mem, struct str typed, struct str *province)
{
    struct str s = str_trim(typed);

    if (s.n > 6 && sheets_count_digits(str_head(s, 5)) == 5)
        s = str_trim(str_from(s, 5));
    if (s.n > 4 && s.p[s.n - 1] == ')' && s.p[s.n - 4] == '(') {
        *province = (struct str){s.p + s.n - 3, 2};
        s = str_trim(str_head(s, s.n - 4));
    }
    const struct str folded = str_fold(mem, s);

    if (str_starts(folded, STR("comune di ")))
        return str_from(folded, 10);
    if (str_starts(folded, STR("citta di ")))
        return str_from(folded, 9);
    return folded;
}

static bool is_in(const struct comune *c, struct arena *mem, struct str province)
{
    return province.n == 0 || (province.n == c->prov.n && strncasecmp(province.p, c->prov.p, province.n) == 0) ||
           str_eq(str_fold(mem, province), str_fold(mem, c->prov_name));
}

static struct str two_names(struct arena *mem, const struct comune *a, const struct comune *b)
{
    return str_fmt(mem, "%.*s (%.*s), %.*s (%.*s)", (int)a->area.name.n, a->area.name.p, (int)a->prov.n, a->prov.p, (int)b->area.name.n,
                   b->area.name.p, (int)b->prov.n, b->prov.p);
}

/* One that stands clearly nearer than the next: names that begin alike ("San Giorgio") are all as near. */
static bool is_clear(struct arena *mem, struct str folded, const struct comune_hit *hits, int n)
{
    if (n == 1 || hits[0].match != hits[1].match)
        return true;
    if (hits[0].match != MATCH_TYPO)
        return false;
    const int a = str_distance(folded, str_fold(mem, hits[0].comune.area.name)), b = str_distance(folded, str_fold(mem, hits[1].comune.area.name));

    return a < b;
}

static enum status ask(struct ctx *c, struct str name, struct str province, struct comune_answer *out)
{
    struct comune_hit *hits, *good;
    int n = 0, n_good = 0;
    const enum status st = places_find_comuni(c, name, 6, &hits, &n);

    *out = (struct comune_answer){.read = COMUNE_NONE};
    if (st != ST_OK)
        return st;
    good = ARENA_ARRAY(c->mem, struct comune_hit, (size_t)n + 1);
    for (int i = 0; i < n; i++)
        if (is_in(&hits[i].comune, c->mem, province))
            good[n_good++] = hits[i];
    if (n_good == 0)
        return ST_OK;
    out->comune = &good[0].comune;
    if (good[0].match <= MATCH_EXACT && n_good == 1)
        out->read = COMUNE_FOUND;
    else if (good[0].match > MATCH_EXACT && is_clear(c->mem, name, good, n_good))
        out->read = COMUNE_MENDED;
    else
        *out = (struct comune_answer){.read = COMUNE_SEVERAL, .words = two_names(c->mem, &good[0].comune, &good[1].comune)};
    if (out->read == COMUNE_MENDED)
        out->words = out->comune->area.name;
    return ST_OK;
}

enum status sheets_comune(struct sheets *s, struct ctx *c, struct str typed, struct str province, struct comune_answer *out)
{
    const struct str name = bare_name(c->mem, typed, &province);
    const int at = map_get(&s->by_name, name);

    *out = (struct comune_answer){.read = COMUNE_NONE};
    if (at >= 0 && is_in(&s->comuni[at], c->mem, province)) {
        *out = (struct comune_answer){.read = COMUNE_FOUND, .comune = &s->comuni[at]};
        return ST_OK;
    }
    const struct str key = str_fmt(c->mem, "%.*s|%.*s", (int)name.n, name.p, (int)province.n, province.p);
    const int known = map_get(&s->asked, key);

    if (known >= 0) {
        *out = s->answers[known];
        return ST_OK;
    }
    if (s->n_answers == SHEETS_MOST_ASKED || name.n == 0)
        return ST_OK;
    struct arena *was = c->mem;

    c->mem = s->mem; /* the answer is kept */
    const enum status st = ask(c, name, province, out);

    if (st == ST_OK) {
        s->answers[s->n_answers] = *out;
        map_add(&s->asked, str_copy(s->mem, key), s->n_answers++);
    }
    c->mem = was;
    return st;
}

bool sheets_is_comune(const struct sheets *s, struct arena *mem, struct str typed)
{
    struct str province = STR("");

    return map_get(&s->by_name, bare_name(mem, typed, &province)) != -1;
}

/* search_tell.c - writes down what was found, and why in that order. */
#include "base/macros.h"
#include "features/opening/opening.h"
#include "search_asking.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_COUNTS = 64, MOST_SUGGESTIONS = 6, N_LIKE = 3 };

const char *search_facet_name(enum search_facet f)
{
    static const char *const names[FACET_COUNT] = {"target", "kind",     "way",    "cost",
                                                   "open",   "language", "access", "fresh"};

    return names[f];
}

/* ---- facets ---- */

struct str asking_facet_value(const struct segment *s, enum search_facet f, int bit)
{
    switch (f) {
    case FACET_TARGET:
        return bit < s->n_targets ? s->targets[bit] : STR("");
    case FACET_KIND:
        return bit > 0 && bit < SERVICE_KIND_COUNT
                   ? str_of(catalogue_kind_name((enum service_kind)bit))
                   : STR("");
    case FACET_WAY:
        return 1 << (bit & 15) <= WAY_HOME && bit < 16 ? str_of(catalogue_way_name(1 << bit))
                                                       : STR("");
    case FACET_COST:
        return bit <= FEE_PAID ? str_of(catalogue_fee_name((enum service_fee)bit)) : STR("");
    case FACET_OPEN:
        return bit == 0 ? STR("now") : STR("");
    case FACET_LANGUAGE:
        return bit < s->n_languages ? s->languages[bit] : STR("");
    case FACET_ACCESS:
        return bit < 8 && 1 << bit <= ACCESS_SIGHT ? str_of(catalogue_access_name(1 << bit))
                                                   : STR("");
    case FACET_FRESH:
        return bit == 0 ? STR("good") : STR("");
    case FACET_COUNT:
        break;
    }
    return STR("");
}

static struct search_count *count_of(struct search_facet_counts *list, struct str value)
{
    for (int i = 0; i < list->n; i++)
        if (str_eq(list->list[i].value, value))
            return &list->list[i];
    if (list->n == MOST_COUNTS)
        return NULL;
    list->list[list->n] = (struct search_count){.value = value};
    return &list->list[list->n++];
}

static int by_count(const void *a, const void *b)
{
    const struct search_count *const x = a, *const y = b;

    return x->n != y->n ? y->n - x->n : str_cmp(x->value, y->value);
}

static void tell_facets(struct asking *a, struct search_answer *out)
{
    struct arena *const mem = a->c->mem;

    for (int f = 0; f < FACET_COUNT; f++) {
        struct search_facet_counts *const list = &out->facets[f];

        list->list = ARENA_ARRAY(mem, struct search_count, MOST_COUNTS);
        for (int i = 0; i < a->shelf->n_segments; i++)
            for (int bit = 0; bit < 64; bit++) {
                struct search_count *const n =
                    a->counts[i][f][bit] == 0
                        ? NULL
                        : count_of(list,
                                   str_copy(mem, asking_facet_value(a->segments[i].segment,
                                                                    (enum search_facet)f, bit)));

                if (n != NULL)
                    n->n += a->counts[i][f][bit];
            }
        for (int i = 0; i < a->ask->n_choices; i++) {
            if (a->ask->choices[i].facet != (enum search_facet)f)
                continue;
            struct search_count *const n = count_of(list, str_copy(mem, a->ask->choices[i].value));

            if (n != NULL)
                n->is_chosen = true;
        }
        qsort(list->list, (size_t)list->n, sizeof *list->list, by_count);
    }
}

/* ---- reasons ---- */

struct telling {
    struct asking *a;
    struct reason *list;
    int n;
};

static struct reason *add(struct telling *t, enum search_reason r)
{
    struct reason *const out = &t->list[t->n++];

    out->reason = r;
    return out;
}

static struct str label_of(const struct asking *a, int need)
{
    return needs_at(a->shelf->needs, need)->label[a->c->lang == LANG_EN ? NEED_EN : NEED_IT].text;
}

static void tell_serves(struct telling *t, const struct weighed *w)
{
    static const enum search_reason by_level[] = {
        [SERVES_NOT] = REASON_ELSEWHERE,        [SERVES_ANYONE] = REASON_SERVES_ANYONE,
        [SERVES_WIDER] = REASON_SERVES_WIDER,   [SERVES_DISTRICT] = REASON_SERVES_DISTRICT,
        [SERVES_COMUNE] = REASON_SERVES_COMUNE,
    };

    struct asking *const a = t->a;

    if (a->comune < 0 && !a->is_district_asked)
        return;
    struct reason *const r = add(t, by_level[w->serves.level]);

    if (w->serves.area >= 0)
        r->text = str_copy(a->c->mem, a->shelf->geo->areas[w->serves.area].name);
}

/* Which of the needs a line has; -1: none. */
static int need_of(const struct asking *a, const struct segment *s, uint32_t line)
{
    for (int k = 0; k < a->n_needs; k++)
        for (uint32_t low = s->first_of_need[a->need[k]], high = s->first_of_need[a->need[k] + 1];
             low < high;) {
            const uint32_t mid = low + (high - low) / 2;

            if (s->by_need[mid] == line)
                return a->need[k];
            if (s->by_need[mid] < line)
                low = mid + 1;
            else
                high = mid;
        }
    return -1;
}

static struct str words_told(const struct asking *a, uint32_t told)
{
    struct str all = STR("");

    for (int i = 0; i < a->n_words; i++)
        if (told >> i & 1)
            all = str_fmt(a->c->mem, "%.*s%s%.*s", (int)all.n, all.p, all.n > 0 ? " " : "",
                          (int)a->words[i].folded.n, a->words[i].folded.p);
    return all;
}

static void tell_match(struct telling *t, const struct asked_segment *s, uint32_t line, int match)
{
    struct asking *const a = t->a;
    const int need = need_of(a, s->segment, line);
    const uint32_t told = s->marks == NULL ? 0 : s->marks[line];

    if (match == MATCH_NAME) {
        add(t, REASON_NAME)->text = words_told(a, told);
    } else if (match == MATCH_SOME) {
        struct reason *const r = add(t, REASON_SOME_WORDS);

        r->n = __builtin_popcount(told & a->all_words);
        r->text = words_told(a, told);
    } else if (match == MATCH_WORDS && need < 0) {
        add(t, REASON_WORDS)->text = words_told(a, told);
    }
    if (need >= 0)
        add(t, REASON_NEED)->text = str_copy(a->c->mem, label_of(a, need));
}

static void tell_hours(struct telling *t, const struct search_hit *h)
{
    switch (h->hours.state) {
    case HOURS_IS_OPEN:
        add(t, REASON_OPEN)->at_ms = h->hours.has_until ? h->hours.until_ms : 0;
        break;
    case HOURS_IS_BY_APPOINTMENT:
        add(t, REASON_APPOINTMENT);
        break;
    case HOURS_IS_CLOSED:
        add(t, REASON_CLOSED)->at_ms = h->hours.has_next ? h->hours.next_ms : 0;
        break;
    case HOURS_IS_UNKNOWN:
        add(t, REASON_HOURS_UNKNOWN);
        break;
    }
}

static void tell_near(struct telling *t, const struct shelf_line *l, const struct weighed *w,
                      const struct search_hit *h)
{
    if (w->is_remote && (l->ways & WAY_HOME))
        add(t, REASON_COMES_HOME);
    else if (w->is_remote && (l->ways & (WAY_PHONE | WAY_ONLINE)))
        add(t, REASON_FROM_HOME);
    if (h->has_distance)
        add(t, REASON_NEAR)->n = h->distance_m;
    if (w->is_across && w->has_door)
        add(t, REASON_RIDGE);
}

static void tell_fresh(struct telling *t, const struct search_hit *h)
{
    struct reason *const r = add(t, h->fresh == FRESH_GOOD    ? REASON_FRESH
                                    : h->fresh == FRESH_AGING ? REASON_AGEING
                                                              : REASON_STALE);

    r->n = h->confirmed_on == DAY_NONE ? -1 : t->a->c->today - h->confirmed_on;
}

/* ---- hits ---- */

static void tell_hit(struct asking *a, const struct found *f, struct search_hit *out)
{
    const struct asked_segment *const s = &a->segments[f->segment];
    const struct shelf_line *const l = &s->segment->lines[f->line];
    const struct geo *const g = a->shelf->geo;
    const bool is_secret = l->flags & LINE_SECRET;
    struct telling t = {.a = a, .list = ARENA_ARRAY(a->c->mem, struct reason, SEARCH_MOST_REASONS)};
    struct weighed w;

    asking_weigh(a, s, l, &w);
    *out = (struct search_hit){
        .service_id = f->service_id,
        .change_no = s->segment->services[l->service].change_no,
        .location_id = l->location_id,
        .area_id = l->comune == GEO_NONE ? 0 : g->areas[g->comuni[l->comune].area].area_id,
        .is_across = w.is_across,
        .serves_here = w.serves.level != SERVES_NOT,
        .fresh = w.fresh,
        .confirmed_on = l->confirmed_on,
        .has_point = l->lat != GEO_NO_POINT && !is_secret && w.has_door};
    if (out->has_point) {
        out->lat = l->lat / 1e6;
        out->lon = l->lon / 1e6;
        out->has_distance = a->has_point;
        if (out->has_distance)
            out->distance_m = places_distance_m(a->lat, a->lon, out->lat, out->lon);
    }
    hours_at(&s->segment->hours[l->hours], a->c->now_ms, &out->hours);
    if (l->flags & LINE_CLOSED)
        out->hours = (struct hours_answer){.state = HOURS_IS_CLOSED};
    tell_serves(&t, &w);
    tell_match(&t, s, f->line, f->match);
    tell_hours(&t, out);
    tell_near(&t, l, &w, out);
    tell_fresh(&t, out);
    out->reasons = t.list;
    out->n_reasons = t.n;
}

/* ---- words, needs, suggestions ---- */

static void tell_understood(struct asking *a, struct search_answer *out)
{
    const struct needs *const x = a->shelf->needs;

    out->understood =
        ARENA_ARRAY(a->c->mem, struct search_understood, MOST_MAIN_NEEDS + MOST_NEEDS);
    for (int i = 0; i < a->n_needs; i++)
        out->understood[out->n_understood++] = (struct search_understood){
            .need = needs_at(x, a->need[i]), .is_chosen = a->is_need_asked, .is_main = true};
    for (int i = 0; i < a->hits.n; i++) {
        bool is_there = false;

        for (int k = 0; k < out->n_understood; k++)
            is_there |= out->understood[k].need == a->hits.list[i].need;
        if (!is_there)
            out->understood[out->n_understood++] =
                (struct search_understood){.need = a->hits.list[i].need};
    }
    out->corrections = ARENA_ARRAY(a->c->mem, struct search_correction, (size_t)a->n_corrections);
    for (int i = 0; i < a->n_corrections; i++)
        out->corrections[out->n_corrections++] =
            (struct search_correction){str_copy(a->c->mem, a->corrections[i].written),
                                       str_copy(a->c->mem, a->corrections[i].meant)};
}

static int n_of_need(const struct asking *a, int need)
{
    int n = 0;

    for (int i = 0; i < a->shelf->n_segments; i++) {
        const struct segment *const s = a->shelf->segments[i];

        for (uint32_t k = s->first_of_need[need]; k < s->first_of_need[need + 1]; k++) {
            const struct shelf_line *const l = &s->lines[s->by_need[k]];
            struct weighed w;

            if (shelf_is_dead(a->shelf, i, l->service) ||
                s->services[l->service].first_line != s->by_need[k] + 1)
                continue;
            asking_weigh(a, &a->segments[i], l, &w);
            n += w.is_in_reach && w.serves.level != SERVES_NOT;
        }
    }
    return n;
}

static int n_of_word(const struct asking *a, struct str folded)
{
    const struct str stem = words_stem(needs_words(a->shelf->needs), a->mem, folded);
    int n = 0;

    for (int i = 0; i < a->shelf->n_segments; i++) {
        const struct segment *const s = a->shelf->segments[i];
        const int term = map_get(&s->term_of, stem);

        n += term < 0 ? 0 : (int)(s->first_of_term[term + 1] - s->first_of_term[term]);
    }
    return n;
}

static void suggest_like(struct asking *a, struct search_answer *out, const struct query_word *w)
{
    struct correction like[N_LIKE];

    for (int i = 0; i < a->shelf->n_segments; i++) {
        const int n =
            vocabulary_correct(a->shelf->segments[i]->vocabulary, w->folded, like, N_LIKE);

        for (int k = 0; k < n && out->n_suggestions < MOST_SUGGESTIONS; k++) {
            bool is_there = str_eq(like[k].meant, w->folded);

            for (int j = 0; j < out->n_suggestions; j++)
                is_there |= str_eq(out->suggestions[j].text, like[k].meant);
            if (!is_there)
                out->suggestions[out->n_suggestions++] =
                    (struct search_suggestion){.kind = SUGGEST_WORDS,
                                               .text = str_copy(a->c->mem, like[k].meant),
                                               .n = n_of_word(a, like[k].meant)};
        }
    }
}

static void suggest(struct asking *a, struct search_answer *out)
{
    out->suggestions = ARENA_ARRAY(a->c->mem, struct search_suggestion, MOST_SUGGESTIONS);
    if (a->is_nothing || a->n_here > 0)
        return;
    if (a->ask->n_choices > 0 && a->n_without_choices > a->n_found)
        out->suggestions[out->n_suggestions++] =
            (struct search_suggestion){.kind = SUGGEST_WITHOUT_FACETS, .n = a->n_without_choices};
    for (int i = 0; i < out->n_understood && out->n_suggestions < MOST_SUGGESTIONS; i++) {
        const struct need *const need = out->understood[i].need;
        const int n = out->understood[i].is_main
                          ? 0
                          : n_of_need(a, (int)(need - needs_at(a->shelf->needs, 0)));

        if (n > 0)
            out->suggestions[out->n_suggestions++] =
                (struct search_suggestion){.kind = SUGGEST_NEED, .need = need, .n = n};
    }
    if (a->n_needs == 0)
        for (int i = 0; i < a->n_words; i++)
            suggest_like(a, out, &a->words[i]);
}

void asking_tell(struct asking *a, struct search_answer *out)
{
    const struct geo *const g = a->shelf->geo;
    const int first = (out->page - 1) * out->page_size;
    int n = a->n_found - first;

    n = n < 0 ? 0 : n > out->page_size ? out->page_size : n;
    out->n_total = a->n_found;
    out->n_here = a->n_here;
    out->n_pages = (a->n_found + out->page_size - 1) / out->page_size;
    out->km = a->reach == REACH_KM && (a->has_point || a->comune >= 0) ? a->km : 0;
    out->area_id = a->comune >= 0         ? g->areas[g->comuni[a->comune].area].area_id
                   : a->is_district_asked ? g->areas[a->district].area_id
                                          : 0;
    out->territory_no = g->no;
    out->hits = ARENA_ARRAY(a->c->mem, struct search_hit, (size_t)n);
    for (int i = 0; i < n; i++)
        tell_hit(a, &a->found[first + i], &out->hits[out->n_hits++]);
    tell_facets(a, out);
    tell_understood(a, out);
    suggest(a, out);
}

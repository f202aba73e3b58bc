/* simulations_invent.c - an invented population: every household follows from the seed and its own number alone. */
#include "base/buf.h"
#include "base/macros.h"
#include "base/map.h"
#include "base/splitmix.h"
#include "base/tables.h"
#include "simulations_private.h"
#include <string.h>

enum { MAX_SIZE = 6, MAX_BANDS = 8, ADULT = 18, OLD = 65 };

enum role { ALONE, PARTNER, PARENT, CHILD };

/* One list of margins with its weights summed up. */
struct pick {
    int64_t low[MAX_BANDS], high[MAX_BANDS], until[MAX_BANDS];
    int n;
};

struct making {
    struct simulations_population *out;
    uint64_t seed;
    struct arena *mem; /* gone when the population stands */
    struct simulations_table table;
    const struct simulations_row *income_share, *rent_range;
    struct pick size, alone, two, parent, child, isee;
    int64_t rent[5], couple_two, couple_more, disabled_young, disabled_old;
    int64_t *first, *isee_ord;
    uint8_t *quintile, *role;
    int64_t *age; /* years */
};

/* What is drawn for a household or person of a population under a name of its own: no order of drawing matters. */
static uint64_t draw(const struct making *m, uint64_t what, int64_t who)
{
    return splitmix_of(m->seed ^ splitmix_of(what ^ splitmix_of((uint64_t)who)));
}

static int64_t below(uint64_t drawn, int64_t n)
{
    return (int64_t)(((unsigned __int128)drawn * (uint64_t)n) >> 64);
}

static uint64_t salt(struct str name)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < name.n; i++)
        h = (h ^ (unsigned char)name.p[i]) * UINT64_C(0x100000001b3);
    return h;
}

static void read_pick(const struct simulations_table *t, const char *what, struct pick *out)
{
    int64_t sum = 0;

    *out = (struct pick){0};
    for (int i = 0; i < t->n && out->n < MAX_BANDS; i++) {
        if (!str_eq_z(t->rows[i].what, what))
            continue;
        out->low[out->n] = t->rows[i].low;
        out->high[out->n] = t->rows[i].high;
        out->until[out->n++] = sum += t->rows[i].weight;
    }
}

static int which(const struct pick *p, uint64_t drawn)
{
    const int64_t at = below(drawn, p->until[p->n - 1]);
    int i = 0;

    while (at >= p->until[i])
        i++;
    return i;
}

static int64_t weight_of(const struct simulations_table *t, const char *what, const char *key)
{
    const struct simulations_row *const r = simulations_row_of(t, what, str_of(key));

    return r == NULL ? 0 : r->weight;
}

static void read_margins(struct making *m)
{
    static const char *const fifths[] = {"1", "2", "3", "4", "5"};

    simulations_table_open(m->mem, &m->table);
    read_pick(&m->table, "size", &m->size);
    read_pick(&m->table, "age_alone", &m->alone);
    read_pick(&m->table, "age_two", &m->two);
    read_pick(&m->table, "age_parent", &m->parent);
    read_pick(&m->table, "age_child", &m->child);
    read_pick(&m->table, "isee", &m->isee);
    for (int i = 0; i < 5; i++)
        m->rent[i] = weight_of(&m->table, "rent", fifths[i]);
    m->couple_two = weight_of(&m->table, "couple", "2");
    m->couple_more = weight_of(&m->table, "couple", "3");
    m->disabled_young = weight_of(&m->table, "disabled", "young");
    m->disabled_old = weight_of(&m->table, "disabled", "old");
    m->income_share = simulations_row_of(&m->table, "share", STR("reddito_familiare"));
    m->rent_range = simulations_row_of(&m->table, "fact", STR("canone_mensile"));
}

static int64_t from_to(uint64_t drawn, int64_t low, int64_t high)
{
    return low + below(drawn, high - low + 1);
}

static int64_t age_of(const struct making *m, const struct pick *p, int64_t who)
{
    const int i = which(p, draw(m, 11, who));

    return from_to(draw(m, 12, who), p->low[i], p->high[i]);
}

/* Who lives there: the adults first. */
static void fill_household(struct making *m, int64_t h)
{
    const int64_t from = m->first[h], n = m->first[h + 1] - from;
    const bool is_couple = n > 1 && below(draw(m, 13, h), 1000) < (n == 2 ? m->couple_two : m->couple_more);
    const bool has_children = n > 2 || (n == 2 && !is_couple);
    int64_t youngest = 0;

    for (int64_t i = 0; i < n; i++) {
        const int64_t who = from + i;
        const bool is_adult = i == 0 || (i == 1 && is_couple);

        m->role[who] = n == 1 ? ALONE : !is_adult ? CHILD : has_children ? PARENT : PARTNER;
        m->age[who] = age_of(m, n == 1 ? &m->alone : !is_adult ? &m->child : has_children ? &m->parent : &m->two, who);
        if (i == 1 && is_couple) { /* near the first's age */
            const int64_t near = m->age[from] - 4 + below(draw(m, 14, who), 9);

            m->age[who] = near < ADULT + 2 ? ADULT + 2 : near;
        }
        if (is_adult)
            youngest = i == 0 || m->age[who] < youngest ? m->age[who] : youngest;
        else if (m->age[who] > youngest - 17)
            m->age[who] = below(draw(m, 15, who), youngest - 17);
    }
}

static bool is_disabled(const struct making *m, int64_t who)
{
    return below(draw(m, 16, who), 1000) < (m->age[who] >= OLD ? m->disabled_old : m->disabled_young);
}

static bool in_rent(const struct making *m, int64_t h)
{
    return below(draw(m, 17, h), 1000) < m->rent[m->quintile[h]];
}

/* Hundredths; Annex 1 of D.P.C.M. 159/2013. */
static int64_t scale_of(int64_t n)
{
    static const int64_t scale[] = {100, 157, 204, 246, 285};

    return n <= ARRAY_LEN(scale) ? scale[n - 1] : 285 + 35 * (n - 5);
}

static int64_t part_of(const struct making *m, const struct simulations_row *r, int64_t whole, uint64_t what, int64_t h)
{
    return r == NULL ? whole : whole * from_to(draw(m, what, h), r->low, r->high) / 1000;
}

/* Whole euro. */
static int64_t income_of(const struct making *m, int64_t h)
{
    return part_of(m, m->income_share, m->isee_ord[h] * scale_of(m->first[h + 1] - m->first[h]) / 100, 20, h) / 100 * 100;
}

static int64_t ranged(const struct making *m, const struct simulations_row *r, uint64_t what, int64_t who)
{
    return r == NULL ? 0 : from_to(draw(m, what, who), r->low, r->high) * 100;
}

/* ---- facts that hang together; all others are drawn by their row ---- */

enum derived {
    OF_ISEE,
    OF_PART,
    OF_INCOME,
    OF_RENT,
    OF_RENT_YEAR,
    OF_RENT_MONTH,
    OF_HOME,
    OF_AGE,
    OF_CHILD,
    OF_DEPENDENT,
    OF_DISABLED,
    OF_SEVERE,
    OF_NOT_SELF,
    OF_CARE,
    OF_WORK,
    OF_PENSION
};

static const struct {
    const char *name;
    enum derived how;
} derivations[] = {
    {"isee_ord", OF_ISEE},          {"isee_min", OF_ISEE},           {"isee_pfi", OF_PART},
    {"isee_soc", OF_PART},          {"isee_res", OF_PART},          {"isee_uni", OF_PART},          {"isee_cor", OF_PART},          {"reddito_familiare", OF_INCOME}, {"in_affitto", OF_RENT},
    {"affitto_annuo", OF_RENT_YEAR}, {"canone_mensile", OF_RENT_MONTH}, {"casa_valore_imu", OF_HOME},
    {"mutuo_residuo", OF_HOME},     {"eta", OF_AGE},                 {"figlio_convivente", OF_CHILD},
    {"figlio_a_carico", OF_DEPENDENT}, {"disabile", OF_DISABLED},    {"disabile_grave", OF_SEVERE},
    {"non_autosufficiente", OF_NOT_SELF}, {"carichi_di_cura", OF_CARE}, {"reddito_dipendente", OF_WORK},
    {"reddito_pensione", OF_PENSION},
};

static int derivation_of(struct str name)
{
    for (int i = 0; i < ARRAY_LEN(derivations); i++)
        if (str_eq_z(name, derivations[i].name))
            return i;
    return -1;
}

static int64_t of_household(const struct making *m, enum derived how, uint64_t what, const struct simulations_row *row, int64_t h)
{
    switch (how) {
    case OF_PART:
        return part_of(m, row, m->isee_ord[h], what, h);
    case OF_INCOME:
        return income_of(m, h);
    case OF_RENT:
        return in_rent(m, h);
    case OF_RENT_YEAR:
        return in_rent(m, h) ? ranged(m, m->rent_range, 21, h) * 12 : 0;
    case OF_RENT_MONTH:
        return in_rent(m, h) ? ranged(m, m->rent_range, 21, h) : 0;
    case OF_HOME:
        return in_rent(m, h) ? 0 : ranged(m, row, what, h);
    default:
        return m->isee_ord[h];
    }
}

static int64_t of_member(const struct making *m, enum derived how, const struct simulations_row *row, int64_t h, int64_t who)
{
    const int64_t age = m->age[who];
    const bool is_child = m->role[who] == CHILD;

    switch (how) {
    case OF_AGE:
        return age * RULES_DEN;
    case OF_CHILD:
        return is_child;
    case OF_DEPENDENT:
        return is_child && age < 21;
    case OF_DISABLED:
        return is_disabled(m, who);
    case OF_SEVERE:
        return is_disabled(m, who) && below(draw(m, 18, who), 3) == 0;
    case OF_NOT_SELF:
        return age >= OLD && is_disabled(m, who);
    case OF_CARE:
        return age >= ADULT && !is_child && row != NULL && below(draw(m, 19, who), 1000) < row->weight;
    case OF_WORK:
        return who == m->first[h] && age < OLD ? income_of(m, h) : 0;
    default:
        return who == m->first[h] && age >= OLD ? income_of(m, h) : 0;
    }
}

/* A fact that hangs on nothing else: a share for yes and no, a range for numbers. */
static int64_t alone(const struct making *m, const struct rules_fact *f, const struct simulations_row *r, uint64_t what, int64_t who)
{
    const uint64_t drawn = draw(m, what, who);
    int64_t usual;

    if (r == NULL)
        return simulations_value(f, f->usual, &usual) ? usual : 0;
    if (f->type == RULES_BOOL)
        return below(drawn, 1000) < r->weight;
    if (f->type == RULES_CODE)
        return below(drawn, f->n_codes);
    return from_to(drawn, r->low, r->high) * (f->type == RULES_MONEY ? 100 : RULES_DEN);
}

/* Into numbers or truths, by the number of the household or person; both NULL: only whether it can be said. */
static bool fill_column(const struct making *m, const struct rules_fact *f, int64_t *numbers, uint8_t *truths)
{
    const struct simulations_population *const o = m->out;
    const int how = derivation_of(f->name);
    const bool is_part = how >= 0 && derivations[how].how == OF_PART;
    const struct simulations_row *const row = simulations_row_of(&m->table, is_part ? "share" : "fact", f->name);
    const uint64_t what = salt(f->name);
    int64_t usual;

    if (how < 0 && row == NULL && (f->usual.n == 0 || !simulations_value(f, f->usual, &usual)))
        return false;
    if (numbers == NULL && truths == NULL)
        return true;
    for (int64_t h = 0; h < o->p.n_households; h++) {
        const int64_t from = f->is_of_member ? m->first[h] : h, to = f->is_of_member ? m->first[h + 1] : h + 1;

        for (int64_t i = from; i < to; i++) {
            const int64_t v = how < 0              ? alone(m, f, row, what, i)
                              : f->is_of_member ? of_member(m, derivations[how].how, row, h, i)
                                                : of_household(m, derivations[how].how, what, row, h);

            if (truths != NULL)
                truths[i] = (uint8_t)v;
            else
                numbers[i] = v;
        }
    }
    return true;
}

/* Numbers as numbers, yes and no as bytes; nothing at all for a fact that nobody can say. */
static void put_column(const struct making *m, int i, const int64_t **numbers, const uint8_t **truths)
{
    const struct simulations_population *const o = m->out;
    const struct rules_fact *const f = rules_fact_at(o->facts, i);
    const size_t n = (size_t)(f->is_of_member ? o->p.n_members : o->p.n_households) + 1;

    if (!fill_column(m, f, NULL, NULL))
        return;
    if (f->type == RULES_BOOL) {
        uint8_t *const c = arena_alloc(o->own, n);

        fill_column(m, f, NULL, c);
        truths[i] = c;
    } else {
        int64_t *const c = arena_array(o->own, n, sizeof *c);

        fill_column(m, f, c, NULL);
        numbers[i] = c;
    }
}

static void fill_frame(struct making *m)
{
    struct simulations_population *const o = m->out;
    const int64_t n = o->p.n_households;

    m->first = arena_array(o->own, (size_t)n + 1, sizeof *m->first);
    for (int64_t h = 0; h < n; h++)
        m->first[h + 1] = m->first[h] + which(&m->size, draw(m, 1, h)) + 1;
    o->p.n_members = m->first[n];
    o->p.first_member = m->first;
    m->isee_ord = arena_array(m->mem, (size_t)n + 1, sizeof *m->isee_ord);
    m->quintile = arena_alloc(m->mem, (size_t)n + 1);
    m->role = arena_alloc(m->mem, (size_t)o->p.n_members + 1);
    m->age = arena_array(m->mem, (size_t)o->p.n_members + 1, sizeof *m->age);
    for (int64_t h = 0; h < n; h++) {
        const int q = which(&m->isee, draw(m, 2, h));

        m->quintile[h] = (uint8_t)q;
        m->isee_ord[h] = from_to(draw(m, 3, h), m->isee.low[q] * 100 + (q > 0), m->isee.high[q] * 100);
        fill_household(m, h);
    }
}

static void fill_kinds(struct making *m)
{
    struct simulations_population *const o = m->out;
    uint8_t *const kinds = arena_alloc(o->own, (size_t)o->p.n_households + 1);

    for (int64_t h = 0; h < o->p.n_households; h++) {
        int n_minors = 0, n_old = 0;
        bool has_disabled = false;

        for (int64_t i = m->first[h]; i < m->first[h + 1]; i++) {
            n_minors += m->age[i] < ADULT;
            n_old += m->age[i] >= OLD;
            has_disabled |= is_disabled(m, i);
        }
        const int n = (int)(m->first[h + 1] - m->first[h]);

        kinds[h] = simulations_kinds_of(n, n - n_minors, n_minors, n_old, has_disabled);
    }
    o->kinds = kinds;
}

static void fill_places(struct making *m)
{
    struct arena *const mem = m->mem;
    struct simulations_population *const o = m->out;
    struct simulations_places all;
    int32_t *const place = arena_array(o->own, (size_t)o->p.n_households + 1, sizeof *place);

    simulations_places_open(mem, &all);
    struct str *const names = arena_array(o->own, (size_t)all.n + 1, sizeof *names);
    struct str *const codes = arena_array(o->own, (size_t)all.n + 1, sizeof *codes);
    struct str *const zones = arena_array(o->own, (size_t)all.n + 1, sizeof *zones);
    int32_t *const zone_of = arena_array(o->own, (size_t)all.n + 1, sizeof *zone_of);
    struct map known = map_new(mem, 64);

    for (int i = 0; i < all.n; i++) {
        names[i] = str_copy(o->own, all.names[i]);
        codes[i] = str_copy(o->own, all.codes[i]);
        zone_of[i] = map_add(&known, all.zones[i], o->n_zones);
        if (zone_of[i] == o->n_zones)
            zones[o->n_zones++] = str_copy(o->own, all.zones[i]);
    }
    for (int64_t h = 0; h < o->p.n_households; h++) {
        const int64_t at = below(draw(m, 4, h), all.until[all.n - 1]);
        int low = 0, high = all.n - 1;

        while (low < high) {
            const int mid = (low + high) / 2;

            if (at < all.until[mid])
                high = mid;
            else
                low = mid + 1;
        }
        place[h] = low;
    }
    o->place = place;
    o->places = names;
    o->place_codes = codes;
    o->zones = zones;
    o->zone_of = zone_of;
    o->n_places = all.n;
}

/* The tables that it was made from belong to what it is. */
static void put_hash(struct arena *mem, struct simulations_population *o)
{
    static const char *const files[] = {"simulations/margins.csv", "programme/projects.csv", "territory/memberships.csv", "territory/comuni.csv"};
    struct buf b = buf_new(mem, 400);

    buf_fmt(&b, "synthetic 1 %llu %lld", (unsigned long long)o->seed, (long long)o->p.n_households);
    for (int i = 0; i < ARRAY_LEN(files); i++) {
        const struct table_file *const t = table_find(files[i]);
        char h[SIMULATIONS_HASH + 1];

        simulations_hash(t == NULL ? STR("") : t->bytes, h);
        buf_fmt(&b, " %s", h);
    }
    simulations_hash(buf_view(&b), o->hash);
}

struct simulations_population *simulations_invent(const struct rules_facts *f, uint64_t seed, int64_t n, const bool *wanted)
{
    struct arena *const own = arena_new(0), *const mem = arena_new(0);
    struct simulations_population *const o = arena_alloc(own, sizeof *o);
    const int n_facts = rules_n_facts(f);
    const int64_t **const house = arena_array(own, (size_t)n_facts + 1, sizeof *house);
    const int64_t **const member = arena_array(own, (size_t)n_facts + 1, sizeof *member);
    const uint8_t **const known = arena_array(own, (size_t)n_facts + 1, sizeof *known);
    const uint8_t **const truths = arena_array(own, (size_t)n_facts + 1, sizeof *truths);
    struct making m = {.out = o, .seed = splitmix_of(seed), .mem = mem};

    *o = (struct simulations_population){.own = own, .facts = f, .seed = seed, .is_synthetic = true};
    o->p.n_households = n;
    read_margins(&m);
    fill_frame(&m);
    fill_kinds(&m);
    fill_places(&m);
    for (int i = 0; i < n_facts; i++) {
        const struct rules_fact *const a = rules_fact_at(f, i);

        if (wanted == NULL || wanted[i])
            put_column(&m, i, a->is_of_member ? member : house, truths);
    }
    o->p.of_household = house;
    o->p.of_member = member;
    o->p.known = known;
    o->p.truths = truths;
    put_hash(mem, o);
    arena_free(mem);
    return o;
}

void simulations_free(struct simulations_population *p)
{
    if (p != NULL && p->own != NULL)
        arena_free(p->own);
}

void simulations_margins(struct arena *mem, const struct simulations_margin **out, int *n_out)
{
    struct simulations_table t;

    simulations_table_open(mem, &t);
    struct simulations_margin *const list = ARENA_ARRAY(mem, struct simulations_margin, (size_t)t.n + 1);

    for (int i = 0; i < t.n; i++) {
        const struct simulations_row *const r = &t.rows[i];

        list[i].label = r->weight >= 0 ? str_fmt(mem, "%.*s: %lld per mille", (int)r->label.n, r->label.p, (long long)r->weight)
                        : r->high > 0  ? str_fmt(mem, "%.*s: da %lld a %lld", (int)r->label.n, r->label.p, (long long)r->low, (long long)r->high)
                                       : r->label;
        list[i].source = STR("esempio");
    }
    *out = list;
    *n_out = t.n;
}

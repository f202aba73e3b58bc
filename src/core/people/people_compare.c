/* people_compare.c - levels of agreement of a pair, each pair of texts measured once. */
#include "people_compare.h"
#include "people_measure.h"
#include <string.h>

enum { CACHE_SLOTS = 1 << 17, NONE = PEOPLE_LEVEL_NONE, NAME_DIFFERS = 6, TEXT_DIFFERS = 3 };

/* Jaro-Winkler from which names and texts are on a level. */
#define NAME_VERY_NEAR 0.92
#define NAME_NEAR 0.84
#define NAME_A_LITTLE 0.75
#define TEXT_VERY_NEAR 0.92
#define TEXT_NEAR 0.83

const char *const people_column_name[PEOPLE_COLUMNS] = {
    "given_name", "surname", "order", "birth_date", "tax_code", "number", "sex", "birth_place", "citizenship",
    "address", "municipality", "phone", "email", "postcode", "extra1", "extra2"};
const uint8_t people_column_levels[PEOPLE_COLUMNS] = {7, 7, 2, 8, 7, 3, 2, 4, 2, 5, 4, 3, 4, 4, 4, 4};

/* Kinds of measures kept in the cache. */
enum measured { GIVEN, SURNAME, PLACE, STREET, EMAIL, OTHER, MEASURED };
static const enum people_kind kinds[MEASURED] = {PEOPLE_OF_NAME, PEOPLE_OF_NAME, PEOPLE_OF_PLACE, PEOPLE_OF_STREET, PEOPLE_OF_EMAIL,
                                                 PEOPLE_OF_OTHER};

/* What can be said of a name without reading it: most pairs are of names that have nothing to do with each other. */
struct known_name {
    struct people_letters letters;
    uint64_t sounds; /* a bit for each sound that it could share; names without a common bit share none */
    uint32_t group;
};

/* Of every value by its number, as far as they were asked for. */
struct shelf {
    void *rows;
    uint32_t n, room;
};

struct people_comparer {
    struct arena *mem;
    const struct people_set *set;
    people_jw_fn jw;
    struct people_bar name_bar, agreement_bar, text_bar;
    struct shelf names, texts[PEOPLE_KINDS], phones;
    uint64_t *cache; /* both numbers, the measure and its level; 0: free */
};

struct people_comparer *people_comparer_new(struct arena *mem, const struct people_set *set)
{
    struct people_comparer *c = ARENA_NEW(mem, struct people_comparer);

    c->mem = mem;
    c->set = set;
    c->jw = people_jw32();
    c->name_bar = people_bar_of(NAME_A_LITTLE);
    c->agreement_bar = people_bar_of(NAME_VERY_NEAR);
    c->text_bar = people_bar_of(TEXT_NEAR);
    c->cache = ARENA_ARRAY(mem, uint64_t, CACHE_SLOTS);
    return c;
}

static uint64_t sound_bit(uint64_t sound)
{
    return (uint64_t)1 << (sound * 0x9e3779b97f4a7c15u >> 58);
}

static void know_name(const struct people_set *set, uint32_t id, struct known_name *out)
{
    const struct people_name *n = people_set_name(set, id);

    out->letters = people_letters_of(n->joined, n->n);
    out->group = people_set_group(set, id);
    out->sounds = n->n_tokens == 0 ? ~(uint64_t)0 : sound_bit(n->sound) | sound_bit(n->sound_russian);
    for (int i = 0; i < n->n_tokens; i++)
        out->sounds |= sound_bit(n->token[i].sound) | (n->token[i].tail != 0 ? sound_bit(n->token[i].tail) : 0);
}

/* A telephone number in four bits a figure: 0 when it is too long for them. */
static uint64_t figures_of(const struct people_value *v)
{
    uint64_t f = 0;

    for (int i = 0; i < v->n; i++)
        f = f << 4 | (v->text[i] & 15);
    return v->n <= 16 ? f : 0;
}

/* Rows up to the value asked for, and all others that the set has by now. */
static void *grow_shelf(struct people_comparer *c, struct shelf *s, enum people_kind kind, size_t size)
{
    const uint32_t n = people_set_n_values(c->set, kind);

    if (n > s->room) {
        const uint32_t room = n + n / 2;

        s->rows = s->room == 0 ? arena_array(c->mem, room, size) : arena_grow(c->mem, s->rows, s->room * size, room * size);
        s->room = room;
    }
    s->n = n;
    return s->rows;
}

static const struct known_name *known_name(struct people_comparer *c, uint32_t id)
{
    if (__builtin_expect(id >= c->names.n, 0)) {
        uint32_t i = c->names.n;
        struct known_name *rows = grow_shelf(c, &c->names, PEOPLE_OF_NAME, sizeof *rows);

        for (i = i == 0 ? 1 : i; i < c->names.n; i++)
            know_name(c->set, i, &rows[i]);
    }
    return (const struct known_name *)c->names.rows + id;
}

static const struct people_letters *letters_of(struct people_comparer *c, enum people_kind kind, uint32_t id)
{
    struct shelf *s = &c->texts[kind];

    if (__builtin_expect(id >= s->n, 0)) {
        uint32_t i = s->n;
        struct people_letters *rows = grow_shelf(c, s, kind, sizeof *rows);

        for (i = i == 0 ? 1 : i; i < s->n; i++)
            rows[i] = people_letters_of(people_set_value(c->set, kind, i)->text, people_set_value(c->set, kind, i)->n);
    }
    return (const struct people_letters *)s->rows + id;
}

static uint64_t phone_of(struct people_comparer *c, uint32_t id)
{
    if (__builtin_expect(id >= c->phones.n, 0)) {
        uint32_t i = c->phones.n;
        uint64_t *rows = grow_shelf(c, &c->phones, PEOPLE_OF_PHONE, sizeof *rows);

        for (i = i == 0 ? 1 : i; i < c->phones.n; i++)
            rows[i] = figures_of(people_set_value(c->set, PEOPLE_OF_PHONE, i));
    }
    return ((const uint64_t *)c->phones.rows)[id];
}

static bool same_token(const struct people_token *a, const struct people_token *b)
{
    if (a->n < 3 || b->n < 3)
        return false;
    return a->sound == b->sound || (a->tail != 0 && (a->tail == b->sound || a->tail == b->tail)) || (b->tail != 0 && b->tail == a->sound);
}

static int shared_tokens(const struct people_name *a, const struct people_name *b)
{
    int n = 0;

    for (int i = 0; i < a->n_tokens; i++)
        for (int k = 0; k < b->n_tokens; k++)
            if (same_token(&a->token[i], &b->token[k])) {
                n++;
                break;
            }
    return n;
}

static bool starts_with(const struct people_name *a, const struct people_name *b)
{
    return b->n >= 4 && a->n > b->n && memcmp(a->joined, b->joined, b->n) == 0;
}

static int name_level(struct people_comparer *c, uint32_t x, uint32_t y, enum measured m)
{
    const struct people_name *a = people_set_name(c->set, x), *b = people_set_name(c->set, y);
    const uint32_t group = people_set_group(c->set, x);

    if (memcmp(a->joined, b->joined, sizeof a->joined) == 0)
        return 0;
    if (a->sound == b->sound || a->sound_russian == b->sound_russian || (m == GIVEN && group != 0 && group == people_set_group(c->set, y)))
        return 1;
    const int n_shared = shared_tokens(a, b), n_least = a->n_tokens < b->n_tokens ? a->n_tokens : b->n_tokens;

    if (n_shared >= n_least)
        return 2;
    const double jw = c->jw(a->joined, a->n, b->joined, b->n);

    if (jw >= NAME_VERY_NEAR || starts_with(a, b) || starts_with(b, a))
        return 3;
    if (a->n >= 4 && b->n >= 4 && people_is_one_slip(a->joined, a->n, b->joined, b->n))
        return 3;
    if (n_shared > 0 || jw >= NAME_NEAR)
        return 4;
    return jw >= NAME_A_LITTLE || ((a->n == 1 || b->n == 1) && a->joined[0] == b->joined[0]) ? 5 : NAME_DIFFERS;
}

static int text_level(struct people_comparer *c, enum people_kind kind, uint32_t x, uint32_t y)
{
    const struct people_value *a = people_set_value(c->set, kind, x), *b = people_set_value(c->set, kind, y);
    const double jw = c->jw(a->text, a->n, b->text, b->n);

    return jw >= TEXT_VERY_NEAR ? 1 : jw >= TEXT_NEAR ? 2 : TEXT_DIFFERS;
}

/* One figure differs, or two neighbours are exchanged: of numbers of the same length, four bits a figure. */
static bool is_one_slip_of_figures(uint64_t x, uint64_t y)
{
    const uint64_t d = x ^ y;

    if (d == 0)
        return true;
    const int low = __builtin_ctzll(d) & ~3, high = (63 - __builtin_clzll(d)) & ~3;

    return high == low || (high == low + 4 && (x >> low & 15) == (y >> high & 15) && (x >> high & 15) == (y >> low & 15));
}

static int phone_level(struct people_comparer *c, uint32_t x, uint32_t y)
{
    const uint64_t fx = phone_of(c, x), fy = phone_of(c, y);
    const struct people_value *a = people_set_value(c->set, PEOPLE_OF_PHONE, x), *b = people_set_value(c->set, PEOPLE_OF_PHONE, y);

    if (a->n == b->n && fx != 0 && fy != 0)
        return is_one_slip_of_figures(fx, fy) ? 1 : 2;
    return people_is_one_slip(a->text, a->n, b->text, b->n) ? 1 : 2;
}

static int measure(struct people_comparer *c, enum measured m, uint32_t x, uint32_t y)
{
    /* Jaro's matching depends on which text comes first: the lower one, whatever their numbers are */
    if (memcmp(people_set_value(c->set, kinds[m], x)->text, people_set_value(c->set, kinds[m], y)->text, PEOPLE_NAME_MAX) > 0) {
        const uint32_t t = x;

        x = y;
        y = t;
    }
    return m <= SURNAME ? name_level(c, x, y, m) : text_level(c, kinds[m], x, y);
}

/* True only of names that are on the last level: nothing that sounds alike, and too few letters in common. What begins with the
 * other, or is one slip from it, has more of them than that. */
static bool are_surely_different(struct people_comparer *c, uint32_t x, uint32_t y, enum measured m)
{
    const struct known_name *a = known_name(c, x), *b = known_name(c, y);

    if ((a->sounds & b->sounds) != 0 || (m == GIVEN && a->group != 0 && a->group == b->group))
        return false;
    if (!people_letters_miss(&a->letters, &b->letters, people_letters_common(&a->letters, &b->letters), &c->name_bar))
        return false;
    return (a->letters.n > 1 && b->letters.n > 1) || people_letters_head(&a->letters, &b->letters) == 0;
}

static int level_in_cache(struct people_comparer *c, enum measured m, uint32_t x, uint32_t y)
{
    const uint64_t low = x < y ? x : y, high = x < y ? y : x;
    const uint64_t key = low << 36 | high << 8 | (uint64_t)m << 4;
    uint64_t *slot = &c->cache[(key * 0x9e3779b97f4a7c15u) >> 47];

    static_assert(CACHE_SLOTS == 1 << (64 - 47), "the slot is the top bits");
    if ((*slot & ~(uint64_t)15) == key)
        return (int)(*slot & 15);
    const int l = measure(c, m, (uint32_t)low, (uint32_t)high);

    *slot = key | (uint64_t)l;
    return l;
}

/* The level of two values, 0 when they are one; NONE when one is not known. */
static inline int level(struct people_comparer *c, enum measured m, uint32_t x, uint32_t y)
{
    if (x == 0 || y == 0)
        return NONE;
    if (x == y)
        return 0;
    if (m <= SURNAME)
        return are_surely_different(c, x, y, m) ? NAME_DIFFERS : level_in_cache(c, m, x, y);
    const struct people_letters *a = letters_of(c, kinds[m], x), *b = letters_of(c, kinds[m], y);

    return people_letters_miss(a, b, people_letters_common(a, b), &c->text_bar) ? TEXT_DIFFERS : level_in_cache(c, m, x, y);
}

/* Whether a given name and a surname are one name, as far as levels that agree go. */
static bool names_agree(struct people_comparer *c, uint32_t x, uint32_t y)
{
    if (x == y)
        return true;
    const struct known_name *a = known_name(c, x), *b = known_name(c, y);

    if ((a->sounds & b->sounds) == 0) {
        const uint32_t n_common = people_letters_common(&a->letters, &b->letters);
        const uint32_t most = a->letters.n > b->letters.n ? a->letters.n : b->letters.n;

        /* one slip leaves all letters but one, a name that begins with the other has its first four */
        if (n_common + 1 < most && people_letters_head(&a->letters, &b->letters) < 4 &&
            people_letters_miss(&a->letters, &b->letters, n_common, &c->agreement_bar))
            return false;
    }
    return level_in_cache(c, SURNAME, x, y) <= PEOPLE_NAME_AGREES;
}

/* 80 is 0x80. */
static uint64_t two_figures(uint32_t n)
{
    return n + 6 * (n / 10);
}

static uint64_t figures_of_day(uint32_t x)
{
    return two_figures(x / 1000000) << 24 | two_figures(x / 10000 % 100) << 16 | two_figures(x / 100 % 100) << 8 | two_figures(x % 100);
}

static int birth_level(uint32_t x, uint32_t y)
{
    const int year_x = (int)(x / 10000), year_y = (int)(y / 10000), apart = year_x > year_y ? year_x - year_y : year_y - year_x;
    const uint32_t month_x = x / 100 % 100, month_y = y / 100 % 100, day_x = x % 100, day_y = y % 100;

    if (x % 10000 == 0 || y % 10000 == 0)
        return apart == 0 ? 4 : apart == 1 ? 6 : 7;
    if (x == y)
        return 0;
    if (apart == 0 && month_x == day_y && day_x == month_y)
        return 1;
    if ((apart == 0 || day_x == day_y) && is_one_slip_of_figures(figures_of_day(x), figures_of_day(y)))
        return 2; /* one slip leaves the year or the day as it is */
    if ((apart == 0) + (month_x == month_y) + (day_x == day_y) >= 2)
        return 3;
    if (apart == 0 && (x % 10000 == 101 || y % 10000 == 101))
        return 4;
    return apart == 0 ? 5 : apart == 1 ? 6 : 7;
}

/* A date typed wrong beside a code that has it right: the better of the two is meant. */
static int best_birth(const struct people_record *a, const struct people_record *b)
{
    const uint32_t x[2] = {a->birth, a->birth_of_code}, y[2] = {b->birth, b->birth_of_code};
    int best = NONE;

    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            if (x[i] != 0 && y[k] != 0 && (i == 0 || x[0] != x[1]) && (k == 0 || y[0] != y[1])) {
                const int l = birth_level(x[i], y[k]);

                best = l < best ? l : best;
            }
    return best;
}

/* With two codes to compare, a date that only comes from a code would be said twice. */
static int compare_births(const struct people_record *a, const struct people_record *b, int tax)
{
    if (tax == NONE)
        return best_birth(a, b);
    if (((a->flags | b->flags) & PEOPLE_BIRTH_DERIVED) != 0 || a->birth == 0 || b->birth == 0)
        return NONE;
    return birth_level(a->birth, b->birth);
}

static int tax_level(const struct people_set *set, uint32_t x, uint32_t y)
{
    if (x == 0 || y == 0)
        return NONE;
    const struct people_code *a = people_set_code(set, x), *b = people_set_code(set, y);
    const size_t least = a->n < b->n ? a->n : b->n;

    if (least < 15 && memcmp(a->base, b->base, least) == 0)
        return least >= 11 ? 2 : 3;
    if (least == 15 && memcmp(a->base, b->base, 15) == 0)
        return a->is_valid && b->is_valid ? 0 : 1;
    if (!(a->is_valid && b->is_valid)) {
        if (!people_is_one_slip(a->base, least, b->base, least))
            return 4;
        return least == 15 ? 1 : least >= 11 ? 2 : 4;
    }
    return memcmp(a->base, b->base, 3) == 0 || memcmp(a->base + 6, b->base + 6, 5) == 0 ? 5 : 6;
}

static int address_level(struct people_comparer *c, const struct people_record *a, const struct people_record *b, int place)
{
    const int street = level(c, STREET, a->street, b->street);

    if (street == NONE)
        return NONE;
    if (street >= 2)
        return street == 2 && a->house != 0 && a->house == b->house ? 3 : 4;
    if (place != NONE && place >= 2)
        return 3;
    if (a->house != 0 && a->house == b->house)
        return street == 0 ? 0 : 1;
    return a->house == 0 || b->house == 0 ? 1 : 2;
}

static uint64_t put(uint64_t pattern, int column, int l)
{
    return pattern | (uint64_t)l << (4 * column);
}

/* Names straight, or exchanged when that is clearly what happened. */
static uint64_t compare_names(struct people_comparer *c, const struct people_record *a, const struct people_record *b, bool *agree)
{
    int given = level(c, GIVEN, a->given, b->given), surname = level(c, SURNAME, a->surname, b->surname), order = NONE;

    if ((given > PEOPLE_NAME_AGREES || surname > PEOPLE_NAME_AGREES) && given != NONE && surname != NONE) {
        if (names_agree(c, a->given, b->surname) && names_agree(c, a->surname, b->given)) {
            const int g = level(c, SURNAME, a->given, b->surname), s = level(c, SURNAME, a->surname, b->given);

            given = g < s ? g : s; /* which of the two is which is not known: the same both ways */
            surname = g < s ? s : g;
            order = 1;
        }
    }
    *agree = given <= PEOPLE_NAME_AGREES && surname <= PEOPLE_NAME_AGREES;
    if (*agree && order == NONE)
        order = 0;
    return put(put(put(0, PEOPLE_COL_GIVEN, given), PEOPLE_COL_SURNAME, surname), PEOPLE_COL_ORDER, order);
}

/* What the names already say is not said twice: sex after the given name, the state after both. */
static uint64_t compare_origins(struct people_comparer *c, const struct people_record *a, const struct people_record *b, uint64_t p,
                                bool names_agree, bool has_tax)
{
    /* who is called so is mostly from there: one name is enough for the state to say nothing more */
    const bool one_agrees = people_level(p, PEOPLE_COL_GIVEN) <= PEOPLE_NAME_AGREES || people_level(p, PEOPLE_COL_SURNAME) <= PEOPLE_NAME_AGREES;
    int sex = a->sex == 0 || b->sex == 0 ? NONE : a->sex != b->sex;
    int place = level(c, PLACE, a->birthplace, b->birthplace);
    int state = a->origin == 0 || b->origin == 0 ? NONE : a->origin != b->origin;

    if (sex == 0 && people_level(p, PEOPLE_COL_GIVEN) <= 2)
        sex = NONE;
    if (has_tax && ((a->flags | b->flags) & PEOPLE_SEX_DERIVED) != 0)
        sex = NONE;
    if (place == 0 && one_agrees && (a->flags & PEOPLE_PLACE_IS_STATE) != 0)
        place = NONE;
    if (has_tax && ((a->flags | b->flags) & PEOPLE_PLACE_DERIVED) != 0)
        place = NONE;
    if (((a->flags ^ b->flags) & PEOPLE_PLACE_IS_STATE) != 0)
        place = NONE; /* a state and a town of it may both be true */
    if (state == 0 && (one_agrees || place == 0))
        state = NONE;
    p = put(put(p, PEOPLE_COL_SEX, sex), PEOPLE_COL_BIRTHPLACE, place);
    return put(p, PEOPLE_COL_CITIZENSHIP, state);
}

uint64_t people_compare(struct people_comparer *c, uint32_t ia, uint32_t ib)
{
    const struct people_record *a = people_set_record(c->set, ia), *b = people_set_record(c->set, ib);
    bool agree;
    uint64_t p = compare_names(c, a, b, &agree);
    const int tax = tax_level(c->set, a->tax, b->tax);
    int place = level(c, PLACE, a->municipality, b->municipality);
    const int address = address_level(c, a, b, place), number = level(c, OTHER, a->number, b->number);

    p = put(put(p, PEOPLE_COL_BIRTH, compare_births(a, b, tax)), PEOPLE_COL_TAX, tax);
    p = compare_origins(c, a, b, p, agree, tax != NONE);
    if (address <= 1 && place == 0)
        place = NONE; /* the address has said it */
    p = put(put(p, PEOPLE_COL_ADDRESS, address), PEOPLE_COL_MUNICIPALITY, place);
    p = put(p, PEOPLE_COL_NUMBER, number == NONE ? NONE : number > 2 ? 2 : number);
    p = put(p, PEOPLE_COL_PHONE, a->phone == 0 || b->phone == 0 ? NONE : a->phone == b->phone ? 0 : phone_level(c, a->phone, b->phone));
    p = put(p, PEOPLE_COL_EMAIL, level(c, EMAIL, a->email, b->email));
    p = put(p, PEOPLE_COL_POSTCODE, level(c, OTHER, a->postcode, b->postcode));
    p = put(p, PEOPLE_COL_EXTRA1, level(c, OTHER, a->extra1, b->extra1));
    return put(p, PEOPLE_COL_EXTRA2, level(c, OTHER, a->extra2, b->extra2));
}

bool people_are_surely_two(const struct people_set *set, uint32_t a, uint32_t b)
{
    const int l = tax_level(set, people_set_record(set, a)->tax, people_set_record(set, b)->tax);

    return l == 5 || l == 6;
}

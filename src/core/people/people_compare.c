/* people_compare.c - levels of agreement of a pair, each pair of texts measured once. */
#include "people_compare.h"
#include "people_measure.h"
#include <string.h>

enum { CACHE_SLOTS = 1 << 17, NONE = PEOPLE_LEVEL_NONE };

const char *const people_column_name[PEOPLE_COLUMNS] = {
    "given_name", "surname", "order", "birth_date", "tax_code", "number", "sex", "birth_place", "citizenship",
    "address", "municipality", "phone", "email", "postcode", "extra1", "extra2"};
const uint8_t people_column_levels[PEOPLE_COLUMNS] = {7, 7, 2, 8, 7, 3, 2, 4, 2, 5, 4, 3, 4, 4, 4, 4};

/* Kinds of measures kept in the cache. */
enum measured { GIVEN, SURNAME, PLACE, STREET, EMAIL, OTHER, PHONE };

struct people_comparer {
    const struct people_set *set;
    people_jw_fn jw;
    uint64_t *cache; /* both numbers, the measure and its level; 0: free */
};

struct people_comparer *people_comparer_new(struct arena *mem, const struct people_set *set)
{
    struct people_comparer *c = ARENA_NEW(mem, struct people_comparer);

    c->set = set;
    c->jw = people_jw32();
    c->cache = ARENA_ARRAY(mem, uint64_t, CACHE_SLOTS);
    return c;
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

    if (jw >= 0.92 || starts_with(a, b) || starts_with(b, a))
        return 3;
    if (a->n >= 4 && b->n >= 4 && people_is_one_slip(a->joined, a->n, b->joined, b->n))
        return 3;
    if (n_shared > 0 || jw >= 0.84)
        return 4;
    return jw >= 0.75 || ((a->n == 1 || b->n == 1) && a->joined[0] == b->joined[0]) ? 5 : 6;
}

static int text_level(struct people_comparer *c, enum people_kind kind, uint32_t x, uint32_t y)
{
    const struct people_value *a = people_set_value(c->set, kind, x), *b = people_set_value(c->set, kind, y);
    const double jw = c->jw(a->text, a->n, b->text, b->n);

    if (kind == PEOPLE_OF_PHONE)
        return people_is_one_slip(a->text, a->n, b->text, b->n) ? 1 : 2;
    return jw >= 0.92 ? 1 : jw >= 0.83 ? 2 : 3;
}

static int measure(struct people_comparer *c, enum measured m, uint32_t x, uint32_t y)
{
    static const enum people_kind kinds[] = {PEOPLE_OF_NAME, PEOPLE_OF_NAME, PEOPLE_OF_PLACE, PEOPLE_OF_STREET, PEOPLE_OF_EMAIL,
                                             PEOPLE_OF_OTHER, PEOPLE_OF_PHONE};

    /* Jaro's matching depends on which text comes first: the lower one, whatever their numbers are */
    if (memcmp(people_set_value(c->set, kinds[m], x)->text, people_set_value(c->set, kinds[m], y)->text, PEOPLE_NAME_MAX) > 0) {
        const uint32_t t = x;

        x = y;
        y = t;
    }
    return m <= SURNAME ? name_level(c, x, y, m) : text_level(c, kinds[m], x, y);
}

/* The level of two values, 0 when they are one; NONE when one is not known. */
static int level(struct people_comparer *c, enum measured m, uint32_t x, uint32_t y)
{
    if (x == 0 || y == 0)
        return NONE;
    if (x == y)
        return 0;
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

static bool is_one_slip_of_figures(uint32_t x, uint32_t y)
{
    char a[8], b[8];

    for (int i = 7; i >= 0; i--, x /= 10, y /= 10) {
        a[i] = (char)('0' + x % 10);
        b[i] = (char)('0' + y % 10);
    }
    return people_is_one_slip(a, 8, b, 8);
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
    if (is_one_slip_of_figures(x, y))
        return 2;
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
        const int g = level(c, SURNAME, a->given, b->surname), s = level(c, SURNAME, a->surname, b->given);

        if (g <= PEOPLE_NAME_AGREES && s <= PEOPLE_NAME_AGREES) {
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
    int sex = a->sex == 0 || b->sex == 0 ? NONE : a->sex != b->sex;
    int place = level(c, PLACE, a->birthplace, b->birthplace);
    int state = a->origin == 0 || b->origin == 0 ? NONE : a->origin != b->origin;

    if (sex == 0 && people_level(p, PEOPLE_COL_GIVEN) <= 2)
        sex = NONE;
    if (has_tax && ((a->flags | b->flags) & PEOPLE_SEX_DERIVED) != 0)
        sex = NONE;
    if (place == 0 && names_agree && (a->flags & PEOPLE_PLACE_IS_STATE) != 0)
        place = NONE;
    if (has_tax && ((a->flags | b->flags) & PEOPLE_PLACE_DERIVED) != 0)
        place = NONE;
    if (((a->flags ^ b->flags) & PEOPLE_PLACE_IS_STATE) != 0)
        place = NONE; /* a state and a town of it may both be true */
    if (state == 0 && (names_agree || place == 0))
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
    p = put(p, PEOPLE_COL_PHONE, level(c, PHONE, a->phone, b->phone));
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

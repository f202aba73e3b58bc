/* people_reference.c - groups of given names, states, Belfiore codes. */
#include "people_reference.h"
#include "base/date.h"
#include "base/sheet.h"
#include "people_measure.h"
#include <string.h>

enum { SLOTS = 16384, MOST_AFTER = 16 };

struct entry {
    uint64_t key; /* 0: free */
    uint32_t group; /* of states: their place in state[] */
};

struct state {
    struct str name, written; /* folded, and as the table has it */
    char code[5];
    char after[MOST_AFTER][5]; /* of a state that is no more: those that came after */
    int n_after, until;
    bool is_met; /* it has other names too: desks meet it, so a slip in its name is looked for */
};

struct people_reference {
    struct arena *mem;
    struct entry groups[SLOTS];
    struct entry names[2048]; /* of states */
    struct entry codes[1024];
    struct state state[512];
    int n_states;
    const struct people_places *places;
};

static struct entry *slot(struct entry *table, int n, uint64_t key)
{
    uint64_t at = key & (uint64_t)(n - 1);

    while (table[at].key != 0 && table[at].key != key)
        at = (at + 1) & (uint64_t)(n - 1);
    return &table[at];
}

static struct str folded(struct arena *mem, struct str typed)
{
    char f[PEOPLE_TEXT_MAX];
    const size_t n = people_fold(typed, PEOPLE_UKRAINIAN, f, sizeof f);

    return str_copy(mem, (struct str){f, n});
}

static void read_groups(struct people_reference *r, struct arena *mem)
{
    const struct sheet s = sheet_of_table(mem, "people/given_names.csv");

    for (int i = 0; i < s.n_rows; i++) {
        struct str rest = sheet_cell(&s, i, "names");

        while (rest.n > 0) {
            struct people_name name;

            people_name_read(str_cut(&rest, '|'), &name);
            struct entry *e = slot(r->groups, SLOTS, name.sound);

            if (name.n > 0 && e->key == 0)
                *e = (struct entry){.key = name.sound, .group = (uint32_t)i + 1};
        }
    }
}

static void name_state(struct people_reference *r, struct str folded_name, int state)
{
    const uint64_t key = people_hash(folded_name.p, folded_name.n);

    *slot(r->names, ARRAY_LEN(r->names), key) = (struct entry){.key = key, .group = (uint32_t)state};
}

static void read_states(struct people_reference *r)
{
    const struct sheet s = sheet_of_table(r->mem, "people/states.csv");

    for (int i = 0; i < s.n_rows && r->n_states < ARRAY_LEN(r->state); i++) {
        struct state *state = &r->state[r->n_states];
        const struct str code = sheet_cell(&s, i, "belfiore");
        struct str also = sheet_cell(&s, i, "also"), after = sheet_cell(&s, i, "now");

        state->written = sheet_cell(&s, i, "name");
        state->name = folded(r->mem, state->written);
        state->until = day_parse(sheet_cell(&s, i, "until"));
        state->is_met = also.n > 0;
        name_state(r, state->name, r->n_states);
        while (also.n > 0)
            name_state(r, folded(r->mem, str_cut(&also, '|')), r->n_states);
        while (after.n > 0 && state->n_after < MOST_AFTER) {
            const struct str one = str_cut(&after, '|');

            memcpy(state->after[state->n_after++], one.p, one.n < 4 ? one.n : 4);
        }
        if (code.n == 4) {
            memcpy(state->code, code.p, 4);
            *slot(r->codes, ARRAY_LEN(r->codes), people_hash(code.p, 4)) =
                (struct entry){.key = people_hash(code.p, 4), .group = (uint32_t)r->n_states};
        }
        r->n_states++;
    }
}

struct people_reference *people_reference_new(struct arena *mem)
{
    struct people_reference *r = ARENA_NEW(mem, struct people_reference);

    r->mem = mem;
    read_groups(r, mem);
    read_states(r);
    r->places = people_places_new(mem);
    return r;
}

void people_reference_use(struct people_reference *r, const struct people_places *places)
{
    r->places = places;
}

uint32_t people_reference_group(const struct people_reference *r, const struct people_name *name)
{
    return slot((struct entry *)r->groups, SLOTS, name->sound)->group;
}

static const struct state *state_named(const struct people_reference *r, struct str f)
{
    const struct entry *e = f.n == 0 ? NULL : slot((struct entry *)r->names, ARRAY_LEN(r->names), people_hash(f.p, f.n));

    return e == NULL || e->key == 0 ? NULL : &r->state[e->group];
}

static const struct state *state_of_code(const struct people_reference *r, const char *code)
{
    const struct entry *e = slot((struct entry *)r->codes, ARRAY_LEN(r->codes), people_hash(code, strlen(code)));

    return e->key == 0 ? NULL : &r->state[e->group];
}

/* "Ciina", "Maroco": one slip from a state that desks meet. */
static const struct state *state_nearly(const struct people_reference *r, struct str f)
{
    for (int i = 0; i < r->n_states && f.n >= 4; i++)
        if (r->state[i].is_met && people_is_one_slip(f.p, f.n, r->state[i].name.p, r->state[i].name.n))
            return &r->state[i];
    return NULL;
}

static bool comes_after(const struct state *ended, const char *code)
{
    for (int i = 0; i < ended->n_after; i++)
        if (strcmp(ended->after[i], code) == 0)
            return true;
    return false;
}

/* Today's state for one that is no more: the only one after it, or that of the citizenship; NULL: it cannot be told. */
static const struct state *today_of(const struct people_reference *r, const struct state *s, struct str citizenship)
{
    if (s == NULL || s->n_after == 0)
        return s;
    if (s->n_after == 1)
        return state_of_code(r, s->after[0]);
    char f[PEOPLE_TEXT_MAX];
    const struct str folded_name = {f, people_fold(citizenship, PEOPLE_UKRAINIAN, f, sizeof f)};
    const struct state *of = state_named(r, folded_name);

    return of != NULL && comes_after(s, of->code) ? of : NULL;
}

struct str people_reference_state(const struct people_reference *r, struct str typed)
{
    char f[PEOPLE_TEXT_MAX];
    const struct str name = {f, people_fold(typed, PEOPLE_UKRAINIAN, f, sizeof f)};
    const struct state *s = state_named(r, name);

    s = today_of(r, s != NULL ? s : state_nearly(r, name), STR(""));
    return s == NULL ? (struct str){"", 0} : s->name;
}

static struct people_birthplace of_state(const struct people_reference *r, const struct state *s, struct str citizenship)
{
    const struct state *today = today_of(r, s, citizenship);
    struct people_birthplace b = {.is_state = true, .is_known = true, .ended = s->n_after > 1 ? (int)(s - r->state) + 1 : 0};

    b.name = today == NULL ? (struct str){"", 0} : today->name;
    if (today != NULL)
        memcpy(b.code, today->code, sizeof b.code);
    return b;
}

static struct people_birthplace of_place(const struct people_reference *r, const struct people_place *place)
{
    const struct people_place *today = people_places_today(r->places, place);
    struct people_birthplace b = {.name = today->folded, .is_known = true};

    memcpy(b.code, today->code, sizeof b.code);
    return b;
}

struct people_birthplace people_reference_birthplace(const struct people_reference *r, struct str typed, struct str citizenship,
                                                     char room[PEOPLE_TEXT_MAX])
{
    const struct str f = {room, people_fold(typed, PEOPLE_UKRAINIAN, room, PEOPLE_TEXT_MAX)};
    const struct state *s = state_named(r, f);

    if (s != NULL)
        return of_state(r, s, citizenship);
    const struct people_place *place = people_places_named(r->places, f);

    if (place != NULL)
        return of_place(r, place);
    s = state_nearly(r, f);
    return s != NULL ? of_state(r, s, citizenship) : (struct people_birthplace){.name = f};
}

struct people_birthplace people_reference_of_code(const struct people_reference *r, const char *belfiore, int day, struct str citizenship,
                                                  bool *was_then)
{
    *was_then = true;
    if (belfiore[0] == 'Z') {
        const struct state *s = state_of_code(r, belfiore);

        *was_then = s == NULL || s->until == DAY_NONE || day == DAY_NONE || day <= s->until;
        return s == NULL ? (struct people_birthplace){.is_state = true} : of_state(r, s, citizenship);
    }
    const struct people_place *place = people_places_on(r->places, belfiore, day, was_then);

    *was_then = *was_then || place == NULL || day == DAY_NONE;
    return place == NULL ? (struct people_birthplace){.name = {"", 0}} : of_place(r, place);
}

bool people_reference_differ(const struct people_reference *r, const struct people_birthplace *a, const struct people_birthplace *b)
{
    if (!a->is_known || !b->is_known)
        return false;
    if (a->ended > 0 || b->ended > 0) {
        const struct state *ended = &r->state[(a->ended > 0 ? a : b)->ended - 1];
        const struct people_birthplace *other = a->ended > 0 ? b : a;

        return a->ended != b->ended && !comes_after(ended, other->code);
    }
    if (a->is_state != b->is_state) /* "Italia" has no code of its own: a town of it is in it */
        return (a->is_state ? a : b)->code[0] == 'Z';
    return strcmp(a->code, b->code) != 0;
}

struct str people_reference_name(const struct people_reference *r, const char *belfiore, int day)
{
    bool was_then;
    const struct state *s = belfiore[0] == 'Z' ? state_of_code(r, belfiore) : NULL;
    const struct people_place *place = s != NULL ? NULL : people_places_on(r->places, belfiore, day, &was_then);

    return s != NULL ? s->written : place != NULL ? place->name : (struct str){"", 0};
}

struct str people_reference_municipality(const struct people_reference *r, struct str typed, char room[PEOPLE_TEXT_MAX])
{
    const struct str f = {room, people_fold(typed, PEOPLE_UKRAINIAN, room, PEOPLE_TEXT_MAX)};
    const struct people_place *place = people_places_named(r->places, f);

    return place == NULL ? f : people_places_today(r->places, place)->folded;
}

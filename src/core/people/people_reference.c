/* people_reference.c - groups of given names, states, Belfiore codes. */
#include "people_reference.h"
#include "base/sheet.h"
#include "people_measure.h"
#include <string.h>

enum { SLOTS = 16384 };

struct entry {
    uint64_t key; /* 0: free */
    uint32_t group;
    struct str text;
};

struct people_reference {
    struct entry groups[SLOTS];
    struct entry states[1024]; /* by name */
    struct entry places[SLOTS]; /* by code */
    struct str state[512];
    int n_states;
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

static void read_states(struct people_reference *r, struct arena *mem)
{
    const struct sheet s = sheet_of_table(mem, "people/states.csv");

    for (int i = 0; i < s.n_rows; i++) {
        const struct str name = folded(mem, sheet_cell(&s, i, "name")), code = sheet_cell(&s, i, "belfiore");
        struct str rest = sheet_cell(&s, i, "also");

        *slot(r->states, ARRAY_LEN(r->states), people_hash(name.p, name.n)) =
            (struct entry){.key = people_hash(name.p, name.n), .text = name};
        if (code.n > 0)
            *slot(r->places, SLOTS, people_hash(code.p, code.n)) = (struct entry){.key = people_hash(code.p, code.n), .text = name};
        while (rest.n > 0) {
            const struct str also = folded(mem, str_cut(&rest, '|'));

            *slot(r->states, ARRAY_LEN(r->states), people_hash(also.p, also.n)) =
                (struct entry){.key = people_hash(also.p, also.n), .text = name};
        }
        if (r->n_states < ARRAY_LEN(r->state))
            r->state[r->n_states++] = name;
    }
}

struct people_reference *people_reference_new(struct arena *mem)
{
    struct people_reference *r = ARENA_NEW(mem, struct people_reference);
    const struct sheet comuni = sheet_of_table(mem, "territory/comuni.csv");

    read_groups(r, mem);
    read_states(r, mem);
    for (int i = 0; i < comuni.n_rows; i++) {
        const struct str code = sheet_cell(&comuni, i, "belfiore");

        *slot(r->places, SLOTS, people_hash(code.p, code.n)) =
            (struct entry){.key = people_hash(code.p, code.n), .text = folded(mem, sheet_cell(&comuni, i, "name"))};
    }
    return r;
}

uint32_t people_reference_group(const struct people_reference *r, const struct people_name *name)
{
    return slot((struct entry *)r->groups, SLOTS, name->sound)->group;
}

struct str people_reference_state(const struct people_reference *r, struct str typed)
{
    char f[PEOPLE_TEXT_MAX];
    const size_t n = people_fold(typed, PEOPLE_UKRAINIAN, f, sizeof f);

    if (n == 0)
        return (struct str){"", 0};
    const struct entry *e = slot((struct entry *)r->states, ARRAY_LEN(r->states), people_hash(f, n));

    if (e->key != 0 || n < 4)
        return e->text;
    for (int i = 0; i < r->n_states; i++) /* "Ciina", "Maroco" */
        if (people_is_one_slip(f, n, r->state[i].p, r->state[i].n))
            return r->state[i];
    return (struct str){"", 0};
}

struct str people_reference_place(const struct people_reference *r, const char *belfiore)
{
    return slot((struct entry *)r->places, SLOTS, people_hash(belfiore, strlen(belfiore)))->text;
}

/* people_block.c - keys of a record. */
#include "people_blocks.h"
#include <sodium.h>
#include <string.h>

enum { GIVEN_YEAR = 7, MONTH_DAY_GIVEN = 11 };

const char *const people_pass_name[PEOPLE_PASSES] = {
    "tax-code", "sound-of-names", "birth-given", "birth-surname", "birth-initials", "phone", "surname-year", "given-year",
    "tax-code-11", "surname-given-3", "surname-municipality", "month-day-given", "address-given", "given-surname-3-year",
    "3-3-municipality", "email", "first-words", "number", "given-postcode", "given-municipality",
    "birth", "given", "surname", "address"};

/* A given name with a year, or with a day without its year, is hardly more than one field: of four million records these
 * two alone make half of all pairs, and hardly a person that no other key finds. */
int people_pass_most(int pass, int max_block)
{
    const int most = pass >= 20 ? 60 : pass == GIVEN_YEAR || pass == MONTH_DAY_GIVEN ? 100 : max_block;

    return most < max_block ? most : max_block;
}

static void part(struct people_making *m, const void *bytes, size_t n)
{
    m->is_whole = m->is_whole && n > 0;
    if (m->n + n + 1 > sizeof m->bytes)
        n = sizeof m->bytes - m->n - 1;
    memcpy(m->bytes + m->n, bytes, n);
    m->n += n;
    m->bytes[m->n++] = '|';
}

static void part_number(struct people_making *m, uint64_t v)
{
    part(m, &v, v == 0 ? 0 : sizeof v);
}

static void part_value(struct people_making *m, const struct people_set *set, enum people_kind kind, uint32_t id)
{
    const struct people_value *v = people_set_value(set, kind, id);

    part(m, v->text, v->n);
}

/* The first letters of a name; fewer are fewer. */
static void part_head(struct people_making *m, const struct people_name *n, int most)
{
    part(m, n->joined, n->n < most ? n->n : (size_t)most);
}

static void part_both(struct people_making *m, uint64_t x, uint64_t y)
{
    part_number(m, x < y ? x : y);
    part_number(m, x < y ? y : x);
}

/* Sound is the key of a first word too; a word of one or two letters says little but is what there is. */
static uint64_t first_word(const struct people_name *n)
{
    return n->n_tokens == 0 ? 0 : n->token[0].sound;
}

static void make_names(struct people_making *m, int pass, const struct people_record *r, const struct people_name *g, const struct people_name *s)
{
    const uint32_t day = r->birth % 10000 == 0 ? 0 : r->birth, year = r->birth / 10000;

    switch (pass) {
    case 1:
        part_both(m, g->sound, s->sound);
        break;
    case 2:
        part_number(m, day);
        part_head(m, g, 1);
        break;
    case 3:
        part_number(m, day);
        part_head(m, s, 1);
        break;
    case 4: /* exchanged names, whole dates: the first letters in either order */
        part_number(m, day % 10000);
        part_both(m, g->n == 0 ? 0 : (uint64_t)g->joined[0], s->n == 0 ? 0 : (uint64_t)s->joined[0]);
        part_number(m, year % 10 + 1);
        break;
    case 6:
        part_number(m, s->sound);
        part_number(m, year);
        break;
    case 7:
        part_number(m, g->sound);
        part_number(m, year);
        break;
    case 9:
        part_number(m, s->sound);
        part_head(m, g, 3);
        break;
    case 11:
        part_number(m, day % 10000);
        part_number(m, first_word(g));
        break;
    case 13:
        part_number(m, first_word(g));
        part_head(m, s, 3);
        part_number(m, year);
        break;
    case 20:
        part_number(m, day);
        break;
    case 21:
        part_number(m, g->sound);
        break;
    case 22:
        part_number(m, s->sound);
        break;
    default: /* 16 */
        part_both(m, first_word(g), first_word(s));
        break;
    }
}

static void make_others(struct people_making *m, int pass, const struct people_set *set, const struct people_record *r, const struct people_name *g,
                        const struct people_name *s)
{
    const struct people_code *code = people_set_code(set, r->tax);

    switch (pass) {
    case 0:
        part(m, code->base, code->n == 15 ? 15 : 0);
        break;
    case 5:
        part_value(m, set, PEOPLE_OF_PHONE, r->phone);
        break;
    case 8:
        part(m, code->base, code->n >= 11 ? 11 : 0);
        break;
    case 10:
        part_number(m, s->sound);
        part_value(m, set, PEOPLE_OF_PLACE, r->municipality);
        break;
    case 12:
        part_value(m, set, PEOPLE_OF_STREET, r->street);
        part_number(m, r->house);
        part_head(m, g, 1);
        break;
    case 14:
        part_head(m, g, 3);
        part_head(m, s, 3);
        part_value(m, set, PEOPLE_OF_PLACE, r->municipality);
        break;
    case 15:
        part_value(m, set, PEOPLE_OF_EMAIL, r->email);
        break;
    case 17:
        part_value(m, set, PEOPLE_OF_OTHER, r->number);
        break;
    case 23:
        part_value(m, set, PEOPLE_OF_STREET, r->street);
        part_number(m, r->house);
        part_value(m, set, PEOPLE_OF_PLACE, r->municipality);
        break;
    case 18:
        part_number(m, g->sound);
        part_value(m, set, PEOPLE_OF_OTHER, r->postcode);
        break;
    default: /* 19 */
        part_number(m, g->sound);
        part_value(m, set, PEOPLE_OF_PLACE, r->municipality);
        break;
    }
}

bool people_block_make(const struct people_set *set, uint32_t i, int pass, struct people_making *m)
{
    static const bool of_names[PEOPLE_PASSES] = {[1] = true, [2] = true, [3] = true, [4] = true, [6] = true, [7] = true,
                                                 [9] = true, [11] = true, [13] = true, [16] = true, [20] = true, [21] = true, [22] = true};
    const struct people_record *r = people_set_record(set, i);
    const struct people_name *g = people_set_name(set, r->given), *s = people_set_name(set, r->surname);

    m->n = 0;
    m->is_whole = true;
    part_number(m, (uint64_t)pass + 1);
    if (of_names[pass])
        make_names(m, pass, r, g, s);
    else
        make_others(m, pass, set, r, g, s);
    return m->is_whole;
}

void people_block_keys(const struct people_set *set, uint32_t i, const unsigned char secret[PEOPLE_KEY_BYTES], uint64_t out[PEOPLE_PASSES])
{
    for (int pass = 0; pass < PEOPLE_PASSES; pass++) {
        struct people_making m;
        unsigned char digest[16];

        out[pass] = 0;
        if (people_block_make(set, i, pass, &m)) {
            crypto_generichash(digest, sizeof digest, (const unsigned char *)m.bytes, m.n, secret, PEOPLE_KEY_BYTES);
            memcpy(&out[pass], digest, sizeof out[pass]);
        }
    }
}

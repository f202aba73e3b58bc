/* publish_api_conditions.c - what a term or a taxonomy asks of a service. */
#include "base/sheet.h"
#include "publish_api_directory.h"
#include <sodium.h>
#include <string.h>

uint64_t api_hash_of(struct str s)
{
    unsigned char b[16];
    uint64_t h;

    crypto_generichash(b, sizeof b, (const unsigned char *)s.p, s.n, NULL, 0);
    memcpy(&h, b, sizeof h);
    return h | 1; /* never 0 */
}

static int target_index(struct arena *mem, struct str code)
{
    const struct sheet s = sheet_of_table(mem, "needs/areas.csv");

    for (int i = 0; i < s.n_rows && i < 64; i++)
        if (str_eq(sheet_cell(&s, i, "code"), code))
            return i;
    return -1;
}

int api_need_index(const struct needs *needs, struct str id)
{
    for (int i = 0; i < needs_n(needs) && i < API_MOST_NEEDS; i++)
        if (str_eq(needs_at(needs, i)->id, id))
            return i;
    return -1;
}

static bool has_code(const struct str *codes, int n, struct str code)
{
    for (int i = 0; i < n; i++)
        if (str_eq(codes[i], code))
            return true;
    return false;
}

/* All needs to which a code (or a group) leads. */
static void add_needs(struct api_condition *k, const struct needs *needs, const struct api_term *t)
{
    for (int i = 0; i < needs_n(needs) && i < API_MOST_NEEDS; i++) {
        const struct need *need = needs_at(needs, i);
        const bool is_in =
            t->taxonomy == OWN_SIUSS   ? has_code(need->siuss, need->n_siuss, t->code)
            : t->taxonomy == OWN_CISIS ? has_code(need->cisis, need->n_cisis, t->code)
            : t->is_group                  ? str_eq(needs_group(needs, need->group)->id, t->code)
                                           : str_eq(need->id, t->code);

        if (is_in)
            k->needs[i / 64] |= (uint64_t)1 << (i % 64);
    }
}

static void add_term(struct ctx *c, struct api_condition *k, const struct needs *needs,
                     const struct api_term *t)
{
    int i;

    switch (t->taxonomy) {
    case OWN_NEEDS:
    case OWN_SIUSS:
    case OWN_CISIS:
        add_needs(k, needs, t);
        break;
    case OWN_TARGETS:
        i = target_index(c->mem, t->code);
        k->targets |= i < 0 ? 0 : (uint64_t)1 << i;
        break;
    case OWN_KINDS:
        k->kinds |= (uint32_t)1 << catalogue_kind_of(t->code);
        break;
    case OWN_MARKS:
        for (i = 0; i < MARK_COUNT; i++)
            if (str_eq(api_mark_term(c, (enum api_mark)i).code, t->code))
                k->marks |= (uint32_t)1 << i;
        break;
    case OWN_COUNT:
        break;
    }
}

struct api_condition api_condition_of_term(struct ctx *c, const struct needs *needs,
                                           struct str uuid)
{
    struct api_condition k = {.foreign = api_hash_of(uuid)};
    struct api_term *terms;
    int n;

    api_terms(c, needs, &terms, &n);
    for (int i = 0; i < n; i++)
        if (str_eq(api_term_id(c->mem, &terms[i]), uuid))
            add_term(c, &k, needs, &terms[i]);
    return k;
}

struct api_condition api_condition_of_taxonomy(struct ctx *c, const struct needs *needs,
                                               struct str uuid)
{
    struct api_condition k = {.foreign = api_hash_of(uuid)};
    struct api_term *terms;
    int n, tax = 0;

    while (tax < OWN_COUNT && !str_eq(catalogue_taxonomy_uuid(c->mem, (enum own_taxonomy)tax), uuid))
        tax++;
    if (tax == OWN_COUNT)
        return k;
    api_terms(c, needs, &terms, &n);
    for (int i = 0; i < n; i++)
        if (terms[i].taxonomy == (enum own_taxonomy)tax)
            add_term(c, &k, needs, &terms[i]);
    return k;
}

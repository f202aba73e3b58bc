/* Any bytes as the text of a rule: refused with line and column, or asked, with its examples, in bounded time. */
#include "features/rules/rules_population.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static int n_lines(const unsigned char *data, size_t size)
{
    int n = 1;

    for (size_t i = 0; i < size; i++)
        n += data[i] == '\n';
    return n;
}

/* One person and one child elsewhere, of whom nothing is known; then everything. */
static void ask(struct arena *mem, const struct rules *r, const struct rules_facts *f)
{
    struct rules_household *const h = rules_household_with(mem, f, 1, 1);
    struct rules_answer a;
    struct str why;

    for (int round = 0; round < 2; round++) {
        const enum status st = rules_ask(mem, r, f, h, &a, &why);

        for (int i = 0; st == ST_OK && i < a.n_steps; i++)
            if (rules_sentence(mem, r, f, &a.steps[i]).n == 0)
                abort();
        for (int i = 0; i < rules_n_facts(f); i++) {
            h->values[i].known = RULES_CERTAIN;
            h->members[0].values[i].known = h->members[1].values[i].known = RULES_CERTAIN;
        }
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena *const mem = arena_new((size_t)256 << 20);
    const struct rules_facts *const f = rules_facts_open(mem);
    const struct rules *r = NULL;
    struct rules_error e;
    const enum status st = rules_parse(mem, f, (struct str){(const char *)data, size}, &r, &e);

    if (st == ST_OK) {
        if (rules_check_examples(mem, r, f, &e) != ST_OK && (e.key == NULL || e.line < 1))
            abort();
        ask(mem, r, f);
    } else if (e.key == NULL || r != NULL || e.line < 0 || e.line > n_lines(data, size) || (e.line > 0 && e.column < 1)) {
        abort();
    }
    arena_free(mem);
    return 0;
}

/* needs_feature.c - what needs gives to the program. */
#include "base/macros.h"
#include "needs.h"
#include "web/feature.h"
#include <stdio.h>

enum { N_SHOWN = 5, EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_WRONG_USE = 2 };

static void print_hit(const struct need_hit *h)
{
    const struct str label = h->need->label[NEED_IT].text;

    printf("%6d  %-24.*s  %.*s%s\n", h->score, (int)h->need->id.n, h->need->id.p, (int)label.n,
           label.p, h->is_by_group ? " (by its group)" : "");
    for (int i = 0; i < h->n_why; i++) {
        const struct need_reason *const r = &h->why[i];

        printf("        %.*s", (int)r->written.n, r->written.p);
        if (!str_eq(r->written, r->matched))
            printf(" -> %.*s", (int)r->matched.n, r->matched.p);
        printf("\n");
    }
}

/* wecare needs WORDS...: for who extends the tables of reference/needs. */
static int needs_command(struct db *d, int argc, char **argv)
{
    struct arena *mem = arena_new(0);
    struct need_hits hits;
    struct str phrase = STR("");

    if (argc < 1) {
        fprintf(stderr, "wecare needs: write the words of a person, as \"mi sfrattano\"\n");
        arena_free(mem);
        return EXIT_WRONG_USE;
    }
    for (int i = 0; i < argc; i++)
        phrase = str_fmt(mem, "%.*s%s%s", (int)phrase.n, phrase.p, i > 0 ? " " : "", argv[i]);
    needs_find(needs_open(mem), mem, phrase, N_SHOWN, &hits);
    for (int i = 0; i < hits.n; i++)
        print_hit(&hits.list[i]);
    if (hits.n == 0)
        printf("no need was recognised\n");
    const int code = hits.n == 0 ? EXIT_REFUSED : EXIT_DONE;

    arena_free(mem);
    return code;
}

static const struct command commands[] = {
    {"needs",
     "WORDS: which needs the words of a person are taken for, and why; for who extends the tables",
     needs_command},
};

const struct feature needs_feature = {
    .name = "needs",
    .commands = commands,
    .n_commands = ARRAY_LEN(commands),
};

/* rules_command.c - wecare rules check|eval: rules and households as files. */
#include "base/macros.h"
#include "base/text.h"
#include "rules_feature.h"
#include "rules_show.h"
#include <stdio.h>
#include <string.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_WRONG_USE = 2 };

static bool read_file(struct arena *mem, const char *path, struct str *out)
{
    FILE *const f = fopen(path, "rb");

    if (f == NULL) {
        fprintf(stderr, "wecare rules: %s cannot be opened\n", path);
        return false;
    }
    char *const bytes = arena_alloc(mem, RULES_MAX_TEXT + 2);
    const size_t n = fread(bytes, 1, RULES_MAX_TEXT + 1, f);

    fclose(f);
    *out = (struct str){bytes, n};
    return true;
}

static bool read_rules(struct arena *mem, const struct rules_facts *facts, const char *path, const struct rules **out)
{
    struct rules_error e;
    struct str text;

    if (!read_file(mem, path, &text))
        return false;
    if (rules_parse(mem, facts, text, out, &e) == ST_OK)
        return true;
    const struct text_arg value = {"value", e.value};
    const struct str words = text_fill(mem, text_get(LANG_EN, e.key), &value, 1);

    fprintf(stderr, "%s:%d:%d: %.*s\n", path, e.line, e.column, (int)words.n, words.p);
    return false;
}

static void print_answer(struct arena *mem, const struct rules *r, const struct rules_facts *f, const struct rules_answer *a)
{
    static const char *const verdicts[] = {"sì", "probabile", "da verificare", "no"};
    const struct str name = rules_name(r);

    printf("%.*s: %s\n", (int)name.n, name.p, verdicts[a->verdict]);
    for (int i = 0; i < a->n_steps; i++) {
        const struct rules_step *const s = &a->steps[i];

        printf("  %-14s %.*s%s%.*s\n", s->is_requirement ? verdicts[s->verdict] : "", (int)s->text.n, s->text.p,
               s->sum.n > 0 ? ": " : "", (int)s->sum.n, s->sum.p);
        for (int j = 0; j < s->n_missing; j++) {
            const struct rules_fact *const m = rules_fact_at(f, s->missing[j]);

            printf("  %-14s   manca: %.*s\n", "", (int)m->label.n, m->label.p);
        }
    }
    for (int i = 0; i < a->n_amounts; i++) {
        const struct rules_amount *const x = &a->amounts[i];
        const struct str sum = rules_show_value(mem, &x->value);

        printf("%.*s: %.*s%s%.*s\n", (int)x->name.n, x->name.p, (int)sum.n, sum.p, x->per.n > 0 ? " al " : "",
               (int)x->per.n, x->per.p);
    }
}

static int eval(struct arena *mem, const struct rules_facts *facts, const char *rules_path, const char *household_path)
{
    const struct rules *r;
    struct rules_household *h;
    struct rules_answer a;
    struct str json, why;

    if (!read_rules(mem, facts, rules_path, &r) || !read_file(mem, household_path, &json))
        return EXIT_REFUSED;
    if (rules_household_read(mem, facts, json, &h, &why) != ST_OK || rules_ask(mem, r, facts, h, &a, &why) != ST_OK) {
        fprintf(stderr, "%s: %.*s\n", household_path, (int)why.n, why.p);
        return EXIT_REFUSED;
    }
    print_answer(mem, r, facts, &a);
    return EXIT_DONE;
}

int rules_command(struct db *d, int argc, char **argv)
{
    struct arena *const mem = arena_new(0);
    const struct rules_facts *const facts = rules_facts_open(mem);
    int code = EXIT_WRONG_USE;

    if (argc == 3 && strcmp(argv[0], "eval") == 0) {
        code = eval(mem, facts, argv[1], argv[2]);
    } else if (argc > 1 && strcmp(argv[0], "check") == 0) {
        code = EXIT_DONE;
        for (int i = 1; i < argc; i++) {
            const struct rules *r;

            if (!read_rules(mem, facts, argv[i], &r))
                code = EXIT_REFUSED;
            else
                printf("%s: right\n", argv[i]);
        }
    } else {
        fprintf(stderr, "wecare rules check FILE...\nwecare rules eval FILE HOUSEHOLD.json\n");
    }
    arena_free(mem);
    return code;
}

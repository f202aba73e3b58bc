/* rules_command.c - wecare isee, wecare rules check|eval|trace|ask: rules and households as files. */
#include "base/clock.h"
#include "base/date.h"
#include "base/macros.h"
#include "base/text.h"
#include "rules_chain.h"
#include "rules_feature.h"
#include "rules_show.h"
#include <stdio.h>
#include <string.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_WRONG_USE = 2 };

static const char *const verdicts[] = {"sì", "probabile", "da verificare", "no"};

/* What all the commands work with. */
struct desk {
    struct arena *mem;
    const struct rules_shelf *shelf;
    const struct rules_facts *facts;
};

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

static bool refuse(struct arena *mem, const char *path, const struct rules_error *e)
{
    const struct text_arg value = {"value", e->value};
    const struct str words = text_fill(mem, text_get(LANG_EN, e->key), &value, 1);

    fprintf(stderr, "%s:%d:%d: %.*s\n", path, e->line, e->column, (int)words.n, words.p);
    return false;
}

/* DAY as the last word, or today. */
static bool take_day(int argc, char **argv, int at, int *out)
{
    *out = argc > at ? day_parse(str_of(argv[at])) : clock_today();
    if (*out == DAY_NONE)
        fprintf(stderr, "%s is no day: write it as 2026-11-21\n", argv[at]);
    return *out != DAY_NONE;
}

/* A file; or the code of a text that is built in, as it holds on the day. */
static bool read_rules(const struct desk *d, const char *path, int day, const struct rules **out)
{
    struct rules_error e;
    struct str text;
    const struct rules *const known = rules_shelf_find(d->shelf, str_of(path), day);

    if (known != NULL) {
        *out = known;
        return true;
    }
    if (rules_shelf_pick(d->shelf, str_of(path), day) != NULL) {
        const struct str typed = day_iso(d->mem, day);

        fprintf(stderr, "wecare rules: no text of %s holds on %.*s\n", path, (int)typed.n, typed.p);
        return false;
    }
    if (!read_file(d->mem, path, &text))
        return false;
    return rules_parse(d->mem, d->facts, text, out, &e) == ST_OK || refuse(d->mem, path, &e);
}

static bool read_household(const struct desk *d, const char *path, struct rules_household **out)
{
    struct str json, why;

    if (!read_file(d->mem, path, &json))
        return false;
    if (rules_household_read(d->mem, d->facts, json, out, &why) == ST_OK)
        return true;
    fprintf(stderr, "%s: %.*s\n", path, (int)why.n, why.p);
    return false;
}

static void print_amounts(struct arena *mem, const struct rules_answer *a)
{
    for (int i = 0; i < a->n_amounts; i++) {
        const struct rules_amount *const x = &a->amounts[i];
        const struct str sum = rules_show_value(mem, &x->value);

        printf("%.*s: %.*s%s%.*s\n", (int)x->name.n, x->name.p, (int)sum.n, sum.p, x->per.n > 0 ? " al " : "",
               (int)x->per.n, x->per.p);
    }
}

static void print_steps(const struct rules_facts *f, const struct rules_answer *a)
{
    for (int i = 0; i < a->n_steps; i++) {
        const struct rules_step *const s = &a->steps[i];

        printf("  %-14s %.*s%s%.*s\n", s->is_requirement ? verdicts[s->verdict] : "", (int)s->text.n, s->text.p,
               s->sum.n > 0 ? ": " : "", (int)s->sum.n, s->sum.p);
        for (int j = 0; j < s->n_missing; j++) {
            const struct rules_fact *const m = rules_fact_at(f, s->missing[j]);

            printf("  %-14s   manca: %.*s\n", "", (int)m->label.n, m->label.p);
        }
    }
}

/* Each step is a sentence with its article and its date. */
static void print_sentences(const struct desk *d, const struct rules *r, const struct rules_answer *a)
{
    for (int i = 0; i < a->n_steps; i++) {
        const struct str words = rules_sentence(d->mem, r, d->facts, &a->steps[i]);

        printf("  %d. %.*s\n", i + 1, (int)words.n, words.p);
    }
}

static int eval(const struct desk *d, int argc, char **argv, bool as_sentences)
{
    const char *const household_path = argv[2];
    const struct rules *r;
    struct rules_household *h;
    struct rules_answer a;
    struct str why;
    int day;

    if (!take_day(argc, argv, 3, &day))
        return EXIT_WRONG_USE;
    if (!read_rules(d, argv[1], day, &r) || !read_household(d, household_path, &h))
        return EXIT_REFUSED;
    if (rules_ask(d->mem, r, d->facts, h, &a, &why) != ST_OK) {
        fprintf(stderr, "%s: a number grew too large in: %.*s\n", household_path, (int)why.n, why.p);
        return EXIT_REFUSED;
    }
    const struct str name = rules_name(r);

    printf("%.*s: %s\n", (int)name.n, name.p, verdicts[a.verdict]);
    if (as_sentences)
        print_sentences(d, r, &a);
    else
        print_steps(d->facts, &a);
    print_amounts(d->mem, &a);
    return EXIT_DONE;
}

static int check(const struct desk *d, const char *path)
{
    const struct rules *r;
    struct rules_error e;

    if (!read_rules(d, path, clock_today(), &r))
        return EXIT_REFUSED;
    if (rules_check_examples(d->mem, r, d->facts, &e) != ST_OK) {
        refuse(d->mem, path, &e);
        return EXIT_REFUSED;
    }
    printf("%s: right, %d examples hold\n", path, rules_n_examples(r));
    return EXIT_DONE;
}

/* ---- everything at once ---- */

static void print_due(const struct desk *d, const struct rules_due *x)
{
    const struct str name = rules_name(x->rules), where = rules_where(x->rules), source = rules_source_of(x->rules).text;

    printf("\n%.*s: %s\n", (int)name.n, name.p, verdicts[x->verdict]);
    for (int i = 0; i < x->answer.n_steps; i++) {
        const struct rules_step *const s = &x->answer.steps[i];

        if (!s->is_requirement || s->verdict <= RULES_PROBABLY)
            continue;
        const struct str words = rules_sentence(d->mem, x->rules, d->facts, s);

        printf("  %.*s\n", (int)words.n, words.p);
    }
    print_amounts(d->mem, &x->answer);
    if (x->is_unconfirmed && x->verdict != RULES_NO)
        printf("  Da verificare con: %.*s\n", (int)where.n, where.p);
    else if (where.n > 0 && x->verdict != RULES_NO)
        printf("  Dove: %.*s\n", (int)where.n, where.p);
    if (rules_deadline(x->rules).n > 0 && x->verdict != RULES_NO)
        printf("  Entro quando: %.*s\n", (int)rules_deadline(x->rules).n, rules_deadline(x->rules).p);
    for (int i = 0; i < x->n_against; i++) {
        const struct str other = rules_name(x->against[i]);

        printf("  Non insieme a: %.*s\n", (int)other.n, other.p);
    }
    printf("  Fonte: %.*s\n", (int)source.n, source.p);
}

static bool ask_all(const struct desk *d, const char *path, int day, struct rules_chain *out)
{
    struct rules_household *h;
    struct str why;

    if (!read_household(d, path, &h))
        return false;
    if (rules_chain_ask(d->mem, d->shelf, h, day, NULL, 0, out, &why) == ST_OK)
        return true;
    fprintf(stderr, "%s: a number grew too large in: %.*s\n", path, (int)why.n, why.p);
    return false;
}

static int ask(const struct desk *d, int argc, char **argv)
{
    struct rules_chain c;
    int day;

    if (!take_day(argc, argv, 2, &day))
        return EXIT_WRONG_USE;
    if (!ask_all(d, argv[1], day, &c))
        return EXIT_REFUSED;
    for (int i = 0; i < c.n_indicators; i++) {
        const struct str name = rules_name(c.indicators[i].rules);
        const struct str sum = rules_show_value(d->mem, &c.indicators[i].answer.amounts[0].value);

        printf("%.*s: %.*s\n", (int)name.n, name.p, (int)sum.n, sum.p);
    }
    for (int i = 0; i < c.n; i++)
        print_due(d, &c.list[i]);
    return EXIT_DONE;
}

/* What is missing for the ordinary one: never a bare no. */
static int say_missing(const struct desk *d, const char *path, int day)
{
    const struct rules *const r = rules_shelf_find(d->shelf, STR("ISEE_ORD"), day);
    struct rules_household *h;
    struct rules_answer a;
    struct str why;

    fprintf(stderr, "%s: the data do not allow any ISEE\n", path);
    if (r == NULL || !read_household(d, path, &h) || rules_ask(d->mem, r, d->facts, h, &a, &why) != ST_OK)
        return EXIT_REFUSED;
    for (int i = 0; i < a.n_missing; i++) {
        const struct rules_fact *const f = rules_fact_at(d->facts, a.missing[i]);

        fprintf(stderr, "  manca: %.*s (%.*s)\n", (int)f->label.n, f->label.p, (int)f->name.n, f->name.p);
    }
    return EXIT_REFUSED;
}

static int isee(const struct desk *d, int argc, char **argv)
{
    struct rules_chain c;
    int day;

    if (!take_day(argc, argv, 1, &day))
        return EXIT_WRONG_USE;
    if (!ask_all(d, argv[0], day, &c))
        return EXIT_REFUSED;
    printf("Sono stime: l'unico ISEE che vale è quello che rilascia l'INPS.\n");
    for (int i = 0; i < c.n_indicators; i++) {
        const struct rules_due *const x = &c.indicators[i];
        const struct str name = rules_name(x->rules);

        printf("\n%.*s\n", (int)name.n, name.p);
        print_sentences(d, x->rules, &x->answer);
        print_amounts(d->mem, &x->answer);
    }
    if (c.n_indicators > 0)
        return EXIT_DONE;
    return say_missing(d, argv[0], day);
}

static struct desk desk_open(void)
{
    struct arena *const mem = arena_new(0);
    const struct rules_shelf *const shelf = rules_shelf_open(mem);

    return (struct desk){mem, shelf, rules_shelf_facts(shelf)};
}

int rules_isee_command(struct db *db, int argc, char **argv)
{
    if (argc < 1 || argc > 2) {
        fprintf(stderr, "wecare isee HOUSEHOLD.json [DAY]\n");
        return EXIT_WRONG_USE;
    }
    const struct desk d = desk_open();
    const int code = isee(&d, argc, argv);

    arena_free(d.mem);
    return code;
}

int rules_command(struct db *db, int argc, char **argv)
{
    const char *const verb = argc > 0 ? argv[0] : "";
    const struct desk d = desk_open();
    int code = EXIT_WRONG_USE;

    if ((argc == 3 || argc == 4) && (strcmp(verb, "eval") == 0 || strcmp(verb, "trace") == 0)) {
        code = eval(&d, argc, argv, strcmp(verb, "trace") == 0);
    } else if ((argc == 2 || argc == 3) && strcmp(verb, "ask") == 0) {
        code = ask(&d, argc, argv);
    } else if (argc > 1 && strcmp(verb, "check") == 0) {
        code = EXIT_DONE;
        for (int i = 1; i < argc; i++)
            if (check(&d, argv[i]) != EXIT_DONE)
                code = EXIT_REFUSED;
    } else {
        fprintf(stderr, "wecare rules check FILE...\nwecare rules eval|trace FILE|CODE HOUSEHOLD.json [DAY]\n"
                        "wecare rules ask HOUSEHOLD.json [DAY]\n");
    }
    arena_free(d.mem);
    return code;
}

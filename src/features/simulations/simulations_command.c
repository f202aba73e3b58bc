/* simulations_command.c - wecare rules simulate, wecare rules diff: on files, without a database. */
#include "base/clock.h"
#include "base/macros.h"
#include "base/tables.h"
#include "base/text.h"
#include "features/rules/rules_parts.h"
#include "features/rules/rules_shelf.h"
#include "simulations_feature.h"
#include "simulations_private.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_WRONG_USE = 2 };

static const char usage[] = "wecare rules simulate OLD NEW POPULATION.csv|--synthetic SEED,HOUSEHOLDS\n"
                            "       [--budget EURO] [--rank isee|points|FACT] [--paid] [--threads N] [--out FILE]\n"
                            "wecare rules simulate --again FILE [POPULATION.csv] [--threads N]\n"
                            "OLD and NEW are files of rules, or codes of rules that are built in (ADI).\n";

struct asked {
    struct arena *mem;
    const struct rules_shelf *shelf;
    const struct rules_facts *facts;
    const char *files[3], *synthetic, *again, *out;
    int n_files;
    struct simulations_choice choice;
};

static bool read_file(struct arena *mem, const char *path, struct str *out)
{
    FILE *const f = fopen(path, "rb");
    size_t room = 1 << 16, n = 0, got;

    if (f == NULL) {
        fprintf(stderr, "wecare rules: %s cannot be opened\n", path);
        return false;
    }
    char *bytes = arena_alloc(mem, room);

    while ((got = fread(bytes + n, 1, room - n, f)) > 0) {
        n += got;
        if (n == room) {
            bytes = arena_grow(mem, bytes, room, 2 * room);
            room *= 2;
        }
    }
    fclose(f);
    *out = (struct str){bytes, n};
    return true;
}

/* A file; or the text of a code that is built in, as it holds today. */
static bool read_text(struct asked *a, const char *name, struct str *out)
{
    const struct rules *const found = rules_shelf_pick(a->shelf, str_of(name), clock_today());

    if (found == NULL)
        return read_file(a->mem, name, out);
    *out = rules_shelf_file(a->shelf, found)->bytes;
    return true;
}

static bool say_wrong(const char *file, struct arena *mem, const struct rules_error *e)
{
    const struct text_arg value = {"value", e->value};
    const struct str words = text_fill(mem, text_get(LANG_EN, e->key), &value, 1);

    fprintf(stderr, "%s:%d:%d: %.*s\n", file, e->line, e->column, (int)words.n, words.p);
    return false;
}

static bool invent(struct asked *a, uint64_t seed, int64_t n, struct simulations_population **out)
{
    struct simulations_error error;
    bool *const wanted = ARENA_ARRAY(a->mem, bool, (size_t)rules_n_facts(a->facts) + 1);

    if (simulations_wanted(a->mem, a->facts, &a->choice, wanted, &error) != ST_OK) {
        if (error.key != NULL)
            fprintf(stderr, "wecare rules: there is no number of a household of that name to rank by\n");
        else
            say_wrong(a->n_files > 0 ? a->files[error.in_new] : a->again, a->mem, &error.error);
        return false;
    }
    *out = simulations_invent(a->facts, seed, n, wanted);
    return true;
}

static bool read_population(struct asked *a, const char *path, struct simulations_population **out)
{
    struct simulations_trouble why;
    struct str csv;

    if (!read_file(a->mem, path, &csv))
        return false;
    if (simulations_read(a->mem, a->facts, csv, out, &why) == ST_OK)
        return true;
    const struct text_arg value = {"value", why.value};
    const struct str words = text_fill(a->mem, text_get(LANG_EN, why.key), &value, 1);

    fprintf(stderr, "%s:%lld: %.*s\n", path, (long long)why.line, (int)words.n, words.p);
    return false;
}

static struct simulations_result *run(struct asked *a, const struct simulations_population *p)
{
    struct simulations_result *const r = simulations_new(a->mem, p);
    struct simulations_error error;

    if (simulations_run(a->mem, p, &a->choice, r, &error) == ST_OK)
        return r;
    if (error.key != NULL)
        fprintf(stderr, "wecare rules: there is no number of a household of that name to rank by\n");
    else
        say_wrong(a->n_files > 0 ? a->files[error.in_new] : a->again, a->mem, &error.error);
    return NULL;
}

static int again(struct asked *a)
{
    struct simulations_saved saved;
    struct simulations_population *p;
    struct str json, why;
    const int n_threads = a->choice.n_threads;

    if (!read_file(a->mem, a->again, &json))
        return EXIT_REFUSED;
    if (simulations_saved_read(a->mem, json, &saved, &why) != ST_OK) {
        fprintf(stderr, "%s: %.*s\n", a->again, (int)why.n, why.p);
        return EXIT_REFUSED;
    }
    a->choice = saved.choice;
    a->choice.n_threads = n_threads;
    if (!saved.is_synthetic && a->n_files == 0) {
        fprintf(stderr, "%s: its population came from a CSV: name the file\n", a->again);
        return EXIT_WRONG_USE;
    }
    const char *const csv = a->n_files > 0 ? a->files[0] : NULL;

    a->n_files = 0;
    if (saved.is_synthetic ? !invent(a, saved.seed, saved.n, &p) : !read_population(a, csv, &p))
        return EXIT_REFUSED;
    const struct simulations_result *const r = run(a, p);
    int code = EXIT_REFUSED;

    if (r == NULL) {
        code = EXIT_REFUSED;
    } else if (!str_eq_z(saved.population_hash, p->hash)) {
        fprintf(stderr, "%s: the population is another one: %s\n", a->again, p->hash);
    } else if (!str_eq_z(saved.hash, r->hash) || !str_eq_z(saved.result_hash, r->result_hash)) {
        fprintf(stderr, "%s: comes out otherwise: %s\n", a->again, r->result_hash);
    } else if (!str_eq(json, simulations_json(a->mem, p, &a->choice, r))) {
        fprintf(stderr, "%s: its figures are not those that its hash stands for\n", a->again);
    } else {
        printf("%s: the same result, %s\n", a->again, r->result_hash);
        code = EXIT_DONE;
    }
    simulations_free(p);
    return code;
}

static bool put_out(struct asked *a, struct str json)
{
    FILE *const f = a->out == NULL ? stdout : fopen(a->out, "wb");

    if (f == NULL || fwrite(json.p, 1, json.n, f) != json.n || (f == stdout ? fflush(f) : fclose(f)) != 0) {
        fprintf(stderr, "wecare rules: %s cannot be written\n", a->out == NULL ? "the answer" : a->out);
        return false;
    }
    return true;
}

static bool read_synthetic(const char *s, uint64_t *seed, int64_t *n)
{
    char *end;

    *seed = strtoull(s, &end, 10);
    if (end == s || *end != ',')
        return false;
    const struct str rest = str_of(end + 1);

    return str_to_int(rest, n) && *n >= 1 && *n <= SIMULATIONS_MOST;
}

static int simulate(struct asked *a)
{
    struct simulations_population *p;
    uint64_t seed = 0;
    int64_t n = 0;

    if (a->n_files != (a->synthetic == NULL ? 3 : 2))
        return fputs(usage, stderr), EXIT_WRONG_USE;
    if (a->synthetic != NULL && !read_synthetic(a->synthetic, &seed, &n)) {
        fprintf(stderr, "wecare rules: --synthetic wants a seed, a comma and 1 to %d households\n", SIMULATIONS_MOST);
        return EXIT_WRONG_USE;
    }
    if (!read_text(a, a->files[0], &a->choice.old_text) || !read_text(a, a->files[1], &a->choice.new_text))
        return EXIT_REFUSED;
    if (a->synthetic != NULL ? !invent(a, seed, n, &p) : !read_population(a, a->files[2], &p))
        return EXIT_REFUSED;
    const struct simulations_result *const r = run(a, p);
    const bool is_out = r != NULL && put_out(a, simulations_json(a->mem, p, &a->choice, r));

    simulations_free(p);
    return is_out ? EXIT_DONE : EXIT_REFUSED;
}

/* Flags anywhere; returns false for one that is not known. */
static bool read_words(struct asked *a, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        const char *const value = i + 1 < argc ? argv[i + 1] : NULL;
        struct ratio v;

        if (strncmp(argv[i], "--", 2) != 0) {
            if (a->n_files == ARRAY_LEN(a->files))
                return false;
            a->files[a->n_files++] = argv[i];
            continue;
        }
        if (strcmp(argv[i], "--paid") == 0) {
            a->choice.is_paid = true;
            continue;
        }
        i++;
        if (value == NULL)
            return false;
        if (strcmp(argv[i - 1], "--synthetic") == 0) {
            a->synthetic = value;
        } else if (strcmp(argv[i - 1], "--again") == 0) {
            a->again = value;
        } else if (strcmp(argv[i - 1], "--out") == 0) {
            a->out = value;
        } else if (strcmp(argv[i - 1], "--threads") == 0) {
            a->choice.n_threads = atoi(value);
        } else if (strcmp(argv[i - 1], "--rank") == 0) {
            a->choice.rank = strcmp(value, "isee") == 0     ? SIMULATIONS_BY_ISEE
                             : strcmp(value, "points") == 0 ? SIMULATIONS_BY_POINTS
                                                            : SIMULATIONS_BY_FACT;
            a->choice.rank_fact = str_of(value);
        } else if (strcmp(argv[i - 1], "--budget") == 0) {
            if (!rules_number_read(str_of(value), &v) || !ratio_mul(v, ratio_of(100), &v) || v.den != 1)
                return false;
            a->choice.budget_cents = v.num;
        } else {
            return false;
        }
    }
    return true;
}

int simulations_simulate_command(struct db *d, int argc, char **argv)
{
    struct arena *const mem = arena_new(0);
    struct asked a = {.mem = mem, .shelf = rules_shelf_open(mem)};
    int code = EXIT_WRONG_USE;

    a.facts = rules_shelf_facts(a.shelf);
    if (!read_words(&a, argc, argv))
        fputs(usage, stderr);
    else
        code = a.again != NULL ? again(&a) : simulate(&a);
    arena_free(mem);
    return code;
}

/* ---- diff ---- */

static void print_difference(const struct simulations_difference *x)
{
    static const char *const hows[] = {"changed", "added", "taken away"};

    printf("%s %s %.*s%s%.*s%s\n", rules_part_word((enum rules_part_kind)x->kind), hows[x->how], (int)x->name.n, x->name.p, x->name.n > 0 ? " (" : "",
           (int)x->words.n, x->words.p, x->name.n > 0 ? ")" : "");
    if (x->before.n > 0)
        printf("  - %.*s\n", (int)x->before.n, x->before.p);
    if (x->after.n > 0)
        printf("  + %.*s\n", (int)x->after.n, x->after.p);
}

int simulations_diff_command(struct db *d, int argc, char **argv)
{
    struct arena *const mem = arena_new(0);
    struct asked a = {.mem = mem, .shelf = rules_shelf_open(mem)};
    struct simulations_difference *list;
    const struct rules *r[2] = {NULL, NULL};
    struct str text[2];
    int n = 0, code = argc == 2 ? EXIT_DONE : EXIT_WRONG_USE;

    a.facts = rules_shelf_facts(a.shelf);
    if (argc != 2)
        fputs("wecare rules diff OLD NEW\n", stderr);
    for (int i = 0; i < 2 && code == EXIT_DONE; i++) {
        struct rules_error e;

        if (!read_text(&a, argv[i], &text[i]) || (rules_parse(mem, a.facts, text[i], &r[i], &e) != ST_OK && !say_wrong(argv[i], mem, &e)))
            code = EXIT_REFUSED;
    }
    if (code == EXIT_DONE) {
        simulations_differences(mem, r[0], text[0], r[1], text[1], &list, &n);
        for (int i = 0; i < n; i++)
            print_difference(&list[i]);
        if (n == 0)
            printf("the same rules\n");
    }
    arena_free(mem);
    return code;
}

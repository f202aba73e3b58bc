/*
 * search_bench.c - words, 10 km, category and open now together: the index of the catalogue beside
 * PostgreSQL's tsvector, Xapian, and FTS5 with SQL, over the same services and the same questions.
 *
 * Use     search_bench [N] [--alone]     N services (100,000); --alone: without the others
 * Prints  microseconds of one question, p50 and p99 over five rounds of all questions, each asked
 * of everybody in turn. WECARE_BENCH_POSTGRES names a database to use; unset: without it.
 */
#include "app/assembly.h"
#include "base/clock.h"
#include "base/macros.h"
#include "base/text.h"
#include "features/search/search_asking.h"
#include "search_seed.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { N_QUESTIONS = 400, N_ROUNDS = 5, MOST_RIVALS = 4 };

struct bench {
    struct arena *mem;
    struct ctx c;
    struct shelf shelf;
    struct seed *seed;
    char folder[300];
};

struct series {
    const char *name;
    int64_t us[N_QUESTIONS * N_ROUNDS];
    int n;
    int64_t found;
};

static int by_us(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static void print_series(struct series *s, int64_t p50_of_ours)
{
    qsort(s->us, (size_t)s->n, sizeof *s->us, by_us);
    const int64_t p50 = s->us[s->n / 2];

    printf("  %-34s p50 %8.3f ms  p99 %8.3f ms  found %7.1f", s->name, (double)p50 / 1000,
           (double)s->us[s->n * 99 / 100] / 1000, (double)s->found / s->n);
    if (p50_of_ours > 0)
        printf("  %6.1f times as long", (double)p50 / (double)p50_of_ours);
    printf("\n");
}

static struct search_answer ask_ours(struct bench *b, const struct seed_question *q,
                                     struct arena *mem, bool is_plain)
{
    const struct search_choice choices[] = {{FACET_TARGET, q->category_code},
                                            {FACET_OPEN, STR("now")}};
    const struct search_ask ask = {.words = q->words,
                                   .area_id = q->area_id,
                                   .km = 10,
                                   .choices = choices,
                                   .n_choices = is_plain ? 0 : 2,
                                   .order = SEARCH_BEST,
                                   .no_counting = true,
                                   .no_widening = !is_plain};
    struct arena *const scratch = arena_new(0);
    struct search_answer out;

    b->c.mem = mem;
    search_on_shelf(&b->c, &ask, scratch, &b->shelf, &out);
    arena_free(scratch);
    return out;
}

static enum status open_territory(struct bench *b)
{
    struct db *d;
    struct db_options o = {.url = str_fmt(b->mem, "sqlite:%s", b->folder).p};
    struct migration_report report;
    struct str why;
    enum status st = db_open(&o, b->mem, &d, &why);

    if (st == ST_OK)
        st = assembly_bring_up(b->mem, d, &report, &why);
    if (st == ST_OK)
        st = db_read_begin(d, &b->c.tx);
    return st;
}

/* false: nothing was found, so that nothing was measured. */
static bool rest(struct bench *b, const struct rival *const *rivals, int n_rivals, int64_t n)
{
    struct series all[MOST_RIVALS + 2] = {{.name = "the catalogue's index"},
                                          {.name = "the same, words and place alone"}};
    struct arena *const mem = arena_new(0);

    for (int r = 0; r < n_rivals; r++)
        all[r + 2].name = rivals[r]->name;
    for (int round = -1; round < N_ROUNDS; round++) /* the first warms everybody */
        for (int i = 0; i < N_QUESTIONS; i++) {
            struct seed_question q;
            int64_t ids[20];

            arena_reset(mem);
            seed_ask(b->seed, mem, i, &q);
            for (int r = 0; r < n_rivals + 2; r++) {
                const int64_t from = clock_mono_us();
                const int found =
                    r < 2 ? ask_ours(b, &q, mem, r == 1).n_total : rivals[r - 2]->ask(&q, ids);
                const int64_t us = clock_mono_us() - from;

                if (round < 0)
                    continue;
                all[r].us[all[r].n++] = us;
                all[r].found += found;
            }
        }
    printf("%lld services, %d questions, %d rounds\n", (long long)n, N_QUESTIONS, N_ROUNDS);
    print_series(&all[0], 0);
    print_series(&all[1], 0);
    for (int r = 0; r < n_rivals; r++)
        print_series(&all[r + 2], all[0].us[all[0].n / 2]);
    arena_free(mem);
    return all[0].found > 0;
}

static int open_rivals(struct bench *b, bool is_alone, const struct rival **out)
{
    static const struct rival *const all[] = {
        &rival_tsvector,
#ifdef WITH_XAPIAN
        &rival_xapian,
#endif
        &rival_fts5,
    };
    int n = 0;

    for (int i = 0; i < ARRAY_LEN(all) && !is_alone; i++) {
        const char *const where =
            all[i] == &rival_tsvector ? getenv("WECARE_BENCH_POSTGRES") : b->folder;

        if (all[i]->open(b->seed, where))
            out[n++] = all[i];
        else
            printf("  %s is not here: left out\n", all[i]->name);
    }
    return n;
}

static void fill(struct bench *b, const struct rival *const *rivals, int n_rivals, int64_t n)
{
    struct arena *const line = arena_new(0);
    struct segment_build *const build = segment_begin(b->shelf.needs, b->shelf.geo);
    int64_t ours_us = 0;

    for (int64_t i = 1; i <= n; i++) {
        struct seeded s;

        arena_reset(line);
        seed_make(b->seed, line, i, &s);
        const int64_t from = clock_mono_us();

        segment_add(build, &s.service);
        ours_us += clock_mono_us() - from;
        for (int r = 0; r < n_rivals; r++)
            rivals[r]->add(&s);
    }
    const int64_t from = clock_mono_us();

    b->shelf.segments[b->shelf.n_segments++] = segment_close(build);
    ours_us += clock_mono_us() - from;
    for (int r = 0; r < n_rivals; r++)
        rivals[r]->ready();
    printf("  built in %.2f s, %.0f bytes a service\n", (double)ours_us / 1e6,
           (double)b->shelf.segments[0]->bytes / (double)n);
    arena_free(line);
}

int main(int argc, char **argv)
{
    struct bench b = {.mem = arena_new(0)};
    const struct rival *rivals[MOST_RIVALS];
    bool is_alone = false;
    int64_t n = 100000;
    struct rusage usage;

    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--alone") == 0)
            is_alone = true;
        else
            n = atoll(argv[i]);
    clock_init();
    text_init();
    snprintf(b.folder, sizeof b.folder, "%s/wecare-bench-XXXXXX",
             getenv("TMPDIR") == NULL ? "/tmp" : getenv("TMPDIR"));
    if (mkdtemp(b.folder) == NULL)
        return EXIT_FAILURE;
    b.c = ctx_new(b.mem, &actor_anyone, LANG_IT);
    if (open_territory(&b) != ST_OK)
        return EXIT_FAILURE;
    b.c.today = SEED_NOW_DAY;
    b.c.now_ms = hours_instant(SEED_NOW_DAY, SEED_NOW_MIN, false);
    b.shelf.needs = needs_open(b.mem);
    if (geo_load(&b.c, b.mem, &b.shelf.geo) != ST_OK)
        return EXIT_FAILURE;
    b.seed = seed_new(b.mem, b.shelf.needs, b.shelf.geo, 2026);
    const int n_rivals = open_rivals(&b, is_alone, rivals);

    fill(&b, rivals, n_rivals, n);
    if (!rest(&b, rivals, n_rivals, n)) {
        fprintf(stderr, "search_bench: nothing was found: these figures are of an empty catalogue\n");
        return EXIT_FAILURE;
    }
    for (int r = 0; r < n_rivals; r++)
        rivals[r]->close();
    getrusage(RUSAGE_SELF, &usage);
    printf("  most memory %ld MB\n", usage.ru_maxrss / 1024);
    fflush(stdout);
    return execlp("rm", "rm", "-rf", b.folder, (char *)NULL);
}

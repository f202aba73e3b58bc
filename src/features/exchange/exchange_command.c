/* exchange_command.c - wecare feed: feeds that come in by themselves. */
#include "base/clock.h"
#include "base/date.h"
#include "base/text.h"
#include "exchange_check.h"
#include "exchange_feature.h"
#include "exchange_pulling.h"
#include "features/catalogue/catalogue_history.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

const char exchange_feed_help[] =
    "wecare feed list                                         the feeds, and how the last asking went\n"
    "\n"
    "  feed add NAME URL [--every 15m] [--kind portal|hsds|file] [--mapping FILE]\n"
    "  feed run NAME [--whole]      asks it now; --whole: all of it, not only what is new\n"
    "  feed conflicts [NAME]        fields corrected here of which a feed says otherwise\n"
    "  feed remove NAME             it is not asked any more; its entries stay\n"
    "  feed validate URL|FILE [--it]\n"
    "                               tells an outside publisher in words what is wrong, row by row\n"
    "\n"
    "URL is another portal of this kind (https://welfare.example.it), the root of an HSDS API, or a file: a\n"
    "package (zip), JSON, CSV or a spreadsheet (.xlsx) with --mapping. Its host must be in the setting outbound.allow. The running\n"
    "portal asks by itself; --every takes s, m, h, d (15m unless told). A field that a body corrected here is\n"
    "left as it is. Exit: 0 done, 1 refused or wrong, 2 wrong use.\n";

struct told {
    struct db *db;
    const struct outside *outside;
    struct arena *mem;
    struct ctx c;
    struct exchange_feed feed;
    struct field_conflict *conflicts;
    int n;
    struct exchange_feed *feeds;
    struct exchange_pull *last; /* of each */
};

typedef enum status (*work)(struct told *t);

struct within {
    struct told *t;
    work does;
};

static enum status in_transaction(struct db_tx *tx, void *arg)
{
    struct within *x = arg;

    x->t->c = ctx_new(x->t->mem, &actor_keeper, LANG_EN);
    x->t->c.tx = tx;
    return x->does(x->t);
}

static enum status writing(struct told *t, work does)
{
    return db_write(t->db, in_transaction, &(struct within){t, does});
}

static enum status reading(struct told *t, work does)
{
    struct db_tx *tx;
    const enum status st = db_read_begin(t->db, &tx);

    if (st != ST_OK)
        return st;
    const enum status done = in_transaction(tx, &(struct within){t, does});

    db_read_end(tx);
    t->c.tx = NULL;
    return done;
}

static int refused(struct told *t, enum status st)
{
    for (int i = 0; i < t->c.problems.n; i++) {
        const struct problem *p = &t->c.problems.list[i];
        const struct text_arg value = {"value", p->value};
        const struct str words = text_fill(t->mem, text_get(LANG_EN, p->key), &value, 1);

        fprintf(stderr, "%s: %.*s\n", p->field, (int)words.n, words.p);
    }
    if (t->c.problems.n == 0)
        fprintf(stderr, "feed: %s\n",
                st == ST_NOT_FOUND  ? "there is none of that name: wecare feed list"
                : st == ST_CONFLICT ? "there is one of that name already, or somebody else is at it"
                                    : status_name(st));
    return EXIT_REFUSED;
}

static int usage(const char *why)
{
    fprintf(stderr, "feed: %s\n\n%s", why, exchange_feed_help);
    return EXIT_USAGE;
}

/* ---- add, remove ---- */

/* "90s", "15m", "6h", "1d"; 0: it is none. */
static int64_t seconds_of(const char *text)
{
    static const struct {
        char unit;
        int seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
    const size_t n = strlen(text);
    int64_t v;

    for (size_t i = 0; n > 1 && i < sizeof units / sizeof *units; i++)
        if (text[n - 1] == units[i].unit && str_to_int((struct str){text, n - 1}, &v) && v > 0 && v < 10000000)
            return v * units[i].seconds;
    return 0;
}

static enum exchange_kind kind_of_url(const char *url, bool has_mapping)
{
    const char *path = strstr(url, "://") == NULL ? url : strchr(strstr(url, "://") + 3, '/');
    static const char *const ends[] = {".zip", ".json", ".ndjson", ".jsonl", ".csv", ".xlsx"};

    if (has_mapping)
        return EXCHANGE_FILE;
    for (size_t i = 0; path != NULL && i < sizeof ends / sizeof *ends; i++)
        if (str_ends(str_head(str_of(path), strcspn(path, "?#")), str_of(ends[i])))
            return EXCHANGE_FILE;
    return path == NULL || strcmp(path, "/") == 0 ? EXCHANGE_PORTAL : EXCHANGE_HSDS;
}

static enum status add(struct told *t)
{
    return exchange_add(&t->c, &t->feed);
}

static bool read_file(struct arena *mem, const char *file, struct str *out)
{
    enum { ROOM = 256 * 1024 + 1 };
    const int fd = open(file, O_RDONLY | O_CLOEXEC);
    char *p = arena_alloc(mem, ROOM);
    size_t n = 0;

    for (ssize_t got = 1; fd >= 0 && got > 0 && n < ROOM; n += got > 0 ? (size_t)got : 0)
        got = read(fd, p + n, ROOM - n);
    if (fd >= 0)
        close(fd);
    *out = (struct str){p, n};
    return fd >= 0 && n > 0 && n < ROOM && str_is_utf8(*out);
}

static int command_add(struct told *t, int argc, char **argv)
{
    const char *every = "15m", *kind = NULL, *mapping = NULL;

    if (argc < 2)
        return usage("which name, which address?");
    for (int i = 2; i < argc; i++) {
        const char **to = strcmp(argv[i], "--every") == 0     ? &every
                          : strcmp(argv[i], "--kind") == 0    ? &kind
                          : strcmp(argv[i], "--mapping") == 0 ? &mapping
                                                              : NULL;

        if (to == NULL || i + 1 == argc)
            return usage("an option that is none, or has no value");
        *to = argv[++i];
    }
    t->feed = (struct exchange_feed){.name = str_of(argv[0]), .url = str_of(argv[1]), .every_s = seconds_of(every)};
    t->feed.kind = kind != NULL ? exchange_kind_of(str_of(kind)) : kind_of_url(argv[1], mapping != NULL);
    if (t->feed.kind == 0)
        return usage("a kind is portal, hsds or file");
    if (mapping != NULL && !read_file(t->mem, mapping, &t->feed.mapping))
        return usage("the mapping cannot be read");
    const enum status st = writing(t, add);

    if (st != ST_OK)
        return refused(t, st);
    printf("%s: asked as %s %s from now on, while the portal runs\n", argv[0], exchange_kind_name(t->feed.kind), argv[1]);
    return EXIT_DONE;
}

static enum status take_away(struct told *t)
{
    return exchange_remove(&t->c, t->feed.name);
}

static int command_remove(struct told *t, int argc, char **argv)
{
    if (argc != 1)
        return usage("which one?");
    t->feed.name = str_of(argv[0]);
    const enum status st = writing(t, take_away);

    if (st != ST_OK)
        return refused(t, st);
    printf("%s: not asked any more; its entries stay\n", argv[0]);
    return EXIT_DONE;
}

/* ---- list, conflicts ---- */

static enum status read_list(struct told *t)
{
    enum status st = exchange_feeds(&t->c, &t->feeds, &t->n);

    t->last = ARENA_ARRAY(t->mem, struct exchange_pull, (size_t)t->n);
    for (int i = 0; st == ST_OK && i < t->n; i++) {
        struct exchange_pull *p;
        int n = 0;

        st = exchange_pulls(&t->c, t->feeds[i].feed_id, 1, &p, &n);
        if (st == ST_OK && n > 0)
            t->last[i] = p[0];
    }
    return st;
}

static void print_pull(struct arena *mem, const struct exchange_pull *p)
{
    const struct str at = instant_iso(mem, p->began_at);

    printf("%.*s %.*s: %lld read, %lld new, %lld changed, %lld the same, %lld gone, %lld refused, %lld ours%s%.*s\n", (int)at.n, at.p,
           (int)p->state.n, p->state.p, (long long)p->n_read, (long long)p->n_added, (long long)p->n_changed, (long long)p->n_same,
           (long long)p->n_gone, (long long)p->n_refused, (long long)p->n_own, p->why.n > 0 ? "; " : "", (int)p->why.n, p->why.p);
}

static int command_list(struct told *t)
{
    const enum status st = reading(t, read_list);

    if (st != ST_OK)
        return refused(t, st);
    if (t->n == 0)
        puts("No feed is asked: wecare feed add NAME URL");
    for (int i = 0; i < t->n; i++) {
        const struct exchange_feed *f = &t->feeds[i];

        printf("%-20.*s %-6s every %llds %.*s\n  ", (int)f->name.n, f->name.p, exchange_kind_name(f->kind), (long long)f->every_s, (int)f->url.n,
               f->url.p);
        if (t->last[i].began_at == 0)
            puts("not asked yet");
        else
            print_pull(t->mem, &t->last[i]);
    }
    return EXIT_DONE;
}

static enum status read_conflicts(struct told *t)
{
    const struct conflict_read r = {.limit = 500};

    return catalogue_conflicts(&t->c, &r, &t->conflicts, &t->n);
}

static int command_conflicts(struct told *t, int argc, char **argv)
{
    const struct str only = argc > 0 ? str_fmt(t->mem, ":%s", argv[0]) : STR("");
    const enum status st = reading(t, read_conflicts);
    int n = 0;

    if (st != ST_OK)
        return refused(t, st);
    for (int i = 0; i < t->n; i++) {
        const struct field_conflict *x = &t->conflicts[i];

        if (x->is_editor || (only.n > 0 && !str_ends(x->source, only)))
            continue;
        n++;
        printf("%.*s, %s\n  here:  %.*s\n  %.*s: %.*s\n", (int)x->service_name.n, x->service_name.p, catalogue_edit_shape(x->field)->name,
               (int)x->ours.n, x->ours.p, (int)x->source.n, x->source.p, (int)x->theirs.n, x->theirs.p);
    }
    printf("%d %s: who keeps the entry settles it in Schede\n", n, n == 1 ? "conflict" : "conflicts");
    return EXIT_DONE;
}

/* ---- run, validate ---- */

static int command_run(struct told *t, int argc, char **argv)
{
    const bool is_whole = argc == 2 && strcmp(argv[1], "--whole") == 0;
    struct exchange_pull done = {0};
    int64_t every_s;

    if (argc != 1 + is_whole)
        return usage("which one?");
    const struct exchange_run_ask ask = {t->db, t->outside, t->mem, str_of(argv[0]), is_whole, NULL, NULL};

    t->c = ctx_new(t->mem, &actor_keeper, LANG_EN);
    const enum status st = exchange_run(&ask, &done, &every_s);

    if (done.began_at == 0)
        return refused(t, st);
    print_pull(t->mem, &done);
    return st == ST_OK ? EXIT_DONE : EXIT_REFUSED;
}

static enum status check(struct told *t)
{
    (void)t;
    return ST_OK;
}

static int command_validate(struct told *t, int argc, char **argv)
{
    const bool is_italian = argc == 2 && strcmp(argv[1], "--it") == 0;
    struct check_report report;

    if (argc != 1 + is_italian)
        return usage("which address or file?");
    const enum status st = reading(t, check);

    if (st != ST_OK)
        return refused(t, st);
    const struct check_ask ask = {.db = t->db, .outside = t->outside, .mem = t->mem, .what = argv[0], .lets_files = true,
                                  .lang = is_italian ? LANG_IT : LANG_EN};

    exchange_check(&ask, &report);
    const struct str text = exchange_check_text(t->mem, &report, ask.lang);

    fwrite(text.p, 1, text.n, stdout);
    return report.n_errors == 0 ? EXIT_DONE : EXIT_REFUSED;
}

int exchange_feed_command(struct db *d, const struct outside *o, int argc, char **argv)
{
    struct told t = {.db = d, .outside = o, .mem = arena_new(0)};
    const char *verb = argc > 0 ? argv[0] : "list";
    int code;

    if (strcmp(verb, "list") == 0)
        code = command_list(&t);
    else if (strcmp(verb, "add") == 0)
        code = command_add(&t, argc - 1, argv + 1);
    else if (strcmp(verb, "remove") == 0)
        code = command_remove(&t, argc - 1, argv + 1);
    else if (strcmp(verb, "run") == 0)
        code = command_run(&t, argc - 1, argv + 1);
    else if (strcmp(verb, "conflicts") == 0)
        code = command_conflicts(&t, argc - 1, argv + 1);
    else if (strcmp(verb, "validate") == 0)
        code = command_validate(&t, argc - 1, argv + 1);
    else
        code = usage("list, add, remove, run, conflicts or validate");
    arena_free(t.mem);
    return code;
}

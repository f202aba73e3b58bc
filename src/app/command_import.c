#include "app/assembly.h"
#include "base/behind.h"
#include "app/command.h"
#include "app/features.h"
#include "web/outbound.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char help_import[] =
    "usage: wecare [--data DIR | --store postgres://...] import KIND FILE [--dry-run]\n\n"
    "Imports a file as a whole: every row is read, or nothing is changed. --dry-run says what\n"
    "would change and changes nothing. Refused rows are named with their reason.\n"
    "`wecare import --list` names the kinds; `wecare import KIND --help` says what the file is.\n"
    "FILE may be an https address of a host that the setting outbound.allow names.\n"
    "Exit: 0 imported (or nothing refused in a dry run), 1 refused, 2 wrong use.\n";

enum { MAX_FETCH_MB = 256, FETCH_MS = 300000 };
enum { MAX_SAID = 50 }; /* problems printed one by one; the rest are counted */

/* What stands on the command line. */
struct asked {
    const struct importer *importer;
    const char *words[2]; /* kind and file */
    const char *options[IMPORT_MAX_OPTIONS];
    bool is_dry, wants_help;
};

struct importing {
    const struct importer *importer;
    struct import_run run;
    struct arena *mem;
    bool to_terminal;
    int n_told; /* refusals said as they were found */
    bool undone; /* a dry run that went well was undone on purpose */
};

static const struct importer *find(const char *kind)
{
    for (int i = 0; i < n_app_features; i++)
        for (int k = 0; k < app_features[i]->n_importers; k++)
            if (strcmp(app_features[i]->importers[k].kind, kind) == 0)
                return &app_features[i]->importers[k];
    return NULL;
}

static int list_kinds(FILE *to)
{
    for (int i = 0; i < n_app_features; i++)
        for (int k = 0; k < app_features[i]->n_importers; k++) {
            const struct importer *m = &app_features[i]->importers[k];

            fprintf(to, "  %-12s %.*s\n", m->kind, (int)strcspn(m->help, "\n"), m->help);
        }
    return EXIT_DONE;
}

static void on_progress(struct import_run *run, int64_t done, int64_t total)
{
    const struct importing *im = run->ui;

    if (im->to_terminal && total > 0)
        fprintf(stderr, "\r%s: %lld of %lld (%lld %%)", im->importer->kind, (long long)done,
                (long long)total, (long long)(done * 100 / total));
}

static void on_say(struct import_run *run, struct str line)
{
    (void)run;
    printf("%.*s\n", (int)line.n, line.p);
}

static void print_problem(struct arena *mem, const struct problem *one)
{
    const struct text_arg value = {"value", one->value};
    const struct str words = text_fill(mem, text_get(LANG_EN, one->key), &value, 1);

    fprintf(stderr, "%s%.0lld%s%s%s%.*s\n", one->row > 0 ? "row " : "", (long long)one->row,
            one->row > 0 ? ": " : "", one->field, *one->field != '\0' ? ": " : "", (int)words.n,
            words.p);
}

/* Said at once: who waits for a file of gigabytes wants the first reason now. */
static void on_refused(struct import_run *run, const struct problem *p)
{
    struct importing *im = run->ui;

    if (im->n_told < MAX_SAID || run->is_dry_run) {
        print_problem(im->mem, p);
        im->n_told++;
    }
}

/* A dry run names every refused row: that is what it is for. */
static void print_problems(struct arena *mem, const struct problems *p, bool is_dry, int n_told)
{
    const int most = is_dry ? p->n : MAX_SAID;

    for (int i = n_told; i < p->n && i < most; i++)
        print_problem(mem, &p->list[i]);
    if (p->n > most)
        fprintf(stderr, "... and %d more: --dry-run names them all\n", p->n - most);
}

/* A dry run is the real run, undone: what it says is what would happen. */
static enum status job(struct db_tx *tx, void *arg)
{
    struct importing *im = arg;
    struct ctx *c = ARENA_NEW(im->mem, struct ctx);

    *c = ctx_new(im->mem, &actor_keeper, LANG_EN);
    c->tx = tx;
    im->run.c = c;
    im->run.n_read = im->run.n_added = im->run.n_changed = im->run.n_same = im->run.n_refused =
        im->run.n_gone = 0;
    const enum status st = im->importer->run(&im->run);

    im->undone = st == ST_OK && im->run.is_dry_run;
    return im->undone ? ST_CONFLICT : st;
}

/* Reads without holding anybody up; takes all at once when it is there. */
static enum status run_staged(struct db *d, struct importing *im)
{
    struct ctx *c = ARENA_NEW(im->mem, struct ctx);

    *c = ctx_new(im->mem, &actor_keeper, LANG_EN);
    im->run.c = c;
    im->run.db = d;
    im->run.refused = on_refused;
    return im->importer->run(&im->run);
}

static int run_import(struct run *r, struct db *d, const struct asked *a, const char *file)
{
    const struct importer *m = a->importer;
    struct importing im = {.importer = m,
                           .mem = r->mem,
                           .to_terminal = isatty(STDERR_FILENO),
                           .run = {.file = file,
                                   .asked = a->words[1],
                                   .options = m->options == NULL ? NULL : a->options,
                                   .is_dry_run = a->is_dry,
                                   .progress = on_progress,
                                   .say = on_say}};

    im.run.ui = &im;
    behind_others();
    enum status st = m->is_staged && !a->is_dry ? run_staged(d, &im) : db_write_alone(d, job, &im);
    const struct problems *p = im.run.c == NULL ? NULL : &im.run.c->problems;

    if (im.to_terminal)
        fprintf(stderr, "\n");
    if (p != NULL)
        print_problems(r->mem, p, a->is_dry, im.n_told);
    if (im.undone)
        st = ST_OK;
    printf("%s%lld rows read: %lld new, %lld changed, %lld the same, %lld gone, %lld refused\n",
           a->is_dry ? "dry run, nothing changed: " : st == ST_OK ? "" : "nothing changed: ",
           (long long)im.run.n_read, (long long)im.run.n_added, (long long)im.run.n_changed,
           (long long)im.run.n_same, (long long)im.run.n_gone, (long long)im.run.n_refused);
    if (st != ST_OK)
        return say_refused("%s: refused (%s)", m->kind, status_name(st));
    return EXIT_DONE;
}

/* Gets the file there for the import: fetched when it is an address. ST_OK: *out is its path, and
 * *out_is_ours when it must be taken away again. */
static enum status get_file(struct run *r, const char *asked, const char **out, bool *out_is_ours, struct str *why)
{
    const struct outbound o = {.allow = setting(&r->settings, SET_OUTBOUND_ALLOW),
                               .max_bytes = (int64_t)MAX_FETCH_MB * 1024 * 1024,
                               .timeout_ms = FETCH_MS};
    char path[] = "/tmp/wecare-import-XXXXXX";
    struct outbound_reply reply;

    *out = asked;
    *out_is_ours = strncmp(asked, "https://", 8) == 0;
    if (!*out_is_ours) {
        if (access(asked, R_OK) == 0)
            return ST_OK;
        *why = str_fmt(r->mem, "%s cannot be read", asked);
        return ST_NOT_FOUND;
    }
    if (mkdtemp(path) == NULL) {
        *why = STR("there is no room for a temporary folder");
        return ST_UNAVAILABLE;
    }
    *out = str_fmt(r->mem, "%s/fetched", path).p;
    fprintf(stderr, "fetching %s\n", asked);
    const enum status st = outbound_get_file(&o, asked, *out, r->mem, &reply, why);

    if (st != ST_OK)
        rmdir(path);
    return st;
}

static void take_away(struct arena *mem, const char *fetched)
{
    unlink(fetched);
    rmdir(str_z(mem, str_head(str_of(fetched), strlen(fetched) - strlen("/fetched"))));
}

static int open_and_run(struct run *r, const struct asked *a)
{
    struct str why = {"", 0};
    struct db *d;
    const char *file;
    bool is_ours;
    int code = EXIT_REFUSED;

    if (get_file(r, a->words[1], &file, &is_ours, &why) != ST_OK)
        return say_refused("%.*s", (int)why.n, why.p);
    if (assembly_open(r->mem, &r->settings, true, &d, &why) == ST_OK) {
        code = run_import(r, d, a, file);
        db_close(d);
    } else {
        say_refused("%.*s", (int)why.n, why.p);
    }
    if (is_ours)
        take_away(r->mem, file);
    return code;
}

/* The option that a word of the command line names; NULL: none. */
static const struct import_option *option_of(const struct importer *m, const char *word, int *out_i)
{
    for (int i = 0; m != NULL && m->options != NULL && i < IMPORT_MAX_OPTIONS && m->options[i].name != NULL; i++)
        if (strcmp(m->options[i].name, word) == 0) {
            *out_i = i;
            return &m->options[i];
        }
    return NULL;
}

/* NULL when the words were understood, else what is wrong with them. */
static const char *read_words(const struct run *r, struct asked *a)
{
    int n = 0, k = 0;

    for (int i = 0; i < r->argc; i++) {
        const struct import_option *o = option_of(a->importer, r->argv[i], &k);

        if (o != NULL && o->has_value && i + 1 == r->argc)
            return "an option without its value";
        if (o != NULL)
            a->options[k] = o->has_value ? r->argv[++i] : "";
        else if (strcmp(r->argv[i], "--dry-run") == 0)
            a->is_dry = true;
        else if (strcmp(r->argv[i], "--help") == 0 || strcmp(r->argv[i], "-h") == 0)
            a->wants_help = true;
        else if (r->argv[i][0] == '-' && r->argv[i][1] == '-')
            return "there is no such option";
        else if (n < 2)
            a->words[n++] = r->argv[i];
        else
            return "too many words";
        if (n == 1 && a->importer == NULL)
            a->importer = find(a->words[0]);
    }
    const struct import_option *options = a->importer == NULL || a->words[1] == NULL ? NULL : a->importer->options;

    for (int i = 0; options != NULL && options[i].name != NULL; i++)
        if (options[i].is_required && a->options[i] == NULL)
            return "an option that it needs is missing";
    return NULL;
}

int command_import(struct run *r)
{
    struct asked a = {.importer = NULL};

    for (int i = 0; i < r->argc; i++)
        if (strcmp(r->argv[i], "--list") == 0)
            return list_kinds(stdout);
    const char *wrong = read_words(r, &a);

    if (a.words[0] != NULL && a.importer == NULL) {
        fprintf(stderr, "wecare: there is no kind \"%s\". Kinds:\n", a.words[0]);
        list_kinds(stderr);
        return EXIT_USAGE;
    }
    const char *help = a.importer == NULL ? help_import : a.importer->help;

    if (a.wants_help) {
        fputs(help, stdout);
        return EXIT_DONE;
    }
    if (wrong != NULL)
        return say_usage(help, "%s", wrong);
    if (a.words[1] == NULL)
        return say_usage(help, a.importer == NULL ? "which kind?" : "which file?");
    return open_and_run(r, &a);
}

/* twins_command.c - `wecare body merge` and `unmerge`, `wecare twins`: for the administrator. */
#include "base/date.h"
#include "core/bodies/organisations.h"
#include "twins.h"
#include "twins_feature.h"
#include <stdio.h>
#include <string.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, LISTED = 50, AT_ONCE = 20000 };

const char twins_body_help[] =
    "wecare body merge WHO INTO [--dry-run]\n"
    "                                  WHO becomes INTO: entries, places and keys go along, old\n"
    "                                  addresses lead on; --dry-run says what would\n"
    "wecare body merges                what was made one, the latest first\n"
    "wecare body unmerge NUMBER        takes one of those apart again\n"
    "\n"
    "WHO and INTO are organisations, by name, slug, code (MB32) or id. A managing body is not merged away\n"
    "before its comuni have gone on to another: wecare import memberships.\n";

const char twins_twins_help[] =
    "wecare twins                      looks at what has changed for two that are one, and says how\n"
    "                                  many wait for an answer (/doppioni)\n"
    "\n"
    "The portal does the same by itself every hour.\n";

struct body_job {
    struct arena *mem;
    const char *verb, *who, *into;
    bool is_dry;
    struct buf said;
    struct twins_report report;
};

static enum status find(struct body_job *j, struct ctx *c, const char *typed, struct organisation *out)
{
    struct organisations_whom k;
    const enum status st = organisations_whom(c, str_of(typed), &k);

    if (st != ST_OK)
        return st;
    if (k.is_found) {
        *out = k.found;
        return ST_OK;
    }
    const bool is_same = k.n > 0 && k.distance[0] == 0;

    buf_fmt(&j->said, is_same ? "Several organisations are named %s; say which by its slug:\n" : "No organisation is named %s. The nearest:\n",
            typed);
    for (int i = 0; i < k.n && !(is_same && k.distance[i] != 0); i++)
        buf_fmt(&j->said, "  %-44.*s %.*s\n", (int)k.list[i].slug.n, k.list[i].slug.p, (int)k.list[i].name.n, k.list[i].name.p);
    return ST_NOT_FOUND;
}

static void say_problem(struct body_job *j, struct ctx *c)
{
    if (c->problems.n > 0) {
        buf_str(&j->said, text_get(LANG_EN, c->problems.list[0].key));
        buf_char(&j->said, '\n');
    }
}

static enum status merge(struct body_job *j, struct ctx *c)
{
    struct organisation who, into;
    struct twins_bodies_report r;
    enum status st = find(j, c, j->who, &who);

    if (st == ST_OK)
        st = find(j, c, j->into, &into);
    if (st == ST_OK)
        st = twins_join_bodies(c, who.organisation_id, into.organisation_id, STR("wecare body merge"), j->is_dry, &r);
    if (st != ST_OK)
        return st;
    buf_fmt(&j->said, "%.*s %s %.*s: %d entries and %d places %s along.\n", (int)who.name.n, who.name.p,
            j->is_dry ? "would become" : "is now", (int)into.name.n, into.name.p, r.n_services, r.n_places,
            j->is_dry ? "would go" : "went");
    if (!j->is_dry)
        buf_fmt(&j->said, "Its keys open the other's door; /enti/%.*s leads to /enti/%.*s.\nApart again: wecare body unmerge %lld\n",
                (int)who.slug.n, who.slug.p, (int)into.slug.n, into.slug.p, (long long)r.join_id);
    return ST_OK;
}

static struct str name_of(struct ctx *c, const struct twins_join *x, int64_t id)
{
    struct organisation o;
    struct service s;

    if (x->kind == TWINS_ORGANISATION)
        return organisations_by_id(c, id, &o) == ST_OK ? o.name : STR("?");
    return catalogue_service(c, id, &s) == ST_OK ? s.name : STR("?");
}

static enum status list(struct body_job *j, struct ctx *c)
{
    struct twins_join *joins;
    int n = 0;
    const enum status st = twins_joins(c, LISTED, &joins, &n);

    if (st == ST_OK && n == 0)
        buf_z(&j->said, "Nothing was made one.\n");
    for (int i = 0; st == ST_OK && i < n; i++) {
        const struct str merged = name_of(c, &joins[i], joins[i].merged_id), kept = name_of(c, &joins[i], joins[i].kept_id);
        const struct str at = instant_iso(c->mem, joins[i].joined_at);

        buf_fmt(&j->said, "%-5lld %.10s %-12s %.*s -> %.*s; by %.*s%s\n", (long long)joins[i].join_id, at.p,
                joins[i].kind == TWINS_SERVICE ? "entry" : "organisation", (int)merged.n, merged.p, (int)kept.n, kept.p,
                (int)joins[i].by.n, joins[i].by.p, joins[i].parted_at != 0 ? "; apart again" : "");
    }
    return st;
}

static enum status unmerge(struct body_job *j, struct ctx *c)
{
    struct twins_bodies_report r;
    int64_t id = 0;
    const enum status st = str_to_int(str_of(j->who), &id) ? twins_part(c, id, STR("wecare body unmerge"), &r) : ST_NOT_FOUND;

    if (st == ST_NOT_FOUND)
        buf_fmt(&j->said, "There is no merger %s. See the list with: wecare body merges\n", j->who);
    if (st == ST_OK)
        buf_fmt(&j->said, "Apart again: %d entries and %d places went back, %d stay where they have gone since.\n",
                r.n_services, r.n_places, r.n_left);
    return st;
}

static enum status run(struct db_tx *tx, void *arg)
{
    struct body_job *j = arg;
    struct ctx c = ctx_new(j->mem, &actor_keeper, LANG_EN);
    enum status st;

    c.tx = tx;
    j->said = buf_new(j->mem, 1024);
    if (strcmp(j->verb, "merge") == 0)
        st = merge(j, &c);
    else
        st = strcmp(j->verb, "unmerge") == 0 ? unmerge(j, &c) : list(j, &c);
    say_problem(j, &c);
    /* What was only tried is undone: a job that fails leaves nothing. */
    return st == ST_OK && j->is_dry ? ST_INVALID : st;
}

static bool read_words(struct body_job *j, int argc, char **argv)
{
    if (argc > 0 && strcmp(argv[argc - 1], "--dry-run") == 0) {
        j->is_dry = true;
        argc--;
    }
    if (argc == 0)
        return false;
    j->verb = argv[0];
    j->who = argc > 1 ? argv[1] : "";
    j->into = argc > 2 ? argv[2] : "";
    if (!str_is_utf8(str_of(j->who)) || !str_is_utf8(str_of(j->into)))
        return false;
    if (strcmp(j->verb, "merge") == 0)
        return argc == 3;
    if (j->is_dry)
        return false;
    return strcmp(j->verb, "merges") == 0 ? argc == 1 : argc == 2 && strcmp(j->verb, "unmerge") == 0;
}

int twins_body_command(struct db *d, int argc, char **argv)
{
    struct body_job j = {.mem = arena_new(0)};
    int code = EXIT_DONE;

    if (!read_words(&j, argc, argv)) {
        fputs(twins_body_help, stderr);
        arena_free(j.mem);
        return EXIT_USAGE;
    }
    const enum status st = db_write(d, run, &j);
    const bool was_tried = j.is_dry && st == ST_INVALID;

    if (st == ST_OK || was_tried) {
        fwrite(j.said.p, 1, j.said.n, stdout);
    } else {
        code = EXIT_REFUSED;
        if (j.said.n > 0)
            fwrite(j.said.p, 1, j.said.n, stderr);
        else
            fprintf(stderr, "The database did not take it (%s); nothing was changed.\n", status_name(st));
    }
    arena_free(j.mem);
    return code;
}

/* ---- looking ---- */

static enum status look(struct db_tx *tx, void *arg)
{
    struct body_job *j = arg;
    struct ctx c = ctx_new(j->mem, &actor_keeper, LANG_EN);
    int64_t n = 0;

    c.tx = tx;
    enum status st = twins_look(&c, AT_ONCE, &j->report);

    if (st == ST_OK)
        st = twins_count(&c, &n);
    j->said = buf_new(j->mem, 256);
    buf_fmt(&j->said, "%d entries and %d organisations looked at; %lld pairs wait for an answer.\n", j->report.n_services,
            j->report.n_organisations, (long long)n);
    return st;
}

int twins_twins_command(struct db *d, int argc, char **argv)
{
    struct body_job j = {.mem = arena_new(0)};
    enum status st;

    (void)argv;
    if (argc > 0) {
        fputs(twins_twins_help, stderr);
        arena_free(j.mem);
        return EXIT_USAGE;
    }
    do {
        st = db_write(d, look, &j);
        if (st == ST_OK)
            fwrite(j.said.p, 1, j.said.n, stdout);
    } while (st == ST_OK && !j.report.is_whole);
    if (st != ST_OK)
        fprintf(stderr, "The database did not take it (%s); nothing was changed.\n", status_name(st));
    arena_free(j.mem);
    return st == ST_OK ? EXIT_DONE : EXIT_REFUSED;
}

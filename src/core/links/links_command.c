/* links_command.c - `wecare link`: the administrator issues, lists and revokes keys. */
#include "base/date.h"
#include "base/macros.h"
#include "core/links/links_feature.h"
#include <stdio.h>
#include <string.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, PAGE = 500 };

const char links_help[] =
    "wecare link issue --for WHOM --purpose P [--days N] [--note TEXT]\n"
    "                                  makes a key and prints its address, this once\n"
    "wecare link list [--for WHOM] [--all]\n"
    "                                  the keys that open; --all: those that ended too\n"
    "wecare link revoke ID             ends one; who opens it is told so\n"
    "\n"
    "WHOM is an organisation, by its name, address on the site (slug), code (MB32) or id; or region, for\n"
    "the whole territory. P is keep (confirm and edit its entries), phone (a managing body's lists),\n"
    "approve (models, proposals, merges) or confirm (one confirmation, 60 days). The others are good\n"
    "for 365 days unless --days says so. Whoever has the address can go in: send it to its desk.\n";

struct link_job {
    struct arena *mem;
    const struct outside *outside;
    const char *verb, *whom, *purpose, *days, *note, *id;
    bool with_ended;
    struct buf said;
};

/* ---- whom ---- */

static void say_near(struct link_job *j, struct str whom, const struct organisations_whom *k, bool is_same)
{
    buf_fmt(&j->said, is_same ? "Several organisations are named %.*s; say which by its slug:\n"
                              : "No organisation is named %.*s. The nearest:\n",
            (int)whom.n, whom.p);
    for (int i = 0; i < k->n && !(is_same && k->distance[i] != 0); i++)
        buf_fmt(&j->said, "  %-44.*s %.*s\n", (int)k->list[i].slug.n, k->list[i].slug.p, (int)k->list[i].name.n,
                k->list[i].name.p);
}

/* 0: the Region. ST_NOT_FOUND has said whom it might be. */
static enum status find_whom(struct link_job *j, struct ctx *c, int64_t *out_id)
{
    const struct str whom = str_trim(str_of(j->whom)), folded = str_fold(c->mem, whom);
    struct organisations_whom k;

    *out_id = 0;
    if (str_eq_z(folded, "region") || str_eq_z(folded, "regione"))
        return ST_OK;
    const enum status st = organisations_whom(c, whom, &k);

    if (st != ST_OK)
        return st;
    if (k.is_found) {
        *out_id = k.found.organisation_id;
        return ST_OK;
    }
    say_near(j, whom, &k, k.n > 0 && k.distance[0] == 0);
    return ST_NOT_FOUND;
}

/* ---- verbs ---- */

static enum status say_problem(struct link_job *j, struct ctx *c, enum status st)
{
    for (int i = 0; st == ST_INVALID && i < c->problems.n; i++) {
        const struct text_arg value = {"value", c->problems.list[i].value};

        buf_str(&j->said, text_fill(c->mem, text_get(LANG_EN, c->problems.list[i].key), &value, 1));
        buf_char(&j->said, '\n');
    }
    return st;
}

static enum status issue(struct link_job *j, struct ctx *c)
{
    struct links_ask ask = {.purpose = links_purpose_of(str_of(j->purpose)), .note = str_of(j->note)};
    struct str token;
    int64_t days = 0;

    if (ask.purpose == 0) {
        buf_fmt(&j->said, "There is no purpose \"%s\": keep, phone, approve or confirm.\n", j->purpose);
        return ST_INVALID;
    }
    if (j->days != NULL && (!str_to_int(str_of(j->days), &days) || days < 1 || days > 800)) {
        buf_fmt(&j->said, "A key is good for 1 to 800 days, not \"%s\".\n", j->days);
        return ST_INVALID;
    }
    ask.days = (int)days;
    enum status st = find_whom(j, c, &ask.organisation_id);

    if (st == ST_OK)
        st = say_problem(j, c, links_issue(c, &ask, &token));
    if (st != ST_OK)
        return st;
    const struct str path = links_path(c, ask.purpose, token);

    buf_fmt(&j->said, "%s%.*s\n", j->outside->origin, (int)path.n, path.p);
    return ST_OK;
}

static void say_day(struct link_job *j, const char *before, int day)
{
    const struct str iso = day_iso(j->mem, day);

    if (day != DAY_NONE)
        buf_fmt(&j->said, "%s%.*s", before, (int)iso.n, iso.p);
}

static enum status list(struct link_job *j, struct ctx *c)
{
    struct links_link *keys;
    int64_t whom = -1;
    int n = 0;
    enum status st = j->whom == NULL ? ST_OK : find_whom(j, c, &whom);

    if (st == ST_OK)
        st = links_list(c, whom, j->with_ended, &keys, &n);
    if (st != ST_OK)
        return st;
    if (n == 0)
        buf_z(&j->said, "There are no such keys. wecare link issue --for WHOM --purpose keep makes one.\n");
    for (int i = 0; i < n; i++) {
        const struct links_link *k = &keys[i];

        buf_fmt(&j->said, "%-6lld %-8s %.*s", (long long)k->link_id, links_purpose_name(k->purpose), (int)k->name.n,
                k->name.p);
        say_day(j, "; issued ", k->issued_on);
        say_day(j, k->state == LINKS_EXPIRED ? ", EXPIRED " : ", until ", k->expires_on);
        say_day(j, ", REVOKED ", k->revoked_on);
        say_day(j, ", last used ", k->entered_on);
        if (k->entered_on == DAY_NONE)
            buf_z(&j->said, ", never used");
        buf_fmt(&j->said, "%s%.*s\n", k->note.n > 0 ? "; " : "", (int)k->note.n, k->note.p);
    }
    return ST_OK;
}

static enum status revoke(struct link_job *j, struct ctx *c)
{
    int64_t id = 0;
    enum status st = str_to_int(str_of(j->id), &id) ? links_revoke(c, id) : ST_NOT_FOUND;

    if (st == ST_OK)
        buf_fmt(&j->said, "Key %lld opens nothing any more.\n", (long long)id);
    else if (st == ST_NOT_FOUND)
        buf_fmt(&j->said, "There is no key %s. See the list with: wecare link list\n", j->id);
    else if (st == ST_CONFLICT)
        buf_fmt(&j->said, "Key %lld was revoked before.\n", (long long)id);
    return st;
}

static enum status run(struct db_tx *tx, void *arg)
{
    struct link_job *j = arg;
    struct ctx c = ctx_new(j->mem, &actor_keeper, LANG_IT);

    c.tx = tx;
    j->said = buf_new(j->mem, 1024);
    if (strcmp(j->verb, "issue") == 0)
        return issue(j, &c);
    return strcmp(j->verb, "list") == 0 ? list(j, &c) : revoke(j, &c);
}

/* ---- the words typed ---- */

static bool take_flag(struct link_job *j, int argc, char **argv, int *i)
{
    const struct {
        const char *name;
        const char **to;
    } flags[] = {{"--for", &j->whom}, {"--purpose", &j->purpose}, {"--days", &j->days}, {"--note", &j->note}};

    if (strcmp(argv[*i], "--all") == 0)
        return j->with_ended = true;
    for (int k = 0; k < ARRAY_LEN(flags); k++)
        if (strcmp(argv[*i], flags[k].name) == 0 && *i + 1 < argc && str_is_utf8(str_of(argv[*i + 1]))) {
            *flags[k].to = argv[++*i];
            return true;
        }
    return false;
}

static bool read_words(struct link_job *j, int argc, char **argv)
{
    if (argc == 0)
        return false;
    j->verb = argv[0];
    if (strcmp(j->verb, "revoke") == 0) {
        j->id = argc == 2 ? argv[1] : "";
        return argc == 2;
    }
    for (int i = 1; i < argc; i++)
        if (!take_flag(j, argc, argv, &i))
            return false;
    if (strcmp(j->verb, "issue") == 0)
        return j->whom != NULL && j->purpose != NULL && !j->with_ended;
    return strcmp(j->verb, "list") == 0 && j->purpose == NULL && j->days == NULL && j->note == NULL;
}

int links_command(struct db *d, const struct outside *o, int argc, char **argv)
{
    struct link_job j = {.mem = arena_new(0), .outside = o};
    int code = EXIT_USAGE;

    if (!read_words(&j, argc, argv)) {
        fputs(links_help, stderr);
    } else {
        const enum status st = db_write(d, run, &j);

        code = st == ST_OK ? EXIT_DONE : EXIT_REFUSED;
        fwrite(j.said.p, 1, j.said.n, st == ST_OK ? stdout : stderr);
        if (st != ST_OK && j.said.n == 0)
            fprintf(stderr, "The database did not take it (%s); nothing was changed.\n", status_name(st));
        if (st == ST_OK && !o->is_origin_set && strcmp(j.verb, "issue") == 0)
            fputs("The setting origin is unset: this address works on this machine alone.\n", stderr);
    }
    arena_free(j.mem);
    return code;
}

/* ---- the demo ---- */

enum status links_demo_body(struct ctx *c, int64_t *out_organisation_id)
{
    int64_t *ids, manager = 0;
    int n = 0;
    enum status st = organisations_of_source(c, STR("demo"), &ids, &n);

    *out_organisation_id = 0;
    for (int i = 0; st == ST_OK && i < n && manager == 0; i++) {
        st = links_manager(c, ids[i], &manager);
        *out_organisation_id = ids[i];
    }
    return st;
}

/* One key of each purpose, with an end as any other; a demo that has them is not given more. */
enum status links_say_demo(struct ctx *c, const struct outside *o, struct buf *said)
{
    struct organisation *list;
    struct links_link *keys;
    int n_keys = 0, n = 0;
    int64_t whom = 0, own = 0, manager = 0, after = 0;
    enum status st = links_list(c, -1, false, &keys, &n_keys);

    for (int i = 0; i < n_keys; i++)
        if (str_eq_z(keys[i].note, "demo")) {
            buf_z(said, "the keys of the demo were told when it was made; wecare link issue makes others\n");
            return ST_OK;
        }
    do { /* the first invented organisation whose managing body is known */
        st = st != ST_OK ? st
                         : organisations_page(c, &(struct organisation_page){.after = after, .limit = PAGE}, &list, &n);
        for (int i = 0; st == ST_OK && i < n && manager == 0; i++)
            if (list[i].is_demo) {
                whom = list[i].organisation_id;
                own = str_eq_z(list[i].source, "demo") ? whom : own; /* one of the list that has entries */
                st = links_manager(c, whom, &manager);
            }
        after = st == ST_OK && n > 0 ? list[n - 1].organisation_id : 0;
    } while (st == ST_OK && manager == 0 && n == PAGE);
    if (st != ST_OK || whom == 0)
        return st;
    for (int p = 1; st == ST_OK && p < LINKS_PURPOSE_COUNT; p++) {
        const bool is_own = p == LINKS_KEEP || p == LINKS_CONFIRM;
        const struct links_ask ask = {.purpose = (enum links_purpose)p,
                                      .organisation_id = is_own ? (own != 0 ? own : whom) : manager,
                                      .note = STR("demo")};
        struct str token;

        st = links_issue(c, &ask, &token);
        if (st == ST_OK) {
            const struct str path = links_path(c, ask.purpose, token);

            buf_fmt(said, "%-8s %s%.*s\n", links_purpose_name(ask.purpose), o->origin, (int)path.n, path.p);
        }
    }
    return st;
}

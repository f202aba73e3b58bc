/* catalogue_initiatives_command.c - `wecare initiatives`: what people answered, and what follows. */
#include "catalogue_feature.h"
#include "features/catalogue/catalogue_write.h"
#include "base/buf.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

const char catalogue_initiatives_help[] =
    "wecare initiatives                the initiatives of 2018-2020 with what people answered to \"is it\n"
    "                                  still there?\", those most said to be gone first\n"
    "wecare initiatives here SLUG      you asked, and it is still there: shown as confirmed today\n"
    "wecare initiatives gone SLUG      you asked, and it is no more: taken out of lists and searches\n"
    "\n"
    "Answers are numbers: nobody who answered is known. Ask the body before you take one away.\n";

struct initiatives_job {
    struct arena *mem;
    const char *verb, *slug; /* verb NULL: the list */
    struct buf said;
};

static int most_gone_first(const void *a, const void *b)
{
    const struct initiative *x = a, *y = b;

    if (x->gone != y->gone)
        return x->gone > y->gone ? -1 : 1;
    if (x->unsure + x->here != y->unsure + y->here)
        return x->unsure + x->here > y->unsure + y->here ? -1 : 1;
    return str_cmp(x->slug, y->slug);
}

static enum status say_list(struct initiatives_job *j, struct ctx *c)
{
    struct initiative *list;
    int n = 0, n_answered = 0;
    const enum status st = catalogue_initiatives(c, &list, &n);

    if (st != ST_OK)
        return st;
    if (n > 0)
        qsort(list, (size_t)n, sizeof *list, most_gone_first);
    buf_z(&j->said, "here  gone  unsure  last answer  year  slug\n");
    for (int i = 0; i < n; i++) {
        const struct initiative *x = &list[i];
        const struct str last = x->last_answer_on == DAY_NONE ? STR("-") : day_iso(c->mem, x->last_answer_on);

        n_answered += x->last_answer_on != DAY_NONE;
        buf_fmt(&j->said, "%4lld  %4lld  %6lld  %-11.*s  %d  %.*s%s\n", (long long)x->here, (long long)x->gone,
                (long long)x->unsure, (int)last.n, last.p, x->year, (int)x->slug.n, x->slug.p,
                x->is_gone ? "  (taken away)" : "");
    }
    buf_fmt(&j->said, "%d initiatives, %d with answers.\n", n, n_answered);
    return ST_OK;
}

static enum status change(struct initiatives_job *j, struct ctx *c)
{
    const bool is_here = strcmp(j->verb, "here") == 0;
    struct service s;
    struct initiative i;
    enum status st = catalogue_service_by_slug(c, str_of(j->slug), &s);

    if (st == ST_OK)
        st = catalogue_initiative(c, s.service_id, &i);
    if (st == ST_OK)
        st = catalogue_set_state(c, s.service_id, is_here ? SERVICE_SHOWN : SERVICE_GONE);
    if (st == ST_OK && is_here)
        st = catalogue_confirm(c, s.service_id, c->today, HOW_SURVEY, STR(""));
    if (st == ST_OK)
        buf_fmt(&j->said, is_here ? "%.*s is shown, confirmed today.\n" : "%.*s is taken away.\n",
                (int)s.name.n, s.name.p);
    return st;
}

static enum status run_initiatives(struct db_tx *tx, void *arg)
{
    struct initiatives_job *j = arg;
    struct ctx c = ctx_new(j->mem, &actor_keeper, LANG_EN);

    c.tx = tx;
    j->said = buf_new(j->mem, 4096);
    return j->verb == NULL ? say_list(j, &c) : change(j, &c);
}

int catalogue_initiatives_command(struct db *d, int argc, char **argv)
{
    struct initiatives_job j = {.mem = arena_new(0)};
    int code = EXIT_DONE;

    if (argc == 2 && (strcmp(argv[0], "here") == 0 || strcmp(argv[0], "gone") == 0)) {
        j.verb = argv[0];
        j.slug = argv[1];
    }
    if (argc != 0 && (j.verb == NULL || !str_is_utf8(str_of(j.slug)))) {
        fputs(catalogue_initiatives_help, stderr);
        arena_free(j.mem);
        return EXIT_USAGE;
    }
    const enum status st = db_write(d, run_initiatives, &j);

    if (st == ST_OK) {
        fwrite(j.said.p, 1, j.said.n, stdout);
    } else {
        code = EXIT_REFUSED;
        if (st == ST_NOT_FOUND)
            fputs("No initiative has this slug. See the list with: wecare initiatives\n", stderr);
        else
            fprintf(stderr, "The database did not take it (%s); nothing was changed.\n", status_name(st));
    }
    arena_free(j.mem);
    return code;
}

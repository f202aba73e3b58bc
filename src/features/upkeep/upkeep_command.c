/* upkeep_command.c - `wecare upkeep`: the round, how things stand, hiding and showing, the sample drawn again. */
#include "base/buf.h"
#include "upkeep_calls.h"
#include "upkeep_days.h"
#include "upkeep_feature.h"
#include "upkeep_sample.h"
#include "upkeep_sql.h"
#include <stdio.h>
#include <string.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

const char upkeep_help[] =
    "wecare upkeep status              entries by state, the last round, this month's sample\n"
    "wecare upkeep run                 makes today's round now: what is due, mails, silence, the sample\n"
    "wecare upkeep hide SLUG [WHY]     hides an entry; the last for a need within 20 km wants a reason\n"
    "wecare upkeep show SLUG           shows it again\n"
    "wecare upkeep sample [YYYY-MM]    the entries drawn in a month, with its seed and what was found\n"
    "\n"
    "The portal makes the round by itself, once a day. SLUG is the end of the entry's address.\n";

struct upkeep_job {
    struct arena *mem;
    const char *verb, *what, *why;
    struct buf said;
};

static enum status say_status(struct upkeep_job *j, struct ctx *c)
{
    struct upkeep_round_get_row round;
    struct upkeep_entry_counts_row *rows;
    struct upkeep_sample_one_row sample;
    int n = 0;
    enum status st = upkeep_sql_round_get(c, &round);

    if (st == ST_OK)
        st = upkeep_sql_entry_counts(c, &(struct upkeep_entry_counts_in){.today = day_iso(c->mem, c->today)}, &rows, &n);
    if (st != ST_OK)
        return st;
    if (round.made_on.n == 0)
        buf_z(&j->said, "No round was made yet.\n");
    else
        buf_fmt(&j->said, "last round %.*s%s%.*s\n", (int)round.made_on.n, round.made_on.p, round.note.n > 0 ? ", only looked: " : "",
                (int)round.note.n, round.note.p);
    for (int i = 0; i < n; i++)
        buf_fmt(&j->said, "%-9.*s %6lld  of these due %lld\n", (int)rows[i].state.n, rows[i].state.p, (long long)rows[i].n,
                (long long)rows[i].n_due);
    st = upkeep_sql_sample_one(c, &(struct upkeep_sample_one_in){.month = upkeep_month_of(c->today)}, &sample);
    if (st == ST_OK)
        buf_fmt(&j->said, "sample of this month: drawn %.*s of %lld entries, seed %lld\n", (int)sample.drawn_on.n, sample.drawn_on.p,
                (long long)sample.n_shown, (long long)sample.seed);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status say_round(struct upkeep_job *j, struct ctx *c)
{
    struct upkeep_report r;
    const enum status st = upkeep_round(c, &r);

    if (st != ST_OK)
        return st;
    if (!r.is_made)
        buf_z(&j->said, "Today's round was made already.\n");
    else if (r.is_jump)
        buf_z(&j->said, "The last round is more than a week away: this one only looked. Tomorrow's writes again.\n");
    else
        buf_fmt(&j->said,
                "looked at %d entries; mails %d (bodies that wait for tomorrow %d); asked %d, reminded %d, to be called %d, sunk %d, "
                "fresh again %d, drawn %d\n",
                r.n_seen, r.n_mails, r.n_waiting_mail, r.n_asked, r.n_reminded, r.n_listed, r.n_sunk, r.n_back, r.n_sampled);
    return ST_OK;
}

/* A hidden entry has no page: it is found by the end of its address all the same. */
static enum status find_hidden(struct ctx *c, struct str slug, int64_t *out_id)
{
    struct upkeep_entry_by_slug_row r;
    const enum status st = upkeep_sql_entry_by_slug(c, &(struct upkeep_entry_by_slug_in){.slug = slug}, &r);

    if (st == ST_OK)
        *out_id = r.service_id;
    return st;
}

static enum status hide_or_show(struct upkeep_job *j, struct ctx *c)
{
    struct call_done done = {.by = STR("")};
    int64_t id = 0;
    enum status st = find_hidden(c, str_of(j->what), &id);

    if (st != ST_OK)
        return st;
    if (strcmp(j->verb, "show") == 0) {
        st = upkeep_show(c, id, &done);
        buf_z(&j->said, "Shown again.\n");
        return st;
    }
    st = upkeep_hide(c, &(struct hide_ask){.service_id = id, .why = str_of(j->why)}, &done);
    buf_z(&j->said, "Hidden. Show it again with: wecare upkeep show\n");
    return st;
}

/* "2026-11", or the month of today. */
static bool month_asked(const struct ctx *c, const char *text, int *out)
{
    const int day = text[0] == '\0' ? c->today : day_parse(str_fmt(c->mem, "%s-01", text));

    *out = day == DAY_NONE ? 0 : upkeep_month_of(day);
    return day != DAY_NONE;
}

static enum status say_sample(struct upkeep_job *j, struct ctx *c)
{
    struct upkeep_sample_one_row sample;
    struct upkeep_check_list_row *rows;
    int month, n = 0;

    if (!month_asked(c, j->what, &month))
        return ST_NOT_FOUND;
    enum status st = upkeep_sql_sample_one(c, &(struct upkeep_sample_one_in){.month = month}, &sample);

    if (st == ST_OK)
        st = upkeep_sql_check_list(c, &(struct upkeep_check_list_in){.month = month}, &rows, &n);
    if (st != ST_OK)
        return st;
    buf_fmt(&j->said, "drawn %.*s of %lld entries, seed %lld\n", (int)sample.drawn_on.n, sample.drawn_on.p, (long long)sample.n_shown,
            (long long)sample.seed);
    for (int i = 0; i < n; i++)
        buf_fmt(&j->said, "%-9s %.*s%s%.*s\n", rows[i].outcome.n == 0 ? "open" : str_z(c->mem, rows[i].outcome), (int)rows[i].slug.n,
                rows[i].slug.p, rows[i].wrong.n > 0 ? "  " : "", (int)rows[i].wrong.n, rows[i].wrong.p);
    return ST_OK;
}

static enum status run(struct db_tx *tx, void *arg)
{
    struct upkeep_job *j = arg;
    struct ctx c = ctx_new(j->mem, &actor_keeper, LANG_EN);
    enum status st;

    c.tx = tx;
    j->said = buf_new(j->mem, 1024);
    if (strcmp(j->verb, "status") == 0)
        st = say_status(j, &c);
    else if (strcmp(j->verb, "run") == 0)
        st = say_round(j, &c);
    else if (strcmp(j->verb, "sample") == 0)
        st = say_sample(j, &c);
    else
        st = hide_or_show(j, &c);
    if (c.problems.n > 0) {
        const struct problem *const p = &c.problems.list[0];

        j->said = buf_new(j->mem, 256);
        buf_str(&j->said, text_fill(j->mem, text_get(LANG_EN, p->key), &(struct text_arg){"value", p->value}, 1));
        buf_char(&j->said, '\n');
    }
    return st;
}

static bool read_words(struct upkeep_job *j, int argc, char **argv)
{
    if (argc < 1)
        return false;
    j->verb = argv[0];
    j->what = argc > 1 ? argv[1] : "";
    j->why = argc > 2 ? argv[2] : "";
    if (strcmp(j->verb, "status") == 0 || strcmp(j->verb, "run") == 0)
        return argc == 1;
    if (strcmp(j->verb, "sample") == 0 || strcmp(j->verb, "show") == 0)
        return argc <= 2 && (argc == 2 || strcmp(j->verb, "sample") == 0);
    return strcmp(j->verb, "hide") == 0 && argc >= 2 && argc <= 3;
}

int upkeep_command(struct db *d, int argc, char **argv)
{
    struct upkeep_job j = {.mem = arena_new(0)};
    int code = EXIT_DONE;

    if (!read_words(&j, argc, argv) || !str_is_utf8(str_of(j.what)) || !str_is_utf8(str_of(j.why))) {
        fputs(upkeep_help, stderr);
        arena_free(j.mem);
        return EXIT_USAGE;
    }
    const enum status st = db_write(d, run, &j);

    if (st == ST_OK) {
        fwrite(j.said.p, 1, j.said.n, stdout);
    } else {
        code = EXIT_REFUSED;
        if (st == ST_INVALID || st == ST_CONFLICT)
            fwrite(j.said.p, 1, j.said.n, stderr);
        else if (st == ST_NOT_FOUND)
            fputs(strcmp(j.verb, "sample") == 0 ? "No sample was drawn in that month.\n"
                                                : "No such entry, or it is so already. Its address ends with its slug.\n",
                  stderr);
        else
            fprintf(stderr, "The database did not take it (%s); nothing was changed.\n", status_name(st));
    }
    arena_free(j.mem);
    return code;
}

/* upkeep_demo.c - how upkeep looks after some months, for the invented entries: bodies that did not answer, a mail that
 * came back, checks made, reports of citizens, time spent. Nobody did any of it; loaded once. */
#include "base/macros.h"
#include "upkeep_days.h"
#include "upkeep_feature.h"
#include "upkeep_sql.h"

enum { MOST_OF_A_BODY = 12, WORDS = 3, DAYS_AGO = 24 };

/* One managing body with its invented entries. */
struct share {
    int64_t body_id;
    const struct upkeep_entry_shown_row *entries[MOST_OF_A_BODY];
    int n, index;
};

static enum status set_state(struct ctx *c, const struct upkeep_entry_shown_row *e, enum upkeep_state state, const char *why)
{
    struct upkeep_row r;
    enum status st = upkeep_store_one(c, e->service_id, &r);

    if (st != ST_OK)
        return st;
    r.state = state;
    r.listed_why = str_of(why);
    r.due_on = r.due_on < c->today ? r.due_on : c->today - DAYS_AGO;
    r.n_calls = state == UPKEEP_SUNK ? 2 : 0;
    r.called_on = state == UPKEEP_SUNK ? c->today - WORDS : DAY_NONE;
    st = upkeep_store_put(c, &r);
    if (st != ST_OK)
        return st;
    struct upkeep_mailbox m;

    st = upkeep_store_mailbox(c, e->organisation_id, &m);
    m.n_mails = 2;
    m.since_mail = DAYS_AGO;
    m.mail_on = c->today - DAYS_AGO;
    m.mail_state = strcmp(why, "bounced") == 0 ? STR("bounced") : STR("sent");
    m.mail_words = strcmp(why, "bounced") == 0 ? STR("550 5.1.1 casella inesistente") : STR("");
    return st == ST_OK ? upkeep_store_put_mailbox(c, &m) : st;
}

static enum status report(struct ctx *c, const struct share *s)
{
    static const struct {
        const char *what, *words;
    } said[WORDS] = {{"phone", "Ho chiamato tre volte di mattina: non risponde nessuno."},
                     {"hours", "Il giovedì adesso è chiuso, c’è un cartello sulla porta."},
                     {"address", "Si sono spostati nella via accanto."}};
    const int k = s->index % WORDS;
    const bool is_mended = s->index % 2 == 1;
    const int on = c->today - 20 + s->index % 10;

    enum status st = upkeep_sql_correction_add(
        c,
        &(struct upkeep_correction_add_in){.service_id = s->entries[1]->service_id,
                                           .what = str_of(said[k].what),
                                           .words = str_of(said[k].words),
                                           .nonce = str_fmt(c->mem, "demo-%d", s->index),
                                           .hour_at = 0,
                                           .received_on = day_iso(c->mem, on)},
        NULL);
    struct upkeep_correction *list;
    int n = 0;

    if (st == ST_OK && is_mended)
        st = upkeep_corrections(c, 0, s->entries[1]->service_id, &list, &n);
    for (int i = 0; st == ST_OK && i < n; i++)
        st = upkeep_sql_correction_close(c,
                                         &(struct upkeep_correction_close_in){.correction_id = list[i].correction_id,
                                                                              .outcome = STR("mended"),
                                                                              .closed_on = day_iso(c->mem, on + 4)},
                                         NULL);
    return st;
}

static enum status checked(struct ctx *c, const struct upkeep_entry_shown_row *e, const char *outcome, const char *wrong)
{
    const int month = upkeep_month_of(c->today) - 1;
    struct upkeep_row r;
    enum status st = upkeep_sql_check_add(c,
                                          &(struct upkeep_check_add_in){.month = month,
                                                                        .service_id = e->service_id,
                                                                        .organisation_id = e->organisation_id,
                                                                        .body_id = e->body_id,
                                                                        .district_id = e->district_id},
                                          NULL);

    if (st != ST_OK || outcome[0] == '\0')
        return st;
    st = upkeep_sql_check_set(c,
                              &(struct upkeep_check_set_in){.month = month,
                                                            .service_id = e->service_id,
                                                            .outcome = str_of(outcome),
                                                            .wrong = str_of(wrong),
                                                            .n_calls = 1,
                                                            .checked_on = day_iso(c->mem, c->today - DAYS_AGO)},
                              NULL);
    if (st != ST_OK || strcmp(outcome, "right") != 0)
        return st;
    st = upkeep_store_one(c, e->service_id, &r);
    r.verified_on = c->today - DAYS_AGO;
    return st == ST_OK ? upkeep_store_put(c, &r) : st;
}

/* Entries 0: silent; 1: reported by a citizen; 2 and 3: checked; 4: to be checked; 5: its mail came back. */
static enum status fill_share(struct ctx *c, const struct share *s)
{
    enum status st = ST_OK;

    if (s->n > 0 && s->index % 3 == 0)
        st = set_state(c, s->entries[0], UPKEEP_SUNK, "silence");
    else if (s->n > 0)
        st = set_state(c, s->entries[0], UPKEEP_LISTED, "silence");
    if (st == ST_OK && s->n > 1)
        st = report(c, s);
    if (st == ST_OK && s->n > 2)
        st = checked(c, s->entries[2], s->index % 5 == 0 ? "wrong" : "right", s->index % 5 == 0 ? "hours" : "");
    if (st == ST_OK && s->n > 3)
        st = checked(c, s->entries[3], s->index % 7 == 0 ? "wrong" : "right", s->index % 7 == 0 ? "phone" : "");
    if (st == ST_OK && s->n > 4)
        st = checked(c, s->entries[4], "", "");
    if (st == ST_OK && s->n > 5)
        st = set_state(c, s->entries[5], UPKEEP_LISTED, "bounced");
    for (int i = 0; st == ST_OK && i < s->n; i += 2)
        st = upkeep_sql_minutes_add(c,
                                    &(struct upkeep_minutes_add_in){.organisation_id = s->entries[i]->organisation_id,
                                                                    .month = upkeep_month_of(c->today),
                                                                    .seconds = 40 + 23 * (s->index + i)},
                                    NULL);
    return st;
}

static enum status fill_shares(struct ctx *c)
{
    struct upkeep_entry_shown_row *rows;
    struct share *shares;
    int n = 0, n_shares = 0;
    enum status st = upkeep_sql_entry_shown(c, &rows, &n);

    if (st != ST_OK)
        return st;
    shares = ARENA_ARRAY(c->mem, struct share, (size_t)n);
    for (int i = 0; i < n; i++) {
        int k = 0;

        if (i > 0 && rows[i].organisation_id == rows[i - 1].organisation_id)
            continue; /* one entry of each body: what befalls a body befalls it once */
        while (k < n_shares && shares[k].body_id != rows[i].body_id)
            k++;
        if (k == n_shares)
            shares[n_shares++] = (struct share){.body_id = rows[i].body_id, .index = k};
        if (shares[k].n < MOST_OF_A_BODY)
            shares[k].entries[shares[k].n++] = &rows[i];
    }
    st = upkeep_sql_sample_add(c,
                               &(struct upkeep_sample_add_in){.month = upkeep_month_of(c->today) - 1,
                                                              .seed = 1,
                                                              .drawn_on = day_iso(c->mem, c->today - DAYS_AGO),
                                                              .n_shown = n},
                               NULL);
    for (int i = 0; st == ST_OK && i < n_shares; i++)
        st = fill_share(c, &shares[i]);
    return st;
}

enum status upkeep_load_demo(struct ctx *c)
{
    struct upkeep_round_get_row round;
    struct upkeep_report report;
    enum status st = upkeep_sql_round_get(c, &round);

    if (st != ST_OK || round.n_rounds > 0)
        return st; /* days have passed here already */
    c->today--;
    st = upkeep_round(c, &report); /* yesterday's, so that today's shows what came of it */
    c->today++;
    if (st == ST_OK)
        st = fill_shares(c);
    return st == ST_OK ? upkeep_round(c, &report) : st;
}

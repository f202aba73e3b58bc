/* upkeep_card.c - an entry in short, as citizens see it, for whoever says whether it is right. */
#include "base/buf.h"
#include "base/macros.h"
#include "upkeep_view.h"

enum { MISSING_BELOW = 500, MOST_MISSING = 3, POINTS = 10, POINT = 100 };

static const enum edit_field shown[] = {EDIT_PHONES, EDIT_HOURS,       EDIT_PLACES,    EDIT_FEE,   EDIT_FEES,
                                        EDIT_EMAIL,  EDIT_ELIGIBILITY, EDIT_DOCUMENTS, EDIT_ALERT, EDIT_STATUS};

struct str upkeep_fill(struct ctx *c, const char *key, const char *name, struct str value)
{
    const struct text_arg arg = {name, value};

    return text_fill(c->mem, text_get(c->lang, key), &arg, 1);
}

struct str upkeep_what_words(struct ctx *c, enum correction_what what)
{
    return text_get(c->lang, str_fmt(c->mem, "upkeep.wrong-%s", upkeep_correction_name(what)).p);
}

struct str upkeep_fresh_words(struct ctx *c, const struct service *s, int verified_on)
{
    if (s->confirmed_on == DAY_NONE)
        return text_get(c->lang, "upkeep.never-confirmed");
    const struct str how = catalogue_how_words(c, s->confirmed_how);
    const struct text_arg args[] = {{"day", text_day(c->mem, c->lang, s->confirmed_on)},
                                    {"how", how},
                                    {"by", s->confirmed_by},
                                    {"verified", text_day(c->mem, c->lang, verified_on)}};
    const char *const key = how.n == 0              ? "upkeep.confirmed"
                            : s->confirmed_by.n > 0 ? "upkeep.confirmed-how-by"
                                                    : "upkeep.confirmed-how";
    const struct str confirmed = text_fill(c->mem, text_get(c->lang, key), args, ARRAY_LEN(args));

    if (verified_on == DAY_NONE)
        return confirmed;
    const struct str verified = text_fill(c->mem, text_get(c->lang, "upkeep.verified"), args, ARRAY_LEN(args));

    return str_fmt(c->mem, "%.*s %.*s", (int)confirmed.n, confirmed.p, (int)verified.n, verified.p);
}

/* What is as it nearly always is is not worth a line. */
static bool is_worth_a_line(enum edit_field f, const struct service *s)
{
    if (f == EDIT_STATUS)
        return s->status != SERVICE_ACTIVE;
    return f != EDIT_FEE || (s->fee != FEE_UNKNOWN && s->fees.n == 0); /* the words say it already */
}

static void fill_facts(struct ctx *c, const struct service *s, struct upkeep_card *out)
{
    out->facts = ARENA_ARRAY(c->mem, struct upkeep_fact, ARRAY_LEN(shown));
    for (int i = 0; i < ARRAY_LEN(shown); i++) {
        const struct str text = catalogue_edit_text(c->mem, shown[i], s);

        if (text.n == 0 || !is_worth_a_line(shown[i], s))
            continue;
        out->facts[out->n_facts++] = (struct upkeep_fact){
            text_get(c->lang, catalogue_edit_shape(shown[i])->label), catalogue_edit_words(c, shown[i], text)};
    }
}

static void fill_missing(struct ctx *c, const struct upkeep_score *score, struct upkeep_card *out)
{
    struct buf b = buf_new(c->mem, 64);
    int n = 0;

    for (int i = 0; i < SCORE_PARTS && n < MOST_MISSING; i++) {
        if (i == SCORE_DATE || score->parts[i] >= MISSING_BELOW)
            continue;
        if (n++ > 0)
            buf_z(&b, ", ");
        buf_str(&b, text_get(c->lang, str_fmt(c->mem, "upkeep.score-%s-lacks", upkeep_score_name((enum score_part)i)).p));
    }
    out->missing = buf_view(&b);
}

struct upkeep_score_view upkeep_score_view(struct ctx *c, const struct service *s)
{
    struct upkeep_score_view v = {.lines = ARENA_ARRAY(c->mem, struct upkeep_score_line, SCORE_PARTS)};
    struct upkeep_score score;

    upkeep_score(s, c->today, &score);
    v.total = text_int(c->mem, c->lang, score.total);
    for (int full = 0; full <= 1; full++)
        for (int i = 0; i < SCORE_PARTS; i++) {
            const char *const name = upkeep_score_name((enum score_part)i);

            if ((score.parts[i] >= POINTS * POINT) != (full == 1))
                continue;
            v.lines[v.n_lines++] = (struct upkeep_score_line){
                text_get(c->lang, str_fmt(c->mem, "upkeep.score-%s", name).p),
                upkeep_fill(c, "upkeep.score-points", "n", text_int(c->mem, c->lang, score.parts[i] / POINT)),
                full == 1 ? STR("") : text_get(c->lang, str_fmt(c->mem, "upkeep.score-%s-how", name).p)};
        }
    return v;
}

static void fill_rhythms(struct ctx *c, int months, struct upkeep_card *out)
{
    static const int all[] = {1, 3, 6, 12};

    out->rhythms = ARENA_ARRAY(c->mem, struct upkeep_option, ARRAY_LEN(all));
    out->n_rhythms = ARRAY_LEN(all);
    for (int i = 0; i < ARRAY_LEN(all); i++)
        out->rhythms[i] = (struct upkeep_option){
            str_fmt(c->mem, "%d", all[i]),
            text_fill(c->mem, text_get_n(c->lang, "upkeep.rhythm-months", all[i]),
                      &(struct text_arg){"n", text_int(c->mem, c->lang, all[i])}, 1),
            all[i] == months};
}

void upkeep_fill_said(struct ctx *c, const struct upkeep_correction *list, int n, struct upkeep_said **out, int *n_out)
{
    *out = ARENA_ARRAY(c->mem, struct upkeep_said, (size_t)n);
    *n_out = n;
    for (int i = 0; i < n; i++)
        (*out)[i] = (struct upkeep_said){upkeep_what_words(c, list[i].what), list[i].words,
                                         text_day(c->mem, c->lang, list[i].received_on)};
}

enum status upkeep_fill_card(struct ctx *c, const struct service *s, const struct upkeep_entry *e, struct upkeep_card *out)
{
    struct upkeep_score score;
    struct upkeep_correction *said = NULL;
    int n = 0;
    enum status st = ST_OK;

    upkeep_score(s, c->today, &score);
    *out = (struct upkeep_card){.id = str_fmt(c->mem, "%lld", (long long)s->service_id),
                                .name = s->name,
                                .path = str_fmt(c->mem, "/servizi/%.*s", (int)s->slug.n, s->slug.p),
                                .summary = s->summary,
                                .seen = upkeep_seen(c, s),
                                .fresh = upkeep_fresh_words(c, s, e->verified_on),
                                .next = text_day(c->mem, c->lang, e->due_on),
                                .score = score.total,
                                .is_due = e->is_due};
    fill_facts(c, s, out);
    fill_missing(c, &score, out);
    out->quality = upkeep_score_view(c, s);
    fill_rhythms(c, e->rhythm_months, out);
    if (e->n_corrections > 0)
        st = upkeep_corrections(c, 0, s->service_id, &said, &n);
    upkeep_fill_said(c, said, n, &out->said, &out->n_said);
    return st;
}

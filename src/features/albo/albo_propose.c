/* albo_propose.c - a proposal: what it must say, limits, the answer, what comes of it. */
#include "albo.h"
#include "albo_store.h"
#include "base/date.h"
#include "base/macros.h"
#include "base/personal.h"
#include "base/random.h"
#include "core/bodies/phones.h"
#include "core/links/links.h"
#include "core/messages/messages.h"
#include "core/post/post.h"
#include "features/albo/albo_themes.h"

enum { MOST_LISTED = 200, NONCE_MAX = 64, PERSONAL_MOST = 3 };
static const int64_t HOUR_MS = 3600000;

/* ---- what is typed ---- */

static struct str tidy_text(struct ctx *c, struct str s)
{
    struct buf b = buf_new(c->mem, s.n + 1);

    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\r')
            buf_char(&b, s.p[i]);
    return str_trim(buf_view(&b));
}

static void check_length(struct ctx *c, const char *field, struct str s, int most)
{
    const int over = (int)str_length(s) - most;

    if (over > 0)
        problems_add(&c->problems, field, "albo.too-long", text_int(c->mem, c->lang, over));
}

static void check_line(struct ctx *c, const char *field, struct str s)
{
    check_length(c, field, s, ALBO_LINE_MAX);
    if (str_index(s, '\n') >= 0 || str_index(s, '\t') >= 0)
        problems_add(&c->problems, field, "albo.one-line", STR(""));
}

/* One comune is meant, or the names that may be. */
static enum status read_comune(struct ctx *c, struct str typed, int64_t *out)
{
    enum { MOST = 4 };
    struct comune_hit *hits;
    struct buf b = buf_new(c->mem, 96);
    int n = 0;

    if (typed.n == 0) {
        problems_add(&c->problems, "comune", "albo.comune-missing", typed);
        return ST_OK;
    }
    const enum status st = places_find_comuni(c, typed, MOST, &hits, &n);

    if (st != ST_OK)
        return st;
    if (n == 1 || (n > 1 && hits[0].match <= MATCH_HAMLET && hits[1].match > MATCH_HAMLET)) {
        *out = hits[0].comune.area.area_id;
        return ST_OK;
    }
    for (int i = 0; i < n; i++)
        buf_fmt(&b, "%s%.*s (%.*s)", i > 0 ? ", " : "", (int)hits[i].comune.area.name.n, hits[i].comune.area.name.p,
                (int)hits[i].comune.prov.n, hits[i].comune.prov.p);
    problems_add(&c->problems, "comune", n == 0 ? "albo.comune-unknown" : "albo.comune-which", buf_view(&b));
    return ST_OK;
}

static enum status check_tax_id(struct ctx *c, struct str tax_id)
{
    struct albo_organisation_by_tax_id_row there;

    if (tax_id.n == 0)
        return ST_OK;
    if (!albo_tax_id_is_right(tax_id)) {
        problems_add(&c->problems, "codice-fiscale", "albo.tax-id-wrong", tax_id);
        return ST_OK;
    }
    const enum status st =
        albo_sql_organisation_by_tax_id(c, &(struct albo_organisation_by_tax_id_in){tax_id}, &there);

    if (st == ST_OK)
        problems_add(&c->problems, "codice-fiscale", "albo.there-already", there.name);
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static void check_reach(struct ctx *c, const struct albo_proposal *p)
{
    struct phone phones[PHONES_MOST];
    struct str wrong;
    int n = 0;

    if (p->phone.n == 0 && p->email.n == 0)
        problems_add(&c->problems, "telefono", "albo.no-reach", STR(""));
    if (p->phone.n > 0 && !phones_read(c->mem, p->phone, phones, &n, &wrong))
        problems_add(&c->problems, "telefono", "albo.phone-wrong", wrong);
    if (p->email.n > 0 && !post_is_address(p->email))
        problems_add(&c->problems, "email", "albo.email-wrong", p->email);
    if (p->website.n > 0 && !str_starts(p->website, STR("https://")) && !str_starts(p->website, STR("http://")))
        problems_add(&c->problems, "sito", "albo.website-wrong", p->website);
}

const char *albo_warning(struct ctx *c, const struct albo_form *f)
{
    const struct str texts[] = {f->name, f->what, f->phone, f->email};
    struct personal found[PERSONAL_MOST];

    for (int i = 0; i < ARRAY_LEN(texts); i++)
        if (personal_find(c->mem, texts[i], found, PERSONAL_MOST) > 0)
            return "albo.personal";
    return "";
}

static enum status read_form(struct ctx *c, const struct albo_form *f, struct albo_proposal *p)
{
    *p = (struct albo_proposal){.name = tidy_text(c, f->name),
                                .kind = organisations_kind_of(f->kind),
                                .section = albo_section_of(f->section),
                                .runts_number = str_trim(f->runts_number),
                                .tax_id = albo_tax_id_tidy(c->mem, f->tax_id),
                                .street = str_trim(f->street),
                                .what = tidy_text(c, f->what),
                                .phone = str_trim(f->phone),
                                .email = str_trim(f->email),
                                .website = str_trim(f->website),
                                .themes = albo_tidy_themes(c, f->themes, f->n_themes),
                                .is_self_help = f->is_self_help,
                                .is_responsible = f->is_responsible};
    if (p->name.n == 0)
        problems_add(&c->problems, "nome", "albo.name-missing", p->name);
    check_length(c, "nome", p->name, ALBO_NAME_MAX);
    check_line(c, "nome", p->name);
    if (p->kind == 0)
        problems_add(&c->problems, "tipo", "albo.kind-missing", STR(""));
    if (p->what.n == 0)
        problems_add(&c->problems, "cosa", "albo.what-missing", p->what);
    check_length(c, "cosa", p->what, ALBO_WHAT_MAX);
    check_line(c, "runts", p->runts_number);
    check_line(c, "indirizzo", p->street);
    check_line(c, "telefono", p->phone);
    check_line(c, "sito", p->website);
    check_reach(c, p);
    enum status st = read_comune(c, str_trim(f->comune), &p->comune_id);

    if (st == ST_OK)
        st = check_tax_id(c, p->tax_id);
    if (st == ST_OK && !f->is_meant && albo_warning(c, f)[0] != '\0')
        problems_add(&c->problems, "letto", "albo.personal", STR(""));
    return st;
}

/* ---- taking it ---- */

static enum status check_flood(struct ctx *c)
{
    struct albo_proposal_counts_row n;
    const struct albo_proposal_counts_in in = {c->now_ms - c->now_ms % HOUR_MS};
    const enum status st = albo_sql_proposal_counts(c, &in, &n);

    if (st == ST_OK && (n.n_since >= ALBO_PER_HOUR || n.n_waiting >= ALBO_WAITING))
        return fail(c, ST_INVALID, "albo.too-many-now");
    return st;
}

static enum status keep(struct ctx *c, const struct albo_proposal *p, struct str nonce, struct str *out_code)
{
    int64_t n = 0;

    *out_code = random_code(c->mem, MESSAGES_CODE_LEN);
    const struct albo_proposal_add_in in = {.code = *out_code,
                                            .nonce = nonce,
                                            .name = p->name,
                                            .kind = str_of(organisations_kind_name(p->kind)),
                                            .runts_section = str_of(albo_section_name(p->section)),
                                            .runts_number = p->runts_number,
                                            .tax_id = p->tax_id,
                                            .comune_id = p->comune_id,
                                            .street = p->street,
                                            .what = p->what,
                                            .phone = p->phone,
                                            .email = p->email,
                                            .website = p->website,
                                            .themes = p->themes,
                                            .is_self_help = p->is_self_help,
                                            .is_responsible = p->is_responsible,
                                            .received_at = c->now_ms - c->now_ms % HOUR_MS};
    const enum status st = albo_sql_proposal_add(c, &in, &n);

    return st == ST_OK && n == 0 ? ST_CONFLICT : st;
}

enum status albo_propose(struct ctx *c, const struct albo_form *f, struct str *out_code)
{
    const struct str nonce = f->nonce.n > 0 && f->nonce.n <= NONCE_MAX ? f->nonce : random_code(c->mem, 20);
    struct albo_proposal_by_nonce_row first;
    struct albo_proposal p;
    enum status st = read_form(c, f, &p);

    if (st != ST_OK)
        return st;
    if (c->problems.n > 0)
        return ST_INVALID;
    st = albo_sweep(c);
    if (st == ST_OK)
        st = albo_sql_proposal_by_nonce(c, &(struct albo_proposal_by_nonce_in){nonce}, &first);
    if (st == ST_OK && str_eq(first.name, p.name)) { /* sent twice */
        *out_code = first.code;
        return ST_OK;
    }
    const bool is_other = st == ST_OK; /* they went back and wrote of another body */

    if (st == ST_OK || st == ST_NOT_FOUND)
        st = check_flood(c);
    return st == ST_OK ? keep(c, &p, is_other ? random_code(c->mem, 20) : nonce, out_code) : st;
}

enum status albo_follow(struct ctx *c, struct str code, struct albo_proposal *out)
{
    const enum status st = code.n == MESSAGES_CODE_LEN ? albo_store_by_code(c, code, out) : ST_NOT_FOUND;

    if (st == ST_OK && out->state != ALBO_WAITS && out->answered_on + ALBO_KEEP_DAYS < c->today)
        return ST_NOT_FOUND;
    return st;
}

enum status albo_sweep(struct ctx *c)
{
    const struct albo_proposal_sweep_in in = {day_iso(c->mem, c->today - ALBO_KEEP_DAYS)};

    return albo_sql_proposal_sweep(c, &in, NULL);
}

/* ---- answering ---- */

enum status albo_may_answer(struct ctx *c, int64_t comune_id, bool *out)
{
    struct body_answer a;
    struct organisation o;
    bool is_region;
    const int64_t acting = links_acting_for(c, &is_region);
    enum status st;

    *out = is_region;
    if (is_region || acting == 0)
        return ST_OK;
    st = bodies_for_area(c, comune_id, c->today, &a);
    if (st != ST_OK || !a.is_known)
        return st;
    st = organisations_of_body(c, a.body.body_id, &o);
    *out = st == ST_OK && o.organisation_id == acting;
    return st == ST_NOT_FOUND ? ST_OK : st;
}

enum status albo_waiting(struct ctx *c, struct albo_proposal **out, int *n_out)
{
    struct albo_proposal *all;
    int n = 0;
    enum status st = albo_store_waiting(c, ALBO_WAITING, &all, &n);

    *out = all;
    *n_out = 0;
    for (int i = 0; st == ST_OK && i < n && *n_out < MOST_LISTED; i++) {
        bool may = false;

        st = albo_may_answer(c, all[i].comune_id, &may);
        if (st == ST_OK && may)
            all[(*n_out)++] = all[i];
    }
    return st;
}

enum status albo_proposal(struct ctx *c, int64_t proposal_id, struct albo_proposal *out)
{
    bool may = false;
    enum status st = albo_store_by_id(c, proposal_id, out);

    if (st == ST_OK)
        st = albo_may_answer(c, out->comune_id, &may);
    return st == ST_OK && !may ? ST_NOT_FOUND : st;
}

static enum status put_organisation(struct ctx *c, const struct albo_proposal *p, int64_t *out_id)
{
    struct phone phones[PHONES_MOST];
    struct str wrong;
    enum put_change change;
    struct organisation o = {.name = p->name,
                             .kind = p->kind,
                             .description = p->what,
                             .email = p->email,
                             .website = p->website,
                             .comune_id = p->comune_id,
                             .tax_id = p->tax_id,
                             .source = STR("albo"),
                             .source_id = p->code};

    if (p->phone.n > 0 && phones_read(c->mem, p->phone, phones, &o.parts.n_phones, &wrong))
        o.parts.phones = phones;
    return organisations_put(c, &o, out_id, &change);
}

static enum status mail_key(struct ctx *c, const struct albo_proposal *p, struct str by, struct albo_approved *out)
{
    const struct text_arg args[] = {{"name", p->name},
                                    {"by", by},
                                    {"key", str_fmt(c->mem, "{portal}%.*s", (int)out->key_path.n, out->key_path.p)}};
    const struct post_mail m = {
        .key = str_fmt(c->mem, "albo:key:%.*s", (int)p->code.n, p->code.p),
        .to = p->email,
        .subject = text_fill(c->mem, text_get(c->lang, "albo.mail-subject"), args, 1),
        .text = text_fill(c->mem, text_get(c->lang, "albo.mail-text"), args, ARRAY_LEN(args)),
        .organisation_id = out->organisation_id};
    enum post_state state = POST_WAITING;
    const enum status st = post_put(c, &m, &state);

    out->was_mailed = st == ST_OK && state != POST_BOUNCED;
    return st;
}

enum status albo_approve(struct ctx *c, int64_t proposal_id, struct str by, struct albo_approved *out)
{
    struct albo_proposal p;
    struct organisation o;
    struct str token;
    enum status st = albo_proposal(c, proposal_id, &p);

    *out = (struct albo_approved){0};
    if (st == ST_OK)
        st = put_organisation(c, &p, &out->organisation_id);
    if (st != ST_OK)
        return st;
    const struct albo_details d = {.section = p.section,
                                   .runts_number = p.runts_number,
                                   .themes = p.themes,
                                   .is_self_help = p.is_self_help,
                                   .is_responsible = p.is_responsible};

    p.state = ALBO_APPROVED;
    p.answered_by = by;
    p.organisation_id = out->organisation_id;
    st = albo_store_answer(c, &p);
    if (st == ST_CONFLICT)
        return fail(c, ST_CONFLICT, "albo.answered-already");
    if (st == ST_OK)
        st = albo_set(c, out->organisation_id, &d, by);
    if (st == ST_OK)
        st = organisations_by_id(c, out->organisation_id, &o);
    if (st == ST_OK)
        st = links_issue(c, &(struct links_ask){.purpose = LINKS_KEEP, .organisation_id = out->organisation_id}, &token);
    if (st != ST_OK)
        return st;
    out->slug = o.slug;
    out->key_path = links_path(c, LINKS_KEEP, token);
    return p.email.n > 0 ? mail_key(c, &p, by, out) : ST_OK;
}

enum status albo_refuse(struct ctx *c, int64_t proposal_id, struct str by, struct str words)
{
    struct albo_proposal p;
    enum status st = albo_proposal(c, proposal_id, &p);

    if (st != ST_OK)
        return st;
    p.answer = tidy_text(c, words);
    if (p.answer.n == 0)
        problems_add(&c->problems, "risposta", "albo.answer-missing", p.answer);
    check_length(c, "risposta", p.answer, ALBO_ANSWER_MAX);
    if (c->problems.n > 0)
        return ST_INVALID;
    p.state = ALBO_REFUSED;
    p.answered_by = by;
    st = albo_store_answer(c, &p);
    return st == ST_CONFLICT ? fail(c, ST_CONFLICT, "albo.answered-already") : st;
}

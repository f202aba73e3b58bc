/* simulations_ask.c - what a form asks: two texts, a population, a budget. */
#include "base/date.h"
#include "base/macros.h"
#include "base/tables.h"
#include "base/text.h"
#include "simulations_asked.h"
#include "simulations_held.h"
#include <setjmp.h>
#include <string.h>

void simulations_mistake(struct simulations_asked *a, const char *field, struct str words)
{
    if (a->n_mistakes < SIMULATIONS_MOST_FIELDS)
        a->mistakes[a->n_mistakes++] = (struct simulations_mistake){str_of(field), words};
}

static struct str filled(struct ctx *c, const char *key, struct str value)
{
    const struct text_arg arg = {"value", value};

    return text_fill(c->mem, text_get(c->lang, key), &arg, 1);
}

/* A value of the form, or of the address of a page that is only looked at. */
static struct str value_of(struct web *w, const char *name)
{
    const struct str v = web_field(w, name);

    return str_trim(v.n > 0 ? v : web_query(w, name));
}

/* ---- the measure ---- */

static struct str address_of(struct arena *mem, const struct rules *r)
{
    const struct str code = rules_code(r);
    int from, to;

    rules_validity(r, &from, &to);
    return from == DAY_NONE ? code : str_fmt(mem, "%.*s@%d", (int)code.n, code.p, from);
}

/* "regolamento:SLUG": what a body asks or gives today. */
static enum status find_regulation(struct ctx *c, struct simulations_asked *a)
{
    struct regulation r;
    const enum status st = regulations_by_slug(c, str_from(a->measure, SIMULATIONS_REGULATION.n), &r);

    if (st == ST_OK) {
        a->base_text = r.text;
        a->measure_name = str_fmt(c->mem, "%.*s: %.*s", (int)r.body.n, r.body.p, (int)r.title.n, r.title.p);
        a->is_usually_paid = r.kind != REGULATION_SUPPORT;
    } else {
        a->measure = STR("");
    }
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status find_measure(struct web *w, struct simulations_asked *a)
{
    struct ctx *const c = web_ctx(w);
    const struct rules *found = NULL;

    if (str_starts(a->measure, SIMULATIONS_REGULATION))
        return find_regulation(c, a);

    for (int i = 0; i < rules_shelf_n(a->shelf) + rules_shelf_n_samples(a->shelf); i++) {
        const int n = rules_shelf_n(a->shelf);
        const struct rules *const r = i < n ? rules_shelf_at(a->shelf, i) : rules_shelf_sample_at(a->shelf, i - n);

        if (str_eq(address_of(c->mem, r), a->measure) || (str_eq(rules_code(r), a->measure) && rules_holds_on(r, c->today)))
            found = r;
    }
    if (found == NULL) {
        a->measure = STR("");
        return ST_OK;
    }
    a->measure = address_of(c->mem, found);
    a->base_text = rules_shelf_file(a->shelf, found)->bytes;
    a->measure_name = rules_name(found);
    return ST_OK;
}

/* ---- the texts ---- */

static struct str text_trouble(struct ctx *c, const struct rules_error *e)
{
    const struct text_arg args[] = {{"line", str_fmt(c->mem, "%d", e->line)}, {"column", str_fmt(c->mem, "%d", e->column)},
                                    {"words", filled(c, e->key, e->value)}};

    return text_fill(c->mem, text_get(c->lang, "simulations.at-line"), args, 3);
}

static bool parses(struct web *w, struct simulations_asked *a, struct str text, const struct rules **out, struct str *error, const char *field)
{
    struct ctx *const c = web_ctx(w);
    struct rules_error e;

    if (rules_parse(c->mem, a->facts, text, out, &e) == ST_OK)
        return true;
    *error = text_trouble(c, &e);
    simulations_mistake(a, field, *error);
    return false;
}

/* The range was moved when it stands elsewhere than where the page put it; else the number beside it counts. */
static struct str moved(struct web *w, const struct rules_part *p)
{
    const struct str now = value_of(w, "cursore"), before = value_of(w, "cursore-prima");
    const struct str typed = value_of(w, str_fmt(web_ctx(w)->mem, "p-%.*s", (int)p->name.n, p->name.p).p);

    return now.n > 0 && before.n > 0 && !str_eq(now, before) ? now : typed;
}

static bool is_movable(const struct rules_part *p)
{
    return p->kind == RULES_PART_PARAMETER && p->typed.n > 0;
}

/* The new text is the typed one, or that of the measure; then come the numbers of the fields. */
static bool change_numbers(struct web *w, struct simulations_asked *a, struct str base)
{
    struct ctx *const c = web_ctx(w);
    const struct rules *r;

    if (!parses(w, a, base, &r, &a->new_error, "testo"))
        return false;
    rules_parts(c->mem, r, base, &a->parts, &a->n_parts);
    a->choice.new_text = base;
    const struct str slider = value_of(w, "soglia");

    for (int i = 0; i < a->n_parts && i < SIMULATIONS_MOST_FIELDS; i++) {
        const struct rules_part *const p = &a->parts[i];
        struct rules_change change = {p->name, STR("")};
        int wrong;

        if (!is_movable(p))
            continue;
        change.number = str_eq(p->name, slider) ? moved(w, p) : value_of(w, str_fmt(c->mem, "p-%.*s", (int)p->name.n, p->name.p).p);
        if (change.number.n == 0)
            continue;
        if (rules_change(c->mem, r, a->choice.new_text, &change, 1, &a->choice.new_text, &wrong) != ST_OK) {
            a->field_typed[i] = change.number;
            a->field_errors[i] = filled(c, "simulations.number-wrong", change.number);
            simulations_mistake(a, str_fmt(c->mem, "p-%.*s", (int)p->name.n, p->name.p).p, a->field_errors[i]);
            continue;
        }
        /* places in the text have moved */
        if (rules_parse(c->mem, a->facts, a->choice.new_text, &r, &(struct rules_error){0}) != ST_OK)
            return parses(w, a, a->choice.new_text, &r, &a->new_error, "testo");
    }
    rules_parts(c->mem, r, a->choice.new_text, &a->parts, &a->n_parts);
    return true;
}

static void find_slider(struct web *w, struct simulations_asked *a)
{
    const struct str other = value_of(w, "sposta"), asked = other.n > 0 ? other : value_of(w, "soglia");

    for (int i = 0; i < a->n_parts; i++) {
        const struct rules_part *const p = &a->parts[i];

        if (!is_movable(p))
            continue;
        if (str_eq(p->name, asked)) {
            a->slider = p->name;
            return;
        }
        if (a->slider.n == 0 && p->type == RULES_MONEY)
            a->slider = p->name;
    }
}

static void read_texts(struct web *w, struct simulations_asked *a)
{
    const struct rules *r;
    const struct str old_text = a->typed_old.n > 0 ? a->typed_old : a->base_text;

    if (old_text.n == 0)
        return;
    a->choice.old_text = old_text;
    const bool is_old = parses(w, a, old_text, &r, &a->old_error, "testo-vecchio");

    a->is_read = change_numbers(w, a, a->typed_new.n > 0 ? a->typed_new : old_text) && is_old;
    if (a->is_read)
        find_slider(w, a);
}

/* ---- the rest ---- */

static void read_numbers(struct web *w, struct simulations_asked *a)
{
    struct ctx *const c = web_ctx(w);
    const struct str n = value_of(w, "famiglie"), seed = value_of(w, "seme"), rank = value_of(w, "ordine");
    struct ratio budget;
    int64_t number = 1;

    a->n = SIMULATIONS_DEFAULT;
    if (n.n > 0 && (!str_to_int(n, &a->n) || a->n < 1 || a->n > SIMULATIONS_MOST_WEB)) {
        a->n = SIMULATIONS_DEFAULT;
        simulations_mistake(a, "famiglie", filled(c, "simulations.households-wrong", n));
    }
    if (seed.n > 0 && (!str_to_int(seed, &number) || number < 0)) {
        number = 1;
        simulations_mistake(a, "seme", filled(c, "simulations.seed-wrong", seed));
    }
    a->seed = (uint64_t)number;
    a->budget = value_of(w, "tetto");
    if (a->budget.n > 0 && (!rules_number_read(a->budget, &budget) || !ratio_mul(budget, ratio_of(100), &budget) || budget.den != 1))
        simulations_mistake(a, "tetto", filled(c, "simulations.number-wrong", a->budget));
    else
        a->choice.budget_cents = a->budget.n > 0 ? budget.num : 0;
    a->choice.rank = str_eq_z(rank, "punti") ? SIMULATIONS_BY_POINTS : SIMULATIONS_BY_ISEE;
    a->choice.is_paid = value_of(w, "pagano").n > 0;
}

static void read_files(struct web *w, struct simulations_asked *a)
{
    struct ctx *const c = web_ctx(w);
    struct web_upload file;
    struct str why;

    a->csv = web_field(w, "csv");
    if (web_upload_at(w, "popolazione", 0, &file) && file.bytes.n > 0)
        a->csv = file.bytes;
    if (a->csv.n > SIMULATIONS_MAX_CSV || !str_is_utf8(a->csv)) {
        a->csv_error = text_get(c->lang, a->csv.n > SIMULATIONS_MAX_CSV ? "simulations.csv-long" : "simulations.csv-utf8");
        simulations_mistake(a, "popolazione", a->csv_error);
        a->csv = STR("");
    }
    if (!web_upload_at(w, "salvata", 0, &file) || file.bytes.n == 0)
        return;
    if (simulations_saved_read(c->mem, file.bytes, &a->saved, &why) != ST_OK || (a->saved.is_synthetic && a->saved.n > SIMULATIONS_MOST_WEB)) {
        simulations_mistake(a, "salvata", text_get(c->lang, "simulations.saved-wrong"));
        return;
    }
    a->has_saved = true;
}

/* Everything as the saved file says, whatever else the form says. */
static void take_saved(struct simulations_asked *a, struct arena *mem)
{
    a->measure = STR("");
    a->typed_old = a->saved.choice.old_text;
    a->typed_new = a->saved.choice.new_text;
    a->choice = a->saved.choice;
    if (a->saved.is_synthetic) {
        a->n = a->saved.n;
        a->seed = a->saved.seed;
        a->csv = STR("");
    }
    if (a->choice.budget_cents > 0)
        a->budget = rules_number_typed(mem, (struct ratio){a->choice.budget_cents, 100});
}

enum status simulations_ask_read(struct web *w, struct simulations_asked *a)
{
    struct ctx *const c = web_ctx(w);

    a->shelf = rules_shelf_of(c);
    a->facts = rules_shelf_facts(a->shelf);
    a->measure = value_of(w, "misura");
    a->typed_old = str_trim(web_field(w, "testo-vecchio"));
    a->typed_new = str_trim(web_field(w, "testo"));
    read_files(w, a);
    read_numbers(w, a);
    if (a->has_saved)
        take_saved(a, c->mem);
    const enum status st = a->measure.n > 0 ? find_measure(w, a) : ST_OK;

    if (st != ST_OK)
        return st;
    if (value_of(w, "famiglie").n == 0 && !a->has_saved) /* the form has not been sent yet */
        a->choice.is_paid = a->is_usually_paid;
    if (a->has_saved) {
        const struct rules *r;

        a->is_read = parses(w, a, a->choice.old_text, &r, &a->old_error, "testo-vecchio") &&
                     parses(w, a, a->choice.new_text, &r, &a->new_error, "testo");
        if (a->is_read) {
            rules_parts(c->mem, r, a->choice.new_text, &a->parts, &a->n_parts);
            find_slider(w, a);
        }
    } else {
        read_texts(w, a);
    }
    return ST_OK;
}

/* ---- the answer ---- */

static struct str *copies(struct arena *mem, const struct str *list, int n)
{
    struct str *const out = ARENA_ARRAY(mem, struct str, (size_t)n + 1);

    for (int i = 0; i < n; i++)
        out[i] = str_copy(mem, list[i]);
    return out;
}

/* What pages and files need of a population, without anybody's facts. */
static struct simulations_population *light(struct arena *mem, const struct simulations_population *p)
{
    struct simulations_population *const x = ARENA_NEW(mem, struct simulations_population);
    int32_t *const zones = ARENA_ARRAY(mem, int32_t, (size_t)p->n_places + 1);

    *x = *p;
    memcpy(zones, p->zone_of, (size_t)p->n_places * sizeof *zones);
    x->own = NULL;
    x->place = NULL;
    x->kinds = NULL;
    x->zone_of = zones;
    x->places = copies(mem, p->places, p->n_places);
    x->place_codes = copies(mem, p->place_codes, p->n_places);
    x->zones = copies(mem, p->zones, p->n_zones);
    x->p = (struct rules_population){.n_households = p->p.n_households, .n_members = p->p.n_members};
    return x;
}

/* The memory of the request may end on the way: the population is given back all the same. */
static enum status run_and_copy(struct arena *mem, const struct simulations_population *p, const struct simulations_choice *o,
                                struct simulations_result **out, struct simulations_population **people, struct simulations_error *error)
{
    jmp_buf trap;
    jmp_buf *const before = arena_trap(mem, &trap);
    volatile enum status st = ST_BUSY;

    if (setjmp(trap) == 0) {
        *out = simulations_new(mem, p);
        st = simulations_run(mem, p, o, *out, error);
        if (st == ST_OK)
            *people = light(mem, p);
    }
    arena_trap(mem, before);
    return st;
}

enum status simulations_ask_people(struct ctx *c, const struct simulations_people *who, const struct simulations_choice *o,
                                   struct simulations_result **out, struct simulations_population **people, struct simulations_wrong *wrong)
{
    const struct rules_facts *const facts = rules_shelf_facts(rules_shelf_of(c));
    struct simulations_population *p = NULL;
    bool *const wanted = ARENA_ARRAY(c->mem, bool, (size_t)rules_n_facts(facts) + 1);

    *wrong = (struct simulations_wrong){0};
    if (simulations_wanted(c->mem, facts, o, wanted, &wrong->asked) != ST_OK)
        return ST_INVALID;
    if (!who->is_synthetic && simulations_read(c->mem, facts, who->csv, &p, &wrong->csv) != ST_OK)
        return ST_INVALID;
    if (who->is_synthetic)
        p = simulations_held_take(c, facts, who->seed, who->n, wanted);
    struct simulations_choice asked = *o;

    if (who->is_synthetic)
        asked.before = simulations_held_before(c, p, o->old_text);
    const enum status st = run_and_copy(c->mem, p, &asked, out, people, &wrong->asked);

    if (who->is_synthetic) {
        simulations_held_keep(c, p, asked.before);
        simulations_held_give(c, p);
    } else {
        simulations_free(p);
    }
    return st;
}

static enum status refuse_csv(struct web *w, struct simulations_asked *a, const struct simulations_trouble *why)
{
    struct ctx *const c = web_ctx(w);
    const struct text_arg args[] = {{"line", str_fmt(c->mem, "%lld", (long long)why->line)}, {"words", filled(c, why->key, why->value)}};

    a->csv_error = why->line > 0 ? text_fill(c->mem, text_get(c->lang, "simulations.csv-at-line"), args, 2) : args[1].value;
    simulations_mistake(a, "csv", a->csv_error);
    return ST_INVALID;
}

enum status simulations_ask_run(struct web *w, struct simulations_asked *a, struct simulations_result **out,
                                struct simulations_population **people)
{
    const struct simulations_people who = {a->csv, a->csv.n == 0, a->seed, a->n};
    struct simulations_wrong wrong;

    if (!a->is_read || a->n_mistakes > 0)
        return ST_INVALID;
    const enum status st = simulations_ask_people(web_ctx(w), &who, &a->choice, out, people, &wrong);

    return st == ST_INVALID && wrong.csv.key != NULL ? refuse_csv(w, a, &wrong.csv) : st;
}

/* entitled_plain.c - facts of the rules as boxes, as they stand in the list. */
#include "entitled_plain.h"
#include "base/macros.h"
#include "base/text.h"

void entitled_plain_new(struct ctx *c, const bool *is_asked, struct entitled_plain *out)
{
    const struct rules_facts *const facts = rules_shelf_facts(rules_shelf_of(c));
    const size_t n = (size_t)rules_n_facts(facts) + 1;

    *out = (struct entitled_plain){.facts = facts, .is_asked = is_asked, .values = ARENA_ARRAY(c->mem, struct str, n), .n_people = 1};
    for (int i = 0; i < PLAIN_MOST_PEOPLE; i++)
        out->people[i] = ARENA_ARRAY(c->mem, struct str, n);
}

/* ---- read ---- */

static bool is_code(const struct rules_fact *f, struct str value)
{
    for (int i = 0; i < f->n_codes; i++)
        if (str_eq(f->codes[i], value))
            return true;
    return false;
}

static void read_one(struct web *w, const struct rules_fact *f, struct str name, struct str *out)
{
    struct problems *const problems = &web_ctx(w)->problems;
    const char *const field = str_z(web_ctx(w)->mem, name);
    struct ratio n;

    *out = str_trim(web_field(w, field));
    if (out->n > ENTITLED_MOST_TYPED) {
        problems_add(problems, field, "entitled.too-long", STR(""));
        *out = STR("");
    }
    if (out->n == 0)
        return;
    if (f->type == RULES_BOOL || f->type == RULES_CODE) {
        if (f->type == RULES_CODE ? !is_code(f, *out) : !str_eq_z(*out, "si") && !str_eq_z(*out, "no"))
            *out = STR("");
    } else if (!entitled_number(*out, f->type == RULES_MONEY, &n)) {
        problems_add(problems, field, f->type == RULES_MONEY ? "entitled.money-unread" : "entitled.number-unread", *out);
    }
}

static struct str name_of(struct ctx *c, const struct rules_fact *f, int person)
{
    return person < 0 ? f->name : str_fmt(c->mem, "%.*s-%d", (int)f->name.n, f->name.p, person + 1);
}

static int count_of(struct web *w, const char *name, int least, int most)
{
    int64_t n;

    return str_to_int(web_field(w, name), &n) && n >= least && n <= most ? (int)n : least;
}

static void drop(struct entitled_plain *p, int nth)
{
    const int last = p->n_people + p->n_outside - 1;
    struct str *const gone = p->people[nth - 1];

    for (int i = nth - 1; i < last; i++)
        p->people[i] = p->people[i + 1];
    p->people[last] = gone;
    for (int i = 0; i < rules_n_facts(p->facts); i++)
        gone[i] = STR("");
    if (nth <= p->n_people)
        p->n_people--;
    else
        p->n_outside--;
}

/* One who joins the household stands before those who live elsewhere. */
static void add(struct entitled_plain *p, bool is_outside)
{
    struct str *const fresh = p->people[p->n_people + p->n_outside];

    if (is_outside) {
        p->n_outside++;
        return;
    }
    for (int i = p->n_people + p->n_outside; i > p->n_people; i--)
        p->people[i] = p->people[i - 1];
    p->people[p->n_people++] = fresh;
}

static void act(struct web *w, struct entitled_plain *p)
{
    const struct str asked = web_field(w, "azione");
    const bool is_outside = str_eq_z(asked, "aggiungi-fuori"), has_room = p->n_people + p->n_outside < PLAIN_MOST_PEOPLE;
    int64_t nth = 0;

    if (has_room && (is_outside || str_eq_z(asked, "aggiungi")))
        add(p, is_outside);
    else if (str_starts(asked, STR("togli-")) && str_to_int(str_from(asked, 6), &nth) && nth > 1 && nth <= p->n_people + p->n_outside)
        drop(p, (int)nth);
}

void entitled_plain_read(struct web *w, const bool *is_asked, struct entitled_plain *out)
{
    struct ctx *c = web_ctx(w);

    entitled_plain_new(c, is_asked, out);
    out->n_people = count_of(w, "persone", 1, PLAIN_MOST_PEOPLE);
    out->n_outside = count_of(w, "fuori", 0, PLAIN_MOST_PEOPLE - out->n_people);
    for (int i = 0; i < rules_n_facts(out->facts); i++) {
        const struct rules_fact *const f = rules_fact_at(out->facts, i);

        if (!is_asked[i])
            continue;
        if (!f->is_of_member)
            read_one(w, f, f->name, &out->values[i]);
        for (int p = 0; f->is_of_member && p < out->n_people + out->n_outside; p++)
            read_one(w, f, name_of(c, f, p), &out->people[p][i]);
    }
    act(w, out);
}

/* ---- as facts ---- */

static void put(const struct rules_fact *f, struct str typed, struct rules_value *v)
{
    if (typed.n == 0)
        return;
    if (f->type == RULES_BOOL)
        v->number = ratio_of(str_eq_z(typed, "si"));
    else if (f->type == RULES_CODE)
        v->code = typed;
    else if (!entitled_number(typed, f->type == RULES_MONEY, &v->number))
        return;
    v->known = RULES_CERTAIN;
}

struct rules_household *entitled_plain_household(struct ctx *c, const struct entitled_plain *p)
{
    struct rules_household *const h = rules_household_with(c->mem, p->facts, p->n_people, p->n_outside);

    for (int i = 0; i < rules_n_facts(p->facts); i++) {
        const struct rules_fact *const f = rules_fact_at(p->facts, i);

        if (!f->is_of_member)
            put(f, p->values[i], &h->values[i]);
        for (int m = 0; f->is_of_member && m < p->n_people + p->n_outside; m++)
            put(f, p->people[m][i], &h->members[m].values[i]);
    }
    if (p->plan != NULL)
        regulations_plan_rest(c, p->plan, h);
    return h;
}

/* ---- as boxes ---- */

static struct entitled_option option(struct ctx *c, const char *value, struct str label, struct str chosen)
{
    return (struct entitled_option){value, label, str_eq_z(chosen, value)};
}

static struct entitled_box box_of(struct ctx *c, const struct entitled_plain *p, int fact, struct str value, int person)
{
    const struct rules_fact *const f = rules_fact_at(p->facts, fact);
    const struct str name = name_of(c, f, person);
    const struct text_arg usual = {"value", f->usual};
    struct entitled_box b = {.name = name,
                             .label = f->label,
                             .value = value,
                             .mode = "decimal",
                             .problem = entitled_problem_words(c, str_z(c->mem, name)),
                             .is_choice = f->type == RULES_BOOL || f->type == RULES_CODE,
                             .options = ARENA_ARRAY(c->mem, struct entitled_option, (size_t)f->n_codes + 3)};

    if (f->type == RULES_MONEY)
        b.label = str_fmt(c->mem, "%.*s, euro", (int)f->label.n, f->label.p);
    if (f->usual.n > 0)
        b.hint = text_fill(c->mem, text_get(c->lang, "entitled.usual"), &usual, 1);
    b.has_hint = b.hint.n > 0;
    b.options[b.n_options++] = option(c, "", text_get(c->lang, "entitled.unknown"), value);
    if (f->type == RULES_BOOL) {
        b.options[b.n_options++] = option(c, "si", text_get(c->lang, "entitled.yes"), value);
        b.options[b.n_options++] = option(c, "no", text_get(c->lang, "entitled.no"), value);
    }
    for (int i = 0; i < f->n_codes; i++)
        b.options[b.n_options++] = option(c, str_z(c->mem, f->codes[i]), regulations_plan_answer(c, p->plan, fact, f->codes[i]), value);
    return b;
}

/* Which boxes: those of the folded part, or not; of one chapter, or of any (empty). */
struct which {
    bool are_rare;
    struct str chapter;
};

static bool is_meant(const struct entitled_plain *p, int i, int person, struct which which)
{
    const struct rules_fact *const f = rules_fact_at(p->facts, i);

    return p->is_asked[i] && !(p->plan != NULL && regulations_plan_asks(p->plan, i)) && f->is_of_member == (person >= 0) && (p->is_rare != NULL && p->is_rare[i]) == which.are_rare &&
           (which.chapter.n == 0 || str_eq(f->chapter, which.chapter));
}

/* True when one of them is filled. */
static bool put_boxes(struct ctx *c, const struct entitled_plain *p, int person, struct which which, struct entitled_box **out, int *n_out)
{
    bool is_filled = false;

    *out = ARENA_ARRAY(c->mem, struct entitled_box, (size_t)rules_n_facts(p->facts) + 1);
    *n_out = 0;
    for (int i = 0; i < rules_n_facts(p->facts); i++) {
        if (!is_meant(p, i, person, which))
            continue;
        (*out)[*n_out] = box_of(c, p, i, person < 0 ? p->values[i] : p->people[person][i], person);
        is_filled = is_filled || (*out)[*n_out].value.n > 0;
        ++*n_out;
    }
    return is_filled;
}

/* The questions of the scale, the services of the plan with what each costs. */
static void put_plan(struct ctx *c, const struct entitled_plain *p, struct entitled_part *out)
{
    const struct regulations_plan *const plan = p->plan;

    if (plan == NULL)
        return;
    out->scale = ARENA_ARRAY(c->mem, struct entitled_box, PLAN_ITEMS);
    out->services = ARENA_ARRAY(c->mem, struct entitled_box, PLAN_SERVICES + 1);
    for (int i = 0; i < plan->n_items; i++)
        out->scale[out->n_scale++] = box_of(c, p, plan->items[i].fact, p->values[plan->items[i].fact], -1);
    for (int i = 0; i < plan->n_services; i++) {
        struct entitled_box *const b = &out->services[out->n_services++];

        *b = box_of(c, p, plan->services[i].fact, p->values[plan->services[i].fact], -1);
        if (plan->services[i].price.n > 0)
            b->hint = plan->services[i].price;
        b->has_hint = b->hint.n > 0;
    }
}

static struct entitled_person_view person_of(struct ctx *c, const struct entitled_plain *p, int i)
{
    const struct text_arg n = {"n", str_fmt(c->mem, "%d", i < p->n_people ? i + 1 : i - p->n_people + 1)};

    return (struct entitled_person_view){
        .title = i == 0 ? text_get(c->lang, "entitled.asker")
                        : text_fill(c->mem, text_get(c->lang, i < p->n_people ? "entitled.person" : "entitled.outside"), &n, 1),
        .nth = i + 1,
        .may_go = i > 0};
}

void entitled_plain_part(struct ctx *c, const struct entitled_plain *p, struct entitled_part *out)
{
    const struct which usual = {0}, rare = {.are_rare = true};

    *out = (struct entitled_part){.id = "fatti", .people = ARENA_ARRAY(c->mem, struct entitled_person_view, PLAIN_MOST_PEOPLE)};
    put_plan(c, p, out);
    put_boxes(c, p, -1, usual, &out->boxes, &out->n_boxes);
    out->is_open = put_boxes(c, p, -1, rare, &out->rare, &out->n_rare);
    for (int i = 0; i < p->n_people + p->n_outside; i++) {
        struct entitled_person_view *const v = &out->people[out->n_people];

        *v = person_of(c, p, i);
        put_boxes(c, p, i, usual, &v->boxes, &v->n_boxes);
        v->is_open = put_boxes(c, p, i, rare, &v->rare, &v->n_rare);
        out->n_people += v->n_boxes + v->n_rare > 0;
    }
}

/* In the order in which the list of facts first names them. */
static void put_chapters(struct ctx *c, const struct entitled_plain *p, int person, struct entitled_chapter **out, int *n_out)
{
    const int n = rules_n_facts(p->facts);
    struct str *const named = ARENA_ARRAY(c->mem, struct str, (size_t)n + 1);

    *out = ARENA_ARRAY(c->mem, struct entitled_chapter, (size_t)n + 1);
    *n_out = 0;
    for (int i = 0; i < n; i++) {
        const struct str chapter = rules_fact_at(p->facts, i)->chapter;
        struct entitled_chapter *const v = &(*out)[*n_out];
        int k = 0;

        while (k < *n_out && !str_eq(named[k], chapter))
            k++;
        if (k < *n_out || !is_meant(p, i, person, (struct which){.chapter = chapter}))
            continue;
        named[(*n_out)++] = chapter;
        v->title = text_get(c->lang, str_fmt(c->mem, "entitled.chapter-%.*s", (int)chapter.n, chapter.p).p);
        v->is_open = put_boxes(c, p, person, (struct which){.chapter = chapter}, &v->boxes, &v->n_boxes) || *n_out == 1;
        for (k = 0; k < v->n_boxes; k++)
            v->is_open = v->is_open || v->boxes[k].problem.n > 0;
    }
}

void entitled_plain_chapters(struct ctx *c, const struct entitled_plain *p, struct entitled_part *out)
{
    *out = (struct entitled_part){.id = "fatti", .people = ARENA_ARRAY(c->mem, struct entitled_person_view, PLAIN_MOST_PEOPLE)};
    put_plan(c, p, out);
    put_chapters(c, p, -1, &out->chapters, &out->n_chapters);
    for (int i = 0; i < p->n_people + p->n_outside; i++) {
        struct entitled_person_view *const v = &out->people[out->n_people++];

        *v = person_of(c, p, i);
        put_chapters(c, p, i, &v->chapters, &v->n_chapters);
    }
}

/* entitled_form.c - the questions as boxes: words, choices, what was typed, what to mend. */
#include "base/macros.h"
#include "base/text.h"
#include "entitled_boxes.h"

struct str entitled_label(struct ctx *c, const struct entitled_field *f)
{
    return text_get(c->lang, str_z(c->mem, str_fmt(c->mem, "entitled.f-%s", f->name)));
}

struct str entitled_choice_words(struct ctx *c, const struct entitled_field *f, struct str value)
{
    if (f->kind == FIELD_YES)
        return text_get(c->lang, str_eq_z(value, "si") ? "entitled.yes" : "entitled.no");
    if (f->kind != FIELD_CHOICE)
        return value;
    return text_get(c->lang, str_z(c->mem, str_fmt(c->mem, "entitled.o-%s-%.*s", f->name, (int)value.n, value.p)));
}

struct str entitled_problem_words(struct ctx *c, const char *name)
{
    const struct problem *const p = problems_of(&c->problems, name);

    if (p == NULL)
        return STR("");
    const struct text_arg value = {"value", p->value};

    return text_fill(c->mem, text_get(c->lang, p->key), &value, 1);
}

static void put_options(struct ctx *c, const struct entitled_field *f, struct entitled_box *b)
{
    static const char *const yes_no[] = {"si", "no"};
    const char *const *const list = f->kind == FIELD_YES ? yes_no : f->choices;
    const int n = f->kind == FIELD_YES ? ARRAY_LEN(yes_no) : ENTITLED_MOST_CHOICES;

    b->options = ARENA_ARRAY(c->mem, struct entitled_option, (size_t)n + 1);
    b->options[b->n_options++] = (struct entitled_option){"", text_get(c->lang, "entitled.unknown"), b->value.n == 0};
    for (int i = 0; i < n && list[i] != NULL; i++)
        b->options[b->n_options++] =
            (struct entitled_option){list[i], entitled_choice_words(c, f, str_of(list[i])), str_eq_z(b->value, list[i])};
}

static struct entitled_box box_of(struct ctx *c, const struct entitled_field *f, struct str value, int person)
{
    const char *const hint = str_z(c->mem, str_fmt(c->mem, "entitled.h-%s", f->name));
    struct entitled_box b = {.name = f->of_person ? str_fmt(c->mem, "%s-%d", f->name, person + 1) : str_of(f->name),
                             .label = entitled_label(c, f),
                             .hint = text_has(c->lang, hint) ? text_get(c->lang, hint) : STR(""),
                             .value = value,
                             .mode = f->kind == FIELD_AGE ? "numeric" : f->kind == FIELD_MONEY ? "decimal" : "text",
                             .is_choice = f->kind == FIELD_CHOICE || f->kind == FIELD_YES,
                             .is_place = f->kind == FIELD_PLACE};

    b.has_hint = b.hint.n > 0;
    b.problem = entitled_problem_words(c, str_z(c->mem, b.name));
    if (b.is_choice)
        put_options(c, f, &b);
    return b;
}

/* Boxes of one question, of one person (-1: of the household); true when one of the folded ones is filled. */
static bool put_boxes(struct ctx *c, const struct entitled_answers *a, enum entitled_question q, int person, bool of_rare,
                      struct entitled_box **out, int *n_out)
{
    bool is_filled = false;

    *out = ARENA_ARRAY(c->mem, struct entitled_box, (size_t)entitled_n_fields);
    *n_out = 0;
    for (int i = 0; i < entitled_n_fields; i++) {
        const struct entitled_field *const f = &entitled_fields[i];
        const bool is_asker_himself = person == 0 && str_eq_z(str_of(f->name), "chi");

        if (f->question != q || f->of_person != (person >= 0) || f->is_rare != of_rare || is_asker_himself)
            continue;
        (*out)[*n_out] = box_of(c, f, person < 0 ? a->values[i] : a->people[person][i], person);
        is_filled = is_filled || (*out)[*n_out].value.n > 0 || (*out)[*n_out].problem.n > 0;
        ++*n_out;
    }
    return is_filled;
}

static struct str person_title(struct ctx *c, const struct entitled_answers *a, int p)
{
    const struct str age = entitled_value_of(a, p, "eta");
    const struct text_arg args[] = {{"n", str_fmt(c->mem, "%d", p + 1)}, {"age", age}};

    if (p == 0)
        return text_get(c->lang, "entitled.you");
    return text_fill(c->mem, text_get(c->lang, age.n > 0 ? "entitled.person-aged" : "entitled.person"), args, ARRAY_LEN(args));
}

static void put_people(struct ctx *c, const struct entitled_answers *a, enum entitled_question q, struct entitled_part *part)
{
    part->people = ARENA_ARRAY(c->mem, struct entitled_person_view, (size_t)a->n_people);
    for (int p = 0; p < a->n_people; p++) {
        struct entitled_person_view *const v = &part->people[part->n_people];

        *v = (struct entitled_person_view){.title = person_title(c, a, p), .nth = p + 1, .may_go = q == ASK_PEOPLE && p > 0};
        put_boxes(c, a, q, p, false, &v->boxes, &v->n_boxes);
        v->is_open = put_boxes(c, a, q, p, true, &v->rare, &v->n_rare);
        part->n_people += v->n_boxes + v->n_rare > 0;
    }
}

/* Something in it is filled or is to be mended: who comes back must see it. */
static bool is_begun(const struct entitled_part *p)
{
    for (int i = 0; i < p->n_boxes; i++)
        if (p->boxes[i].value.n > 0 || p->boxes[i].problem.n > 0)
            return true;
    for (int k = 0; k < p->n_people; k++)
        for (int i = 0; i < p->people[k].n_boxes; i++)
            if (p->people[k].boxes[i].value.n > 0 || p->people[k].boxes[i].problem.n > 0)
                return true;
    return false;
}

static void put_parts(struct ctx *c, const struct entitled_answers *a, struct entitled_form_view *v)
{
    static const char *const ids[ASK_COUNT] = {"dove-vivi", "chi-vive-con-te", "isee-che-hai", "lavoro-e-redditi", "la-casa", "altro", "stima"};

    v->parts = ARENA_ARRAY(c->mem, struct entitled_part, ASK_COUNT);
    for (int q = 0; q < ASK_COUNT; q++) {
        struct entitled_part *const p = &v->parts[v->n_parts++];

        *p = (struct entitled_part){.id = ids[q],
                                    .title = text_get(c->lang, str_z(c->mem, str_fmt(c->mem, "entitled.q-%s", ids[q]))),
                                    .lead = text_get(c->lang, str_z(c->mem, str_fmt(c->mem, "entitled.l-%s", ids[q]))),
                                    .number = q == ASK_ESTIMATE ? 0 : q + 1,
                                    .are_people = q == ASK_PEOPLE};
        put_boxes(c, a, (enum entitled_question)q, -1, false, &p->boxes, &p->n_boxes);
        p->is_open = put_boxes(c, a, (enum entitled_question)q, -1, true, &p->rare, &p->n_rare);
        put_people(c, a, (enum entitled_question)q, p);
        if (q == ASK_ESTIMATE)
            p->is_open = str_eq_z(entitled_value(a, "isee"), "stima") || is_begun(p);
    }
}

void entitled_put_problems(struct ctx *c, struct entitled_link **out, int *n_out)
{
    *out = ARENA_ARRAY(c->mem, struct entitled_link, (size_t)c->problems.n + 1);
    *n_out = 0;
    for (int i = 0; i < c->problems.n; i++)
        (*out)[(*n_out)++] = (struct entitled_link){entitled_problem_words(c, c->problems.list[i].field),
                                                    str_fmt(c->mem, "#%s", c->problems.list[i].field)};
}

void entitled_put_form(struct ctx *c, const struct entitled_answers *a, struct entitled_form_view *v)
{
    put_parts(c, a, v);
    entitled_put_problems(c, &v->problems, &v->n_problems);
    v->n_people = a->n_people;
    v->may_add = a->n_people < ENTITLED_MOST_PEOPLE;
    v->which = ARENA_ARRAY(c->mem, struct entitled_link, (size_t)a->n_which + 1);
    for (int i = 0; i < a->n_which; i++) {
        const struct comune *const k = &a->which[i].comune;

        v->which[v->n_which++] = (struct entitled_link){
            str_fmt(c->mem, "%.*s (%.*s)", (int)k->area.name.n, k->area.name.p, (int)k->prov.n, k->prov.p), k->area.slug};
    }
}

/* ---- the same answers, told and sent on ---- */

static void put_said(struct ctx *c, const struct entitled_field *f, struct str value, struct str whose, struct entitled_result_view *v)
{
    const struct str label = entitled_label(c, f);

    if (value.n == 0)
        return;
    v->said[v->n_said++] = (struct entitled_pair){
        whose.n == 0 ? label : str_fmt(c->mem, "%.*s: %.*s", (int)whose.n, whose.p, (int)label.n, label.p), entitled_choice_words(c, f, value)};
}

static void put_sent(struct ctx *c, struct str name, struct str value, struct entitled_result_view *v)
{
    if (value.n > 0)
        v->sent[v->n_sent++] = (struct entitled_pair){name, value};
}

void entitled_put_answers(struct ctx *c, const struct entitled_answers *a, struct entitled_result_view *v)
{
    const size_t most = (size_t)(entitled_n_fields * (a->n_people + 1) + 1);

    v->said = ARENA_ARRAY(c->mem, struct entitled_pair, most);
    v->sent = ARENA_ARRAY(c->mem, struct entitled_pair, most);
    put_sent(c, STR("persone"), str_fmt(c->mem, "%d", a->n_people), v);
    for (int i = 0; i < entitled_n_fields; i++) {
        const struct entitled_field *const f = &entitled_fields[i];

        if (!f->of_person) {
            put_said(c, f, a->values[i], STR(""), v);
            put_sent(c, str_of(f->name), a->values[i], v);
        }
        for (int p = 0; f->of_person && p < a->n_people; p++) {
            put_said(c, f, a->people[p][i], p == 0 ? text_get(c->lang, "entitled.you") : str_fmt(c->mem, "%d", p + 1), v);
            put_sent(c, str_fmt(c->mem, "%s-%d", f->name, p + 1), a->people[p][i], v);
        }
    }
}

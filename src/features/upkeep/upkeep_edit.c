/* upkeep_edit.c - correcting an entry in place: the fields a desk knows by heart. */
#include "base/buf.h"
#include "base/macros.h"
#include "upkeep_view.h"

static const enum edit_field fields[] = {EDIT_PHONES,  EDIT_HOURS,       EDIT_PLACES,      EDIT_FEE,       EDIT_FEES,
                                         EDIT_EMAIL,   EDIT_URL,         EDIT_ELIGIBILITY, EDIT_DOCUMENTS, EDIT_APPLICATION,
                                         EDIT_SUMMARY, EDIT_DESCRIPTION, EDIT_ALERT};
enum { LINES_SHORT = 2, LINES_LONG = 5, LINES_MOST = 9, LETTERS_A_LINE = 40 };

struct str upkeep_problem_words(struct ctx *c, const char *field)
{
    const struct problem *p = problems_of(&c->problems, field);

    if (p == NULL)
        return STR("");
    return text_fill(c->mem, text_get(c->lang, p->key), &(struct text_arg){"value", p->value}, 1);
}

int64_t upkeep_act_id(struct str act, const char *before)
{
    int64_t id = 0;

    if (!str_starts(act, str_of(before)) || !str_to_int(str_from(act, strlen(before)), &id) || id <= 0)
        return 0;
    return id;
}

static void fill_fee(struct ctx *c, struct upkeep_field *f)
{
    static const enum service_fee all[] = {FEE_UNKNOWN, FEE_FREE, FEE_BY_ISEE, FEE_PAID};

    f->options = ARENA_ARRAY(c->mem, struct upkeep_option, ARRAY_LEN(all));
    f->n_options = ARRAY_LEN(all);
    for (int i = 0; i < ARRAY_LEN(all); i++) {
        const struct str name = str_of(catalogue_fee_name(all[i]));

        f->options[i] = (struct upkeep_option){name, catalogue_fee_words(c, all[i]), str_eq(name, f->text)};
    }
}

/* As many as the text takes on a telephone's screen. */
static int rows_for(struct str text, int least)
{
    const int n = LINES_SHORT + (int)(str_length(text) / LETTERS_A_LINE);

    return n < least ? least : n < LINES_MOST ? n : LINES_MOST;
}

void upkeep_fill_fields(struct web *w, const struct service *s, bool is_typed, struct upkeep_edit_view *v)
{
    struct ctx *c = web_ctx(w);

    v->fields = ARENA_ARRAY(c->mem, struct upkeep_field, ARRAY_LEN(fields));
    v->n_fields = ARRAY_LEN(fields);
    for (int i = 0; i < ARRAY_LEN(fields); i++) {
        const struct edit_shape *const shape = catalogue_edit_shape(fields[i]);
        const struct str reads = catalogue_edit_text(c->mem, fields[i], s);
        struct upkeep_field *const f = &v->fields[i];

        *f = (struct upkeep_field){
            .name = shape->name,
            .label = text_get(c->lang, shape->label),
            .text = is_typed ? web_field(w, str_fmt(c->mem, "f-%s", shape->name).p) : reads,
            .sum = is_typed ? web_field(w, str_fmt(c->mem, "v-%s", shape->name).p)
                            : str_fmt(c->mem, "%lld", (long long)catalogue_edit_sum(reads)),
            .problem = upkeep_problem_words(c, shape->name),
            .is_long = shape->kind == EDIT_PROSE || shape->kind == EDIT_LIST,
            .n_rows = rows_for(reads, fields[i] == EDIT_DESCRIPTION || fields[i] == EDIT_APPLICATION ? LINES_LONG : LINES_SHORT),
        };
        v->has_problems = v->has_problems || f->problem.n > 0;
        if (fields[i] == EDIT_FEE)
            fill_fee(c, f);
    }
}

static struct str without_cr(struct ctx *c, struct str s)
{
    struct buf b = buf_new(c->mem, s.n + 1);

    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\r')
            buf_char(&b, s.p[i]);
    return buf_view(&b);
}

enum status upkeep_save_fields(struct web *w, struct upkeep_saving *save)
{
    struct ctx *c = web_ctx(w);
    struct edit_change changes[ARRAY_LEN(fields)];
    const struct edit_who who = {.how = save->how, .by = save->by, .batch = save->batch};
    int n = 0;

    for (int i = 0; i < ARRAY_LEN(fields); i++) {
        const char *const name = catalogue_edit_shape(fields[i])->name;
        const struct str was = web_field(w, str_fmt(c->mem, "v-%s", name).p);
        struct edit_change e = {.field = fields[i], .has_was = true};

        if (!str_to_int(was, &e.was_sum))
            continue; /* the form did not have it */
        e.text = str_trim(without_cr(c, web_field(w, str_fmt(c->mem, "f-%s", name).p)));
        if (catalogue_edit_sum(e.text) != e.was_sum) /* left as it was shown: not the editor's word */
            changes[n++] = e;
    }
    save->outcome = (struct edit_outcome){.n = 0};
    return n == 0 ? ST_OK : catalogue_edit(c, save->s->service_id, 0, changes, n, &who, &save->outcome);
}

struct str upkeep_conflict_words(struct ctx *c, const struct edit_outcome *o)
{
    struct buf b = buf_new(c->mem, 128);

    for (int i = 0; i < o->n; i++) {
        const struct edit_field_outcome *const f = &o->list[i];

        if (f->result != EDIT_CONFLICT)
            continue;
        const struct text_arg args[] = {{"field", text_get(c->lang, catalogue_edit_shape(f->field)->label)},
                                        {"ours", catalogue_edit_words(c, f->field, f->ours)},
                                        {"typed", catalogue_edit_words(c, f->field, f->typed)}};

        if (b.n > 0)
            buf_char(&b, '\n');
        buf_str(&b, text_fill(c->mem, text_get(c->lang, "upkeep.edit-conflict"), args, ARRAY_LEN(args)));
    }
    return buf_view(&b);
}

/* programme_words.c - values of the tables in words people read. */
#include "base/macros.h"
#include "programme_view.h"

struct str programme_words(struct ctx *c, const char *group, struct str code)
{
    const struct str key = str_fmt(c->mem, "programme.%s%.*s", group, (int)code.n, code.p);

    return text_get(c->lang, key.p);
}

struct str programme_month(struct ctx *c, struct str month)
{
    const struct text_arg year = {"year", str_head(month, 4)};

    if (month.n != 7)
        return month;
    return text_fill(c->mem, programme_words(c, "month-", str_from(month, 5)), &year, 1);
}

struct str programme_amount(struct ctx *c, const struct programme_target *t)
{
    const int64_t last = str_eq_z(t->qualifier, "range") ? t->amount_to : t->amount;
    const struct str key = str_fmt(c->mem, "programme.unit-%.*s", (int)t->unit.n, t->unit.p);
    const struct text_arg n = {"n", text_int(c->mem, c->lang, last)};
    const struct text_arg args[] = {
        {"amount", text_fill(c->mem, text_get_n(c->lang, key.p, last), &n, 1)},
        {"from", text_int(c->mem, c->lang, t->amount)},
    };

    return text_fill(c->mem, programme_words(c, "amount-", t->qualifier), args, ARRAY_LEN(args));
}

enum status programme_read_names(struct ctx *c, struct programme_names *out)
{
    const enum status st = bodies_list(c, true, &out->bodies, &out->n_bodies);

    return st == ST_OK
               ? places_areas(c, AREA_DISTRICT, c->today, &out->districts, &out->n_districts)
               : st;
}

struct programme_link programme_body_link(struct ctx *c, const struct programme_names *names,
                                          struct str body_code)
{
    for (int i = 0; i < names->n_bodies; i++) {
        const struct body *b = &names->bodies[i];

        if (str_eq(b->code, body_code))
            return (struct programme_link){
                .label = b->name,
                .path = str_fmt(c->mem, "/enti/%.*s", (int)b->slug.n, b->slug.p)};
    }
    return (struct programme_link){.label = body_code};
}

struct programme_link programme_district_link(struct ctx *c, const struct programme_names *names,
                                              int64_t district_no)
{
    const struct str code = str_fmt(c->mem, "%lld", (long long)district_no);

    for (int i = 0; i < names->n_districts; i++) {
        const struct area *d = &names->districts[i];

        if (str_eq(d->code, code))
            return (struct programme_link){
                .label = d->name,
                .path =
                    str_fmt(c->mem, "/territorio/distretto/%.*s", (int)d->slug.n, d->slug.p)};
    }
    return (struct programme_link){.label = code};
}

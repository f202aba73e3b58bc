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

static struct programme_link link_of(struct ctx *c, enum area_kind kind, struct str code,
                                     const char *before)
{
    struct area a;

    if (places_area_by_code(c, kind, code, &a) != ST_OK)
        return (struct programme_link){.label = code};
    return (struct programme_link){
        .label = a.name, .path = str_fmt(c->mem, "%s%.*s", before, (int)a.slug.n, a.slug.p)};
}

/* The area of a body has its code, its slug and its name. */
struct programme_link programme_body_link(struct ctx *c, struct str body_code)
{
    return link_of(c, AREA_BODY_AREA, body_code, "/enti/");
}

struct programme_link programme_district_link(struct ctx *c, int64_t district_no)
{
    return link_of(c, AREA_DISTRICT, str_fmt(c->mem, "%lld", (long long)district_no),
                   "/territorio/distretto/");
}

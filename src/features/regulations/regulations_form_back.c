/* regulations_form_back.c - the form read back from its text; a text that the form would not write so is somebody's own. */
#include "base/macros.h"
#include "regulations_form.h"

static const struct {
    enum form_field field;
    const char *name;
} parameters[] = {
    {FORM_FREE, "soglia_esente"}, {FORM_FULL, "soglia_intera"},       {FORM_LEAST, "parte_minima"},
    {FORM_MOST, "parte_massima"}, {FORM_TARIFF, "tariffa"},           {FORM_COST, "costo"},
    {FORM_SHARE, "parte_reddito"}, {FORM_LEFT, "resto"},              {FORM_REDUCTION, "riduzione"},
    {FORM_LIMIT, "limite"},       {FORM_MINIMUM, "minimo_vitale"},    {FORM_FIXED, "per_persona"},
    {FORM_CEILING, "contributo_massimo"},
};

/* Takes a beginning off; false: it begins otherwise. */
static bool take(struct str *s, const char *z)
{
    const struct str head = str_of(z);

    if (!str_starts(*s, head))
        return false;
    *s = str_from(*s, head.n);
    return true;
}

/* What stands up to a mark, and the rest after it; the whole when the mark is not there. */
static struct str up_to(struct str *s, const char *z)
{
    const struct str mark = str_of(z);

    for (size_t i = 0; i + mark.n <= s->n; i++)
        if (str_eq((struct str){s->p + i, mark.n}, mark)) {
            const struct str out = str_head(*s, i);

            *s = str_from(*s, i + mark.n);
            return out;
        }
    const struct str out = *s;

    *s = STR("");
    return out;
}

static struct str number(struct str s)
{
    return up_to(&s, str_ends(s, STR("%")) ? "%" : " euro");
}

static void read_parameter(struct str s, struct regulations_form *f)
{
    const struct str name = up_to(&s, " \"");
    struct str words = up_to(&s, "\" = ");

    for (int i = 0; i < ARRAY_LEN(parameters); i++)
        if (str_eq_z(name, parameters[i].name))
            f->values[parameters[i].field] = number(s);
    if (str_eq_z(name, "costo") && f->pattern == PATTERN_CAP && take(&words, "costo intero per "))
        f->values[FORM_PER] = words;
}

/* "  oltre 6.000,00 euro fino_a 9.000,00 euro = 25%" */
static void read_band(struct str s, struct regulations_form *f)
{
    if (f->n_bands == FORM_BANDS)
        return;
    struct form_band *const b = &f->bands[f->n_bands++];
    struct str bounds = up_to(&s, " = ");

    b->value = number(s);
    b->is_from_out = take(&bounds, "oltre ");
    if (b->is_from_out || take(&bounds, "da "))
        b->from = up_to(&bounds, " euro");
    take(&bounds, " ");
    if (take(&bounds, "fino_a ")) {
        b->to = up_to(&bounds, " euro");
        b->is_to_out = str_eq_z(bounds, " escluso");
    }
    if (f->n_bands == 1 && b->to.n == 0 && str_eq_z(b->from, "0,00"))
        b->from = STR("");
}

static void read_example(struct str s, struct regulations_form *f, struct arena *mem)
{
    if (f->n_examples == FORM_EXAMPLES)
        return;
    struct form_example *const e = &f->examples[f->n_examples++];
    int n = -1;

    up_to(&s, " = ");
    e->isee = up_to(&s, " euro");
    if (take(&s, "; volte_mese = "))
        e->times = up_to(&s, " ");
    else
        take(&s, " ");
    for (; take(&s, "persona eta = 40") || take(&s, "persona eta = 8"); n++)
        take(&s, " ");
    if (n > 0)
        e->children = str_fmt(mem, "%d", n);
    up_to(&s, " = ");
    e->wanted = up_to(&s, " euro");
}

/* Which ISEE, and whether a threshold itself is in, stand in what is reckoned. */
static void read_sum(struct str s, struct regulations_form *f)
{
    static const char *const isees[] = {"isee_ord", "isee_soc", "isee_min"};

    for (int i = 0; i < ARRAY_LEN(isees); i++) {
        struct str rest = s;

        if (f->values[FORM_ISEE].n == 0 && up_to(&rest, isees[i]).n < s.n)
            f->values[FORM_ISEE] = str_of(isees[i]);
    }
    struct str rest = s;

    if (up_to(&rest, " < soglia_esente").n < s.n)
        f->values[FORM_FREE_BOUND] = STR("escluso");
    rest = s;
    if (up_to(&rest, " < limite").n < s.n)
        f->values[FORM_LIMIT_BOUND] = STR("escluso");
}

static void read_line(struct str s, struct regulations_form *f, struct arena *mem)
{
    if (take(&s, "misura REGOLAMENTO \"")) {
        f->values[FORM_TITLE] = up_to(&s, "\"");
    } else if (take(&s, "valida dal ")) {
        f->values[FORM_FROM] = up_to(&s, " al ");
        f->values[FORM_TO] = s;
    } else if (take(&s, "fonte \"")) {
        f->values[FORM_SOURCE] = up_to(&s, "\"");
    } else if (take(&s, "dove \"")) {
        f->values[FORM_WHERE] = up_to(&s, "\"");
    } else if (take(&s, "parametro ")) {
        read_parameter(s, f);
    } else if (take(&s, "esempio ")) {
        read_example(s, f, mem);
    } else if (take(&s, "importo ")) {
        struct str rest = s;

        up_to(&rest, "\" al ");
        if (f->pattern != PATTERN_CAP && regulations_form_asks(FORM_PER, f->pattern))
            f->values[FORM_PER] = up_to(&rest, " = ");
        read_sum(s, f);
    } else {
        read_sum(s, f);
    }
}

bool regulations_form_back(struct ctx *c, enum regulation_kind kind, struct str text, struct regulations_form *out)
{
    struct str rest = text, first = str_cut(&rest, '\n');

    if (!take(&first, "# Scritto col modulo: "))
        return false;
    const enum regulations_pattern p = regulations_pattern_of(first);

    if (!regulations_pattern_fits(p, kind))
        return false;
    *out = (struct regulations_form){.kind = kind, .pattern = p};
    if (regulations_form_asks(FORM_FREE_BOUND, p))
        out->values[FORM_FREE_BOUND] = STR("compreso");
    if (regulations_form_asks(FORM_LIMIT_BOUND, p))
        out->values[FORM_LIMIT_BOUND] = STR("compreso");
    while (rest.n > 0) {
        struct str s = str_cut(&rest, '\n');

        if (str_starts(s, STR("  oltre ")) || str_starts(s, STR("  da ")) || str_starts(s, STR("  fino_a ")))
            read_band(str_trim(s), out);
        else
            read_line(s, out, c->mem);
    }
    return str_eq(regulations_form_text(c, out).text, text);
}

/* regulations_form_back.c - the form read back from its text; a text that the form would not write so is somebody's own. */
#include "base/buf.h"
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
    {FORM_CEILING, "contributo_massimo"}, {FORM_MONTH_MOST, "tetto_mese"}, {FORM_PART_FROM, "parte_da"},
    {FORM_PART_TO, "parte_a"},
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
    if (str_eq_z(name, "tetto_mese") && take(&words, "il più che si paga in un mese, contando per "))
        f->values[FORM_PER] = words;
    for (int i = 0; i < PLAN_SERVICES; i++) {
        struct str rest = name;

        if (take(&rest, "prezzo_") && str_eq_z(rest, regulations_services[i].name))
            f->prices[i] = number(s);
    }
}

/* valore punti_mangia "punti: mangia" = se mangia = "non_riesce" allora 10 altrimenti se ... allora 5 altrimenti 0 */
static void read_points(struct str s, struct regulations_form *f)
{
    const struct str name = up_to(&s, " \"");

    for (int i = 0; i < PLAN_ITEMS; i++)
        if (str_eq_z(name, regulations_items[i])) {
            up_to(&s, " allora ");
            f->points[i].all = up_to(&s, " altrimenti ");
            up_to(&s, " allora ");
            f->points[i].some = up_to(&s, " altrimenti ");
        }
}

/* "da 10 fino_a 20 escluso = 250,00 euro"; the line with the number of the band says nothing more. */
static void read_ceiling(struct str s, struct regulations_form *f)
{
    if (f->n_bands == FORM_BANDS || !take(&s, "da ") || !str_ends(s, STR(" euro")))
        return;
    struct form_band *const b = &f->bands[f->n_bands++];
    struct str bounds = up_to(&s, " = ");

    b->from = up_to(&bounds, " ");
    b->value = number(s);
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

/* All questions of an example are answered alike: the first one of the scale says how. */
static void read_plan_example(struct ctx *c, struct str *s, const struct regulations_form *f, struct form_example *e)
{
    const struct rules_facts *const known = regulations_facts(c);
    struct str facts = up_to(s, " persona eta = 40"), cost = facts;

    for (int i = 0; i < PLAN_ITEMS && e->answers.n == 0; i++) {
        const int fact = rules_fact_find(known, str_of(regulations_items[i]));

        if (f->points[i].all.n == 0 || fact < 0)
            continue;
        const struct str last = rules_fact_at(known, fact)->codes[2];
        struct str rest = facts;
        const struct str before = up_to(&rest, str_fmt(c->mem, "; %s = \"%.*s\"", regulations_items[i], (int)last.n, last.p).p);

        e->answers = before.n < facts.n ? STR("tanto") : STR("poco");
    }
    up_to(&cost, "altri_costi_mese = ");
    e->cost = up_to(&cost, " euro");
}

static void read_example(struct ctx *c, struct str s, struct regulations_form *f)
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
    if (f->pattern == PATTERN_PLAN)
        read_plan_example(c, &s, f, e);
    for (; take(&s, "persona eta = 40") || take(&s, "persona eta = 8"); n++)
        take(&s, " ");
    if (n > 0)
        e->children = str_fmt(c->mem, "%d", n);
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

/* ' "carta d'identità" "contratto"' as "carta d'identità; contratto" */
static void read_papers(struct str s, struct regulations_form *f, struct arena *mem)
{
    struct buf b = buf_new(mem, s.n + 1);

    while (take(&s, " \"")) {
        const struct str one = up_to(&s, "\"");

        buf_fmt(&b, "%s%.*s", buf_view(&b).n > 0 ? "; " : "", (int)one.n, one.p);
    }
    f->values[FORM_PAPERS] = buf_view(&b);
}

static void read_line(struct ctx *c, struct str s, struct regulations_form *f)
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
    } else if (take(&s, "porta \"")) {
        up_to(&s, "\"");
        read_papers(s, f, c->mem);
    } else if (take(&s, "valore punti_")) {
        read_points(s, f);
    } else if (take(&s, "valore costo_piano ")) {
        f->values[FORM_GIVES] = STR("piano");
    } else if (take(&s, "stima punteggio_sociale = ")) {
        f->values[FORM_COUNTS_AS] = STR("sociale");
    } else if (take(&s, "parametro ")) {
        read_parameter(s, f);
    } else if (take(&s, "esempio ")) {
        read_example(c, s, f);
    } else if (take(&s, "importo ")) {
        struct str rest = s;

        up_to(&rest, "\" al ");
        if (f->pattern != PATTERN_CAP && f->values[FORM_MONTH_MOST].n == 0 && regulations_form_asks(FORM_PER, f->pattern))
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
    if (p == PATTERN_PLAN) {
        out->values[FORM_GIVES] = STR("tetto");
        out->values[FORM_COUNTS_AS] = STR("scala");
    }
    while (rest.n > 0) {
        struct str s = str_cut(&rest, '\n');

        if (p == PATTERN_PLAN && str_starts(s, STR("  da ")))
            read_ceiling(str_trim(s), out);
        else if (str_starts(s, STR("  oltre ")) || str_starts(s, STR("  da ")) || str_starts(s, STR("  fino_a ")))
            read_band(str_trim(s), out);
        else
            read_line(c, s, out);
    }
    return str_eq(regulations_form_text(c, out).text, text);
}

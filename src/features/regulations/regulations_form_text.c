/* regulations_form_text.c - the text that the form makes, line by line, each remembered with its field. */
#include "base/buf.h"
#include "base/date.h"
#include "base/macros.h"
#include "regulations_form.h"

enum { MOST_LINES = 160, MOST_CHILDREN = 10 };

struct writer {
    struct arena *mem;
    struct buf b;
    const char **fields;
    int n;
    const struct regulations_form *f;
    const struct rules_facts *facts;
};

static const char *const isee_words[] = {"ISEE ordinario", "ISEE sociosanitario", "ISEE minorenni"};

static struct str value(const struct writer *w, enum form_field f)
{
    return w->f->values[f];
}

/* One line; field: whose it is when it is wrong. */
static void line(struct writer *w, const char *field, struct str text)
{
    buf_str(&w->b, text);
    buf_char(&w->b, '\n');
    if (w->n < MOST_LINES)
        w->fields[++w->n] = field;
}

static void blank(struct writer *w)
{
    line(w, "", STR(""));
}

static const char *name_of(enum form_field f)
{
    return regulations_form_shape(f)->name;
}

static void parameter(struct writer *w, enum form_field f, const char *name, const char *words)
{
    const struct str v = value(w, f);
    const char *const unit = regulations_form_shape(f)->type == FORM_MONEY ? " euro" : "%";

    line(w, name_of(f), str_fmt(w->mem, "parametro %s \"%s\" = %.*s%s", name, words, (int)v.n, v.p, unit));
}

static void put(struct writer *w, const char *field, const char *text)
{
    line(w, field, str_of(text));
}

static const char *isee(const struct writer *w)
{
    return str_z(w->mem, value(w, FORM_ISEE));
}

/* The ISEE is at or under a threshold, as the bound says. */
static const char *under(const struct writer *w, enum form_field bound, const char *name)
{
    return str_fmt(w->mem, "%s %s %s", isee(w), str_eq_z(value(w, bound), "escluso") ? "<" : "<=", name).p;
}

/* porta "ISEE ordinario" "carta d'identità" */
static struct str papers(const struct writer *w, const char *isee)
{
    struct buf b = buf_new(w->mem, 96);
    struct str rest = value(w, FORM_PAPERS);

    buf_fmt(&b, "porta \"%s\"", isee);
    while (rest.n > 0) {
        const struct str one = str_trim(str_cut(&rest, ';'));

        buf_fmt(&b, " \"%.*s\"", (int)one.n, one.p);
    }
    return buf_view(&b);
}

static void head(struct writer *w)
{
    const struct str title = value(w, FORM_TITLE), from = value(w, FORM_FROM), to = value(w, FORM_TO);
    const struct str source = value(w, FORM_SOURCE), where = value(w, FORM_WHERE);
    const char *words = isee_words[0];

    line(w, "", str_fmt(w->mem, "# Scritto col modulo: %s", regulations_pattern_name(w->f->pattern)));
    line(w, name_of(FORM_TITLE), str_fmt(w->mem, "misura REGOLAMENTO \"%.*s\"", (int)title.n, title.p));
    put(w, "", "livello locale");
    line(w, name_of(FORM_FROM), str_fmt(w->mem, "valida dal %.*s%s%.*s", (int)from.n, from.p, to.n > 0 ? " al " : "", (int)to.n, to.p));
    line(w, name_of(FORM_SOURCE), str_fmt(w->mem, "fonte \"%.*s\" S", (int)source.n, source.p));
    if (where.n > 0)
        line(w, name_of(FORM_WHERE), str_fmt(w->mem, "dove \"%.*s\"", (int)where.n, where.p));
    if (str_eq_z(value(w, FORM_ISEE), "isee_soc"))
        words = isee_words[1];
    else if (str_eq_z(value(w, FORM_ISEE), "isee_min"))
        words = isee_words[2];
    line(w, name_of(FORM_PAPERS), papers(w, words));
    blank(w);
}

static void bands(struct writer *w, const char *name, const char *words, const char *unit)
{
    line(w, "fascia-1", str_fmt(w->mem, "scaglioni %s \"%s\" su %s", name, words, isee(w)));
    for (int i = 0; i < w->f->n_bands; i++) {
        const struct form_band *const b = &w->f->bands[i];
        struct buf t = buf_new(w->mem, 96);

        if (b->from.n > 0)
            buf_fmt(&t, "  %s %.*s euro", b->is_from_out ? "oltre" : "da", (int)b->from.n, b->from.p);
        if (b->to.n > 0)
            buf_fmt(&t, "%s %.*s euro%s", b->from.n > 0 ? " fino_a" : "  fino_a", (int)b->to.n, b->to.p,
                    b->is_to_out ? " escluso" : "");
        if (b->from.n == 0 && b->to.n == 0)
            buf_z(&t, "  da 0,00 euro");
        buf_fmt(&t, " = %.*s%s", (int)b->value.n, b->value.p, unit);
        line(w, str_fmt(w->mem, "fascia-%d", i + 1).p, buf_view(&t));
    }
}

static void amount(struct writer *w, const char *name, const char *words, const char *sum)
{
    const struct str per = regulations_form_asks(FORM_PER, w->f->pattern) && w->f->pattern != PATTERN_CAP ? value(w, FORM_PER) : STR("mese");

    line(w, name_of(FORM_COST), str_fmt(w->mem, "importo %s \"%s\" al %.*s = %s", name, words, (int)per.n, per.p, sum));
}

static void quota(struct writer *w, const char *sum)
{
    const struct str per = value(w, FORM_PER), most = value(w, FORM_MONTH_MOST);

    if (most.n == 0 || w->f->pattern == PATTERN_CAP) {
        amount(w, "quota", "quota a tuo carico", sum);
        return;
    }
    line(w, name_of(FORM_MONTH_MOST), str_fmt(w->mem, "parametro tetto_mese \"il più che si paga in un mese, contando per %.*s\" = %.*s euro",
                                              (int)per.n, per.p, (int)most.n, most.p));
    line(w, name_of(FORM_COST), str_fmt(w->mem, "valore quota_una \"quota per %.*s\" = %s", (int)per.n, per.p, sum));
    line(w, name_of(FORM_MONTH_MOST), str_fmt(w->mem, "importo quota \"quota a tuo carico\" al mese = minimo(quota_una%s; tetto_mese)",
                                              str_eq_z(per, "mese") ? "" : " * volte_mese"));
}

static void free_up_to(struct writer *w)
{
    parameter(w, FORM_FREE, "soglia_esente", str_eq_z(value(w, FORM_FREE_BOUND), "escluso") ? "ISEE da cui si paga" : "ISEE fino a cui non si paga");
}

static void cost(struct writer *w, const char *words)
{
    parameter(w, FORM_COST, "costo", words);
}

static const char *beyond_free(const struct writer *w, const char *sum)
{
    return str_fmt(w->mem, "se %s allora 0 euro altrimenti %s", under(w, FORM_FREE_BOUND, "soglia_esente"), sum).p;
}

static void linear(struct writer *w)
{
    free_up_to(w);
    parameter(w, FORM_FULL, "soglia_intera", "ISEE da cui si paga la parte più alta");
    parameter(w, FORM_LEAST, "parte_minima", "parte più bassa");
    parameter(w, FORM_MOST, "parte_massima", "parte più alta");
    cost(w, "costo intero");
    line(w, name_of(FORM_FREE),
         str_fmt(w->mem, "valore parte \"parte a tuo carico\" = se %s allora parte_minima altrimenti se %s >= soglia_intera allora parte_massima",
                 under(w, FORM_FREE_BOUND, "soglia_esente"), isee(w)));
    line(w, name_of(FORM_FULL),
         str_fmt(w->mem, "  altrimenti parte_minima + (parte_massima - parte_minima) * ((%s - soglia_esente) / (soglia_intera - soglia_esente))",
                 isee(w)));
    quota(w, "costo * parte");
}

static void proportional(struct writer *w)
{
    free_up_to(w);
    parameter(w, FORM_FULL, "soglia_intera", "ISEE oltre cui si paga il costo intero");
    parameter(w, FORM_TARIFF, "tariffa", "tariffa agevolata");
    cost(w, "costo intero");
    quota(w, beyond_free(w, str_fmt(w->mem, "se %s <= soglia_intera allora tariffa * (%s / soglia_intera) altrimenti costo", isee(w), isee(w)).p));
}

static void cap(struct writer *w)
{
    const struct str per = value(w, FORM_PER);
    const bool by_month = str_eq_z(per, "mese");

    free_up_to(w);
    cost(w, str_fmt(w->mem, "costo intero per %.*s", (int)per.n, per.p).p);
    parameter(w, FORM_SHARE, "parte_reddito", "parte più alta dell'ISEE di un mese");
    parameter(w, FORM_LEFT, "resto", "quanto deve restare ogni mese");
    line(w, name_of(FORM_ISEE), str_fmt(w->mem, "valore isee_mese \"ISEE diviso per 12\" = %s / 12", isee(w)));
    put(w, name_of(FORM_SHARE), "valore tetto \"il più che puoi pagare\" = massimo(0 euro; minimo(isee_mese * parte_reddito; isee_mese - resto))");
    if (!by_month)
        put(w, name_of(FORM_COST), "valore costo_mese \"costo di un mese\" = costo * volte_mese");
    quota(w, beyond_free(w, by_month ? "minimo(costo; tetto)" : "minimo(costo_mese; tetto)"));
}

/* A canteen is paid for each child; an hour of help once, less for each further minor. */
static void children(struct writer *w)
{
    const bool is_school = w->f->kind == REGULATION_SCHOOL;

    free_up_to(w);
    cost(w, is_school ? "costo per il primo figlio" : "costo intero");
    parameter(w, FORM_REDUCTION, "riduzione", "in meno per ogni altro figlio minore");
    line(w, "", is_school ? STR("valore figli \"figli da 3 a 13 anni\" = conta(componenti: eta >= 3 e eta < 14)")
                          : STR("valore figli \"figli minori\" = conta(componenti: eta < 18)"));
    put(w, "", "valore altri_figli \"figli oltre il primo\" = massimo(0; figli - 1)");
    quota(w, beyond_free(w, is_school ? "costo * (minimo(1; figli) + altri_figli * (1 - riduzione))"
                                      : "costo * massimo(0; 1 - altri_figli * riduzione)"));
}

static void limit(struct writer *w)
{
    parameter(w, FORM_LIMIT, "limite", "limite dell'ISEE");
    line(w, name_of(FORM_LIMIT), str_fmt(w->mem, "requisito \"L'ISEE è entro il limite\": %s", under(w, FORM_LIMIT_BOUND, "limite")));
}

static void contribution(struct writer *w, const char *sum)
{
    amount(w, "contributo", "contributo", sum);
}

static void support(struct writer *w)
{
    if (w->f->pattern == PATTERN_GRANTS) {
        bands(w, "aiuto", "aiuto per fascia", " euro");
        contribution(w, "aiuto");
        return;
    }
    limit(w);
    if (w->f->pattern == PATTERN_TOP_UP)
        parameter(w, FORM_MINIMUM, "minimo_vitale", "minimo vitale di un mese");
    else
        parameter(w, FORM_FIXED, "per_persona", "aiuto per ogni persona");
    parameter(w, FORM_CEILING, "contributo_massimo", "contributo più alto");
    if (w->f->pattern == PATTERN_TOP_UP)
        contribution(w, str_fmt(w->mem, "minimo(contributo_massimo; massimo(0 euro; minimo_vitale - %s / 12))", isee(w)).p);
    else
        contribution(w, "minimo(contributo_massimo; per_persona * n_componenti)");
}

/* ---- a plan of care ---- */

/* valore punti_mangia "punti: mangia" = se mangia = "non_riesce" allora 10 altrimenti se mangia = "con_aiuto" allora 5 altrimenti 0 */
static void scale(struct writer *w)
{
    struct buf sum = buf_new(w->mem, 200);

    for (int i = 0; i < PLAN_ITEMS; i++) {
        const struct form_points *const p = &w->f->points[i];
        const char *const name = regulations_items[i];
        const int fact = rules_fact_find(w->facts, str_of(name));

        if (p->all.n == 0 || fact < 0)
            continue;
        const struct rules_fact *const x = rules_fact_at(w->facts, fact);

        line(w, str_fmt(w->mem, "voce-%d", i + 1).p,
             str_fmt(w->mem, "valore punti_%s \"" PLAN_POINTS_OF "%.*s\" = se %s = \"%.*s\" allora %.*s altrimenti se %s = \"%.*s\" allora %.*s altrimenti 0",
                     name, (int)x->label.n, x->label.p, name, (int)x->codes[2].n, x->codes[2].p, (int)p->all.n, p->all.p, name,
                     (int)x->codes[1].n, x->codes[1].p, (int)p->some.n, p->some.p));
        buf_fmt(&sum, "%spunti_%s", buf_view(&sum).n > 0 ? " + " : "", name);
    }
    const struct str all = buf_view(&sum);

    line(w, "voce-1", str_fmt(w->mem, "valore punti \"" PLAN_POINTS "\" = %.*s", (int)all.n, all.p));
}

/* The bands twice: their number, then their ceiling. */
static void ceilings(struct writer *w)
{
    for (int pass = 0; pass < 2; pass++) {
        put(w, "fascia-1", pass == 0 ? "scaglioni fascia \"" PLAN_BAND "\" su punti" : "scaglioni tetto \"" PLAN_CEILING "\" su punti");
        for (int i = 0; i < w->f->n_bands; i++) {
            const struct form_band *const b = &w->f->bands[i];
            const struct str end = i + 1 < w->f->n_bands ? b[1].from : STR("");
            const struct str to = end.n > 0 ? str_fmt(w->mem, " fino_a %.*s escluso", (int)end.n, end.p) : STR("");
            const struct str is = pass == 0 ? str_fmt(w->mem, "%d", i + 1) : str_fmt(w->mem, "%.*s euro", (int)b->value.n, b->value.p);

            line(w, str_fmt(w->mem, "fascia-%d", i + 1).p,
                 str_fmt(w->mem, "  da %.*s%.*s = %.*s", (int)b->from.n, b->from.p, (int)to.n, to.p, (int)is.n, is.p));
        }
    }
}

static bool gives_plan(const struct writer *w)
{
    return str_eq_z(value(w, FORM_GIVES), "piano");
}

/* A week is twelve of the fifty-two parts of a year. */
static void services(struct writer *w)
{
    struct buf sum = buf_new(w->mem, 200);

    for (int i = 0; i < PLAN_SERVICES; i++) {
        const struct regulations_service *const s = &regulations_services[i];
        const struct str v = w->f->prices[i];
        const char *const field = str_fmt(w->mem, "prezzo-%d", i + 1).p;

        if (v.n == 0)
            continue;
        line(w, field, str_fmt(w->mem, "parametro prezzo_%s \"costo di %s\" = %.*s euro", s->name, s->price, (int)v.n, v.p));
        line(w, field, str_fmt(w->mem, "valore mese_%s \"" PLAN_MONTH_OF "%s\" = prezzo_%s * %s%s", s->name, s->price, s->name, s->fact,
                               s->by_week ? " * 52 / 12" : ""));
        buf_fmt(&sum, "mese_%s + ", s->name);
    }
    const struct str all = buf_view(&sum);

    line(w, "prezzo-1", str_fmt(w->mem, "valore costo_piano \"" PLAN_COST "\" = %.*saltri_costi_mese", (int)all.n, all.p));
    put(w, name_of(FORM_GIVES), "valore riconosciuto \"" PLAN_RECOGNISED "\" = minimo(costo_piano; tetto)");
}

static void hours(struct writer *w)
{
    struct buf sum = buf_new(w->mem, 96);

    for (int i = 0; i < PLAN_SERVICES; i++)
        if (w->f->prices[i].n > 0 && regulations_services[i].is_hours)
            buf_fmt(&sum, "%s%s", buf_view(&sum).n > 0 ? " + " : "", regulations_services[i].fact);
    const struct str all = buf_view(&sum);

    if (all.n > 0)
        line(w, "", str_fmt(w->mem, "stima volte_mese = (%.*s) * 52 / 12", (int)all.n, all.p));
}

static void plan(struct writer *w)
{
    const bool has_part = value(w, FORM_PART_FROM).n > 0;
    const char *const given = gives_plan(w) ? "riconosciuto" : "tetto";

    scale(w);
    limit(w);
    line(w, "fascia-1", str_fmt(w->mem, "parametro punti_minimi \"punti da cui comincia la prima fascia\" = %.*s", (int)w->f->bands[0].from.n,
                                w->f->bands[0].from.p));
    put(w, "fascia-1", "requisito \"I punti arrivano alla prima fascia\": punti >= punti_minimi");
    ceilings(w);
    if (gives_plan(w))
        services(w);
    if (has_part) {
        parameter(w, FORM_PART_FROM, "parte_da", "ISEE fino a cui non si paga niente");
        parameter(w, FORM_PART_TO, "parte_a", "ISEE da cui si paga tutto");
        line(w, name_of(FORM_PART_FROM),
             str_fmt(w->mem, "valore parte \"" PLAN_PART "\" = massimo(0%%; minimo(100%%; (%s - parte_da) / (parte_a - parte_da)))", isee(w)));
    }
    amount(w, "contributo", PLAN_COVERED, has_part ? str_fmt(w->mem, "%s * (1 - parte)", given).p : given);
    if (gives_plan(w))
        amount(w, "resta", PLAN_REMAINS, "costo_piano - contributo");
    put(w, "", "stima intensita = punti");
    if (str_eq_z(value(w, FORM_COUNTS_AS), "sociale"))
        put(w, name_of(FORM_COUNTS_AS), "stima punteggio_sociale = punti");
    if (gives_plan(w))
        hours(w);
}

/* All questions answered alike; the plan costs what is typed, in no service. */
static void plan_example(struct writer *w, const struct form_example *e, struct buf *t)
{
    const int answer = str_eq_z(e->answers, "poco") ? 1 : 2;

    for (int i = 0; i < PLAN_ITEMS; i++) {
        const int fact = rules_fact_find(w->facts, str_of(regulations_items[i]));

        if (w->f->points[i].all.n > 0 && fact >= 0) {
            const struct str code = rules_fact_at(w->facts, fact)->codes[answer];

            buf_fmt(t, "; %s = \"%.*s\"", regulations_items[i], (int)code.n, code.p);
        }
    }
    if (!gives_plan(w))
        return;
    for (int i = 0; i < PLAN_SERVICES; i++)
        if (w->f->prices[i].n > 0)
            buf_fmt(t, "; %s = 0", regulations_services[i].fact);
    buf_fmt(t, "; altri_costi_mese = %.*s euro", (int)e->cost.n, e->cost.p);
}

static void body(struct writer *w)
{
    switch (w->f->pattern) {
    case PATTERN_EXEMPT:
        free_up_to(w);
        cost(w, "costo intero");
        quota(w, beyond_free(w, "costo"));
        break;
    case PATTERN_BANDS:
        cost(w, "costo intero");
        bands(w, "parte", "parte a tuo carico", "%");
        quota(w, "costo * parte");
        break;
    case PATTERN_FEES:
        bands(w, "tariffa", "tariffa per fascia", " euro");
        quota(w, "tariffa");
        break;
    case PATTERN_LINEAR:
        linear(w);
        break;
    case PATTERN_PROPORTIONAL:
        proportional(w);
        break;
    case PATTERN_CAP:
        cap(w);
        break;
    case PATTERN_CHILDREN:
        children(w);
        break;
    case PATTERN_PLAN:
        plan(w);
        break;
    default:
        support(w);
        break;
    }
}

/* esempio "Esempio 1" con isee_soc = 6.000,00 euro persona eta = 40 persona eta = 8 vale quota = 2,50 euro */
static void examples(struct writer *w)
{
    const struct str amount_name = regulations_amount_of(w->f->kind);
    int64_t n_children = 0;

    for (int i = 0; i < w->f->n_examples; i++) {
        const struct form_example *const e = &w->f->examples[i];
        struct buf t = buf_new(w->mem, 200);

        buf_fmt(&t, "esempio \"Esempio %d\" con %s = %.*s euro", i + 1, isee(w), (int)e->isee.n, e->isee.p);
        if (e->times.n > 0)
            buf_fmt(&t, "; volte_mese = %.*s", (int)e->times.n, e->times.p);
        if (w->f->pattern == PATTERN_PLAN)
            plan_example(w, e, &t);
        buf_z(&t, " persona eta = 40");
        if (e->children.n > 0 && str_to_int(e->children, &n_children))
            for (int64_t k = 0; k < n_children && k < MOST_CHILDREN; k++) /* shown as text, a wrong form is not looked at first */
                buf_z(&t, " persona eta = 8");
        buf_fmt(&t, " vale %.*s = %.*s euro", (int)amount_name.n, amount_name.p, (int)e->wanted.n, e->wanted.p);
        line(w, str_fmt(w->mem, "esempio-%d", i + 1).p, buf_view(&t));
    }
}

struct form_text regulations_form_text(struct ctx *c, const struct regulations_form *f)
{
    struct writer w = {.mem = c->mem, .b = buf_new(c->mem, 2048), .fields = ARENA_ARRAY(c->mem, const char *, MOST_LINES + 1), .f = f,
                       .facts = regulations_facts(c)};

    w.fields[0] = "";
    head(&w);
    body(&w);
    examples(&w);
    return (struct form_text){buf_view(&w.b), w.fields, w.n};
}

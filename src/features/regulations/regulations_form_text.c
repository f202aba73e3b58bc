/* regulations_form_text.c - the text that the form makes, line by line, each remembered with its field. */
#include "base/buf.h"
#include "base/date.h"
#include "base/macros.h"
#include "regulations_form.h"

enum { MOST_LINES = 64 };

struct writer {
    struct arena *mem;
    struct buf b;
    const char **fields;
    int n;
    const struct regulations_form *f;
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
    line(w, name_of(FORM_ISEE), str_fmt(w->mem, "porta \"%s\"", words));
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
    amount(w, "quota", "quota a tuo carico", sum);
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
        buf_z(&t, " persona eta = 40");
        if (e->children.n > 0 && str_to_int(e->children, &n_children))
            for (int64_t k = 0; k < n_children; k++)
                buf_z(&t, " persona eta = 8");
        buf_fmt(&t, " vale %.*s = %.*s euro", (int)amount_name.n, amount_name.p, (int)e->wanted.n, e->wanted.p);
        line(w, str_fmt(w->mem, "esempio-%d", i + 1).p, buf_view(&t));
    }
}

struct form_text regulations_form_text(struct ctx *c, const struct regulations_form *f)
{
    struct writer w = {.mem = c->mem, .b = buf_new(c->mem, 2048), .fields = ARENA_ARRAY(c->mem, const char *, MOST_LINES + 1), .f = f};

    w.fields[0] = "";
    head(&w);
    body(&w);
    examples(&w);
    return (struct form_text){buf_view(&w.b), w.fields, w.n};
}

/* entitled_facts.c - answers in plain words as facts of a household. */
#include "base/log.h"
#include "entitled_form.h"

#define TORINO "001272" /* the one capital of a metropolitan city here: D.P.C.M. 159/2013 as amended for 2026 */

struct filling {
    const struct rules_facts *facts;
    const struct entitled_answers *a;
    struct rules_household *h;
};

static struct rules_value *value_at(const struct filling *f, struct rules_value *values, const char *fact)
{
    const int i = rules_fact_find(f->facts, str_of(fact));

    if (i < 0)
        bug("%s is no fact of the rules", fact);
    return &values[i];
}

static void put_number(const struct filling *f, struct rules_value *values, const char *fact, struct ratio n, enum rules_known known)
{
    struct rules_value *const v = value_at(f, values, fact);

    v->known = known;
    v->number = n;
}

static void put(const struct filling *f, struct rules_value *values, const char *fact, int64_t n)
{
    put_number(f, values, fact, ratio_of(n), RULES_CERTAIN);
}

static bool is_known(const struct filling *f, const struct rules_value *values, const char *fact)
{
    return value_at(f, (struct rules_value *)values, fact)->known != RULES_UNKNOWN;
}

/* What was typed, when it can be read; an empty box tells nothing. */
static bool money_of(struct str typed, struct ratio *out)
{
    return typed.n > 0 && entitled_number(typed, true, out);
}

static void put_money(const struct filling *f, struct rules_value *values, const char *fact, struct str typed)
{
    struct ratio n;

    if (money_of(typed, &n))
        put_number(f, values, fact, n, RULES_CERTAIN);
}

/* Boxes that are a fact as they stand. */
static void put_plain(const struct filling *f, const struct entitled_field *q, struct rules_value *values, struct str typed)
{
    struct ratio n;

    if (q->fact == NULL || typed.n == 0)
        return;
    if (q->kind == FIELD_YES)
        put(f, values, q->fact, str_eq_z(typed, "si"));
    else if (entitled_number(typed, q->kind == FIELD_MONEY, &n))
        put_number(f, values, q->fact, n, RULES_CERTAIN);
}

static struct str said(const struct filling *f, const char *name)
{
    return entitled_value(f->a, name);
}

static bool is_said(const struct filling *f, const char *name, const char *choice)
{
    return str_eq_z(said(f, name), choice);
}

/* ---- where ---- */

static void put_place(const struct filling *f)
{
    static const struct {
        const char *said;
        int years, unbroken;
    } stays[] = {{"cinque", 5, 2}, {"cinque-via", 5, 0}, {"due", 2, -1}, {"meno", 0, -1}};
    struct rules_value *const v = f->h->values;

    if (f->a->has_place) {
        put(f, v, "residenza_piemonte", 1);
        put(f, v, "casa_in_capoluogo_metropolitano", str_eq_z(f->a->place.istat, TORINO));
    }
    for (size_t i = 0; i < sizeof stays / sizeof *stays; i++)
        if (is_said(f, "residenza", stays[i].said)) {
            put(f, v, "residenza_anni", stays[i].years);
            if (stays[i].unbroken >= 0)
                put(f, v, "residenza_continua_anni", stays[i].unbroken);
        }
}

/* ---- who ---- */

static void put_health(const struct filling *f, struct rules_value *v, struct str health)
{
    if (health.n == 0)
        return;
    const bool needs_help = str_eq_z(health, "non-autosufficiente");

    put(f, v, "disabile", !str_eq_z(health, "bene"));
    put(f, v, "disabile_grave", needs_help || str_eq_z(health, "grave"));
    put(f, v, "non_autosufficiente", needs_help);
}

static void put_person(const struct filling *f, int p)
{
    struct rules_value *const v = f->h->members[p].values;
    const struct str who = p == 0 ? STR("io") : entitled_value_of(f->a, p, "chi"), work = entitled_value_of(f->a, p, "lavoro");

    if (who.n > 0) {
        put(f, v, "figlio_convivente", str_starts(who, STR("figlio")));
        put(f, v, "figlio_a_carico", str_eq_z(who, "figlio"));
    }
    put_health(f, v, entitled_value_of(f->a, p, "salute"));
    if (work.n > 0)
        put(f, v, "disoccupato", str_eq_z(work, "cerca"));
    if (str_eq_z(work, "cerca") || str_eq_z(work, "studia"))
        put(f, v, "studia_o_lavora", 1);
    /* Who of them it is does not matter to any rule: somebody of the household is. */
    if (said(f, "gravidanza").n > 0)
        put(f, v, "in_gravidanza", p == 0 && is_said(f, "gravidanza", "si"));
}

/* ---- home ---- */

static void put_home(const struct filling *f)
{
    struct rules_value *const v = f->h->values;
    const struct str home = said(f, "casa");
    struct ratio month, year;

    if (home.n > 0) {
        put(f, v, "in_affitto", str_eq_z(home, "affitto") || str_eq_z(home, "popolare"));
        put(f, v, "casa_popolare", str_eq_z(home, "popolare"));
    }
    if (money_of(said(f, "affitto"), &month) && ratio_mul(month, ratio_of(12), &year)) {
        put_number(f, v, "canone_mensile", month, RULES_CERTAIN);
        put_number(f, v, "affitto_annuo", year, RULES_CERTAIN);
    } else if (str_eq_z(home, "mia") || str_eq_z(home, "ospite")) {
        put(f, v, "affitto_annuo", 0);
    }
    if (is_said(f, "immobili", "nessuno")) {
        put(f, v, "immobili_senza_casa", 0);
        put(f, v, "altri_immobili", 0);
    } else if (is_said(f, "immobili", "altri")) {
        put_money(f, v, "immobili_senza_casa", said(f, "immobili-euro"));
        put_money(f, v, "altri_immobili", said(f, "immobili-euro"));
    }
}

/* ---- ISEE, and what it is reckoned from ---- */

static const struct {
    const char *name, *fact;
} incomes[] = {{"dipendente", "reddito_dipendente"},
               {"pensione", "reddito_pensione"},
               {"altri", "altri_redditi"},
               {"mantenimento", "mantenimento_versato"}};
enum { INCOMES = sizeof incomes / sizeof *incomes, ARE_INCOME = 3 };

static bool has_income(const struct filling *f)
{
    for (int p = 0; p < f->a->n_people; p++)
        for (int i = 0; i < ARE_INCOME; i++)
            if (entitled_value_of(f->a, p, incomes[i].name).n > 0)
                return true;
    return false;
}

/* A year's income of all of them, when it was not said: what was typed for each, together. */
static void put_family_income(const struct filling *f)
{
    struct ratio sum = ratio_of(0), n;

    if (!has_income(f)) {
        put_money(f, f->h->values, "reddito_familiare", said(f, "reddito"));
        return;
    }
    for (int p = 0; p < f->a->n_people; p++)
        for (int i = 0; i < ARE_INCOME; i++)
            if (money_of(entitled_value_of(f->a, p, incomes[i].name), &n) && !ratio_add(sum, n, &sum))
                return;
    if (said(f, "reddito").n > 0)
        put_money(f, f->h->values, "reddito_familiare", said(f, "reddito"));
    else
        put_number(f, f->h->values, "reddito_familiare", sum, RULES_ESTIMATE);
}

static void put_incomes(const struct filling *f)
{
    for (int p = 0; has_income(f) && p < f->a->n_people; p++)
        for (int i = 0; i < INCOMES; i++) {
            const struct str typed = entitled_value_of(f->a, p, incomes[i].name);

            if (typed.n > 0)
                put_money(f, f->h->members[p].values, incomes[i].fact, typed);
            else
                put(f, f->h->members[p].values, incomes[i].fact, 0);
        }
}

/* What measures ask of wealth beside any ISEE: who does not own the home has none of its value. */
static void put_wealth(const struct filling *f)
{
    struct rules_value *const v = f->h->values;
    const struct str home = said(f, "casa");
    struct ratio savings, bonds = ratio_of(0);

    put_money(f, v, "casa_valore_imu", said(f, "casa-valore"));
    if (home.n > 0 && !str_eq_z(home, "mia") && !is_known(f, v, "casa_valore_imu"))
        put(f, v, "casa_valore_imu", 0);
    money_of(said(f, "titoli"), &bonds);
    if (money_of(said(f, "depositi"), &savings) && ratio_add(savings, bonds, &savings))
        put_number(f, v, "patrimonio_mobiliare", savings, RULES_CERTAIN);
}

/* What an ISEE is reckoned from. */
static void put_isee_wealth(const struct filling *f)
{
    struct rules_value *const v = f->h->values;
    struct ratio savings, bonds = ratio_of(0);

    put_money(f, v, "mutuo_residuo", said(f, "mutuo"));
    if (is_known(f, v, "casa_valore_imu") && !is_known(f, v, "mutuo_residuo"))
        put(f, v, "mutuo_residuo", 0);
    if (!money_of(said(f, "depositi"), &savings))
        return;
    put_number(f, v, "depositi", savings, RULES_CERTAIN);
    money_of(said(f, "titoli"), &bonds);
    put_number(f, v, "titoli_stato", bonds, RULES_CERTAIN);
}

static void put_parents(const struct filling *f)
{
    const struct str parents = said(f, "genitori");

    if (said(f, "insieme").n > 0)
        put(f, f->h->values, "genitori_non_conviventi", is_said(f, "insieme", "no"));
    if (parents.n == 0)
        return;
    put(f, f->h->values, "entrambi_i_genitori_lavorano", str_eq_z(parents, "lavorano"));
    put(f, f->h->values, "genitore_solo_non_lavora", str_eq_z(parents, "solo-non-lavora"));
}

static void put_isee(const struct filling *f)
{
    static const struct {
        const char *name, *fact;
    } kinds[] = {{"isee-ord", "isee_ord"}, {"isee-pfi", "isee_pfi"}, {"isee-soc", "isee_soc"}, {"isee-min", "isee_min"}};

    for (size_t i = 0; is_said(f, "isee", "ho") && i < sizeof kinds / sizeof *kinds; i++)
        put_money(f, f->h->values, kinds[i].fact, said(f, kinds[i].name));
}

struct rules_household *entitled_household(struct ctx *c, const struct entitled_answers *a)
{
    const struct rules_facts *const facts = rules_shelf_facts(rules_shelf_of(c));
    struct rules_household *const h = rules_household_new(c->mem, facts, a->n_people);
    const struct filling f = {facts, a, h};

    for (int i = 0; i < entitled_n_fields; i++) {
        const struct entitled_field *const q = &entitled_fields[i];

        if (!q->of_person)
            put_plain(&f, q, h->values, a->values[i]);
        for (int p = 0; q->of_person && p < a->n_people; p++)
            put_plain(&f, q, h->members[p].values, a->people[p][i]);
    }
    put_place(&f);
    for (int p = 0; p < a->n_people; p++)
        put_person(&f, p);
    put_home(&f);
    put_isee(&f);
    put_family_income(&f);
    put_wealth(&f);
    if (is_said(&f, "isee", "stima")) {
        put_incomes(&f);
        put_isee_wealth(&f);
        put_parents(&f);
    }
    return h;
}

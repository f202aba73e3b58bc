/* courses_demo.c - two invented courses of the invented body whose key the demo tells: one with free places, one that has ended. */
#include "base/date.h"
#include "base/macros.h"
#include "core/links/links.h"
#include "courses_feature.h"
#include "features/catalogue/catalogue_edit.h"
#include "features/catalogue/catalogue_write.h"

enum { MONTH = 30, WEEK = 7 };

/* An entry says what an entry should, so that what is shown of it is whole. */
struct course {
    const char *name, *summary, *description, *needs, *places, *hours, *free;
    int starts_on, ends_on;
};

static enum status add(struct ctx *c, int64_t organisation_id, const struct course *k)
{
    const struct edit_change list[] = {
        {.field = EDIT_NAME, .text = str_of(k->name)},
        {.field = EDIT_SUMMARY, .text = str_of(k->summary)},
        {.field = EDIT_DESCRIPTION, .text = str_of(k->description)},
        {.field = EDIT_KIND, .text = STR("course")},
        {.field = EDIT_NEEDS, .text = str_of(k->needs)},
        {.field = EDIT_ELIGIBILITY, .text = STR("Chi ha più di 18 anni. Non serve saper fare niente.")},
        {.field = EDIT_PLACES, .text = str_of(k->places)},
        {.field = EDIT_HOURS, .text = str_of(k->hours)},
        {.field = EDIT_PHONES, .text = STR("0125 555 0142")},
        {.field = EDIT_FEE, .text = STR("free")},
        {.field = EDIT_APPLICATION, .text = STR("Telefona o passa in orario. Il posto è tuo da subito.")},
        {.field = EDIT_DOCUMENTS, .text = STR("Niente")},
        {.field = EDIT_STARTS_ON, .text = day_iso(c->mem, k->starts_on)},
        {.field = EDIT_ENDS_ON, .text = day_iso(c->mem, k->ends_on)},
        {.field = EDIT_PLACES_FREE, .text = str_of(k->free)}};
    struct edit_outcome outcome;
    int64_t id = 0;
    const enum status st = catalogue_edit_add(c, organisation_id, list, ARRAY_LEN(list),
                                              &(struct edit_who){.how = EDIT_BY_DESK, .by = STR("demo")}, &id, &outcome);

    return st == ST_OK ? catalogue_confirm(c, id, c->today - WEEK, HOW_MAIL, STR("demo")) : st;
}

/* Once: an entry of that name is there afterwards. */
enum status courses_load_demo(struct ctx *c)
{
    static const char first[] = "Corso di cucito (demo)";
    struct service *list;
    int64_t body = 0;
    int n = 0;
    enum status st = links_demo_body(c, &body);

    if (st != ST_OK || body == 0)
        return st;
    st = catalogue_edit_entries(c, &(struct edit_list){.organisation_id = body, .with_gone = true}, &list, &n);
    for (int i = 0; st == ST_OK && i < n; i++)
        if (str_eq_z(list[i].name, first))
            return ST_OK;
    const struct course sewing = {
        .name = first,
        .summary = "Un corso inventato, per provare il portale.",
        .description = "Impari a usare la macchina da cucire e a fare un orlo, una cerniera, una borsa. Siamo in sei, con due "
                       "macchine a testa nei giorni buoni. Chi vuole porta un vestito da accorciare. Alla fine si fa una mostra.",
        .needs = "corso-mestiere\nposto-dove-stare-insieme",
        .places = "Sala del Gomitolo: via dell'Ago Storto 3, 10015 Ivrea",
        .hours = "martedì e giovedì 17:30-19:30",
        .free = "4",
        .starts_on = c->today - MONTH,
        .ends_on = c->today + MONTH};
    const struct course bicycles = {
        .name = "Laboratorio di bici (demo)",
        .summary = "Un laboratorio inventato, che è finito.",
        .description = "Smonti e rimonti la tua bicicletta con chi lo fa da anni: freni, cambio, ruote. Gli attrezzi ci sono e i pezzi "
                       "usati non si pagano. Chi non ha la bici ne rimette a posto una e la porta a casa. Si sta all'aperto.",
        .needs = "posto-dove-stare-insieme",
        .places = "Cortile delle Ruote: via del Mozzo 12, 10015 Ivrea",
        .hours = "il primo e terzo sabato del mese 9-12",
        .free = "2",
        .starts_on = c->today - 2 * MONTH,
        .ends_on = c->today - MONTH};

    if (st == ST_OK)
        st = add(c, body, &sewing);
    return st == ST_OK ? add(c, body, &bicycles) : st;
}

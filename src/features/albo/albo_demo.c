/* albo_demo.c - invented lines of the albo and proposals for the demo, said to be invented; the same twice adds nothing. */
#include "albo.h"
#include "albo_feature.h"
#include "base/macros.h"

static const struct {
    const char *name, *istat, *themes, *number, *what;
    enum organisation_kind kind;
    enum albo_section section;
    bool is_self_help, is_responsible;
} bodies[] = {
    {"Gruppo di auto mutuo aiuto Il Passo (demo)", "001125", "dipendenze", "", "Ci si trova il martedì sera, senza iscriversi.",
     ORGANISATION_GROUP, ALBO_NO_SECTION, true, false},
    {"Volontari della spesa amica ODV (demo)", "001272", "anziani poverta", "900001", "Portano la spesa a casa a chi non esce.",
     ORGANISATION_THIRD_SECTOR, ALBO_ODV, false, false},
    {"Cooperativa sociale Orto Vivo (demo)", "004078", "disabili", "900002", "Lavoro nell’orto per persone con disabilità.",
     ORGANISATION_THIRD_SECTOR, ALBO_SOCIAL_ENTERPRISE, false, false},
    {"Panificio Bianchi e figli (demo)", "001125", "poverta", "", "Dà il pane del giorno alla mensa e fa fare stage.",
     ORGANISATION_COMPANY, ALBO_NO_SECTION, false, true},
    {"Società di mutuo soccorso degli artigiani (demo)", "006003", "multiutenza", "900003", "Sala per incontri e cassa di aiuto tra soci.",
     ORGANISATION_THIRD_SECTOR, ALBO_MUTUAL_AID, false, false},
};

static enum status put_body(struct ctx *c, int i)
{
    struct comune comune;
    enum put_change change;
    int64_t id = 0;
    enum status st = places_comune_by_istat(c, str_of(bodies[i].istat), &comune);
    struct organisation o = {.name = str_of(bodies[i].name),
                             .kind = bodies[i].kind,
                             .description = str_of(bodies[i].what),
                             .source = STR("demo-albo"),
                             .source_id = str_of(bodies[i].name),
                             .is_demo = true};
    const struct albo_details d = {.section = bodies[i].section,
                                   .runts_number = str_of(bodies[i].number),
                                   .themes = str_of(bodies[i].themes),
                                   .is_self_help = bodies[i].is_self_help,
                                   .is_responsible = bodies[i].is_responsible,
                                   .is_demo = true};

    if (st != ST_OK)
        return st;
    o.comune_id = comune.area.area_id;
    st = organisations_put(c, &o, &id, &change);
    return st == ST_OK ? albo_set(c, id, &d, STR("demo")) : st;
}

enum status albo_load_demo(struct ctx *c)
{
    const struct str themes[] = {STR("anziani")};
    const struct albo_form f = {.name = STR("Nonni in cammino (demo)"),
                                .kind = STR("group"),
                                .comune = STR("Ivrea"),
                                .street = STR("via Dora 4"),
                                .what = STR("Camminate del mattino per chi è solo. Proposta inventata per la prova."),
                                .phone = STR("0125 555 0144"),
                                .themes = themes,
                                .n_themes = 1,
                                .nonce = STR("demo-albo-1")};
    struct str code;
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < ARRAY_LEN(bodies); i++)
        st = put_body(c, i);
    return st == ST_OK ? albo_propose(c, &f, &code) : st;
}

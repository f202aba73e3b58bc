/* twins_demo.c - for the demo: an invented body has written again what another one has; one pair waits, one was made one. */
#include "core/bodies/organisations.h"
#include "core/links/links.h"
#include "core/places/places.h"
#include "features/catalogue/catalogue_edit.h"
#include "twins_feature.h"
#include "twins_join.h"

enum { ALL = 100000, PAIRS = 2 };

static const struct edit_who demo_who = {.how = EDIT_BY_DESK, .by = {"demo", 4}};

/* The same name, telephone and place, other words. */
static enum status write_again(struct ctx *c, const struct service *s, int64_t organisation_id, int64_t *out_id)
{
    static const enum edit_field same[] = {EDIT_NAME, EDIT_KIND, EDIT_NEEDS, EDIT_PLACES, EDIT_PHONES};
    enum { N_SAME = sizeof same / sizeof *same };
    struct edit_change list[N_SAME + 1];
    struct edit_outcome outcome;

    for (int i = 0; i < N_SAME; i++)
        list[i] = (struct edit_change){.field = same[i], .text = catalogue_edit_text(c->mem, same[i], s)};
    list[N_SAME] = (struct edit_change){.field = EDIT_SUMMARY, .text = STR("La stessa cosa, scritta un’altra volta per prova.")};
    return catalogue_edit_add(c, organisation_id, list, N_SAME + 1, &demo_who, out_id, &outcome);
}

enum status twins_load_demo(struct ctx *c)
{
    struct organisation o = {.name = STR("Elenco di prova del territorio"),
                             .kind = ORGANISATION_GROUP,
                             .source = STR("demo-twins"),
                             .source_id = STR("1"),
                             .is_demo = true};
    struct comune ivrea;
    struct service *list;
    struct twins_report report;
    int64_t body = 0, id = 0, again = 0;
    enum put_change change = PUT_SAME;
    int n = 0, n_made = 0;
    enum status st = links_demo_body(c, &body);

    if (st == ST_OK) /* where the demo's key to approve answers */
        st = places_comune_by_istat(c, STR("001125"), &ivrea);
    o.comune_id = st == ST_OK ? ivrea.area.area_id : 0;
    if (st == ST_OK && body != 0)
        st = organisations_put(c, &o, &id, &change);
    if (st != ST_OK || change != PUT_ADDED)
        return st;
    st = catalogue_of_organisation(c, body, &list, &n);
    for (int i = 0; st == ST_OK && i < n && n_made < PAIRS; i++) {
        if (list[i].n_ats != 1 || list[i].ats[0].location->is_secret || catalogue_first_phone(&list[i]).n == 0)
            continue;
        st = write_again(c, &list[i], id, &again);
        if (st == ST_OK && n_made++ > 0) /* the second is one already */
            st = twins_join_services(c, &(struct twins_joining){again, list[i].service_id, 0, STR(""), STR("demo")});
    }
    return st == ST_OK ? twins_look(c, ALL, &report) : st;
}

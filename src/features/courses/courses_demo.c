/* courses_demo.c - two invented courses of the invented body whose key the demo tells: one with free places, one that has ended. */
#include "base/date.h"
#include "core/links/links.h"
#include "courses_feature.h"
#include "features/catalogue/catalogue_edit.h"

enum { MONTH = 30, MOST = 6 };

static enum status add(struct ctx *c, int64_t organisation_id, const char *name, int starts_on, int ends_on, const char *places)
{
    const struct edit_change list[MOST] = {{.field = EDIT_NAME, .text = str_of(name)},
                                           {.field = EDIT_SUMMARY, .text = STR("Un corso inventato, per provare il portale.")},
                                           {.field = EDIT_KIND, .text = STR("course")},
                                           {.field = EDIT_STARTS_ON, .text = day_iso(c->mem, starts_on)},
                                           {.field = EDIT_ENDS_ON, .text = day_iso(c->mem, ends_on)},
                                           {.field = EDIT_PLACES_FREE, .text = str_of(places)}};
    struct edit_outcome outcome;
    int64_t id = 0;

    return catalogue_edit_add(c, organisation_id, list, MOST, &(struct edit_who){.how = EDIT_BY_DESK, .by = STR("demo")}, &id, &outcome);
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
    if (st == ST_OK)
        st = add(c, body, first, c->today - MONTH, c->today + MONTH, "4");
    return st == ST_OK ? add(c, body, "Laboratorio di bici (demo)", c->today - 2 * MONTH, c->today - MONTH, "2") : st;
}

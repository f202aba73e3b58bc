/*
 * catalogue_full_testing.h - a service with something in every field, for the tests of who shows, sends out or
 *                           takes in services. Test programs only.
 */
#pragma once
#include "features/catalogue/catalogue_write.h"

/* Everything of HSDS and ours, at one place with an address in the comune of that ISTAT code; source_id as
 * given. The place, the organisation and the service are put with w. */
struct full_put {
    const char *source_id, *name, *istat;
    bool is_secret;
    const char *address; /* of the place; NULL: "via Roma 1" */
};
struct full {
    struct organisation organisation;
    struct location location;
    struct service service;
    int64_t organisation_id, location_id, service_id;
    enum put_change organisation_change, location_change, service_change;
};
/* Makes it in c->mem, puts nothing. */
void full_make(struct ctx *c, const struct full_put *p, struct full *out);
/* Puts what was made. Any trouble ends the test. */
void full_put(struct catalogue_write *w, struct full *f);

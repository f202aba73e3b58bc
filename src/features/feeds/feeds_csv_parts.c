/* feeds_csv_parts.c - what a mapped row says with numbers: telephones, contacts, prices, codes, places. */
#include "feeds_csv_row.h"
#include "feeds_hsds_fields.h"
#include <math.h>
#include <string.h>

static void read_phones(struct feeds_intake *in, struct mapping_row *x, struct parts *p)
{
    feeds_get_phones(in, x, "phones", 1, p);
    for (int i = 1; i <= feeds_mapping_most(x->m, "phone"); i++) {
        const struct phone one = {.number = feeds_get(in, x, "phone.number", i),
                                  .type = feeds_get(in, x, "phone.type", i),
                                  .description = feeds_get(in, x, "phone.note", i),
                                  .extension = feeds_get(in, x, "phone.extension", i),
                                  .languages = feeds_get(in, x, "phone.languages", i)};

        if (one.number.n > 0)
            p->phones[p->n_phones++] = one;
    }
}

static void read_contacts(struct feeds_intake *in, struct mapping_row *x, struct parts *p)
{
    p->contacts = ARENA_ARRAY(in->row, struct contact, MAPPING_MAX_NUMBER);
    for (int i = 1; i <= feeds_mapping_most(x->m, "contact"); i++) {
        const struct contact one = {.role = feeds_get(in, x, "contact.role", i),
                                    .department = feeds_get(in, x, "contact.department", i),
                                    .email = feeds_get_checked(in, x, "contact.email", i, HSDS_EMAIL),
                                    .phone = feeds_get(in, x, "contact.phone", i)};

        if (one.role.n + one.department.n + one.email.n + one.phone.n > 0)
            p->contacts[p->n_contacts++] = one;
    }
}

static void read_attributes(struct feeds_intake *in, struct mapping_row *x, struct parts *p)
{
    p->attributes = ARENA_ARRAY(in->row, struct attribute, MAPPING_MAX_NUMBER);
    for (int i = 1; i <= feeds_mapping_most(x->m, "attribute"); i++) {
        const struct attribute one = {.taxonomy = feeds_get(in, x, "attribute.taxonomy", i),
                                      .code = feeds_get(in, x, "attribute.code", i),
                                      .name = feeds_get(in, x, "attribute.name", i),
                                      .value = feeds_get(in, x, "attribute.value", i),
                                      .link_entity = STR("service")};

        if (one.code.n + one.name.n + one.value.n > 0)
            p->attributes[p->n_attributes++] = one;
    }
}

static void read_costs(struct feeds_intake *in, struct mapping_row *x, struct service *s)
{
    s->costs = ARENA_ARRAY(in->row, struct cost_option, MAPPING_MAX_NUMBER);
    for (int i = 1; i <= feeds_mapping_most(x->m, "cost"); i++) {
        struct cost_option one = {.option = feeds_get(in, x, "cost.option", i),
                                  .currency = feeds_get(in, x, "cost.currency", i),
                                  .amount_description = feeds_get(in, x, "cost.description", i),
                                  .from = feeds_get_day(in, x, "cost.from", i),
                                  .to = feeds_get_day(in, x, "cost.to", i)};
        double euros;

        one.has_amount = feeds_get_decimal(in, x, "cost.amount", i, &euros);
        if (one.has_amount && (euros < 0 || euros > 1e9))
            feeds_refuse(in, STR("cost.amount"), "feeds.not-number", feeds_get(in, x, "cost.amount", i));
        else if (one.has_amount)
            one.amount_cents = llround(euros * 100);
        if (one.has_amount && one.currency.n == 0)
            one.currency = STR("EUR");
        if (one.has_amount || one.option.n + one.amount_description.n > 0)
            s->costs[s->n_costs++] = one;
    }
}

void feeds_read_parts(struct feeds_intake *in, struct mapping_row *x, struct service *s)
{
    const struct str funding = feeds_get(in, x, "funding", 1);

    read_phones(in, x, &s->parts);
    read_contacts(in, x, &s->parts);
    read_attributes(in, x, &s->parts);
    read_costs(in, x, s);
    if (funding.n > 0) {
        s->parts.funding = ARENA_ARRAY(in->row, struct funding, 1);
        s->parts.funding[0].source = funding;
        s->parts.n_funding = 1;
    }
}

/* ---- places ---- */

static bool is_secret(struct feeds_intake *in, struct mapping_row *x, int i)
{
    const struct str s = feeds_get(in, x, "location.secret", i), folded = str_fold(in->row, s);

    if (str_eq_z(folded, "yes") || str_eq_z(folded, "si") || str_eq_z(folded, "true") || str_eq_z(folded, "1"))
        return true;
    if (s.n > 0 && !str_eq_z(folded, "no") && !str_eq_z(folded, "false") && !str_eq_z(folded, "0"))
        feeds_refuse(in, STR("location.secret"), "feeds.map-yes", s); /* a doubt about a secret is no detail */
    return false;
}

static void read_comune(struct feeds_intake *in, struct mapping_row *x, int i, struct location *l)
{
    const struct str comune = feeds_get(in, x, "location.comune", i), province = feeds_get(in, x, "location.province", i),
                     cap = feeds_get(in, x, "location.cap", i);
    const enum status st = feeds_places_comune(in->places, in->c, comune, province, cap, &l->comune_id);

    if (st == ST_OK)
        return;
    l->comune_id = 0;
    if (st == ST_CONFLICT)
        feeds_refuse(in, STR("location.comune"), "feeds.comune-several", comune);
    else if (st != ST_NOT_FOUND)
        in->st = st;
    else if (comune.n > 0 || !str_eq_z(l->type, "virtual"))
        feeds_refuse(in, STR("location.comune"), comune.n > 0 ? "feeds.comune-unknown" : "feeds.missing", comune);
}

/* A point of Italy and its waters; anything else is a slip of the pen, as the two numbers exchanged. */
static void read_point(struct feeds_intake *in, struct mapping_row *x, int i, struct location *l)
{
    const bool has_lat = feeds_get_decimal(in, x, "location.lat", i, &l->lat), has_lon = feeds_get_decimal(in, x, "location.lon", i, &l->lon);

    l->has_point = has_lat && has_lon && l->lat >= 35 && l->lat <= 48 && l->lon >= 6 && l->lon <= 19;
    if ((has_lat || has_lon) && !l->has_point)
        feeds_notice(in, STR("location.lat"), "feeds.point-elsewhere", str_fmt(in->row, "%g %g", l->lat, l->lon));
    if (!l->has_point)
        l->lat = l->lon = 0;
}

static void read_address(struct feeds_intake *in, struct mapping_row *x, int i, struct location *l)
{
    struct address *a = ARENA_NEW(in->row, struct address);

    *a = (struct address){.type = STR("physical"),
                          .address_1 = feeds_get(in, x, "location.address", i),
                          .address_2 = feeds_get(in, x, "location.address_2", i),
                          .postal_code = feeds_get(in, x, "location.cap", i),
                          .country = STR("IT")};
    l->addresses = a;
    l->n_addresses = a->address_1.n > 0;
}

static bool is_said(struct feeds_intake *in, struct mapping_row *x, int i)
{
    static const char *const fields[] = {"location.comune", "location.address", "location.name", "location.cap", "location.lat", "location.id",
                                         "location.uuid"};
    const size_t n = sizeof fields / sizeof *fields;

    for (size_t k = 0; k < n; k++)
        if (feeds_get(in, x, fields[k], i).n > 0)
            return true;
    return false;
}

static void read_place(struct feeds_intake *in, struct mapping_row *x, int i, struct str service_id, struct location *l)
{
    const struct str id = feeds_get(in, x, "location.id", i), type = feeds_get(in, x, "location.type", i);

    *l = (struct location){.uuid = feeds_get_checked(in, x, "location.uuid", i, HSDS_UUID),
                           .source_id = id.n > 0 ? id : str_fmt(in->row, "%.*s/%d", (int)service_id.n, service_id.p, i),
                           .type = type.n > 0 ? type : STR("physical"),
                           .name = feeds_get(in, x, "location.name", i),
                           .alternate_name = feeds_get(in, x, "location.alternate_name", i),
                           .description = feeds_get(in, x, "location.description", i),
                           .transportation = feeds_get(in, x, "location.transport", i),
                           .url = feeds_get_checked(in, x, "location.url", i, HSDS_URL),
                           .quarter = feeds_get(in, x, "location.quarter", i),
                           .is_secret = is_secret(in, x, i)};
    if (!l->is_secret && str_eq(l->quarter, l->name))
        l->quarter = STR(""); /* a list that has one column for both */
    if (hsds_check_text(HSDS_CHOICE, "physical|postal|virtual", l->type) != NULL)
        feeds_refuse(in, STR("location.type"), "feeds.not-choice", l->type);
    read_comune(in, x, i, l);
    read_point(in, x, i, l);
    read_address(in, x, i, l);
    feeds_get_languages(in, x, "location.languages", i, &l->languages, &l->n_languages);
    feeds_get_access(in, x, "location.access", "location.access_note", i, &l->access, &l->n_access);
    for (int k = 0; k < l->n_access; k++)
        l->access_bits |= l->access[k].bits;
}

void feeds_read_places(struct feeds_intake *in, struct mapping_row *x, struct feeds_row *out)
{
    const int most = feeds_mapping_most(x->m, "location");

    for (int i = 1; i <= most; i++) {
        struct service_at *at = &out->ats[out->n_locations];

        if (!is_said(in, x, i))
            continue;
        read_place(in, x, i, out->service.source_id, &out->locations[out->n_locations]);
        *at = (struct service_at){.description = feeds_get(in, x, "location.note", i)};
        feeds_get_hours(in, x, "location.hours", i, STR(""), &at->schedules, &at->n_schedules);
        feeds_get_phones(in, x, "location.phones", i, &at->parts);
        out->n_locations++;
    }
}

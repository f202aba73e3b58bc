/* feeds_csv_row.c - the entry itself and its organisation, from a mapped row. */
#include "feeds_csv_row.h"
#include "feeds_hsds_fields.h"
#include <string.h>

#define GET(field) feeds_get(in, x, field, 1)

static bool has_text(const struct str *list, int n, struct str s)
{
    for (int i = 0; i < n; i++)
        if (str_eq(list[i], s))
            return true;
    return false;
}

static void read_needs(struct feeds_intake *in, struct mapping_row *x, struct service *s)
{
    struct str *needs;
    const int n = feeds_split(in, GET("needs"), &needs);

    s->needs = needs;
    for (int i = 0; i < n; i++) {
        const struct need *need = need_by_id(in->needs, needs[i]);

        if (need == NULL)
            feeds_refuse(in, STR("needs"), "feeds.no-need", needs[i]);
        else if (!has_text(needs, s->n_needs, needs[i]))
            needs[s->n_needs++] = need->id;
    }
}

static void read_targets(struct feeds_intake *in, struct mapping_row *x, struct service *s)
{
    struct str *targets;

    s->n_targets = feeds_split(in, GET("targets"), &targets);
    s->targets = targets;
    for (int i = 0; i < s->n_targets; i++) {
        bool is_known = false;

        for (int k = 0; k < needs_n(in->needs) && !is_known; k++)
            is_known = has_text(needs_at(in->needs, k)->areas, needs_at(in->needs, k)->n_areas, targets[i]);
        if (!is_known)
            feeds_refuse(in, STR("targets"), "feeds.not-choice", targets[i]);
    }
}

static void read_served(struct feeds_intake *in, struct mapping_row *x, struct service *s)
{
    const struct str note = GET("served_note");
    struct str *list;
    const int n = feeds_split(in, GET("served"), &list);

    s->areas = ARENA_ARRAY(in->row, struct served_area, (size_t)n + 1);
    for (int i = 0; i < n; i++) {
        struct served_area *a = &s->areas[s->n_areas++];
        const enum status st = feeds_places_area(in->places, in->c, list[i], &a->area_id, &a->name);

        if (st == ST_NOT_FOUND || st == ST_CONFLICT)
            feeds_refuse(in, STR("served"), st == ST_CONFLICT ? "feeds.comune-several" : "feeds.area-unknown", list[i]);
        else if (st != ST_OK)
            in->st = st;
    }
    if (note.n > 0)
        s->areas[s->n_areas++] = (struct served_area){.name = note};
}

static void read_documents(struct feeds_intake *in, struct mapping_row *x, struct service *s)
{
    struct str *list;

    s->n_documents = feeds_split(in, GET("documents"), &list);
    s->documents = ARENA_ARRAY(in->row, struct document, (size_t)s->n_documents);
    for (int i = 0; i < s->n_documents; i++)
        s->documents[i].document = list[i];
}

static void read_ways(struct feeds_intake *in, struct mapping_row *x, struct service *s)
{
    struct str *list;
    const int n = feeds_split(in, GET("ways"), &list);

    for (int i = 0; i < n; i++) {
        const int way = catalogue_way_of(list[i]);

        if (way == 0)
            feeds_refuse(in, STR("ways"), "feeds.not-choice", list[i]);
        s->ways |= way;
    }
}

/* Words of a list of names that the catalogue knows; empty is `other`. */
#define CHOICE(field, of, other, out)                                                                                            \
    do {                                                                                                                          \
        const struct str choice_ = GET(field);                                                                                    \
        (out) = choice_.n == 0 ? (other) : of(choice_);                                                                           \
        if (choice_.n > 0 && (out) == 0)                                                                                          \
            feeds_refuse(in, STR(field), "feeds.not-choice", choice_);                                                            \
    } while (0)

static void read_choices(struct feeds_intake *in, struct mapping_row *x, struct service *s)
{
    const struct str fee = GET("fee");

    CHOICE("kind", catalogue_kind_of, SERVICE_SERVICE, s->kind);
    CHOICE("status", catalogue_status_of, SERVICE_ACTIVE, s->status);
    CHOICE("confirmed_how", catalogue_how_of, HOW_UNKNOWN, s->confirmed_how);
    s->fee = catalogue_fee_of(fee);
    if (fee.n > 0 && s->fee == FEE_UNKNOWN && !str_eq_z(fee, "unknown"))
        feeds_refuse(in, STR("fee"), "feeds.not-choice", fee);
}

static void read_numbers(struct feeds_intake *in, struct mapping_row *x, struct service *s)
{
    const struct str places = GET("places_free");
    int64_t n = 0;

    s->has_min_age = feeds_get_decimal(in, x, "minimum_age", 1, &s->min_age);
    s->has_max_age = feeds_get_decimal(in, x, "maximum_age", 1, &s->max_age);
    if (s->min_age < 0 || s->min_age > 150 || s->max_age < 0 || (s->has_min_age && s->has_max_age && s->max_age < s->min_age))
        feeds_refuse(in, STR("minimum_age"), "feeds.ages", str_fmt(in->row, "%g-%g", s->min_age, s->max_age));
    s->has_places_free = places.n > 0;
    if (places.n > 0 && (!str_to_int(places, &n) || n < 0 || n > 1000000))
        feeds_refuse(in, STR("places_free"), "feeds.not-number", places);
    s->places_free = (int)n;
    s->starts_on = feeds_get_day(in, x, "starts_on", 1);
    s->ends_on = feeds_get_day(in, x, "ends_on", 1);
    s->apply_by = feeds_get_day(in, x, "apply_by", 1);
    if (s->starts_on != DAY_NONE && s->ends_on != DAY_NONE && s->ends_on < s->starts_on)
        feeds_refuse(in, STR("ends_on"), "feeds.days-order", GET("ends_on"));
}

static void read_confirmation(struct feeds_intake *in, struct mapping_row *x, struct service *s)
{
    s->confirmed_on = feeds_get_day(in, x, "confirmed_on", 1);
    s->confirmed_by = GET("confirmed_by");
    if (s->confirmed_on != DAY_NONE && s->confirmed_on > in->c->today) {
        feeds_notice(in, STR("confirmed_on"), "feeds.day-to-come", GET("confirmed_on"));
        s->confirmed_on = DAY_NONE;
    }
    if (s->confirmed_on == DAY_NONE)
        s->confirmed_how = HOW_UNKNOWN;
    else if (s->confirmed_by.n == 0)
        s->confirmed_by = feeds_mapping_source(x->m)->confirmed_by;
}

static void read_service(struct feeds_intake *in, struct mapping_row *x, struct service *s)
{
    *s = (struct service){.source_id = GET("id"),
                          .uuid = feeds_get_checked(in, x, "uuid", 1, HSDS_UUID),
                          .name = GET("name"),
                          .alternate_name = GET("alternate_name"),
                          .summary = GET("summary"),
                          .description = GET("description"),
                          .url = feeds_get_checked(in, x, "url", 1, HSDS_URL),
                          .email = feeds_get_checked(in, x, "email", 1, HSDS_EMAIL),
                          .application_process = GET("application_process"),
                          .eligibility = GET("eligibility"),
                          .wait_time = GET("wait_time"),
                          .interpretation = GET("interpretation"),
                          .accreditations = GET("accreditations"),
                          .licenses = GET("licenses"),
                          .fees = GET("fees"),
                          .isee_note = GET("isee_note"),
                          .intake = GET("intake_point"),
                          .alert = GET("alert"),
                          .assurer_email = feeds_get_checked(in, x, "assurer_email", 1, HSDS_EMAIL),
                          .is_demo = feeds_mapping_source(x->m)->is_demo};
    if (s->source_id.n == 0)
        feeds_refuse(in, STR("id"), "feeds.missing", STR(""));
    if (s->name.n == 0)
        feeds_refuse(in, STR("name"), "feeds.missing", STR(""));
    read_choices(in, x, s);
    read_numbers(in, x, s);
    read_confirmation(in, x, s);
    read_needs(in, x, s);
    read_targets(in, x, s);
    read_served(in, x, s);
    read_documents(in, x, s);
    read_ways(in, x, s);
    feeds_get_languages(in, x, "languages", 1, &s->languages, &s->n_languages);
    feeds_get_access(in, x, "access", "access_note", 1, &s->access, &s->n_access);
    feeds_get_hours(in, x, "hours", 1, GET("hours_note"), &s->schedules, &s->n_schedules);
    feeds_read_parts(in, x, s);
}

static void read_program(struct feeds_intake *in, struct mapping_row *x, struct organisation *o)
{
    const struct str name = GET("program.name");

    if (name.n == 0)
        return;
    o->parts.programs = ARENA_ARRAY(in->row, struct program, 1);
    o->parts.programs[0] = (struct program){.name = name, .description = GET("program.description")};
    o->parts.n_programs = 1;
}

static void read_organisation(struct feeds_intake *in, struct mapping_row *x, struct feeds_row *out)
{
    struct organisation *o = &out->organisation;
    const struct str id = GET("organisation.id"), name = GET("organisation.name"), comune = GET("organisation.comune"), year = GET("organisation.year");
    int64_t n = 0;

    out->body_code = GET("organisation.body");
    *o = (struct organisation){.source_id = id.n > 0 ? id : str_fold(in->row, name),
                               .uuid = feeds_get_checked(in, x, "organisation.uuid", 1, HSDS_UUID),
                               .name = name,
                               .alternate_name = GET("organisation.alternate_name"),
                               .description = GET("organisation.description"),
                               .email = feeds_get_checked(in, x, "organisation.email", 1, HSDS_EMAIL),
                               .website = feeds_get_checked(in, x, "organisation.url", 1, HSDS_URL),
                               .tax_id = GET("organisation.tax_id"),
                               .legal_status = GET("organisation.legal_status"),
                               .tax_status = GET("organisation.tax_status"),
                               .logo = GET("organisation.logo"),
                               .uri = feeds_get_checked(in, x, "organisation.uri", 1, HSDS_URI),
                               .parent_uuid = feeds_get_checked(in, x, "organisation.parent", 1, HSDS_UUID),
                               .is_demo = feeds_mapping_source(x->m)->is_demo};
    CHOICE("organisation.kind", organisations_kind_of, ORGANISATION_OTHER, o->kind);
    if (name.n == 0 && out->body_code.n == 0)
        feeds_refuse(in, STR("organisation.name"), "feeds.missing", STR(""));
    if (comune.n > 0 && feeds_places_comune(in->places, in->c, comune, STR(""), STR(""), &o->comune_id) != ST_OK)
        feeds_refuse(in, STR("organisation.comune"), "feeds.comune-unknown", comune);
    if (year.n > 0 && (!str_to_int(year, &n) || n < 1000 || n > 2100))
        feeds_refuse(in, STR("organisation.year"), "feeds.not-number", year);
    o->year_incorporated = (int)n;
    feeds_get_phones(in, x, "organisation.phones", 1, &o->parts);
    read_program(in, x, o);
}

void feeds_read_row(struct feeds_intake *in, struct mapping_row *x, struct feeds_row *out)
{
    out->n_locations = 0;
    read_service(in, x, &out->service);
    read_organisation(in, x, out);
    feeds_read_places(in, x, out);
}

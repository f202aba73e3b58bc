/* feeds_hsds_old.c - entries of HSDS 1.1 and 2.0 with the names, lists and ids of 3.0. */
#include "feeds_hsds_old.h"
#include "base/digest.h"
#include "base/macros.h"
#include "features/catalogue/catalogue_terms.h"
#include "feeds_hsds_read.h"
#include <string.h>

/* Our space of names (a UUID of version 4, made once). */
#define SPACE STR("7b0b4a52-6f1c-4e0e-9a39-51d26d0a7f3e")

static struct str uuid_for(struct feeds_intake *in, enum hsds_object kind, struct str id)
{
    return uuid_of_name(in->row, SPACE,
                        str_fmt(in->row, "%.*s %s %.*s", (int)in->source.n, in->source.p, hsds_object_name(kind), (int)id.n, id.p));
}

static bool is_number(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0 && s.n <= 20;
}

static void set_text(json_t *object, const char *name, struct str v)
{
    json_object_set_new_nocheck(object, name, json_stringn_nocheck(v.p, v.n));
}

/* An id as a UUID, if it is of the kind that is made into one. */
static void mend_id(struct feeds_intake *in, json_t *object, const char *name, enum hsds_object kind)
{
    const json_t *v = json_object_get(object, name);
    const struct str id = hsds_text(in, object, name);

    if (v == NULL || id.n == 0 || id.n > 200 || uuid_is(id) || !(is_number(id) || in->is_old))
        return;
    set_text(object, name, uuid_for(in, kind, id));
}

static const struct {
    const char *name;
    enum hsds_object kind;
} keys[] = {
    {"organization_id", HSDS_ORGANIZATION}, {"service_id", HSDS_SERVICE}, {"location_id", HSDS_LOCATION},
    {"service_at_location_id", HSDS_SERVICE_AT_LOCATION}, {"contact_id", HSDS_CONTACT}, {"phone_id", HSDS_PHONE},
    {"program_id", HSDS_PROGRAM}, {"taxonomy_id", HSDS_TAXONOMY}, {"taxonomy_term_id", HSDS_TAXONOMY_TERM},
    {"parent_id", HSDS_TAXONOMY_TERM}, {"parent_organization_id", HSDS_ORGANIZATION},
};

static enum hsds_object kind_of_link(struct str entity)
{
    for (int i = HSDS_SERVICE; i < HSDS_OBJECT_COUNT; i++)
        if (str_eq_z(entity, hsds_object_name((enum hsds_object)i)))
            return (enum hsds_object)i;
    return HSDS_SERVICE;
}

void feeds_hsds_modern_row(struct feeds_intake *in, json_t *row, enum hsds_object as)
{
    mend_id(in, row, "id", as);
    for (int i = 0; i < ARRAY_LEN(keys); i++)
        mend_id(in, row, keys[i].name, keys[i].kind);
    if (as == HSDS_ATTRIBUTE) {
        const struct str type = hsds_text(in, row, "link_type"), entity = hsds_text(in, row, "link_entity");

        mend_id(in, row, "link_id", kind_of_link(entity.n > 0 ? entity : type));
    }
}

/* ---- names ---- */

static const struct {
    enum hsds_object as;
    const char *was, *is;
} renamed[] = {
    {HSDS_SERVICE, "regular_schedules", "schedules"}, {HSDS_SERVICE, "regular_schedule", "schedules"}, {HSDS_SERVICE, "schedule", "schedules"},
    {HSDS_SERVICE, "service_area", "service_areas"}, {HSDS_SERVICE, "phone", "phones"}, {HSDS_SERVICE, "contact", "contacts"},
    {HSDS_SERVICE, "language", "languages"}, {HSDS_SERVICE, "cost_option", "cost_options"}, {HSDS_SERVICE, "fundings", "funding"},
    {HSDS_SERVICE, "services_at_location", "service_at_locations"}, {HSDS_SERVICE, "service_at_location", "service_at_locations"},
    {HSDS_SERVICE, "required_document", "required_documents"}, {HSDS_SERVICE, "service_taxonomy", "attributes"},
    {HSDS_SERVICE, "service_taxonomys", "attributes"}, {HSDS_SERVICE, "services_taxonomy", "attributes"},
    {HSDS_SERVICE, "service_attributes", "attributes"}, {HSDS_SERVICE, "service_attribute", "attributes"},
    {HSDS_SERVICE, "other_attributes", "attributes"}, {HSDS_ORGANIZATION, "url", "website"}, {HSDS_ORGANIZATION, "phone", "phones"},
    {HSDS_ORGANIZATION, "contact", "contacts"}, {HSDS_ORGANIZATION, "program", "programs"}, {HSDS_ORGANIZATION, "location", "locations"},
    {HSDS_ORGANIZATION, "service", "services"}, {HSDS_LOCATION, "physical_addresses", "addresses"},
    {HSDS_LOCATION, "physical_address", "addresses"}, {HSDS_LOCATION, "regular_schedules", "schedules"},
    {HSDS_LOCATION, "regular_schedule", "schedules"}, {HSDS_LOCATION, "schedule", "schedules"}, {HSDS_LOCATION, "phone", "phones"},
    {HSDS_LOCATION, "language", "languages"}, {HSDS_LOCATION, "accessibility_for_disabilities", "accessibility"},
    {HSDS_SERVICE_AT_LOCATION, "regular_schedules", "schedules"}, {HSDS_SERVICE_AT_LOCATION, "regular_schedule", "schedules"},
    {HSDS_SERVICE_AT_LOCATION, "schedule", "schedules"}, {HSDS_SERVICE_AT_LOCATION, "phone", "phones"}, {HSDS_LANGUAGE, "language", "name"},
    {HSDS_SERVICE_AREA, "service_area", "name"}, {HSDS_ACCESSIBILITY, "accessibility", "description"}, {HSDS_TAXONOMY_TERM, "term", "name"},
    {HSDS_TAXONOMY_TERM, "vocabulary", "taxonomy"}, {HSDS_ATTRIBUTE, "taxonomy", "taxonomy_term"},
};

/* What was one object is a list of one. */
static json_t *as_list(json_t *v)
{
    json_t *list;

    if (!json_is_object(v))
        return json_incref(v);
    list = json_array();
    json_array_append(list, v);
    return list;
}

static bool is_list(enum hsds_object as, const char *name)
{
    for (const struct hsds_field *f = hsds_fields(as); f->name != NULL; f++)
        if (strcmp(f->name, name) == 0)
            return f->type == HSDS_LIST;
    return false;
}

static void rename_members(struct feeds_intake *in, json_t *tree, enum hsds_object as)
{
    for (int i = 0; i < ARRAY_LEN(renamed); i++) {
        json_t *v = renamed[i].as == as ? json_object_get(tree, renamed[i].was) : NULL;
        json_t *there = v == NULL ? NULL : json_object_get(tree, renamed[i].is);
        const bool makes_list = v != NULL && is_list(as, renamed[i].is);

        /* A name that 3.0 knows too is old only when what stands in it is of the old kind. */
        if (v == NULL || (makes_list && !json_is_array(v) && !json_is_object(v)))
            continue;
        if (!(as == HSDS_ORGANIZATION && strcmp(renamed[i].was, "url") == 0))
            in->is_old = true;
        v = makes_list ? as_list(v) : json_incref(v);
        if (json_is_array(there) && json_is_array(v))
            json_array_extend(there, v);
        else if (there == NULL || json_is_null(there))
            json_object_set(tree, renamed[i].is, v);
        json_decref(v);
        json_object_del(tree, renamed[i].was);
    }
}

/* ---- what was a table of its own ---- */

static json_t *take_member(json_t *tree, const char *const *names)
{
    for (; *names != NULL; names++) {
        json_t *v = json_object_get(tree, *names);

        if (v != NULL) {
            json_t *out = as_list(v);

            json_object_del(tree, *names);
            return out;
        }
    }
    return NULL;
}

static json_t *list_of(json_t *tree, const char *name)
{
    json_t *list = json_object_get(tree, name);

    if (!json_is_array(list)) {
        list = json_array();
        json_object_set_new(tree, name, list);
    }
    return list;
}

static void take_eligibility(struct feeds_intake *in, json_t *tree)
{
    static const char *const names[] = {"eligibility", "eligibilities", "eligibilitys", NULL};
    json_t *list = take_member(tree, names);
    struct buf words = buf_new(in->row, 64);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        const struct str s = json_is_string(one) ? str_of(json_string_value(one)) : hsds_text(in, one, "eligibility");

        if (s.n > 0 && words.n > 0)
            buf_z(&words, "; ");
        buf_str(&words, s);
    }
    if (json_is_string(list))
        buf_z(&words, json_string_value(list));
    in->is_old |= list != NULL;
    if (words.n > 0 && json_object_get(tree, "eligibility_description") == NULL)
        set_text(tree, "eligibility_description", buf_view(&words));
    json_decref(list);
}

static void take_payments(struct feeds_intake *in, json_t *tree)
{
    static const char *const names[] = {"payments_accepted", "payment_accepted", NULL};
    json_t *list = take_member(tree, names);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const struct str how = hsds_text(in, json_array_get(list, i), "payment");
        json_t *cost = json_object();

        set_text(cost, "amount_description", how);
        json_array_append_new(list_of(tree, "cost_options"), cost);
    }
    in->is_old |= list != NULL;
    json_decref(list);
}

static void take_postal(struct feeds_intake *in, json_t *tree)
{
    static const char *const names[] = {"postal_addresses", "postal_address", NULL};
    json_t *list = take_member(tree, names);

    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *one = json_array_get(list, i);

        if (json_is_object(one) && json_object_get(one, "address_type") == NULL)
            set_text(one, "address_type", STR("postal"));
        json_array_append(list_of(tree, "addresses"), one);
    }
    in->is_old |= list != NULL;
    json_decref(list);
}

static void mark_closed(struct feeds_intake *in, json_t *schedule)
{
    json_t *term = json_object(), *mark = json_object();

    set_text(term, "id", catalogue_term_uuid(in->row, OWN_MARKS, STR("closed")));
    set_text(term, "name", STR("closed"));
    set_text(term, "description", STR("closed"));
    set_text(mark, "id", catalogue_term_uuid(in->row, OWN_MARKS, STR("closed")));
    json_object_set_new(mark, "taxonomy_term", term);
    json_array_append_new(list_of(schedule, "attributes"), mark);
}

static void take_holidays(struct feeds_intake *in, json_t *tree)
{
    static const char *const names[] = {"holiday_schedules", "holiday_schedule", NULL};
    json_t *list = take_member(tree, names);

    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *one = json_array_get(list, i);
        const struct str closed = hsds_text(in, one, "closed");

        if (!json_is_object(one))
            continue;
        set_text(one, "valid_from", hsds_text(in, one, "start_date"));
        set_text(one, "valid_to", hsds_text(in, one, "end_date"));
        if (json_is_true(json_object_get(one, "closed")) || str_eq_z(closed, "true") || str_eq_z(closed, "1") || str_eq_z(closed, "TRUE"))
            mark_closed(in, one);
        json_array_append(list_of(tree, "schedules"), one);
    }
    in->is_old |= list != NULL;
    json_decref(list);
}

/* ---- forms ---- */

const char *feeds_hsds_weekday(struct str s)
{
    static const char *const days[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    static const char starts[][4] = {"mon", "lun", "tue", "mar", "wed", "mer", "thu", "gio", "fri", "ven", "sat", "sab", "sun", "dom"};

    if (s.n == 1 && s.p[0] >= '1' && s.p[0] <= '7')
        return days[s.p[0] - '1'];
    for (int i = 0; i < ARRAY_LEN(starts); i++)
        if (s.n >= 3 && (s.p[0] | 0x20) == starts[i][0] && (s.p[1] | 0x20) == starts[i][1] && (s.p[2] | 0x20) == starts[i][2])
            return days[i / 2];
    return NULL;
}

static void mend_schedule(struct feeds_intake *in, json_t *tree)
{
    const char *day = feeds_hsds_weekday(hsds_text(in, tree, "weekday"));

    if (day == NULL || json_object_get(tree, "byday") != NULL)
        return;
    in->is_old = true;
    set_text(tree, "freq", STR("WEEKLY"));
    set_text(tree, "byday", str_of(day));
    json_object_del(tree, "weekday");
}

/* A holiday's row by itself: when it is, and whether it is closed. */
static void mend_holiday(struct feeds_intake *in, json_t *tree)
{
    const struct str closed = hsds_text(in, tree, "closed"), from = hsds_text(in, tree, "start_date"), to = hsds_text(in, tree, "end_date");

    if (from.n > 0)
        set_text(tree, "valid_from", from);
    if (to.n > 0)
        set_text(tree, "valid_to", to);
    if (str_eq_z(closed, "true") || str_eq_z(closed, "1") || str_eq_z(closed, "TRUE") || str_eq_z(closed, "True"))
        mark_closed(in, tree);
}

static void mend_names_of_rows(struct feeds_intake *in, json_t *tree, enum hsds_object as)
{
    const struct str payment = hsds_text(in, tree, "payment"), term = hsds_text(in, tree, "taxonomy_id");

    if (as == HSDS_COST_OPTION && payment.n > 0 && json_object_get(tree, "amount_description") == NULL)
        set_text(tree, "amount_description", payment);
    if (as != HSDS_ATTRIBUTE)
        return;
    if (term.n > 0 && json_object_get(tree, "taxonomy_term_id") == NULL)
        set_text(tree, "taxonomy_term_id", term);
    if (json_object_get(tree, "link_id") == NULL && hsds_text(in, tree, "service_id").n > 0)
        set_text(tree, "link_id", hsds_text(in, tree, "service_id"));
    json_object_del(tree, "service_id");
    json_object_del(tree, "taxonomy_id");
}

/* What 3.0 asks for and the older ones did not have. */
static void fill(struct feeds_intake *in, json_t *tree, enum hsds_object as)
{
    if (!in->is_old)
        return;
    if (as == HSDS_LOCATION && json_object_get(tree, "location_type") == NULL)
        set_text(tree, "location_type", STR("physical"));
    if (as == HSDS_ADDRESS && json_object_get(tree, "address_type") == NULL)
        set_text(tree, "address_type", STR("physical"));
    if (as == HSDS_ADDRESS && hsds_text(in, tree, "country").n == 0)
        set_text(tree, "country", STR("IT"));
    if (as == HSDS_SERVICE && hsds_text(in, tree, "status").n == 0)
        set_text(tree, "status", STR("active"));
    if (as == HSDS_ORGANIZATION && hsds_text(in, tree, "description").n == 0)
        set_text(tree, "description", hsds_text(in, tree, "name"));
    if ((as == HSDS_TAXONOMY_TERM || as == HSDS_TAXONOMY) && hsds_text(in, tree, "description").n == 0)
        set_text(tree, "description", hsds_text(in, tree, "name"));
}

static void modern(struct feeds_intake *in, json_t *tree, enum hsds_object as, struct str parent, int nth, int depth);

static void modern_children(struct feeds_intake *in, json_t *tree, enum hsds_object as, struct str id, int depth)
{
    for (const struct hsds_field *f = hsds_fields(as); f->name != NULL; f++) {
        json_t *v = f->type == HSDS_LIST || f->type == HSDS_ONE ? json_object_get(tree, f->name) : NULL;

        if (json_is_object(v))
            modern(in, v, f->of, id, 0, depth);
        for (size_t i = 0; i < json_array_size(v); i++)
            modern(in, json_array_get(v, i), f->of, id, (int)i + 1, depth);
    }
}

static void modern(struct feeds_intake *in, json_t *tree, enum hsds_object as, struct str parent, int nth, int depth)
{
    enum { DEEPEST = 6 };

    if (!json_is_object(tree) || depth > DEEPEST || as == HSDS_METADATA)
        return;
    rename_members(in, tree, as);
    if (as == HSDS_SERVICE) {
        take_eligibility(in, tree);
        take_payments(in, tree);
    }
    if (as == HSDS_LOCATION)
        take_postal(in, tree);
    if (as == HSDS_SERVICE || as == HSDS_LOCATION || as == HSDS_SERVICE_AT_LOCATION)
        take_holidays(in, tree);
    if (as == HSDS_SCHEDULE)
        mend_schedule(in, tree);
    if (in->is_old && parent.n > 0 && json_object_get(tree, "id") == NULL)
        set_text(tree, "id", str_fmt(in->row, "%.*s %d", (int)parent.n, parent.p, nth));
    feeds_hsds_modern_row(in, tree, as);
    fill(in, tree, as);
    modern_children(in, tree, as, hsds_text(in, tree, "id"), depth + 1);
}

void feeds_hsds_modern_as(struct feeds_intake *in, json_t *tree, enum hsds_object as)
{
    /* A service's own row may hold what belongs to another table's: its old names are left to it. */
    if (as == HSDS_SCHEDULE) {
        mend_schedule(in, tree);
        mend_holiday(in, tree);
    } else {
        rename_members(in, tree, as);
    }
    mend_names_of_rows(in, tree, as);
    feeds_hsds_modern_row(in, tree, as);
    fill(in, tree, as);
}

void feeds_hsds_modern(struct feeds_intake *in, json_t *tree, bool says_taxonomy)
{
    const enum hsds_object as = hsds_guess(tree, says_taxonomy);

    if (as != HSDS_NONE && as != HSDS_API)
        modern(in, tree, as, STR(""), 0, 0);
}

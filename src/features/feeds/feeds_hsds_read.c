/* feeds_hsds_read.c - field by field, from the tree of an entry into the structures of the catalogue. */
#include "feeds_hsds_read.h"
#include "feeds_own_marks.h"
#include "base/macros.h"
#include "features/opening/opening.h"
#include <math.h>
#include <string.h>

struct str hsds_text(struct feeds_intake *in, const json_t *object, const char *name)
{
    const json_t *v = json_object_get(object, name);

    if (json_is_string(v))
        return str_trim((struct str){json_string_value(v), json_string_length(v)});
    if (json_is_integer(v))
        return str_fmt(in->row, "%lld", (long long)json_integer_value(v));
    if (json_is_real(v))
        return str_fmt(in->row, "%.15g", json_real_value(v));
    return STR("");
}

static int day_in(struct feeds_intake *in, const json_t *object, const char *name)
{
    return day_parse(hsds_text(in, object, name));
}

/* Texts of a list's objects, one array of structures: n is set and the array made. */
#define READ_LIST(in, tree, name, type, array, n)                                                                                \
    const json_t *list = json_object_get(tree, name);                                                                            \
    (n) = (int)json_array_size(list);                                                                                             \
    (array) = ARENA_ARRAY((in)->row, type, (size_t)(n))

static struct str languages_of(struct feeds_intake *in, const json_t *tree)
{
    const json_t *list = json_object_get(tree, "languages");
    struct buf b = buf_new(in->row, 16);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const struct str code = hsds_text(in, json_array_get(list, i), "code");

        if (code.n > 0 && b.n > 0)
            buf_char(&b, ' ');
        buf_str(&b, code);
    }
    return buf_view(&b);
}

static struct str clean_number(struct str s)
{
    while (s.n > 0 && s.p[0] == '"')
        s = str_from(s, 1);
    while (s.n > 0 && s.p[s.n - 1] == '"')
        s.n--;
    return str_trim(s);
}

static void read_phones(struct feeds_intake *in, const json_t *tree, struct parts *p)
{
    READ_LIST(in, tree, "phones", struct phone, p->phones, p->n_phones);

    for (int i = 0; i < p->n_phones; i++) {
        const json_t *o = json_array_get(list, (size_t)i);

        p->phones[i] = (struct phone){.uuid = hsds_text(in, o, "id"),
                                      .number = clean_number(hsds_text(in, o, "number")),
                                      .extension = hsds_text(in, o, "extension"),
                                      .type = hsds_text(in, o, "type"),
                                      .description = hsds_text(in, o, "description"),
                                      .languages = languages_of(in, o)};
    }
}

static void read_contacts(struct feeds_intake *in, const json_t *tree, struct parts *p)
{
    READ_LIST(in, tree, "contacts", struct contact, p->contacts, p->n_contacts);

    for (int i = 0; i < p->n_contacts; i++) {
        const json_t *o = json_array_get(list, (size_t)i);
        const json_t *phone = json_array_get(json_object_get(o, "phones"), 0);

        p->contacts[i] = (struct contact){.uuid = hsds_text(in, o, "id"),
                                          .role = hsds_text(in, o, "title"),
                                          .department = hsds_text(in, o, "department"),
                                          .email = hsds_text(in, o, "email"),
                                          .phone = clean_number(hsds_text(in, phone, "number"))};
    }
}

static void read_attributes(struct feeds_intake *in, const json_t *tree, struct parts *p)
{
    READ_LIST(in, tree, "attributes", struct attribute, p->attributes, p->n_attributes);

    for (int i = 0; i < p->n_attributes; i++) {
        const json_t *o = json_array_get(list, (size_t)i), *term = json_object_get(o, "taxonomy_term");
        const struct str term_id = hsds_text(in, term, "id");

        p->attributes[i] = (struct attribute){.uuid = hsds_text(in, o, "id"),
                                              .taxonomy = hsds_text(in, term, "taxonomy"),
                                              .code = hsds_text(in, term, "code"),
                                              .name = hsds_text(in, term, "name"),
                                              .term_uuid = term_id.n > 0 ? term_id : hsds_text(in, o, "taxonomy_term_id"),
                                              .link_type = hsds_text(in, o, "link_type"),
                                              .link_entity = hsds_text(in, o, "link_entity"),
                                              .value = hsds_text(in, o, "value")};
    }
}

static void read_funding(struct feeds_intake *in, const json_t *tree, struct parts *p)
{
    READ_LIST(in, tree, "funding", struct funding, p->funding, p->n_funding);

    for (int i = 0; i < p->n_funding; i++) {
        const json_t *o = json_array_get(list, (size_t)i);

        p->funding[i] = (struct funding){hsds_text(in, o, "id"), hsds_text(in, o, "source")};
    }
}

static void read_programs(struct feeds_intake *in, const json_t *tree, struct parts *p)
{
    READ_LIST(in, tree, "programs", struct program, p->programs, p->n_programs);

    for (int i = 0; i < p->n_programs; i++) {
        const json_t *o = json_array_get(list, (size_t)i);

        p->programs[i] = (struct program){hsds_text(in, o, "id"), hsds_text(in, o, "name"), hsds_text(in, o, "alternate_name"),
                                          hsds_text(in, o, "description")};
    }
}

static void read_identifiers(struct feeds_intake *in, const json_t *tree, struct parts *p)
{
    READ_LIST(in, tree, "organization_identifiers", struct identifier, p->identifiers, p->n_identifiers);

    for (int i = 0; i < p->n_identifiers; i++) {
        const json_t *o = json_array_get(list, (size_t)i);

        p->identifiers[i] = (struct identifier){hsds_text(in, o, "id"), hsds_text(in, o, "identifier_scheme"),
                                                hsds_text(in, o, "identifier_type"), hsds_text(in, o, "identifier")};
    }
}

static void read_parts(struct feeds_intake *in, const json_t *tree, struct parts *p)
{
    read_phones(in, tree, p);
    read_contacts(in, tree, p);
    read_attributes(in, tree, p);
    read_funding(in, tree, p);
}

void hsds_read_organisation(struct feeds_intake *in, const json_t *tree, struct organisation *out)
{
    const struct str year = hsds_text(in, tree, "year_incorporated");
    int64_t n = 0;

    *out = (struct organisation){.uuid = hsds_text(in, tree, "id"),
                                 .source_id = hsds_text(in, tree, "id"),
                                 .name = hsds_text(in, tree, "name"),
                                 .alternate_name = hsds_text(in, tree, "alternate_name"),
                                 .kind = ORGANISATION_OTHER,
                                 .description = hsds_text(in, tree, "description"),
                                 .email = hsds_text(in, tree, "email"),
                                 .website = hsds_text(in, tree, "website"),
                                 .tax_id = hsds_text(in, tree, "tax_id"),
                                 .tax_status = hsds_text(in, tree, "tax_status"),
                                 .legal_status = hsds_text(in, tree, "legal_status"),
                                 .logo = hsds_text(in, tree, "logo"),
                                 .uri = hsds_text(in, tree, "uri"),
                                 .parent_uuid = hsds_text(in, tree, "parent_organization_id")};
    if (str_to_int(year, &n) && n > 0 && n < 3000)
        out->year_incorporated = (int)n;
    read_parts(in, tree, &out->parts);
    out->is_demo = feeds_take_invented(in->row, &out->parts);
    read_programs(in, tree, &out->parts);
    read_identifiers(in, tree, &out->parts);
}

/* Days, hours and their validity; unknown when they contradict themselves. */
static void read_rule(struct feeds_intake *in, const json_t *o, struct schedule *out)
{
    const struct str zone = hsds_text(in, o, "timezone");
    const struct hours_fields f = {.freq = hsds_text(in, o, "freq"),
                                   .interval = hsds_text(in, o, "interval"),
                                   .byday = hsds_text(in, o, "byday"),
                                   .bymonthday = hsds_text(in, o, "bymonthday"),
                                   .wkst = hsds_text(in, o, "wkst"),
                                   .dtstart = hsds_text(in, o, "dtstart"),
                                   .until = hsds_text(in, o, "until"),
                                   .count = hsds_text(in, o, "count"),
                                   .valid_from = hsds_text(in, o, "valid_from"),
                                   .valid_to = hsds_text(in, o, "valid_to"),
                                   .opens_at = hsds_text(in, o, "opens_at"),
                                   .closes_at = hsds_text(in, o, "closes_at")};
    const char *bad = NULL;

    if (zone.n > 0 && !str_eq_z(zone, "1") && !str_eq_z(zone, "2"))
        bad = "timezone";
    else if (hsds_text(in, o, "byweekno").n > 0)
        bad = "byweekno";
    else if (hsds_text(in, o, "byyearday").n > 0)
        bad = "byyearday";
    else if (hours_read_rule(&f, &out->rule, &bad) == ST_OK)
        return;
    feeds_notice(in, STR("schedules"), "opening.in-words", str_of(bad));
    out->rule = (struct hours_rule){.kind = HOURS_OPEN,
                                    .freq = HOURS_EVERY_DAY,
                                    .interval = 1,
                                    .week_start = 1,
                                    .start_day = DAY_NONE,
                                    .until_day = DAY_NONE,
                                    .from_day = DAY_NONE,
                                    .to_day = DAY_NONE,
                                    .opens_min = HOURS_NO_TIME,
                                    .closes_min = HOURS_NO_TIME};
}

static void read_schedules(struct feeds_intake *in, const json_t *tree, struct schedule **out, int *n_out)
{
    READ_LIST(in, tree, "schedules", struct schedule, *out, *n_out);

    for (int i = 0; i < *n_out; i++) {
        const json_t *o = json_array_get(list, (size_t)i);
        struct schedule *s = &(*out)[i];

        *s = (struct schedule){.uuid = hsds_text(in, o, "id"),
                               .description = hsds_text(in, o, "description"),
                               .notes = hsds_text(in, o, "notes"),
                               .link = hsds_text(in, o, "schedule_link"),
                               .attending_type = hsds_text(in, o, "attending_type")};
        read_rule(in, o, s);
        s->rule.kind = feeds_schedule_kind(in->row, o);
    }
}

static void read_languages(struct feeds_intake *in, const json_t *tree, struct language **out, int *n_out)
{
    READ_LIST(in, tree, "languages", struct language, *out, *n_out);

    for (int i = 0; i < *n_out; i++) {
        const json_t *o = json_array_get(list, (size_t)i);

        (*out)[i] = (struct language){hsds_text(in, o, "id"), hsds_text(in, o, "code"), hsds_text(in, o, "name"), hsds_text(in, o, "note")};
    }
}

/* What can be asked for, when the words say it plainly. */
static int access_bits(struct feeds_intake *in, struct str description)
{
    static const struct {
        const char *word;
        int bit;
    } said[] = {{"wheelchair", ACCESS_WHEELCHAIR}, {"carrozzin", ACCESS_WHEELCHAIR}, {"sedia a rotelle", ACCESS_WHEELCHAIR},
                {"induction loop", ACCESS_HEARING}, {"sign language", ACCESS_HEARING}, {"lingua dei segni", ACCESS_HEARING},
                {"ascensore", ACCESS_LIFT}, {"accessible toilet", ACCESS_TOILET}, {"bagno accessibile", ACCESS_TOILET},
                {"braille", ACCESS_SIGHT}};
    const struct str folded = str_fold(in->row, description);
    int bits = catalogue_access_of(description);

    if (strstr(str_z(in->row, folded), "no wheelchair") != NULL || strstr(str_z(in->row, folded), "not wheelchair") != NULL)
        return bits;
    for (int i = 0; i < ARRAY_LEN(said); i++)
        if (strstr(str_z(in->row, folded), said[i].word) != NULL)
            bits |= said[i].bit;
    return bits;
}

static void read_access(struct feeds_intake *in, const json_t *tree, struct access **out, int *n_out)
{
    READ_LIST(in, tree, "accessibility", struct access, *out, *n_out);

    for (int i = 0; i < *n_out; i++) {
        const json_t *o = json_array_get(list, (size_t)i);

        (*out)[i] = (struct access){.uuid = hsds_text(in, o, "id"),
                                    .description = hsds_text(in, o, "description"),
                                    .details = hsds_text(in, o, "details"),
                                    .url = hsds_text(in, o, "url")};
        (*out)[i].bits = access_bits(in, (*out)[i].description);
    }
}

static void read_costs(struct feeds_intake *in, const json_t *tree, struct service *out)
{
    READ_LIST(in, tree, "cost_options", struct cost_option, out->costs, out->n_costs);

    for (int i = 0; i < out->n_costs; i++) {
        const json_t *o = json_array_get(list, (size_t)i), *amount = json_object_get(o, "amount");
        const double euros = json_number_value(amount);
        struct cost_option *k = &out->costs[i];

        *k = (struct cost_option){.uuid = hsds_text(in, o, "id"),
                                  .option = hsds_text(in, o, "option"),
                                  .currency = hsds_text(in, o, "currency"),
                                  .amount_description = hsds_text(in, o, "amount_description"),
                                  .from = day_in(in, o, "valid_from"),
                                  .to = day_in(in, o, "valid_to")};
        k->has_amount = json_is_number(amount) && fabs(euros) < 1e12;
        k->amount_cents = k->has_amount ? llround(euros * 100) : 0;
    }
}

static void read_documents(struct feeds_intake *in, const json_t *tree, struct service *out)
{
    READ_LIST(in, tree, "required_documents", struct document, out->documents, out->n_documents);

    for (int i = 0; i < out->n_documents; i++) {
        const json_t *o = json_array_get(list, (size_t)i);

        out->documents[i] = (struct document){hsds_text(in, o, "id"), hsds_text(in, o, "document"), hsds_text(in, o, "uri")};
    }
}

/* An area that the territory knows, or words only. */
static int64_t area_of(struct feeds_intake *in, const struct served_area *a)
{
    int64_t id = 0;
    struct str name;
    const struct str tries[] = {a->extent, a->name};

    for (int i = 0; i < 2; i++)
        if (tries[i].n > 0 && tries[i].n < 60 && feeds_places_area(in->places, in->c, tries[i], &id, &name) == ST_OK)
            return id;
    return 0;
}

static void read_areas(struct feeds_intake *in, const json_t *tree, struct service *out)
{
    READ_LIST(in, tree, "service_areas", struct served_area, out->areas, out->n_areas);

    for (int i = 0; i < out->n_areas; i++) {
        const json_t *o = json_array_get(list, (size_t)i);
        struct served_area *a = &out->areas[i];

        *a = (struct served_area){.uuid = hsds_text(in, o, "id"),
                                  .name = hsds_text(in, o, "name"),
                                  .description = hsds_text(in, o, "description"),
                                  .extent = hsds_text(in, o, "extent"),
                                  .extent_type = hsds_text(in, o, "extent_type"),
                                  .uri = hsds_text(in, o, "uri")};
        a->area_id = area_of(in, a);
    }
}

static bool has_text(const struct str *list, int n, struct str s)
{
    for (int i = 0; i < n; i++)
        if (str_eq(list[i], s))
            return true;
    return false;
}

static bool is_said(const struct need *need, struct str code)
{
    return str_eq(need->id, code) || has_text(need->siuss, need->n_siuss, code);
}

/* Needs by what the feed's terms are: a need of ours, or a code of SIUSS; target areas likewise. */
static void read_needs(struct feeds_intake *in, struct service *out)
{
    const int n_all = needs_n(in->needs);
    struct str *needs = ARENA_ARRAY(in->row, struct str, (size_t)n_all), *targets = ARENA_ARRAY(in->row, struct str, (size_t)out->parts.n_attributes);

    out->needs = needs;
    out->targets = targets;
    for (int i = 0; i < out->parts.n_attributes; i++) {
        const struct attribute *a = &out->parts.attributes[i];
        const struct str code = a->code.n > 0 ? a->code : a->value;

        if (code.n == 0)
            continue;
        for (int k = 0; k < n_all; k++) {
            const struct need *need = needs_at(in->needs, k);

            if (is_said(need, code) && !has_text(needs, out->n_needs, need->id))
                needs[out->n_needs++] = need->id;
            if (has_text(need->areas, need->n_areas, code) && !has_text(targets, out->n_targets, code))
                targets[out->n_targets++] = code;
        }
    }
}

static void read_ages(struct feeds_intake *in, const json_t *tree, struct service *out)
{
    const json_t *low = json_object_get(tree, "minimum_age"), *high = json_object_get(tree, "maximum_age");

    out->has_min_age = json_is_number(low) && json_number_value(low) >= 0 && json_number_value(low) <= 150;
    out->min_age = out->has_min_age ? json_number_value(low) : 0;
    out->has_max_age = json_is_number(high) && json_number_value(high) >= 0;
    out->max_age = out->has_max_age ? json_number_value(high) : 0;
    if ((json_is_number(low) && !out->has_min_age) || (out->has_min_age && out->has_max_age && out->max_age < out->min_age))
        feeds_refuse(in, STR("minimum_age"), "feeds.ages", hsds_text(in, tree, "minimum_age"));
}

static void read_confirmation(struct feeds_intake *in, const json_t *tree, struct service *out)
{
    out->confirmed_on = day_in(in, tree, "assured_date");
    if (out->confirmed_on != DAY_NONE && out->confirmed_on > in->c->today) {
        feeds_notice(in, STR("assured_date"), "feeds.day-to-come", hsds_text(in, tree, "assured_date"));
        out->confirmed_on = DAY_NONE;
    }
    out->confirmed_how = out->confirmed_on != DAY_NONE ? HOW_FEED : HOW_UNKNOWN;
    out->assurer_email = hsds_text(in, tree, "assurer_email");
}

void hsds_read_service(struct feeds_intake *in, const json_t *tree, struct service *out)
{
    const struct str program = hsds_text(in, tree, "program_id"), fees = hsds_text(in, tree, "fees_description");

    *out = (struct service){.uuid = hsds_text(in, tree, "id"),
                            .source_id = hsds_text(in, tree, "id"),
                            .kind = SERVICE_SERVICE,
                            .status = catalogue_status_of(hsds_text(in, tree, "status")),
                            .name = hsds_text(in, tree, "name"),
                            .alternate_name = hsds_text(in, tree, "alternate_name"),
                            .description = hsds_text(in, tree, "description"),
                            .url = hsds_text(in, tree, "url"),
                            .email = hsds_text(in, tree, "email"),
                            .application_process = hsds_text(in, tree, "application_process"),
                            .eligibility = hsds_text(in, tree, "eligibility_description"),
                            .wait_time = hsds_text(in, tree, "wait_time"),
                            .interpretation = hsds_text(in, tree, "interpretation_services"),
                            .accreditations = hsds_text(in, tree, "accreditations"),
                            .licenses = hsds_text(in, tree, "licenses"),
                            .fees = fees.n > 0 ? fees : hsds_text(in, tree, "fees"),
                            .alert = hsds_text(in, tree, "alert"),
                            .starts_on = DAY_NONE,
                            .ends_on = DAY_NONE,
                            .apply_by = DAY_NONE,
                            .program_uuid = program.n > 0 ? program : hsds_text(in, json_object_get(tree, "program"), "id")};
    read_ages(in, tree, out);
    read_confirmation(in, tree, out);
    read_parts(in, tree, &out->parts);
    read_needs(in, out);
    feeds_take_ours(in->row, out);
    read_schedules(in, tree, &out->schedules, &out->n_schedules);
    read_languages(in, tree, &out->languages, &out->n_languages);
    read_costs(in, tree, out);
    read_documents(in, tree, out);
    read_areas(in, tree, out);
}

static void read_addresses(struct feeds_intake *in, const json_t *tree, struct location *out)
{
    READ_LIST(in, tree, "addresses", struct address, out->addresses, out->n_addresses);

    for (int i = 0; i < out->n_addresses; i++) {
        const json_t *o = json_array_get(list, (size_t)i);
        struct address *a = &out->addresses[i];

        *a = (struct address){.uuid = hsds_text(in, o, "id"),
                              .type = hsds_text(in, o, "address_type"),
                              .attention = STR(""), /* a person's name, more often than not */
                              .address_1 = hsds_text(in, o, "address_1"),
                              .address_2 = hsds_text(in, o, "address_2"),
                              .city = hsds_text(in, o, "city"),
                              .region = hsds_text(in, o, "region"),
                              .state_province = hsds_text(in, o, "state_province"),
                              .postal_code = hsds_text(in, o, "postal_code"),
                              .country = hsds_text(in, o, "country")};
        if (out->comune_id == 0 && (str_eq_z(a->country, "IT") || str_eq_z(a->country, "it")) &&
            feeds_places_comune(in->places, in->c, a->city, a->state_province, a->postal_code, &out->comune_id) != ST_OK &&
            feeds_places_comune(in->places, in->c, a->city, STR(""), a->postal_code, &out->comune_id) != ST_OK) {
            out->comune_id = 0;
            feeds_notice(in, STR("addresses.city"), "feeds.city-unknown", a->city);
        }
    }
}

static void read_point(struct feeds_intake *in, const json_t *tree, struct location *out)
{
    const json_t *lat = json_object_get(tree, "latitude"), *lon = json_object_get(tree, "longitude");

    if (!json_is_number(lat) || !json_is_number(lon))
        return;
    out->lat = json_number_value(lat);
    out->lon = json_number_value(lon);
    out->has_point = out->lat >= -90 && out->lat <= 90 && out->lon >= -180 && out->lon <= 180 && (out->lat != 0 || out->lon != 0);
    if (!out->has_point) {
        feeds_notice(in, STR("latitude"), "feeds.no-point", str_fmt(in->row, "%g %g", out->lat, out->lon));
        out->lat = out->lon = 0;
    }
}

/* Of a secret place nothing came but its comune, in words: "Ivrea, quarter". */
static void keep_secret(struct feeds_intake *in, struct location *l)
{
    struct str quarter = l->name;
    const struct str comune = str_trim(str_cut(&quarter, ','));

    l->is_secret = true;
    if (l->comune_id == 0 && feeds_places_comune(in->places, in->c, comune, STR(""), STR(""), &l->comune_id) != ST_OK)
        l->comune_id = 0;
    l->quarter = str_trim(quarter);
    l->name = l->description = STR("");
    l->n_addresses = 0;
    l->has_point = false;
}

void hsds_read_location(struct feeds_intake *in, const json_t *tree, struct location *out)
{
    *out = (struct location){.uuid = hsds_text(in, tree, "id"),
                             .source_id = hsds_text(in, tree, "id"),
                             .type = hsds_text(in, tree, "location_type"),
                             .name = hsds_text(in, tree, "name"),
                             .alternate_name = hsds_text(in, tree, "alternate_name"),
                             .description = hsds_text(in, tree, "description"),
                             .transportation = hsds_text(in, tree, "transportation"),
                             .url = hsds_text(in, tree, "url"),
                             .external_identifier = hsds_text(in, tree, "external_identifier"),
                             .external_identifier_type = hsds_text(in, tree, "external_identifier_type")};
    read_addresses(in, tree, out);
    read_point(in, tree, out);
    read_languages(in, tree, &out->languages, &out->n_languages);
    read_access(in, tree, &out->access, &out->n_access);
    read_schedules(in, tree, &out->schedules, &out->n_schedules);
    read_parts(in, tree, &out->parts);
    feeds_take_mark(in->row, &out->parts, "demo");
    if (feeds_take_mark(in->row, &out->parts, "town-point"))
        out->has_point = false; /* the town's is given again */
    if (feeds_take_mark(in->row, &out->parts, "secret-address"))
        keep_secret(in, out);
    for (int i = 0; i < out->n_access; i++)
        out->access_bits |= out->access[i].bits;
}

void hsds_read_at(struct feeds_intake *in, const json_t *tree, struct service_at *out)
{
    *out = (struct service_at){.uuid = hsds_text(in, tree, "id"), .description = hsds_text(in, tree, "description")};
    read_schedules(in, tree, &out->schedules, &out->n_schedules);
    read_parts(in, tree, &out->parts);
}

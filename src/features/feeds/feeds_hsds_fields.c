/* feeds_hsds_fields.c - the tables of HSDS 3.0, object by object, in the order of its schemas. */
#include "feeds_hsds_fields.h"
#include "base/macros.h"
#include <string.h>

#define ID {"id", HSDS_TEXT, HSDS_UUID, true}
#define KEY(name) {name, HSDS_TEXT, HSDS_UUID}
#define WORDS(name) {name, HSDS_TEXT, HSDS_FREE}
#define NEEDED(name) {name, HSDS_TEXT, HSDS_FREE, true}
#define COUNT(name) {name, HSDS_NUMBER, HSDS_FREE}
#define FORM(name, form) {name, HSDS_TEXT, form}
#define LIST(name, of) {name, HSDS_LIST, HSDS_FREE, false, of}
#define ONE(name, of) {name, HSDS_ONE, HSDS_FREE, false, of}
#define MARKS LIST("attributes", HSDS_ATTRIBUTE), LIST("metadata", HSDS_METADATA), {NULL}

static const struct hsds_field service[] = {
    ID, KEY("organization_id"), KEY("program_id"), NEEDED("name"), WORDS("alternate_name"), WORDS("description"), FORM("url", HSDS_URL),
    FORM("email", HSDS_EMAIL), {"status", HSDS_TEXT, HSDS_CHOICE, true, 0, "active|inactive|defunct|temporarily closed"},
    WORDS("interpretation_services"), WORDS("application_process"), WORDS("fees_description"), WORDS("wait_time"), WORDS("fees"),
    WORDS("accreditations"), WORDS("eligibility_description"), COUNT("minimum_age"), COUNT("maximum_age"), FORM("assured_date", HSDS_DAY),
    FORM("assurer_email", HSDS_EMAIL), WORDS("licenses"), WORDS("alert"), FORM("last_modified", HSDS_INSTANT), LIST("phones", HSDS_PHONE),
    LIST("schedules", HSDS_SCHEDULE), LIST("service_areas", HSDS_SERVICE_AREA), LIST("service_at_locations", HSDS_SERVICE_AT_LOCATION),
    LIST("languages", HSDS_LANGUAGE), ONE("organization", HSDS_ORGANIZATION), LIST("funding", HSDS_FUNDING),
    LIST("cost_options", HSDS_COST_OPTION), ONE("program", HSDS_PROGRAM), LIST("required_documents", HSDS_REQUIRED_DOCUMENT),
    LIST("contacts", HSDS_CONTACT), MARKS,
};

static const struct hsds_field organization[] = {
    ID, NEEDED("name"), WORDS("alternate_name"), NEEDED("description"), FORM("email", HSDS_EMAIL), FORM("website", HSDS_URL),
    WORDS("tax_status"), WORDS("tax_id"), COUNT("year_incorporated"), WORDS("legal_status"), WORDS("logo"), FORM("uri", HSDS_URI),
    KEY("parent_organization_id"), LIST("funding", HSDS_FUNDING), LIST("contacts", HSDS_CONTACT), LIST("phones", HSDS_PHONE),
    LIST("locations", HSDS_LOCATION), LIST("programs", HSDS_PROGRAM), LIST("organization_identifiers", HSDS_ORGANIZATION_IDENTIFIER),
    LIST("services", HSDS_SERVICE), MARKS,
};

static const struct hsds_field service_at_location[] = {
    ID, KEY("service_id"), KEY("location_id"), WORDS("description"), LIST("contacts", HSDS_CONTACT), LIST("phones", HSDS_PHONE),
    LIST("schedules", HSDS_SCHEDULE), ONE("location", HSDS_LOCATION), ONE("service", HSDS_SERVICE), MARKS,
};

#define PLACES "physical|postal|virtual"

static const struct hsds_field location[] = {
    ID, {"location_type", HSDS_TEXT, HSDS_CHOICE, true, 0, PLACES}, FORM("url", HSDS_URL), KEY("organization_id"), WORDS("name"),
    WORDS("alternate_name"), WORDS("description"), WORDS("transportation"), COUNT("latitude"), COUNT("longitude"),
    WORDS("external_identifier"), WORDS("external_identifier_type"), LIST("languages", HSDS_LANGUAGE), LIST("addresses", HSDS_ADDRESS),
    LIST("contacts", HSDS_CONTACT), LIST("accessibility", HSDS_ACCESSIBILITY), LIST("phones", HSDS_PHONE),
    LIST("schedules", HSDS_SCHEDULE), MARKS,
};

static const struct hsds_field address[] = {
    ID, KEY("location_id"), WORDS("attention"), NEEDED("address_1"), WORDS("address_2"), NEEDED("city"), WORDS("region"),
    WORDS("state_province"), WORDS("postal_code"), NEEDED("country"), {"address_type", HSDS_TEXT, HSDS_CHOICE, true, 0, PLACES}, MARKS,
};

static const struct hsds_field phone[] = {
    ID, KEY("location_id"), KEY("service_id"), KEY("organization_id"), KEY("contact_id"), KEY("service_at_location_id"), NEEDED("number"),
    COUNT("extension"), WORDS("type"), WORDS("description"), LIST("languages", HSDS_LANGUAGE), MARKS,
};

static const struct hsds_field contact[] = {
    ID, KEY("organization_id"), KEY("service_id"), KEY("service_at_location_id"), KEY("location_id"), WORDS("name"), WORDS("title"),
    WORDS("department"), FORM("email", HSDS_EMAIL), LIST("phones", HSDS_PHONE), MARKS,
};

static const struct hsds_field schedule[] = {
    ID, KEY("service_id"), KEY("location_id"), KEY("service_at_location_id"), FORM("valid_from", HSDS_DAY), FORM("valid_to", HSDS_DAY),
    FORM("dtstart", HSDS_DAY), COUNT("timezone"), FORM("until", HSDS_DAY), COUNT("count"),
    {"wkst", HSDS_TEXT, HSDS_CHOICE, false, 0, "MO|TU|WE|TH|FR|SA|SU"}, {"freq", HSDS_TEXT, HSDS_CHOICE, false, 0, "WEEKLY|MONTHLY"},
    COUNT("interval"), WORDS("byday"), WORDS("byweekno"), WORDS("bymonthday"), WORDS("byyearday"), WORDS("description"),
    FORM("opens_at", HSDS_TIME), FORM("closes_at", HSDS_TIME), FORM("schedule_link", HSDS_URL), WORDS("attending_type"), WORDS("notes"), MARKS,
};

static const struct hsds_field cost_option[] = {
    ID, KEY("service_id"), FORM("valid_from", HSDS_DAY), FORM("valid_to", HSDS_DAY), WORDS("option"), WORDS("currency"), COUNT("amount"),
    WORDS("amount_description"), MARKS,
};

static const struct hsds_field service_area[] = {
    ID, KEY("service_id"), WORDS("name"), WORDS("description"), WORDS("extent"), WORDS("extent_type"), WORDS("uri"), MARKS,
};

static const struct hsds_field language[] = {
    ID, KEY("service_id"), KEY("location_id"), KEY("phone_id"), WORDS("name"), WORDS("code"), WORDS("note"), MARKS,
};

static const struct hsds_field required_document[] = {
    ID, KEY("service_id"), WORDS("document"), FORM("uri", HSDS_URI), MARKS,
};

static const struct hsds_field accessibility[] = {
    ID, KEY("location_id"), WORDS("description"), WORDS("details"), FORM("url", HSDS_URL), MARKS,
};

static const struct hsds_field funding[] = {
    ID, KEY("organization_id"), KEY("service_id"), WORDS("source"), MARKS,
};

static const struct hsds_field program[] = {
    ID, KEY("organization_id"), NEEDED("name"), WORDS("alternate_name"), NEEDED("description"), MARKS,
};

static const struct hsds_field organization_identifier[] = {
    ID, KEY("organization_id"), WORDS("identifier_scheme"), NEEDED("identifier_type"), NEEDED("identifier"), MARKS,
};

static const struct hsds_field attribute[] = {
    ID, KEY("link_id"), KEY("taxonomy_term_id"), WORDS("link_type"), WORDS("link_entity"), WORDS("value"),
    ONE("taxonomy_term", HSDS_TAXONOMY_TERM), LIST("metadata", HSDS_METADATA), {NULL},
};

static const struct hsds_field taxonomy[] = {
    ID, NEEDED("name"), NEEDED("description"), FORM("uri", HSDS_URI), WORDS("version"), LIST("metadata", HSDS_METADATA), {NULL},
};

static const struct hsds_field taxonomy_term[] = {
    ID, WORDS("code"), NEEDED("name"), NEEDED("description"), KEY("parent_id"), WORDS("taxonomy"), ONE("taxonomy_detail", HSDS_TAXONOMY),
    WORDS("language"), KEY("taxonomy_id"), FORM("term_uri", HSDS_URI), LIST("metadata", HSDS_METADATA), {NULL},
};

static const struct hsds_field metadata[] = {
    ID, KEY("resource_id"), WORDS("resource_type"), {"last_action_date", HSDS_TEXT, HSDS_DAY, true}, NEEDED("last_action_type"),
    NEEDED("field_name"), NEEDED("previous_value"), NEEDED("replacement_value"), NEEDED("updated_by"), {NULL},
};

static const struct hsds_field api[] = {
    NEEDED("version"), FORM("profile", HSDS_URI), {"openapi_url", HSDS_TEXT, HSDS_URI, true}, {NULL},
};

static const struct {
    const char *name, *table;
    const struct hsds_field *fields;
} objects[HSDS_OBJECT_COUNT] = {
    [HSDS_NONE] = {"none", NULL, taxonomy},
    [HSDS_SERVICE] = {"service", "services.csv", service},
    [HSDS_ORGANIZATION] = {"organization", "organizations.csv", organization},
    [HSDS_SERVICE_AT_LOCATION] = {"service_at_location", "service_at_location.csv", service_at_location},
    [HSDS_LOCATION] = {"location", "locations.csv", location},
    [HSDS_ADDRESS] = {"address", "addresses.csv", address},
    [HSDS_PHONE] = {"phone", "phones.csv", phone},
    [HSDS_CONTACT] = {"contact", "contacts.csv", contact},
    [HSDS_SCHEDULE] = {"schedule", "schedules.csv", schedule},
    [HSDS_COST_OPTION] = {"cost_option", "cost_options.csv", cost_option},
    [HSDS_SERVICE_AREA] = {"service_area", "service_areas.csv", service_area},
    [HSDS_LANGUAGE] = {"language", "languages.csv", language},
    [HSDS_REQUIRED_DOCUMENT] = {"required_document", "required_documents.csv", required_document},
    [HSDS_ACCESSIBILITY] = {"accessibility", "accessibility.csv", accessibility},
    [HSDS_FUNDING] = {"funding", "funding.csv", funding},
    [HSDS_PROGRAM] = {"program", "programs.csv", program},
    [HSDS_ORGANIZATION_IDENTIFIER] = {"organization_identifier", "organization_identifiers.csv", organization_identifier},
    [HSDS_ATTRIBUTE] = {"attribute", "attributes.csv", attribute},
    [HSDS_TAXONOMY] = {"taxonomy", "taxonomies.csv", taxonomy},
    [HSDS_TAXONOMY_TERM] = {"taxonomy_term", "taxonomy_terms.csv", taxonomy_term},
    [HSDS_METADATA] = {"metadata", "metadata.csv", metadata},
    [HSDS_API] = {"api", NULL, api},
};

const struct hsds_field *hsds_fields(enum hsds_object object)
{
    return objects[object].fields;
}

const char *hsds_object_name(enum hsds_object object)
{
    return objects[object].name;
}

const char *hsds_table_name(enum hsds_object object)
{
    return objects[object].table;
}

enum hsds_object hsds_object_of_table(struct str file_name)
{
    if (str_eq_z(file_name, "service_at_locations.csv")) /* as later versions of HSDS call it */
        return HSDS_SERVICE_AT_LOCATION;
    for (int i = HSDS_SERVICE; i < HSDS_OBJECT_COUNT; i++)
        if (objects[i].table != NULL && str_eq_z(file_name, objects[i].table))
            return (enum hsds_object)i;
    return HSDS_NONE;
}

enum hsds_object hsds_guess(const json_t *tree, bool says_taxonomy)
{
    static const struct {
        const char *field;
        enum hsds_object object;
    } marks[] = {
        {"service_at_locations", HSDS_SERVICE}, {"services_at_location", HSDS_SERVICE}, {"eligibility", HSDS_SERVICE},
        {"physical_addresses", HSDS_LOCATION}, {"postal_addresses", HSDS_LOCATION}, {"location_type", HSDS_LOCATION}, {"addresses", HSDS_LOCATION},
        {"latitude", HSDS_LOCATION}, {"location", HSDS_SERVICE_AT_LOCATION}, {"location_id", HSDS_SERVICE_AT_LOCATION},
        {"service", HSDS_SERVICE_AT_LOCATION}, {"status", HSDS_SERVICE}, {"organization", HSDS_SERVICE}, {"organization_id", HSDS_SERVICE},
        {"eligibility_description", HSDS_SERVICE}, {"service_areas", HSDS_SERVICE}, {"cost_options", HSDS_SERVICE}, {"application_process", HSDS_SERVICE}, {"openapi_url", HSDS_API},
        {"website", HSDS_ORGANIZATION}, {"organization_identifiers", HSDS_ORGANIZATION}, {"services", HSDS_ORGANIZATION},
        {"locations", HSDS_ORGANIZATION}, {"legal_status", HSDS_ORGANIZATION}, {"parent_organization_id", HSDS_ORGANIZATION},
        {"term_uri", HSDS_TAXONOMY_TERM}, {"taxonomy", HSDS_TAXONOMY_TERM}, {"parent_id", HSDS_TAXONOMY_TERM},
        {"taxonomy_detail", HSDS_TAXONOMY_TERM}, {"version", HSDS_TAXONOMY}, {"uri", HSDS_TAXONOMY}, {"email", HSDS_ORGANIZATION},
    };

    for (int i = 0; json_is_object(tree) && i < ARRAY_LEN(marks); i++)
        if (json_object_get(tree, marks[i].field) != NULL)
            return marks[i].object;
    if (json_object_get(tree, "name") != NULL && json_object_get(tree, "description") != NULL)
        return says_taxonomy ? HSDS_TAXONOMY : HSDS_ORGANIZATION;
    return HSDS_NONE;
}

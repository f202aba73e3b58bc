/* staging_pack.c - one table for each structure, and the two walks along it. */
#include "staging_pack.h"
#include "base/macros.h"
#include <string.h>

enum member_type { AS_TEXT = 1, AS_INT, AS_LONG, AS_BOOL, AS_REAL, AS_BYTES, AS_TEXTS, AS_LIST, AS_PART };

struct member {
    uint8_t type;
    uint16_t at, n_at; /* AS_LIST, AS_TEXTS: where its number stands; AS_BYTES: how many */
    const struct shape *of;
};

struct shape {
    size_t size;
    const struct member *members;
    int n;
};

#define TEXT(s, m) {AS_TEXT, offsetof(struct s, m)}
#define INT(s, m) {AS_INT, offsetof(struct s, m)}
#define LONG(s, m) {AS_LONG, offsetof(struct s, m)}
#define BOOL(s, m) {AS_BOOL, offsetof(struct s, m)}
#define REAL(s, m) {AS_REAL, offsetof(struct s, m)}
#define BYTES(s, m) {AS_BYTES, offsetof(struct s, m), sizeof(((struct s *)0)->m)}
#define TEXTS(s, m, n) {AS_TEXTS, offsetof(struct s, m), offsetof(struct s, n)}
#define LIST(s, m, n, of) {AS_LIST, offsetof(struct s, m), offsetof(struct s, n), &of}
#define PART(s, m, of) {AS_PART, offsetof(struct s, m), 0, &of}
#define SHAPE(name, s) static const struct shape name##_shape = {sizeof(struct s), name, ARRAY_LEN(name)}
#define OPEN_SHAPE(shape_name, table, s) const struct shape shape_name = {sizeof(struct s), table, ARRAY_LEN(table)}

/* ---- parts ---- */

static const struct member phone[] = {TEXT(phone, uuid), TEXT(phone, number), TEXT(phone, extension), TEXT(phone, type),
                                      TEXT(phone, description), TEXT(phone, languages)};
SHAPE(phone, phone);
static const struct member contact[] = {TEXT(contact, uuid), TEXT(contact, role), TEXT(contact, department), TEXT(contact, email),
                                        TEXT(contact, phone)};
SHAPE(contact, contact);
static const struct member attribute[] = {TEXT(attribute, uuid), TEXT(attribute, taxonomy), TEXT(attribute, code), TEXT(attribute, name),
                                          TEXT(attribute, term_uuid), TEXT(attribute, link_type), TEXT(attribute, link_entity),
                                          TEXT(attribute, value)};
SHAPE(attribute, attribute);
static const struct member funding[] = {TEXT(funding, uuid), TEXT(funding, source)};
SHAPE(funding, funding);
static const struct member identifier[] = {TEXT(identifier, uuid), TEXT(identifier, scheme), TEXT(identifier, type),
                                           TEXT(identifier, identifier)};
SHAPE(identifier, identifier);
static const struct member program[] = {TEXT(program, uuid), TEXT(program, name), TEXT(program, alternate_name), TEXT(program, description)};
SHAPE(program, program);
static const struct member parts[] = {
    LIST(parts, phones, n_phones, phone_shape), LIST(parts, contacts, n_contacts, contact_shape),
    LIST(parts, attributes, n_attributes, attribute_shape), LIST(parts, funding, n_funding, funding_shape),
    LIST(parts, identifiers, n_identifiers, identifier_shape), LIST(parts, programs, n_programs, program_shape)};
SHAPE(parts, parts);

static const struct member rule[] = {
    INT(hours_rule, kind), INT(hours_rule, freq), INT(hours_rule, interval), BYTES(hours_rule, weekdays), BYTES(hours_rule, nth),
    BYTES(hours_rule, monthdays), INT(hours_rule, week_start), INT(hours_rule, start_day), INT(hours_rule, until_day),
    INT(hours_rule, count), INT(hours_rule, from_day), INT(hours_rule, to_day), INT(hours_rule, season_from), INT(hours_rule, season_to),
    INT(hours_rule, opens_min), INT(hours_rule, closes_min), BOOL(hours_rule, on_holidays), BOOL(hours_rule, only_holidays)};
SHAPE(rule, hours_rule);
static const struct member schedule[] = {TEXT(schedule, uuid), TEXT(schedule, description), TEXT(schedule, notes), TEXT(schedule, link),
                                         TEXT(schedule, attending_type), PART(schedule, rule, rule_shape)};
SHAPE(schedule, schedule);
static const struct member language[] = {TEXT(language, uuid), TEXT(language, code), TEXT(language, name), TEXT(language, note)};
SHAPE(language, language);
static const struct member access[] = {TEXT(access, uuid), TEXT(access, description), TEXT(access, details), TEXT(access, url),
                                       INT(access, bits)};
SHAPE(access, access);
static const struct member cost[] = {TEXT(cost_option, uuid), TEXT(cost_option, option), TEXT(cost_option, currency),
                                     TEXT(cost_option, amount_description), BOOL(cost_option, has_amount), LONG(cost_option, amount_cents),
                                     INT(cost_option, from), INT(cost_option, to)};
SHAPE(cost, cost_option);
static const struct member document[] = {TEXT(document, uuid), TEXT(document, document), TEXT(document, uri)};
SHAPE(document, document);
static const struct member area[] = {TEXT(served_area, uuid), TEXT(served_area, name), TEXT(served_area, description),
                                     TEXT(served_area, extent), TEXT(served_area, extent_type), TEXT(served_area, uri),
                                     LONG(served_area, area_id)};
SHAPE(area, served_area);
static const struct member address[] = {
    TEXT(address, uuid), TEXT(address, type), TEXT(address, attention), TEXT(address, address_1), TEXT(address, address_2),
    TEXT(address, city), TEXT(address, region), TEXT(address, state_province), TEXT(address, postal_code), TEXT(address, country)};
SHAPE(address, address);

/* ---- what is put ---- */

static const struct member organisation[] = {
    TEXT(organisation, source_id), TEXT(organisation, uuid), TEXT(organisation, name), TEXT(organisation, alternate_name),
    INT(organisation, kind), TEXT(organisation, description), TEXT(organisation, email), TEXT(organisation, website),
    LONG(organisation, comune_id), TEXT(organisation, tax_id), TEXT(organisation, tax_status), TEXT(organisation, legal_status),
    TEXT(organisation, logo), TEXT(organisation, uri), TEXT(organisation, parent_uuid), INT(organisation, year_incorporated),
    PART(organisation, parts, parts_shape), BOOL(organisation, is_demo)};
OPEN_SHAPE(staged_organisation, organisation, organisation);

static const struct member location[] = {
    TEXT(location, source_id), TEXT(location, uuid), TEXT(location, type), TEXT(location, name), TEXT(location, alternate_name),
    TEXT(location, description), TEXT(location, transportation), TEXT(location, url), TEXT(location, external_identifier),
    TEXT(location, external_identifier_type), LONG(location, comune_id), TEXT(location, prov), TEXT(location, quarter),
    LIST(location, addresses, n_addresses, address_shape), BOOL(location, has_point), BOOL(location, is_point_of_town),
    REAL(location, lat), REAL(location, lon), BOOL(location, is_secret), LIST(location, languages, n_languages, language_shape),
    LIST(location, access, n_access, access_shape), LIST(location, schedules, n_schedules, schedule_shape), INT(location, access_bits),
    PART(location, parts, parts_shape)};
OPEN_SHAPE(staged_location, location, location);

static const struct member at[] = {TEXT(service_at, uuid), TEXT(service_at, description),
                                   LIST(service_at, schedules, n_schedules, schedule_shape), PART(service_at, parts, parts_shape)};
SHAPE(at, service_at);

static const struct member service[] = {
    TEXT(service, source_id), TEXT(service, uuid), INT(service, kind), INT(service, status), TEXT(service, name),
    TEXT(service, alternate_name), TEXT(service, summary), TEXT(service, description), TEXT(service, url), TEXT(service, email),
    TEXT(service, application_process), TEXT(service, eligibility), TEXT(service, wait_time), TEXT(service, interpretation),
    TEXT(service, accreditations), TEXT(service, licenses), TEXT(service, fees), TEXT(service, isee_note), TEXT(service, intake),
    TEXT(service, alert), INT(service, fee), INT(service, ways), BOOL(service, has_min_age), BOOL(service, has_max_age),
    BOOL(service, has_places_free), REAL(service, min_age), REAL(service, max_age), INT(service, places_free), INT(service, starts_on),
    INT(service, ends_on), INT(service, apply_by), TEXT(service, program_uuid), TEXT(service, assurer_email), INT(service, confirmed_on),
    INT(service, confirmed_how), TEXT(service, confirmed_by), TEXTS(service, needs, n_needs), TEXTS(service, targets, n_targets),
    LIST(service, areas, n_areas, area_shape), LIST(service, languages, n_languages, language_shape),
    LIST(service, documents, n_documents, document_shape), LIST(service, costs, n_costs, cost_shape),
    LIST(service, access, n_access, access_shape), LIST(service, schedules, n_schedules, schedule_shape), PART(service, parts, parts_shape),
    LIST(service, ats, n_ats, at_shape), BOOL(service, is_demo), INT(service, initiative_year)};
OPEN_SHAPE(staged_service, service, service);

static const struct member taxonomy[] = {TEXT(taxonomy, uuid), TEXT(taxonomy, name), TEXT(taxonomy, description), TEXT(taxonomy, uri),
                                         TEXT(taxonomy, version)};
OPEN_SHAPE(staged_taxonomy, taxonomy, taxonomy);
static const struct member term[] = {
    TEXT(taxonomy_term, uuid), TEXT(taxonomy_term, taxonomy_uuid), TEXT(taxonomy_term, taxonomy), TEXT(taxonomy_term, code),
    TEXT(taxonomy_term, name), TEXT(taxonomy_term, description), TEXT(taxonomy_term, parent_uuid), TEXT(taxonomy_term, language),
    TEXT(taxonomy_term, uri)};
OPEN_SHAPE(staged_term, term, taxonomy_term);

/* ---- there ---- */

/* Seven bits at a time; small numbers, of either sign, are one byte. */
void staging_put_number(struct buf *b, int64_t v)
{
    uint64_t u = (uint64_t)v << 1 ^ (uint64_t)(v >> 63);

    for (; u >= 128; u >>= 7)
        buf_char(b, (char)((u & 127) | 128));
    buf_char(b, (char)u);
}

static void put_text(struct buf *b, struct str s)
{
    staging_put_number(b, (int64_t)s.n);
    buf_str(b, s);
}

static void put_member(struct buf *b, const struct member *m, const char *from)
{
    const char *p = from + m->at;
    int n = 0;

    if (m->type == AS_LIST || m->type == AS_TEXTS) {
        memcpy(&n, from + m->n_at, sizeof n);
        staging_put_number(b, n);
    }
    switch (m->type) {
    case AS_TEXT:
        put_text(b, *(const struct str *)p);
        break;
    case AS_INT:
        memcpy(&n, p, sizeof n);
        staging_put_number(b, n);
        break;
    case AS_LONG:
        staging_put_number(b, *(const int64_t *)p);
        break;
    case AS_BOOL:
        buf_char(b, *(const bool *)p ? 1 : 0);
        break;
    case AS_REAL:
        buf_put(b, p, sizeof(double));
        break;
    case AS_BYTES:
        buf_put(b, p, m->n_at);
        break;
    case AS_TEXTS:
        for (int i = 0; i < n; i++)
            put_text(b, (*(const struct str *const *)p)[i]);
        break;
    case AS_LIST:
        for (int i = 0; i < n; i++)
            staging_pack(b, m->of, *(const char *const *)p + (size_t)i * m->of->size);
        break;
    default:
        staging_pack(b, m->of, p);
        break;
    }
}

void staging_pack(struct buf *b, const struct shape *s, const void *from)
{
    for (int i = 0; i < s->n; i++)
        put_member(b, &s->members[i], from);
}

/* ---- and back ---- */

struct reader {
    struct arena *mem;
    struct str rest;
    bool is_bad;
};

bool staging_get_number(struct str *rest, int64_t *out)
{
    uint64_t u = 0;

    for (int shift = 0; shift < 64 && rest->n > 0; shift += 7) {
        const unsigned char ch = (unsigned char)rest->p[0];

        *rest = str_from(*rest, 1);
        u |= (uint64_t)(ch & 127) << shift;
        if (ch < 128) {
            *out = (int64_t)(u >> 1 ^ (~(u & 1) + 1));
            return true;
        }
    }
    *out = 0;
    return false;
}

static int64_t get_number(struct reader *r)
{
    int64_t v;

    r->is_bad |= !staging_get_number(&r->rest, &v);
    return v;
}

static struct str get_bytes(struct reader *r, int64_t n)
{
    const struct str s = str_head(r->rest, n < 0 ? 0 : (size_t)n);

    if (n < 0 || (uint64_t)n > r->rest.n) {
        r->is_bad = true;
        return STR("");
    }
    r->rest = str_from(r->rest, (size_t)n);
    return s;
}

static void get_shape(struct reader *r, const struct shape *s, char *to);

/* How many follow: each is a byte at least, so the rest bounds it. */
static int get_count(struct reader *r, char *to)
{
    const int64_t n = get_number(r);
    const int count = n < 0 || (uint64_t)n > r->rest.n ? 0 : (int)n;

    r->is_bad |= count != n;
    memcpy(to, &count, sizeof count);
    return count;
}

static void get_member(struct reader *r, const struct member *m, char *to)
{
    char *p = to + m->at;
    const int n = m->type == AS_LIST || m->type == AS_TEXTS ? get_count(r, to + m->n_at) : 0;

    if (m->type == AS_TEXT) {
        *(struct str *)p = get_bytes(r, get_number(r));
    } else if (m->type == AS_INT) {
        const int v = (int)get_number(r);

        memcpy(p, &v, sizeof v);
    } else if (m->type == AS_LONG) {
        *(int64_t *)p = get_number(r);
    } else if (m->type == AS_BOOL) {
        const struct str s = get_bytes(r, 1);

        *(bool *)p = s.n == 1 && s.p[0] != 0;
    } else if (m->type == AS_REAL || m->type == AS_BYTES) {
        const size_t wanted = m->type == AS_REAL ? sizeof(double) : m->n_at;
        const struct str s = get_bytes(r, (int64_t)wanted);

        if (s.n == wanted)
            memcpy(p, s.p, wanted);
    } else if (m->type == AS_TEXTS) {
        struct str *list = ARENA_ARRAY(r->mem, struct str, (size_t)n);

        for (int i = 0; i < n && !r->is_bad; i++)
            list[i] = get_bytes(r, get_number(r));
        *(const struct str **)p = list;
    } else if (m->type == AS_LIST) {
        char *list = arena_array(r->mem, (size_t)n, m->of->size);

        for (int i = 0; i < n && !r->is_bad; i++)
            get_shape(r, m->of, list + (size_t)i * m->of->size);
        *(char **)p = list;
    } else {
        get_shape(r, m->of, p);
    }
}

static void get_shape(struct reader *r, const struct shape *s, char *to)
{
    for (int i = 0; i < s->n && !r->is_bad; i++)
        get_member(r, &s->members[i], to);
}

bool staging_unpack(struct arena *mem, struct str bytes, const struct shape *s, void *to)
{
    struct reader r = {mem, bytes, false};

    memset(to, 0, s->size);
    get_shape(&r, s, to);
    return !r.is_bad && r.rest.n == 0;
}

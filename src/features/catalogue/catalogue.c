/* catalogue.c - the words of the catalogue's lists, how old a word is, which hours hold. */
#include "features/catalogue/catalogue.h"
#include "base/macros.h"

static int index_of(const char *const *names, int n, struct str name)
{
    for (int i = 0; i < n; i++)
        if (names[i] != NULL && str_eq_z(name, names[i]))
            return i;
    return 0;
}

static const char *name_at(const char *const *names, int n, int i)
{
    return i >= 0 && i < n ? names[i] : NULL;
}

static const char *const kind_names[SERVICE_KIND_COUNT] = {
    [SERVICE_SERVICE] = "service", [SERVICE_BENEFIT] = "benefit",
    [SERVICE_COURSE] = "course",   [SERVICE_JOB] = "job",
    [SERVICE_EVENT] = "event",     [SERVICE_APPRENTICESHIP] = "apprenticeship",
    [SERVICE_CALL] = "call",       [SERVICE_VOLUNTEERING] = "volunteering",
};
static const char *const status_names[] = {
    [SERVICE_ACTIVE] = "active",
    [SERVICE_INACTIVE] = "inactive",
    [SERVICE_DEFUNCT] = "defunct",
    [SERVICE_CLOSED_NOW] = "temporarily closed",
};
static const char *const fee_names[] = {
    [FEE_UNKNOWN] = "unknown", [FEE_FREE] = "free", [FEE_BY_ISEE] = "by-isee", [FEE_PAID] = "paid"};
static const char *const how_names[HOW_COUNT] = {
    [HOW_UNKNOWN] = "",    [HOW_PHONE] = "phone", [HOW_MAIL] = "mail",
    [HOW_VISIT] = "visit", [HOW_FEED] = "feed",   [HOW_SURVEY] = "survey",
};
static const char *const way_names[] = {"presence", "phone", "online", "home"};
static const char *const access_names[] = {"wheelchair", "toilet",  "lift",
                                           "parking",    "hearing", "sight"};
static const char *const answer_names[] = {
    [INITIATIVE_HERE] = "here", [INITIATIVE_GONE] = "gone", [INITIATIVE_UNSURE] = "unsure"};

const char *catalogue_kind_name(enum service_kind kind)
{
    return name_at(kind_names, ARRAY_LEN(kind_names), (int)kind);
}

enum service_kind catalogue_kind_of(struct str name)
{
    return (enum service_kind)index_of(kind_names, ARRAY_LEN(kind_names), name);
}

const char *catalogue_status_name(enum service_status s)
{
    return name_at(status_names, ARRAY_LEN(status_names), (int)s);
}

enum service_status catalogue_status_of(struct str name)
{
    return (enum service_status)index_of(status_names, ARRAY_LEN(status_names), name);
}

const char *catalogue_fee_name(enum service_fee fee)
{
    return name_at(fee_names, ARRAY_LEN(fee_names), (int)fee);
}

enum service_fee catalogue_fee_of(struct str name)
{
    return (enum service_fee)index_of(fee_names, ARRAY_LEN(fee_names), name);
}

const char *catalogue_how_name(enum confirm_how how)
{
    return name_at(how_names, ARRAY_LEN(how_names), (int)how);
}

enum confirm_how catalogue_how_of(struct str name)
{
    return (enum confirm_how)index_of(how_names, ARRAY_LEN(how_names), name);
}

static const char *name_of_bit(const char *const *names, int n, int bit)
{
    for (int i = 0; i < n; i++)
        if (bit == 1 << i)
            return names[i];
    return NULL;
}

static int bit_of(const char *const *names, int n, struct str name)
{
    for (int i = 0; i < n; i++)
        if (str_eq_z(name, names[i]))
            return 1 << i;
    return 0;
}

const char *catalogue_way_name(int bit)
{
    return name_of_bit(way_names, ARRAY_LEN(way_names), bit);
}

int catalogue_way_of(struct str name)
{
    return bit_of(way_names, ARRAY_LEN(way_names), name);
}

const char *catalogue_access_name(int bit)
{
    return name_of_bit(access_names, ARRAY_LEN(access_names), bit);
}

int catalogue_access_of(struct str name)
{
    return bit_of(access_names, ARRAY_LEN(access_names), name);
}

const char *catalogue_answer_name(enum initiative_answer a)
{
    return name_at(answer_names, ARRAY_LEN(answer_names), (int)a);
}

enum initiative_answer catalogue_answer_of(struct str name)
{
    return (enum initiative_answer)index_of(answer_names, ARRAY_LEN(answer_names), name);
}

/* ---- how old a word is ---- */

enum { GOOD_DAYS = 183, OLD_DAYS = 730, FULL_SHARE = 1000 };

enum freshness catalogue_freshness(int confirmed_on, int today)
{
    if (confirmed_on == DAY_NONE)
        return FRESH_NEVER;
    if (today - confirmed_on <= GOOD_DAYS)
        return FRESH_GOOD;
    return today - confirmed_on <= OLD_DAYS ? FRESH_AGING : FRESH_OLD;
}

int catalogue_freshness_share(int confirmed_on, int today)
{
    if (confirmed_on == DAY_NONE)
        return 0;
    const int age = today - confirmed_on;

    if (age <= GOOD_DAYS)
        return FULL_SHARE;
    return age >= OLD_DAYS ? 0 : FULL_SHARE * (OLD_DAYS - age) / (OLD_DAYS - GOOD_DAYS);
}

/* ---- which of several holds ---- */

struct str catalogue_first_phone(const struct service *s)
{
    for (int i = 0; i < s->n_ats; i++) {
        const struct service_at *at = &s->ats[i];

        if (at->parts.n_phones > 0)
            return at->parts.phones[0].number;
    }
    if (s->parts.n_phones > 0)
        return s->parts.phones[0].number;
    for (int i = 0; i < s->n_ats; i++) {
        const struct location *l = s->ats[i].location;

        if (l != NULL && l->parts.n_phones > 0)
            return l->parts.phones[0].number;
    }
    return s->organisation_phone;
}

void catalogue_hours(const struct service *s, const struct service_at *at,
                     const struct schedule **out, int *n_out)
{
    *out = s->schedules;
    *n_out = s->n_schedules;
    if (at != NULL && at->n_schedules > 0) {
        *out = at->schedules;
        *n_out = at->n_schedules;
    } else if (s->n_schedules == 0 && at != NULL && at->location != NULL) {
        *out = at->location->schedules;
        *n_out = at->location->n_schedules;
    }
}

void catalogue_hours_rules(struct arena *mem, const struct service *s, const struct service_at *at,
                           struct hours *out)
{
    const struct schedule *list;
    int n;

    catalogue_hours(s, at, &list, &n);
    struct hours_rule *rules = ARENA_ARRAY(mem, struct hours_rule, (size_t)n);

    for (int i = 0; i < n; i++)
        rules[i] = list[i].rule;
    *out = (struct hours){.rules = rules, .n_rules = n};
}

struct str catalogue_hours_text(struct arena *mem, const struct schedule *list, int n, enum hours_style style)
{
    struct hours_said *said = ARENA_ARRAY(mem, struct hours_said, (size_t)n);

    for (int i = 0; i < n; i++)
        said[i] = (struct hours_said){list[i].rule, list[i].description};
    return hours_text_write(mem, said, n, style);
}

/*
 * catalogue.h - services and opportunities: what can be read of them.
 *
 * Why     who needs something must reach somebody who gives it, and know how old that word is.
 * HSDS    every object of HSDS 3.0, and what the field asks for besides: kind of opportunity, free
 *         places, ISEE note, intake point, secret address, who confirmed when, who may use it.
 * Secret  a location that must stay secret (refuges) keeps its address in a table that no function
 *         reads. What is given of it: comune, quarter, telephones, `is_secret`: "indirizzo
 *         riservato: telefona". Its point is that of the town.
 * Times   days are day numbers (DAY_NONE: not known), instants UTC milliseconds.
 * Change  each write gives the services it touches a higher change number: catalogue_change tells
 *         the highest, catalogue_read with `after_change` gives what is new since.
 * Memory  results live in c->mem unless an arena is given.
 */
#pragma once
#include "core/bodies/organisations.h"
#include "features/opening/opening_text.h"

enum service_kind {
    SERVICE_SERVICE = 1,    /* service */
    SERVICE_BENEFIT,        /* benefit: money, voucher, reduction */
    SERVICE_COURSE,         /* course */
    SERVICE_JOB,            /* job */
    SERVICE_APPRENTICESHIP, /* apprenticeship: tirocinio, servizio civile too */
    SERVICE_EVENT,          /* event */
    SERVICE_VOLUNTEERING,   /* volunteering */
    SERVICE_CALL,           /* call: bando */
    SERVICE_KIND_COUNT
};
const char *catalogue_kind_name(enum service_kind kind); /* words "catalogue.kind-<name>" */
enum service_kind catalogue_kind_of(struct str name);    /* 0: none */

/* HSDS status. */
enum service_status { SERVICE_ACTIVE = 1, SERVICE_INACTIVE, SERVICE_DEFUNCT, SERVICE_CLOSED_NOW };
const char *catalogue_status_name(enum service_status s); /* "active", "temporarily closed", ... */
enum service_status catalogue_status_of(struct str name); /* 0: none */

enum service_state {
    SERVICE_SHOWN,
    SERVICE_HIDDEN, /* by who keeps the portal: an import does not bring it back */
    SERVICE_GONE    /* its source no longer has it */
};

/* Ways it is given: bits. Words "catalogue.way-presence" and so on. */
enum { WAY_PRESENCE = 1, WAY_PHONE = 2, WAY_ONLINE = 4, WAY_HOME = 8 };
const char *catalogue_way_name(int bit); /* "presence", "phone", "online", "home" */
int catalogue_way_of(struct str name);   /* 0: none */

enum service_fee { FEE_UNKNOWN, FEE_FREE, FEE_BY_ISEE, FEE_PAID };
const char *catalogue_fee_name(enum service_fee fee); /* "unknown", "free", "by-isee", "paid" */
enum service_fee catalogue_fee_of(struct str name);   /* FEE_UNKNOWN for others */

/* How it was confirmed; words "catalogue.how-<name>". */
enum confirm_how { HOW_UNKNOWN, HOW_PHONE, HOW_MAIL, HOW_VISIT, HOW_FEED, HOW_SURVEY, HOW_COUNT };
const char *catalogue_how_name(enum confirm_how how); /* "" for HOW_UNKNOWN */
enum confirm_how catalogue_how_of(struct str name);

/* How much a confirmation is worth today: full for six months, nothing after two years. */
enum freshness {
    FRESH_NEVER,
    FRESH_OLD,   /* more than 730 days */
    FRESH_AGING, /* 184 to 730 days */
    FRESH_GOOD   /* up to 183 days */
};
enum freshness catalogue_freshness(int confirmed_on, int today);
int catalogue_freshness_share(int confirmed_on, int today); /* 0..1000 */

/* How it stands with the rhythm its body chose. Kept by upkeep. */
enum due_state {
    DUE_FRESH,
    DUE_NOW,         /* its day has come, its body has been asked or will be */
    DUE_TO_RECONFIRM /* nobody answered for it: "Da riconfermare: telefona prima"; sinks in lists */
};

/* Accessibility that can be asked for: bits. Others stay words in struct access. */
enum {
    ACCESS_WHEELCHAIR = 1, /* wheelchair: step-free */
    ACCESS_TOILET = 2,     /* toilet */
    ACCESS_LIFT = 4,       /* lift */
    ACCESS_PARKING = 8,    /* parking: reserved */
    ACCESS_HEARING = 16,   /* hearing: loop, sign language */
    ACCESS_SIGHT = 32      /* sight: tactile paths, large print */
};
const char *catalogue_access_name(int bit); /* words "catalogue.access-<name>" */
int catalogue_access_of(struct str name);   /* 0: none */

/* The words for people, in the language of c; of values that are in their list. */
struct str catalogue_kind_words(struct ctx *c, enum service_kind kind);
struct str catalogue_way_words(struct ctx *c, int bit);
struct str catalogue_fee_words(struct ctx *c, enum service_fee fee);
struct str catalogue_how_words(struct ctx *c, enum confirm_how how); /* empty: HOW_UNKNOWN */
struct str catalogue_access_words(struct ctx *c, int bit);

/* ---- parts of a service and of a place ---- */

/* An HSDS schedule: the rule the hours are reckoned with and the words that came with it. */
struct schedule {
    struct str uuid, description, notes, link, attending_type;
    struct hours_rule rule;
};
struct language {
    struct str uuid, code, name, note; /* code "ro" */
};
struct access {
    struct str uuid, description, details, url;
    int bits; /* ACCESS_... */
};
struct cost_option {
    struct str uuid, option, currency, amount_description;
    bool has_amount;
    int64_t amount_cents;
    int from, to;
};
struct document {
    struct str uuid, document, uri;
};
/* Who may use it: residents of an area. area_id 0: said in words only. */
struct served_area {
    struct str uuid, name, description, extent, extent_type, uri;
    int64_t area_id; /* place: comune, district, province, ... */
};
struct address {
    struct str uuid, type; /* "physical", "postal", "virtual" */
    struct str attention, address_1, address_2, city, region, state_province, postal_code, country;
};

struct location {
    int64_t location_id;
    struct str uuid, type; /* "physical", "postal", "virtual" */
    struct str name, alternate_name, description, transportation, url;
    struct str external_identifier, external_identifier_type;
    int64_t comune_id; /* area_id; 0: not known (virtual) */
    struct str comune_name, comune_slug, prov;
    struct str quarter;        /* "Barriera di Milano": shown for a secret location too */
    struct address *addresses; /* the first is where to go; none when secret */
    int n_addresses;
    bool has_point;
    bool is_point_of_town; /* no better one is known, or it is secret */
    double lat, lon;
    bool is_secret;
    struct language *languages;
    struct access *access;
    int access_bits; /* of all of them */
    struct schedule *schedules;
    int n_languages, n_access, n_schedules;
    struct parts parts;
    int64_t organisation_id; /* whose building it is; 0: not known */
    struct str source, source_id;
    int64_t changed_at;
};

struct service_at {
    struct str uuid, description;
    int64_t location_id, service_id;
    struct schedule *schedules;
    int n_schedules;
    struct parts parts;
    const struct location *location; /* read only; not written */
};

/* Everything: for the page of a service, for exports, for the index, and to be written. */
struct service {
    int64_t service_id;
    struct str uuid, slug;
    int64_t organisation_id;
    struct str organisation_uuid, organisation_name, organisation_slug; /* read only, these five */
    struct str organisation_phone;
    enum organisation_kind organisation_kind;
    enum service_kind kind;
    enum service_status status;
    enum service_state state;
    struct str name, alternate_name;
    struct str summary; /* one sentence, for lists */
    struct str description, url, email;
    struct str application_process, eligibility, wait_time, interpretation, accreditations,
        licenses;
    struct str fees;      /* in words */
    struct str isee_note; /* "ISEE fino a 9.360 euro" */
    struct str intake;    /* where to begin when it is not the place of the service */
    struct str alert;
    enum service_fee fee;
    int ways; /* WAY_... bits; 0: not said */
    bool has_min_age, has_max_age, has_places_free;
    double min_age, max_age; /* years */
    int places_free;
    int places_on; /* read only: the day when that number was said; DAY_NONE: none was */
    int starts_on, ends_on, apply_by; /* of a course, event, call; DAY_NONE: none */
    struct str program_uuid;          /* one of the organisation's programs; may be empty */
    struct str assurer_email;         /* of a body */
    int confirmed_on;                 /* DAY_NONE: never */
    enum confirm_how confirmed_how;
    struct str confirmed_by;   /* name of a body, never of a person */
    enum due_state due_state;  /* read only: catalogue_set_due */
    const struct str *needs;   /* ids of reference/needs: "sfratto" */
    const struct str *targets; /* areas of reference/needs: "anziani" */
    int n_needs, n_targets;
    struct served_area *areas; /* none: anyone, from anywhere */
    struct language *languages;
    struct document *documents;
    struct cost_option *costs;
    struct access *access; /* HSDS has it at locations only; here when it is said of the service */
    struct schedule *schedules;
    int n_areas, n_languages, n_documents, n_costs, n_access, n_schedules;
    struct parts parts;
    struct service_at *ats; /* where; none: by phone, online, at home */
    int n_ats;
    struct str source, source_id;
    bool is_demo;
    int initiative_year; /* "segnalata nel 2018: c'e' ancora?"; 0: an ordinary entry */
    int64_t change_no;
    int64_t changed_at; /* HSDS last_modified */
};

/* ---- what leaves by itself ---- */
enum { PLACES_HOLD_DAYS = 30 }; /* a number of free places is believed so long */
/* A course, event or call whose last day is past: no longer in results, its page says so. */
bool catalogue_has_ended(const struct service *s, int today);
/* Shown, and not ended. */
bool catalogue_is_offered(const struct service *s, int today);
/* What the outside is told: a service that has ended is SERVICE_INACTIVE. */
enum service_status catalogue_status_today(const struct service *s, int today);
/* A number of free places too old to be believed: "posti liberi: da chiedere". */
bool catalogue_places_are_old(const struct service *s, int today);

/* ---- one service ---- */
/* ST_NOT_FOUND: none; a hidden one is none, one that is gone is found (see state). */
enum status catalogue_service(struct ctx *c, int64_t service_id, struct service *out);
/* By uuid and by slug: one that was joined to another (catalogue_alias.h) gives the other. */
enum status catalogue_service_by_uuid(struct ctx *c, struct str uuid, struct service *out);
/* Compare out->slug with slug and redirect when they differ. */
enum status catalogue_service_by_slug(struct ctx *c, struct str slug, struct service *out);

/* First telephone to call: of the service at a place, of the service, of a place, of the
 * organisation. Empty: none. */
struct str catalogue_first_phone(const struct service *s);
/* The rules that hold at a place (NULL: anywhere): those of the service at it, else of the service,
 * else of the location. For hours_at. */
void catalogue_hours(const struct service *s, const struct service_at *at,
                     const struct schedule **out, int *n_out);
/* The same as rules one beside the other. */
void catalogue_hours_rules(struct arena *mem, const struct service *s, const struct service_at *at,
                           struct hours *out);
/* Schedules as one text that hours_text_read reads back (opening_text.h). */
struct str catalogue_hours_text(struct arena *mem, const struct schedule *list, int n, enum hours_style style);

/* ---- lists ---- */
/* Cards of a list of results: whole services but for the ids of their parts. In the order of the
 * ids asked; those hidden or gone are left out. Two statements however many. */
enum status catalogue_cards(struct ctx *c, const int64_t *service_ids, int n, struct service **out,
                            int *n_out);
/* Cards, shown ones that have not ended only, by name. */
enum status catalogue_of_organisation(struct ctx *c, int64_t organisation_id, struct service **out,
                                      int *n_out);
/* Cards with a place in the comune, by name; at most limit. */
enum status catalogue_in_comune(struct ctx *c, int64_t comune_id, int limit, struct service **out,
                                int *n_out);
enum status catalogue_at_location(struct ctx *c, int64_t location_id, struct service **out,
                                  int *n_out);

enum status catalogue_location_by_uuid(struct ctx *c, struct str uuid, struct location *out);
/* One service at one location, with both: ats[0] of *out is it. */
enum status catalogue_at_by_uuid(struct ctx *c, struct str uuid, struct service *out);

/* ---- all of them, in blocks: exports, index ---- */
struct service_read {
    int64_t after_id;     /* services with a greater key */
    int64_t after_change; /* changed after that number; 0: all */
    int64_t changed_from; /* last modified at that instant or later; 0: all */
    int limit;            /* a block; 500 is good */
    bool with_gone;       /* also hidden and gone ones, by state: an index takes them out */
    bool without_ids;     /* ids of parts are not derived: quicker */
};
/* The next block in order of service_id, in `mem`; *n_out 0: there are no more. Three statements
 * however many the services. */
enum status catalogue_read(struct ctx *c, struct arena *mem, const struct service_read *r,
                           struct service **out, int *n_out);
struct location_read {
    int64_t after_id, changed_from;
    int limit;
};
enum status catalogue_read_locations(struct ctx *c, struct arena *mem,
                                     const struct location_read *r, struct location **out,
                                     int *n_out);

/* The number of the last change: cheap, asked before each search. */
enum status catalogue_change(struct ctx *c, int64_t *out);

struct catalogue_counts {
    int64_t services, organisations, locations; /* shown */
    int64_t demo;                               /* services, invented ones */
    int64_t unconfirmed;                        /* services never confirmed */
    int64_t initiatives;
    int64_t coming; /* courses and events with a day, not over */
    int last_confirmed_on;
};
enum status catalogue_count(struct ctx *c, struct catalogue_counts *out);
/* Shown ones changed from an instant on: totals of the API's lists. */
enum status catalogue_count_services(struct ctx *c, int64_t changed_from, int64_t *out);
enum status catalogue_count_locations(struct ctx *c, int64_t changed_from, int64_t *out);

/* ---- taxonomies that feeds brought (those of reference/needs are needs.h) ---- */
struct taxonomy {
    struct str uuid, name, description, uri, version;
};
struct taxonomy_term {
    struct str uuid, taxonomy_uuid, taxonomy, code, name, description, parent_uuid, language, uri;
};
enum status catalogue_taxonomies(struct ctx *c, struct taxonomy **out, int *n_out);
/* Of one taxonomy; the empty text: of all. */
enum status catalogue_terms(struct ctx *c, struct str taxonomy_uuid, struct taxonomy_term **out,
                            int *n_out);

/* ---- initiatives: reported in 2018-2020, is it still there? ---- */
enum initiative_answer { INITIATIVE_HERE = 1, INITIATIVE_GONE, INITIATIVE_UNSURE };
const char *catalogue_answer_name(enum initiative_answer a); /* "here", "gone", "unsure" */
enum initiative_answer catalogue_answer_of(struct str name); /* 0: none */

struct str catalogue_answer_words(struct ctx *c, enum initiative_answer a);

struct initiative {
    int64_t service_id;          /* an initiative is a service of source "initiatives" */
    struct str slug, name, kind; /* kind as written: service, course, place, group, ... */
    struct str what, project_code, document;
    const struct str *body_codes;
    int n_body_codes;
    int year;                   /* of the document */
    bool is_gone;               /* the keeper has taken it away after answers */
    int64_t here, gone, unsure; /* answers of anybody: a number, no persons */
    int last_answer_on;         /* DAY_NONE: nobody has answered */
    enum initiative_answer last_answer;
};
enum status catalogue_initiatives(struct ctx *c, struct initiative **out, int *n_out);
enum status catalogue_initiative(struct ctx *c, int64_t service_id, struct initiative *out);
/* Counts one answer (write). nonce: web_form_nonce: the same form sent twice counts once.
 * ST_INVALID with a problem: too many in this hour, from everybody together. */
enum status catalogue_initiative_answer(struct ctx *c, int64_t service_id, enum initiative_answer a,
                                        struct str nonce);

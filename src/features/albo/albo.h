/*
 * albo.h - the public list of the bodies of the territory, and how a body comes to stand in it.
 *
 * Why     who plans, refers or looks for a partner must find the bodies that are there: associations,
 *         cooperatives, groups of self help, companies that help. A list kept by one office grows old; here
 *         anybody proposes, and who looks after the territory answers.
 * Source  the seven sections of the RUNTS: D.Lgs. 117/2017 art. 46 c. 1. The codice fiscale of a body that is no
 *         person has 11 digits, the last of which checks the others (D.M. 23 December 1976 n. 13813).
 * Privacy who proposes says no name; telephone and mail are the desk's, and a mobile beside a person's name is
 *         told. A proposal that was refused goes ALBO_KEEP_DAYS after its answer, an approved one as well:
 *         then the body stands for itself.
 * Limits  ALBO_PER_HOUR from everybody together, ALBO_WAITING that wait at once; the same form twice is one.
 * Memory  results live in c->mem. (write): needs a write transaction.
 */
#pragma once
#include "core/bodies/organisations.h"

enum albo_section {
    ALBO_NO_SECTION,
    ALBO_ODV,               /* a) organizzazioni di volontariato */
    ALBO_APS,               /* b) associazioni di promozione sociale */
    ALBO_PHILANTHROPIC,     /* c) enti filantropici */
    ALBO_SOCIAL_ENTERPRISE, /* d) imprese sociali, cooperative sociali among them */
    ALBO_NETWORK,           /* e) reti associative */
    ALBO_MUTUAL_AID,        /* f) societa' di mutuo soccorso */
    ALBO_OTHER,             /* g) altri enti del Terzo settore */
    ALBO_SECTION_COUNT
};
const char *albo_section_name(enum albo_section s); /* "odv", ... ""; words "albo.section-<name>" */
enum albo_section albo_section_of(struct str name);
struct str albo_section_words(struct ctx *c, enum albo_section s); /* empty for ALBO_NO_SECTION */

/* What it is about: ids of reference/needs/areas ("anziani", "disabili"). */
enum { ALBO_THEMES = 12 };

enum {
    ALBO_NAME_MAX = 150,  /* code points */
    ALBO_WHAT_MAX = 1000,
    ALBO_ANSWER_MAX = 1000,
    ALBO_LINE_MAX = 200,
    ALBO_PER_HOUR = 60,
    ALBO_WAITING = 500,
    ALBO_KEEP_DAYS = 90,
    ALBO_ANSWER_DAYS = 30 /* an answer is promised within these; the code is as that of a note */
};

/* The 11 digits of a body's codice fiscale, without blanks, when its check digit is right. */
bool albo_tax_id_is_right(struct str typed);
struct str albo_tax_id_tidy(struct arena *mem, struct str typed); /* digits alone */

/* ---- the list ---- */
struct albo_line {
    int64_t organisation_id;
    struct str slug, name, comune_name, phone, email, website, description, tax_id;
    enum organisation_kind kind;
    enum albo_section section;
    struct str runts_number;
    struct str themes[ALBO_THEMES];
    int n_themes;
    bool is_self_help, is_responsible, is_managing, is_demo;
    int n_services; /* shown ones */
};
struct albo_ask {
    struct str words;          /* in name, alternate name, comune */
    enum organisation_kind kind; /* 0: all */
    enum albo_section section; /* ALBO_NO_SECTION: all */
    struct str theme;          /* empty: all */
    int64_t area_id;           /* a district's comuni; 0: all */
    bool self_help, responsible;
    int page, per_page;        /* from 1 */
};
struct albo_answer {
    struct albo_line *lines;
    int n_lines, n_all;
    int n_of_kind[ORGANISATION_KIND_COUNT]; /* with all other filters */
    int n_of_section[ALBO_SECTION_COUNT];
};
enum status albo_list(struct ctx *c, const struct albo_ask *ask, struct albo_answer *out);
/* What the albo says of one. ST_NOT_FOUND: nothing. */
enum status albo_entry(struct ctx *c, int64_t organisation_id, struct albo_line *out);

/* In words for its page: "RUNTS: Imprese sociali..., numero 12. Per: anziani. Gruppo di mutuo aiuto". Empty: nothing. */
enum status albo_entry_words(struct ctx *c, int64_t organisation_id, struct str *out);

/* ---- proposals ---- */
enum albo_state { ALBO_WAITS, ALBO_APPROVED, ALBO_REFUSED };
struct albo_form {
    struct str name, kind, section, runts_number, tax_id, comune, street, what, phone, email, website;
    const struct str *themes;
    int n_themes;
    bool is_self_help, is_responsible;
    bool is_meant;    /* the warning about personal data was read */
    struct str nonce; /* of the form it was written in */
};
/* What of it looks like being about a person; empty: nothing. Message key. */
const char *albo_warning(struct ctx *c, const struct albo_form *f);

struct albo_proposal {
    int64_t proposal_id;
    struct str code;
    enum albo_state state;
    struct str name, runts_number, tax_id, street, what, phone, email, website;
    enum organisation_kind kind;
    enum albo_section section;
    int64_t comune_id;
    struct str themes; /* ids with blanks */
    bool is_self_help, is_responsible;
    int received_on, answered_on, answer_by; /* DAY_NONE: not yet */
    struct str answer, answered_by;
    int64_t organisation_id; /* what came of it; 0: nothing */
};
/* Takes it (write). ST_INVALID: the problems say what to fix. */
enum status albo_propose(struct ctx *c, const struct albo_form *f, struct str *out_code);
/* code: as messages_tidy_code gives it. ST_NOT_FOUND: none, or no longer kept. */
enum status albo_follow(struct ctx *c, struct str code, struct albo_proposal *out);

/* ---- who answers: c->actor with a key to approve (links_may) ---- */
/* Those that wait and that the actor may answer, the oldest first. */
enum status albo_waiting(struct ctx *c, struct albo_proposal **out, int *n_out);
enum status albo_proposal(struct ctx *c, int64_t proposal_id, struct albo_proposal *out);
/* May the actor answer proposals of that comune? Its managing body, and the Region everywhere. */
enum status albo_may_answer(struct ctx *c, int64_t comune_id, bool *out);
struct albo_approved {
    int64_t organisation_id;
    struct str slug;
    struct str key_path; /* "/chiave/TOKEN", told here once */
    bool was_mailed;     /* to the desk's address */
};
/* Makes the organisation, its line of the albo, its key to keep entries, and the mail that brings it (write).
 * ST_CONFLICT with words: answered already. */
enum status albo_approve(struct ctx *c, int64_t proposal_id, struct str by, struct albo_approved *out);
/* ST_INVALID: no words, or too many (write). */
enum status albo_refuse(struct ctx *c, int64_t proposal_id, struct str by, struct str words);
/* What is past its time goes (write). */
enum status albo_sweep(struct ctx *c);

/* ---- by its own body, or who looks after it (write) ---- */
struct albo_details {
    enum albo_section section;
    struct str runts_number, themes; /* ids with blanks */
    bool is_self_help, is_responsible, is_demo;
};
enum status albo_set(struct ctx *c, int64_t organisation_id, const struct albo_details *d, struct str by);

/*
 * upkeep.h - freshness as a contract between an entry, its body and who reads it.
 *
 * Why     every catalogue dies of nobody keeping it. Here each entry has a rhythm that its body chose; when its
 *         day has come the body gets one mail and answers with one button; silence is told to the managing
 *         body, which telephones; what nobody answers for sinks under "Da riconfermare: telefona prima".
 * Words   "confermata" is the word of its body; "verificata" is what a call of the monthly sample found right:
 *         nothing else gives it.
 * Silence is counted in daily rounds, not in days of the clock: a round is made once on a day, a clock that
 *         jumps makes one round and not a hundred, and in August no round counts.
 *             asked  -21 rounds->  reminded  -14->  listed (managing body's calls)  -30->  sunk
 *         No address, or a mail that came back: listed at the next round.
 * Hidden  only by a person of the managing body. The last entry for a need within 20 km is hidden only with a
 *         reason in words.
 * Day     an entry's day stays where it is whatever the clock does: only a confirmation or another rhythm
 *         moves it. Never confirmed: the day it was first seen.
 * Region  body_id 0: who manages the comune is not known; the Region answers for these.
 * Memory  results live in c->mem. (write): needs a write transaction.
 */
#pragma once
#include "features/catalogue/catalogue.h"
#include "features/upkeep/upkeep_score.h"

enum upkeep_state { UPKEEP_KEPT, UPKEEP_ASKED, UPKEEP_REMINDED, UPKEEP_LISTED, UPKEEP_SUNK, UPKEEP_STATES };
const char *upkeep_state_name(enum upkeep_state s); /* "kept", "asked", "reminded", "listed", "sunk" */

enum {
    UPKEEP_RHYTHM = 6,          /* months, unless its body chose 1, 3 or 12 */
    UPKEEP_REMIND_ROUNDS = 21,  /* asked and silent: the reminder */
    UPKEEP_LIST_ROUNDS = 14,    /* reminded and silent: the managing body's list */
    UPKEEP_SINK_ROUNDS = 30,    /* listed and not reached: it sinks */
    UPKEEP_PAUSE_ROUNDS = 14,   /* between two mails to one body */
    UPKEEP_AHEAD_DAYS = 21,     /* entries due so soon are asked with those that are due */
    UPKEEP_MAILS_A_DAY = 200,   /* at most, whatever the clock says */
    UPKEEP_JUMP_DAYS = 7,       /* more than that since the last round: that round only looks */
    UPKEEP_NEAR_KM = 20,
    UPKEEP_UNDO_MINUTES = 10
};

/* catalogue_service.due_state */
enum upkeep_due { UPKEEP_IS_FRESH, UPKEEP_IS_DUE, UPKEEP_IS_TO_RECONFIRM };

/* ---- how an entry stands ---- */
struct upkeep_entry {
    int64_t service_id, organisation_id;
    int64_t body_id, district_id; /* managing body and district that answer; 0: the Region, not known */
    struct str slug, name;
    int rhythm_months, due_on;
    enum upkeep_state state;
    bool is_due;               /* its day has come */
    bool is_hidden;
    int confirmed_on;          /* DAY_NONE: never */
    int verified_on;           /* by a call of the sample; DAY_NONE: never */
    int n_corrections;         /* open ones */
    int score;                 /* 0..100, today */
    int n_calls, called_on;    /* calls nobody answered */
};
/* ST_NOT_FOUND: none, or an initiative of 2018-2020 (those have their own question). Works before the first
 * round too: with the rhythm an entry begins with. */
enum status upkeep_entry(struct ctx *c, int64_t service_id, struct upkeep_entry *out);
/* Of the n entries from first_id on, by key: the day a call of the sample found each right; DAY_NONE: never. */
enum status upkeep_verified(struct ctx *c, int64_t first_id, int n, int *out_days);
/* Shown and hidden ones of an organisation by name; only_due: those asked for or due. */
struct upkeep_list {
    int64_t organisation_id;
    bool only_due;
};
enum status upkeep_entries(struct ctx *c, const struct upkeep_list *l, struct upkeep_entry **out, int *n_out);

/* ---- what a body does ---- */

/* What somebody saw of an entry, in 16 hexadecimal digits: goes with the form that confirms it. */
struct str upkeep_seen(struct ctx *c, const struct service *s);

enum upkeep_result {
    UPKEEP_DONE,
    UPKEEP_ALREADY, /* confirmed today already: two answers at once, or the button twice */
    UPKEEP_CHANGED, /* it reads otherwise than what was on the screen: left out, to be looked at again */
    UPKEEP_NOT_HERE /* of another body, hidden or gone */
};
struct upkeep_one {
    int64_t service_id;
    struct str seen;           /* upkeep_seen of what was shown; empty: not asked (a call) */
    enum upkeep_result result; /* out */
};
struct upkeep_confirm {
    int64_t organisation_id; /* whose entries they are; 0: any (a managing body's call) */
    enum confirm_how how;
    struct str by;           /* name of a body */
    struct upkeep_one *list;
    int n;
};
/* Confirms them today (write): they are fresh until their rhythm has passed, corrections of citizens about them
 * are closed as looked at. *out_batch undoes all of it; empty when nothing was done. */
enum status upkeep_confirm(struct ctx *c, const struct upkeep_confirm *f, struct str *out_batch, int *n_done);
/* Puts back how they stood, in so far as nobody has touched them since (write). organisation_id 0: any.
 * ST_NOT_FOUND: no such batch, or older than a day. */
enum status upkeep_undo(struct ctx *c, int64_t organisation_id, struct str batch, int *n_undone, int *n_left);
/* ST_INVALID: not 1, 3, 6 or 12. (write) */
enum status upkeep_set_rhythm(struct ctx *c, int64_t service_id, int months);
/* A correction by hand went into an entry (after catalogue_edit): open corrections of citizens are mended, and
 * its score follows. (write) */
enum status upkeep_edited(struct ctx *c, int64_t service_id);
/* Time of upkeep: from when a page was opened (its hidden field, c->now_ms then) to this action, at most 15
 * minutes; summed by body and month. (write) */
enum status upkeep_spent(struct ctx *c, int64_t organisation_id, struct str opened_ms);

/* ---- "Qualcosa non e' giusto?" ---- */
enum correction_what {
    CORRECTION_PHONE = 1,
    CORRECTION_HOURS,
    CORRECTION_ADDRESS,
    CORRECTION_COST,
    CORRECTION_GONE,
    CORRECTION_OTHER,
    CORRECTION_KINDS
};
const char *upkeep_correction_name(enum correction_what w); /* "phone"...: words "upkeep.wrong-<name>" */
enum correction_what upkeep_correction_of(struct str name);  /* 0: none */
struct upkeep_correction {
    int64_t correction_id, service_id;
    enum correction_what what;
    struct str words; /* as written; may be empty but for CORRECTION_OTHER */
    int received_on, closed_on;
    bool is_mended;   /* closed_on: mended, or looked at and found right */
    struct str slug, service_name;
};
enum {
    CORRECTION_WORDS_MAX = 500,   /* code points */
    CORRECTIONS_PER_HOUR = 120,   /* from everybody together */
    CORRECTIONS_PER_SERVICE = 10, /* open ones of one entry: more say nothing new */
    CORRECTION_KEEP_DAYS = 90,    /* the words, after it was closed */
    CORRECTION_SHOW_DAYS = 60     /* the page of the service says so long that it was mended */
};
struct correction_form {
    int64_t service_id;
    struct str what, words, nonce;
    bool is_meant; /* the warning about personal data was read */
};
/* Takes it (write). ST_INVALID: the problems say what to fix. The same form twice counts once. */
enum status upkeep_correction_send(struct ctx *c, const struct correction_form *f);
/* Open ones of an organisation (service_id 0) or of one entry, the oldest first. */
enum status upkeep_corrections(struct ctx *c, int64_t organisation_id, int64_t service_id, struct upkeep_correction **out,
                               int *n_out);
/* The last one that was mended within CORRECTION_SHOW_DAYS. ST_NOT_FOUND: none. */
enum status upkeep_last_mended(struct ctx *c, int64_t service_id, struct upkeep_correction *out);

/* ---- figures: freshness and quality ---- */
enum upkeep_by { UPKEEP_BY_DISTRICT, UPKEEP_BY_BODY, UPKEEP_BY_ORGANISATION };
struct upkeep_figure {
    int64_t id;                 /* district's area, managing body, organisation; 0: not known */
    struct str name, slug;
    int n;                      /* shown entries */
    int n_fresh, n_due, n_sunk; /* within their rhythm; due; to be reconfirmed */
    int n_verified;             /* by a call of the sample in the last 12 months */
    int score;                  /* mean, 0..100 */
    int n_checked, n_wrong;     /* of the samples of the last 24 months; an unanswered call is no check */
    int wrong_low, wrong_high;  /* per cent: 95 % interval of Wilson; with n_checked 0: 0 and 100 */
    int64_t seconds;            /* of upkeep in the last 12 months */
    int seconds_per_entry;      /* a year; -1: nothing was measured */
};
/* In order of name; the last is the whole when with_all. */
enum status upkeep_figures(struct ctx *c, enum upkeep_by by, struct upkeep_figure **out, int *n_out,
                           struct upkeep_figure *out_all);

/* ---- the daily round ---- */
struct upkeep_report {
    bool is_made;   /* false: today's was made already */
    bool is_jump;   /* the clock has jumped, or the portal was off: it only looked */
    int n_seen;     /* entries looked at again */
    int n_mails, n_asked, n_reminded, n_listed, n_sunk, n_back; /* n_back: fresh again by themselves */
    int n_waiting_mail; /* bodies to be asked on another day: UPKEEP_MAILS_A_DAY */
    int n_sampled;
};
/* All that a day asks (write): what the catalogue brought, mails to be sent, silence, the monthly sample.
 * c->today is the day. Made twice on a day it does nothing the second time. */
enum status upkeep_round(struct ctx *c, struct upkeep_report *out);

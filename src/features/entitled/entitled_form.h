/*
 * entitled_form.h - private to entitled: the six questions, read from a form and told as facts.
 *
 * Known   "Non so" and an empty box leave a fact unknown: the rules then say what is missing. What is typed for the
 *         estimate of the ISEE is reckoned by the rules of the ISEE, and is an estimate from there on.
 * Empty   in the part of the estimate an empty income counts as none once somebody's income is typed; with no income at
 *         all nothing is estimated.
 */
#pragma once
#include "core/places/places.h"
#include "entitled.h"
#include "web/web.h"

enum { ENTITLED_MOST_PEOPLE = 15, ENTITLED_MOST_TYPED = 60, ENTITLED_MOST_CHOICES = 6 };

enum entitled_question { ASK_PLACE, ASK_PEOPLE, ASK_ISEE, ASK_WORK, ASK_HOME, ASK_OTHER, ASK_ESTIMATE, ASK_COUNT };

enum entitled_kind {
    FIELD_PLACE = 1,
    FIELD_AGE,
    FIELD_MONEY,
    FIELD_CHOICE, /* one of `choices`; empty: "Non so" */
    FIELD_YES     /* si, no; empty: "Non so" */
};

/* One box of the form. Words: entitled.f-NAME, entitled.h-NAME (a hint, if there is one), entitled.o-NAME-CHOICE. */
struct entitled_field {
    const char *name; /* in the form; of a person "eta" stands for "eta-1", "eta-2" ... */
    enum entitled_question question;
    enum entitled_kind kind;
    bool of_person;
    bool is_rare; /* stands under "Altro" */
    const char *choices[ENTITLED_MOST_CHOICES];
    const char *fact; /* that the value says by itself; NULL: entitled_facts.c says how */
};
enum { ENTITLED_FIELDS = 46 };
extern const struct entitled_field entitled_fields[];
extern const int entitled_n_fields;
int entitled_field_find(const char *name); /* a name that is none is a bug */

struct entitled_answers {
    struct str values[ENTITLED_FIELDS]; /* of the household, as typed */
    struct str people[ENTITLED_MOST_PEOPLE][ENTITLED_FIELDS];
    int n_people; /* 1 or more; the first is who asks */
    bool has_place;
    struct comune place;
    struct comune_hit *which; /* several may be meant */
    int n_which;
};

/* What was sent; values that are none of a choice are left out. Numbers that cannot be read and a comune that is not one
 * are problems of c, each with its field ("eta-2"): what was typed stays in the answers. */
enum status entitled_read(struct web *w, struct entitled_answers *out);
/* One more person, or the n-th (from 1) less; who asks stays. */
void entitled_add_person(struct entitled_answers *a);
void entitled_drop_person(struct entitled_answers *a, int n);

struct str entitled_value(const struct entitled_answers *a, const char *name);
struct str entitled_value_of(const struct entitled_answers *a, int person, const char *name);

/* The answers as facts. */
struct rules_household *entitled_household(struct ctx *c, const struct entitled_answers *a);

/* "1.200,50", "1200", "1200.50 euro": exact, in cents when is_money. False: cannot be read. */
bool entitled_number(struct str typed, bool is_money, struct ratio *out);

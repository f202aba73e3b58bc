/* upkeep_score.c - the ten criteria: see the head of upkeep_score.h. */
#include "upkeep_score.h"
#include "base/macros.h"

enum { FULL = 1000, HALF = 500, WORDS_LEAST = 200, WORDS_MOST = 2000, WORDS_END = 4000 };

const char *upkeep_score_name(enum score_part part)
{
    static const char *const names[SCORE_PARTS] = {"address", "contact", "need",  "who",    "cost",
                                                   "words",   "date",    "hours", "access", "papers"};

    return names[part];
}

static bool is_given_in_presence(const struct service *s)
{
    return (s->ways & WAY_PRESENCE) != 0 || s->n_ats > 0 || s->ways == 0;
}

static int of_address(const struct service *s)
{
    int best = 0;

    if (!is_given_in_presence(s))
        return FULL;
    for (int i = 0; i < s->n_ats; i++) {
        const struct location *l = s->ats[i].location;

        if (l == NULL)
            continue;
        if (l->is_secret || (l->n_addresses > 0 && l->addresses[0].address_1.n > 0))
            return FULL;
        if (l->comune_id != 0)
            best = HALF;
    }
    return best;
}

static int of_contact(const struct service *s)
{
    if (catalogue_first_phone(s).n > 0)
        return FULL;
    return s->email.n > 0 || s->url.n > 0 ? HALF : 0;
}

static int of_words(struct str description)
{
    const int n = (int)str_length(str_trim(description));

    if (n < WORDS_LEAST)
        return n * FULL / WORDS_LEAST;
    if (n <= WORDS_MOST)
        return FULL;
    return n >= WORDS_END ? 0 : (WORDS_END - n) * FULL / (WORDS_END - WORDS_MOST);
}

static int of_hours(const struct service *s)
{
    bool has_place = false;

    if (s->n_schedules > 0)
        return FULL;
    for (int i = 0; i < s->n_ats; i++) {
        const struct location *l = s->ats[i].location;

        if (s->ats[i].n_schedules > 0 || (l != NULL && l->n_schedules > 0))
            return FULL;
        has_place = has_place || l != NULL;
    }
    return !has_place && (s->ways & (WAY_ONLINE | WAY_HOME)) != 0 ? FULL : 0;
}

static int full_if(bool is_said)
{
    return is_said ? FULL : 0;
}

void upkeep_score(const struct service *s, int today, struct upkeep_score *out)
{
    int sum = 0;

    *out = (struct upkeep_score){
        .parts = {
            [SCORE_ADDRESS] = of_address(s),
            [SCORE_CONTACT] = of_contact(s),
            [SCORE_NEED] = full_if(s->n_needs > 0),
            [SCORE_WHO] = full_if(s->eligibility.n > 0 || s->n_targets > 0 || s->has_min_age || s->has_max_age),
            [SCORE_COST] = full_if(s->fee != FEE_UNKNOWN || s->fees.n > 0 || s->n_costs > 0),
            [SCORE_WORDS] = of_words(s->description),
            [SCORE_DATE] = catalogue_freshness_share(s->confirmed_on, today),
            [SCORE_HOURS] = of_hours(s),
            [SCORE_ACCESS] = full_if(s->application_process.n > 0 || s->intake.n > 0),
            [SCORE_PAPERS] = full_if(s->n_documents > 0)}};
    for (int i = 0; i < SCORE_PARTS; i++)
        sum += i == SCORE_DATE ? 0 : out->parts[i];
    out->lasting = sum;
    out->total = upkeep_score_of(sum, s->confirmed_on, today);
}

int upkeep_score_of(int lasting, int confirmed_on, int today)
{
    const int whole = FULL * SCORE_PARTS;

    return ((lasting + catalogue_freshness_share(confirmed_on, today)) * 100 + whole / 2) / whole;
}

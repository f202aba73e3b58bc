/* upkeep_days.c - days and states without a database: see upkeep_days.h. */
#include "upkeep_days.h"
#include "base/date.h"

enum { MONTHS = 12, AUGUST = 8 };

int upkeep_add_months(int day, int months)
{
    const struct ymd d = day_to_ymd(day);
    const int at = d.year * MONTHS + d.month - 1 + months;
    int in_month = d.day, to;

    while ((to = day_from_ymd(at / MONTHS, at % MONTHS + 1, in_month)) == DAY_NONE && in_month > 28)
        in_month--;
    return to;
}

int upkeep_due_after(int confirmed_on, int rhythm_months, int first_seen_on)
{
    return confirmed_on == DAY_NONE ? first_seen_on : upkeep_add_months(confirmed_on, rhythm_months);
}

bool upkeep_is_pause(int day)
{
    return day_to_ymd(day).month == AUGUST;
}

bool upkeep_is_jump(int made_on, int today)
{
    if (made_on == DAY_NONE)
        return false;
    return today > made_on + UPKEEP_JUMP_DAYS || today < made_on - UPKEEP_JUMP_DAYS;
}

static int lasting_of(const struct service *s)
{
    struct upkeep_score score;

    upkeep_score(s, 0, &score);
    return score.lasting;
}

struct upkeep_row upkeep_begin(const struct service *s, int today)
{
    return (struct upkeep_row){.service_id = s->service_id,
                               .organisation_id = s->organisation_id,
                               .is_shown = s->state == SERVICE_SHOWN,
                               .rhythm_months = UPKEEP_RHYTHM,
                               .due_on = upkeep_due_after(s->confirmed_on, UPKEEP_RHYTHM, today),
                               .called_on = DAY_NONE,
                               .seen_confirmed_on = s->confirmed_on,
                               .verified_on = DAY_NONE,
                               .hidden_on = DAY_NONE,
                               .lasting = lasting_of(s),
                               .slug = s->slug,
                               .name = s->name,
                               .confirmed_on = s->confirmed_on,
                               .due_state = s->due_state};
}

static bool is_later(int day, int than)
{
    return day != DAY_NONE && (than == DAY_NONE || day > than);
}

bool upkeep_follow(struct upkeep_row *r, const struct service *s)
{
    const struct upkeep_row was = *r;

    if (s->organisation_id != r->organisation_id && (r->state == UPKEEP_ASKED || r->state == UPKEEP_REMINDED)) {
        r->state = UPKEEP_KEPT; /* its new body was never written to: asked anew, by a mail of its own */
        r->waited = 0;
    }
    r->organisation_id = s->organisation_id;
    r->is_shown = s->state == SERVICE_SHOWN;
    r->lasting = lasting_of(s);
    if (s->confirmed_on != r->seen_confirmed_on) {
        if (is_later(s->confirmed_on, r->seen_confirmed_on)) {
            r->state = UPKEEP_KEPT;
            r->waited = r->n_calls = 0;
            r->listed_why = STR("");
        }
        r->due_on = upkeep_due_after(s->confirmed_on, r->rhythm_months, r->due_on);
        r->seen_confirmed_on = s->confirmed_on;
    }
    return r->organisation_id != was.organisation_id || r->is_shown != was.is_shown || r->lasting != was.lasting ||
           r->seen_confirmed_on != was.seen_confirmed_on;
}

enum due_state upkeep_due_state(const struct upkeep_row *r, int today)
{
    if (r->state == UPKEEP_SUNK)
        return DUE_TO_RECONFIRM;
    return r->due_on <= today ? DUE_NOW : DUE_FRESH;
}

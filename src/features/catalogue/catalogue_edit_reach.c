/* catalogue_edit_reach.c - hours and telephones: of the service, and of each of several places. */
#include "catalogue_edit_put.h"
#include "core/bodies/phones.h"
#include <stdlib.h>
#include <string.h>

static const char prefix[] = "luogo ";

/* Which place a line is of: 0 the service itself, n after "luogo n:", which is cut off. */
static int place_of(struct str *line)
{
    int64_t n;
    const ptrdiff_t colon = str_index(*line, ':');

    if (!str_starts(*line, str_of(prefix)) || colon < 0 ||
        !str_to_int(str_trim(str_head(str_from(*line, strlen(prefix)), (size_t)colon - strlen(prefix))), &n) || n < 1 || n > 999)
        return 0;
    *line = str_trim(str_from(*line, (size_t)colon + 1));
    return (int)n;
}

/* The lines of one place, `between` between them. */
static struct str lines_of(struct arena *mem, struct str text, int place, const char *between)
{
    struct buf b = buf_new(mem, text.n + 1);
    struct str line;

    while (catalogue_edit_line(&text, &line))
        if (place_of(&line) == place) {
            if (b.n > 0)
                buf_z(&b, between);
            buf_str(&b, line);
        }
    return buf_view(&b);
}

static enum status check_places(struct edit_put *p, struct str text)
{
    struct str line;

    while (catalogue_edit_line(&text, &line)) {
        const struct str whole = line;

        if (place_of(&line) > (p->s->n_ats > 1 ? p->s->n_ats : 0))
            return catalogue_edit_refuse(p, "catalogue.edit-no-place", whole);
    }
    return ST_OK;
}

static void put_of_place(struct buf *b, int place, struct str text)
{
    struct str line;

    while (catalogue_edit_line(&text, &line)) {
        if (b->n > 0)
            buf_char(b, '\n');
        if (place > 0)
            buf_fmt(b, "%s%d: ", prefix, place);
        buf_str(b, line);
    }
}

/* ---- hours ---- */

struct schedules {
    struct schedule *list;
    int n;
};

/* What holds there: place 0 of a service with one place is that place's too. */
static struct schedules hours_of(const struct service *s, int place)
{
    const struct service_at *at = place > 0 ? &s->ats[place - 1] : s->n_ats == 1 ? &s->ats[0] : NULL;
    const struct location *l = at != NULL ? at->location : NULL;

    if (at != NULL && at->n_schedules > 0)
        return (struct schedules){at->schedules, at->n_schedules};
    if (place == 0 && s->n_schedules > 0)
        return (struct schedules){s->schedules, s->n_schedules};
    return s->n_schedules == 0 && l != NULL ? (struct schedules){l->schedules, l->n_schedules} : (struct schedules){NULL, 0};
}

static struct str hours_text_of(struct arena *mem, const struct service *s, int place)
{
    const struct schedules x = hours_of(s, place);

    return catalogue_edit_tidy(mem, EDIT_NAME, catalogue_hours_text(mem, x.list, x.n, HOURS_ITALIAN));
}

struct str catalogue_read_hours(struct arena *mem, const struct service *s)
{
    struct buf b = buf_new(mem, 128);

    for (int place = 0; place == 0 || (s->n_ats > 1 && place <= s->n_ats); place++)
        put_of_place(&b, place, hours_text_of(mem, s, place));
    return buf_view(&b);
}

/* A rule with its words that stood there before keeps all it had; one that no text can say is found by its words. */
static bool keep_schedule(const struct schedules *old, const struct hours_rule *r, struct str words, struct schedule *out)
{
    static const char special[] = "orario particolare ";
    int64_t nth = 0;

    if (str_starts(words, str_of(special)) && str_to_int(str_from(words, strlen(special)), &nth) && nth >= 1 && nth <= old->n) {
        *out = old->list[nth - 1];
        return true;
    }
    for (int i = 0; i < old->n; i++)
        if (str_eq(old->list[i].description, words) &&
            (memcmp(&old->list[i].rule, r, sizeof *r) == 0 || (!hours_can_be_said(&old->list[i].rule) && words.n > 0))) {
            *out = old->list[i];
            return true;
        }
    return false;
}

static enum status read_schedules(struct edit_put *p, struct str text, const struct schedules *old, struct schedules *out)
{
    struct hours_text *h = ARENA_NEW(p->c->mem, struct hours_text);
    struct str wrong = {"", 0};
    const char *key = NULL;

    if (hours_text_read(p->c->mem, text, h, &wrong, &key) != ST_OK)
        return catalogue_edit_refuse(p, key, wrong);
    out->list = ARENA_ARRAY(p->c->mem, struct schedule, (size_t)h->n);
    out->n = h->n;
    for (int i = 0; i < h->n; i++)
        if (!keep_schedule(old, &h->rules[i], h->words[i], &out->list[i]))
            out->list[i] = (struct schedule){.rule = h->rules[i], .description = h->words[i]};
    return ST_OK;
}

enum status catalogue_put_hours(struct edit_put *p, struct str text)
{
    struct service *s = p->s;
    enum status st = check_places(p, text);

    for (int place = 0; st == ST_OK && (place == 0 || (s->n_ats > 1 && place <= s->n_ats)); place++) {
        const struct str typed = lines_of(p->c->mem, text, place, "; ");
        const struct schedules old = hours_of(s, place);
        struct schedules now = {0};

        if (str_eq(typed, hours_text_of(p->c->mem, s, place)))
            continue;
        st = read_schedules(p, typed, &old, &now);
        if (st != ST_OK)
            return st;
        if (place > 0) {
            s->ats[place - 1].schedules = now.list;
            s->ats[place - 1].n_schedules = now.n;
            continue;
        }
        s->schedules = now.list;
        s->n_schedules = now.n;
        if (s->n_ats == 1)
            s->ats[0].n_schedules = 0;
    }
    return st;
}

/* ---- telephones ---- */

static void add_phones(struct phone *list, int *n, const struct parts *from)
{
    for (int i = 0; i < from->n_phones && *n < PHONES_MOST; i++)
        list[(*n)++] = from->phones[i];
}

/* In the order in which they are shown. */
static int phones_of(const struct service *s, int place, struct phone *list)
{
    const struct service_at *at = place > 0 ? &s->ats[place - 1] : s->n_ats == 1 ? &s->ats[0] : NULL;
    int n = 0;

    if (at != NULL)
        add_phones(list, &n, &at->parts);
    if (place == 0)
        add_phones(list, &n, &s->parts);
    if (place == 0 && n == 0 && at != NULL && at->location != NULL)
        add_phones(list, &n, &at->location->parts);
    return n;
}

static struct str phones_text_of(struct arena *mem, const struct service *s, int place)
{
    struct phone *list = ARENA_ARRAY(mem, struct phone, PHONES_MOST);
    const int n = phones_of(s, place, list);

    return catalogue_edit_tidy(mem, EDIT_PHONES, phones_write(mem, list, n));
}

struct str catalogue_read_phones(struct arena *mem, const struct service *s)
{
    struct buf b = buf_new(mem, 128);

    for (int place = 0; place == 0 || (s->n_ats > 1 && place <= s->n_ats); place++)
        put_of_place(&b, place, phones_text_of(mem, s, place));
    return buf_view(&b);
}

/* One that reads as before keeps its languages and its id. */
static void keep_phones(struct arena *mem, const struct phone *old, int n_old, struct phone *list, int n)
{
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n_old; k++)
            if (str_eq(phones_write(mem, &list[i], 1), phones_write(mem, &old[k], 1))) {
                list[i] = old[k];
                break;
            }
}

enum status catalogue_put_phones(struct edit_put *p, struct str text)
{
    struct service *s = p->s;
    enum status st = check_places(p, text);

    for (int place = 0; st == ST_OK && (place == 0 || (s->n_ats > 1 && place <= s->n_ats)); place++) {
        const struct str typed = lines_of(p->c->mem, text, place, "\n");
        struct phone *old = ARENA_ARRAY(p->c->mem, struct phone, PHONES_MOST), *list = ARENA_ARRAY(p->c->mem, struct phone, PHONES_MOST);
        const int n_old = phones_of(s, place, old);
        struct str wrong = {"", 0};
        int n = 0;

        if (str_eq(typed, phones_text_of(p->c->mem, s, place)))
            continue;
        if (!phones_read(p->c->mem, typed, list, &n, &wrong))
            return catalogue_edit_refuse(p, "catalogue.edit-phone", wrong);
        keep_phones(p->c->mem, old, n_old, list, n);
        struct parts *to = place > 0 ? &s->ats[place - 1].parts : &s->parts;

        to->phones = list;
        to->n_phones = n;
        if (place == 0 && s->n_ats == 1)
            s->ats[0].parts.n_phones = 0;
    }
    return st;
}

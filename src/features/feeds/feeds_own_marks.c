/* feeds_own_marks.c - attributes of our taxonomies, as an HSDS feed of another portal carries them.
 */
#include "feeds_own_marks.h"
#include "features/catalogue/catalogue_terms.h"
#include <string.h>

/* The taxonomy of ours that an attribute says it is of, proved by the id of its term. */
static bool is_ours(struct arena *mem, const struct attribute *a, enum own_taxonomy *tax)
{
    for (int t = 0; t < OWN_COUNT; t++)
        if (str_eq(a->term_uuid, catalogue_term_uuid(mem, (enum own_taxonomy)t, a->code))) {
            *tax = (enum own_taxonomy)t;
            return true;
        }
    return false;
}

static bool take_number(struct str v, int *out)
{
    int64_t n;

    if (!str_to_int(v, &n) || n < 0 || n > INT32_MAX)
        return false;
    *out = (int)n;
    return true;
}

static void take_access(struct arena *mem, struct service *s, struct str v)
{
    struct access *all = ARENA_ARRAY(mem, struct access, (size_t)s->n_access + 1);
    const int bit = catalogue_access_of(v);

    if (s->n_access > 0)
        memcpy(all, s->access, (size_t)s->n_access * sizeof *all);
    all[s->n_access++] = (struct access){.bits = bit, .description = bit == 0 ? v : STR("")};
    s->access = all;
}

/* False: not to be taken, so it stays an attribute. */
static bool take_mark(struct arena *mem, struct service *s, struct str code, struct str v)
{
    if (str_eq_z(code, "demo"))
        s->is_demo = true;
    else if (str_eq_z(code, "summary"))
        s->summary = v;
    else if (str_eq_z(code, "isee-note"))
        s->isee_note = v;
    else if (str_eq_z(code, "intake"))
        s->intake = v;
    else if (str_eq_z(code, "places-free"))
        s->has_places_free = take_number(v, &s->places_free);
    else if (str_eq_z(code, "starts-on"))
        s->starts_on = day_parse(v);
    else if (str_eq_z(code, "ends-on"))
        s->ends_on = day_parse(v);
    else if (str_eq_z(code, "apply-by"))
        s->apply_by = day_parse(v);
    else if (str_eq_z(code, "confirmed-by"))
        s->confirmed_by = v;
    else if (str_eq_z(code, "way"))
        s->ways |= catalogue_way_of(v);
    else if (str_eq_z(code, "fee"))
        s->fee = catalogue_fee_of(v);
    else if (str_eq_z(code, "access"))
        take_access(mem, s, v);
    else
        return str_eq_z(code, "confirmed-how") || /* here it is confirmed by a feed, and kept by our own rhythm */
               str_eq_z(code, "freshness") || str_eq_z(code, "verified-on") || str_eq_z(code, "score");
    return true;
}

void feeds_take_ours(struct arena *mem, struct service *s)
{
    struct parts *p = &s->parts;
    struct str *needs = ARENA_ARRAY(mem, struct str, (size_t)p->n_attributes);
    struct str *targets = ARENA_ARRAY(mem, struct str, (size_t)p->n_attributes);
    int n_needs = 0, n_targets = 0, n_left = 0;
    bool is_from_portal = false;

    for (int i = 0; i < p->n_attributes; i++) {
        const struct attribute a = p->attributes[i];
        enum own_taxonomy tax;
        bool is_taken = is_ours(mem, &a, &tax);

        if (is_taken) {
            is_from_portal = true;
            if (tax == OWN_NEEDS)
                needs[n_needs++] = a.code;
            else if (tax == OWN_TARGETS)
                targets[n_targets++] = a.code;
            else if (tax == OWN_KINDS && catalogue_kind_of(a.code) != 0)
                s->kind = catalogue_kind_of(a.code);
            else if (tax == OWN_MARKS)
                is_taken = take_mark(mem, s, a.code, a.value);
        }
        if (!is_taken)
            p->attributes[n_left++] = a;
    }
    p->n_attributes = n_left;
    if (!is_from_portal)
        return;
    s->needs = needs;
    s->n_needs = n_needs;
    s->targets = targets;
    s->n_targets = n_targets;
}

bool feeds_take_mark(struct arena *mem, struct parts *p, const char *code)
{
    int n_left = 0, n = p->n_attributes;

    for (int i = 0; i < n; i++) {
        const struct attribute a = p->attributes[i];
        enum own_taxonomy tax;

        if (!is_ours(mem, &a, &tax) || tax != OWN_MARKS || !str_eq_z(a.code, code))
            p->attributes[n_left++] = a;
    }
    p->n_attributes = n_left;
    return n_left < n;
}

bool feeds_take_invented(struct arena *mem, struct parts *p)
{
    return feeds_take_mark(mem, p, "demo");
}

enum hours_kind feeds_schedule_kind(struct arena *mem, const json_t *schedule)
{
    size_t i;
    json_t *a;

    json_array_foreach(json_object_get(schedule, "attributes"), i, a)
    {
        const json_t *term = json_object_get(a, "taxonomy_term");
        const char *id = json_string_value(json_object_get(term, "id"));

        if (id == NULL)
            continue;
        if (str_eq(str_of(id), catalogue_term_uuid(mem, OWN_MARKS, STR("closed"))))
            return HOURS_CLOSED;
        if (str_eq(str_of(id), catalogue_term_uuid(mem, OWN_MARKS, STR("by-appointment"))))
            return HOURS_BY_APPOINTMENT;
    }
    return HOURS_OPEN;
}

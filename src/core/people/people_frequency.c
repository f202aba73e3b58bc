/* people_frequency.c - how often values occur: a rare surname says more than a common one. */
#include "people_model.h"
#include <stdlib.h>
#include <string.h>

struct seen {
    uint64_t hash;
    uint32_t record;
};

static struct str of_value(const struct people_set *set, enum people_kind kind, uint32_t id)
{
    const struct people_value *v = people_set_value(set, kind, id);

    return (struct str){v->text, id == 0 ? 0 : v->n};
}

/* With zeros before it up to `least` figures; millions of them are wanted. */
static size_t put_figures(char *out, uint32_t v, size_t least)
{
    char back[10];
    size_t n = 0;

    for (; v > 0 || n < least; v /= 10)
        back[n++] = (char)('0' + v % 10);
    for (size_t i = 0; i < n; i++)
        out[i] = back[n - 1 - i];
    return n;
}

static struct str address_text(const struct people_set *set, const struct people_record *r, char *buf)
{
    const struct str street = of_value(set, PEOPLE_OF_STREET, r->street), place = of_value(set, PEOPLE_OF_PLACE, r->municipality);

    if (street.n == 0)
        return street;
    size_t n = street.n;

    memcpy(buf, street.p, n);
    buf[n++] = ' ';
    n += put_figures(buf + n, r->house, 1);
    buf[n++] = ' ';
    if (place.n > 0)
        memcpy(buf + n, place.p, place.n);
    return (struct str){buf, n + place.n};
}

struct str people_counted_text(const struct people_set *set, uint32_t i, enum people_counted what, char *buf)
{
    const struct people_record *r = people_set_record(set, i);

    switch (what) {
    case PEOPLE_COUNT_GIVEN:
        return of_value(set, PEOPLE_OF_NAME, r->given);
    case PEOPLE_COUNT_SURNAME:
        return of_value(set, PEOPLE_OF_NAME, r->surname);
    case PEOPLE_COUNT_BIRTH:
        return (struct str){buf, r->birth % 10000 == 0 ? 0 : put_figures(buf, r->birth, 8)};
    case PEOPLE_COUNT_BIRTHPLACE:
        return of_value(set, PEOPLE_OF_PLACE, r->birthplace);
    case PEOPLE_COUNT_ADDRESS:
        return address_text(set, r, buf);
    case PEOPLE_COUNT_MUNICIPALITY:
        return of_value(set, PEOPLE_OF_PLACE, r->municipality);
    case PEOPLE_COUNT_PHONE:
        return of_value(set, PEOPLE_OF_PHONE, r->phone);
    case PEOPLE_COUNT_EMAIL:
        return of_value(set, PEOPLE_OF_EMAIL, r->email);
    case PEOPLE_COUNT_POSTCODE:
        return of_value(set, PEOPLE_OF_OTHER, r->postcode);
    case PEOPLE_COUNT_EXTRA1:
        return of_value(set, PEOPLE_OF_OTHER, r->extra1);
    default:
        return of_value(set, PEOPLE_OF_OTHER, r->extra2);
    }
}

static int compare_seen(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->record < y->record ? -1 : x->record > y->record;
}

static int compare_counts(const void *a, const void *b)
{
    return strcmp(((const struct people_count *)a)->text, ((const struct people_count *)b)->text);
}

/* The model's number of an origin of the set: those of enough records, in alphabetical order. */
static int number_origins(struct arena *mem, const struct people_set *set, struct people_model *m, int *of_set)
{
    const int n_all = people_set_n_origins(set);
    uint64_t *count = ARENA_ARRAY(mem, uint64_t, (size_t)n_all);

    for (uint32_t i = 0; i < people_set_count(set); i++)
        count[people_set_record(set, i)->origin]++;
    m->origin[0] = (struct str){"", 0};
    m->n_origins = 1;
    m->origin_count[0] = count[0];
    for (;;) {
        int next = 0;

        for (int o = 1; o < n_all; o++)
            if (count[o] >= 30 && of_set[o] == 0 && (next == 0 || str_cmp(people_set_origin(set, o), people_set_origin(set, next)) < 0))
                next = o;
        if (next == 0 || m->n_origins == PEOPLE_MAX_ORIGINS)
            return n_all;
        of_set[next] = m->n_origins;
        m->origin_count[m->n_origins] = count[next];
        m->origin[m->n_origins++] = str_copy(mem, people_set_origin(set, next));
    }
}

/* Do enough people share a date, an address or a telephone, told apart by the sound of their names? Who was written down five
 * times is one. A name by itself reaches nobody, and is counted by records. */
static bool is_of_many(const struct people_set *set, const struct seen *list, size_t n)
{
    uint64_t people[PEOPLE_LEAST_COUNT];
    int n_people = 0;

    for (size_t i = 0; i < n && n_people < PEOPLE_LEAST_COUNT; i++) {
        const struct people_record *r = people_set_record(set, list[i].record);
        const uint64_t who = people_set_name(set, r->given)->sound + people_set_name(set, r->surname)->sound; /* in either order */
        int k = 0;

        while (k < n_people && people[k] != who)
            k++;
        if (k == n_people)
            people[n_people++] = who;
    }
    return n_people == PEOPLE_LEAST_COUNT;
}

static void count_column(struct arena *mem, const struct people_set *set, struct people_model *m, enum people_counted what, const int *of_set,
                         struct seen *seen)
{
    struct people_counts *c = &m->counts[what];
    const bool is_name = what <= PEOPLE_COUNT_SURNAME;
    char buf[PEOPLE_TEXT_MAX];
    size_t n = 0;
    double pairs = 0, rare = 0, n_rare = 0;

    for (uint32_t i = 0; i < people_set_count(set); i++) {
        const struct str t = people_counted_text(set, i, what, buf);

        if (t.n > 0)
            seen[n++] = (struct seen){people_hash(t.p, t.n), i};
    }
    qsort(seen, n, sizeof *seen, compare_seen);
    c->n = 0;
    c->n_records = n;
    for (int round = 0; round < 2; round++) {
        for (size_t at = 0, end; at < n; at = end) {
            for (end = at + 1; end < n && seen[end].hash == seen[at].hash; end++)
                continue;
            const double k = (double)(end - at);
            const bool is_kept = k >= PEOPLE_LEAST_COUNT && (is_name || is_of_many(set, seen + at, end - at));

            if (round == 0) {
                c->n += is_kept;
                pairs += k * (k - 1);
                if (!is_kept) {
                    rare += k * k;
                    n_rare += k;
                }
                continue;
            }
            if (!is_kept)
                continue;
            struct people_count *row = &c->rows[c->n++];
            const struct str t = people_counted_text(set, seen[at].record, what, buf);

            memcpy(row->text, t.p, t.n);
            row->count = (uint32_t)k;
            row->by_origin = is_name ? ARENA_ARRAY(mem, uint32_t, (size_t)m->n_origins) : NULL;
            for (size_t i = at; i < end && is_name; i++)
                row->by_origin[of_set[people_set_record(set, seen[i].record)->origin]]++;
        }
        if (round == 0) {
            c->rows = ARENA_ARRAY(mem, struct people_count, c->n);
            c->n = 0;
        }
    }
    qsort(c->rows, c->n, sizeof *c->rows, compare_counts);
    c->collision = n < 2 ? 0 : pairs / ((double)n * (double)(n - 1));
    c->rare = n == 0 ? 0 : n_rare == 0 ? 1 / (double)n : rare / n_rare / (double)n;
}

void people_count_values(struct arena *mem, const struct people_set *set, struct people_model *m)
{
    struct arena *own = arena_new(0);
    struct seen *seen = ARENA_ARRAY(own, struct seen, people_set_count(set));
    int *of_set = ARENA_ARRAY(own, int, (size_t)people_set_n_origins(set));

    number_origins(mem, set, m, of_set);
    for (int what = 0; what < PEOPLE_COUNTED; what++)
        count_column(mem, set, m, (enum people_counted)what, of_set, seen);
    arena_free(own);
}

const struct people_count *people_count_find(const struct people_counts *c, struct str text)
{
    uint32_t low = 0, high = c->n;

    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        const char *at = c->rows[mid].text;
        const int d = strncmp(at, text.p, text.n);

        if (d == 0 && at[text.n] == '\0')
            return &c->rows[mid];
        if (d < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

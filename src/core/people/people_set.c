/* people_set.c - records as rows of small numbers, texts kept once. */
#include "people_set.h"
#include "base/date.h"
#include "base/sheet.h"
#include "people_reference.h"
#include <stdlib.h>
#include <string.h>

const char *const people_field_name[PEOPLE_FIELDS] = {
    "given_name", "surname", "birth_date", "tax_code", "number", "sex", "birth_place", "citizenship",
    "address", "street_number", "municipality", "phone", "email", "postcode", "extra1", "extra2"};

struct pool {
    struct people_value *values; /* from 1 */
    uint32_t n, room;
    uint32_t *slots; /* 0: free */
    uint32_t n_slots;
};

struct people_set {
    struct arena *mem;
    const struct people_reference *reference;
    int latest_year;
    struct people_record *records;
    struct str *ids;
    uint32_t n, room;
    struct pool pools[PEOPLE_KINDS];
    struct people_name *names;
    uint32_t *groups;
    uint32_t names_room;
    struct people_code *codes;
    uint32_t codes_room;
    struct str origins[256];
    int n_origins;
    struct str *sources;
    uint32_t n_sources, sources_room;
};

/* A larger copy of an array of n items, when it is full. */
static void *grown(struct arena *mem, void *items, uint32_t n, uint32_t *room, size_t size)
{
    if (n < *room)
        return items;
    const uint32_t to = *room == 0 ? 64 : *room * 2;

    items = items == NULL ? arena_array(mem, to, size) : arena_grow(mem, items, *room * size, to * size);
    memset((char *)items + *room * size, 0, (to - *room) * size);
    *room = to;
    return items;
}

struct people_set *people_set_new(struct arena *mem, int latest_year)
{
    struct people_set *s = ARENA_NEW(mem, struct people_set);

    s->mem = mem;
    s->reference = people_reference_new(mem);
    s->latest_year = latest_year;
    for (int k = 0; k < PEOPLE_KINDS; k++) {
        struct pool *p = &s->pools[k];

        p->values = grown(mem, NULL, 0, &p->room, sizeof *p->values);
        p->n = 1;
        p->n_slots = 256;
        p->slots = ARENA_ARRAY(mem, uint32_t, p->n_slots);
    }
    s->names = grown(mem, NULL, 0, &s->names_room, sizeof *s->names);
    s->groups = ARENA_ARRAY(mem, uint32_t, s->names_room);
    s->codes = grown(mem, NULL, 0, &s->codes_room, sizeof *s->codes);
    s->n_origins = 1;
    return s;
}

static void rehash(struct people_set *s, struct pool *p)
{
    p->n_slots *= 2;
    p->slots = ARENA_ARRAY(s->mem, uint32_t, p->n_slots);
    for (uint32_t v = 1; v < p->n; v++) {
        uint32_t at = (uint32_t)people_hash(p->values[v].text, PEOPLE_NAME_MAX) & (p->n_slots - 1);

        while (p->slots[at] != 0)
            at = (at + 1) & (p->n_slots - 1);
        p->slots[at] = v;
    }
}

/* The number of a text of at most PEOPLE_NAME_MAX bytes; *is_new when it was not there. */
static uint32_t keep(struct people_set *s, enum people_kind kind, const char *text, size_t n, bool *is_new)
{
    struct pool *p = &s->pools[kind];
    struct people_value v = {.n = (uint8_t)(n > PEOPLE_NAME_MAX ? PEOPLE_NAME_MAX : n)};

    *is_new = false;
    if (n == 0)
        return 0;
    memcpy(v.text, text, v.n);
    uint32_t at = (uint32_t)people_hash(v.text, PEOPLE_NAME_MAX) & (p->n_slots - 1);

    for (; p->slots[at] != 0; at = (at + 1) & (p->n_slots - 1))
        if (memcmp(p->values[p->slots[at]].text, v.text, PEOPLE_NAME_MAX) == 0)
            return p->slots[at];
    p->values = grown(s->mem, p->values, p->n, &p->room, sizeof *p->values);
    p->values[p->n] = v;
    p->slots[at] = p->n;
    *is_new = true;
    if (++p->n * 2 > p->n_slots) {
        const uint32_t id = p->n - 1;

        rehash(s, p);
        return id;
    }
    return p->n - 1;
}

static uint32_t keep_text(struct people_set *s, enum people_kind kind, struct str typed)
{
    char f[PEOPLE_NAME_MAX];
    bool is_new;

    return keep(s, kind, f, people_fold(typed, PEOPLE_UKRAINIAN, f, sizeof f), &is_new);
}

/* A name is kept by its words with blanks: ANNA MARIA and ANNAMARIA are two values. */
static uint32_t keep_name(struct people_set *s, struct str typed)
{
    struct people_name name;
    char words[PEOPLE_NAME_MAX];
    size_t n = 0;
    bool is_new;

    people_name_read(typed, &name);
    if (name.n == 0)
        return 0;
    for (int t = 0; t < name.n_tokens; t++) {
        if (t > 0 && n < sizeof words)
            words[n++] = ' ';
        for (int i = 0; i < name.token[t].n && n < sizeof words; i++)
            words[n++] = name.token[t].letters[i];
    }
    const uint32_t id = keep(s, PEOPLE_OF_NAME, words, n, &is_new);

    if (is_new) {
        const uint32_t room = s->names_room;

        s->names = grown(s->mem, s->names, id, &s->names_room, sizeof *s->names);
        if (s->names_room != room)
            s->groups = arena_grow(s->mem, s->groups, room * sizeof *s->groups, s->names_room * sizeof *s->groups);
        s->names[id] = name;
        s->groups[id] = people_reference_group(s->reference, &name);
    }
    return id;
}

/* Year, month, day from figures alone; a month or day out of range stays: a slip is compared too. */
static uint32_t read_birth(struct str typed)
{
    int part[3] = {0}, length[3] = {0}, n = 0;

    typed = str_trim(typed);
    for (size_t i = 0; i < typed.n; i++) {
        const char c = typed.p[i];

        if (c >= '0' && c <= '9') {
            if (length[n] < 8) {
                part[n] = part[n] * 10 + (c - '0');
                length[n]++;
            }
        } else if (length[n] > 0) {
            if (c == 'T' || ++n == 3)
                break;
        }
    }
    if (length[0] == 8 && length[1] == 0)
        return (uint32_t)part[0];
    if (length[0] == 4 && length[1] == 0)
        return (uint32_t)part[0] * 10000;
    if (length[0] == 4 && length[1] > 0 && length[1] <= 2 && length[2] <= 2)
        return (uint32_t)(part[0] * 10000 + part[1] * 100 + part[2]);
    if (length[0] > 0 && length[0] <= 2 && length[1] > 0 && length[1] <= 2 && length[2] == 4)
        return (uint32_t)(part[2] * 10000 + part[1] * 100 + part[0]);
    return 0;
}

static char read_sex(struct str typed)
{
    typed = str_trim(typed);
    if (typed.n == 0)
        return 0;
    switch (typed.p[0]) {
    case 'M':
    case 'm':
    case 'U':
    case 'u':
        return 'M';
    case 'F':
    case 'f':
    case 'D':
    case 'd':
        return 'F';
    default:
        return 0;
    }
}

/* What of the code does not agree with the rest of its record. */
static unsigned disagreements(const struct people_set *s, const struct people_record *r, const struct people_cf *cf)
{
    unsigned d = 0;
    char three[3];

    if (r->surname != 0) {
        const struct people_name *n = &s->names[r->surname];

        people_cf_surname(n->joined, n->n, three);
        d |= memcmp(three, cf->base, 3) != 0 ? PEOPLE_CF_NOT_SURNAME : 0;
    }
    if (r->given != 0) {
        const struct people_name *n = &s->names[r->given];

        people_cf_given(n->joined, n->n, three);
        d |= memcmp(three, cf->base + 3, cf->n >= 6 ? 3 : 0) != 0 ? PEOPLE_CF_NOT_GIVEN : 0;
    }
    if (cf->has_birth) {
        const uint32_t birth = (uint32_t)(cf->year * 10000 + cf->month * 100 + cf->day);

        if (r->birth != 0 && r->birth / 100 != birth / 100 && r->birth % 10000 != birth % 10000 && r->birth / 10000 != birth / 10000)
            d |= PEOPLE_CF_NOT_BIRTH;
        if (r->sex != 0 && r->sex != cf->sex)
            d |= PEOPLE_CF_NOT_SEX;
    }
    return d;
}

static void take_code(struct people_set *s, struct people_record *r, const struct people_raw *raw)
{
    const int64_t entered = day_parse(raw->entered) == DAY_NONE ? s->latest_year : day_to_ymd(day_parse(raw->entered)).year;
    struct people_cf cf;
    bool is_new;

    people_cf_read(raw->field[PEOPLE_TAX], (int)entered, &cf);
    if (cf.state == PEOPLE_CF_NONE)
        return;
    if (people_cf_is_of_another(disagreements(s, r, &cf))) {
        r->flags |= PEOPLE_CODE_OF_ANOTHER;
        return;
    }
    const char text[] = {cf.base[0], cf.base[1], cf.base[2],  cf.base[3],  cf.base[4],  cf.base[5],  cf.base[6],  cf.base[7],
                         cf.base[8], cf.base[9], cf.base[10], cf.base[11], cf.base[12], cf.base[13], cf.base[14], (char)('0' + cf.state)};

    r->tax = keep(s, PEOPLE_OF_TAX, text, sizeof text, &is_new);
    if (is_new) {
        s->codes = grown(s->mem, s->codes, r->tax, &s->codes_room, sizeof *s->codes);
        memcpy(s->codes[r->tax].base, cf.base, sizeof cf.base);
        s->codes[r->tax].n = cf.n;
        s->codes[r->tax].is_valid = cf.state == PEOPLE_CF_VALID;
        s->codes[r->tax].is_cut = cf.state == PEOPLE_CF_CUT;
    }
    if (cf.has_birth)
        r->birth_of_code = (uint32_t)(cf.year * 10000 + cf.month * 100 + cf.day);
    if (cf.has_birth && (r->birth == 0 || (r->birth % 10000 == 0 && r->birth / 10000 == (uint32_t)cf.year))) {
        r->birth = r->birth_of_code;
        r->flags |= PEOPLE_BIRTH_DERIVED;
    }
    if (r->sex == 0 && cf.has_birth) {
        r->sex = cf.sex;
        r->flags |= PEOPLE_SEX_DERIVED;
    }
    if (r->birthplace == 0 && cf.state == PEOPLE_CF_VALID) {
        r->birthplace = keep_text(s, PEOPLE_OF_PLACE, people_reference_place(s->reference, cf.belfiore));
        r->flags |= r->birthplace != 0 ? PEOPLE_PLACE_DERIVED : 0;
        r->flags |= cf.belfiore[0] == 'Z' ? PEOPLE_PLACE_IS_STATE : 0;
    }
}

static uint16_t keep_origin(struct people_set *s, struct str name)
{
    if (name.n == 0)
        return 0;
    for (int i = 1; i < s->n_origins; i++)
        if (str_eq(s->origins[i], name))
            return (uint16_t)i;
    if (s->n_origins == ARRAY_LEN(s->origins))
        return 0;
    s->origins[s->n_origins] = str_copy(s->mem, name);
    return (uint16_t)s->n_origins++;
}

/* Citizenship, else the state of birth in the code, else the place of birth when it is a state. */
static uint16_t origin_of(struct people_set *s, const struct people_record *r, const struct people_raw *raw)
{
    struct str state = people_reference_state(s->reference, raw->field[PEOPLE_CITIZENSHIP]);

    if (state.n == 0 && r->tax != 0 && s->codes[r->tax].n == 15 && s->codes[r->tax].base[11] == 'Z') {
        char code[5] = {0};

        memcpy(code, s->codes[r->tax].base + 11, 4);
        state = people_reference_place(s->reference, code);
    }
    if (state.n == 0)
        state = people_reference_state(s->reference, raw->field[PEOPLE_BIRTHPLACE]);
    return keep_origin(s, state);
}

static uint16_t keep_source(struct people_set *s, struct str name)
{
    for (uint32_t i = 0; i < s->n_sources; i++)
        if (str_eq(s->sources[i], name))
            return (uint16_t)i;
    if (s->n_sources == UINT16_MAX)
        return 0;
    s->sources = grown(s->mem, s->sources, s->n_sources, &s->sources_room, sizeof *s->sources);
    s->sources[s->n_sources] = str_copy(s->mem, name);
    return (uint16_t)s->n_sources++;
}

static void take_contacts(struct people_set *s, struct people_record *r, const struct people_raw *raw)
{
    struct people_address a;
    char phone[16];
    bool is_new;

    people_address_read(raw->field[PEOPLE_ADDRESS], &a);
    if (!a.is_fictitious && a.n > 0) {
        r->street = keep(s, PEOPLE_OF_STREET, a.street, a.n, &is_new);
        r->house = a.number;
    }
    people_address_read(raw->field[PEOPLE_STREET_NUMBER], &a);
    if (r->house == 0 && r->street != 0)
        r->house = a.number;
    r->phone = keep(s, PEOPLE_OF_PHONE, phone, people_phone(raw->field[PEOPLE_PHONE], phone), &is_new);
    r->municipality = keep_text(s, PEOPLE_OF_PLACE, raw->field[PEOPLE_MUNICIPALITY]);
    r->email = keep_text(s, PEOPLE_OF_EMAIL, raw->field[PEOPLE_EMAIL]);
    r->postcode = keep_text(s, PEOPLE_OF_OTHER, raw->field[PEOPLE_POSTCODE]);
    r->extra1 = keep_text(s, PEOPLE_OF_OTHER, raw->field[PEOPLE_EXTRA1]);
    r->extra2 = keep_text(s, PEOPLE_OF_OTHER, raw->field[PEOPLE_EXTRA2]);
    r->number = keep_text(s, PEOPLE_OF_OTHER, raw->field[PEOPLE_NUMBER]);
}

/* A state is kept by its one name, whatever its slip ("Maroco"). */
static uint32_t keep_birthplace(struct people_set *s, struct people_record *r, struct str typed)
{
    const struct str state = people_reference_state(s->reference, typed);

    r->flags |= state.n > 0 ? PEOPLE_PLACE_IS_STATE : 0;
    return keep_text(s, PEOPLE_OF_PLACE, state.n > 0 ? state : typed);
}

uint32_t people_set_add(struct people_set *s, const struct people_raw *raw)
{
    struct people_record r = {0};

    r.given = keep_name(s, raw->field[PEOPLE_GIVEN]);
    r.surname = keep_name(s, raw->field[PEOPLE_SURNAME]);
    r.birth = read_birth(raw->field[PEOPLE_BIRTH]);
    r.sex = read_sex(raw->field[PEOPLE_SEX]);
    r.birthplace = keep_birthplace(s, &r, raw->field[PEOPLE_BIRTHPLACE]);
    take_code(s, &r, raw);
    take_contacts(s, &r, raw);
    r.citizenship = keep_text(s, PEOPLE_OF_CITIZENSHIP, raw->field[PEOPLE_CITIZENSHIP]);
    r.origin = origin_of(s, &r, raw);
    r.source = keep_source(s, raw->source);
    uint32_t room = s->room;

    s->records = grown(s->mem, s->records, s->n, &s->room, sizeof *s->records);
    s->ids = grown(s->mem, s->ids, s->n, &room, sizeof *s->ids);
    s->records[s->n] = r;
    s->ids[s->n] = str_copy(s->mem, raw->id);
    return s->n++;
}

struct by_id {
    struct str id;
    uint32_t at;
};

static int compare_ids(const void *a, const void *b)
{
    return str_cmp(((const struct by_id *)a)->id, ((const struct by_id *)b)->id);
}

enum status people_set_seal(struct people_set *s, struct str *twice)
{
    struct by_id *order = ARENA_ARRAY(s->mem, struct by_id, s->n);
    struct people_record *records = ARENA_ARRAY(s->mem, struct people_record, s->n);

    for (uint32_t i = 0; i < s->n; i++)
        order[i] = (struct by_id){s->ids[i], i};
    qsort(order, s->n, sizeof *order, compare_ids);
    for (uint32_t i = 0; i < s->n; i++) {
        records[i] = s->records[order[i].at];
        s->ids[i] = order[i].id;
        if (i > 0 && str_eq(s->ids[i - 1], s->ids[i])) {
            *twice = s->ids[i];
            return ST_CONFLICT;
        }
    }
    s->records = records;
    s->room = s->n; /* a record added later moves them to a larger place */
    return ST_OK;
}

int64_t people_set_find(const struct people_set *s, struct str id)
{
    uint32_t low = 0, high = s->n;

    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        const int c = str_cmp(s->ids[mid], id);

        if (c == 0)
            return mid;
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return -1;
}

uint32_t people_set_count(const struct people_set *s)
{
    return s->n;
}

const struct people_record *people_set_record(const struct people_set *s, uint32_t i)
{
    return &s->records[i];
}

struct str people_set_id(const struct people_set *s, uint32_t i)
{
    return s->ids[i];
}

struct str people_set_source(const struct people_set *s, uint32_t i)
{
    return s->sources[s->records[i].source];
}

uint32_t people_set_n_values(const struct people_set *s, enum people_kind kind)
{
    return s->pools[kind].n;
}

const struct people_value *people_set_value(const struct people_set *s, enum people_kind kind, uint32_t id)
{
    return &s->pools[kind].values[id];
}

const struct people_name *people_set_name(const struct people_set *s, uint32_t id)
{
    return &s->names[id];
}

uint32_t people_set_group(const struct people_set *s, uint32_t id)
{
    return s->groups[id];
}

const struct people_code *people_set_code(const struct people_set *s, uint32_t tax)
{
    return &s->codes[tax];
}

int people_set_n_origins(const struct people_set *s)
{
    return s->n_origins;
}

struct str people_set_origin(const struct people_set *s, int origin)
{
    return s->origins[origin];
}

/* people_set.c - records as rows of small numbers, texts kept once. */
#include "people_set.h"
#include "base/date.h"
#include "base/sheet.h"
#include "people_pool.h"
#include "people_reference.h"
#include <stdlib.h>
#include <string.h>

const char *const people_field_name[PEOPLE_FIELDS] = {
    "given_name", "surname", "birth_date", "tax_code", "number", "sex", "birth_place", "citizenship",
    "address", "street_number", "municipality", "phone", "email", "postcode", "extra1", "extra2"};

/* What a typed state was found to be: looking for one slip in every name of a state is slow. */
struct known_state {
    char typed[31];
    uint8_t n; /* 0: free */
    struct str state;
};

enum { KNOWN_STATES = 4096, ID_BYTES = 1 << 16, SOURCE_SLOTS = 1 << 17 };

struct people_set {
    struct arena *mem;
    struct people_reference *reference;
    int latest_year;
    struct people_rows records;
    struct people_rows ids; /* each a pointer to its length and its bytes */
    char *id_bytes;
    size_t id_room;
    uint32_t n;
    struct people_pool pools[PEOPLE_KINDS];
    struct people_rows names, groups; /* of the values of PEOPLE_OF_NAME */
    struct people_rows codes;
    struct str origins[256];
    int n_origins;
    struct people_rows sources;
    uint32_t n_sources;
    uint32_t *source_slots; /* 0: free, else one more than its number */
    struct known_state *known;
};

static struct people_record *record_at(const struct people_set *s, uint32_t i)
{
    return people_row(&s->records, i);
}

static struct people_code *code_at(const struct people_set *s, uint32_t tax)
{
    return people_row(&s->codes, tax);
}

struct people_set *people_set_new(struct arena *mem, int latest_year)
{
    struct people_set *s = ARENA_NEW(mem, struct people_set);

    s->mem = mem;
    s->reference = people_reference_new(mem);
    s->latest_year = latest_year;
    s->records = people_rows_new(mem, sizeof(struct people_record));
    s->ids = people_rows_new(mem, sizeof(char *));
    for (int k = 0; k < PEOPLE_KINDS; k++)
        s->pools[k] = people_pool_new(mem);
    s->names = people_rows_new(mem, sizeof(struct people_name));
    s->groups = people_rows_new(mem, sizeof(uint32_t));
    s->codes = people_rows_new(mem, sizeof(struct people_code));
    people_rows_at(&s->names, 0);
    people_rows_at(&s->groups, 0);
    people_rows_at(&s->codes, 0);
    s->sources = people_rows_new(mem, sizeof(struct str));
    s->n_origins = 1;
    return s;
}

void people_set_use_places(struct people_set *s, const struct people_places *places)
{
    people_reference_use(s->reference, places);
}

static uint32_t keep_text(struct people_set *s, enum people_kind kind, struct str typed)
{
    char f[PEOPLE_NAME_MAX];
    bool is_new;

    return people_pool_keep(&s->pools[kind], f, people_fold(typed, PEOPLE_UKRAINIAN, f, sizeof f), &is_new);
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
    const uint32_t id = people_pool_keep(&s->pools[PEOPLE_OF_NAME], words, n, &is_new);

    if (is_new) {
        *(struct people_name *)people_rows_at(&s->names, id) = name;
        *(uint32_t *)people_rows_at(&s->groups, id) = people_reference_group(s->reference, &name);
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
static unsigned disagreements(const struct people_set *s, const struct people_record *r, const struct people_cf *cf, bool is_elsewhere)
{
    unsigned d = is_elsewhere ? PEOPLE_CF_NOT_PLACE : 0;
    char three[3];

    if (r->surname != 0) {
        const struct people_name *n = people_set_name(s, r->surname);

        people_cf_surname(n->joined, n->n, three);
        d |= memcmp(three, cf->base, 3) != 0 ? PEOPLE_CF_NOT_SURNAME : 0;
    }
    if (r->given != 0) {
        const struct people_name *n = people_set_name(s, r->given);

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

/* The day of birth that the code and the record say together: the record's century, when it is that day of another. */
static int day_of_birth(const struct people_record *r, const struct people_cf *cf)
{
    const int year = (int)(r->birth / 10000), in_code = cf->year;

    if (!cf->has_birth)
        return DAY_NONE;
    return day_from_ymd(year > 0 && year % 100 == in_code % 100 ? year : in_code, cf->month, cf->day);
}

static void take_code(struct people_set *s, struct people_record *r, const struct people_raw *raw, const struct people_birthplace *typed)
{
    const int64_t entered = day_parse(raw->entered) == DAY_NONE ? s->latest_year : day_to_ymd(day_parse(raw->entered)).year;
    struct people_cf cf;
    bool is_new;

    people_cf_read(raw->field[PEOPLE_TAX], (int)entered, &cf);
    if (cf.state == PEOPLE_CF_NONE)
        return;
    bool was_then = true;
    const struct people_birthplace place = cf.state == PEOPLE_CF_VALID
                                               ? people_reference_of_code(s->reference, cf.belfiore, day_of_birth(r, &cf),
                                                                          raw->field[PEOPLE_CITIZENSHIP], &was_then)
                                               : (struct people_birthplace){.is_known = false};
    const bool is_elsewhere = people_reference_differ(s->reference, typed, &place);

    if (people_cf_is_of_another(disagreements(s, r, &cf, is_elsewhere))) {
        r->flags |= PEOPLE_CODE_OF_ANOTHER;
        return;
    }
    r->flags |= is_elsewhere ? PEOPLE_PLACE_NOT_OF_CODE : 0;
    r->flags |= was_then ? 0 : PEOPLE_PLACE_NOT_THEN;
    const char text[] = {cf.base[0], cf.base[1], cf.base[2],  cf.base[3],  cf.base[4],  cf.base[5],  cf.base[6],  cf.base[7],
                         cf.base[8], cf.base[9], cf.base[10], cf.base[11], cf.base[12], cf.base[13], cf.base[14], (char)('0' + cf.state)};

    r->tax = people_pool_keep(&s->pools[PEOPLE_OF_TAX], text, sizeof text, &is_new);
    if (is_new) {
        struct people_code *code = people_rows_at(&s->codes, r->tax);

        memcpy(code->base, cf.base, sizeof cf.base);
        code->n = cf.n;
        code->is_valid = cf.state == PEOPLE_CF_VALID;
        code->is_cut = cf.state == PEOPLE_CF_CUT;
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
        r->birthplace = keep_text(s, PEOPLE_OF_PLACE, place.name);
        r->flags |= r->birthplace != 0 ? PEOPLE_PLACE_DERIVED : 0;
        r->flags |= cf.belfiore[0] == 'Z' ? PEOPLE_PLACE_IS_STATE : 0;
    }
}

static struct str state_of(struct people_set *s, struct str typed)
{
    if (typed.n == 0 || typed.n > sizeof s->known->typed)
        return people_reference_state(s->reference, typed);
    if (s->known == NULL)
        s->known = ARENA_ARRAY(s->mem, struct known_state, KNOWN_STATES);
    struct known_state *k = &s->known[people_hash(typed.p, typed.n) & (KNOWN_STATES - 1)];

    if (k->n != typed.n || memcmp(k->typed, typed.p, typed.n) != 0) {
        k->state = people_reference_state(s->reference, typed);
        k->n = (uint8_t)typed.n;
        memcpy(k->typed, typed.p, typed.n);
    }
    return k->state;
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
static uint16_t origin_of(struct people_set *s, const struct people_record *r, const struct people_raw *raw, const struct people_birthplace *typed)
{
    struct str state = state_of(s, raw->field[PEOPLE_CITIZENSHIP]);

    if (state.n == 0 && r->tax != 0 && code_at(s, r->tax)->n == 15 && code_at(s, r->tax)->base[11] == 'Z') {
        char code[5] = {0};

        memcpy(code, code_at(s, r->tax)->base + 11, 4);
        bool was_then;

        state = people_reference_of_code(s->reference, code, DAY_NONE, raw->field[PEOPLE_CITIZENSHIP], &was_then).name;
    }
    return keep_origin(s, state.n == 0 && typed->is_state ? typed->name : state);
}

static struct str source_at(const struct people_set *s, uint32_t i)
{
    return *(const struct str *)people_row(&s->sources, i);
}

static uint16_t keep_source(struct people_set *s, struct str name)
{
    if (s->source_slots == NULL)
        s->source_slots = ARENA_ARRAY(s->mem, uint32_t, SOURCE_SLOTS);
    uint32_t at = (uint32_t)people_hash(name.p, name.n) & (SOURCE_SLOTS - 1);

    for (; s->source_slots[at] != 0; at = (at + 1) & (SOURCE_SLOTS - 1))
        if (str_eq(source_at(s, s->source_slots[at] - 1), name))
            return (uint16_t)(s->source_slots[at] - 1);
    if (s->n_sources == UINT16_MAX)
        return 0;
    *(struct str *)people_rows_at(&s->sources, s->n_sources) = str_copy(s->mem, name);
    s->source_slots[at] = ++s->n_sources;
    return (uint16_t)(s->n_sources - 1);
}

static void take_contacts(struct people_set *s, struct people_record *r, const struct people_raw *raw)
{
    struct people_address a;
    char phone[16], room[PEOPLE_TEXT_MAX];
    bool is_new;

    people_address_read(raw->field[PEOPLE_ADDRESS], &a);
    if (!a.is_fictitious && a.n > 0) {
        r->street = people_pool_keep(&s->pools[PEOPLE_OF_STREET], a.street, a.n, &is_new);
        r->house = a.number;
    }
    people_address_read(raw->field[PEOPLE_STREET_NUMBER], &a);
    if (r->house == 0 && r->street != 0)
        r->house = a.number;
    r->phone = people_pool_keep(&s->pools[PEOPLE_OF_PHONE], phone, people_phone(raw->field[PEOPLE_PHONE], phone), &is_new);
    r->municipality = keep_text(s, PEOPLE_OF_PLACE, people_reference_municipality(s->reference, raw->field[PEOPLE_MUNICIPALITY], room));
    r->email = keep_text(s, PEOPLE_OF_EMAIL, raw->field[PEOPLE_EMAIL]);
    r->postcode = keep_text(s, PEOPLE_OF_OTHER, raw->field[PEOPLE_POSTCODE]);
    r->extra1 = keep_text(s, PEOPLE_OF_OTHER, raw->field[PEOPLE_EXTRA1]);
    r->extra2 = keep_text(s, PEOPLE_OF_OTHER, raw->field[PEOPLE_EXTRA2]);
    r->number = keep_text(s, PEOPLE_OF_OTHER, raw->field[PEOPLE_NUMBER]);
}

/* Identifiers stand close together: four million of them, each aligned for any type, would be twice as much. */
static const char *keep_id(struct people_set *s, struct str id)
{
    const uint32_t n = (uint32_t)id.n;

    if (s->id_room < sizeof n + id.n) {
        s->id_room = s->n < 64 ? 1024 : ID_BYTES;
        s->id_room = s->id_room < sizeof n + id.n ? sizeof n + id.n : s->id_room;
        s->id_bytes = arena_alloc(s->mem, s->id_room);
    }
    char *p = s->id_bytes;

    memcpy(p, &n, sizeof n);
    if (n > 0)
        memcpy(p + sizeof n, id.p, n);
    s->id_bytes += sizeof n + id.n;
    s->id_room -= sizeof n + id.n;
    return p;
}

uint32_t people_set_add(struct people_set *s, const struct people_raw *raw)
{
    struct people_record r = {0};
    char typed[PEOPLE_TEXT_MAX];
    const struct people_birthplace born =
        people_reference_birthplace(s->reference, raw->field[PEOPLE_BIRTHPLACE], raw->field[PEOPLE_CITIZENSHIP], typed);

    r.given = keep_name(s, raw->field[PEOPLE_GIVEN]);
    r.surname = keep_name(s, raw->field[PEOPLE_SURNAME]);
    r.birth = read_birth(raw->field[PEOPLE_BIRTH]);
    r.sex = read_sex(raw->field[PEOPLE_SEX]);
    r.birthplace = keep_text(s, PEOPLE_OF_PLACE, born.name);
    r.flags = born.is_state ? PEOPLE_PLACE_IS_STATE : 0;
    take_code(s, &r, raw, &born);
    take_contacts(s, &r, raw);
    r.citizenship = keep_text(s, PEOPLE_OF_CITIZENSHIP, raw->field[PEOPLE_CITIZENSHIP]);
    r.origin = origin_of(s, &r, raw, &born);
    r.source = keep_source(s, raw->source);
    *(struct people_record *)people_rows_at(&s->records, s->n) = r;
    *(const char **)people_rows_at(&s->ids, s->n) = keep_id(s, raw->id);
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

static bool is_in_order(const struct people_set *s)
{
    for (uint32_t i = 1; i < s->n; i++)
        if (str_cmp(people_set_id(s, i - 1), people_set_id(s, i)) >= 0)
            return false;
    return true;
}

/* Record and identifier i come from place from[i]: round each ring of places, so that no copy of all is wanted. */
static void put_in_order(struct people_set *s, struct by_id *from)
{
    for (uint32_t start = 0; start < s->n; start++) {
        const struct people_record r = *record_at(s, start);
        const char *id = *(const char **)people_row(&s->ids, start);
        uint32_t at = start;

        for (uint32_t next; (next = from[at].at) != start && next != UINT32_MAX; at = next) {
            *record_at(s, at) = *record_at(s, next);
            *(const char **)people_row(&s->ids, at) = *(const char **)people_row(&s->ids, next);
            from[at].at = UINT32_MAX;
        }
        if (at == start)
            continue;
        *record_at(s, at) = r;
        *(const char **)people_row(&s->ids, at) = id;
        from[at].at = UINT32_MAX;
    }
}

enum status people_set_seal(struct people_set *s, struct str *twice)
{
    if (is_in_order(s))
        return ST_OK;
    struct arena *own = arena_new(0);
    struct by_id *order = ARENA_ARRAY(own, struct by_id, s->n);
    enum status st = ST_OK;

    for (uint32_t i = 0; i < s->n; i++)
        order[i] = (struct by_id){people_set_id(s, i), i};
    qsort(order, s->n, sizeof *order, compare_ids);
    for (uint32_t i = 1; i < s->n && st == ST_OK; i++)
        if (str_eq(order[i - 1].id, order[i].id)) {
            *twice = order[i].id;
            st = ST_CONFLICT;
        }
    if (st == ST_OK)
        put_in_order(s, order);
    arena_free(own);
    return st;
}

int64_t people_set_find(const struct people_set *s, struct str id)
{
    uint32_t low = 0, high = s->n;

    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        const int c = str_cmp(people_set_id(s, mid), id);

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
    return record_at(s, i);
}

struct str people_set_id(const struct people_set *s, uint32_t i)
{
    const char *p = *(const char **)people_row(&s->ids, i);
    uint32_t n;

    memcpy(&n, p, sizeof n);
    return (struct str){p + sizeof n, n};
}

struct str people_set_place_in_code(const struct people_set *s, uint32_t i)
{
    const struct people_record *r = record_at(s, i);
    char code[5] = {0};

    if (r->tax == 0 || code_at(s, r->tax)->n != 15)
        return (struct str){"", 0};
    memcpy(code, code_at(s, r->tax)->base + 11, 4);
    return people_reference_name(s->reference, code, day_from_ymd((int)(r->birth / 10000), (int)(r->birth / 100 % 100), (int)(r->birth % 100)));
}

struct str people_set_source(const struct people_set *s, uint32_t i)
{
    return source_at(s, record_at(s, i)->source);
}

uint32_t people_set_n_values(const struct people_set *s, enum people_kind kind)
{
    return s->pools[kind].n;
}

const struct people_value *people_set_value(const struct people_set *s, enum people_kind kind, uint32_t id)
{
    return people_pool_at(&s->pools[kind], id);
}

const struct people_name *people_set_name(const struct people_set *s, uint32_t id)
{
    return people_row(&s->names, id);
}

uint32_t people_set_group(const struct people_set *s, uint32_t id)
{
    return *(const uint32_t *)people_row(&s->groups, id);
}

const struct people_code *people_set_code(const struct people_set *s, uint32_t tax)
{
    return code_at(s, tax);
}

int people_set_n_origins(const struct people_set *s)
{
    return s->n_origins;
}

struct str people_set_origin(const struct people_set *s, int origin)
{
    return s->origins[origin];
}

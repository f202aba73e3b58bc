/* catalogue_pack.c - parts of a service and of a place, in one text and out of it. */
#include "catalogue_pack.h"

enum { MOST_CELLS = 12, NUMBER_LEN = 24 };

static struct str number(struct buf *b, int64_t v)
{
    b->n = 0;
    buf_int(b, v);
    return str_copy(b->mem, buf_view(b));
}

static int64_t number_of(struct str s)
{
    int64_t v = 0;

    return s.n > 0 && str_to_int(s, &v) ? v : 0;
}

/* ---- in ---- */

static void pack_schedules(struct buf *b, const struct schedule *x, int n)
{
    for (int i = 0; i < n; i++)
        parts_put_line(b, 'H',
                       (const struct str[]){x[i].uuid, catalogue_rule_text(b->mem, &x[i].rule),
                                            x[i].description, x[i].notes, x[i].link, x[i].attending_type},
                       6);
}

static void pack_languages(struct buf *b, const struct language *x, int n)
{
    for (int i = 0; i < n; i++)
        parts_put_line(b, 'L', (const struct str[]){x[i].uuid, x[i].code, x[i].name, x[i].note}, 4);
}

static void pack_access(struct buf *b, const struct access *x, int n)
{
    struct buf t = buf_new(b->mem, NUMBER_LEN);

    for (int i = 0; i < n; i++)
        parts_put_line(b, 'X',
                       (const struct str[]){x[i].uuid, number(&t, x[i].bits), x[i].description, x[i].details,
                                            x[i].url},
                       5);
}

static void pack_addresses(struct buf *b, const struct address *x, int n)
{
    for (int i = 0; i < n; i++)
        parts_put_line(b, 'G',
                       (const struct str[]){x[i].uuid, x[i].type, x[i].attention, x[i].address_1,
                                            x[i].address_2, x[i].city, x[i].region, x[i].state_province,
                                            x[i].postal_code, x[i].country},
                       10);
}

void catalogue_pack_service(struct buf *parts, struct buf *more, const struct service *s)
{
    struct buf t = buf_new(parts->mem, NUMBER_LEN);
    const struct parts phones = {.phones = s->parts.phones, .n_phones = s->parts.n_phones};
    struct parts others = s->parts;

    for (int i = 0; i < s->n_areas; i++) {
        const struct served_area *x = &s->areas[i];

        parts_put_line(parts, 'S',
                       (const struct str[]){x->uuid, number(&t, x->area_id), x->name, x->description,
                                            x->extent, x->extent_type, x->uri},
                       7);
    }
    pack_languages(parts, s->languages, s->n_languages);
    pack_access(parts, s->access, s->n_access);
    pack_schedules(parts, s->schedules, s->n_schedules);
    parts_pack(parts, &phones);
    for (int i = 0; i < s->n_documents; i++)
        parts_put_line(more, 'D',
                       (const struct str[]){s->documents[i].uuid, s->documents[i].document, s->documents[i].uri}, 3);
    for (int i = 0; i < s->n_costs; i++) {
        const struct cost_option *x = &s->costs[i];

        parts_put_line(more, 'C',
                       (const struct str[]){x->uuid, x->option, x->currency, x->amount_description,
                                            x->has_amount ? number(&t, x->amount_cents) : STR(""),
                                            x->from == DAY_NONE ? STR("") : number(&t, x->from),
                                            x->to == DAY_NONE ? STR("") : number(&t, x->to)},
                       7);
    }
    others.n_phones = 0;
    parts_pack(more, &others);
}

void catalogue_pack_location(struct buf *b, const struct location *l, bool with_addresses)
{
    if (with_addresses)
        pack_addresses(b, l->addresses, l->n_addresses);
    pack_languages(b, l->languages, l->n_languages);
    pack_access(b, l->access, l->n_access);
    pack_schedules(b, l->schedules, l->n_schedules);
    parts_pack(b, &l->parts);
}

void catalogue_pack_at(struct buf *b, const struct service_at *at)
{
    pack_schedules(b, at->schedules, at->n_schedules);
    parts_pack(b, &at->parts);
}

void catalogue_pack_secret(struct buf *b, const struct location *l)
{
    const struct str point =
        l->has_point ? str_fmt(b->mem, "%.6f %.6f", l->lat, l->lon) : STR("");

    parts_put_line(b, 'Z',
                   (const struct str[]){l->name, l->alternate_name, l->description, l->transportation, l->url,
                                        l->external_identifier, l->external_identifier_type, point},
                   8);
    pack_addresses(b, l->addresses, l->n_addresses);
}

/* ---- out ---- */

struct counts {
    int h, l, x, c, d, s, g;
};

static struct counts count(struct str packed)
{
    struct counts n = {0};

    while (packed.n > 0) {
        const struct str line = str_cut(&packed, '\n');

        switch (line.n > 0 ? line.p[0] : '\0') {
        case 'H': n.h++; break;
        case 'L': n.l++; break;
        case 'X': n.x++; break;
        case 'C': n.c++; break;
        case 'D': n.d++; break;
        case 'S': n.s++; break;
        case 'G': n.g++; break;
        default: break;
        }
    }
    return n;
}

#define ID(letter, n) parts_uuid(mem, x[0], owner, letter, n)

static void take_schedule(struct arena *mem, const struct str *x, struct str owner, struct schedule *to, int n)
{
    to[n] = (struct schedule){ID('H', n), x[2], x[3], x[4], x[5], catalogue_rule_usual()};
    catalogue_rule_read(x[1], &to[n].rule);
}

static void take_access(struct arena *mem, const struct str *x, struct str owner, struct access *to, int n)
{
    to[n] = (struct access){ID('X', n), x[2], x[3], x[4], (int)number_of(x[1])};
}

static void take_language(struct arena *mem, const struct str *x, struct str owner, struct language *to, int n)
{
    to[n] = (struct language){ID('L', n), x[1], x[2], x[3]};
}

static void take_cost(struct arena *mem, const struct str *x, struct str owner, struct cost_option *to, int n)
{
    to[n] = (struct cost_option){ID('C', n),
                                 x[1],
                                 x[2],
                                 x[3],
                                 x[4].n > 0,
                                 number_of(x[4]),
                                 x[5].n > 0 ? (int)number_of(x[5]) : DAY_NONE,
                                 x[6].n > 0 ? (int)number_of(x[6]) : DAY_NONE};
}

static void take_of_service(struct arena *mem, char letter, const struct str *x, struct str owner, struct service *s)
{
    switch (letter) {
    case 'S':
        s->areas[s->n_areas] =
            (struct served_area){ID('S', s->n_areas), x[2], x[3], x[4], x[5], x[6], number_of(x[1])};
        s->n_areas++;
        break;
    case 'L': take_language(mem, x, owner, s->languages, s->n_languages++); break;
    case 'X': take_access(mem, x, owner, s->access, s->n_access++); break;
    case 'H': take_schedule(mem, x, owner, s->schedules, s->n_schedules++); break;
    case 'D':
        s->documents[s->n_documents] = (struct document){ID('D', s->n_documents), x[1], x[2]};
        s->n_documents++;
        break;
    case 'C': take_cost(mem, x, owner, s->costs, s->n_costs++); break;
    default: break;
    }
}

void catalogue_unpack_service(struct arena *mem, struct str parts, struct str more, struct str owner,
                              struct service *s)
{
    const struct counts n = count(parts), m = count(more);
    struct str cells[MOST_CELLS];
    struct parts phones;
    char letter;

    parts_unpack(mem, parts, owner, &phones);
    parts_unpack(mem, more, owner, &s->parts);
    s->parts.phones = phones.phones;
    s->parts.n_phones = phones.n_phones;
    s->areas = ARENA_ARRAY(mem, struct served_area, (size_t)n.s);
    s->languages = ARENA_ARRAY(mem, struct language, (size_t)n.l);
    s->access = ARENA_ARRAY(mem, struct access, (size_t)n.x);
    s->schedules = ARENA_ARRAY(mem, struct schedule, (size_t)n.h);
    s->documents = ARENA_ARRAY(mem, struct document, (size_t)m.d);
    s->costs = ARENA_ARRAY(mem, struct cost_option, (size_t)m.c);
    while (parts_next_line(mem, &parts, &letter, cells, MOST_CELLS))
        take_of_service(mem, letter, cells, owner, s);
    while (parts_next_line(mem, &more, &letter, cells, MOST_CELLS))
        take_of_service(mem, letter, cells, owner, s);
}

void catalogue_unpack_location(struct arena *mem, struct str parts, struct str owner, struct location *l)
{
    const struct counts n = count(parts);
    struct str x[MOST_CELLS];
    char letter;

    parts_unpack(mem, parts, owner, &l->parts);
    l->addresses = ARENA_ARRAY(mem, struct address, (size_t)n.g);
    l->languages = ARENA_ARRAY(mem, struct language, (size_t)n.l);
    l->access = ARENA_ARRAY(mem, struct access, (size_t)n.x);
    l->schedules = ARENA_ARRAY(mem, struct schedule, (size_t)n.h);
    while (parts_next_line(mem, &parts, &letter, x, MOST_CELLS))
        switch (letter) {
        case 'G':
            l->addresses[l->n_addresses] = (struct address){ID('G', l->n_addresses), x[1], x[2], x[3], x[4],
                                                            x[5], x[6], x[7], x[8], x[9]};
            l->n_addresses++;
            break;
        case 'L': take_language(mem, x, owner, l->languages, l->n_languages++); break;
        case 'X':
            take_access(mem, x, owner, l->access, l->n_access);
            l->access_bits |= l->access[l->n_access++].bits;
            break;
        case 'H': take_schedule(mem, x, owner, l->schedules, l->n_schedules++); break;
        default: break;
        }
}

void catalogue_unpack_at(struct arena *mem, struct str parts, struct str owner, struct service_at *at)
{
    struct str cells[MOST_CELLS];
    char letter;

    if (parts.n == 0)
        return;
    at->schedules = ARENA_ARRAY(mem, struct schedule, (size_t)count(parts).h);
    parts_unpack(mem, parts, owner, &at->parts);
    while (parts_next_line(mem, &parts, &letter, cells, MOST_CELLS))
        if (letter == 'H')
            take_schedule(mem, cells, owner, at->schedules, at->n_schedules++);
}

/* parts.c - what hangs on an organisation, a service or a place, in one text and out of it. */
#include "core/bodies/parts.h"
#include "base/digest.h"
#include <string.h>

/* ---- lines ---- */

static void put_cell(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '\t':
            buf_z(b, "\\t");
            break;
        case '\n':
            buf_z(b, "\\n");
            break;
        case '\r':
            buf_z(b, "\\r");
            break;
        case '\\':
            buf_z(b, "\\\\");
            break;
        default:
            buf_char(b, s.p[i]);
        }
}

void parts_put_line(struct buf *b, char letter, const struct str *cells, int n_cells)
{
    while (n_cells > 0 && cells[n_cells - 1].n == 0)
        n_cells--;
    buf_char(b, letter);
    for (int i = 0; i < n_cells; i++) {
        buf_char(b, '\t');
        put_cell(b, cells[i]);
    }
    buf_char(b, '\n');
}

static struct str read_cell(struct arena *mem, struct str s)
{
    if (str_index(s, '\\') < 0)
        return s;
    struct buf b = buf_new(mem, s.n + 1);

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '\\' || i + 1 == s.n) {
            buf_char(&b, s.p[i]);
            continue;
        }
        const char c = s.p[++i];

        buf_char(&b, c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c);
    }
    return buf_view(&b);
}

bool parts_next_line(struct arena *mem, struct str *rest, char *letter, struct str *cells,
                     int n_cells)
{
    while (rest->n > 0) {
        struct str line = str_cut(rest, '\n');

        if (line.n == 0)
            continue;
        *letter = line.p[0];
        line = str_from(line, 2);
        for (int i = 0; i < n_cells; i++)
            cells[i] = line.n > 0 ? read_cell(mem, str_cut(&line, '\t')) : STR("");
        return true;
    }
    return false;
}

struct str parts_uuid(struct arena *mem, struct str own, struct str owner_uuid, char letter, int n)
{
    char name[16];

    if (own.n > 0 || owner_uuid.n == 0)
        return own;
    name[0] = letter;
    memcpy(name + 1, &n, sizeof n);
    return uuid_derive(mem, owner_uuid, (struct str){name, 1 + sizeof n});
}

/* ---- the parts of everybody ---- */

enum { MOST_CELLS = 8 };

void parts_pack(struct buf *b, const struct parts *p)
{
    for (int i = 0; i < p->n_phones; i++) {
        const struct phone *x = &p->phones[i];

        parts_put_line(b, 'P',
                       (const struct str[]){x->uuid, x->number, x->extension, x->type,
                                            x->description, x->languages},
                       6);
    }
    for (int i = 0; i < p->n_contacts; i++) {
        const struct contact *x = &p->contacts[i];

        parts_put_line(
            b, 'K', (const struct str[]){x->uuid, x->role, x->department, x->email, x->phone}, 5);
    }
    for (int i = 0; i < p->n_attributes; i++) {
        const struct attribute *x = &p->attributes[i];

        parts_put_line(b, 'A',
                       (const struct str[]){x->uuid, x->taxonomy, x->code, x->name, x->term_uuid,
                                            x->link_type, x->link_entity, x->value},
                       8);
    }
    for (int i = 0; i < p->n_funding; i++)
        parts_put_line(b, 'F', (const struct str[]){p->funding[i].uuid, p->funding[i].source}, 2);
    for (int i = 0; i < p->n_identifiers; i++) {
        const struct identifier *x = &p->identifiers[i];

        parts_put_line(b, 'I', (const struct str[]){x->uuid, x->scheme, x->type, x->identifier}, 4);
    }
    for (int i = 0; i < p->n_programs; i++) {
        const struct program *x = &p->programs[i];

        parts_put_line(
            b, 'R', (const struct str[]){x->uuid, x->name, x->alternate_name, x->description}, 4);
    }
}

static void count(struct str packed, struct parts *n)
{
    while (packed.n > 0) {
        const struct str line = str_cut(&packed, '\n');

        switch (line.n > 0 ? line.p[0] : '\0') {
        case 'P':
            n->n_phones++;
            break;
        case 'K':
            n->n_contacts++;
            break;
        case 'A':
            n->n_attributes++;
            break;
        case 'F':
            n->n_funding++;
            break;
        case 'I':
            n->n_identifiers++;
            break;
        case 'R':
            n->n_programs++;
            break;
        default:
            break;
        }
    }
}

static void take(struct arena *mem, char letter, const struct str *x, struct str owner,
                 struct parts *p)
{
    switch (letter) {
    case 'P':
        p->phones[p->n_phones] = (struct phone){
            parts_uuid(mem, x[0], owner, letter, p->n_phones), x[1], x[2], x[3], x[4], x[5]};
        p->n_phones++;
        break;
    case 'K':
        p->contacts[p->n_contacts] = (struct contact){
            parts_uuid(mem, x[0], owner, letter, p->n_contacts), x[1], x[2], x[3], x[4]};
        p->n_contacts++;
        break;
    case 'A':
        p->attributes[p->n_attributes] =
            (struct attribute){parts_uuid(mem, x[0], owner, letter, p->n_attributes),
                               x[1],
                               x[2],
                               x[3],
                               x[4],
                               x[5],
                               x[6],
                               x[7]};
        p->n_attributes++;
        break;
    case 'F':
        p->funding[p->n_funding] =
            (struct funding){parts_uuid(mem, x[0], owner, letter, p->n_funding), x[1]};
        p->n_funding++;
        break;
    case 'I':
        p->identifiers[p->n_identifiers] = (struct identifier){
            parts_uuid(mem, x[0], owner, letter, p->n_identifiers), x[1], x[2], x[3]};
        p->n_identifiers++;
        break;
    case 'R':
        p->programs[p->n_programs] =
            (struct program){parts_uuid(mem, x[0], owner, letter, p->n_programs), x[1], x[2], x[3]};
        p->n_programs++;
        break;
    default:
        break;
    }
}

void parts_unpack(struct arena *mem, struct str packed, struct str owner_uuid, struct parts *out)
{
    struct str cells[MOST_CELLS];
    struct parts n = {0};
    char letter;

    *out = (struct parts){0};
    if (packed.n == 0)
        return;
    count(packed, &n);
    out->phones = ARENA_ARRAY(mem, struct phone, (size_t)n.n_phones);
    out->contacts = ARENA_ARRAY(mem, struct contact, (size_t)n.n_contacts);
    out->attributes = ARENA_ARRAY(mem, struct attribute, (size_t)n.n_attributes);
    out->funding = ARENA_ARRAY(mem, struct funding, (size_t)n.n_funding);
    out->identifiers = ARENA_ARRAY(mem, struct identifier, (size_t)n.n_identifiers);
    out->programs = ARENA_ARRAY(mem, struct program, (size_t)n.n_programs);
    while (parts_next_line(mem, &packed, &letter, cells, MOST_CELLS))
        take(mem, letter, cells, owner_uuid, out);
}

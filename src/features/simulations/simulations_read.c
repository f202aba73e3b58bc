/* simulations_read.c - a population from an anonymised CSV, one row a person. */
#include "base/csv.h"
#include "base/macros.h"
#include "base/map.h"
#include "base/sheet.h"
#include "simulations_private.h"
#include <stdlib.h>
#include <string.h>

enum { OLD_AT = 65, ADULT_AT = 18, MOST_ROWS = 4000000 };

struct reading {
    struct simulations_population *out;
    struct arena *mem;
    int64_t **columns; /* by fact; NULL: no such column */
    uint8_t **known;
    int *place_of_cell; /* of the facts, among the cells; -1 */
    int nucleo, comune;
    int64_t room, n_members, n_households;
    size_t n_bytes; /* of the file */
    int64_t *first;
    int32_t *place;
    struct str last; /* of the household being read */
    struct str *ids; /* of the households */
    struct map places, codes;
    struct str *names, *istat, *zones;
    int n_names, n_zones;
    int32_t *zone_of;
    struct sheet comuni;
    struct map zone_of_code, zone_names;
    bool is_begun, is_exact;
    struct simulations_trouble *why;
};

static bool wrong(struct reading *r, int64_t line, const char *key, struct str value)
{
    *r->why = (struct simulations_trouble){line, key, str_copy(r->out->own, value)};
    return false;
}

/* What an anonymised file does not have. */
static bool is_personal(struct arena *mem, struct str name)
{
    static const char *const parts[] = {"nome",   "cognome", "codice fiscale", "cf",    "nascita", "nato",    "nata",
                                        "indirizzo", "via",  "telefono",       "email", "mail",    "cellulare", "residenza via"};
    const struct str folded = str_fold(mem, name);
    struct str rest = folded;

    for (int i = 0; i < ARRAY_LEN(parts); i++)
        if (str_eq_z(folded, parts[i]))
            return true;
    while (rest.n > 0) {
        const struct str word = str_cut(&rest, ' ');

        for (int i = 0; i < ARRAY_LEN(parts); i++)
            if (str_eq_z(word, parts[i]))
                return true;
    }
    return false;
}

/* Six letters, two digits, a letter...: nobody's number for a household. */
static bool is_tax_code(struct str s)
{
    static const char shape[] = "LLLLLLddLddLdddL";

    if (s.n != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        const char c = (char)(s.p[i] & ~0x20);
        const bool is_letter = c >= 'A' && c <= 'Z';

        if (shape[i] == 'L' ? !is_letter : (s.p[i] < '0' || s.p[i] > '9') && !is_letter)
            return false;
    }
    return true;
}

static bool begin(struct reading *r, const struct csv_row *row)
{
    const struct rules_facts *const f = r->out->facts;
    const int n = rules_n_facts(f);
    int64_t n_columns = 0;

    r->is_begun = true;
    r->nucleo = csv_column(row, "nucleo");
    r->comune = csv_column(row, "comune");
    n_columns += (r->nucleo >= 0) + (r->comune >= 0);
    for (int i = 0; i < n; i++) {
        r->place_of_cell[i] = csv_column(row, str_z(r->mem, rules_fact_at(f, i)->name));
        n_columns += r->place_of_cell[i] >= 0;
    }
    /* each cell has a byte at least: empty lines below a row of all names would ask for gigabytes */
    if (n_columns > 0 && r->room > (int64_t)r->n_bytes / n_columns + 1)
        r->room = (int64_t)r->n_bytes / n_columns + 1;
    for (int i = 0; i < n; i++) {
        if (r->place_of_cell[i] < 0)
            continue;
        r->columns[i] = arena_array(r->out->own, (size_t)r->room + 1, sizeof **r->columns);
        r->known[i] = arena_alloc(r->out->own, (size_t)r->room + 1);
    }
    return true;
}

static int32_t zone_of(struct reading *r, struct str istat)
{
    const int at = istat.n > 0 ? map_get(&r->zone_of_code, istat) : -1;

    if (at >= 0)
        return at;
    const int none = map_add(&r->zone_names, STR(""), r->n_zones);

    if (none == r->n_zones)
        r->zones[r->n_zones++] = STR("");
    return none;
}

/* By name or ISTAT code; an unknown one stands under its own name. */
static int32_t place_of(struct reading *r, struct str cell)
{
    int at = map_get(&r->places, cell);

    if (at >= 0)
        return at;
    const int row = cell.n > 0 ? map_get(&r->codes, str_fold(r->mem, cell)) : -1;
    const struct str name = row >= 0 ? sheet_cell(&r->comuni, row, "name") : cell;
    const struct str istat = row >= 0 ? sheet_cell(&r->comuni, row, "istat") : STR("");
    const struct str own = str_copy(r->out->own, cell);

    for (at = 0; at < r->n_names; at++) /* the same comune, once by name and once by code */
        if (str_eq(r->names[at], name) && str_eq(r->istat[at], istat))
            break;
    if (at == r->n_names) {
        r->names[at] = str_copy(r->out->own, name);
        r->istat[at] = str_copy(r->out->own, istat);
        r->zone_of[at] = zone_of(r, istat);
        r->n_names++;
    }
    map_set(&r->places, own, at);
    return at;
}

enum { MOST_PLACES = 1500 };

static struct str cell_of(const struct csv_row *row, int i)
{
    return i >= 0 && i < row->n_cells ? row->cells[i] : STR("");
}

static bool begin_household(struct reading *r, const struct csv_row *row, struct str id)
{
    const struct str comune = cell_of(row, r->comune);

    if (id.n == 0)
        return wrong(r, row->line, "simulations.csv-nucleo", id);
    if (is_tax_code(id))
        return wrong(r, row->line, "simulations.csv-personal", STR("nucleo"));
    if (r->n_names >= MOST_PLACES)
        return wrong(r, row->line, "simulations.csv-places", comune);
    r->last = r->ids[r->n_households] = str_copy(r->mem, id);
    r->first[r->n_households] = r->n_members;
    r->place[r->n_households++] = place_of(r, comune);
    return true;
}

static bool take_fact(struct reading *r, const struct csv_row *row, int i, bool is_first)
{
    const struct rules_fact *const a = rules_fact_at(r->out->facts, i);
    struct str cell = cell_of(row, r->place_of_cell[i]);
    const int64_t at = a->is_of_member ? r->n_members : r->n_households - 1;
    const bool is_guess = cell.n > 0 && *cell.p == '~';

    if (cell.n == 0 || (!a->is_of_member && !is_first))
        return true;
    if (is_guess)
        cell = str_trim(str_from(cell, 1));
    if (!simulations_value(a, cell, &r->columns[i][at]))
        return wrong(r, row->line, "simulations.csv-value",
                     str_fmt(r->mem, "%.*s, %.*s", (int)a->name.n, a->name.p, (int)cell.n, cell.p));
    r->known[i][at] = is_guess ? RULES_ESTIMATE : RULES_CERTAIN;
    return true;
}

static bool take_row(void *arg, const struct csv_row *row)
{
    struct reading *const r = arg;

    if (!r->is_begun && !begin(r, row))
        return false;
    if (row->wrong != NULL)
        return wrong(r, row->line, row->wrong, STR(""));
    const struct str id = r->nucleo >= 0 ? cell_of(row, r->nucleo) : str_fmt(r->mem, "%lld", (long long)row->line);
    const bool is_first = r->n_households == 0 || !str_eq(id, r->last);

    if (r->n_members >= r->room || (is_first && !begin_household(r, row, id)))
        return r->why->key != NULL ? false : wrong(r, row->line, "simulations.csv-long", STR(""));
    if (r->n_members - r->first[r->n_households - 1] >= RULES_MAX_MEMBERS)
        return wrong(r, row->line, "simulations.csv-many", id);
    for (int i = 0; i < rules_n_facts(r->out->facts); i++)
        if (r->place_of_cell[i] >= 0 && !take_fact(r, row, i, is_first))
            return false;
    r->n_members++;
    return true;
}

/* The first row: every column is known here. */
static bool look_at_names(struct reading *r, struct str csv)
{
    struct str line = str_cut(&csv, '\n');
    const char sep = str_index(line, ';') >= 0 ? ';' : str_index(line, '\t') >= 0 ? '\t' : ',';

    if (str_starts(line, STR("\xef\xbb\xbf")))
        line = str_from(line, 3);
    for (line = str_trim(line); line.n > 0;) {
        struct str name = str_trim(str_cut(&line, sep));

        if (name.n >= 2 && *name.p == '"' && name.p[name.n - 1] == '"')
            name = (struct str){name.p + 1, name.n - 2};
        if (!str_eq_z(name, "nucleo") && !str_eq_z(name, "comune") && rules_fact_find(r->out->facts, name) < 0)
            return wrong(r, 1, is_personal(r->mem, name) ? "simulations.csv-personal" : "simulations.csv-column", name);
    }
    return true;
}

static void open_comuni(struct reading *r)
{
    struct simulations_places all;

    r->comuni = sheet_of_table(r->mem, "territory/comuni.csv");
    r->codes = map_new(r->mem, 2 * r->comuni.n_rows);
    for (int i = 0; i < r->comuni.n_rows; i++) {
        map_add(&r->codes, sheet_cell(&r->comuni, i, "istat"), i);
        map_add(&r->codes, str_fold(r->mem, sheet_cell(&r->comuni, i, "name")), i);
    }
    simulations_places_open(r->mem, &all);
    r->zone_of_code = map_new(r->mem, all.n);
    r->zone_names = map_new(r->mem, 64);
    r->zones = ARENA_ARRAY(r->out->own, struct str, 100);
    for (int i = 0; i < all.n; i++) {
        const int at = map_add(&r->zone_names, all.zones[i], r->n_zones);

        if (at == r->n_zones)
            r->zones[r->n_zones++] = str_copy(r->out->own, all.zones[i]);
        map_add(&r->zone_of_code, all.codes[i], at);
    }
}

static bool is_true(const struct reading *r, const char *fact, int64_t who)
{
    const int f = rules_fact_find(r->out->facts, str_of(fact));

    return f >= 0 && r->columns[f] != NULL && r->known[f][who] != RULES_UNKNOWN && r->columns[f][who] != 0;
}

static void fill_kinds(struct reading *r)
{
    struct simulations_population *const o = r->out;
    uint8_t *const kinds = arena_alloc(o->own, (size_t)r->n_households + 1);
    const int age = rules_fact_find(o->facts, STR("eta"));

    for (int64_t h = 0; h < r->n_households; h++) {
        int n_minors = 0, n_adults = 0, n_old = 0;
        bool has_disabled = false;

        for (int64_t i = r->first[h]; i < r->first[h + 1]; i++) {
            has_disabled |= is_true(r, "disabile", i) || is_true(r, "disabile_grave", i) || is_true(r, "non_autosufficiente", i);
            if (age < 0 || r->columns[age] == NULL || r->known[age][i] == RULES_UNKNOWN)
                continue;
            n_minors += r->columns[age][i] < ADULT_AT * (int64_t)RULES_DEN;
            n_adults += r->columns[age][i] >= ADULT_AT * (int64_t)RULES_DEN;
            n_old += r->columns[age][i] >= OLD_AT * (int64_t)RULES_DEN;
        }
        kinds[h] = simulations_kinds_of((int)(r->first[h + 1] - r->first[h]), n_adults, n_minors, n_old, has_disabled);
    }
    o->kinds = kinds;
}

static void make_alike(struct reading *r)
{
    struct simulations_rows x = {.facts = r->out->facts, .own = r->out->own, .n_households = r->n_households, .first = r->first,
                                 .columns = r->columns, .known = r->known, .place = r->place, .kinds = r->out->kinds,
                                 .names = r->names, .codes = r->istat, .zone_of = r->zone_of, .n_places = r->n_names};

    simulations_alike(&x);
    r->first = x.first;
    r->place = x.place;
    r->n_members = x.n_members;
    r->n_names = x.n_places;
}

static void finish(struct reading *r)
{
    struct simulations_population *const o = r->out;
    const int n = rules_n_facts(o->facts);
    const int64_t **const house = arena_array(o->own, (size_t)n + 1, sizeof *house);
    const int64_t **const member = arena_array(o->own, (size_t)n + 1, sizeof *member);
    const uint8_t **const known = arena_array(o->own, (size_t)n + 1, sizeof *known);

    r->first[r->n_households] = r->n_members;
    if (!r->is_exact) {
        fill_kinds(r);
        make_alike(r);
    }
    for (int i = 0; i < n; i++) {
        if (rules_fact_at(o->facts, i)->is_of_member)
            member[i] = r->columns[i];
        else
            house[i] = r->columns[i];
        known[i] = r->known[i];
    }
    o->p = (struct rules_population){r->n_households, r->n_members, r->first, house, member, known};
    o->place = r->place;
    o->places = r->names;
    o->place_codes = r->istat;
    o->zones = r->zones;
    o->zone_of = r->zone_of;
    o->n_places = r->n_names;
    o->n_zones = r->n_zones;
    fill_kinds(r);
}

static void put_hash(struct buf *b, const char *name, const void *bytes, size_t n)
{
    char hash[SIMULATIONS_HASH + 1];

    simulations_hash((struct str){bytes, n}, hash);
    buf_fmt(b, "%s %s\n", name, hash);
}

/* Of what is asked, not of the bytes of the file: those would let somebody who knows all of it but one household try out
 * which one gives this hash. */
static void hash_people(struct reading *r)
{
    const struct simulations_population *const o = r->out;
    struct buf b = buf_new(r->mem, 4000);
    const size_t n = (size_t)o->p.n_households, n_members = (size_t)o->p.n_members;

    put_hash(&b, "first", o->p.first_member, (n + 1) * sizeof *o->p.first_member);
    put_hash(&b, "place", o->place, n * sizeof *o->place);
    for (int i = 0; i < o->n_places; i++)
        buf_fmt(&b, "%.*s\t%.*s\n", (int)o->places[i].n, o->places[i].p, (int)o->place_codes[i].n, o->place_codes[i].p);
    for (int f = 0; f < rules_n_facts(o->facts); f++) {
        const size_t rows = rules_fact_at(o->facts, f)->is_of_member ? n_members : n;

        if (r->columns[f] == NULL)
            continue;
        put_hash(&b, str_z(r->mem, rules_fact_at(o->facts, f)->name), r->columns[f], rows * sizeof **r->columns);
        put_hash(&b, "known", r->known[f], rows);
    }
    simulations_hash(buf_view(&b), r->out->hash);
}

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Rows of one household that stand apart would be two households. */
static bool are_together(struct reading *r)
{
    qsort(r->ids, (size_t)r->n_households, sizeof *r->ids, by_text);
    for (int64_t i = 1; i < r->n_households; i++)
        if (str_eq(r->ids[i - 1], r->ids[i]))
            return wrong(r, 0, "simulations.csv-apart", r->ids[i]);
    return true;
}

static enum status read_rows(struct reading *r, struct str csv)
{
    struct csv_trouble t = {0};
    const struct csv_options options = {.each = take_row, .arg = r};

    if (!look_at_names(r, csv))
        return ST_INVALID;
    const enum status st = csv_read_bytes(r->mem, csv, &options, &t);

    if (st != ST_OK)
        *r->why = (struct simulations_trouble){t.line, t.key, t.value};
    else if (r->why->key == NULL && r->n_members == 0)
        wrong(r, 0, "simulations.csv-empty", STR(""));
    else if (r->why->key == NULL && are_together(r) && r->n_households < SIMULATIONS_LEAST && !r->is_exact)
        wrong(r, 0, "simulations.csv-few", STR(""));
    return r->why->key != NULL ? ST_INVALID : ST_OK;
}

static enum status read_file(struct arena *mem, const struct rules_facts *f, struct str csv, bool is_exact, struct simulations_population **out,
                             struct simulations_trouble *why)
{
    struct arena *const own = arena_new(0), *const scratch = arena_new(0);
    struct simulations_population *const o = arena_alloc(own, sizeof *o);
    struct reading r = {.out = o, .mem = scratch, .why = why, .is_exact = is_exact, .n_bytes = csv.n};
    const size_t n = (size_t)rules_n_facts(f) + 1;

    *o = (struct simulations_population){.own = own, .facts = f};
    *why = (struct simulations_trouble){0};
    for (size_t i = 0; i < csv.n; i++)
        r.room += csv.p[i] == '\n';
    r.room = r.room + 1 > MOST_ROWS ? MOST_ROWS : r.room + 1;
    r.columns = arena_array(own, n, sizeof *r.columns);
    r.known = arena_array(own, n, sizeof *r.known);
    r.place_of_cell = arena_array(scratch, n, sizeof *r.place_of_cell);
    r.first = arena_array(own, (size_t)r.room + 2, sizeof *r.first);
    r.place = arena_array(own, (size_t)r.room + 2, sizeof *r.place);
    r.names = arena_array(own, MOST_PLACES + 1, sizeof *r.names);
    r.istat = arena_array(own, MOST_PLACES + 1, sizeof *r.istat);
    r.zone_of = arena_array(own, MOST_PLACES + 1, sizeof *r.zone_of);
    r.ids = arena_array(scratch, (size_t)r.room + 2, sizeof *r.ids);
    r.places = map_new(scratch, MOST_PLACES);
    open_comuni(&r);
    const enum status st = read_rows(&r, csv);

    if (st == ST_OK) {
        finish(&r);
        hash_people(&r);
        *out = o;
    } else {
        why->value = str_copy(mem, why->value);
    }
    arena_free(scratch);
    if (st != ST_OK)
        arena_free(own);
    return st;
}

enum status simulations_read(struct arena *mem, const struct rules_facts *f, struct str csv, struct simulations_population **out,
                             struct simulations_trouble *why)
{
    return read_file(mem, f, csv, false, out, why);
}

enum status simulations_read_exact(struct arena *mem, const struct rules_facts *f, struct str csv, struct simulations_population **out,
                                   struct simulations_trouble *why)
{
    return read_file(mem, f, csv, true, out, why);
}

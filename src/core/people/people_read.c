/* people_read.c - from a file of rows to a sealed set of records. */
#include "people_read.h"
#include "base/csv.h"
#include "base/text.h"
#include "people_places.h"
#include <string.h>

static const char *const usual_names[PEOPLE_FIELDS] = {
    [PEOPLE_GIVEN] = "given_name|first_name|nome|name|forename|givenname",
    [PEOPLE_SURNAME] = "surname|last_name|cognome|family_name|lastname",
    [PEOPLE_BIRTH] = "birth_date|dob|date_of_birth|data_nascita|data_di_nascita|nato_il|birthdate",
    [PEOPLE_TAX] = "tax_code|codice_fiscale|cf|fiscal_code",
    [PEOPLE_NUMBER] = "number|soc_sec_id|ssn|national_id|tessera",
    [PEOPLE_SEX] = "sex|gender|sesso|genere",
    [PEOPLE_BIRTHPLACE] = "birth_place|birthplace|place_of_birth|luogo_nascita|luogo_di_nascita|nato_a",
    [PEOPLE_CITIZENSHIP] = "citizenship|cittadinanza|nationality|nazionalita",
    [PEOPLE_ADDRESS] = "address|indirizzo|address_1|street|via|residenza",
    [PEOPLE_STREET_NUMBER] = "street_number|house_number|civico|numero_civico",
    [PEOPLE_MUNICIPALITY] = "municipality|comune|city|suburb|town|citta|comune_residenza",
    [PEOPLE_PHONE] = "phone|telefono|cellulare|mobile|phone_number|tel",
    [PEOPLE_EMAIL] = "email|mail|e_mail|posta",
    [PEOPLE_POSTCODE] = "postcode|cap|zip|postal_code|postcode_fake|postcode_norm",
    [PEOPLE_EXTRA1] = "address_2|occupation|professione",
    [PEOPLE_EXTRA2] = "state|provincia|county",
};
static const char id_names[] = "rec_id|unique_id|id|record_id|codice";
static const char source_names[] = "body|source|ente|dataset";
static const char entered_names[] = "entered|inserito|inserito_il|created";

bool people_columns_map(struct people_columns *c, struct str words)
{
    const struct str field = str_cut(&words, '=');

    if (words.n == 0)
        return false;
    for (int f = 0; f < PEOPLE_FIELDS; f++)
        if (str_eq_z(field, people_field_name[f])) {
            c->is_off[f] = str_eq_z(words, "-");
            c->of[f] = words;
            return true;
        }
    if (str_eq_z(field, "id"))
        c->id = words;
    else if (str_eq_z(field, "source"))
        c->source = words;
    else if (str_eq_z(field, "entered"))
        c->entered = words;
    else
        return false;
    return true;
}

struct reading {
    const struct people_reading *o;
    struct people_read *out;
    struct arena *mem;
    struct str column[PEOPLE_FIELDS]; /* as found in this file */
    int at[PEOPLE_FIELDS]; /* its place among the cells; -1: not there */
    struct str id, source, entered;
    int id_at, source_at, entered_at;
    bool is_found, is_without_id;
    struct str missing; /* a column that was asked for by name */
    int64_t too_many_at; /* the row with which there are too many; 0: none */
};

/* The first of the usual names that the file has. */
static struct str find(struct reading *r, const struct csv_row *row, struct str asked, const char *usual)
{
    struct str rest = str_of(usual);

    if (asked.n > 0) {
        const struct str name = csv_name_like(row, str_z(r->mem, asked));

        if (name.n == 0)
            r->missing = asked;
        return name;
    }
    while (rest.n > 0) {
        const struct str name = csv_name_like(row, str_z(r->mem, str_cut(&rest, '|')));

        if (name.n > 0)
            return name;
    }
    return (struct str){"", 0};
}

static int place_of(const struct csv_row *row, struct str column)
{
    return column.n == 0 ? -1 : csv_column(row, column.p);
}

static void find_columns(struct reading *r, const struct csv_row *row)
{
    r->is_found = true;
    for (int f = 0; f < PEOPLE_FIELDS; f++) {
        const struct str name = r->o->columns.is_off[f] ? (struct str){"", 0} : find(r, row, r->o->columns.of[f], usual_names[f]);

        r->column[f] = name.n == 0 ? name : str_copy(r->mem, name);
        r->out->has[f] = name.n > 0;
        r->at[f] = place_of(row, r->column[f]);
    }
    r->id = str_copy(r->mem, find(r, row, r->o->columns.id, id_names));
    r->source = str_copy(r->mem, find(r, row, r->o->columns.source, source_names));
    r->entered = str_copy(r->mem, find(r, row, r->o->columns.entered, entered_names));
    r->id_at = place_of(row, r->id);
    r->source_at = place_of(row, r->source);
    r->entered_at = place_of(row, r->entered);
    r->is_without_id = r->id.n == 0;
}

static struct str cell(const struct csv_row *row, int at)
{
    return at < 0 || at >= row->n_cells ? (struct str){"", 0} : row->cells[at];
}

static void refuse(struct reading *r, int64_t line, const char *why)
{
    r->out->n_refused++;
    if (r->o->refuse != NULL)
        r->o->refuse(r->o->arg, (struct people_refused){line, why});
}

static bool take(void *arg, const struct csv_row *row)
{
    struct reading *r = arg;
    struct people_raw raw = {0};
    bool says_something = false;

    if (!r->is_found)
        find_columns(r, row);
    if (r->is_without_id || r->missing.n > 0)
        return false;
    r->out->n_rows++;
    if (row->wrong != NULL) {
        refuse(r, row->line, text_get(LANG_EN, row->wrong).p);
        return true;
    }
    raw.id = cell(row, r->id_at);
    raw.source = cell(row, r->source_at);
    raw.entered = cell(row, r->entered_at);
    for (int f = 0; f < PEOPLE_FIELDS; f++) {
        raw.field[f] = cell(row, r->at[f]);
        says_something = says_something || raw.field[f].n > 0;
    }
    if (raw.id.n == 0)
        refuse(r, row->line, "the row has no identifier");
    else if (!says_something)
        refuse(r, row->line, "the row says nothing of a person");
    else if (people_set_count(r->out->set) == (r->o->most == 0 ? PEOPLE_MOST_RECORDS : r->o->most))
        r->too_many_at = row->line;
    else
        people_set_add(r->out->set, &raw);
    return r->too_many_at == 0;
}

static void on_bytes(void *arg, int64_t done, int64_t total)
{
    const struct reading *r = arg;

    if (r->o->progress != NULL)
        r->o->progress(r->o->arg, "reading", (uint64_t)done, (uint64_t)total);
}

static enum status use_places(struct arena *mem, const struct people_reading *o, struct people_set *set, struct str *why)
{
    struct people_places *places;
    const enum status st = o->places == NULL ? ST_OK : people_places_read(mem, o->places, &places, why);

    if (st == ST_OK && o->places != NULL)
        people_set_use_places(set, places);
    else if (st == ST_INVALID)
        *why = str_fmt(mem, "%s: %.*s", o->places, (int)why->n, why->p);
    return st;
}

enum status people_read_file(struct arena *mem, const char *file, const struct people_reading *o, struct people_read *out, struct str *why)
{
    struct arena *own = arena_new(0);
    struct reading r = {.o = o, .out = out, .mem = mem};
    const struct csv_options options = {.each = take, .arg = &r, .progress = on_bytes};
    struct csv_trouble trouble = {0};
    struct str twice = {"", 0};

    *out = (struct people_read){.set = people_set_new(mem, o->latest_year)};
    enum status st = use_places(mem, o, out->set, why);

    if (st != ST_OK) {
        arena_free(own);
        return st;
    }
    st = csv_read_file(own, file, &options, &trouble);
    if (st != ST_OK && trouble.key == NULL) { /* not there, or the disk says no on the way */
        *why = str_fmt(mem, "%s cannot be read", file);
    } else if (st != ST_OK) {
        const struct text_arg value = {"value", trouble.value};
        const struct str words = text_fill(mem, text_get(LANG_EN, trouble.key), &value, 1);

        *why = str_fmt(mem, "row %lld: %.*s", (long long)trouble.line, (int)words.n, words.p);
    } else if (r.missing.n > 0) {
        *why = str_fmt(mem, "there is no column %.*s", (int)r.missing.n, r.missing.p);
        st = ST_INVALID;
    } else if (r.is_without_id) {
        *why = STR("there is no column of identifiers (rec_id, id); name it with --map id=COLUMN");
        st = ST_INVALID;
    } else if (r.too_many_at != 0) {
        *why = str_fmt(mem, "row %lld: more than %u records; part the file", (long long)r.too_many_at, o->most == 0 ? PEOPLE_MOST_RECORDS : o->most);
        st = ST_TOO_LARGE;
    } else if (people_set_seal(out->set, &twice) != ST_OK) {
        *why = str_fmt(mem, "two rows have the identifier %.*s", (int)twice.n, twice.p);
        st = ST_INVALID;
    }
    arena_free(own);
    return st;
}

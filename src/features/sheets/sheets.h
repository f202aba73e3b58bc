/*
 * sheets.h - a list as bodies keep it (pasted, CSV, spreadsheet) read as services.
 *
 * Why     "Incolla il tuo elenco": who has a list sees within a minute what it would be here. The same
 *         reading serves /prova (nothing stored), Schede (paste) and wecare import xlsx.
 * Steps   bytes of a file -> text (sheets_text) -> rows and columns (sheets_grid) -> what each
 *         column is (sheets_guess, changeable) -> each row as a service (sheets_row).
 * Text    what a spreadsheet puts on the clipboard: a line a row, tabs between cells, quotes around a cell
 *         with a line end, tab or quote in it. Commas, semicolons and bars between cells are seen too. It
 *         travels in a form, so that nothing has to be kept between two pages.
 * Guess   by the words of the first row as people write them ("Tel.", "Orario sportello", "A chi è
 *         rivolto"), and by what the cells hold where there are none, or none that is known.
 * Mended  what is written otherwise but can only mean one thing is read ("martedì e giovedì 14.30-17",
 *         "Torrino" for Torino, a telephone that lost its 0): CELL_MENDED says how. What may mean several
 *         things, or none, is left as typed with its reason: CELL_NOT_READ. Nothing is thrown away.
 * Persons a column of persons' names is left out and said; a mobile telephone beside a name, health data of
 *         somebody, a codice fiscale: CELL_WARNED.
 * Reads   sheets_text and sheets_grid know no database; the others only read it. No clock.
 */
#pragma once
#include "features/catalogue/catalogue_edit.h"

enum {
    SHEET_MOST_BYTES = 2 * 1024 * 1024, /* of the file, and of its text */
    SHEET_MOST_ROWS = 5000,
    SHEET_MOST_COLUMNS = 100,
    SHEET_MOST_CELL = 4096 /* bytes */
};

/* What a column is. */
enum sheet_field {
    SHEET_LEFT_OUT,
    SHEET_CODE, /* the list's own key of the entry */
    SHEET_BODY, /* who gives it */
    SHEET_NAME,
    SHEET_SUMMARY,
    SHEET_DESCRIPTION,
    SHEET_NEEDS, /* what it is about, in words or by slug */
    SHEET_ELIGIBILITY,
    SHEET_PHONES, /* several columns may be telephones: they are joined */
    SHEET_EMAIL,
    SHEET_URL,
    SHEET_HOURS,
    SHEET_PLACE, /* name of the place: "Casa del quartiere" */
    SHEET_ADDRESS,
    SHEET_CAP,
    SHEET_COMUNE,
    SHEET_PROVINCE,
    SHEET_FEES,
    SHEET_APPLICATION, /* how to ask for it */
    SHEET_DOCUMENTS,
    SHEET_LANGUAGES,
    SHEET_PLACES_FREE,
    SHEET_STARTS_ON,
    SHEET_ENDS_ON,
    SHEET_CONFIRMED_ON, /* last checked */
    SHEET_FIELD_COUNT
};
const char *sheet_field_name(enum sheet_field f);      /* "phones"; words "sheets.column-<name>" */
enum sheet_field sheet_field_named(struct str name);   /* SHEET_LEFT_OUT: no such field */
struct str sheet_field_words(struct ctx *c, enum sheet_field f);
enum edit_field sheet_field_edits(enum sheet_field f); /* EDIT_NONE: no field of its own there */

struct sheet_trouble {
    int64_t line;     /* of the list; 0: the whole of it */
    const char *key;  /* message key */
    struct str value; /* for {value} */
};

/* The text of a file: XLSX, or CSV in UTF-8, UTF-16 with its mark, or Windows-1252. ST_INVALID or
 * ST_TOO_LARGE: *why says what and what to do. */
enum status sheets_text(struct arena *mem, struct str bytes, struct str *out, struct sheet_trouble *why);

struct sheet_grid {
    const struct str *cells; /* n_rows x n_columns, trimmed; of the rows below the names */
    const int64_t *lines;    /* where each row begins in the text, from 1 */
    const struct str *names; /* of the columns as written; empty ones where there is no row of names */
    const struct str *sections; /* of each row: the heading in capitals it stands under; may be empty */
    int n_rows, n_columns;
    bool has_names;
    int n_above;    /* rows above the names: a title */
    int n_sections; /* rows that were headings */
    int n_cut;      /* cells longer than SHEET_MOST_CELL */
};
/* ST_INVALID: nothing in it; ST_TOO_LARGE: rows, columns. */
enum status sheets_grid(struct arena *mem, struct str text, struct sheet_grid *out, struct sheet_trouble *why);

struct sheet_columns {
    enum sheet_field of[SHEET_MOST_COLUMNS];
    bool is_sure[SHEET_MOST_COLUMNS];   /* false: guessed by what the cells hold */
    bool is_person[SHEET_MOST_COLUMNS]; /* names of persons: left out by itself */
    int n;
};

enum cell_state {
    CELL_EMPTY,
    CELL_FINE,
    CELL_MENDED,   /* `text` is what was understood, `key` how */
    CELL_NOT_READ, /* `text` is empty, `key` why */
    CELL_WARNED    /* `text` is there; `key`: a person's telephone, health data: look at it again */
};

struct sheet_cell_read {
    enum cell_state state;
    struct str typed;
    struct str text;  /* as catalogue_edit.h wants the field; of a comune its name */
    const char *key;  /* message key; NULL when there is nothing to say */
    struct str value; /* for {value} */
};

struct sheet_row {
    int64_t line;
    struct sheet_cell_read cells[SHEET_FIELD_COUNT];
    int n_not_read, n_mended, n_warned;
    bool has_name; /* without a name it is no entry */
    int64_t comune_id;
    struct str comune_name, comune_slug, prov;
    bool has_point; /* of the town */
    double lat, lon;
    const struct hours_rule *hours;
    int n_hours;
    const struct phone *phones;
    int n_phones;
    const struct str *needs; /* ids; guessed from the words when no column says them */
    int n_needs;
    bool are_needs_guessed;
    int64_t same_as; /* line of an earlier row that looks the same (name and telephone or place); 0: none */
};

struct sheets; /* comuni in memory, rows met; about 600 KB in c->mem */

enum status sheets_open(struct ctx *c, struct sheets **out);
/* What each column is. */
void sheets_guess(struct sheets *s, struct ctx *c, const struct sheet_grid *g, struct sheet_columns *out);
/* Row i of the grid, in c->mem. Rows are read in order: same_as looks back. */
enum status sheets_row(struct sheets *s, struct ctx *c, const struct sheet_grid *g, const struct sheet_columns *k, int i,
                            struct sheet_row *out);

/* What the row says of each field of an entry, for catalogue_edit_add and catalogue_edit: at most
 * EDIT_FIELD_COUNT. Cells not read are left out. */
int sheets_changes(struct arena *mem, const struct sheet_row *r, struct edit_change *out);
/* The entry as it would be, for lists, scores and pages. Nothing of it has a key. */
void sheets_service(struct arena *mem, const struct sheet_row *r, int today, struct service *out);

/* xlsx_workbook.c - the small parts of a spreadsheet: which sheet stands where, styles, shared texts. */
#include "base/macros.h"
#include "xlsx_part.h"
#include <string.h>

enum {
    MOST_SHEETS = 1000,
    MOST_STYLES = 65536,
    MOST_FORMATS = 2000,
    SHARED_BLOCK = 4096, /* texts */
    SHARED_BLOCKS = 4096,
    SHARED_MOST_BYTES = 32 * 1024 * 1024
};

/* ---- names: workbook.xml and its relations ---- */

struct sheet_row {
    struct str name, link;
    bool is_hidden;
};

struct relation {
    struct str link, kind, target;
};

struct finding {
    struct arena *mem;
    struct sheet_row *sheets;
    struct relation *relations;
    int n_sheets, n_relations;
    bool is_1904;
};

static void book_begin(void *arg, struct str name, const struct xlsx_attributes *a)
{
    struct finding *f = arg;

    if (str_eq_z(name, "workbookPr")) {
        const struct str is = xlsx_attribute(a, "date1904");

        f->is_1904 = str_eq_z(is, "1") || str_eq_z(is, "true");
    } else if (str_eq_z(name, "sheet") && f->n_sheets < MOST_SHEETS) {
        const struct str state = xlsx_attribute(a, "state");

        f->sheets[f->n_sheets++] = (struct sheet_row){.name = str_copy(f->mem, xlsx_attribute(a, "name")),
                                                      .link = str_copy(f->mem, xlsx_attribute(a, "id")),
                                                      .is_hidden = state.n > 0 && !str_eq_z(state, "visible")};
    }
}

static void nothing_ends(void *arg, struct str name)
{
    (void)arg, (void)name;
}

/* "http://.../relationships/worksheet" -> "worksheet". */
static struct str last_part(struct str s)
{
    for (size_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == '/')
            return str_from(s, i);
    return s;
}

static void links_begin(void *arg, struct str name, const struct xlsx_attributes *a)
{
    struct finding *f = arg;

    if (!str_eq_z(name, "Relationship") || f->n_relations == MOST_SHEETS || str_eq_z(xlsx_attribute(a, "TargetMode"), "External"))
        return;
    f->relations[f->n_relations++] = (struct relation){.link = str_copy(f->mem, xlsx_attribute(a, "Id")),
                                                       .kind = str_copy(f->mem, last_part(xlsx_attribute(a, "Type"))),
                                                       .target = str_copy(f->mem, xlsx_attribute(a, "Target"))};
}

/* "../sharedStrings.xml" beside "xl/workbook.xml": a name of the zip and nothing else. */
static struct str resolve(struct arena *mem, struct str folder, struct str target)
{
    if (target.n > 0 && target.p[0] == '/')
        return str_from(target, 1);
    while (str_starts(target, STR("./")))
        target = str_from(target, 2);
    while (str_starts(target, STR("../"))) {
        target = str_from(target, 3);
        while (folder.n > 0 && folder.p[folder.n - 1] != '/')
            folder.n--;
        folder.n -= folder.n > 0;
    }
    return folder.n == 0 ? target : str_fmt(mem, "%.*s/%.*s", (int)folder.n, folder.p, (int)target.n, target.p);
}

static int entry_of(const struct unzip *zip, struct str name)
{
    for (int i = 0; i < unzip_count(zip); i++)
        if (str_eq(unzip_name(zip, i), name))
            return i;
    return -1;
}

static struct str folder_of(struct str name)
{
    const struct str last = last_part(name);

    return str_head(name, name.n > last.n ? name.n - last.n - 1 : 0);
}

static const struct relation *relation_of(const struct finding *f, const char *kind, struct str link)
{
    for (int i = 0; i < f->n_relations; i++)
        if (kind != NULL ? str_eq_z(f->relations[i].kind, kind) : str_eq(f->relations[i].link, link))
            return &f->relations[i];
    return NULL;
}

/* "xl/workbook.xml" wherever it stands. */
static struct str find_book(struct arena *mem, struct unzip *zip, struct finding *f, struct xlsx_trouble *why)
{
    static const struct xlsx_handler links = {links_begin, nothing_ends, NULL};
    const int top = entry_of(zip, STR("_rels/.rels"));
    const struct relation *r = NULL;

    if (top >= 0 && xlsx_part_whole(mem, zip, top, &links, f, why) == ST_OK)
        r = relation_of(f, "officeDocument", STR(""));
    f->n_relations = 0;
    return r == NULL ? STR("xl/workbook.xml") : resolve(mem, STR(""), r->target);
}

static enum status refuse(struct xlsx_trouble *why, const char *key, struct str value)
{
    if (why->key == NULL)
        *why = (struct xlsx_trouble){.key = key, .value = value};
    return ST_INVALID;
}

static int pick_sheet(const struct finding *f, struct str asked)
{
    for (int i = 0; i < f->n_sheets; i++)
        if (asked.n > 0 ? str_eq(f->sheets[i].name, asked) : !f->sheets[i].is_hidden)
            return i;
    return -1;
}

static enum status pick(struct arena *mem, struct unzip *zip, struct finding *f, struct str folder, struct str asked,
                        struct xlsx_workbook *out, struct xlsx_trouble *why)
{
    const int at = pick_sheet(f, asked);
    const struct relation *sheet = at < 0 ? NULL : relation_of(f, NULL, f->sheets[at].link),
                          *styles = relation_of(f, "styles", STR("")), *shared = relation_of(f, "sharedStrings", STR(""));

    *out = (struct xlsx_workbook){.sheet = -1, .styles = -1, .shared = -1, .is_1904 = f->is_1904, .n_sheets = f->n_sheets};
    for (int i = 0; i < f->n_sheets; i++)
        out->n_hidden_sheets += f->sheets[i].is_hidden;
    if (at < 0)
        return refuse(why, asked.n > 0 ? "base.xlsx-no-sheet" : "base.xlsx-all-hidden", asked);
    out->sheet_name = f->sheets[at].name;
    if (sheet != NULL)
        out->sheet = entry_of(zip, resolve(mem, folder, sheet->target));
    if (styles != NULL)
        out->styles = entry_of(zip, resolve(mem, folder, styles->target));
    if (shared != NULL)
        out->shared = entry_of(zip, resolve(mem, folder, shared->target));
    return out->sheet >= 0 ? ST_OK : refuse(why, "base.xlsx-no-sheet", out->sheet_name);
}

enum status xlsx_find(struct arena *mem, struct unzip *zip, struct str asked, struct xlsx_workbook *out,
                      struct xlsx_trouble *why)
{
    static const struct xlsx_handler book = {book_begin, nothing_ends, NULL}, links = {links_begin, nothing_ends, NULL};
    struct finding f = {.mem = mem,
                        .sheets = ARENA_ARRAY(mem, struct sheet_row, MOST_SHEETS),
                        .relations = ARENA_ARRAY(mem, struct relation, MOST_SHEETS)};
    const struct str name = find_book(mem, zip, &f, why), folder = folder_of(name);
    const int at = entry_of(zip, name);
    const struct str beside = resolve(mem, folder, str_fmt(mem, "_rels/%.*s.rels", (int)last_part(name).n, last_part(name).p));
    const int relations = entry_of(zip, beside);

    if (why->key != NULL)
        return ST_INVALID;
    if (at < 0 || relations < 0)
        return refuse(why, "base.xlsx-not", STR(""));
    enum status st = xlsx_part_whole(mem, zip, at, &book, &f, why);

    if (st == ST_OK)
        st = xlsx_part_whole(mem, zip, relations, &links, &f, why);
    return st == ST_OK ? pick(mem, zip, &f, folder, asked, out, why) : st;
}

/* ---- styles ---- */

struct styling {
    int *format_ids; /* of the workbook's own formats */
    unsigned char *format_kinds, *kinds;
    int n_formats, n;
    bool in_cells; /* cellXfs and not cellStyleXfs */
};

/* "dd/mm/yyyy hh:mm": letters outside quotes, brackets and after a backslash. */
static unsigned char kind_of_format(struct str code)
{
    bool has_day = false, has_time = false, has_m = false;

    for (size_t i = 0; i < code.n; i++) {
        const char ch = code.p[i] >= 'A' && code.p[i] <= 'Z' ? (char)(code.p[i] + 32) : code.p[i];

        if (ch == ';') /* what follows is for negative numbers */
            break;
        if (ch == '\\' || ch == '_' || ch == '*')
            i++;
        else if (ch == '"' || ch == '[')
            while (i + 1 < code.n && code.p[++i] != (ch == '"' ? '"' : ']'))
                ;
        has_day |= ch == 'y' || ch == 'd';
        has_time |= ch == 'h' || ch == 's';
        has_m |= ch == 'm';
    }
    return (unsigned char)((has_day || (has_m && !has_time) ? XLSX_IS_DAY : 0) | (has_time ? XLSX_IS_TIME : 0));
}

/* Formats that every spreadsheet has (ECMA-376 part 1, 18.8.30). */
static unsigned char kind_of_id(int64_t id)
{
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
        return XLSX_IS_DAY;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47))
        return XLSX_IS_TIME;
    return id == 22 ? XLSX_IS_DAY | XLSX_IS_TIME : XLSX_IS_NUMBER;
}

static void styles_begin(void *arg, struct str name, const struct xlsx_attributes *a)
{
    struct styling *s = arg;
    int64_t id = 0;

    if (str_eq_z(name, "cellXfs"))
        s->in_cells = true;
    if (!str_to_int(xlsx_attribute(a, "numFmtId"), &id))
        id = 0;
    if (str_eq_z(name, "numFmt") && s->n_formats < MOST_FORMATS && id >= 0 && id < MOST_STYLES * 16) {
        s->format_ids[s->n_formats] = (int)id;
        s->format_kinds[s->n_formats++] = kind_of_format(xlsx_attribute(a, "formatCode"));
    } else if (str_eq_z(name, "xf") && s->in_cells && s->n < MOST_STYLES) {
        unsigned char kind = kind_of_id(id);

        for (int i = 0; i < s->n_formats; i++)
            if (s->format_ids[i] == id)
                kind = s->format_kinds[i];
        s->kinds[s->n++] = kind;
    }
}

static void styles_end(void *arg, struct str name)
{
    if (str_eq_z(name, "cellXfs"))
        ((struct styling *)arg)->in_cells = false;
}

enum status xlsx_styles(struct arena *mem, struct unzip *zip, int i, unsigned char **out, int *n_out,
                        struct xlsx_trouble *why)
{
    static const struct xlsx_handler h = {styles_begin, styles_end, NULL};
    struct styling s = {.format_ids = ARENA_ARRAY(mem, int, MOST_FORMATS),
                        .format_kinds = arena_alloc(mem, MOST_FORMATS),
                        .kinds = arena_alloc(mem, MOST_STYLES)};
    const enum status st = xlsx_part_whole(mem, zip, i, &h, &s, why);

    *out = s.kinds;
    *n_out = s.n;
    return st;
}

/* ---- shared texts ---- */

struct xlsx_shared {
    struct arena *mem;
    struct str *blocks[SHARED_BLOCKS];
    int64_t n, n_bytes;
    char text[XLSX_MAX_CELL + 8];
    size_t n_text;
    bool is_in_text, is_in_sound; /* <t>, <rPh> */
    bool is_full;
};

static void shared_begin(void *arg, struct str name, const struct xlsx_attributes *a)
{
    struct xlsx_shared *s = arg;

    (void)a;
    if (str_eq_z(name, "si"))
        s->n_text = 0;
    else if (str_eq_z(name, "rPh"))
        s->is_in_sound = true;
    else if (str_eq_z(name, "t"))
        s->is_in_text = !s->is_in_sound;
}

static void shared_text(void *arg, struct str text)
{
    struct xlsx_shared *s = arg;
    const size_t room = XLSX_MAX_CELL - s->n_text, n = text.n < room ? text.n : room;

    if (!s->is_in_text || n == 0)
        return;
    memcpy(s->text + s->n_text, text.p, n);
    s->n_text += n;
}

static void shared_end(void *arg, struct str name)
{
    struct xlsx_shared *s = arg;

    if (str_eq_z(name, "rPh"))
        s->is_in_sound = false;
    else if (str_eq_z(name, "t"))
        s->is_in_text = false;
    if (!str_eq_z(name, "si") || s->is_full)
        return;
    const size_t n = xlsx_clean(s->text, s->n_text);
    const int64_t block = s->n / SHARED_BLOCK;

    s->n_bytes += (int64_t)((n + 16) / 16 * 16 + sizeof(struct str)); /* as the arena gives it */
    s->is_full = s->n_bytes > SHARED_MOST_BYTES || block >= SHARED_BLOCKS;
    if (s->is_full)
        return;
    if (s->blocks[block] == NULL)
        s->blocks[block] = ARENA_ARRAY(s->mem, struct str, SHARED_BLOCK);
    s->blocks[block][s->n++ % SHARED_BLOCK] = str_copy(s->mem, (struct str){s->text, n});
}

enum status xlsx_shared_read(struct arena *mem, struct unzip *zip, int i, struct xlsx_shared **out, struct xlsx_trouble *why)
{
    static const struct xlsx_handler h = {shared_begin, shared_end, shared_text};
    struct xlsx_shared *s = ARENA_NEW(mem, struct xlsx_shared);
    struct xlsx_part *p = NULL;
    bool is_over = false;
    enum status st = xlsx_part_open(mem, zip, i, &h, s, &p, why);

    s->mem = mem;
    while (st == ST_OK && !is_over && !s->is_full)
        st = xlsx_part_step(p, &is_over, why);
    xlsx_part_close(p);
    *out = s;
    return st == ST_OK && s->is_full ? refuse(why, "base.xlsx-shared-large", STR("32 MB")) : st;
}

bool xlsx_shared_at(const struct xlsx_shared *s, int64_t i, struct str *out)
{
    if (s == NULL || i < 0 || i >= s->n)
        return false;
    *out = s->blocks[i / SHARED_BLOCK][i % SHARED_BLOCK];
    return true;
}

/* ---- texts ---- */

/* "_x000D_": a character by its number, as spreadsheets write what XML cannot hold. -1: it is none. */
static int escaped(const char *p, size_t n)
{
    int v = 0;

    if (n < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        const char *hex = "0123456789abcdef", ch = p[i] >= 'A' && p[i] <= 'F' ? (char)(p[i] + 32) : p[i];
        const char *at = ch == '\0' ? NULL : strchr(hex, ch);

        if (at == NULL)
            return -1;
        v = v * 16 + (int)(at - hex);
    }
    return v;
}

size_t xlsx_clean(char *p, size_t n)
{
    size_t to = 0;

    while (n > 0 && n >= XLSX_MAX_CELL - 3 && ((unsigned char)p[n - 1] & 0xc0) == 0x80)
        n--; /* cut amid a character, perhaps */
    if (n > 0 && (unsigned char)p[n - 1] >= 0xc0)
        n--;
    for (size_t i = 0; i < n; i++) {
        const int code = escaped(p + i, n - i);
        char ch = p[i];

        if (code >= 0 && code < 0x80) { /* others stay as they are written */
            ch = (char)code;
            i += 6;
        }
        if (((unsigned char)ch < 0x20 && ch != '\t' && ch != '\n') || ch == 0x7f)
            continue;
        p[to++] = ch;
    }
    return to;
}

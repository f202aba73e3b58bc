/* catalogue_edit_lists.c - fields that are lists: needs, who it is for, ways, languages, documents, areas. */
#include "catalogue_edit_put.h"
#include "base/macros.h"
#include "features/needs/needs.h"
#include <ctype.h>
#include <string.h>

enum { MOST_ITEMS = 40 };

static void put_line(struct buf *b, struct str s)
{
    if (s.n == 0)
        return;
    if (b->n > 0)
        buf_char(b, '\n');
    buf_str(b, s);
}

/* Items of a list that people also write in one line with commas. */
static bool next_item(struct str *rest, struct str *out)
{
    while (rest->n > 0) {
        size_t i = 0;

        while (i < rest->n && rest->p[i] != '\n' && rest->p[i] != ',' && rest->p[i] != ';')
            i++;
        *out = str_trim(str_head(*rest, i));
        *rest = str_from(*rest, i + 1);
        if (out->n > 0)
            return true;
    }
    return false;
}

/* ---- needs and who it is for ---- */

static struct str lines_of(struct arena *mem, const struct str *list, int n)
{
    struct buf b = buf_new(mem, 64);

    for (int i = 0; i < n; i++)
        put_line(&b, list[i]);
    return buf_view(&b);
}

struct str catalogue_read_needs(struct arena *mem, const struct service *s)
{
    return lines_of(mem, s->needs, s->n_needs);
}

struct str catalogue_read_targets(struct arena *mem, const struct service *s)
{
    return lines_of(mem, s->targets, s->n_targets);
}

static bool holds(const struct str *list, int n, struct str id)
{
    for (int i = 0; i < n; i++)
        if (str_eq(list[i], id))
            return true;
    return false;
}

/* By its id, by its label, or by words that say it for sure. */
static struct str need_of(struct edit_put *p, struct str typed)
{
    const struct needs *const x = needs_of(p->c);
    const struct str folded = str_fold(p->c->mem, typed);
    struct need_hits hits;

    if (need_by_id(x, typed) != NULL || holds(p->was->needs, p->was->n_needs, typed))
        return typed;
    for (int i = 0; i < needs_n(x); i++)
        if (str_eq(str_fold(p->c->mem, needs_at(x, i)->label[NEED_IT].text), folded))
            return needs_at(x, i)->id;
    needs_find(x, p->c->mem, typed, 1, &hits);
    return hits.n > 0 && hits.is_sure && !hits.list[0].is_by_group ? hits.list[0].need->id : STR("");
}

/* An area of the tables is known by a need that has it, or by its label. */
static struct str target_of(struct edit_put *p, struct str typed)
{
    const struct needs *const x = needs_of(p->c);
    const struct str folded = str_fold(p->c->mem, typed);

    if (holds(p->was->targets, p->was->n_targets, typed))
        return typed;
    for (int i = 0; i < needs_n(x); i++)
        for (int k = 0; k < needs_at(x, i)->n_areas; k++) {
            const struct str id = needs_at(x, i)->areas[k];

            if (str_eq(id, typed) || str_eq(str_fold(p->c->mem, needs_code_label(x, id)), folded))
                return id;
        }
    return STR("");
}

static enum status put_ids(struct edit_put *p, struct str text, struct str (*find)(struct edit_put *, struct str), const char *key,
                           const struct str **out, int *n_out)
{
    struct str *list = ARENA_ARRAY(p->c->mem, struct str, MOST_ITEMS), item;
    int n = 0;

    while (catalogue_edit_line(&text, &item)) {
        const struct str whole = find(p, item);
        struct str rest = item, one;

        if (whole.n > 0)
            rest = whole;
        while (next_item(&rest, &one)) {
            const struct str id = find(p, one);

            if (id.n == 0)
                return catalogue_edit_refuse(p, key, one);
            if (n == MOST_ITEMS)
                return catalogue_edit_refuse(p, "catalogue.edit-many", STR("40"));
            if (!holds(list, n, id))
                list[n++] = id;
        }
    }
    *out = list;
    *n_out = n;
    return ST_OK;
}

enum status catalogue_put_needs(struct edit_put *p, struct str text)
{
    return put_ids(p, text, need_of, "catalogue.edit-need", &p->s->needs, &p->s->n_needs);
}

enum status catalogue_put_targets(struct edit_put *p, struct str text)
{
    return put_ids(p, text, target_of, "catalogue.edit-target", &p->s->targets, &p->s->n_targets);
}

/* ---- ways ---- */

struct str catalogue_read_ways(struct arena *mem, const struct service *s)
{
    struct buf b = buf_new(mem, 32);

    for (int bit = WAY_PRESENCE; bit <= WAY_HOME; bit <<= 1)
        if ((s->ways & bit) != 0)
            put_line(&b, str_of(catalogue_way_name(bit)));
    return buf_view(&b);
}

enum status catalogue_put_ways(struct edit_put *p, struct str text)
{
    static const struct {
        const char *said;
        int bit;
    } said[] = {{"in presenza", WAY_PRESENCE}, {"di persona", WAY_PRESENCE}, {"al telefono", WAY_PHONE}, {"telefono", WAY_PHONE},
                {"a casa", WAY_HOME},          {"a domicilio", WAY_HOME},    {"on line", WAY_ONLINE}};
    struct str item;
    int ways = 0;

    while (next_item(&text, &item)) {
        const struct str folded = str_fold(p->c->mem, item);
        int bit = catalogue_way_of(folded);

        for (int i = 0; bit == 0 && i < ARRAY_LEN(said); i++)
            bit = str_eq_z(folded, said[i].said) ? said[i].bit : 0;
        if (bit == 0)
            return catalogue_edit_refuse(p, "catalogue.edit-choice", item);
        ways |= bit;
    }
    p->s->ways = ways;
    return ST_OK;
}

/* ---- languages ---- */

struct language_name {
    const char *code, *name, *said;
};
static const struct language_name languages[] = {
    {"it", "italiano", ""},   {"en", "inglese", "english"},     {"fr", "francese", "francais"}, {"ro", "rumeno", "romeno"},
    {"ar", "arabo", ""},      {"sq", "albanese", ""},           {"es", "spagnolo", "castigliano"}, {"zh", "cinese", "mandarino"},
    {"uk", "ucraino", ""},    {"de", "tedesco", ""},            {"pt", "portoghese", ""},       {"ru", "russo", ""},
    {"pl", "polacco", ""},    {"bn", "bengalese", "bangla"},    {"ur", "urdu", ""},             {"pa", "punjabi", "panjabi"},
    {"hi", "hindi", ""},      {"tr", "turco", ""},              {"fa", "persiano", "farsi"},    {"wo", "wolof", ""},
    {"lis", "lingua dei segni", "lis"},
};

static struct str language_said(struct str code)
{
    for (int i = 0; i < ARRAY_LEN(languages); i++)
        if (str_eq_z(code, languages[i].code))
            return str_of(languages[i].name);
    return code;
}

static struct str language_line(struct arena *mem, const struct language *x)
{
    const struct str name = x->name.n > 0 ? x->name : language_said(x->code);

    return x->note.n == 0 ? name : str_fmt(mem, "%.*s (%.*s)", (int)name.n, name.p, (int)x->note.n, x->note.p);
}

struct str catalogue_read_languages(struct arena *mem, const struct service *s)
{
    struct buf b = buf_new(mem, 64);

    for (int i = 0; i < s->n_languages; i++)
        put_line(&b, catalogue_edit_tidy(mem, EDIT_NAME, language_line(mem, &s->languages[i])));
    return buf_view(&b);
}

/* "arabo (il lunedi')": what stands in brackets at the end. */
static struct str take_note(struct str *line)
{
    const ptrdiff_t open = str_index(*line, '(');

    if (open < 1 || line->p[line->n - 1] != ')')
        return STR("");
    const struct str note = {line->p + open + 1, line->n - (size_t)open - 2};

    *line = str_trim(str_head(*line, (size_t)open));
    return str_trim(note);
}

static struct language language_of(struct arena *mem, struct str line)
{
    struct language out = {.note = take_note(&line)};
    const struct str folded = str_fold(mem, line);

    for (int i = 0; i < ARRAY_LEN(languages); i++)
        if (str_eq_z(folded, languages[i].code) || str_eq_z(folded, languages[i].name) || str_eq_z(folded, languages[i].said)) {
            out.code = str_of(languages[i].code);
            return out;
        }
    out.name = line;
    return out;
}

enum status catalogue_put_languages(struct edit_put *p, struct str text)
{
    struct language *list = ARENA_ARRAY(p->c->mem, struct language, MOST_ITEMS);
    struct str line;
    int n = 0;

    while (str_index(text, '(') < 0 ? next_item(&text, &line) : catalogue_edit_line(&text, &line)) {
        bool is_old = false;

        if (n == MOST_ITEMS)
            return catalogue_edit_refuse(p, "catalogue.edit-many", STR("40"));
        for (int i = 0; i < p->was->n_languages && !is_old; i++) {
            is_old = str_eq(language_line(p->c->mem, &p->was->languages[i]), line);
            list[n] = p->was->languages[i];
        }
        if (!is_old)
            list[n] = language_of(p->c->mem, line);
        n++;
    }
    p->s->languages = list;
    p->s->n_languages = n;
    return ST_OK;
}

/* ---- documents ---- */

static struct str document_line(struct arena *mem, const struct document *x)
{
    const struct str words = catalogue_edit_tidy(mem, EDIT_NAME, x->document);

    return x->uri.n == 0 ? words : str_fmt(mem, "%.*s <%.*s>", (int)words.n, words.p, (int)x->uri.n, x->uri.p);
}

struct str catalogue_read_documents(struct arena *mem, const struct service *s)
{
    struct buf b = buf_new(mem, 64);

    for (int i = 0; i < s->n_documents; i++)
        put_line(&b, document_line(mem, &s->documents[i]));
    return buf_view(&b);
}

enum status catalogue_put_documents(struct edit_put *p, struct str text)
{
    struct document *list = ARENA_ARRAY(p->c->mem, struct document, MOST_ITEMS);
    struct str line;
    int n = 0;

    while (catalogue_edit_line(&text, &line)) {
        const ptrdiff_t open = str_index(line, '<');
        bool is_old = false;

        if (n == MOST_ITEMS)
            return catalogue_edit_refuse(p, "catalogue.edit-many", STR("40"));
        for (int i = 0; i < p->was->n_documents && !is_old; i++) {
            is_old = str_eq(document_line(p->c->mem, &p->was->documents[i]), line);
            list[n] = p->was->documents[i];
        }
        if (!is_old)
            list[n] = (struct document){.document = line};
        if (!is_old && open > 0 && line.p[line.n - 1] == '>') {
            list[n].document = str_trim(str_head(line, (size_t)open));
            list[n].uri = (struct str){line.p + open + 1, line.n - (size_t)open - 2};
            if (!str_starts(list[n].uri, STR("https://")) && !str_starts(list[n].uri, STR("http://")))
                return catalogue_edit_refuse(p, "catalogue.edit-url", list[n].uri);
        }
        n++;
    }
    p->s->documents = list;
    p->s->n_documents = n;
    return ST_OK;
}

/* ---- whose residents ---- */

static struct str area_line(struct arena *mem, const struct served_area *x)
{
    struct str s = x->description.n == 0
                       ? x->name
                       : str_fmt(mem, "%.*s (%.*s)", (int)x->name.n, x->name.p, (int)x->description.n, x->description.p);

    return catalogue_edit_tidy(mem, EDIT_NAME, s);
}

struct str catalogue_read_areas(struct arena *mem, const struct service *s)
{
    struct buf b = buf_new(mem, 64);

    for (int i = 0; i < s->n_areas; i++)
        put_line(&b, area_line(mem, &s->areas[i]));
    return buf_view(&b);
}

static enum status area_of(struct edit_put *p, struct str line, struct served_area *out)
{
    struct comune_hit *hits;
    int n = 0;

    *out = (struct served_area){.description = take_note(&line)};
    out->name = line;
    const enum status st = places_find_comuni(p->c, line, 2, &hits, &n);

    if (st == ST_OK && n == 1 && hits[0].match <= MATCH_EXACT)
        out->area_id = hits[0].comune.area.area_id;
    return st;
}

enum status catalogue_put_areas(struct edit_put *p, struct str text)
{
    struct served_area *list = ARENA_ARRAY(p->c->mem, struct served_area, MOST_ITEMS);
    struct str line;
    enum status st = ST_OK;
    int n = 0;

    while (st == ST_OK && catalogue_edit_line(&text, &line)) {
        bool is_old = false;

        if (n == MOST_ITEMS)
            return catalogue_edit_refuse(p, "catalogue.edit-many", STR("40"));
        for (int i = 0; i < p->was->n_areas && !is_old; i++) {
            is_old = str_eq(area_line(p->c->mem, &p->was->areas[i]), line);
            list[n] = p->was->areas[i];
        }
        if (!is_old)
            st = area_of(p, line, &list[n]);
        n++;
    }
    p->s->areas = list;
    p->s->n_areas = n;
    return st;
}

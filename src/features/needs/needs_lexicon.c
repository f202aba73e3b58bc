/* needs_lexicon.c - the tables of the analysis, read and checked. */
#include "needs_lexicon.h"
#include "base/log.h"
#include "base/sheet.h"
#include "base/tables.h"

struct reading {
    struct words *w;
    struct arena *mem;
    const char *file;
    struct sheet sheet;
    int row;
    struct str *why;
    struct arena *scratch; /* what the analysis of a member needs and nobody keeps */
};

static enum status refuse(const struct reading *r, const char *what, struct str value)
{
    const long long line = r->row < r->sheet.n_rows ? (long long)r->sheet.lines[r->row] : 0;

    *r->why =
        str_fmt(r->mem, "%s line %lld: %s: \"%.*s\"", r->file, line, what, (int)value.n, value.p);
    return ST_INVALID;
}

static void *room_for(struct arena *mem, void *list, size_t size, int n)
{
    if (n == 0)
        return arena_array(mem, 32, size);
    if (n < 32 || (n & (n - 1)) != 0)
        return list;
    return arena_grow(mem, list, (size_t)n * size, (size_t)n * 2 * size);
}

static struct str cell(const struct reading *r, const char *name)
{
    return sheet_cell(&r->sheet, r->row, name);
}

/* The only token of a cell, folded; empty when there are none or several. */
static struct str one_token(struct arena *mem, struct str s)
{
    struct token t[2];

    return split_text(mem, s, t, 2) == 1 ? t[0].folded : STR("");
}

/* ---- function_words.csv: words (separated by spaces), kind ---- */

static int flags_of_kind(struct str kind)
{
    static const struct {
        const char *name;
        int flags;
    } kinds[] = {
        {"function", FLAG_FUNCTION},       {"negation", FLAG_FUNCTION | FLAG_NEGATION},
        {"end", FLAG_FUNCTION | FLAG_END}, {"want", FLAG_FUNCTION | FLAG_WANT},
        {"common", FLAG_COMMON},           {"weak", FLAG_WEAK},
    };

    for (int i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_eq_z(kind, kinds[i].name))
            return kinds[i].flags;
    return 0;
}

static enum status read_function_words(struct reading *r)
{
    const int flags = flags_of_kind(cell(r, "kind"));
    struct str rest = cell(r, "words");

    if (flags == 0)
        return refuse(r, "no such kind of word", cell(r, "kind"));
    while (rest.n > 0) {
        const struct str word = str_cut(&rest, ' ');
        const struct str folded = one_token(r->mem, word);

        if (word.n == 0)
            continue;
        if (folded.n == 0)
            return refuse(r, "this is not one word", word);
        const int old = map_get(&r->w->flags, folded);

        if (old >= 0 && old != flags)
            return refuse(r, "this word has another kind already", word);
        map_set(&r->w->flags, folded, flags);
    }
    return ST_OK;
}

/* ---- variants.csv: meant, written (separated by |) ---- */

static int fold_tokens(struct arena *mem, struct str s, struct str *out)
{
    struct token t[MAX_VARIANT + 1];
    const int n = split_text(mem, s, t, MAX_VARIANT + 1);

    for (int i = 0; i < n && i < MAX_VARIANT; i++)
        out[i] = t[i].folded;
    return n <= MAX_VARIANT ? n : 0;
}

static enum status add_variant(struct reading *r, struct str written, const struct variant *meant)
{
    struct words *const w = r->w;
    struct variant v = *meant;

    v.n_from = fold_tokens(r->mem, written, v.from);
    if (v.n_from == 0)
        return refuse(r, "a variant has one to eight words", written);
    v.next = map_get(&w->variant_of, v.from[0]);
    for (int k = v.next; k >= 0; k = w->variants[k].next) {
        int i = 0;

        while (i < v.n_from && w->variants[k].n_from == v.n_from &&
               str_eq(w->variants[k].from[i], v.from[i]))
            i++;
        if (i == v.n_from)
            return refuse(r, "this variant stands twice", written);
    }
    w->variants = room_for(w->mem, w->variants, sizeof v, w->n_variants);
    w->variants[w->n_variants] = v;
    map_set(&w->variant_of, v.from[0], w->n_variants++);
    return ST_OK;
}

static enum status read_variant(struct reading *r)
{
    struct variant meant = {.next = -1};
    struct str rest = cell(r, "written");
    enum status st = ST_OK;

    meant.n_to = fold_tokens(r->mem, cell(r, "meant"), meant.to);
    if (meant.n_to == 0)
        return refuse(r, "what is meant has one to eight words", cell(r, "meant"));
    for (int i = 0; i < meant.n_to; i++)
        map_set(&r->w->known, meant.to[i], 1);
    while (rest.n > 0 && st == ST_OK) {
        const struct str written = str_trim(str_cut(&rest, '|'));

        if (written.n > 0)
            st = add_variant(r, written, &meant);
    }
    return st;
}

/* ---- stems.csv: stem, words (separated by spaces) ---- */

static enum status read_stem(struct reading *r)
{
    struct words *const w = r->w;
    struct str rest = cell(r, "words");
    const struct str stem = one_token(r->mem, cell(r, "stem"));

    if (stem.n == 0)
        return refuse(r, "a stem is one word", cell(r, "stem"));
    w->stems = room_for(w->mem, w->stems, sizeof *w->stems, w->n_stems);
    w->stems[w->n_stems] = stem;
    while (rest.n > 0) {
        const struct str word = str_cut(&rest, ' ');
        const struct str folded = one_token(r->mem, word);

        if (word.n == 0)
            continue;
        if (folded.n == 0 || map_add(&w->stem_of, folded, w->n_stems) != w->n_stems)
            return refuse(r, "this word has a stem already or is not one word", word);
        map_set(&w->known, folded, 1);
    }
    w->n_stems++;
    return ST_OK;
}

/* ---- rings.csv: ring, words (separated by |; joined_so when the little words count too) ---- */

static void add_membership(struct words *w, struct str stem, int ring)
{
    const int first = map_get(&w->ring_of, stem);

    for (int m = first; m >= 0; m = w->memberships[m].next)
        if (w->memberships[m].ring == ring)
            return;
    w->memberships = room_for(w->mem, w->memberships, sizeof *w->memberships, w->n_memberships);
    w->memberships[w->n_memberships] = (struct ring_member){ring, first};
    map_set(&w->ring_of, stem, w->n_memberships++);
}

static enum status add_member(struct reading *r, struct str text, int ring)
{
    struct words *const w = r->w;
    struct expression x = {.ring = ring};
    int n, n_content = 0;
    const struct draft *const d = lexicon_drafts(w, r->scratch, text, &n);

    for (int i = 0; i < n; i++)
        n_content += !d[i].w.is_function;
    x.is_exact = n_content < 2 && str_index(text, '_') >= 0;
    for (int i = 0; i < n; i++) {
        if (d[i].w.is_function && !x.is_exact && !(d[i].flags & FLAG_NEGATION))
            continue;
        if (x.n == MAX_EXPRESSION)
            return refuse(r, "an expression has at most eight words", text);
        x.items[x.n++] = (struct expression_item){
            str_copy(r->mem, d[i].w.is_function ? d[i].w.folded : d[i].w.stem), d[i].w.is_function};
    }
    arena_reset(r->scratch);
    if (x.n == 0 || (x.n == 1 && n > 1))
        return refuse(r, "join the words with _: alone they say too little", text);
    w->members = room_for(w->mem, w->members, sizeof text, w->n_members);
    w->members[w->n_members++] = text;
    if (x.n == 1) {
        add_membership(w, x.items[0].text, ring);
        return ST_OK;
    }
    x.next = map_get(&w->expression_of, x.items[0].text);
    w->expressions = room_for(w->mem, w->expressions, sizeof x, w->n_expressions);
    w->expressions[w->n_expressions] = x;
    map_set(&w->expression_of, x.items[0].text, w->n_expressions++);
    return ST_OK;
}

static int add_ring(struct words *w, struct str name)
{
    const int known = map_get(&w->rings, name);

    if (known >= 0)
        return known;
    w->ring_names = room_for(w->mem, w->ring_names, sizeof *w->ring_names, w->n_rings);
    w->ring_stems = room_for(w->mem, w->ring_stems, sizeof *w->ring_stems, w->n_rings);
    w->ring_names[w->n_rings] = name;
    w->ring_stems[w->n_rings] = str_fmt(w->mem, "=%.*s", (int)name.n, name.p);
    map_set(&w->rings, name, w->n_rings);
    return w->n_rings++;
}

static enum status read_ring(struct reading *r)
{
    const struct str name = cell(r, "ring");
    struct str rest = cell(r, "words");
    enum status st = ST_OK;

    if (name.n == 0)
        return refuse(r, "a ring has a name", rest);
    const int ring = add_ring(r->w, name);

    while (rest.n > 0 && st == ST_OK) {
        const struct str text = str_trim(str_cut(&rest, '|'));

        if (text.n > 0)
            st = add_member(r, text, ring);
    }
    return st;
}

/* A weak word is weak in all its forms. */
static void mark_weak_stems(struct words *w)
{
    for (uint32_t i = 0; i < w->flags.room; i++) {
        const struct map_slot *const s = &w->flags.slots[i];

        if (s->key.p != NULL && s->value == FLAG_WEAK)
            map_set(&w->weak, words_stem(w, w->mem, s->key), 1);
    }
}

/* ---- all four ---- */

static enum status read_rows(struct reading *r, const char *file, struct str bytes,
                             enum status (*row)(struct reading *), const char *const *columns)
{
    struct str why;

    r->file = file;
    if (sheet_read(r->mem, bytes, &r->sheet, &why) != ST_OK) {
        *r->why = str_fmt(r->mem, "%s %.*s", file, (int)why.n, why.p);
        return ST_INVALID;
    }
    for (int i = 0; i < 2; i++) {
        if (sheet_column(&r->sheet, columns[i]) < 0) {
            *r->why = str_fmt(r->mem, "%s has no column \"%s\"", file, columns[i]);
            return ST_INVALID;
        }
    }
    for (r->row = 0; r->row < r->sheet.n_rows; r->row++) {
        const enum status st = row(r);

        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

enum status words_build(struct arena *mem, const struct words_tables *t, struct words **out,
                        struct str *why)
{
    struct words *const w = ARENA_NEW(mem, struct words);
    struct reading r = {.w = w, .mem = mem, .why = why, .scratch = arena_new(0)};

    *w = (struct words){.mem = mem,
                        .flags = map_new(mem, 1500),
                        .variant_of = map_new(mem, 1500),
                        .stem_of = map_new(mem, 500),
                        .rings = map_new(mem, 500),
                        .ring_of = map_new(mem, 2000),
                        .expression_of = map_new(mem, 1000),
                        .known = map_new(mem, 2000),
                        .weak = map_new(mem, 300)};
    enum status st = read_rows(&r, "function_words.csv", t->function_words, read_function_words,
                               (const char *const[]){"kind", "words"});

    if (st == ST_OK)
        st = read_rows(&r, "variants.csv", t->variants, read_variant,
                       (const char *const[]){"meant", "written"});
    if (st == ST_OK)
        st =
            read_rows(&r, "stems.csv", t->stems, read_stem, (const char *const[]){"stem", "words"});
    if (st == ST_OK)
        st =
            read_rows(&r, "rings.csv", t->rings, read_ring, (const char *const[]){"ring", "words"});
    if (st == ST_OK)
        mark_weak_stems(w);
    arena_free(r.scratch);
    *out = w;
    return st;
}

static struct str bytes_of(const char *name)
{
    const struct table_file *const f = table_find(name);

    if (f == NULL)
        bug("no table %s", name);
    return f->bytes;
}

struct words *words_open(struct arena *mem)
{
    const struct words_tables t = {bytes_of("needs/function_words.csv"),
                                   bytes_of("needs/variants.csv"), bytes_of("needs/stems.csv"),
                                   bytes_of("needs/rings.csv")};
    struct words *w;
    struct str why = STR("");

    if (words_build(mem, &t, &w, &why) != ST_OK)
        bug("%.*s", (int)why.n, why.p);
    return w;
}

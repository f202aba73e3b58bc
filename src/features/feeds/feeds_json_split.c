/* feeds_json_split.c - finds where each entry begins and ends; what stands inside is jansson's. */
#include "feeds_json_split.h"
#include "base/buf.h"
#include <string.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, END = -1 };

struct splitter {
    struct arena *mem;
    struct arena *scratch; /* of one object at the top */
    const struct feeds_json_options *o;
    struct feeds_json_trouble *trouble;
    char *piece;
    const char *p, *end; /* what is left of the piece that was read */
    int64_t done;        /* bytes of the file before p's piece ended */
    int64_t row;
    char *text; /* the entry being gathered */
    size_t n_text, room;
    bool is_gathering, is_stopped, is_refused, is_unreadable;
};

static void refuse(struct splitter *s, const char *key, struct str value)
{
    if (s->is_refused)
        return; /* the first trouble explains the others */
    s->is_refused = true;
    *s->trouble = (struct feeds_json_trouble){s->row, key, str_copy(s->mem, value)};
}

static void refuse_here(struct splitter *s, const char *key)
{
    refuse(s, key, str_fmt(s->mem, "%lld", (long long)(s->done - (s->end - s->p))));
}

static bool is_over(const struct splitter *s)
{
    return s->is_refused || s->is_stopped || s->is_unreadable;
}

/* The next byte without taking it, or END. */
static int peek(struct splitter *s)
{
    if (s->p < s->end)
        return (unsigned char)*s->p;
    if (s->o->fd < 0 || is_over(s))
        return END;
    const ssize_t n = read(s->o->fd, s->piece, PIECE);

    if (n <= 0) {
        s->is_unreadable = n < 0;
        return END;
    }
    s->p = s->piece;
    s->end = s->piece + n;
    s->done += n;
    if (s->o->progress != NULL)
        s->o->progress(s->o->arg, s->done);
    return (unsigned char)*s->p;
}

static void gather(struct splitter *s, const char *bytes, size_t n)
{
    if (s->n_text + n > FEEDS_JSON_MAX_BYTES) {
        refuse(s, "feeds.json-too-long", STR("8 MB"));
        return;
    }
    if (s->n_text + n > s->room) {
        const size_t room = s->room * 2 > s->n_text + n ? s->room * 2 : s->n_text + n + PIECE;

        s->text = arena_grow(s->mem, s->text, s->room, room);
        s->room = room;
    }
    memcpy(s->text + s->n_text, bytes, n);
    s->n_text += n;
}

static int take(struct splitter *s)
{
    const int ch = peek(s);

    if (ch == END)
        return END;
    if (s->is_gathering)
        gather(s, s->p, 1);
    s->p++;
    return ch;
}

static bool is_space(int ch)
{
    return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
}

/* Space is never gathered; too much of it is no feed. */
static int after_space(struct splitter *s)
{
    int64_t n = 0;

    for (int ch = peek(s); is_space(ch); ch = peek(s)) {
        s->p++;
        if (++n > FEEDS_JSON_MAX_GAP) {
            refuse_here(s, "feeds.json-gap");
            return END;
        }
    }
    return is_over(s) ? END : peek(s);
}

/* From the byte after a quote to the closing one, in runs. */
static void take_text(struct splitter *s)
{
    while (!is_over(s) && peek(s) != END) {
        const char *run = s->p;

        while (s->p < s->end && *s->p != '"' && *s->p != '\\')
            s->p++;
        if (s->is_gathering)
            gather(s, run, (size_t)(s->p - run));
        if (s->p == s->end)
            continue;
        const int ch = take(s);

        if (ch == '"')
            return;
        if (take(s) == END)
            break;
    }
    refuse_here(s, "feeds.json-ends");
}

/* An object or array, from its bracket to the one that closes it. */
static void take_nest(struct splitter *s)
{
    int depth = 0;

    while (!is_over(s)) {
        const int ch = after_space(s);

        if (ch == END) {
            refuse_here(s, "feeds.json-ends");
            return;
        }
        take(s);
        if (ch == '"') {
            take_text(s);
        } else if (ch == '{' || ch == '[') {
            if (++depth > FEEDS_JSON_MAX_DEPTH) {
                refuse(s, "feeds.json-too-deep", STR("32"));
                return;
            }
        } else if ((ch == '}' || ch == ']') && --depth == 0) {
            return;
        }
    }
}

static bool ends_scalar(int ch)
{
    return ch == END || is_space(ch) || ch == ',' || ch == ']' || ch == '}' || ch == ':' || ch == '"' || ch == '[' || ch == '{';
}

/* Any value, gathered when s->is_gathering. */
static void take_value(struct splitter *s)
{
    const int ch = after_space(s);

    if (ch == '{' || ch == '[') {
        take_nest(s);
    } else if (ch == '"') {
        take(s);
        take_text(s);
    } else if (ends_scalar(ch)) {
        refuse_here(s, "feeds.json-broken");
    } else {
        while (!is_over(s) && !ends_scalar(peek(s)))
            take(s);
    }
}

static const char *wrong_of(const json_error_t *e)
{
    switch (json_error_code(e)) {
    case json_error_duplicate_key:
        return "feeds.json-name-twice";
    case json_error_invalid_utf8:
        return "feeds.json-not-utf8";
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return "feeds.json-nul";
    case json_error_numeric_overflow:
        return "feeds.json-number";
    default:
        return "feeds.json-broken";
    }
}

/* Hands over what was gathered. */
static void give(struct splitter *s, struct str member, bool is_envelope)
{
    json_error_t e = {.text = ""};
    struct feeds_json_item item = {.row = is_envelope ? 0 : s->row, .member = member, .is_envelope = is_envelope};

    if (is_over(s))
        return;
    if (!is_envelope && s->o->passes != NULL && s->o->passes(s->o->arg)) {
        item.is_passed = true;
        s->is_stopped = !s->o->each(s->o->arg, &item);
        return;
    }
    json_t *tree = json_loadb(s->text, s->n_text, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);

    item.tree = tree;
    if (tree == NULL) {
        item.wrong = wrong_of(&e);
        item.value = str_of(e.text);
    }
    s->is_stopped = !s->o->each(s->o->arg, &item);
    json_decref(tree);
}

static void take_items(struct splitter *s, struct str member)
{
    s->p++; /* the bracket, which peek has seen */
    if (str_ends(member, STR(".csv")))
        s->row = 0; /* the rows of each table by themselves */
    if (after_space(s) == ']') {
        s->p++;
        return;
    }
    while (!is_over(s)) {
        s->row++;
        s->n_text = 0;
        s->is_gathering = true;
        take_value(s);
        s->is_gathering = false;
        give(s, member, false);
        if (is_over(s))
            return;
        const int ch = after_space(s);

        if (ch != ',' && ch != ']') {
            refuse_here(s, ch == END ? "feeds.json-ends" : "feeds.json-broken");
            return;
        }
        s->p++;
        if (ch == ']')
            return;
    }
}

static bool is_streamed(struct str name)
{
    return str_eq_z(name, "contents") || str_ends(name, STR(".csv"));
}

/* An object at the top. Its members are gathered; arrays of entries are handed over instead, and what
 * was gathered around them is kept aside meanwhile. */
static void take_top_object(struct splitter *s)
{
    struct buf around = buf_new(s->scratch, 256);
    bool is_page = false, is_first = true;

    s->p++;
    buf_char(&around, '{');
    for (int ch = after_space(s); !is_over(s) && ch != '}'; ch = after_space(s)) {
        if (!is_first && ch == ',') {
            s->p++;
            buf_char(&around, ',');
            ch = after_space(s);
        }
        if (ch != '"') {
            refuse_here(s, ch == END ? "feeds.json-ends" : "feeds.json-broken");
            return;
        }
        is_first = false;
        s->n_text = 0;
        s->is_gathering = true;
        take_value(s);
        const struct str name = str_copy(s->scratch, (struct str){s->text + 1, s->n_text >= 2 ? s->n_text - 2 : 0});

        s->is_gathering = false;
        buf_put(&around, s->text, s->n_text);
        if (after_space(s) != ':') {
            refuse_here(s, "feeds.json-broken");
            return;
        }
        s->p++;
        buf_char(&around, ':');
        if (after_space(s) == '[' && is_streamed(name)) {
            is_page = true;
            take_items(s, name);
            buf_z(&around, "null");
        } else {
            s->n_text = 0;
            s->is_gathering = true;
            take_value(s);
            s->is_gathering = false;
            buf_put(&around, s->text, s->n_text);
        }
        if (around.n > FEEDS_JSON_MAX_BYTES)
            refuse(s, "feeds.json-too-long", STR("8 MB"));
        ch = after_space(s);
        if (!is_over(s) && ch != ',' && ch != '}')
            refuse_here(s, ch == END ? "feeds.json-ends" : "feeds.json-broken");
    }
    if (is_over(s))
        return;
    s->p++;
    buf_char(&around, '}');
    s->n_text = 0;
    gather(s, around.p, around.n);
    s->row += !is_page;
    give(s, STR(""), is_page);
}

static void skip_mark(struct splitter *s)
{
    const int ch = peek(s);

    if (ch == 0xFE || ch == 0xFF || ch == 0) {
        refuse(s, "feeds.json-utf16", STR(""));
    } else if (ch == 0xEF && s->end - s->p >= 3 && memcmp(s->p, "\xEF\xBB\xBF", 3) == 0) {
        s->p += 3;
    }
}

static void split(struct splitter *s)
{
    skip_mark(s);
    int ch = after_space(s);

    if (ch == END && !is_over(s)) {
        refuse(s, "feeds.json-empty", STR(""));
    } else if (ch == '[') {
        take_items(s, STR(""));
        if (!is_over(s) && after_space(s) != END)
            refuse_here(s, "feeds.json-after");
    } else {
        for (; !is_over(s) && ch != END; ch = after_space(s)) {
            if (ch != '{') {
                refuse_here(s, s->row == 0 ? "feeds.json-not" : "feeds.json-after");
                return;
            }
            take_top_object(s);
            arena_reset(s->scratch);
        }
    }
}

enum status feeds_json_split(struct arena *mem, const struct feeds_json_options *o, struct feeds_json_trouble *trouble)
{
    struct splitter s = {.o = o, .trouble = trouble};

    *trouble = (struct feeds_json_trouble){0};
    s.mem = arena_new(0);
    s.scratch = arena_new(0);
    s.room = PIECE;
    s.text = arena_alloc(s.mem, s.room);
    if (o->fd < 0) {
        s.p = o->bytes.p;
        s.end = o->bytes.p + o->bytes.n;
        s.done = (int64_t)o->bytes.n;
    } else {
        s.piece = arena_alloc(s.mem, PIECE);
        s.p = s.end = s.piece;
    }
    split(&s);
    trouble->value = str_copy(mem, trouble->value);
    arena_free(s.scratch);
    arena_free(s.mem);
    return s.is_unreadable ? ST_UNAVAILABLE : s.is_refused ? ST_INVALID : ST_OK;
}

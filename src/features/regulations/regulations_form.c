/* regulations_form.c - the fields of the form, and what was typed made right or told what is wrong with it. */
#include "regulations_form.h"
#include "base/buf.h"
#include "base/macros.h"
#include "base/problems.h"
#include <string.h>

enum { MOST_CENTS = 100000000, MOST_WORDS = 200, HUNDRED_PERCENT = 10000, MOST_WHOLE = 1000000000, MOST_POINTS = 1000 };

static const char *const patterns[PATTERN_COUNT] = {NULL,  "exempt",   "bands",  "fees", "linear", "proportional",
                                                    "cap", "children", "top-up", "flat", "grants", "plan"};
static const char *const isees[] = {"isee_ord", "isee_soc", "isee_min"};
static const char *const units[] = {"ora", "giorno", "pasto", "mese"};
static const char *const bounds[] = {"compreso", "escluso"};
static const char *const gives[] = {"piano", "tetto"};
static const char *const counts_as[] = {"scala", "sociale"};

#define P(x) (1u << PATTERN_##x)
#define ALL (~0u)
#define PAID (P(EXEMPT) | P(BANDS) | P(FEES) | P(LINEAR) | P(PROPORTIONAL) | P(CAP) | P(CHILDREN))
#define COSTED (PAID & ~P(FEES))

static const struct form_shape shapes[FORM_FIELD_COUNT] = {
    [FORM_TITLE] = {"titolo", "regulations.field-title", NULL, FORM_TEXT, ALL, true, NULL, 0, NULL},
    [FORM_FROM] = {"dal", "regulations.field-from", NULL, FORM_DAY, ALL, true, NULL, 0, NULL},
    [FORM_TO] = {"al", "regulations.field-to", "regulations.hint-to", FORM_DAY, ALL, false, NULL, 0, NULL},
    [FORM_SOURCE] = {"fonte", "regulations.field-source", "regulations.hint-source", FORM_TEXT, ALL, true, NULL, 0, NULL},
    [FORM_WHERE] = {"dove", "regulations.field-where", NULL, FORM_TEXT, ALL, false, NULL, 0, NULL},
    [FORM_PAPERS] = {"documenti", "regulations.field-papers", "regulations.hint-papers", FORM_TEXT, ALL, false, NULL, 0, NULL},
    [FORM_ISEE] = {"isee", "regulations.field-isee", NULL, FORM_CHOICE, ALL, true, isees, ARRAY_LEN(isees), "isee_ord"},
    [FORM_PER] = {"per", "regulations.field-per", NULL, FORM_CHOICE, PAID, true, units, ARRAY_LEN(units), "ora"},
    [FORM_COST] = {"costo", "regulations.field-cost", "regulations.hint-cost", FORM_MONEY, COSTED, true, NULL, 0, NULL},
    [FORM_TARIFF] = {"tariffa", "regulations.field-tariff", "regulations.hint-tariff", FORM_MONEY, P(PROPORTIONAL), true, NULL, 0,
                     NULL},
    [FORM_FREE] = {"soglia", "regulations.field-free", "regulations.hint-money", FORM_MONEY,
                   P(EXEMPT) | P(LINEAR) | P(PROPORTIONAL) | P(CAP) | P(CHILDREN), true, NULL, 0, NULL},
    [FORM_FREE_BOUND] = {"soglia-come", "regulations.field-bound", NULL, FORM_CHOICE,
                         P(EXEMPT) | P(LINEAR) | P(PROPORTIONAL) | P(CAP) | P(CHILDREN), true, bounds, ARRAY_LEN(bounds),
                         "compreso"},
    [FORM_FULL] = {"soglia-alta", "regulations.field-full", "regulations.hint-money", FORM_MONEY, P(LINEAR) | P(PROPORTIONAL), true,
                   NULL, 0, NULL},
    [FORM_LEAST] = {"parte-minima", "regulations.field-least", "regulations.hint-percent", FORM_PERCENT, P(LINEAR), true, NULL, 0, "0"},
    [FORM_MOST] = {"parte-massima", "regulations.field-most", "regulations.hint-percent", FORM_PERCENT, P(LINEAR), true, NULL, 0, "100"},
    [FORM_SHARE] = {"parte-reddito", "regulations.field-share", "regulations.hint-percent", FORM_PERCENT, P(CAP), true, NULL, 0, NULL},
    [FORM_LEFT] = {"resto", "regulations.field-left", "regulations.hint-money", FORM_MONEY, P(CAP), true, NULL, 0, "0"},
    [FORM_REDUCTION] = {"riduzione", "regulations.field-reduction", "regulations.hint-percent", FORM_PERCENT, P(CHILDREN), true, NULL,
                        0, NULL},
    [FORM_LIMIT] = {"limite", "regulations.field-limit", "regulations.hint-money", FORM_MONEY, P(TOP_UP) | P(FLAT) | P(PLAN), true,
                    NULL, 0, NULL},
    [FORM_LIMIT_BOUND] = {"limite-come", "regulations.field-bound", NULL, FORM_CHOICE, P(TOP_UP) | P(FLAT) | P(PLAN), true, bounds,
                          ARRAY_LEN(bounds), "compreso"},
    [FORM_MINIMUM] = {"minimo", "regulations.field-minimum", "regulations.hint-money", FORM_MONEY, P(TOP_UP), true, NULL, 0, NULL},
    [FORM_FIXED] = {"fisso", "regulations.field-fixed", "regulations.hint-money", FORM_MONEY, P(FLAT), true, NULL, 0, NULL},
    [FORM_CEILING] = {"tetto", "regulations.field-ceiling", "regulations.hint-money", FORM_MONEY, P(TOP_UP) | P(FLAT), true, NULL, 0,
                      NULL},
    [FORM_MONTH_MOST] = {"tetto-mese", "regulations.field-month-most", "regulations.hint-month-most", FORM_MONEY, PAID & ~P(CAP), false,
                         NULL, 0, NULL},
    [FORM_GIVES] = {"si-riceve", "regulations.field-gives", NULL, FORM_CHOICE, P(PLAN), true, gives, ARRAY_LEN(gives), "piano"},
    [FORM_COUNTS_AS] = {"punti-come", "regulations.field-counts-as", "regulations.hint-counts-as", FORM_CHOICE, P(PLAN), true, counts_as,
                        ARRAY_LEN(counts_as), "scala"},
    [FORM_PART_FROM] = {"parte-da", "regulations.field-part-from", "regulations.hint-part", FORM_MONEY, P(PLAN), false, NULL, 0, NULL},
    [FORM_PART_TO] = {"parte-a", "regulations.field-part-to", "regulations.hint-part", FORM_MONEY, P(PLAN), false, NULL, 0, NULL},
};

const char *regulations_pattern_name(enum regulations_pattern p)
{
    return patterns[p];
}

enum regulations_pattern regulations_pattern_of(struct str name)
{
    for (int p = 1; p < PATTERN_COUNT; p++)
        if (str_eq_z(name, patterns[p]))
            return (enum regulations_pattern)p;
    return 0;
}

enum regulations_pattern regulations_first_pattern(enum regulation_kind kind)
{
    return kind == REGULATION_CARE_PLAN ? PATTERN_PLAN : regulations_gives(kind) ? PATTERN_TOP_UP : PATTERN_BANDS;
}

bool regulations_pattern_fits(enum regulations_pattern p, enum regulation_kind kind)
{
    if (p == PATTERN_PLAN || kind == REGULATION_CARE_PLAN)
        return p == PATTERN_PLAN && kind == REGULATION_CARE_PLAN;
    return p != 0 && ((PAID >> p & 1) == 0) == regulations_gives(kind);
}

const struct form_shape *regulations_form_shape(enum form_field f)
{
    return &shapes[f];
}

bool regulations_form_asks(enum form_field f, enum regulations_pattern p)
{
    return (shapes[f].patterns >> p & 1) != 0;
}

void regulations_form_begin(struct regulations_form *f, enum regulation_kind kind, enum regulations_pattern p)
{
    *f = (struct regulations_form){.kind = kind, .pattern = p};
    for (int i = 0; i < FORM_FIELD_COUNT; i++)
        if (shapes[i].usual != NULL)
            f->values[i] = str_of(shapes[i].usual);
    if (kind != REGULATION_SUPPORT && kind != REGULATION_SCHOOL) /* D.P.C.M. 159/2013, art. 6: care of who cannot manage alone */
        f->values[FORM_ISEE] = STR("isee_soc");
}

/* ---- numbers as people type them ---- */

/* Points part thousands; a comma, or a lone point with one or two digits after it, stands before decimals. */
static bool read_whole(struct str s, int64_t *out)
{
    size_t since = 0; /* digits since a point, or since the beginning */
    bool has_point = false;

    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.') {
            if (since == 0 || since > 3 || (has_point && since != 3))
                return false;
            has_point = true;
            since = 0;
        } else if (s.p[i] >= '0' && s.p[i] <= '9' && *out < MOST_WHOLE) {
            *out = *out * 10 + (s.p[i] - '0');
            since++;
        } else {
            return false;
        }
    }
    return has_point ? since == 3 : since > 0;
}

static bool read_decimal(struct str s, int n_decimals, int64_t *out)
{
    ptrdiff_t cut = str_index(s, ',');
    const ptrdiff_t point = str_index(s, '.');

    if (cut < 0 && point > 0 && s.n - (size_t)point - 1 < 3)
        cut = point;
    const struct str after = cut < 0 ? STR("") : str_from(s, (size_t)cut + 1);

    if (!read_whole(cut < 0 ? s : str_head(s, (size_t)cut), out) || after.n > (size_t)n_decimals || (cut >= 0 && after.n == 0))
        return false;
    for (size_t i = 0; i < (size_t)n_decimals; i++) {
        if (i < after.n && (after.p[i] < '0' || after.p[i] > '9'))
            return false;
        *out = *out * 10 + (i < after.n ? after.p[i] - '0' : 0);
    }
    return true;
}

static struct str without(struct str s, const char *tail)
{
    s = str_trim(s);
    return str_trim(str_ends(s, str_of(tail)) ? str_head(s, s.n - strlen(tail)) : s);
}

bool regulations_read_money(struct str typed, int64_t *out_cents)
{
    return read_decimal(without(without(typed, "€"), "euro"), 2, out_cents) && *out_cents <= MOST_CENTS;
}

bool regulations_read_percent(struct str typed, int64_t *out_bp)
{
    return read_decimal(without(typed, "%"), 2, out_bp) && *out_bp <= HUNDRED_PERCENT;
}

struct str regulations_money(struct arena *mem, int64_t cents)
{
    const int64_t size = cents < 0 ? -cents : cents;
    const struct str whole = text_int(mem, LANG_IT, size / 100);

    return str_fmt(mem, "%s%.*s,%02d", cents < 0 ? "-" : "", (int)whole.n, whole.p, (int)(size % 100));
}

static struct str percent(struct arena *mem, int64_t bp)
{
    if (bp % 100 == 0)
        return str_fmt(mem, "%d", (int)(bp / 100));
    return bp % 10 == 0 ? str_fmt(mem, "%d,%d", (int)(bp / 100), (int)(bp % 100 / 10))
                        : str_fmt(mem, "%d,%02d", (int)(bp / 100), (int)(bp % 100));
}

/* ---- typed values ---- */

static bool tidy_number(struct ctx *c, const char *field, bool is_money, struct str *value)
{
    int64_t n = 0;

    if (is_money ? !regulations_read_money(*value, &n) : !regulations_read_percent(*value, &n)) {
        problems_add(&c->problems, field, is_money ? "regulations.money-wrong" : "regulations.percent-wrong", *value);
        return false;
    }
    *value = is_money ? regulations_money(c->mem, n) : percent(c->mem, n);
    return true;
}

/* One line, without the sign that ends a text of a rule. */
static struct str tidy_words(struct arena *mem, struct str s)
{
    struct buf b = buf_new(mem, s.n + 8);

    s = str_trim(s);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '"')
            buf_z(&b, "”");
        else
            buf_char(&b, s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\t' ? ' ' : s.p[i]);
    return buf_view(&b);
}

/* "a; b": one blank after each sign, none empty. */
static struct str tidy_papers(struct arena *mem, struct str s)
{
    struct buf b = buf_new(mem, s.n + 8);

    while (s.n > 0) {
        const struct str one = str_trim(str_cut(&s, ';'));

        if (one.n == 0)
            continue;
        buf_z(&b, buf_view(&b).n > 0 ? "; " : "");
        buf_str(&b, one);
    }
    return buf_view(&b);
}

static bool is_choice(const struct form_shape *s, struct str value)
{
    for (int i = 0; i < s->n_choices; i++)
        if (str_eq_z(value, s->choices[i]))
            return true;
    return false;
}

static void tidy_field(struct ctx *c, enum form_field f, struct str *value)
{
    const struct form_shape *const s = &shapes[f];

    *value = s->type == FORM_TEXT ? tidy_words(c->mem, *value) : str_trim(*value);
    if (f == FORM_PAPERS)
        *value = tidy_papers(c->mem, *value);
    if (value->n == 0) {
        if (s->is_needed)
            problems_add(&c->problems, s->name, "regulations.missing", STR(""));
        return;
    }
    if (s->type == FORM_TEXT && str_length(*value) > MOST_WORDS)
        problems_add(&c->problems, s->name, "regulations.words-long", STR(""));
    else if (s->type == FORM_DAY && day_parse(*value) == DAY_NONE)
        problems_add(&c->problems, s->name, "regulations.day-wrong", *value);
    else if (s->type == FORM_CHOICE && !is_choice(s, *value))
        problems_add(&c->problems, s->name, "regulations.missing", STR(""));
    else if (s->type == FORM_MONEY || s->type == FORM_PERCENT)
        tidy_number(c, s->name, s->type == FORM_MONEY, value);
}

static const char *numbered(struct ctx *c, const char *name, int i)
{
    return str_fmt(c->mem, "%s-%d", name, i + 1).p;
}

static bool has_bands(enum regulations_pattern p)
{
    return p == PATTERN_BANDS || p == PATTERN_FEES || p == PATTERN_GRANTS;
}

/* The first begins at nothing, the others where the one before ends. */
static void begin_band(struct regulations_form *f, int i)
{
    struct form_band *const b = &f->bands[i];

    if (b->from.n > 0 || i == 0)
        return;
    b->from = f->bands[i - 1].to;
    b->is_from_out = !f->bands[i - 1].is_to_out;
}

/* Empty rows fall away; the first begins at nothing and the last goes on for ever, or nobody would know who pays what. */
static void tidy_bands(struct ctx *c, struct regulations_form *f)
{
    int n = 0;

    for (int i = 0; i < f->n_bands; i++) {
        const struct form_band b = f->bands[i];

        if (str_trim(b.from).n > 0 || str_trim(b.to).n > 0 || str_trim(b.value).n > 0)
            f->bands[n++] = b;
    }
    f->n_bands = n;
    if (n == 0)
        problems_add(&c->problems, "fascia-1", "regulations.bands-missing", STR(""));
    for (int i = 0; i < n; i++) {
        struct form_band *const b = &f->bands[i];

        b->from = str_trim(b->from);
        b->to = str_trim(b->to);
        begin_band(f, i);
        if (b->from.n > 0)
            tidy_number(c, numbered(c, "fascia", i), true, &b->from);
        if (b->to.n > 0)
            tidy_number(c, numbered(c, "fascia", i), true, &b->to);
        if (str_trim(b->value).n == 0)
            problems_add(&c->problems, numbered(c, "fascia", i), "regulations.band-value", STR(""));
        else
            tidy_number(c, numbered(c, "fascia", i), f->pattern != PATTERN_BANDS, &b->value);
        if (i < n - 1 && b->to.n == 0)
            problems_add(&c->problems, numbered(c, "fascia", i), "regulations.band-to", STR(""));
    }
    if (n > 0 && f->bands[0].from.n > 0)
        problems_add(&c->problems, "fascia-1", "regulations.band-first", STR(""));
    if (n > 0 && f->bands[n - 1].to.n > 0 && f->pattern != PATTERN_GRANTS)
        problems_add(&c->problems, numbered(c, "fascia", n - 1), "regulations.band-last", STR(""));
}

static void tidy_examples(struct ctx *c, struct regulations_form *f)
{
    int n = 0;

    for (int i = 0; i < f->n_examples; i++) {
        const struct form_example e = f->examples[i];

        if (str_trim(e.isee).n > 0 || str_trim(e.wanted).n > 0 || str_trim(e.children).n > 0 || str_trim(e.cost).n > 0)
            f->examples[n++] = e;
    }
    f->n_examples = n;
    for (int i = 0; i < n; i++) {
        struct form_example *const e = &f->examples[i];
        const char *const name = numbered(c, "esempio", i);
        int64_t v = 0;

        if (!tidy_number(c, name, true, &e->isee) || !tidy_number(c, name, true, &e->wanted))
            continue;
        e->children = str_trim(e->children);
        e->times = str_trim(e->times);
        if (e->children.n > 0 && (!str_to_int(e->children, &v) || v < 0 || v > 10))
            problems_add(&c->problems, name, "regulations.children-wrong", e->children);
        if (e->times.n > 0 && (!str_to_int(e->times, &v) || v < 0 || v > 744))
            problems_add(&c->problems, name, "regulations.times-wrong", e->times);
    }
}

/* ---- a plan of care ---- */

static bool tidy_points(struct ctx *c, const char *field, struct str *value)
{
    int64_t n = 0;

    *value = str_trim(*value);
    if (!str_to_int(*value, &n) || n < 0 || n > MOST_POINTS) {
        problems_add(&c->problems, field, "regulations.points-wrong", *value);
        return false;
    }
    *value = str_fmt(c->mem, "%d", (int)n);
    return true;
}

static void tidy_items(struct ctx *c, struct regulations_form *f)
{
    int n = 0;

    for (int i = 0; i < PLAN_ITEMS; i++) {
        struct form_points *const p = &f->points[i];

        if (str_trim(p->some).n == 0 && str_trim(p->all).n == 0) {
            *p = (struct form_points){STR(""), STR("")};
            continue;
        }
        if (str_trim(p->some).n == 0)
            p->some = STR("0");
        if (str_trim(p->all).n == 0)
            p->all = STR("0");
        tidy_points(c, numbered(c, "voce", i), &p->some);
        tidy_points(c, numbered(c, "voce", i), &p->all);
        n++;
    }
    if (n == 0)
        problems_add(&c->problems, "voce-1", "regulations.items-missing", STR(""));
}

/* Each begins at more points than the one before; empty rows fall away. */
static void tidy_ceilings(struct ctx *c, struct regulations_form *f)
{
    int64_t before = -1, from = 0;
    int n = 0;

    for (int i = 0; i < f->n_bands; i++)
        if (str_trim(f->bands[i].from).n > 0 || str_trim(f->bands[i].value).n > 0)
            f->bands[n++] = f->bands[i];
    f->n_bands = n;
    if (n == 0)
        problems_add(&c->problems, "fascia-1", "regulations.bands-missing", STR(""));
    for (int i = 0; i < n; i++) {
        struct form_band *const b = &f->bands[i];
        const char *const name = numbered(c, "fascia", i);

        *b = (struct form_band){.from = b->from, .to = STR(""), .value = b->value};
        if (tidy_points(c, name, &b->from) && str_to_int(b->from, &from)) {
            if (from <= before)
                problems_add(&c->problems, name, "regulations.points-order", b->from);
            before = from;
        }
        tidy_number(c, name, true, &b->value);
    }
}

static void in_order(struct ctx *c, const struct regulations_form *f, enum form_field low, enum form_field high, bool is_money)
{
    int64_t a = 0, b = 0;

    if (!regulations_form_asks(low, f->pattern) || !regulations_form_asks(high, f->pattern))
        return;
    if (is_money ? regulations_read_money(f->values[low], &a) && regulations_read_money(f->values[high], &b)
                 : regulations_read_percent(f->values[low], &a) && regulations_read_percent(f->values[high], &b))
        if (a >= b)
            problems_add(&c->problems, shapes[high].name, "regulations.not-higher", f->values[low]);
}

static void tidy_plan(struct ctx *c, struct regulations_form *f)
{
    const bool has_plan = str_eq_z(f->values[FORM_GIVES], "piano");

    tidy_items(c, f);
    tidy_ceilings(c, f);
    for (int i = 0; i < PLAN_SERVICES; i++) {
        f->prices[i] = str_trim(f->prices[i]);
        if (f->prices[i].n > 0)
            tidy_number(c, numbered(c, "prezzo", i), true, &f->prices[i]);
    }
    if ((f->values[FORM_PART_FROM].n == 0) != (f->values[FORM_PART_TO].n == 0))
        problems_add(&c->problems, shapes[f->values[FORM_PART_FROM].n == 0 ? FORM_PART_FROM : FORM_PART_TO].name, "regulations.missing",
                     STR(""));
    in_order(c, f, FORM_PART_FROM, FORM_PART_TO, true);
    for (int i = 0; i < f->n_examples; i++) {
        struct form_example *const e = &f->examples[i];

        e->children = e->times = STR("");
        if (!str_eq_z(e->answers, "poco"))
            e->answers = STR("tanto");
        e->cost = has_plan ? str_trim(e->cost) : STR("");
        if (has_plan)
            tidy_number(c, numbered(c, "esempio", i), true, &e->cost);
    }
}

bool regulations_form_tidy(struct ctx *c, struct regulations_form *f)
{
    for (int i = 0; i < FORM_FIELD_COUNT; i++) {
        if (regulations_form_asks((enum form_field)i, f->pattern))
            tidy_field(c, (enum form_field)i, &f->values[i]);
        else
            f->values[i] = STR("");
    }
    const int from = day_parse(f->values[FORM_FROM]), to = day_parse(f->values[FORM_TO]);

    if (from != DAY_NONE && to != DAY_NONE && to < from)
        problems_add(&c->problems, "al", "regulations.day-before", STR(""));
    in_order(c, f, FORM_FREE, FORM_FULL, true);
    in_order(c, f, FORM_LEAST, FORM_MOST, false);
    if (has_bands(f->pattern))
        tidy_bands(c, f);
    else
        f->n_bands = f->pattern == PATTERN_PLAN ? f->n_bands : 0;
    tidy_examples(c, f);
    if (f->pattern == PATTERN_PLAN)
        tidy_plan(c, f);
    return c->problems.n == 0;
}

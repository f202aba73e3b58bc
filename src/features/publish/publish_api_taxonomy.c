/* publish_api_taxonomy.c - our taxonomies for the outside: needs, SIUSS, CISIS, target areas, kinds,
 * marks. */
#include "base/sheet.h"
#include "base/tables.h"
#include "publish_api_put.h"

static const struct {
    const char *name_key, *text_key, *version;
    const char *path; /* of this site; NULL: none */
} taxonomies[OWN_COUNT] = {
    [OWN_NEEDS] = {"publish.taxonomy-needs", "publish.taxonomy-needs-text", "1",
                       "/bisogni"},
    [OWN_SIUSS] = {"publish.taxonomy-siuss", "publish.taxonomy-siuss-text", "DM 206/2014",
                       NULL},
    [OWN_CISIS] = {"publish.taxonomy-cisis", "publish.taxonomy-cisis-text", "2013", NULL},
    [OWN_TARGETS] = {"publish.taxonomy-targets", "publish.taxonomy-targets-text", "1",
                         NULL},
    [OWN_KINDS] = {"publish.taxonomy-kinds", "publish.taxonomy-kinds-text", "1", NULL},
    [OWN_MARKS] = {"publish.taxonomy-marks", "publish.taxonomy-marks-text", "1", NULL},
};

static const struct {
    const char *code, *key;
} marks[MARK_COUNT] = {
    [MARK_DEMO] = {"demo", "publish.mark-demo"},
    [MARK_SECRET] = {"secret-address", "publish.mark-secret"},
    [MARK_TOWN_POINT] = {"town-point", "publish.mark-town-point"},
    [MARK_INITIATIVE] = {"initiative", "publish.mark-initiative"},
    [MARK_SUMMARY] = {"summary", "publish.mark-summary"},
    [MARK_ISEE] = {"isee-note", "publish.mark-isee"},
    [MARK_INTAKE] = {"intake", "publish.mark-intake"},
    [MARK_PLACES_FREE] = {"places-free", "publish.mark-places-free"},
    [MARK_STARTS] = {"starts-on", "publish.mark-starts"},
    [MARK_ENDS] = {"ends-on", "publish.mark-ends"},
    [MARK_APPLY_BY] = {"apply-by", "publish.mark-apply-by"},
    [MARK_CONFIRMED_HOW] = {"confirmed-how", "publish.mark-confirmed-how"},
    [MARK_CONFIRMED_BY] = {"confirmed-by", "publish.mark-confirmed-by"},
    [MARK_WAY] = {"way", "publish.mark-way"},
    [MARK_FEE] = {"fee", "publish.mark-fee"},
    [MARK_ACCESS] = {"access", "publish.mark-access"},
    [MARK_CLOSED] = {"closed", "publish.mark-closed"},
    [MARK_APPOINTMENT] = {"by-appointment", "publish.mark-appointment"},
    [MARK_FRESHNESS] = {"freshness", "publish.mark-freshness"},
    [MARK_VERIFIED] = {"verified-on", "publish.mark-verified"},
    [MARK_SCORE] = {"score", "publish.mark-score"},
};

/* A group of needs may have the name of a need. */
struct str api_term_id(struct arena *mem, const struct api_term *t)
{
    if (!t->is_group)
        return catalogue_term_uuid(mem, t->taxonomy, t->code);
    return catalogue_term_uuid(mem, t->taxonomy, str_fmt(mem, "group:%.*s", (int)t->code.n, t->code.p));
}

struct str api_parent_id(struct arena *mem, const struct api_term *t)
{
    const struct api_term group = {.taxonomy = t->taxonomy, .code = t->parent, .is_group = true};

    return t->parent.n == 0 ? STR("") : api_term_id(mem, &group);
}

struct api_term api_mark_term(struct ctx *c, enum api_mark mark)
{
    const struct str words = text_get(c->lang, marks[mark].key);

    return (struct api_term){.taxonomy = OWN_MARKS,
                             .code = str_of(marks[mark].code),
                             .name = words,
                             .description = words};
}

void api_put_taxonomy(struct api_out *o, const char *key, enum own_taxonomy t)
{
    jwrite_open(&o->j, key, '{');
    jwrite_str(&o->j, "id", catalogue_taxonomy_uuid(o->c->mem, t));
    jwrite_str(&o->j, "name", text_get(o->c->lang, taxonomies[t].name_key));
    jwrite_str(&o->j, "description", text_get(o->c->lang, taxonomies[t].text_key));
    if (taxonomies[t].path != NULL)
        api_uri(o, "uri",
                str_fmt(o->c->mem, "%.*s%s", (int)o->origin.n, o->origin.p, taxonomies[t].path));
    jwrite_str(&o->j, "version", str_of(taxonomies[t].version));
    jwrite_close(&o->j, '}');
}

/* The members of a term that stand everywhere, in lists and inside an attribute. */
static void put_members(struct api_out *o, const struct api_term *t)
{
    struct arena *mem = o->c->mem;

    jwrite_str(&o->j, "id", api_term_id(mem, t));
    jwrite_str(&o->j, "code", t->code);
    jwrite_str(&o->j, "name", t->name);
    jwrite_str(&o->j, "description", t->description.n > 0 ? t->description : t->name);
    jwrite_str(&o->j, "taxonomy", text_get(o->c->lang, taxonomies[t->taxonomy].name_key));
    jwrite_str(&o->j, "taxonomy_id", catalogue_taxonomy_uuid(mem, t->taxonomy));
    jwrite_str(&o->j, "language", str_of(lang_code[o->c->lang]));
}

void api_put_term(struct api_out *o, const char *key, const struct api_term *t)
{
    jwrite_open(&o->j, key, '{');
    put_members(o, t);
    if (t->parent.n > 0)
        jwrite_str(&o->j, "parent_id", api_parent_id(o->c->mem, t));
    if (t->taxonomy == OWN_NEEDS && !t->is_group)
        api_uri(o, "term_uri",
                str_fmt(o->c->mem, "%.*s/bisogni/%.*s", (int)o->origin.n, o->origin.p,
                        (int)t->code.n, t->code.p));
    api_put_taxonomy(o, "taxonomy_detail", t->taxonomy);
    jwrite_close(&o->j, '}');
}

void api_put_ours(struct api_out *o, struct str owner, const char *entity, const struct api_term *t,
                  struct str value)
{
    struct arena *mem = o->c->mem;
    const struct str name = str_fmt(mem, "%s:%.*s:%.*s", catalogue_taxonomy_code(t->taxonomy),
                                    (int)t->code.n, t->code.p, (int)value.n, value.p);

    jwrite_open(&o->j, NULL, '{');
    jwrite_str(&o->j, "id", catalogue_uuid_of(mem, owner, name));
    api_uuid(o, "link_id", owner);
    jwrite_str(&o->j, "link_type", str_of(catalogue_taxonomy_code(t->taxonomy)));
    jwrite_str(&o->j, "link_entity", str_of(entity));
    api_text(o, "value", value);
    jwrite_str(&o->j, "taxonomy_term_id", catalogue_term_uuid(mem, t->taxonomy, t->code));
    jwrite_open(&o->j, "taxonomy_term", '{');
    put_members(o, t);
    jwrite_close(&o->j, '}');
    jwrite_close(&o->j, '}');
}

void api_put_mark(struct api_out *o, struct str owner, const char *entity, enum api_mark mark,
                  struct str value)
{
    const struct api_term t = api_mark_term(o->c, mark);

    api_put_ours(o, owner, entity, &t, value);
}

/* ---- all of them ---- */

struct terms {
    struct api_term *list;
    int n, room;
    struct arena *mem;
};

static void add(struct terms *all, struct api_term t)
{
    if (all->n == all->room) {
        const int room = all->room == 0 ? 256 : all->room * 2;

        all->list =
            arena_grow(all->mem, all->list, (size_t)all->room * sizeof t, (size_t)room * sizeof t);
        all->room = room;
    }
    all->list[all->n++] = t;
}

/* "code,label" tables of reference/needs. */
static void add_table(struct terms *all, enum own_taxonomy tax, const char *table)
{
    const struct sheet s = sheet_of_table(all->mem, table);

    for (int i = 0; i < s.n_rows; i++)
        add(all, (struct api_term){.taxonomy = tax,
                                   .code = sheet_cell(&s, i, "code"),
                                   .name = sheet_cell(&s, i, "label"),
                                   .description = sheet_cell(&s, i, "label")});
}

static void add_needs(struct terms *all, const struct needs *needs)
{
    for (int g = 0; g < needs_n_groups(needs); g++) {
        const struct need_group *group = needs_group(needs, g);

        add(all, (struct api_term){.taxonomy = OWN_NEEDS,
                                   .code = group->id,
                                   .name = group->label[NEED_IT].text,
                                   .description = group->label[NEED_IT].help,
                                   .is_group = true});
        for (int i = group->first; i < group->first + group->n; i++) {
            const struct need *need = needs_at(needs, i);

            add(all, (struct api_term){.taxonomy = OWN_NEEDS,
                                       .code = need->id,
                                       .name = need->label[NEED_IT].text,
                                       .description = need->label[NEED_IT].help,
                                       .parent = group->id});
        }
    }
}

void api_terms(struct ctx *c, const struct needs *needs, struct api_term **out, int *n_out)
{
    struct terms all = {.mem = c->mem};

    add_needs(&all, needs);
    add_table(&all, OWN_SIUSS, "needs/siuss.csv");
    add_table(&all, OWN_CISIS, "needs/cisis.csv");
    add_table(&all, OWN_TARGETS, "needs/areas.csv");
    for (int k = 1; k < SERVICE_KIND_COUNT; k++) {
        const char *name = catalogue_kind_name((enum service_kind)k);
        const struct str label = text_get(c->lang, str_fmt(c->mem, "catalogue.kind-%s", name).p);

        add(&all, (struct api_term){OWN_KINDS, str_of(name), label, label, STR(""), false});
    }
    for (int m = 0; m < MARK_COUNT; m++)
        add(&all, api_mark_term(c, (enum api_mark)m));
    *out = all.list;
    *n_out = all.n;
}

/* entries_door.c - who comes in, with which key; what a key that ended in the middle of a form leaves behind. */
#include "entries_feature.h"
#include "entries_pages.h"
#include <string.h>

static void know(const struct links_link *link, struct entries_key *k)
{
    k->link = *link;
    k->who = (struct edit_who){.how = EDIT_BY_DESK, .by = link->name};
}

enum status entries_door(struct web *w, struct entries_key *k, enum status *out_answer)
{
    struct links_link link = {0};
    enum status st = links_here(w, LINKS_KEEP, &link);

    if (st != ST_OK) {
        *out_answer = links_refuse(w, LINKS_KEEP, st, &link);
        return ST_DENIED;
    }
    know(&link, k);
    st = links_may(web_ctx(w), LINKS_MAY_EDIT, link.organisation_id);
    *out_answer = st;
    return st;
}

/* The page that says it, with what was typed in it to be copied. */
static enum status ended(struct web *w, const struct links_link *link, const struct edit_change *list, int n, bool is_kept)
{
    struct ctx *c = web_ctx(w);
    const struct site *site = web_site(w);
    struct entries_ended_view v = {.frame = frame_new(w, text_get(c->lang, "entries.ended-title")),
                                   .phone = site->phone,
                                   .contact = site->keeper_contact,
                                   .is_kept = is_kept,
                                   .fields = ARENA_ARRAY(c->mem, struct entries_field, (size_t)n + 1)};

    v.frame->is_hidden = true;
    for (int i = 0; i < n; i++)
        if (list[i].text.n > 0)
            v.fields[v.n_fields++] = (struct entries_field){
                .label = text_get(c->lang, catalogue_edit_shape(list[i].field)->label),
                .text = catalogue_edit_words(c, list[i].field, list[i].text)};
    web_keep_written(w);
    web_set_code(w, 410);
    return html_entries_ended(w, &v);
}

static int64_t key_of(struct ctx *c, struct str slug, int64_t organisation_id)
{
    struct service s;

    return slug.n > 0 && catalogue_service_by_slug(c, slug, &s) == ST_OK && s.organisation_id == organisation_id ? s.service_id : DRAFT_NEW;
}

enum status entries_form_door(struct web *w, struct str slug, struct entries_key *k, enum status *out_answer)
{
    struct ctx *c = web_ctx(w);
    struct links_link link = {0};
    struct edit_change list[EDIT_FIELD_COUNT];
    enum status st = links_here(w, LINKS_KEEP, &link);

    if (st == ST_CONFLICT && link.link_id != 0) {
        const int n = entries_read_form(w, list);
        struct draft d = entries_draft_of(c, list, n);

        d.paste = web_field(w, "testo");
        if (n == 0 && d.paste.n == 0) {
            *out_answer = links_refuse(w, LINKS_KEEP, st, &link);
            return ST_DENIED;
        }
        const struct draft_of of = {link.organisation_id, link.link_id,
                                    d.paste.n > 0 ? DRAFT_PASTE : key_of(c, slug, link.organisation_id)};

        st = c->problems.n > 0 ? ST_OK : draft_save(c, &of, &d);
        *out_answer = st == ST_OK ? ended(w, &link, list, n, c->problems.n == 0) : st;
        return ST_DENIED;
    }
    if (st != ST_OK) {
        *out_answer = links_refuse(w, LINKS_KEEP, st, &link);
        return ST_DENIED;
    }
    know(&link, k);
    st = links_may(c, LINKS_MAY_EDIT, link.organisation_id);
    *out_answer = st;
    return st;
}

enum status entries_own(struct web *w, const struct entries_key *k, struct str slug, struct service *out)
{
    const enum status st = catalogue_service_by_slug(web_ctx(w), slug, out);

    if (st != ST_OK)
        return st;
    return out->organisation_id == k->link.organisation_id && out->initiative_year == 0 ? ST_OK : ST_NOT_FOUND;
}

/* ---- what a redirect tells ---- */

static struct str number_in(struct web *w, const char *name)
{
    const struct str s = web_query(w, name);
    int64_t v;

    return str_to_int(s, &v) && v >= 0 && v < 100000 ? s : STR("0");
}

static bool is_code(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '-'))
            return false;
    return s.n > 0 && s.n <= 64;
}

static struct entries_notice notice(struct web *w, const char *key)
{
    const struct ctx *c = web_ctx(w);
    const struct text_arg args[] = {{"n", number_in(w, "n")}, {"left", number_in(w, "lasciate")}};

    return (struct entries_notice){.words = text_fill(c->mem, text_get(c->lang, key), args, 2)};
}

int entries_notices(struct web *w, const struct entries_key *k, struct entries_notice *out)
{
    static const struct {
        const char *said, *key;
        bool is_warning;
    } all[] = {{"salvato", "entries.done-saved", false},       {"uguale", "entries.done-same", false},
               {"confermate", "entries.done-confirmed", false}, {"gia", "entries.done-already", false},
               {"annullato", "entries.done-undone", false},     {"resta", "entries.done-left", true},
               {"bozza", "entries.done-draft", false},          {"buttata", "entries.done-draft-dropped", false},
               {"tolta", "entries.done-gone", false},           {"torna", "entries.done-back", false},
               {"aggiunta", "entries.done-added", false},       {"scelto", "entries.done-settled", false},
               {"conflitto", "entries.done-conflict", true},    {"incollate", "entries.done-pasted", false},
               {"cambiato", "entries.done-changed", true}};
    const struct str said = web_query(w, "esito"), batch = web_query(w, "lotto"), round = web_query(w, "giro");
    int n = 0;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_eq_z(said, all[i].said)) {
            out[n] = notice(w, all[i].key);
            out[n].is_warning = all[i].is_warning;
            if (is_code(round))
                out[n].undo_name = STR("giro"), out[n].undo_value = round;
            else if (is_code(batch))
                out[n].undo_name = STR("lotto"), out[n].undo_value = batch;
            n++;
        }
    if (n > 0 && !str_eq_z(number_in(w, "lasciate"), "0") && !str_eq_z(said, "resta")) {
        out[n] = notice(w, "entries.done-some-left");
        out[n++].is_warning = true;
    }
    return n;
}

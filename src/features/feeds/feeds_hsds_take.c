/* feeds_hsds_take.c - what hangs on an object is put before it; keys that lead nowhere are said. */
#include "feeds_hsds_take.h"

bool feeds_hsds_is_good(struct feeds_hsds *h, const json_t *tree, enum hsds_object as)
{
    struct hsds_wrongs *wrongs = ARENA_NEW(h->in->row, struct hsds_wrongs);

    hsds_check(h->in->row, tree, as, wrongs);
    for (int i = 0; i < wrongs->n; i++)
        feeds_refuse(h->in, wrongs->list[i].path, wrongs->list[i].key, wrongs->list[i].value);
    return wrongs->n == 0;
}

bool feeds_hsds_is_new(struct feeds_hsds *h, struct feeds_seen *among, struct str id)
{
    int64_t first = 0;

    if (feeds_seen_add(among, id, h->in->row_no, &first)) {
        if (among == h->in->top && h->in->staging != NULL && h->in->st == ST_OK)
            h->in->st = staging_note(h->in->staging, id, h->in->row_no);
        return true;
    }
    feeds_refuse(h->in, STR("id"), "feeds.id-twice", str_fmt(h->in->row, "%.*s (%lld)", (int)id.n, id.p, (long long)first));
    return false;
}

static void note_parent(struct feeds_hsds *h, struct str parent)
{
    if (parent.n == 0)
        return;
    if (h->n_parents == h->room_parents) {
        const int room = h->room_parents * 2 + 64;

        h->parents = arena_grow(h->in->keep, h->parents, (size_t)h->room_parents * sizeof *h->parents, (size_t)room * sizeof *h->parents);
        h->room_parents = room;
    }
    h->parents[h->n_parents++] = str_copy(h->in->keep, parent);
}

void feeds_tell_parents(struct feeds_hsds *h)
{
    int64_t id;

    for (int i = 0; i < h->n_parents; i++)
        if (!feeds_seen_find(h->in->organisations, h->parents[i], &id))
            feeds_notice(h->in, STR("parent_organization_id"), "feeds.no-parent", h->parents[i]);
}

void feeds_take_organisation(struct feeds_hsds *h, const json_t *tree, int64_t *out_id)
{
    struct feeds_intake *in = h->in;
    struct organisation o;
    const json_t *list = json_object_get(tree, "locations");

    *out_id = 0;
    if (feeds_seen_find(in->organisations, hsds_text(in, tree, "id"), out_id))
        return;
    hsds_read_organisation(in, tree, &o);
    feeds_put_organisation(in, &o, out_id);
    note_parent(h, o.parent_uuid);
    for (size_t i = 0; i < json_array_size(list) && feeds_may_put(in); i++) {
        int64_t id;

        feeds_take_location(h, json_array_get(list, i), *out_id, &id);
    }
}

void feeds_take_location(struct feeds_hsds *h, const json_t *tree, int64_t organisation_id, int64_t *out_id)
{
    struct feeds_intake *in = h->in;
    struct location l;

    *out_id = 0;
    if (feeds_seen_find(in->locations, hsds_text(in, tree, "id"), out_id))
        return;
    hsds_read_location(in, tree, &l);
    l.organisation_id = organisation_id;
    feeds_put_location(in, &l, out_id);
}

/* Whose the service is: the organisation it carries, or one that was met. False: nobody's. */
static bool find_organisation(struct feeds_hsds *h, const json_t *tree, int64_t *out_id)
{
    struct feeds_intake *in = h->in;
    const json_t *nested = json_object_get(tree, "organization");
    const struct str id = hsds_text(in, tree, "organization_id");

    if (json_is_object(nested)) {
        feeds_take_organisation(h, nested, out_id);
        return *out_id != 0 || !feeds_may_put(in);
    }
    if (id.n > 0 && feeds_seen_find(in->organisations, id, out_id))
        return true;
    return false;
}

/* Where the service is, place by place; a place that nobody described is said and left out. */
static void read_ats(struct feeds_hsds *h, const json_t *tree, int64_t organisation_id, struct service *s)
{
    struct feeds_intake *in = h->in;
    const json_t *list = json_object_get(tree, "service_at_locations");

    s->ats = ARENA_ARRAY(in->row, struct service_at, json_array_size(list));
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *at = json_array_get(list, i), *place = json_object_get(at, "location");
        const struct str place_id = hsds_text(in, at, "location_id");
        struct service_at *out = &s->ats[s->n_ats];

        hsds_read_at(in, at, out);
        if (json_is_object(place))
            feeds_take_location(h, place, organisation_id, &out->location_id);
        else if (!feeds_seen_find(in->locations, place_id, &out->location_id))
            out->location_id = 0;
        if (out->location_id == 0 && feeds_may_put(in))
            feeds_notice(in, STR("service_at_locations"), "feeds.no-location", place_id);
        s->n_ats += out->location_id != 0;
    }
}

void feeds_take_service(struct feeds_hsds *h, const json_t *tree, int64_t organisation_id)
{
    struct feeds_intake *in = h->in;
    const struct str id = hsds_text(in, tree, "id");
    struct service s;
    int64_t first;

    if (h->is_second && !feeds_seen_find(h->unresolved, id, &first))
        return;
    if (organisation_id == 0 && !find_organisation(h, tree, &organisation_id)) {
        if (h->is_second) {
            feeds_refuse(in, STR("organization_id"), "feeds.no-organisation", hsds_text(in, tree, "organization_id"));
        } else if (feeds_seen_add(h->unresolved, id, in->row_no, &first)) {
            h->n_unresolved++;
        } else {
            feeds_refuse(in, STR("id"), "feeds.id-twice", id);
        }
        return;
    }
    if (!feeds_hsds_is_new(h, in->services, id))
        return;
    hsds_read_service(in, tree, &s);
    s.organisation_id = organisation_id;
    if (!feeds_may_put(in))
        return;
    read_ats(h, tree, organisation_id, &s);
    feeds_put_service(in, &s);
    h->n_taken++;
}

void feeds_take_taxonomy(struct feeds_hsds *h, const json_t *tree)
{
    struct feeds_intake *in = h->in;
    const struct taxonomy t = {hsds_text(in, tree, "id"), hsds_text(in, tree, "name"), hsds_text(in, tree, "description"),
                               hsds_text(in, tree, "uri"), hsds_text(in, tree, "version")};

    feeds_put_taxonomy(in, &t);
    h->n_other++;
}

void feeds_take_term(struct feeds_hsds *h, const json_t *tree)
{
    struct feeds_intake *in = h->in;
    const json_t *of = json_object_get(tree, "taxonomy_detail");
    const struct str of_id = hsds_text(in, tree, "taxonomy_id");
    const struct taxonomy_term t = {.uuid = hsds_text(in, tree, "id"),
                                    .taxonomy_uuid = of_id.n > 0 ? of_id : hsds_text(in, of, "id"),
                                    .taxonomy = hsds_text(in, tree, "taxonomy"),
                                    .code = hsds_text(in, tree, "code"),
                                    .name = hsds_text(in, tree, "name"),
                                    .description = hsds_text(in, tree, "description"),
                                    .parent_uuid = hsds_text(in, tree, "parent_id"),
                                    .language = hsds_text(in, tree, "language"),
                                    .uri = hsds_text(in, tree, "term_uri")};

    if (json_is_object(of))
        feeds_take_taxonomy(h, of);
    feeds_put_term(in, &t);
    h->n_other++;
}

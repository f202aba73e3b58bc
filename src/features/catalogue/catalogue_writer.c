/* catalogue_writer.c - rows of catalogue_service and catalogue_at, and what tells whether they changed. */
#include "catalogue_writer.h"
#include "catalogue_pack.h"
#include "catalogue_store.h"
#include "base/digest.h"
#include "catalogue_sql.h"

static struct str joined(struct arena *mem, const struct str *words, int n)
{
    struct buf b = buf_new(mem, 64);

    for (int i = 0; i < n; i++) {
        if (i > 0)
            buf_char(&b, ' ');
        buf_str(&b, words[i]);
    }
    return buf_view(&b);
}

static struct str day_text(struct arena *mem, int day)
{
    return day == DAY_NONE ? STR("") : day_iso(mem, day);
}

static struct catalogue_service_add_in row_in(struct ctx *c, const struct service_row *r)
{
    const struct service *s = r->s;
    const int places_on = r->keeps_places_on ? s->places_on : c->today;

    return (struct catalogue_service_add_in){.uuid = s->uuid,
                                             .code = r->code,
                                             .slug = s->slug,
                                             .organisation_id = s->organisation_id,
                                             .kind = str_of(catalogue_kind_name(s->kind)),
                                             .status = str_of(catalogue_status_name(s->status)),
                                             .state = str_of(catalogue_state_name(s->state)),
                                             .name = s->name,
                                             .alternate_name = s->alternate_name,
                                             .summary = s->summary,
                                             .description = s->description,
                                             .url = s->url,
                                             .email = s->email,
                                             .application_process = s->application_process,
                                             .eligibility = s->eligibility,
                                             .wait_time = s->wait_time,
                                             .interpretation = s->interpretation,
                                             .accreditations = s->accreditations,
                                             .licenses = s->licenses,
                                             .fees = s->fees,
                                             .isee_note = s->isee_note,
                                             .intake = s->intake,
                                             .alert = s->alert,
                                             .fee = str_of(catalogue_fee_name(s->fee)),
                                             .ways = s->ways,
                                             .has_min_age = s->has_min_age,
                                             .min_age = s->min_age,
                                             .has_max_age = s->has_max_age,
                                             .max_age = s->max_age,
                                             .has_places_free = s->has_places_free,
                                             .places_free = s->places_free,
                                             .has_places_on = s->has_places_free && places_on != DAY_NONE,
                                             .places_on = day_text(c->mem, places_on),
                                             .has_starts_on = s->starts_on != DAY_NONE,
                                             .starts_on = day_text(c->mem, s->starts_on),
                                             .has_ends_on = s->ends_on != DAY_NONE,
                                             .ends_on = day_text(c->mem, s->ends_on),
                                             .has_apply_by = s->apply_by != DAY_NONE,
                                             .apply_by = day_text(c->mem, s->apply_by),
                                             .program_uuid = s->program_uuid,
                                             .assurer_email = s->assurer_email,
                                             .has_confirmed_on = s->confirmed_on != DAY_NONE,
                                             .confirmed_on = day_text(c->mem, s->confirmed_on),
                                             .confirmed_how = str_of(catalogue_how_name(s->confirmed_how)),
                                             .confirmed_by = s->confirmed_by,
                                             .needs = joined(c->mem, s->needs, s->n_needs),
                                             .targets = joined(c->mem, s->targets, s->n_targets),
                                             .parts = r->parts,
                                             .more = r->more,
                                             .source = s->source,
                                             .source_id = s->source_id,
                                             .is_demo = s->is_demo,
                                             .initiative_year = s->initiative_year,
                                             .sum = r->sum,
                                             .change_no = r->change_no,
                                             .changed_at = c->now_ms};
}

enum status catalogue_writer_add(struct ctx *c, const struct service_row *r, int64_t *out_id)
{
    const struct catalogue_service_add_in in = row_in(c, r);
    struct catalogue_service_add_row row;
    const enum status st = catalogue_sql_service_add(c, &in, &row);

    if (st == ST_OK)
        *out_id = row.service_id;
    return st;
}

enum status catalogue_writer_set(struct ctx *c, int64_t service_id, const struct service_row *r)
{
    const struct catalogue_service_add_in a = row_in(c, r);
    const struct catalogue_service_set_in in = {.service_id = service_id,
                                                .slug = a.slug,
                                                .organisation_id = a.organisation_id,
                                                .kind = a.kind,
                                                .status = a.status,
                                                .state = a.state,
                                                .name = a.name,
                                                .alternate_name = a.alternate_name,
                                                .summary = a.summary,
                                                .description = a.description,
                                                .url = a.url,
                                                .email = a.email,
                                                .application_process = a.application_process,
                                                .eligibility = a.eligibility,
                                                .wait_time = a.wait_time,
                                                .interpretation = a.interpretation,
                                                .accreditations = a.accreditations,
                                                .licenses = a.licenses,
                                                .fees = a.fees,
                                                .isee_note = a.isee_note,
                                                .intake = a.intake,
                                                .alert = a.alert,
                                                .fee = a.fee,
                                                .ways = a.ways,
                                                .has_min_age = a.has_min_age,
                                                .min_age = a.min_age,
                                                .has_max_age = a.has_max_age,
                                                .max_age = a.max_age,
                                                .has_places_free = a.has_places_free,
                                                .places_free = a.places_free,
                                                .has_places_on = a.has_places_on,
                                                .places_on = a.places_on,
                                                .has_starts_on = a.has_starts_on,
                                                .starts_on = a.starts_on,
                                                .has_ends_on = a.has_ends_on,
                                                .ends_on = a.ends_on,
                                                .has_apply_by = a.has_apply_by,
                                                .apply_by = a.apply_by,
                                                .program_uuid = a.program_uuid,
                                                .assurer_email = a.assurer_email,
                                                .has_confirmed_on = a.has_confirmed_on,
                                                .confirmed_on = a.confirmed_on,
                                                .confirmed_how = a.confirmed_how,
                                                .confirmed_by = a.confirmed_by,
                                                .needs = a.needs,
                                                .targets = a.targets,
                                                .parts = a.parts,
                                                .more = a.more,
                                                .is_demo = a.is_demo,
                                                .initiative_year = a.initiative_year,
                                                .sum = a.sum,
                                                .change_no = a.change_no,
                                                .changed_at = a.changed_at};

    return catalogue_sql_service_set(c, &in, NULL);
}

/* ---- its places ---- */

static enum status add_at(struct ctx *c, int64_t service_id, const struct service *s, int i)
{
    const struct service_at *at = &s->ats[i];
    struct buf parts = buf_new(c->mem, 128);
    int64_t n_changed = 0;

    catalogue_pack_at(&parts, at);
    /* An id of its own, or one that is the same at each import. */
    const struct str own = uuid_derive(
        c->mem, s->uuid, str_fmt(c->mem, "at %lld %d", (long long)at->location_id, i));
    struct catalogue_at_add_in in = {.uuid = at->uuid.n > 0 ? uuid_tidy(c->mem, at->uuid) : own,
                                     .service_id = service_id,
                                     .location_id = at->location_id,
                                     .position = i,
                                     .description = at->description,
                                     .parts = buf_view(&parts)};
    enum status st = catalogue_sql_at_add(c, &in, &n_changed);

    if (st == ST_OK && n_changed == 0) { /* somebody else has that id */
        in.uuid = own;
        st = catalogue_sql_at_add(c, &in, &n_changed);
        if (st == ST_OK && n_changed == 0)
            st = ST_CONFLICT;
    }
    return st;
}

enum status catalogue_writer_ats(struct ctx *c, int64_t service_id, const struct service *s)
{
    enum status st = ST_OK;

    for (int i = 0; st == ST_OK && i < s->n_ats; i++)
        st = add_at(c, service_id, s, i);
    return st;
}

/* ---- the sum ---- */

int64_t catalogue_writer_sum(struct arena *mem, const struct service *s, struct str parts, struct str more)
{
    const struct str texts[] = {
        s->uuid,          s->name,          s->alternate_name, s->summary,   s->description, s->url,
        s->email,         s->application_process, s->eligibility, s->wait_time, s->interpretation,
        s->accreditations, s->licenses,     s->fees,           s->isee_note, s->intake,      s->alert,
        s->program_uuid,  s->assurer_email, s->confirmed_by,   parts,        more};
    const int64_t numbers[] = {s->organisation_id, s->kind,         s->status,      s->fee,
                               s->ways,            s->has_min_age,  s->has_max_age, s->has_places_free,
                               s->places_free,     s->starts_on,    s->ends_on,     s->apply_by,
                               s->confirmed_on,    s->confirmed_how, s->is_demo,    s->initiative_year,
                               s->n_needs,         s->n_targets,    s->n_ats};
    struct digest d;
    struct buf b = buf_new(mem, 128);

    digest_begin(&d);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        digest_text(&d, texts[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        digest_int(&d, numbers[i]);
    digest_real(&d, s->has_min_age ? s->min_age : 0);
    digest_real(&d, s->has_max_age ? s->max_age : 0);
    for (int i = 0; i < s->n_needs; i++)
        digest_text(&d, s->needs[i]);
    for (int i = 0; i < s->n_targets; i++)
        digest_text(&d, s->targets[i]);
    for (int i = 0; i < s->n_ats; i++) {
        b.n = 0;
        catalogue_pack_at(&b, &s->ats[i]);
        digest_int(&d, s->ats[i].location_id);
        digest_text(&d, s->ats[i].uuid);
        digest_text(&d, s->ats[i].description);
        digest_text(&d, buf_view(&b));
    }
    return digest_end(&d);
}

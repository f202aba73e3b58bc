/* feeds_intake.c - refusals, notices, counts; what comes in goes through catalogue_write.h alone. */
#include "feeds_intake.h"
#include "base/digest.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has_option(const struct import_run *run, int i)
{
    return run->options != NULL && run->options[i] != NULL;
}

/* What a reader before has read is met again. */
static void on_met(void *arg, enum staging_kind kind, struct str id, int64_t ref, int64_t row)
{
    struct feeds_intake *in = arg;
    int64_t was;

    if (kind == STAGED_ORGANISATION)
        feeds_seen_add(in->organisations, id, ref, &was);
    else if (kind == STAGED_LOCATION)
        feeds_seen_add(in->locations, id, ref, &was);
    else if (kind == STAGED_SERVICE)
        feeds_seen_add(in->services, id, row, &was);
    else if (kind == STAGED_NOTE)
        feeds_seen_add(in->top, id, row, &was);
}

static enum status open_staging(struct feeds_intake *in, struct str source, struct str identity)
{
    struct import_run *run = in->run;
    const enum status st = staging_open(in->keep, &(struct staging_ask){run->db, source, identity, on_met, in}, &in->staging);

    if (st != ST_OK)
        return st;
    in->n_skipped = staging_at(in->staging);
    run->n_read = staging_tally(in->staging).n_read;
    run->n_refused = in->n_refused = staging_tally(in->staging).n_refused;
    if (in->n_skipped > 0 || staging_is_sealed(in->staging))
        run->say(run, str_fmt(in->row, "going on after %lld entries that were read before", (long long)in->n_skipped));
    return db_read_begin(run->db, &in->looks);
}

enum status feeds_intake_open(struct import_run *run, struct str source, struct str identity, struct feeds_intake **out)
{
    struct feeds_intake *in = ARENA_NEW(run->c->mem, struct feeds_intake);

    *out = in;
    in->run = run;
    in->c = run->c;
    in->keep = run->c->mem;
    in->source = str_copy(in->keep, source);
    in->row = arena_new(0);
    in->services = feeds_seen_new();
    in->organisations = feeds_seen_new();
    in->locations = feeds_seen_new();
    in->top = feeds_seen_new();
    in->skips_refused = has_option(run, FEEDS_SKIP_REFUSED);
    in->hides_gone = has_option(run, FEEDS_HIDE_GONE);
    in->table = STR("");
    in->needs = needs_open(in->keep);
    in->st = run->db == NULL ? ST_OK : open_staging(in, source, identity);
    if (run->db != NULL)
        in->c->tx = in->looks;
    if (in->st == ST_OK)
        in->st = feeds_places_open(in->c, &in->places);
    if (in->st == ST_OK && run->db == NULL && !run->checks_only)
        in->st = catalogue_write_begin(in->c, source, &in->w);
    in->c->mem = in->row;
    return in->st;
}

static void stop_looking(struct feeds_intake *in)
{
    if (in->looks != NULL)
        db_read_end(in->looks);
    in->looks = NULL;
    if (in->run->db != NULL)
        in->c->tx = NULL;
}

void feeds_intake_close(struct feeds_intake *in)
{
    in->c->mem = in->keep;
    stop_looking(in);
    catalogue_write_end(in->w, false, NULL); /* when it did not end well: its memory */
    staging_close(in->staging, true);
    feeds_places_close(in->places);
    feeds_seen_free(in->services);
    feeds_seen_free(in->organisations);
    feeds_seen_free(in->locations);
    feeds_seen_free(in->top);
    arena_free(in->row);
}

bool feeds_was_read(struct feeds_intake *in)
{
    return ++in->n_entries <= in->n_skipped;
}

bool feeds_is_read(const struct feeds_intake *in)
{
    return in->staging != NULL && staging_is_sealed(in->staging);
}

static struct staging_tally tally(const struct feeds_intake *in)
{
    return (struct staging_tally){in->run->n_read, in->n_refused};
}

void feeds_mark(struct feeds_intake *in)
{
    enum { LOOK_ANEW = 4096 };

    if (in->staging == NULL || in->st != ST_OK || in->n_entries <= in->n_skipped || (in->n_refused > 0 && !in->skips_refused))
        return;
    in->st = staging_mark(in->staging, in->n_entries, STR(""), tally(in));
    /* A reader that stays keeps the write-ahead log from ending. */
    if (in->st == ST_OK && in->n_entries % LOOK_ANEW == 0) {
        stop_looking(in);
        in->st = db_read_begin(in->run->db, &in->looks);
        in->c->tx = in->looks;
    }
}

void feeds_next_row(struct feeds_intake *in, int64_t row_no)
{
    arena_reset(in->row);
    in->row_no = row_no;
    in->is_row_refused = false;
    in->run->n_read++;
}

static const char *field_name(struct feeds_intake *in, struct str field)
{
    return str_fmt(in->keep, "%.*s%.*s", (int)in->table.n, in->table.p, (int)field.n, field.p).p;
}

static struct str shortened(struct feeds_intake *in, struct str value)
{
    enum { MOST = 120 };

    while (value.n > MOST || (value.n == MOST && (value.p[value.n - 1] & 0x80) != 0))
        value = str_head(value, value.n > MOST ? MOST : value.n - 1);
    return str_is_utf8(value) ? str_copy(in->keep, value) : STR("?");
}

void feeds_refuse(struct feeds_intake *in, struct str field, const char *key, struct str value)
{
    if (!in->is_row_refused) {
        in->n_refused++;
        in->run->n_refused++;
    }
    in->is_row_refused = true;
    problems_add_row(&in->c->problems, in->row_no, field_name(in, field), key, shortened(in, value));
    if (in->run->refused != NULL)
        in->run->refused(in->run, &in->c->problems.list[in->c->problems.n - 1]);
}

void feeds_notice(struct feeds_intake *in, struct str field, const char *key, struct str value)
{
    const struct text_arg arg = {"value", value};

    in->n_notices++;
    if (in->run->noticed != NULL) {
        in->run->noticed(in->run, &(struct problem){field_name(in, field), key, shortened(in, value), in->row_no});
        return;
    }
    if (in->n_notices > FEEDS_MAX_NOTICES && !in->run->is_dry_run)
        return;
    const struct str words = text_fill(in->row, text_get(in->c->lang, key), &arg, 1);
    const struct str where = in->row_no > 0 ? str_fmt(in->row, "row %lld: ", (long long)in->row_no) : STR("");

    in->run->say(in->run, str_fmt(in->row, "notice: %.*s%.*s%.*s%s%.*s", (int)where.n, where.p, (int)in->table.n, in->table.p,
                                  (int)field.n, field.p, field.n > 0 ? ": " : "", (int)words.n, words.p));
}

bool feeds_may_put(const struct feeds_intake *in)
{
    return in->st == ST_OK && !in->is_row_refused && (in->skips_refused || in->n_refused == 0);
}

bool feeds_goes_on(const struct feeds_intake *in)
{
    return in->st == ST_OK && in->n_refused < FEEDS_MAX_REFUSED;
}

static void count(struct feeds_counts *k, enum put_change change)
{
    k->n_added += change == PUT_ADDED;
    k->n_changed += change == PUT_CHANGED;
    k->n_same += change == PUT_SAME;
    k->n_left += change == PUT_LEFT;
}

/* Nothing is kept while it is only looked at: a key is a number then. */
static enum status put_organisation(struct feeds_intake *in, const struct organisation *o, int64_t *out_id, enum put_change *change)
{
    if (in->w != NULL)
        return catalogue_put_organisation(in->w, o, out_id, change);
    *out_id = 1;
    return ST_OK;
}

static enum status put_location(struct feeds_intake *in, const struct location *l, int64_t *out_id, enum put_change *change)
{
    if (in->w != NULL)
        return catalogue_put_location(in->w, l, out_id, change);
    *out_id = 1;
    return ST_OK;
}

void feeds_put_organisation(struct feeds_intake *in, const struct organisation *o, int64_t *out_id)
{
    enum put_change change = PUT_SAME;

    if (!feeds_may_put(in) || feeds_seen_find(in->organisations, o->source_id, out_id))
        return;
    in->st = in->staging != NULL ? staging_put_organisation(in->staging, o, in->row_no, out_id)
                                 : put_organisation(in, o, out_id, &change);
    if (in->st != ST_OK)
        return;
    count(&in->of_organisations, change);
    if (change == PUT_LEFT)
        feeds_notice(in, STR("organization"), "feeds.left-organisation", o->name);
    feeds_seen_add(in->organisations, o->source_id, *out_id, out_id);
}

void feeds_put_location(struct feeds_intake *in, const struct location *l, int64_t *out_id)
{
    enum put_change change = PUT_SAME;

    if (!feeds_may_put(in) || feeds_seen_find(in->locations, l->source_id, out_id))
        return;
    in->st = in->staging != NULL ? staging_put_location(in->staging, l, in->row_no, out_id)
                                 : put_location(in, l, out_id, &change);
    if (in->st != ST_OK)
        return;
    count(&in->of_locations, change);
    if (change == PUT_LEFT)
        feeds_notice(in, STR("location"), "feeds.left-location", l->name);
    feeds_seen_add(in->locations, l->source_id, *out_id, out_id);
}

void feeds_put_service(struct feeds_intake *in, const struct service *s)
{
    enum put_change change = PUT_SAME;
    int64_t id;

    if (!feeds_may_put(in))
        return;
    in->st = in->staging != NULL ? staging_put_service(in->staging, s, in->row_no) : in->w != NULL ? catalogue_put_service(in->w, s, &id, &change) : ST_OK;
    if (in->st != ST_OK)
        return;
    count(&in->of_services, change);
    if (change == PUT_LEFT)
        feeds_notice(in, STR("service"), "feeds.left-service", s->name);
}

void feeds_put_taxonomy(struct feeds_intake *in, const struct taxonomy *t)
{
    enum put_change change;

    if (feeds_may_put(in))
        in->st = in->staging != NULL ? staging_put_taxonomy(in->staging, t, in->row_no) : in->w != NULL ? catalogue_put_taxonomy(in->w, t, &change) : ST_OK;
}

void feeds_put_term(struct feeds_intake *in, const struct taxonomy_term *t)
{
    enum put_change change;

    if (feeds_may_put(in))
        in->st = in->staging != NULL ? staging_put_term(in->staging, t, in->row_no) : in->w != NULL ? catalogue_put_term(in->w, t, &change) : ST_OK;
}

void feeds_put_gone(struct feeds_intake *in, struct str source_id)
{
    if (feeds_may_put(in) && in->staging != NULL)
        in->st = staging_put_gone(in->staging, source_id);
}

int64_t feeds_ref_of_key(const struct feeds_intake *in, int64_t organisation_id)
{
    return in->staging != NULL ? -organisation_id : organisation_id;
}

static void say_counts(struct feeds_intake *in, const char *what, const struct feeds_counts *k)
{
    if (k->n_added + k->n_changed + k->n_same + k->n_left > 0)
        in->run->say(in->run, str_fmt(in->row, "%s: %lld new, %lld changed, %lld the same, %lld left alone", what, (long long)k->n_added,
                                      (long long)k->n_changed, (long long)k->n_same, (long long)k->n_left));
}

/* What the source no longer has: named while they are few. */
static enum status say_missing(void *arg, struct ctx *c, const int64_t *ids, int n)
{
    enum { MOST = 50 };
    struct feeds_intake *in = arg;
    struct service *list;
    int n_list = 0;
    enum status st = ST_OK;

    in->run->n_gone = n;
    if (n > 0)
        st = catalogue_cards(c, ids, n < MOST ? n : MOST, &list, &n_list);
    for (int i = 0; st == ST_OK && i < n_list; i++)
        in->run->say(in->run, str_fmt(in->row, "gone: %.*s (%.*s)%s", (int)list[i].name.n, list[i].name.p, (int)list[i].source_id.n,
                                      list[i].source_id.p, in->hides_gone ? "" : ", still shown: --hide-gone hides it"));
    if (st == ST_OK && n > n_list)
        in->run->say(in->run, str_fmt(in->row, "gone: %d more", n - n_list));
    return st;
}

static void say_left(void *arg, enum staging_kind kind, struct str name)
{
    feeds_notice(arg, kind == STAGED_ORGANISATION ? STR("organization") : kind == STAGED_LOCATION ? STR("location") : STR("service"),
                 kind == STAGED_ORGANISATION ? "feeds.left-organisation" : kind == STAGED_LOCATION ? "feeds.left-location" : "feeds.left-service", name);
}

static struct feeds_counts counts_of(const struct staging_counts *k)
{
    return (struct feeds_counts){k->n_added, k->n_changed, k->n_same, k->n_left};
}

static void say_all(struct feeds_intake *in)
{
    struct import_run *run = in->run;

    run->n_added = in->of_services.n_added;
    run->n_changed = in->of_services.n_changed;
    run->n_same = in->of_services.n_same + in->of_services.n_left;
    say_counts(in, "organisations", &in->of_organisations);
    say_counts(in, "places", &in->of_locations);
}

static enum status end_staged(struct feeds_intake *in, bool is_whole)
{
    const struct staging_take t = {in->hides_gone, say_left, say_missing, in};
    struct staging_taken taken;
    enum status st = ST_OK;

    stop_looking(in);
    /* What was met while reading is not needed any more: taking has tables of its own. */
    feeds_seen_free(in->services);
    feeds_seen_free(in->locations);
    in->services = in->locations = NULL;
    if (!staging_is_sealed(in->staging))
        st = staging_seal(in->staging, is_whole, tally(in));
    if (st == ST_OK)
        st = staging_take(in->staging, &t, &taken);
    if (st != ST_OK)
        return in->st = st;
    in->of_services = counts_of(&taken.services);
    in->of_organisations = counts_of(&taken.organisations);
    in->of_locations = counts_of(&taken.locations);
    in->run->n_gone = in->run->n_gone > taken.n_gone ? in->run->n_gone : taken.n_gone;
    say_all(in);
    return ST_OK;
}

static enum status end_at_once(struct feeds_intake *in, bool is_whole)
{
    struct catalogue_write *w = in->w;
    const int64_t *ids;
    int n = 0;

    say_all(in);
    if (is_whole)
        in->st = catalogue_write_missing(w, &ids, &n);
    if (is_whole && in->st == ST_OK)
        in->st = say_missing(in, in->c, ids, n);
    if (in->st != ST_OK)
        return in->st;
    in->w = NULL;
    return catalogue_write_end(w, is_whole && in->hides_gone, NULL);
}

enum status feeds_intake_end(struct feeds_intake *in, bool is_whole)
{
    struct import_run *run = in->run;
    const bool is_too_many = in->n_refused >= FEEDS_MAX_REFUSED;

    in->row_no = 0;
    in->table = STR("");
    if (in->st != ST_OK)
        return in->st;
    if (in->n_notices > FEEDS_MAX_NOTICES && !run->is_dry_run)
        run->say(run, str_fmt(in->row, "notice: %lld more: --dry-run says them all", (long long)(in->n_notices - FEEDS_MAX_NOTICES)));
    if (is_too_many) /* what comes after it was not read */
        problems_add(&in->c->problems, "", "feeds.too-many-refused", STR("100000"));
    if (is_too_many || (in->n_refused > 0 && !in->skips_refused)) {
        staging_close(in->staging, false);
        in->staging = NULL;
        return ST_INVALID;
    }
    if (run->checks_only)
        return ST_OK;
    return in->staging != NULL ? end_staged(in, is_whole) : end_at_once(in, is_whole);
}

/* ---- which file it is ---- */

static void digest_file(struct digest *d, const char *file)
{
    enum { END_BYTES = 65536 };
    struct stat about;
    const int fd = open(file, O_RDONLY | O_CLOEXEC);
    struct arena *mem = arena_new(0);
    char *p = arena_alloc(mem, END_BYTES);

    if (fd >= 0 && fstat(fd, &about) == 0) {
        ssize_t n = pread(fd, p, END_BYTES, 0);

        digest_int(d, about.st_size);
        digest_int(d, (int64_t)about.st_mtim.tv_sec * 1000000000 + about.st_mtim.tv_nsec);
        digest_text(d, (struct str){p, n > 0 ? (size_t)n : 0});
        n = about.st_size > END_BYTES ? pread(fd, p, END_BYTES, about.st_size - END_BYTES) : 0;
        digest_text(d, (struct str){p, n > 0 ? (size_t)n : 0});
    }
    if (fd >= 0)
        close(fd);
    arena_free(mem);
}

struct str feeds_identity(const struct import_run *run, const char *more)
{
    struct dirent **list = NULL;
    struct digest d;
    const int n = scandir(run->file, &list, NULL, alphasort);

    digest_begin(&d);
    for (int i = 0; i < IMPORT_MAX_OPTIONS && run->options != NULL; i++)
        digest_text(&d, str_of(run->options[i]));
    if (n < 0)
        digest_file(&d, run->file);
    for (int i = 0; i < n; i++) {
        digest_text(&d, str_of(list[i]->d_name));
        if (list[i]->d_name[0] != '.')
            digest_file(&d, str_fmt(run->c->mem, "%s/%s", run->file, list[i]->d_name).p);
        free(list[i]);
    }
    free(list);
    if (more != NULL)
        digest_file(&d, more);
    return str_fmt(run->c->mem, "%016llx", (unsigned long long)digest_end(&d));
}

struct str feeds_source_of_file(struct arena *mem, const char *file)
{
    struct str name = str_of(file);

    if (str_starts(name, STR("https://"))) {
        name = str_from(name, 8);
        return str_head(str_slug(mem, str_head(name, strcspn(str_z(mem, name), "/?#:"))), 40);
    }
    while (name.n > 1 && name.p[name.n - 1] == '/')
        name.n--;
    for (ptrdiff_t at = str_index(name, '/'); at >= 0 && (size_t)at + 1 < name.n; at = str_index(name, '/'))
        name = str_from(name, (size_t)at + 1);
    const struct str before_dot = str_head(name, strcspn(str_z(mem, name), "."));
    const struct str slug = str_head(str_slug(mem, before_dot.n > 0 ? before_dot : name), 40);

    return slug.n > 0 ? slug : STR("feed");
}

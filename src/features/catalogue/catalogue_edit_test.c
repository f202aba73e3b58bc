/* catalogue_edit_test.c - entries changed field by field: texts that read back, merges, undo, what feeds leave alone. */
#include "app/assembly.h"
#include "base/macros.h"
#include "catalogue_edit_put.h"
#include "catalogue_full_testing.h"
#include "tests/support/harness.h"
#include "tests/unit.h"
#include <stdio.h>
#include <string.h>

static struct harness *h;

static void begin(void)
{
    h = harness_new();
}

static void finish(void)
{
    harness_free(h);
}

static struct full f;

static enum status put_full(struct ctx *c, void *arg)
{
    struct catalogue_write *w;
    const struct full_put p = {.name = "Sportello casa", .source_id = "s1", .istat = "001125"};

    ck_assert_int_eq(catalogue_write_begin(c, STR("csv:prova"), &w), ST_OK);
    full_make(c, &p, &f);
    if (arg != NULL)
        ((void (*)(struct full *))arg)(&f);
    full_put(w, &f);
    ck_assert_int_eq(catalogue_write_end(w, true, NULL), ST_OK);
    return ST_OK;
}

static const struct edit_who desk = {.how = EDIT_BY_DESK, .by = STR("Ente di prova")};

struct one {
    enum edit_field field;
    const char *text, *was; /* was: what the editor saw; NULL: base_change decides */
    int64_t base_change;
    enum status st;
    struct edit_outcome out;
    const char *by;
};

static enum status edit_one(struct ctx *c, void *arg)
{
    struct one *o = arg;
    struct edit_who who = desk;
    const struct edit_change x = {.field = o->field,
                                  .text = str_of(o->text),
                                  .has_was = o->was != NULL,
                                  .was_sum = o->was != NULL ? catalogue_edit_sum(str_of(o->was)) : 0};

    if (o->by != NULL)
        who.by = str_of(o->by);
    o->st = catalogue_edit(c, f.service_id, o->base_change, &x, 1, &who, &o->out);
    return o->st == ST_INVALID ? ST_OK : o->st;
}

static struct one change(enum edit_field field, const char *text, const char *was)
{
    struct one o = {.field = field, .text = text, .was = was};

    ck_assert_int_eq(harness_write(h, edit_one, &o), ST_OK);
    return o;
}

static enum edit_field asked;
static char got[4000];

static enum status read_text(struct ctx *c, void *arg)
{
    struct service s;

    ck_assert_int_eq(catalogue_edit_read(c, f.service_id, &s), ST_OK);
    const struct str t = catalogue_edit_text(c->mem, asked, &s);

    snprintf(got, sizeof got, "%.*s", (int)t.n, t.p);
    return ST_OK;
}

static const char *text_of(enum edit_field field)
{
    asked = field;
    ck_assert_int_eq(harness_read(h, read_text, NULL), ST_OK);
    return got;
}

/* ---- texts ---- */

/* The same entry, but that field says nothing. */
static struct service without(struct ctx *c, const struct service *s, enum edit_field field)
{
    static const struct service nothing = {.starts_on = DAY_NONE, .ends_on = DAY_NONE, .apply_by = DAY_NONE};
    struct service out = *s;

    out.ats = ARENA_ARRAY(c->mem, struct service_at, (size_t)s->n_ats + 1);
    for (int i = 0; i < s->n_ats; i++) {
        out.ats[i] = s->ats[i];
        if (field == EDIT_HOURS)
            out.ats[i].n_schedules = 0;
        if (field == EDIT_PHONES)
            out.ats[i].parts.n_phones = 0;
    }
    catalogue_edit_copy(field, &out, &nothing);
    return out;
}

/* Every entry that is there: what each field reads, put where it says nothing, reads the same. */
static enum status round_trip(struct ctx *c, void *arg)
{
    int *n_fields = arg;
    struct service *list;
    int64_t after = 0;
    int n = 0;

    do {
        const struct service_read r = {.after_id = after, .limit = 100, .without_ids = true};

        ck_assert_int_eq(catalogue_read(c, c->mem, &r, &list, &n), ST_OK);
        for (int i = 0; i < n; i++)
            for (int k = 1; k < EDIT_FIELD_COUNT; k++) {
                const enum edit_field field = (enum edit_field)k;
                const struct str text = catalogue_edit_text(c->mem, field, &list[i]);
                struct service blank = without(c, &list[i], field), now = blank;
                struct edit_put p = {.c = c, .s = &now, .was = &blank};
                const enum status st = catalogue_edit_put_text(&p, field, text);
                const struct str again = catalogue_edit_text(c->mem, field, &now);

                ck_assert_msg(st == ST_OK, "%.*s, %s: %.*s is refused: %s %.*s", (int)list[i].slug.n, list[i].slug.p,
                              catalogue_edit_shape(field)->name, (int)text.n, text.p, p.key, (int)p.value.n, p.value.p);
                ck_assert_msg(str_eq(text, again), "%.*s, %s: %.*s became %.*s", (int)list[i].slug.n, list[i].slug.p,
                              catalogue_edit_shape(field)->name, (int)text.n, text.p, (int)again.n, again.p);
                *n_fields += text.n > 0;
            }
        after = n > 0 ? list[n - 1].service_id : after;
    } while (n > 0);
    return ST_OK;
}

START_TEST(test_edit__every_field_of_every_entry_reads_back)
{
    begin();
    int n = 0;

    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    struct str why = {"", 0};

    ck_assert_msg(assembly_load_demo(h->mem, h->db, &why) == ST_OK, "%.*s", (int)why.n, why.p);
    ck_assert_int_eq(harness_read(h, round_trip, &n), ST_OK);
    printf("# %d texts read back\n", n);
    ck_assert_int_gt(n, 300);
    finish();
}
END_TEST

START_TEST(test_edit__what_people_type_is_understood)
{
    begin();
    static const struct {
        enum edit_field field;
        const char *typed, *reads;
    } all[] = {
        {EDIT_HOURS, "Lun-Ven 9-12.30; martedì 14-17", "lun-ven 9:00-12:30; martedì 14:00-17:00"},
        {EDIT_HOURS, "Mo-Fr 09:00-12:00, 14:00-17:00", "lun-ven 9:00-12:00, 14:00-17:00"},
        {EDIT_HOURS, "su appuntamento", "su appuntamento"},
        {EDIT_PHONES, "0125 555 0101 (mattina); fax 0125 555 0102", "0125 555 0101 (mattina)\nfax 0125 555 0102"},
        {EDIT_FEE, "Gratis", "free"},
        {EDIT_FEE, "secondo l'ISEE", "by-isee"},
        {EDIT_STARTS_ON, "30/11/2026", "2026-11-30"},
        {EDIT_ENDS_ON, "1.7.27", "2027-07-01"},
        {EDIT_MIN_AGE, "0,5", "0,5"},
        {EDIT_PLACES_FREE, "esauriti", "0"},
        {EDIT_URL, "www.example.org/casa", "https://www.example.org/casa"},
        {EDIT_LANGUAGES, "Inglese, romeno", "inglese\nrumeno"},
        {EDIT_WAYS, "in presenza, al telefono", "presence\nphone"},
        {EDIT_NAME, "  Sportello \n casa  ", "Sportello casa"},
        {EDIT_DOCUMENTS, "ISEE\n\n Carta d'identità ", "ISEE\nCarta d'identità"},
        {EDIT_PLACES, "Casa del quartiere: via Roma 1, 10015 Ivrea", "Casa del quartiere: via Roma 1, 10015 Ivrea (TO)"},
        {EDIT_PLACES, "indirizzo riservato, Torino", "indirizzo riservato, Torino"},
    };

    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    for (int i = 0; i < ARRAY_LEN(all); i++) {
        const struct one o = change(all[i].field, all[i].typed, NULL);

        ck_assert_msg(o.st == ST_OK, "%s: %s", all[i].typed, o.out.n > 0 && o.out.list[0].key != NULL ? o.out.list[0].key : "");
        ck_assert_str_eq(text_of(all[i].field), all[i].reads);
    }
    finish();
}
END_TEST

START_TEST(test_edit__what_cannot_be_read_is_refused_and_nothing_is_written)
{
    begin();
    static const struct {
        enum edit_field field;
        const char *typed, *key;
    } all[] = {
        {EDIT_NAME, " ", "catalogue.edit-needed"},
        {EDIT_HOURS, "lun 25-26", "opening.time"},
        {EDIT_HOURS, "luogo 3: lun 9-12", "catalogue.edit-no-place"},
        {EDIT_PHONES, "chiedi a noi", "catalogue.edit-phone"},
        {EDIT_EMAIL, "sportello", "catalogue.edit-email"},
        {EDIT_EMAIL, "a@b.it\nBcc: c@d.it", "catalogue.edit-email"},
        {EDIT_URL, "javascript:alert(1)", "catalogue.edit-url"},
        {EDIT_FEE, "forse", "catalogue.edit-choice"},
        {EDIT_STARTS_ON, "31/02/2026", "catalogue.edit-day"},
        {EDIT_ENDS_ON, "2020-01-01", "catalogue.edit-days"},
        {EDIT_MIN_AGE, "tanti", "catalogue.edit-age"},
        {EDIT_MIN_AGE, "99", "catalogue.edit-ages"},
        {EDIT_PLACES_FREE, "-1", "catalogue.edit-number"},
        {EDIT_NEEDS, "qwertyuiop", "catalogue.edit-need"},
        {EDIT_TARGETS, "qwertyuiop", "catalogue.edit-target"},
        {EDIT_PLACES, "via Roma 1, Qwertyville", "catalogue.edit-comune"},
        {EDIT_STATE, "hidden", "catalogue.edit-choice"},
    };

    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    for (int i = 0; i < ARRAY_LEN(all); i++) {
        char before[sizeof got];

        strcpy(before, text_of(all[i].field));
        const struct one o = change(all[i].field, all[i].typed, NULL);

        ck_assert_msg(o.st == ST_INVALID, "%s is taken", all[i].typed);
        ck_assert_str_eq(o.out.list[0].key, all[i].key);
        ck_assert_str_eq(text_of(all[i].field), before);
    }
    finish();
}
END_TEST

START_TEST(test_edit__a_name_of_ten_kilobytes_is_told)
{
    begin();
    static char name[10241];

    memset(name, 'a', sizeof name - 1);
    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    const struct one o = change(EDIT_NAME, name, NULL);

    ck_assert_int_eq(o.st, ST_INVALID);
    ck_assert_str_eq(o.out.list[0].key, "catalogue.edit-long");
    finish();
}
END_TEST

/* What is beside a corrected field stays as it was. */
START_TEST(test_edit__what_no_text_can_say_stays)
{
    begin();
    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    ck_assert_int_eq(change(EDIT_PHONES, "0125 555 0199\n0125 555 0101 int. 7 (la mattina)", NULL).st, ST_OK);
    ck_assert_str_eq(text_of(EDIT_PHONES), "0125 555 0199\n0125 555 0101 int. 7 (la mattina)");
    ck_assert_int_eq(change(EDIT_PLACES, "Casa del quartiere: via Torino 9, 10015 Ivrea (TO)", NULL).st, ST_OK);
    ck_assert_str_eq(text_of(EDIT_HOURS), "giovedì 14:00-16:00");
    finish();
}
END_TEST

/* ---- two editors ---- */

START_TEST(test_edit__two_editors_are_merged_field_by_field)
{
    begin();
    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    ck_assert_int_eq(change(EDIT_EMAIL, "a@example.org", "sportello@example.org").out.n_taken, 1);
    /* another field: both are kept */
    ck_assert_int_eq(change(EDIT_URL, "https://example.org/b", "https://example.org/sportello").out.n_taken, 1);
    /* the same field, the same text: fine */
    ck_assert_int_eq(change(EDIT_EMAIL, "a@example.org", "sportello@example.org").out.n_conflicts, 0);
    /* the same field, another text: told, not written */
    struct one o = change(EDIT_EMAIL, "b@example.org", "sportello@example.org");

    ck_assert_int_eq(o.out.n_conflicts, 1);
    ck_assert_int_eq(o.out.n_taken, 0);
    ck_assert(str_eq_z(o.out.list[0].ours, "a@example.org") && str_eq_z(o.out.list[0].typed, "b@example.org"));
    ck_assert_str_eq(text_of(EDIT_EMAIL), "a@example.org");
    ck_assert_str_eq(text_of(EDIT_URL), "https://example.org/b");
    finish();
}
END_TEST

static enum status read_change(struct ctx *c, void *arg)
{
    struct service s;
    const enum status st = catalogue_edit_read(c, f.service_id, &s);

    *(int64_t *)arg = s.change_no;
    return st;
}

START_TEST(test_edit__a_version_tells_what_changed_since)
{
    begin();
    int64_t seen = 0;

    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    ck_assert_int_eq(harness_read(h, read_change, &seen), ST_OK);
    ck_assert_int_eq(change(EDIT_EMAIL, "a@example.org", NULL).out.n_taken, 1);
    struct one url = {.field = EDIT_URL, .text = "https://example.org/b", .base_change = seen};
    struct one mail = {.field = EDIT_EMAIL, .text = "b@example.org", .base_change = seen};

    ck_assert_int_eq(harness_write(h, edit_one, &url), ST_OK);
    ck_assert_int_eq(url.out.n_taken, 1);
    ck_assert_int_eq(harness_write(h, edit_one, &mail), ST_OK);
    ck_assert_int_eq(mail.out.n_conflicts, 1);
    ck_assert(str_eq_z(mail.out.list[0].changed_by, "Ente di prova"));
    finish();
}
END_TEST

/* ---- history ---- */

static struct history_row rows[50];
static int n_rows;

static enum status read_history(struct ctx *c, void *arg)
{
    struct history_row *list;
    const enum status st =
        catalogue_history(c, &(struct history_read){.service_id = f.service_id, .limit = 50}, &list, &n_rows);

    for (int i = 0; st == ST_OK && i < n_rows; i++) {
        rows[i] = list[i];
        rows[i].was = str_copy(h->mem, list[i].was);
        rows[i].now = str_copy(h->mem, list[i].now);
        rows[i].by = str_copy(h->mem, list[i].by);
    }
    return st;
}

static const char *said; /* the problem that the last undo told; NULL when none */

static enum status undo_it(struct ctx *c, void *arg)
{
    const enum status st = catalogue_undo(c, *(int64_t *)arg, &desk);

    said = c->problems.n > 0 ? c->problems.list[0].key : NULL;
    return st;
}

START_TEST(test_history__an_undo_is_another_row)
{
    begin();
    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    change(EDIT_EMAIL, "a@example.org", NULL);
    ck_assert_int_eq(harness_read(h, read_history, NULL), ST_OK);
    ck_assert_int_eq(n_rows, 1);
    ck_assert(rows[0].field == EDIT_EMAIL && str_eq_z(rows[0].was, "sportello@example.org") && str_eq_z(rows[0].now, "a@example.org"));
    ck_assert(rows[0].how == EDIT_BY_DESK && str_eq_z(rows[0].by, "Ente di prova"));
    int64_t id = rows[0].history_id;

    ck_assert_int_eq(harness_write(h, undo_it, &id), ST_OK);
    ck_assert_str_eq(text_of(EDIT_EMAIL), "sportello@example.org");
    ck_assert_int_eq(harness_read(h, read_history, NULL), ST_OK);
    ck_assert_int_eq(n_rows, 2);
    ck_assert(rows[0].how == EDIT_BY_UNDO && rows[0].undoes == id && rows[1].is_undone);
    /* twice does nothing */
    ck_assert_int_eq(harness_write(h, undo_it, &id), ST_CONFLICT);
    finish();
}
END_TEST

START_TEST(test_history__what_changed_again_is_not_undone)
{
    begin();
    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    change(EDIT_EMAIL, "a@example.org", NULL);
    change(EDIT_EMAIL, "b@example.org", NULL);
    ck_assert_int_eq(harness_read(h, read_history, NULL), ST_OK);
    ck_assert_int_eq(n_rows, 2);
    ck_assert_int_eq(harness_write(h, undo_it, &rows[1].history_id), ST_CONFLICT);
    ck_assert_str_eq(said, "catalogue.undo-changed"); /* that somebody changed it since, not that it cannot be */
    ck_assert_str_eq(text_of(EDIT_EMAIL), "b@example.org");
    ck_assert_int_eq(harness_write(h, undo_it, &rows[0].history_id), ST_OK);
    ck_assert_str_eq(text_of(EDIT_EMAIL), "a@example.org");
    finish();
}
END_TEST

/* ---- what feeds leave alone ---- */

static void other_words(struct full *x)
{
    x->service.email = STR("flusso@example.org");
    x->service.description = STR("Il flusso dice altro.");
}

static struct field_conflict conflict;
static int n_conflicts;

static enum status read_conflicts(struct ctx *c, void *arg)
{
    struct field_conflict *list;
    const enum status st = catalogue_conflicts(
        c, &(struct conflict_read){.organisation_id = f.organisation_id, .limit = 10}, &list, &n_conflicts);

    if (st == ST_OK && n_conflicts > 0) {
        conflict = list[0];
        conflict.ours = str_copy(h->mem, list[0].ours);
        conflict.theirs = str_copy(h->mem, list[0].theirs);
    }
    return st;
}

static enum status settle(struct ctx *c, void *arg)
{
    return catalogue_settle(c, conflict.conflict_id, *(bool *)arg, &desk);
}

START_TEST(test_owner__a_feed_leaves_what_the_body_corrected)
{
    begin();
    bool take = false;

    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    change(EDIT_EMAIL, "a@example.org", NULL);
    /* the same feed again: nothing changes, nothing is asked */
    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    ck_assert_str_eq(text_of(EDIT_EMAIL), "a@example.org");
    ck_assert_int_eq(f.service_change, PUT_SAME);
    /* the feed says something else of two fields */
    ck_assert_int_eq(harness_write(h, put_full, (void *)other_words), ST_OK);
    ck_assert_int_eq(f.service_change, PUT_CHANGED);
    ck_assert_str_eq(text_of(EDIT_EMAIL), "a@example.org");
    ck_assert_str_eq(text_of(EDIT_DESCRIPTION), "Il flusso dice altro.");
    ck_assert_int_eq(harness_read(h, read_conflicts, NULL), ST_OK);
    ck_assert_int_eq(n_conflicts, 1);
    ck_assert(conflict.field == EDIT_EMAIL && str_eq_z(conflict.ours, "a@example.org") && str_eq_z(conflict.theirs, "flusso@example.org"));
    ck_assert_int_eq(harness_read(h, read_history, NULL), ST_OK);
    ck_assert(rows[0].how == EDIT_BY_FEED && rows[0].field == EDIT_DESCRIPTION && str_eq_z(rows[0].by, "csv:prova"));
    /* kept once, not asked again */
    ck_assert_int_eq(harness_write(h, settle, &take), ST_OK);
    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    ck_assert_int_eq(harness_write(h, put_full, (void *)other_words), ST_OK);
    ck_assert_int_eq(harness_read(h, read_conflicts, NULL), ST_OK);
    for (int i = 0; i < n_conflicts; i++)
        ck_assert(!str_eq_z(conflict.theirs, "flusso@example.org"));
    finish();
}
END_TEST

START_TEST(test_owner__theirs_can_be_taken)
{
    begin();
    bool take = true;

    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    change(EDIT_EMAIL, "a@example.org", NULL);
    ck_assert_int_eq(harness_write(h, put_full, (void *)other_words), ST_OK);
    ck_assert_int_eq(harness_read(h, read_conflicts, NULL), ST_OK);
    ck_assert_int_eq(harness_write(h, settle, &take), ST_OK);
    ck_assert_str_eq(text_of(EDIT_EMAIL), "flusso@example.org");
    ck_assert_int_eq(harness_write(h, settle, &take), ST_NOT_FOUND);
    ck_assert_int_eq(harness_read(h, read_conflicts, NULL), ST_OK);
    ck_assert_int_eq(n_conflicts, 0);
    finish();
}
END_TEST

START_TEST(test_owner__an_undo_gives_the_field_back_to_the_feed)
{
    begin();
    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    change(EDIT_EMAIL, "a@example.org", NULL);
    ck_assert_int_eq(harness_read(h, read_history, NULL), ST_OK);
    ck_assert_int_eq(harness_write(h, undo_it, &rows[0].history_id), ST_OK);
    ck_assert_int_eq(harness_write(h, put_full, (void *)other_words), ST_OK);
    ck_assert_str_eq(text_of(EDIT_EMAIL), "flusso@example.org");
    finish();
}
END_TEST

START_TEST(test_owner__what_its_body_took_away_stays_away)
{
    begin();
    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    ck_assert_int_eq(change(EDIT_STATE, "gone", NULL).out.n_taken, 1);
    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    ck_assert_int_eq(f.service_change, PUT_SAME);
    ck_assert_str_eq(text_of(EDIT_STATE), "gone");
    ck_assert_int_eq(harness_write(h, put_full, (void *)other_words), ST_OK);
    ck_assert_str_eq(text_of(EDIT_STATE), "gone");
    finish();
}
END_TEST

/* ---- new ones, many together ---- */

static int64_t made;

static enum status add_one(struct ctx *c, void *arg)
{
    struct edit_outcome out;
    struct edit_who who = {.how = EDIT_BY_PASTE, .by = STR("Ente di prova"), .batch = STR("foglio-1")};
    const struct edit_change list[] = {{.field = EDIT_NAME, .text = STR("Doposcuola")},
                                       {.field = EDIT_PLACES, .text = STR("via Roma 3, Ivrea")},
                                       {.field = EDIT_PHONES, .text = STR("0125 555 0777")},
                                       {.field = EDIT_HOURS, .text = STR("lun-ven 14-18")}};

    ck_assert_int_eq(catalogue_edit_add(c, f.organisation_id, list, ARRAY_LEN(list), &who, &made, &out), ST_OK);
    const struct edit_change mail = {.field = EDIT_EMAIL, .text = STR("z@example.org")};

    return catalogue_edit(c, f.service_id, 0, &mail, 1, &who, &out);
}

static enum status undo_all(struct ctx *c, void *arg)
{
    int *n = arg;
    const struct undo_batch b = {.organisation_id = f.organisation_id, .batch = STR("foglio-1")};

    return catalogue_undo_batch(c, &b, &desk, &n[0], &n[1]);
}

START_TEST(test_history__what_was_pasted_together_is_undone_together)
{
    begin();
    int n[2] = {0};

    ck_assert_int_eq(harness_write(h, put_full, NULL), ST_OK);
    const int64_t old = f.service_id;

    ck_assert_int_eq(harness_write(h, add_one, NULL), ST_OK);
    f.service_id = made;
    ck_assert_str_eq(text_of(EDIT_HOURS), "lun-ven 14:00-18:00");
    ck_assert_str_eq(text_of(EDIT_PLACES), "via Roma 3, Ivrea (TO)");
    f.service_id = old;
    ck_assert_int_eq(harness_write(h, undo_all, n), ST_OK);
    ck_assert_int_eq(n[0], 2);
    ck_assert_int_eq(n[1], 0);
    ck_assert_str_eq(text_of(EDIT_EMAIL), "sportello@example.org");
    f.service_id = made;
    ck_assert_str_eq(text_of(EDIT_STATE), "gone");
    finish();
}
END_TEST

UNIT_MAIN("catalogue_edit", test_edit__every_field_of_every_entry_reads_back, test_edit__what_people_type_is_understood,
               test_edit__what_cannot_be_read_is_refused_and_nothing_is_written, test_edit__a_name_of_ten_kilobytes_is_told,
               test_edit__what_no_text_can_say_stays, test_edit__two_editors_are_merged_field_by_field,
               test_edit__a_version_tells_what_changed_since, test_history__an_undo_is_another_row,
               test_history__what_changed_again_is_not_undone, test_owner__a_feed_leaves_what_the_body_corrected,
               test_owner__theirs_can_be_taken, test_owner__an_undo_gives_the_field_back_to_the_feed,
               test_owner__what_its_body_took_away_stays_away, test_history__what_was_pasted_together_is_undone_together)

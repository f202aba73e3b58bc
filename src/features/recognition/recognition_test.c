/* recognition_test.c - models are brought by key, refused by line, laid side by side, chosen and taken away; everybody reads the one in use. */
#include "recognition.h"
#include "base/macros.h"
#include "base/tables.h"
#include "recognition_bars.h"
#include "tests/support/keyed.h"
#include "tests/unit.h"
#include <math.h>
#include <string.h>

#define AT "/riconoscimento/modelli"

static struct str table(const char *name)
{
    const struct table_file *f = table_find(name);

    ck_assert_ptr_nonnull(f);
    return f->bytes;
}

/* The text with one thing changed. */
static struct str with(struct arena *mem, struct str text, const char *from, const char *to)
{
    const char *const z = str_z(mem, text), *const at = strstr(z, from);

    ck_assert_msg(at != NULL, "%s", from);
    return str_fmt(mem, "%.*s%s%s", (int)(at - z), z, to, at + strlen(from));
}

static struct web_reply bring(const struct keyed *k, const char *name, struct str model, struct str quality)
{
    struct harness *const h = k->h;
    const char *const headers[] = {"Content-Type: multipart/form-data; boundary=XX", k->cookie, NULL};
    struct buf b = buf_new(h->mem, model.n + quality.n + 900);

    buf_fmt(&b, "--XX\r\nContent-Disposition: form-data; name=\"nome\"\r\n\r\n%s\r\n", name);
    buf_z(&b, "--XX\r\nContent-Disposition: form-data; name=\"modello\"; filename=\"m.txt\"\r\n\r\n");
    buf_str(&b, model);
    buf_z(&b, "\r\n--XX\r\nContent-Disposition: form-data; name=\"qualita\"; filename=\"q.tsv\"\r\n\r\n");
    buf_str(&b, quality);
    buf_z(&b, "\r\n--XX--\r\n");
    const struct web_ask ask = {.method = "POST", .target = AT, .headers = headers, .body = buf_view(&b)};

    return harness_ask(h, &ask);
}

/* Another model than the program's, with the judgement that belongs to it. */
struct pair {
    struct str model, quality;
};

static struct pair another(struct arena *mem, double moved)
{
    struct people_model *m;
    struct people_quality q;
    struct people_wrong wrong;
    struct buf model = buf_new(mem, 1 << 14), quality = buf_new(mem, 4096);

    ck_assert_int_eq(people_model_read_figures(mem, table("people/model.tsv"), &m, &wrong), ST_OK);
    ck_assert_int_eq(people_quality_read(mem, table("people/quality.tsv"), &q, &wrong), ST_OK);
    m->p[PEOPLE_SAME][PEOPLE_COL_BIRTH][0] -= moved;
    m->p[PEOPLE_SAME][PEOPLE_COL_BIRTH][1] += moved / 2; /* in two parts: level 0 moves the most */
    m->p[PEOPLE_SAME][PEOPLE_COL_BIRTH][2] += moved / 2;
    people_model_write(&model, m);
    q.model = people_model_mark(mem, m);
    q.at_cut = people_measured(1000, 900, 895);
    q.best = people_measured(1000, 1000, 970);
    q.clusters = people_measured(1000, 1000, 980);
    q.n_records = 2000;
    q.queue.n = 100;
    q.queue.n_right = 40;
    q.n_groups = 2;
    q.groups[0] = (struct people_group){STR("<b>ITALIA</b>"), people_measured(600, 500, 498)};
    q.groups[1] = (struct people_group){STR("MAROCCO"), people_measured(200, 150, 149)};
    for (int b = 0; b < PEOPLE_BINS; b++)
        q.bins[b].n_right = (uint64_t)llround(q.bins[b].stated * (double)q.bins[b].n);
    people_quality_write(&quality, &q);
    return (struct pair){buf_view(&model), buf_view(&quality)};
}

START_TEST(test_recognition__the_page_says_the_verdict_first_then_what_it_means)
{
    struct harness *h = harness_new();
    struct web_reply r = harness_get(h, "/riconoscimento");
    struct people_quality q;
    struct people_wrong wrong;
    struct recognition_bar bars[RECOGNITION_BARS];
    int n_known;

    ck_assert_int_eq(r.code, 200);
    ck_assert_int_eq(people_quality_read(h->mem, table("people/quality.tsv"), &q, &wrong), ST_OK);
    recognition_bars(&q, bars);
    const int n_met = recognition_bars_met(bars, &n_known);

    harness_has(&r, "Qualità del riconoscimento");
    harness_has(&r, n_met == n_known ? "rispetta tutte le" : str_fmt(h->mem, "rispetta %d soglie su %d", n_met, n_known).p);
    harness_has(&r, "almeno 98,5");
    harness_has(&r, "schede inventate");
    harness_has(&r, "Di 100 coppie date per sicure all’");
    harness_has(&r, "Marocco");
    harness_has(&r, "volte più probabile che sia la stessa persona");
    harness_has(&r, "coppie che una persona deve guardare");
    harness_has(&r, "<svg");
    harness_has_not(&r, ">nan");
    ck_assert_int_ge(q.n_groups, 8);
    r = harness_get(h, "/en/riconoscimento");
    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Quality of recognition");
    harness_free(h);
}
END_TEST

START_TEST(test_recognition__brought_by_key_then_shown_to_everybody_then_taken_away)
{
    struct harness *h = harness_new();
    const struct keyed region = keyed_new(h, 0, LINKS_APPROVE);
    const struct pair p = another(h->mem, 0.05), far = another(h->mem, 0.3);

    ck_assert_int_eq(harness_get(h, AT).code, 403);
    struct web_reply r = keyed_get(&region, AT);

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "Modello del programma");
    r = bring(&region, "Schede di prova", p.model, p.quality);
    ck_assert_int_eq(r.code, 303);
    r = keyed_get(&region, str_z(h->mem, harness_header(h, &r, "Location")));
    harness_has(&r, "Per ora lo vedi solo tu");
    harness_has(&r, "rispetta tutte le 6 soglie");
    harness_has(&r, "È vicino all’altro");
    harness_has(&r, "Data di nascita, uguale");
    harness_has(&r, "&lt;b&gt;italia");
    harness_has_not(&r, "<b>italia");
    r = harness_get(h, "/riconoscimento"); /* nobody else sees it yet */
    harness_has(&r, "schede inventate");
    r = bring(&region, "Ancora gli stessi", p.model, p.quality); /* sent twice: one */
    ck_assert(str_ends(harness_header(h, &r, "Location"), STR("/1?fatto=noto")));
    ck_assert_int_eq(keyed_post(&region, AT "/1/usa", "").code, 303);
    r = harness_get(h, "/riconoscimento");
    harness_has(&r, "Modello «Schede di prova», portato il ");
    harness_has(&r, "rispetta tutte le 6 soglie");
    harness_has(&r, "2.000 schede");
    harness_has_not(&r, "schede inventate");
    r = bring(&region, "Molto diverso", far.model, far.quality);
    struct str at = harness_header(h, &r, "Location"); /* its number is the engine's: a refused row may take one */
    const char *const second = str_z(h->mem, str_cut(&at, '?'));

    r = keyed_get(&region, second);
    harness_has(&r, "Si è spostato troppo. Data di nascita, uguale");
    harness_has(&r, "<option value=\"1\" selected>");
    r = keyed_get(&region, str_fmt(h->mem, "%s?con=0", second).p);
    harness_has(&r, "<option value=\"0\" selected>");
    ck_assert_int_eq(keyed_post(&region, AT "/1/togli", "").code, 303);
    r = harness_get(h, "/riconoscimento"); /* the program's own takes its place */
    harness_has(&r, "schede inventate");
    ck_assert_int_eq(keyed_get(&region, AT "/1").code, 404);
    ck_assert_int_eq(keyed_post(&region, AT "/1/usa", "").code, 404);
    ck_assert_int_eq(keyed_post(&region, AT "/1/togli", "").code, 404);
    ck_assert_int_eq(keyed_post(&region, AT "/1/rimetti", "").code, 303);
    ck_assert_int_eq(keyed_get(&region, AT "/1").code, 200);
    ck_assert_int_eq(keyed_post(&region, AT "/0/togli", "").code, 403);
    ck_assert_int_eq(keyed_get(&region, AT "/uno").code, 404);
    harness_free(h);
}
END_TEST

START_TEST(test_recognition__one_of_the_two_files_is_enough)
{
    struct harness *h = harness_new();
    const struct keyed region = keyed_new(h, 0, LINKS_APPROVE);
    const struct pair p = another(h->mem, 0.01);

    ck_assert_int_eq(bring(&region, "Solo il modello", p.model, STR("")).code, 303);
    ck_assert_int_eq(bring(&region, "Solo la misura", STR(""), p.quality).code, 303);
    ck_assert_int_eq(keyed_post(&region, AT "/1/usa", "").code, 303);
    struct web_reply r = harness_get(h, "/riconoscimento");

    ck_assert_int_eq(r.code, 200);
    harness_has(&r, "non è stato ancora misurato");
    harness_has(&r, "Che cosa guarda il modello");
    harness_has_not(&r, "Le soglie");
    ck_assert_int_eq(keyed_post(&region, AT "/2/usa", "").code, 303);
    r = harness_get(h, "/riconoscimento");
    harness_has(&r, "Le soglie");
    harness_has(&r, "Il modello non è stato portato");
    harness_free(h);
}
END_TEST

/* Each is refused with its line and its reason, the name stays, and nothing is kept. */
START_TEST(test_recognition__what_is_wrong_is_told_by_line_and_nothing_is_kept)
{
    struct harness *h = harness_new();
    const struct keyed region = keyed_new(h, 0, LINKS_APPROVE);
    const struct str m = table("people/model.tsv"), q = table("people/quality.tsv");
    const struct {
        struct str model, quality;
        const char *said;
    } wrong[] = {
        {with(h->mem, m, "cut\t5.000", "cut\tnan"), q, "Riga 6: manca una cifra"},
        {with(h->mem, m, "people model\t1", "people model\t9"), q, "versione più nuova"},
        {STR("\x7f" "ELF\xff\xfe\x01\x01"), STR(""), "non è un testo"},
        {q, m, "non è un modello fatto"},
        {m, with(h->mem, q, "\ngap\t", "\ngroup\tZ\t12\t3\t3\ngap\t"), "meno di 50 coppie vere"},
        {m, with(h->mem, q, "group\tROMANIA", "group\tITALIA"), "c’è già un’altra riga"},
        {m, with(h->mem, q, "\ncurve\t-9.0000\t", "\ncurve\t-9.0000\t-"), "fuori misura"},
        {with(h->mem, m, "\ncut\t5.0", "\ncut\t5.1"), q, "Questa misura è di un altro modello"},
        {str_fmt(h->mem, "%.*svalue\tsurname\tROSSI\t4\n", (int)m.n, m.p), STR(""), "meno di 5 schede"},
        {STR(""), STR(""), "Scegli almeno un file"},
    };

    for (int i = 0; i < ARRAY_LEN(wrong); i++) {
        const struct web_reply r = bring(&region, "Un &amp; nome", wrong[i].model, wrong[i].quality);

        ck_assert_int_eq(r.code, 422);
        harness_has(&r, wrong[i].said);
        harness_has(&r, "value=\"Un &amp;amp; nome\"");
    }
    struct web_reply r = bring(&region, " ", m, q);

    ck_assert_int_eq(r.code, 422);
    harness_has(&r, "href=\"#nome\"");
    ck_assert_int_eq(keyed_get(&region, AT "/1").code, 404);
    /* values are looked at and not kept */
    r = bring(&region, "Con i cognomi", str_fmt(h->mem, "%.*svalue\tsurname\tZZTOP\t7\n", (int)m.n, m.p), q);
    ck_assert_int_eq(r.code, 303);
    r = keyed_get(&region, AT "/1");
    ck_assert_int_eq(r.code, 200);
    harness_has_not(&r, "ZZTOP");
    harness_free(h);
}
END_TEST

/* A body brings its own and takes it away; the Region alone says what everybody reads. */
static enum status make_bodies(struct ctx *c, void *arg)
{
    const struct organisation one = {.name = STR("Consorzio di prova"), .source = STR("csv:prova"), .source_id = STR("1")},
                              two = {.name = STR("Altro consorzio"), .source = STR("csv:prova"), .source_id = STR("2")};
    int64_t *const ids = arg;
    enum put_change change;
    const enum status st = organisations_put(c, &one, &ids[0], &change);

    return st == ST_OK ? organisations_put(c, &two, &ids[1], &change) : st;
}

static enum status sweep_later(struct ctx *c, void *arg)
{
    (void)arg;
    c->now_ms += (RECOGNITION_GONE_DAYS + 1) * INT64_C(86400000);
    return recognition_sweep(c);
}

START_TEST(test_recognition__a_body_brings_and_the_region_chooses)
{
    struct harness *h = harness_new();
    int64_t ids[2] = {0, 0};

    ck_assert_int_eq(harness_write(h, make_bodies, ids), ST_OK);
    const struct keyed region = keyed_new(h, 0, LINKS_APPROVE), body = keyed_new(h, ids[0], LINKS_APPROVE),
                       other = keyed_new(h, ids[1], LINKS_APPROVE), keep = keyed_new(h, ids[0], LINKS_KEEP);
    const struct pair p = another(h->mem, 0.02), q = another(h->mem, 0.03);

    ck_assert_int_eq(keyed_get(&keep, AT).code, 403);
    ck_assert_int_eq(bring(&body, "Del consorzio", p.model, p.quality).code, 303);
    ck_assert_int_eq(bring(&region, "Della Regione", q.model, q.quality).code, 303);
    struct web_reply r = keyed_get(&body, AT "/1");

    harness_has(&r, "Chiave: Consorzio di prova");
    harness_has(&r, "/1/togli");
    harness_has_not(&r, "/1/usa");
    ck_assert_int_eq(keyed_post(&body, AT "/1/usa", "").code, 403);
    ck_assert_int_eq(keyed_post(&body, AT "/2/togli", "").code, 403);
    ck_assert_int_eq(keyed_post(&other, AT "/1/togli", "").code, 403);
    r = keyed_get(&body, AT "/2");
    harness_has_not(&r, "/2/togli");
    ck_assert_int_eq(keyed_post(&body, AT "/1/togli", "").code, 303);
    ck_assert_int_eq(harness_write(h, sweep_later, NULL), ST_OK);
    ck_assert_int_eq(keyed_post(&body, AT "/1/rimetti", "").code, 404);
    ck_assert_int_eq(keyed_get(&region, AT "/2").code, 200);
    harness_free(h);
}
END_TEST

/* Values of the source: Newcombe 1998, table I (81 of 263) and table II, method 10 (56 of 70 against 48 of 80). */
START_TEST(test_recognition__intervals_are_those_of_the_source)
{
    struct recognition_interval w = recognition_wilson(81, 263);
    struct people_quality q = {.n_groups = 2};
    int least, most;

    ck_assert(fabs(w.from - 0.2553) < 5e-5 && fabs(w.to - 0.3662) < 5e-5);
    w = recognition_wilson(0, 20);
    ck_assert(w.from == 0 && fabs(w.to - 0.1611) < 5e-5);
    w = recognition_wilson(0, 0);
    ck_assert(w.from == 0 && w.to == 1);
    q.groups[0] = (struct people_group){STR("A"), people_measured(100, 70, 56)};
    q.groups[1] = (struct people_group){STR("B"), people_measured(100, 80, 48)};
    ck_assert(recognition_gap(&q, &least, &most, &w));
    ck_assert_int_eq(least, 1);
    ck_assert(fabs(w.from - 0.0524) < 5e-5 && fabs(w.to - 0.3339) < 5e-5);
    q.groups[2] = (struct people_group){STR("C"), people_measured(100, 0, 0)}; /* nothing was said of them: that is not all wrong */
    q.n_groups = 3;
    ck_assert(recognition_gap(&q, &least, &most, &w) && fabs(people_gap(&q) - 0.2) < 1e-9);
    q.groups[1].at_cut = people_measured(99, 80, 48); /* too small to be compared */
    ck_assert(!recognition_gap(&q, &least, &most, &w));
}
END_TEST

START_TEST(test_recognition__a_bar_is_met_at_its_value_and_not_below)
{
    struct recognition_bar bars[RECOGNITION_BARS];
    struct people_quality q = {.at_cut = people_measured(2000, 2000, 1970), .best = people_measured(1000, 1000, 919), .n_groups = 2};
    int n_known;

    q.clusters = people_measured(1000, 1000, 940);
    q.bins[4].from = 0.8;
    q.bins[4].to = 0.95;
    q.bins[4].n = 100;
    q.bins[4].n_right = 98; /* more than was said is not right either */
    q.groups[0] = (struct people_group){STR("A"), people_measured(1000, 1000, 1000)};
    q.groups[1] = (struct people_group){STR("B"), people_measured(1000, 1000, 969)};
    recognition_bars(&q, bars);
    ck_assert(bars[RECOGNITION_PRECISION].is_met && bars[RECOGNITION_RECALL].is_met && bars[RECOGNITION_PERSONS].is_met);
    ck_assert(!bars[RECOGNITION_BEST].is_met && !bars[RECOGNITION_GAP].is_met && !bars[RECOGNITION_SAID].is_met);
    ck_assert_int_eq(recognition_bars_met(bars, &n_known), 3);
    ck_assert_int_eq(n_known, 6);
    q.bins[4].n = 49;
    q.bins[4].n_right = 44;
    q.n_groups = 1;
    recognition_bars(&q, bars);
    ck_assert(!bars[RECOGNITION_GAP].is_known && !bars[RECOGNITION_SAID].is_known);
}
END_TEST

/* Each is brought and taken away by somebody who holds a key. */
START_TEST(test_recognition__what_was_taken_away_does_not_pile_up)
{
    struct harness *h = harness_new();
    const struct keyed region = keyed_new(h, 0, LINKS_APPROVE);
    struct str first = STR(""), last = STR("");

    for (int i = 0; i <= RECOGNITION_MOST; i++) {
        const char change[] = {(char)('0' + i / 10), (char)('0' + i % 10), '\0'};
        const struct web_reply r = bring(&region, "Prova", STR(""), with(h->mem, table("people/quality.tsv"), "records\t", str_fmt(h->mem, "records\t1%s", change).p));
        struct str at = harness_header(h, &r, "Location");

        ck_assert_int_eq(r.code, 303);
        last = str_copy(h->mem, str_cut(&at, '?'));
        first = i == 0 ? last : first;
        ck_assert_int_eq(keyed_post(&region, str_fmt(h->mem, "%.*s/togli", (int)last.n, last.p).p, "").code, 303);
    }
    ck_assert_int_eq(keyed_post(&region, str_fmt(h->mem, "%.*s/rimetti", (int)first.n, first.p).p, "").code, 404);
    ck_assert_int_eq(keyed_post(&region, str_fmt(h->mem, "%.*s/rimetti", (int)last.n, last.p).p, "").code, 303);
    harness_free(h);
}
END_TEST

UNIT_MAIN("recognition", test_recognition__the_page_says_the_verdict_first_then_what_it_means,
          test_recognition__brought_by_key_then_shown_to_everybody_then_taken_away, test_recognition__one_of_the_two_files_is_enough,
          test_recognition__what_is_wrong_is_told_by_line_and_nothing_is_kept, test_recognition__a_body_brings_and_the_region_chooses,
          test_recognition__intervals_are_those_of_the_source, test_recognition__a_bar_is_met_at_its_value_and_not_below,
          test_recognition__what_was_taken_away_does_not_pile_up)

/* people_command.c - `wecare people`: learning, linking and judging on files; nothing is stored. */
#include "base/clock.h"
#include "base/date.h"
#include "base/sheet.h"
#include "people_codes.h"
#include "people_eval.h"
#include "people_feature.h"
#include "people_file.h"
#include "people_overlap.h"
#include "people_read.h"
#include "people_words.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, MAX_SAID = 20 };

const char people_command_help[] =
    "wecare people train|score|cluster|eval|explain|overlaps|codes RECORDS.csv ...   the same person recognised\n"
    "\n"
    "  train   RECORDS --model OUT [--keep OLD]     learns from records, without any truth; with --keep a model\n"
    "                                               that moved too far from OLD is refused\n"
    "  score   RECORDS [--model M] [--out FILE]     pairs: rec_a,rec_b,score (log2 odds; 0 is even)\n"
    "  cluster RECORDS [--model M] [--out FILE]     persons: rec_id,cluster_id\n"
    "  eval    RECORDS --truth TRUTH [--model M]    precision, recall, calibration, by citizenship\n"
    "          [--out FILE]                         the same as a file for the page of the portal\n"
    "  explain RECORDS ID ID [--model M] [--lang en]  why two records are, or are not, one person\n"
    "  overlaps RECORDS EVENTS [--model M]          the same service by two bodies to one person: event_a,event_b\n"
    "          [--days 30] [--except pasto,...]     within these days; services that do not count\n"
    "          [--truth PAIRS] [--out FILE]         how many of the known pairs are found\n"
    "  codes   RECORDS [--out FILE]                 what each codice fiscale says, and what is doubtful in it\n"
    "\n"
    "Without --model, the records themselves are learnt from first. Nothing is stored.\n"
    "  --map FIELD=COLUMN  a column by another name; FIELD=- leaves a field out. Fields: id source entered\n"
    "                      given_name surname birth_date tax_code number sex birth_place citizenship address\n"
    "                      street_number municipality phone email postcode extra1 extra2\n"
    "  --cut BITS          the cut of cluster and eval (the model's automatic cut: 5)\n"
    "  --least BITS        pairs below are not written (-10)\n"
    "  --alone             each pair by itself: not what it gains through third records\n"
    "  --apart FILE        rec_a,rec_b: pairs that somebody decided are not the same\n"
    "  --places FILE       the archive of comuni of ANPR in place of the one built in (all former names)\n"
    "  --key FILE          32 bytes that key the blocks; --threads N; --classes 2|3\n"
    "\n"
    "Rows that are not fit are named by line and left out. Limits: 10,000,000 records, 10,000,000 events, a row of 1 MB,\n"
    "500 columns; the other files 256 MB. Exit: 0 done, 1 refused, 2 wrong use.\n";

struct asked {
    struct arena *mem;
    const char *verb, *records, *model, *out, *keep, *truth, *apart, *key, *places;
    const char *ids[2];
    int n_ids, n_threads, n_classes, days;
    struct str except;
    double cut, least;
    bool has_cut, alone;
    enum lang lang;
    struct people_columns columns;
    bool to_terminal;
    int64_t n_refused;
    unsigned char secret[PEOPLE_KEY_BYTES];
    struct people_read read;
    struct people_model *m;
    struct people_apart *apart_list;
    size_t n_apart;
};

static void say_progress(void *arg, const char *what, uint64_t done, uint64_t total)
{
    const struct asked *a = arg;

    if (!a->to_terminal)
        return;
    if (total > 0)
        fprintf(stderr, "\r%-20s %3llu %%", what, (unsigned long long)(done * 100 / total));
    else
        fprintf(stderr, "\r%-20s %llu", what, (unsigned long long)done);
}

static void say_refused_row(void *arg, struct people_refused r)
{
    struct asked *a = arg;

    if (a->n_refused++ < MAX_SAID)
        fprintf(stderr, "row %lld: %s\n", (long long)r.line, r.why);
}

static void say_more_refused(const struct asked *a)
{
    if (a->n_refused > MAX_SAID)
        fprintf(stderr, "... and %lld rows more\n", (long long)(a->n_refused - MAX_SAID));
}

static int refuse(const char *what, struct str why)
{
    fprintf(stderr, "wecare people: %s%s%.*s\n", what, *what == '\0' ? "" : ": ", (int)why.n, why.p);
    return EXIT_REFUSED;
}

static int misuse(const char *what)
{
    fprintf(stderr, "wecare people: %s; try wecare people --help\n", what);
    return EXIT_USAGE;
}

static bool read_real(const char *z, double *out)
{
    return str_to_double(str_of(z), out);
}

/* One option with its value; false when there is no such option, or its value is wrong. */
static bool take_option(struct asked *a, const char *name, const char *value)
{
    const struct {
        const char *name;
        const char **to;
    } texts[] = {{"--model", &a->model}, {"--out", &a->out},     {"--keep", &a->keep},
                 {"--truth", &a->truth}, {"--apart", &a->apart}, {"--key", &a->key},     {"--places", &a->places}};
    double v;

    for (int i = 0; i < ARRAY_LEN(texts); i++)
        if (strcmp(name, texts[i].name) == 0) {
            *texts[i].to = value;
            return true;
        }
    if (strcmp(name, "--map") == 0)
        return people_columns_map(&a->columns, str_of(value));
    if (strcmp(name, "--except") == 0) {
        a->except = str_of(value);
        return true;
    }
    if (strcmp(name, "--lang") == 0) {
        a->lang = strcmp(value, "en") == 0 ? LANG_EN : LANG_IT;
        return strcmp(value, "en") == 0 || strcmp(value, "it") == 0;
    }
    if (!read_real(value, &v))
        return false;
    if (strcmp(name, "--cut") == 0) {
        a->cut = v;
        a->has_cut = true;
    } else if (strcmp(name, "--least") == 0) {
        a->least = v;
    } else if (strcmp(name, "--threads") == 0 && v >= 1 && v <= 64) {
        a->n_threads = (int)v;
    } else if (strcmp(name, "--days") == 0 && v >= 0 && v <= 3660) {
        a->days = (int)v;
    } else if (strcmp(name, "--classes") == 0 && (v == 2 || v == 3)) {
        a->n_classes = (int)v;
    } else {
        return false;
    }
    return true;
}

/* What a verb wants beside its file of records: words that follow it, options it cannot do without. */
static int check_words(const struct asked *a)
{
    static const struct {
        const char *verb;
        int n_ids;
        const char *says;
    } verbs[] = {{"train", 0, "train wants a file of records"},       {"score", 0, "score wants a file of records"},
                 {"cluster", 0, "cluster wants a file of records"},   {"eval", 0, "eval wants a file of records"},
                 {"codes", 0, "codes wants a file of records"},       {"explain", 2, "explain, and nothing else, wants two identifiers"},
                 {"overlaps", 1, "overlaps wants records and events"}};

    for (int i = 0; i < ARRAY_LEN(verbs); i++) {
        if (a->verb == NULL || strcmp(a->verb, verbs[i].verb) != 0)
            continue;
        if (a->records == NULL)
            return misuse("which file of records?");
        if (strcmp(a->verb, "train") == 0 && a->model == NULL)
            return misuse("train wants --model OUT");
        if (strcmp(a->verb, "eval") == 0 && a->truth == NULL)
            return misuse("eval wants --truth FILE");
        return a->n_ids == verbs[i].n_ids ? EXIT_DONE : misuse(verbs[i].says);
    }
    return misuse("train, score, cluster, eval, explain, overlaps or codes?");
}

static int read_words(struct asked *a, int argc, char **argv)
{
    a->least = -10;
    a->n_threads = 1;
    a->days = PEOPLE_OVERLAP_DAYS;
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--alone") == 0) {
            a->alone = true;
        } else if (strncmp(argv[i], "--", 2) == 0) {
            if (i + 1 == argc || !take_option(a, argv[i], argv[i + 1]))
                return misuse(argv[i]);
            i++;
        } else if (a->verb == NULL) {
            a->verb = argv[i];
        } else if (a->records == NULL) {
            a->records = argv[i];
        } else if (a->n_ids < 2) {
            a->ids[a->n_ids++] = argv[i];
        } else {
            return misuse("too many words");
        }
    }
    return check_words(a);
}

static int read_records(struct asked *a)
{
    const struct people_reading o = {.latest_year = day_to_ymd(clock_today()).year,
                                     .columns = a->columns,
                                     .places = a->places,
                                     .progress = say_progress,
                                     .refuse = say_refused_row,
                                     .arg = a};
    struct str why = {"", 0};

    if (people_read_file(a->mem, a->records, &o, &a->read, &why) != ST_OK)
        return refuse("", why);
    say_more_refused(a);
    fprintf(stderr, "%lld rows read, %lld left out\n", (long long)a->read.n_rows, (long long)a->read.n_refused);
    return EXIT_DONE;
}

/* The model of a file. */
static int load_model(struct asked *a, const char *file, struct people_model **out)
{
    struct str text, why = {"", 0};

    if (people_file_get(a->mem, file, &text, &why) != ST_OK || people_model_read(a->mem, text, out, &why) != ST_OK)
        return refuse(file, why);
    return EXIT_DONE;
}

/* Through its own text form, so that a model learnt now and one read later give the same figures. */
static int learn(struct asked *a, struct str *out_text)
{
    struct people_learn_options o = {.max_block = PEOPLE_MAX_BLOCK, .n_classes = a->n_classes, .n_threads = a->n_threads, .progress = say_progress, .arg = a};
    struct buf text = buf_new(a->mem, 1 << 16);
    struct people_model *m;
    struct str why = {"", 0};

    memcpy(o.secret, a->secret, sizeof o.secret);
    if (people_learn(a->mem, a->read.set, &o, &m) != ST_OK)
        return refuse(a->records, STR("fewer than 50 records: too few to learn from"));
    people_model_write(&text, m);
    *out_text = buf_view(&text);
    return people_model_read(a->mem, *out_text, &a->m, &why) == ST_OK ? EXIT_DONE : refuse("", why);
}

static int get_model(struct asked *a)
{
    struct str text;

    return a->model != NULL ? load_model(a, a->model, &a->m) : learn(a, &text);
}

static int put_out(struct asked *a, const char *file, struct str text)
{
    struct str why = {"", 0};

    if (a->to_terminal)
        fprintf(stderr, "\r%*s\r", 40, "");
    return people_file_put(a->mem, file, text, &why) == ST_OK ? EXIT_DONE : refuse(file, why);
}

static int run_train(struct asked *a)
{
    struct people_model *old = NULL;
    struct str text, why = {"", 0};
    int code = a->keep == NULL ? EXIT_DONE : load_model(a, a->keep, &old);

    code = code == EXIT_DONE ? learn(a, &text) : code;
    if (code != EXIT_DONE)
        return code;
    if (old != NULL && !people_model_is_near(old, a->m, a->mem, &why))
        return refuse("the old model stays", why);
    fprintf(stderr, "%d classes, %llu candidate pairs\n", a->m->n_classes, (unsigned long long)a->m->n_candidates);
    return put_out(a, a->model, text);
}

static struct people_clustering clustering_of(const struct asked *a)
{
    return (struct people_clustering){.set = a->read.set,
                                      .model = a->m,
                                      .cut = PEOPLE_CLUSTER_CUT,
                                      .evidence = PEOPLE_CLUSTER_EVIDENCE,
                                      .apart = a->apart_list,
                                      .n_apart = a->n_apart};
}

static void score_alone(struct asked *a, double least, struct people_edges *out)
{
    struct people_scoring o = {.set = a->read.set,
                               .model = a->m,
                               .max_block = PEOPLE_MAX_BLOCK,
                               .n_threads = a->n_threads,
                               .least = least,
                               .progress = say_progress,
                               .arg = a};

    memcpy(o.secret, a->secret, sizeof o.secret);
    people_score_all(a->mem, &o, out);
    for (int pass = 0; pass < PEOPLE_PASSES; pass++)
        if (out->over.n_blocks[pass] > 0)
            fprintf(stderr, "passed over as too frequent: %s, %llu blocks of %llu records\n", people_pass_name[pass],
                    (unsigned long long)out->over.n_blocks[pass], (unsigned long long)out->over.n_records[pass]);
}

static void score(struct asked *a, struct people_edges *alone, struct people_edges *together)
{
    struct people_clustering o = clustering_of(a);

    score_alone(a, a->least, alone);
    *together = *alone;
    o.cut = PEOPLE_TOGETHER_CUT;
    if (!a->alone)
        people_score_together(a->mem, &o, alone, together);
}

static void put_id(struct buf *b, const struct asked *a, uint32_t i)
{
    sheet_put(b, people_set_id(a->read.set, i));
}

static int close_out(struct asked *a, struct people_sink *out)
{
    struct str why = {"", 0};

    if (a->to_terminal)
        fprintf(stderr, "\r%*s\r", 40, "");
    return people_sink_close(out, &why) == ST_OK ? EXIT_DONE : refuse(a->out == NULL ? "the output" : a->out, why);
}

static int run_score(struct asked *a)
{
    struct people_sink out;
    struct people_edges alone, e;

    score(a, &alone, &e);
    people_sink_open(a->mem, a->out, &out);
    buf_z(&out.out, "rec_a,rec_b,score\n");
    for (size_t i = 0; i < e.n; i++) {
        put_id(&out.out, a, e.list[i].a);
        put_id(&out.out, a, e.list[i].b);
        buf_fmt(&out.out, ",%.4f\n", (double)e.list[i].score);
        people_sink_row(&out);
    }
    fprintf(stderr, "%llu pairs compared, %zu written\n", (unsigned long long)e.n_compared, e.n);
    return close_out(a, &out);
}

static uint32_t *cluster(struct asked *a, const struct people_edges *alone)
{
    struct people_clustering o = clustering_of(a);
    uint32_t *of = ARENA_ARRAY(a->mem, uint32_t, people_set_count(a->read.set));

    if (a->has_cut)
        o.cut = a->cut;
    people_cluster(&o, alone, of);
    return of;
}

static int run_cluster(struct asked *a)
{
    struct people_sink out;
    struct people_edges alone;

    score_alone(a, a->has_cut ? a->cut : PEOPLE_CLUSTER_CUT, &alone); /* no other link joins */
    const uint32_t *of = cluster(a, &alone);
    uint32_t n_persons = 0;

    people_sink_open(a->mem, a->out, &out);
    buf_z(&out.out, "rec_id,cluster_id\n");
    for (uint32_t i = 0; i < people_set_count(a->read.set); i++) {
        put_id(&out.out, a, i);
        put_id(&out.out, a, of[i]);
        buf_char(&out.out, '\n');
        people_sink_row(&out);
        n_persons += of[i] == i;
    }
    fprintf(stderr, "%u records, %u persons\n", people_set_count(a->read.set), n_persons);
    return close_out(a, &out);
}

static void say_measure(const char *what, const struct people_measure *m)
{
    printf("%-28s true %7llu given %7llu  P %.4f R %.4f F1 %.4f\n", what, (unsigned long long)m->n_true, (unsigned long long)m->n_given,
           m->precision, m->recall, m->f1);
}

static int run_eval(struct asked *a)
{
    struct people_truth truth;
    struct people_edges alone, e;
    struct people_quality q;
    struct str why = {"", 0};

    if (people_truth_read(a->mem, a->truth, a->read.set, &truth, &why) != ST_OK)
        return refuse("", why);
    score(a, &alone, &e);
    people_evaluate(a->read.set, &truth, &e, cluster(a, &alone), a->has_cut ? a->cut : a->m->cut_automatic, &q);
    people_evaluate_queue(&truth, &e, fmin(a->m->cut_review, q.cut), &q);
    q.model = people_model_mark(a->mem, a->m);
    printf("candidates %llu, true among them %llu (recall of blocking %.4f), %d classes\n", (unsigned long long)q.n_candidates,
           (unsigned long long)q.n_reached, truth.n_true == 0 ? 0 : (double)q.n_reached / (double)truth.n_true, a->m->n_classes);
    printf("best cut %.3f\n", q.best_score);
    say_measure("best", &q.best);
    say_measure("even (p 0.5)", &q.at_even);
    say_measure("automatic cut", &q.at_cut);
    say_measure("persons (clusters)", &q.clusters);
    printf("for a person to look at       %llu pairs, %llu of them true\n", (unsigned long long)q.queue.n, (unsigned long long)q.queue.n_right);
    for (int i = 0; i < PEOPLE_BINS; i++)
        if (q.bins[i].n > 0)
            printf("stated %.3f-%.3f: %7llu pairs, stated %.3f, true %.3f\n", q.bins[i].from, q.bins[i].to, (unsigned long long)q.bins[i].n,
                   q.bins[i].stated, (double)q.bins[i].n_right / (double)q.bins[i].n);
    for (int g = 0; g < q.n_groups; g++)
        say_measure(str_z(a->mem, q.groups[g].name.n == 0 ? STR("(not known)") : q.groups[g].name), &q.groups[g].at_cut);
    printf("gap of precision between citizenships with 100 true pairs and more: %.4f\n", q.gap);
    if (a->out == NULL)
        return EXIT_DONE;
    struct buf b = buf_new(a->mem, 4096);

    people_quality_write(&b, &q);
    return put_out(a, a->out, buf_view(&b));
}

static int run_overlaps(struct asked *a)
{
    struct people_edges alone;

    score_alone(a, a->has_cut ? a->cut : PEOPLE_CLUSTER_CUT, &alone);
    const struct people_overlap_options o = {.set = a->read.set,
                                             .cluster = cluster(a, &alone),
                                             .days = a->days,
                                             .except = a->except,
                                             .progress = say_progress,
                                             .refuse = say_refused_row,
                                             .arg = a};
    struct people_overlaps found;
    struct people_overlap_quality q;
    struct buf b = buf_new(a->mem, 1 << 16);
    struct str why = {"", 0};

    a->n_refused = 0;
    if (people_overlaps_find(a->mem, a->ids[0], &o, &found, &why) != ST_OK)
        return refuse(a->ids[0], why);
    say_more_refused(a);
    fprintf(stderr, "%lld events, %lld left out, %zu overlaps\n", (long long)found.n_events, (long long)found.n_refused, found.n);
    if (a->truth != NULL) {
        if (people_overlaps_judge(a->mem, a->truth, &found, &q, &why) != ST_OK)
            return refuse(a->truth, why);
        printf("overlaps                     true %7llu given %7llu  P %.4f R %.4f F1 %.4f\n", (unsigned long long)q.n_true,
               (unsigned long long)q.n_given, q.precision, q.recall, q.f1);
        if (a->out == NULL)
            return EXIT_DONE;
    }
    people_overlaps_write(&b, &found);
    return put_out(a, a->out, buf_view(&b));
}

static int run_codes(struct asked *a)
{
    struct buf b = buf_new(a->mem, 1 << 16);
    const uint32_t n = people_codes_write(&b, a->read.set);

    fprintf(stderr, "%u records, %u codes\n", people_set_count(a->read.set), n);
    return put_out(a, a->out, buf_view(&b));
}

static void say_doubts(const struct asked *a, uint32_t record)
{
    struct str doubts[PEOPLE_DOUBTS];
    const int n = people_doubts_in_words(a->lang, people_set_record(a->read.set, record), doubts);
    const struct str id = people_set_id(a->read.set, record);

    for (int i = 0; i < n; i++)
        printf("  ?  %.*s: %.*s\n", (int)id.n, id.p, (int)doubts[i].n, doubts[i].p);
}

static int run_explain(struct asked *a)
{
    const int64_t x = people_set_find(a->read.set, str_of(a->ids[0])), y = people_set_find(a->read.set, str_of(a->ids[1]));

    if (x < 0 || y < 0 || x == y)
        return refuse(x < 0 ? a->ids[0] : a->ids[1], STR("two different records of the file are wanted"));
    const uint32_t low = (uint32_t)(x < y ? x : y), high = (uint32_t)(x < y ? y : x);
    const uint64_t pattern = people_compare(people_comparer_new(a->mem, a->read.set), low, high);
    struct people_scorer *s = people_scorer_new(a->mem, a->read.set, a->m);
    const double bits = people_score(s, low, high, pattern);
    struct people_reason reasons[PEOPLE_COLUMNS];
    struct people_sentence sentences[PEOPLE_COLUMNS];
    const int n = people_reasons_in_words(a->mem, a->lang, reasons, people_explain(s, low, high, pattern, reasons), sentences);
    const struct str verdict = people_verdict_in_words(a->mem, a->lang, a->m, bits);

    printf("%.*s\n", (int)verdict.n, verdict.p);
    for (int i = 0; i < n; i++)
        printf("  %+6.1f  %.*s: %.*s (%.*s)\n", sentences[i].bits, (int)sentences[i].field.n, sentences[i].field.p,
               (int)sentences[i].finding.n, sentences[i].finding.p, (int)sentences[i].strength.n, sentences[i].strength.p);
    say_doubts(a, low);
    say_doubts(a, high);
    return EXIT_DONE;
}

static int read_apart(struct asked *a)
{
    struct str text, why = {"", 0};
    struct sheet s;

    if (a->apart == NULL)
        return EXIT_DONE;
    if (people_file_get(a->mem, a->apart, &text, &why) != ST_OK || sheet_read(a->mem, text, &s, &why) != ST_OK)
        return refuse(a->apart, why);
    a->apart_list = ARENA_ARRAY(a->mem, struct people_apart, (size_t)s.n_rows);
    for (int i = 0; i < s.n_rows; i++) {
        const int64_t x = people_set_find(a->read.set, sheet_cell(&s, i, "rec_a")), y = people_set_find(a->read.set, sheet_cell(&s, i, "rec_b"));

        if (x >= 0 && y >= 0 && x != y)
            a->apart_list[a->n_apart++] = (struct people_apart){(uint32_t)x, (uint32_t)y};
    }
    people_apart_sort(a->apart_list, a->n_apart);
    return EXIT_DONE;
}

/* What is read must still be there afterwards; --keep and --model may be one file: the new model takes the place of the old. */
static int check_out(const struct asked *a)
{
    const bool is_training = strcmp(a->verb, "train") == 0;
    const char *const out = is_training ? a->model : a->out;
    const char *const read[] = {a->records, a->truth, a->apart, a->key, is_training ? NULL : a->model};

    for (int i = 0; i < ARRAY_LEN(read); i++)
        if (people_file_harms(a->mem, out, read[i]))
            return refuse(out, STR("would take away a file that is read: name another one"));
    return EXIT_DONE;
}

static int run(struct asked *a)
{
    static const struct {
        const char *verb;
        int (*run)(struct asked *a);
    } runs[] = {{"score", run_score}, {"cluster", run_cluster}, {"eval", run_eval}, {"explain", run_explain}, {"overlaps", run_overlaps}};
    struct str why = {"", 0};
    int code = check_out(a);

    if (code != EXIT_DONE)
        return code;
    if (a->key != NULL && people_file_key(a->mem, a->key, a->secret, &why) != ST_OK)
        return refuse(a->key, why);
    code = read_records(a);
    if (code == EXIT_DONE)
        code = read_apart(a);
    if (code == EXIT_DONE && strcmp(a->verb, "codes") == 0)
        return run_codes(a);
    if (code == EXIT_DONE && strcmp(a->verb, "train") == 0)
        return run_train(a);
    if (code == EXIT_DONE)
        code = get_model(a);
    for (int i = 0; i < ARRAY_LEN(runs) && code == EXIT_DONE; i++)
        if (strcmp(a->verb, runs[i].verb) == 0)
            return runs[i].run(a);
    return code;
}

int people_command(struct db *d, int argc, char **argv)
{
    struct arena *mem = arena_new(0);
    struct asked *a = ARENA_NEW(mem, struct asked);

    (void)d;
    a->mem = mem;
    a->lang = LANG_IT;
    a->to_terminal = isatty(STDERR_FILENO) == 1;
    int code = read_words(a, argc, argv);

    if (code == EXIT_DONE)
        code = run(a);
    if (code == EXIT_DONE && (fflush(stdout) != 0 || ferror(stdout)))
        code = refuse("the output", STR("cannot be written"));
    arena_free(mem);
    return code;
}

/* people_eval_file.c - a judgement as text: counts and shares, one thing a line. */
#include "base/macros.h"
#include "people_eval.h"
#include <string.h>

static const char first_word[] = "wecare people quality";

static void write_measure(struct buf *out, const char *name, const struct people_measure *m)
{
    buf_fmt(out, "measure\t%s\t%llu\t%llu\t%llu\n", name, (unsigned long long)m->n_true, (unsigned long long)m->n_given,
            (unsigned long long)m->n_right);
}

void people_quality_write(struct buf *out, const struct people_quality *q)
{
    buf_fmt(out, "%s\t%d\n", first_word, PEOPLE_QUALITY_VERSION);
    buf_fmt(out, "records\t%llu\t%llu\t%llu\n", (unsigned long long)q->n_records, (unsigned long long)q->n_candidates,
            (unsigned long long)q->n_reached);
    buf_fmt(out, "cuts\t%.4f\t%.4f\n", q->cut, q->best_score);
    write_measure(out, "best", &q->best);
    write_measure(out, "even", &q->at_even);
    write_measure(out, "cut", &q->at_cut);
    write_measure(out, "clusters", &q->clusters);
    for (int i = 0; i < PEOPLE_CURVE; i++)
        buf_fmt(out, "curve\t%.4f\t%.6f\t%.6f\n", q->curve[i].score, q->curve[i].precision, q->curve[i].recall);
    for (int b = 0; b < PEOPLE_BINS; b++)
        buf_fmt(out, "bin\t%.4f\t%.4f\t%.6f\t%llu\t%llu\n", q->bins[b].from, q->bins[b].to, q->bins[b].stated,
                (unsigned long long)q->bins[b].n, (unsigned long long)q->bins[b].n_right);
    for (int g = 0; g < q->n_groups; g++)
        buf_fmt(out, "group\t%.*s\t%llu\t%llu\t%llu\n", (int)q->groups[g].name.n, q->groups[g].name.p,
                (unsigned long long)q->groups[g].at_cut.n_true, (unsigned long long)q->groups[g].at_cut.n_given,
                (unsigned long long)q->groups[g].at_cut.n_right);
    if (q->has_queue)
        buf_fmt(out, "queue\t%.4f\t%llu\t%llu\n", q->queue.from, (unsigned long long)q->queue.n, (unsigned long long)q->queue.n_right);
    if (q->model != 0)
        buf_fmt(out, "model\t%016llx\n", (unsigned long long)q->model);
    buf_fmt(out, "gap\t%.6f\n", q->gap);
}

struct judged {
    struct arena *mem;
    struct people_quality *q;
    struct str rest;
    const char *wrong;
    int n_curve, n_bins;
    unsigned seen; /* a bit for each line that stands once */
};

enum { SEEN_BEST, SEEN_EVEN, SEEN_CUT, SEEN_CLUSTERS, SEEN_RECORDS, SEEN_CUTS, SEEN_QUEUE, SEEN_MODEL, SEEN_GAP, SEEN_NEEDED = 63 };

static double real(struct judged *j, double least, double most)
{
    double v = 0;

    if (!str_to_double(str_cut(&j->rest, '\t'), &v))
        j->wrong = "people.wrong-figure";
    else if (v < least || v > most)
        j->wrong = "people.wrong-range";
    return v;
}

static uint64_t count(struct judged *j)
{
    int64_t v = 0;

    if (!str_to_int(str_cut(&j->rest, '\t'), &v))
        j->wrong = "people.wrong-figure";
    else if (v < 0 || v > INT64_C(1000000000000000))
        j->wrong = "people.wrong-count";
    return v < 0 ? 0 : (uint64_t)v;
}

static void once(struct judged *j, int bit)
{
    if ((j->seen & 1u << bit) != 0)
        j->wrong = "people.wrong-twice";
    j->seen |= 1u << bit;
}

static void measure_of(struct judged *j, struct people_measure *out)
{
    const uint64_t n_true = count(j), given = count(j), right = count(j);

    if (j->wrong == NULL && (right > given || right > n_true))
        j->wrong = "people.wrong-right";
    if (j->wrong == NULL)
        *out = people_measured(n_true, given, right);
}

static void read_measure(struct judged *j)
{
    static const char *const names[] = {"best", "even", "cut", "clusters"};
    struct people_measure *const to[] = {&j->q->best, &j->q->at_even, &j->q->at_cut, &j->q->clusters};
    const struct str name = str_cut(&j->rest, '\t');

    for (int i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq_z(name, names[i])) {
            once(j, SEEN_BEST + i);
            measure_of(j, to[i]);
            return;
        }
    j->wrong = "people.wrong-name";
}

static void read_curve(struct judged *j)
{
    const int i = j->n_curve++;

    if (i >= PEOPLE_CURVE) {
        j->wrong = "people.wrong-many";
        return;
    }
    j->q->curve[i].score = real(j, i == 0 ? -100 : j->q->curve[i - 1].score + 1e-4, 100);
    j->q->curve[i].precision = real(j, 0, 1);
    j->q->curve[i].recall = real(j, 0, 1);
}

static void read_bin(struct judged *j)
{
    const int b = j->n_bins++;

    if (b >= PEOPLE_BINS) {
        j->wrong = "people.wrong-many";
        return;
    }
    j->q->bins[b].from = real(j, b == 0 ? 0 : j->q->bins[b - 1].to, 1);
    j->q->bins[b].to = real(j, j->q->bins[b].from, 1);
    j->q->bins[b].stated = real(j, 0, 1);
    j->q->bins[b].n = count(j);
    j->q->bins[b].n_right = count(j);
    if (j->q->bins[b].n_right > j->q->bins[b].n)
        j->wrong = "people.wrong-right";
}

static void read_group(struct judged *j)
{
    enum { NAME_MOST = 80 };
    struct people_quality *const q = j->q;

    if (q->n_groups == PEOPLE_GROUPS) {
        j->wrong = "people.wrong-many";
        return;
    }
    struct people_group *g = &q->groups[q->n_groups];

    g->name = str_copy(j->mem, str_cut(&j->rest, '\t'));
    if (g->name.n > NAME_MOST)
        j->wrong = "people.wrong-value";
    for (int i = 0; i < q->n_groups; i++)
        if (str_eq(q->groups[i].name, g->name))
            j->wrong = "people.wrong-twice";
    measure_of(j, &g->at_cut);
    if (j->wrong == NULL && g->at_cut.n_true < PEOPLE_GROUP_LEAST)
        j->wrong = "people.wrong-group";
    q->n_groups++;
}

static void read_mark(struct judged *j)
{
    static const char digits[] = "0123456789abcdef";
    const struct str hex = str_cut(&j->rest, '\t');

    once(j, SEEN_MODEL);
    if (hex.n != 16)
        j->wrong = "people.wrong-figure";
    for (size_t i = 0; i < hex.n && i < 16; i++) {
        const char *at = memchr(digits, hex.p[i], 16);

        if (at == NULL)
            j->wrong = "people.wrong-figure";
        else
            j->q->model = j->q->model << 4 | (uint64_t)(at - digits);
    }
}

static void read_line(struct judged *j)
{
    struct people_quality *const q = j->q;
    const struct str key = str_cut(&j->rest, '\t');

    if (str_eq_z(key, "records")) {
        once(j, SEEN_RECORDS);
        q->n_records = count(j);
        q->n_candidates = count(j);
        q->n_reached = count(j);
    } else if (str_eq_z(key, "cuts")) {
        once(j, SEEN_CUTS);
        q->cut = real(j, -100, 100);
        q->best_score = real(j, -1000, 1000);
    } else if (str_eq_z(key, "gap")) { /* of the groups, whatever stands here */
        once(j, SEEN_GAP);
        (void)real(j, 0, 1);
    } else if (str_eq_z(key, "measure")) {
        read_measure(j);
    } else if (str_eq_z(key, "curve")) {
        read_curve(j);
    } else if (str_eq_z(key, "bin")) {
        read_bin(j);
    } else if (str_eq_z(key, "group")) {
        read_group(j);
    } else if (str_eq_z(key, "queue")) {
        once(j, SEEN_QUEUE);
        q->has_queue = true;
        q->queue.from = real(j, -100, 100);
        q->queue.n = count(j);
        q->queue.n_right = count(j);
        if (j->wrong == NULL && q->queue.n_right > q->queue.n)
            j->wrong = "people.wrong-right";
    } else if (str_eq_z(key, "model")) {
        read_mark(j);
    } else {
        j->wrong = "people.wrong-word";
    }
    if (j->wrong == NULL && j->rest.n > 0)
        j->wrong = "people.wrong-many";
}

static bool is_whole(const struct judged *j)
{
    return j->n_curve == PEOPLE_CURVE && j->n_bins == PEOPLE_BINS && (j->seen & SEEN_NEEDED) == SEEN_NEEDED && j->q->at_cut.n_true > 0 &&
           (!j->q->has_queue || j->q->queue.from <= j->q->cut);
}

enum status people_quality_read(struct arena *mem, struct str text, struct people_quality *out, struct people_wrong *wrong)
{
    struct judged j = {.mem = mem, .q = out};
    int64_t line = 1;

    *out = (struct people_quality){0};
    j.wrong = str_is_utf8(text) ? people_first_line_wrong(str_cut(&text, '\n'), first_word, PEOPLE_QUALITY_VERSION, "people.wrong-not-quality")
                                : "people.wrong-not-text";
    if (j.wrong != NULL)
        line = 0;
    while (text.n > 0 && j.wrong == NULL) {
        line++;
        j.rest = str_cut(&text, '\n');
        if (j.rest.n > 0)
            read_line(&j);
    }
    if (j.wrong == NULL && !is_whole(&j)) {
        j.wrong = "people.wrong-not-whole";
        line = 0;
    }
    out->gap = people_gap(out);
    *wrong = (struct people_wrong){line, j.wrong};
    return j.wrong == NULL ? ST_OK : ST_INVALID;
}

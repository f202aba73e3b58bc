/* twins_like.c - names, telephones and streets of two descriptions laid side by side. */
#include "twins_like.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/macros.h"

enum {
    MOST_WORDS = 24,
    WHOLE = 100,        /* weight of a word that tells */
    KIND = 25,          /* of a word that says a kind of thing */
    LEAST_SHARE = 55,   /* of the names; less is another thing */
    LEAST_AT_DOOR = 30, /* the same telephone and the same door */
    LIKE = 90,          /* from here the names are said to be the same */
    PHONE_LAST = 8,     /* figures compared: with or without prefix of the country */
    PHONE_LEAST = 6,
    SLIP_FROM = 5       /* letters of a word in which one slip is forgiven */
};

static const char *const why_names[TWINS_N_WHY] = {"tax-id", "name",   "like-name", "phone",       "street",
                                                   "comune", "email", "site",      "organisation"};

const char *twins_why_name(int bit)
{
    for (int i = 0; i < TWINS_N_WHY; i++)
        if (bit == 1 << i)
            return why_names[i];
    return NULL;
}

/* ---- names ---- */

/* They bind words together and tell nothing. */
static const char *const bonds[] = {"a",   "ad",  "ai",   "al",   "alla", "alle", "allo", "and",  "agli", "con",  "d",
                                    "da",  "dal", "dalla", "dei", "del",  "dell", "della", "delle", "dello", "degli", "di",
                                    "e",   "ed",  "for",  "gli",  "i",    "il",   "in",   "l",    "la", "s", "san", "santa", "santo",   "le",   "lo",
                                    "nel", "nella", "o",  "of",   "odv",  "onlus", "aps", "ets",  "per",  "scs",  "srl",
                                    "su",  "sul", "sulla", "the", "tra",  "un",   "una",  "uno"};
/* They say what kind of thing it is, as a hundred others are. */
static const char *const kinds[] = {"area",    "assistenza", "associazione", "attivita", "aiuto",    "caritas",
                                    "centro",  "comune",     "comunale",     "consorzio", "cooperativa", "corso", "cittadino",
                                     "gruppo",       "incontro", "infopoint", "informativo",
                                    "locale",  "parrocchia", "parrocchiale", "progetto", "polo",     "punto",   "punti",
                                    "segretariato", "servizi", "servizio",   "sociale",  "sociali",  "solidale", "spazio",
                                    "sportello", "territoriale", "ufficio",  "volontari", "volontariato", "welfare"};

struct words {
    struct str word[MOST_WORDS];
    int weight[MOST_WORDS];
    int n, sum;
};

static bool is_in(const char *const *list, int n, struct str w)
{
    for (int i = 0; i < n; i++)
        if (str_eq_z(w, list[i]))
            return true;
    return false;
}

static bool has_word(struct str folded, struct str w)
{
    while (folded.n > 0)
        if (str_eq(str_cut(&folded, ' '), w))
            return true;
    return false;
}

static void read_words(struct arena *mem, struct str name, struct str comune, struct words *out)
{
    struct str rest = str_fold(mem, name);
    const struct str town = str_fold(mem, comune);

    out->n = out->sum = 0;
    while (rest.n > 0 && out->n < MOST_WORDS) {
        const struct str w = str_cut(&rest, ' ');
        const bool tells = w.n > 0 && !is_in(bonds, ARRAY_LEN(bonds), w) && !has_word(town, w);

        if (!tells)
            continue;
        out->word[out->n] = w;
        out->weight[out->n] = is_in(kinds, ARRAY_LEN(kinds), w) ? KIND : WHOLE;
        out->sum += out->weight[out->n++];
    }
}

static bool same_word(struct str a, struct str b)
{
    if (str_eq(a, b))
        return true;
    return a.n >= SLIP_FROM && b.n >= SLIP_FROM && str_distance(a, b) <= 1;
}

/* "antiviolenza" and "anti violenza" are one word. */
static int written_apart(const struct words *a, bool *of_a, const struct words *b, bool *of_b)
{
    int common = 0;

    for (int i = 0; i < a->n; i++)
        for (int k = 0; k + 1 < b->n && !of_a[i]; k++) {
            const struct str whole = a->word[i], head = b->word[k], tail = b->word[k + 1];

            if (of_b[k] || of_b[k + 1] || whole.n != head.n + tail.n || !str_starts(whole, head) || !str_ends(whole, tail))
                continue;
            of_a[i] = of_b[k] = of_b[k + 1] = true;
            common += a->weight[i] + b->weight[k] + b->weight[k + 1];
        }
    return common;
}

static bool has_own_word(const struct words *w, const bool *of_both)
{
    for (int i = 0; i < w->n; i++)
        if (!of_both[i] && w->weight[i] == WHOLE)
            return true;
    return false;
}

int twins_name_share(struct arena *mem, struct str name_a, struct str name_b, struct str comune)
{
    struct words a, b;
    bool of_a[MOST_WORDS] = {false}, of_b[MOST_WORDS] = {false};
    int common = 0;

    read_words(mem, name_a, comune, &a);
    read_words(mem, name_b, comune, &b);
    if (a.sum == 0 || b.sum == 0) {
        const struct str fa = str_fold(mem, name_a), fb = str_fold(mem, name_b);

        return fa.n > 0 && str_eq(fa, fb) ? WHOLE : 0;
    }
    for (int i = 0; i < a.n; i++)
        for (int k = 0; k < b.n && !of_a[i]; k++)
            if (!of_b[k] && same_word(a.word[i], b.word[k])) {
                of_a[i] = of_b[k] = true;
                common += a.weight[i] + b.weight[k];
            }
    common += written_apart(&a, of_a, &b, of_b) + written_apart(&b, of_b, &a, of_a);
    const int share = common * WHOLE / (a.sum + b.sum);

    /* Each has a word of its own that tells: "Biblioteca Arduino", "Biblioteca Olivetti". */
    return has_own_word(&a, of_a) && has_own_word(&b, of_b) ? share * 2 / 3 : share;
}

/* ---- telephones, streets, sites ---- */

/* The last figures; empty when they are too few to tell. */
static struct str phone_tail(struct arena *mem, struct str number)
{
    struct buf b = buf_new(mem, number.n + 1);

    for (size_t i = 0; i < number.n; i++)
        if (number.p[i] >= '0' && number.p[i] <= '9')
            buf_char(&b, number.p[i]);
    const struct str all = buf_view(&b);

    if (all.n < PHONE_LEAST)
        return STR("");
    return all.n > PHONE_LAST ? str_from(all, all.n - PHONE_LAST) : all;
}

/* "Via Giulio Cesare, 12/b" and "v. giulio cesare 12" are one door: the words without the first when it
 * says a kind of street, and the first number. Empty without a number. */
static struct str door(struct arena *mem, struct str street)
{
    static const char *const ways[] = {"via", "v",   "viale", "vle", "corso",  "c",      "cso",     "so", "piazza", "p",
                                       "pza", "za",  "le",    "piazzale", "strada", "str", "largo", "l", "vicolo", "borgata",
                                       "frazione", "fraz", "regione", "reg", "loc", "localita", "lungo"};
    struct str rest = str_fold(mem, street);
    struct buf b = buf_new(mem, street.n + 1);
    bool is_first = true;

    while (rest.n > 0) {
        const struct str w = str_cut(&rest, ' ');

        if (w.n > 0 && w.p[0] >= '0' && w.p[0] <= '9') {
            size_t n = 0;

            while (n < w.n && w.p[n] >= '0' && w.p[n] <= '9')
                n++;
            if (b.n == 0)
                continue; /* "1 Maggio" begins a name */
            buf_char(&b, ' ');
            buf_str(&b, str_head(w, n));
            return buf_view(&b);
        }
        if (w.n == 0 || (is_first && is_in(ways, ARRAY_LEN(ways), w)))
            continue;
        is_first = false;
        if (w.n > 2 && !is_in(bonds, ARRAY_LEN(bonds), w))
            buf_str(&b, w);
    }
    return STR("");
}

/* "https://www.example.org/casa" -> "example.org/casa" */
static struct str bare_site(struct str site)
{
    static const struct str heads[] = {{"https://", 8}, {"http://", 7}, {"www.", 4}};

    for (int i = 0; i < ARRAY_LEN(heads); i++)
        if (str_starts(site, heads[i]))
            site = str_from(site, heads[i].n);
    while (site.n > 0 && site.p[site.n - 1] == '/')
        site.n--;
    return site;
}

static bool share_phone(struct arena *mem, const struct twins_face *a, const struct twins_face *b)
{
    for (int i = 0; i < a->n_phones; i++) {
        const struct str pa = phone_tail(mem, a->phones[i]);

        for (int k = 0; pa.n > 0 && k < b->n_phones; k++)
            if (str_eq(pa, phone_tail(mem, b->phones[k])))
                return true;
    }
    return false;
}

static bool share_door(struct arena *mem, const struct twins_face *a, const struct twins_face *b)
{
    if (a->comune_id == 0 || a->comune_id != b->comune_id)
        return false;
    for (int i = 0; i < a->n_streets; i++) {
        const struct str da = door(mem, a->streets[i]);

        for (int k = 0; da.n > 0 && k < b->n_streets; k++)
            if (str_eq(da, door(mem, b->streets[k])))
                return true;
    }
    return false;
}

static bool same_text(struct arena *mem, struct str a, struct str b)
{
    return a.n > 0 && str_eq(str_fold(mem, a), str_fold(mem, b));
}

/* ---- all together ---- */

enum { FOR_NAME = 50, FOR_PHONE = 25, FOR_STREET = 20, FOR_COMUNE = 5, FOR_EMAIL = 10, FOR_SITE = 5, FOR_ORGANISATION = 10, ELSEWHERE = 20 };

struct twins_likeness twins_compare(struct arena *mem, const struct twins_face *a, const struct twins_face *b)
{
    struct twins_likeness l = {0, 0};
    const bool same_comune = a->comune_id != 0 && a->comune_id == b->comune_id;
    const bool elsewhere = a->comune_id != 0 && b->comune_id != 0 && !same_comune;
    const int share = twins_name_share(mem, a->name, b->name, same_comune ? a->comune_name : STR(""));
    const bool phone = share_phone(mem, a, b), street = share_door(mem, a, b);

    if (a->tax_id.n > 0 && str_eq(a->tax_id, b->tax_id))
        return (struct twins_likeness){100, TWINS_WHY_TAX_ID | (share >= LIKE ? TWINS_WHY_NAME : 0)};
    if (a->tax_id.n > 0 && b->tax_id.n > 0) /* two bodies in law */
        return l;
    if (share < (phone && street ? LEAST_AT_DOOR : LEAST_SHARE))
        return l;
    const bool email = same_text(mem, a->email, b->email);
    const bool site = same_text(mem, bare_site(a->site), bare_site(b->site));
    const bool organisation = a->organisation.n > 0 && b->organisation.n > 0 &&
                              twins_name_share(mem, a->organisation, b->organisation, STR("")) >= LEAST_SHARE;

    /* A name alone is not enough, be it the same: every town has a "Centro d'ascolto". */
    if (!phone && !street && !email && !organisation && !(site && same_comune))
        return l;
    if (elsewhere && !(phone && share >= LIKE))
        return l;
    l.score = FOR_NAME * share / WHOLE + FOR_PHONE * phone + FOR_STREET * street + FOR_COMUNE * same_comune +
              FOR_EMAIL * email + FOR_SITE * site + FOR_ORGANISATION * organisation - ELSEWHERE * elsewhere;
    l.score = l.score > 99 ? 99 : l.score < 0 ? 0 : l.score;
    l.why = (share >= LIKE ? TWINS_WHY_NAME : TWINS_WHY_LIKE_NAME) | (phone ? TWINS_WHY_PHONE : 0) |
            (street ? TWINS_WHY_STREET : 0) | (same_comune ? TWINS_WHY_COMUNE : 0) | (email ? TWINS_WHY_EMAIL : 0) |
            (site ? TWINS_WHY_SITE : 0) | (organisation ? TWINS_WHY_ORGANISATION : 0);
    return l;
}

/* ---- keys ---- */

static void add_key(int64_t out[TWINS_KEYS], int *n, char letter, struct str text, int64_t more)
{
    struct digest d;

    if (text.n == 0 || *n == TWINS_KEYS)
        return;
    digest_begin(&d);
    digest_int(&d, letter);
    digest_text(&d, text);
    digest_int(&d, more);
    const int64_t key = digest_end(&d);

    for (int i = 0; i < *n; i++)
        if (out[i] == key)
            return;
    out[(*n)++] = key;
}

int twins_keys(struct arena *mem, const struct twins_face *f, int64_t out[TWINS_KEYS])
{
    struct words w;
    int n = 0;

    add_key(out, &n, 'F', f->tax_id, 0);
    for (int i = 0; i < f->n_phones; i++)
        add_key(out, &n, 'P', phone_tail(mem, f->phones[i]), 0);
    for (int i = 0; i < f->n_streets; i++)
        add_key(out, &n, 'D', f->comune_id != 0 ? door(mem, f->streets[i]) : STR(""), f->comune_id);
    add_key(out, &n, 'E', str_fold(mem, f->email), 0);
    /* Each word that tells, in its comune: names that share enough share one of these. */
    read_words(mem, f->name, f->comune_name, &w);
    for (int i = 0; i < w.n && f->comune_id != 0; i++)
        if (w.weight[i] == WHOLE)
            add_key(out, &n, 'N', w.word[i], f->comune_id);
    return n;
}

/* people_public_testing.c - invented sets of the kinds on which public tools are measured. */
#include "people_public_testing.h"
#include "base/splitmix.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELD = 64, LETTERS = 26 };

struct dice {
    uint64_t state;
};

static uint32_t below(struct dice *d, uint32_t limit)
{
    return (uint32_t)(splitmix_next(&d->state) >> 16) % limit;
}

static bool happens(struct dice *d, int of_a_thousand)
{
    return (int)below(d, 1000) < of_a_thousand;
}

static const char *const heads[] = {"wal", "har", "ben", "cor", "mil", "tan", "ros", "pem", "dal", "hol", "bar", "lin", "mor", "fen", "ash",
                                    "gil", "nor", "per", "sto", "win", "car", "ed", "al", "tre", "kin", "bur", "cla", "mar", "whi", "hen"};
static const char *const middles[] = {"", "", "ring", "der", "le", "min", "ver", "sen", "ta", "li", "bo", "ra", "ches", "na", "ke"};
static const char *const tails[] = {"ton", "ley", "son", "man", "field", "ford", "wood", "well", "er", "s", "by", "ham", "worth", "ing", "ett",
                                    "ow", "ey", "dale", "nell", "kis"};
static const char *const given[][2] = {
    {"william", "bill"}, {"john", "jack"}, {"thomas", "tom"}, {"george", ""}, {"james", "jim"}, {"charles", "charlie"}, {"henry", "harry"},
    {"robert", "bob"}, {"edward", "ted"}, {"richard", "dick"}, {"joseph", "joe"}, {"mary", "polly"}, {"elizabeth", "betty"}, {"margaret", "peggy"},
    {"francis", "frank"}, {"frederick", "fred"}, {"alexander", "alec"}, {"samuel", "sam"}, {"arthur", ""}, {"david", "dave"}, {"anne", "nan"},
    {"walter", "wat"}, {"hugh", ""}, {"peter", ""}, {"albert", "bert"}, {"benjamin", "ben"}, {"daniel", "dan"}, {"sarah", "sally"},
    {"catherine", "kate"}, {"ernest", ""}, {"philip", "phil"}, {"harold", "hal"}, {"jane", "jenny"}, {"edmund", ""}, {"ralph", ""},
    {"andrew", "andy"}, {"michael", "mike"}, {"alice", ""}, {"herbert", "bert"}, {"matthew", "mat"}, {"stephen", "steve"}, {"lewis", ""},
    {"patrick", "pat"}, {"emma", ""}, {"nicholas", "nick"}, {"anthony", "tony"}, {"gilbert", "gil"}, {"martha", "patty"}, {"simon", ""},
    {"oliver", "noll"}, {"reginald", "reg"}, {"sidney", "sid"}, {"christopher", "kit"}, {"ellen", "nelly"}, {"susan", "sue"}, {"cecil", ""},
    {"roger", ""}, {"leonard", "len"}, {"florence", "flo"}, {"harriet", "hatty"}};

/* The first are met most: as in life, few values make up half of all. */
static uint32_t skewed(struct dice *d, uint32_t n, double power)
{
    return (uint32_t)((double)n * pow((double)below(d, 1u << 20) / (1 << 20), power));
}

static void make_word(struct dice *d, char *out)
{
    snprintf(out, FIELD, "%s%s%s", heads[skewed(d, ARRAY_LEN(heads), 1.2)], middles[below(d, ARRAY_LEN(middles))],
             tails[skewed(d, ARRAY_LEN(tails), 1.2)]);
}

/* A given name of the list or, for one in three, one put together: the long tail. */
static void make_given(struct dice *d, char *out)
{
    if (happens(d, 650))
        snprintf(out, FIELD, "%s", given[skewed(d, ARRAY_LEN(given), 1.6)][0]);
    else
        snprintf(out, FIELD, "%s%s", heads[below(d, ARRAY_LEN(heads))], (const char *[]){"a", "ie", "yn", "ene", "us", "ella", "don", "is"}[below(d, 8)]);
}

static void make_date(struct dice *d, int from, int years, char *out)
{
    snprintf(out, FIELD, "%04d-%02u-%02u", from + (int)below(d, (uint32_t)years), 1 + below(d, 12), 1 + below(d, 28));
}

/* One slip: a letter exchanged, left out, put in, another one, or a blank where none was. */
static void slip(struct dice *d, char *s)
{
    const size_t n = strlen(s);

    if (n < 2 || n + 2 > FIELD)
        return;
    const size_t at = below(d, (uint32_t)n - 1);
    const char t = s[at], other = t >= '0' && t <= '9' ? (char)('0' + below(d, 10)) : (char)('a' + below(d, LETTERS));

    switch (below(d, 9)) {
    case 0:
    case 1:
        s[at] = s[at + 1];
        s[at + 1] = t;
        return;
    case 2:
    case 3:
        memmove(s + at, s + at + 1, n - at);
        return;
    case 4:
    case 5:
        memmove(s + at + 1, s + at, n - at + 1);
        s[at] = other;
        return;
    case 6:
        if (t < '0' || t > '9') {
            memmove(s + at + 1, s + at, n - at + 1);
            s[at] = ' ';
        }
        return;
    default:
        s[at] = other;
        return;
    }
}

struct row {
    char text[PEOPLE_FIELDS][FIELD];
};

static void exchange(struct row *r, int a, int b)
{
    char t[FIELD];

    memcpy(t, r->text[a], FIELD);
    memcpy(r->text[a], r->text[b], FIELD);
    memcpy(r->text[b], t, FIELD);
}

static void add(struct people_set *set, int64_t *person, int64_t of, uint32_t n, const struct row *r)
{
    char id[16];
    struct people_raw raw = {.id = {id, (size_t)snprintf(id, sizeof id, "R%08u", n)}};

    for (int f = 0; f < PEOPLE_FIELDS; f++)
        raw.field[f] = str_of(r->text[f]);
    person[people_set_add(set, &raw)] = of; /* identifiers come in order: numbers stay when sealed */
}

/* ---- originals and copies ---- */

static void make_original(struct dice *d, struct row *r)
{
    static const char *const kinds[] = {"street", "place", "crescent", "close", "circuit", "avenue"};
    static const char *const states[] = {"nsw", "vic", "qld", "wa", "sa", "tas", "act", "nt"};
    char word[FIELD];

    memset(r, 0, sizeof *r);
    make_given(d, r->text[PEOPLE_GIVEN]);
    make_word(d, r->text[PEOPLE_SURNAME]);
    snprintf(r->text[PEOPLE_STREET_NUMBER], FIELD, "%u", 1 + skewed(d, 400, 2.5));
    make_word(d, word);
    snprintf(r->text[PEOPLE_ADDRESS], FIELD, "%.40s %s", word, kinds[skewed(d, ARRAY_LEN(kinds), 1.5)]);
    make_word(d, word);
    snprintf(r->text[PEOPLE_EXTRA1], FIELD, "%.40s%s", word, happens(d, 300) ? " village" : happens(d, 200) ? " cottage" : "");
    make_word(d, r->text[PEOPLE_MUNICIPALITY]);
    snprintf(r->text[PEOPLE_POSTCODE], FIELD, "%u", 2000 + skewed(d, 5000, 1.5));
    snprintf(r->text[PEOPLE_EXTRA2], FIELD, "%s", states[skewed(d, ARRAY_LEN(states), 2)]);
    make_date(d, 1900, 100, r->text[PEOPLE_BIRTH]);
    for (int f = 0; f < PEOPLE_FIELDS; f++)
        if (happens(d, f == PEOPLE_EXTRA1 ? 150 : f == PEOPLE_STREET_NUMBER || f == PEOPLE_BIRTH ? 40 : 15))
            r->text[f][0] = '\0';
}

/* Up to ten errors in a record and two in a field, as the known sets have them. */
static void spoil(struct dice *d, struct row *r)
{
    static const int fields[] = {PEOPLE_GIVEN,        PEOPLE_SURNAME,  PEOPLE_STREET_NUMBER, PEOPLE_ADDRESS, PEOPLE_EXTRA1,
                                 PEOPLE_MUNICIPALITY, PEOPLE_POSTCODE, PEOPLE_EXTRA2,        PEOPLE_BIRTH};
    const int n = 1 + (int)below(d, 5);

    for (int i = 0; i < n; i++) {
        char *s = r->text[fields[below(d, ARRAY_LEN(fields))]];
        const uint32_t kind = below(d, 20);

        if (kind == 0)
            exchange(r, PEOPLE_GIVEN, PEOPLE_SURNAME);
        else if (kind == 1)
            exchange(r, PEOPLE_ADDRESS, PEOPLE_EXTRA1);
        else if (kind <= 3)
            s[0] = '\0';
        else if (kind == 4 && s != r->text[PEOPLE_BIRTH])
            make_word(d, s); /* another one */
        else
            slip(d, s);
    }
}

struct people_set *people_copies_set(struct arena *mem, uint64_t seed, uint32_t n_originals, uint32_t n_copies, int most, int64_t **person)
{
    struct dice d = {seed};
    struct people_set *set = people_set_new(mem, 2026);
    uint32_t n = 0, n_left = n_copies;
    struct str twice;

    *person = ARENA_ARRAY(mem, int64_t, (size_t)n_originals + n_copies);
    for (uint32_t i = 0; i < n_originals; i++) {
        struct row r, copy;
        const uint32_t n_rest = n_originals - i;

        make_original(&d, &r);
        add(set, *person, i, n++, &r);
        /* as many as are left for those who are left; where more than one may be, one in two has none */
        uint32_t k = most == 1 ? below(&d, n_rest) < n_left : n_left == 0 || happens(&d, 550) ? 0 : 1 + skewed(&d, (uint32_t)most, .6);

        for (k = k > n_left ? n_left : k; k > 0; k--, n_left--) {
            copy = r;
            spoil(&d, &copy);
            add(set, *person, i, n++, &copy);
        }
    }
    (void)people_set_seal(set, &twice);
    return set;
}

/* ---- historical lists ---- */

enum { KIN = 4, TOWNS = 900, WORKS = 40 };

struct historical {
    char first[FIELD], second[FIELD], nick[FIELD], surname[FIELD], title[FIELD], birth[FIELD], place[FIELD], county[FIELD], work[FIELD], other_work[FIELD];
    uint32_t area, street;
    char sex;
};

static void make_place(uint32_t i, char *out)
{
    struct dice d = {0x701 + i};

    make_word(&d, out);
}

static void make_historical(struct dice *d, struct historical *p, const struct historical *kin)
{
    static const char *const works[] = {"politician", "writer", "painter", "soldier", "priest", "lawyer", "engineer", "actor", "merchant", "botanist",
                                        "footballer", "cricketer", "physician", "composer", "architect", "chemist", "explorer", "judge"};
    const uint32_t i = skewed(d, ARRAY_LEN(given), 1.5);
    const uint32_t town = skewed(d, TOWNS, 1.8);

    memset(p, 0, sizeof *p);
    p->sex = happens(d, 800) ? 'M' : 'F';
    snprintf(p->first, FIELD, "%s", given[i][0]);
    snprintf(p->nick, FIELD, "%s", given[i][1]);
    if (happens(d, 250)) {
        make_given(d, p->first);
        p->nick[0] = '\0';
    }
    if (happens(d, 500))
        make_given(d, p->second);
    make_word(d, p->surname);
    make_word(d, p->title);
    make_date(d, 1600, 330, p->birth);
    make_place(town, p->place);
    make_place(10000 + town % 40, p->county);
    p->area = town;
    p->street = below(d, 400);
    snprintf(p->work, FIELD, "%s", works[skewed(d, ARRAY_LEN(works), 2)]);
    snprintf(p->other_work, FIELD, "%s", works[below(d, ARRAY_LEN(works))]);
    if (kin == NULL)
        return;
    memcpy(p->surname, kin->surname, FIELD);
    memcpy(p->title, kin->title, FIELD);
    if (happens(d, 600)) {
        memcpy(p->place, kin->place, FIELD);
        memcpy(p->county, kin->county, FIELD);
        p->area = kin->area;
    }
    if (happens(d, 250)) { /* father and son */
        memcpy(p->first, kin->first, FIELD);
        memcpy(p->nick, kin->nick, FIELD);
    }
}

static void tell_birth(struct dice *d, const struct historical *p, char *out)
{
    if (happens(d, 220))
        return;
    snprintf(out, FIELD, "%s", p->birth);
    if (happens(d, 120))
        memcpy(out + 5, "01-01", 5);
    else if (happens(d, 200))
        out[(const int[]){3, 6, 9, 8}[below(d, 4)]] = (char)('0' + below(d, 9) + 1);
    else if (happens(d, 60))
        make_date(d, atoi(p->birth), 2, out);
}

static void tell_historical(struct dice *d, const struct historical *p, struct row *r)
{
    const bool has_nick = p->nick[0] != '\0', has_second = p->second[0] != '\0';

    memset(r, 0, sizeof *r);
    snprintf(r->text[PEOPLE_GIVEN], FIELD, "%s", has_nick && happens(d, 200) ? p->nick : has_second && happens(d, 80) ? p->second : p->first);
    snprintf(r->text[PEOPLE_SURNAME], FIELD, "%s", happens(d, 80) ? p->title : p->surname);
    if (happens(d, 130))
        slip(d, r->text[PEOPLE_GIVEN]);
    if (happens(d, 150))
        slip(d, r->text[PEOPLE_SURNAME]);
    if (happens(d, 30))
        exchange(r, PEOPLE_GIVEN, PEOPLE_SURNAME);
    if (happens(d, 40))
        r->text[PEOPLE_SURNAME][0] = '\0';
    tell_birth(d, p, r->text[PEOPLE_BIRTH]);
    if (!happens(d, 250))
        snprintf(r->text[PEOPLE_BIRTHPLACE], FIELD, "%s", happens(d, 250) ? p->county : p->place);
    if (!happens(d, 200))
        snprintf(r->text[PEOPLE_POSTCODE], FIELD, "%c%c%u %u%c%c", 'a' + (int)(p->area % 26), 'a' + (int)(p->area / 26 % 26), 1 + p->area % 20,
                 (happens(d, 300) ? below(d, 400) : p->street) % 10, 'a' + (int)((happens(d, 300) ? below(d, 400) : p->street) / 10 % 26),
                 'a' + (int)(p->street % 23));
    if (!happens(d, 250))
        snprintf(r->text[PEOPLE_EXTRA1], FIELD, "%s", happens(d, 180) ? p->other_work : p->work);
    if (!happens(d, 200))
        snprintf(r->text[PEOPLE_SEX], FIELD, "%s", p->sex == 'M' ? "male" : "female");
}

struct people_set *people_historical_set(struct arena *mem, uint64_t seed, uint32_t n_persons, int64_t **person)
{
    struct dice d = {seed};
    struct people_set *set = people_set_new(mem, 2026);
    struct historical p = {0};
    uint32_t n = 0;
    struct str twice;

    *person = ARENA_ARRAY(mem, int64_t, (size_t)n_persons * 20);
    for (uint32_t i = 0; i < n_persons; i++) {
        const struct historical before = p;

        make_historical(&d, &p, i % KIN != 0 && happens(&d, 400) ? &before : NULL);
        for (uint32_t k = 5 + skewed(&d, 16, 1.5); k > 0; k--) {
            struct row r;

            tell_historical(&d, &p, &r);
            add(set, *person, i, n++, &r);
        }
    }
    (void)people_set_seal(set, &twice);
    return set;
}

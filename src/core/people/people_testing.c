/* people_testing.c - an invented population and what its desks write. */
#include "people_testing.h"
#include "base/date.h"
#include "base/sheet.h"
#include "base/splitmix.h"
#include "people_cf.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_MEMBERS = 6, MOST_TIMES = 5, FIELD = 64, WIDE_PERSONS = 200000, WIDE_NAMES = 3000 };

struct people_of {
    const char *state, *code;
    int share; /* of a hundred */
    const char *heads, *tails; /* of surnames, syllables parted by blanks */
    const char *men, *women;
};

static const struct people_of origins[] = {
    {"Italia", "", 52, "Bar Bel Ber Bian Bon Bor Car Cas Cat Col Con Cor Cos Dal Fab Fer Fio Gal Gar Gia Gri Lan Leo Lom Mar Mat Mon Mor Neg Pal "
                       "Par Pel Pic Pol Ric Rin Ros Sal San Sar Ser Tam Tor Val Ven Ver Vil Zan Bru Cal",
     "ini etti elli ano ero oni asso ucci ardi ieri ese ato ello otti aldi in isi ese ani ante",
     "Marco Luca Andrea Giuseppe Giovanni Antonio Mario Paolo Roberto Stefano Francesco Alessandro Davide Matteo Lorenzo Pietro Franco Bruno "
     "Sergio Carlo Enrico Giorgio Riccardo Simone Fabio Claudio Massimo Renato Aldo Dario Emanuele Filippo Guido Nicola Salvatore Vincenzo",
     "Maria Anna Giulia Francesca Laura Paola Elena Chiara Sara Silvia Giovanna Rosa Teresa Lucia Carla Daniela Monica Patrizia Barbara Valentina "
     "Federica Martina Elisa Roberta Angela Caterina Margherita Rita Luisa Gabriella Nadia Irene Alice Emma Bianca Marta Carmela Vincenza"},
    {"Romania", "Z129", 11, "Pop Ion Dum Mun Sta Con Mar Rad Geo Sto Mol Ene Tud Cio Flo Bar Ner Vas", "escu eanu aru an ache ila ea iu oiu uta",
     "Ion Andrei Mihai Alexandru Gheorghe Vasile Constantin Nicolae Florin Adrian Bogdan Cristian Marian Viorel Emil",
     "Maria Elena Ioana Ana Mihaela Andreea Cristina Daniela Gabriela Alina Simona Florentina Mariana Rodica Lavinia"},
    {"Marocco", "Z330", 9, "El_Ham El_Nas Ben_Ali Ait_Ou El_Kha Bou_Zi El_Mans Ben_Sal El_Fas Lah Ouah Zer Char Tah", "daoui iri oui ani roudi ouli mi bi chi",
     "Mohamed Ahmed Youssef Hassan Said Rachid Abdelkader Mustapha Khalid Omar Hamid Noureddine Brahim Karim",
     "Fatima Khadija Aicha Zineb Naima Latifa Samira Rachida Hanane Saida Malika Amina Nadia Souad"},
    {"Albania", "Z100", 6, "Hox Shk Gjo Ber Kol Mec Xha Dem Pre Lek Mur Ndo", "ha aj ani isha i oni eti oli eza",
     "Artan Besnik Arben Ilir Agron Gentian Altin Fatmir Dritan Ermal", "Mimoza Valbona Entela Elira Anila Blerta Drita Majlinda Albana Ornela"},
    {"Nigeria", "Z335", 5, "Oko Ade Olu Eze Chi Ibr Osa Igb Uch Aba", "ro wale mide nna ke him gie we bor yemi",
     "Emeka Chinedu Tunde Sunday Osaze Kingsley Ibrahim Samuel Friday Ikenna", "Blessing Joy Grace Chioma Ngozi Precious Faith Patience Ada Happiness"},
    {"Peru", "Z611", 3, "Qui Hua Cas Fer Gar Rod Men Tor Var Cha", "spe mani tillo nandez cia riguez doza res gas vez",
     "Jose_Luis Juan_Carlos Luis_Alberto Carlos Miguel_Angel Jorge Cesar Victor", "Maria_Elena Rosa_Maria Ana_Luz Carmen Gladys Milagros Luz_Marina Karina"},
    {"Ucraina", "Z138", 3, "Shev Kova Bon Tka Kra Oli Mel Pan Hav Lys", "chenko lenko dar chuk vets nyk iuk enko ryliuk",
     "Oleksandr Andriy Serhiy Volodymyr Mykola Ivan Dmytro Yuriy Petro", "Olena Oksana Iryna Nataliya Svitlana Tetyana Halyna Lyudmyla Olha"},
    {"Bangladesh", "Z249", 3, "Ra Ho Ah Is Mi Kha Uddi Sar", "hman ssain med lam ah tun n kar",
     "Md_Rahim Mohammad Abdul Shafiqul Rafiqul Kamal Jahangir Nurul", "Fatema Nasrin Shahida Rokeya Salma Ayesha Taslima"},
    {"Senegal", "Z343", 3, "Di Nd Fa Gu Sa Sy Ba Ka", "op iaye ll eye rr lla mba ne", "Mamadou Ousmane Ibrahima Cheikh Modou Abdoulaye Moussa",
     "Fatou Aminata Mariama Awa Khady Ndeye Aissatou"},
    {"India", "Z222", 3, "Sin Kau Sin Kau Sha Kum", "gh r rma ar", "Satnam Harpreet Gurpreet Balwinder Jaswinder Sukhdev Manjit",
     "Harpreet Gurpreet Rajwinder Paramjit Jaspreet Amandeep"},
    {"Cina", "Z210", 2, "Wang Li Zhang Liu Chen Hu Zhou Xu Lin", "", "Wei Jun Lei Xiaolong Ming Hao Jian", "Fang Li Xiaoli Mei Yan Jing Hui"},
};

static const struct { /* how each body writes: of a hundred */
    const char *name;
    int codes, dates, contacts, slips;
} bodies[] = {{"ente", 92, 96, 85, 4},    {"coop", 60, 90, 65, 8},       {"caritas", 15, 70, 60, 14}, {"emporio", 45, 80, 60, 10},
              {"croce", 25, 75, 40, 12}, {"parrocchia", 10, 60, 50, 16}, {"sanvinc", 8, 55, 45, 18},  {"mensa", 5, 30, 10, 24}};

static const char streets[] = "Roma|Torino|Cavour|Garibaldi|Mazzini|Marconi|Nizza|Asti|Cuneo|Vercelli|Alessandria|Giulio Cesare|Madama Cristina|Monte Rosa|"
                              "XX Settembre|IV Novembre|Don Minzoni|Matteotti|Gramsci|Bologna|Po|Stradella|Regina Margherita|Vittorio Emanuele II";
static const char towns[] = "Torino|Alessandria|Asti|Biella|Cuneo|Novara|Vercelli|Ivrea|Pinerolo|Chieri|Moncalieri|Nichelino|Settimo Torinese|Casale "
                            "Monferrato|Bra|Alba|Fossano|Mondovì|Saluzzo|Tortona|Novi Ligure|Borgomanero|Cuorgnè|Viù";
static const char *const belfiore[] = {"L219", "A182", "A479", "A859", "D205", "F952", "L750", "E379", "G674", "C627", "F335", "F889"};

struct person {
    const struct people_of *from;
    char given[FIELD], surname[FIELD], code[17], birth[16], birthplace[FIELD], sex;
};

/* A region, not a town: what few names and places cannot carry without everybody meeting everybody. */
struct wide {
    struct sheet comuni;
    int n_given[2];
    char given[2][WIDE_NAMES][FIELD]; /* of women, of men: the long tail */
};

struct people_world {
    uint64_t state;
    struct wide *wide; /* NULL: a small world */
    struct people_variant v;
    uint32_t n_persons, n_made, n_records, household;
    struct person member[MOST_MEMBERS];
    int n_members, at, times;
    bool is_homeless;
    char street[FIELD], town[FIELD], phone[16];
    char text[PEOPLE_FIELDS][FIELD + 32], id[16], entered[16];
};

static uint32_t below(struct people_world *w, uint32_t limit)
{
    return (uint32_t)(splitmix_next(&w->state) >> 16) % limit;
}

static bool happens(struct people_world *w, int of_a_hundred)
{
    return (int)below(w, 100) < of_a_hundred;
}

static int n_of(const char *list, char sep)
{
    int n = *list != '\0';

    for (const char *p = list; *p != '\0'; p++)
        n += *p == sep;
    return n;
}

static struct str nth(const char *list, char sep, int i)
{
    struct str rest = str_of(list), one = {"", 0};

    for (int k = 0; k <= i; k++)
        one = str_cut(&rest, sep);
    return one;
}

/* The first of a list are met most. */
static struct str frequent(struct people_world *w, const char *list, char sep)
{
    const int n = n_of(list, sep);
    const double u = (double)below(w, 1u << 20) / (1 << 20);

    return n == 0 ? (struct str){"", 0} : nth(list, sep, (int)(n * pow(u, 1.3)));
}

static void put(char *out, struct str s)
{
    const size_t n = s.n < FIELD - 1 ? s.n : FIELD - 1;

    for (size_t i = 0; i < n; i++)
        out[i] = s.p[i] == '_' ? ' ' : s.p[i];
    out[n] = '\0';
}

static void make_surname(struct people_world *w, const struct people_of *from, char *out)
{
    char s[FIELD];
    const struct str head = frequent(w, from->heads, ' '), tail = frequent(w, from->tails, ' ');
    const struct str middle = nth("|ra|li|mo|na|di|ve|tu|ga|so|be", '|', happens(w, 40) ? 0 : (int)below(w, 11));

    snprintf(s, sizeof s, "%.*s%.*s%.*s", (int)head.n, head.p, *from->tails == '\0' ? 0 : (int)middle.n, middle.p, (int)tail.n, tail.p);
    put(out, str_of(s));
    if (w->v.many_names > 0 && happens(w, w->v.many_names / 2) && *from->tails != '\0') {
        const struct str more = nth("ne ga sti co lo bu ze ri mu da", ' ', (int)below(w, 10));
        const size_t n = strlen(out);

        if (n + more.n < 24)
            memcpy(out + n, more.p, more.n), out[n + more.n] = '\0';
    }
}

/* The beginning of one name and the end of another, of the same list: names that few bear. */
static void splice(struct people_world *w, const char *list, char *out)
{
    const struct str a = nth(list, ' ', (int)below(w, (uint32_t)n_of(list, ' '))), b = nth(list, ' ', (int)below(w, (uint32_t)n_of(list, ' ')));
    const size_t head = a.n < 3 ? a.n : 2 + below(w, 2), tail = b.n < 3 ? 0 : 2 + below(w, 2);

    snprintf(out, FIELD, "%.*s%.*s", (int)head, a.p, (int)(b.n > tail ? b.n - tail : 0), b.p + tail);
    for (char *c = out; *c != '\0'; c++)
        *c = *c == '_' ? ' ' : c > out && *c >= 'A' && *c <= 'Z' && c[-1] != ' ' ? (char)(*c + 32) : *c;
}

static struct str frequent_comune(struct people_world *w)
{
    const double u = (double)below(w, 1u << 20) / (1 << 20);

    return sheet_cell(&w->wide->comuni, (int)(w->wide->comuni.n_rows * u * u), "name");
}

/* In a wide world every fourth given name is none of the usual ones. */
static struct str first_name(struct people_world *w, const char *list, bool is_man)
{
    if (w->wide == NULL || !happens(w, 25))
        return frequent(w, list, ' ');
    const double u = (double)below(w, 1u << 20) / (1 << 20);

    return str_of(w->wide->given[is_man][(int)(w->wide->n_given[is_man] * u * u)]);
}

static struct wide *make_wide(struct arena *mem)
{
    static const char heads[] = "Ad Al Am An Ar Bal Ber Cal Ced Cor Da De Do Ed El Er Fa Fe Fio Ga Ge Gi Gra Ida Il Is Jo Ka La Le Li Lu Ma Me Mi Na Ne "
                                "Ni No Ol Or Pa Pe Pri Ra Re Ro Sa Se Si So Ta Te Ti Ul Va Ve Vi Wa Za";
    static const char middles[] = "be|ci|da|fre|gi|la|li|mi|na|ri|sti|ta|vi|zo", *const tails[2] = {"na|lda|ra|ssa|lia|nda|tta|ne|rita|sca", "no|ldo|ro|sso|lio|ndo|tto|n|rico|sco"};
    struct wide *x = ARENA_NEW(mem, struct wide);

    x->comuni = sheet_of_table(mem, "territory/comuni.csv");
    for (int man = 0; man < 2; man++)
        for (int i = 0; i < WIDE_NAMES; i++) { /* from the middle out of step, so that neighbours in rank sound unlike */
            const int k = i * 7 % (60 * 14 * 10);
            const struct str h = nth(heads, ' ', k % 60), m = nth(middles, '|', k / 60 % 14), t = nth(tails[man], '|', k / 840 % 10);

            snprintf(x->given[man][x->n_given[man]++], FIELD, "%.*s%.*s%.*s", (int)h.n, h.p, (int)m.n, m.p, (int)t.n, t.p);
        }
    return x;
}

/* No two of a household have one name; some have two. */
static void make_given(struct people_world *w, struct person *p)
{
    const char *list = p->sex == 'F' ? p->from->women : p->from->men;
    char two[FIELD];
    bool is_taken = true;

    for (int i = 0; i < 8 && is_taken; i++) {
        const struct str first = first_name(w, list, p->sex == 'M'), second = first_name(w, list, p->sex == 'M');
        const bool is_double = happens(w, 12) && !str_eq(first, second);

        snprintf(two, sizeof two, "%.*s%s%.*s", (int)first.n, first.p, is_double ? " " : "", is_double ? (int)second.n : 0, second.p);
        put(p->given, str_of(two));
        if (w->v.many_names > 0 && happens(w, w->v.many_names))
            splice(w, list, p->given);
        is_taken = false;
        for (int m = 0; m < w->n_members; m++)
            is_taken = is_taken || (&w->member[m] < p && strcmp(w->member[m].given, p->given) == 0);
    }
}

static void make_code(struct people_world *w, struct person *p, int year, int month, int day, const char *place)
{
    char f[FIELD], g[FIELD];
    const size_t nf = people_fold(str_of(p->surname), PEOPLE_UKRAINIAN, f, sizeof f), ng = people_fold(str_of(p->given), PEOPLE_UKRAINIAN, g, sizeof g);

    (void)w;
    people_cf_surname(f, nf, p->code);
    people_cf_given(g, ng, p->code + 3);
    snprintf(p->code + 6, 10, "%02u%c%02u%.4s", (unsigned)year % 100, "ABCDEHLMPRST"[month - 1],
             (unsigned)(p->sex == 'F' ? day + 40 : day) % 100, place);
    p->code[15] = people_cf_check(p->code);
    p->code[16] = '\0';
}

static void make_person(struct people_world *w, struct person *p, const struct people_of *from, const char *surname, int year)
{
    const bool is_abroad = *from->code != '\0' && (year < 2000 || happens(w, 40));
    const int place = (int)below(w, ARRAY_LEN(belfiore)), first_january = happens(w, *from->code != '\0' ? 5 : 0);
    const bool is_elsewhere = w->wide != NULL && !is_abroad && happens(w, 60);
    const int comune = is_elsewhere ? (int)below(w, (uint32_t)w->wide->comuni.n_rows) : 0;
    const int month = first_january ? 1 : 1 + (int)below(w, 12), day = first_january ? 1 : 1 + (int)below(w, 28);

    *p = (struct person){.from = from, .sex = happens(w, 50) ? 'F' : 'M'};
    make_given(w, p);
    if (surname == NULL)
        make_surname(w, from, p->surname);
    else
        put(p->surname, str_of(surname));
    snprintf(p->birth, sizeof p->birth, "%04d-%02d-%02d", year, month, day);
    put(p->birthplace, is_abroad ? str_of(from->state) : is_elsewhere ? sheet_cell(&w->wide->comuni, comune, "name") : nth(towns, '|', place));
    make_code(w, p, year, month, day,
              is_abroad      ? from->code
              : is_elsewhere ? sheet_cell(&w->wide->comuni, comune, "belfiore").p
                             : belfiore[place]);
}

/* Twins, and children who bear the name of the head of the household: the code follows. */
static void make_alike(struct people_world *w, struct person *p, int i)
{
    const struct person *elder = &w->member[i - 1], *head = &w->member[0];
    const bool is_twin = i > 2 && w->v.twins > 0 && happens(w, w->v.twins), has_name = w->v.namesakes > 0 && happens(w, w->v.namesakes);
    char place[5];

    if (is_twin)
        memcpy(p->birth, elder->birth, sizeof p->birth);
    if (has_name && head->sex == p->sex)
        memcpy(p->given, head->given, sizeof p->given);
    if (!is_twin && !has_name)
        return;
    if (is_twin) {
        memcpy(p->birthplace, elder->birthplace, sizeof p->birthplace);
        memcpy(place, elder->code + 11, 4);
    } else {
        memcpy(place, p->code + 11, 4);
    }
    place[4] = '\0';
    make_code(w, p, atoi(p->birth), atoi(p->birth + 5), atoi(p->birth + 8), place);
}

static void make_household(struct people_world *w)
{
    int roll = (int)below(w, 100), o = 0;
    const bool is_elsewhere = w->wide != NULL && happens(w, 65);
    const struct str street = frequent(w, streets, '|'), town = is_elsewhere ? frequent_comune(w) : frequent(w, towns, '|');

    if (w->v.foreigners > 0) /* the same shares among those who are not the first */
        roll = happens(w, w->v.foreigners) ? origins[0].share + (int)below(w, (uint32_t)(100 - origins[0].share)) : 0;
    while (o + 1 < ARRAY_LEN(origins) && roll >= origins[o].share)
        roll -= origins[o++].share;
    w->household++;
    w->n_members = happens(w, 35) ? 1 : 2 + (int)below(w, MOST_MEMBERS - 1);
    w->is_homeless = w->v.homeless > 0 && happens(w, w->v.homeless);
    w->n_members = w->is_homeless ? 1 : w->n_members;
    snprintf(w->street, sizeof w->street, "Via %.*s %u", (int)street.n, street.p, 1 + below(w, 180));
    if (w->wide != NULL && happens(w, 70)) { /* a street named after somebody */
        char whom[FIELD];

        make_surname(w, &origins[0], whom);
        snprintf(w->street, sizeof w->street, "Via %.50s %u", whom, 1 + below(w, 120));
    }
    put(w->town, town);
    if (w->is_homeless)
        snprintf(w->street, sizeof w->street, "Via della Casa Comunale 1");
    snprintf(w->phone, sizeof w->phone, "3%02u%07u", 20 + below(w, 79), below(w, 10000000));
    const int year = 1940 + (int)below(w, 60);

    for (int i = 0; i < w->n_members; i++) {
        const bool is_child = i >= 2;

        make_person(w, &w->member[i], &origins[o], is_child || (i == 1 && happens(w, 25)) ? w->member[0].surname : NULL,
                    is_child ? (year + 22 + (int)below(w, 16) > 2024 ? 2024 : year + 22 + (int)below(w, 16)) : i == 0 ? year : year + (int)below(w, 9) - 4);
        if (is_child)
            make_alike(w, &w->member[i], i);
    }
    w->at = 0;
    w->times = 0;
}

/* ---- what a desk makes of it ---- */

static void slip(struct people_world *w, char *s)
{
    const size_t n = strlen(s);

    if (n < 3)
        return;
    const size_t at = 1 + below(w, (uint32_t)n - 2);
    const char t = s[at];

    switch (below(w, 4)) {
    case 0: /* exchanged */
        s[at] = s[at + 1];
        s[at + 1] = t;
        break;
    case 1: /* left out */
        memmove(s + at, s + at + 1, n - at);
        break;
    case 2: /* doubled */
        if (n + 2 < FIELD) {
            memmove(s + at + 1, s + at, n - at + 1);
            break;
        }
        break;
    default:
        s[at] = t >= '0' && t <= '9' ? (char)('0' + below(w, 10)) : (char)((t >= 'a' ? 'a' : 'A') + (int)below(w, 26));
        break;
    }
}

/* The same name by the ear of another desk, or of another passport. */
static void romanise(struct people_world *w, char *s)
{
    static const char *const ways[][2] = {{"Mohamed", "Muhammad"}, {"Youssef", "Yusuf"}, {"Md ", "Mohammad "}, {"ou", "u"}, {"iy", "ij"}, {"y", "i"},
                                          {"kh", "k"}, {"sh", "sch"}, {"ch", "sh"}, {"aa", "a"}, {"ee", "i"}, {"El ", "Al "}, {"h", ""}, {"dj", "j"}};
    const int from = (int)below(w, ARRAY_LEN(ways));

    for (int k = 0; k < ARRAY_LEN(ways); k++) {
        const char *const *way = ways[(from + k) % ARRAY_LEN(ways)];
        char *at = strstr(s, way[0]), rest[FIELD];

        if (at == NULL || strlen(s) + strlen(way[1]) >= FIELD)
            continue;
        snprintf(rest, sizeof rest, "%s", at + strlen(way[0]));
        snprintf(at, (size_t)(FIELD - (at - s)), "%s%s", way[1], rest);
        return;
    }
}

static void write_name(struct people_world *w, char *out, const char *name, int slips, bool is_abroad)
{
    snprintf(out, FIELD, "%s", name);
    if (is_abroad && w->v.romanised > 0 && happens(w, w->v.romanised))
        romanise(w, out);
    char *blank = strchr(out, ' ');

    if (blank != NULL && happens(w, 15))
        memmove(blank, blank + 1, strlen(blank)); /* El Hamdaoui, ElHamdaoui */
    else if (blank != NULL && happens(w, 15))
        *blank = '\0'; /* Jose for Jose Luis */
    if (happens(w, slips))
        slip(w, out);
    if (happens(w, 25))
        for (char *c = out; *c != '\0'; c++)
            *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
}

static void write_birth(struct people_world *w, const struct person *p, int dates, int slips, char *out)
{
    *out = '\0';
    if (!happens(w, dates))
        return;
    snprintf(out, FIELD, "%s", p->birth);
    if (happens(w, 6))
        out[4] = '\0'; /* the year alone */
    else if (happens(w, slips / 3) && out[5] == '0') {
        memcpy(out + 5, p->birth + 8, 2); /* day and month exchanged */
        memcpy(out + 8, p->birth + 5, 2);
    } else if (happens(w, slips / 3)) {
        out[9] = (char)('0' + below(w, 10));
    }
}

static void write_code(struct people_world *w, const struct person *p, int codes, int slips, char *out)
{
    *out = '\0';
    if (!happens(w, codes))
        return;
    snprintf(out, FIELD, "%s", happens(w, 1) ? w->member[0].code : p->code);
    if (happens(w, slips / 2))
        slip(w, out);
    else if (happens(w, 3))
        out[11] = '\0';
}

/* The surname as this desk was told it: a wife's may be her husband's, or both. */
static const char *surname_of(struct people_world *w, const struct person *p, char *buf)
{
    if (w->v.married == 0 || p != &w->member[1] || p->sex != 'F' || !happens(w, w->v.married))
        return p->surname;
    if (happens(w, 50))
        return w->member[0].surname;
    snprintf(buf, FIELD, "%.30s %.30s", p->surname, w->member[0].surname);
    return buf;
}

static void write_record(struct people_world *w, const struct person *p, struct people_raw *raw)
{
    const int b = (int)below(w, ARRAY_LEN(bodies));
    char(*t)[FIELD + 32] = w->text;
    char surname[2 * FIELD];

    memset(w->text, 0, sizeof w->text);
    const bool is_abroad = *p->from->code != '\0';
    const int slips = w->v.slips == 0 ? bodies[b].slips : bodies[b].slips * w->v.slips / 100;
    const int codes = w->v.codes == 0 ? bodies[b].codes : bodies[b].codes * w->v.codes / 100;
    const int contacts = w->v.contacts == 0 ? bodies[b].contacts : bodies[b].contacts * w->v.contacts / 100;

    write_name(w, t[PEOPLE_GIVEN], p->given, slips, is_abroad);
    write_name(w, t[PEOPLE_SURNAME], surname_of(w, p, surname), slips, is_abroad);
    write_birth(w, p, bodies[b].dates, slips, t[PEOPLE_BIRTH]);
    write_code(w, p, codes, slips, t[PEOPLE_TAX]);
    snprintf(t[PEOPLE_SEX], FIELD, "%s", happens(w, 10) ? "" : p->sex == 'F' ? "F" : "M");
    snprintf(t[PEOPLE_BIRTHPLACE], FIELD, "%s", happens(w, 45) ? "" : p->birthplace);
    snprintf(t[PEOPLE_CITIZENSHIP], FIELD, "%s", happens(w, 20) ? "" : p->from->state);
    if (happens(w, contacts))
        snprintf(t[PEOPLE_ADDRESS], FIELD + 32, "%s", happens(w, 8) ? "Via Nuova 3" : w->street);
    if (happens(w, 85))
        snprintf(t[PEOPLE_MUNICIPALITY], FIELD, "%s", w->town);
    if (happens(w, contacts)) {
        snprintf(t[PEOPLE_PHONE], FIELD, "%s%s", happens(w, 20) ? "+39 " : "", w->phone);
        if (happens(w, 12))
            snprintf(t[PEOPLE_PHONE], FIELD, "3%02u%07u", 20 + below(w, 79), below(w, 10000000));
    }
    if (w->is_homeless && happens(w, 70))
        *t[PEOPLE_PHONE] = '\0';
    if (w->v.moved > 0 && happens(w, w->v.moved)) {
        const struct str street = frequent(w, streets, '|'), town = frequent(w, towns, '|');

        if (*t[PEOPLE_ADDRESS] != '\0')
            snprintf(t[PEOPLE_ADDRESS], FIELD + 32, "Via %.*s %u", (int)street.n, street.p, 1 + below(w, 180));
        put(t[PEOPLE_MUNICIPALITY], town);
    }
    for (int f = 0; f < PEOPLE_FIELDS; f++)
        raw->field[f] = str_of(t[f]);
    if (happens(w, !is_abroad ? 1 : w->v.exchanged == 0 ? 5 : w->v.exchanged)) {
        raw->field[PEOPLE_GIVEN] = str_of(t[PEOPLE_SURNAME]);
        raw->field[PEOPLE_SURNAME] = str_of(t[PEOPLE_GIVEN]);
    }
    snprintf(w->id, sizeof w->id, "R%08u", ++w->n_records);
    snprintf(w->entered, sizeof w->entered, "2026-%02u-%02u", 1 + below(w, 12), 1 + below(w, 28));
    raw->id = str_of(w->id);
    raw->source = str_of(bodies[b].name);
    raw->entered = str_of(w->entered);
}

struct people_world *people_world_of(struct arena *mem, uint64_t seed, uint32_t n_persons, const struct people_variant *v)
{
    struct people_world *w = ARENA_NEW(mem, struct people_world);

    w->state = seed;
    w->wide = n_persons < WIDE_PERSONS ? NULL : make_wide(mem);
    w->n_persons = n_persons;
    w->v = *v;
    return w;
}

struct people_world *people_world_new(struct arena *mem, uint64_t seed, uint32_t n_persons)
{
    return people_world_of(mem, seed, n_persons, &(struct people_variant){0});
}

bool people_world_next(struct people_world *w, struct people_told *out)
{
    if (w->times == 0 && w->n_made == w->n_persons)
        return false;
    if (w->times == 0) {
        if (w->at == w->n_members)
            make_household(w);
        w->n_made++;
        w->times = happens(w, 40) ? 1 : 2 + (int)below(w, MOST_TIMES - 1);
    }
    *out = (struct people_told){.person = w->n_made, .household = w->household};
    write_record(w, &w->member[w->at], &out->raw);
    if (--w->times == 0)
        w->at++;
    return true;
}

struct people_set *people_variant_set(struct arena *mem, uint64_t seed, uint32_t n_persons, const struct people_variant *v, int64_t **person)
{
    struct people_world *w = people_world_of(mem, seed, n_persons, v);
    struct people_set *set = people_set_new(mem, 2026);
    struct people_told told;
    struct str twice;
    int64_t *of = ARENA_ARRAY(mem, int64_t, (size_t)n_persons * MOST_TIMES);

    while (people_world_next(w, &told))
        of[people_set_add(set, &told.raw)] = told.person; /* identifiers come in order, so numbers stay when sealed */
    (void)people_set_seal(set, &twice);
    if (person != NULL)
        *person = of;
    return set;
}

struct people_set *people_world_set(struct arena *mem, uint64_t seed, uint32_t n_persons, int64_t **person)
{
    return people_variant_set(mem, seed, n_persons, &(struct people_variant){0}, person);
}

void people_world_write(struct arena *mem, uint64_t seed, uint32_t n_persons, const char *records, const char *truth)
{
    struct people_world *w = people_world_new(mem, seed, n_persons);
    FILE *r = fopen(records, "w"), *t = fopen(truth, "w");
    struct people_told told;

    fputs("rec_id,body,entered", r);
    for (int f = 0; f < PEOPLE_FIELDS; f++)
        fprintf(r, ",%s", people_field_name[f]);
    fputs("\n", r);
    fputs("rec_id,person_id\n", t);
    while (people_world_next(w, &told)) {
        fprintf(r, "%.*s,%.*s,%.*s", (int)told.raw.id.n, told.raw.id.p, (int)told.raw.source.n, told.raw.source.p, (int)told.raw.entered.n,
                told.raw.entered.p);
        for (int f = 0; f < PEOPLE_FIELDS; f++)
            fprintf(r, ",%.*s", (int)told.raw.field[f].n, told.raw.field[f].p);
        fputs("\n", r);
        fprintf(t, "%.*s,P%u\n", (int)told.raw.id.n, told.raw.id.p, told.person);
    }
    fclose(r);
    fclose(t);
}

/* people_text.c - from what a desk typed to letters that can be compared. */
#include "people_text.h"
#include <string.h>

/* U+00C0..U+017F by their bare letter. */
static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTS"
                            "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTY"
                            "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKK"
                            "LLLLLLLLLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS";
static_assert(sizeof latin - 1 == 0x180 - 0xc0, "one letter each");

/* U+0410..U+042F; the second list where the two styles differ. */
static const char *const cyrillic[32] = {"A",  "B",  "V", "H", "D", "E",  "ZH", "Z",    "Y", "I", "K",
                                         "L",  "M",  "N", "O", "P", "R",  "S",  "T",    "U", "F", "KH",
                                         "TS", "CH", "SH", "SHCH", "", "Y", "", "E", "IU", "IA"};

static const char *of_cyrillic(uint32_t cp, enum people_script script)
{
    if (cp >= 0x430 && cp <= 0x44f)
        cp -= 0x20;
    if (cp >= 0x410 && cp <= 0x42f) {
        if (script == PEOPLE_RUSSIAN && cp == 0x413)
            return "G";
        return script == PEOPLE_RUSSIAN && cp == 0x418 ? "I" : cyrillic[cp - 0x410];
    }
    switch (cp) {
    case 0x401:
    case 0x451:
        return "IO";
    case 0x404:
    case 0x454:
        return "IE";
    case 0x406:
    case 0x456:
    case 0x407:
    case 0x457:
        return "I";
    case 0x490:
    case 0x491:
        return "G";
    default:
        return NULL;
    }
}

/* Vietnamese and the like: U+1EA0..U+1EF9. */
static char of_extended(uint32_t cp)
{
    static const struct {
        uint32_t last;
        char letter;
    } runs[] = {{0x1eb7, 'A'}, {0x1ec7, 'E'}, {0x1ecb, 'I'}, {0x1ee3, 'O'}, {0x1ef1, 'U'}, {0x1ef9, 'Y'}};

    if (cp == 0x218 || cp == 0x219)
        return 'S';
    if (cp == 0x21a || cp == 0x21b)
        return 'T';
    if (cp >= 0x1ea0)
        for (int i = 0; i < ARRAY_LEN(runs); i++)
            if (cp <= runs[i].last)
                return runs[i].letter;
    return ' ';
}

/* One code point; a byte that begins none stands for itself as Latin-1, so nothing gets stuck. */
static uint32_t next(struct str in, size_t *at)
{
    const unsigned char *p = (const unsigned char *)in.p + *at;
    const size_t left = in.n - *at;
    const int n = *p < 0x80 ? 1 : *p >= 0xc2 && *p < 0xe0 ? 2 : *p >= 0xe0 && *p < 0xf0 ? 3 : *p >= 0xf0 && *p < 0xf5 ? 4 : 1;
    uint32_t cp = n == 1 ? *p : *p & (0xffu >> (n + 1));

    for (int i = 1; i < n; i++) {
        if ((size_t)i >= left || (p[i] & 0xc0) != 0x80) {
            *at += 1;
            return *p;
        }
        cp = cp << 6 | (p[i] & 0x3f);
    }
    *at += (size_t)n;
    return cp;
}

static bool is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == '`' || cp == 0xb4 || cp == 0x2018 || cp == 0x2019 || cp == 0x2bc || cp == 0x2032;
}

size_t people_fold(struct str in, enum people_script script, char *out, size_t room)
{
    size_t n = 0;

    for (size_t at = 0; at < in.n && n < room;) {
        const uint32_t cp = next(in, &at);
        const char *many = cp >= 0x400 && cp < 0x500 ? of_cyrillic(cp, script) : NULL;
        char c = ' ';

        if (is_apostrophe(cp) || (cp >= 0x300 && cp <= 0x36f))
            continue;
        if (many != NULL) {
            for (; *many != '\0' && n < room; many++)
                out[n++] = *many;
            continue;
        }
        if ((cp >= 'A' && cp <= 'Z') || (cp >= '0' && cp <= '9'))
            c = (char)cp;
        else if (cp >= 'a' && cp <= 'z')
            c = (char)(cp - 'a' + 'A');
        else if (cp >= 0xc0 && cp < 0x180)
            c = latin[cp - 0xc0];
        else if (cp >= 0x180)
            c = of_extended(cp);
        if (c != ' ' || (n > 0 && out[n - 1] != ' '))
            out[n++] = c;
    }
    while (n > 0 && out[n - 1] == ' ')
        n--;
    return n;
}

/* Letters that stand for one sound, longest first; the rest stand for themselves. */
static const struct {
    const char *from;
    const char *to;
} sounds[] = {{"SCH", "S"}, {"SCI", "SI"}, {"SCE", "SE"}, {"PH", "F"}, {"CK", "C"}, {"CH", "C"}, {"GH", "G"},
              {"KH", "C"},  {"SH", "S"},   {"OU", "U"},   {"OO", "U"}, {"EE", "I"}, {"DJ", "G"}, {"TH", "T"},
              {"ZH", "S"},  {"QU", "CU"},  {"W", "V"},    {"Y", "I"},  {"J", "I"},  {"X", "S"},  {"Z", "S"},
              {"K", "C"},   {"Q", "C"},    {"H", ""}};

size_t people_sound(const char *w, size_t n, char *out)
{
    char t[2 * PEOPLE_TEXT_MAX];
    size_t m = 0, k = 0;

    for (size_t i = 0; i < n && m + 2 < sizeof t;) {
        int s = 0;

        if (w[i] == ' ') {
            i++;
            continue;
        }
        while (s < ARRAY_LEN(sounds) && (strlen(sounds[s].from) > n - i || memcmp(sounds[s].from, w + i, strlen(sounds[s].from)) != 0))
            s++;
        if (s == ARRAY_LEN(sounds)) {
            t[m++] = w[i++];
            continue;
        }
        for (const char *p = sounds[s].to; *p != '\0'; p++)
            t[m++] = *p;
        i += strlen(sounds[s].from);
    }
    for (size_t i = 0; i < m && k < PEOPLE_SOUND_MAX; i++) {
        char c = t[i];

        if (k > 0)
            c = c == 'E' ? 'I' : c == 'O' ? 'U' : c;
        if (k == 0 || out[k - 1] != c)
            out[k++] = c;
    }
    return k;
}

uint64_t people_hash(const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    uint64_t h = 0xcbf29ce484222325u ^ n;

    for (size_t i = 0; i < n; i++)
        h = (h ^ p[i]) * 0x100000001b3u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return h ^ h >> 32;
}

static uint64_t sound_hash(const char *w, size_t n)
{
    char s[PEOPLE_SOUND_MAX];
    const size_t k = people_sound(w, n, s);

    return k == 0 ? 0 : people_hash(s, k);
}

static bool is_one_of(struct str w, const char *const *list, int n)
{
    for (int i = 0; i < n; i++)
        if (str_eq_z(w, list[i]))
            return true;
    return false;
}

static const char *const titles[] = {"SIG", "SIGRA", "SIGNOR", "SIGNORA", "DOTT", "DOTTSSA", "DR", "MR", "MRS", "MS", "AVV", "ING", "GEOM"};
static const char *const particles[] = {"DE", "DI", "DEL", "DELLA", "DELLO", "DEGLI", "DEI", "DA", "DAL", "DALLA", "LO", "LA", "LI", "LE", "EL",
                                        "AL", "ABD", "ABDEL", "ABDUL", "BEN", "BIN", "BOU", "AIT", "OULD", "O", "D", "L", "VAN", "VON", "MC"};

static void put_token(struct people_name *out, const char *w, size_t n, size_t n_particle)
{
    if (out->n + n > PEOPLE_NAME_MAX)
        n = (size_t)(PEOPLE_NAME_MAX - out->n);
    memcpy(out->joined + out->n, w, n);
    out->n = (uint8_t)(out->n + n);
    if (n == 0 || out->n_tokens == PEOPLE_TOKENS)
        return;
    struct people_token *t = &out->token[out->n_tokens++];

    memcpy(t->letters, w, n);
    t->n = (uint8_t)n;
    t->sound = sound_hash(w, n);
    t->tail = n_particle > 0 && n >= n_particle + 3 ? sound_hash(w + n_particle, n - n_particle) : 0;
}

void people_name_read(struct str typed, struct people_name *out)
{
    char f[PEOPLE_TEXT_MAX], word[PEOPLE_TEXT_MAX];
    struct str rest = {f, people_fold(typed, PEOPLE_UKRAINIAN, f, sizeof f)};
    size_t n = 0, n_particle = 0;

    *out = (struct people_name){0};
    while (rest.n > 0) {
        struct str w = str_cut(&rest, ' ');

        if (is_one_of(w, titles, ARRAY_LEN(titles)) && rest.n + n > 0)
            continue;
        if (str_eq_z(w, "MD") || str_eq_z(w, "MOHD") || str_eq_z(w, "MUHD"))
            w = STR("MOHAMMAD");
        const bool joins = rest.n > 0 && is_one_of(w, particles, ARRAY_LEN(particles));

        memcpy(word + n, w.p, w.n);
        n += w.n;
        if (joins) {
            n_particle = n;
            continue;
        }
        put_token(out, word, n < PEOPLE_NAME_MAX ? n : PEOPLE_NAME_MAX, n_particle);
        n = n_particle = 0;
    }
    out->sound = out->sound_russian = sound_hash(out->joined, out->n);
    const size_t r = people_fold(typed, PEOPLE_RUSSIAN, f, sizeof f);

    for (size_t i = 0; i < typed.n; i++)
        if ((unsigned char)typed.p[i] >= 0xd0 && (unsigned char)typed.p[i] <= 0xd3) {
            out->sound_russian = sound_hash(f, r);
            break;
        }
}

size_t people_phone(struct str typed, char out[16])
{
    char d[PEOPLE_TEXT_MAX];
    size_t n = 0;

    for (size_t i = 0; i < typed.n && n < sizeof d; i++)
        if (typed.p[i] >= '0' && typed.p[i] <= '9')
            d[n++] = typed.p[i];
    size_t from = n > 10 && memcmp(d, "00", 2) == 0 ? 2 : 0;

    if (n - from > 10)
        from = n - 10;
    n -= from;
    if (n < 6)
        return 0;
    memcpy(out, d + from, n);
    return n;
}

static const char *const street_types[] = {"VIA", "V", "VIALE", "VLE", "CORSO", "CSO", "C", "SO", "PIAZZA", "PZA", "PZZA", "PZ", "P", "ZA",
                                           "ZZA", "PIAZZALE", "PLE", "LARGO", "LGO", "VICOLO", "VIC", "VLO", "STRADA", "STR", "STRAD", "FRAZIONE",
                                           "FRAZ", "FR", "REGIONE", "REG", "LOCALITA", "LOC", "CASCINA", "CASC", "BORGATA", "BORG", "CONTRADA",
                                           "VLE", "LE", "LO", "GO", "LUNGO", "SALITA", "VICO", "ROAD", "STREET", "PLACE"};

/* "IV" and "4", "XX" and "20" are one street: Via XX Settembre, Corso IV Novembre. */
static size_t put_numeral(struct str w, char *out)
{
    static const struct {
        const char *roman, *figures;
    } known[] = {{"II", "2"}, {"III", "3"}, {"IV", "4"}, {"XI", "11"}, {"XX", "20"}, {"XXIV", "24"}, {"XXV", "25"}};

    for (int i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq_z(w, known[i].roman)) {
            const size_t n = strlen(known[i].figures);

            memcpy(out, known[i].figures, n);
            return n;
        }
    memcpy(out, w.p, w.n);
    return w.n;
}

static bool starts_with_figure(struct str w)
{
    return w.n > 0 && w.p[0] >= '0' && w.p[0] <= '9';
}

static int number_of(struct str w)
{
    int v = 0;

    for (size_t i = 0; i < w.n && w.p[i] >= '0' && w.p[i] <= '9' && v < 6000; i++)
        v = v * 10 + (w.p[i] - '0');
    return v;
}

static bool has(struct str s, const char *z)
{
    return s.n >= strlen(z) && memmem(s.p, s.n, z, strlen(z)) != NULL;
}

void people_address_read(struct str typed, struct people_address *out)
{
    char f[PEOPLE_TEXT_MAX];
    struct str rest = {f, people_fold(typed, PEOPLE_UKRAINIAN, f, sizeof f)};
    bool is_first = true;

    *out = (struct people_address){0};
    out->is_fictitious = has(rest, "FITTIZI") || has(rest, "SENZA FISSA") || has(rest, "CASA COMUNALE") || str_eq_z(rest, "SFD");
    while (rest.n > 0) {
        struct str w = str_cut(&rest, ' ');
        char t[PEOPLE_TEXT_MAX];

        if (is_first && rest.n > 0 && is_one_of(w, street_types, ARRAY_LEN(street_types)))
            continue;
        if (str_eq_z(w, "N") || str_eq_z(w, "NUM") || str_eq_z(w, "NR") || str_eq_z(w, "SNC") || str_eq_z(w, "BIS"))
            continue;
        /* a figure before a word is part of the name (4 NOVEMBRE); at the end it is the number */
        if (starts_with_figure(w) && ((!is_first && out->number == 0) || rest.n == 0)) {
            out->number = (uint16_t)number_of(w);
            continue;
        }
        if (w.n == 1 && !is_first)
            continue; /* the initial of a given name, the letter of a number */
        size_t n = put_numeral(w, t);

        if (out->n + n > PEOPLE_NAME_MAX)
            n = (size_t)(PEOPLE_NAME_MAX - out->n);
        memcpy(out->street + out->n, t, n);
        out->n = (uint8_t)(out->n + n);
        is_first = false;
    }
}

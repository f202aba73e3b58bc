/* Catalogues to constant tables with their hash: nothing is left to do when the program starts. */
#include "base/plural.h"
#include "base/words.h"
#include "embed.h"

static int slots_for(int n_words)
{
    int n = 16;

    while (n < n_words * 2)
        n *= 2;
    return n;
}

static void put_forms(struct buf *c, const char *code, const struct mo *m)
{
    buf_fmt(c, "\nstatic const struct str forms_%s[] = {\n", code);
    for (int i = 0; i < m->n_words; i++)
        for (int k = 0; k < m->words[i].n_forms; k++) {
            buf_z(c, "    {");
            embed_c_string(c, m->words[i].forms[k]);
            buf_fmt(c, ", %zu},\n", m->words[i].forms[k].n);
        }
    buf_z(c, "    {0, 0}};\n");
}

static void put_words(struct buf *c, const char *code, const struct mo *m)
{
    int at = 0;

    buf_fmt(c, "static const struct word words_%s[] = {\n", code);
    for (int i = 0; i < m->n_words; i++) {
        buf_z(c, "    {");
        embed_c_string(c, m->words[i].key);
        buf_fmt(c, ", 0x%08xu, %d, forms_%s + %d},\n",
                words_hash(m->words[i].key.p, m->words[i].key.n), m->words[i].n_forms, code, at);
        at += m->words[i].n_forms;
    }
    buf_z(c, "    {0, 0, 0, 0}};\n");
}

/* The rule of the plural is a text: for the numbers that pages say it is asked here, once. */
static void put_small(struct buf *c, const char *code, const struct mo *m)
{
    buf_fmt(c, "static const unsigned char small_%s[WORDS_SMALL] = {", code);
    for (uint64_t n = 0; n < WORDS_SMALL; n++) {
        uint64_t form = 0;

        plural_form(m->plural, n, &form);
        buf_fmt(c, "%s%d,", n % 20 == 0 ? "\n    " : " ", (int)form);
    }
    buf_z(c, "\n};\n");
}

static void put_slots(struct arena *mem, struct buf *c, const char *code, const struct mo *m,
                      int n_slots)
{
    int *const slots = ARENA_ARRAY(mem, int, (size_t)n_slots);

    for (int i = 0; i < m->n_words; i++) {
        uint32_t at = words_hash(m->words[i].key.p, m->words[i].key.n) & ((uint32_t)n_slots - 1);

        while (slots[at] != 0)
            at = (at + 1) & ((uint32_t)n_slots - 1);
        slots[at] = i + 1;
    }
    buf_fmt(c, "static const uint16_t slots_%s[] = {", code);
    for (int i = 0; i < n_slots; i++)
        buf_fmt(c, "%s%d,", i % 20 == 0 ? "\n    " : " ", slots[i]);
    buf_z(c, "};\n");
}

bool embed_words(struct arena *mem, const struct embed_lang *langs, int n_langs, struct buf *c,
                 struct str *why)
{
    struct buf list = buf_new(mem, 512);

    buf_z(c,
          "/* The words of the program: made by embed from the catalogues, not to be edited. */\n"
          "#include \"base/words.h\"\n");
    for (int i = 0; i < n_langs; i++) {
        struct mo m;
        struct str cause;

        if (!mo_read(mem, langs[i].mo, &m, &cause)) {
            *why = str_fmt(mem, "catalogue %s: %.*s", langs[i].code, (int)cause.n, cause.p);
            return false;
        }
        const int n_slots = slots_for(m.n_words);

        if (m.n_words >= UINT16_MAX) {
            *why = str_fmt(mem, "catalogue %s: more than %d words", langs[i].code, UINT16_MAX - 1);
            return false;
        }
        put_forms(c, langs[i].code, &m);
        put_words(c, langs[i].code, &m);
        put_slots(mem, c, langs[i].code, &m, n_slots);
        put_small(c, langs[i].code, &m);
        buf_fmt(&list, "    {\"%s\", ", langs[i].code);
        embed_c_string(&list, m.plural);
        buf_fmt(&list, ", %d, small_%s, words_%s, %d, slots_%s, %d},\n", m.n_plurals, langs[i].code,
                langs[i].code, m.n_words, langs[i].code, n_slots);
    }
    buf_z(c, "\nconst struct words_lang words_all[] = {\n");
    buf_str(c, buf_view(&list));
    buf_fmt(c, "};\nconst int n_words_all = %d;\n", n_langs);
    return true;
}
